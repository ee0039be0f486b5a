"""Exact entropies of many marginals of one table, from marginals that they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from natlat_sym.exact.weights import SMALL
from natlat_sym.laws.entropies import entropy_of

if TYPE_CHECKING:
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.counts import Counts


def entropies_of(table: Counts, targets: Iterable[frozenset[int]]) -> dict[frozenset[int], Bits]:
    """Return the entropies of the marginals over some sets of axes."""
    found: dict[frozenset[int], Bits] = {}
    _visit(table, tuple(range(len(table.shape))), set(targets), found)
    return found


def _visit(
    table: Counts,
    axes: tuple[int, ...],
    targets: set[frozenset[int]],
    found: dict[frozenset[int], Bits],
) -> None:
    """Find the entropies of ``targets`` (sets of original axes) from a table over ``axes``.

    The axes are cut in three consecutive blocks.  A target inside two of them is found from the
    marginal without the third, which is far smaller; the others from this table.
    """
    union = frozenset().union(*targets)
    if len(union) < len(axes):
        kept = [place for place, axis in enumerate(axes) if axis in union]
        table, axes = table.marginal(kept), tuple(axis for axis in axes if axis in union)
    if union in targets:
        found[union] = table.entropy()
        targets = targets - {union}
    if len(targets) > 2 and len(axes) > 3 and table.size > SMALL:
        for block in _thirds(axes, table.shape):
            inside = {target for target in targets if target.isdisjoint(block)}
            if len(inside) > 1:
                targets = targets - inside
                _visit(table, axes, inside, found)
    for target in targets:
        kept = [place for place, axis in enumerate(axes) if axis in target]
        found[target] = entropy_of(table.summed(kept), table.total)


def _thirds(axes: tuple[int, ...], shape: tuple[int, ...]) -> list[frozenset[int]]:
    """Cut the axes in three consecutive blocks of about equal number of bits."""
    sizes = [size.bit_length() for size in shape]
    blocks: list[list[int]] = [[], [], []]
    seen = 0
    for axis, size in zip(axes, sizes, strict=True):
        blocks[min(2, 3 * seen // sum(sizes))].append(axis)
        seen += size
    return [frozenset(block) for block in blocks if block]
