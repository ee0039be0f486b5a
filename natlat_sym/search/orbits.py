"""Symmetries of a law in the search for shares: outcomes alike have equal ones.

The mean of shares over all symmetries holds where they hold, and has the same sum.  So nothing is
lost when outcomes of one orbit share alike; and then a block costs less than its shares just when
each block does that a symmetry takes it to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.check.moves import orbit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.natural.automorphisms import Moved

    Floats = NDArray[np.float64]


class Orbits:
    """Outcomes that symmetries take to one another.

    Parameters
    ----------
    keys : sequence of tuples of str
        The outcomes.
    moves : sequence of permutations
        Where each outcome goes.

    Attributes
    ----------
    level : ndarray of int
        The number of the orbit of each outcome.
    moves : list of list of int
        The permutations of the outcomes in ascending order, as the checker takes them.

    Examples
    --------
    >>> orbits = Orbits([("1",), ("0",), ("2",)], [(0, 2, 1)])
    >>> orbits.level.tolist(), orbits.moves
    ([0, 1, 1], [[2, 1, 0]])
    >>> orbits.even(np.array([1.0, 2.0, 4.0])).tolist(), orbits.images(0b011, 9)
    ([1.0, 3.0, 3.0], [3, 5])
    """

    def __init__(self, keys: Sequence[tuple[str, ...]], moves: Sequence[Moved]) -> None:
        level = [-1] * len(keys)
        for place in range(len(keys)):
            if level[place] < 0:
                number = max(level) + 1
                for other in orbit(place, moves):
                    level[other] = number
        self.level = np.array(level)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        rank = {place: k for k, place in enumerate(order)}
        self.moves = [[rank[move[place]] for place in order] for move in moves]
        self._moves = moves

    def even(self, shares: Floats) -> Floats:
        """Return the mean of shares over all symmetries."""
        sums = np.bincount(self.level, shares) / np.bincount(self.level)
        return np.asarray(sums[self.level])

    def images(self, block: int, most: int) -> list[int]:
        """Return what symmetries take a block to, a mask; of more than so many, some."""
        found, waiting = {block}, [block]
        while waiting and len(found) <= most:
            held = waiting.pop()
            places = [place for place in range(held.bit_length()) if held >> place & 1]
            new = {sum(1 << move[place] for place in places) for move in self._moves} - found
            found |= new
            waiting += new
        return sorted(found)
