"""Deciding whether P[M|x] T = P[L|x] has a stochastic solution T, exactly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from itertools import islice

from natlat_sym.exact.eliminate import reduced
from natlat_sym.exact.scalars import over_common
from natlat_sym.exact.simplex import nonnegative_solution

Label = Hashable
Decision = dict[tuple[tuple[Label, ...], tuple[Label, ...]], Fraction]
Stochastic = dict[tuple[Label, ...], dict[tuple[Label, ...], Fraction]]


class Question:
    """Is there T >= 0 with rows that sum to 1 and P[M|x] T = P[L|x] for every x?"""

    def __init__(self, left: Stochastic, right: Stochastic) -> None:
        self.left, self.right = left, right
        self.points = list(left)
        self.sources = sorted({m for row in left.values() for m in row}, key=str)
        self.targets = sorted({label for row in right.values() for label in row}, key=str)
        # Each equation by its own scale, all right-hand sides by one: short integers on the left.
        self.scales: list[int] = []
        coefficients, sides = [], []
        for x in self.points:
            whole, scale = over_common([left[x].get(m, Fraction(0)) for m in self.sources])
            coefficients.append(whole)
            sides.append([scale * right[x].get(label, Fraction(0)) for label in self.targets])
            self.scales.append(scale)
        flat, self.common = over_common([value for row in sides for value in row])
        values = iter(flat)
        self.matrix = [[*row, *islice(values, len(self.targets))] for row in coefficients]
        self.system = reduced(self.matrix, len(self.sources))

    def by_elimination(self) -> tuple[Stochastic | None, Decision] | None:
        """Decide it where at most one T solves the equations; None otherwise.

        Such a T has rows that sum to 1 by itself, because both channels have.
        """
        wrong = self.system.inconsistent()
        if wrong is not None:
            return None, self._weights(wrong, None)
        if not self.system.unique:
            return None
        columns = [self.system.solution(side) for side in range(len(self.targets))]
        for side, column in enumerate(columns):
            for place, mass in enumerate(column):
                if mass < 0:
                    return None, self._weights(side, place)
        return {
            m: {
                label: column[place] / self.common
                for label, column in zip(self.targets, columns, strict=True)
                if column[place]
            }
            for place, m in enumerate(self.sources)
        }, {}

    def _weights(self, side: int, place: int | None) -> Decision:
        """Return a decision problem about one label of L, worth nothing to any use of M.

        With u A = e_m and (u B)_l < 0, or u A = 0 and (u B)_l < 0, betting -u(x) on l pays L and
        not M.
        """
        count = len(self.sources)
        equations = [[row[k] for row in self.matrix] for k in range(count)]
        goal = [int(k == place) for k in range(count)]
        if place is None:
            equations.append([row[count + side] for row in self.matrix])
            goal.append(-1)
        system = [[*row, value] for row, value in zip(equations, goal, strict=True)]
        found = reduced(system, len(self.points)).solution(0)
        bets = {x: -u * scale for x, u, scale in zip(self.points, found, self.scales, strict=True)}
        return {
            (x, label): bets[x] if label == self.targets[side] else Fraction(0)
            for x in self.points
            for label in self.targets
        }

    def answer(self) -> tuple[Stochastic | None, Decision]:
        """Return T, or None and a decision problem that L answers better than M can."""
        quick = self.by_elimination()
        if quick is not None:
            return quick
        free = len(self.sources) - len(self.system.pivots)
        kernel_rows = free * (len(self.targets) - 1) + 1
        plain_rows = len(self.points) * len(self.targets) + len(self.sources)
        return self.by_kernel() if kernel_rows < plain_rows else self.by_programming()

    def by_kernel(self) -> tuple[Stochastic | None, Decision]:
        """Decide it among the solutions of the equations: one of them, and the kernel of P[M|X].

        T = T0 + K Z with A K = 0, and rows of T sum to 1 by the choice of the last column.  Either
        some Z makes T >= 0, or some Y >= 0 has K'(Y_l - Y_last) = 0 for every l and <Y, T0> = -1;
        then u_l A = Y_l - Y_last, and betting -u_l(x) on l earns L at least 1 more than M.
        """
        start, kernel = self._start(), self.system.kernel()
        last = len(self.targets) - 1
        columns = []
        for m in range(len(self.sources)):
            for side in range(last + 1):
                column = {0: start[m][side]} if start[m][side] else {}
                for k, vector in enumerate(kernel):
                    if vector[m]:
                        for other in range(last) if side == last else (side,):
                            sign = -1 if side == last else 1
                            column[1 + k * last + other] = sign * vector[m]
                columns.append(column)
        answer = nonnegative_solution(columns, {0: Fraction(-1)})
        if answer.solution is None:
            return self._shifted(start, kernel, answer.separator or {}), {}
        size = last + 1
        found = [
            [answer.solution.get(m * size + side, Fraction(0)) for side in range(size)]
            for m in range(len(self.sources))
        ]
        return None, self._bets([[row[side] - row[last] for side in range(size)] for row in found])

    def _start(self) -> list[list[Fraction]]:
        """Return one solution of the equations whose rows sum to 1, by label of M."""
        sides = [self.system.solution(side) for side in range(len(self.targets))]
        rows = [[value / self.common for value in row] for row in zip(*sides, strict=True)]
        for row in rows:
            row[-1] += 1 - sum(row, Fraction(0))
        return rows

    def _shifted(
        self,
        start: list[list[Fraction]],
        kernel: list[list[Fraction]],
        separator: Mapping[int, Fraction],
    ) -> Stochastic:
        last = len(self.targets) - 1
        unit = separator[0]
        channel: Stochastic = {}
        for m, name in enumerate(self.sources):
            row = list(start[m])
            for k, vector in enumerate(kernel):
                for side in range(last):
                    step = vector[m] * separator.get(1 + k * last + side, Fraction(0)) / unit
                    row[side] += step
                    row[last] -= step
            channel[name] = {
                label: mass for label, mass in zip(self.targets, row, strict=True) if mass
            }
        return channel

    def _bets(self, wanted: list[list[Fraction]]) -> Decision:
        """Return weights -u_l(x) with u_l A the column l of a matrix over the labels of M."""
        flat, _ = over_common([value for row in wanted for value in row])
        values, count = iter(flat), len(self.sources)
        system = [
            [*(row[k] for row in self.matrix), *islice(values, len(self.targets))]
            for k in range(count)
        ]
        solved = reduced(system, len(self.points))
        found: Decision = {}
        for side, label in enumerate(self.targets):
            for x, u, scale in zip(self.points, solved.solution(side), self.scales, strict=True):
                found[x, label] = -u * scale
        return found

    def by_programming(self) -> tuple[Stochastic | None, Decision]:
        """Decide it by linear programming over the rationals."""
        size, count = len(self.targets), len(self.points) * len(self.targets)
        columns = []
        for k, m in enumerate(self.sources):
            for j in range(size):
                place = {
                    i * size + j: self.left[x][m]
                    for i, x in enumerate(self.points)
                    if m in self.left[x]
                }
                columns.append({**place, count + k: Fraction(1)})
        goal = {
            i * size + j: self.right[x][label]
            for i, x in enumerate(self.points)
            for j, label in enumerate(self.targets)
            if label in self.right[x]
        }
        goal |= {count + k: Fraction(1) for k in range(len(self.sources))}
        answer = nonnegative_solution(columns, goal)
        if answer.solution is not None:
            channel: Stochastic = {m: {} for m in self.sources}
            for column, value in answer.solution.items():
                channel[self.sources[column // size]][self.targets[column % size]] = value
            return channel, {}
        vector = answer.separator or {}
        return None, {
            (x, label): -vector.get(i * size + j, Fraction(0))
            for i, x in enumerate(self.points)
            for j, label in enumerate(self.targets)
        }
