"""What amounts have in common: rational multiples, exact order and hash, rounded decimals."""

from __future__ import annotations

import math
import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Self

from natlat_sym.errors import InexactInput, InvalidInput
from natlat_sym.exact import rounding
from natlat_sym.exact.amount import FIRST, Amount
from natlat_sym.exact.field import dyadic, exact, is_float, show
from natlat_sym.explained import explained

_HASH_SCALE = Fraction(1 << 64)


class Arithmetic(Amount):
    """An amount with the operators of an ordered rational vector space, and its decimals."""

    __slots__ = ()

    @classmethod
    def _of_parts(cls, parts: tuple[tuple[int | Fraction, Amount], ...]) -> Self:
        return cls._make({}, parts)

    @classmethod
    def _of_number(cls, number: int | Fraction) -> Self:
        return cls._make({number.denominator: {2: number.numerator}} if number else {})

    def _operand(self, value: object) -> Self | None:
        if isinstance(value, type(self)):
            return value
        number = exact_number(value, "term")
        return None if number is None else self._of_number(number)

    def __add__(self, other: object) -> Self:
        term = self._operand(other)
        return NotImplemented if term is None else self._of_parts(((1, self), (1, term)))

    __radd__ = __add__

    def __sub__(self, other: object) -> Self:
        term = self._operand(other)
        return NotImplemented if term is None else self._of_parts(((1, self), (-1, term)))

    def __rsub__(self, other: object) -> Self:
        term = self._operand(other)
        return NotImplemented if term is None else self._of_parts(((-1, self), (1, term)))

    def __neg__(self) -> Self:
        return self._of_parts(((-1, self),))

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Self:
        return -self if self.sign() < 0 else self

    def __mul__(self, other: object) -> Self:
        if isinstance(other, Amount):
            raise InvalidInput(
                "expected a rational factor, got an amount of information; a product of two "
                "logarithms is no amount in bits (a rational amount is a number as b.rational)",
                factors=(self, other),
            )
        factor = exact_number(other, "factor")
        return NotImplemented if factor is None else self._of_parts(((factor, self),))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Self:
        if isinstance(other, Amount):
            raise InvalidInput(
                "expected a rational divisor, got an amount of information; for the ratio of two "
                "amounts divide their b.bounds(digits), or float(b)",
                divisor=other,
            )
        divisor = exact_number(other, "divisor")
        if divisor is None:
            return NotImplemented
        if divisor == 0:
            raise InvalidInput("expected a non-zero divisor, got 0", divisor=other)
        return self._of_parts(((Fraction(1) / divisor, self),))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        order = self._order(other)
        return NotImplemented if order is None else order == 0

    def __lt__(self, other: object) -> bool:
        order = self._order(other)
        return NotImplemented if order is None else order < 0

    def __le__(self, other: object) -> bool:
        order = self._order(other)
        return NotImplemented if order is None else order <= 0

    def __gt__(self, other: object) -> bool:
        order = self._order(other)
        return NotImplemented if order is None else order > 0

    def __ge__(self, other: object) -> bool:
        order = self._order(other)
        return NotImplemented if order is None else order >= 0

    def _order(self, other: object) -> float | None:
        """Return the sign of self - other; nan beside nan; None for what is no number."""
        if is_float(other):
            number = float(other)  # type: ignore[arg-type]
            if not math.isfinite(number):
                return -number
            other = dyadic(number)
        if isinstance(other, bool):
            other = int(other)
        term = self._operand(other)
        if term is None:
            return None
        low, high = self._enclosure(FIRST)
        other_low, other_high = term._enclosure(FIRST)
        if low > other_high or high < other_low:
            return 1 if low > other_high else -1
        return (self - term).sign()

    def __bool__(self) -> bool:
        return self.sign() != 0

    def __hash__(self) -> int:
        if self._hash is None:
            rational = self.exact_rational()
            # The integer part depends on the value alone, not on how it is written.
            found = self.scaled_floor(_HASH_SCALE) if rational is None else rational
            self._put("_hash", hash(found))
        return self._hash  # type: ignore[return-value]

    def __format__(self, spec: str) -> str:
        if not spec or spec.endswith("s"):
            return format(str(self), spec)
        return rounding.format_value(self, spec)

    def __float__(self) -> float:
        return rounding.nearest_float(self)

    @explained
    def decimal(self, places: int) -> str:
        """Return a decimal with a fixed number of places, correctly rounded.

        Parameters
        ----------
        places : int
            At least 0; as many as wanted.

        Returns
        -------
        str
            In bits; ties, which only rationals have, go to even.

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits("log2(3)").decimal(20)
        '1.58496250072115618145'
        """
        return rounding.decimal_text(self, places)

    @explained
    def approx(self, significant: int = 12) -> str:
        """Return a decimal with a fixed number of significant digits, correctly rounded.

        Parameters
        ----------
        significant : int
            At least 1.

        Returns
        -------
        str
            In bits; ``0`` for zero, scientific when the decimal exponent is below -5 or at
            least `significant`.

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits("log2(3)").approx()
        '1.58496250072'
        """
        return rounding.significant_text(self, significant)

    def bounds(self, digits: int) -> tuple[Fraction, Fraction]:
        """Return rational bounds of the value.

        Parameters
        ----------
        digits : int
            The bounds are at most ``10**-digits`` apart.

        Returns
        -------
        (Fraction, Fraction)
            Lower and upper bound, in bits; both exact when the value is rational.

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits("log2(3)").bounds(2)
        (Fraction(79, 50), Fraction(159, 100))
        """
        rational = self.exact_rational()
        if rational is not None:
            return rational, rational
        scale = Fraction(10) ** digits
        low = self.scaled_floor(scale)
        return low / scale, (low + 1) / scale


def exact_number(value: object, what: str) -> int | Fraction | None:
    """Return an exact number, or None for what is no number at all.

    Parameters
    ----------
    value : object
        Any operand.
    what : str
        Its role, for the error message.

    Returns
    -------
    int, Fraction or None
        None for text and other objects, so that Python asks them.

    Raises
    ------
    InexactInput
        For a float.

    Examples
    --------
    >>> exact_number(3, "factor"), exact_number("3", "factor")
    (3, None)
    """
    if type(value) is int or isinstance(value, Fraction):
        return value
    if is_float(value):
        raise _float_refused(float(value), what)  # type: ignore[arg-type]
    if isinstance(value, numbers.Rational | Decimal) or hasattr(value, "__index__"):
        return exact(value, what)
    return None


def _float_refused(number: float, what: str) -> InvalidInput:
    if not math.isfinite(number):
        return InvalidInput(f"expected a rational {what}, got the float {number}", value=number)
    return InexactInput(
        f'a float {what} {number!r} is not exact; write Fraction("{number!r}") for the decimal, '
        f"or natlat_sym.dyadic({number!r}) for {show(dyadic(number))}",
        value=number,
    )
