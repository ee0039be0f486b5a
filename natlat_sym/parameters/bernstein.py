"""Signs of polynomials inside boxes, decided by Bernstein coefficients.

A polynomial lies between its Bernstein coefficients; without both signs among them it has no zero
inside.  Else the box is halved, and the wall between the halves is a box of its own, so that no
point is left out.  Where the polynomial vanishes at a corner, halving never ends: there the corner
is blown up, ``y = x*t``, and a power of the distance is divided out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from math import comb, lcm
from typing import Any

from natlat_sym.errors import Undecided
from natlat_sym.parameters.polynomials import fraction_field
from natlat_sym.parameters.roots import isolated_roots

Bounds = tuple[Fraction, Fraction]
Terms = Mapping[tuple[int, ...], Fraction]
Place = tuple[Fraction, ...]
MAX_BOXES = 4000
WIDTH = Fraction(1, 1 << 20)
ROUNDS = 2  # halvings of every axis before a corner is blown up
MAX_BLOWN = 6
MAX_HALVED = 40  # of every axis
ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)


@dataclass(frozen=True)
class _Piece:
    """A polynomial on the inside of a unit cube, and where its points lie."""

    terms: Terms
    axes: int
    place: Callable[[Place], Place]
    halved: int = 0
    blown: int = 0

    @property
    def middle(self) -> Place:
        return self.place((HALF,) * self.axes)


def polynomial_signs(
    element: Any, box: Mapping[str, Bounds], budget: int = MAX_BOXES
) -> dict[int, dict[str, Fraction] | None]:
    """Return the signs a polynomial takes inside a box, with points where it has them.

    Parameters
    ----------
    element : polynomial of sympy's ring over the integers
    box : mapping of str to (Fraction, Fraction)
        The ends of every parameter that occurs; they do not belong to the box.
    budget : int
        How many boxes may be looked at.

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a point; ``None`` for a zero that is not known.

    Raises
    ------
    Undecided
        When the budget of boxes is used up, as it is where the polynomial touches 0 inside.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x, y = ring("x, y", ZZ)
    >>> unit = {"x": (Fraction(0), Fraction(1)), "y": (Fraction(0), Fraction(1))}
    >>> [sorted(polynomial_signs(p, unit)) for p in (x + y, x**2 - x * y + y**2, x - y)]
    [[1], [1], [-1, 0, 1]]
    """
    names = list(box)
    found = _signs(element, names, list(box.values()), budget)
    return {
        sign: None if point is None else dict(zip(names, point, strict=True))
        for sign, point in found.items()
    }


def bernstein(terms: Terms, axes: int) -> dict[tuple[int, ...], Fraction]:
    """Return the Bernstein coefficients of a polynomial on the unit cube, by index.

    Examples
    --------
    >>> x_times_y_less_x = {(1, 1): Fraction(1), (1, 0): Fraction(-1)}
    >>> [int(number) for number in bernstein(x_times_y_less_x, 2).values()]
    [0, 0, -1, 0]
    """
    degrees = [max((p[i] for p in terms), default=0) for i in range(axes)]
    numbers = dict(terms)
    for axis, degree in enumerate(degrees):
        grown: dict[tuple[int, ...], Fraction] = {}
        for powers, c in numbers.items():
            for i in range(powers[axis], degree + 1):
                key = (*powers[:axis], i, *powers[axis + 1 :])
                share = Fraction(comb(i, powers[axis]), comb(degree, powers[axis]))
                grown[key] = grown.get(key, ZERO) + c * share
        numbers = grown
    return {key: numbers.get(key, ZERO) for key in product(*(range(d + 1) for d in degrees))}


def on_unit(element: Any, names: Sequence[str], box: Sequence[Bounds]) -> dict[Any, Fraction]:
    """Return a polynomial in the coordinates in which a box is the unit cube.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x = ring("x", ZZ)
    >>> on_unit(x**2, ["x"], [(Fraction(1), Fraction(3))])
    {(0,): Fraction(1, 1), (1,): Fraction(4, 1), (2,): Fraction(4, 1)}
    """
    places = [[str(s) for s in element.ring.symbols].index(name) for name in names]
    terms: dict[Any, Fraction] = {}
    for powers, c in element.terms():
        key = tuple(powers[i] for i in places)
        terms[key] = terms.get(key, ZERO) + Fraction(int(c))
    for axis, (a, b) in enumerate(box):
        terms = _shifted(terms, axis, a, b - a)
    return terms


def _signs(
    element: Any, names: Sequence[str], box: Sequence[Bounds], budget: int
) -> dict[int, Place | None]:
    def place(point: Place) -> Place:
        return tuple(a + (b - a) * x for (a, b), x in zip(box, point, strict=True))

    waiting = [_Piece(on_unit(element, names, box), len(names), place)]
    found: dict[int, Place | None] = {}
    seen = 0
    while waiting:
        seen += 1
        piece = waiting.pop(0)
        if seen > budget or piece.halved > MAX_HALVED * piece.axes:
            raise Undecided(
                f"the sign of {element.as_expr()} was not decided with {seen} boxes; narrow the "
                "ranges",
                polynomial=str(element.as_expr()),
            )
        numbers = bernstein(piece.terms, piece.axes)
        low, high = min(numbers.values()), max(numbers.values())
        if low >= 0 or high <= 0:
            found.setdefault((high > 0) - (low < 0), piece.middle)
        elif piece.axes == 1:
            for sign, point in _on_a_line(piece).items():
                found.setdefault(sign, point)
        else:
            middle = _value(piece.terms, (HALF,) * piece.axes)
            found.setdefault((middle > 0) - (middle < 0), piece.middle)
            waiting += _smaller(piece, numbers)
        if 1 in found and -1 in found:  # a box is connected
            return {**found, 0: found.get(0)}
    return found


def _smaller(piece: _Piece, numbers: Terms) -> Iterator[_Piece]:
    ready = piece.halved >= ROUNDS * piece.axes and piece.blown < MAX_BLOWN
    if ready and (corner := _corner_at_zero(numbers, piece.axes)):
        return _blown_up(piece, corner)
    return _halves(piece)


def _halves(piece: _Piece) -> Iterator[_Piece]:
    """Yield both halves and the wall between them."""
    axis = piece.halved % piece.axes

    def moved(start: Fraction) -> Callable[[Place], Place]:
        def place(point: Place) -> Place:
            own = start + point[axis] / 2
            return piece.place((*point[:axis], own, *point[axis + 1 :]))

        return place

    def wall(point: Place) -> Place:
        return piece.place((*point[:axis], HALF, *point[axis:]))

    for start in (ZERO, HALF):
        terms = _shifted(piece.terms, axis, start, HALF)
        yield replace(piece, terms=terms, place=moved(start), halved=piece.halved + 1)
    between: dict[tuple[int, ...], Fraction] = {}
    for powers, c in piece.terms.items():
        key = (*powers[:axis], *powers[axis + 1 :])
        between[key] = between.get(key, ZERO) + c * HALF ** powers[axis]
    yield _Piece(_clean(between), piece.axes - 1, wall, 0, piece.blown)


def _corner_at_zero(numbers: Terms, axes: int) -> tuple[bool, ...] | None:
    """Return a corner where the polynomial vanishes, as whether each axis is at its end."""
    top = max(numbers)
    for corner in product((False, True), repeat=axes):
        if not numbers[tuple(n if end else 0 for n, end in zip(top, corner, strict=True))]:
            return corner
    return None


def _blown_up(piece: _Piece, corner: tuple[bool, ...]) -> Iterator[_Piece]:
    """Yield a piece for every set of axes that are farthest from a corner, all equally far.

    With s their distance and s*t that of another one, a power of s can be divided out.
    """
    terms = piece.terms
    for axis, end in enumerate(corner):
        terms = _shifted(terms, axis, ONE, -ONE) if end else terms
    least = min(map(sum, terms))
    for size in range(1, piece.axes + 1):
        for far in combinations(range(piece.axes), size):
            near = [axis for axis in range(piece.axes) if axis not in far]
            grown: dict[tuple[int, ...], Fraction] = {}
            for powers, c in terms.items():
                key = (sum(powers) - least, *(powers[axis] for axis in near))
                grown[key] = grown.get(key, ZERO) + c
            place = _placed(piece, corner, near)
            yield _Piece(_clean(grown), 1 + len(near), place, 0, piece.blown + 1)


def _placed(
    piece: _Piece, corner: tuple[bool, ...], near: Sequence[int]
) -> Callable[[Place], Place]:
    def place(point: Place) -> Place:
        far = [point[0]] * piece.axes
        for axis, share in zip(near, point[1:], strict=True):
            far[axis] = point[0] * share
        return piece.place(tuple(1 - x if end else x for x, end in zip(far, corner, strict=True)))

    return place


def _on_a_line(piece: _Piece) -> dict[int, Place | None]:
    """Return the signs of a polynomial of one variable between 0 and 1, by its roots."""
    scale = lcm(*(c.denominator for c in piece.terms.values()))
    ring = fraction_field(("t",)).ring
    element = ring.from_dict({powers: int(c * scale) for powers, c in piece.terms.items()})
    found: dict[int, Place | None] = {}
    left = ZERO
    for (a, b), _ in [*isolated_roots(element, ZERO, ONE, WIDTH), ((ONE, ONE), 1)]:
        middle = ((left + a) / 2,)
        value = _value(piece.terms, middle)
        found.setdefault((value > 0) - (value < 0), piece.place(middle))
        if b < 1 or a < b:
            found.setdefault(0, piece.place((a,)) if a == b else None)
        left = b
    return found


def _value(terms: Terms, point: Place) -> Fraction:
    total = ZERO
    for powers, c in terms.items():
        for x, power in zip(point, powers, strict=True):
            c *= x**power
        total += c
    return total


def _shifted(
    terms: Terms, axis: int, start: Fraction, scale: Fraction
) -> dict[tuple[int, ...], Fraction]:
    """Replace a variable by start + scale * variable."""
    found: dict[tuple[int, ...], Fraction] = {}
    for powers, c in terms.items():
        n = powers[axis]
        for i in range(n + 1):
            if start or i == n:
                key = (*powers[:axis], i, *powers[axis + 1 :])
                value = c * comb(n, i) * start ** (n - i) * scale**i
                found[key] = found.get(key, ZERO) + value
    return _clean(found)


def _clean(terms: Terms) -> dict[tuple[int, ...], Fraction]:
    return {powers: c for powers, c in terms.items() if c}
