"""Log sums in one parameter that can be divided, differentiated and asked for their signs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from natlat_sym.exact.enclosure import ln2_bounds
from natlat_sym.parameters.intervals import log_bounds, polynomial_bounds, times
from natlat_sym.parameters.polynomials import fraction_field, univariate_element
from natlat_sym.parameters.ranges import Ranges
from natlat_sym.parameters.ratios import Ratio, polynomial
from natlat_sym.parameters.roots import Root
from natlat_sym.parameters.series import LogSum, coefficients, constant_at, expand

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction


def used_in(function: BitsFunction) -> list[str]:
    """Return the parameters that occur in an amount."""
    names = list(function.ranges)
    elements = [a for a in function.terms if not isinstance(a, int)]
    for f in function.terms.values():
        elements += [f.numerator, f.denominator]
    return [n for i, n in enumerate(names) if any(p[i] for e in elements for p in e.monoms())]


def curve_of(function: BitsFunction, name: str, rest: Ratio | None = None) -> Curve:
    """Return an amount in which one parameter occurs, plus rest/ln 2, as a curve over it."""
    ranges = Ranges(((name, function.ranges[name]),))

    def moved(f: Ratio) -> Ratio:
        parts = [univariate_element(p, name) for p in (f.numerator, f.denominator)]
        return polynomial(ranges, parts[0]) / polynomial(ranges, parts[1])

    terms = {
        a if isinstance(a, int) else univariate_element(a, name): moved(f)
        for a, f in function.terms.items()
    }
    zero = polynomial(ranges, fraction_field((name,)).ring.zero)
    return Curve(ranges, terms, moved(rest) if rest else zero)


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
            below = [(1 / b, 1 / a) for a, b in (under, ln2_bounds(128))]
            low, high = times(over, *below)
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
            found = times(top, (1 / bottom[1], 1 / bottom[0]), log_bounds(*inner))
            low, high = low + found[0], high + found[1]
        return (low > 0) - (high < 0)

    def breaks(self) -> list[Any]:
        """Return polynomials at whose roots a coefficient is not defined."""
        return [f.denominator for f in (*self.terms.values(), self.rest)]


def _derivative(f: Ratio) -> Ratio:
    top, bottom = f.numerator, f.denominator
    x = top.ring.gens[0]
    number = top.diff(x) * bottom - top * bottom.diff(x)
    return polynomial(f.ranges, number) / polynomial(f.ranges, bottom**2)


def _middle(left: Fraction | None, right: Fraction | None) -> Fraction:
    if left is None:
        return Fraction(0) if right is None else min(2 * right, right - 1)
    return max(2 * left, left + 1) if right is None else (left + right) / 2
