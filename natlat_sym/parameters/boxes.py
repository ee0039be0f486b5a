"""Interval arithmetic with rational ends, and log sums of several parameters on boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import Undecided
from natlat_sym.exact.bits import Bits
from natlat_sym.parameters.polynomials import inside

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction

Bounds = tuple[Fraction, Fraction]
Box = dict[str, Bounds]
MAX_BOXES = 3000
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
    return Bits.log2(low).bounds(PLACES // 3)[0], Bits.log2(high).bounds(PLACES // 3)[1]


def box_signs(function: BitsFunction, used: Sequence[str]) -> dict[int, dict[str, Fraction] | None]:
    """Return the signs a log sum of several parameters takes on its range.

    Parameters
    ----------
    function : BitsFunction
    used : sequence of str
        The parameters that occur.

    Returns
    -------
    dict
        Sign to a point.

    Raises
    ------
    Undecided
        When the budget of boxes is used up, as it is whenever the function touches 0.
    """
    base = inside(function.ranges)
    box: Box = {}
    for name in used:
        interval = function.ranges[name]
        if interval.low is None or interval.high is None:
            raise Undecided(f"expected bounded ranges to decide a sign, got {function.ranges}")
        box[name] = (interval.low, interval.high)
    found: dict[int, dict[str, Fraction] | None] = {}
    waiting, seen = [box], 0
    while waiting:
        here = waiting.pop(0)
        seen += 1
        middle = {**base, **{name: (a + b) / 2 for name, (a, b) in here.items()}}
        found.setdefault(function.at(**middle).sign(), middle)
        if 1 in found and -1 in found:
            return {**found, 0: found.get(0)}
        if seen > MAX_BOXES:
            raise Undecided(
                f"the sign of {function} was not decided with {MAX_BOXES} boxes for "
                f"{function.ranges}; narrow the ranges",
                value=function,
            )
        if not _excludes_zero(function, here):
            name = max(here, key=lambda n: here[n][1] - here[n][0])
            a, b = here[name]
            half = (a + b) / 2
            waiting += [{**here, name: (a, half)}, {**here, name: (half, b)}]
    return found


def _excludes_zero(function: BitsFunction, box: Mapping[str, Bounds]) -> bool:
    low = high = Fraction(0)
    for atom, f in function.terms.items():
        top, bottom = (_element_bounds(p, box) for p in (f.numerator, f.denominator))
        inner = (Fraction(atom),) * 2 if isinstance(atom, int) else _element_bounds(atom, box)
        if bottom[0] <= 0 <= bottom[1] or inner[0] <= 0:
            return False
        logs = log_bounds(*inner)
        products = [t / d * x for t in top for d in bottom for x in logs]
        low, high = low + min(products), high + max(products)
    return low > 0 or high < 0


def _element_bounds(element: Any, box: Mapping[str, Bounds]) -> Bounds:
    low = high = Fraction(0)
    names = [str(symbol) for symbol in element.ring.symbols]
    for powers, c in element.terms():
        term: Bounds = (Fraction(int(c)),) * 2
        for name, power in zip(names, powers, strict=True):
            for _ in range(power):
                products = [x * y for x in term for y in box[name]]
                term = min(products), max(products)
        low, high = low + term[0], high + term[1]
    return low, high
