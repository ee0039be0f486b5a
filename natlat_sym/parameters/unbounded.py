"""Ranges without an end, brought to bounded ones by a rational change of the parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from natlat_sym.parameters.polynomials import fraction_field
from natlat_sym.parameters.ranges import Interval, Ranges
from natlat_sym.parameters.ratios import Ratio

Point = Mapping[str, Fraction]


def bounded(ranges: Ranges) -> tuple[dict[str, Ratio], Callable[[Point], dict[str, Fraction]]]:
    """Return parameters as increasing functions of others with bounded ranges.

    Parameters
    ----------
    ranges : Ranges

    Returns
    -------
    dict of str to Ratio
        Each parameter: itself where its range is bounded, else a function of one between 0 and 1
        that has its name.
    callable
        Takes a point of the new parameters to one of the old.

    Examples
    --------
    >>> values, back = bounded(Ranges.read("d >= 1, 0 < e < 1"))
    >>> print(values["d"], "for", values["d"].ranges)
    1/(1 - d) for 0 <= d < 1, 0 < e < 1
    >>> back({"d": Fraction(1, 2), "e": Fraction(1, 3)})["d"]
    Fraction(2, 1)
    """
    unit = Ranges(tuple((name, _unit(interval)) for name, interval in ranges.items()))
    field = fraction_field(tuple(unit))
    moved = {
        name: _moved(ranges[name], Ratio._of(unit, gen))
        for name, gen in zip(unit, field.gens, strict=True)
    }

    def back(point: Point) -> dict[str, Fraction]:
        return {name: _moved(ranges[name], x) if name in ranges else x for name, x in point.items()}

    return moved, back


def _unit(interval: Interval) -> Interval:
    if interval.low is not None and interval.high is not None:
        return interval
    low_closed = interval.low_closed and interval.low is not None
    high_closed = interval.high_closed and interval.high is not None
    return Interval(Fraction(0), Fraction(1), low_closed, high_closed)


def _moved(interval: Interval, x: Any) -> Any:
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return x
    if low is not None:
        return low + x / (1 - x)
    if high is not None:
        return high - (1 - x) / x
    return (2 * x - 1) / (x * (1 - x))
