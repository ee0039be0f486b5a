"""Signs of log sums of several parameters on boxes, decided rigorously.

Inside a box the sign is found, in this order, by interval arithmetic; when one logarithm is left,
by a comparison of polynomials; when all terms have one sign; when the function is monotone in a
parameter, from the wall where it is least or greatest; and when it is concave or convex in one,
from both walls.  Slopes and curvatures are functions of the same kind, so this goes on by itself,
and the walls have a parameter less.  A wall where the function is 0 does no harm: it is not inside.
What is left is halved, and the wall between the halves is a box of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from natlat_sym.errors import Undecided
from natlat_sym.parameters.intervals import Bounds
from natlat_sym.parameters.lines import Line
from natlat_sym.parameters.polynomials import inside
from natlat_sym.parameters.ranges import Interval
from natlat_sym.parameters.signs import faces, product_signs, shown_point
from natlat_sym.parameters.surfaces import Surface
from natlat_sym.parameters.unbounded import bounded

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction
    from natlat_sym.parameters.ratios import Ratio

Point = dict[str, Fraction]
Signs = dict[int, Point | None]
Box = Mapping[str, Bounds]
MAX_BOXES = 200
DEPTH = 3  # of slopes and curvatures inside each other
STEPS = 60  # signs of slopes, curvatures and walls on the way to that of one box
MAX_SIZE = 300  # terms of polynomials, beyond which a box is only enclosed and halved
WORK = 15_000  # such terms in all signs that are looked for
EFFORT = 100  # boxes for a polynomial on the way


def box_signs(function: BitsFunction, used: Sequence[str]) -> Signs:
    """Return the signs a log sum of several parameters takes on its range.

    Parameters
    ----------
    function : BitsFunction
    used : sequence of str
        The parameters that occur.

    Returns
    -------
    dict
        Sign to a point, or to ``None``.  Ends that belong to the range count.

    Raises
    ------
    Undecided
        When the budget of boxes is used up, as it is where the function touches 0 inside; or when
        it has no value at an end that belongs to the range.

    Examples
    --------
    >>> from natlat_sym import BitsFunction
    >>> f = BitsFunction("log2(1 + d) - d*log2(1 + e)", "0 < d < 1, 0 < e < 1")
    >>> sorted(box_signs(f, ["d", "e"]))
    [1]
    """
    ranges = function.ranges
    if any(None in (ranges[name].low, ranges[name].high) for name in used):
        values, back = bounded(ranges)
        moved = box_signs(function.substitute(values), used)
        return {sign: point and back(point) for sign, point in moved.items()}
    found: Signs = {}
    for ends in faces(ranges, used):
        face = Surface(function).restricted(ends)
        if face is None:
            raise Undecided(
                f"{function} has no value at {shown_point(ends)}, which belongs to the range; "
                "leave it out of the range, or take a limit",
                value=function,
            )
        box = {n: _ends(ranges[n]) for n in used if n not in ends}
        base = {**inside(ranges), **ends}
        for sign, point in _Search(function).signs(face, box, base).items():
            found[sign] = found.get(sign) or point
    return found


class _Search:
    """The signs of one function; the budget is for all its boxes together."""

    def __init__(self, function: BitsFunction) -> None:
        self.function = function
        self.seen = 0
        self.work = WORK

    def signs(self, surface: Surface, box: Box, base: Point) -> Signs:
        """Return the signs inside a box; the other parameters are those of a point."""
        found: Signs = {}
        waiting = [(surface, dict(box), dict(base))]
        while waiting:
            here, around, point = waiting.pop(0)
            around = {name: ends for name, ends in around.items() if name in here.used}
            point = {**point, **{name: (a + b) / 2 for name, (a, b) in around.items()}}
            self._count()
            quotient = _as_quotient(here)
            sign = None if quotient else _Attempt(self).sign(here, around)
            if quotient:
                for own, where in product_signs(*quotient, around, point).items():
                    found[own] = found.get(own) or where
            elif sign is not None:
                found.setdefault(sign, point)
            elif len(around) == 1:
                for own, at in _on_a_line(here, around).items():
                    found.setdefault(own, None if at is None else {**point, **at})
            else:
                found.setdefault(here.sign_at(point), point)
                waiting += _halves(here, around, point)
            if 1 in found and -1 in found:  # a box is connected
                return {**found, 0: found.get(0)}
        return found

    def _count(self) -> None:
        self.seen += 1
        if self.seen > MAX_BOXES:
            raise Undecided(
                f"the sign of {self.function} was not decided with {MAX_BOXES} boxes for "
                f"{self.function.ranges}; narrow the ranges",
                value=self.function,
            )


class _Attempt:
    """The search for the one sign of a function inside a box, with a budget of steps."""

    def __init__(self, search: _Search) -> None:
        self.search = search
        self.left = STEPS

    def sign(self, surface: Surface, box: Box, depth: int = DEPTH) -> int | None:
        """Return 1, -1, 0 for the zero function, or ``None`` when no one sign was found."""
        if not surface:
            return 0
        self.left -= 1
        box = {name: ends for name, ends in box.items() if name in surface.used}
        limits = surface.bounds(box)
        if limits is not None and (limits[0] > 0 or limits[1] < 0):
            return 1 if limits[0] > 0 else -1
        self.search.work -= surface.size
        if surface.size > MAX_SIZE or self.search.work < 0:
            return None
        quotient = _as_quotient(surface)
        if quotient:
            return _one_sign(*quotient, box)
        scale = _ratio_sign(surface.content, box)
        if not scale:
            return None
        reduced = surface.primitive
        if len(box) == 1:
            own = _only(_on_a_line(reduced, box))
        else:
            own = _of_all_terms(reduced, box)
            if own is None and depth and self.left > 0:
                own = self._by_slopes(reduced, box, depth)
        return None if own is None else own * scale

    def _by_slopes(self, surface: Surface, box: Box, depth: int) -> int | None:
        """Return the sign of what is monotone, concave, convex or linear in a parameter."""
        for name, ends in box.items():
            slope = self._bend(surface, [name], box, depth - 1)
            if slope:
                least, greatest = ends if slope > 0 else ends[::-1]
                if self._wall(surface, name, least, box, depth) in (0, 1):
                    return 1
                if self._wall(surface, name, greatest, box, depth) in (0, -1):
                    return -1
        for name, ends in box.items() if depth > 1 else ():
            bent = self._bend(surface, [name, name], box, depth - 2)
            if bent is None:
                continue
            walls = {self._wall(surface, name, end, box, depth) for end in ends}
            for own in (1, -1):
                if walls <= {0, own} and bent in (0, -own) and (bent or own in walls):
                    return own
        return None

    def _bend(self, surface: Surface, names: Sequence[str], box: Box, depth: int) -> int | None:
        """Return the sign of a derivative, unless it is too long."""
        for name in names:
            if self.search.work < 0 or surface.size > MAX_SIZE:
                return None
            surface = surface.partial(name)
        return None if surface.size > MAX_SIZE else self.sign(surface, box, depth)

    def _wall(self, surface: Surface, name: str, end: Fraction, box: Box, depth: int) -> int | None:
        """Return the sign inside a wall of a box, when the function has values there."""
        wall = surface.restricted({name: end})
        others = {other: ends for other, ends in box.items() if other != name}
        return None if wall is None else self.sign(wall, others, depth)


def _of_all_terms(surface: Surface, box: Box) -> int | None:
    """Return the sign that all terms share."""
    signs: set[int | None] = {_ratio_sign(surface.rest, box)} if surface.rest else set()
    for atom, f in surface.amount.terms.items():
        above = 1 if isinstance(atom, int) else _one_sign(atom - 1, atom.ring.one, box)
        own = _ratio_sign(f, box)
        signs.add(None if own is None or above is None else own * above)
        if len(signs) > 1 or None in signs:
            return None
    return signs.pop()


def _as_quotient(surface: Surface) -> tuple[Any, Any] | None:
    """Return polynomials whose quotient has the same sign, where one logarithm is left."""
    if not surface:
        return None
    scale, reduced = surface.content, surface.primitive
    sides = reduced.one_logarithm()
    if sides is not None:
        return scale.numerator * (sides[0] - sides[1]), scale.denominator
    if reduced.amount:
        return None
    return surface.rest.numerator, surface.rest.denominator


def _ratio_sign(value: Ratio, box: Box) -> int | None:
    return _one_sign(value.numerator, value.denominator, box)


def _one_sign(top: Any, bottom: Any, box: Box) -> int | None:
    """Return the one sign of a quotient of polynomials inside a box."""
    if not top:
        return 0
    base = {str(s): Fraction(0) for s in top.ring.symbols}
    base |= {name: (a + b) / 2 for name, (a, b) in box.items()}
    try:
        return _only(product_signs(top, bottom, box, base, EFFORT))
    except Undecided:
        return None


def _only(found: Signs) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def _on_a_line(surface: Surface, box: Box) -> Signs:
    ((name, (low, high)),) = box.items()
    found = Line(surface.curve(name), Interval(low, high)).signs()
    return {sign: None if at is None else {name: at} for sign, at in found.items()}


def _halves(
    surface: Surface, box: Box, point: Point
) -> Iterator[tuple[Surface, dict[str, Bounds], Point]]:
    """Yield both halves of a box and the wall between them."""
    name = max(box, key=lambda n: box[n][1] - box[n][0])
    (low, high), half = box[name], point[name]
    yield surface, {**box, name: (low, half)}, point
    yield surface, {**box, name: (half, high)}, point
    wall = surface.restricted({name: half})
    if wall is None:
        raise Undecided(f"{surface.amount} has no value at {shown_point({name: half})}")
    yield wall, {n: ends for n, ends in box.items() if n != name}, point


def _ends(interval: Interval) -> Bounds:
    return cast(Bounds, (interval.low, interval.high))
