"""Real roots of integer polynomials in one variable, isolated exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from sympy import Poly, Rational

from natlat_sym.parameters.polynomials import evaluate_polynomial

Root = tuple[Fraction, Fraction]  # an interval with exactly one root; a point when it is rational


def isolated_roots(
    element: Any, low: Fraction | None, high: Fraction | None, width: Fraction
) -> list[tuple[Root, int]]:
    """Return the roots strictly between two ends.

    Parameters
    ----------
    element : polynomial of sympy's ring over the integers, in one variable
    low, high : Fraction or None
        The ends; ``None`` for infinity.
    width : Fraction
        The largest length of an interval.

    Returns
    -------
    list of ((Fraction, Fraction), int)
        Ascending, disjoint and away from both ends of the range; each with its multiplicity.  The
        ends of an interval are never roots unless both agree.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x = ring("x", ZZ)
    >>> isolated_roots((2 * x - 1) ** 2 * (x - 5), Fraction(0), Fraction(1), Fraction(1, 8))
    [((Fraction(1, 2), Fraction(1, 2)), 2)]
    """
    found: list[tuple[Root, int]] = []
    for factor, power in element.factor_list()[1]:
        found += [(root, power) for root in _of_irreducible(factor, low, high, width)]
    found.sort()
    touching = any(one[1] >= two[0] for (one, _), (two, _) in pairwise(found))
    if touching or any(a < b and (a == low or b == high) for (a, b), _ in found):
        return isolated_roots(element, low, high, width / 1024)
    return found


def _of_irreducible(
    factor: Any, low: Fraction | None, high: Fraction | None, width: Fraction
) -> list[Root]:
    if factor.degree() == 1:
        root = Fraction(-int(factor.coeff(1)), int(factor.LC))
        inside = (low is None or low < root) and (high is None or root < high)
        return [(root, root)] if inside else []
    poly = Poly(factor.as_expr(), *factor.ring.symbols)
    ends = {
        name: Rational(end.numerator, end.denominator)
        for name, end in (("inf", low), ("sup", high))
        if end is not None
    }
    eps = Rational(width.numerator, width.denominator)
    found = [(_fraction(a), _fraction(b)) for (a, b), _ in poly.intervals(eps=eps, **ends)]
    cells = [_cell(factor, a, b, width) for a, b in found]
    return [
        (a if low is None else max(a, low), b if high is None else min(b, high)) for a, b in cells
    ]


def _cell(factor: Any, a: Fraction, b: Fraction, width: Fraction) -> Root:
    """Return the multiples of a width around an irrational root, whoever isolated it."""
    name = str(factor.ring.symbols[0])
    steps = floor(a / width)
    border = (steps + 1) * width
    if border < b:
        left, right = (evaluate_polynomial(factor, {name: x}) > 0 for x in (border, b))
        steps += left != right
    return steps * width, (steps + 1) * width


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))
