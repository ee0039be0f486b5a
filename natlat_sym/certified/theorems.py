"""Prove, refute, decide, evaluate, verify: the doors to results with checked certificates."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from natlat_sym.certified.certificates import Certificate, checked
from natlat_sym.certified.problems import answer_lines, separation_texts, shannon_problem
from natlat_sym.certified.prooflines import Lines, add_lines
from natlat_sym.certified.results import (
    CheckResult,
    Decision,
    Evaluation,
    Refutation,
    Theorem,
    make_theorem,
)
from natlat_sym.errors import (
    CertificateRejected,
    InvalidInput,
    NotDerivable,
    NoWitnessFound,
    ProofError,
    SyntaxInvalid,
)
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.files import read_text
from natlat_sym.laws.dist import Dist
from natlat_sym.laws.lawfile import law_to_json
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.search.prover import Problem, Separation, derive
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.notation import claim as read_claim
from natlat_sym.statements.notation import form as read_form

ClaimLike = Claim | str
Hypotheses = Iterable[ClaimLike] | ClaimLike

__all__ = [
    "Certificate",
    "CheckResult",
    "Decision",
    "Evaluation",
    "Refutation",
    "Theorem",
    "combine",
    "decide",
    "evaluate",
    "prove",
    "refute",
    "verify",
]


# ---- proving ----


def prove(claim: ClaimLike, given: Hypotheses = ()) -> Theorem:
    """Prove a claim for every law, from the Shannon inequalities and the hypotheses.

    Parameters
    ----------
    claim : Claim or str
        ``F <= G``, ``F >= G`` or ``F = G``; names in lower case are non-negative error symbols.
    given : claim, or iterable of claims
        Hypotheses; those that the proof does not use are left out of the theorem.

    Returns
    -------
    Theorem
        Exact, with a certificate that the trusted checker has accepted.

    Raises
    ------
    NotDerivable
        When there is no such proof; carries the separating ``polymatroid``.
    InvalidInput
        With more than 12 variables.

    Notes
    -----
    Elemental inequalities: Yeung, "A framework for linear information inequalities" (1997).

    Examples
    --------
    >>> theorem = prove("H(R|M) <= I(X1;X2|M) + H(R|X1) + H(R|X2)")
    >>> print(theorem.certificate)
    right - left
      =  1 * H(R|M,X1,X2)
      +  1 * I(M;R|X1)
      +  1 * I(M;R|X2)
      +  1 * I(X1;X2|M,R)  >= 0
    """
    wanted, hypotheses = read_claim(claim), read_given(given)
    parts = []
    for form in _goals(wanted):
        problem = shannon_problem(form, hypotheses)
        answer = derive(problem)
        if isinstance(answer, Separation):
            raise _not_derivable(wanted, hypotheses, problem, answer)
        parts.append(answer_lines(problem, hypotheses, answer))
    return make_theorem(wanted, parts, hypotheses)


def read_given(given: Hypotheses) -> tuple[Claim, ...]:
    """Return hypotheses as claims, each once, in the order given."""
    items = [given] if isinstance(given, (str, Claim)) else given
    return tuple(dict.fromkeys(read_claim(item) for item in items))


def _goals(claim: Claim) -> list[Form]:
    """What must be shown to be non-negative; two forms for an equality."""
    difference = claim.difference
    return [difference, -difference] if claim.relation == "=" else [difference]


def _not_derivable(
    claim: Claim, given: Sequence[Claim], problem: Problem, answer: Separation
) -> NotDerivable:
    values = separation_texts(problem, answer)
    under = f" given {', '.join(map(str, given))}" if given else ""
    return NotDerivable(
        f"the Shannon inequalities do not give {claim}{under}: a polymatroid satisfies all that is"
        " given and violates it; refute(...) looks for a law that does",
        claim=claim,
        given=tuple(given),
        polymatroid=values,
        separation=answer,
    )


def combine(claim: ClaimLike, parts: Sequence[Sequence[Lines]]) -> Theorem:
    """Make a theorem whose proof (and converse) is the sum of the lines of other proofs.

    Parameters
    ----------
    claim : Claim or str
        What the sums prove.
    parts : sequence of sequences of Lines
        Proofs to be added; for an equality a second sequence for the converse.

    Returns
    -------
    Theorem

    Raises
    ------
    CertificateRejected
        When the lines do not add up to the claim.
    """
    sums = [add_lines(part) for part in parts]
    order = [hypothesis for part in sums for hypothesis in part.given]
    return make_theorem(read_claim(claim), sums, order)


# ---- laws ----


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
        return _search(wanted, hypotheses)
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


def _search(claim: Claim, given: tuple[Claim, ...]) -> Refutation:
    from natlat_sym.search.guides import least_separation
    from natlat_sym.search.witnesses import searched, sketches

    for form in _goals(claim):
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
    content |= {"excess": str(excess), "law": _law_json(law)}
    return Refutation(claim, given, law, values, excess, Certificate.seal("refutation", **content))


def _law_json(law: Dist) -> dict[str, Any]:
    data = law_to_json(law)
    return {**data, "mass": sorted(data["mass"])}


def decide(claim: ClaimLike, given: Hypotheses = ()) -> Decision:
    """Prove a claim, or refute it by a law, or say that it is undecided.

    Parameters
    ----------
    claim : Claim or str
        The claim.
    given : claim, or iterable of claims
        The hypotheses.

    Returns
    -------
    Decision
        With ``status`` and the evidence.

    Examples
    --------
    >>> decide("H(X|Y) <= H(X)").status, decide("H(X) <= H(X|Y)").status
    ('proved', 'refuted')
    >>> decide("I(A;B) <= I(A;B|C) + I(A;B|D) + I(C;D) + I(A;B|C) + I(A;C|B) + I(B;C|A)").status
    'undecided'
    """
    wanted, hypotheses = read_claim(claim), read_given(given)
    try:
        return Decision(wanted, theorem=prove(wanted, hypotheses))
    except NotDerivable as error:
        polymatroid: Any = error.polymatroid
    try:
        found = _search(wanted, hypotheses)
    except NoWitnessFound:
        return Decision(wanted, polymatroid=polymatroid)
    return Decision(wanted, refutation=found, polymatroid=polymatroid)


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
    items = [statements] if isinstance(statements, (str, Claim, Form)) else statements
    require_numbers(law, otherwise="use prove_on_range for the whole range")
    texts = tuple(_stated(law, item) for item in items)
    try:
        certificate = Certificate.seal("law", claims=list(texts), law=_law_json(law))
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
    return f"{item} = {item(law)}" if isinstance(item, Form) else str(item)


# ---- verification ----


def verify(
    source: Any,
) -> CheckResult:
    """Re-check a certificate with the trusted checker.

    Parameters
    ----------
    source : path, JSON text, Certificate, or any result that has one
        Text that starts with ``{`` is JSON; any other text is a path.

    Returns
    -------
    CheckResult

    Raises
    ------
    CertificateRejected
        With the place and the condition that fails.
    UnreadableFile
        When the path cannot be read, or the text is not JSON.

    Examples
    --------
    >>> verify(prove("I(X;Y) >= 0")).status
    'verified'
    """
    held = getattr(source, "certificate", source)
    if isinstance(held, Certificate):
        text = held.text
    elif isinstance(source, str) and source.lstrip().startswith("{"):
        text = source
    elif isinstance(source, (str, os.PathLike)):
        text = read_text(Path(source), "a certificate")
    else:
        shown = f"{source!r}"[:80]
        raise InvalidInput(
            f"expected a path, the text of a certificate, or a result that has one, got {shown}",
            source=source,
        )
    result = checked(text)
    return CheckResult(
        result["status"], result["kind"], result["claim"], tuple(result["assumptions"])
    )
