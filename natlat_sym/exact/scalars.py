"""Arithmetic that rationals and functions of parameters share: quotients, common denominators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, cast


class Scalar:
    """A number of another field than the rationals: a function of parameters.

    What has one as a mass asks it for the things below, which for rationals are integer
    work.
    """

    __slots__ = ()

    def over_common(self, values: Sequence[Any]) -> tuple[list[Any], Any]:
        """Return numbers of this field as polynomials over one common denominator."""
        raise NotImplementedError

    def common_divisor(self, values: Sequence[Any]) -> Any:
        """Return the greatest common divisor of polynomials."""
        raise NotImplementedError

    def common_multiple(self, values: Sequence[Any]) -> Any:
        """Return the least common multiple of polynomials."""
        raise NotImplementedError

    def settled(self, values: Sequence[Any]) -> list[Any]:
        """Return polynomials over the parameters that occur; integers where none does."""
        raise NotImplementedError


def divided(top: Any, bottom: Any) -> Fraction:
    """Return an exact quotient of integers or rationals; of functions of parameters a function.

    Examples
    --------
    >>> divided(3, 6)
    Fraction(1, 2)
    """
    if isinstance(top, Scalar) or isinstance(bottom, Scalar):
        return cast(Fraction, top / bottom)
    return Fraction(top, bottom)


def over_common(values: Sequence[Any]) -> tuple[list[Any], Any]:
    """Return rationals as integers over one common denominator; functions as polynomials.

    Examples
    --------
    >>> over_common([Fraction(1, 2), Fraction(1, 3)])
    ([3, 2], 6)
    """
    if symbolic := [value for value in values if isinstance(value, Scalar)]:
        return symbolic[0].over_common(values)
    bottom = lcm(*{value.denominator for value in values})
    return [value.numerator * (bottom // value.denominator) for value in values], bottom


def common_divisor(values: Iterable[Any]) -> Any:
    """Return the greatest common divisor of integers, or of polynomials.

    Examples
    --------
    >>> common_divisor([6, 9])
    3
    """
    listed = list(values)
    if symbolic := [value for value in listed if isinstance(value, Scalar)]:
        return symbolic[0].common_divisor(listed)
    return gcd(*listed)


def lowest(values: Iterable[Any]) -> list[Any]:
    """Return integers, or polynomials, without their common divisor; integers where possible.

    Examples
    --------
    >>> lowest([6, 9])
    [2, 3]
    """
    listed = list(values)
    common = common_divisor(listed)
    parts = [value // common for value in listed]
    symbolic = [value for value in parts if isinstance(value, Scalar)]
    return symbolic[0].settled(parts) if symbolic else parts


def common_multiple(values: Iterable[Any]) -> Any:
    """Return the least common multiple of integers, or of polynomials.

    Examples
    --------
    >>> common_multiple([4, 6])
    12
    """
    listed = list(values)
    if symbolic := [value for value in listed if isinstance(value, Scalar)]:
        return symbolic[0].common_multiple(listed)
    return lcm(*listed)
