"""Sharp constants: the least linear bounds on a form that Shannon inequalities give.

The valid coefficient vectors of a bound ``F <= sum of c_i * error_i`` form a polyhedron that
contains with a vector everything above it.  It is approached from outside: a corner is proved, or
a polymatroid cuts it off; at the end every corner carries a proof, and so the list is complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from natlat_sym.certified.problems import (
    Hypotheses,
    answer_lines,
    read_given,
    separation_texts,
    shannon_problem,
)
from natlat_sym.certified.refutations import evaluate, least_symbols
from natlat_sym.certified.results import Evaluation, Theorem, make_theorem
from natlat_sym.errors import InvalidInput, NotDerivable
from natlat_sym.exact.field import show
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.search.polyhedra import Point, UpClosed
from natlat_sym.search.prover import Problem, Row, Separation, Variations, derive
from natlat_sym.statements.forms import Claim, Form, as_form, symbol
from natlat_sym.statements.notation import form as read_form

NEARLY = Fraction(999, 1000)


@dataclass(frozen=True)
class Bound:
    """One corner: coefficients that no other valid vector lies below.

    Attributes
    ----------
    coefficients : tuple of (str, Fraction)
        By error symbol; ``1`` stands for the constant.
    theorem : Theorem
        The bound, proved.
    given : tuple of Claim
        All hypotheses, those included that the proof does not use.
    """

    coefficients: tuple[tuple[str, Fraction], ...]
    theorem: Theorem
    given: tuple[Claim, ...]

    @cached_property
    def needed(self) -> dict[str, Evaluation | None]:
        """For each error whose coefficient is above 0 a law that needs it, where one is found.

        The law meets the bound with equality while the error is above 0, so that no smaller
        coefficient would do beside the others.  Searched for when it is first asked for.
        """
        wanted = {unit: value for unit, value in self.coefficients if value > 0}
        found: dict[str, Evaluation] = {}
        for unit, value in wanted.items():
            if unit not in found:
                met = _attaining(self.theorem.claim, self.given, unit, value)
                found |= dict.fromkeys(met.positive, met.evaluation) if met else {}
        return {unit: found.get(unit) for unit in wanted}

    @property
    def attained(self) -> Evaluation | None:
        """A law that meets the bound with equality at a value above 0, when one is found."""
        return next((law for law in self.needed.values() if law), None)

    @property
    def sharp(self) -> bool:
        """Whether a law was found for every coefficient that needs it: none can be lowered."""
        return bool(self.needed) and all(self.needed.values())

    def __str__(self) -> str:
        lines = [str(self.theorem.claim)]
        laws: dict[str, list[str]] = {}
        for unit, law in self.needed.items():
            laws.setdefault(str(law) if law else "", []).append(unit)
        for shown, units in laws.items():
            where = "" if len(laws) == 1 else f" with {', '.join(units)} > 0"
            found = f"attained{where}: {shown}" if shown else f"no law found that attains it{where}"
            lines.append(f"  {found}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Bounds:
    """All corners of the set of valid coefficient vectors.

    Attributes
    ----------
    form : Form
        What is bounded.
    given : tuple of Claim
        The hypotheses.
    corners : tuple of Bound
        Ascending by coefficients.
    """

    form: Form
    given: tuple[Claim, ...]
    corners: tuple[Bound, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.corners))

    def to_json(self) -> dict[str, object]:
        """Return the bounds as JSON values: coefficients, certificates, laws that attain them."""
        laws = [
            corner.attained.certificate.data["law"] if corner.attained else None
            for corner in self.corners
        ]
        return {
            "bounds": [
                [{name: show(value) for name, value in corner.coefficients}]
                for corner in self.corners
            ],
            "certificates": [corner.theorem.certificate.data for corner in self.corners],
            "attained": laws,
            "needed": [
                {unit: law and law.certificate.data["law"] for unit, law in corner.needed.items()}
                for corner in self.corners
            ],
        }


@explained
def bound(form: Form | str, given: Hypotheses) -> Bounds:
    """Return the least bounds on a form that Shannon's inequalities give, in error symbols.

    Parameters
    ----------
    form : Form or str
        What shall be bounded from above, without error symbols.
    given : claim, or iterable of claims
        Hypotheses such as ``I(X1;X2|L) <= a``; where none has an error symbol or a constant, the
        least bound is 0 or there is none.

    Returns
    -------
    Bounds
        Every corner of the set of coefficient vectors that can be derived, each with a theorem.
        Laws that meet it with equality, one for each error that is above 0 there, show that it is
        sharp among all bounds; they are searched for when the corner is printed or its ``needed``
        is read.

    Raises
    ------
    NotDerivable
        When Shannon inequalities give no linear bound at all; carries a polymatroid.
    InvalidInput
        When there are no hypotheses, or the form has an error symbol.

    Examples
    --------
    >>> print(bound("H(R|M)", ["I(X;Y|M) <= a", "H(R|X) <= b", "H(R|Y) <= b"]))
    H(R|M) <= a + 2 b
      attained with a > 0: some law has H(R|M) = 1 and I(X;Y|M) = 1 and H(R|X) = 0 and H(R|Y) = 0
      attained with b > 0: some law has H(R|M) = 2 and I(X;Y|M) = 0 and H(R|X) = 1 and H(R|Y) = 1
    """
    wanted, hypotheses = read_form(form), read_given(given)
    units = _units(wanted, hypotheses)
    problem = shannon_problem(-wanted, hypotheses)
    variations = Variations(problem)
    rows = range(1 << len(problem.variables), (1 << len(problem.variables)) + len(units))
    region = UpClosed(len(units))
    proved: dict[Point, Bound] = {}
    while open_corners := [corner for corner in region.vertices() if corner not in proved]:
        corner = open_corners[0]
        answer = variations.derive(problem.goal | dict(zip(rows, corner, strict=True)))
        if isinstance(answer, Separation):
            errors = [answer.values.get(row, Fraction(0)) for row in rows]
            if not any(errors):
                raise _unbounded(_claim(wanted, units, corner), hypotheses, problem, answer)
            region.cut(errors, -_at(problem.goal, answer.values))
        else:
            lines = answer_lines(problem, hypotheses, answer)
            theorem = make_theorem(_claim(wanted, units, corner), [lines], hypotheses)
            coefficients = tuple(zip(units, corner, strict=True))
            proved[corner] = Bound(coefficients, theorem, hypotheses)
    return Bounds(wanted, hypotheses, tuple(proved[corner] for corner in region.vertices()))


def _unbounded(
    claim: Claim, given: tuple[Claim, ...], problem: Problem, answer: Separation
) -> NotDerivable:
    wanted = claim.lhs
    return NotDerivable(
        f"no linear bound on {wanted}: a polymatroid has all errors 0 and {wanted} > 0",
        claim=claim,
        given=given,
        polymatroid=separation_texts(problem, answer),
    )


def _units(wanted: Form, given: Sequence[Claim]) -> tuple[str, ...]:
    if wanted.symbols or wanted.constant:
        raise InvalidInput(
            f"expected a form of entropies to bound, got {wanted}; error symbols and constants "
            "belong to the hypotheses",
            form=wanted,
        )
    if not given:
        raise InvalidInput("expected hypotheses, such as I(X1;X2|L) <= a, got none", given=given)
    differences = [hypothesis.difference for hypothesis in given]
    symbols = sorted({name for form in differences for name in form.symbols})
    return (*symbols, *(["1"] if any(form.constant for form in differences) else []))


def _claim(wanted: Form, units: Sequence[str], corner: Point) -> Claim:
    total = as_form(0)
    for unit, value in zip(units, corner, strict=True):
        total = total + (value if unit == "1" else symbol(unit) * value)
    return wanted <= total


def _at(form: Row, values: Row) -> Fraction:
    return sum((weight * values.get(row, 0) for row, weight in form.items()), Fraction(0))


@dataclass(frozen=True)
class _Met:
    """A law that meets a bound with equality, and what is above 0 there: errors, and 1."""

    evaluation: Evaluation
    positive: tuple[str, ...]


def _attaining(claim: Claim, given: tuple[Claim, ...], unit: str, value: Fraction) -> _Met | None:
    """Return a law that meets the bound with equality while one of its errors is above 0."""
    for law in _candidates(claim, given, unit, value):
        symbols = least_symbols(claim, given, law)
        positive = tuple(name for name, amount in symbols.items() if amount > 0)
        met = claim.difference(law, symbols) == 0 and claim.lhs(law) > 0
        met = met and (unit == "1" or unit in positive)
        if met and all(hypothesis.holds(law, symbols) for hypothesis in given):
            sides = [claim.lhs, *(_entropy_part(hypothesis.difference) for hypothesis in given)]
            shown = evaluate(law, dict.fromkeys(side for side in sides if side))
            return _Met(shown, (*positive, "1"))
    return None


def _entropy_part(difference: Form) -> Form | None:
    """Return what a hypothesis bounds by an error symbol, as it was written."""
    if not difference.symbols:
        return None
    rest = difference
    for name, weight in difference.symbols.items():
        rest = rest - weight * symbol(name)
    return -rest


def _candidates(
    claim: Claim, given: tuple[Claim, ...], unit: str, value: Fraction
) -> Iterator[Dist]:
    """Yield laws that come near the bound: they violate one with a coefficient a little lower."""
    from natlat_sym.search.guides import least_separation
    from natlat_sym.search.witnesses import sketches

    less = (1 - NEARLY) * value * (as_form(1) if unit == "1" else symbol(unit))
    problem = shannon_problem(claim.rhs - less - claim.lhs, given)
    point = derive(problem)
    guide = least_separation(problem, point) if isinstance(point, Separation) else None
    for sketch in sketches(problem, guide):
        yield Dist.from_weights(sketch.outcomes(), problem.variables)
