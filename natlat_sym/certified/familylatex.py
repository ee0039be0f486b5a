"""Statements and proofs for every n in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from natlat_sym.certified.familytext import pieces
from natlat_sym.statements.atoms import latex_name

_SIGNS = {"|": r"\mid ", "<=": r"\le", ">=": r"\ge", "TC": r"\mathrm{TC}", "DTC": r"\mathrm{DTC}"}
_TOKEN = re.compile(r"<=|>=|\||[A-Za-z][A-Za-z0-9_']*")


def latex_statement(text: str, features: str) -> str:
    r"""Return a statement about n features in LaTeX.

    Parameters
    ----------
    text : str
        In the notation with ``X[k]``.
    features : str
        The name of the features.

    Returns
    -------
    str
        Without dollar signs; the number of features stands below their name, in brackets.

    Examples
    --------
    >>> print(latex_statement("TC(X|L1) <= n H(X[n-1])", "X"))
    \mathrm{TC}(X\mid L_{1}) \le n H(X_{[n-1]})
    """
    shown = _TOKEN.sub(lambda match: _SIGNS.get(match[0]) or latex_name(match[0]), text)
    return re.sub(
        rf"{re.escape(latex_name(features))}\[([^\]]*)\]",
        rf"{latex_name(features)}_{{[\1]}}",
        shown,
    )


def latex_family(data: Mapping[str, Any]) -> str:
    r"""Return an all-n certificate as a LaTeX ``aligned`` block.

    Parameters
    ----------
    data : mapping
        The certificate as JSON values.

    Returns
    -------
    str
        Without dollar signs.

    Examples
    --------
    >>> from natlat_sym import prove_for_all_n
    >>> text = prove_for_all_n("H(L|X[n]) <= H(L)").certificate.to_latex()
    >>> print(text.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}"))
    \text{right} - \text{left} &= \sum_{k=0}^{n-1} I(L;X_{[1]}\mid X_{[k]}) \ge 0
    """
    upward = "<=" in data["claim"]
    heads = ("right", "left") if upward else ("left", "right")
    rows = [_part(data, heads, "proof")]
    if "converse" in data:
        rows.append(_part(data, ("right", "left"), "converse"))
    return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"


def _part(data: Mapping[str, Any], heads: tuple[str, str], part: str) -> str:
    terms = []
    for line in data[part]:
        run, weight, body = pieces(line, data)
        over = rf"\sum_{{k={run[0]}}}^{{{run[1]}}} " if run else ""
        shown = latex_statement(body, data["features"])
        terms.append(over + ("" if weight == "1" else rf"{weight}\, ") + shown)
    left = " - ".join(rf"\text{{{head}}}" for head in heads)
    return rf"{left} &= {' + '.join(terms) or '0'} \ge 0"
