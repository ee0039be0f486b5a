"""The chain a proof script is written in: steps with reasons, each certified where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from natlat_sym.certified.problems import Hypotheses, read_given
from natlat_sym.certified.prooflines import Lines
from natlat_sym.certified.results import Theorem, proof_lines
from natlat_sym.certified.theorems import combine, prove
from natlat_sym.errors import InvalidInput, NotDerivable, StepFailed
from natlat_sym.explained import explained
from natlat_sym.statements.atoms import latex_words
from natlat_sym.statements.forms import Claim, Form, as_form

_DIRECTION = {"<=": 1, "=": 0, ">=": -1}


@dataclass(frozen=True)
class Step:
    """One step of an argument.

    Attributes
    ----------
    relation : str
        ``<=``, ``=`` or ``>=``.
    form : Form
        What the chain has reached.
    why : str
        The reason, in words.
    theorem : Theorem
        The step by itself, certified.
    """

    relation: str
    form: Form
    why: str
    theorem: Theorem


class Argument:
    """A chain of equalities and inequalities, each of them proved when it is written down.

    Parameters
    ----------
    name : str
        What the argument is called, for its messages.
    start : Form or str
        Where the chain begins.
    given : claim, or iterable of claims
        Hypotheses that any step may use.

    Examples
    --------
    >>> arg = Argument("P03", start="H(R|M)")
    >>> arg = arg.le("H(R|M,X1) + I(R;X1|M)", why="split H(R|M) by X1")
    >>> arg = arg.le("H(R|X1) + I(R;X1|M)", why="conditioning reduces entropy")
    >>> print(arg)
    P03
      H(R|M)
        <= H(R|M,X1) + I(R;X1|M)  (split H(R|M) by X1)
        <= H(R|X1) + I(R;X1|M)    (conditioning reduces entropy)
    >>> print(arg.qed())
    ⊢ H(R|M) <= H(R|X1) + I(R;X1|M)
    """

    @explained
    def __init__(self, name: str, start: Form | str, given: Hypotheses = ()) -> None:
        self._name = name
        self._start = as_form(start)
        self._given = read_given(given)
        self._steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """What the argument is called."""
        return self._name

    @property
    def given(self) -> tuple[Claim, ...]:
        """The hypotheses that steps may use."""
        return self._given

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far."""
        return self._steps

    def le(self, form: Form | str, why: str) -> Argument:
        """Add the step ``... <= form``.

        Parameters
        ----------
        form : Form or str
            What the chain reaches.
        why : str
            The reason, in words.

        Returns
        -------
        Argument
            This argument, so that steps may be chained.

        Raises
        ------
        StepFailed
            When the step does not follow; carries the left-over form and the polymatroid.
        """
        return self._step("<=", form, why)

    def eq(self, form: Form | str, why: str) -> Argument:
        """Add the step ``... = form``; see `le`."""
        return self._step("=", form, why)

    def ge(self, form: Form | str, why: str) -> Argument:
        """Add the step ``... >= form``; see `le`."""
        return self._step(">=", form, why)

    def qed(self) -> Theorem:
        """Return the theorem from the first form to the last.

        Returns
        -------
        Theorem
            With a single certificate: the sum of the certificates of the steps.

        Raises
        ------
        InvalidInput
            When the argument has no steps.
        """
        if not self._steps:
            raise InvalidInput(f"expected at least one step in {self._name} before qed()")
        relation = next((s.relation for s in self._steps if s.relation != "="), "=")
        claim = Claim(self._start, relation, self._steps[-1].form)
        if relation == "=":
            down, up = zip(*(proof_lines(step.theorem) for step in self._steps), strict=True)
            return combine(claim, [down, up])
        return combine(claim, [[_toward(relation, step) for step in self._steps]])

    def _step(self, relation: str, form: Form | str, why: str) -> Argument:
        number = len(self._steps) + 1
        where = f"{self._name}, step {number} ({why})"
        earlier = {_DIRECTION[step.relation] for step in self._steps}
        if -_DIRECTION[relation] in earlier - {0}:
            raise StepFailed(f"{where}: a chain cannot hold both <= and >=", step=number)
        before = self._steps[-1].form if self._steps else self._start
        claim = Claim(before, relation, as_form(form))
        try:
            theorem = prove(claim, self._given)
        except NotDerivable as error:
            raise StepFailed(
                f"{where}: expected {claim} to follow; left over, and not shown to be"
                f" {'zero' if relation == '=' else 'non-negative'}: {claim.difference}",
                step=number,
                claim=claim,
                left_over=claim.difference,
                polymatroid=error.polymatroid,
            ) from error
        self._steps = (*self._steps, Step(relation, claim.rhs, why, theorem))
        return self

    def __str__(self) -> str:
        shown = [f"{step.relation} {step.form}" for step in self._steps]
        width = max(map(len, shown), default=0)
        lines = [
            f"    {text:<{width}}  ({step.why})"
            for text, step in zip(shown, self._steps, strict=True)
        ]
        given = [f"  given {hypothesis}" for hypothesis in self._given]
        return "\n".join([self._name, *given, f"  {self._start}", *lines])

    def __repr__(self) -> str:
        return f"<Argument {self._name}: {len(self._steps)} steps>"

    def _repr_latex_(self) -> str:
        sign = {"<=": r"\le", ">=": r"\ge", "=": "="}
        lines = [
            rf"& {sign[step.relation]} {step.form.to_latex()} && \text{{{latex_words(step.why)}}}"
            for step in self._steps
        ]
        body = r" \\ ".join([self._start.to_latex(), *lines])
        return rf"$\begin{{aligned}}{body}\end{{aligned}}$"


def _toward(relation: str, step: Step) -> Lines:
    """Return the lines that show a step in the direction of the chain."""
    parts = proof_lines(step.theorem)
    return parts[1] if step.relation == "=" and relation == "<=" else parts[0]
