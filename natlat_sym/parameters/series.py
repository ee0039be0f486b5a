"""Expansions of log sums at a point, exact to any order: limits, and signs near ends.

With t > 0 the distance from the point, a log sum is a sum of ``t^j * (a_j + b_j * log2(t))``: each
coefficient is a Laurent series, each logarithm is w*log2(t) + log2(g_0) + (a power series)/ln 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.enclosure import ln2_bounds
from natlat_sym.exact.field import show

Series = list[Fraction]
FIRST_ORDER = 4


@dataclass(frozen=True)
class Constant:
    """An exact real number: an amount in bits plus a rational multiple of 1/ln 2.

    It is 0 only when both parts are: otherwise 1 would be a rational combination of logarithms of
    integers, which are transcendental (Lindemann).

    Attributes
    ----------
    bits : Bits
    per_ln2 : Fraction

    Examples
    --------
    >>> print(Constant(Bits("-log2(3)"), Fraction(1)), Constant(Bits(0), Fraction(3)).sign())
    -log2(3) + 1/ln(2) 1
    """

    bits: Bits
    per_ln2: Fraction = Fraction(0)

    def __bool__(self) -> bool:
        return bool(self.per_ln2) or self.bits != 0

    def sign(self) -> int:
        """Return -1, 0 or 1, decided exactly."""
        if not self.per_ln2:
            return self.bits.sign()
        digits = 20
        while True:
            low, high = self.bounds(digits)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            digits *= 2

    def bounds(self, digits: int) -> tuple[Fraction, Fraction]:
        """Return rational bounds, about ``10**-digits`` apart."""
        low, high = self.bits.bounds(digits)
        below, above = ln2_bounds(4 * digits + 16)
        ends = sorted((self.per_ln2 / below, self.per_ln2 / above))
        return low + ends[0], high + ends[1]

    def scaled(self, factor: Fraction) -> Constant:
        """Return the multiple by a rational."""
        return Constant(self.bits * factor, self.per_ln2 * factor)

    def __str__(self) -> str:
        if not self.per_ln2:
            return str(self.bits)
        size = abs(self.per_ln2)
        tail = f"{show(size) if size.denominator == 1 else f'({show(size)})'}/ln(2)"
        if self.bits == 0:
            return f"-{tail}" if self.per_ln2 < 0 else tail
        return f"{self.bits} {'-' if self.per_ln2 < 0 else '+'} {tail}"


@dataclass(frozen=True)
class Leading:
    """The leading term ``coefficient * t^power * log2(t)^logs`` as t -> 0+.

    Attributes
    ----------
    coefficient : Constant
        Not 0.
    power : int
        Of t.
    logs : int
        0 or 1.
    """

    coefficient: Constant
    power: int
    logs: int

    def sign(self) -> int:
        """The sign for small t."""
        return -self.coefficient.sign() if self.logs else self.coefficient.sign()


@dataclass(frozen=True)
class LogSum:
    """A log sum in one variable: rational functions times logarithms, and one over ln 2.

    Attributes
    ----------
    terms : tuple of (argument, top, bottom)
        Each stands for ``top/bottom * log2(argument)``; an argument is an integer, or the
        coefficients of a polynomial, lowest first; so are top and bottom.
    rest : (top, bottom)
        A rational function, to be divided by ln 2.
    """

    terms: tuple[tuple[Any, Series, Series], ...]
    rest: tuple[Series, Series]


def expand(function: LogSum, point: Fraction | None, side: int) -> Leading:
    """Return the leading term of a log sum that is not 0 at a point, from one side.

    Parameters
    ----------
    function : LogSum
    point : Fraction or None
        ``None`` for infinity.
    side : int
        1 from above, -1 from below; t is the distance, or 1/distance from 0 at infinity.

    Returns
    -------
    Leading
    """
    order = FIRST_ORDER
    while True:
        found = _expanded(function, point, side, order)
        for power in sorted(found):
            constant, log = found[power]
            if log:
                return Leading(Constant(Bits(log)), power, 1)
            if constant:
                return Leading(constant, power, 0)
        order *= 2


def second(function: LogSum, point: Fraction | None, side: int, first: Leading) -> Leading:
    """Return the term after the leading one, of a log sum that has one."""
    order = FIRST_ORDER
    while True:
        found = _expanded(function, point, side, order)
        for power in sorted(found):
            constant, log = found[power]
            if power < first.power or (power == first.power and not (first.logs and constant)):
                continue
            if log and power > first.power:
                return Leading(Constant(Bits(log)), power, 1)
            if constant:
                return Leading(constant, power, 0)
        order *= 2


def _expanded(
    function: LogSum, point: Fraction | None, side: int, order: int
) -> dict[int, tuple[Constant, Fraction]]:
    """Return the coefficients of t^j that are complete at this order."""
    constants: dict[int, list[tuple[Fraction, Bits]]] = {}
    naturals: dict[int, Fraction] = {}
    logs: dict[int, Fraction] = {}
    complete = None
    for argument, top, bottom in (*function.terms, (2, *function.rest)):
        if not any(top):
            continue
        natural = (argument, top, bottom) == (2, *function.rest)
        valuation, f = _quotient(top, bottom, point, side, order)
        complete = min(valuation + order, complete) if complete is not None else valuation + order
        if natural:
            for j, c in enumerate(f, valuation):
                naturals[j] = naturals.get(j, Fraction(0)) + c
            continue
        if isinstance(argument, int):
            for j, c in enumerate(f, valuation):
                constants.setdefault(j, []).append((c, Bits.log2(argument)))
            continue
        w, g = _local(argument, point, side, order)
        for j, c in enumerate(f, valuation):
            logs[j] = logs.get(j, Fraction(0)) + w * c
            constants.setdefault(j, []).append((c, Bits.log2(g[0])))
        log_series = _logarithm([x / g[0] for x in g])
        for j, c in enumerate(_product(f, log_series)[:order], valuation):
            naturals[j] = naturals.get(j, Fraction(0)) + c
    found = {}
    for j in {*constants, *naturals, *logs}:
        if complete is not None and j < complete:
            bits = Bits.combine(constants.get(j, []))
            found[j] = Constant(bits, naturals.get(j, Fraction(0))), logs.get(j, Fraction(0))
    return found


# ---- power series ----


def _local(
    coefficients: Sequence[Fraction], point: Fraction | None, side: int, order: int
) -> tuple[int, Series]:
    """Return (w, g) with polynomial = t^w * (g_0 + g_1 t + ...), g_0 not 0."""
    if point is None:
        degree = len(coefficients) - 1
        turned = [c * side**i for i, c in enumerate(coefficients)][::-1]
        return -degree, _padded(turned, order)
    shifted = shift(coefficients, point, Fraction(side))
    w = next(i for i, c in enumerate(shifted) if c)
    return w, _padded(shifted[w:], order)


def shift(coefficients: Sequence[Fraction], point: Fraction, scale: Fraction) -> Series:
    """Return the coefficients of p(point + scale*t).

    Examples
    --------
    >>> [int(c) for c in shift([Fraction(0), Fraction(0), Fraction(1)], Fraction(1), Fraction(-1))]
    [1, -2, 1]
    """
    found = [Fraction(c) for c in coefficients]
    for i in range(len(found)):
        for j in range(len(found) - 2, i - 1, -1):
            found[j] += point * found[j + 1]
    return [c * scale**i for i, c in enumerate(found)]


def _padded(series: Sequence[Fraction], order: int) -> Series:
    return [*series[:order], *[Fraction(0)] * max(0, order - len(series))]


def _quotient(
    top: Sequence[Fraction],
    bottom: Sequence[Fraction],
    point: Fraction | None,
    side: int,
    order: int,
) -> tuple[int, Series]:
    over, a = _local(top, point, side, order)
    under, b = _local(bottom, point, side, order)
    found: Series = []
    for n in range(order):
        rest = a[n] - sum((b[k] * found[n - k] for k in range(1, n + 1)), Fraction(0))
        found.append(rest / b[0])
    return over - under, found


def _product(a: Sequence[Fraction], b: Sequence[Fraction]) -> Series:
    return [sum((a[k] * b[n - k] for k in range(n + 1)), Fraction(0)) for n in range(len(a))]


def _logarithm(series: Sequence[Fraction]) -> Series:
    """Return the natural logarithm of a series that starts with 1."""
    found = [Fraction(0)]
    for n in range(1, len(series)):
        rest = sum((k * found[k] * series[n - k] for k in range(1, n)), Fraction(0))
        found.append(series[n] - rest / n)
    return found


@cache
def coefficients(element: Any) -> tuple[Fraction, ...]:
    """Return the coefficients of a polynomial of sympy's ring in one variable, lowest first.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x = ring("x", ZZ)
    >>> coefficients(2 * x**2 - 1)
    (Fraction(-1, 1), Fraction(0, 1), Fraction(2, 1))
    """
    if not element:
        return (Fraction(0),)
    found = [Fraction(0)] * (element.degree() + 1)
    for (power,), c in element.terms():
        found[power] = Fraction(int(c))
    return tuple(found)


def value_at(coefficients: Sequence[Fraction], point: Fraction) -> Fraction:
    """Return the value of a polynomial at a point."""
    total = Fraction(0)
    for c in reversed(coefficients):
        total = total * point + c
    return total


def constant_at(function: LogSum, point: Fraction) -> Constant | None:
    """Return the exact value at a point, or None where it is not defined."""
    parts: list[tuple[Fraction, Bits]] = []
    for argument, top, bottom in function.terms:
        below, above = value_at(bottom, point), value_at(top, point)
        number = Fraction(argument) if isinstance(argument, int) else value_at(argument, point)
        if not below or number <= 0:
            return None
        if above:
            parts.append((above / below, Bits.log2(number)))
    top, bottom = function.rest
    below = value_at(bottom, point)
    return Constant(Bits.combine(parts), value_at(top, point) / below) if below else None
