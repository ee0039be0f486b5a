"""Theorems about the errors of nets that need no search."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from natlat_sym.certified.prooflines import Lines
from natlat_sym.certified.results import Theorem
from natlat_sym.certified.theorems import combine
from natlat_sym.errors import StepFailed
from natlat_sym.nets.inclusion import model_inclusion
from natlat_sym.statements.forms import Claim


def prove_inclusion(narrow: Any, wide: Any) -> Theorem:
    """Prove that the error of a net is at most that of another, by separation alone.

    Parameters
    ----------
    narrow, wide : str, nx.DiGraph, mapping, or iterable of pairs
        Every law that factors along `narrow` factors along `wide`, as `model_inclusion` decides;
        there may be many variables, as no linear program is solved.

    Returns
    -------
    Theorem
        ``KL(wide) <= KL(narrow)``; ``=`` when the errors are the same form.

    Raises
    ------
    StepFailed
        When separation does not give the inclusion; says which independence is missing.

    Examples
    --------
    >>> theorem = prove_inclusion("M <- X1 <- L -> X2 -> M#2", "M <- L -> M#2")
    >>> print(theorem)
    ⊢ KL(M <- L -> M#2) <= KL(L -> X1 -> M; L -> X2 -> M#2)
    >>> print(theorem.certificate)
    right - left
      =  1 * I(L;M|X1)
      +  1 * I(L;M|X2)
      +  1 * I(X1;X2|L,M)  >= 0
    """
    found = model_inclusion(narrow, wide)
    if found.status != "proved":
        raise StepFailed(f"expected nets with the inclusion, {found}", inclusion=found)
    lines = [Lines({str(form): Fraction(1)}, {}) for form in found.difference]
    if lines:
        return combine(found.claim, [lines])
    return combine(Claim(found.claim.lhs, "=", found.claim.rhs), [[], []])
