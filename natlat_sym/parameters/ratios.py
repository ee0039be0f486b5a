"""Rational functions of declared parameters: the second field a law can live in.

The arithmetic is that of sympy's fraction fields over the integers (which use flint where it is
installed); this class adds the ranges of the parameters, and order on the whole range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.scalars import Scalar
from natlat_sym.parameters.polynomials import (
    Polynomial,
    evaluate,
    evaluate_polynomial,
    fraction_field,
    inside,
    point_of,
)
from natlat_sym.parameters.ranges import Ranges, Varying
from natlat_sym.parameters.ratiotext import Parser, constant_element, quotient_text
from natlat_sym.parameters.signs import compare, sign_on


class Ratio(Varying, Scalar):
    """A rational function of parameters with declared ranges.

    Made by `parameter` and arithmetic.

    Notes
    -----
    Immutable.  Two are equal when they are the same function; an order such as ``e < 1`` is a
    statement about the whole range.

    Examples
    --------
    >>> e = Ratio("e", "0 < e < 1/2")
    >>> (1 - e) / 2
    Ratio('(1 - e)/2', '0 < e < 1/2')
    >>> e < 1, (e * e - 1) / (e + 1) == e - 1
    (True, True)
    """

    __slots__ = ("_element", "ranges")

    ranges: Ranges
    _element: Any

    def __init__(self, text: str, ranges: object) -> None:
        declared = Ranges.read(ranges)
        object.__setattr__(self, "ranges", declared)
        object.__setattr__(self, "_element", Parser(text, declared).run())

    @classmethod
    def _of(cls, ranges: Ranges, element: Any) -> Ratio:
        found = object.__new__(cls)
        object.__setattr__(found, "ranges", ranges)
        object.__setattr__(found, "_element", element)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a rational function is immutable, {name!r} cannot be set")

    def __reduce__(self) -> tuple[object, ...]:
        return Ratio, (str(self), self.ranges)

    @property
    def numerator(self) -> Polynomial:
        """The numerator, in sympy's polynomial ring over the integers."""
        return self._element.numer

    @property
    def denominator(self) -> Polynomial:
        """The denominator, likewise, without a common factor."""
        return self._element.denom

    def constant(self) -> Fraction | None:
        """Return the value when no parameter occurs, else None."""
        top, bottom = self.numerator, self.denominator
        if top.is_ground and bottom.is_ground:
            return Fraction(int(top.LC) if top else 0, int(bottom.LC))
        return None

    # ---- arithmetic ----

    def _pair(self, other: object) -> tuple[Ranges, Any, Any] | None:
        if isinstance(other, Ratio):
            if self.ranges == other.ranges:
                return self.ranges, self._element, other._element
            ranges = self.ranges.joined(other.ranges)
            field = fraction_field(tuple(ranges))
            return ranges, self._element.set_field(field), other._element.set_field(field)
        if isinstance(other, int | Fraction) and not isinstance(other, bool):
            return (
                self.ranges,
                self._element,
                constant_element(self._element.field, Fraction(other)),
            )
        return None

    def __add__(self, other: object) -> Ratio:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        ranges, left, right = pair
        if left.denom == 1 == right.denom:  # nothing to cancel
            return Ratio._of(ranges, left.raw_new(left.numer + right.numer, left.denom))
        return Ratio._of(ranges, left + right)

    __radd__ = __add__

    def __sub__(self, other: object) -> Ratio:
        pair = self._pair(other)
        return NotImplemented if pair is None else Ratio._of(pair[0], pair[1] - pair[2])

    def __rsub__(self, other: object) -> Ratio:
        return -self + other

    def __neg__(self) -> Ratio:
        return Ratio._of(self.ranges, -self._element)

    def __mul__(self, other: object) -> Any:
        pair = self._pair(other)
        if pair is None and hasattr(other, "atoms") and hasattr(other, "rational"):
            from natlat_sym.parameters.functions import BitsFunction

            return BitsFunction.combine([(self, other)], self.ranges)
        if pair is None:
            return NotImplemented
        ranges, left, right = pair
        if left.denom == 1 == right.denom:
            return Ratio._of(ranges, left.raw_new(left.numer * right.numer, left.denom))
        return Ratio._of(ranges, left * right)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Ratio:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        if not pair[2]:
            raise InvalidInput("expected a divisor other than 0", divisor=other)
        return Ratio._of(pair[0], pair[1] / pair[2])

    __floordiv__ = __truediv__  # weights are divided only by what divides them

    def __rtruediv__(self, other: object) -> Ratio:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        if not pair[1]:
            raise InvalidInput("expected a divisor other than 0", divisor=self)
        return Ratio._of(pair[0], pair[2] / pair[1])

    __rfloordiv__ = __rtruediv__

    def __pow__(self, power: int) -> Ratio:
        if not power:  # also of 0, as for polynomials
            return as_ratio(1, self.ranges)
        return Ratio._of(self.ranges, self._element**power)

    def __bool__(self) -> bool:
        return bool(self._element)

    # ---- comparison ----

    def __eq__(self, other: object) -> bool:
        pair = self._pair(other)
        return NotImplemented if pair is None else pair[1] == pair[2]

    def __hash__(self) -> int:
        value = self.constant()
        return hash(str(self)) if value is None else hash(value)

    def sign(self) -> int:
        """Return the sign on the whole range; zeros beside one sign do not count.

        Returns
        -------
        int
            1, -1, or 0 for the zero function.

        Raises
        ------
        Undecided
            When both signs are taken, with a point for each.
        """
        return sign_on(self)

    def _holds(self, other: object, *wanted: int) -> Any:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        return _compared(pair[0], pair[1] - pair[2], frozenset(wanted))

    def __lt__(self, other: object) -> Any:
        return self._holds(other, -1)

    def __le__(self, other: object) -> Any:
        return self._holds(other, -1, 0)

    def __gt__(self, other: object) -> Any:
        return self._holds(other, 1)

    def __ge__(self, other: object) -> Any:
        return self._holds(other, 0, 1)

    # ---- as weights of a law ----

    def _alike(self, values: Iterable[object]) -> list[Ratio]:
        """Return numbers and functions over all parameters that occur."""
        listed = list(values)
        ranges = self.ranges
        for value in listed:
            ranges = ranges.joined(value.ranges) if isinstance(value, Ratio) else ranges
        return [as_ratio(value, ranges) for value in listed]

    def over_common(self, values: Sequence[object]) -> tuple[list[Ratio], Ratio]:
        """Return functions as polynomials over one common denominator, positive on the range."""
        ratios = self._alike(values)
        ranges = ratios[0].ranges
        one = fraction_field(tuple(ranges)).ring.one
        bottom = reduce(lambda a, b: a.lcm(b), {r.denominator for r in ratios}, one)
        below = _positive(ranges, bottom)
        bottom = below.numerator
        tops = [polynomial(ranges, r.numerator * bottom.exquo(r.denominator)) for r in ratios]
        return tops, below

    def common_divisor(self, values: Sequence[object]) -> Ratio:
        """Return the greatest common divisor of polynomials, positive on the range."""
        ratios = self._alike(values)
        found = ratios[0].numerator
        for ratio in ratios[1:]:
            found = found.gcd(ratio.numerator)
            if found == 1:
                break
        return _positive(ratios[0].ranges, found)

    def common_multiple(self, values: Sequence[object]) -> Ratio:
        """Return the least common multiple of polynomials, positive on the range."""
        ratios = self._alike(values)
        found = reduce(lambda a, b: a.lcm(b), (ratio.numerator for ratio in ratios))
        return _positive(ratios[0].ranges, found)

    def settled(self, values: Sequence[object]) -> list[Any]:
        """Return polynomials over the parameters that occur; integers where none does."""
        ratios = self._alike(values)
        used = {i for r in ratios for powers in r.numerator for i, n in enumerate(powers) if n}
        if len(used) == len(ratios[0].ranges):
            return list(ratios)
        if not used:
            return [int(r.numerator.LC) for r in ratios]
        kept = Ranges(tuple(item for i, item in enumerate(ratios[0].ranges.items()) if i in used))
        ring = fraction_field(tuple(kept)).ring
        return [polynomial(kept, r.numerator.set_ring(ring)) for r in ratios]

    # ---- values ----

    def at(self, **values: object) -> Fraction:
        """Return the value at a point.

        Parameters
        ----------
        values : exact numbers by name
            One for each parameter.

        Returns
        -------
        Fraction

        Examples
        --------
        >>> Ratio("e", "0 < e < 1/2").at(e="1/3")
        Fraction(1, 3)
        """
        return evaluate(self, point_of(self.ranges, values))

    def substitute(self, values: Mapping[str, Any]) -> Any:
        """Return the function with some parameters replaced by numbers or functions."""
        gens = zip(self.ranges, self._element.field.gens, strict=True)
        point = {name: values.get(name, Ratio._of(self.ranges, gen)) for name, gen in gens}
        return evaluate_polynomial(self.numerator, point) / evaluate_polynomial(
            self.denominator, point
        )

    def __str__(self) -> str:
        value = self.constant()
        if value is not None:
            return show(value)
        return quotient_text(self.numerator, self.denominator)

    def __repr__(self) -> str:
        return f"Ratio({str(self)!r}, {str(self.ranges)!r})"


def as_ratio(value: object, ranges: Ranges) -> Ratio:
    """Return a number or function as a function over some ranges.

    Examples
    --------
    >>> as_ratio(Fraction(1, 2), Ranges.read("0 < e < 1"))
    Ratio('1/2', '0 < e < 1')
    """
    if isinstance(value, Ratio):
        if value.ranges == ranges:
            return value
        joined = ranges.joined(value.ranges)
        return Ratio._of(joined, value._element.set_field(fraction_field(tuple(joined))))
    return Ratio._of(ranges, constant_element(fraction_field(tuple(ranges)), exact(value)))


def polynomial(ranges: Ranges, element: Polynomial) -> Ratio:
    """Return a polynomial of sympy's ring as a function over ranges."""
    return Ratio._of(ranges, fraction_field(tuple(ranges)).raw_new(element, element.ring.one))


@lru_cache(maxsize=1 << 12)
def _compared(ranges: Ranges, element: Any, wanted: frozenset[int]) -> bool:
    """Compare a function with 0; laws of thousands of cells have few different masses."""
    return compare(Ratio._of(ranges, element), wanted)


def _positive(ranges: Ranges, element: Polynomial) -> Ratio:
    """Return a polynomial or minus it, whichever is positive inside the ranges."""
    below = evaluate_polynomial(element, inside(ranges)) < 0
    return polynomial(ranges, -element if below else element)
