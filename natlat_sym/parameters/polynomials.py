"""Polynomials over the integers in the parameters: sympy's, with values, text and points.

The arithmetic is that of sympy's rings (which use flint where it is installed).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from sympy import ZZ
from sympy.polys.fields import FracField
from sympy.polys.orderings import lex

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import exact, show
from natlat_sym.parameters.ranges import Ranges

Polynomial = Any  # an element of sympy's ring over the integers in the parameters


@cache
def fraction_field(names: tuple[str, ...]) -> Any:
    """Return sympy's field of rational functions in some names."""
    return FracField(names, ZZ, lex)


def univariate_element(element: Any, name: str) -> Any:
    """Return a polynomial that holds one parameter as one of a ring of that parameter alone."""
    place = [str(s) for s in element.ring.symbols].index(name)
    ring = fraction_field((name,)).ring
    return ring.from_dict({(powers[place],): c for powers, c in element.terms()})


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
    found = numbers_of(ranges, values)
    for name in ranges:
        if name not in found:
            raise InvalidInput(f"expected a value for {name}, got none", name=name)
    return {name: found[name] for name in ranges}


def numbers_of(ranges: Ranges, values: Mapping[str, object]) -> dict[str, Fraction]:
    """Return exact numbers for some of the parameters, inside the ranges or at an end."""
    found = {}
    for name, value in values.items():
        if name not in ranges:
            raise InvalidInput(
                f"expected values for {', '.join(ranges)}, got one for {name}", name=name
            )
        interval, number = ranges[name], exact(value, f"value of {name}")
        if number not in interval and number not in (interval.low, interval.high):
            raise InvalidInput(
                f"expected {interval.shown(name)}, got {name} = {show(number)}", value=number
            )
        found[name] = number
    return found


def evaluate(value: Any, point: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a rational function, numerator over denominator, at a point."""
    top: Fraction = evaluate_polynomial(value.numerator, point)
    bottom: Fraction = evaluate_polynomial(value.denominator, point)
    if bottom == 0:
        shown = ", ".join(f"{name} = {show(number)}" for name, number in point.items())
        raise InvalidInput(f"expected a point where {value} is defined, got {shown}")
    return top / bottom


def evaluate_polynomial(element: Polynomial, point: Mapping[str, Any]) -> Any:
    """Return the value of a polynomial of sympy's ring at a point, of numbers or of functions."""
    numbers = [point[str(symbol)] for symbol in element.ring.symbols]
    total: Any = Fraction(0)
    for powers, coefficient in element.terms():
        term: Any = Fraction(int(coefficient))
        for number, power in zip(numbers, powers, strict=True):
            if power:
                term = term * number**power
        total = total + term
    return total


# ---- text ----


def first_sign(element: Polynomial) -> int:
    """Return the sign of the term that is written first."""
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
