"""Elimination over the integers without fractions, for small dense systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Reduced:
    """A system after elimination: pivot columns are those of the identity times `scale`.

    Attributes
    ----------
    pivots : tuple of int
        The pivot column of each of the first rows.
    scale : int
        What stands at every pivot.
    rows : tuple of tuple of int
        All rows; those after the first ``len(pivots)`` are zero in every unknown.
    count : int
        The number of unknowns; further columns are right-hand sides.
    """

    pivots: tuple[int, ...]
    scale: int
    rows: tuple[tuple[int, ...], ...]
    count: int

    @property
    def unique(self) -> bool:
        """Whether there is at most one solution."""
        return len(self.pivots) == self.count

    def inconsistent(self) -> int | None:
        """Return a right-hand side without a solution, if there is one."""
        for row in self.rows[len(self.pivots) :]:
            for place, value in enumerate(row[self.count :]):
                if value:
                    return place
        return None

    def solution(self, side: int) -> list[Fraction]:
        """Return the solution for one right-hand side, unknowns without a pivot zero."""
        found = [Fraction(0)] * self.count
        for row, pivot in zip(self.rows, self.pivots, strict=False):
            found[pivot] = Fraction(row[self.count + side], self.scale)
        return found

    def kernel(self) -> list[list[Fraction]]:
        """Return a basis of what the equations send to 0, a vector per unknown without pivot."""
        vectors = []
        for free in range(self.count):
            if free not in self.pivots:
                vector = [Fraction(0)] * self.count
                vector[free] = Fraction(1)
                for row, pivot in zip(self.rows, self.pivots, strict=False):
                    vector[pivot] = Fraction(-row[free], self.scale)
                vectors.append(vector)
        return vectors


def reduced(matrix: Matrix, count: int) -> Reduced:
    """Eliminate the first columns of an integer matrix.

    Parameters
    ----------
    matrix : sequence of rows of int
        Each row the coefficients of the unknowns, then the right-hand sides.
    count : int
        The number of unknowns.

    Returns
    -------
    Reduced

    Notes
    -----
    Every entry stays a minor of the matrix, so divisions are exact and numbers short.

    References
    ----------
    E. H. Bareiss, Sylvester's identity and multistep integer-preserving elimination (1968).

    Examples
    --------
    >>> system = reduced([[2, 1, 3], [1, 3, 4]], 2)
    >>> system.solution(0), system.unique
    ([Fraction(1, 1), Fraction(1, 1)], True)
    """
    rows = [list(row) for row in matrix]
    pivots: list[int] = []
    scale = 1
    for column in range(count):
        top = len(pivots)
        found = next((i for i in range(top, len(rows)) if rows[i][column]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        pivot_row = rows[top]
        pivot = pivot_row[column]
        for i, row in enumerate(rows):
            if i != top:
                factor = row[column]
                if factor:
                    rows[i] = [
                        (pivot * a - factor * b) // scale
                        for a, b in zip(row, pivot_row, strict=True)
                    ]
                elif pivot != scale:
                    rows[i] = [pivot * a // scale for a in row]
        pivots.append(column)
        scale = pivot
    return Reduced(tuple(pivots), scale, tuple(map(tuple, rows)), count)
