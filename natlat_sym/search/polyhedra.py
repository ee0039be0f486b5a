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
        # Each ray has a bit for each facet that it lies on.
        size = dimension + 1
        self._facets = size
        self._rays = {
            tuple(int(i == j) for i in range(size)): (1 << size) - 1 ^ 1 << j for j in range(size)
        }

    def cut(self, normal: Sequence[Fraction | int], bound: Fraction | int) -> None:
        """Keep the points with ``normal * c >= bound``.

        Parameters
        ----------
        normal : sequence of rational
            None below 0.
        bound : rational
        """
        facet, bit = _integers((*normal, -bound)), 1 << self._facets
        heights = [(_dot(facet, ray), ray, on) for ray, on in self._rays.items()]
        kept = {ray: on if height else on | bit for height, ray, on in heights if height >= 0}
        for low, below, on in (item for item in heights if item[0] < 0):
            for high, above, also in (item for item in heights if item[0] > 0):
                if self._adjacent(on & also):
                    mixed = [high * b - low * a for b, a in zip(below, above, strict=True)]
                    kept[_integers(mixed)] = on & also | bit
        self._facets += 1
        self._rays = dict(sorted(kept.items()))

    def vertices(self) -> tuple[Point, ...]:
        """Return the corners, ascending."""
        return tuple(
            sorted(
                tuple(Fraction(value, ray[-1]) for value in ray[:-1])
                for ray in self._rays
                if ray[-1]
            )
        )

    def _adjacent(self, shared: int) -> bool:
        """Two rays span an edge just when no third ray lies on every facet they share."""
        return sum(on & shared == shared for on in self._rays.values()) == 2


def _integers(vector: Sequence[Fraction | int]) -> Vector:
    scale = lcm(*(value.denominator for value in vector))
    whole = [int(value * scale) for value in vector]
    common = gcd(*whole) or 1
    return tuple(value // common for value in whole)


def _dot(first: Vector, second: Vector) -> int:
    return sum(a * b for a, b in zip(first, second, strict=True))
