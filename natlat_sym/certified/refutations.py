"""A law as evidence: the claim it refutes, and the exact values that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from natlat_sym.certified.certificates import Certificate, law_json
from natlat_sym.certified.problems import (
    ClaimLike,
    Hypotheses,
    goals,
    read_given,
    shannon_problem,
)
from natlat_sym.certified.results import Evaluation, Refutation
from natlat_sym.errors import CertificateRejected, NoWitnessFound, ProofError, SyntaxInvalid
from natlat_sym.exact.bits import Bits
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.search.prover import Separation, derive
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.measures import require_entropies
from natlat_sym.statements.notation import claim as read_claim
from natlat_sym.statements.notation import form as read_form


@explained
def refute(
    claim: ClaimLike,
    given: Hypotheses = (),
    law: Dist | None = None,
    symbols: Mapping[str, object] | None = None,
) -> Refutation:
    """Find a law that satisfies the hypotheses and violates the claim.

    Parameters
    ----------
    claim : Claim or str
        The claim.
    given : claim, or iterable of claims
        The hypotheses.
    law : Dist, optional
        The law that shall do it; without one, small laws are searched.
    symbols : mapping of str to exact number, optional
        Values of the error symbols on this law; by default the least that the hypotheses allow.

    Returns
    -------
    Refutation
        An explicit rational law and the exact excess, accepted by the trusted checker.

    Raises
    ------
    NoWitnessFound
        When the search ends without one, or the given law does not violate the claim, which
        does not prove it.

    Examples
    --------
    >>> refute("I(X;Y|Z) <= I(X;Y)").excess
    Bits('1')
    """
    wanted, hypotheses = read_claim(claim), read_given(given)
    if law is None:
        return search_law(wanted, hypotheses)
    found = _refutation(wanted, hypotheses, law, symbols)
    if found is None:
        raise NoWitnessFound(
            f"expected a law that violates {wanted} and satisfies all that is given; this one does"
            f" not: {law!r}",
            claim=wanted,
            given=hypotheses,
            law=law,
        )
    return found


def search_law(claim: Claim, given: tuple[Claim, ...]) -> Refutation:
    """Search small laws for one that refutes a claim; raise NoWitnessFound when none does."""
    from natlat_sym.search.guides import least_separation
    from natlat_sym.search.witnesses import searched, sketches

    for form in goals(claim):
        problem = shannon_problem(form, given)
        point = derive(problem)
        if not isinstance(point, Separation):
            continue
        for sketch in sketches(problem, least_separation(problem, point)):
            law = Dist.from_weights(sketch.outcomes(), problem.variables)
            found = _refutation(claim, given, law)
            if found is not None:
                return found
    raise NoWitnessFound(
        f"no law found that violates {claim}; searched {searched()}", claim=claim, given=given
    )


def least_symbols(claim: Claim, given: Sequence[Claim], law: Dist) -> dict[str, Bits]:
    """Return for each symbol the least value that the hypotheses on it alone allow."""
    forms = [claim.difference, *(hypothesis.difference for hypothesis in given)]
    least = {name: Bits(0) for name in sorted({name for f in forms for name in f.symbols})}
    for form in forms[1:]:
        if len(form.symbols) == 1:
            ((name, weight),) = form.symbols.items()
            if weight > 0:
                least[name] = max(least[name], -form(law, {name: 0}) / weight)
    return least


def _refutation(
    claim: Claim,
    given: tuple[Claim, ...],
    law: Dist,
    symbols: Mapping[str, object] | None = None,
) -> Refutation | None:
    """Return the law as a refutation, if it is one."""
    least = least_symbols(claim, given, law)
    values = {name: Bits((symbols or {}).get(name, value)) for name, value in least.items()}
    holds = all(hypothesis.holds(law, values) for hypothesis in given)
    excess = claim.excess(law, values) if holds else Bits(0)
    if excess <= 0:
        return None
    content: dict[str, object] = {"claim": str(claim), "given": [str(h) for h in given]}
    if values:
        content["symbols"] = {name: str(value) for name, value in values.items()}
    content |= {"excess": str(excess), "law": law_json(law)}
    return Refutation(claim, given, law, values, excess, Certificate.seal("refutation", **content))


@explained
def evaluate(
    law: Dist, statements: Iterable[Claim | Form | str] | Claim | Form | str
) -> Evaluation:
    """State exact values or relations that hold on an explicit law, with a certificate.

    Parameters
    ----------
    law : Dist
        The law.
    statements : claims, forms or texts
        ``"I(X;Y|L) = 0"`` or ``"H(X) < 1 + 3/8*log2(3)"`` is checked as it stands; a form without
        a relation, such as ``"I(X;Y)"``, is completed with its exact value.

    Returns
    -------
    Evaluation
        Accepted by the trusted checker.

    Raises
    ------
    ProofError
        When a statement does not hold on the law, or is outside the notation.

    Examples
    --------
    >>> print(evaluate(Dist.uniform("X Y", [("0", "0"), ("1", "1")]), ["I(X;Y)", "H(X|Y) < 1"]))
    some law has I(X;Y) = 1 and H(X|Y) < 1
    """
    as_law(law)
    items = [statements] if isinstance(statements, (str, Claim, Form)) else statements
    require_numbers(law, otherwise="use prove_on_range for the whole range")
    texts = tuple(_stated(law, item) for item in items)
    try:
        certificate = Certificate.seal("law", claims=list(texts), law=law_json(law))
    except CertificateRejected as error:
        raise ProofError(
            f"expected statements that hold on the law, {error.reason}", statements=texts
        ) from error
    return Evaluation(law, texts, certificate)


def _stated(law: Dist, item: Claim | Form | str) -> str:
    if isinstance(item, str):
        try:
            item = read_form(item)
        except SyntaxInvalid:
            return str(item)  # a statement; strict relations and logarithms are for the checker
    if isinstance(item, Form):
        return f"{item} = {require_entropies(item)(law)}"
    return str(item)
