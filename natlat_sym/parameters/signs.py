"""Signs of rational functions on the whole range of their parameters, decided exactly.

One parameter: the roots are isolated.  Several: the inside of the range and every face of it that
belongs to it are decided one by one, factor by factor, with Bernstein coefficients on boxes, up to
a budget; beyond it the answer is undecided, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import Undecided
from natlat_sym.parameters.bernstein import MAX_BOXES, WIDTH, polynomial_signs
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

Point = dict[str, Fraction]


def signs_taken(value: Ratio) -> dict[int, Point | None]:
    """Return the signs a function takes on its range, each with a point where it is known.

    Parameters
    ----------
    value : Ratio
        Defined inside the range.

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a rational point; ``None`` where none is known, as for an
        irrational zero.  Ends that belong to the range count, when the function is defined there.

    Raises
    ------
    Undecided
        With several parameters, when the budget of boxes is used up.

    Examples
    --------
    >>> from natlat_sym.parameters.declared import parameter
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
    if any(None in (value.ranges[s].low, value.ranges[s].high) for s in used):
        from natlat_sym.parameters.unbounded import bounded

        values, back = bounded(value.ranges)
        moved = signs_taken(value.substitute(values))
        return {sign: point and back(point) for sign, point in moved.items()}
    found: dict[int, Point | None] = {}
    for ends in faces(value.ranges, used):
        for sign, point in _on_face(value, used, ends).items():
            found[sign] = found.get(sign) or point
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


# ---- one parameter ----


def _univariate(value: Ratio, name: str) -> dict[int, Point | None]:
    interval = value.ranges[name]
    base = inside(value.ranges)
    top, bottom = (univariate_element(p, name) for p in (value.numerator, value.denominator))
    found: dict[int, Point | None] = {}
    for (a, b), _ in isolated_roots(top, interval.low, interval.high, WIDTH):
        found.setdefault(0, {**base, name: a} if a == b else None)
    marks = [mark for mark, _ in isolated_roots(top * bottom, interval.low, interval.high, WIDTH)]
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


def faces(ranges: Ranges, used: Iterable[str]) -> Iterator[Point]:
    """Yield the parts of a range: its inside, and every face that belongs to it.

    Parameters
    ----------
    ranges : Ranges
    used : iterable of str
        The parameters in question.

    Yields
    ------
    dict of str to Fraction
        The parameters that sit at an end, with it; none for the inside.

    Examples
    --------
    >>> list(faces(Ranges.read("0 <= d < 1, 0 < e < 1"), ["d", "e"]))
    [{}, {'d': Fraction(0, 1)}]
    """
    ways = []
    for name in used:
        interval = ranges[name]
        ends = [(interval.low, interval.low_closed), (interval.high, interval.high_closed)]
        ways.append([{}, *({name: end} for end, belongs in ends if belongs and end is not None)])
    for chosen in product(*ways):
        yield {name: end for choice in chosen for name, end in choice.items()}


def restricted(element: Any, values: Mapping[str, Fraction]) -> Any:
    """Return a positive multiple of a polynomial with some parameters fixed, over the integers.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x, y = ring("x, y", ZZ)
    >>> restricted(x * y + 1, {"x": Fraction(1, 2)})
    y + 2
    """
    if not values:
        return element
    names = [str(symbol) for symbol in element.ring.symbols]
    terms: dict[tuple[int, ...], Fraction] = {}
    for powers, c in element.terms():
        number = Fraction(int(c))
        for name, value in values.items():
            number *= value ** powers[names.index(name)]
        key = tuple(0 if n in values else p for n, p in zip(names, powers, strict=True))
        terms[key] = terms.get(key, Fraction(0)) + number
    scale = lcm(*(c.denominator for c in terms.values()))
    return element.ring.from_dict({key: int(c * scale) for key, c in terms.items() if c})


def _on_face(value: Ratio, used: Sequence[str], ends: Point) -> dict[int, Point | None]:
    """Return the signs on one face, where the function is defined there."""
    top, bottom = (restricted(part, ends) for part in (value.numerator, value.denominator))
    base = {**inside(value.ranges), **ends}
    if not bottom:
        return {}
    if not top:
        return {0: base}
    box = {
        name: (interval.low, interval.high)
        for name, interval in value.ranges.items()
        if name in used and name not in ends
    }
    return product_signs(top, bottom, box, base)


def product_signs(
    top: Any, bottom: Any, box: Mapping[str, Any], base: Point, budget: int = MAX_BOXES
) -> dict[int, Point | None]:
    """Return the signs that a quotient of polynomials takes inside a box, from its factors.

    Parameters
    ----------
    top, bottom : polynomial of sympy's ring over the integers
        Not 0.
    box : mapping of str to (Fraction, Fraction)
        The ends of the parameters that occur.
    base : dict of str to Fraction
        A point of the box, with the other parameters.
    budget : int
        Boxes for each factor.

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a point or ``None``.

    Raises
    ------
    Undecided
        When the budget is used up, or several factors change their signs and only one sign of
        the whole was met.
    """
    total, changing = 1, 0
    found: dict[int, Point | None] = {}
    points = [base]
    for part in (top, bottom):
        content, factors = part.factor_list()
        total *= _sign(content)
        for factor, power in factors:
            names = [str(s) for s in factor.ring.symbols]
            own = {n: box[n] for i, n in enumerate(names) if any(p[i] for p in factor.monoms())}
            signs = polynomial_signs(factor, own, budget)
            points += [{**base, **point} for point in signs.values() if point]
            if 0 in signs and part is bottom:
                raise Undecided(f"{factor.as_expr()} vanishes inside; narrow the ranges")
            if 0 in signs:
                zero = signs[0]
                found.setdefault(0, zero and {**base, **zero})
            if len(signs.keys() - {0}) > 1:
                changing += power % 2
            else:
                total *= max(signs.keys() - {0}, default=1) ** power
    for point in points:
        above, below = (evaluate_polynomial(part, point) for part in (top, bottom))
        if below:
            found[_sign(above) * _sign(below)] = point
    if changing > 1 and not found.keys() >= {1, -1}:
        shown = top.as_expr() / bottom.as_expr()
        raise Undecided(f"the sign of {shown} was not decided; narrow the ranges")
    return {**dict.fromkeys((1, -1) if changing else (total,)), **found}
