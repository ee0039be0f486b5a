"""Rational functions of declared parameters: the second field a law can live in.

The arithmetic is that of sympy's fraction fields over the integers (which use flint where it is
installed); this class adds the ranges of the parameters, order on the whole range, and reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from typing import Any

from sympy import ZZ
from sympy.polys.fields import FracField
from sympy.polys.orderings import lex

from natlat_sym.errors import InvalidInput, SyntaxInvalid
from natlat_sym.field import Scalar, exact, show
from natlat_sym.ranges import Ranges

Polynomial = Any  # an element of sympy's ring over the integers in the parameters
_TOKEN = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9_']*)|(\d+(?:\.\d+)?)|(\*\*|<=|>=|[-+*/^()<>=]))")


@cache
def fraction_field(names: tuple[str, ...]) -> Any:
    """Return sympy's field of rational functions in some names."""
    return FracField(names, ZZ, lex)


class Ratio(Scalar):
    """A rational function of parameters with declared ranges.

    Made by `parameter` and arithmetic.

    Notes
    -----
    Immutable.  Two are equal when they are the same function; an order such as ``e < 1`` is a
    statement about the whole range.

    Examples
    --------
    >>> e = parameter("0 < e < 1/2")
    >>> (1 - e) / 2
    Ratio('(1 - e)/2', '0 < e < 1/2')
    >>> e < 1, (e * e - 1) / (e + 1) == e - 1
    (True, True)
    """

    __slots__ = ("_element", "ranges")

    ranges: Ranges
    _element: Any

    def __init__(self, text: str, ranges: object) -> None:
        value = read_ratio(text, Ranges.read(ranges))
        put = object.__setattr__
        put(self, "ranges", value.ranges)
        put(self, "_element", value._element)

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
            return self.ranges, self._element, _constant(self._element.field, Fraction(other))
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
            from natlat_sym.functions import BitsFunction

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
        from natlat_sym.signs import sign_on

        return sign_on(self)

    def _holds(self, other: object, *wanted: int) -> Any:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        from natlat_sym.signs import compare

        return compare(Ratio._of(pair[0], pair[1] - pair[2]), frozenset(wanted))

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
        if evaluate_polynomial(bottom, inside(ranges)) < 0:
            bottom = -bottom
        tops = [polynomial(ranges, r.numerator * bottom.exquo(r.denominator)) for r in ratios]
        return tops, polynomial(ranges, bottom)

    def common_divisor(self, values: Sequence[object]) -> Ratio:
        """Return the greatest common divisor of polynomials, positive on the range."""
        ratios = self._alike(values)
        found = ratios[0].numerator
        for ratio in ratios[1:]:
            found = found.gcd(ratio.numerator)
            if found == 1:
                break
        if evaluate_polynomial(found, inside(ratios[0].ranges)) < 0:
            found = -found
        return polynomial(ratios[0].ranges, found)

    def common_multiple(self, values: Sequence[object]) -> Ratio:
        """Return the least common multiple of polynomials, positive on the range."""
        ratios = self._alike(values)
        found = reduce(lambda a, b: a.lcm(b), (ratio.numerator for ratio in ratios))
        if evaluate_polynomial(found, inside(ratios[0].ranges)) < 0:
            found = -found
        return polynomial(ratios[0].ranges, found)

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
        >>> parameter("0 < e < 1/2").at(e="1/3")
        Fraction(1, 3)
        """
        return evaluate(self, point_of(self.ranges, values))

    def substitute(self, values: Mapping[str, Any]) -> Any:
        """Return the function with some parameters replaced by numbers or functions."""
        top = _horner(self.numerator, self.ranges, values)
        bottom = _horner(self.denominator, self.ranges, values)
        return top / bottom

    def __str__(self) -> str:
        value = self.constant()
        if value is not None:
            return show(value)
        top, bottom = self.numerator, self.denominator
        if bottom.is_ground and bottom.LC < 0:
            top, bottom = -top, -bottom
        if not bottom.is_ground and _first_sign(bottom) < 0:
            top, bottom = -top, -bottom
        shown = polynomial_text(top)
        if bottom == 1:
            return shown
        shown = f"({shown})" if " " in shown else shown
        below = polynomial_text(bottom)
        return f"{shown}/({below})" if re.search(r"[ */]", below) else f"{shown}/{below}"

    def __repr__(self) -> str:
        return f"Ratio({str(self)!r}, {str(self.ranges)!r})"


def parameter(text: str) -> Ratio:
    """Declare a parameter with its range.

    Parameters
    ----------
    text : str
        ``"0 < e < 1/2"``; ``<=`` makes an end belong to the range.

    Returns
    -------
    Ratio
        The parameter itself; arithmetic gives rational functions of it, to be used as masses.

    Raises
    ------
    InvalidInput
        For text of another form.

    Examples
    --------
    >>> e = parameter("0 < e < 1/2")
    >>> print(1 - 2 * e)
    1 - 2*e
    """
    ranges = Ranges.read([text])
    return Ratio._of(ranges, fraction_field(tuple(ranges)).gens[0])


def _constant(field: Any, value: Fraction) -> Any:
    if value.denominator == 1:
        return field.raw_new(field.ring(value.numerator), field.ring.one)
    return field(value.numerator) / field(value.denominator)


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
    return Ratio._of(ranges, _constant(fraction_field(tuple(ranges)), exact(value)))


def polynomial(ranges: Ranges, element: Polynomial) -> Ratio:
    """Return a polynomial of sympy's ring as a function over ranges."""
    return Ratio._of(ranges, fraction_field(tuple(ranges)).raw_new(element, element.ring.one))


# ---- points ----


def inside(ranges: Ranges) -> dict[str, Fraction]:
    """Return a point inside the ranges.

    Examples
    --------
    >>> inside(Ranges.read("0 < e < 1/2"))
    {'e': Fraction(1, 4)}
    """
    return {name: interval.inside() for name, interval in ranges.items()}


def point_of(ranges: Ranges, values: Mapping[str, object]) -> dict[str, Fraction]:
    """Return a point with one exact number for each parameter, inside the ranges or at an end."""
    for name in values:
        if name not in ranges:
            raise InvalidInput(
                f"expected values for {', '.join(ranges)}, got one for {name}", name=name
            )
    found = {}
    for name, interval in ranges.items():
        if name not in values:
            raise InvalidInput(f"expected a value for {name}, got none", name=name)
        number = exact(values[name], f"value of {name}")
        if number not in interval and number not in (interval.low, interval.high):
            raise InvalidInput(
                f"expected {interval.shown(name)}, got {name} = {show(number)}", value=number
            )
        found[name] = number
    return found


def evaluate(value: Ratio, point: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a function at a point."""
    bottom = evaluate_polynomial(value.denominator, point)
    if bottom == 0:
        shown = ", ".join(f"{name} = {show(number)}" for name, number in point.items())
        raise InvalidInput(f"expected a point where {value} is defined, got {shown}")
    return evaluate_polynomial(value.numerator, point) / bottom


def evaluate_polynomial(element: Polynomial, point: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a polynomial of sympy's ring at a point."""
    numbers = [point[str(symbol)] for symbol in element.ring.symbols]
    total = Fraction(0)
    for powers, coefficient in element.terms():
        term = Fraction(int(coefficient))
        for number, power in zip(numbers, powers, strict=True):
            if power:
                term *= number**power
        total += term
    return total


def _horner(element: Polynomial, ranges: Ranges, values: Mapping[str, Any]) -> Any:
    names = [str(symbol) for symbol in element.ring.symbols]
    field = fraction_field(tuple(ranges))
    total: Any = Fraction(0)
    for powers, coefficient in element.terms():
        term: Any = Fraction(int(coefficient))
        for name, power in zip(names, powers, strict=True):
            if power:
                base = values.get(name, Ratio._of(ranges, field.gens[names.index(name)]))
                term = term * base**power
        total = total + term
    return total


# ---- text ----


def _first_sign(element: Polynomial) -> int:
    _, coefficient = min(element.terms(), key=lambda term: (sum(term[0]), term[0]))
    return 1 if coefficient > 0 else -1


def polynomial_text(element: Polynomial) -> str:
    """Return a polynomial as text, low powers first: ``1 - 2*e + e^2``."""
    names = [str(symbol) for symbol in element.ring.symbols]
    shown = ""
    for powers, coefficient in sorted(
        element.terms(), key=lambda term: (sum(term[0]), [-p for p in term[0]])
    ):
        factors = [
            name if power == 1 else f"{name}^{power}"
            for name, power in zip(names, powers, strict=True)
            if power
        ]
        size = abs(int(coefficient))
        body = "*".join([*([show(size)] if size != 1 or not factors else []), *factors])
        sign = "-" if coefficient < 0 else "+"
        shown += f" {sign} {body}" if shown else f"-{body}" if sign == "-" else body
    return shown or "0"


def _text_order(term: tuple[tuple[int, ...], Any]) -> tuple[int, list[int]]:
    return sum(term[0]), [-power for power in term[0]]


def read_ratio(text: str, ranges: Ranges) -> Ratio:
    """Return the rational function that a text spells.

    Parameters
    ----------
    text : str
        Numbers, parameters, ``+ - * / ^`` and parentheses.
    ranges : Ranges
        The parameters that may occur.

    Returns
    -------
    Ratio

    Raises
    ------
    SyntaxInvalid
        For anything else.

    Examples
    --------
    >>> print(read_ratio("(1-e)/2 + e^2", Ranges.read("0 < e < 1")))
    (1 - e + 2*e^2)/2
    """
    return Parser(text, ranges).run()


class Parser:
    """Recursive descent over one rational function."""

    def __init__(self, text: str, ranges: Ranges) -> None:
        self.text, self.ranges, self.at = text, ranges, 0
        self.field = fraction_field(tuple(ranges))
        self.advance()

    def fail(self, expected: str) -> SyntaxInvalid:
        return SyntaxInvalid(
            f"expected {expected} in {self.text!r}, at column {self.at}",
            text=self.text,
            column=self.at,
        )

    def advance(self) -> None:
        match = _TOKEN.match(self.text, self.at)
        if match:
            self.at, self.kind, self.token = (
                match.end(),
                match.lastindex,
                match[match.lastindex or 0],
            )
        elif self.text[self.at :].strip():
            self.at += 1
            raise self.fail("a number, a parameter or a sign")
        else:
            self.kind, self.token = None, ""

    def run(self) -> Ratio:
        value: Ratio = self.sum()
        if self.kind:
            raise self.fail("the end")
        return value

    def sum(self) -> Any:
        value = self.product()
        while self.token in ("+", "-"):
            plus = self.token == "+"
            self.advance()
            right = self.product()
            value = value + right if plus else value - right
        return value

    def product(self) -> Any:
        value = self.power()
        while self.token in ("*", "/"):
            times = self.token == "*"
            self.advance()
            right = self.power()
            if not times and not right:
                raise self.fail("a divisor other than 0")
            value = value * right if times else value / right
        return value

    def power(self) -> Any:
        if self.token in ("-", "+"):
            negative = self.token == "-"
            self.advance()
            value = self.power()
            return -value if negative else value
        value = self.atom()
        if self.token in ("^", "**"):
            self.advance()
            if self.kind != 2 or "." in self.token or len(self.token) > 4:
                raise self.fail("an exponent below 10000")
            value = value ** int(self.token)
            self.advance()
        return value

    def atom(self) -> Any:
        if self.kind == 2:
            value = as_ratio(exact(self.token), self.ranges)
        elif self.kind == 1:
            names = list(self.ranges)
            if self.token not in names:
                raise SyntaxInvalid(
                    f"expected one of the parameters {', '.join(names) or '(none)'} in "
                    f"{self.text!r}, got {self.token!r}",
                    text=self.text,
                    name=self.token,
                )
            value = Ratio._of(self.ranges, self.field.gens[names.index(self.token)])
        elif self.token == "(":
            self.advance()
            value = self.sum()
            if self.token != ")":
                raise self.fail("')'")
        else:
            raise self.fail("a number, a parameter or '('")
        self.advance()
        return value
