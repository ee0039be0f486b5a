"""Good deterministic latents of larger supports: an upper bound, with a lower one beside it.

Several starts (no label, every outcome its own, the finest common label, the values of each
feature, clusters of these by what they say of the other features) are merged and then improved
outcome by outcome in floats.  The best is measured exactly; that it is the best of all partitions
is not claimed.  The trusted checker proves a lower bound: shares of the outcomes in what every
block costs, proposed by cutting planes, or what lies between these and shares that always hold; on
large supports those of parts of the support, less what the parts lose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.certified.blockbounds import block_bound
from natlat_sym.certified.sharebounds import lower_bound
from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import bound_text, decimal, quantity, shortened, wrapped
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.best import SCORES
from natlat_sym.natural.candidates import Candidate, candidate_of, codes_of
from natlat_sym.natural.components import components
from natlat_sym.natural.features import (
    Group,
    as_features,
    group_text,
    outcome_table,
)
from natlat_sym.natural.partitions import survivor_places
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.search.labelwalk import LabelWalk, starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

MAX_OUTCOMES, MAX_PROVED, MAX_SHOWN, DIGITS = 1024, 400, 40, 9


@dataclass(frozen=True, repr=False)
class NearBest:
    """A good function of the features, and how far it can be from the best.

    Attributes
    ----------
    features : tuple of tuple of str
    kind : str
        ``sum`` or ``max``.
    candidate : Candidate
        With exact errors: an upper bound.
    lower : Fraction
        No function of the features has a smaller score, in bits; 0 where nothing better is known.
    """

    features: tuple[Group, ...]
    kind: str
    candidate: Candidate
    lower: Fraction

    @property
    def upper(self) -> Bits:
        """The exact score of the latent."""
        return self.candidate.total if self.kind == "sum" else self.candidate.worst

    @property
    def optimal(self) -> bool:
        """Whether the bounds meet."""
        return self.upper == self.lower

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values."""
        found = self.candidate.to_json()
        return {
            "features": [group_text(group) for group in self.features],
            "kind": self.kind,
            "score": quantity(self.upper),
            "lower": quantity(Bits(self.lower)),
            "optimal": self.optimal,
            "latent": found["latent"],
            "front": [found],
            "front_complete": False,
        }

    def __str__(self) -> str:
        features = ", ".join(map(group_text, self.features))
        count = self.candidate.labelling.count
        head = f"{SCORES[self.kind]} error of a function of {features}, not all partitions tried:"
        lines = [
            wrapped(head),
            f"upper bound {decimal(self.upper)} bits, exactly {shortened(self.upper, 48)},"
            f" with {count} label{'s' * (count != 1)}",
            f"lower bound {bound_text(self.lower, DIGITS, up=False)} bits, proved"
            if self.lower
            else "no lower bound above 0 was proved",
        ]
        if self.lower and not self.optimal:
            most = (self.upper - Bits(self.lower)).bounds(DIGITS + 4)[1]
            gap = bound_text(most, DIGITS, up=True)
            lines.append(f"no function of the features is better by more than {gap} bits")
        labelling = self.candidate.labelling
        rows = [
            (outcome, [str(label)])
            for outcome, label in zip(labelling.outcomes, labelling.labels, strict=True)
        ]
        lines += ["", outcome_table(labelling.names, ["label"], rows[:MAX_SHOWN])]
        if len(rows) > MAX_SHOWN:
            lines.append(f"and {len(rows) - MAX_SHOWN} more outcomes")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"NearBest({self.kind!r}, upper={decimal(self.upper)}, lower={self.lower})"


@explained
def near_best_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    score: str = "sum",
    redundancy: str | int = "weak",
    rounds: int = 40,
    progress: Callable[[str], None] = lambda _: None,
) -> NearBest:
    """Return a good latent that is a function of the features, with bounds of the best score.

    Parameters
    ----------
    dist : Dist
        At most 1,024 outcomes.
    features : iterable of groups, optional
        Default: all variables.
    score : "sum" or "max"
        Of all errors.
    redundancy : "weak", "strong" or int
        How many features may be lost.
    rounds : int
        How many cutting planes are tried for the lower bound; fewer take less time, and every
        number of them gives a proved bound.
    progress : callable
        Called with a line of text before each step that may take some seconds.

    Returns
    -------
    NearBest
        The upper bound is the exact score of a partition found by merging and moving outcomes.
        The lower bound is proved by the trusted checker.  For the sum of the errors it is often
        within 10^-6 of the upper one up to some 100 outcomes, and often well above 0 up to a few
        hundred; it is 0 where nothing was proved in the steps allowed.  Above 400 outcomes it is
        made of those of parts of the support, for two or three features; for more it is 0.
        For the largest error it is a lower bound of the weighted mean of the errors, with the best
        weights for which one was proved; no weights need make the bounds meet.

    Raises
    ------
    InvalidInput
        For a larger law, or one with parameters.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> found = near_best_latent(Dist.uniform("X Y", [(str(i), str(i // 2)) for i in range(20)]))
    >>> found.upper, found.candidate.labelling.count, found.optimal
    (Bits('0'), 10, True)
    """
    as_law(dist)
    if score not in SCORES:
        raise InvalidInput(f"expected the score 'sum' or 'max', got {score!r}", score=score)
    groups = as_features(dist, features)
    lost = deletion_budget(redundancy, len(groups))
    law = dist.marginal([name for group in groups for name in group])
    require_numbers(law, purpose="to compare partitions")
    if len(law) > MAX_OUTCOMES:
        raise InvalidInput(f"expected a law of at most {MAX_OUTCOMES} outcomes, got {len(law)}")
    kept = survivor_places(len(groups), lost)
    survivors = [tuple(n for place in places for n in groups[place]) for places in kept]
    finest = components(law, groups, lost).labels
    walk = _walk(law, groups, kept, score)
    progress(f"{len(law)} outcomes: a good partition by merging and moving")
    known = [_good(walk, finest)]
    found = candidate_of(law, groups, survivors, known[0].tolist())
    lower = Fraction(0)
    if found.total and len(law) <= MAX_PROVED:
        if score == "max":
            known += [_good(_walk(law, groups, kept, "sum"), finest), *starts(walk)]
        lower, labels = lower_bound(law, walk, kept, known, rounds, progress)
        other = candidate_of(law, groups, survivors, labels.tolist())
        found = min(found, other, key=lambda one: one.value(score))
    elif found.total:
        # each set of features that remains when more are lost tells the label no better
        lower = block_bound(
            law, groups, lambda block: near_best_latent(block, rounds=rounds).lower, progress
        ) / (1 if score == "sum" else 1 + len(groups))
    return NearBest(groups, score, found, lower)


def _walk(
    law: Dist, groups: tuple[Group, ...], kept: Sequence[Sequence[int]], score: str
) -> LabelWalk:
    masses = np.array([float(mass) for _, mass in law.items()])
    survivors = [[n for place in places for n in groups[place]] for places in kept]
    features, rest = (
        [np.array(codes_of(law, names)) for names in lists] for lists in (groups, survivors)
    )
    return LabelWalk(masses, features, rest, score)


def _good(walk: LabelWalk, finest: Sequence[int]) -> Integers:
    tries = (walk.improve(labels) for labels in (np.array(finest), *starts(walk)))
    return min(tries, key=walk.value)
