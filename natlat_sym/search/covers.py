"""The least summed error of supports with more outcomes than all partitions can be searched for.

Shares of the outcomes bound the cost of every partition from below, and they often all but attain
the least cost.  Then only the few blocks that hardly cost more than their shares can be part of a
best partition: the costs of all blocks are looked at, in integers, and the partitions into those
few are listed.  So the minimum is exact, with all ties, although no partition else is seen.
Above 20 outcomes the checker finds the few blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log2
from typing import TYPE_CHECKING, Any

import numpy as np

from natlat_sym.errors import Undecided
from natlat_sym.laws.expected import as_law
from natlat_sym.natural.best import best_of
from natlat_sym.natural.blockerrors import ExactErrors
from natlat_sym.natural.partitions import block_costs, survivor_places
from natlat_sym.natural.solved import least_weighted, settled, trivial
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.search.fewblocks import MAX_OUTCOMES, FewBlocks, covers
from natlat_sym.search.shares import dual_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.best import BestLatent
    from natlat_sym.natural.partitions import Blocks
    from natlat_sym.natural.solved import Labels, Solved
    from natlat_sym.natural.subsets import Integers

    Floats = NDArray[np.float64]

MAX_CELLS, SHIFT = 20, 10
STEPS = range(-2, 3)  # slopes, as powers of two
MAX_BLOCKS = 20_000
ROUNDS, BATCH, SEEN, FINE = 300, 60, 1e-10, 1e-8


def best_summed_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    redundancy: str | int = "weak",
    progress: Callable[[str], None] = lambda _: None,
) -> BestLatent:
    """Return the latents of least summed error that are functions of the features.

    Parameters
    ----------
    dist : Dist
        At most 128 outcomes.
    features : iterable of groups, optional
        Default: all variables.
    redundancy : "weak", "strong" or int
        How many features may be lost.
    progress : callable
        Is given a line of text now and then.

    Returns
    -------
    BestLatent
        The minimum is exact and all ties are known.  Of the front up to 20 outcomes some corners
        of its convex hull, and above only what is best or trivial; `best_latent` knows all of it
        up to 16 outcomes.

    Raises
    ------
    InvalidInput
        For a larger law, or one with parameters.
    Undecided
        When lower bounds leave too many blocks, or the work is too much.  Above 20 outcomes that
        depends on the law; most generic ones of two features are solved up to 100 outcomes, and
        of more features up to 64.  Several labels make it harder: 100 outcomes are then too many.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [(str(i), str(i // 2)) for i in range(18)])
    >>> found = best_summed_latent(p)
    >>> found.score, found.latents[0].labelling.count, found.latents[0].name
    (Bits('0'), 9, 'common part = Y')
    """
    as_law(dist)

    def solve(weights: list[int], columns: Labels, codes: Labels, common: Sequence[int]) -> Solved:
        exact = ExactErrors(weights, columns, codes)
        if len(weights) > MAX_CELLS:
            places = survivor_places(len(columns), deletion_budget(redundancy, len(columns)))
            few = FewBlocks(weights, columns, codes, places, progress)
            return settled(
                _known(few.partitions(common)), trivial(len(weights)), "best", exact, "sum"
            )
        search = _Search(weights, columns, codes, progress)
        near = _known(search.least(1, 1))
        return settled(near, list(search.hull(exact)), "hull", exact, "sum")

    return best_of(dist, features, redundancy, "sum", MAX_OUTCOMES, solve)


def _known(found: list[Blocks] | None) -> list[Blocks]:
    if found is None:
        raise Undecided(
            "too many blocks are left, or work; near_best_latent gives bounds on both sides"
        )
    return found


class _Search:
    """Costs of all blocks, and the partitions with the least weighted sum of these."""

    def __init__(
        self,
        weights: Sequence[int],
        columns: Labels,
        codes: Labels,
        progress: Callable[[str], None],
    ) -> None:
        costs = block_costs(weights, columns, codes, MAX_CELLS)
        progress(f"costs of {1 << len(weights):,} blocks")
        self.mediation = costs.mediation >> SHIFT
        self.lost = np.sum(costs.redundancy, axis=0) >> SHIFT
        self.start = _trivial_shares(weights, codes)
        self.slack = (costs.slack >> SHIFT) + len(weights) + 2
        self.places, self.progress = costs.places, progress

    def least(self, steep: float, flat: float) -> list[Blocks] | None:
        """Return what may have the least sum of mediation and redundancy with these weights."""
        one, two = self._whole(steep, flat)
        costs = one * self.mediation + two * self.lost
        start = self.start * (two / (1 << SHIFT))
        return cheapest(costs, (one + two) * self.slack, self.places, start, self.progress)

    def hull(self, exact: ExactErrors) -> Iterator[Blocks]:
        """Yield the partitions with the least weighted sum, exactly, for several weights."""
        cells = len(self.start)
        high = int(self.lost[[1 << cell for cell in range(cells)]].sum() - self.lost[-1])
        wide = int(self.mediation[-1])
        for step in STEPS if min(high, wide) > 0 else ():
            steep, flat = high * 2.0**step, float(wide)
            found = self.least(steep, flat)
            if found is not None:
                yield from least_weighted(exact, found, self._whole(steep, flat))

    def _whole(self, steep: float, flat: float) -> tuple[int, int]:
        """Return weights as parts of 1024."""
        one = round(steep / (steep + flat) * (1 << SHIFT))
        return one, (1 << SHIFT) - one


def cheapest(
    costs: Integers,
    slack: int,
    places: int,
    start: Floats,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Blocks] | None:
    """Return every partition whose summed cost may be the least; None when there are too many.

    Parameters
    ----------
    costs : ndarray of shape (2**cells,)
        By mask of cells.
    slack : int
        More than any sum can be off.
    places : int
        The costs are in units of 2**-places bits.
    start : ndarray of shape (cells,)
        Shares in bits that no block breaks by much.
    progress : callable

    Returns
    -------
    list of tuples of masks, or None
        All that are within twice the slack of the least sum.

    Examples
    --------
    >>> cheapest(np.array([0, 5, 5, 3]), 0, 0, np.zeros(2))
    [(3,)]
    """
    unit = float(1 << places)
    shares = np.floor(nearest_shares(costs / unit, start) * unit).astype(np.int64)
    dear = costs - _sums(shares)  # what a block costs besides its shares
    dear[0] = 0
    short = -int(dear.min())
    cells = len(shares)
    reach = max(1, int(unit) >> 24)
    while True:
        # no block is below its shares by more than `short`, so that the others are at most this
        blocks = np.flatnonzero(dear <= reach + cells * short)[1:]
        progress(f"blocks within {reach / unit:.1e} bits of the bound: {len(blocks)}")
        if len(blocks) > MAX_BLOCKS:
            return None
        found = covers(blocks, dear[blocks], cells, reach, short)
        if found is None:
            return None
        least = min((total for total, _ in found), default=None)
        if least is not None and least + 2 * slack <= reach:
            return sorted(one for total, one in found if total <= least + 2 * slack)
        reach = 4 * reach if least is None else max(least + 2 * slack, 0)


def nearest_shares(costs: Floats, start: Floats) -> Floats:
    """Return shares with a sum near the largest that no block breaks by much.

    Between shares that hold and those that the blocks seen so far allow, the ones in the middle
    are tried: either they hold as well, or the blocks that break them are seen from now on.

    Parameters
    ----------
    costs : ndarray of shape (2**cells,)
        Of each block, by mask, in bits.
    start : ndarray of shape (cells,)
        Shares that hold.

    Returns
    -------
    ndarray of shape (cells,)

    Examples
    --------
    >>> round(float(nearest_shares(np.array([0.0, 1.0, 2.0, 2.5]), np.zeros(2)).sum()), 6)
    2.5
    """
    cells = len(start)
    held = {1 << cell for cell in range(cells)} | {len(costs) - 1}
    inner = start
    for _ in range(ROUNDS):
        masks = sorted(held)
        members = [[cell for cell in range(cells) if mask >> cell & 1] for mask in masks]
        outer = dual_shares(costs[masks], members, cells)
        new: set[int] = set()
        while not new and outer.sum() - inner.sum() > FINE:
            middle = (inner + outer) / 2
            dear = costs - _sums(middle)
            dear[0] = 0
            worst = np.argpartition(dear, min(BATCH, len(dear) - 1))[:BATCH]
            new = set(worst[dear[worst] < -SEEN].tolist()) - held
            if not new:
                inner = middle
        if not new:
            break
        held |= new
    return inner


def _trivial_shares(weights: Sequence[int], survivors: Labels) -> Floats:
    """Return shares of which only the redundancies are made, as if no block split them."""
    shares = np.zeros(len(weights))
    for labels in survivors:
        sums = {value: 0 for value in labels}
        for value, weight in zip(labels, weights, strict=True):
            sums[value] += weight
        shares -= [w * log2(sums[v]) / sum(weights) for v, w in zip(labels, weights, strict=True)]
    return shares


def _sums(parts: NDArray[Any]) -> NDArray[Any]:
    """Return for each mask the sum over its cells."""
    sums = np.zeros(1, dtype=parts.dtype)
    for part in parts:
        sums = np.concatenate([sums, sums + part])
    return sums
