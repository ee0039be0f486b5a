"""The joint law of some variables of a Bayes net, by multiplying tables and summing out."""

from __future__ import annotations

from collections.abc import Hashable
from math import prod

from natlat_sym.errors import InvalidInput
from natlat_sym.laws.dist import Dist

MAX_CELLS = 1 << 20
Key = tuple[Hashable, ...]
Factor = tuple[tuple[str, ...], dict[Key, int]]


def eliminated(factors: list[Factor], kept: tuple[str, ...]) -> Dist:
    """Multiply factors, summing out the variables that are not kept, cheapest first.

    Parameters
    ----------
    factors : list of (names, weights by labels)
        Integer weights, each factor scaled as it likes.
    kept : tuple of str
        The variables of the law, in order.

    Returns
    -------
    Dist

    Raises
    ------
    InvalidInput
        When more than 1,048,576 outcomes would have to be listed.

    Examples
    --------
    >>> coin = (("A",), {("h",): 1, ("t",): 3})
    >>> copied = (("A", "B"), {("h", "h"): 1, ("t", "t"): 1})
    >>> eliminated([coin, copied], ("B",))
    Dist.from_dict({'h': '1/4', 't': '3/4'}, 'B')
    """
    hidden = {name for names, _ in factors for name in names} - set(kept)
    while hidden:
        name = min(hidden, key=lambda n: (_scope_size(factors, n), n))
        mine = [factor for factor in factors if name in factor[0]]
        factors = [factor for factor in factors if name not in factor[0]]
        factors.append(_summed(_product(mine), name))
        hidden.discard(name)
    names, cells = _product(factors)
    order = [names.index(name) for name in kept]
    return Dist.from_weights({tuple(o[i] for i in order): m for o, m in cells.items()}, kept)


def _scope_size(factors: list[Factor], name: str) -> int:
    """Return an upper bound on the outcomes of the factors of a variable, multiplied."""
    sizes: dict[str, int] = {}
    for names, cells in factors:
        if name in names:
            for place, other in enumerate(names):
                if other not in sizes:
                    sizes[other] = len({key[place] for key in cells})
    return prod(sizes.values())


def _product(factors: list[Factor]) -> Factor:
    names: tuple[str, ...] = ()
    cells: dict[Key, int] = {(): 1}
    left = sorted(factors, key=lambda factor: len(factor[1]))
    while left:
        # What shares most with the scope so far grows it least.
        best = min(left, key=lambda factor: len(set(factor[0]) - set(names)))
        left.remove(best)
        names, cells = _joined(names, cells, *best)
    return names, cells


def _joined(
    names: tuple[str, ...], cells: dict[Key, int], more: tuple[str, ...], table: dict[Key, int]
) -> Factor:
    shared = [name for name in names if name in more]
    mine, theirs = [names.index(n) for n in shared], [more.index(n) for n in shared]
    fresh = [place for place, name in enumerate(more) if name not in names]
    groups: dict[Key, list[tuple[Key, int]]] = {}
    for key, weight in table.items():
        entry = tuple([key[i] for i in fresh]), weight
        groups.setdefault(tuple([key[i] for i in theirs]), []).append(entry)
    grown: dict[Key, int] = {}
    for key, weight in cells.items():
        for tail, other in groups.get(tuple([key[i] for i in mine]), ()):
            grown[(*key, *tail)] = weight * other
        if len(grown) > MAX_CELLS:
            raise InvalidInput(
                f"expected at most {MAX_CELLS:,} outcomes to list, got more; keep fewer variables "
                "(keep=, --keep)"
            )
    return (*names, *(more[i] for i in fresh)), grown


def _summed(factor: Factor, name: str) -> Factor:
    names, cells = factor
    place = names.index(name)
    found: dict[Key, int] = {}
    for key, weight in cells.items():
        rest = (*key[:place], *key[place + 1 :])
        found[rest] = found.get(rest, 0) + weight
    return (*names[:place], *names[place + 1 :]), found
