"""The few blocks that a best partition can have, where all blocks are too many to look at.

Shares of the outcomes bound the cost of every partition from below.  A block of a best partition
costs hardly more than its shares: at most by what a known partition costs above all shares.
Cutting planes propose shares, and the trusted checker walks over all blocks by cases and lists
those that cost so little.  Where some cost less than their shares, these are proposed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, log2
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym import check
from natlat_sym.exact.enclosure import enclose
from natlat_sym.natural.blockerrors import ExactErrors
from natlat_sym.natural.partitions import masks_of
from natlat_sym.search.blockwalk import BlockCosts, ShareWalk, trivial_shares
from natlat_sym.search.labelwalk import LabelWalk, starts
from natlat_sym.search.orbits import Orbits

if TYPE_CHECKING:
    from natlat_sym.natural.partitions import Blocks
    from natlat_sym.natural.solved import Labels
    from natlat_sym.natural.subsets import Integers

MAX_OUTCOMES, MAX_BLOCKS, MAX_STEPS, WORK = 128, 4_000, 200_000, 3_000_000
PLACES, SHARES = 80, 44  # binary places of costs, and of shares
NEAR, TINY = 1 << PLACES - 22, 1 << PLACES - 30
ROUNDS, MORE, TURNS, FEW, MAX_HELD = 40, 6, 16, 60, 1_500


class FewBlocks:
    """A law whose outcomes have shares in the cost of every block.

    Parameters
    ----------
    weights : sequence of int
        Of each outcome.
    columns, codes : sequences of labels per outcome
        The value of each feature, and of each group that shall tell the label.
    places : sequence of tuples of int
        The features in each of these groups.
    progress : callable
        Is given a line of text now and then.
    """

    def __init__(
        self,
        weights: Sequence[int],
        columns: Labels,
        codes: Labels,
        places: Sequence[tuple[int, ...]],
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        counts, self.progress = [weight // gcd(*weights) for weight in weights], progress
        self.total, self.exact = sum(counts), ExactErrors(counts, columns, codes)
        self.keys = [tuple(map(str, row)) for row in zip(*columns, strict=True)]
        self.cells = dict(zip(self.keys, counts, strict=True))
        self.masks = {key: 1 << place for place, key in enumerate(self.keys)}
        self.errors = check.Errors(1, tuple((kept, 1) for kept in places))
        masses = np.array([count / self.total for count in counts])
        features, survivors = ([np.array(one) for one in many] for many in (columns, codes))
        self.walk = LabelWalk(masses, features, survivors, "sum")
        self.costs = BlockCosts(masses, features, survivors)
        self.start = trivial_shares(self.costs)
        self.orbits = Orbits(self.keys, self.exact.moves)
        # the checker counts in units of the total: each redundancy adds log2 of it
        self.offset = len(places) * log2(self.total) * masses

    def partitions(self, first: Sequence[int]) -> list[Blocks] | None:
        """Return partitions, among them all of the least summed error.

        Parameters
        ----------
        first : labels per outcome
            Of a partition to begin with.

        Returns
        -------
        list of tuples of masks, or None
            All that cost no more than the best one known, within rounding; None when too many
            blocks are left, or too much work.

        Examples
        --------
        >>> codes = [[0, 0, 1, 1], [0, 1, 2, 3]]
        >>> FewBlocks([1, 1, 1, 1], codes, codes[::-1], [(1,), (0,)]).partitions([0, 0, 1, 1])
        [(3, 12)]
        """
        tries = (self.walk.improve(one) for one in (np.array(first), *starts(self.walk)))
        labels = min(tries, key=self.walk.value)
        known, most, tight = self._known(labels), FEW, True
        proposed = ShareWalk(self.costs, self.start, labels, level=self.orbits.level)
        proposed.run(ROUNDS)
        for turn in range(1, TURNS + 1):
            shares = self._shares(proposed)
            if (turn == 1 or not tight) and self._above(known, shares) > NEAR:
                known = min(known, self._known(self.walk.improve(proposed.partition())))
            gap = self._above(known, shares)
            reach = NEAR if tight else max(gap, 0) + NEAR
            blocks, whole = self._near(shares, reach, most)
            count = f"{len(blocks)}{'' if whole else ' or more'}"
            self.progress(f"blocks that a best partition may have, turn {turn}: {count}")
            dear = [self._dear(block, shares) for block in blocks]
            short = max(0, -min(dear, default=0))
            # no block is below its shares by more than `short`; so none of a best partition is
            # above them by as much as the reach, and all of these are listed
            if whole and gap + len(shares) * short < reach:
                some = self._images(blocks, dear)
                if len(some[0]) > MAX_BLOCKS:
                    return None
                found = covers(*some, len(shares), gap, short)
                return None if found is None else [one for _, one in found]
            broken = [block for block, more in zip(blocks, dear, strict=True) if more < -TINY]
            if len(proposed.held) > MAX_HELD:
                return None
            if broken:
                proposed.add([self._outcomes(block) for block in broken])
                proposed.run(MORE)
            elif not whole and (not blocks or most == MAX_BLOCKS):
                return None
            else:
                most, tight = MAX_BLOCKS, tight and not whole
        return None

    def _known(self, labels: Integers) -> int:
        return sum(self._cost(mask)[1] for mask in masks_of(labels.tolist()))

    def _shares(self, proposed: ShareWalk) -> list[int]:
        shares = self.orbits.even(proposed.shares - self.offset)
        return [round(share * 2.0**SHARES) for share in shares.tolist()]

    def _above(self, known: int, shares: Sequence[int]) -> int:
        """Return what a partition costs above all shares, in units."""
        return known - (sum(shares) << PLACES - SHARES)

    def _near(self, shares: Sequence[int], reach: int, most: int) -> tuple[list[int], bool]:
        """Return blocks that cost less than their shares and the reach, and whether these are all.

        All but for symmetries, which take them to the others; none when that is too much work.
        """
        texts = {
            key: str(Fraction(share, 1 << SHARES))
            for key, share in zip(self.keys, shares, strict=True)
        }
        ordered, whole = [texts[key] for key in sorted(texts)], True
        far = Fraction(reach, 1 << PLACES)
        try:
            found = check.near_blocks(
                self.cells, ordered, WORK, self.errors, far, most, self.orbits.moves
            )
        except check.Broken as error:
            found, whole = error.blocks, False
        except check.Rejected:
            return [], False
        return [sum(self.masks[key] for key in block) for block in found], whole

    def _images(self, blocks: Sequence[int], dear: Sequence[int]) -> tuple[Integers, Integers]:
        """Return blocks and what they cost above their shares, with all that is alike."""
        found: dict[int, int] = {}
        for block, more in zip(blocks, dear, strict=True):
            found.update(dict.fromkeys(self.orbits.images(block, MAX_BLOCKS), more))
        ordered = sorted(found)
        costs = [found[block] for block in ordered]
        return np.array(ordered, dtype=object), np.array(costs, dtype=object)

    def _cost(self, block: int) -> tuple[int, int]:
        """Return integers around what a block adds to the sum of all errors, in units."""
        return enclose({self.total: self.exact.summed(block)}, PLACES)

    def _dear(self, block: int, shares: Sequence[int]) -> int:
        """Return what a block costs above its shares, in units, rounded down."""
        held = sum(shares[place] for place in self._outcomes(block))
        return self._above(self._cost(block)[0], [held])

    def _outcomes(self, block: int) -> list[int]:
        return [place for place in range(len(self.keys)) if block >> place & 1]


def covers(
    blocks: Integers, dear: Integers, cells: int, reach: int, short: int
) -> list[tuple[int, Blocks]] | None:
    """Return all partitions into some blocks that are dear by at most the reach, with how much.

    Parameters
    ----------
    blocks, dear : ndarrays of int, of any size where the dtype is object
        Masks of cells, and what each costs above its shares.
    cells : int
        How many there are.
    reach : int
        What the blocks of a partition may cost above all shares.
    short : int
        No block is below its shares by more than this.

    Returns
    -------
    list of (int, tuple of masks), or None
        None when it takes too many steps.

    Examples
    --------
    >>> covers(np.array([1, 2, 3]), np.array([0, 1, 2]), 2, 1, 0)
    [(1, (1, 2))]
    """
    lowest = blocks & -blocks
    groups = [lowest == 1 << cell for cell in range(cells)]
    rows: Sequence[tuple[Integers, Integers]] = [(blocks[g], dear[g]) for g in groups]
    found: list[tuple[int, Blocks]] = []
    stack: list[tuple[int, int, Blocks]] = [((1 << cells) - 1, 0, ())]
    steps = 0
    while stack:
        left, spent, chosen = stack.pop()
        steps += 1
        if steps > MAX_STEPS:
            return None
        if not left:
            found.append((spent, chosen))
            continue
        masks, extra = rows[(left & -left).bit_length() - 1]
        kept = (masks & ~left == 0) & (spent + extra <= reach + cells * short)
        for mask, more in zip(masks[kept].tolist(), extra[kept].tolist(), strict=True):
            stack.append((left ^ mask, spent + more, (*chosen, mask)))
    return [(total, one) for total, one in found if total <= reach]
