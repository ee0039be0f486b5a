"""Rational functions of parameters as text: written, and read by recursive descent."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.exact.field import exact
from natlat_sym.parameters.polynomials import (
    Polynomial,
    first_sign,
    fraction_field,
    polynomial_text,
)
from natlat_sym.parameters.ranges import Ranges

_TOKEN = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9_']*)|(\d+(?:\.\d+)?)|(\*\*|<=|>=|[-+*/^()<>=]))")


def quotient_text(top: Polynomial, bottom: Polynomial) -> str:
    """Return a quotient of polynomials as text: ``(1 - e)/2``."""
    if bottom.is_ground and bottom.LC < 0:
        top, bottom = -top, -bottom
    if not bottom.is_ground and first_sign(bottom) < 0:
        top, bottom = -top, -bottom
    shown = polynomial_text(top)
    if bottom == 1:
        return shown
    shown = f"({shown})" if " " in shown else shown
    below = polynomial_text(bottom)
    return f"{shown}/({below})" if re.search(r"[ */]", below) else f"{shown}/{below}"


def constant_element(field: Any, value: Fraction) -> Any:
    """Return a rational as an element of a fraction field."""
    if value.denominator == 1:
        return field.raw_new(field.ring(value.numerator), field.ring.one)
    return field(value.numerator) / field(value.denominator)


class Parser:
    """Recursive descent over one rational function.

    Its values are elements of sympy's fraction field; a subclass may lift them into another
    class, of numbers that mix with what else it reads.
    """

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

    def lift(self, element: Any) -> Any:
        """Return what an element of the field stands for."""
        return element

    def run(self) -> Any:
        """Return the value of the whole text."""
        value = self.sum()
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
            power = int(self.token)
            value = value**power if power else self.lift(self.field.one)  # also of 0
            self.advance()
        return value

    def atom(self) -> Any:
        if self.kind == 2:
            value = self.lift(constant_element(self.field, exact(self.token)))
        elif self.kind == 1:
            names = list(self.ranges)
            if self.token not in names:
                raise SyntaxInvalid(
                    f"expected one of the parameters {', '.join(names) or '(none)'} in "
                    f"{self.text!r}, got {self.token!r}",
                    text=self.text,
                    name=self.token,
                )
            value = self.lift(self.field.gens[names.index(self.token)])
        elif self.token == "(":
            self.advance()
            value = self.sum()
            if self.token != ")":
                raise self.fail("')'")
        else:
            raise self.fail("a number, a parameter or '('")
        self.advance()
        return value
