"""The normal form of log sums over rational functions: which logarithms stand in it, and how.

Inside the logarithms stand primes and irreducible polynomials that are positive on the range.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.coprime import coprime_base, divide_out
from natlat_sym.exact.field import show
from natlat_sym.exact.integers import Effort, split
from natlat_sym.parameters.polynomials import Polynomial, fraction_field, polynomial_text
from natlat_sym.parameters.ranges import Ranges
from natlat_sym.parameters.ratios import Ratio, polynomial
from natlat_sym.parameters.signs import signs_taken

Atom = Any  # an integer above 1, or an irreducible polynomial of sympy's ring


def ordered(terms: Mapping[Atom, Ratio]) -> dict[Atom, Ratio]:
    """Rational part first, then integers, then polynomials by degree and text."""
    whole = sorted(a for a in terms if isinstance(a, int))
    rest = [a for a in terms if not isinstance(a, int)]
    rest.sort(key=lambda a: (sum(max(a.monoms(), key=sum)), polynomial_text(a)))
    return {a: terms[a] for a in (*whole, *rest)}


@lru_cache(maxsize=1 << 14)
def factors(element: Polynomial, ranges: Ranges) -> tuple[tuple[Atom, int], ...]:
    """Return the integer content and the irreducible factors that are positive on the range."""
    if element.is_ground:
        content, factors = element.LC, []
    else:
        content, factors = element.factor_list()
    found = []
    for factor, power in factors:
        sign = _one_sign(factor, ranges)
        content = content * sign**power
        found.append((factor if sign > 0 else -factor, power))
    number = int(content)
    if number <= 0:
        raise InvalidInput(
            f"expected a positive argument of log2, got {polynomial_text(element)} for {ranges}",
            ranges=ranges,
        )
    return ((number, 1), *found) if number > 1 else tuple(found)


@lru_cache(maxsize=1 << 14)
def _one_sign(factor: Polynomial, ranges: Ranges) -> int:
    opened = Ranges(
        tuple((name, type(i)(i.low, i.high)) for name, i in ranges.items())  # ends may vanish
    )
    found = signs_taken(polynomial(opened, factor))
    if len(found) > 1:
        zero = found.get(0)
        where = f" at {', '.join(f'{n} = {show(v)}' for n, v in zero.items())}" if zero else ""
        raise InvalidInput(
            f"{polynomial_text(factor)} vanishes inside the range {ranges}{where}, where the "
            "support changes; split the range there",
            ranges=ranges,
        )
    return next(iter(found))


def over_primes(terms: dict[Atom, Ratio]) -> dict[Atom, Ratio]:
    """Rewrite the integer atoms over primes, or over coprime integers where factoring is dear."""
    if all(not isinstance(a, int) or a in (2, 3, 5, 7, 11, 13) for a in terms):
        return terms
    found = {a: f for a, f in terms.items() if not isinstance(a, int)}
    left: dict[int, Ratio] = {}
    effort = Effort()
    for atom, f in terms.items():
        if isinstance(atom, int):
            primes, cofactors = split(atom, effort)
            for target, powers in ((found, primes), (left, cofactors)):
                for factor, power in powers.items():
                    part = f * power
                    target[factor] = target[factor] + part if factor in target else part
    for base in coprime_base(left):
        for number, f in left.items():
            power, _ = divide_out(number, base)
            if power:
                found[base] = found[base] + f * power if base in found else f * power
    return found


def moved(atom: Polynomial, ranges: Ranges) -> Polynomial:
    """Return a polynomial in the ring of more parameters."""
    ring = fraction_field(tuple(ranges)).ring
    return atom if atom.ring == ring else atom.set_ring(ring)


def plain_text(terms: Mapping[Atom, Ratio]) -> str:
    """Return a log sum as it is read back."""
    shown = ""
    for atom, f in terms.items():
        text = _term_text(atom, f)
        if not shown:
            shown = text
        else:
            shown += f" - {text[1:]}" if text.startswith("-") else f" + {text}"
    return shown or "0"


def _term_text(atom: Atom, f: Ratio) -> str:
    """Return f*log2(atom) as text; the rational part, log2(2), as its coefficient alone."""
    scale = str(f)
    if atom == 2:
        return scale
    inner = show(atom) if isinstance(atom, int) else polynomial_text(atom)
    if scale in ("1", "-1"):
        return f"{scale[:-1]}log2({inner})"
    sign = ""
    if scale.startswith(("-", "(-")):
        sign, scale = "-", str(-f)
    wide = " " in scale and not scale.startswith("(")
    return f"{sign}{f'({scale})' if wide else scale}*log2({inner})"


def latex_text(terms: Mapping[Atom, Ratio]) -> str:
    """Return a log sum in LaTeX, without dollar signs."""
    shown = ""
    for atom, f in terms.items():
        text = _term_latex(atom, f)
        if not shown:
            shown = text
        else:
            shown += f" - {text[1:]}" if text.startswith("-") else f" + {text}"
    return shown or "0"


def _term_latex(atom: Atom, f: Ratio) -> str:
    """Return f*log2(atom) in LaTeX, with the sign that it has as text in front."""
    from sympy import latex

    sign = ""
    if atom != 2 and str(f).startswith(("-", "(-")):
        sign, f = "-", -f
    above, below = latex(f.numerator.as_expr()), latex(f.denominator.as_expr())
    if atom == 2:
        return above if below == "1" else _latex_fraction(above, below)
    inner = str(atom) if isinstance(atom, int) else rf"\left({latex(atom.as_expr())}\right)"
    if below != "1":
        scale = _latex_fraction(above, below)
    else:
        scale = rf"\left({above}\right)" if " + " in above or " - " in above else above
    return rf"{sign}{'' if scale == '1' else scale}\log_2 {inner}"


def _latex_fraction(above: str, below: str) -> str:
    """Return a fraction; the sign of a single term stands before it."""
    if above.startswith("-") and " + " not in above and " - " not in above:
        return rf"-\frac{{{above[1:].strip()}}}{{{below}}}"
    return rf"\frac{{{above}}}{{{below}}}"


def sympy_sum(terms: Mapping[Atom, Ratio]) -> Any:
    """Return the terms as an expression of sympy."""
    from sympy import Integer, log

    return sum(
        (f.numerator.as_expr() / f.denominator.as_expr())
        * (log(Integer(a) if isinstance(a, int) else a.as_expr()) / log(2) if a != 2 else 1)
        for a, f in terms.items()
    )
