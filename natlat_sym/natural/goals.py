"""What is minimised over partitions: mediation, and the redundancy errors weighed against it.

Integers stand for the exact errors, off by less than a known slack; weighted sums of them fit into
64 bits.  Beside them stands what is known exactly: the blocks without any mediation error, and the
blocks of which all redundancy errors of a partition are zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.natural.partitions import masks_of
from natlat_sym.natural.subsets import subsets_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.natural.partitions import Costs
    from natlat_sym.natural.subsets import Integers, Masks

    Flags = NDArray[np.bool_]

SHIFT = 10
WHOLE = 1 << SHIFT  # the sum of the weights of a line
FORBIDDEN = 1 << 58


@dataclass(frozen=True, eq=False)
class Goals:
    """Mediation and the redundancy errors of all blocks, coarse enough to be weighted.

    Attributes
    ----------
    costs : ndarray of shape (2**cells, 1 + redundancies)
        Of each block; they add up to the errors of a partition.
    offsets : ndarray of shape (1 + redundancies,)
        To be added to the sums.
    slack : int
        More than any sum can be off from the exact error.
    free, kept : ndarray of shape (2**cells,)
        Whether a block has exactly no mediation error, and whether it joins whole classes of the
        common part: a partition into such blocks has exactly no redundancy error, and no other.
    """

    costs: Integers
    offsets: Integers
    slack: int
    free: Flags
    kept: Flags

    @property
    def cells(self) -> int:
        """The number of outcomes."""
        return len(self.costs).bit_length() - 1

    def rest(self, values: Integers) -> Integers:
        """Return the redundancy that mediation is weighed against, from rows of sums."""
        return np.asarray((values[:, 1:] + self.offsets[1:]).max(axis=1))


@dataclass(frozen=True, eq=False)
class Line:
    """A weighted sum of the errors with its least value on every subset.

    Attributes
    ----------
    weights : ndarray of shape (1 + redundancies,)
        Non-negative integers.
    cost, least : ndarray of shape (2**cells,)
        Of each block, and of the best partition of each subset.
    first : ndarray of shape (2**cells,)
        The block of the best partition that is taken first.
    """

    weights: Integers
    cost: Integers
    least: Integers
    first: Masks


def goals_of(
    costs: Costs,
    score: str,
    weights: Sequence[int],
    features: Sequence[Sequence[int]],
    common: Sequence[int],
) -> Goals:
    """Return what is weighed for a score.

    Parameters
    ----------
    costs : Costs
    score : "sum" or "max"
        Mediation against the sum of the redundancy errors, or against the largest.
    weights : sequence of int
    features : sequences of labels per cell
    common : labels per cell
        Of the common part: the finest label without any redundancy error.

    Returns
    -------
    Goals
    """
    pairs = dict.fromkeys((array.tobytes(), offset) for array, offset in _redundancies(costs))
    arrays = [np.frombuffer(data, dtype=np.int64) for data, _ in pairs]
    if score == "sum":
        arrays, offsets = [np.sum(costs.redundancy, axis=0)], [sum(costs.offsets)]
    else:
        offsets = [offset for _, offset in pairs]
    table = np.stack([costs.mediation, *arrays], axis=1) >> SHIFT
    cells = len(weights)
    return Goals(
        costs=np.ascontiguousarray(table),
        offsets=np.array([0, *offsets], dtype=np.int64) >> SHIFT,
        slack=(costs.slack >> SHIFT) + cells + 2,
        free=_free(np.abs(costs.mediation) <= costs.slack, weights, features),
        kept=_unions(common),
    )


def _redundancies(costs: Costs) -> list[tuple[Integers, int]]:
    return list(zip(costs.redundancy, costs.offsets, strict=True))


def _unions(labels: Sequence[int]) -> Flags:
    """Return which masks join whole classes of a labelling."""
    masks = np.arange(1 << len(labels))
    inside = np.ones(len(masks), dtype=bool)
    for mask in masks_of(labels):
        inside &= (masks & mask == 0) | (masks & mask == mask)
    return inside


def _free(near: Flags, weights: Sequence[int], features: Sequence[Sequence[int]]) -> Flags:
    """Return on which blocks the features are exactly independent, of those that are near it."""
    masks = np.arange(len(near))
    varying = np.zeros(len(near), dtype=np.int64)
    values = [masks_of(labels) for labels in features]
    for classes in values:
        constant = np.zeros(len(near), dtype=bool)
        for mask in classes:
            constant |= masks & ~mask == 0
        varying += ~constant
    free = varying <= 1
    for block in np.flatnonzero(near & ~free).tolist():
        free[block] = _independent(block, weights, values)
    return free


def _independent(block: int, weights: Sequence[int], values: Sequence[Sequence[int]]) -> bool:
    whole = _weight(block, weights)
    shares = [[(mask, _weight(block & mask, weights)) for mask in classes] for classes in values]
    return all(
        weight * whole ** (len(values) - 1)
        == prod(share for classes in shares for mask, share in classes if mask >> cell & 1)
        for cell, weight in enumerate(weights)
        if block >> cell & 1
    )


def _weight(block: int, weights: Sequence[int]) -> int:
    return sum(weight for cell, weight in enumerate(weights) if block >> cell & 1)


# ---- lines ----


def line(goals: Goals, weights: Sequence[float]) -> Line:
    """Return the weighted errors, the weights rounded to whole parts of 1024.

    Parameters
    ----------
    goals : Goals
    weights : sequence of float
        Non-negative, one per error, not all zero.

    Returns
    -------
    Line
    """
    whole = np.floor(np.array(weights) / sum(weights) * WHOLE).astype(np.int64)
    cost = goals.costs @ whole
    return Line(whole, cost, *subsets_of(goals.cells).least(cost))


def flat_firsts(goals: Goals) -> list[Masks]:
    """Return the first blocks of the best partitions without one of the two errors.

    Parameters
    ----------
    goals : Goals

    Returns
    -------
    list of ndarray, by mask
        Least redundancy (the mean, where there are several) among the partitions without
        mediation error, and least mediation among those without redundancy error.
    """
    subsets = subsets_of(goals.cells)
    mean = goals.costs[:, 1:].sum(axis=1) // (goals.costs.shape[1] - 1)
    return [
        subsets.least(np.where(allowed, cost, FORBIDDEN))[1]
        for cost, allowed in ((mean, goals.free), (goals.costs[:, 0], goals.kept))
    ]
