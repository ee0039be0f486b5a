"""Interval arithmetic with rational ends."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from natlat_sym.exact.enclosure import enclose

Bounds = tuple[Fraction, Fraction]
PLACES = 128


def polynomial_bounds(coefficients: Sequence[Fraction], low: Fraction, high: Fraction) -> Bounds:
    """Return bounds of a polynomial, lowest coefficient first, on an interval.

    Examples
    --------
    >>> polynomial_bounds([Fraction(1), Fraction(-1)], Fraction(0), Fraction(1, 2))
    (Fraction(1, 2), Fraction(1, 1))
    """
    total: Bounds = (Fraction(0), Fraction(0))
    for c in reversed(coefficients):
        products = [x * y for x in total for y in (low, high)]
        total = rounded(min(products) + c, max(products) + c)
    return total


def rounded(low: Fraction, high: Fraction) -> Bounds:
    """Return bounds moved outwards to short dyadic numbers.

    Examples
    --------
    >>> low, high = rounded(Fraction(1, 3), Fraction(1, 3))
    >>> low < Fraction(1, 3) < high
    True
    """
    small = max(abs(low), abs(high))
    if not small:
        return low, high
    extra = max(0, small.denominator.bit_length() - small.numerator.bit_length())
    scale = 1 << PLACES + extra
    if (low * scale).denominator == 1 and (high * scale).denominator == 1:
        return low, high
    return (
        Fraction(low.numerator * scale // low.denominator, scale),
        Fraction(-(-high.numerator * scale // high.denominator), scale),
    )


def log_bounds(low: Fraction, high: Fraction) -> Bounds:
    """Return bounds of log2 on an interval of positive numbers.

    Examples
    --------
    >>> log_bounds(Fraction(1), Fraction(4))
    (Fraction(0, 1), Fraction(2, 1))
    """
    below, _ = enclose({1: {low.numerator: 1, low.denominator: -1}}, PLACES)
    _, above = enclose({1: {high.numerator: 1, high.denominator: -1}}, PLACES)
    return Fraction(below, 1 << PLACES), Fraction(above, 1 << PLACES)


def times(*factors: Bounds) -> Bounds:
    """Return bounds of a product.

    Examples
    --------
    >>> times((Fraction(-1), Fraction(2)), (Fraction(3), Fraction(4)))
    (Fraction(-4, 1), Fraction(8, 1))
    """
    found: Bounds = (Fraction(1), Fraction(1))
    for factor in factors:
        products = [x * y for x in found for y in factor]
        found = min(products), max(products)
    return found
