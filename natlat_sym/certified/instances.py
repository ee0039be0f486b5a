"""Claims about n exchangeable features for one number of features, in the ordinary notation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from natlat_sym.certified.families import family_scope, family_sides, family_text
from natlat_sym.certified.results import Refutation
from natlat_sym.certified.theorems import decide
from natlat_sym.check.polynomials import Family
from natlat_sym.errors import InvalidInput
from natlat_sym.explained import explained
from natlat_sym.search.familysearch import Spot, place_at, value_at
from natlat_sym.statements import forms
from natlat_sym.statements.forms import Claim, Form

LARGEST, LARGEST_SHOWN = 3, 12


@dataclass(frozen=True)
class FamilyRefutation:
    """A claim about every number of features that is false for one number of them.

    Attributes
    ----------
    claim : str
        In the notation with ``X[k]``.
    n : int
        The number of features for which it fails.
    m : int or None
        The deletion budget, where the claim has one.
    refutation : Refutation
        Of the claim for this n, with a law.

    Examples
    --------
    >>> print(refute_for_some_n("H(R|L) <= TC(X|L) + H(R|X[1])"))
    H(R|L) <= TC(X|L) + H(R|X[1]) fails for n = 2
    """

    claim: str
    n: int
    m: int | None
    refutation: Refutation

    def __str__(self) -> str:
        budget = "" if self.m is None else f" and m = {self.m}"
        return f"{self.claim} fails for n = {self.n}{budget}"


def claim_for_n(text: str, n: int, m: int | None = None, features: str = "X") -> Claim:
    """Return a claim about n exchangeable features for one n, about X1, ..., Xn.

    Parameters
    ----------
    text : str
        A claim in the notation of `prove_for_all_n`.
    n : int
        The number of features, 2 to 12.
    m : int, optional
        The deletion budget, for a claim that mentions it.
    features : str
        The name of the features.

    Returns
    -------
    Claim
        Averages over the choices of features are written out as joint entropies.

    Raises
    ------
    InvalidInput
        For another n, or a budget that is missing or out of range.

    Examples
    --------
    >>> claim_for_n("H(R|L) <= TC(X|L)", 2)
    claim('-H(L) + H(L,R) <= -H(L) + H(L,X1) + H(L,X2) - H(L,X1,X2)')
    """
    written = family_text(text, features)
    scope = family_scope((written,), features, 2)
    if type(n) is not int or not 2 <= n <= LARGEST_SHOWN:
        raise InvalidInput(f"expected a number of features from 2 to {LARGEST_SHOWN}, got {n!r}")
    if scope.budget and (type(m) is not int or not 1 <= m < n):
        raise InvalidInput(f"expected a deletion budget m from 1 to {n - 1}, got {m!r}")
    left, relation, right = family_sides(written, scope)
    spot = (n, m or 0)
    return Claim(_at(left, spot, features), relation, _at(right, spot, features))


def _at(form: Family, spot: Spot, features: str) -> Form:
    entropies: dict[tuple[str, ...], Fraction] = {}
    rest = forms.as_form(0)
    for key, weight in form.items():
        value, place = Fraction(value_at(weight, spot)), place_at(key, spot, 0)
        if isinstance(place, tuple) and place:
            names, size = place
            for chosen in combinations(range(1, spot[0] + 1), size):
                group = (*sorted(names), *(f"{features}{i}" for i in chosen))
                entropies[group] = entropies.get(group, Fraction(0)) + value / comb(spot[0], size)
        else:
            rest += (forms.symbol(place) if isinstance(place, str) else forms.as_form(1)) * value
    for group in sorted(filter(None, entropies), key=lambda names: (len(names), names)):
        rest += forms.entropy(group) * entropies[group]
    return rest


@explained
def refute_for_some_n(
    claim: str, given: Iterable[str] | str = (), features: str = "X"
) -> FamilyRefutation | None:
    """Look for a small number of features, and a law of them, for which a claim fails.

    Parameters
    ----------
    claim, given, features
        As for `prove_for_all_n`.

    Returns
    -------
    FamilyRefutation or None
        None when no law was found for 2 or 3 features, which does not make the claim true.

    Raises
    ------
    SyntaxInvalid
        For text outside the notation.

    Examples
    --------
    >>> print(refute_for_some_n("H(X) <= 2 H(X[1])"))
    H(X) <= 2 H(X[1]) fails for n = 3
    """
    given = (given,) if isinstance(given, str) else tuple(given)
    scope = family_scope((claim, *given), features, 2)
    for n in range(2, LARGEST + 1):
        for m in range(1, n) if scope.budget else [None]:
            stated = [claim_for_n(text, n, m, features) for text in (claim, *given)]
            found = decide(stated[0], stated[1:]).refutation
            if found is not None:
                return FamilyRefutation(claim, n, m, found)
    return None
