"""Laws with small amounts of information, for claims that compare amounts with numbers.

A law is diluted when it is itself with some probability only, constant otherwise, and all variables
know when: amounts that are conditional on a variable shrink by that factor exactly.  Laws that take
turns add up, and so do independent ones.  So which small laws to take, and how much of each, is a
linear program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, lcm, prod

import numpy as np

from natlat_sym.search.lp import Program, clipped, linear_program, outcome
from natlat_sym.search.prover import Problem, Row
from natlat_sym.search.sketch import Sketch, numbered

MAX_VARIABLES = 6
MOST_POINTS = 4096
MOST_COPIES = MOST_POINTS.bit_length() - 1  # of a bit
DENOMINATORS = (1, 10, 100, 1000, 10**6)
FLOOR = 1e-9
Part = tuple[Sketch, Fraction]


def diluted(problem: Problem, laws: Sequence[Sketch], heights: np.ndarray) -> Iterator[Sketch]:
    """Yield sums of diluted laws that seem to meet the hypotheses and to violate the goal.

    Parameters
    ----------
    problem : Problem
        Without symbols, with a number in the goal or in a hypothesis; others yield nothing.
    laws : sequence of Sketch
        What may be diluted.
    heights : ndarray, shape (laws, 2**variables)
        Their joint entropies, in bits.

    Returns
    -------
    iterator of Sketch
        Candidates, to be decided exactly by the caller.
    """
    one = 1 << len(problem.variables)
    rows = [problem.goal, *(row for _, row in problem.given)]
    if problem.symbols or not problem.given or not any(row.get(one) for row in rows):
        return
    weights = _weights(problem, heights)
    parts = [(law, weight) for law, weight in zip(laws, weights, strict=True) if weight > FLOOR]
    own = lcm(*(Fraction(weight).denominator for row in rows for weight in row.values()))
    tried = [own] * (own < DENOMINATORS[-1]) + [*DENOMINATORS]
    for below in dict.fromkeys(tried) if parts else ():
        shares = [(law, Fraction(int(weight * below + FLOOR), below)) for law, weight in parts]
        shares = [(law, share) for law, share in shares if share]
        if shares and _has_few_points(shares):
            yield _summed(shares)


def _weights(problem: Problem, heights: np.ndarray) -> Sequence[float]:
    """Return how much of each law makes the goal least, in floats; nothing where no laws do.

    Where the goal has no least value, how much breaks it by a bit with the least joint entropy.
    """
    one, cost = 1 << len(problem.variables), _values(problem.goal, heights)
    found = _least(cost, [*problem.given], heights)
    if found is None:
        broken = {mask: -weight for mask, weight in problem.goal.items()}
        broken[one] = broken.get(one, Fraction(0)) - 1
        found = _least(heights[:, -1], [*problem.given, (False, broken)], heights)
    return [0.0] * len(heights) if found is None else found


def _least(
    cost: np.ndarray, given: Sequence[tuple[bool, Row]], heights: np.ndarray
) -> Sequence[float] | None:
    count, one = heights.shape
    loose = [index for index, (equality, _) in enumerate(given) if not equality]
    table = np.array([_values(row, heights) for _, row in given]).reshape(-1, count)
    slack = np.zeros((len(given), len(loose)))
    slack[loose, range(len(loose))] = -1
    matrix = np.hstack([table, slack])
    costs = np.concatenate([cost, np.zeros(len(loose))])
    goal = np.array([-clipped(Fraction(row.get(one, 0))) for _, row in given])
    program = Program(costs, np.zeros(matrix.shape[1]), goal, _compressed(matrix), simplex=True)
    found = outcome(linear_program(program), program)
    return None if found.values is None else found.values[:count].tolist()


def _values(row: Row, heights: np.ndarray) -> np.ndarray:
    vector = np.zeros(heights.shape[1])
    for mask, weight in row.items():
        if mask < len(vector):
            vector[mask] = clipped(weight)
    return np.asarray(heights @ vector)


def _compressed(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns, rows = np.nonzero(matrix.T)
    starts = np.searchsorted(columns, np.arange(matrix.shape[1] + 1)).astype(np.int32)
    return starts, rows.astype(np.int32), matrix.T[columns, rows].astype(np.float64)


def _has_few_points(parts: Sequence[Part]) -> bool:
    if max(share for _, share in parts) > MOST_COPIES:
        return False
    count: int = prod(len(law.weights) ** ceil(share) for law, share in parts)
    return count <= MOST_POINTS


def _summed(parts: Sequence[Part]) -> Sketch:
    """Return whole copies of laws beside each other, and what is left of the shares in turns."""
    factors = [law for law, share in parts for _ in range(int(share))]
    left = [(law, share % 1) for law, share in parts if share % 1]
    if sum(share for _, share in left) <= 1:
        factors += [_in_turns(left)] if left else []
    else:
        factors += [_in_turns([part]) for part in left]
    weights = tuple(prod(point) for point in product(*(factor.weights for factor in factors)))
    count = len(factors[0].labels)
    places = [
        product(*(factor.labels[variable] for factor in factors)) for variable in range(count)
    ]
    labels = tuple(numbered(tuple(place)) for place in places)
    return Sketch(weights, labels, "diluted parities")


def _in_turns(parts: Sequence[Part]) -> Sketch:
    """Return the law that is each of some laws with a probability, and constant otherwise."""
    count = len(parts[0][0].labels)
    off = 1 - sum(share for _, share in parts)
    masses = [off] if off else []
    labels: list[list[object]] = [["off"] * len(masses) for _ in range(count)]
    for turn, (law, share) in enumerate(parts):
        masses += [share * weight / sum(law.weights) for weight in law.weights]
        for listed, labelling in zip(labels, law.labels, strict=True):
            listed += [(turn, label) for label in labelling]
    below = lcm(*(mass.denominator for mass in masses))
    weights = tuple(int(mass * below) for mass in masses)
    return Sketch(weights, tuple(numbered(listed) for listed in labels), "diluted parities")
