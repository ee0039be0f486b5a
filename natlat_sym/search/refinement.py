"""Iterative refinement: a linear program is solved again for its scaled exact residual.

A floating solver cannot tell a claim from one that differs by less than its tolerance.  What is
left of the goal after subtracting the proposal exactly is small; scaled up, with the bounds shifted
and scaled alike, it makes another program of ordinary size, whose basis or Farkas vector is that of
the original program seen through a magnifying glass (Gleixner, Steffy, Wolter 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from natlat_sym.search.lp import basic_columns, clipped, linear_program, outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from natlat_sym.search.lp import Program

ROUNDS = 12  # each adds seven digits or more
FAR = 1e9  # a bound further off is left out

Column = Callable[[int], Mapping[int, int | Fraction]]


def refinements(
    program: Program, solver: Any, goal: Mapping[int, Fraction], column: Column
) -> Iterator[tuple[list[int], NDArray[np.float64] | None]]:
    """Solve a program ever more precisely.

    Parameters
    ----------
    program : Program
        What was solved.
    solver : highspy solver
        After the first run.
    goal : mapping
        The exact right hand side: row (from 1 on) to rational.
    column : callable
        The exact entries of a column, by row.

    Yields
    ------
    (list of int, ndarray or None)
        The columns of the basis of each step, the first one included; or, at last, a floating
        Farkas vector.  Nothing is decided here.
    """
    scaled = program
    exact: dict[int, Fraction] = {}
    scale = Fraction(1)
    for _ in range(ROUNDS):
        found = outcome(solver, scaled)
        if found.values is None or found.reduced is None:
            for ray in found.rays:
                yield [], ray
            return
        yield basic_columns(solver), None
        for j in np.flatnonzero(found.values).tolist():
            value = exact.get(j, Fraction(0)) + Fraction(float(found.values[j])) / scale
            exact[j] = value if np.isneginf(program.lower[j]) else max(value, Fraction(0))
        left = _residual(goal, exact, column)
        size = max(map(abs, left.values()), default=Fraction(0))
        if not size:
            return
        scale = Fraction(2) ** (size.denominator.bit_length() - size.numerator.bit_length())
        lower = np.where(np.isneginf(program.lower), program.lower, 0.0)
        cost = np.maximum(found.reduced, 0.0)
        for j, value in exact.items():
            room = clipped(scale * value)
            lower[j] = min(lower[j], -room if room < FAR else -np.inf)
            cost[j] = cost[j] if room < FAR else 0.0
        target = np.zeros(len(program.goal))
        for row, value in left.items():
            target[row - 1] = clipped(scale * value)
        scaled = program._replace(cost=cost, lower=lower, goal=target)
        solver = linear_program(scaled)


def _residual(
    goal: Mapping[int, Fraction], exact: Mapping[int, Fraction], column: Column
) -> dict[int, Fraction]:
    left = dict(goal)
    for j, weight in exact.items():
        for row, value in column(j).items():
            left[row] = left.get(row, Fraction(0)) - weight * value
    return {row: value for row, value in left.items() if value}
