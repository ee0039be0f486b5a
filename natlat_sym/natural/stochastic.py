"""Stochastic latents: an optimiser proposes P[L|X] in floats, rationals are measured exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import show
from natlat_sym.exact.render import decimal, quantity, shortened, text_table
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.features import Group, as_features, fresh_name, group_text
from natlat_sym.natural.latents import evaluated
from natlat_sym.natural.partitions import survivor_places
from natlat_sym.natural.softmax import descended, softmax
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.statements.forms import information, total_correlation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.laws.dist import Dist
    from natlat_sym.statements.forms import Form

    Floats = NDArray[np.float64]

MAX_CELLS = 4096
STEPS = 500
RATE = 0.25
DENOMINATORS = (1, 2, 4, 6, 12, 60, 1000, 100_000, 10_000_000)


@dataclass(frozen=True)
class StochasticLatent:
    """A latent P[L|X] with rational masses, and its exact score.

    Attributes
    ----------
    law : Dist
        The features with the latent.
    latent : str
        Its name.
    mediation : Bits
        TC of the features given it.
    redundancy : tuple of (str, Bits)
        I(L;lost|rest) for each choice of lost features.

    Notes
    -----
    The score is an upper bound of the least score of any stochastic latent; nothing here says how
    far it is from it.
    """

    law: Dist
    latent: str
    mediation: Bits
    redundancy: tuple[tuple[str, Bits], ...]

    @property
    def score(self) -> Bits:
        """The sum of all errors, exact."""
        return Bits.total([self.mediation, *(value for _, value in self.redundancy)])

    def to_json(self) -> dict[str, object]:
        """Return the latent and its errors as JSON values."""
        from natlat_sym.laws.lawfile import law_to_json

        return {
            "latent": self.latent,
            "score": quantity(self.score),
            "mediation": quantity(self.mediation),
            "redundancy": {name: quantity(value) for name, value in self.redundancy},
            "law": law_to_json(self.law),
        }

    def __str__(self) -> str:
        rows = [("error", "bits", "exact")]
        rows.append(("mediation", decimal(self.mediation), shortened(self.mediation)))
        rows += [(f"without {n}", decimal(v), shortened(v)) for n, v in self.redundancy]
        rows.append(("sum", decimal(self.score), shortened(self.score)))
        return f"{self.law}\n\n{text_table(rows, right=[1])}"


@explained
def propose_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    labels: int = 2,
    redundancy: str | int = "weak",
    starts: int = 16,
) -> StochasticLatent:
    """Propose a stochastic latent with few labels and a small sum of errors.

    Parameters
    ----------
    dist : Dist
        Of the features; at most 4,096 outcomes.
    features : iterable of groups, optional
        Default: all variables.
    labels : int
        How many values the latent may take.
    redundancy : "weak", "strong" or int
        How many features may be lost.
    starts : int
        How many random starts descend.

    Returns
    -------
    StochasticLatent
        The best one found, after rounding to small rationals: its errors are exact, that it is
        the best is not claimed.

    Raises
    ------
    InvalidInput
        For a larger law, one with parameters, or fewer than one label.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_dict({("0", "0"): "2/5", ("0", "1"): "1/5", ("1", "1"): "2/5"}, "X Y")
    >>> float(propose_latent(law).score) < 0.3221
    True
    """
    as_law(dist)
    groups = as_features(dist, features)
    law = dist.marginal([name for group in groups for name in group])
    if labels < 1 or starts < 1:
        raise InvalidInput(f"expected at least one label and one start, got {labels} and {starts}")
    require_numbers(law, purpose="to propose a latent")
    if len(law) > MAX_CELLS:
        raise InvalidInput(f"expected a law of at most {MAX_CELLS} outcomes, got {len(law)}")
    lost = deletion_budget(redundancy, len(groups))
    forms = _forms(groups, lost)
    channels = _Search(law, [form for _, form in forms], labels).run(starts)
    return _best_rounded(law, forms, channels[:3])


def measured_latent(
    dist: Dist, features: Iterable[str | Iterable[str]], channel: Floats
) -> StochasticLatent:
    """Round a latent P[L|X] to the small rationals that score best, and measure it exactly.

    Parameters
    ----------
    dist : Dist
        Of the features.
    features : iterable of groups
        The features, in any order; one of them may be lost.
    channel : ndarray
        A row of non-negative floats for each outcome of the law, each row with sum about 1.

    Returns
    -------
    StochasticLatent

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> measured_latent(law, "X Y", np.array([[0.999, 0.001], [0, 1]])).score
    Bits('0')
    """
    groups = as_features(dist, features)
    return _best_rounded(dist, _forms(groups, 1), [channel])


def _best_rounded(
    law: Dist, forms: Sequence[tuple[str, Form]], channels: Iterable[Floats]
) -> StochasticLatent:
    found = [
        _measured(law, forms, channel, denominator)
        for channel in channels
        for denominator in DENOMINATORS
    ]
    return min(found, key=lambda latent: latent.score)


def _forms(groups: tuple[Group, ...], lost: int) -> list[tuple[str, Form]]:
    """Return the errors of a latent called L'', by name; the latent is renamed where needed."""
    forms = [("", total_correlation(groups, (_LATENT,)))]
    for kept in survivor_places(len(groups), lost):
        gone = [n for place, g in enumerate(groups) if place not in kept for n in g]
        rest = [n for place in kept for n in groups[place]]
        forms.append((group_text(tuple(gone)), information([(_LATENT,), gone], rest)))
    return forms


_LATENT = "Latent'"


def _measured(
    law: Dist, forms: Sequence[tuple[str, Form]], channel: Floats, denominator: int
) -> StochasticLatent:
    rows = {}
    for outcome, row in zip(law.support, channel, strict=True):
        whole = np.floor(row * denominator).astype(int).tolist()
        short = denominator - sum(whole)
        for place in np.argsort(np.array(whole) - row * denominator, kind="stable")[:short]:
            whole[int(place)] += 1
        rows[outcome] = {
            f"l{k}": Fraction(value, denominator) for k, value in enumerate(whole) if value
        }
    extended = law.extend(_LATENT, law.names, rows)
    mediation, *errors = evaluated(extended, [form for _, form in forms])
    name = fresh_name("L", law.names)
    shown = tuple((text, value) for (text, _), value in zip(forms[1:], errors, strict=True))
    return StochasticLatent(extended.rename({_LATENT: name}), name, mediation, shown)


class _Search:
    """Descent on the sum of errors over all channels to a few labels, many starts at once."""

    def __init__(self, law: Dist, forms: Sequence[Form], labels: int) -> None:
        self.masses = np.array([float(mass) for _, mass in law.items()])
        self.labels = labels
        total: dict[frozenset[str], Fraction] = {}
        for form in forms:
            for names, value in form.entropies.items():
                total[names] = total.get(names, Fraction(0)) + value
        self.parts = []
        for names, value in total.items():
            if value and _LATENT in names:
                places = [law.names.index(n) for n in sorted(names - {_LATENT})]
                seen: dict[tuple[object, ...], int] = {}
                codes = [
                    seen.setdefault(tuple(o[p] for p in places), len(seen)) for o in law.support
                ]
                self.parts.append((float(value), np.array(codes), len(seen)))

    def run(self, starts: int) -> list[Floats]:
        """Return channels, rows of label masses by outcome, the best first."""
        dice = np.random.default_rng(self.labels)
        logits = dice.normal(0, 2, (starts, len(self.masses), self.labels))
        channel = softmax(descended(logits, lambda rows: self._evaluate(rows)[1], RATE, STEPS))
        value, _ = self._evaluate(channel)
        return [channel[i] for i in np.argsort(value)]

    def _evaluate(self, channel: Floats) -> tuple[Floats, Floats]:
        """Return the sum of errors of each channel, and its slopes."""
        joint = channel * self.masses[None, :, None]
        value, slope = np.zeros(len(channel)), np.zeros_like(channel)
        for weight, codes, size in self.parts:
            sums = np.zeros((len(channel), size, self.labels))
            for place in range(size):
                sums[:, place] = joint[:, codes == place].sum(axis=1)
            logs = np.log2(np.maximum(sums, 1e-300))
            value -= weight * (sums * logs).sum(axis=(1, 2))
            slope -= weight * logs[:, codes]
        return value, slope * self.masses[None, :, None]


def channel_text(latent: StochasticLatent) -> str:
    """Return P[L|X] as a table.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> print(channel_text(propose_latent(law, labels=1)))
    X  Y  l0
    0  0  1
    1  1  1
    """
    law = latent.law
    names = [name for name in law.names if name != latent.latent]
    labels = law.alphabet(latent.latent)
    rows = [(*names, *map(str, labels))]
    for outcome, whole in law.marginal(names).items():
        masses = [law.mass((*outcome, label)) / whole for label in labels]
        rows.append((*map(str, outcome), *map(show, masses)))
    return text_table(rows)
