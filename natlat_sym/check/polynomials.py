"""Polynomials in the number n of features, the budget m and the index k of a sum (section 10)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from .reading import Group, require

Poly = dict[tuple[int, int, int], Fraction]  # (i, t, j): coefficient of n**i * m**t * k**j
Line = tuple[int, int, int]  # (a, c, d) stands for a + c*n + d*m
Ends = tuple[Line, Line]  # the first and the last k of a run
Size = tuple[int, Line]  # (b, line) stands for b*k + line features
Family = dict[Any, Poly]  # keys: (Group, Size) = joint entropy, str = symbol, () = the constant 1
NOBODY: tuple[Group, Size] = (frozenset(), (0, (0, 0, 0)))
MAX_DEGREE, MAX_SHIFT, MAX_LINES, MAX_ATOMS, MAX_SIZE = 9, 20, 50, 1000, 512


def constant(x: Fraction | int) -> Poly:
    """Return a constant."""
    return {(0, 0, 0): Fraction(x)} if x else {}


N, M, K = ({power: Fraction(1)} for power in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))


def add_poly(total: Family, key: Any, value: Poly) -> None:
    """Add to one coefficient of a family, and drop zeros."""
    kept = total.setdefault(key, {})
    for power, x in value.items():
        x += kept.pop(power, 0)
        size = max(x.numerator.bit_length(), x.denominator.bit_length())
        require(size <= MAX_SIZE, "certificate", "numbers grow too large")
        if x:
            kept[power] = x


def sum_polys(*values: Poly) -> Poly:
    """Return the sum of polynomials."""
    total: Family = {(): {}}
    for value in values:
        add_poly(total, (), value)
    return total[()]


def less(left: Poly, right: Poly) -> Poly:
    """Return a difference."""
    return sum_polys(left, product(constant(-1), right))


def product(*factors: Poly) -> Poly:
    """Return the product of polynomials."""
    total = constant(1)
    for factor in factors:
        products: Family = {(): {}}
        for (i, t, j), x in total.items():
            moved = {(i + a, t + b, j + c): x * y for (a, b, c), y in factor.items()}
            add_poly(products, (), moved)
        total = products[()]
    return total


def line_poly(a: int, c: int, d: int) -> Poly:
    """Return a + c*n + d*m."""
    return sum_polys(constant(a), product(constant(c), N), product(constant(d), M))


def put(value: Poly, place: int, point: Poly) -> Poly:
    """Put a polynomial in the place of n, m or k (0, 1 or 2), by Horner's rule."""
    rows: dict[int, Poly] = {}
    for (i, t, j), x in value.items():
        rest = ((0, t, j), (i, 0, j), (i, t, 0))[place]
        rows.setdefault((i, t, j)[place], {})[rest] = x
    total: Poly = {}
    for power in reversed(range(1 + max(rows, default=0))):
        total = sum_polys(product(total, point), rows.get(power, {}))
    return total


def sum_of_lines(*lines: Line) -> Line:
    """Return the sum of lines."""
    a, c, d = (sum(line[i] for line in lines) for i in range(3))
    return a, c, d


class Scope:
    """The numbers n of features from ``least`` on, with every budget 1 <= m < n if there is one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.features, self.least, self.budget = data["features"], data["least"], "budget" in data
        named = type(self.features) is str and re.fullmatch("[A-Z][A-Za-z0-9_']*", self.features)
        require(named, "features", "expected a name that starts with a capital letter")
        proper = type(self.least) is int and 1 + self.budget <= self.least <= MAX_SHIFT
        require(proper, "least", f"expected {1 + self.budget} to {MAX_SHIFT}")
        require(data.get("budget", "m") == "m", "budget", "expected 'm'")
        # Numbers that are never negative; then n and m in terms of such numbers.
        self.spare, self.m = [line_poly(-self.least, 1, 0)], constant(0)
        self.n = line_poly(self.least, 1, 0)
        if self.budget:
            self.spare = [line_poly(-1, 1, -1), line_poly(-1, 0, 1)]
            self.n, self.m = line_poly(2, 1, 1), line_poly(1, 0, 1)
        self.shown = f"for all n >= {self.least}{' and 1 <= m <= n-1' if self.budget else ''}"

    def never_negative(self, line: Line) -> bool:
        (a, c, d), n = line, self.least
        ends = ((n, 1), (n, n - 1)) if self.budget else ((n, 0),)
        return min(c, c + d) >= 0 and all(a + c * n + d * m >= 0 for n, m in ends)
