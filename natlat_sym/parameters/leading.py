"""Leading behaviour and limits of amounts at an end of a parameter's range, exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits, oo
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.infinity import Infinity
from natlat_sym.explained import explained
from natlat_sym.parameters.curves import curve_of, used_in
from natlat_sym.parameters.functions import BitsFunction
from natlat_sym.parameters.ranges import Interval, Ranges
from natlat_sym.parameters.ratios import Ratio
from natlat_sym.parameters.series import Constant, Leading, LogSum, expand, second

_AT = re.compile(r"\s*([a-z][A-Za-z0-9_']*)\s*->\s*([^\s+-][^\s+]*?|-?oo)\s*([+-]?)\s*")


@dataclass(frozen=True)
class Limit:
    """How an amount behaves as a parameter goes to a point from one side.

    Attributes
    ----------
    at : str
        ``e -> 0+``.
    term : Leading or None
        The leading term in the distance t from the point (1/t at infinity); ``None`` for 0.
    remainder : Leading or None
        The next term; ``None`` when the leading term is everything.
    distance : str
        The text of t.

    Examples
    --------
    >>> f = BitsFunction("-(1 - e)*log2(1 - e) - e*log2(e)", "0 < e < 1/2")
    >>> print(limits(f, "e -> 0+"))
    e*log2(1/e) + O(e)  as e -> 0+, limit 0
    """

    at: str
    term: Leading | None
    remainder: Leading | None
    distance: str

    @property
    def leading(self) -> str:
        """The leading term as text."""
        return "0" if self.term is None else _term_text(self.term, self.distance)

    @property
    def limit(self) -> Constant | Infinity:
        """The limit: exact, ``oo``, or minus ``oo``."""
        if self.term is None or self.term.power > 0:
            return Constant(Bits(0))
        if self.term.power == 0 and not self.term.logs:
            return self.term.coefficient
        return oo if self.term.sign() > 0 else -oo

    def __str__(self) -> str:
        rest = f" + O({_order_text(self.remainder, self.distance)})" if self.remainder else ""
        return f"{self.leading}{rest}  as {self.at}, limit {self.limit}"


@dataclass(frozen=True)
class RatioLimit:
    """How the ratio of two amounts behaves as a parameter goes to a point.

    Attributes
    ----------
    top, bottom : Limit

    Examples
    --------
    >>> f = BitsFunction("-e*log2(e)", "0 < e < 1/2")
    >>> print(ratio_limit(f, BitsFunction("2*e", "0 < e < 1/2"), "e -> 0+"))
    1/2*log2(1/e)  as e -> 0+, limit oo
    """

    top: Limit
    bottom: Limit

    @property
    def power(self) -> int:
        """The power of the distance."""
        return _of(self.top).power - _of(self.bottom).power

    @property
    def logs(self) -> int:
        """The power of the logarithm of one over the distance."""
        return _of(self.top).logs - _of(self.bottom).logs

    @property
    def factor(self) -> Fraction | None:
        """The constant factor when it is rational; exact."""
        top, bottom = (_towards_log(_of(part)) for part in (self.top, self.bottom))
        middle = [sum(c.bounds(40), Fraction(0)) / 2 for c in (top, bottom)]
        guess = Fraction(middle[0] / middle[1]).limit_denominator(10**6)
        rest = Constant(top.bits - bottom.bits * guess, top.per_ln2 - bottom.per_ln2 * guess)
        return None if rest else guess

    @property
    def limit(self) -> Fraction | Infinity | None:
        """The limit; ``None`` when it is finite but not rational."""
        if (self.power, self.logs) == (0, 0):
            return self.factor
        if self.power > 0 or (self.power == 0 and self.logs < 0):
            return Fraction(0)
        return oo if _of(self.top).sign() == _of(self.bottom).sign() else -oo

    def __str__(self) -> str:
        t = self.top.distance
        top, bottom = (_towards_log(_of(part)) for part in (self.top, self.bottom))
        if self.factor is not None:
            scale = show(self.factor)
        elif not bottom.per_ln2 and not bottom.bits.atoms:
            scale = str(top.scaled(1 / bottom.bits.rational))
        else:
            scale = f"({top})/({bottom})"
        limit = scale if self.limit is None else self.limit
        return f"{_behaviour(scale, t, self.power, self.logs)}  as {self.top.at}, limit {limit}"


@explained
def limits(amount: BitsFunction | Ratio | Bits, at: str) -> Limit:
    """Return the exact leading behaviour of an amount as a parameter goes to a point.

    Parameters
    ----------
    amount : BitsFunction, Ratio or Bits
        Of one parameter; give the others values first, with ``substitute``.
    at : str
        ``"e -> 0+"``, ``"e -> 1/2-"``, ``"N -> oo"``; the side may be left out at an end.

    Returns
    -------
    Limit

    Raises
    ------
    InvalidInput
        For another parameter in the amount, or a point outside the range.

    Examples
    --------
    >>> print(limits(BitsFunction("log2(1 + e)", "0 < e < 1"), "e -> 0+"))
    1/ln(2)*e + O(e^2)  as e -> 0+, limit 0
    """
    match = _AT.fullmatch(at)
    if match is None:
        raise InvalidInput(f'expected a direction such as "e -> 0+", got {at!r}', at=at)
    name, end, side_text = match.groups()
    point = None if end in ("oo", "-oo") else exact(end, "point")
    side = _side(amount, name, point, end, side_text)
    shown = f"{name} -> {end}" if point is None else f"{name} -> {show(point)}{'+-'[side < 0]}"
    distance = _distance(name, point, side)
    function = _in_one(amount, name)
    plain = curve_of(function, name).plain
    if not _nonzero(plain):
        return Limit(shown, None, None, distance)
    first = expand(plain, point, side)
    alone = _is_everything(function, first, name, point, side)
    return Limit(shown, first, None if alone else second(plain, point, side, first), distance)


@explained
def ratio_limit(top: Any, bottom: Any, at: str) -> RatioLimit:
    """Return the exact behaviour of the ratio of two amounts; neither may be 0.

    Parameters
    ----------
    top, bottom : BitsFunction, Ratio or Bits
    at : str
        As in `limits`.

    Returns
    -------
    RatioLimit

    Raises
    ------
    InvalidInput
        When one of them is identically 0.

    Examples
    --------
    >>> f = BitsFunction("log2(1 + e)", "0 < e < 1")
    >>> print(ratio_limit(f, 3 * f, "e -> 0+"))
    1/3  as e -> 0+, limit 1/3
    """
    found = RatioLimit(limits(top, at), limits(bottom, at))
    if found.top.term is None or found.bottom.term is None:
        raise InvalidInput("expected two amounts that are not identically 0", at=at)
    return found


def _in_one(amount: Any, name: str) -> BitsFunction:
    """Return an amount as one over ranges that hold a parameter, the only one that may occur."""
    ranges = getattr(amount, "ranges", None) or Ranges.read([f"{name} > 0"])
    function = BitsFunction.taken(amount, ranges)
    others = [other for other in used_in(function) if other != name]
    if others:
        raise InvalidInput(
            f"expected an amount of {name} alone, {others[0]} occurs too; give it a value first",
            name=others[0],
        )
    if name not in function.ranges:
        ranges = function.ranges.joined(Ranges.read([f"{name} > 0"]))
        function = function + BitsFunction.taken(0, ranges)
    return function


def _of(limit: Limit) -> Leading:
    if limit.term is None:
        raise InvalidInput("expected an amount that is not identically 0")
    return limit.term


def _is_everything(
    function: BitsFunction, term: Leading, name: str, point: Fraction | None, side: int
) -> bool:
    """Tell whether a leading term is the whole amount."""
    if term.coefficient.per_ln2:  # no log sum has a part over ln 2
        return False
    here = Ratio(name, function.ranges)
    distance = 1 / (side * here) if point is None else side * (here - point)
    power = distance**term.power if term.power >= 0 else (1 / distance) ** -term.power
    if not term.logs:
        return bool(function == power * term.coefficient.bits)
    return bool(function == term.coefficient.bits.rational * power * BitsFunction.log2(distance))


def _towards_log(term: Leading) -> Constant:
    """Return the coefficient in powers of log2(1/t)."""
    return term.coefficient.scaled(Fraction(-1)) if term.logs else term.coefficient


def _nonzero(plain: LogSum) -> bool:
    return any(any(top) for _, top, _ in plain.terms)


def _side(amount: Any, name: str, point: Fraction | None, end: str, text: str) -> int:
    ranges = getattr(amount, "ranges", {})
    interval = ranges.get(name)
    if point is None:
        side = -1 if end == "-oo" else 1
        if interval is not None and (interval.low if side < 0 else interval.high) is not None:
            raise _outside(interval, name, end, point)
        return side
    if text:
        side = 1 if text == "+" else -1
    elif interval is not None and point in (interval.low, interval.high):
        side = 1 if point == interval.low else -1
    else:
        raise InvalidInput(f"expected a side, write {name} -> {show(point)}+ or {show(point)}-")
    if interval is not None:
        low, high = interval.low, interval.high
        above = low is None or (point >= low if side > 0 else point > low)
        below = high is None or (point < high if side > 0 else point <= high)
        if not (above and below):
            raise _outside(interval, name, f"{show(point)}{'+-'[side < 0]}", point)
    return side


def _outside(interval: Interval, name: str, end: str, point: Fraction | None) -> InvalidInput:
    return InvalidInput(
        f"expected a point of {interval.shown(name)} or its end, approached from inside, "
        f"got {name} -> {end}",
        point=point,
    )


def _distance(name: str, point: Fraction | None, side: int) -> str:
    if point is None:
        return f"1/{name}" if side > 0 else f"1/(-{name})"
    if point == 0:
        return name if side > 0 else f"(-{name})"
    if side < 0:
        return f"({show(point)} - {name})"
    return f"({name} - {show(point)})" if point > 0 else f"({name} + {show(-point)})"


def _behaviour(scale: str, t: str, power: int, logs: int) -> str:
    """Return scale * t^power * log2(1/t)^logs as text; at infinity t is 1/n."""
    inverse = t.startswith("1/")
    base, power = (t[2:], -power) if inverse else (t, power)
    log = f"log2({base})" if inverse else f"log2(1/{base})"
    shown = base if abs(power) == 1 else f"{base}^{abs(power)}"
    above = [*([shown] if power > 0 else []), *([log] if logs > 0 else [])]
    below = [*([shown] if power < 0 else []), *([log] if logs < 0 else [])]
    if scale in ("1", "-1") and above:
        top = scale[:-1] + "*".join(above)
    else:
        top = "*".join([f"({scale})" if " " in scale and (above or below) else scale, *above])
    return "/".join([top, *below])


def _term_text(term: Leading, t: str) -> str:
    return _behaviour(str(_towards_log(term)), t, term.power, term.logs)


def _order_text(term: Leading, t: str) -> str:
    return _behaviour("1", t, term.power, term.logs)
