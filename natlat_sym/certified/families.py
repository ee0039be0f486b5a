"""Theorems for every number n of exchangeable features at once.

In a claim about n features ``X``, ``X[k]`` means k of them, averaged over all choices; within one
term different places hold different features.  ``H(R|X[n-1])`` is the average of H(R|X_-i), and
``TC(X|L)`` is the total correlation of all features.  Averaging a claim over the orders of the
features loses nothing when it is symmetric, and leaves O(n) unknowns.

A proof for every n is a sum of runs of non-negative terms over an index k, each with a weight
``c * (k - first)^p * (last - k)^q * (n - least)^r``.  The search solves the linear equations that
these weights obey at several n exactly; the trusted checker then confirms the identity for every
n, by polynomial arithmetic.  A deletion budget m, as in ``H(R|X[n-m])``, is a second parameter from
1 to n - 1; runs may then end or start at n - m.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from natlat_sym import check
from natlat_sym.certified.certificates import Certificate, require_about
from natlat_sym.certified.familylatex import latex_statement
from natlat_sym.check.alln import FamilyReader
from natlat_sym.check.polynomials import Family, Scope
from natlat_sym.check.reading import WEAK, read_statement
from natlat_sym.errors import InvalidInput, NotDerivable, SyntaxInvalid
from natlat_sym.explained import explained
from natlat_sym.search.familysearch import DEGREES, Column, search

MAX_NAMES = 3


@dataclass(frozen=True, repr=False)
class FamilyTheorem:
    """A claim about n exchangeable features that holds for every n and every law.

    Attributes
    ----------
    claim : str
        In the notation with ``X[k]``.
    given : tuple of str
        The hypotheses it rests on, in the same notation.
    least : int
        The least n.
    certificate : Certificate
        Of kind ``all-n``; ``certificate.claim`` says for which n (and m) the claim holds.

    Examples
    --------
    >>> print(prove_for_all_n("DTC(X|L) <= (n-1) TC(X|L)"))
    ⊢ for all n >= 2: DTC(X|L) <= (n-1) TC(X|L)
    """

    claim: str
    given: tuple[str, ...]
    least: int
    certificate: Certificate

    def __post_init__(self) -> None:
        found = {"claim": self.claim, "given": list(self.given), "least": self.least}
        require_about(self.certificate, ("all-n",), self.claim, **found)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The hypotheses as text."""
        return self.given

    def to_latex(self) -> str:
        """Return the statement in LaTeX, without dollar signs."""
        features = self.certificate.data["features"]
        given = r",\ ".join(latex_statement(text, features) for text in self.given)
        claim = latex_statement(self.claim, features)
        return rf"{given} \vdash {claim}" if given else claim

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def __str__(self) -> str:
        given = f"  given {', '.join(self.given)}" if self.given else ""
        return f"⊢ {self.certificate.claim}{given}"

    def __repr__(self) -> str:
        given = f", given={list(self.given)!r}" if self.given else ""
        return f"prove_for_all_n({self.claim!r}{given})"


@explained
def prove_for_all_n(
    claim: str, given: Iterable[str] | str = (), features: str = "X", least: int = 2
) -> FamilyTheorem:
    """Prove a claim about n exchangeable features for every n.

    Parameters
    ----------
    claim : str
        Two forms with ``<=``, ``>=`` or ``=``; coefficients are polynomials in ``n``; measures are
        H, I, ``TC(X|...)`` and ``DTC(X|...)``; ``X[k]`` with k a number, ``n`` or ``n - number`` is
        the average over all choices of k features, and ``X`` is all of them.  With ``X[n-m]``
        somewhere, m is a deletion budget: any number from 1 to n - 1, allowed in coefficients too.
    given : str or iterable of str
        Hypotheses in the same notation.
    features : str
        The name of the features.
    least : int
        The least n.

    Returns
    -------
    FamilyTheorem
        Accepted by the trusted checker for every n at once.

    Raises
    ------
    NotDerivable
        When no proof of the shape that is searched was found, which does not make it false.
    SyntaxInvalid
        For text outside the notation.

    References
    ----------
    Han, Nonnegative entropy measures of multivariate symmetric correlations (1978).

    Examples
    --------
    >>> theorem = prove_for_all_n("H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])")
    >>> print(theorem)
    ⊢ for all n >= 2: H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])
    >>> print(prove_for_all_n("m H(R|L) <= (n-m) TC(X|L) + n H(R|X[n-m])"))
    ⊢ for all n >= 2 and 1 <= m <= n-1: m H(R|L) <= (n-m) TC(X|L) + n H(R|X[n-m])
    """
    listed = (given,) if isinstance(given, str) else given
    texts = tuple(dict.fromkeys(family_text(text, features) for text in listed))
    claim = family_text(claim, features)
    scope = family_scope((claim, *texts), features, least)
    relation, goal = _read(claim, scope)
    hypotheses = [(text, *_read(text, scope)) for text in texts]
    names = sorted({name for form in (goal, *(h[2] for h in hypotheses)) for name in _names(form)})
    if len(names) > MAX_NAMES:
        raise InvalidInput(
            f"expected at most {MAX_NAMES} variables beside the features, got {', '.join(names)}",
            names=tuple(names),
        )
    goals = [goal, _negated(goal)] if relation == "=" else [goal]
    parts = [search(form, hypotheses, names, scope) for form in goals]
    if any(part is None for part in parts):
        raise NotDerivable(
            f"no proof of {claim} for every n was found with weights of degree up to "
            f"{DEGREES[-1]}; a proof for one n may still exist",
            claim=claim,
            given=texts,
        )
    found = [part for part in parts if part is not None]
    return _seal(claim, texts, scope, found)


def family_text(text: str, features: str) -> str:
    """Return a claim about n features as the certificates write it: ``X`` alone is ``X[n]``.

    Parameters
    ----------
    text : str
    features : str
        The name of the features.

    Returns
    -------
    str

    Raises
    ------
    SyntaxInvalid
        For a name such as ``X1`` or ``X_i``, which would be read as another variable.

    Examples
    --------
    >>> family_text("I(M;X|L) <= TC(X|L) + H(X|L,X[n-1])", "X")
    'I(M;X[n]|L) <= TC(X|L) + H(X[n]|L,X[n-1])'
    """
    if not isinstance(text, str):
        raise SyntaxInvalid(f"expected text in the notation, got {text!r}", text=text)
    single = re.search(rf"(?<![\w']){re.escape(features)}_?(?:[0-9]+|[ijkn])(?![\w'])", text)
    if single:
        raise SyntaxInvalid(
            f"expected {features}[1] for one feature, {features}[n-1] for all but one (both "
            f"averaged over the choices) or {features} for all, got {single[0]}",
            text=text,
        )
    alone = rf"(?<![\w']){re.escape(features)}(?!\s*\[)(?![\w'])"
    shown = re.sub(alone, f"{features}[n]", text)
    return re.sub(rf"TC\(\s*{re.escape(features)}\[n\](?=\s*[|)])", f"TC({features}", shown)


def family_sides(text: str, scope: Scope) -> tuple[Family, str, Family]:
    """Return both sides of a claim about n features, and the relation between them."""
    relation = _read(text, scope)[0]
    sides = [_read(f"{side} >= 0", scope)[1] for side in text.split(relation)]
    return sides[0], relation, sides[1]


def family_scope(texts: Iterable[str], features: str, least: int) -> Scope:
    """Return what n and m range over; there is a budget m when a size in brackets mentions it."""
    budget = any(re.search(r"\[[^\]]*\bm\b", text) for text in texts)
    data = {"features": features, "least": least, **({"budget": "m"} if budget else {})}
    try:
        return Scope(data)
    except check.Rejected as error:
        raise InvalidInput(
            f"{error}, got {least!r}"
            if str(error).startswith("least")
            else f"{error} for all n of them, such as 'X', got {features!r}",
            features=features,
            least=least,
        ) from error


def family_names(texts: Iterable[str], features: str, least: int) -> tuple[str, ...]:
    """Return the variables beside the features in some claims, sorted."""
    listed = tuple(texts)
    scope = family_scope(listed, features, least)
    return tuple(sorted({name for text in listed for name in _names(_read(text, scope)[1])}))


def _read(text: str, scope: Scope) -> tuple[str, Family]:
    try:
        return read_statement(FamilyReader(text, "claim", scope), WEAK)
    except check.Rejected as error:
        raise _explained(str(error).removeprefix("claim: "), text, scope) from error


def _explained(reason: str, text: str, scope: Scope) -> SyntaxInvalid:
    """Return what the reader of the checker says, with the text and the nearest fix."""
    x = scope.features
    fixes = {
        "more features than n": f"write {x}[n] or {x} for all, {x}[n-1] for all but one",
        "expected a size": f"write {x}[1] for one feature, {x}[n-1] for all but one",
        "the relation": "write <=, >= or =",
        "is not H, I": f"a net such as KL({x} <- L) is written as TC({x}|L), I or H",
        "I: a wrong": "write I(A;B|C), with one semicolon",
        "H: a wrong": "write H(A|B), without a semicolon",
        "the features": f"write TC({x}|L), of all features",
    }
    fix = next((fix for part, fix in fixes.items() if part in reason), "")
    where = "" if repr(text) in reason else f", in {text!r}"
    return SyntaxInvalid(f"{reason}{where}{'; ' if fix else ''}{fix}", text=text)


def _names(form: Family) -> set[str]:
    return {name for key in form if isinstance(key, tuple) and key for name in key[0]}


def _negated(form: Family) -> Family:
    return {key: {power: -x for power, x in value.items()} for key, value in form.items()}


# ---- the certificate ----


def _seal(
    claim: str,
    given: tuple[str, ...],
    scope: Scope,
    parts: Sequence[list[tuple[Column, Fraction]]],
) -> FamilyTheorem:
    used = sorted({int(str(c.order[1])) for part in parts for c, _ in part if c.order[0] == 1})
    place = {old: new for new, old in enumerate(used)}
    kept = tuple(given[index] for index in used)
    content: dict[str, object] = {
        "claim": claim,
        "features": scope.features,
        "least": scope.least,
        **({"budget": "m"} if scope.budget else {}),
        "given": list(kept),
    }
    for name, part in zip(("proof", "converse"), parts, strict=False):
        content[name] = _lines(part, place)
    return FamilyTheorem(claim, kept, scope.least, Certificate.seal("all-n", **content))


def _lines(part: list[tuple[Column, Fraction]], place: dict[int, int]) -> list[dict[str, object]]:
    grouped: dict[tuple[object, ...], dict[tuple[int, ...], Fraction]] = {}
    for column, value in part:
        weights = grouped.setdefault(column.order, {})
        weights[column.powers] = weights.get(column.powers, Fraction(0)) + column.sign * value
    lines: list[dict[str, object]] = []
    for order, weights in sorted(grouped.items()):
        weight = [[str(value), *powers] for powers, value in sorted(weights.items()) if value]
        if order[0] == 1:
            lines.append({"weight": weight, "given": place[int(str(order[1]))]})
            continue
        _, term, first, drop, piece = order
        run = {} if first == -1 else {"first": first, "drop": drop}
        lines.append({"weight": weight, "term": term, **run, **({"part": piece} if piece else {})})
    return lines
