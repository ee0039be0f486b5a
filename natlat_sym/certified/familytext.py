"""Certificates for every n, written for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from typing import Any

from natlat_sym.exact.field import show

Weight = Sequence[Sequence[Any]]


def show_family(data: Mapping[str, Any]) -> str:
    """Return an all-n certificate as a readable sum.

    Parameters
    ----------
    data : mapping
        The certificate as JSON values.

    Returns
    -------
    str

    Examples
    --------
    >>> from natlat_sym import prove_for_all_n
    >>> print(prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])").certificate)
    right - left, for every n >= 2
      =  sum over k = 0..n-2 of (1 + k) * I(X[1];X[1]|X[k])
      >= 0
    """
    upward = "<=" in data["claim"]
    first = "right - left" if upward else "left - right"
    shown = [_show_part(first, data, data["proof"])]
    if "converse" in data:
        shown.append(_show_part("right - left", data, data["converse"]))
    return "\n".join(shown)


def _show_part(head: str, data: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    budget = " and 1 <= m <= n-1" if "budget" in data else ""
    shown = [f"{head}, for every n >= {data['least']}{budget}"]
    if not lines:
        return "\n".join([*shown, "  =  0, identically"])
    for number, line in enumerate(lines):
        sign = "+" if number else "="
        shown.append(f"  {sign}  {_show_line(line, data)}")
    return "\n".join([*shown, "  >= 0"])


def _show_line(line: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    run, weight, body = pieces(line, data)
    over = f"sum over k = {run[0]}..{run[1]} of " if run else ""
    return f"{over}{weight} * {body}"


def pieces(
    line: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[tuple[str, str] | None, str, str]:
    """Return the first and last k of a line that runs, its weight, and what is weighted."""
    if "given" in line:
        return None, _show_weight(line["weight"], data), f"({data['given'][line['given']]})"
    if "first" not in line:
        return None, _show_weight(line["weight"], data), line["term"]
    part = line.get("part")
    first = f"n-m{_plus(line['first'])}" if part == "upper" else str(line["first"])
    last = _minus("n-m" if part == "lower" else "n", line["drop"])
    weight = _show_weight(line["weight"], data, "" if first == "0" else first, last)
    return (first, last), weight, line["term"]


def _show_weight(weight: Weight, data: Mapping[str, Any], first: str = "", last: str = "n") -> str:
    bases = (f"k-{_bracket(first)}" if first else "k", f"{last}-k")
    groups: dict[tuple[int, int], dict[tuple[int, ...], Fraction]] = {}
    for coefficient, p, q, *powers in weight:
        groups.setdefault((p, q), {})[tuple(powers)] = Fraction(coefficient)
    terms = []
    for exponents, scale in groups.items():
        factors = [_power(b, power) for b, power in zip(bases, exponents, strict=True) if power]
        shown = _show_budget(scale) if "budget" in data else _show_scale(scale, data["least"])
        terms.append(" ".join(part for part in (shown, *factors) if part != "1") or "1")
    text = " + ".join(terms).replace("+ -", "- ")
    return f"({text})" if len(terms) > 1 else text


def _show_scale(scale: Mapping[tuple[int, ...], Fraction], least: int) -> str:
    """Write a sum of c * (n-least)**r as a polynomial in n."""
    plain: dict[tuple[int, ...], Fraction] = {}
    for (r,), c in scale.items():
        for i in range(r + 1):
            plain[i,] = plain.get((i,), Fraction(0)) + c * comb(r, i) * (-least) ** (r - i)
    return _show_polynomial({powers: c for powers, c in plain.items() if c})


def _show_budget(scale: Mapping[tuple[int, ...], Fraction]) -> str:
    """Write a sum of c * (n-m-1)**r * (m-1)**t as a product of polynomials in n and m."""
    import sympy

    n, m = sympy.symbols("n m")
    total = sum(
        sympy.Rational(c.numerator, c.denominator) * (n - m - 1) ** r * (m - 1) ** t
        for (r, t), c in scale.items()
    )
    number, factors = sympy.Poly(total, n, m).factor_list()
    shown = [show(Fraction(str(number)))] if number != 1 else []
    for base, power in factors:
        plain = {powers: Fraction(str(c)) for powers, c in base.terms()}
        shown.append(_power(_show_polynomial(plain), power))
    return " ".join(sorted(shown, key=lambda text: (len(text), text))) or "1"


def _show_polynomial(plain: Mapping[tuple[int, ...], Fraction]) -> str:
    """Write a polynomial in n, or in n and m, in parentheses when it has several terms."""
    parts = []
    for powers, c in sorted(plain.items(), key=lambda item: (-sum(item[0]), [-p for p in item[0]])):
        letters = [_power(x, p) for x, p in zip("nm", powers, strict=False) if p]
        number = [show(c)] if c not in (1, -1) or not letters else ["-"] if c == -1 else []
        parts.append(" ".join([*number, *letters]).replace("- ", "-"))
    text = " + ".join(parts).replace("+ -", "- ")
    if re.fullmatch(r"n( - (m|\d+))+|m - \d+", text):
        text = text.replace(" ", "")
    return f"({text})" if len(parts) > 1 else text


def _power(base: str, power: int) -> str:
    return _bracket(base) + (f"^{power}" if power > 1 else "")


def _minus(left: str, right: int) -> str:
    return f"{left}-{right}" if right else left


def _plus(right: int) -> str:
    return f"+{right}" if right else ""


def _bracket(text: str) -> str:
    compound = any(sign in text for sign in " -+") and not text.startswith("(")
    return f"({text})" if compound else text
