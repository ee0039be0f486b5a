"""Good deterministic latents of larger supports: an upper bound, with a lower one beside it.

Several starts (no label, every outcome its own, the finest common label, the values of each
feature, clusters of these by what they say of the other features) are merged and then improved
outcome by outcome in floats.  The best is measured exactly; that it is the best of all partitions
is not claimed.  Where the outcomes are few enough, the trusted checker proves a lower bound: shares
of the outcomes in what every block costs, found by cutting planes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, log2
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym import check
from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import decimal, quantity, shortened, text_table
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.best import SCORES, Candidate, candidate_of, codes_of
from natlat_sym.natural.components import components
from natlat_sym.natural.features import Group, as_features, group_text
from natlat_sym.natural.majorants import best_guess
from natlat_sym.natural.partitions import survivor_places
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.search.blockwalk import BlockCosts, trivial_shares, walked_shares, xlog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

MAX_OUTCOMES, MAX_PROVED, MOST_LABELS, MAX_SHOWN = 1024, 64, 40, 40
SLACK, FALLBACK = 1e-6, 0.01
SWEEPS = 30


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
            head,
            f"upper bound {decimal(self.upper)} bits, exactly {shortened(self.upper)},"
            f" with {count} label{'s' * (count != 1)}",
            f"lower bound {decimal(Bits(self.lower))} bits",
        ]
        if self.lower and not self.optimal:
            gap = (self.upper - Bits(self.lower)).approx(2)
            lines.append(f"no function of the features is better by more than {gap} bits")
        labelling = self.candidate.labelling
        rows = [
            (*map(str, outcome), str(label))
            for outcome, label in zip(labelling.outcomes, labelling.labels, strict=True)
        ]
        lines += ["", text_table([(*labelling.names, "label"), *rows[:MAX_SHOWN]])]
        if len(rows) > MAX_SHOWN:
            lines.append(f"and {len(rows) - MAX_SHOWN} more outcomes")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"NearBest({self.kind!r}, upper={decimal(self.upper)}, lower={self.lower})"


def near_best_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    score: str = "sum",
    redundancy: str | int = "weak",
    rounds: int = 150,
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

    Returns
    -------
    NearBest
        The upper bound is the exact score of a partition found by merging and moving outcomes.
        The lower bound is proved by the trusted checker for weak redundancy and at most 64
        outcomes, else 0. For the sum of the errors it is often within 10^-6 of the upper one.

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
    walk = _Walk(law, groups, survivors, score)
    finest = components(law, groups, lost).labels
    starts = [np.array(finest), *_starts(walk)]
    labels = min((walk.improve(start) for start in starts), key=walk.value)
    found = candidate_of(law, groups, survivors, labels.tolist())
    shown = found.total and lost == 1 and len(law) <= MAX_PROVED
    lower = _lower(law, groups, walk, labels, rounds) if shown else Fraction(0)
    if score == "max":
        lower /= 1 + len(survivors)
    return NearBest(groups, score, found, max(lower, Fraction(0)))


class _Walk:
    """Errors of labellings in floats, and moves that lower them."""

    def __init__(
        self, law: Dist, groups: Sequence[Group], survivors: Sequence[Group], score: str
    ) -> None:
        self.masses = np.array([float(mass) for _, mass in law.items()])
        self.features = [np.array(codes_of(law, group)) for group in groups]
        self.survivors = [np.array(codes_of(law, group)) for group in survivors]
        self.score = score

    def _sums(self, codes: Integers, labels: Integers) -> Floats:
        size = int(labels.max()) + 1
        return np.asarray(np.bincount(codes * size + labels, self.masses), dtype=np.float64)

    def value(self, labels: Integers) -> float:
        """Return the score of a labelling."""
        whole = self._sums(np.zeros_like(labels), labels)
        mediation = (len(self.features) - 1) * xlog(whole).sum() + xlog(self.masses).sum()
        mediation -= sum(xlog(self._sums(codes, labels)).sum() for codes in self.features)
        errors = [mediation]
        for codes in self.survivors:
            alone = xlog(self._sums(codes, np.zeros_like(codes))).sum()
            errors.append(alone - xlog(self._sums(codes, labels)).sum())
        return float(sum(errors) if self.score == "sum" else max(errors))

    def improve(self, labels: Integers) -> Integers:
        """Merge labels and move outcomes while that lowers the score."""
        labels = np.unique(labels, return_inverse=True)[1]
        if labels.max() < MOST_LABELS:
            labels = self._merged(labels)
        best = self.value(labels)
        for _ in range(SWEEPS if len(labels) <= 128 else 2):
            before = best
            for cell in range(len(labels)):
                held = int(labels[cell])
                for label in range(min(int(labels.max()) + 2, MOST_LABELS)):
                    moved = labels.copy()
                    moved[cell] = label
                    value = self.value(moved)
                    if value < best - 1e-12:
                        best, held = value, label
                labels[cell] = held
            labels = np.unique(labels, return_inverse=True)[1]
            if best >= before - 1e-12:
                break
        return labels

    def _merged(self, labels: Integers) -> Integers:
        best = self.value(labels)
        while (count := int(labels.max()) + 1) > 1:
            tries = []
            for low in range(count):
                for high in range(low + 1, count):
                    merged = np.where(labels == high, low, labels)
                    merged = np.where(merged > high, merged - 1, merged)
                    tries.append((self.value(merged), low, high))
            value, low, high = min(tries)
            if value >= best:
                break
            best = value
            labels = np.where(labels == high, low, labels)
            labels = np.where(labels > high, labels - 1, labels)
        return labels


def _starts(walk: _Walk) -> Iterator[Integers]:
    cells = len(walk.masses)
    yield np.zeros(cells, dtype=np.int64)
    yield np.arange(cells)
    for codes in walk.features:
        yield codes
        others = np.stack([other for other in walk.features if other is not codes])
        rest = np.unique(others, axis=1, return_inverse=True)[1].reshape(-1)
        table = np.zeros((codes.max() + 1, rest.max() + 1))
        np.add.at(table, (codes, rest), walk.masses)
        rows = np.sqrt(table / table.sum(axis=1, keepdims=True))
        for count in range(2, min(len(rows), 6)):
            yield _medoids(rows, table.sum(axis=1), count)[codes]


def _medoids(rows: Floats, masses: Floats, count: int) -> Integers:
    """Cluster conditional laws around some of them, by squared Hellinger distance."""
    far = ((rows[:, None] - rows[None]) ** 2).sum(axis=2)
    chosen = [int(masses.argmax())]
    while len(chosen) < count:
        chosen.append(int((far[:, chosen].min(axis=1) * masses).argmax()))
    for _ in range(20):
        labels = far[:, chosen].argmin(axis=1)
        moved = []
        for place, medoid in enumerate(chosen):
            inside = np.flatnonzero(labels == place)
            costs = (far[np.ix_(inside, inside)] * masses[inside]).sum(axis=1)
            moved.append(int(inside[costs.argmin()]) if len(inside) else medoid)
        if moved == chosen:
            break
        chosen = moved
    return np.asarray(far[:, chosen].argmin(axis=1))


def _lower(
    law: Dist, groups: tuple[Group, ...], walk: _Walk, labels: Integers, rounds: int
) -> Fraction:
    """Return a lower bound of the summed error, shown by the checker; 0 when that fails."""
    start = trivial_shares(walk.masses, walk.survivors) - SLACK / len(labels)
    if len(groups) == 2:
        start = max(start, _majorant_shares(walk) - SLACK / len(labels), key=np.sum)
    costs = BlockCosts(walk.masses, walk.features, walk.survivors)
    blocks = [(labels == label).astype(int).tolist() for label in range(labels.max() + 1)]
    shares = walked_shares(costs, start, blocks, rounds)
    for part in (0, FALLBACK, 1):
        lower = _proved(law, walk, (1 - part) * shares + part * start)
        if lower is not None:
            return lower
    return Fraction(0)


def _majorant_shares(walk: _Walk) -> Floats:
    """Return shares from a bound that holds for all stochastic latents of two features."""
    x, y = walk.features
    table = np.zeros((x.max() + 1, y.max() + 1))
    table[x, y] = walk.masses
    if table.shape[0] > table.shape[1]:
        table, x, y = table.T, y, x
    _, matrix = best_guess(table, min(len(table), 3), 4)
    entries = np.log2(np.maximum(matrix[x, y], 1e-300))
    return np.asarray(3 * walk.masses * entries - 2 * xlog(walk.masses))


def _proved(law: Dist, walk: _Walk, shares: Floats) -> Fraction | None:
    weights = list(law.weights().values())
    total = sum(weights) // gcd(*weights)
    # the checker counts in units of the total, where each feature adds log2 of it
    shares = shares - len(walk.features) * walk.masses * log2(total)
    keys = [tuple(map(str, codes)) for codes in np.stack(walk.features, axis=1).tolist()]
    texts = [str(Fraction(round(share * 10**12), 10**12)) for share in shares.tolist()]
    ordered = [text for _, text in sorted(zip(keys, texts, strict=True))]
    try:
        return check.shared_least(dict(zip(keys, weights, strict=True)), ordered)
    except check.Rejected:
        return None
