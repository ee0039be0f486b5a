"""One law for every number of features at once: codes, evaluated for all n.

For every n and every m from 1 to n - 1 there are n features such that any n - m of them are
independent and uniform and tell all the others: the values of a random polynomial of degree below
n - m at n points of a field with at least n elements (Reed and Solomon 1960).  Their joint
entropies are min(j, n - m) units.  With m = 1 the parity of n - 1 fair bits will do, and a unit is
a bit.  On such laws a statement about n exchangeable features is a statement about polynomials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from natlat_sym.certified.certificates import Certificate, require_about
from natlat_sym.certified.families import family_names, family_scope, family_text
from natlat_sym.errors import CertificateRejected, NoWitnessFound, ProofError
from natlat_sym.explained import explained


@dataclass(frozen=True, repr=False)
class FamilyEvaluation:
    """Statements that hold, for every n, on some law of n features.

    Attributes
    ----------
    statements : tuple of str
        In the notation with ``X[k]``.
    certificate : Certificate
        Of kind ``all-n-law``, accepted by the trusted checker.

    Examples
    --------
    >>> print(evaluate_for_all_n("H(X[n]) = n-1"))
    for all n >= 2 some law of n features has H(X[n]) = n-1
    """

    statements: tuple[str, ...]
    certificate: Certificate

    def __post_init__(self) -> None:
        claims = list(self.statements)
        require_about(self.certificate, ("all-n-law",), " and ".join(claims), claims=claims)

    def __str__(self) -> str:
        return self.certificate.claim

    def __repr__(self) -> str:
        return f"FamilyEvaluation({str(self)!r})"


@explained
def evaluate_for_all_n(
    statements: Iterable[str] | str,
    names: Mapping[str, str] | None = None,
    features: str = "X",
    least: int = 2,
) -> FamilyEvaluation:
    """State what holds on the parity law, or on a code, of n features for every n.

    Parameters
    ----------
    statements : str or iterable of str
        Two forms with a relation, strict ones included, in the notation of `prove_for_all_n`.  With
        ``X[n-m]`` somewhere the law is a code with m features to spare, for every m from 1 to
        n - 1, and no constants may occur; otherwise it is the parity of n - 1 fair bits.
    names : mapping of str to str
        The other variables: ``"all"`` for one that holds all features, ``"constant"``.
    features : str
        The name of the features.
    least : int
        The least n.

    Returns
    -------
    FamilyEvaluation
        Exact for every n at once, accepted by the trusted checker.

    Raises
    ------
    ProofError
        When a statement does not hold for every n (and m), or is not seen to.

    Examples
    --------
    >>> print(evaluate_for_all_n("H(L|M) > TC(X|M) + n H(L|X[n-1])",
    ...     {"L": "all", "M": "constant"}, least=3))
    for all n >= 3 some law of n features has H(L|M) > TC(X|M) + n H(L|X[n-1])
    """
    texts = (statements,) if isinstance(statements, str) else tuple(statements)
    scope = family_scope(texts, features, least)
    budget = {"budget": "m"} if scope.budget else {}
    content: dict[str, object] = {"features": features, "least": least, **budget}
    content |= {"names": dict(sorted((names or {}).items())), "claims": list(texts)}
    try:
        return FamilyEvaluation(texts, Certificate.seal("all-n-law", **content))
    except CertificateRejected as error:
        raise ProofError(
            f"expected statements that hold on these laws for every n, {error.reason}",
            statements=texts,
        ) from error


@explained
def refute_for_all_n(
    claim: str, given: Iterable[str] | str = (), features: str = "X", least: int = 2
) -> FamilyEvaluation:
    """Show that a claim about n features fails for every n from some n on.

    Parameters
    ----------
    claim, given, features, least
        As for `prove_for_all_n`, without error symbols.

    Returns
    -------
    FamilyEvaluation
        A law for every n that satisfies the hypotheses and the negation of the claim.

    Raises
    ------
    NoWitnessFound
        When no code does it, with variables that are constant or hold all features; this does not
        make the claim true.

    Examples
    --------
    >>> print(refute_for_all_n("H(L|M) <= TC(X|M) + n H(L|X[n-1])"))
    for all n >= 3 some law of n features has H(L|M) > TC(X|M) + n H(L|X[n-1])
    """
    listed = (given,) if isinstance(given, str) else given
    hypotheses = tuple(dict.fromkeys(family_text(text, features) for text in listed))
    claim = family_text(claim, features)
    names = family_names((claim, *hypotheses), features, least)
    for first in (least, least + 1, least + 2):
        for kinds in product(("all", "constant"), repeat=len(names)):
            chosen = dict(zip(names, kinds, strict=True))
            for negation in _negations(claim):
                try:
                    return evaluate_for_all_n((*hypotheses, negation), chosen, features, first)
                except ProofError:
                    continue
    raise NoWitnessFound(
        f"no code violates {claim} for every n, with variables that are constant or hold all"
        " features",
        claim=claim,
        given=hypotheses,
    )


def _negations(claim: str) -> list[str]:
    signs = {"<=": [">"], ">=": ["<"], "=": ["<", ">"]}
    relation = re.search("<=|>=|=", claim)
    if relation is None:
        return []
    left, right = claim[: relation.start()], claim[relation.end() :]
    return [left + sign + right for sign in signs[relation[0]]]
