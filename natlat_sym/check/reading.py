"""Reading a certificate: refusals, the notation (section 3), lists, members and rationals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import gcd
from typing import Any

MAX_BYTES, MAX_DIGITS, MAX_STATEMENTS, MAX_EXPANSION = 1 << 22, 1000, 1000, 200_000
MAX_BITS, MAX_NAMES, MAX_BLOCKS, MAX_CELLS = 1 << 12, 256, 12, 10_000_000
MAX_BASE, MAX_PRECISION, MAX_ENCLOSURE = 1 << 27, 4096, 1 << 29

Group = frozenset[str]
Linear = dict[Any, Fraction]  # keys: Group = joint entropy, str = symbol, int a = log2(a)
ONE = 2  # the constant 1 is log2(2)
_PLUS, _MINUS = Fraction(1), Fraction(-1)
WEAK = ("<=", ">=", "=")

NAME = r"[A-Za-z][A-Za-z0-9_']*"
_GROUP = rf"{NAME}(?:,{NAME})*"
_TOKEN = re.compile(
    rf" *(?:({NAME})|((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?![A-Za-z0-9_.'])"
    r"|(<=|>=|<-|->|[-+*/(),;|=<>#\[\]^]))"
)
_TERM = re.compile(rf"[HI]\(({_GROUP})(?:;({_GROUP}))?(?:\|({_GROUP}))?\)")
_RATIONAL = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:/([1-9][0-9]*))?")


class Rejected(ValueError):
    """The certificate breaks a condition of the format; the message says where and which."""


class Unreadable(Rejected):
    """The text is not JSON at all, or longer than a certificate may be."""


def require(condition: object, where: str, problem: str) -> None:
    """Refuse unless a condition holds."""
    if not condition:
        raise Rejected(f"{where}: {problem}")


def add_term(total: Linear, key: object, value: Fraction | int, where: str) -> None:
    """Add to one coefficient of a form, and drop zeros."""
    if key == frozenset() or key == 1:
        return
    before = total.pop(key, None)
    if before is not None:
        value = before + value
    elif type(value) is not Fraction:
        value = Fraction(value)
    require(value.denominator.bit_length() <= MAX_BITS, where, "denominators grow too large")
    if value:
        total[key] = value


class Reader:
    """Recursive descent over one statement or exact number of the notation.

    The work goes on from that of the statements before it.
    """

    def __init__(self, text: object, where: str, logs: bool = False, work: int = 0) -> None:
        require(type(text) is str, where, "expected a string")
        self.text, self.where, self.at, self.work, self.logs = str(text), where, 0, work, logs
        self.advance()

    def spend(self, work: int) -> None:
        self.work += work
        require(self.work <= MAX_EXPANSION, self.where, "the expansion is too large")

    def fail(self, expected: str) -> Rejected:
        seen = ascii(self.text[:80])
        return Rejected(
            f"{self.where}: expected {expected}, at or before column {self.at} of {seen}"
        )

    def advance(self) -> str:
        match = _TOKEN.match(self.text, self.at)
        taken = getattr(self, "token", "")
        if match:
            self.at, self.kind = match.end(), match.lastindex or 0
            self.token = match[self.kind]
        elif self.text[self.at :].strip(" "):
            raise self.fail("a name, a number or a sign")
        else:
            self.kind, self.token = 0, ""
        return taken

    def skip(self, *signs: str) -> str:
        return self.advance() if self.kind == 3 and self.token in signs else ""

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            raise self.fail(repr(sign))

    def number(self) -> Fraction:
        if self.kind != 2:
            raise self.fail("a number")
        require(len(self.token) <= MAX_DIGITS, self.where, f"a number above {MAX_DIGITS} digits")
        return Fraction(self.advance())

    def integer(self, most: int) -> int:
        proper = self.kind != 2 or (self.token.isdigit() and int(self.token[:9]) <= most)
        require(proper, self.where, f"expected an integer up to {most}")
        return int(self.number())

    def names(self) -> list[str]:
        names: list[str] = []
        while not names or self.skip(","):
            if self.kind != 1:
                raise self.fail("a name")
            names.append(self.advance())
        return names

    def statement(self) -> tuple[str, Any]:
        """Return the relation and the difference (section 3)."""
        left = self.form()
        relation = self.skip("<=", ">=", "=", "<", ">")
        if not relation:
            raise self.fail("a relation")
        right = self.form()
        if self.kind:
            raise self.fail("the end")
        return relation, self.less(right, left) if relation[0] == "<" else self.less(left, right)

    def less(self, left: Any, right: Any) -> Any:
        for key, value in right.items():
            add_term(left, key, -value, self.where)
        return left

    def exact(self) -> Linear:
        value: Linear = self.form()
        if self.kind or any(type(key) is not int for key in value):
            raise self.fail("an exact number and nothing else")
        return value

    def form(self) -> Any:
        total: Linear = {}
        sign = -1 if self.skip("-") else 1
        while sign:
            self.term(total, Fraction(sign))
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return total

    def term(self, total: Linear, weight: Fraction) -> None:
        if self.kind == 2:
            weight *= self.number()
            if self.skip("/"):
                below = self.number()
                require(below, self.where, "a denominator is zero")
                weight /= below
            if not self.skip("*") and self.kind != 1:
                return add_term(total, ONE, weight, self.where)
        for key, value in self.atom():
            self.spend(len(key) if type(key) is frozenset else 1)
            add_term(total, key, weight * value, self.where)
        return None

    def atom(self) -> Iterator[tuple[object, int]]:
        head = self.advance() if self.kind == 1 else ""
        if head in ("H", "I", "TC", "DTC", "O", "KL", "log2"):
            self.expect("(")
            if head == "log2":
                require(self.logs, self.where, "log2 is not allowed here")
                whole = self.token.isdigit()
                argument = self.number()
                require(whole and argument > 1, self.where, "log2 needs an integer above 1")
                self.spend(int(argument).bit_length() // 2)
                yield int(argument), 1
            else:
                yield from self.graph() if head == "KL" else self.blocks(head)
            self.expect(")")
        elif "a" <= head[:1] <= "z":
            yield head, 1
        else:
            raise self.fail("H, I, TC, DTC, O, KL or a symbol in lower case")

    def blocks(self, head: str) -> Iterator[tuple[Group, int]]:
        blocks = [frozenset(self.names())]
        while self.skip(";"):
            blocks.append(frozenset(self.names()))
        given = frozenset(self.names() if self.skip("|") else ())
        count, whole = len(blocks), given.union(*blocks)
        least, most = {"H": (1, 1), "I": (2, MAX_BLOCKS)}.get(head, (1, MAX_NAMES))
        fits = least <= count <= most
        require(fits, self.where, f"{head} cannot have {count} blocks")
        if head in "HI":
            for size in range(1, count + 1):
                for part in combinations(blocks, size):
                    yield given.union(*part), (-1) ** (size + 1)
            yield given, -1
        if head in ("TC", "O"):
            yield from ((given | block, 1) for block in blocks)
            yield from ((given, 1 - count), (whole, -1))
        if head in ("DTC", "O"):
            sign = 1 if head == "DTC" else -1
            for i in range(count):
                yield given.union(*blocks[:i], *blocks[i + 1 :]), sign
            yield from ((whole, sign * (1 - count)), (given, -sign))

    def graph(self) -> Iterator[tuple[Group, int]]:
        held: dict[str, Group] = {}
        parents: dict[str, set[str]] = {}
        chained = True
        while chained:
            left, arrow = self.node(held, parents), self.skip("->", "<-")
            while arrow:
                right = self.node(held, parents)
                self.spend(len(held[left]) + len(held[right]))
                parents[right if arrow == "->" else left].add(left if arrow == "->" else right)
                left, arrow = right, self.skip("->", "<-")
            chained = bool(self.skip(";"))
        waiting = parents
        while waiting:
            free = {node for node in waiting if not waiting[node]}
            require(free, self.where, "the graph has a directed cycle")
            waiting = {node: waiting[node] - free for node in waiting if node not in free}
        for node, sources in parents.items():
            above = frozenset(name for source in sources for name in held[source])
            yield from ((above | held[node], 1), (above, -1))
        yield frozenset(name for group in held.values() for name in group), -1

    def node(self, held: dict[str, Group], parents: dict[str, set[str]]) -> str:
        if self.skip("("):
            names = self.names()
            self.expect(")")
            label = f"({','.join(names)})"
        else:
            if self.kind != 1:
                raise self.fail("a node")
            names = [self.advance()]
            label = names[0] + (f"#{self.integer(MAX_STATEMENTS)}" if self.skip("#") else "")
        held[label] = frozenset(names)
        parents.setdefault(label, set())
        require(len(held) <= MAX_STATEMENTS, self.where, f"more than {MAX_STATEMENTS} nodes")
        return label


def read_statement(reader: Reader, relations: tuple[str, ...]) -> tuple[str, Any]:
    """Return the relation, one of some, and the difference of a statement."""
    relation, difference = reader.statement()
    allowed = f"the relation '{relation}' is not allowed here"
    require(relation in relations, reader.where, allowed)
    return relation, difference


def as_list(value: Any, where: str) -> list[Any]:
    """Return a list."""
    require(type(value) is list, where, "expected a list")
    return list(value)


def as_members(value: Any, where: str, *names: str) -> list[Any]:
    """Return the members of an object that has these and no others."""
    require(type(value) is dict, where, "expected an object")
    for name in names:
        require(name in value, where, f"member '{name}' is missing")
    for name in value:
        require(name in names, where, f"member {ascii(name)[:60]} is not allowed here")
    return [value[name] for name in names]


def as_rational(text: Any, where: str) -> Fraction:
    """Return a rational in lowest terms."""
    match = _RATIONAL.fullmatch(text) if type(text) is str else None
    if not match or text == "-0" or match[2] == "1":
        raise Rejected(f'{where}: expected a rational such as "-3/8", got {ascii(text)[:60]}')
    parts = [int(part) for part in match.groups("1") if len(part) <= MAX_DIGITS]
    require(len(parts) == 2, where, f"a number above {MAX_DIGITS} digits")
    require(gcd(*parts) == 1 or match[2] is None, where, "not in lowest terms")
    return Fraction(*parts)


def as_texts(value: object, where: str) -> list[Any]:
    """Return a list of different texts."""
    texts = as_list(value, where)
    require(len(texts) <= MAX_STATEMENTS, where, "too many statements")
    require(all(type(text) is str for text in texts), where, "expected strings")
    require(len(set(texts)) == len(texts), where, "a statement is repeated")
    return texts


def read_given(value: object, logs: bool) -> list[tuple[str, Linear]]:
    """Return the hypotheses."""
    found, work = [], 0
    for i, text in enumerate(as_texts(value, "given")):
        reader = Reader(text, f"given[{i}]", logs, work)
        found.append(read_statement(reader, WEAK))
        work = reader.work
    return found
