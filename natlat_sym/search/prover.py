"""Untrusted search for proofs from the Shannon inequalities and hypotheses.

A goal ``g >= 0`` over joint entropies, symbols and the constant follows from hypotheses by Shannon
inequalities just when g is a sum of non-negative multiples of terms and of multiples of the
hypotheses.  The unknowns of the search are those of the smallest of four equivalent spaces.
"""

from __future__ import annotations

from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.search.lp import Program, linear_program, run_again
from natlat_sym.search.problems import Derivation, Problem, Row, Separation, Weights
from natlat_sym.search.spaces import (
    MAX_UNKNOWNS,
    SHORT_PROOFS_UP_TO,
    Space,
    all_subsets,
    closed,
    ring,
)
from natlat_sym.search.symmetry import exchangeable, orbits
from natlat_sym.search.system import MAX_VARIABLES, System

__all__ = [
    "MAX_VARIABLES",
    "Derivation",
    "Problem",
    "Row",
    "Separation",
    "Variations",
    "best_space",
    "derive",
]

FEW = 64  # unknowns; with so few, nothing smaller is looked for


class Variations:
    """Problems that differ in the symbols and the constant of the goal only.

    The linear program keeps its columns, and each run starts from the basis that the one before
    ended with.

    Parameters
    ----------
    problem : Problem
        One of them.

    Examples
    --------
    >>> from fractions import Fraction
    >>> entropy, symbol, constant = 1, 2, 3
    >>> given = ((False, {entropy: Fraction(-1), symbol: Fraction(1)}),)
    >>> problem = Problem(("X",), ("a",), {entropy: Fraction(-1)}, given)
    >>> variations = Variations(problem)
    >>> variations.derive({entropy: Fraction(-1), symbol: Fraction(2)}).given
    {0: Fraction(1, 1)}
    """

    def __init__(self, problem: Problem) -> None:
        self._system = System(problem, best_space(problem))
        self._solver: Any = None

    def derive(self, goal: Row) -> Derivation | Separation:
        """Prove a goal, or separate it from what is given, as `derive` does."""
        system = self._system = self._system.with_goal(goal)
        answer = system.solve(self._run)
        return system.lines(answer) if isinstance(answer, Weights) else system.point(answer)

    def _run(self, program: Program) -> Any:
        if self._solver is None:
            self._solver = linear_program(program)
        else:
            run_again(self._solver, program.goal)
        return self._solver


def derive(problem: Problem) -> Derivation | Separation:
    """Prove the goal from Shannon inequalities and the hypotheses, or separate it from them.

    Parameters
    ----------
    problem : Problem
        What shall be proved.

    Returns
    -------
    Derivation or Separation
        Verified exactly; the same for the same problem.

    Raises
    ------
    InvalidInput
        With more than 12 variables, unless the claim is symmetric or has few different sets.

    Examples
    --------
    >>> from fractions import Fraction
    >>> goal = {0b01: Fraction(1), 0b10: Fraction(1), 0b11: Fraction(-1)}
    >>> derive(Problem(("X", "Y"), (), goal, ())).terms
    {Term(first=1, second=2, given=0): Fraction(1, 1)}
    """
    if not any(problem.goal.values()):
        return Derivation({}, {}, {})
    system = System(problem, best_space(problem))
    answer = system.solve()
    return system.lines(answer) if isinstance(answer, Weights) else system.point(answer)


def best_space(problem: Problem) -> Space:
    """Return the smallest space in which a problem can be decided.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Space
        All subsets for few variables, where that gives the shortest proofs.

    Raises
    ------
    InvalidInput
        When even the smallest is too large.

    Examples
    --------
    >>> from fractions import Fraction
    >>> goal = {(1 << 20) - 1: Fraction(1)}
    >>> len(best_space(Problem(tuple("ABCDEFGHIJKLMNOPQRST"), (), goal, ())).members)
    2
    """
    count = len(problem.variables)
    if count <= SHORT_PROOFS_UP_TO:
        return all_subsets(count)
    given = [form for _, form in problem.given]
    negated = [{row: -x for row, x in form.items()} for equal, form in problem.given if equal]
    classes = exchangeable(count, problem.goal, [*given, *negated])
    best = orbits(tuple(classes)) if len(classes) < count else None
    half = (1 << count) // 2  # a larger space is not worth it
    if count <= MAX_VARIABLES and (best is None or len(best.members) > FEW):
        small = closed(count, problem.given, half)
        if small is not None and (best is None or len(small.members) < len(best.members)):
            best = small
    sets = {row for form in (problem.goal, *given) for row in form if row < 1 << count}
    smaller = ring(count, sets, min(half, MAX_UNKNOWNS if best is None else len(best.members) - 1))
    best = smaller or best
    if best is not None and len(best.members) <= half:
        return best
    if count > MAX_VARIABLES:
        raise InvalidInput(
            f"expected at most {MAX_VARIABLES} variables, or a claim that is symmetric in most of"
            f" them, got {count} variables; join variables into groups or prove it in steps"
        )
    return all_subsets(count)
