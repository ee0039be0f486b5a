"""Exact amounts of information as functions of parameters: sums of f * log2(g), in bits.

Coefficients are rational functions; inside the logarithms stand primes and irreducible
polynomials that are positive on the range.  Their logarithms are linearly independent over the
rational functions: differentiating a relation gives a rational one with a pole at a root of an
irreducible argument, so all those coefficients vanish, and what is left is a relation between
logarithms of coprime integers.  Hence zero and equality are read off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from natlat_sym.errors import InvalidInput, SyntaxInvalid
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import exact, show
from natlat_sym.explained import explained
from natlat_sym.parameters.logterms import (
    Atom,
    factors,
    latex_text,
    moved,
    ordered,
    over_primes,
    plain_text,
    sympy_sum,
)
from natlat_sym.parameters.polynomials import evaluate, evaluate_polynomial, inside, point_of
from natlat_sym.parameters.ranges import Ranges, Varying
from natlat_sym.parameters.ratios import Ratio, as_ratio, polynomial
from natlat_sym.parameters.ratiotext import Parser
from natlat_sym.parameters.rolle import compare


class BitsFunction(Varying):
    """An exact amount of information in bits, as a function of parameters.

    Parameters
    ----------
    text : str
        As it prints: ``"(1 - e)*log2(1 - e)"``.
    ranges : str, list of str, or Ranges
        The parameters with their ranges.

    Raises
    ------
    SyntaxInvalid
        For text outside the notation.
    InvalidInput
        When the argument of a logarithm is not positive inside the range.

    Notes
    -----
    Immutable.  Equality and hash are exact.  An order such as ``f <= g`` is a statement about the
    whole range, decided rigorously; see `natlat_sym.parameters.rolle`.

    Examples
    --------
    >>> f = BitsFunction("-(1 - e)*log2(1 - e) - e*log2(e)", "0 < e < 1/2")
    >>> f.at(e="1/4")
    Bits('2 - 3/4*log2(3)')
    >>> f - f == 0, f <= 1
    (True, True)
    """

    __slots__ = ("ranges", "terms")

    ranges: Ranges
    terms: dict[Atom, Ratio]

    @explained
    def __init__(self, text: str, ranges: Ranges | str | Iterable[str] | Mapping[str, str]) -> None:
        declared = Ranges.read(ranges)
        found = self.taken(AmountParser(text, declared).run(), declared)
        object.__setattr__(self, "ranges", found.ranges)
        object.__setattr__(self, "terms", found.terms)

    @classmethod
    def _of(cls, ranges: Ranges, terms: Mapping[Atom, Ratio]) -> BitsFunction:
        found = object.__new__(cls)
        object.__setattr__(found, "ranges", ranges)
        object.__setattr__(found, "terms", ordered({a: f for a, f in terms.items() if f}))
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an amount is immutable, {name!r} cannot be set")

    def __reduce__(self) -> tuple[object, ...]:
        return BitsFunction, (str(self), self.ranges)

    @classmethod
    def log2(cls, argument: Ratio) -> BitsFunction:
        """Return the logarithm of a function that is positive inside the range.

        Examples
        --------
        >>> from natlat_sym.parameters.declared import parameter
        >>> print(BitsFunction.log2(4 / (1 - parameter("0 < e < 1"))))
        2 - log2(1 - e)
        """
        one = as_ratio(1, argument.ranges)
        top = polynomial(argument.ranges, argument.numerator)
        bottom = polynomial(argument.ranges, argument.denominator)
        if evaluate(bottom, inside(argument.ranges)) < 0:
            top, bottom = -top, -bottom
        return cls.from_terms([(top, one), (bottom, -one)], one, argument.ranges)

    @classmethod
    def from_terms(
        cls, terms: Iterable[tuple[object, object]], denominator: object, ranges: Ranges
    ) -> BitsFunction:
        """Return (1/denominator) * sum of k * log2(a): the shape entropies have.

        Parameters
        ----------
        terms : iterable of (a, k)
            Polynomials or integers; every a positive inside the range.
        denominator : int or Ratio
            Common to all terms.
        ranges : Ranges
            All parameters.

        Returns
        -------
        BitsFunction
        """
        below = as_ratio(denominator, ranges)
        found: dict[Atom, Ratio] = {}
        for argument, weight in terms:
            coefficient = as_ratio(weight, ranges)
            for atom, power in factors(as_ratio(argument, ranges).numerator, ranges):
                part = coefficient if power == 1 else coefficient * power
                found[atom] = found[atom] + part if atom in found else part
        return cls._of(ranges, over_primes({a: f / below for a, f in found.items()}))

    @classmethod
    def combine(cls, parts: Iterable[tuple[object, object]], ranges: Ranges) -> BitsFunction:
        """Return a weighted sum of amounts, of either kind."""
        total = cls._of(ranges, {})
        for weight, amount in parts:
            total = total + cls.taken(amount, ranges) * weight
        return total

    @classmethod
    def taken(cls, value: object, ranges: Ranges) -> BitsFunction:
        """Return a number, a rational function or an amount as an amount over some ranges."""
        if isinstance(value, BitsFunction):
            return value
        if isinstance(value, Ratio):
            return cls._of(value.ranges, {2: value})
        amount = value if isinstance(value, Bits) else Bits(exact(value))
        terms = {2: amount.rational, **dict(amount.atoms)}
        return cls._of(ranges, {a: as_ratio(c, ranges) for a, c in terms.items()})

    # ---- arithmetic ----

    def _operand(self, other: object) -> BitsFunction | None:
        if isinstance(other, BitsFunction):
            return other
        if isinstance(other, Ratio | Bits | int | Fraction):
            return self.taken(other, self.ranges)
        return None

    def _plus(self, other: object, sign: int) -> Any:
        right = self._operand(other)
        if right is None:
            return NotImplemented
        ranges = self.ranges.joined(right.ranges)
        found: dict[Atom, Ratio] = {}
        for amount, factor in ((self, 1), (right, sign)):
            for atom, f in amount.terms.items():
                key = atom if isinstance(atom, int) else moved(atom, ranges)
                part = as_ratio(f, ranges) * factor
                found[key] = found[key] + part if key in found else part
        return self._of(ranges, over_primes(found))

    def __add__(self, other: object) -> Any:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: object) -> Any:
        return self._plus(other, -1)

    def __rsub__(self, other: object) -> Any:
        return -self + other

    def __neg__(self) -> BitsFunction:
        return self._of(self.ranges, {a: -f for a, f in self.terms.items()})

    def __abs__(self) -> BitsFunction:
        return self if self >= 0 else -self

    def __mul__(self, other: object) -> Any:
        if isinstance(other, BitsFunction | Bits):
            raise InvalidInput(
                "expected a rational factor, got an amount of information; a product of two "
                "logarithms is no amount in bits",
                factors=(self, other),
            )
        if not isinstance(other, int | Fraction | Ratio):
            return NotImplemented
        factor = as_ratio(other, self.ranges)
        terms = {
            a if isinstance(a, int) else moved(a, factor.ranges): f * factor
            for a, f in self.terms.items()
        }
        return self._of(factor.ranges, terms)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Any:
        if not isinstance(other, int | Fraction | Ratio):
            return NotImplemented
        return self * (1 / as_ratio(other, self.ranges))

    @explained
    def substitute(self, values: Mapping[str, Any]) -> Any:
        """Return the amount with parameters replaced by numbers or functions of parameters.

        Examples
        --------
        >>> from natlat_sym.parameters.declared import parameter
        >>> e = parameter("0 < e < 1/2")
        >>> print(BitsFunction("log2(1 + e)", "0 < e < 1").substitute({"e": 2 * e}))
        log2(1 + 2*e)
        """
        total: Any = Bits(0)
        for atom, f in self.terms.items():
            coefficient = f.substitute(values)
            if not coefficient:  # 0 * log2(0) = 0
                continue
            inner = atom
            if not isinstance(atom, int):
                inner = polynomial(self.ranges, atom).substitute(values)
            log = BitsFunction.log2(inner) if isinstance(inner, Ratio) else Bits.log2(inner)
            total = total + coefficient * log
        return total

    # ---- comparison ----

    def __eq__(self, other: object) -> bool:
        right = self._operand(other)
        return NotImplemented if right is None else not (self - right).terms

    def __hash__(self) -> int:
        number = self.constant()
        return hash(str(self)) if number is None else hash(number)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def _holds(self, other: object, *wanted: int) -> Any:
        right = self._operand(other)
        if right is None:
            return NotImplemented
        return compare(self - right, frozenset(wanted))

    def __lt__(self, other: object) -> Any:
        return self._holds(other, -1)

    def __le__(self, other: object) -> Any:
        return self._holds(other, -1, 0)

    def __gt__(self, other: object) -> Any:
        return self._holds(other, 1)

    def __ge__(self, other: object) -> Any:
        return self._holds(other, 0, 1)

    def constant(self) -> Bits | None:
        """Return the amount when no parameter occurs, else None."""
        values = {a: f.constant() for a, f in self.terms.items()}
        if any(not isinstance(a, int) for a in values) or None in values.values():
            return None
        return Bits.combine((c, Bits.log2(a)) for a, c in values.items() if c is not None)

    # ---- values ----

    def at(self, **values: object) -> Bits:
        """Return the exact value at a point.

        Parameters
        ----------
        values : exact numbers by name
            One for each parameter; an end of its range is allowed, with 0 * log2(0) = 0.

        Returns
        -------
        Bits

        Raises
        ------
        InvalidInput
            For a point outside, or where the amount has no value.
        """
        point = point_of(self.ranges, values)
        parts: list[tuple[Fraction, Bits]] = []
        for atom, f in self.terms.items():
            coefficient = evaluate(f, point)
            number = atom if isinstance(atom, int) else evaluate_polynomial(atom, point)
            if coefficient:
                if number <= 0:
                    shown = ", ".join(f"{n} = {show(v)}" for n, v in point.items())
                    raise InvalidInput(f"{self} has no value at {shown}; take a limit", point=point)
                parts.append((coefficient, Bits.log2(number)))
        return Bits.combine(parts)

    def __str__(self) -> str:
        return plain_text(self.terms)

    def __repr__(self) -> str:
        return f"BitsFunction({str(self)!r}, {str(self.ranges)!r})"

    def to_latex(self) -> str:
        """Return LaTeX without dollar signs."""
        return latex_text(self.terms)

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def _sympy_(self) -> Any:
        return sympy_sum(self.terms)


class AmountParser(Parser):
    """Rational functions, with logarithms among the factors."""

    def lift(self, element: Any) -> Ratio:
        """Return an element of the field as a rational function on the ranges."""
        return Ratio._of(self.ranges, element)

    def atom(self) -> Any:
        if self.token != "log2":
            return super().atom()
        self.advance()
        if self.token != "(":
            raise self.fail("'(' after log2")
        self.advance()
        inner = self.sum()
        if self.token != ")":
            raise self.fail("')'")
        if isinstance(inner, BitsFunction):
            raise SyntaxInvalid(f"expected no logarithm inside log2 in {self.text!r}")
        self.advance()
        return BitsFunction.log2(inner)
