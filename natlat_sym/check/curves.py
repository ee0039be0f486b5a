"""Amounts along a parameter, and their sign between two points (section 13)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

from .laws import PRECISION, bounds_of, sign_of
from .reading import (
    MAX_ENCLOSURE,
    MAX_PRECISION,
    Linear,
    add_term,
    require,
)
from .univariate import (
    Uni,
    add,
    common,
    divided,
    multiply,
    slope,
    spread,
    uni,
    value_at,
)

MAX_CURVES = 48
Weighted = list[tuple[Uni, Uni]]  # (what a logarithm is of, positive inside the range; factor)


def fraction_log(x: Fraction) -> Linear:
    """Return log2(x) in logarithms of whole numbers."""
    value: Linear = {}
    add_term(value, x.numerator, 1, "logarithm")
    add_term(value, x.denominator, -1, "logarithm")
    return value


def _one_over_ln2(precision: int) -> tuple[Fraction, Fraction]:
    """Return bounds of 1/ln 2, from ln 2 = sum over k of 1/(k 2**k)."""
    one = 1 << precision + 16
    low = sum(one // (k << k) for k in range(1, precision + 16))
    return Fraction(one, low + precision + 16), Fraction(one, low)


def coprime_parts(arguments: Iterable[Uni]) -> list[Uni]:
    """Return pairwise coprime polynomials of which the given ones are products, up to factors."""
    base: list[Uni] = []
    stack = sorted(arguments, reverse=True)
    while stack:
        a = stack.pop()
        for i, b in enumerate(base):
            shared = common(a, b)
            if len(shared) > 1:
                del base[i]
                parts = (divided(a, shared)[0], divided(b, shared)[0], shared)
                stack += [part for part in parts if len(part) > 1]
                break
        else:
            base.append(a)
    return base


class Curve:
    """The sum of f*log2(g) over some g, plus top/bottom over ln 2."""

    def __init__(self, logs: dict[Any, Uni], top: Uni, bottom: Uni) -> None:
        shared = common(bottom, top)
        self.logs = {g: f for g, f in logs.items() if f}
        self.top, self.bottom = divided(top, shared)[0], divided(bottom, shared)[0]

    @classmethod
    def of(cls, parts: Weighted, inside: Fraction) -> Curve:
        """Collect logarithms over coprime polynomials, which are positive at a point inside."""
        base = []
        arguments = {g for g, _ in parts if len(g) > 1}
        require(len(arguments) <= MAX_CURVES, "claim", "too many different polynomials")
        for b in coprime_parts(arguments):
            scale = lcm(*(c.denominator for c in b)) * (1 if value_at(b, inside) > 0 else -1)
            base.append(uni(c * scale for c in b))
        logs: dict[Any, Uni] = {}
        for g, f in parts:
            rest = g
            for b in base:
                quotient, remainder = divided(rest, b)
                while not remainder:
                    logs[b] = add(logs.get(b, ()), f)
                    rest = quotient
                    quotient, remainder = divided(rest, b)
            require(len(rest) == 1 and rest[0] > 0, "claim", "a logarithm was not taken apart")
            for number, sign in ((rest[0].numerator, 1), (rest[0].denominator, -1)):
                if number > 1:
                    logs[number] = add(logs.get(number, ()), multiply(uni([sign]), f))
        return cls(logs, (), uni([1]))

    def vanishes(self, where: str) -> bool:
        numbers = [g for g in self.logs if type(g) is int]
        powers = range(max([0, *(len(self.logs[g]) for g in numbers)]))
        rows = [{g: self.logs[g][i] for g in numbers if i < len(self.logs[g])} for i in powers]
        return len(numbers) == len(self.logs) and not any(sign_of(row, where) for row in rows)

    def slope(self) -> Curve:
        logs = {g: slope(f) for g, f in self.logs.items()}
        shared = common(self.bottom, slope(self.bottom))
        once, turn = (divided(p, shared)[0] for p in (self.bottom, slope(self.bottom)))
        fall = multiply(uni([-1]), multiply(self.top, turn))
        top, bottom = add(multiply(slope(self.top), once), fall), multiply(self.bottom, once)
        for g, f in self.logs.items():
            if type(g) is tuple:
                shared = common(bottom, g)
                mine, theirs = divided(g, shared)[0], divided(bottom, shared)[0]
                top = add(multiply(top, mine), multiply(multiply(f, slope(g)), theirs))
                bottom = multiply(bottom, mine)
        return Curve(logs, top, bottom)

    def limit(self, x: Fraction, where: str, share: int) -> int:
        """Return the sign of the limit at a point, with a share of the work."""
        value: Linear = {}
        for g, f in self.logs.items():
            number, weight = Fraction(g) if type(g) is int else value_at(g, x), value_at(f, x)
            require(number or not weight, where, "no finite limit")
            for part, sign in ((number.numerator, 1), (number.denominator, -1)):
                if weight:
                    add_term(value, part, sign * weight, where)
        below = value_at(self.bottom, x)
        require(below, where, "no finite limit")
        rest = value_at(self.top, x) / below
        precision = 64
        while rest and precision <= MAX_PRECISION:  # not 0: 1/ln 2 is no such sum (Lindemann)
            affordable = (len(value) + 1) * precision**2 * share <= MAX_ENCLOSURE
            require(affordable, where, "the sign is too hard to decide")
            low, high = bounds_of(value, precision)
            ends = [rest * end for end in _one_over_ln2(precision)]
            low, high = low + min(ends), high + max(ends)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            precision *= 2
        require(not rest, where, "the sign is too hard to decide")
        return sign_of(value, where, share)

    def between(self, low: Fraction, high: Fraction, where: str) -> int:
        """Return the sign that bounds show on a whole interval, or 0."""
        least = most = Fraction(0)
        parts: list[list[Fraction]] = []
        for g, f in self.logs.items():
            ends = (Fraction(g), Fraction(g)) if type(g) is int else spread(g, low, high)
            if ends[0] <= 0:
                return 0
            logs = [bounds_of(fraction_log(x), PRECISION) for x in ends]
            parts.append([x * y for x in spread(f, low, high) for y in (logs[0][0], logs[1][1])])
        below = spread(self.bottom, low, high)
        if below[0] <= 0 <= below[1]:
            return 0
        over = [x / y for x in spread(self.top, low, high) for y in below]
        parts.append([x * y for x in over for y in _one_over_ln2(PRECISION)])
        for products in parts:
            least, most = least + min(products), most + max(products)
        return (least > 0) - (most < 0)
