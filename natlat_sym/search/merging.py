"""Merged values of features, so that little is lost when each block of them is looked at alone.

With A_i a function of X_i, lower bounds of errors lose the sum of I(A_i;X_-i|A_-i).  Where values
that say the same are in different classes, little is lost, and each block is a thinned image of the
whole.  A walk moves one value at a time to another class while less is lost and no block holds too
many outcomes.  Floats; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search.blockwalk import xlog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

MOST_CLASSES, TRIED, SWEEPS, CROWDED = 6, 4, 4, 1.0


class Merging:
    """Classes of the values of each feature.

    Parameters
    ----------
    masses : ndarray
        One per outcome.
    features : sequence of ndarray of codes per outcome
    most : int
        How many outcomes a block shall hold.

    Examples
    --------
    >>> x, y = np.indices((4, 4)).reshape(2, -1)
    >>> merging = Merging(np.full(16, 1 / 16), [x, y], 4)
    >>> classes = merging.best()
    >>> int(merging.blocks(classes).max()) + 1, round(merging.lost(classes), 9)
    (4, 0.0)
    """

    def __init__(self, masses: Floats, features: Sequence[Integers], most: int) -> None:
        self.masses, self.features, self.most = masses, features, most
        places = range(len(features))
        self.others = [_joined([features[j] for j in places if j != i]) for i in places]

    def blocks(self, classes: Sequence[Integers]) -> Integers:
        """Return the block of each outcome."""
        return _joined([row[codes] for row, codes in zip(classes, self.features, strict=True)])

    def lost(self, classes: Sequence[Integers]) -> float:
        """Return the sum of I(A_i;X_-i|A_-i), in bits, and one for each block that is too large."""
        merged = [row[codes] for row, codes in zip(classes, self.features, strict=True)]
        blocks = _joined(merged)
        total = CROWDED * float((np.bincount(blocks) > self.most).sum())
        for i, rest in enumerate(self.others):
            others = _joined([one for j, one in enumerate(merged) if j != i])
            total += self._sum(others) - self._sum(blocks) - self._sum(rest)
            total += self._sum(_joined([merged[i], rest]))
        return total

    def _sum(self, codes: Integers) -> float:
        return float(xlog(np.asarray(np.bincount(codes, self.masses))).sum())

    def best(self) -> list[Integers]:
        """Return the classes with which least is lost."""
        sizes = [int(codes.max()) + 1 for codes in self.features]
        counts = product(*(range(1, min(size, MOST_CLASSES) + 1) for size in sizes))
        enough = [some for some in counts if prod(some) * self.most >= len(self.masses)]
        tries = sorted(enough, key=lambda some: (prod(some), max(some)))[:TRIED]
        found = (
            self._improved([np.arange(n) % k for n, k in zip(sizes, some, strict=True)])
            for some in tries or [tuple(min(size, MOST_CLASSES) for size in sizes)]
        )
        return min(found, key=self.lost)

    def _improved(self, classes: list[Integers]) -> list[Integers]:
        counts, least = [int(row.max()) + 1 for row in classes], self.lost(classes)
        for _ in range(SWEEPS):
            before = least
            for row, count in zip(classes, counts, strict=True):
                for place in range(len(row)):
                    held = int(row[place])
                    alone = (row == held).sum() == 1
                    for other in range(0 if alone else count):
                        row[place] = other
                        value = self.lost(classes)
                        if value < least - 1e-12:
                            held, least = other, value
                    row[place] = held
            if least == before:
                break
        return classes


def _joined(columns: Sequence[Integers]) -> Integers:
    """Return one code for the codes of several columns, the smallest ones possible."""
    found = np.zeros_like(columns[0])
    for codes in columns:
        found = np.unique(found * (int(codes.max()) + 1) + codes, return_inverse=True)[1]
    return np.asarray(found.reshape(-1))
