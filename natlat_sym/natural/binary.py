"""The best stochastic latent of two binary features: its exact score, by the known optimum.

The score of a latent V is I(X;Y|V) + I(V;X|Y) + I(V;Y|X), the sum of its natural-latent errors.
Over all stochastic latents its minimum tau is attained by the constant, or by two components that
are mirror images of each other; where they lie is the root of a cubic.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.statements.measures import measure

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

Bounds = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class BinaryOptimum:
    """The least score of a stochastic latent of a law of two binary features.

    Attributes
    ----------
    cells : tuple of Fraction
        The masses p00, p01, p10, p11, the labels of Y exchanged where p00 p11 < p01 p10.
    kind : str
        ``constant``: the constant latent is best; ``zero-cell`` or ``mixture``: two components.
    psi : Bits
        H(X|Y) + H(Y|X).
    exact : Bits or None
        The score; ``None`` for ``mixture``, where the root of a cubic is inside the logarithms.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_dict({("0", "0"): "2/5", ("0", "1"): "1/5", ("1", "1"): "2/5"}, "X Y")
    >>> binary_optimum(law).exact
    Bits('-2 + log2(5)')
    """

    cells: tuple[Fraction, Fraction, Fraction, Fraction]
    kind: str
    psi: Bits
    exact: Bits | None

    def bounds(self, digits: int) -> Bounds:
        """Return rational bounds of the score, at most ``10**-digits`` apart.

        Parameters
        ----------
        digits : int

        Returns
        -------
        (Fraction, Fraction)
        """
        if self.exact is not None:
            return self.exact.bounds(digits)
        width = digits + 8
        while True:
            low, high = self._mixture_bounds(width)
            if (high - low) * 10**digits < 1:
                return low, high
            width *= 2

    def _mixture_bounds(self, digits: int) -> Bounds:
        a, b, c, d = self.cells
        s, step = a + d, Fraction(1, 10**digits)
        root = _cubic_root(b + c, b * c, s, step)
        low, high = s * s - 4 * root[1] ** 2, s * s - 4 * root[0] ** 2
        rho = _square_root(low, digits)[0], _square_root(high, digits)[1]
        one = (s + rho[0]) / 2, (s + rho[1]) / 2
        two = (s - rho[1]) / 2, (s - rho[0]) / 2
        b2, c2 = (b, b), (c, c)
        parts = [(3, cell) for cell in (one, b2, c2, two)]
        sides = [_plus(one, b2), _plus(c2, two), _plus(one, c2), _plus(b2, two)]
        parts += [(-2, side) for side in sides]
        phi = [_entropy_bounds(cell, digits) for _, cell in parts]
        pairs = [(k, h) for (k, _), h in zip(parts, phi, strict=True)]
        phi_low = sum((k * (h[0] if k > 0 else h[1]) for k, h in pairs), Fraction(0))
        phi_high = sum((k * (h[1] if k > 0 else h[0]) for k, h in pairs), Fraction(0))
        psi = self.psi.bounds(digits)
        return psi[0] - phi_high, psi[1] - phi_low


def binary_optimum(dist: Dist) -> BinaryOptimum:
    """Return the least score of a stochastic latent V of two binary features, in bits.

    The score is the sum of the errors I(X;Y|V) + I(V;X|Y) + I(V;Y|X).

    Parameters
    ----------
    dist : Dist
        A law of two variables with two labels each at most.

    Returns
    -------
    BinaryOptimum
        Exact where logarithms of rationals suffice, else with bounds of any width.

    Raises
    ------
    InvalidInput
        For other laws.

    References
    ----------
    Harwood and Gillen, Small steps towards proving stochastic to deterministic natural latents.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_array([[14, 1], [1, 4]], "X Y")
    >>> low, high = binary_optimum(law).bounds(7)
    >>> f"{float(low):.6f}", binary_optimum(law).kind
    ('0.221595', 'mixture')
    """
    as_law(dist)
    cells = _cells(dist)
    x, y = dist.names
    psi = measure(dist, f"H({x}|{y}) + H({y}|{x})")
    a, b, c, d = cells
    if a * d < b * c:
        a, b, c, d = b, a, d, c
    delta, s, v, w = a * d - b * c, a + d, b + c, b * c
    ordered = (a, b, c, d)
    # The constant is best when the root of the cubic is at least the square root of a*d; there
    # the cubic is not positive, and squaring makes that a comparison of rationals.
    if a * d * delta**2 <= (v * a * d + w * s) ** 2:
        return BinaryOptimum(ordered, "constant", psi, measure(dist, f"I({x};{y})"))
    if not w:
        logs = Bits.log2(1 + v) * (1 + v) - (Bits.log2(v) * v if v else Bits(0))
        return BinaryOptimum(ordered, "zero-cell", psi, psi - logs)
    return BinaryOptimum(ordered, "mixture", psi, None)


def _cells(dist: Dist) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    require_numbers(dist, purpose="for its optimum")
    sizes = [len(alphabet) for alphabet in dist.alphabets]
    if len(sizes) != 2 or max(sizes) > 2:
        raise InvalidInput(
            "expected a law of two binary variables, got "
            f"{', '.join(f'{n} with {k} labels' for n, k in zip(dist.names, sizes, strict=True))}"
        )
    labels = [(*alphabet, *(["?"] if len(alphabet) < 2 else [])) for alphabet in dist.alphabets]
    masses = [dist.mass((x, y)) for x in labels[0] for y in labels[1]]
    return masses[0], masses[1], masses[2], masses[3]


def _cubic_root(v: Fraction, w: Fraction, s: Fraction, width: Fraction) -> Bounds:
    """Return bounds of the positive root of u^3 - v u^2 - w u - w s; there is only one."""
    low, high = Fraction(0), Fraction(2)
    while high - low > width:
        middle = (low + high) / 2
        if middle**3 - v * middle**2 - w * middle - w * s <= 0:
            low = middle
        else:
            high = middle
    return low, high


def _square_root(number: Fraction, digits: int) -> Bounds:
    scale: int = 10**digits
    floor = isqrt(max(0, number.numerator) * scale * scale // number.denominator)
    return Fraction(floor, scale), Fraction(floor + 1, scale)


def _plus(one: Bounds, two: Bounds) -> Bounds:
    return one[0] + two[0], one[1] + two[1]


def _entropy_bounds(cell: Bounds, digits: int) -> Bounds:
    """Return bounds of -x log2(x) for x between two positive numbers below 1."""
    low, high = max(cell[0], Fraction(1, 10 ** (4 * digits))), min(cell[1], Fraction(1))
    logs = -Bits.log2(high).bounds(digits)[1], -Bits.log2(low).bounds(digits)[0]
    return low * max(logs[0], Fraction(0)), high * logs[1]
