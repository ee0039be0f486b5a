"""Untrusted search for proofs: HiGHS proposes, rationals decide.

A goal ``g >= 0`` over joint entropies, symbols and the constant follows from hypotheses by Shannon
inequalities just when g is a sum of non-negative multiples of terms and of multiples of the
hypotheses.  One linear program in the multipliers, minimising a fixed random positive weighting,
gives a proof or a Farkas vector, that is a polymatroid that satisfies the hypotheses and violates
the goal.  Either is rounded, then verified in exact arithmetic; what does not survive is solved
again exactly, so no answer depends on a tolerance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import gcd, lcm
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.elementals import Term, all_terms, elemental_terms, merge_terms
from natlat_sym.errors import InvalidInput
from natlat_sym.lp import farkas_vector, linear_program
from natlat_sym.simplex import nonnegative_solution, solve_sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = dict[int, Fraction]
MAX_VARIABLES = 12
SHORT_PROOFS_UP_TO = 5  # variables; below this every term is a column, for shorter proofs
DENOMINATORS = (1, 12, 1000)
RAY_DENOMINATORS = (*range(1, 61), 5040)


@dataclass(frozen=True)
class Problem:
    """A goal and hypotheses as rows of numbers.

    Row ``mask`` (1 to 2**n - 1) is the joint entropy of the variables in the mask, row
    ``2**n + k`` the k-th symbol; the last row is the constant.

    Attributes
    ----------
    variables, symbols : tuple of str
        Both sorted.
    goal : dict
        The form that shall be shown to be non-negative.
    given : tuple of (bool, dict)
        Each hypothesis: whether it is an equality, and the form that is non-negative or zero.
    """

    variables: tuple[str, ...]
    symbols: tuple[str, ...]
    goal: Row
    given: tuple[tuple[bool, Row], ...]

    @property
    def units(self) -> range:
        """The rows that are non-negative by themselves: symbols, then the constant."""
        start = 1 << len(self.variables)
        return range(start, start + len(self.symbols) + 1)

    @cached_property
    def terms(self) -> NDArray[np.int64]:
        """The terms used as columns."""
        return _terms(len(self.variables))


@dataclass(frozen=True)
class Derivation:
    """Multipliers that add up to the goal, all verified.

    Attributes
    ----------
    terms : dict
        Term to positive weight.
    units : dict
        Row of a symbol or of the constant to positive weight.
    given : dict
        Index of a hypothesis to weight.
    """

    terms: dict[Term, Fraction]
    units: Row
    given: dict[int, Fraction]


@dataclass(frozen=True)
class Separation:
    """A point that satisfies every Shannon inequality and the hypotheses, and violates the goal.

    Attributes
    ----------
    values : dict
        Row to non-zero rational; a polymatroid on the entropy rows.
    """

    values: Row


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
        With more than 12 variables.

    Examples
    --------
    >>> goal = {0b01: Fraction(1), 0b10: Fraction(1), 0b11: Fraction(-1)}
    >>> derive(Problem(("X", "Y"), (), goal, ())).terms
    {Term(first=1, second=2, given=0): Fraction(1, 1)}
    """
    if len(problem.variables) > MAX_VARIABLES:
        raise InvalidInput(
            f"expected at most {MAX_VARIABLES} variables, got {len(problem.variables)};"
            " join variables into groups or prove the claim in steps"
        )
    goal = {row: value for row, value in problem.goal.items() if value}
    if not goal:
        return Derivation({}, {}, {})
    try:
        multipliers, ray = _propose(problem)
    except OverflowError:  # a coefficient beyond the range of floats
        return _exactly(problem)
    found: Derivation | Separation | None = None
    if multipliers is not None:
        found = _exact_multipliers(problem, multipliers)
    elif ray is not None:
        found = _exact_ray(problem, ray)
    return found if found is not None else _exactly(problem)


@cache
def _terms(count: int) -> NDArray[np.int64]:
    return all_terms(count) if count <= SHORT_PROOFS_UP_TO else elemental_terms(count)


# ---- columns: terms, then symbols and the constant, then hypotheses ----


def _matrix(
    problem: Problem,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return the columns compressed (starts, row indices, values); row r has index r - 1."""
    a, b, c = problem.terms.T
    pair = b > 0
    rows = np.stack([a | c, np.where(pair, b | c, 0), np.where(pair, a | b | c, 0), c], axis=1)
    values = np.broadcast_to(np.array([1.0, 1.0, -1.0, -1.0]), rows.shape)
    keep = rows > 0
    lengths = [keep.sum(axis=1), np.ones(len(problem.units), dtype=np.int64)]
    index, value = (
        [rows[keep], np.array(problem.units)],
        [values[keep], np.ones(len(problem.units))],
    )
    for _, form in problem.given:
        lengths.append(np.array([len(form)]))
        index.append(np.array(sorted(form)))
        value.append(np.array([float(form[row]) for row in sorted(form)]))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    return (
        starts.astype(np.int32),
        (np.concatenate(index) - 1).astype(np.int32),
        np.concatenate(value).astype(np.float64),
    )


def _propose(
    problem: Problem,
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """Return floating multipliers of the columns, or a floating Farkas vector, or neither."""
    import highspy

    starts, index, value = _matrix(problem)
    columns, rows = len(starts) - 1, problem.units[-1]
    infinity = highspy.kHighsInf
    lower = np.zeros(columns)
    cost = np.zeros(columns)
    dice = random.Random(0)
    positive = columns - len(problem.given)
    cost[:positive] = [1 + dice.random() for _ in range(positive)]
    for position, (equality, _) in enumerate(problem.given, positive):
        lower[position] = -infinity if equality else 0.0
        cost[position] = 0.0 if equality else dice.random()
    goal = np.zeros(rows)
    for row, number in problem.goal.items():
        goal[row - 1] = float(number)
    solver = linear_program(cost, lower, goal, (starts, index, value))
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None, farkas_vector(solver)
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return np.array(solver.getSolution().col_value), None
    return None, None


# ---- exact multipliers ----


def _exact_multipliers(problem: Problem, proposal: NDArray[np.float64]) -> Derivation | None:
    support = [int(j) for j in np.flatnonzero(np.abs(proposal) > 1e-9)]
    columns = dict(zip(support, _pick(problem, support), strict=True))
    for denominator in DENOMINATORS:
        rounded = {
            j: Fraction(round(float(proposal[j]) * denominator), denominator) for j in support
        }
        if _adds_up(problem, columns, rounded):
            return _derivation(problem, rounded)
    solved = solve_sparse([columns[j] for j in support], problem.goal)
    if solved is None:
        return None
    exact = {support[k]: value for k, value in solved.items()}
    return _derivation(problem, exact) if _adds_up(problem, columns, exact) else None


def _pick(problem: Problem, support: Sequence[int]) -> Iterator[Row | dict[int, int]]:
    count = len(problem.terms)
    for j in support:
        if j < count:
            yield Term(*problem.terms[j].tolist()).expansion()
        elif j < count + len(problem.units):
            yield {problem.units[j - count]: 1}
        else:
            yield problem.given[j - count - len(problem.units)][1]


def _adds_up(
    problem: Problem,
    columns: Mapping[int, Mapping[int, int | Fraction]],
    weights: Mapping[int, Fraction],
) -> bool:
    first = len(problem.terms) + len(problem.units)
    left = dict(problem.goal)
    for j, weight in weights.items():
        if weight < 0 and not (j >= first and problem.given[j - first][0]):
            return False
        for row, value in columns[j].items():
            left[row] = left.get(row, Fraction(0)) - weight * value
    return not any(left.values())


def _derivation(problem: Problem, weights: Mapping[int, Fraction]) -> Derivation:
    count, units = len(problem.terms), len(problem.units)
    terms: dict[Term, Fraction] = {}
    extra: Row = {}
    given: dict[int, Fraction] = {}
    for j, weight in sorted(weights.items()):
        if not weight:
            continue
        if j < count:
            terms[Term(*problem.terms[j].tolist())] = weight
        elif j < count + units:
            extra[problem.units[j - count]] = weight
        else:
            given[j - count - units] = weight
    return Derivation(merge_terms(terms), extra, given)


# ---- exact polymatroids ----


def _exact_ray(problem: Problem, ray: NDArray[np.float64]) -> Separation | None:
    sizes = np.abs(ray)
    sizes = sizes[sizes > 1e-7 * max(float(sizes.max(initial=0.0)), 1e-30)]
    for base in sorted({float(sizes.min()), float(sizes.max())}) if len(sizes) else ():
        for sign in (1, -1):
            scaled = ray * (sign / base)
            if np.abs(scaled).max() > 1e6:
                continue
            for denominator in RAY_DENOMINATORS:
                found = _verified(problem, np.rint(scaled * denominator).astype(np.int64))
                if found is not None:
                    return found
    return None


def _verified(problem: Problem, values: NDArray[np.int64]) -> Separation | None:
    """Return the separation by these integers (row r at place r - 1) if it is one."""
    heights = np.concatenate([[0], values])
    if not _is_separating(problem, heights):
        return None
    point = {row: Fraction(int(value)) for row, value in enumerate(heights) if value}
    return _reduced(point)


def _is_separating(problem: Problem, heights: NDArray[np.int64]) -> bool:
    a, b, c = elemental_terms(len(problem.variables)).T
    pair = heights[a | c] - heights[c]
    pair += np.where(b > 0, heights[b | c] - heights[a | b | c], 0)
    if pair.min(initial=0) < 0 or any(heights[unit] < 0 for unit in problem.units):
        return False
    return _meets(problem, {row: Fraction(int(v)) for row, v in enumerate(heights) if v})


def _meets(problem: Problem, point: Row) -> bool:
    """Whether the point meets the hypotheses and violates the goal."""
    for equality, form in problem.given:
        value = _value(form, point)
        if value < 0 or (equality and value):
            return False
    return _value(problem.goal, point) < 0


def _value(form: Row, point: Row) -> Fraction:
    return sum((weight * point.get(row, 0) for row, weight in form.items()), Fraction(0))


def _reduced(point: Row) -> Separation:
    """Scale to coprime integers."""
    scale = lcm(*(value.denominator for value in point.values()))
    integers = {row: int(value * scale) for row, value in point.items() if value}
    common = gcd(*integers.values())
    return Separation({row: Fraction(v // common) for row, v in sorted(integers.items())})


# ---- the exact fallback ----


def _exactly(problem: Problem) -> Derivation | Separation:
    """Decide by the rational simplex over elemental terms."""
    terms = [Term(*row) for row in elemental_terms(len(problem.variables)).tolist()]
    columns: list[Mapping[int, int | Fraction]] = [term.expansion() for term in terms]
    columns += [{unit: 1} for unit in problem.units]
    columns += [form for _, form in problem.given]
    mirrored = [k for k, (equality, _) in enumerate(problem.given) if equality]
    columns += [{r: -v for r, v in problem.given[k][1].items()} for k in mirrored]
    answer = nonnegative_solution(columns, problem.goal)
    if answer.solution is None:
        return _reduced({r: v for r, v in (answer.separator or {}).items() if v})
    weights: dict[Term, Fraction] = {}
    units: Row = {}
    given: dict[int, Fraction] = {}
    first = len(terms) + len(problem.units)
    for j, weight in answer.solution.items():
        if j < len(terms):
            weights[terms[j]] = weight
        elif j < first:
            units[problem.units[j - len(terms)]] = weight
        else:
            k = j - first
            sign = 1 if k < len(problem.given) else -1
            k = k if sign > 0 else mirrored[k - len(problem.given)]
            given[k] = given.get(k, Fraction(0)) + sign * weight
    return Derivation(merge_terms(weights), units, {k: w for k, w in given.items() if w})
