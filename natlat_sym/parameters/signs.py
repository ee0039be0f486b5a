"""Signs of rational functions on the whole range of their parameters, decided exactly.

One parameter: the roots are isolated.  Several: Bernstein coefficients on boxes, subdivided up to
a budget; beyond it the answer is undecided, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import Undecided
from natlat_sym.parameters.polynomials import (
    evaluate,
    evaluate_polynomial,
    inside,
    univariate_element,
)
from natlat_sym.parameters.ranges import Interval, Ranges
from natlat_sym.parameters.roots import isolated_roots

if TYPE_CHECKING:
    from natlat_sym.parameters.ratios import Ratio

Box = tuple[tuple[Fraction, Fraction], ...]
WIDTH = Fraction(1, 1 << 20)
MAX_BOXES = 4000


def signs_taken(value: Ratio) -> dict[int, dict[str, Fraction] | None]:
    """Return the signs a function takes on its range, each with a point where it is known.

    Parameters
    ----------
    value : Ratio
        Defined inside the range.

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a rational point; ``None`` for an irrational zero.  Ends that
        belong to the range count, when the function is defined there.

    Raises
    ------
    Undecided
        With several parameters, when the budget of boxes is used up.

    Examples
    --------
    >>> from natlat_sym.parameters.ratios import parameter
    >>> e = parameter("0 <= e < 1")
    >>> sorted(signs_taken(e)), sorted(signs_taken(1 - e)), sorted(signs_taken(1 - 3 * e))
    ([0, 1], [1], [-1, 0, 1])
    """
    number = value.constant()
    if number is not None:
        return {_sign(number): inside(value.ranges)}
    used = [s for s in value.ranges if _occurs(value, s)]
    if len(used) == 1:
        return _univariate(value, used[0])
    found = _multivariate(value, used)
    for point in _closed_corners(value.ranges):
        if not _undefined(value, point):
            found.setdefault(_sign(evaluate(value, point)), point)
    return found


def sign_on(value: Ratio) -> int:
    """Return the sign of a function on its range; zeros beside one sign do not count.

    Raises
    ------
    Undecided
        When both signs are taken, with a point for each.
    """
    found = signs_taken(value)
    if 1 in found and -1 in found:
        shown = [shown_point(found[sign]) for sign in (1, -1)]
        raise Undecided(
            f"{value} has no single sign for {value.ranges}: it is positive at {shown[0]} and "
            f"negative at {shown[1]}",
            value=value,
            points=(found[1], found[-1]),
        )
    return next((sign for sign in (1, -1) if sign in found), 0)


def compare(value: Ratio, wanted: frozenset[int]) -> bool:
    """Tell whether all signs taken on the range are among some signs.

    Raises
    ------
    Undecided
        When some are and some are not.
    """
    found = signs_taken(value)
    if found.keys() <= wanted:
        return True
    if not found.keys() & wanted:
        return False
    yes = next(iter(found.keys() & wanted))
    no = next(iter(found.keys() - wanted))
    raise Undecided(
        f"the sign of {value} changes for {value.ranges}: {_word(yes)} at "
        f"{shown_point(found[yes])}, {_word(no)} at {shown_point(found[no])}; narrow the range",
        value=value,
        points=(found[yes], found[no]),
    )


def _word(sign: int) -> str:
    return {1: "positive", 0: "zero", -1: "negative"}[sign]


def shown_point(point: Mapping[str, Fraction] | None) -> str:
    """Return a point as text: ``e = 1/3``."""
    if point is None:
        return "an irrational point"
    return ", ".join(f"{name} = {value}" for name, value in point.items())


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _occurs(value: Ratio, name: str) -> bool:
    place = list(value.ranges).index(name)
    return any(powers[place] for part in (value.numerator, value.denominator) for powers in part)


def _undefined(value: Ratio, point: Mapping[str, Fraction]) -> bool:
    return not evaluate_polynomial(value.denominator, point)


def _closed_corners(ranges: Ranges) -> Iterator[dict[str, Fraction]]:
    ends = []
    for interval in ranges.values():
        closed = [(interval.low, interval.low_closed), (interval.high, interval.high_closed)]
        ends.append([end for end, belongs in closed if belongs and end is not None])
    for values in product(*ends):
        yield dict(zip(ranges, values, strict=True))


# ---- one parameter ----


def _univariate(value: Ratio, name: str) -> dict[int, dict[str, Fraction] | None]:
    interval = value.ranges[name]
    base = inside(value.ranges)
    top, bottom = (univariate_element(p, name) for p in (value.numerator, value.denominator))
    zeros = isolated_roots(top, interval.low, interval.high, WIDTH)
    poles = isolated_roots(bottom, interval.low, interval.high, WIDTH)
    marks = sorted({mark for mark, _ in (*zeros, *poles)})
    found: dict[int, dict[str, Fraction] | None] = {}
    for (a, b), _ in zeros:
        found.setdefault(0, {**base, name: a} if a == b else None)
    for number in _between(marks, interval.low, interval.high):
        point = {**base, name: number}
        found.setdefault(_sign(evaluate(value, point)), point)
    for end, belongs in (
        (interval.low, interval.low_closed),
        (interval.high, interval.high_closed),
    ):
        if belongs and end is not None and not _undefined(value, {**base, name: end}):
            point = {**base, name: end}
            found.setdefault(_sign(evaluate(value, point)), point)
    return found


def _between(
    marks: Sequence[tuple[Fraction, Fraction]], low: Fraction | None, high: Fraction | None
) -> Iterator[Fraction]:
    """Yield a point in every gap that the marks leave."""
    left = low
    for a, b in [*marks, (high, high)]:
        yield Interval(left, a).inside()
        left = b


# ---- several parameters ----


def _multivariate(value: Ratio, used: Sequence[str]) -> dict[int, dict[str, Fraction] | None]:
    """Multiply the signs of the irreducible factors, each with one sign inside the box."""
    base = inside(value.ranges)
    box = []
    for name in used:
        interval = value.ranges[name]
        if interval.low is None or interval.high is None:
            raise Undecided(
                f"expected bounded ranges to decide the sign of {value}, got {value.ranges}",
                value=value,
            )
        box.append((interval.low, interval.high))
    total = 1
    for part in (value.numerator, value.denominator):
        content, factors = part.factor_list()
        total *= 1 if content > 0 else -1
        for factor, power in factors:
            found = _on_box(factor, used, tuple(box))
            if len(found) > 1:
                return _by_points(value, used, [p for p in found.values() if p])
            total *= next(iter(found)) ** power
    return {total: base}


def _by_points(
    value: Ratio, used: Sequence[str], points: Sequence[tuple[Fraction, ...]]
) -> dict[int, dict[str, Fraction] | None]:
    """Return the signs at points on both sides of a factor that changes its sign."""
    found: dict[int, dict[str, Fraction] | None] = {}
    for numbers in points:
        point = {**inside(value.ranges), **dict(zip(used, numbers, strict=True))}
        found.setdefault(_sign(evaluate(value, point)), point)
    if 1 in found and -1 in found:
        return {**found, 0: None}
    raise Undecided(
        f"the sign of {value} was not decided for {value.ranges}; narrow the ranges", value=value
    )


def _on_box(factor: Any, used: Sequence[str], box: Box) -> dict[int, tuple[Fraction, ...] | None]:
    """Return the signs of a polynomial strictly inside a box, with points where it has them."""
    waiting = [box]
    found: dict[int, tuple[Fraction, ...] | None] = {}
    seen = 0
    while waiting:
        seen += 1
        if seen > MAX_BOXES:
            raise Undecided(
                f"the sign of {factor.as_expr()} was not decided with {MAX_BOXES} boxes; narrow "
                "the ranges",
                polynomial=str(factor.as_expr()),
            )
        here = waiting.pop(0)
        numbers = bernstein(factor, used, here)
        low, high = min(numbers), max(numbers)
        middle = tuple((a + b) / 2 for a, b in here)
        if low >= 0 or high <= 0:
            found.setdefault(1 if high > 0 else -1, middle)
            if len(found) > 1:
                return found
            continue
        widest = max(range(len(here)), key=lambda i: here[i][1] - here[i][0])
        a, b = here[widest]
        for half in ((a, middle[widest]), (middle[widest], b)):
            waiting.append((*here[:widest], half, *here[widest + 1 :]))
    return found


def bernstein(factor: Any, used: Sequence[str], box: Box) -> list[Fraction]:
    """Return the Bernstein coefficients of a polynomial on a box: its values lie between them.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x, y = ring("x, y", ZZ)
    >>> one = (Fraction(0), Fraction(1))
    >>> [int(number) for number in bernstein(x * y - x, ["x", "y"], (one, one))]
    [0, 0, -1, 0]
    """
    places = [[str(s) for s in factor.ring.symbols].index(name) for name in used]
    terms = {tuple(p[i] for i in places): Fraction(int(c)) for p, c in factor.terms()}
    degrees = [max(p[i] for p in terms) for i in range(len(used))]
    for axis, (a, b) in enumerate(box):
        terms = _shift(terms, axis, a, b - a)
    numbers = dict(terms)
    for axis, degree in enumerate(degrees):
        grown: dict[tuple[int, ...], Fraction] = {}
        for powers, c in numbers.items():
            for i in range(powers[axis], degree + 1):
                key = (*powers[:axis], i, *powers[axis + 1 :])
                share = Fraction(comb(i, powers[axis]), comb(degree, powers[axis]))
                grown[key] = grown.get(key, Fraction(0)) + c * share
        numbers = grown
    return [numbers.get(key, Fraction(0)) for key in product(*(range(d + 1) for d in degrees))]


def _shift(
    terms: Mapping[tuple[int, ...], Fraction], axis: int, start: Fraction, scale: Fraction
) -> dict[tuple[int, ...], Fraction]:
    """Replace a variable by start + scale * variable."""
    found: dict[tuple[int, ...], Fraction] = {}
    for powers, c in terms.items():
        n = powers[axis]
        for i in range(n + 1):
            key = (*powers[:axis], i, *powers[axis + 1 :])
            value = c * comb(n, i) * start ** (n - i) * scale**i
            found[key] = found.get(key, Fraction(0)) + value
    return found
