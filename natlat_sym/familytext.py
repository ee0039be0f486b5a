"""Certificates for every n, written for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
        shown.append(f"  {sign}  {_show_line(line, given)}")
    return "\n".join([*shown, "  >= 0"])


def _show_line(line: Mapping[str, Any], given: Sequence[str]) -> str:
    if "given" in line:
        return f"{_show_weight(line['weight'], 0, 0)} * ({given[line['given']]})"
    first, drop = line.get("first", 0), line.get("drop", 0)
    weight = f"{_show_weight(line['weight'], first, drop)} * {line['term']}"
    if "first" not in line:
        return weight
    return f"sum over k = {first}..{_minus('n', drop)} of {weight}"


def _show_weight(weight: Weight, first: int, drop: int) -> str:
    bases = (_minus("k", first), _minus(_minus("n", drop), "k"), "(n-1)")
    terms = []
    for coefficient, *powers in weight:
        factors = [
            _bracket(base) + (f"^{power}" if power > 1 else "")
            for base, power in zip(bases, powers, strict=True)
            if power
        ]
        plain = coefficient != "1" or not factors
        terms.append(" ".join([*([coefficient] if plain else []), *factors]))
    text = " + ".join(terms).replace("+ -", "- ")
    return f"({text})" if len(terms) > 1 else text


def _minus(left: str, right: int | str) -> str:
    return f"{left}-{right}" if right else left


def _bracket(text: str) -> str:
    return f"({text})" if "-" in text and not text.startswith("(") else text
