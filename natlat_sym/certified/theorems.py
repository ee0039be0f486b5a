"""Prove, refute, decide, evaluate, verify: the doors to results with checked certificates."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from natlat_sym.certified.certificates import Certificate, checked
from natlat_sym.certified.problems import (
    ClaimLike,
    Hypotheses,
    answer_lines,
    goals,
    read_given,
    separation_texts,
    shannon_problem,
)
from natlat_sym.certified.prooflines import Lines, add_lines
from natlat_sym.certified.refutations import evaluate, refute, search_law
from natlat_sym.certified.results import (
    Decision,
    Evaluation,
    Refutation,
    Theorem,
    make_theorem,
)
from natlat_sym.errors import InvalidInput, NotDerivable, NoWitnessFound
from natlat_sym.exact.files import read_text
from natlat_sym.explained import explained
from natlat_sym.search.prover import Problem, Separation, derive
from natlat_sym.statements.forms import Claim
from natlat_sym.statements.notation import claim as read_claim

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


@dataclass(frozen=True)
class CheckResult:
    """What the trusted checker says about an accepted certificate.

    Attributes
    ----------
    status, kind, claim : str
        ``verified``; the kind; the statement.
    assumptions : tuple of str
        The hypotheses it rests on.
    """

    status: str
    kind: str
    claim: str
    assumptions: tuple[str, ...]


@explained
def prove(claim: ClaimLike, given: Hypotheses = ()) -> Theorem:
    """Prove a claim for every law of finite variables that satisfies the hypotheses.

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
        When Shannon's inequalities and the hypotheses do not give it, which does not make it false;
        carries the separating ``polymatroid``.
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
    for form in goals(wanted):
        problem = shannon_problem(form, hypotheses)
        answer = derive(problem)
        if isinstance(answer, Separation):
            raise _not_derivable(wanted, hypotheses, problem, answer)
        parts.append(answer_lines(problem, hypotheses, answer))
    return make_theorem(wanted, parts, hypotheses)


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


@explained
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

    Raises
    ------
    SyntaxInvalid
        For text outside the notation; a strict claim is, too.

    Examples
    --------
    >>> decide("H(X|Y) <= H(X)").status, decide("H(X) <= H(X|Y)").status
    ('proved', 'refuted')
    >>> decide("I(A;B) <= I(A;B|C) + I(A;B|D) + I(C;D) + I(A;B|C) + I(A;C|B) + I(B;C|A)").status
    'undecided'
    """
    wanted, hypotheses = read_claim(claim), read_given(given)
    against = _contradiction(hypotheses)
    try:
        return Decision(wanted, prove(wanted, hypotheses), contradiction=against)
    except NotDerivable as error:
        polymatroid: Any = error.polymatroid
    if against is not None:
        return Decision(wanted, polymatroid=polymatroid, contradiction=against)
    try:
        found = search_law(wanted, hypotheses)
    except NoWitnessFound:
        return Decision(wanted, polymatroid=polymatroid)
    return Decision(wanted, refutation=found, polymatroid=polymatroid)


def _contradiction(given: Sequence[Claim]) -> Theorem | None:
    """Return the proof that no law satisfies the hypotheses, which takes numbers in them."""
    if not any(hypothesis.difference.constant for hypothesis in given):
        return None
    try:
        return prove("0 >= 1", given)
    except NotDerivable:
        return None


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
