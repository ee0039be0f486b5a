"""Sign tables: where a log sum and its derivatives are positive, as evidence for the checker.

Every plain derivative lowers the degrees of the polynomials in front of the logarithms, so that
after a few of them a rational function is left, whose roots are isolated.  Between the roots of
one derivative the function above it is monotone and has at most one root, which is bisected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from natlat_sym.exact.field import show
from natlat_sym.parameters.curves import Curve
from natlat_sym.parameters.ranges import Interval
from natlat_sym.parameters.ratios import as_ratio
from natlat_sym.parameters.roots import isolated_roots

Cell = tuple[Fraction, Fraction, int]  # between two points: the sign, or 0 when not known
MAX_LEVELS = 40


@dataclass(frozen=True)
class Level:
    """The signs of one derivative on the cells that cuts make of the range.

    Attributes
    ----------
    cells : tuple of (low, high, sign)
        Side by side; the sign is 0 where it is not known.
    """

    cells: tuple[Cell, ...]

    def to_json(self) -> dict[str, object]:
        """Return cuts and signs as the certificate has them."""
        cuts = [show(low) for low, _, _ in self.cells[1:]]
        return {"cuts": cuts, "signs": "".join("?+-"[sign] for _, _, sign in self.cells)}


def sign_levels(curve: Curve, interval: Interval, width: Fraction) -> list[Level]:
    """Return the sign tables of a log sum with polynomial coefficients and of its derivatives.

    Parameters
    ----------
    curve : Curve
    interval : Interval
        Bounded.
    width : Fraction
        The largest length of a cell around a root that is not rational.

    Returns
    -------
    list of Level
        The function first; each follows from the next one.  Empty for the zero function.

    Examples
    --------
    >>> from natlat_sym import BitsFunction
    >>> from natlat_sym.parameters.curves import curve_of
    >>> f = BitsFunction("1 + (1 - e)*log2(1 - e) + e*log2(e)", "0 < e < 1")
    >>> table = sign_levels(curve_of(f, "e"), f.ranges["e"], Fraction(1, 1024))
    >>> [level.to_json() for level in table][:2]
    [{'cuts': ['1/2'], 'signs': '++'}, {'cuts': ['1/2'], 'signs': '-+'}]
    """
    curves = [curve]
    one = as_ratio(1, curve.ranges)
    while curves[-1].terms and len(curves) < MAX_LEVELS:
        curves.append(curves[-1].reduced(one))
    if not curves[-1]:
        curves.pop()
    if not curves or interval.low is None or interval.high is None:
        return []
    whole = ((interval.low, interval.high, 0),)
    levels: list[Level] = []
    for function in reversed(curves):
        if function.terms:
            cells = tuple(_above(function, levels[0].cells if levels else whole, width))
        else:
            cells = tuple(_rational(function, *whole[0][:2], width))
        levels.insert(0, Level(cells))
    return levels


def _rational(curve: Curve, low: Fraction, high: Fraction, width: Fraction) -> Iterator[Cell]:
    """Yield the cells of a rational function without poles inside."""
    left = low
    for (a, b), _ in [*isolated_roots(curve.rest.numerator, low, high, width), ((high, high), 1)]:
        yield left, a, curve.sign_at((left + a) / 2) or 0
        if a < b:
            yield a, b, 0
        left = b


def _above(curve: Curve, below: tuple[Cell, ...], width: Fraction) -> Iterator[Cell]:
    """Yield the cells of a function from those of its derivative."""
    for sign, run in groupby(below, key=lambda cell: cell[2]):
        cells = list(run)
        if not sign:
            for low, high, _ in cells:
                yield low, high, curve.sign_between(low, high)
            continue
        low, high = cells[0][0], cells[-1][1]
        before, after = curve.sign_beside(low, 1), curve.sign_beside(high, -1)
        if before == after:
            yield low, high, before
            continue
        a, b = curve.crossing(low, high, before, width)
        yield low, a, before
        if a < b:
            yield a, b, 0
        yield b, high, after
