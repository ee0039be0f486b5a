"""Correctly rounded decimals of exact amounts, in every format Python knows.

Everything rests on one question an exact amount answers: the integer part of itself times a
positive rational.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Protocol

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import digits

_SPEC = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)(?P<z>z?)(?P<alt>\#?)(?P<zero>0?)"
    r"(?P<width>[0-9]*)(?P<group>[,_]?)(?:\.(?P<precision>[0-9]+))?(?P<type>[eEfFgG%])",
    re.DOTALL,
)
# The largest number of decimals asked for in one go: a typing error should not run for hours.
PLACES_LIMIT = 1_000_000


class _Real(Protocol):
    """A real number that knows its sign, whether it is rational, and its scaled integer part."""

    def sign(self) -> int: ...
    def clear_floor(self, scale: Fraction) -> int | None: ...
    def scaled_floor(self, scale: Fraction) -> int: ...
    def exact_rational(self) -> Fraction | None: ...


def rounded(value: _Real, places: int) -> int:
    """Return value * 10**places as the nearest integer, ties (of rationals) to even.

    Parameters
    ----------
    value : Bits
        Any exact amount.
    places : int
        Decimals kept; negative drops digits before the point.

    Returns
    -------
    int

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> rounded(Bits("log2(3)"), 3), rounded(Bits("1/8"), 2)
    (1585, 12)
    """
    if abs(places) > PLACES_LIMIT:
        raise InvalidInput(
            f"expected at most {PLACES_LIMIT} decimal places, got {places}", places=places
        )
    scale = Fraction(10) ** places
    clear = value.clear_floor(2 * scale)
    if clear is not None:
        return (clear + 1) // 2
    rational = value.exact_rational()
    if rational is not None:
        return round(rational * scale)
    return (value.scaled_floor(2 * scale) + 1) // 2


def decimal_text(value: _Real, places: int) -> str:
    """Return a value with a fixed number of decimals, correctly rounded.

    Parameters
    ----------
    value : Bits
        Any exact amount.
    places : int
        At least 0.

    Returns
    -------
    str

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> decimal_text(Bits("2 - log2(5)"), 3)
    '-0.322'
    """
    if places < 0:
        raise InvalidInput(f"expected 0 or more decimal places, got {places}", places=places)
    return ("-" if value.sign() < 0 else "") + _fixed(abs(rounded(value, places)), places)


def significant_text(value: _Real, significant: int) -> str:
    """Return a value with a fixed number of significant digits, correctly rounded.

    Parameters
    ----------
    value : Bits
        Any exact amount.
    significant : int
        At least 1.

    Returns
    -------
    str
        ``0`` for zero; scientific when the decimal exponent is below -5 or too large to show.

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> significant_text(Bits("log2(3)/1000000"), 4), significant_text(Bits("5/2"), 4)
    ('1.585e-6', '2.500')
    """
    if significant < 1:
        raise InvalidInput(
            f"expected at least 1 significant digit, got {significant}", significant=significant
        )
    if value.sign() == 0:
        return "0"
    number, exponent = leading(value, significant)
    sign = "-" if value.sign() < 0 else ""
    if -5 <= exponent < significant:
        return sign + _fixed(number, significant - 1 - exponent)
    return f"{sign}{_fixed(number, significant - 1)}e{exponent}"


def leading(value: _Real, significant: int) -> tuple[int, int]:
    """Return the rounded leading digits of a non-zero value, and its decimal exponent.

    Parameters
    ----------
    value : Bits
        Any exact amount.
    significant : int
        Digits wanted, at least 1.

    Returns
    -------
    (int, int)
        ``|value|`` is about ``n * 10**(exponent - significant + 1)``, n with `significant` digits.

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> leading(Bits("999/1000"), 2)
    (10, 0)
    """
    exponent = _decimal_exponent(value)
    number = abs(rounded(value, significant - 1 - exponent))
    if number == 10**significant:
        return number // 10, exponent + 1
    return number, exponent


def _decimal_exponent(value: _Real) -> int:
    """Return e with 10**e <= |value| < 10**(e+1)."""
    binary = binary_exponent(value)
    exponent = binary * 30103 // 100000
    while _at_least(value, exponent + 1):
        exponent += 1
    while not _at_least(value, exponent):
        exponent -= 1
    return exponent


def _at_least(value: _Real, exponent: int) -> bool:
    # For a negative value, |value| >= t means floor(-|value|/t) <= -1, with equality of |value|
    # and t impossible unless rational; exact_rational settles that case first.
    clear = value.clear_floor(Fraction(10) ** -exponent)
    if clear is not None:
        return clear >= 1 or clear < -1
    rational = value.exact_rational()
    if rational is not None:
        return abs(rational) >= Fraction(10) ** exponent
    floor = value.scaled_floor(Fraction(10) ** -exponent)
    return floor >= 1 or floor < -1


def binary_exponent(value: _Real) -> int:
    """Return e with 2**e <= |value| < 2**(e+2), for a non-zero value.

    Parameters
    ----------
    value : Bits
        Any exact amount.

    Returns
    -------
    int

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> binary_exponent(Bits("1/1000"))
    -10
    """
    shift = 8
    while True:
        size = abs(value.scaled_floor(Fraction(1 << shift)))
        if size > 2:
            return size.bit_length() - 1 - shift if value.sign() > 0 else _low(size) - shift
        shift *= 2


def _low(size: int) -> int:
    # floor(-x) = -size means size - 1 < x <= size.
    return (size - 1).bit_length() - 1


def nearest_float(value: _Real) -> float:
    """Return the float nearest to a value, ties (of rationals) to even.

    Parameters
    ----------
    value : Bits
        Any exact amount.

    Returns
    -------
    float

    Raises
    ------
    OverflowError
        When the value is beyond the largest float.

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> nearest_float(Bits("log2(3)"))
    1.584962500721156
    """
    if value.clear_floor(Fraction(1 << 16)) is not None:
        scale = Fraction(2) ** (70 - binary_exponent(value))
        clear = value.clear_floor(scale)
        if clear is not None:
            return float((clear + Fraction(1, 2)) / scale)
    rational = value.exact_rational()
    if rational is not None:
        return float(rational)
    scale = Fraction(2) ** (70 - binary_exponent(value))
    # The value lies strictly between n and n + 1 units, and n has 70 bits: no float and no
    # midpoint of two floats lies between, so n + 1/2 rounds as the value does.
    return float((value.scaled_floor(scale) + Fraction(1, 2)) / scale)


def format_value(value: _Real, spec: str) -> str:
    """Return a value in a format of Python's mini-language, correctly rounded.

    Parameters
    ----------
    value : Bits
        Any exact amount.
    spec : str
        As for ``float``, types e, f, g and %.

    Returns
    -------
    str

    Raises
    ------
    InvalidInput
        For a specification outside it.

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits
    >>> format_value(Bits("log2(3)"), "+.3f"), format_value(Bits("log2(3)"), ">9.2e")
    ('+1.585', ' 1.58e+00')
    """
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise InvalidInput(f"expected a format such as .6f, .3e or .12g, got {spec!r}", spec=spec)
    precision = int(match["precision"] or 6)
    writer = {"e": _as_e, "f": _as_f, "g": _as_g, "%": _as_percent}[match["type"].lower()]
    body = writer(value, precision, bool(match["alt"]))
    if match["type"].isupper():
        body = body.upper()
    negative = value.sign() < 0 and not (match["z"] and not re.search("[1-9]", body))
    sign = "-" if negative else match["sign"].replace("-", "")
    return _padded(sign, body, match)


def _as_f(value: _Real, precision: int, alt: bool) -> str:
    text = _fixed(abs(rounded(value, precision)), precision)
    return text + "." if alt and precision == 0 else text


def _as_percent(value: _Real, precision: int, alt: bool) -> str:
    text = _fixed(abs(rounded(value, precision + 2)), precision)
    return text + (".%" if alt and precision == 0 else "%")


def _as_e(value: _Real, precision: int, alt: bool) -> str:
    number, exponent = leading(value, precision + 1) if value.sign() else (0, 0)
    text = _fixed(number, precision) + ("." if alt and precision == 0 else "")
    return f"{text}e{exponent:+03d}"


def _as_g(value: _Real, precision: int, alt: bool) -> str:
    precision = max(precision, 1)
    number, exponent = leading(value, precision) if value.sign() else (0, 0)
    scientific = not -4 <= exponent < precision
    text = _fixed(number, precision - 1 if scientific else precision - 1 - exponent)
    if alt:
        text += "" if "." in text else "."
    elif "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}e{exponent:+03d}" if scientific else text


def _fixed(number: int, places: int) -> str:
    text = digits(number).zfill(places + 1)
    return f"{text[:-places]}.{text[-places:]}" if places else text


def _padded(sign: str, body: str, match: re.Match[str]) -> str:
    zero = bool(match["zero"])
    fill = match["fill"] or ("0" if zero else " ")
    align = match["align"] or ("=" if zero else ">")
    width = int(match["width"] or 0)
    whole = re.match("[0-9]*", body)[0]  # type: ignore[index]
    tail = body[len(whole) :]
    if match["group"]:
        if fill == "0" and align == "=":
            room = width - len(sign) - len(tail)
            while len(_grouped("0" + whole, match["group"])) <= room:
                whole = "0" + whole
            if len(_grouped(whole, match["group"])) < room:
                whole = "0" + whole
        body = _grouped(whole, match["group"]) + tail
    room = max(0, width - len(sign) - len(body))
    if align == "=":
        return sign + fill * room + body
    left = {"<": 0, ">": room}.get(align, room // 2)
    return fill * left + sign + body + fill * (room - left)


def _grouped(whole: str, mark: str) -> str:
    head = len(whole) % 3
    pieces = ([whole[:head]] if head else []) + [
        whole[i : i + 3] for i in range(head, len(whole), 3)
    ]
    return mark.join(pieces)
