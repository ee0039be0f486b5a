"""The linear programs that propose proofs: HiGHS in floating point, nothing decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RAY_DENOMINATORS = (*range(1, 61), 5040)
MAX_NODES = 500
FAR = 10**60
SIMPLEX_UP_TO = 1000  # rows; above, the interior point method with crossover is faster


class Program(NamedTuple):
    """``min cost.x`` with ``matrix x = goal`` and ``x >= lower``.

    Attributes
    ----------
    cost, lower : ndarray
        One number per column.
    goal : ndarray
        One number per row.
    matrix : (starts, row indices, values)
        Compressed columns.
    simplex : bool
        Whether the simplex method shall be used whatever the size.
    """

    cost: NDArray[np.float64]
    lower: NDArray[np.float64]
    goal: NDArray[np.float64]
    matrix: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
    simplex: bool = False


class Outcome(NamedTuple):
    """What a solver says: an optimum, or Farkas vectors, or neither.

    Attributes
    ----------
    values, reduced : ndarray or None
        Floating multipliers of the columns, and their reduced costs.
    rays : iterator of ndarray
        Floating Farkas vectors, each made when it is asked for.
    """

    values: NDArray[np.float64] | None = None
    reduced: NDArray[np.float64] | None = None
    rays: Iterator[NDArray[np.float64]] = iter(())


def linear_program(program: Program) -> Any:
    """Run HiGHS; return the solver.

    Parameters
    ----------
    program : Program

    Returns
    -------
    highspy solver
        A proposal only: floating point.
    """
    solver, kinds = _solver(), np.zeros(len(program.cost), dtype=np.int32)
    fast = program.simplex or len(program.goal) <= SIMPLEX_UP_TO
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex" if fast else "ipm")
    _pass(solver, program, kinds, np.inf)
    return solver


def whole_columns(program: Program) -> NDArray[np.int64]:
    """Return columns that, taken once, are a good solution of a program; within some steps.

    Parameters
    ----------
    program : Program
        All entries of its columns and its goal are 0 or 1.

    Returns
    -------
    ndarray of int
        A proposal only: floating point.
    """
    solver, kinds = _solver(), np.ones(len(program.cost), dtype=np.int32)
    solver.setOptionValue("mip_max_nodes", MAX_NODES)
    _pass(solver, program, kinds, 1.0)
    return np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)


def _solver() -> Any:
    import highspy

    core: Any = highspy.Highs.__base__  # the subclass prints a banner before it can be silenced
    solver = core()
    solver.setOptionValue("output_flag", False)
    return solver


def _pass(solver: Any, program: Program, kinds: NDArray[np.int32], most: float) -> None:
    import highspy

    cost, lower, goal, (starts, index, value), _ = program
    shape = (len(cost), len(goal), len(value), int(highspy.MatrixFormat.kColwise))
    sense = (int(highspy.ObjSense.kMinimize), 0.0)
    upper = np.full(len(cost), most)
    solver.passModel(*shape, *sense, cost, lower, upper, goal, goal, starts, index, value, kinds)
    solver.run()


def run_again(solver: Any, goal: NDArray[np.float64]) -> None:
    """Run HiGHS for another right hand side; the simplex method from the basis it ended with.

    Parameters
    ----------
    solver : highspy solver
        After a run.
    goal : ndarray
        One number per row.
    """
    if solver.getOptionValue("solver")[1] == "ipm":
        solver.clearSolver()
    rows = np.arange(len(goal), dtype=np.int32)
    solver.changeRowsBounds(len(goal), rows, goal, goal)
    solver.run()


def outcome(solver: Any, program: Program) -> Outcome:
    """Return what a solver says after its run.

    Parameters
    ----------
    solver : highspy solver
    program : Program
        What it has solved.

    Returns
    -------
    Outcome
    """
    import highspy

    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Outcome(rays=farkas_vectors(solver, program))
    if status != highspy.HighsModelStatus.kOptimal:
        return Outcome()
    solution = solver.getSolution()
    return Outcome(np.array(solution.col_value), np.array(solution.col_dual))


def basic_columns(solver: Any) -> list[int]:
    """Return the columns of the basis that a solver ended with."""
    import highspy

    basic = highspy.HighsBasisStatus.kBasic
    return [j for j, status in enumerate(solver.getBasis().col_status) if status == basic]


def farkas_vectors(solver: Any, program: Program) -> Iterator[NDArray[np.float64]]:
    """Yield floating Farkas vectors of an infeasible program.

    The interior point method leaves none.  They are then the dual solutions of the program that
    may use the goal itself as a column and has no other costs; or the simplex method has one.
    """
    import highspy

    if solver.getOptionValue("solver")[1] == "ipm":
        relaxed = linear_program(_with_goal_as_column(program))
        if relaxed.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            yield np.array(relaxed.getSolution().row_dual)
        solver.setOptionValue("solver", "simplex")
        solver.run()
    _, has_ray, ray = solver.getDualRay()
    if has_ray:
        yield np.array(ray)


def _with_goal_as_column(program: Program) -> Program:
    starts, index, value = program.matrix
    rows = np.flatnonzero(program.goal).astype(np.int32)
    matrix = (
        np.append(starts, starts[-1] + len(rows)).astype(np.int32),
        np.concatenate([index, rows]),
        np.concatenate([value, program.goal[rows]]),
    )
    cost = np.append(np.zeros_like(program.cost), 1.0)
    return program._replace(cost=cost, lower=np.append(program.lower, 0.0), matrix=matrix)


def rounded_rays(
    ray: NDArray[np.float64], signs: Sequence[int] = (1, -1)
) -> Iterator[NDArray[np.int64]]:
    """Yield integer vectors, entry 0 first, that a floating Farkas vector rounds to.

    Parameters
    ----------
    ray : ndarray
        One number per row, up to a factor.
    signs : sequence of int
        The signs that the factor may have.

    Yields
    ------
    ndarray
        With the smallest entry or the largest as the unit.
    """
    sizes = np.abs(ray)
    sizes = sizes[sizes > 1e-7 * max(float(sizes.max(initial=0.0)), 1e-30)]
    for base in sorted({float(sizes.min()), float(sizes.max())}) if len(sizes) else ():
        for sign in signs:
            scaled = ray * (sign / base)
            if np.abs(scaled).max() > 1e6:
                continue
            for denominator in RAY_DENOMINATORS:
                heights = np.rint(scaled * denominator).astype(np.int64)
                yield np.concatenate([[0], heights])


def clipped(value: Fraction) -> float:
    """Return a number as a float, one beyond 10^60 as that: floats only screen.

    Examples
    --------
    >>> clipped(Fraction(1, 4)), clipped(Fraction(-(10**400)))
    (0.25, -1e+60)
    """
    return float(value) if abs(value) < FAR else float(FAR if value > 0 else -FAR)
