"""Partitions of the support as latents, with their exact errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import quantity
from natlat_sym.natural.components import components
from natlat_sym.natural.features import Group, group_text
from natlat_sym.natural.labelling import Labelling
from natlat_sym.natural.latents import evaluated
from natlat_sym.natural.partitions import numbered
from natlat_sym.statements.forms import entropy, total_correlation

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


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

    def value(self, score: str) -> Bits:
        """The score ``sum`` or ``max`` of all errors."""
        return self.total if score == "sum" else self.worst

    def against(self, score: str) -> Bits:
        """The redundancy error that mediation is weighed against: the sum or the largest."""
        return self.lost if score == "sum" else max(value for _, value in self.redundancy)

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


def codes_of(law: Dist, group: Sequence[str]) -> list[int]:
    """Return a number for the value of a group of variables on each outcome."""
    columns = [law.counts.digits(law.names.index(name)).tolist() for name in group]
    return numbered(zip(*columns, strict=True))


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
    labelling = Labelling(law, groups, tuple(numbered(labels)))
    name = "Label"
    while name in law.names:
        name += "'"
    extended = labelling.extend(law, name)
    forms = [total_correlation(groups, (name,)), *(entropy([name], s) for s in survivors)]
    mediation, *errors = evaluated(extended, forms)
    shown = tuple(map(group_text, survivors))
    return Candidate(labelling, mediation, tuple(zip(shown, errors, strict=True)))
