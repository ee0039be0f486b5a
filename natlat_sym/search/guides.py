"""The point that guides the search for a law: the least of all that separate a goal.

A Farkas vector depends on the path of the solver.  Among the polymatroids that satisfy the
hypotheses and have the goal at -1, the one with the least weighted sum of entropies, for fixed
random weights, does not; with it, neither do the laws that are found.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from natlat_sym.search.problems import Problem, Separation
from natlat_sym.search.spaces import all_subsets
from natlat_sym.search.system import System

MAX_VARIABLES = 8


def least_separation(problem: Problem, found: Separation) -> Separation:
    """Return the least point that separates a goal from the hypotheses.

    Parameters
    ----------
    problem : Problem
        With up to 8 variables; beyond, the point that was found is returned.
    found : Separation
        Any point that does it.

    Returns
    -------
    Separation
        Verified exactly.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from natlat_sym.search.prover import derive
    >>> problem = Problem(("X", "Y"), (), {1: Fraction(-1), 2: Fraction(1)}, ())
    >>> {mask: int(x) for mask, x in least_separation(problem, derive(problem)).values.items()}
    {1: 1, 3: 1}
    """
    if len(problem.variables) > MAX_VARIABLES:
        return found
    system = System(problem, all_subsets(len(problem.variables)))
    try:
        point = _point(system)
    except OverflowError:  # a coefficient beyond the range of floats
        return found
    exact = None if point is None else system.exact_ray(point)
    return found if exact is None else system.point(exact)


def _point(system: System) -> Any:
    """Minimise a fixed weighting over the points with the goal at -1, in floating point."""
    import highspy

    starts, index, value = system.matrix()
    count, rows = system.units[-1], len(starts)
    infinite = highspy.kHighsInf
    upper = np.full(rows, infinite)
    for place, (equality, _) in enumerate(system.given, rows - 1 - len(system.given)):
        if equality:
            upper[place] = 0.0
    lower = np.zeros(rows)
    lower[-1] = upper[-1] = -1.0
    goal = sorted(system.goal)
    starts = np.append(starts, starts[-1] + len(goal)).astype(np.int32)
    index = np.append(index, [row - 1 for row in goal]).astype(np.int32)
    value = np.append(value, [float(system.goal[row]) for row in goal])
    dice = random.Random(1)
    cost = np.array([1 + dice.random() for _ in range(count)])
    core: Any = highspy.Highs.__base__  # the subclass prints a banner before it can be silenced
    solver = core()
    solver.setOptionValue("output_flag", False)
    shape = (count, rows, len(value), int(highspy.MatrixFormat.kRowwise))
    sense = (int(highspy.ObjSense.kMinimize), 0.0)
    bounds = (np.zeros(count), np.full(count, infinite), lower, upper)
    kinds = np.zeros(count, dtype=np.int32)
    solver.passModel(*shape, *sense, cost, *bounds, starts, index, value, kinds)
    solver.run()
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(solver.getSolution().col_value) if optimal else None
