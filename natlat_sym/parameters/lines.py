"""Signs of log sums of one parameter on an interval, by Rolle's theorem.

Divide by one coefficient and differentiate, and that logarithm is gone; when all are gone, a
rational function is left, whose roots are isolated.  On the way back, between the roots below (and
the roots of the divisor) the quotient is monotone, so it has at most one root, which is bisected by
exact signs at rational points.  What is left to interval arithmetic are the tiny intervals around
the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from natlat_sym.errors import Undecided
from natlat_sym.parameters.curves import Curve
from natlat_sym.parameters.ranges import Interval
from natlat_sym.parameters.roots import Root, isolated_roots
from natlat_sym.parameters.series import expand

WIDTHS = (Fraction(1, 1 << 30), Fraction(1, 1 << 90), Fraction(1, 1 << 240))


class Line:
    """The signs of one log sum on one interval.

    Examples
    --------
    >>> from natlat_sym import BitsFunction
    >>> from natlat_sym.parameters.curves import curve_of
    >>> f = BitsFunction("1 + log2(e)", "0 < e < 1")
    >>> Line(curve_of(f, "e"), f.ranges["e"]).signs()[0]
    Fraction(1, 2)
    """

    def __init__(self, function: Curve, interval: Interval) -> None:
        self.function, self.interval = function, interval
        self.low, self.high = interval.low, interval.high

    def signs(self) -> dict[int, Fraction | None]:
        """Return the signs taken, each with a point or, where none is rational, ``None``.

        Raises
        ------
        Undecided
            When a zero may touch but not cross at an irrational point.
        """
        for width in WIDTHS:
            found = self._attempt(width)
            if found is not None:
                return found
        raise Undecided("a zero may touch without crossing at an irrational point")

    def _attempt(self, width: Fraction) -> dict[int, Fraction | None] | None:
        marks = self._marks(self.function, width)
        if any(a < b and (a == self.low or b == self.high) for a, b in marks):
            return None  # no point is left between the mark and the end
        found: dict[int, Fraction | None] = {}
        gaps = []
        ends = [(self.low, self.low), *marks, (self.high, self.high)]
        for (_, left), (right, _) in pairwise(ends):
            point = Interval(left, right).inside() if left is None or left != right else left
            sign = self.function.sign_at(point) or 0
            gaps.append(sign)
            found.setdefault(sign, point)
        for (a, b), before, after in zip(marks, gaps, gaps[1:], strict=False):
            if a == b:
                here = self.function.sign_at(a)
                if here is not None:
                    found.setdefault(here, a)
            elif before != after:
                found.setdefault(0, None)
            elif not self.function.sign_between(a, b):
                return None
        for end, side in ((self.low, 1), (self.high, -1)):
            if end is not None and end in self.interval:
                found.setdefault(self._limit_sign(end, side), end)
        return found

    def _limit_sign(self, end: Fraction, side: int) -> int:
        sign = self.function.sign_at(end)
        if sign is not None:
            return sign
        leading = expand(self.function.plain, end, side)
        return leading.sign() if leading.power <= 0 else 0

    def _marks(self, function: Curve, width: Fraction) -> list[Root]:
        """Return disjoint intervals outside of which a log sum is smooth and not zero."""
        marks: list[Root] = []
        if function.terms:
            divisor = function.divisor()
            below = function.reduced(divisor)
            marks += self._marks(below, width) if below else []
            marks += self._roots(divisor.numerator, width)
        else:
            marks += self._roots(function.rest.numerator, width)
        for element in function.breaks():
            marks += self._roots(element, width)
        marks = _merged(marks)
        if not function.terms:
            return marks
        ends = [(self.low, self.low), *marks, (self.high, self.high)]
        fresh = [
            root
            for (_, left), (right, _) in pairwise(ends)
            if left is None or right is None or left < right
            for root in _crossings(function, left, right, width)
        ]
        return _merged([*marks, *fresh])

    def _roots(self, element: Any, width: Fraction) -> list[Root]:
        if element.is_ground:
            return []
        return [root for root, _ in isolated_roots(element, self.low, self.high, width)]


def _crossings(
    function: Curve, left: Fraction | None, right: Fraction | None, width: Fraction
) -> list[Root]:
    before, after = function.sign_beside(left, 1), function.sign_beside(right, -1)
    return [] if before == after else [function.crossing(left, right, before, width)]


def _merged(marks: Sequence[Root]) -> list[Root]:
    found: list[Root] = []
    for a, b in sorted(set(marks)):
        if found and a <= found[-1][1] and not (a == b == found[-1][1]):
            found[-1] = found[-1][0], max(found[-1][1], b)
        elif not found or (a, b) != (found[-1][1], found[-1][1]):
            found.append((a, b))
    return found
