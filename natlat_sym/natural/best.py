"""The best deterministic latent: the minimum over all partitions of the support, exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import decimal, quantity, shortened, text_table
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.components import Labelling, components
from natlat_sym.natural.features import Group, as_features, group_text
from natlat_sym.natural.latents import evaluated
from natlat_sym.natural.partitions import (
    MAX_CELLS,
    MAX_ENUMERATED,
    Blocks,
    best_sums,
    block_costs,
    error_vectors,
    survivor_places,
)
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.statements.forms import entropy, total_correlation

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.partitions import Integers

_SHOWN = 12
MAX_COMPARED = 3000  # partitions whose exact errors are compared for the front


@dataclass(frozen=True)
class Candidate:
    """One deterministic latent with its exact errors, in bits.

    Attributes
    ----------
    labelling : Labelling
        The label of each outcome.
    mediation : Bits
        TC of the features given the label.
    redundancy : tuple of (str, Bits)
        H(label|survivors) for each set of features that shall tell the label.
    """

    labelling: Labelling
    mediation: Bits
    redundancy: tuple[tuple[str, Bits], ...]

    @property
    def total(self) -> Bits:
        """The sum of all errors."""
        return Bits.total([self.mediation, *(value for _, value in self.redundancy)])

    @property
    def worst(self) -> Bits:
        """The largest error."""
        return max([self.mediation, *(value for _, value in self.redundancy)])

    @property
    def lost(self) -> Bits:
        """The sum of the redundancy errors."""
        return Bits.total(value for _, value in self.redundancy)

    @property
    def name(self) -> str:
        """What it is besides a partition: constant, everything, common part, or some features."""
        labelling = self.labelling
        law, groups, labels = labelling.law, labelling.groups, list(labelling.labels)
        if labelling.count == 1:
            return "constant"
        names = [group_text(group) for group in groups if codes_of(law, group) == labels]
        if list(components(law, groups, len(groups) - 1).labels) == labels:
            names.insert(0, "common part")
        if labelling.count == len(law):
            names.append("everything")
        return " = ".join(names)

    def to_json(self) -> dict[str, object]:
        """Return the latent and its errors as JSON values."""
        return {
            "name": self.name,
            "latent": [
                [[str(part) for part in outcome], label]
                for outcome, label in self.labelling.items()
            ],
            "mediation": quantity(self.mediation),
            "redundancy": {name: quantity(value) for name, value in self.redundancy},
        }


@dataclass(frozen=True)
class BestLatent:
    """The best deterministic latents of some features, with the exact value they attain.

    Attributes
    ----------
    features : tuple of tuple of str
        What shall be mediated.
    kind : str
        ``sum`` or ``max``: what is minimised over all errors.
    score : Bits
        The minimum, exact.
    latents : tuple of Candidate
        All that attain it, up to renaming of the labels.
    front : tuple of Candidate
        No other latent has less mediation error and less redundancy error (their sum, or the
        largest one for ``max``); by ascending mediation error.
    complete : bool
        Whether the front lists every corner; above 11 outcomes only the best and the two
        trivial latents are compared, and below only so many that are close.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.from_array([[14, 1], [1, 4]], "X1 X2")
    >>> found = best_latent(p)
    >>> print(found.score, len(found.latents))
    31/10 - 3/2*log2(3) - log2(5) + 7/10*log2(7) 2
    """

    features: tuple[Group, ...]
    kind: str
    score: Bits
    latents: tuple[Candidate, ...]
    front: tuple[Candidate, ...]
    complete: bool

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {
            "features": [group_text(group) for group in self.features],
            "kind": self.kind,
            "score": quantity(self.score),
            "latent": self.latents[0].to_json()["latent"],
            "ties": len(self.latents),
            "front": [candidate.to_json() for candidate in self.front],
            "front_complete": self.complete,
        }

    def __str__(self) -> str:
        features = ", ".join(map(group_text, self.features))
        head = f"least {SCORES[self.kind]} error of a function of {features}:"
        lines = [f"{head} {decimal(self.score)} bits, exactly {shortened(self.score)}"]
        count = len(self.latents)
        lines.append(f"attained by {count} partition{'s' * (count != 1)} of the support:")
        names = self.latents[0].labelling.names
        rows = [
            (*map(str, outcome), *(str(c.labelling.labels[place]) for c in self.latents[:_SHOWN]))
            for place, outcome in enumerate(self.latents[0].labelling.outcomes)
        ]
        heads = [f"label {k}" for k in range(1, len(self.latents[:_SHOWN]) + 1)]
        lines += [text_table([(*names, *heads), *rows]), ""]
        title = "front" if self.complete else "front, of these and the trivial latents only"
        lines.append(f"{title}: mediation against redundancy")
        table = [("labels", "mediation", "redundancy", "exact", "latent")]
        for c in self.front:
            value = _rest(c, self.kind)
            exact = f"{shortened(c.mediation, 30)}; {shortened(value, 30)}"
            row = (str(c.labelling.count), decimal(c.mediation), decimal(value), exact, c.name)
            table.append(row)
        return "\n".join([*lines, text_table(table, right=[0, 1, 2])])


SIZES = {"sum": MAX_CELLS, "max": MAX_ENUMERATED}  # outcomes up to which all partitions are tried
SCORES = {"sum": "summed", "max": "worst"}


def best_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    score: str = "sum",
    redundancy: str | int = "weak",
) -> BestLatent:
    """Return the best latents that are functions of the features, over all partitions.

    Parameters
    ----------
    dist : Dist
        At most 16 outcomes for ``sum``, 11 for ``max``.
    features : iterable of groups, optional
        Default: all variables.
    score : "sum" or "max"
        Minimise the sum of mediation error and all redundancy errors, or the largest of them.
    redundancy : "weak", "strong" or int
        How many features may be lost; an error H(label|rest) for each choice.

    Returns
    -------
    BestLatent
        The minimum is exact, and all ties are listed: bounds in integers leave a few partitions
        out of all, and these are compared exactly.

    Raises
    ------
    InvalidInput
        For a larger support.

    References
    ----------
    For two features the sum is the score D of Harwood and Gillen.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> best_latent(p).score
    Bits('0')
    """
    if score not in SCORES:
        raise InvalidInput(f"expected the score 'sum' or 'max', got {score!r}", score=score)
    groups = as_features(dist, features)
    lost = deletion_budget(redundancy, len(groups))
    names = tuple(name for group in groups for name in group)
    law = dist.marginal(names)
    require_numbers(law, purpose="to compare partitions")
    _check_size(len(law), score)
    places = survivor_places(len(groups), lost)
    survivors = [tuple(n for place in kept for n in groups[place]) for kept in places]
    columns = [codes_of(law, group) for group in groups]
    costs = block_costs(
        list(law.weights().values()), columns, [codes_of(law, group) for group in survivors]
    )
    cells = len(law)

    def candidate(blocks: Blocks) -> Candidate:
        return _candidate(law, groups, survivors, blocks)

    if cells <= MAX_ENUMERATED:
        partitions, errors = error_vectors(costs, cells)
        value = errors.sum(axis=1) if score == "sum" else errors.max(axis=1)
        near = np.flatnonzero(value <= value.min() + 2 * costs.slack)
        chosen = [candidate(partitions[i]) for i in near]
        open_rows = _not_dominated(errors, costs.slack, score)
        complete = len(open_rows) <= MAX_COMPARED
        front = _exact_front(
            [*chosen, *(candidate(partitions[i]) for i in open_rows[:MAX_COMPARED])], score
        )
    else:
        total = costs.mediation + sum(costs.redundancy)
        chosen = [candidate(blocks) for blocks in best_sums(total, costs.slack)]
        trivial = [((1 << cells) - 1,), tuple(1 << cell for cell in range(cells))]
        front, complete = _exact_front([*chosen, *map(candidate, trivial)], score), False
    least, ties = _least(chosen, score)
    return BestLatent(groups, score, least, ties, front, complete)


def _check_size(cells: int, score: str) -> None:
    limit = SIZES[score]
    if cells > limit:
        raise InvalidInput(
            f"expected a support of at most {limit} outcomes for the score {score!r}, got {cells};"
            " near_best_latent gives an upper and a lower bound",
            cells=cells,
        )


def codes_of(law: Dist, group: Sequence[str]) -> list[int]:
    """Return a number for the value of a group of variables on each outcome."""
    places = [law.names.index(name) for name in group]
    seen: dict[tuple[object, ...], int] = {}
    keys = (tuple(outcome[place] for place in places) for outcome in law.support)
    return [seen.setdefault(key, len(seen)) for key in keys]


def _candidate(
    law: Dist, groups: tuple[Group, ...], survivors: Sequence[Group], blocks: Blocks
) -> Candidate:
    labels = [0] * len(law)
    for label, block in enumerate(sorted(blocks, key=lambda mask: mask & -mask)):
        for cell in range(len(law)):
            if block >> cell & 1:
                labels[cell] = label
    return candidate_of(law, groups, survivors, labels)


def candidate_of(
    law: Dist, groups: tuple[Group, ...], survivors: Sequence[Group], labels: Sequence[int]
) -> Candidate:
    """Return a labelling of the support with its exact errors.

    Parameters
    ----------
    law : Dist
        Of the features.
    groups, survivors : tuples of groups
        The features, and what remains when some are lost.
    labels : sequence of int
        One per outcome; they are numbered anew, in the order of the support.

    Returns
    -------
    Candidate
    """
    seen: dict[int, int] = {}
    numbered = tuple(seen.setdefault(label, len(seen)) for label in labels)
    labelling = Labelling(law, groups, numbered)
    name = "Label"
    while name in law.names:
        name += "'"
    extended = labelling.extend(law, name)
    forms = [total_correlation(groups, (name,)), *(entropy([name], s) for s in survivors)]
    mediation, *errors = evaluated(extended, forms)
    shown = tuple(map(group_text, survivors))
    return Candidate(labelling, mediation, tuple(zip(shown, errors, strict=True)))


def _value(candidate: Candidate, score: str) -> Bits:
    return candidate.total if score == "sum" else candidate.worst


def _rest(candidate: Candidate, score: str) -> Bits:
    """Return the redundancy error that the front weighs against mediation."""
    if score == "sum":
        return candidate.lost
    return max(value for _, value in candidate.redundancy)


def _least(chosen: Sequence[Candidate], score: str) -> tuple[Bits, tuple[Candidate, ...]]:
    values = [_value(candidate, score) for candidate in chosen]
    least = min(values)
    ties = [c for c, value in zip(chosen, values, strict=True) if value == least]
    return least, tuple(ties)


def _not_dominated(errors: Integers, slack: int, score: str) -> list[int]:
    """Return the rows that no other row surely dominates."""
    mediation = errors[:, 0]
    rest = errors[:, 1:].sum(axis=1) if score == "sum" else errors[:, 1:].max(axis=1)
    order = np.argsort(mediation, kind="stable")
    sorted_mediation = mediation[order]
    least = np.minimum.accumulate(rest[order])
    # How many rows surely have less mediation error than each row, and the least rest of these.
    below = np.searchsorted(sorted_mediation, mediation - 2 * slack, side="left")
    beaten = (below > 0) & (least[np.maximum(below, 1) - 1] < rest - 2 * slack)
    return [int(i) for i in np.flatnonzero(~beaten)]


def _exact_front(chosen: Sequence[Candidate], score: str) -> tuple[Candidate, ...]:
    front: list[Candidate] = []
    for candidate in sorted(
        chosen, key=lambda c: (c.mediation, _rest(c, score), c.labelling.labels)
    ):
        if not front or _rest(candidate, score) < _rest(front[-1], score):
            front.append(candidate)
    return tuple(front)
