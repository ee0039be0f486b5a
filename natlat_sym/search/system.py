"""A claim as a linear program: HiGHS proposes, rationals decide.

One program in the multipliers of terms and hypotheses, minimising a fixed random positive
weighting, gives a proof or a Farkas vector, that is a polymatroid that satisfies the hypotheses and
violates the goal.  Either is rounded, then verified in exact arithmetic; what does not survive is
solved again exactly, so no answer depends on a tolerance.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from natlat_sym.exact.simplex import nonnegative_solution, solve_sparse
from natlat_sym.search.closure import Closure
from natlat_sym.search.elementals import Term, merge_terms
from natlat_sym.search.lp import Program, linear_program, outcome, rounded_rays
from natlat_sym.search.problems import Derivation, Problem, Row, Separation, Weights
from natlat_sym.search.refinement import refinements
from natlat_sym.search.spaces import Space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.search.spaces import Integers

MAX_VARIABLES = 12  # that all subsets are searched for
DENOMINATORS = (1, 12, 1000)
CLEARLY = 1e-6  # beyond this the floating value of a goal has the right sign


class System:
    """A problem in the coordinates of a space.

    Row r from 1 on is the r-th unknown of the space, then come symbols and the constant.  Columns
    are terms, then symbols and the constant, then hypotheses, each kind of them once.
    """

    def __init__(self, problem: Problem, space: Space) -> None:
        self.problem, self.space = problem, space
        self.first = len(space.members)  # the row of the first symbol
        self.units = range(self.first, self.first + len(problem.symbols) + 1)
        self.goal = self._moved(problem.goal)
        rows = [(equal, self._moved(form)) for equal, form in problem.given]
        kinds = {
            (equal, frozenset(row.items())): i
            for i, (equal, row) in reversed([*enumerate(rows)])
            if row
        }
        self.cited = sorted(kinds.values())
        self.given = [rows[i] for i in self.cited]
        self.terms = len(space.rows)

    def _moved(self, form: Row) -> Row:
        found: Row = {}
        count = 1 << len(self.problem.variables)
        for row, value in form.items():
            places = self.space.place(row) if row < count else {row - count + self.first: 1}
            for place, times in places.items():
                part = value if times == 1 else times * value
                found[place] = found[place] + part if place in found else part
        return {row: value for row, value in found.items() if value and row}

    def with_goal(self, goal: Row) -> System:
        """Return the same columns with another goal, which may differ in symbols and constant."""
        other = copy(self)
        other.problem = replace(self.problem, goal=goal)
        other.goal = self._moved(goal)
        return other

    def solve(self, run: Callable[[Program], Any] = linear_program) -> Weights | Row:
        """Return exact multipliers, or an exact separating point by rows.

        Parameters
        ----------
        run : callable
            What runs HiGHS.
        """
        if not self.goal:
            return Weights()
        try:
            program = self._program()
        except OverflowError:  # a coefficient beyond the range of floats
            return self._exactly()
        solver = run(program)
        said = outcome(solver, program)
        if said.values is None:
            points = (self.exact_ray(ray) for ray in said.rays)
            return next((point for point in points if point is not None), None) or self._exactly()
        found: Weights | Row | None = self._exact_multipliers(said.values)
        if found is not None:
            return found
        for basis, ray in refinements(program, solver, self.goal, self._column):
            found = self._solved(basis) if ray is None else self.exact_ray(ray)
            if found is not None:
                return found
        return self._exactly()

    # ---- the linear program ----

    def _program(self) -> Program:
        goal = np.zeros(self.units[-1])
        for row, number in self.goal.items():
            goal[row - 1] = float(number)
        return self._columns._replace(goal=goal)

    @cached_property
    def _columns(self) -> Program:
        """The program but for its right hand side."""
        import highspy

        starts, index, value = self.matrix()
        columns = len(starts) - 1
        lower = np.zeros(columns)
        cost = np.zeros(columns)
        dice = random.Random(0)
        positive = columns - len(self.given)
        cost[:positive] = [1 + dice.random() for _ in range(positive)]
        if self.space.costs is not None:
            cost[: self.terms] *= self.space.costs
        for position, (equality, _) in enumerate(self.given, positive):
            lower[position] = -highspy.kHighsInf if equality else 0.0
            cost[position] = 0.0 if equality else dice.random()
        matrix = starts, index, value
        return Program(cost, lower, np.zeros(0), matrix, self.space.steep)

    def matrix(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """Return the columns compressed (starts, row indices, values); row r has index r - 1."""
        rows, values = self.space.rows, self.space.values
        keep = values != 0
        lengths = [keep.sum(axis=1), np.ones(len(self.units), dtype=np.int64)]
        index = [rows[keep], np.array(self.units)]
        value = [values[keep].astype(np.float64), np.ones(len(self.units))]
        for _, form in self.given:
            lengths.append(np.array([len(form)]))
            index.append(np.array(sorted(form), dtype=np.int64))
            value.append(np.array([float(form[row]) for row in sorted(form)]))
        starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
        return (
            starts.astype(np.int32),
            (np.concatenate(index) - 1).astype(np.int32),
            np.concatenate(value).astype(np.float64),
        )

    def _column(self, j: int) -> Mapping[int, int | Fraction]:
        if j < self.terms:
            pairs = zip(self.space.rows[j].tolist(), self.space.values[j].tolist(), strict=True)
            return {row: value for row, value in pairs if value}
        if j < self.terms + len(self.units):
            return {self.units[j - self.terms]: 1}
        return self.given[j - self.terms - len(self.units)][1]

    # ---- exact multipliers ----

    def _exact_multipliers(self, proposal: NDArray[np.float64]) -> Weights | None:
        support = [int(j) for j in np.flatnonzero(np.abs(proposal) > 1e-9)]
        columns = {j: self._column(j) for j in support}
        for denominator in DENOMINATORS:
            rounded = {
                j: Fraction(round(float(proposal[j]) * denominator), denominator) for j in support
            }
            if self._adds_up(columns, rounded):
                return Weights(rounded)
        return self._solved(support)

    def _solved(self, support: Sequence[int]) -> Weights | None:
        """Return the exact multipliers that vanish outside some columns, if they are a proof."""
        columns = {j: self._column(j) for j in support}
        solved = solve_sparse([columns[j] for j in support], self.goal)
        if solved is None:
            return None
        exact = {support[k]: value for k, value in solved.items()}
        return Weights(exact) if self._adds_up(columns, exact) else None

    def _adds_up(
        self, columns: Mapping[int, Mapping[int, int | Fraction]], weights: Mapping[int, Fraction]
    ) -> bool:
        first = self.terms + len(self.units)
        scale = lcm(*(weight.denominator for weight in weights.values()))
        left: dict[int, int | Fraction] = {r: _whole(scale * x) for r, x in self.goal.items()}
        for j, weight in weights.items():
            if weight < 0 and not (j >= first and self.given[j - first][0]):
                return False
            times = weight.numerator * (scale // weight.denominator)
            for row, value in columns[j].items():
                left[row] = left.get(row, 0) - times * value
        return not any(left.values())

    # ---- exact points ----

    def exact_ray(self, ray: NDArray[np.float64]) -> Row | None:
        """Return a separating point, by rows, that a floating one rounds to; or nothing."""
        for heights in rounded_rays(ray, self._signs(ray)):
            if self._is_separating(heights):
                return {r: Fraction(int(v)) for r, v in enumerate(heights) if v}
        return None

    def _signs(self, ray: NDArray[np.float64]) -> tuple[int, ...]:
        """Return the signs with which a floating Farkas vector may violate the goal."""
        goal = sum(float(weight) * ray[row - 1] for row, weight in self.goal.items())
        return (1, -1) if abs(goal) < CLEARLY else (1,) if goal < 0 else (-1,)

    def _is_separating(self, heights: Integers) -> bool:
        below = (heights[self.space.rows] * self.space.values).sum(axis=1)
        if below.min(initial=0) < 0 or any(heights[unit] < 0 for unit in self.units):
            return False
        point = {row: Fraction(int(v)) for row, v in enumerate(heights) if v}
        for equality, form in self.given:
            value = _value(form, point)
            if value < 0 or (equality and value):
                return False
        return _value(self.goal, point) < 0

    # ---- the exact fallback ----

    def _exactly(self) -> Weights | Row:
        """Decide by the rational simplex."""
        total = self.terms + len(self.units) + len(self.given)
        columns = [self._column(j) for j in range(total)]
        mirrored = [k for k, (equality, _) in enumerate(self.given) if equality]
        columns += [{r: -v for r, v in self.given[k][1].items()} for k in mirrored]
        answer = nonnegative_solution(columns, self.goal)
        if answer.solution is None:
            return {r: v for r, v in (answer.separator or {}).items() if v}
        weights: dict[int, Fraction] = {}
        for j, weight in answer.solution.items():
            place = j if j < total else total - len(self.given) + mirrored[j - total]
            weights[place] = weights.get(place, Fraction(0)) + (weight if j < total else -weight)
        return Weights({j: weight for j, weight in weights.items() if weight})

    # ---- back to the problem ----

    def lines(self, weights: Weights) -> Derivation:
        """Return multipliers of terms, units and hypotheses."""
        shift = 1 << len(self.problem.variables)
        terms: dict[Term, Fraction] = {}
        units: Row = {}
        given: dict[int, Fraction] = {}
        for j, weight in sorted(weights.values.items()):
            k = j - self.terms - len(self.units)
            if not weight:
                continue
            if j < self.terms:
                terms[self.space.term(j)] = weight
            elif k < 0:
                units[shift + j - self.terms] = weight
            else:
                given[self.cited[k]] = weight
        classes = self.space.classes
        if self.space.closure is not None:
            self._lift(self.space.closure, terms, given)
        return Derivation(terms if classes else merge_terms(terms), units, given, classes)

    def _lift(
        self, closure: Closure, terms: dict[Term, Fraction], given: dict[int, Fraction]
    ) -> None:
        """Add what the smaller space takes for granted, traced back to the hypotheses."""
        left = {mask: x for mask, x in self.problem.goal.items() if mask < 1 << closure.count}
        spent: list[tuple[Fraction, Mapping[int, int | Fraction]]] = []
        spent += [(weight, term.expansion()) for term, weight in terms.items()]
        spent += [(weight, self.problem.given[i][1]) for i, weight in given.items()]
        for weight, form in spent:
            for mask, x in form.items():
                if mask < 1 << closure.count:
                    left[mask] = left.get(mask, Fraction(0)) - weight * x
        more, cited = closure.lift(left)
        for term, weight in more.items():
            terms[term] = terms.get(term, Fraction(0)) + weight
        for index, weight in cited.items():
            given[index] = given.get(index, Fraction(0)) + weight
            if not given[index]:
                del given[index]

    def point(self, values: Row) -> Separation:
        """Return the separating point by masks, in coprime integers."""
        whole = _coprime(values)
        count = len(self.problem.variables)
        if count <= MAX_VARIABLES:
            masks: set[int] = set(range(1, 1 << count))
        else:
            forms = [self.problem.goal, *(form for _, form in self.problem.given)]
            masks = {row for form in forms for row in form if row < 1 << count}
            masks |= set(self.space.members)
        found = {
            mask: sum(n * whole.get(p, 0) for p, n in self.space.place(mask).items())
            for mask in sorted(masks)
        }
        shift = (1 << count) - self.first
        found |= {row + shift: value for row, value in whole.items() if row >= self.first}
        return Separation({row: Fraction(value) for row, value in found.items() if value})


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _value(form: Row, point: Row) -> Fraction:
    return sum((weight * point.get(row, 0) for row, weight in form.items()), Fraction(0))


def _coprime(point: Row) -> dict[int, int]:
    scale = lcm(*(value.denominator for value in point.values()))
    integers = {row: int(value * scale) for row, value in point.items() if value}
    common = gcd(*integers.values())
    return {row: v // common for row, v in sorted(integers.items())}
