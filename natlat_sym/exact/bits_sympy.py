"""Exact amounts to sympy expressions and back; sympy only carries them, it never compares."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from natlat_sym.errors import InexactInput, InvalidInput
from natlat_sym.exact.bits_text import LogTerms
from natlat_sym.exact.field import exact
from natlat_sym.exact.logsum import Atoms


def to_sympy(rational: Fraction, atoms: Atoms, nats: bool = False) -> Any:
    """Return a normal form as a sympy expression in natural logarithms.

    Parameters
    ----------
    rational : Fraction
        The rational part.
    atoms : tuple of (int, Fraction)
        Integers inside log2, ascending, with their coefficients.
    nats : bool
        In nats instead of bits: multiplied by log(2).

    Returns
    -------
    sympy.Expr

    Examples
    --------
    >>> to_sympy(Fraction(1), ((3, Fraction(1, 2)),))
    log(3)/(2*log(2)) + 1
    """
    import sympy

    def number(q: Fraction) -> Any:
        return sympy.Rational(q.numerator, q.denominator)

    two = sympy.log(2)
    unit = two if nats else sympy.Integer(1)
    terms = [number(rational) * unit]
    terms += [number(c) * sympy.log(atom) * unit / two for atom, c in atoms]
    return sympy.Add(*terms)


def from_sympy(expression: Any) -> LogTerms:
    """Return the coefficients of log2 a sympy expression in bits stands for.

    Parameters
    ----------
    expression : sympy expression or text it can parse
        Sums and products of rationals and log(rational)/log(2).

    Returns
    -------
    dict of Fraction to Fraction
        A rational q counts as q*log2(2).

    Raises
    ------
    InvalidInput
        For any other expression.

    Examples
    --------
    >>> import sympy
    >>> from_sympy(2 + sympy.log(3, 2))
    {Fraction(2, 1): Fraction(2, 1), Fraction(3, 1): Fraction(1, 1)}
    """
    import sympy

    try:
        expr = sympy.sympify(expression)
    except Exception as error:  # of the object: sympy asks it for its elements
        raise _refusal(expression) from error
    if not isinstance(expr, sympy.Expr):
        raise _refusal(expression)
    if expr.has(sympy.Float):
        raise InexactInput(
            f"expected an exact sympy expression, got the float in {expr}; "
            "write sympy.Rational instead",
            expression=expression,
        )
    total: LogTerms = {}
    for term in sympy.Add.make_args(sympy.expand_mul(expr)):
        argument, c = _term(term, expression)
        total[argument] = total.get(argument, Fraction(0)) + c
    return total


def _term(term: Any, expression: Any) -> tuple[Fraction, Fraction]:
    """Read one product; log(2)**k is counted, and must leave one logarithm over one log(2)."""
    import sympy

    c = Fraction(1)
    twos = 0
    argument = None
    for factor in sympy.Mul.make_args(term):
        if factor.is_Rational:
            c *= exact(factor)
            continue
        base, power = factor.as_base_exp()
        if not isinstance(base, sympy.log) or not power.is_Integer:
            raise _refusal(expression)
        inside, root = base.args[0].as_base_exp()
        if not (inside.is_Rational and inside > 0 and root.is_Rational):
            raise _refusal(expression)
        c *= exact(root) ** int(power)
        q = exact(inside)
        binary = _power_of_two(q)
        if binary is not None:
            c *= Fraction(binary) ** int(power)
            twos += int(power)
        elif power == 1 and argument is None:
            argument = q
        else:
            raise _refusal(expression)
    if twos != (0 if argument is None else -1):
        raise _refusal(expression)
    return argument or Fraction(2), c


def _power_of_two(q: Fraction) -> int | None:
    for n, sign in ((q.numerator, 1), (q.denominator, -1)):
        if Fraction(n) ** sign == q and n & (n - 1) == 0:
            return sign * (n.bit_length() - 1)
    return None


def _refusal(expression: Any) -> InvalidInput:
    text = " ".join(str(expression).split())
    return InvalidInput(
        "expected sums and products of rationals and log(rational)/log(2), "
        f"got {text if len(text) <= 80 else text[:77] + '...'}",
        expression=expression,
    )
