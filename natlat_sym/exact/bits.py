"""Exact amounts of information: c + sum of c_i * log2(a_i) with rational c, c_i, in bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import index
from typing import Any, Self

from natlat_sym.errors import InvalidInput
from natlat_sym.exact import bits_text
from natlat_sym.exact.arithmetic import Arithmetic
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.infinity import Infinity
from natlat_sym.exact.logsum import Raw, combine
from natlat_sym.explained import explained

oo = Infinity()


class Bits(Arithmetic):
    """An exact amount of information in bits, ``c + sum c_i * log2(a_i)``.

    Parameters
    ----------
    value : Bits, int, Fraction or str
        An exact number, or text such as ``"1 + 3/8*log2(3) - 5/8*log2(5)"``.

    Raises
    ------
    InexactInput
        For a float.
    SyntaxInvalid
        For text outside the notation.

    Notes
    -----
    Immutable.  Equality, order and hash are exact.  Zero is decided by a normal form over
    pairwise coprime integers, whose logarithms are independent over the rationals; no large
    integer is factored.  The sign of anything else comes from rigorous enclosures, widened until
    zero is excluded.  Sums are merged only when a question needs them.

    Examples
    --------
    >>> b = Bits("1 + 3/8*log2(3)") - Bits.log2(5) * Fraction(5, 8)
    >>> print(b, b > 0, f"{b:.6f}")
    1 + 3/8*log2(3) - 5/8*log2(5) True 0.143156
    """

    def __new__(cls, value: object = 0) -> Self:
        """Make an exact amount."""
        if isinstance(value, Bits):
            return cls._of_parts(((1, value),))
        if isinstance(value, str):
            return cls._of_log_terms(bits_text.parse_text(value))
        if isinstance(value, Infinity):
            raise InvalidInput("expected a finite amount, got oo; parse_bits reads oo too")
        return cls._of_number(exact(value, "amount"))

    @classmethod
    def _of_log_terms(cls, terms: bits_text.LogTerms) -> Self:
        def pieces() -> Iterable[tuple[Fraction, Raw]]:
            for q, c in terms.items():
                if q.numerator > 1:
                    yield c, {1: {q.numerator: 1}}
                if q.denominator > 1:
                    yield -c, {1: {q.denominator: 1}}

        return cls._make(combine(pieces()))

    @classmethod
    def log2(cls, q: object) -> Self:
        """Return the exact log2 of a positive rational, in bits.

        Parameters
        ----------
        q : int, Fraction or rational text
            Positive.

        Returns
        -------
        Bits

        Raises
        ------
        InvalidInput
            When q is not positive.

        Examples
        --------
        >>> Bits.log2(12)
        Bits('2 + log2(3)')
        """
        if type(q) is int and q > 1:
            return cls._make({1: {q: 1}})
        number = exact(q, "argument of log2")
        if number <= 0:
            raise InvalidInput(f"expected a positive argument of log2, got {show(number)}", q=q)
        return cls._of_log_terms({number: Fraction(1)})

    @classmethod
    @explained
    def from_terms(cls, terms: Mapping[int, int | Fraction], denominator: int = 1) -> Self:
        """Return (1/denominator) * sum of k * log2(a): the shape entropies have.

        Parameters
        ----------
        terms : mapping of int to int or Fraction
            Coefficient k by positive integer a.
        denominator : int
            Positive, common to all terms.

        Returns
        -------
        Bits

        Raises
        ------
        InvalidInput
            When an integer or the denominator is not positive.

        Examples
        --------
        >>> Bits.from_terms({8: 8, 3: -3, 5: -5}, 8)  # the entropy of (3/8, 5/8)
        Bits('3 - 3/8*log2(3) - 5/8*log2(5)')
        """
        for n in (denominator, min(terms, default=1)):
            if n < 1:
                raise InvalidInput(
                    f"expected positive integers inside log2 and below the line, got {n}",
                    terms=terms,
                    denominator=denominator,
                )
        if {*map(type, terms), *map(type, terms.values()), type(denominator)} == {int}:
            kept = {a: int(k) for a, k in terms.items() if k and a != 1}
            return cls._make({denominator: kept} if kept else {})
        whole = [(index(a), exact(k, "coefficient")) for a, k in terms.items()]
        return cls._make(combine((k / index(denominator), Bits.log2(a)._raw) for a, k in whole))

    @classmethod
    @explained
    def combine(cls, parts: Iterable[tuple[int | Fraction, Bits]]) -> Self:
        """Return a weighted sum; many terms cost no more than their merging.

        Parameters
        ----------
        parts : iterable of (rational, Bits)
            Weights and what they multiply.

        Returns
        -------
        Bits

        Examples
        --------
        >>> Bits.combine([(2, Bits("log2(3)")), (Fraction(-1, 2), Bits(1))])
        Bits('-1/2 + 2*log2(3)')
        """
        return cls._of_parts(
            tuple(
                (
                    q if type(q) is int else exact(q, "coefficient"),
                    b if isinstance(b, Bits) else cls(b),
                )
                for q, b in parts
            )
        )

    @classmethod
    @explained
    def total(cls, values: Iterable[Bits]) -> Self:
        """Return the sum of many amounts.

        Parameters
        ----------
        values : iterable of Bits
            Any number of them; none gives 0.

        Returns
        -------
        Bits

        Examples
        --------
        >>> Bits.total([Bits("log2(3)"), Bits("log2(5)"), Bits(-1)])
        Bits('-1 + log2(3) + log2(5)')
        """
        return cls.combine((1, value) for value in values)

    @classmethod
    @explained
    def from_sympy(cls, expression: object) -> Self:
        """Return the amount a sympy expression stands for.

        Parameters
        ----------
        expression : sympy expression or text it can parse
            Sums and products of rationals and log(rational)/log(2).

        Returns
        -------
        Bits

        Raises
        ------
        InvalidInput
            For any other expression.

        Examples
        --------
        >>> Bits.from_sympy("log(12)/log(2)")
        Bits('2 + log2(3)')
        """
        from natlat_sym.exact.bits_sympy import from_sympy

        return cls._of_log_terms(from_sympy(expression))

    @classmethod
    @explained
    def from_latex(cls, text: str) -> Self:
        r"""Return the amount a LaTeX formula stands for.

        Parameters
        ----------
        text : str
            As `to_latex` writes it.

        Returns
        -------
        Bits

        Examples
        --------
        >>> Bits.from_latex(r"1 + \frac{3}{8}\log_2 3")
        Bits('1 + 3/8*log2(3)')
        """
        return cls._of_log_terms(bits_text.parse_latex(text))

    @property
    def rational(self) -> Fraction:
        """The rational part of the normal form."""
        return self._normal()[0]

    @property
    def atoms(self) -> tuple[tuple[int, Fraction], ...]:
        """Pairwise coprime odd integers above 1, ascending, with their coefficients.

        Primes where factoring is cheap; always so below 2**32.
        """
        return self._normal()[1]

    def __str__(self) -> str:
        return bits_text.print_text(*self._normal())

    def __repr__(self) -> str:
        return f"Bits('{self}')"

    def to_latex(self) -> str:
        r"""Return LaTeX without dollar signs.

        Returns
        -------
        str

        Examples
        --------
        >>> print(Bits("1 - 5/8*log2(5)").to_latex())
        1 - \frac{5}{8}\log_2 5
        """
        return bits_text.print_latex(*self._normal())

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def _sympy_(self) -> Any:
        from natlat_sym.exact.bits_sympy import to_sympy

        return to_sympy(*self._normal())

    def nats(self) -> Any:
        """Return the amount in nats, as a sympy expression in natural logarithms.

        Returns
        -------
        sympy.Expr

        Examples
        --------
        >>> Bits("1 + log2(3)").nats()
        log(2) + log(3)
        """
        from natlat_sym.exact.bits_sympy import to_sympy

        return to_sympy(*self._normal(), nats=True)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Bits._make, (self._merged(),)


def parse_bits(text: str) -> Bits | Infinity:
    """Return the exact amount a text spells, finite or ``oo``.

    Parameters
    ----------
    text : str
        As `Bits` prints, or ``oo``.

    Returns
    -------
    Bits or Infinity

    Raises
    ------
    SyntaxInvalid
        For text outside the notation.

    Examples
    --------
    >>> parse_bits("3/4*log2(3) - 1"), parse_bits("oo")
    (Bits('-1 + 3/4*log2(3)'), oo)
    """
    return oo if text.strip() == "oo" else Bits(text)
