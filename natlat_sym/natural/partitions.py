"""Costs of the blocks of a partition of a support, and the best partitions, in integers.

A function g of the outcomes splits the support into blocks.  Its mediation error TC(X|g) and each
redundancy error H(g|X_S) are sums over the blocks of terms n/N * log2(n), n a sum of integer
weights and N the sum of all.  Every term is replaced by an integer that is below it by less than
two units; so a sum is off by at most a known number of units, and what is within that of the best
is decided exactly by the caller.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.enclosure import enclose
from natlat_sym.natural.subsets import subsets_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

Blocks = tuple[int, ...]  # masks of cells
MAX_CELLS = 16
MAX_TIES = 100_000


@dataclass(frozen=True)
class Costs:
    """Costs of all blocks of a support, in units of 2**-places bits.

    Attributes
    ----------
    mediation : ndarray
        By mask of cells; sums over the blocks of a partition to the mediation error.
    redundancy : tuple of ndarray
        One for each group that shall tell the label, up to the constant in ``offsets``.
    offsets : tuple of int
        What has to be added to the sums of ``redundancy``.
    slack : int
        More than any sum can be off.
    places : int
        Binary places of the units.
    """

    mediation: Integers
    redundancy: tuple[Integers, ...]
    offsets: tuple[int, ...]
    slack: int
    places: int


def block_costs(
    weights: Sequence[int],
    features: Sequence[Sequence[int]],
    survivors: Sequence[Sequence[int]],
    most: int = MAX_CELLS,
) -> Costs:
    """Return the costs of all blocks.

    Parameters
    ----------
    weights : sequence of int
        One positive integer per cell, of any size; at most 16 cells, or ``most``.
    features, survivors : sequences of labels per cell
        The value of each feature, and of each group that shall tell the label, on each cell.
    most : int
        How many cells are allowed; every further one doubles the work.

    Returns
    -------
    Costs

    Raises
    ------
    InvalidInput
        When there are more cells.

    Examples
    --------
    >>> costs = block_costs([1, 1], [[0, 1], [0, 1]], [[0, 1], [0, 1]])
    >>> [int(cost > costs.slack) for cost in costs.mediation]
    [0, 0, 0, 1]
    """
    cells, total = len(weights), sum(weights)
    if cells > most:
        raise InvalidInput(
            f"expected a support of at most {most} outcomes to try all partitions, got {cells}"
        )
    terms = 2 * (len(features) + len(survivors)) + 4
    places = 60 - (terms * (total.bit_length() + 1)).bit_length()
    own = _subset_sums([_log(weight, total, places) for weight in weights], range(cells))
    mediation = (len(features) - 1) * _grouped(weights, [0] * cells, places) + own
    for labels in features:
        mediation = mediation - _grouped(weights, labels, places)
    redundancy = tuple(-_grouped(weights, labels, places) for labels in survivors)
    offsets = tuple(int(-array[-1]) for array in redundancy)
    return Costs(mediation, redundancy, offsets, 2 * terms * cells, places)


@lru_cache(maxsize=1 << 18)
def _log(n: int, total: int, places: int) -> int:
    """Return an integer below n/total * log2(n) * 2**places, by less than 2."""
    return enclose({total: {n: n}}, places)[0] if n > 1 else 0


def _subset_sums(parts: Sequence[int], kept: Sequence[int]) -> Integers:
    """Return for each mask of cells the sum over those that are kept."""
    sums: Integers = np.zeros(1, dtype=np.int64 if sum(parts) < 1 << 62 else object)
    held = set(kept)
    for cell, part in enumerate(parts):
        sums = np.concatenate([sums, sums + (part if cell in held else 0)])
    return sums


def _grouped(weights: Sequence[int], labels: Sequence[int], places: int) -> Integers:
    """Return for each mask the sum of the terms of its parts with one label."""
    total = np.zeros(1 << len(weights), dtype=np.int64)
    for value in sorted(set(labels)):
        kept = [cell for cell, label in enumerate(labels) if label == value]
        sums, inverse = np.unique(_subset_sums(weights, kept), return_inverse=True)
        logs = [_log(n, sum(weights), places) for n in sums.tolist()]
        total += np.array(logs, dtype=np.int64)[inverse]
    return total


# ---- sums: dynamic programming over all subsets ----


def best_sums(costs: Integers, slack: int) -> list[Blocks]:
    """Return every partition whose summed cost may be the least.

    Parameters
    ----------
    costs : ndarray
        By mask of cells.
    slack : int
        More than any sum can be off.

    Returns
    -------
    list of tuples of masks
        All that are within twice the slack of the least sum; the true best are among them.

    Raises
    ------
    InvalidInput
        When there are more than 100,000.

    Examples
    --------
    >>> best_sums(np.array([0, 5, 5, 3]), 0)
    [(3,)]
    """
    subsets = subsets_of(len(costs).bit_length() - 1)
    least, _ = subsets.least(costs)
    bound = int(least[-1]) + 2 * slack
    found: list[Blocks] = []
    stack: list[tuple[int, int, Blocks]] = [(subsets.full, 0, ())]
    while stack:
        left, spent, blocks = stack.pop()
        if not left:
            found.append(blocks)
            if len(found) > MAX_TIES:
                raise InvalidInput(f"expected at most {MAX_TIES} best partitions, got more")
            continue
        parts = subsets.parts(np.array([left], dtype=np.int32))[0]
        total = spent + costs[parts] + least[left ^ parts]
        for part in parts[total <= bound].tolist():
            stack.append((left ^ part, spent + int(costs[part]), (*blocks, part)))
    return sorted(found)


def masks_of(labels: Sequence[int]) -> list[int]:
    """Return the cells of each label as a mask, by ascending label.

    Examples
    --------
    >>> masks_of([0, 1, 0])
    [5, 2]
    """
    return [
        sum(1 << cell for cell, label in enumerate(labels) if label == value)
        for value in sorted(set(labels))
    ]


def labels_of(blocks: Blocks, cells: int) -> tuple[int, ...]:
    """Return the label of each cell, numbered in the order in which they come.

    Examples
    --------
    >>> labels_of((5, 2), 3)
    (0, 1, 0)
    """
    return tuple(numbered([next(b for b in blocks if b >> c & 1) for c in range(cells)]))


def numbered(labels: Iterable[Hashable]) -> list[int]:
    """Return labels as 0, 1, 2, ... in the order in which they come.

    Examples
    --------
    >>> numbered([7, 3, 7])
    [0, 1, 0]
    """
    seen: dict[Hashable, int] = {}
    return [seen.setdefault(label, len(seen)) for label in labels]


def survivor_places(count: int, lost: int) -> list[tuple[int, ...]]:
    """Return the sets of features that remain when so many are lost.

    Examples
    --------
    >>> survivor_places(3, 1)
    [(0, 1), (0, 2), (1, 2)]
    """
    return list(combinations(range(count), count - lost))
