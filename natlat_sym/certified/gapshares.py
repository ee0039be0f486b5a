"""Shares of outcomes for a gap where blocks are too many to list: cutting planes and repairs.

A walk proposes shares that it sees no block break, and blocks that the trusted checker finds are
added.  Only as much of the proposal is taken as the ratio needs, the rest from shares that always
hold: what is left over makes the work of the checker shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, log2
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym import check
from natlat_sym.errors import ProofError
from natlat_sym.natural.automorphisms import automorphisms
from natlat_sym.natural.candidates import codes_of
from natlat_sym.search.blockwalk import BlockCosts, ShareWalk, trivial_shares
from natlat_sym.search.labelwalk import LabelWalk, starts
from natlat_sym.search.orbits import Orbits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

ROUNDS, MORE, REPAIRS = 60, 8, 60  # of the walk at first, after each repair, and repairs at most
SLACK = 4e-7  # bits by which the shares of all outcomes stay below what is proposed


def walked_shares(
    law: Dist, needed: float, progress: Callable[[str], None] = lambda _: None
) -> list[Fraction]:
    """Return shares in bits that give a bound, accepted by the checker where the search ends.

    Parameters
    ----------
    law : Dist
        Of the features alone, each a variable.
    needed : float
        The bound of the summed error, in bits.
    progress : callable
        Is given a line of text now and then.

    Returns
    -------
    list of Fraction
        One per outcome in the order of the checker, for costs in counts over the total of the
        counts; those tried last when none were accepted.

    Raises
    ------
    ProofError
        When the best shares that are found do not give the bound.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_array([[3, 1], [1, 3]], "X Y")
    >>> len(walked_shares(law, 0.1))
    4
    >>> walked_shares(law, 3)
    Traceback (most recent call last):
        ...
    natlat_sym.errors.ProofError: 3.000000 bits are needed, the shares found reach 0.188721
    """
    names = law.names
    features = [np.array(codes_of(law, [name])) for name in names]
    survivors = [np.array(codes_of(law, [n for n in names if n != name])) for name in names]
    masses = np.array([float(mass) for _, mass in law.items()])
    labels = LabelWalk(masses, features, survivors, "sum")
    progress(f"{len(law)} outcomes: a good partition by merging and moving")
    best = min((labels.improve(start) for start in starts(labels)), key=labels.value)
    costs = BlockCosts(masses, features, survivors)
    held = trivial_shares(costs)
    trial = _Trial(law, masses, features)
    walk = ShareWalk(costs, held, best, level=trial.orbits.level)
    progress("shares by cutting planes")
    walk.run(ROUNDS)
    for turn in range(1, REPAIRS + 1):
        full = float((walk.shares - held).sum())
        reach = full - SLACK
        if reach < needed:
            raise ProofError(
                f"{needed:.6f} bits are needed, the shares found reach {reach:.6f}", reach=reach
            )
        part = (needed + SLACK) / full
        shares = trial.written(part * walk.shares + (1 - part) * held)
        progress(f"the checker looks for blocks that cost less than their shares, turn {turn}")
        broken = trial.broken(shares)
        if not broken or not walk.add(broken):
            break
        walk.run(MORE)
    return shares


class _Trial:
    """Shares of the outcomes before the checker."""

    def __init__(self, law: Dist, masses: Floats, features: Sequence[Integers]) -> None:
        weights = law.weights()
        self.keys = [tuple(map(str, outcome)) for outcome in weights]
        self.weights = dict(zip(self.keys, weights.values(), strict=True))
        columns = [codes.tolist() for codes in features]
        self.orbits = Orbits(self.keys, automorphisms(list(weights.values()), columns)[0])
        self.order = sorted(range(len(masses)), key=self.keys.__getitem__)
        total = sum(weights.values()) // gcd(*weights.values())
        # the checker counts in units of the total, where each feature adds log2 of it
        self.offset = len(law.names) * log2(total) * masses
        self.offset += SLACK * (masses + 1 / len(masses)) / 2

    def written(self, shares: Floats) -> list[Fraction]:
        lowered = self.orbits.even(shares - self.offset)[self.order]
        return [Fraction(round(share * 10**12), 10**12) for share in lowered.tolist()]

    def broken(self, shares: Sequence[Fraction]) -> list[list[int]]:
        """Return blocks that cost less; none when all is shown, or when it is too much."""
        try:
            texts = [str(share) for share in shares]
            check.shared_least(self.weights, texts, symmetries=self.orbits.moves)
        except check.Broken as error:
            return [[self.keys.index(key) for key in block] for block in error.blocks]
        except check.Rejected:
            return []
        return []
