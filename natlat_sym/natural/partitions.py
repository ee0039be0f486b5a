"""Costs of the blocks of a partition of a support, and the best partitions, in integers.

A function g of the outcomes splits the support into blocks.  Its mediation error TC(X|g) and each
redundancy error H(g|X_S) are sums over the blocks of terms n * log2(n), n a sum of integer weights.
Every logarithm is replaced by an integer that is below it by less than one unit; so a sum is off
by at most a known number of units, and what is within that of the best is decided exactly by the
caller.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Costs of all blocks of a support, in units of 1/scale bits times the total weight.

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
        The scale is ``2**places``.
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
) -> Costs:
    """Return the costs of all blocks.

    Parameters
    ----------
    weights : sequence of int
        One positive integer per cell; at most 16 cells.
    features, survivors : sequences of labels per cell
        The value of each feature, and of each group that shall tell the label, on each cell.

    Returns
    -------
    Costs

    Raises
    ------
    InvalidInput
        When there are more cells, or the weights are too large.

    Examples
    --------
    >>> costs = block_costs([1, 1], [[0, 1], [0, 1]], [[0, 1], [0, 1]])
    >>> [int(cost > costs.slack) for cost in costs.mediation]
    [0, 0, 0, 1]
    """
    cells, total = len(weights), sum(weights)
    if cells > MAX_CELLS:
        raise InvalidInput(
            f"expected a support of at most {MAX_CELLS} outcomes to try all partitions, got {cells}"
        )
    terms = 2 * (len(features) + len(survivors)) + 4
    places = 60 - (terms * total * (total.bit_length() + 1)).bit_length()
    if places < 16:
        raise InvalidInput(
            "expected masses over a common denominator below 2**30 to try all partitions, got "
            f"{total}",
            total=total,
        )
    whole = _subset_sums(weights, range(cells), cells)
    own = _additive([_log(weight, places) for weight in weights], cells)
    mediation = (len(features) - 1) * _logs(whole, places) + own
    for labels in features:
        mediation = mediation - _grouped(weights, labels, places)
    redundancy = tuple(-_grouped(weights, labels, places) for labels in survivors)
    offsets = tuple(int(-array[-1]) for array in redundancy)
    return Costs(mediation, redundancy, offsets, terms * total, places)


@lru_cache(maxsize=1 << 18)
def _log(n: int, places: int) -> int:
    """Return an integer below n * log2(n) * 2**places, by less than n."""
    return n * enclose({1: {n: 1}}, places)[0] if n > 1 else 0


def _logs(sums: Integers, places: int) -> Integers:
    values, inverse = np.unique(sums, return_inverse=True)
    logs = np.array([_log(int(value), places) for value in values], dtype=np.int64)
    return logs[inverse]


def _additive(parts: Sequence[int], cells: int) -> Integers:
    return _subset_sums(parts, range(cells), cells)


def _subset_sums(parts: Sequence[int], kept: Sequence[int], cells: int) -> Integers:
    """Return for each mask of cells the sum over those that are kept."""
    sums = np.zeros(1, dtype=np.int64)
    held = set(kept)
    for cell in range(cells):
        sums = np.concatenate([sums, sums + (parts[cell] if cell in held else 0)])
    return sums


def _grouped(weights: Sequence[int], labels: Sequence[int], places: int) -> Integers:
    total = np.zeros(1 << len(weights), dtype=np.int64)
    for value in sorted(set(labels)):
        kept = [cell for cell, label in enumerate(labels) if label == value]
        total += _logs(_subset_sums(weights, kept, len(weights)), places)
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


def survivor_places(count: int, lost: int) -> list[tuple[int, ...]]:
    """Return the sets of features that remain when so many are lost.

    Examples
    --------
    >>> survivor_places(3, 1)
    [(0, 1), (0, 2), (1, 2)]
    """
    return list(combinations(range(count), count - lost))
