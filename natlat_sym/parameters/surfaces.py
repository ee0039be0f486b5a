"""Log sums of several parameters that can be differentiated, restricted and enclosed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.enclosure import ln2_bounds
from natlat_sym.parameters.bernstein import bernstein, on_unit
from natlat_sym.parameters.curves import Curve, curve_of, used_in
from natlat_sym.parameters.intervals import PLACES, Bounds, log_bounds, rounded, times
from natlat_sym.parameters.polynomials import evaluate
from natlat_sym.parameters.ratios import Ratio, as_ratio, polynomial
from natlat_sym.parameters.series import Constant

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction

Box = Mapping[str, Bounds]
MAX_POWERS = 8


class Surface:
    """An amount plus a rational function over ln 2: what derivatives of amounts are.

    Parameters
    ----------
    amount : BitsFunction
    rest : Ratio, optional

    Examples
    --------
    >>> from natlat_sym import BitsFunction
    >>> surface = Surface(BitsFunction("d*log2(1 + e)", "0 < d < 1, 0 < e < 1"))
    >>> slope = surface.partial("e")
    >>> print(slope.amount, "and", slope.rest, "over ln 2")
    0 and d/(1 + e) over ln 2
    """

    def __init__(self, amount: BitsFunction, rest: Ratio | None = None) -> None:
        self.amount = amount
        self.rest = as_ratio(0, amount.ranges) if rest is None else rest
        self._partials: dict[str, Surface] = {}

    def __bool__(self) -> bool:
        return bool(self.amount) or bool(self.rest)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The parameters that occur."""
        both = {*used_in(self.amount), *used_in(self.amount.taken(self.rest, self.amount.ranges))}
        return tuple(name for name in self.amount.ranges if name in both)

    @cached_property
    def size(self) -> int:
        """How many terms its polynomials have."""
        return sum(
            len(f.numerator) + len(f.denominator) for f in (*self.amount.terms.values(), self.rest)
        )

    def partial(self, name: str) -> Surface:
        """Return the derivative by one parameter."""
        if name not in self._partials:
            rest = derivative(self.rest, name)
            for atom, f in self.amount.terms.items():
                if not isinstance(atom, int):
                    inner = polynomial(self.amount.ranges, atom)
                    rest = rest + f * derivative(inner, name) / inner
            slopes = {atom: derivative(f, name) for atom, f in self.amount.terms.items()}
            self._partials[name] = Surface(self.amount._of(self.amount.ranges, slopes), rest)
        return self._partials[name]

    def restricted(self, values: Mapping[str, Fraction]) -> Surface | None:
        """Return the function with parameters fixed, or ``None`` where it has no value."""
        try:
            amount = self.amount.substitute(values)
            rest = self.rest.substitute(values)
        except InvalidInput:
            return None
        ranges = self.amount.ranges
        return Surface(self.amount.taken(amount, ranges), as_ratio(rest, ranges))

    @cached_property
    def content(self) -> Ratio:
        """A function that divides all coefficients."""
        shares = [f for f in (*self.amount.terms.values(), self.rest) if f]
        top = reduce(lambda a, b: a.gcd(b), (f.numerator for f in shares))
        bottom = reduce(lambda a, b: a.lcm(b), (f.denominator for f in shares))
        return polynomial(shares[0].ranges, top) / polynomial(shares[0].ranges, bottom)

    @cached_property
    def primitive(self) -> Surface:
        """The quotient by the content."""
        return Surface(self.amount / self.content, self.rest / self.content)

    def one_logarithm(self) -> tuple[Any, Any] | None:
        """Return polynomials a and b where the function is log2(a) - log2(b), else ``None``."""
        powers = {atom: f.constant() for atom, f in self.amount.terms.items()}
        if self.rest or None in powers.values():
            return None
        whole = [int(p) for p in powers.values() if p is not None and p.denominator == 1]
        if len(whole) < len(powers) or sum(map(abs, whole)) > MAX_POWERS:
            return None
        ring = self.rest.numerator.ring
        sides = [ring.one, ring.one]
        for atom, power in zip(powers, whole, strict=True):
            sides[power < 0] *= (ring(atom) if isinstance(atom, int) else atom) ** abs(power)
        return sides[0], sides[1]

    def sign_at(self, point: Mapping[str, Fraction]) -> int:
        """Return the sign at a point, exactly."""
        return Constant(self.amount.at(**point), evaluate(self.rest, point)).sign()

    def curve(self, name: str) -> Curve:
        """Return a function in which one parameter occurs as a curve over it."""
        return curve_of(self.amount, name, self.rest)

    def bounds(self, box: Box) -> Bounds | None:
        """Return bounds on a box with its walls, or ``None`` where there are none."""
        low, high = Fraction(0), Fraction(0)
        parts: list[tuple[Ratio, Bounds]] = []
        for atom, f in self.amount.terms.items():
            inner = (Fraction(atom),) * 2 if isinstance(atom, int) else element_bounds(atom, box)
            if inner[0] <= 0:
                return None
            parts.append((f, log_bounds(*inner)))
        if self.rest:
            a, b = ln2_bounds(PLACES)
            parts.append((self.rest, (1 / b, 1 / a)))
        for f, factor in parts:
            bottom = element_bounds(f.denominator, box)
            if bottom[0] <= 0 <= bottom[1]:
                return None
            inverse = 1 / bottom[1], 1 / bottom[0]
            found = times(element_bounds(f.numerator, box), inverse, factor)
            low, high = low + found[0], high + found[1]
        return low, high


def derivative(f: Ratio, name: str) -> Ratio:
    """Return the derivative of a rational function by one parameter.

    Examples
    --------
    >>> from natlat_sym.parameters.declared import parameter
    >>> d, e = parameter("0 < d < 1"), parameter("0 < e < 1")
    >>> print(derivative(d / (1 + e), "e"))
    -d/(1 + 2*e + e^2)
    """
    top, bottom = f.numerator, f.denominator
    x = top.ring.gens[list(f.ranges).index(name)]
    number = top.diff(x) * bottom - top * bottom.diff(x)
    return polynomial(f.ranges, number) / polynomial(f.ranges, bottom**2)


def element_bounds(element: Any, box: Box) -> Bounds:
    """Return bounds of a polynomial on a box.

    Examples
    --------
    >>> from sympy import ZZ, ring
    >>> _, x, y = ring("x, y", ZZ)
    >>> unit = (Fraction(0), Fraction(1))
    >>> element_bounds(x + y - x * y, {"x": unit, "y": unit})
    (Fraction(0, 1), Fraction(1, 1))
    """
    names = _occurring(element)
    numbers = bernstein(on_unit(element, names, [box[n] for n in names]), len(names)).values()
    return rounded(min(numbers), max(numbers))


def _occurring(element: Any) -> list[str]:
    names: Iterable[str] = (str(symbol) for symbol in element.ring.symbols)
    return [name for i, name in enumerate(names) if any(powers[i] for powers in element.monoms())]
