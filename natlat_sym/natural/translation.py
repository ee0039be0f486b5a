"""Translating one latent into another: is L a function, or a stochastic function, of M?"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput, Undecided
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import show
from natlat_sym.exact.naming import find_names
from natlat_sym.exact.render import html_table, quantity, within
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.natural.coupling import Divergences, Features, couple
from natlat_sym.natural.features import Group, as_features, group_text
from natlat_sym.natural.hypotheses import Hypothesis, measured, weakest
from natlat_sym.natural.translationtext import error_rows, mass_text, table_cells, translation_text

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

Amount = Callable[..., dict[str, "str | None"]]
Row = tuple[Hashable, tuple[tuple[Hashable, Fraction], ...]]


@dataclass(frozen=True, slots=True)
class Translation:
    """How well a latent M (the source) determines a latent L (the target), exactly, in bits.

    Parameters
    ----------
    law : Dist
        The law under which everything is measured.
    under : str
        ``"this law"``, or which of several laws P[X] is from.
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
    information, entropy : Bits
        I(L;X) and H(L), the sizes that the two errors are to be compared with.
    bound : Bits
        (n-1) TC(X|M) + sum_i I(L;Xi|X_-i) + n I(L;M|X), never below ``stochastic``.
    deterministic_bound : Bits
        (n-1) TC(X|M) + sum_i H(L|X_-i), never below ``deterministic``.
    dual_bound, deterministic_dual_bound : Bits
        The same with DTC(X|M) instead of (n-1) TC(X|M); equal to the others for two features.
    hypotheses : tuple of Hypothesis
        The errors the smaller bound is made of.
    divergence : tuple of (Bits or oo), or None
        For two laws: the KL divergence of their predictive laws P[X], both ways.
    apart : tuple of (Bits or oo), or None
        For a third law: the divergence of its P[X] from that of the first, and of the second.
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
    under: str
    source: str
    target: str
    groups: tuple[Group, ...]
    stochastic: Bits
    deterministic: Bits
    independence: Bits
    information: Bits
    entropy: Bits
    bound: Bits
    deterministic_bound: Bits
    dual_bound: Bits
    deterministic_dual_bound: Bits
    hypotheses: tuple[Hypothesis, ...]
    divergence: Divergences | None
    apart: Divergences | None
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

    @property
    def slack(self) -> Bits:
        """By how much the smaller bound is above I(L;X|M)."""
        return self.least_bound - self.stochastic

    @property
    def least_bound(self) -> Bits:
        """The smaller bound on I(L;X|M); the plain one where that depends on parameters."""
        try:
            return min(self.bound, self.dual_bound)
        except Undecided:
            return self.bound

    @property
    def weakest(self) -> str | None:
        """The kind of hypothesis that adds most to the smaller bound, when that is not attained.

        ``"mediation"``, ``"redundancy"``, ``"independence"``, or None.
        """
        return weakest(self.hypotheses) if self.slack else None

    def to_json(self, longest: int | None = None) -> dict[str, object]:
        """Return the result as JSON values.

        Parameters
        ----------
        longest : int, optional
            An exact text of more characters is None, and its decimals stand alone.
        """
        amount = partial(quantity, longest=longest)
        return {
            "from": self.source,
            "to": self.target,
            "features": list(self.features),
            "under": self.under,
            "stochastic": amount(self.stochastic),
            "deterministic": amount(self.deterministic),
            "bound": amount(self.bound),
            "deterministic_bound": amount(self.deterministic_bound),
            "dual_bound": amount(self.dual_bound),
            "deterministic_dual_bound": amount(self.deterministic_dual_bound),
            "independence": amount(self.independence),
            "information": amount(self.information),
            "entropy": amount(self.entropy),
            "hypotheses": [_hypothesis_json(hypothesis, amount) for hypothesis in self.hypotheses],
            "weakest": self.weakest,
            "predictive_divergence": self._divergence_json(amount),
            "is_function": self.is_function,
            "is_stochastic_function": self.is_stochastic_function,
            "table": self._table_json(lambda mass: within(show(mass), longest)),
            "table_approx": self._table_json(mass_text),
        }

    def _divergence_json(self, amount: Amount) -> dict[str, object] | None:
        if self.divergence is None:
            return None
        names = ["first_from_second", "second_from_first", "named_from_first", "named_from_second"]
        values = [*self.divergence, *(self.apart or ())]
        return {name: amount(value) for name, value in zip(names, values, strict=False)}

    def _table_json(self, write: Callable[[Fraction], str | None]) -> list[list[object]]:
        return [
            [str(given), {str(label): write(mass) for label, mass in law}]
            for given, law in self.rows
        ]

    def __str__(self) -> str:
        return translation_text(self)

    def _repr_html_(self) -> str:
        header, *rows = error_rows(self)
        return html_table(header, rows) + html_table(*table_cells(self))


def _hypothesis_json(hypothesis: Hypothesis, amount: Amount) -> dict[str, object]:
    return {
        "kind": hypothesis.kind,
        "form": hypothesis.form,
        "times": hypothesis.times,
        **amount(hypothesis.value),
        "own": None if hypothesis.own is None else amount(hypothesis.own),
    }


@explained
def translate(
    dist: Dist,
    source: str,
    target: str,
    features: Features = None,
    other: Dist | None = None,
    under: Dist | str = "first",
) -> Translation:
    """Measure how far a target latent is a (stochastic) function of a source latent.

    Parameters
    ----------
    dist : Dist
        A law over the features and both latents; or, with ``other``, over the features and one.
    source, target : str
        The latent M that is read, and the latent L that is wanted.
    features : iterable of str or of iterables of str, or None
        The features; None means every other variable, or every variable that the laws share.
    other : Dist, optional
        A second law, over the same features and the other latent.  The latents are then coupled
        through the features only: P[L|X] and P[M|X], each from its law, are grafted on one P[X].
    under : "first", "second" or Dist
        With ``other``: the law whose P[X] that is, such as the law of the data.

    Returns
    -------
    Translation
        Errors, bounds and table are exact, in bits, all under one law.

    Raises
    ------
    UnknownVariable, OverlappingSets
        For a name a law lacks, or a latent among the features.
    InvalidInput
        When P[X] has an outcome that one of the laws rules out, so that its latent is undefined
        there.

    Notes
    -----
    The bounds are theorems for every law and every number of features, with weak redundancy:
    ``I(L;X|M) <= (n-1) TC(X|M) + sum_i I(L;Xi|X_-i) + n I(L;M|X)`` and
    ``H(L|M) <= (n-1) TC(X|M) + sum_i H(L|X_-i)``, also with DTC(X|M) for (n-1) TC(X|M); for two
    features they are the Fundamental Theorem with its sharp constants.  Two agents that predict
    almost the same may have latents that differ by any amount when each is measured under its own
    law (tiny mixtures), which is why all errors are measured under one; the errors under the
    agents' own laws stand beside them.

    References
    ----------
    J. Wentworth and D. Lorell, "Minimal Motivation of Natural Latents" (2024), "Natural Latents:
    The Math" (2023) and "Natural Latents Are Not Robust To Tiny Mixtures" (2024).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 L", [("0", "0", "0"), ("1", "1", "1")])
    >>> q = Dist.uniform("X1 X2 M", [("0", "0", "a"), ("1", "1", "b")])
    >>> translate(p, "M", "L", other=q).is_function
    True
    """
    as_law(dist)
    if other is None:
        if under != "first":
            raise InvalidInput("expected under= together with other=: one law is under itself")
        law, where, divergence, apart, own = dist, "this law", None, None, None
        groups = as_features(dist, features, apart_from=(source, target), least=1)
    else:
        found = couple(dist, other, source, target, features, under)
        law, source, groups = found.law, found.source, found.groups
        where, divergence, apart = found.under, found.divergence, found.apart
        own = (found.source_law, found.target_law)
    find_names(dict.fromkeys((source, target)), law.names)
    values = measured(law, source, target, groups, own)
    return Translation(
        law=law,
        under=where,
        source=source,
        target=target,
        groups=groups,
        stochastic=values.stochastic,
        deterministic=values.deterministic,
        independence=values.independence,
        information=values.information,
        entropy=values.entropy,
        bound=values.bounds[0],
        deterministic_bound=values.bounds[1],
        dual_bound=values.dual_bounds[0],
        deterministic_dual_bound=values.dual_bounds[1],
        hypotheses=values.hypotheses,
        divergence=divergence,
        apart=apart,
        rows=_table(law, source, target),
    )


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
