"""Subsets of a support with the blocks they can lose first, and their cheapest partitions.

A partition is taken apart by the block that holds the lowest cell, then the one with the lowest
cell of the rest, and so on; so only the whole support and the subsets without its first cell occur.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Masks = NDArray[np.int32]


class Subsets:
    """The subsets of some cells, by size, each with the parts that hold its lowest cell.

    Parameters
    ----------
    cells : int
        At least 1; the parts of 16 cells take 30 MB.

    Attributes
    ----------
    full : int
        The mask of all cells.
    sizes : ndarray of shape (2**cells,)
        The number of cells of a mask.

    Examples
    --------
    >>> subsets = Subsets(3)
    >>> subsets.parts(np.array([7, 6], dtype=np.int32)[:1]).tolist()
    [[1, 3, 5, 7]]
    """

    def __init__(self, cells: int) -> None:
        self.cells, self.full = cells, (1 << cells) - 1
        self.sizes = np.zeros(1, dtype=np.int64)
        for _ in range(cells):
            self.sizes = np.concatenate([self.sizes, self.sizes + 1])
        self._row = np.zeros(1 << cells, dtype=np.int64)
        self._layers = [self._layer(size) for size in range(1, cells + 1)]

    def _layer(self, size: int) -> tuple[Masks, Masks]:
        masks = np.arange(0, 1 << self.cells, 2, dtype=np.int32)
        sets = masks[self.sizes[masks] == size]
        if size == self.cells:
            sets = np.array([self.full], dtype=np.int32)
        self._row[sets] = np.arange(len(sets))
        rest = sets & (sets - 1)
        parts = (sets ^ rest)[:, None]
        for _ in range(size - 1):
            bit = rest & -rest
            parts = np.concatenate([parts, parts | bit[:, None]], axis=1)
            rest = rest ^ bit
        return sets, parts

    def parts(self, sets: Masks) -> Masks:
        """Return the parts with the lowest cell of subsets of one size, a row for each."""
        return np.asarray(self._layers[int(self.sizes[sets[0]]) - 1][1][self._row[sets]])

    def least(self, costs: Integers) -> tuple[Integers, Masks]:
        """Return the least cost of a partition of each subset, and the block to take first.

        Parameters
        ----------
        costs : ndarray of shape (2**cells,)
            Of each block.

        Returns
        -------
        (ndarray, ndarray), by mask; zero for other subsets

        Examples
        --------
        >>> least, first = Subsets(2).least(np.array([0, 5, 5, 3]))
        >>> int(least[3]), int(first[3])
        (3, 3)
        """
        least = np.zeros(len(costs), dtype=np.int64)
        first = np.zeros(len(costs), dtype=np.int32)
        for sets, parts in self._layers:
            totals = costs[parts]
            totals += least[sets[:, None] ^ parts]
            best = totals.argmin(axis=1)
            rows = np.arange(len(sets))
            least[sets], first[sets] = totals[rows, best], parts[rows, best]
        return least, first


@lru_cache(maxsize=2)
def subsets_of(cells: int) -> Subsets:
    """Return the subsets of so many cells; kept for the next law of the same size."""
    return Subsets(cells)
