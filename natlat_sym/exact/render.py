"""How exact values are shown: as JSON quantities, and side by side in text and HTML tables."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor
from typing import Any, Protocol

COLUMNS = 100


class Exact(Protocol):
    """An exact amount of information, ``oo``, or a function of parameters."""

    def approx(self, significant: int = 12) -> str: ...


def approximate(value: Any) -> str | None:
    """Return 12 significant digits; None for an amount that depends on parameters.

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> approximate(Bits("log2(3)"))
    '1.58496250072'
    """
    number = value.constant() if hasattr(value, "constant") else value
    return None if number is None else str(number.approx(12))


def quantity(value: Exact, longest: int | None = None) -> dict[str, str | None]:
    """Return an exact amount as the JSON object every command prints.

    Parameters
    ----------
    value : Bits or oo
        An amount of information in bits.
    longest : int, optional
        How many characters the notation may have; None means any number.

    Returns
    -------
    dict
        ``{"exact": notation, "approx": decimal string with 12 significant digits}``; ``approx`` is
        None for an amount that depends on parameters, and ``exact`` for one that is too long.

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> quantity(Bits("2 - 3/4*log2(3)"))
    {'exact': '2 - 3/4*log2(3)', 'approx': '0.811278124459'}
    >>> quantity(Bits("2 - 3/4*log2(3)"), longest=10)
    {'exact': None, 'approx': '0.811278124459'}
    """
    approx = approximate(value)
    if longest is not None and getattr(value, "is_long", False):
        return {"exact": None, "approx": approx}
    return {"exact": within(str(value), longest), "approx": approx}


def bound_text(value: Fraction, digits: int, up: bool) -> str:
    """Return a bound as a decimal that is one too: rounded up, or down.

    Examples
    --------
    >>> bound_text(Fraction(2, 3), 3, up=False), bound_text(Fraction(2, 3), 3, up=True)
    ('0.666', '0.667')
    """
    units = ceil(value * 10**digits) if up else floor(value * 10**digits)
    whole, part = divmod(abs(units), 10**digits)
    return f"{'-' * (units < 0)}{whole}.{part:0{digits}d}"


def within(text: str, longest: int | None) -> str | None:
    """Return a text, or None when it has more characters than it may.

    Examples
    --------
    >>> within("1/3", 3), within("1/3", 2), within("1/3", None)
    ('1/3', None, '1/3')
    """
    return text if longest is None or len(text) <= longest else None


def text_table(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return rows as aligned columns, two spaces apart, without trailing blanks.

    Parameters
    ----------
    rows : iterable of sequences of str
        All of one length.
    right : sequence of int
        Indices of the columns that are aligned to the right.

    Returns
    -------
    str

    Examples
    --------
    >>> print(text_table([("mediation", "0"), ("redundancy", "1/2")], right=[1]))
    mediation     0
    redundancy  1/2
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def html_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as an HTML table; every cell is escaped.

    Parameters
    ----------
    header : sequence of str
        The column titles.
    rows : iterable of sequences of str

    Returns
    -------
    str

    Examples
    --------
    >>> html_table(["form"], [["I(X;Y)"]])
    '<table><thead><tr><th>form</th></tr></thead><tbody><tr><td>I(X;Y)</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def shortened(value: object, width: int = 60) -> str:
    """Return the text of a value; of one that is longer than a line only the first terms.

    Parameters
    ----------
    value : object
        Anything with a text, such as an exact amount.
    width : int
        The longest text that is kept whole.

    Returns
    -------
    str

    Examples
    --------
    >>> shortened("log2(3)"), shortened("1/2 + 3/4*log2(3) - 5/8*log2(5) + log2(7)", 36)
    ('log2(3)', '1/2 + 3/4*log2(3) ... (4 terms)')
    >>> shortened("0" * 70, 30), shortened(f"{'7' * 70} + log2(3)", 30)
    ('0000000000 ... 000000000000000', 'a sum of 2 terms')
    """
    text = str(value)
    if len(text) <= width:
        return text
    terms = re.split(r" (?=[+-] )", text)
    end = f" ... ({len(terms)} terms)"
    lengths = accumulate(len(term) + 1 for term in terms)
    kept = sum(length - 1 <= width - len(end) for length in lengths)
    if kept:
        return " ".join(terms[:kept]) + end
    if len(terms) > 1:
        return f"a sum of {len(terms)} terms"
    return f"{text[: width - 20]} ... {text[-15:]}"


def brief(value: object, width: int = 60) -> str:
    """Return the exact text of a value as one line of a table shows it.

    Parameters
    ----------
    value : object
        An exact amount.
    width : int
        The longest text that is kept whole.

    Returns
    -------
    str
        Of a long sum only the first terms; a sum of hundreds of logarithms of long integers, whose
        normal form takes a while, is only called one.

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> brief(Bits("1/2 + log2(3)"))
    '1/2 + log2(3)'
    >>> brief(Bits.from_terms({10**30 + k: 1 for k in range(999)}))
    'a sum of hundreds of logarithms'
    """
    if getattr(value, "is_long", False):
        return "a sum of hundreds of logarithms"
    return shortened(value, width)


def amount_rows(named: Iterable[tuple[str, str, Exact]]) -> list[tuple[str, str, str, str]]:
    """Return amounts as rows of a table, its head first: in decimals, and exactly.

    Parameters
    ----------
    named : iterable of (kind, form, amount)

    Returns
    -------
    list of (str, str, str, str)
        As `text_table` aligns them they take 100 columns, where kinds and forms leave 36 of them.

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> print(text_table(amount_rows([("mediation", "I(X;Y)", Bits("log2(3)"))]), right=[2]))
    error      form        bits  exact
    mediation  I(X;Y)  1.584963  log2(3)
    """
    amounts = list(named)
    cells = [("error", "form", "bits")]
    cells += [(kind, form, decimal(value)) for kind, form, value in amounts]
    spent = sum(max(map(len, column)) + 2 for column in zip(*cells, strict=True))
    width = min(60, max(36, COLUMNS - spent))
    exact = ["exact", *(brief(value, width) for _, _, value in amounts)]
    return [(*row, text) for row, text in zip(cells, exact, strict=True)]


def wrapped(text: str) -> str:
    """Return a text on lines of up to 100 columns, all but the first one indented.

    Sums stay in one piece, as far as they fit.

    Examples
    --------
    >>> print(wrapped("a" * 60 + " " + "b" * 60).replace("a" * 50, "-").replace("b" * 50, "-"))
    -aaaaaaaaaa
      -bbbbbbbbbb
    >>> print(wrapped("exactly " * 12 + "1/2 + log2(3)").replace("exactly " * 11, "- "))
    - exactly
      1/2 + log2(3)
    """
    whole = re.sub(r" ([+-]) ", "\xa0\\1\xa0", text)
    lines = _filled(whole).replace("\xa0", " ")
    fits = max(map(len, lines.split("\n"))) <= COLUMNS
    return lines if fits else _filled(text)


def _filled(text: str) -> str:
    return textwrap.fill(
        text, COLUMNS, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def decimal(value: Exact) -> str:
    """Return an amount with six decimals; a small one that is not zero keeps three digits.

    Parameters
    ----------
    value : Bits or oo
        An amount of information in bits.

    Returns
    -------
    str
        Empty for an amount that depends on parameters.

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> decimal(Bits("log2(3)")), decimal(Bits("1/10000000")), decimal(Bits(0))
    ('1.584963', '1.00e-7', '0.000000')
    """
    if not hasattr(value, "approx"):
        return ""
    shown = f"{value:.6f}"
    return value.approx(3) if value and shown.lstrip("-") == "0.000000" else shown


def told(value: Exact) -> str:
    """Return an amount in a sentence: its decimals, then the exact text where that says more.

    Parameters
    ----------
    value : Bits, oo or a function of parameters

    Returns
    -------
    str

    Examples
    --------
    >>> from natlat_sym import Bits
    >>> told(Bits("log2(3)")), told(Bits(2))
    ('1.584963 bits, exactly log2(3)', '2 bits')
    """
    exact, number = brief(value), decimal(value)
    if not number or exact.isdecimal():
        return f"{exact} bits"
    return f"{number} bits, exactly {exact}"


def spread(named: Sequence[bool], most: int) -> list[int]:
    """Return places of at most so many unnamed elements, evenly spread, and of all named ones.

    Parameters
    ----------
    named : sequence of bool
    most : int
        At least 1.

    Returns
    -------
    list of int
        Ascending.

    Examples
    --------
    >>> spread([True, False, False, False, False, True, False], 2)
    [0, 1, 4, 5]
    """
    others = [place for place, name in enumerate(named) if not name]
    step = max(1, -(-len(others) // most))
    return sorted([*(place for place, name in enumerate(named) if name), *others[::step]])
