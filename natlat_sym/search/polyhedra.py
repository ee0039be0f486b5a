"""Exact vertices of up-closed polyhedra, by the double description method in integers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

Vector = tuple[int, ...]
Point = tuple[Fraction, ...]


class UpClosed:
    """The points ``c >= 0`` with ``normal * c >= bound`` for some cuts with ``normal >= 0``.

    Such a set contains with a point everything above it, so its vertices are its minimal corners.

    Parameters
    ----------
    dimension : int
        How many coordinates.

    Examples
    --------
    >>> region = UpClosed(2)
    >>> region.cut([1, 1], 2)
    >>> region.cut([1, 3], 3)
    >>> [tuple(map(str, corner)) for corner in region.vertices()]
    [('0', '2'), ('3/2', '1/2'), ('3', '0')]
    """

    def __init__(self, dimension: int) -> None:
        # The cone over the set: a ray (c, t) is the corner c/t, or a direction when t = 0.
        size = dimension + 1
        unit = [tuple(int(i == j) for j in range(size)) for i in range(size)]
        self._facets: list[Vector] = list(unit)
        self._rays: list[Vector] = list(unit)

    def cut(self, normal: Sequence[Fraction | int], bound: Fraction | int) -> None:
        """Keep the points with ``normal * c >= bound``.

        Parameters
        ----------
        normal : sequence of rational
            None below 0.
        bound : rational
        """
        facet = _integers((*normal, -bound))
        heights = [(_dot(facet, ray), ray) for ray in self._rays]
        kept = [ray for height, ray in heights if height >= 0]
        for (low, below), (high, above) in (
            (first, second)
            for first in heights
            for second in heights
            if first[0] < 0 < second[0] and self._adjacent(first[1], second[1])
        ):
            kept.append(_integers([high * b - low * a for b, a in zip(below, above, strict=True)]))
        self._facets.append(facet)
        self._rays = sorted(set(kept))

    def vertices(self) -> tuple[Point, ...]:
        """Return the corners, ascending."""
        return tuple(
            sorted(
                tuple(Fraction(value, ray[-1]) for value in ray[:-1])
                for ray in self._rays
                if ray[-1]
            )
        )

    def _adjacent(self, first: Vector, second: Vector) -> bool:
        """Two rays span an edge just when no third ray lies on every facet they share."""
        shared = [f for f in self._facets if not _dot(f, first) and not _dot(f, second)]
        return not any(
            ray not in (first, second) and not any(_dot(facet, ray) for facet in shared)
            for ray in self._rays
        )


def _integers(vector: Sequence[Fraction | int]) -> Vector:
    scale = lcm(*(Fraction(value).denominator for value in vector))
    whole = [int(value * scale) for value in vector]
    common = gcd(*whole) or 1
    return tuple(value // common for value in whole)


def _dot(first: Vector, second: Vector) -> int:
    return sum(a * b for a, b in zip(first, second, strict=True))
