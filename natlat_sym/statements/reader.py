"""The reader of the notation: forms, relations, blocks and nets, with positions in messages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from fractions import Fraction

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.exact.field import exact
from natlat_sym.exact.naming import fixed_name
from natlat_sym.statements import forms
from natlat_sym.statements.forms import Form, Group

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z][A-Za-z0-9_']*)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?![0-9_.']|[eE][0-9]))"
    r"|(?P<sign><=|>=|≤|≥|==|=<|=>|[-+*/(),;|=<>])|(?P<other>\S))"
)
_ARROW = re.compile("<-|->|→|←")
_WORD = re.compile(r"[\w']+")
_MEASURES: dict[str, Callable[[list[Group], Group], Form]] = {
    "H": lambda blocks, given: forms.entropy(blocks[0], given),
    "I": forms.information,
    "TC": forms.total_correlation,
    "DTC": forms.dual_total_correlation,
    "O": forms.o_information,
}
RELATION_SIGNS = {"<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "=": "="}
_LIKE = {"MI": "I", "CMI": "I", "h": "H", "i": "I", "tc": "TC", "dtc": "DTC", "D": "KL", "kl": "KL"}
_SIGNS = {"\u2212": "-", "\u2013": "-", "\u00b7": "*", "\u00d7": "*", "~": "="}
_DEPTH, _DIGITS, _SHOWN = 50, 1000, 200


class Reader:
    """Recursive descent over one text in the notation.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> Reader("2 H(X) - 1").form()
    form('2 H(X) - 1')
    """

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
        found = repr(_clipped(self.token)) if self.token else "the end"
        shown = repr(_clipped(self.text))
        return SyntaxInvalid(
            f"expected {expected}, got {found} at column {self.start + 1} of {shown}",
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
            hint = self.nearest() if self.token in _SIGNS else ""
            raise self.fail(f"'+', '-' or the end{hint}")

    def relation(self) -> str:
        found = self.text_of("sign")
        if found in RELATION_SIGNS:
            return RELATION_SIGNS[self.advance()]
        if found in ("<", ">", "==", "=<", "=>"):
            fix = {"<": "<=", ">": ">=", "==": "=", "=<": "<=", "=>": ">="}[found]
            raise self.fail(f"<=, >= or = (write {fix!r})")
        raise self.fail(f"<=, >= or ={self.nearest()}")

    def nearest(self) -> str:
        """Return how to write what is nearly in the notation."""
        if self.token in _SIGNS:
            return f" (write {_SIGNS[self.token]!r})"
        if self.token.isdecimal() or self.token == ".":
            return " (write numbers as 2, 1/8 or 0.25)"
        return self.latin()

    def latin(self) -> str:
        """Return how to write a name that has other letters than those of the notation."""
        for word in _WORD.finditer(self.text):
            if word.start() <= self.start < word.end() and not self.token.isascii():
                return f" (names have Latin letters; write {fixed_name(word[0])!r})"
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
            net = " (the error of a net is KL(X1 <- L -> X2))" if _ARROW.search(self.text) else ""
            raise self.fail(f"H({self.token}) or a symbol in lower case{net}")
        if self.token == "log2":
            raise self.fail("a form (log2 belongs to exact numbers, not to forms)")
        return forms.symbol(self.advance())

    def call(self) -> Form:
        head = self.token
        if head not in _MEASURES and head != "KL":
            near = difflib.get_close_matches(head, [*_MEASURES, "KL"], n=1)
            like = _LIKE.get(head) or (near[0] if near else "")
            raise self.fail("H, I, TC, DTC, O or KL" + (f" (write {like}(...))" if like else ""))
        self.advance()
        self.sign("(")
        if head == "KL":
            return self.net()
        blocks, given = self.blocks(head)
        if not self.skip(")"):
            found = "',' or ')'" if given else "',' '|' or ')'"
            raise self.fail(f"{found}{self.latin()}")
        return _MEASURES[head](blocks, given)

    def blocks(self, head: str) -> tuple[list[Group], Group]:
        blocks = [self.group()]
        while self.text_of("sign") == ";":
            if head == "H":
                raise self.fail("',' '|' or ')' (H has one block; I(A;B) has two)")
            self.advance()
            blocks.append(self.group())
        if head != "H" and len(blocks) < 2:
            raise self.fail(f"',' or ';' ({head}({_split(blocks[0])}) has two blocks or more)")
        return blocks, self.group() if self.skip("|") else ()

    def group(self) -> Group:
        names: list[str] = []
        while not names or self.skip(","):
            if self.kind != "name":
                raise self.fail(f"a variable{self.latin()}")
            names.append(self.advance())
        return tuple(names)

    def net(self) -> Form:
        from natlat_sym.nets.arrowtext import read_arrows
        from natlat_sym.nets.dags import dag_form

        start, depth = self.start, 1
        while depth:
            if not self.kind:
                raise self.fail("')' after the net")
            depth += {"(": 1, ")": -1}.get(self.text_of("sign"), 0)
            stop = self.start
            self.advance()
        return dag_form(read_arrows(self.text, start, stop))


def _split(names: Group) -> str:
    return ";".join(names) if len(names) > 1 else "A;B"


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
