"""Whether an exact natural latent exists, decided by components and products of integers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.naming import find_names
from natlat_sym.exact.render import quantity, told, wrapped
from natlat_sym.exact.scalars import divided
from natlat_sym.exact.weights import Array, compact
from natlat_sym.explained import explained
from natlat_sym.laws.entropies import entropy_of
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.lawbuild import outcomes
from natlat_sym.natural.components import components
from natlat_sym.natural.features import (
    Group,
    as_features,
    group_text,
    outcome_table,
)
from natlat_sym.natural.labelling import Labelling, Outcome
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.parameters.amounts import weighted_sum

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


_FIRST = 1 << 10  # outcomes looked at first; a failure of independence mostly shows at once


@dataclass(frozen=True, slots=True)
class Witness:
    """An outcome at which the features are dependent inside a component.

    Parameters
    ----------
    outcome : tuple
        The outcome x.
    label : int
        Its component c.
    joint : Fraction
        P(x|c).
    product : Fraction
        The product of the P(xi|c), a different number.
    """

    outcome: Outcome
    label: int
    joint: Fraction
    product: Fraction

    def to_json(self) -> dict[str, object]:
        """Return the witness as JSON values."""
        return {
            "outcome": [str(label) for label in self.outcome],
            "label": self.label,
            "joint": str(self.joint),
            "product": str(self.product),
        }


@dataclass(frozen=True, slots=True)
class FoundLatent:
    """The only candidate for an exact natural latent, and whether it is one.

    Parameters
    ----------
    groups : tuple of tuple of str
        The features.
    lost : int
        The deletion budget: how many features may be lost.
    labelling : Labelling
        The finest function that stays readable without the lost features.
    entropy : Bits
        Entropy of the label.
    mediation : Bits
        Exact TC of the features given the label; zero exactly when the latent exists.
    witness : Witness or None
        Why none exists.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> found = find_natural_latent(Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")]))
    >>> found.exists, found.witness.joint, found.witness.product
    (False, Fraction(1, 3), Fraction(2, 9))
    """

    groups: tuple[Group, ...]
    lost: int
    labelling: Labelling
    entropy: Bits
    mediation: Bits
    witness: Witness | None

    @property
    def exists(self) -> bool:
        """Whether the law has an exact natural latent."""
        return self.witness is None

    @property
    def features(self) -> tuple[str, ...]:
        """The features as text, a group as ``X1,X2``."""
        return tuple(map(group_text, self.groups))

    @property
    def labels(self) -> int:
        """The number of components."""
        return self.labelling.count

    @explained
    def extend(self, dist: Dist, name: str = "L") -> Dist:
        """Return the law with the label as a further variable, also when it does not mediate.

        Parameters
        ----------
        dist : Dist
            The law that was searched.
        name : str
            The new variable.

        Returns
        -------
        Dist

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
        >>> find_natural_latent(p).extend(p).names
        ('X', 'Y', 'L')
        """
        return self.labelling.extend(dist, name)

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {
            "exists": self.exists,
            "features": list(self.features),
            "budget": self.lost,
            "latent": [
                [[str(part) for part in outcome], label]
                for outcome, label in self.labelling.items()
            ],
            "entropy": quantity(self.entropy),
            "mediation": quantity(self.mediation),
            "witness": None if self.witness is None else self.witness.to_json(),
        }

    def __str__(self) -> str:
        if self.labels == 1:
            return self._headline()
        lines = [self._headline(), ""]
        rows = [(outcome, [str(label)]) for outcome, label in self._shown()]
        lines.append(outcome_table(self.labelling.names, ["label"], rows))
        if len(rows) < len(self.labelling.labels):
            lines.append(f"... {len(self.labelling.labels) - len(rows)} more outcomes")
        return "\n".join(lines)

    def _headline(self) -> str:
        listed, size = ", ".join(self.features), f"{self.labels} component"
        size += "s" * (self.labels != 1)
        found = f"{size}, entropy {told(self.entropy)}"
        if self.witness is None:
            return wrapped(f"an exact natural latent of {listed} exists: {found}")
        at = ", ".join(map(str, self.witness.outcome))
        lines = [
            f"no exact natural latent of {listed} exists",
            f"best common part: {found}; its mediation error is {told(self.mediation)}",
            f"witness: inside component {self.witness.label}, outcome ({at}) has probability "
            f"{_mass(self.witness.joint)}, and {_mass(self.witness.product)} if the features were "
            "independent",
        ]
        return "\n".join(map(wrapped, lines))

    def _shown(self) -> list[tuple[Outcome, int]]:
        return self.labelling.head(20)


def _mass(value: object) -> str:
    """Return a probability as a fraction, one that is long in decimals."""
    text = str(value)
    long = isinstance(value, Fraction) and len(text) > 24
    return Bits(value).approx(6) if long else text


def find_natural_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    redundancy: str | int = "weak",
) -> FoundLatent:
    """Decide whether a law has an exact natural latent, and construct it.

    Parameters
    ----------
    dist : Dist
        A law over the features, and perhaps more.
    features : iterable of str or of iterables of str, or None
        The features, at least two; None means every variable.
    redundancy : "weak", "strong" or int
        Whether the latent must be readable after the loss of any one feature, of all but any one,
        or of any given number.

    Returns
    -------
    FoundLatent
        Its ``witness`` says why when none exists.

    Raises
    ------
    InvalidInput
        For fewer than two features, or a deletion budget out of range.

    Notes
    -----
    A natural latent exists exactly when the features are independent inside each component of the
    support, where points that agree on enough features are joined; the component label then is a
    deterministic natural latent.  Independence is decided by products of integers alone.  For a law
    with parameters support and independence are those inside the range, as identities; a point,
    ``law.at(e=0)``, may have fewer outcomes and an answer of its own.

    References
    ----------
    P. Gács and J. Körner (1973) for the components; J. Wentworth and D. Lorell, the exact case of
    "stochastic implies deterministic natural latents" (2025), for two features.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("2", "2"), ("2", "3")])
    >>> print(find_natural_latent(p))
    an exact natural latent of X, Y exists: 2 components, entropy 1 bits
    <BLANKLINE>
    X  Y  label
    0  0  0
    0  1  0
    2  2  1
    2  3  1
    """
    as_law(dist)
    groups = as_features(dist, features)
    lost = deletion_budget(redundancy, len(groups))
    labelling = components(dist, groups, lost)
    law, last = labelling.law, len(labelling.names)
    table = law.counts.annexed(np.array(labelling.labels), labelling.count)
    spans = [[last], *([*find_names(group, law.names), last] for group in groups)]
    columns = []
    amounts: list[tuple[int, Bits]] = [(-1, table.entropy())]
    for span in spans:
        sums, own = table.gathered(span)
        amounts.append((1, entropy_of(sums, table.total)))
        columns.append(compact(own))
    entropy = amounts[1][1]
    error = weighted_sum([*amounts, (-len(groups), entropy)])
    witness = _dependent_outcome(table.weights, columns, labelling)
    return FoundLatent(groups, lost, labelling, entropy, error, witness)


def _dependent_outcome(
    weights: Array, columns: Sequence[Array], labelling: Labelling
) -> Witness | None:
    """Return the first outcome whose joint and product probabilities differ, by integers alone.

    The columns hold, for each outcome, the weight of its label, and of each feature's value with
    the label.  The products over all value tuples sum to one, as the joint does, so agreement on
    the support leaves nothing for outcomes outside it.
    """
    start, size = 0, _FIRST
    while start < weights.size:
        parts = [column[start : start + size].tolist() for column in (weights, *columns)]
        for place, (weight, total, *rest) in enumerate(zip(*parts, strict=True), start):
            product, power = prod(rest), total ** (len(rest) - 1)
            if weight * power != product:
                law = labelling.law
                (outcome,) = outcomes(law.counts.part(place, place + 1), law.alphabets)
                joint, apart = divided(weight, total), divided(product, power * total)
                return Witness(outcome, labelling.labels[place], joint, apart)
        start, size = start + size, 2 * size
    return None
