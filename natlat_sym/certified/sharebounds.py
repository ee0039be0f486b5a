"""Lower bounds of the errors of every function of the features, proved by the trusted checker.

Shares of the outcomes in what every block costs are proposed by cutting planes.  What cannot be
proved is drawn toward shares that always hold; for the largest error the weights of the errors are
drawn toward equal ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import gcd, log2
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym import check
from natlat_sym.exact.render import bound_text
from natlat_sym.natural.automorphisms import automorphisms
from natlat_sym.natural.majorants import best_guess
from natlat_sym.search.blockwalk import BlockCosts, ShareWalk, trivial_shares, xlog
from natlat_sym.search.orbits import Orbits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist
    from natlat_sym.search.labelwalk import LabelWalk

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

FINE, SLACK, HALVINGS, WEIGHINGS, REPAIRS, AGAIN = 10**5, 5e-7, 6, 4, 8, 8
# work of the checker: for all of a proposal, for a part of it, for further blocks that break it
MOST_WORK, WORK, FEW_WORK, MOST_BROKEN = 1_500_000, 700_000, 100_000, 40


def lower_bound(
    law: Dist,
    walk: LabelWalk,
    kept: Sequence[Sequence[int]],
    known: Sequence[Integers],
    rounds: int,
    progress: Callable[[str], None],
) -> tuple[Fraction, Integers]:
    """Return a lower bound of the score of every function, and a good labelling.

    Parameters
    ----------
    law : Dist
    walk : LabelWalk
        Of the law.
    kept : sequence of sequences of int
        The places of the features that shall tell the label, for each redundancy.
    known : sequence of ndarray
        Good labellings, the best first.
    rounds : int
        Of cutting planes.
    progress : callable

    Returns
    -------
    (Fraction, ndarray)
        The bound in bits, shown by the checker; 0 if that fails.  The labelling is the best known
        one, or a better one for the sum of the errors, made of blocks that were looked at.
    """
    count = 1 + len(walk.survivors)
    trial = Trial(law, walk, kept, [1] * count)
    start, best = trivial_shares(trial.costs), Fraction(0)
    if len(walk.features) == 2:
        other = _majorant_shares(walk) * trial.costs.weights[0]
        found = trial.proved(other) if other.sum() > start.sum() else None
        if isinstance(found, Fraction):
            start, best = other, max(best, found)
    level = trial.orbits.level
    proposed = ShareWalk(trial.costs, start, trial.best_of(known), level=level)
    progress("shares for a lower bound by cutting planes")
    proposed.run(rounds)
    part = step = 1.0  # how much of the way from the start to the proposal is tried next
    for turn in range(1, HALVINGS + 1):
        shown = f"at least {bound_text(best, 6, up=False)} bits so far"
        progress(f"the checker tries to prove shares, {turn} of at most {HALVINGS} times: {shown}")
        found = trial.repaired(proposed, start, part)
        if found is not None:
            best = max(best, found)
            if part == 1:
                break
        step /= 2
        part += step if found is not None else -step
    if walk.score == "max" and rounds:
        best = _weighted(law, walk, kept, known, rounds, best, progress)
    tries = [known[0]]
    if walk.score == "sum" and rounds:
        tries.append(walk.improve(proposed.partition()))
    return best, min(tries, key=walk.value)


def _weighted(
    law: Dist,
    walk: LabelWalk,
    kept: Sequence[Sequence[int]],
    known: Sequence[Integers],
    rounds: int,
    best: Fraction,
    progress: Callable[[str], None],
) -> Fraction:
    """Return a lower bound of the largest error by weights, proved, or the one that is known.

    The weights for which floats see the best bound may be hard to prove; those that lie between
    them and equal weights are tried too.
    """
    count = 1 + len(walk.survivors)
    even = np.full(count, 1 / count)
    costs = BlockCosts(walk.masses, walk.features, walk.survivors, even)
    free = ShareWalk(costs, trivial_shares(costs), known[0], free=True)
    free.run(rounds)
    part = step = 1.0
    for turn in range(1, WEIGHINGS + 1):
        shown = f"at least {bound_text(best, 6, up=False)} bits so far"
        progress(f"weights of the errors, {turn} of {WEIGHINGS}: {shown}")
        weights = part * costs.weights + (1 - part) * even
        trial = Trial(law, walk, kept, [round(FINE * weight) for weight in weights.tolist()])
        start = trivial_shares(trial.costs)
        proposed = ShareWalk(trial.costs, start, trial.best_of(known), held=free.held)
        proposed.run(rounds)
        found = trial.repaired(proposed, start, 1, WORK)
        if found is not None:
            best = max(best, found)
            if part == 1:
                break
        step /= 2
        part += step if found is not None else -step
    return best


class Trial:
    """Shares of the outcomes before the checker.

    They are shares in the sum of the errors, or else in their mean with some integer weights.
    """

    def __init__(
        self,
        law: Dist,
        walk: LabelWalk,
        kept: Sequence[Sequence[int]],
        weights: Sequence[int],
    ) -> None:
        rows = np.stack(walk.features, axis=1).tolist()
        self.keys = [tuple(map(str, row)) for row in rows]
        self.weights = dict(zip(self.keys, law.weights().values(), strict=True))
        first, *rest = weights
        # a symmetry may exchange features, and then their redundancies
        even = len(set(rest)) == 1
        columns = [codes.tolist() for codes in walk.features]
        moves = automorphisms(list(self.weights.values()), columns)[0] if even else ()
        self.orbits = Orbits(self.keys, moves)
        self.errors = check.Errors(first, tuple(zip(map(tuple, kept), rest, strict=True)))
        self.whole = 1 if walk.score == "sum" else sum(weights)
        parts = np.array(weights) / self.whole
        self.costs = BlockCosts(walk.masses, walk.features, walk.survivors, parts)
        total = sum(self.weights.values()) // gcd(*self.weights.values())
        # the checker counts in units of the total: each redundancy adds log2 of it
        self.offset = parts[1:].sum() * log2(total) * walk.masses
        self.offset += SLACK * (walk.masses + 1 / len(law)) / 2

    def best_of(self, known: Sequence[Integers]) -> Integers:
        """Return the best of some partitions."""
        return min(known, key=lambda one: (self.costs.slopes(one) @ self.costs.weights).sum())

    def proved(self, shares: Floats, work: int = WORK) -> Fraction | list[list[int]] | None:
        """Return the bound; or blocks of outcomes that cost less; or nothing."""
        texts = [
            str(Fraction(round(share * self.whole * 10**12), 10**12))
            for share in self.orbits.even(shares - self.offset).tolist()
        ]
        ordered = [text for _, text in sorted(zip(self.keys, texts, strict=True))]
        try:
            least = check.shared_least(self.weights, ordered, work, self.errors, self.orbits.moves)
            return least / self.whole
        except check.Broken as error:
            return self._broken(ordered) or self._places(error.blocks)
        except check.Rejected:
            return None

    def _broken(self, ordered: list[str]) -> list[list[int]]:
        """Return many blocks that cost less, where a little work shows them."""
        try:
            check.near_blocks(
                self.weights,
                ordered,
                FEW_WORK,
                self.errors,
                most=MOST_BROKEN,
                symmetries=self.orbits.moves,
            )
        except check.Broken as error:
            return self._places(error.blocks)
        except check.Rejected:
            pass
        return []

    def _places(self, blocks: Iterable[Iterable[tuple[str, ...]]]) -> list[list[int]]:
        return [[self.keys.index(key) for key in block] for block in blocks]

    def repaired(
        self, proposed: ShareWalk, start: Floats, part: float, most: int = MOST_WORK
    ) -> Fraction | None:
        """Try shares between the start and the proposal; blocks that break them are added."""
        for _ in range(REPAIRS):
            work = most if part == 1 else WORK
            found = self.proved(part * proposed.shares + (1 - part) * start, work)
            if not isinstance(found, list):
                return found
            if not proposed.add(found):
                break
            proposed.run(AGAIN)
        return None


def _majorant_shares(walk: LabelWalk) -> Floats:
    """Return shares from a bound that holds for all stochastic latents of two features."""
    x, y = walk.features
    table = np.zeros((x.max() + 1, y.max() + 1))
    table[x, y] = walk.masses
    if table.shape[0] > table.shape[1]:
        table, x, y = table.T, y, x
    _, matrix = best_guess(table, min(len(table), 3), 4)
    entries = np.log2(np.maximum(matrix[x, y], 1e-300))
    return np.asarray(3 * walk.masses * entries - 2 * xlog(walk.masses))
