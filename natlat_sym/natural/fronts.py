"""All partitions that may be on the front of mediation against redundancy, in integers.

Blocks are taken away one by one, always with the lowest cell that is left.  What is left cannot be
split for less than known lower bounds: of its redundancy, and of several weighted sums of the
errors, by dynamic programming over all subsets.  A partial partition goes on while some corner of
the known front is above these bounds.  Nothing else is left out, so all ties are among the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.natural.corners import Corners, Known
from natlat_sym.natural.goals import flat_firsts, line
from natlat_sym.natural.partial import Partial, joined
from natlat_sym.natural.partitions import MAX_TIES
from natlat_sym.natural.subsets import subsets_of

if TYPE_CHECKING:
    from natlat_sym.natural.goals import Goals, Line
    from natlat_sym.natural.partitions import Blocks
    from natlat_sym.natural.subsets import Masks

CHUNK = 1 << 19
MAX_PARTIAL = 4_000_000
GUESSED = 10_000  # partial partitions that are completed to see what is attained
TURNS = 4
FEW = 8  # cells, of which few bounds do


class FrontSearch:
    """The search for the front of some goals.

    Parameters
    ----------
    goals : Goals
    progress : callable
        Is given a line of text now and then.
    """

    def __init__(self, goals: Goals, progress: Callable[[str], None] = lambda _: None) -> None:
        self.goals, self.progress = goals, progress
        self.subsets = subsets_of(goals.cells)
        self.flat = flat_firsts(goals)
        self.lines: list[Line] = []
        self.seen = list(self._completed(self._root(), self.flat))
        ends = Known(goals, worst=False)
        ends.add(joined(self.seen))
        high, wide = max(ends.flat_rest, 1), max(ends.flat_mediation, 1)
        for step in self._steps(min(high, wide)):
            self._add_lines(high * 2.0**step, float(wide))
            count = len(self.lines)
            progress(f"bounds: {count} weighted sum{'s' * (count > 1)} of the errors")
        self.lines.sort(key=lambda one: abs(one.weights[0] * wide - one.weights[1:].sum() * high))

    def _steps(self, short: int) -> range:
        """Return the slopes to try, as powers of two; one where the front is about a point."""
        if short <= 2 * self.goals.slack:
            return range(1)
        if self.goals.cells <= FEW:
            return range(-1, 2)
        return range(-4, 5) if self.goals.costs.shape[1] == 2 else range(-3, 4)

    def _add_lines(self, steep: float, flat: float) -> None:
        """Add lines of one slope; several redundancies share its weight in turns."""
        count = self.goals.costs.shape[1] - 1
        shares = np.ones(count)
        for _ in range(TURNS if count > 1 else 1):
            weights = [steep, *(flat * shares / shares.sum()).tolist()]
            self.lines.append(line(self.goals, weights))
            self.seen += self._completed(self._root(), [self.lines[-1].first])
            errors = self.seen[-1].values[0, 1:] + self.goals.offsets[1:]
            spread = max(int(errors.max() - errors.min()), 1)
            shares = shares * np.exp2((errors - errors.mean()) / spread)

    def _completed(self, states: Partial, firsts: Iterable[Masks]) -> Iterator[Partial]:
        """Complete partial partitions by tables of the blocks to take first."""
        for first in firsts:
            whole = states
            while whole.left.any():
                whole = whole.grown(self.goals, first[whole.left])
            yield whole

    def _root(self) -> Partial:
        yes, cells = np.ones(1, dtype=bool), self.goals.cells
        values = np.zeros((1, self.goals.costs.shape[1]), dtype=np.int64)
        left = np.array([self.subsets.full], dtype=np.int32)
        return Partial(left, values, yes, yes, np.zeros((1, cells), dtype=np.uint16))

    def partitions(self, worst: bool = False) -> list[Blocks] | None:
        """Return all partitions that may be on the front.

        Parameters
        ----------
        worst : bool
            Those whose largest error may be the least, instead.

        Returns
        -------
        list of tuples of masks, or None
            None when there are too many to look at.
        """
        known = Known(self.goals, worst)
        known.add(joined(self.seen))
        waiting: list[list[Partial]] = [[] for _ in range(self.goals.cells + 1)]
        waiting[0].append(self._root())
        for cell in range(self.goals.cells):
            parts, waiting[cell] = waiting[cell], []
            if not parts:
                continue
            states = self._narrowed(joined(parts), known)
            corners = Corners(self.goals, self.lines, known)
            for part in self._grown(states, corners):
                for low, some in _by_lowest(part, self.goals.cells):
                    waiting[low].append(some)
                if sum(map(len, (one for row in waiting for one in row))) > MAX_PARTIAL:
                    return None
            where = f"outcome {cell + 1} of {self.goals.cells}"
            found = len(corners.mediation)
            self.progress(f"{where}: partial partitions {len(states)}, corners {found}")
        return self._finished(waiting[-1], known)

    def _narrowed(self, states: Partial, known: Known) -> Partial:
        """Complete partial partitions in many ways, then keep those that may still matter."""
        some = states.at(np.arange(0, len(states), -(-len(states) // GUESSED)))
        firsts = [*self.flat, *(one.first for one in self.lines)]
        known.add(joined(list(self._completed(some, firsts))))
        corners = Corners(self.goals, self.lines, known)
        nothing = np.zeros(len(states), dtype=np.int32)
        return states.at(corners.open(states.values, np.arange(len(states)), nothing, states.left))

    def _grown(self, states: Partial, corners: Corners) -> Iterator[Partial]:
        """Yield the partial partitions with one more block that may still matter."""
        sizes = self.subsets.sizes[states.left]
        for size in np.unique(sizes).tolist():
            step = max(1, CHUNK >> (size - 1))
            rows = np.flatnonzero(sizes == size)
            for start in range(0, len(rows), step):
                chosen = rows[start : start + step]
                parts = self.subsets.parts(states.left[chosen])
                parents = np.repeat(np.arange(len(chosen)), parts.shape[1])
                blocks = parts.ravel()
                left = states.left[chosen][parents] ^ blocks
                places = corners.open(states.values[chosen], parents, blocks, left)
                grown = states.at(chosen[parents[places]])
                yield grown.grown(self.goals, blocks[places])

    def _finished(self, parts: list[Partial], known: Known) -> list[Blocks] | None:
        states = joined(parts)
        known.add(states)
        states = self._narrowed(states, known)
        if len(states) > MAX_TIES:
            return None
        return [tuple(block for block in row if block) for row in states.blocks.tolist()]


def _by_lowest(states: Partial, cells: int) -> Iterator[tuple[int, Partial]]:
    """Yield partial partitions by the lowest cell that is left; those without any come last."""
    low = np.frexp((states.left & -states.left).astype(np.float64))[1] - 1
    low[states.left == 0] = cells
    for cell in np.unique(low).tolist():
        yield cell, states.at(np.flatnonzero(low == cell))
