"""Signs of log sums on the range of their parameters, decided rigorously.

One parameter, by Rolle's theorem: see `natlat_sym.parameters.lines`.  Several parameters, by their
derivatives and on boxes, up to a budget: see `natlat_sym.parameters.boxes`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.errors import Undecided
from natlat_sym.parameters.boxes import box_signs
from natlat_sym.parameters.curves import curve_of, used_in
from natlat_sym.parameters.lines import Line
from natlat_sym.parameters.signs import shown_point
from natlat_sym.parameters.signs import signs_taken as rational_signs

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction

Point = dict[str, Fraction]


def signs_taken(function: BitsFunction) -> dict[int, Point | None]:
    """Return the signs an amount takes on its range, each with a point where it is known.

    Parameters
    ----------
    function : BitsFunction

    Returns
    -------
    dict
        1, 0 and -1, where taken, to a rational point; ``None`` where none is known, as for a zero
        that is not rational.
        An end that belongs to the range counts with its limit.

    Raises
    ------
    Undecided
        When a zero may touch but not cross at an irrational point, or the budget is used up.

    Examples
    --------
    >>> from natlat_sym import BitsFunction
    >>> f = BitsFunction("1 + (1 - e)*log2(1 - e) + e*log2(e)", "0 < e < 1")
    >>> sorted(signs_taken(f)), sorted(signs_taken(f - Fraction(1, 2)))
    ([0, 1], [-1, 0, 1])
    """
    base = {name: interval.inside() for name, interval in function.ranges.items()}
    number = function.constant()
    if number is not None:
        return {number.sign(): base}
    if set(function.terms) == {2}:
        return rational_signs(function.terms[2])
    used = used_in(function)
    if len(used) > 1:
        return box_signs(function, used)
    (name,) = used
    interval = function.ranges[name]
    found = Line(curve_of(function, name), interval).signs()
    return {sign: None if point is None else {**base, name: point} for sign, point in found.items()}


def compare(function: BitsFunction, wanted: frozenset[int]) -> bool:
    """Tell whether all signs taken on the range are among some signs.

    Raises
    ------
    Undecided
        When some are and some are not, with a point for each, or when it was not decided.
    """
    found = signs_taken(function)
    if found.keys() <= wanted:
        return True
    if not found.keys() & wanted:
        return False
    words = {1: "positive", 0: "zero", -1: "negative"}
    shown = ", ".join(f"{words[s]} at {shown_point(found[s])}" for s in sorted(found))
    raise Undecided(
        f"{function} changes its sign for {function.ranges}: {shown}; narrow the range",
        value=function,
        points=found,
    )
