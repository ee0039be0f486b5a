"""The field the exact numbers live in: reading rationals, refusing floats, printing them back.

Everything that is particular to the rational numbers goes through this module, so that a second
field can stand beside it.
"""

from __future__ import annotations

import math
import numbers
import operator
import re
from decimal import Decimal
from fractions import Fraction
from typing import cast

from natlat_sym.errors import InexactInput, InvalidInput
from natlat_sym.exact.scalars import Scalar

_RATIONAL = re.compile(
    r"\s*(?P<sign>[+-]?)(?:(?P<top>[0-9]+)\s*/\s*(?P<bottom>[0-9]+)"
    r"|(?=\.?[0-9])(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]+))?)\s*"
)
_POWER_LIMIT = 100_000
# Python refuses int <-> str beyond 4300 digits; longer numbers are cut into pieces of this size.
_PIECE = 4000


def exact(value: object, what: str = "value") -> Fraction:
    """Return a number as the rational it exactly is.

    Parameters
    ----------
    value : int, Fraction, str, Decimal, or a rational of numpy, sympy or flint
        Text may be an integer, a fraction ``"3/8"`` or a decimal ``"0.125"``, ``"1e-3"``.
    what : str
        What the number is, for the error message.

    Returns
    -------
    Fraction

    Raises
    ------
    InexactInput
        For a float, with the text to write instead.
    InvalidInput
        For anything else that is not a rational number.

    Examples
    --------
    >>> exact("0.125"), exact("-3/8")
    (Fraction(1, 8), Fraction(-3, 8))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        return _from_text(value, what)
    if type(value).__name__ in ("bool", "bool_"):  # bool_ is numpy's, where index() takes it
        raise InvalidInput(
            f"expected a rational {what}, got the truth value {value}; write {int(bool(value))}",
            value=value,
        )
    if isinstance(value, numbers.Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if is_float(value):
        raise _float_refused(value, what)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise InvalidInput(f"expected a rational {what}, got {value}", value=value)
        return Fraction(value)
    found = _duck_rational(value)
    if found is None:
        raise InvalidInput(
            f"expected a rational {what}, got {_brief(value)}; give an int, a Fraction, "
            'or text such as "3/8"',
            value=value,
        )
    return found


def scalar(value: object, what: str = "value") -> Fraction:
    """Return a rational as `exact` does, and a function of parameters as it is."""
    return cast(Fraction, value) if isinstance(value, Scalar) else exact(value, what)


def is_float(value: object) -> bool:
    """Tell whether a value is a binary floating-point number of Python, numpy, sympy or mpmath.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_float(0.5), is_float(1)
    (True, False)
    """
    return (
        isinstance(value, float)
        or getattr(getattr(value, "dtype", None), "kind", "") == "f"
        or getattr(value, "is_Float", False) is True
        or hasattr(value, "_mpf_")
    )


def dyadic(x: float) -> Fraction:
    """Return the dyadic rational a float is: the one explicit door for floats.

    Parameters
    ----------
    x : float
        Finite.

    Returns
    -------
    Fraction
        Exactly the value of `x`, with a power of two below the line.

    Raises
    ------
    InvalidInput
        For nan, an infinity, or something that is not a number.

    Examples
    --------
    >>> dyadic(0.1)
    Fraction(3602879701896397, 36028797018963968)
    """
    if not is_float(x):
        return exact(x)
    number = float(x)
    if not math.isfinite(number):
        raise InvalidInput(f"expected a finite float, got {number}", value=x)
    return Fraction(number)


def show(q: Fraction | int | Scalar) -> str:
    """Return a rational as text: ``"3/8"``, ``"-2"``; a function of parameters as it prints.

    Parameters
    ----------
    q : Fraction or int
        Of any size.

    Returns
    -------
    str
        In lowest terms; `exact` reads it back.

    Examples
    --------
    >>> show(Fraction(6, 16)), show(Fraction(-2))
    ('3/8', '-2')
    """
    if isinstance(q, Scalar):
        return str(q)
    if q.denominator == 1:
        return digits(q.numerator)
    return f"{digits(q.numerator)}/{digits(q.denominator)}"


def digits(n: int) -> str:
    """Return an integer in decimal, however long it is.

    Parameters
    ----------
    n : int
        Of any size and sign.

    Returns
    -------
    str

    Examples
    --------
    >>> len(digits(10**5000))
    5001
    """
    if n < 0:
        return "-" + digits(-n)
    if n.bit_length() < 3 * _PIECE:
        return str(n)
    places = n.bit_length() * 3 // 20
    high, low = divmod(n, 10**places)
    return digits(high) + digits(low).zfill(places)


def integer(text: str) -> int:
    """Return the integer some decimal digits spell, however many there are.

    Parameters
    ----------
    text : str
        ASCII digits only.

    Returns
    -------
    int

    Examples
    --------
    >>> integer("0" * 5000 + "12")
    12
    """
    if len(text) <= _PIECE:
        return int(text)
    places = len(text) // 2
    ten_power: int = 10**places
    return integer(text[:-places]) * ten_power + integer(text[-places:])


def _from_text(text: str, what: str) -> Fraction:
    match = _RATIONAL.fullmatch(text)
    if match is None:
        raise InvalidInput(
            f"expected a rational {what} such as 3/8, 0.125 or -2, got {_brief(text)}", value=text
        )
    sign = -1 if match["sign"] == "-" else 1
    if match["top"] is not None:
        bottom = integer(match["bottom"])
        if bottom == 0:
            raise InvalidInput(
                f"expected a rational {what}, {_brief(text)} divides by zero", value=text
            )
        return Fraction(sign * integer(match["top"]), bottom)
    part = match["part"] or ""
    power = match["power"] or "0"
    if len(power) > 7 or abs(int(power)) > _POWER_LIMIT:
        raise InvalidInput(
            f"expected a rational {what} with a power of ten within {_POWER_LIMIT}, "
            f"got {_brief(text)}",
            value=text,
        )
    shift = int(power) - len(part)
    top = sign * integer(match["whole"] + part)
    return Fraction(top * 10**shift) if shift >= 0 else Fraction(top, 10**-shift)


def _duck_rational(value: object) -> Fraction | None:
    try:
        return Fraction(operator.index(value))  # type: ignore[arg-type]
    except TypeError:
        pass
    for top, bottom in (("numerator", "denominator"), ("p", "q")):
        try:
            return Fraction(
                operator.index(getattr(value, top)), operator.index(getattr(value, bottom))
            )
        except (AttributeError, TypeError):
            continue
    return None


def _float_refused(value: object, what: str) -> InvalidInput:
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        return InvalidInput(f"expected a rational {what}, got the float {number}", value=value)
    near = Fraction(number).limit_denominator(1000)
    written = near if float(near) == number else Fraction(repr(number))
    door = "Dist.from_floats" if "mass" in what else "natlat_sym.dyadic"
    return InexactInput(
        f'a float {what} {number!r} is not exact; write "{written}"{_as_decimal(number, written)} '
        f"as text, or use {door} to take it as {show(Fraction(number))}",
        value=value,
    )


def _as_decimal(number: float, written: Fraction) -> str:
    text = repr(number)
    return f' or "{text}"' if Fraction(text) == written and text != str(written) else ""


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"
