"""Parameters are declared with their ranges; rational functions of them are read from text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.parameters.polynomials import evaluate_polynomial, numbers_of
from natlat_sym.parameters.ranges import Ranges
from natlat_sym.parameters.ratios import Ratio, as_ratio


def parameter(text: str) -> Ratio:
    """Declare a parameter with its range.

    Parameters
    ----------
    text : str
        ``"0 < e < 1/2"``; ``<=`` makes an end belong to the range.

    Returns
    -------
    Ratio
        The parameter itself; arithmetic gives rational functions of it, to be used as masses.

    Notes
    -----
    A mass has to be positive inside the range and may vanish at an end.  The support of a law, and
    what rests on it (common parts, exact natural latents), is the one inside.  An end that belongs
    to the range counts in every order (``f >= 0``) with its limit; ``law.at`` gives the law there,
    with the smaller support, also at an end that does not belong to the range.

    An order is decided exactly for one parameter, and for several where slopes and halving decide
    it within a budget; else it is `Undecided`, and so it is where some points have it and others
    have not.

    Raises
    ------
    InvalidInput
        For text of another form.

    Examples
    --------
    >>> e = parameter("0 < e < 1/2")
    >>> print(1 - 2 * e)
    1 - 2*e
    >>> d = parameter("0 < d < 1/2")
    >>> d * d - d * e + e * e > 0
    True
    """
    ranges = Ranges.read([text])
    return Ratio(next(iter(ranges)), ranges)


def read_ratio(text: str, ranges: Ranges) -> Ratio:
    """Return the rational function that a text spells.

    Parameters
    ----------
    text : str
        Numbers, parameters, ``+ - * / ^`` and parentheses.
    ranges : Ranges
        The parameters that may occur.

    Returns
    -------
    Ratio

    Raises
    ------
    SyntaxInvalid
        For anything else.

    Examples
    --------
    >>> print(read_ratio("(1-e)/2 + e^2", Ranges.read("0 < e < 1")))
    (1 - e + 2*e^2)/2
    """
    return Ratio(text, ranges)


def with_values(value: Ratio, values: Mapping[str, object]) -> Ratio:
    """Return the function of the other parameters when some have values.

    Parameters
    ----------
    value : Ratio
    values : mapping of name to exact number
        For some of the parameters, inside their ranges or at an end.

    Returns
    -------
    Ratio

    Raises
    ------
    InvalidInput
        For another name or number, and where the function is not defined.

    Examples
    --------
    >>> with_values(Ratio("d*e + d", "0 < d < 1, 0 < e < 1/2"), {"e": "1/3"})
    Ratio('4*d/3', '0 < d < 1')
    """
    numbers = numbers_of(value.ranges, values)
    left = Ranges(tuple(item for item in value.ranges.items_ if item[0] not in numbers))
    point: dict[str, Any] = {name: Ratio(name, left) for name in left} | numbers
    below = evaluate_polynomial(value.denominator, point)
    if not below:
        raise InvalidInput(f"expected a point where {value} is defined, got {dict(values)}")
    return as_ratio(evaluate_polynomial(value.numerator, point) / below, left)
