"""Errors that some partitions attain, and the corners that a better partition must stay within.

A partition that no known one dominates has, for two neighbours on the known front, at most the
mediation of the second and at most the redundancy of the first.  Partitions that attain exactly no
mediation, or exactly no redundancy, end the front on both sides; nothing lies beyond them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.natural.goals import Goals, Line
    from natlat_sym.natural.partial import Partial
    from natlat_sym.natural.subsets import Integers, Masks

    Places = NDArray[np.intp]


class Known:
    """The least errors seen so far.

    Parameters
    ----------
    goals : Goals
    worst : bool
        Look only for the partitions whose largest error is the least, not for the front.
    """

    def __init__(self, goals: Goals, worst: bool) -> None:
        self.goals, self.worst = goals, worst
        self.least = self.flat_rest = self.flat_mediation = 1 << 60
        self.inner: tuple[Integers, Integers] = (np.empty(0, np.int64), np.empty(0, np.int64))

    def add(self, whole: Partial) -> None:
        """Add partitions of all cells."""
        slack = self.goals.slack
        mediation, rest = whole.values[:, 0], self.goals.rest(whole.values)
        free, kept = whole.free, whole.kept
        self.least = min(self.least, int(np.maximum(mediation, rest).min()))
        self.flat_rest = int(rest[free].min(initial=self.flat_rest))
        self.flat_mediation = int(mediation[kept].min(initial=self.flat_mediation))
        inside = (mediation > 2 * slack) & (mediation < self.flat_mediation)
        inside &= (rest > 2 * slack) & (rest < self.flat_rest)
        old_mediation, old_rest = self.inner
        old = (old_mediation < self.flat_mediation) & (old_rest < self.flat_rest)
        self.inner = _lower_left(
            np.concatenate([old_mediation[old], mediation[inside]]),
            np.concatenate([old_rest[old], rest[inside]]),
        )

    @property
    def corners(self) -> tuple[Integers, Integers]:
        """The most mediation and redundancy at each corner, by ascending mediation."""
        if self.worst:
            return np.array([self.least]), np.array([self.least])
        return (
            np.append(self.inner[0], max(self.flat_mediation, 0)),
            np.concatenate([[max(self.flat_rest, 0)], self.inner[1]]),
        )


class Corners:
    """Which partial partitions can still end within a corner.

    Parameters
    ----------
    goals : Goals
    lines : sequence of Line
        Each gives a lower bound of what the rest adds to a weighted sum of the errors.
    known : Known
    """

    def __init__(self, goals: Goals, lines: Sequence[Line], known: Known) -> None:
        self.goals, self.lines = goals, lines
        self.mediation, self.rest = known.corners
        self.ascending = np.ascontiguousarray(self.rest[::-1])
        self.tops = [self._tops(line) for line in lines]
        self.margin = 2 * goals.slack

    def _tops(self, line: Line) -> Integers:
        """Return the largest weighted sum of 2**k corners from each one on, by k."""
        value = line.weights[0] * self.mediation + line.weights[1:].sum() * self.rest
        rows = [value - line.weights @ self.goals.offsets]
        while 2 ** len(rows) <= len(value):
            step = 2 ** (len(rows) - 1)
            rows.append(rows[-1].copy())
            np.maximum(rows[-2][:-step], rows[-2][step:], out=rows[-1][:-step])
        return np.stack(rows)

    def open(self, values: Integers, parents: Places, blocks: Masks, left: Masks) -> Places:
        """Return which partial partitions, each made by one more block, may still be completed.

        Parameters
        ----------
        values : ndarray of shape (partial partitions, errors)
        parents : ndarray of int
            The row that each new block is added to.
        blocks, left : ndarray of masks
            The new block, and what it leaves to be split.

        Returns
        -------
        ndarray of int
            Places in ``blocks``; whatever is left out cannot be on the front.
        """
        costs, offsets = self.goals.costs, self.goals.offsets
        mediation = values[:, 0][parents] + costs[:, 0][blocks]
        first = np.searchsorted(self.mediation, mediation - self.margin)
        rest = np.full(len(blocks), -(1 << 62))
        for place in range(1, len(offsets)):  # the rest split no further tells the least
            one = (values[:, place] + offsets[place])[parents]
            column = costs[:, place]
            np.maximum(rest, one + (column[blocks] + column[left]), out=rest)
        last = len(self.rest) - np.searchsorted(self.ascending, rest - self.margin)
        places = np.flatnonzero(first < last)
        for line, tops in zip(self.lines, self.tops, strict=True):
            start, stop, row = first[places], last[places], parents[places]
            level = np.frexp((stop - start).astype(np.float64))[1] - 1
            top = np.maximum(tops[level, start], tops[level, stop - (1 << level)])
            block = blocks[places]
            value = (values @ line.weights)[row] + line.cost[block] + line.least[left[places]]
            places = places[value <= top + self.margin * int(line.weights.sum())]
        return places


def _lower_left(mediation: Integers, rest: Integers) -> tuple[Integers, Integers]:
    order = np.lexsort((rest, mediation))
    mediation, rest = mediation[order], rest[order]
    before = np.minimum.accumulate(np.concatenate([[1 << 61], rest[:-1]]))
    return mediation[rest < before], rest[rest < before]
