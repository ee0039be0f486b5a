"""Between forms and the numbered rows of the search: claims as problems, answers as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from natlat_sym.certified.prooflines import Lines
from natlat_sym.search.elementals import members
from natlat_sym.search.prover import Derivation, Problem, Row, Separation
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.notation import claim as read_claim

ClaimLike = Claim | str
Hypotheses = Iterable[ClaimLike] | ClaimLike


def read_given(given: Hypotheses) -> tuple[Claim, ...]:
    """Return hypotheses as claims, each once, in the order given."""
    items = [given] if isinstance(given, (str, Claim)) else given
    return tuple(dict.fromkeys(read_claim(item) for item in items))


def goals(claim: Claim) -> list[Form]:
    """Return what must be shown to be non-negative; two forms for an equality."""
    difference = claim.difference
    return [difference, -difference] if claim.relation == "=" else [difference]


def shannon_problem(goal: Form, given: Sequence[Claim]) -> Problem:
    """Return a goal that shall be non-negative, and hypotheses, as rows for the search."""
    forms = [goal, *(hypothesis.difference for hypothesis in given)]
    variables = sorted({name for form in forms for name in form.variables})
    symbols = sorted({name for form in forms for name in form.symbols})
    bit = {name: 1 << i for i, name in enumerate(variables)}
    first = 1 << len(variables)

    def row(form: Form) -> Row:
        found = {sum(bit[n] for n in names): value for names, value in form.entropies.items()}
        found |= {first + symbols.index(a): value for a, value in form.symbols.items()}
        return found | ({first + len(symbols): form.constant} if form.constant else {})

    hypotheses = ((h.relation == "=", row(h.difference)) for h in given)
    return Problem(tuple(variables), tuple(symbols), row(goal), tuple(hypotheses))


def _row_text(problem: Problem, row: int) -> str:
    first = 1 << len(problem.variables)
    if row < first:
        return f"H({','.join(members(row, problem.variables))})"
    return (*problem.symbols, "1")[row - first]


def separation_texts(problem: Problem, answer: Separation) -> dict[str, Fraction]:
    """Return a separating point by texts: joint entropies ``H(X,Y)``, symbols, and ``1``."""
    return {_row_text(problem, row): value for row, value in answer.values.items()}


def answer_lines(problem: Problem, given: Sequence[Claim], answer: Derivation) -> Lines:
    """Return the multipliers of a derivation as lines of a proof."""
    terms = {term.text(problem.variables): weight for term, weight in answer.terms.items()}
    terms |= {_row_text(problem, row): weight for row, weight in answer.units.items()}
    classes = tuple(members(mask, problem.variables) for mask in answer.classes)
    return Lines(terms, {given[i]: weight for i, weight in answer.given.items()}, classes)
