"""Signs of log sums on a range, decided rigorously.

One parameter, by Rolle's theorem: divide by one coefficient and differentiate, and that
logarithm is gone; when all are gone, a rational function is left, whose roots are isolated.  On
the way back, between the roots below (and the roots of the divisor) the quotient is monotone, so
it has at most one root, which is bisected by exact signs at rational points.  What is left to
interval arithmetic are the tiny intervals around the marks.

Several parameters: interval arithmetic on boxes, up to a budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from natlat_sym.boxes import box_signs, log_bounds, polynomial_bounds
from natlat_sym.enclosure import ln2_bounds
from natlat_sym.errors import InvalidInput, Undecided
from natlat_sym.functions import BitsFunction
from natlat_sym.ranges import Interval, Ranges
from natlat_sym.ratios import Ratio, fraction_field, polynomial
from natlat_sym.roots import Root, isolated_roots
from natlat_sym.series import LogSum, coefficients, constant_at, expand
from natlat_sym.signs import shown_point, univariate_element

Point = dict[str, Fraction]
WIDTHS = (Fraction(1, 1 << 30), Fraction(1, 1 << 90), Fraction(1, 1 << 240))


def signs_taken(function: BitsFunction) -> dict[int, Point | None]:
    """Return the signs an amount takes on its range, each with a point where it is known.

    Parameters
    ----------
    function : BitsFunction

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a rational point; ``None`` for a zero that is not rational.
        An end that belongs to the range counts with its limit.

    Raises
    ------
    Undecided
        When a zero may touch but not cross at an irrational point, or the budget is used up.

    Examples
    --------
    >>> f = BitsFunction("1 + (1 - e)*log2(1 - e) + e*log2(e)", "0 < e < 1")
    >>> sorted(signs_taken(f)), sorted(signs_taken(f - Fraction(1, 2)))
    ([0, 1], [-1, 0, 1])
    """
    base = {name: interval.inside() for name, interval in function.ranges.items()}
    number = function.constant()
    if number is not None:
        return {number.sign(): base}
    used = _used(function)
    if len(used) > 1:
        return box_signs(function, used)
    (name,) = used
    interval = function.ranges[name]
    found = _Line(curve_of(function, name), interval).signs()
    return {sign: None if point is None else {**base, name: point} for sign, point in found.items()}


def compare(function: BitsFunction, wanted: frozenset[int]) -> bool:
    """Tell whether all signs taken on the range are among some signs.

    Raises
    ------
    Undecided
        When some are and some are not, with a point for each, or when it was not decided.
    """
    found = signs_taken(function)
    if found.keys() <= wanted:
        return True
    if not found.keys() & wanted:
        return False
    words = {1: "positive", 0: "zero", -1: "negative"}
    shown = ", ".join(f"{words[s]} at {shown_point(found[s])}" for s in sorted(found))
    raise Undecided(
        f"{function} changes its sign for {function.ranges}: {shown}; narrow the range",
        value=function,
        points=found,
    )


def log_sum_of(amount: Any, name: str) -> LogSum:
    """Return an amount in one parameter as a plain log sum.

    Parameters
    ----------
    amount : BitsFunction, Ratio or Bits
    name : str
        The only parameter that may occur.

    Returns
    -------
    LogSum

    Raises
    ------
    InvalidInput
        When another parameter occurs.
    """
    ranges = getattr(amount, "ranges", None) or Ranges.read([f"{name} > 0"])
    function = BitsFunction.taken(amount, ranges)
    others = [other for other in _used(function) if other != name]
    if others:
        raise InvalidInput(
            f"expected an amount of {name} alone, {others[0]} occurs too; give it a value first",
            name=others[0],
        )
    if name not in function.ranges:
        ranges = function.ranges.joined(Ranges.read([f"{name} > 0"]))
        function = function + BitsFunction.taken(0, ranges)
    return curve_of(function, name).plain


def _used(function: BitsFunction) -> list[str]:
    names = list(function.ranges)
    elements = [a for a in function.terms if not isinstance(a, int)]
    for f in function.terms.values():
        elements += [f.numerator, f.denominator]
    return [n for i, n in enumerate(names) if any(p[i] for e in elements for p in e.monoms())]


def curve_of(function: BitsFunction, name: str) -> Curve:
    """Return an amount in which one parameter occurs as a curve over it."""
    ranges = Ranges(((name, function.ranges[name]),))

    def moved(f: Ratio) -> Ratio:
        parts = [univariate_element(p, name) for p in (f.numerator, f.denominator)]
        return polynomial(ranges, parts[0]) / polynomial(ranges, parts[1])

    terms = {
        a if isinstance(a, int) else univariate_element(a, name): moved(f)
        for a, f in function.terms.items()
    }
    return Curve(ranges, terms, polynomial(ranges, fraction_field((name,)).ring.zero))


class Curve:
    """A log sum in one parameter that can be divided and differentiated."""

    def __init__(self, ranges: Ranges, terms: dict[Any, Ratio], rest: Ratio) -> None:
        self.ranges, self.rest = ranges, rest
        self.terms = {a: f for a, f in terms.items() if f}
        self.plain = LogSum(
            tuple(
                (
                    a if isinstance(a, int) else coefficients(a),
                    list(coefficients(f.numerator)),
                    list(coefficients(f.denominator)),
                )
                for a, f in self.terms.items()
            ),
            (list(coefficients(rest.numerator)), list(coefficients(rest.denominator))),
        )

    def __bool__(self) -> bool:
        return bool(self.terms) or bool(self.rest)

    def divisor(self) -> Ratio:
        """Return the coefficient to divide by: that of a simplest logarithm."""

        def cost(item: tuple[Any, Ratio]) -> tuple[bool, int, int]:
            atom, f = item
            size = f.numerator.degree() + f.denominator.degree()
            return isinstance(atom, int), size, 0 if isinstance(atom, int) else atom.degree()

        return min(self.terms.items(), key=cost)[1]

    def reduced(self, divisor: Ratio) -> Curve:
        """Return the derivative of the quotient by a coefficient."""
        terms: dict[Any, Ratio] = {}
        rest = _derivative(self.rest / divisor)
        for atom, f in self.terms.items():
            share = f / divisor
            terms[atom] = _derivative(share)
            if not isinstance(atom, int):
                inner = polynomial(self.ranges, atom)
                rest = rest + share * _derivative(inner) / inner
        return Curve(self.ranges, terms, rest)

    def sign_at(self, point: Fraction) -> int | None:
        value = constant_at(self.plain, point)
        return None if value is None else value.sign()

    def sign_beside(self, point: Fraction | None, side: int) -> int:
        """Return the sign near a point, from one side."""
        if point is not None:
            here = self.sign_at(point)
            if here:
                return here
        return expand(self.plain, point, side if point is not None else -side).sign()

    def crossing(
        self, left: Fraction | None, right: Fraction | None, before: int, width: Fraction
    ) -> Root:
        """Return where the sign changes in a gap in which it does so once."""
        while left is None or right is None or right - left > width:
            middle = _middle(left, right)
            sign = self.sign_at(middle)
            if sign == 0:
                return middle, middle
            if sign == before:
                left = middle
            else:
                right = middle
        return left, right

    def sign_between(self, a: Fraction, b: Fraction) -> int:
        """Return the sign that interval arithmetic shows on a whole interval, or 0."""
        low = high = Fraction(0)
        if self.rest:
            over = polynomial_bounds(coefficients(self.rest.numerator), a, b)
            under = polynomial_bounds(coefficients(self.rest.denominator), a, b)
            if under[0] <= 0 <= under[1]:
                return 0
            products = [t / d / x for t in over for d in under for x in ln2_bounds(128)]
            low, high = min(products), max(products)
        for atom, f in self.terms.items():
            top = polynomial_bounds(coefficients(f.numerator), a, b)
            bottom = polynomial_bounds(coefficients(f.denominator), a, b)
            inner = (
                (Fraction(atom), Fraction(atom))
                if isinstance(atom, int)
                else polynomial_bounds(coefficients(atom), a, b)
            )
            if bottom[0] <= 0 <= bottom[1] or inner[0] <= 0:
                return 0
            logs = log_bounds(*inner)
            products = [t / d * x for t in top for d in bottom for x in logs]
            low, high = low + min(products), high + max(products)
        return (low > 0) - (high < 0)

    def breaks(self) -> list[Any]:
        """Return polynomials at whose roots a coefficient is not defined."""
        return [f.denominator for f in (*self.terms.values(), self.rest)]


def _derivative(f: Ratio) -> Ratio:
    top, bottom = f.numerator, f.denominator
    x = top.ring.gens[0]
    number = top.diff(x) * bottom - top * bottom.diff(x)
    return polynomial(f.ranges, number) / polynomial(f.ranges, bottom**2)


class _Line:
    """The signs of one log sum on one interval."""

    def __init__(self, function: Curve, interval: Interval) -> None:
        self.function, self.interval = function, interval
        self.low, self.high = interval.low, interval.high

    def signs(self) -> dict[int, Fraction | None]:
        for width in WIDTHS:
            found = self._attempt(width)
            if found is not None:
                return found
        raise Undecided("a zero may touch without crossing at an irrational point")

    def _attempt(self, width: Fraction) -> dict[int, Fraction | None] | None:
        marks = self._marks(self.function, width)
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


def _middle(left: Fraction | None, right: Fraction | None) -> Fraction:
    if left is None:
        return Fraction(0) if right is None else min(2 * right, right - 1)
    return max(2 * left, left + 1) if right is None else (left + right) / 2


def _merged(marks: Sequence[Root]) -> list[Root]:
    found: list[Root] = []
    for a, b in sorted(set(marks)):
        if found and a <= found[-1][1] and not (a == b == found[-1][1]):
            found[-1] = found[-1][0], max(found[-1][1], b)
        elif not found or (a, b) != (found[-1][1], found[-1][1]):
            found.append((a, b))
    return found
