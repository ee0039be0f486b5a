"""Certificates for every n, written for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from typing import Any

from natlat_sym.field import show

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
    shown = [_show_part(first, data["least"], data["proof"], data["given"])]
    if "converse" in data:
        shown.append(_show_part("right - left", data["least"], data["converse"], data["given"]))
    return "\n".join(shown)


def _show_part(
    head: str, least: int, lines: Sequence[Mapping[str, Any]], given: Sequence[str]
) -> str:
    shown = [f"{head}, for every n >= {least}"]
    if not lines:
        return "\n".join([*shown, "  =  0, identically"])
    for number, line in enumerate(lines):
        sign = "+" if number else "="
        shown.append(f"  {sign}  {_show_line(line, least, given)}")
    return "\n".join([*shown, "  >= 0"])


def _show_line(line: Mapping[str, Any], least: int, given: Sequence[str]) -> str:
    if "given" in line:
        return f"{_show_weight(line['weight'], least, 0, 0)} * ({given[line['given']]})"
    first, drop = line.get("first", 0), line.get("drop", 0)
    weight = f"{_show_weight(line['weight'], least, first, drop)} * {line['term']}"
    if "first" not in line:
        return weight
    return f"sum over k = {first}..{_minus('n', drop)} of {weight}"


def _show_weight(weight: Weight, least: int, first: int, drop: int) -> str:
    bases = (_minus("k", first), _minus(_minus("n", drop), "k"))
    groups: dict[tuple[int, int], dict[int, Fraction]] = {}
    for coefficient, p, q, r in weight:
        groups.setdefault((p, q), {})[r] = Fraction(coefficient)
    terms = []
    for powers, scale in groups.items():
        factors = [_power(base, power) for base, power in zip(bases, powers, strict=True) if power]
        factors = [part for part in (_show_scale(scale, least), *factors) if part != "1"]
        terms.append(" ".join(factors) or "1")
    text = " + ".join(terms).replace("+ -", "- ")
    return f"({text})" if len(terms) > 1 else text


def _show_scale(scale: Mapping[int, Fraction], least: int) -> str:
    """Write a sum of c * (n-least)**r as a polynomial in n."""
    plain: dict[int, Fraction] = {}
    for r, c in scale.items():
        for i in range(r + 1):
            plain[i] = plain.get(i, Fraction(0)) + c * comb(r, i) * (-least) ** (r - i)
    parts = []
    for power, c in sorted(plain.items(), reverse=True):
        if c:
            number = [show(c)] if c not in (1, -1) or not power else ["-"] if c == -1 else []
            text = " ".join([*number, *([_power("n", power)] if power else [])])
            parts.append(text.replace("- n", "-n"))
    text = " + ".join(parts).replace("+ -", "- ")
    text = re.sub(r"^n - (\d+)$", r"n-\1", text)
    return f"({text})" if len(parts) > 1 else text


def _power(base: str, power: int) -> str:
    return _bracket(base) + (f"^{power}" if power > 1 else "")


def _minus(left: str, right: int | str) -> str:
    return f"{left}-{right}" if right else left


def _bracket(text: str) -> str:
    return f"({text})" if "-" in text and not text.startswith("(") else text
