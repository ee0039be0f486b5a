"""Amounts of either kind, numbers or functions of parameters, behind one door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.scalars import Scalar


def log_sum(terms: Mapping[Any, Any], denominator: Any) -> Bits:
    """Return (1/denominator) * sum of k * log2(a): the shape entropies have.

    Parameters
    ----------
    terms : mapping
        Coefficient k by argument a: positive integers, or polynomials in parameters.
    denominator : int or Ratio
        Common to all terms.

    Returns
    -------
    Bits
        Or a BitsFunction, where parameters occur.

    Examples
    --------
    >>> log_sum({8: 8, 3: -3, 5: -5}, 8)
    Bits('3 - 3/8*log2(3) - 5/8*log2(5)')
    """
    numbers = (denominator, *terms, *terms.values())
    functions: list[Any] = [number for number in numbers if isinstance(number, Scalar)]
    if not functions:
        return Bits.from_terms(terms, denominator)
    from natlat_sym.parameters.functions import BitsFunction

    ranges = functions[0].ranges
    for function in functions[1:]:
        ranges = ranges.joined(function.ranges)
    return cast(Bits, BitsFunction.from_terms(terms.items(), denominator, ranges))


def as_amount(value: Any) -> Bits:
    """Return an exact number, its text, or a function of parameters as an amount of either kind.

    Parameters
    ----------
    value : Bits, BitsFunction, Ratio, int, Fraction or str

    Returns
    -------
    Bits
        Or a BitsFunction, where parameters occur.

    Raises
    ------
    InexactInput
        For a float.

    Examples
    --------
    >>> from natlat_sym.parameters.declared import parameter
    >>> as_amount("1/2"), as_amount(parameter("0 < e < 1"))
    (Bits('1/2'), BitsFunction('e', '0 < e < 1'))
    """
    if isinstance(value, Scalar):
        from natlat_sym.parameters.functions import BitsFunction

        ratio: Any = value
        return cast(Bits, BitsFunction.taken(ratio, ratio.ranges))
    return value if hasattr(value, "ranges") else Bits(value)


def weighted_sum(parts: Iterable[tuple[Any, Any]]) -> Bits:
    """Return a weighted sum of amounts of either kind; a function when one of them is.

    Examples
    --------
    >>> weighted_sum([(2, Bits("log2(3)")), (-1, Bits(1))])
    Bits('-1 + 2*log2(3)')
    """
    listed = list(parts)
    symbolic: list[Any] = [amount for _, amount in listed if not isinstance(amount, Bits)]
    if not symbolic:
        return Bits.combine(listed)
    return cast(Bits, type(symbolic[0]).combine(listed, symbolic[0].ranges))
