"""Exact linear algebra and linear programming over the rationals, without a tolerance.

The floating solver of `prover` proposes; where its proposal does not survive exact verification,
the functions here decide.  Rows are kept as primitive integer vectors, so that the work is integer
work with small numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm

Sparse = Mapping[int, int] | Mapping[int, Fraction] | Mapping[int, int | Fraction]


@dataclass(frozen=True)
class Feasibility:
    """The answer to "is there x >= 0 with A x = b", with its evidence.

    Attributes
    ----------
    solution : dict or None
        Column index to a positive rational, when there is such an x.
    separator : dict or None
        Otherwise a Farkas vector: row index to rational y with ``y . column >= 0`` for every
        column and ``y . b < 0``.
    """

    solution: dict[int, Fraction] | None
    separator: dict[int, Fraction] | None

    def __bool__(self) -> bool:
        return self.solution is not None


def nonnegative_solution(columns: Sequence[Sparse], target: Sparse) -> Feasibility:
    """Find x >= 0 with ``sum_j x_j * columns[j] == target``, or a vector that proves there is none.

    Parameters
    ----------
    columns : sequence of mappings
        Each column as row index to a non-zero rational.
    target : mapping
        Row index to rational.

    Returns
    -------
    Feasibility
        Exact; the same for the same input.

    Notes
    -----
    Phase one of the simplex method in integers: the entering column is the one with the largest
    reduced cost until the objective stalls, then the one with the smallest index (Bland 1977)
    until it moves again, so that no cycle is possible.

    Examples
    --------
    >>> nonnegative_solution([{0: 1, 1: 1}, {1: 1}], {0: 2, 1: 3}).solution
    {0: Fraction(2, 1), 1: Fraction(1, 1)}
    >>> nonnegative_solution([{0: 1}], {0: -1}).separator
    {0: Fraction(1, 1)}
    """
    return _Tableau(columns, target).solve()


class _Tableau:
    """Rows in integers: sum_j row[j] x_j = row[RHS]; artificial column of row i is count + i."""

    RHS = -1

    def __init__(self, columns: Sequence[Sparse], target: Sparse) -> None:
        self.names = sorted({r for c in columns for r in c} | set(target))
        place = {name: i for i, name in enumerate(self.names)}
        self.count = len(columns)
        rows: list[dict[int, Fraction]] = [{} for _ in self.names]
        for j, column in enumerate(columns):
            for name, value in column.items():
                if value:
                    rows[place[name]][j] = Fraction(value)
        for name, value in target.items():
            rows[place[name]][self.RHS] = Fraction(value)
        self.scale: list[Fraction] = []
        self.rows: list[dict[int, int]] = []
        for i, exact in enumerate(rows):
            scale = lcm(*(value.denominator for value in exact.values()))
            flip = -scale if exact.get(self.RHS, 0) < 0 else scale
            self.scale.append(Fraction(flip))
            integers = {j: int(value * flip) for j, value in exact.items() if value}
            self.rows.append({**integers, self.count + i: 1})
        self.basis = [self.count + i for i in range(len(rows))]
        self.cost: dict[int, int] = {}
        self.unit = 1  # the objective row stands for cost / unit
        for row in self.rows:
            for j, entry in row.items():
                if j < self.count:
                    self.cost[j] = self.cost.get(j, 0) + entry

    def solve(self) -> Feasibility:
        stalled = 0
        while self.cost.get(self.RHS, 0) > 0:
            entering = self._entering(bland=stalled > 8)
            if entering is None:
                return Feasibility(None, self._separator())
            stalled = 0 if self._pivot(entering) else stalled + 1
        values = {}
        for i, j in enumerate(self.basis):
            if j < self.count and self.rows[i].get(self.RHS):
                values[j] = Fraction(self.rows[i][self.RHS], self.rows[i][j])
        return Feasibility(dict(sorted(values.items())), None)

    def _entering(self, bland: bool) -> int | None:
        open_columns = [j for j, c in self.cost.items() if c > 0 and 0 <= j < self.count]
        if not open_columns:
            return None
        return min(open_columns) if bland else min(open_columns, key=lambda j: (-self.cost[j], j))

    def _pivot(self, j: int) -> bool:
        """Bring column j into the basis; tell whether the objective moved."""
        best: tuple[Fraction, int, int] | None = None
        for i, row in enumerate(self.rows):
            if row.get(j, 0) > 0:
                candidate = (Fraction(row.get(self.RHS, 0), row[j]), self.basis[i], i)
                if best is None or candidate < best:
                    best = candidate
        if best is None:  # cannot happen: the objective is bounded below by 0
            raise ArithmeticError("phase one cannot be unbounded")
        pivot = best[2]
        pivot_row = self.rows[pivot]
        for i, row in enumerate(self.rows):
            if i != pivot and row.get(j):
                self.rows[i] = _primitive(_eliminate(row, pivot_row, j))
        factor = pivot_row[j] // gcd(pivot_row[j], self.cost[j])
        self.cost = _eliminate(self.cost, pivot_row, j)
        self.unit *= factor
        common = gcd(self.unit, *self.cost.values())
        self.cost = {k: v // common for k, v in self.cost.items()}
        self.unit //= common
        self.basis[pivot] = j
        return best[0] > 0

    def _separator(self) -> dict[int, Fraction]:
        """Read the dual off the artificial columns: y_i = 1 + (reduced cost of artificial i)."""
        found = {}
        for i, name in enumerate(self.names):
            dual = 1 + Fraction(self.cost.get(self.count + i, 0), self.unit)
            if dual:
                found[name] = -dual * self.scale[i]
        return found


def _eliminate(row: dict[int, int], pivot_row: dict[int, int], j: int) -> dict[int, int]:
    """Return a positive multiple of row, minus a multiple of pivot_row, with entry j zero."""
    common = gcd(row[j], pivot_row[j])
    up, down = pivot_row[j] // common, row[j] // common
    result = {k: up * v for k, v in row.items()} if up != 1 else dict(row)
    for k, v in pivot_row.items():
        value = result.get(k, 0) - down * v
        if value:
            result[k] = value
        else:
            result.pop(k, None)
    return result


def _primitive(row: dict[int, int]) -> dict[int, int]:
    common = gcd(*row.values())
    return {k: v // common for k, v in row.items()} if common > 1 else row


def solve_sparse(columns: Sequence[Sparse], target: Sparse) -> dict[int, Fraction] | None:
    """Solve ``sum_j x_j * columns[j] == target`` exactly, without sign conditions.

    Parameters
    ----------
    columns : sequence of mappings
        Each column as row index to a non-zero rational; meant to be linearly independent.
    target : mapping
        Row index to rational.

    Returns
    -------
    dict or None
        Column index to non-zero rational; ``None`` when there is no solution.  Columns that the
        equations leave free are given the value 0.

    Notes
    -----
    Elimination over sparse rows, the row with the fewest unknowns first.

    Examples
    --------
    >>> solve_sparse([{0: 2}, {0: 1, 1: 3}], {0: 1, 1: 1})
    {0: Fraction(1, 3), 1: Fraction(1, 3)}
    """
    rows: dict[int, dict[int, Fraction]] = {name: {_RHS: Fraction(v)} for name, v in target.items()}
    for j, column in enumerate(columns):
        for name, value in column.items():
            rows.setdefault(name, {})[j] = Fraction(value)
    holders = [set(column) for column in columns]
    done: list[tuple[int, dict[int, Fraction]]] = []
    waiting = [(len(row.keys() - {_RHS}), name) for name, row in rows.items()]
    heapify(waiting)
    while waiting:
        size, name = heappop(waiting)
        unknowns = [j for j in rows.get(name, ()) if j != _RHS]
        if name not in rows or len(unknowns) != size:
            continue  # done, or changed and waiting again under its new size
        row = rows.pop(name)
        if not unknowns:
            if row.get(_RHS):
                return None
            continue
        pivot = min(unknowns, key=lambda j: (len(holders[j]), j))
        for j in unknowns:
            holders[j].discard(name)
        for other in sorted(holders[pivot]):
            _subtract(rows[other], row, pivot, other, holders)
            heappush(waiting, (len(rows[other].keys() - {_RHS}), other))
        done.append((pivot, row))
    return _substitute_back(done)


_RHS = -1


def _subtract(
    row: dict[int, Fraction],
    pivot_row: dict[int, Fraction],
    pivot: int,
    name: int,
    holders: list[set[int]],
) -> None:
    factor = row[pivot] / pivot_row[pivot]
    for j, value in pivot_row.items():
        left = row.get(j, 0) - factor * value
        if left:
            row[j] = left
            if j != _RHS:
                holders[j].add(name)
        else:
            row.pop(j, None)
            if j != _RHS:
                holders[j].discard(name)


def _substitute_back(done: list[tuple[int, dict[int, Fraction]]]) -> dict[int, Fraction]:
    values: dict[int, Fraction] = {}
    for pivot, row in reversed(done):
        known = sum((row[j] * values.get(j, 0) for j in row if j not in (_RHS, pivot)), Fraction(0))
        values[pivot] = (row.get(_RHS, Fraction(0)) - known) / row[pivot]
    return {j: value for j, value in sorted(values.items()) if value}
