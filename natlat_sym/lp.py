"""The linear programs that propose proofs: HiGHS in floating point, nothing decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIMPLEX_UP_TO = 1000  # rows; above, the interior point method with crossover is faster


def linear_program(
    cost: NDArray[np.float64],
    lower: NDArray[np.float64],
    goal: NDArray[np.float64],
    matrix: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]],
) -> Any:
    """Run HiGHS on ``min cost.x`` with ``matrix x = goal``, ``x >= lower``; return the solver.

    Parameters
    ----------
    cost, lower : ndarray
        One number per column.
    goal : ndarray
        One number per row.
    matrix : (starts, row indices, values)
        Compressed columns.

    Returns
    -------
    highspy solver
        A proposal only: floating point.
    """
    import highspy

    starts, index, value = matrix
    columns, rows = len(cost), len(goal)
    core: Any = highspy.Highs.__base__  # the subclass prints a banner before it can be silenced
    solver = core()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex" if rows <= SIMPLEX_UP_TO else "ipm")
    shape = (columns, rows, len(value), int(highspy.MatrixFormat.kColwise))
    sense = (int(highspy.ObjSense.kMinimize), 0.0)
    upper = np.full(columns, highspy.kHighsInf)
    kinds = np.zeros(columns, dtype=np.int32)
    solver.passModel(*shape, *sense, cost, lower, upper, goal, goal, starts, index, value, kinds)
    solver.run()
    return solver


def farkas_vector(solver: Any) -> NDArray[np.float64] | None:
    """Return a floating Farkas vector of an infeasible program, if the solver has one.

    The interior point method leaves it to the simplex method.
    """
    _, has_ray, ray = solver.getDualRay()
    if not has_ray:
        solver.setOptionValue("solver", "simplex")
        solver.run()
        _, has_ray, ray = solver.getDualRay()
    return np.array(ray) if has_ray else None
