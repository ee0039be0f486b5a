"""Polynomials in one parameter, and their sign on an interval (section 13)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import zip_longest
from math import lcm

from .reading import require

Uni = tuple[Fraction, ...]  # a polynomial in the parameter, lowest power first, no zero on top
MAX_POWER, MAX_SIZE, MAX_HALVINGS = 40, 1 << 11, 64


def uni(values: Iterable[Fraction | int]) -> Uni:
    """Return a polynomial without zeros on top."""
    found = [Fraction(x) for x in values]
    while found and not found[-1]:
        found.pop()
    bits = [max(x.numerator.bit_length(), x.denominator.bit_length()) for x in found]
    proper = len(found) <= MAX_POWER and max(bits, default=0) <= MAX_SIZE
    require(proper, "range", "the polynomials grow too large")
    return tuple(found)


def add(a: Uni, b: Uni) -> Uni:
    """Return a sum."""
    return uni(x + y for x, y in zip_longest(a, b, fillvalue=Fraction(0)))


def multiply(a: Uni, b: Uni) -> Uni:
    """Return a product."""
    found = [Fraction(0)] * (len(a) + len(b))
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            found[i + j] += x * y
    return uni(found)


def divided(a: Uni, b: Uni) -> tuple[Uni, Uni]:
    """Return quotient and remainder."""
    rest, found = list(a), [Fraction(0)] * max(0, len(a) - len(b) + 1)
    for i in reversed(range(len(found))):
        found[i] = rest[i + len(b) - 1] / b[-1]
        for j, y in enumerate(b):
            rest[i + j] -= found[i] * y
    return uni(found), uni(rest)


def common(a: Uni, b: Uni) -> Uni:
    """Return the greatest common divisor with leading coefficient 1."""
    while b:
        a, b = b, divided(a, b)[1]
    return uni(x / a[-1] for x in a)


def slope(a: Uni) -> Uni:
    """Return the derivative."""
    return uni([i * x for i, x in enumerate(a)][1:])


def value_at(a: Uni, x: Fraction) -> Fraction:
    """Return the value at a point."""
    return spread(a, x, x)[0]


def _whole(a: Uni, *points: Fraction) -> tuple[list[int], int, list[int], int]:
    """Return coefficients and points, both times a whole number that makes them whole."""
    scale, unit = (lcm(*(x.denominator for x in values)) for values in (a, points))
    return [int(c * scale) for c in a], scale, [int(x * unit) for x in points], unit


def spread(a: Uni, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Return bounds of the values between two points."""
    coefficients, scale, points, unit = _whole(a, low, high)
    least, most, power = 0, 0, 1
    for c in reversed(coefficients):
        power *= unit
        ends = [x * y for x in (least, most) for y in points]
        least, most = min(ends) + c * power, max(ends) + c * power
    return Fraction(least, scale * power), Fraction(most, scale * power)


def _shifted(a: list[int], step: int) -> list[int]:
    found = list(a)
    for i in range(len(found)):
        for j in reversed(range(i, len(found) - 1)):
            found[j] += step * found[j + 1]
    return found


def one_sign(a: Uni, low: Fraction, high: Fraction, where: str, halvings: int = 0) -> int:
    """Return the sign that a polynomial has everywhere strictly between two points."""
    whole, _, (start, end), unit = _whole(a, low, high)
    powered = [c * unit ** (len(a) - 1 - i) for i, c in enumerate(whole)]
    moved = [c * (end - start) ** i for i, c in enumerate(_shifted(powered, start))]
    turned = _shifted(moved[::-1], 1)  # of 1/(1+t), as t > 0 runs
    signs = {c > 0 for c in turned if c}
    if len(signs) == 1:
        return 1 if signs.pop() else -1
    require(signs and halvings < MAX_HALVINGS, where, "a polynomial may vanish inside the range")
    middle = (low + high) / 2
    left = one_sign(a, low, middle, where, halvings + 1)
    right = one_sign(a, middle, high, where, halvings + 1)
    require(left == right and value_at(a, middle), where, "a polynomial vanishes inside the range")
    return left
