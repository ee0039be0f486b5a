"""Chernoff information between rational bounds: the minimum of a convex function, enclosed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_GUARD = 32
_STEPS = 60


def chernoff_bounds(
    pairs: list[tuple[Fraction, Fraction]], digits: int
) -> tuple[Fraction, Fraction]:
    """Return rational bounds on -min over s in [0, 1] of log2 sum p^s q^(1-s).

    Parameters
    ----------
    pairs : list of (Fraction, Fraction)
        Masses under p and under q, all positive.
    digits : int
        How far apart the bounds may be: some units of the last of so many decimals.

    Returns
    -------
    (Fraction, Fraction)
        Rigorous, by interval arithmetic.

    Examples
    --------
    >>> low, high = chernoff_bounds([(Fraction(1, 4), Fraction(3, 4))] * 2, 5)
    >>> low <= high
    True
    """
    from mpmath import iv

    before = iv.prec
    iv.prec = 4 * digits + _GUARD + 64
    try:
        low, high = Fraction(0), Fraction(1)
        slope_low, slope_high = (_slope(pairs, end)[1] for end in (low, high))
        if slope_low.a >= 0 or slope_high.b <= 0:
            return _value(pairs, low if slope_low.a >= 0 else high)
        for step in range(_STEPS + 4 * digits):
            # Not halves: the minimum is often at 1/2, where no enclosure shows a sign.
            middle = low + (high - low) * Fraction(31 + 2 * (step % 2), 64)
            slope = _slope(pairs, middle)[1]
            if slope.b < 0:
                low = middle
            elif slope.a > 0:
                high = middle
            else:
                break
            if (high - low) * 10**digits < 1:
                break
        value, slope = _slope(pairs, low)
        # Convexity: between the ends the logarithm is above its tangent at the lower one.
        lowest = value + slope * _interval(high - low)
        top = -_fraction((lowest / iv.log(2)).a)
        bottom = -_fraction((value / iv.log(2)).b)
        return bottom, top
    finally:
        iv.prec = before


def _value(pairs: list[tuple[Fraction, Fraction]], s: Fraction) -> tuple[Fraction, Fraction]:
    from mpmath import iv

    value = _slope(pairs, s)[0] / iv.log(2)
    return -_fraction(value.b), -_fraction(value.a)


def _slope(pairs: list[tuple[Fraction, Fraction]], s: Fraction) -> tuple[Any, Any]:
    """Return enclosures of ln sum p^s q^(1-s) and of its derivative in s."""
    from mpmath import iv

    total = weighted = iv.mpf(0)
    share = _interval(s)
    for one, two in pairs:
        left, right = iv.log(_interval(one)), iv.log(_interval(two))
        part = iv.exp(share * left + (1 - share) * right)
        total, weighted = total + part, weighted + part * (left - right)
    return iv.log(total), weighted / total


def _interval(number: Fraction) -> Any:
    from mpmath import iv

    return iv.mpf(number.numerator) / iv.mpf(number.denominator)


def _fraction(end: Any) -> Fraction:
    """Return the exact end of an interval."""
    sign, mantissa, exponent, _ = end._mpi_[0] if hasattr(end, "_mpi_") else end._mpf_
    value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -value if sign else value
