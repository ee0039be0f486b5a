"""The notation: one grammar for Python strings, the command line, files and prints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from natlat_sym import forms
from natlat_sym.errors import SyntaxInvalid
from natlat_sym.field import exact
from natlat_sym.forms import Claim, Form, Group
from natlat_sym.naming import read_names

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z][A-Za-z0-9_']*)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.']))"
    r"|(?P<sign><=|>=|≤|≥|==|[-+*/(),;|=<>])|(?P<other>\S))"
)
_MEASURES: dict[str, Callable[[list[Group], Group], Form]] = {
    "H": lambda blocks, given: forms.entropy(blocks[0], given),
    "I": forms.information,
    "TC": forms.total_correlation,
    "DTC": forms.dual_total_correlation,
    "O": forms.o_information,
}
_RELATIONS = {"<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "=": "="}
_LIKE = {"MI": "I", "CMI": "I", "h": "H", "i": "I", "tc": "TC", "dtc": "DTC", "D": "KL", "kl": "KL"}
_SIGNS = {"\u2212": "-", "\u2013": "-", "\u00b7": "*", "\u00d7": "*", "~": "="}
_DEPTH, _DIGITS = 50, 1000

GroupLike = str | Iterable[str]


def form(text: str | Form) -> Form:
    """Read a linear form such as ``2 H(A) - 1/3*I(A;B|C) + e``.

    Parameters
    ----------
    text : str or Form
        A form is returned as it is.

    Returns
    -------
    Form
        Coefficients are exact; decimals are read as the rationals they spell.

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there.

    Examples
    --------
    >>> form("0.25 H(A) - 1/3*I(A;B|C)")
    form('1/4 H(A) - 1/3 I(A;B|C)')
    """
    if isinstance(text, Form):
        return text
    reader = _Reader(text)
    value = reader.form()
    if reader.text_of("sign") in _RELATIONS:
        raise reader.fail("'+', '-' or the end (claim(...) reads relations)")
    reader.end()
    return value


def claim(text: str | Claim) -> Claim:
    """Read a claim or a hypothesis: two forms with ``<=``, ``>=`` or ``=`` between them.

    Parameters
    ----------
    text : str or Claim
        A claim is returned as it is.

    Returns
    -------
    Claim

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there.

    Examples
    --------
    >>> claim("H(R|M) <= e + 2 r")
    claim('H(R|M) <= e + 2 r')
    """
    if isinstance(text, Claim):
        return text
    reader = _Reader(text)
    left = reader.form()
    relation = reader.relation()
    right = reader.form()
    if reader.text_of("sign") in _RELATIONS:
        raise reader.fail("the end; a chain of relations is two claims")
    reader.end()
    return Claim(left, relation, right)


def variables(names: str) -> tuple[str, ...]:
    """Read variable names, as ``sympy.symbols`` does.

    Parameters
    ----------
    names : str
        Names separated by blanks or commas.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> X1, X2, L = variables("X1 X2 L")
    >>> L
    'L'
    """
    return read_names(names)


def H(group: GroupLike, *more: GroupLike, given: GroupLike = ()) -> Form:
    """Return the joint entropy of some variables, in bits.

    Parameters
    ----------
    group : str or iterable of str
        ``"X1,X2|L"``, or names; further arguments join the group.
    given : str or iterable of str
        What is conditioned on.

    Returns
    -------
    Form

    Examples
    --------
    >>> H("X1,X2|L") == H("X1", "X2", given="L")
    True
    """
    blocks, condition = _blocks("H", (group, *more), given)
    return forms.entropy([name for block in blocks for name in block], condition)


def I(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return conditional mutual information, interaction information for three blocks or more.

    Parameters
    ----------
    *blocks : str or iterable of str
        ``"X1;X2|L"`` as one string, or one argument per block.
    given : str or iterable of str

    Returns
    -------
    Form

    Examples
    --------
    >>> I("X1;X2|L") == I("X1", "X2", given="L")
    True
    """
    return forms.information(*_blocks("I", blocks, given))


def TC(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return total correlation: the mediation error of a latent that is conditioned on.

    Parameters
    ----------
    *blocks : str or iterable of str
        ``"X1;X2;X3|L"`` as one string, or one argument per block.
    given : str or iterable of str

    Returns
    -------
    Form

    References
    ----------
    Watanabe, Information theoretical analysis of multivariate correlation (1960).

    Examples
    --------
    >>> TC("X1", "X2", given="L") == I("X1;X2|L")
    True
    """
    return forms.total_correlation(*_blocks("TC", blocks, given))


def DTC(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return dual total correlation, the mediation error that pairs with weak redundancy.

    Parameters
    ----------
    *blocks : str or iterable of str
    given : str or iterable of str

    Returns
    -------
    Form

    References
    ----------
    Han, Nonnegative entropy measures of multivariate symmetric correlations (1978).

    Examples
    --------
    >>> DTC("X1", "X2", given="L") == I("X1;X2|L")
    True
    """
    return forms.dual_total_correlation(*_blocks("DTC", blocks, given))


def O(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return O-information, TC - DTC.

    Parameters
    ----------
    *blocks : str or iterable of str
    given : str or iterable of str

    Returns
    -------
    Form

    References
    ----------
    Rosas, Mediano, Gastpar and Jensen, Quantifying high-order interdependencies (2019).

    Examples
    --------
    >>> O("X", "Y", "Z") == TC("X;Y;Z") - DTC("X;Y;Z")
    True
    """
    return forms.o_information(*_blocks("O", blocks, given))


def _blocks(
    head: str, blocks: tuple[GroupLike, ...], given: GroupLike
) -> tuple[list[Group], Group]:
    condition = read_names(given, "the condition")
    written = [block for block in blocks if isinstance(block, str) and set(";|") & set(block)]
    if not written:
        return [read_names(block) for block in blocks], condition
    text = written[0]
    if len(blocks) > 1:
        raise SyntaxInvalid(
            f"expected one text with ';' and '|', or one argument per block, got {text!r} and "
            f"{len(blocks) - 1} more",
            text=text,
        )
    if condition and "|" in text:
        raise SyntaxInvalid(
            f"expected the condition once, got {text!r} and given={given!r}", text=text
        )
    reader = _Reader(text)
    listed, inside = reader.blocks(head)
    if reader.kind:
        raise reader.fail("',' or the end")
    return listed, inside or condition


class _Reader:
    """Recursive descent over one text."""

    def __init__(self, text: object) -> None:
        if not isinstance(text, str):
            raise SyntaxInvalid(f"expected text in the notation, got {text!r}", text=text)
        self.text = text
        self.start = self.stop = 0
        self.kind = self.token = ""
        self.depth = 0
        self.advance()

    def advance(self) -> str:
        taken = self.token
        match = _TOKEN.match(self.text, self.stop)
        if match is None:
            self.start = self.stop = len(self.text)
            self.kind = self.token = ""
        else:
            self.kind = match.lastgroup or ""
            self.start, self.stop = match.span(self.kind)
            self.token = match[self.kind]
        return taken

    def fail(self, expected: str) -> SyntaxInvalid:
        found = f"{self.token!r}" if self.token else "the end"
        return SyntaxInvalid(
            f"expected {expected}, got {found} at column {self.start + 1} of {self.text!r}",
            text=self.text,
            column=self.start + 1,
        )

    def text_of(self, kind: str) -> str:
        return self.token if self.kind == kind else ""

    def skip(self, *signs: str) -> str:
        return self.advance() if self.text_of("sign") in signs else ""

    def sign(self, expected: str) -> None:
        if not self.skip(expected):
            raise self.fail(repr(expected))

    def end(self) -> None:
        if self.kind:
            raise self.fail(f"'+', '-' or the end{self.nearest()}")

    def relation(self) -> str:
        found = self.text_of("sign")
        if found in _RELATIONS:
            return _RELATIONS[self.advance()]
        if found in ("<", ">", "=="):
            fix = {"<": "<=", ">": ">=", "==": "="}[found]
            raise self.fail(f"<=, >= or = (write {fix!r})")
        raise self.fail("<=, >= or =")

    def nearest(self) -> str:
        """Return how to write what is nearly in the notation."""
        if self.token in _SIGNS:
            return f" (write {_SIGNS[self.token]!r})"
        if self.token.isdecimal() or self.token == ".":
            return " (write numbers as 2, 1/8 or 0.25, then a blank)"
        return ""

    def form(self) -> Form:
        terms = [self.term(-1 if self.skip("-") else 1)]
        while sign := self.skip("+", "-"):
            terms.append(self.term(1 if sign == "+" else -1))
        return Form._total(terms)

    def term(self, sign: int) -> tuple[Fraction, Form]:
        weight = Fraction(sign)
        value: Form | None = None
        if self.kind == "number":
            weight *= self.number()
            weight /= self.divisors()
            if self.skip("*") or self.kind == "name" or self.text_of("sign") == "(":
                value = self.atom()
        else:
            value = self.atom()
        if value is None:
            return weight, forms.as_form(1)
        return weight / self.divisors(), value

    def number(self) -> Fraction:
        if len(self.token) > _DIGITS:
            raise self.fail(f"a number of at most {_DIGITS} digits")
        return exact(self.advance())

    def divisors(self) -> Fraction:
        product = Fraction(1)
        while self.skip("/"):
            if self.kind != "number":
                raise self.fail("a number after '/'")
            if not self.token.strip("0."):
                raise self.fail("a divisor other than 0")
            product *= self.number()
        return product

    def atom(self) -> Form:
        if self.skip("("):
            self.depth += 1
            if self.depth > _DEPTH:
                raise self.fail(f"at most {_DEPTH} nested parentheses")
            value = self.form()
            self.sign(")")
            self.depth -= 1
            return value
        if self.kind != "name":
            raise self.fail(f"a term such as 2 H(A), I(A;B|C) or e{self.nearest()}")
        if self.text[self.stop :].lstrip()[:1] == "(":
            return self.call()
        if not self.token[0].islower():
            raise self.fail(f"H({self.token}) or a symbol in lower case")
        if self.token == "log2":
            raise self.fail("a form (log2 belongs to exact numbers, not to forms)")
        return forms.symbol(self.advance())

    def call(self) -> Form:
        head = self.token
        if head not in _MEASURES and head != "KL":
            near = difflib.get_close_matches(head, [*_MEASURES, "KL"], n=1)
            hint = _LIKE.get(head) or (near[0] if near else "I")
            raise self.fail(f"H, I, TC, DTC, O or KL (write {hint}(...))")
        self.advance()
        self.sign("(")
        if head == "KL":
            return self.net()
        blocks, given = self.blocks(head)
        if not self.skip(")"):
            raise self.fail("',' or ')'" if given else "',' '|' or ')'")
        return _MEASURES[head](blocks, given)

    def blocks(self, head: str) -> tuple[list[Group], Group]:
        blocks = [self.group()]
        while self.text_of("sign") == ";":
            if head == "H":
                raise self.fail("',' '|' or ')' (H has one block; I(A;B) has two)")
            self.advance()
            blocks.append(self.group())
        if head == "I" and len(blocks) < 2:
            raise self.fail("',' or ';' (I(A;B) has two blocks or more)")
        return blocks, self.group() if self.skip("|") else ()

    def group(self) -> Group:
        names: list[str] = []
        while not names or self.skip(","):
            if self.kind != "name":
                raise self.fail("a variable")
            names.append(self.advance())
        return tuple(names)

    def net(self) -> Form:
        from natlat_sym.arrowtext import read_arrows
        from natlat_sym.dags import dag_form

        start, depth = self.start, 1
        while depth:
            if not self.kind:
                raise self.fail("')' after the net")
            depth += {"(": 1, ")": -1}.get(self.text_of("sign"), 0)
            stop = self.start
            self.advance()
        return dag_form(read_arrows(self.text, start, stop))
