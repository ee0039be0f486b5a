r"""The written form of exact amounts: text and LaTeX, both ways.

The grammar: sums, differences, products and quotients of rationals and ``log2(rational)``, with
parentheses, at most one logarithm in a product.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from natlat_sym.errors import InvalidInput, SyntaxInvalid
from natlat_sym.exact.field import digits, exact
from natlat_sym.exact.logsum import Atoms

# Coefficients of log2 of rationals; the rational number q is q*log2(2).
LogTerms = dict[Fraction, Fraction]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*/()]))"
)
_LATEX = (
    (re.compile(r"\$|\\left|\\right|\\[,;: ]|~|\\q?quad"), " "),
    (re.compile(r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\log_(?:2|\{2\})\s*\{([^{}]*)\}"), r" log2(\1)"),
    (re.compile(r"\\log_(?:2|\{2\})\s*([0-9]+)"), r" log2(\1)"),
    (re.compile(r"\\log_(?:2|\{2\})\s*\("), " log2("),
    (re.compile(r"\\cdot|\\times"), "*"),
)
_DEPTH = 50


def print_text(rational: Fraction, atoms: Atoms) -> str:
    """Return a normal form as text, ``1 + 3/8*log2(3) - 5/8*log2(5)``.

    Parameters
    ----------
    rational : Fraction
        The rational part.
    atoms : tuple of (int, Fraction)
        Integers inside log2, ascending, with their coefficients.

    Returns
    -------
    str

    Examples
    --------
    >>> print_text(Fraction(-1), ((3, Fraction(3, 4)),))
    '-1 + 3/4*log2(3)'
    """

    def term(size: Fraction, atom: int) -> str:
        log = f"log2({digits(atom)})"
        return log if size == 1 else f"{_plain(size)}*{log}"

    return _joined(rational, atoms, _plain, term)


def print_latex(rational: Fraction, atoms: Atoms) -> str:
    r"""Return a normal form as LaTeX, ``1 + \frac{3}{8}\log_2 3``.

    Parameters
    ----------
    rational : Fraction
        The rational part.
    atoms : tuple of (int, Fraction)
        Integers inside log2, ascending, with their coefficients.

    Returns
    -------
    str

    Examples
    --------
    >>> print(print_latex(Fraction(1), ((3, Fraction(-3, 8)),)))
    1 - \frac{3}{8}\log_2 3
    """

    def fraction(q: Fraction) -> str:
        if q.denominator == 1:
            return digits(q.numerator)
        return rf"\frac{{{digits(q.numerator)}}}{{{digits(q.denominator)}}}"

    def term(size: Fraction, atom: int) -> str:
        log = rf"\log_2 {digits(atom)}"
        if size == 1:
            return log
        return fraction(size) + (" " if size.denominator == 1 else "") + log

    return _joined(rational, atoms, fraction, term)


def _plain(q: Fraction) -> str:
    top = digits(q.numerator)
    return top if q.denominator == 1 else f"{top}/{digits(q.denominator)}"


def _joined(
    rational: Fraction,
    atoms: Atoms,
    number: Callable[[Fraction], str],
    term: Callable[[Fraction, int], str],
) -> str:
    pieces = [(c < 0, term(abs(c), atom)) for atom, c in atoms]
    if rational or not pieces:
        pieces.insert(0, (rational < 0, number(abs(rational))))
    text = "".join((" - " if negative else " + ") + piece for negative, piece in pieces)
    return "-" + text[3:] if pieces[0][0] else text[3:]


def parse_text(text: str) -> LogTerms:
    """Return the coefficients a text spells.

    Parameters
    ----------
    text : str
        As `print_text` writes it, or any sum within the grammar.

    Returns
    -------
    dict of Fraction to Fraction
        Coefficient by argument of log2; a rational q counts as q*log2(2).

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there.

    Examples
    --------
    >>> parse_text("1 - 3/4*log2(3)")
    {Fraction(2, 1): Fraction(1, 1), Fraction(3, 1): Fraction(-3, 4)}
    """
    return _Parser(text).parse()


def parse_latex(text: str) -> LogTerms:
    r"""Return the coefficients a LaTeX formula spells.

    Parameters
    ----------
    text : str
        What `print_latex` writes; dollar signs, spacing, ``\cdot`` and braces are read too.

    Returns
    -------
    dict of Fraction to Fraction

    Raises
    ------
    SyntaxInvalid

    Examples
    --------
    >>> parse_latex(r"$\frac{3}{8}\log_2 3$")
    {Fraction(3, 1): Fraction(3, 8)}
    """
    plain = text
    for pattern, replacement in _LATEX:
        plain = pattern.sub(replacement, plain)
    return _Parser(plain).parse()


class _Parser:
    """Recursive descent over tokens; every value is a `LogTerms`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        self.at = 0
        self.depth = 0
        position = 0
        end = len(text.rstrip())
        while position < end:
            match = _TOKEN.match(text, position)
            if match is None:
                self.tokens.append(("other", text[position:].strip()[0], position))
                break
            kind = match.lastgroup or ""
            self.tokens.append((kind, match[kind], match.start(kind)))
            position = match.end()
        self.tokens.append(("end", "", end))

    def parse(self) -> LogTerms:
        value = self.sum()
        if self.tokens[self.at][0] != "end":
            raise self.error("+, -, *, / or the end")
        return value

    def error(self, expected: str) -> SyntaxInvalid:
        _, token, position = self.tokens[self.at]
        found = repr(token) if token else "the end"
        start = max(0, position - 30)
        shown = self.text[start : position + 30]
        lead, tail = "..." if start else "", "..." if position + 30 < len(self.text) else ""
        return SyntaxInvalid(
            f"expected {expected}, got {found} at position {position} of "
            f"{lead + shown + tail!r}; exact amounts are written like 1 + 3/8*log2(3)",
            text=self.text,
            position=position,
            expected=expected,
        )

    def take(self, *signs: str) -> str:
        kind, token, _ = self.tokens[self.at]
        if kind == "sign" and token in signs:
            self.at += 1
            return token
        return ""

    def sum(self) -> LogTerms:
        total: LogTerms = {}
        sign = self.take("+", "-")
        while True:
            for argument, c in self.product().items():
                total[argument] = total.get(argument, Fraction(0)) + (-c if sign == "-" else c)
            sign = self.take("+", "-")
            if not sign:
                return total

    def product(self) -> LogTerms:
        value = self.factor()
        while True:
            start = self.at
            sign = self.take("*", "/")
            kind, token, _ = self.tokens[self.at]
            if not sign and kind != "name" and not (kind == "sign" and token == "("):
                return value
            right = self.factor()
            if sign == "/":
                value = _scaled(value, 1 / self.rational(right, start, "a non-zero divisor"))
            elif right.keys() <= {2}:
                value = _scaled(value, right.get(Fraction(2), Fraction(0)))
            else:
                value = _scaled(right, self.rational(value, start, None))

    def rational(self, value: LogTerms, start: int, nonzero: str | None) -> Fraction:
        q = value.get(Fraction(2), Fraction(0))
        if not value.keys() <= {2}:
            self.at = start
            raise self.error("at most one logarithm in a product, and none below a line")
        if nonzero and q == 0:
            self.at = start
            raise self.error(nonzero)
        return q

    def factor(self) -> LogTerms:
        kind, token, _ = self.tokens[self.at]
        if kind == "number":
            self.at += 1
            return {Fraction(2): self.number(token)}
        if kind == "name" and token == "log2":
            self.at += 1
            if not self.take("("):
                raise self.error("( after log2")
            return {self.argument(): Fraction(1)}
        if self.take("("):
            return self.inside()
        raise self.error("a number, log2(...) or (")

    def number(self, token: str) -> Fraction:
        try:
            return exact(token, "number")
        except InvalidInput:
            self.at -= 1
            raise self.error("a number of moderate size") from None

    def argument(self) -> Fraction:
        start = self.at
        value = self.rational(self.inside(), start, None)
        if value <= 0:
            self.at = start
            raise self.error("a positive rational inside log2")
        return value

    def inside(self) -> LogTerms:
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.error(f"at most {_DEPTH} nested parentheses")
        value = self.sum()
        self.depth -= 1
        if not self.take(")"):
            raise self.error("+, -, *, / or )")
        return value


def _scaled(value: LogTerms, q: Fraction) -> LogTerms:
    return {argument: c * q for argument, c in value.items()}
