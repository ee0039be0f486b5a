"""Translating one latent into another: is L a function, or a stochastic function, of M?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.bits import Bits
from natlat_sym.errors import InvalidInput
from natlat_sym.features import Group, as_features, fresh_name, group_text
from natlat_sym.forms import Form, as_form, entropy, information, total_correlation
from natlat_sym.infinity import Infinity
from natlat_sym.latents import evaluated
from natlat_sym.measures import kl
from natlat_sym.naming import find_names
from natlat_sym.render import decimal, html_table, quantity, text_table

if TYPE_CHECKING:
    from natlat_sym.dist import Dist

Row = tuple[Hashable, tuple[tuple[Hashable, Fraction], ...]]


@dataclass(frozen=True, slots=True)
class Translation:
    """How well a latent M (the source) determines a latent L (the target), exactly, in bits.

    Parameters
    ----------
    law : Dist
        The law under which everything is measured.
    source, target : str
        M and L.
    groups : tuple of tuple of str
        The features X.
    stochastic : Bits
        I(L;X|M): zero exactly when L is a stochastic function of M, its noise apart from X.
    deterministic : Bits
        H(L|M): zero exactly when L is a function of M.
    independence : Bits
        I(L;M|X): zero when the latents are related only through the features.
    bound : Bits
        (n-1) TC(X|M) + sum_i I(L;Xi|X_-i) + n I(L;M|X), never below ``stochastic``.
    deterministic_bound : Bits
        (n-1) TC(X|M) + sum_i H(L|X_-i), never below ``deterministic``.
    divergence : tuple of (Bits or oo), or None
        For two laws: the KL divergence of their predictive laws P[X], both ways.
    rows : tuple
        The table P[L|M].

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 M L", [("0", "0", "0", "a"), ("1", "1", "1", "b")])
    >>> translation = translate(p, "M", "L")
    >>> translation.is_function, translation.table["1"]
    (True, {'b': Fraction(1, 1)})
    """

    law: Dist
    source: str
    target: str
    groups: tuple[Group, ...]
    stochastic: Bits
    deterministic: Bits
    independence: Bits
    bound: Bits
    deterministic_bound: Bits
    divergence: tuple[Bits | Infinity, Bits | Infinity] | None
    rows: tuple[Row, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The features as text, a group as ``X1,X2``."""
        return tuple(map(group_text, self.groups))

    @property
    def table(self) -> dict[Hashable, dict[Hashable, Fraction]]:
        """P[L|M], from each label of M to the law of L."""
        return {given: dict(law) for given, law in self.rows}

    @property
    def is_function(self) -> bool:
        """Whether L is a function of M under this law: H(L|M) = 0."""
        return all(len(law) == 1 for _, law in self.rows)

    @property
    def is_stochastic_function(self) -> bool:
        """Whether L tells nothing about the features beyond M: I(L;X|M) = 0."""
        return self.stochastic == 0

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values; every quantity is exact and approximate."""
        return {
            "from": self.source,
            "to": self.target,
            "features": list(self.features),
            "stochastic": quantity(self.stochastic),
            "deterministic": quantity(self.deterministic),
            "bound": quantity(self.bound),
            "deterministic_bound": quantity(self.deterministic_bound),
            "independence": quantity(self.independence),
            "predictive_divergence": self._divergence_json(),
            "is_function": self.is_function,
            "is_stochastic_function": self.is_stochastic_function,
            "table": [
                [str(given), {str(label): str(mass) for label, mass in law}]
                for given, law in self.rows
            ],
        }

    def _divergence_json(self) -> dict[str, object] | None:
        if self.divergence is None:
            return None
        there, back = self.divergence
        return {"first_from_second": quantity(there), "second_from_first": quantity(back)}

    def __str__(self) -> str:
        errors = text_table([("error", "form", "bits", "exact"), *self._rows()], right=[2])
        return "\n".join([self._sentence(), errors, "", self._table_text()])

    def _repr_html_(self) -> str:
        return html_table(("error", "form", "bits", "exact"), self._rows())

    def _rows(self) -> list[tuple[str, str, str, str]]:
        target, source, features = self.target, self.source, ",".join(self.features)
        named: list[tuple[str, str, Bits | Infinity]] = [
            ("stochastic", f"I({target};{features}|{source})", self.stochastic),
            ("  at most", "bound of the theorem", self.bound),
            ("deterministic", f"H({target}|{source})", self.deterministic),
            ("  at most", "bound of the theorem", self.deterministic_bound),
            ("independence", f"I({target};{source}|{features})", self.independence),
        ]
        if self.divergence is not None:
            named += [
                ("predictive divergence", "first law from second", self.divergence[0]),
                ("predictive divergence", "second law from first", self.divergence[1]),
            ]
        return [(label, text, decimal(value), str(value)) for label, text, value in named]

    def _sentence(self) -> str:
        if self.is_function:
            kind = "a function"
        elif self.is_stochastic_function:
            kind = "a stochastic function, not a function,"
        else:
            kind = "not a stochastic function"
        return f"under this law {self.target} is {kind} of {self.source}"

    def _table_text(self) -> str:
        labels = sorted({label for _, law in self.rows for label, _ in law}, key=str)
        rows = [
            (str(given), *(str(dict(law).get(label, 0)) for label in labels))
            for given, law in self.rows
        ]
        head = (f"P[{self.target}|{self.source}]", *map(str, labels))
        return text_table([head, *rows], right=range(1, len(head)))


def translate(
    dist: Dist,
    source: str,
    target: str,
    features: str | Iterable[str | Iterable[str]] | None = None,
    other: Dist | None = None,
) -> Translation:
    """Measure how far a target latent is a (stochastic) function of a source latent.

    Parameters
    ----------
    dist : Dist
        A law over the features and both latents; or, with ``other``, over the features and the
        target.
    source, target : str
        The latent M that is read, and the latent L that is wanted.
    features : iterable of str or of iterables of str, or None
        The features; None means every other variable, or every variable that two laws share.
    other : Dist, optional
        A second law, over the same features and the source.  The latents are then coupled through
        the features only: its P[M|X] is grafted on the P[X] of ``dist``.

    Returns
    -------
    Translation
        Errors, bounds and table are exact, in bits.

    Raises
    ------
    UnknownVariable, OverlappingSets
        For a name a law lacks, or a latent among the features.
    InvalidInput
        When ``dist`` gives mass to features for which ``other`` has none, so that P[M|X] is
        undefined there.

    Notes
    -----
    ``bound`` and ``deterministic_bound`` are theorems for every law and every number of features;
    with two features they are the Fundamental Theorem with its sharp constants.  Under two laws
    they speak of the grafted law: errors of M under its own law may be smaller.

    References
    ----------
    J. Wentworth and D. Lorell, "Minimal Motivation of Natural Latents" (2024) and "Natural
    Latents: The Math" (2023).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 L", [("0", "0", "0"), ("1", "1", "1")])
    >>> q = Dist.uniform("X1 X2 M", [("0", "0", "a"), ("1", "1", "b")])
    >>> translate(p, "M", "L", other=q).is_function
    True
    """
    if other is None:
        law, divergence = dist, None
        groups = as_features(dist, features, apart_from=(source, target), least=1)
    else:
        law, source, groups, divergence = _coupled(dist, other, source, target, features)
    find_names(dict.fromkeys((source, target)), law.names)
    forms = _forms(source, target, groups)
    stochastic, deterministic, independence, bound, deterministic_bound = evaluated(law, forms)
    return Translation(
        law=law,
        source=source,
        target=target,
        groups=groups,
        stochastic=stochastic,
        deterministic=deterministic,
        independence=independence,
        bound=bound,
        deterministic_bound=deterministic_bound,
        divergence=divergence,
        rows=_table(law, source, target),
    )


def _forms(source: str, target: str, groups: tuple[Group, ...]) -> list[Form]:
    count = len(groups)
    everything = tuple(name for group in groups for name in group)
    wanted, given = (target,), (source,)
    mediation = (count - 1) * total_correlation(groups, given) if count > 1 else as_form(0)
    independence = information((wanted, given), everything)
    bound, deterministic_bound = mediation + count * independence, mediation
    for group in groups:
        rest = tuple(name for name in everything if name not in group)
        bound = bound + information((wanted, group), rest)
        deterministic_bound = deterministic_bound + entropy(wanted, rest)
    return [
        information((wanted, everything), given),
        entropy(wanted, given),
        independence,
        bound,
        deterministic_bound,
    ]


def _table(law: Dist, source: str, target: str) -> tuple[Row, ...]:
    if source == target:
        labels = [outcome[0] for outcome in law.marginal((source,)).support]
        return tuple((label, ((label, Fraction(1)),)) for label in labels)
    collected: dict[Hashable, dict[Hashable, Fraction]] = {}
    for (given, label), mass in law.marginal((source, target)).items():
        collected.setdefault(given, {})[label] = mass
    return tuple(
        (given, tuple((label, mass / sum(row.values())) for label, mass in row.items()))
        for given, row in collected.items()
    )


def _coupled(
    dist: Dist,
    other: Dist,
    source: str,
    target: str,
    features: str | Iterable[str | Iterable[str]] | None,
) -> tuple[Dist, str, tuple[Group, ...], tuple[Bits | Infinity, Bits | Infinity]]:
    """Graft the source latent of ``other`` on the predictive law of ``dist``."""
    find_names((target,), dist.names)
    find_names((source,), other.names)
    if features is None:
        features = [
            name for name in dist.names if name in other.names and name not in (source, target)
        ]
    groups = as_features(dist, features, apart_from=(target,), least=1)
    as_features(other, groups, apart_from=(source,), least=1)
    names = tuple(name for group in groups for name in group)
    first, second = dist.marginal(names), other.marginal(names)
    _require_support(first, second)
    kept, read = dist.marginal((*names, target)), other.marginal((*names, source))
    fresh = fresh_name(source, kept.names)
    law = kept.couple(read.rename({source: fresh}) if fresh != source else read, graft=True)
    return law, fresh, groups, (kl(first, second), kl(second, first))


def _require_support(first: Dist, second: Dist) -> None:
    known = set(second.support)
    for outcome in first.support:
        if outcome not in known:
            raise InvalidInput(
                f"expected the second law to allow every outcome of the features that the first "
                f"does, {outcome!r} has mass {first.mass(outcome)} and 0; the source latent is "
                "undefined there",
                outcome=outcome,
            )
