"""Ranges of parameters: ``0 < e < 1/2``, open or closed at either end, on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from natlat_sym.errors import FieldMismatch, InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import exact, show

_NAME = r"[a-z][A-Za-z0-9_']*"
_BOTH = re.compile(rf"\s*(.+?)\s*(<=?)\s*({_NAME})\s*(<=?)\s*(.+?)\s*")
_ONE = re.compile(rf"\s*({_NAME})\s*(<=?|>=?)\s*(.+?)\s*")


@dataclass(frozen=True)
class Interval:
    """A range of one parameter.

    Attributes
    ----------
    low, high : Fraction or None
        The ends; ``None`` where there is none.
    low_closed, high_closed : bool
        Whether the end belongs to the range.

    Examples
    --------
    >>> interval = Interval(Fraction(0), Fraction(1, 2), low_closed=True)
    >>> print(interval.shown("e")), 0 in interval, Fraction(1, 2) in interval
    0 <= e < 1/2
    (None, True, False)
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = False
    high_closed: bool = False

    def __contains__(self, value: object) -> bool:
        number = exact(value)
        above = self.low is None or number > self.low or (self.low_closed and number == self.low)
        below = (
            self.high is None or number < self.high or (self.high_closed and number == self.high)
        )
        return above and below

    def shown(self, name: str) -> str:
        """Return the range as it is written: ``0 < e < 1/2``."""
        left, right = ("<=" if closed else "<" for closed in (self.low_closed, self.high_closed))
        if self.low is None:
            return f"{name} {right} {show(self.high)}" if self.high is not None else name
        if self.high is None:
            return f"{name} {left.replace('<', '>')} {show(self.low)}"
        return f"{show(self.low)} {left} {name} {right} {show(self.high)}"

    def inside(self) -> Fraction:
        """Return a point inside, a simple one.

        Examples
        --------
        >>> Interval(Fraction(0), Fraction(1, 2)).inside()
        Fraction(1, 4)
        """
        if self.low is None:
            return Fraction(0) if self.high is None else self.high - 1
        return self.low + 1 if self.high is None else (self.low + self.high) / 2


@dataclass(frozen=True)
class Ranges(Mapping[str, Interval]):
    """The ranges of some parameters, by name, in alphabetical order.

    Examples
    --------
    >>> print(Ranges.read(["0 < e < 1/2", "d >= 1"]))
    d >= 1, 0 < e < 1/2
    """

    items_: tuple[tuple[str, Interval], ...] = ()

    @classmethod
    def read(cls, texts: object) -> Ranges:
        """Return the ranges that some texts declare.

        Parameters
        ----------
        texts : str, list of str, or mapping of name to str
            ``"0 < e < 1/2"``, ``"e >= 0"``, ``"0 < d < 1, 0 < e < 1/2"``.

        Returns
        -------
        Ranges

        Raises
        ------
        InvalidInput
            For text of another form, an empty range, or a name declared twice.
        """
        if isinstance(texts, Ranges):
            return texts
        named: list[tuple[str | None, object]] = (
            list(texts.items())
            if isinstance(texts, Mapping)
            else [(None, t) for t in (texts.split(",") if isinstance(texts, str) else list(texts))]  # type: ignore[call-overload]
        )
        found: dict[str, Interval] = {}
        for wanted, text in named:
            name, interval = _read_one(text)
            if wanted not in (None, name):
                raise InvalidInput(f"expected a range of {wanted}, got {text!r}", text=text)
            if name in found:
                raise InvalidInput(f"expected one range for {name}, got two", name=name)
            found[name] = interval
        return cls(tuple(sorted(found.items())))

    def __getitem__(self, name: str) -> Interval:
        return dict(self.items_)[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.items_)

    def __len__(self) -> int:
        return len(self.items_)

    def __hash__(self) -> int:
        return hash(self.items_)

    def __str__(self) -> str:
        return ", ".join(interval.shown(name) for name, interval in self.items_)

    def joined(self, other: Ranges) -> Ranges:
        """Return both together.

        Raises
        ------
        FieldMismatch
            When a parameter has two different ranges.
        """
        if self == other or not other.items_:
            return self
        mine = dict(self.items_)
        for name, interval in other.items_:
            if mine.setdefault(name, interval) != interval:
                raise FieldMismatch(
                    f"expected one range for {name}, got {mine[name].shown(name)} and "
                    f"{interval.shown(name)}",
                    ranges=(self, other),
                )
        return Ranges(tuple(sorted(mine.items())))


def _read_one(text: object) -> tuple[str, Interval]:
    if isinstance(text, str) and (match := _BOTH.fullmatch(text)):
        low, left, name, right, high = match.groups()
        interval = Interval(_end(low), _end(high), left == "<=", right == "<=")
    elif isinstance(text, str) and (match := _ONE.fullmatch(text)):
        name, sign, end = match.groups()
        closed = sign.endswith("=")
        above = sign[0] == ">"
        interval = Interval(
            _end(end) if above else None,
            None if above else _end(end),
            above and closed,
            not above and closed,
        )
    else:
        raise InvalidInput(
            f'expected a range of a parameter such as "0 < e < 1/2", got {text!r}', text=text
        )
    if interval.low is not None and interval.high is not None and interval.low >= interval.high:
        raise InvalidInput(f"expected a range with room inside, got {text!r}", text=text)
    return name, interval


def _end(text: str) -> Fraction:
    return exact(text, "end of a range")


class Varying:
    """What varies with parameters: no float and no decimals, unless it is constant."""

    __slots__ = ()

    ranges: Ranges

    def constant(self) -> Any:
        """Return the number it is when no parameter occurs, else None."""
        raise NotImplementedError

    def _number(self) -> Bits:
        number = self.constant()
        if number is None:
            names = ", ".join(self.ranges)
            values = ", ".join(f"{name}=..." for name in self.ranges)
            raise InvalidInput(
                f"expected a number, got a function of {names}; give it values first, with "
                f".at({values})",
                value=self,
            )
        return Bits(number)

    def __float__(self) -> float:
        return float(self._number())

    def __format__(self, spec: str) -> str:
        return format(self._number(), spec) if spec else str(self)
