"""The trusted checker of natlat-certificate/1; proofs/CERTIFICATE.md defines the format.

Runs alone, ``python check.py FILE...``: standard library only, no assertions, no repairs.

Examples
--------
>>> verify('{"format": "natlat-certificate/2"}')
Traceback (most recent call last):
    ...
natlat_sym.check.Rejected: format: expected 'natlat-certificate/1', got 'natlat-certificate/2'
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, pairwise, zip_longest
from math import comb, gcd, lcm
from typing import Any

MAX_BYTES, MAX_DIGITS, MAX_STATEMENTS, MAX_EXPANSION = 1 << 22, 1000, 1000, 200_000
MAX_BITS, MAX_NAMES, MAX_BLOCKS, MAX_CELLS = 1 << 14, 256, 12, 50_000_000
MAX_BASE, MAX_PRECISION, MAX_ENCLOSURE = 1 << 27, 4096, 1 << 31

Group = frozenset[str]
Linear = dict[Any, Fraction]  # keys: Group = joint entropy, str = symbol, int a = log2(a)
ONE = 2  # the constant 1 is log2(2)
_PLUS, _MINUS = Fraction(1), Fraction(-1)
WEAK = ("<=", ">=", "=")

_NAME = r"[A-Za-z][A-Za-z0-9_']*"
_GROUP = rf"{_NAME}(?:,{_NAME})*"
_TOKEN = re.compile(
    rf" *(?:({_NAME})|((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?![A-Za-z0-9_.'])"
    r"|(<=|>=|<-|->|[-+*/(),;|=<>#\[\]^]))"
)
_TERM = re.compile(rf"[HI]\(({_GROUP})(?:;({_GROUP}))?(?:\|({_GROUP}))?\)")
_RATIONAL = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:/([1-9][0-9]*))?")


class Rejected(ValueError):
    """The certificate breaks a condition of the format; the message says where and which."""


class Unreadable(Rejected):
    """The text is not JSON at all, or longer than a certificate may be."""


def _require(condition: object, where: str, problem: str) -> None:
    if not condition:
        raise Rejected(f"{where}: {problem}")


def _add(total: Linear, key: object, value: Fraction | int, where: str) -> None:
    if key == frozenset() or key == 1:
        return
    before = total.pop(key, None)
    if before is not None:
        value = before + value
    elif type(value) is not Fraction:
        value = Fraction(value)
    _require(value.denominator.bit_length() <= MAX_BITS, where, "denominators grow too large")
    if value:
        total[key] = value


class _Reader:
    """Recursive descent over one statement or exact number of the notation."""

    def __init__(self, text: object, where: str, logs: bool = False) -> None:
        _require(type(text) is str, where, "expected a string")
        self.text, self.where, self.at, self.work, self.logs = str(text), where, 0, 0, logs
        self.advance()

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
        _require(len(self.token) <= MAX_DIGITS, self.where, f"a number above {MAX_DIGITS} digits")
        return Fraction(self.advance())

    def integer(self, most: int) -> int:
        proper = self.kind != 2 or (self.token.isdigit() and int(self.token[:9]) <= most)
        _require(proper, self.where, f"expected an integer up to {most}")
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
            _add(left, key, -value, self.where)
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
                _require(below, self.where, "a denominator is zero")
                weight /= below
            if not self.skip("*") and self.kind != 1:
                return _add(total, ONE, weight, self.where)
        for key, value in self.atom():
            self.work += len(key) if type(key) is frozenset else 1
            _require(self.work <= MAX_EXPANSION, self.where, "the expansion is too large")
            _add(total, key, weight * value, self.where)
        return None

    def atom(self) -> Iterator[tuple[object, int]]:
        head = self.advance() if self.kind == 1 else ""
        if head in ("H", "I", "TC", "DTC", "O", "KL", "log2"):
            self.expect("(")
            if head == "log2":
                _require(self.logs, self.where, "log2 is not allowed here")
                argument = self.number()
                proper = argument > 1 and argument.denominator == 1
                _require(proper, self.where, "log2 needs an integer above 1")
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
        _require(fits, self.where, f"{head} cannot have {count} blocks")
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
                parents[right if arrow == "->" else left].add(left if arrow == "->" else right)
                left, arrow = right, self.skip("->", "<-")
            chained = bool(self.skip(";"))
        waiting = parents
        while waiting:
            free = {node for node in waiting if not waiting[node]}
            _require(free, self.where, "the graph has a directed cycle")
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
        _require(len(held) <= MAX_STATEMENTS, self.where, f"more than {MAX_STATEMENTS} nodes")
        return label


def _statement(reader: _Reader, relations: tuple[str, ...]) -> tuple[str, Any]:
    relation, difference = reader.statement()
    allowed = f"the relation '{relation}' is not allowed here"
    _require(relation in relations, reader.where, allowed)
    return relation, difference


def _list(value: Any, where: str) -> list[Any]:
    _require(type(value) is list, where, "expected a list")
    return list(value)


def _members(value: Any, where: str, *names: str) -> list[Any]:
    _require(type(value) is dict, where, "expected an object")
    for name in names:
        _require(name in value, where, f"member '{name}' is missing")
    for name in value:
        _require(name in names, where, f"member {ascii(name)[:60]} is not allowed here")
    return [value[name] for name in names]


def _rational(text: Any, where: str) -> Fraction:
    match = _RATIONAL.fullmatch(text) if type(text) is str else None
    if not match or text == "-0" or match[2] == "1":
        raise Rejected(f'{where}: expected a rational such as "-3/8", got {ascii(text)[:60]}')
    parts = [int(part) for part in match.groups("1") if len(part) <= MAX_DIGITS]
    _require(len(parts) == 2, where, f"a number above {MAX_DIGITS} digits")
    _require(gcd(*parts) == 1 or match[2] is None, where, "not in lowest terms")
    return Fraction(*parts)


def _texts(value: object, where: str) -> list[Any]:
    texts = _list(value, where)
    _require(len(texts) <= MAX_STATEMENTS, where, "too many statements")
    _require(all(type(text) is str for text in texts), where, "expected strings")
    _require(len(set(texts)) == len(texts), where, "a statement is repeated")
    return texts


def _given(value: object, logs: bool) -> list[tuple[str, Linear]]:
    texts = enumerate(_texts(value, "given"))
    return [_statement(_Reader(text, f"given[{i}]", logs), WEAK) for i, text in texts]


# ---- kind "linear" (section 4) ----


def _expand_term(term: object, where: str) -> Linear:
    """Expand a non-negative term; this is the only function that decides what is one."""
    _require(type(term) is str, where, "expected a string")
    text, total = str(term), Linear()
    if text == "1" or (re.fullmatch(_NAME, text) and "a" <= text[0] <= "z" and text != "log2"):
        return {ONE if text == "1" else text: Fraction(1)}
    match = _TERM.fullmatch(text)
    if not match or (text[0] == "I") != (match[2] is not None):
        raise Rejected(f"{where}: expected H(A|C), I(A;B|C), a symbol or 1, got {text[:60]!a}")
    groups = [part.split(",") if part else [] for part in match.groups()]
    ascending = all(a < b for group in groups for a, b in pairwise(group))
    _require(ascending, where, "names inside a group must ascend")
    everything = [name for group in groups for name in group]
    _require(len(set(everything)) == len(everything), where, "a variable occurs twice")
    first, second, given = map(frozenset, groups)
    for key, value in ((first | given, _PLUS), (given, _MINUS)):
        _add(total, key, value, where)
    if second:
        _require(match[1] < match[2], where, "the blocks must ascend")
        for key, value in ((second | given, _PLUS), (first | second | given, _MINUS)):
            _add(total, key, value, where)
    return total


def _sum_lines(
    value: object, where: str, given: list[tuple[str, Linear]]
) -> tuple[Linear, set[int]]:
    total, order = Linear(), []
    for number, line in enumerate(_list(value, where)):
        spot = f"{where}[{number}]"
        cites = type(line) is dict and "given" in line
        text, cited = _members(line, spot, "weight", "given" if cites else "term")
        weight = _rational(text, f"{spot}.weight")
        if cites:
            proper = type(cited) is int and 0 <= cited < len(given)
            _require(proper, f"{spot}.given", f"expected an index below {len(given)}")
            relation, expansion = given[cited]
            order.append((1, cited, ""))
        else:
            relation, expansion = ">=", _expand_term(cited, f"{spot}.term")
            order.append((0, 0, cited))
        _require(weight, f"{spot}.weight", "must not be 0")
        _require(weight > 0 or relation == "=", f"{spot}.weight", "must be above 0")
        for key, coefficient in expansion.items():
            _add(total, key, weight * coefficient, spot)
    _require(all(a < b for a, b in pairwise(order)), where, "the lines are not in canonical order")
    return total, {index for is_given, index, _ in order if is_given}


def _check_linear(data: dict[str, Any]) -> tuple[str, list[str]]:
    relation, claim = _statement(_Reader(data["claim"], "claim"), WEAK)
    given = _given(data["given"], False)
    names: set[str] = set()
    for form in (claim, *(form for _, form in given)):
        names.update(*(key for key in form if type(key) is frozenset))
    _require(len(names) <= MAX_NAMES, "claim", f"more than {MAX_NAMES} variables")
    classes = _classes(data["classes"]) if "classes" in data else []
    images = _images(claim, given, classes)
    twice = relation == "="
    _require(("converse" in data) == twice, "converse", "needed just when the claim is an equality")
    used: set[int] = set()
    for part, sign in (("proof", 1), ("converse", -1))[: 1 + twice]:
        total, cited = _sum_lines(data[part], part, given)
        used |= cited
        goal = {key: sign * value for key, value in claim.items()}
        same = _typed(total, classes) == _typed(goal, classes)
        _require(same, part, "the lines do not sum to the claim")
    while not used.issuperset(reached := {image[i] for image in images for i in used}):
        used |= reached
    for index in range(len(given)):
        _require(index in used, f"given[{index}]", "the hypothesis is not used")
    return data["claim"], data["given"]


# ---- kind "symmetric" (section 11): "linear" with classes of variables to exchange ----


def _classes(value: object) -> list[list[str]]:
    classes = [_list(part, "classes") for part in _list(value, "classes")]
    names = [name for part in classes for name in part]
    proper = all(type(name) is str and re.fullmatch(_NAME, name) for name in names)
    _require(proper, "classes", "expected names of variables")
    _require(len(names) <= MAX_NAMES, "classes", f"more than {MAX_NAMES} variables")
    _require(len(set(names)) == len(names), "classes", "a name is repeated")
    _require(
        classes and min(map(len, classes)) > 1, "classes", "expected two names or more in each"
    )
    _require(all(a < b for c in classes for a, b in pairwise(c)), "classes", "names must ascend")
    return classes


def _images(
    claim: Linear, given: list[tuple[str, Linear]], classes: list[list[str]]
) -> list[list[int]]:
    """Return where hypotheses go under exchanges that generate all of them."""
    place: dict[object, int] = {}
    for index, (relation, form) in enumerate(given):
        place.setdefault((relation == "=", frozenset(form.items())), index)
    found = []
    for names in classes:
        for moved in ([names[1], names[0], *names[2:]], [*names[1:], names[0]]):
            move = dict(zip(names, moved, strict=True))
            _require(_moved(claim, move) == claim, "claim", "an exchange changes it")
            image = []
            for index, (relation, form) in enumerate(given):
                key = frozenset(_moved(form, move).items())
                goal = place.get((relation == "=", key))
                if goal is None and relation == "=":
                    goal = place.get((True, frozenset((k, -v) for k, v in key)))
                if goal is None:
                    raise Rejected(f"given[{index}]: an exchange makes it no hypothesis")
                image.append(goal)
            found.append(image)
    return found


def _moved(form: Linear, move: dict[str, str]) -> Linear:
    return {
        frozenset(move.get(n, n) for n in key) if type(key) is frozenset else key: value
        for key, value in form.items()
    }


def _typed(form: Linear, classes: list[list[str]]) -> Linear:
    """Add up the joint entropies that hold equally many variables of each class."""
    if not classes:
        return form
    total: Linear = {}
    everything = frozenset(name for names in classes for name in names)
    for key, value in form.items():
        if type(key) is frozenset:
            counts = tuple(len(key.intersection(names)) for names in classes)
            _add(total, (key - everything, counts), value, "classes")
        else:
            _add(total, key, value, "classes")
    return total


# ---- kinds "law" and "refutation" (sections 5-7) ----


def _variables(value: object, where: str) -> list[str]:
    names = _list(value, where)
    proper = all(type(name) is str and re.fullmatch(_NAME, name) for name in names)
    _require(proper, where, "expected names of variables")
    _require(len(set(names)) == len(names), where, "a name is repeated")
    return names


def _rows(value: object, where: str, width: int) -> Iterator[tuple[str, list[str], object]]:
    """Yield the place, the outcome and what stands beside it; outcomes ascend."""
    previous: list[str] | None = None
    for number, entry in enumerate(_list(value, where)):
        spot = f"{where}[{number}]"
        pair = _list(entry, spot)
        _require(len(pair) == 2, spot, "expected [outcome, mass]")
        outcome = _list(pair[0], spot)
        proper = len(outcome) == width and all(type(x) is str for x in outcome)
        _require(proper, spot, "expected one label per variable, each a string")
        _require(previous is None or previous < outcome, spot, "the outcomes must ascend")
        previous = outcome
        yield spot, outcome, pair[1]


class _Law:
    """An exact law: integer counts over one total."""

    def __init__(self, value: object) -> None:
        tag, names, mass = _members(value, "law", "format", "variables", "mass")
        _require(tag == "natlat-law/1", "law.format", "expected 'natlat-law/1'")
        self.names = _variables(names, "law.variables")
        masses: list[Fraction] = []
        self.outcomes: list[list[str]] = []
        self.total = 1
        for where, outcome, text in _rows(mass, "law.mass", len(self.names)):
            masses.append(_rational(text, where))
            _require(masses[-1] > 0, where, "a mass must be above 0")
            self.outcomes.append(outcome)
            self.total = lcm(self.total, masses[-1].denominator)
            _require(self.total.bit_length() <= MAX_BITS, where, "denominators grow too large")
        self.counts = [int(mass * self.total) for mass in masses]
        _require(sum(self.counts) == self.total, "law.mass", "the masses do not sum to 1")
        self.cache: dict[Group, Linear] = {}
        self.cells = 0

    def entropy(self, group: Group, where: str) -> Linear:
        if group not in self.cache:
            for name in sorted(group):
                _require(name in self.names, where, f"the law has no variable {name}")
            places = [place for place, name in enumerate(self.names) if name in group]
            self.cells += len(self.outcomes) * (1 + len(places)) + len(self.names)
            _require(self.cells <= MAX_CELLS, where, "too many entropies of too large a law")
            marginal: Counter[tuple[str, ...]] = Counter()
            for outcome, count in zip(self.outcomes, self.counts, strict=True):
                marginal[tuple(outcome[place] for place in places)] += count
            value: Linear = {}
            _add(value, self.total, 1, where)
            for n, times in Counter(marginal.values()).items():
                _add(value, n, Fraction(-n * times, self.total), where)
            self.cache[group] = value
        return self.cache[group]

    def evaluate(self, form: Linear, symbols: dict[str, Linear], where: str) -> Linear:
        value: Linear = {}
        for key, weight in form.items():
            if type(key) is int:
                part = {key: Fraction(1)}
            elif type(key) is str:
                _require(key in symbols, where, f"the symbol {key} has no value here")
                part = symbols[key]
            else:
                part = self.entropy(key, where)
            for argument, coefficient in part.items():
                _add(value, argument, weight * coefficient, where)
        return value


def _sign(value: Linear, where: str, share: int = 1) -> int:
    """Return the sign of a sum of c*log2(a), exactly (section 5), with a share of the work."""
    scale = lcm(*(c.denominator for c in value.values()))
    terms = [(a, int(c * scale)) for a, c in value.items()]
    if len(terms) * 64**2 * share <= MAX_ENCLOSURE and (sign := _enclosed(terms, 64)):
        return sign
    terms = _coprime_terms(terms, where)
    precision = 64
    while terms and precision <= MAX_PRECISION:
        affordable = len(terms) * precision**2 * share <= MAX_ENCLOSURE
        _require(affordable, where, "the sign is too hard to decide")
        if sign := _enclosed(terms, precision):
            return sign
        precision *= 2
    _require(not terms, where, "the sign is too hard to decide")
    return 0


def _enclosed(terms: list[tuple[int, int]], precision: int) -> int:
    """Return the sign of a sum of c*log2(a) when this precision shows it, else 0."""
    lower = upper = 0
    for a, c in terms:
        low, high = _log2(a, precision)
        lower += c * (low if c > 0 else high)
        upper += c * (high if c > 0 else low)
    return (lower > 0) - (upper < 0)


def _coprime_terms(terms: list[tuple[int, int]], where: str) -> list[tuple[int, int]]:
    """Rewrite a sum of c*log2(a) over a pairwise coprime base."""
    size = len(terms) * sum(a.bit_length() for a, _ in terms)
    _require(size <= MAX_BASE, where, "too many or too large logarithms")
    base: list[int] = []
    stack = sorted((a for a, _ in terms), reverse=True)
    while stack:
        a = stack.pop()
        for i, b in enumerate(base):
            if (g := gcd(a, b)) > 1:
                del base[i]
                stack += [part for part in (a // g, b // g, g) if part > 1]
                break
        else:
            base.append(a)
    powers: Counter[int] = Counter()
    for a, c in terms:
        for b in base:
            while a % b == 0:
                a //= b
                powers[b] += c
        _require(a == 1, where, "the sign is too hard to decide")
    return [(a, c) for a, c in powers.items() if c]


def _log2(a: int, precision: int) -> tuple[int, int]:
    """Return integers that enclose 2**precision * log2(a)."""
    width, exponent = 2 * precision + 16, a.bit_length() - 1
    low = (a << width) >> exponent
    high = low + 1  # low/2**width <= a/2**exponent < high/2**width, both in [1, 2]
    result, done = exponent, 0
    while done < precision:
        low, high = low * low >> width, (high * high >> width) + 1
        if (bit := low >> width + 1) != (high - 1) >> width + 1:
            break
        low, high = low >> bit, (high + bit) >> bit
        result, done = 2 * result + bit, done + 1
    return result << precision - done, (result + 1) << precision - done


def _check_law(data: dict[str, Any]) -> tuple[str, list[str]]:
    law, texts = _Law(data["law"]), _texts(data["claims"], "claims")
    _require(texts, "claims", "expected some statements")
    for number, text in enumerate(texts):
        where = f"claims[{number}]"
        relation, difference = _Reader(text, where, True).statement()
        sign = _sign(law.evaluate(difference, {}, where), where, len(texts))
        _require(_holds(relation, sign), where, "the statement does not hold on the law")
    return f"some law has {' and '.join(texts)}", []


def _holds(relation: str, sign: int) -> bool:
    return sign == 0 if relation == "=" else sign > 0 or (sign == 0 and len(relation) == 2)


def _check_refutation(data: dict[str, Any]) -> tuple[str, list[str]]:
    law, given = _Law(data["law"]), _given(data["given"], True)
    relation, claim = _statement(_Reader(data["claim"], "claim", True), WEAK)
    present = {key for form in (claim, *(g[1] for g in given)) for key in form if type(key) is str}
    _require(bool(present) == ("symbols" in data), "symbols", "needed just when symbols occur")
    texts = data.get("symbols", {})
    _members(texts, "symbols", *sorted(present))
    symbols = {a: _Reader(texts[a], f"symbols.{a}", True).exact() for a in sorted(present)}
    for name, value in symbols.items():
        _require(_sign(value, f"symbols.{name}") >= 0, f"symbols.{name}", "must not be below 0")
    for index, (kind, form) in enumerate(given):
        where = f"given[{index}]"
        sign = _sign(law.evaluate(form, symbols, where), where, len(given))
        _require(_holds(kind, sign), where, "the hypothesis does not hold on the law")
    excess = _Reader(data["excess"], "excess", True).exact()
    _require(_sign(excess, "excess") > 0, "excess", "must be above 0")
    value = law.evaluate(claim, symbols, "claim")
    flip = -1 if relation == "=" and _sign(value, "claim") > 0 else 1
    for key, coefficient in excess.items():
        _add(value, key, flip * coefficient, "excess")
    _require(_sign(value, "excess") == 0, "excess", "the claim does not fail by this amount")
    having = f" with {' and '.join(data['given'])}" if given else ""
    return f"not every law{having} has {data['claim']}", []


# ---- kind "gap" (section 12): functions of the features against a stochastic latent ----

MAX_BLOCK_CELLS, MAX_SHARED_CELLS, MAX_NODES, GAP_PRECISION = 10, 64, 100_000, 128


def _bounds(value: Linear, precision: int = GAP_PRECISION) -> tuple[Fraction, Fraction]:
    """Return bounds of a sum of c*log2(a)."""
    low = high = Fraction(0)
    for a, c in value.items():
        ends = [c * x / (1 << precision) for x in _log2(a, precision)]
        low, high = low + min(ends), high + max(ends)
    return low, high


def _weighted_log(n: int) -> tuple[int, int]:
    """Return integers that enclose n*log2(n) * 2**GAP_PRECISION."""
    low, high = _log2(n, GAP_PRECISION) if n > 1 else (0, 0)
    return n * low, n * high


def _least_function(cells: dict[tuple[str, ...], int]) -> Fraction:
    """Return a lower bound of TC(X|g) + sum_i H(g|X_-i) over all functions g of X."""
    keys, weights = list(cells), list(cells.values())
    count, width = len(keys), len(keys[0])
    logs: dict[int, tuple[int, int]] = {}

    def log(n: int, end: int) -> int:
        if n not in logs:
            logs[n] = _weighted_log(n)
        return logs[n][end]

    def grouped(mask: int, kept: list[int]) -> Counter[tuple[str, ...]]:
        sums: Counter[tuple[str, ...]] = Counter()
        for cell in range(count):
            if mask >> cell & 1:
                sums[tuple(keys[cell][i] for i in kept)] += weights[cell]
        return sums

    single = [[i] for i in range(width)]
    rest = [[j for j in range(width) if j != i] for i in range(width)]
    whole = (1 << count) - 1
    costs = [0] * (whole + 1)
    for mask in range(1, whole + 1):
        cost = (width - 1) * log(sum(grouped(mask, []).values()), 0)
        cost += sum(log(weights[cell], 0) for cell in range(count) if mask >> cell & 1)
        for kept in single + rest:
            cost -= sum(log(n, 1) for n in grouped(mask, kept).values())
        costs[mask] = cost
    least = [0] * (whole + 1)
    for mask in range(1, whole + 1):
        low = mask & -mask
        part = others = mask ^ low
        found = costs[mask]
        while part:  # every block that holds the lowest cell but leaves some part
            found = min(found, costs[low | others ^ part] + least[part])
            part = (part - 1) & others
        least[mask] = found
    offset = sum(log(n, 0) for kept in rest for n in grouped(whole, kept).values())
    return Fraction(least[whole] + offset, sum(weights) << GAP_PRECISION)


class _Shares:
    """Whether every block of outcomes costs at least the shares of its outcomes (section 12)."""

    def __init__(self, cells: dict[tuple[str, ...], int], shares: list[Fraction]) -> None:
        pairs = sorted(zip(cells, cells.values(), shares, strict=True), key=lambda p: -p[1])
        self.weights = [weight for _, weight, _ in pairs]
        self.total, self.width = sum(self.weights), len(pairs[0][0])
        unit = self.total << GAP_PRECISION
        self.logs: dict[int, tuple[int, int]] = {}
        self.own = [self.log(w)[0] - (-(-share * unit // 1)) for _, w, share in pairs]
        numbers: dict[object, int] = {}
        self.classes = []  # for each outcome the numbers of its values of Xi and of X_-i
        for key, _, _ in pairs:
            values: list[object] = [(i, key[i]) for i in range(self.width)]
            values += [(-1 - i, key[:i] + key[i + 1 :]) for i in range(self.width)]
            self.classes.append([numbers.setdefault(value, len(numbers)) for value in values])
        self.open = [[0] * len(numbers) for _ in range(len(pairs) + 1)]
        for k in reversed(range(len(pairs))):
            self.open[k] = list(self.open[k + 1])
            for number in self.classes[k]:
                self.open[k][number] += self.weights[k]

    def log(self, n: int) -> tuple[int, int]:
        if n not in self.logs:
            self.logs[n] = _weighted_log(n)
        return self.logs[n]

    def support(self, at: int) -> tuple[int, int]:
        """Return a, b with (width-1) * m*log2(m) >= a + b*m for 0 <= m <= total."""
        low, high = self.log(at)
        slope = self.log(at + 1)[0] - high
        slack = self.log(at + 1)[1] - low - slope
        times = self.width - 1
        return times * (low - slack * self.total - slope * at), times * slope

    def least(self, k: int, sums: list[int], whole: int, cost: int) -> int:
        """Bound the cost less the shares of all blocks that agree on the first k outcomes."""
        slopes = []
        for m, more in zip(sums, self.open[k], strict=True):
            low, high = self.log(m)
            cost -= high
            slopes.append(-((low - self.log(m + more)[1]) // more) if more else 0)
        if k == len(self.own):
            return cost + (self.width - 1) * self.log(whole)[0]
        rest = [
            self.own[j] - self.weights[j] * sum(slopes[number] for number in self.classes[j])
            for j in range(k, len(self.own))
        ]
        best, at = None, whole + sum(self.weights[k:]) // 2
        for _ in range(3):
            constant, slope = self.support(at)
            gains = [r + slope * w for r, w in zip(rest, self.weights[k:], strict=True)]
            found = cost + constant + slope * whole + sum(gain for gain in gains if gain < 0)
            best = found if best is None else max(best, found)
            chosen = zip(gains, self.weights[k:], strict=True)
            at = (at + whole + sum(w for gain, w in chosen if gain < 0)) // 2
        return best or 0

    def check(self, where: str) -> None:
        stack = [(0, [0] * len(self.open[0]), 0, 0)]
        nodes = 0
        while stack:
            k, sums, whole, cost = stack.pop()
            nodes += 1
            _require(nodes <= MAX_NODES, where, "not shown with so many cases")
            if self.least(k, sums, whole, cost) >= 0:
                continue
            _require(k < len(self.own), where, "a block costs less than its shares")
            stack.append((k + 1, sums, whole, cost))
            more = list(sums)
            for number in self.classes[k]:
                more[number] += self.weights[k]
            stack.append((k + 1, more, whole + self.weights[k], cost + self.own[k]))


def shared_least(cells: dict[tuple[str, ...], int], texts: object) -> Fraction:
    """Return a lower bound of TC(X|g) + sum_i H(g|X_-i) over all functions g of X, by shares."""
    common = gcd(*cells.values())
    ordered = {key: cells[key] // common for key in sorted(cells)}
    shares = [_rational(t, f"shares[{i}]") for i, t in enumerate(_list(texts, "shares"))]
    _require(len(shares) == len(ordered), "shares", "expected one for each outcome")
    _Shares(ordered, shares).check("shares")
    width, total = len(next(iter(ordered))), sum(ordered.values())
    offset = 0
    for i in range(width):
        sums: Counter[tuple[str, ...]] = Counter()
        for key, weight in ordered.items():
            sums[key[:i] + key[i + 1 :]] += weight
        offset += sum(_weighted_log(n)[0] for n in sums.values())
    return sum(shares, Fraction(0)) + Fraction(offset, total << GAP_PRECISION)


def _check_gap(data: dict[str, Any]) -> tuple[str, list[str]]:
    law, ratio = _Law(data["law"]), _rational(data["ratio"], "ratio")
    _require(ratio > 0, "ratio", "must be above 0")
    features, latent = _list(data["features"], "features"), data["latent"]
    proper = 2 <= len(features) <= 8 and all(type(n) is str for n in [*features, latent])
    _require(proper, "features", "expected two to eight features, and a latent")
    _require(
        sorted([*features, latent]) == sorted(law.names), "features", "expected those of the law"
    )
    places = [law.names.index(name) for name in features]
    cells: Counter[tuple[str, ...]] = Counter()
    for outcome, weight in zip(law.outcomes, law.counts, strict=True):
        cells[tuple(outcome[place] for place in places)] += weight
    most = MAX_SHARED_CELLS if "shares" in data else MAX_BLOCK_CELLS
    _require(len(cells) <= most, "law", f"more than {most} outcomes")
    everything = frozenset(features)
    score: Linear = {}
    for name in features:
        others = everything - {name}
        for group, sign in (
            ({name, latent}, 1),
            ({*others, latent}, 1),
            (everything, 1),
            ({*everything, latent}, -1),
            (others, -1),
        ):
            _add(score, frozenset(group), sign, "latent")
    _add(score, frozenset({*everything, latent}), -1, "latent")
    _add(score, frozenset({latent}), 1 - len(features), "latent")
    high = _bounds(law.evaluate(score, {}, "latent"))[1]
    least = shared_least(cells, data["shares"]) if "shares" in data else _least_function(cells)
    _require(least >= ratio * high, "ratio", "not shown by these bounds")
    shown = ",".join(features)
    more = f"has a summed error of at least {data['ratio']} times that of {latent}"
    return f"on some law every function of {shown} {more}", []


# ---- kind "floor" (section 14): what every latent of two features costs at least ----

MAX_ROWS, MAX_PIECES, MAX_SCALE = 4, 6000, 256
Form = dict[tuple[int, ...], int]  # exponents of a product of variables: coefficient


def _multiply(first: Form, second: Form) -> Form:
    total: Counter[tuple[int, ...]] = Counter()
    for a, x in first.items():
        for b, y in second.items():
            total[tuple(i + j for i, j in zip(a, b, strict=True))] += x * y
    return dict(total)


def _halved(form: Form, keep: int, move: int) -> Form:
    """Rewrite in the corners 2u for the corner u kept, u+v for the one moved, 2w for the rest."""
    total: Counter[tuple[int, ...]] = Counter()
    for powers, x in form.items():
        a, b = powers[keep], powers[move]
        x <<= sum(powers) - a - b
        for k in range(a + 1):
            new = list(powers)
            new[keep], new[move] = k, a - k + b
            total[tuple(new)] += (x * comb(a, k)) << k
    return dict(total)


def _never_negative(form: Form, size: int, where: str) -> None:
    """Require that a form is at least 0 wherever its variables are."""
    corners = [tuple(int(i == j) for j in range(size)) for i in range(size)]
    stack, pieces = [(form, corners)], 0
    while stack:
        form, corners = stack.pop()
        pieces += 1
        _require(pieces <= MAX_PIECES, where, "not shown with so many pieces")
        if all(x >= 0 for x in form.values()):
            continue
        alone = all(x >= 0 or max(powers) < sum(powers) for powers, x in form.items())
        _require(alone, where, "the inequality fails")
        squares = {
            (i, j): sum((a - b) ** 2 for a, b in zip(corners[i], corners[j], strict=True))
            for i, j in combinations(range(size), 2)
        }
        edge = max(squares, key=lambda pair: squares[pair])
        middle = tuple(a + b for a, b in zip(*(corners[i] for i in edge), strict=True))
        doubled = [tuple(2 * a for a in corner) for corner in corners]
        for keep, move in (edge, edge[::-1]):
            moved = [middle if i == move else corner for i, corner in enumerate(doubled)]
            stack.append((_halved(form, keep, move), moved))


def _matrix(value: object, rows: int, columns: int) -> list[list[Fraction]]:
    found = []
    for x, row in enumerate(_list(value, "matrix")):
        cells = enumerate(_list(row, f"matrix[{x}]"))
        found.append([_rational(text, f"matrix[{x}][{y}]") for y, text in cells])
    proper = len(found) == rows and all(len(row) == columns for row in found)
    _require(proper, "matrix", "expected a row and a column for each value of the features")
    _require(all(m >= 0 for row in found for m in row), "matrix", "an entry is below 0")
    return found


def _check_floor(data: dict[str, Any]) -> tuple[str, list[str]]:
    law, floor = _Law(data["law"]), _rational(data["floor"], "floor")
    _require(floor > 0, "floor", "must be above 0")
    groups = [_list(group, "features") for group in _list(data["features"], "features")]
    names = [name for group in groups for name in group]
    proper = len(groups) == 2 and all(groups) and all(type(name) is str for name in names)
    proper = proper and sorted(names) == sorted(law.names)
    _require(proper, "features", "expected two lists that share out the variables of the law")
    places = [[law.names.index(name) for name in group] for group in groups]
    values = [[tuple(o[i] for i in kept) for o in law.outcomes] for kept in places]
    orders = [sorted(set(column)) for column in values]
    size = len(orders[0])
    _require(size <= MAX_ROWS, "features", f"more than {MAX_ROWS} values of the first")
    matrix = _matrix(data["matrix"], *map(len, orders))
    scale = lcm(*(m.denominator for row in matrix for m in row))
    largest = max(scale, *(int(m * scale) for row in matrix for m in row))
    _require(largest.bit_length() <= MAX_SCALE, "matrix", "too long numbers")
    units = [tuple(int(i == j) for j in range(size)) for i in range(size)]
    cubes: Form = {tuple(3 * e for e in unit): 1 for unit in units}
    total = Counter({key: x * scale**3 for key, x in _multiply(cubes, cubes).items()})
    for column in zip(*matrix, strict=True):
        line = {tuple(2 * e for e in u): int(m * scale) for u, m in zip(units, column, strict=True)}
        for key, x in _multiply(_multiply(line, line), line).items():
            total[key] -= x
    _never_negative(dict(total), size, "matrix")
    value: Linear = {}
    first, second, both = frozenset(groups[0]), frozenset(groups[1]), frozenset(names)
    for group, weight in ((both, 2), (first, -1), (second, -1)):
        for key, coefficient in law.entropy(group, "law").items():
            _add(value, key, weight * coefficient, "law")
    for x, y, count in zip(*values, law.counts, strict=True):
        entry = matrix[orders[0].index(x)][orders[1].index(y)]
        _require(entry, "matrix", "an entry is 0 on an outcome of the law")
        for number, sign in ((entry.numerator, 3), (entry.denominator, -3)):
            _add(value, number, Fraction(sign * count, law.total), "matrix")
    _require(_bounds(value)[0] >= floor, "floor", "not shown by these bounds")
    shown = "; ".join(",".join(group) for group in groups)
    return f"on some law every latent of {shown} has a summed error of at least {data['floor']}", []


# ---- kind "all-n" (section 10): n exchangeable features, every n at once ----

Poly = dict[tuple[int, int, int], Fraction]  # (i, t, j): coefficient of n**i * m**t * k**j
Line = tuple[int, int, int]  # (a, c, d) stands for a + c*n + d*m
Ends = tuple[Line, Line]  # the first and the last k of a run
Size = tuple[int, Line]  # (b, line) stands for b*k + line features
Family = dict[Any, Poly]  # keys: (Group, Size) = joint entropy, str = symbol, () = the constant 1
NOBODY: tuple[Group, Size] = (frozenset(), (0, (0, 0, 0)))
MAX_DEGREE, MAX_SHIFT, MAX_LINES = 9, 20, 1000


def _number(x: Fraction | int) -> Poly:
    return {(0, 0, 0): Fraction(x)} if x else {}


N, M, K = ({power: Fraction(1)} for power in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))


def _grow(total: Family, key: Any, value: Poly) -> None:
    kept = total.setdefault(key, {})
    for power, x in value.items():
        x += kept.pop(power, 0)
        size = max(x.numerator.bit_length(), x.denominator.bit_length())
        _require(size <= MAX_BITS, "certificate", "numbers grow too large")
        if x:
            kept[power] = x


def _total(*values: Poly) -> Poly:
    total: Family = {(): {}}
    for value in values:
        _grow(total, (), value)
    return total[()]


def _less(left: Poly, right: Poly) -> Poly:
    return _total(left, _product(_number(-1), right))


def _product(*factors: Poly) -> Poly:
    total = _number(1)
    for factor in factors:
        products: Family = {(): {}}
        for (i, t, j), x in total.items():
            moved = {(i + a, t + b, j + c): x * y for (a, b, c), y in factor.items()}
            _grow(products, (), moved)
        total = products[()]
    return total


def _line(a: int, c: int, d: int) -> Poly:
    return _total(_number(a), _product(_number(c), N), _product(_number(d), M))


def _put(value: Poly, n: Poly, m: Poly, k: Poly) -> Poly:
    """Put polynomials in the places of n, m and k."""
    terms = (_product(_number(x), *[n] * i, *[m] * t, *[k] * j) for (i, t, j), x in value.items())
    return _total(*terms)


def _sum_of(*lines: Line) -> Line:
    a, c, d = (sum(line[i] for line in lines) for i in range(3))
    return a, c, d


class _Scope:
    """The numbers n of features from ``least`` on, with every budget 1 <= m < n if there is one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.features, self.least, self.budget = data["features"], data["least"], "budget" in data
        named = type(self.features) is str and re.fullmatch("[A-Z][A-Za-z0-9_']*", self.features)
        _require(named, "features", "expected a name that starts with a capital letter")
        proper = type(self.least) is int and 1 + self.budget <= self.least <= MAX_SHIFT
        _require(proper, "least", f"expected {1 + self.budget} to {MAX_SHIFT}")
        _require(data.get("budget", "m") == "m", "budget", "expected 'm'")
        # Numbers that are never negative; then n and m in terms of such numbers.
        self.spare, self.n, self.m = [_line(-self.least, 1, 0)], _line(self.least, 1, 0), _number(0)
        if self.budget:
            self.spare = [_line(-1, 1, -1), _line(-1, 0, 1)]
            self.n, self.m = _line(2, 1, 1), _line(1, 0, 1)
        self.shown = f"for all n >= {self.least}{' and 1 <= m <= n-1' if self.budget else ''}"

    def never_negative(self, line: Line) -> bool:
        (a, c, d), n = line, self.least
        ends = ((n, 1), (n, n - 1)) if self.budget else ((n, 0),)
        return min(c, c + d) >= 0 and all(a + c * n + d * m >= 0 for n, m in ends)


class _FamilyReader(_Reader):
    """Recursive descent over forms whose coefficients are polynomials in n (and m)."""

    def __init__(self, text: object, where: str, scope: _Scope, run: Ends | None = None) -> None:
        self.scope, self.run = scope, run
        self.letters = {"n": (0, 1, 0), **({"m": (0, 0, 1)} if scope.budget else {})}
        super().__init__(text, where)

    def less(self, left: Any, right: Any) -> Any:
        for key, value in right.items():
            _grow(left, key, _product(_number(-1), value))
        return {key: value for key, value in left.items() if value}

    def form(self) -> Any:
        total: Family = {}
        sign = -1 if self.skip("-") else 1
        while sign:
            weight, star, alone = _number(sign), "", False
            while (factor := self.factor()) is not None:
                weight, alone = _product(weight, factor), True
                proper = all(i + t <= MAX_DEGREE for i, t, _ in weight)
                _require(proper, self.where, f"a degree above {MAX_DEGREE}")
                star = self.skip("*")
            if self.kind == 1:
                for key, value in self.measure():
                    _grow(total, key, _product(weight, value))
            elif alone and not star:
                _grow(total, (), weight)
            else:
                raise self.fail("a number, n, H, I, TC, DTC or a symbol in lower case")
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return total

    def factor(self) -> Poly | None:
        if self.kind == 2:
            number = self.number()
            if self.skip("/"):
                below = self.number()
                _require(below, self.where, "a denominator is zero")
                number /= below
            return _number(number)
        if self.kind == 1 and self.token in self.letters:
            letter = _line(*self.letters[self.advance()])
            exponent = self.integer(MAX_DEGREE) if self.skip("^") else 1
            _require(exponent, self.where, "an improper exponent")
            return _product(*[letter] * exponent)
        if not self.skip("("):
            return None
        self.work += 1
        _require(self.work <= 100, self.where, "too many parentheses")
        value = self.form()
        _require(set(value) <= {()}, self.where, "a factor holds n and numbers only")
        self.expect(")")
        return dict(value.get((), {}))

    def measure(self) -> Iterator[tuple[Any, Poly]]:
        head = self.advance()
        if head not in ("H", "I", "TC", "DTC"):
            proper = "a" <= head[:1] <= "z" and head not in ("n", "k", "log2")
            _require(proper, self.where, f"{head[:60]!a} is not H, I, TC, DTC or a symbol")
            yield head, _number(1)
            return
        self.expect("(")
        if head in ("H", "I"):
            for key, value in self.information(head):
                yield key, _number(value)
        else:
            if self.kind != 1 or self.advance() != self.scope.features:
                raise self.fail(f"the features {self.scope.features}")
            names, size = self.block() if self.skip("|") else NOBODY
            _require((names, size) == (names, NOBODY[1]), self.where, f"{head} given names only")
            one = (1, 0, 0) if head == "TC" else (-1, 1, 0)
            yield (names, (0, one)), N
            yield (names, (0, (0, 1, 0))), _line(-1, 0, 0) if head == "TC" else _line(1, -1, 0)
            yield (names, NOBODY[1]), _line(1, -1, 0) if head == "TC" else _line(-1, 0, 0)
        self.expect(")")

    def information(self, head: str) -> list[tuple[tuple[Group, Size], int]]:
        blocks = [self.block()]
        while self.skip(";"):
            blocks.append(self.block())
        given = self.block() if self.skip("|") else NOBODY
        _require(len(blocks) == "HI".index(head) + 1, self.where, f"{head}: a wrong block count")
        whole = self.join(given, *blocks)
        found = [(self.join(given, blocks[0]), 1), (given, -1)]
        return found if head == "H" else [*found, (self.join(given, blocks[1]), 1), (whole, -1)]

    def join(self, *blocks: tuple[Group, Size]) -> tuple[Group, Size]:
        """Different places of one atom hold different features, so sizes add."""
        k, line = sum(b for _, (b, _) in blocks), _sum_of(*(line for _, (_, line) in blocks))
        _require(k < 2, self.where, "a size with more than one k")
        ends = self.run if k and self.run else ((0, 0, 0), (0, 0, 0))
        first, last = (_sum_of(line, end) for end in ends)
        fits = self.scope.never_negative(first)
        fits = fits and self.scope.never_negative((-last[0], 1 - last[1], -last[2]))
        _require(fits, self.where, "more features than n, or fewer than none")
        return frozenset(name for names, _ in blocks for name in names), (k, line)

    def block(self) -> tuple[Group, Size]:
        names: set[str] = set()
        total, first = NOBODY, True
        while first or self.skip(","):
            first = False
            if self.kind != 1:
                raise self.fail("a name")
            name = self.advance()
            if name != self.scope.features:
                names.add(name)
                continue
            self.expect("[")
            total = self.join(total, (frozenset(), self.size()))
            self.expect("]")
        return frozenset(names), total[1]

    def size(self) -> Size:
        k, line, sign = 0, (0, 0, 0), 1
        while sign:
            if self.kind == 2:
                step = (self.integer(MAX_SHIFT), 0, 0)
            elif self.kind == 1 and self.token in self.letters:
                step = self.letters[self.advance()]
            elif self.run and self.token == "k" and sign == 1:
                k, step = k + len(self.advance()), (0, 0, 0)
            else:
                raise self.fail(f"a size: a number, {', '.join(self.letters)}, or k in a run")
            line = _sum_of(line, (sign * step[0], sign * step[1], sign * step[2]))
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return k, line


class _Sum:
    """Forms added up: values at points, and tails.

    A tail w that starts at u stands for w(j) at every place j >= u.  It is the tail that starts at
    u + a less the values in between, so every tail is moved to a start c*n + d*m.  What is left is
    zero for every n and m when all values and all tails are zero.
    """

    def __init__(self) -> None:
        self.left: Family = {}

    def add(self, form: Family, weight: Poly) -> None:
        for key, value in form.items():
            if key != NOBODY:
                _grow(self.left, key, _product(weight, value))

    def tail(self, names: Group, start: Line, weight: Poly) -> None:
        a, c, d = start
        _grow(self.left, (names, "from", c, d), weight)
        for i in range(min(a, 0), max(a, 0)):
            value = _put(weight, N, M, _line(i, c, d))
            self.add({(names, (0, (i, c, d))): value}, _number(1 if a < 0 else -1))

    def run(self, form: Family, ends: Ends, weight: Poly) -> None:
        for (names, (_, line)), sign in form.items():
            a, c, d = line
            moved = _product(sign, _put(weight, N, M, _total(K, _line(-a, -c, -d))))
            self.tail(names, _sum_of(ends[0], line), moved)
            self.tail(names, _sum_of(ends[1], line, (1, 0, 0)), _product(_number(-1), moved))


def _weight(value: object, where: str, scope: _Scope, run: Ends | None, signed: bool) -> Poly:
    """Read [[c, p, q, ...], ...]: the sum of c (k-first)**p (last-k)**q ... (section 10)."""
    bases: list[Poly] = [{}, {}, *scope.spare]
    if run:
        bases[:2] = _less(K, _line(*run[0])), _less(_line(*run[1]), K)
    monomials = []
    rows = _list(value, where)
    _require(len(rows) <= MAX_SHIFT**2, where, "too many monomials")
    for row in rows:
        coefficient, *powers = _list(row, where) or [None]
        _require(len(powers) == len(bases), where, f"expected {len(bases)} exponents")
        c = _rational(coefficient, where)
        _require(all(type(p) is int and p >= 0 for p in powers), where, "expected exponents")
        _require(sum(powers) <= MAX_DEGREE, where, f"a degree above {MAX_DEGREE}")
        _require(c > 0 or (c and signed), where, "a coefficient must be above 0")
        _require(run or not any(powers[:2]), where, "only a run has an index k")
        factors = [base for base, p in zip(bases, powers, strict=True) for _ in range(p)]
        monomials.append(_product(_number(c), *factors))
    order = [row[1:] for row in rows]
    _require(order and all(a < b for a, b in pairwise(order)), where, "monomials must ascend")
    return _total(*monomials)


def _ends(parts: list[Any], where: str, scope: _Scope) -> Ends:
    first, drop, *part = parts
    proper = all(type(x) is int and 0 <= x <= MAX_SHIFT for x in (first, drop))
    _require(proper, where, f"expected 'first' and 'drop' from 0 to {MAX_SHIFT}")
    _require(
        not part or (scope.budget and part[0] in ("lower", "upper")), where, "an improper part"
    )
    start, end = {"": (0, 1), "lower": (0, 0), "upper": (1, 1)}["".join(part)]
    cut = (0, 1, -1)  # n - m
    begin = _sum_of((first, 0, 0), cut if start else (0, 0, 0))
    last = _sum_of((-drop, 0, 0), (0, 1, 0) if end else cut)
    length = _sum_of(last, (1 - begin[0], -begin[1], -begin[2]))
    _require(scope.never_negative(length), where, "the run may end before it starts")
    return begin, last


def _family_lines(
    value: object, where: str, given: list[tuple[str, Family]], scope: _Scope, total: _Sum
) -> set[int]:
    used: set[int] = set()
    order: list[tuple[object, ...]] = []
    lines = _list(value, where)
    _require(len(lines) <= MAX_LINES, where, f"more than {MAX_LINES} lines")
    for number, line in enumerate(lines):
        spot = f"{where}[{number}]"
        _require(type(line) is dict, spot, "expected an object")
        runs = [name for name in ("first", "drop", "part") if name in line]
        if "given" in line:
            weight, cited = _members(line, spot, "weight", "given")
            proper = type(cited) is int and 0 <= cited < len(given)
            _require(proper, f"{spot}.given", f"expected an index below {len(given)}")
            relation, form = given[cited]
            multiplier = _weight(weight, f"{spot}.weight", scope, None, relation == "=")
            total.add(form, multiplier)
            used.add(cited)
            order.append((1, cited))
            continue
        weight, term, *rest = _members(line, spot, "weight", "term", *runs)
        _require(not runs or runs[:2] == ["first", "drop"], spot, "expected 'first' and 'drop'")
        ends = _ends(rest, spot, scope) if runs else None
        form = _family_term(term, f"{spot}.term", scope, ends)
        multiplier = _weight(weight, f"{spot}.weight", scope, ends, False)
        if ends:
            proper = all(type(key) is tuple and key and key[1][0] == 1 for key in form)
            _require(proper, spot, "each size of a run must contain k")
            total.run(form, ends, multiplier)
        else:
            total.add(form, multiplier)
        order.append((0, term, *(rest or [-1, 0])))
    _require(all(a < b for a, b in pairwise(order)), where, "the lines are not in canonical order")
    return used


def _family_term(term: object, where: str, scope: _Scope, run: Ends | None) -> Family:
    """Expand a non-negative term: H(A|C) or I(A;B|C), a symbol, or 1."""
    if term == "1":
        return {(): _number(1)}
    reader = _FamilyReader(term, where, scope, run)
    head = reader.advance() if reader.kind == 1 else ""
    letters = (*reader.letters, "k", "log2")
    if not reader.kind and "a" <= head[:1] <= "z" and head not in letters:
        return {head: _number(1)}
    if head not in ("H", "I"):
        raise reader.fail("H(A|C), I(A;B|C), a symbol or 1")
    reader.expect("(")
    form: Family = {}
    for key, value in reader.information(head):
        _grow(form, key, _number(value))
    reader.expect(")")
    if reader.kind:
        raise reader.fail("the end")
    return {key: value for key, value in form.items() if value}


def _check_all_n(data: dict[str, Any]) -> tuple[str, list[str]]:
    scope = _Scope(data)
    relation, claim = _statement(_FamilyReader(data["claim"], "claim", scope), WEAK)
    texts = _texts(data["given"], "given")
    readers = (_FamilyReader(text, f"given[{i}]", scope) for i, text in enumerate(texts))
    given = [_statement(reader, WEAK) for reader in readers]
    twice = relation == "="
    _require(("converse" in data) == twice, "converse", "needed just when the claim is an equality")
    used: set[int] = set()
    for part, sign in (("proof", -1), ("converse", 1))[: 1 + twice]:
        total = _Sum()
        total.add(claim, _number(sign))
        used |= _family_lines(data[part], part, given, scope, total)
        _require(not any(total.left.values()), part, "the lines do not sum to the claim")
    for index in range(len(texts)):
        _require(index in used, f"given[{index}]", "the hypothesis is not used")
    return f"{scope.shown}: {data['claim']}", texts


# ---- kind "all-n-law" (section 15): a law for every n ----


def _check_all_n_law(data: dict[str, Any]) -> tuple[str, list[str]]:
    scope, texts = _Scope(data), _texts(data["claims"], "claims")
    names = data["names"]
    _require(type(names) is dict, "names", "expected an object")
    proper = all(type(kind) is str and kind in ("all", "constant") for kind in names.values())
    _require(proper, "names", "expected 'all' or 'constant'")
    _require(texts, "claims", "expected some statements")
    _require(scope.least > 1, "least", f"expected 2 to {MAX_SHIFT}")
    used: set[str] = set()
    for number, text in enumerate(texts):
        where = f"claims[{number}]"
        relation, form = _FamilyReader(text, where, scope).statement()
        value: Poly = {}
        for key, weight in form.items():
            joint = type(key) is tuple and key != ()
            _require(joint or (key == () and not scope.budget), where, "a symbol or a constant")
            height = _number(1)
            if joint:
                used |= key[0]
                height = _height(key[0], key[1][1], names, scope, where)
            value = _total(value, _product(weight, height))
        value = _put(value, scope.n, scope.m, K)
        proper = not value if relation == "=" else all(x > 0 for x in value.values())
        strict = relation in ("<", ">") and (0, 0, 0) not in value
        _require(proper and not strict, where, "the statement is not seen to hold on the laws")
    _require(used == set(names), "names", "expected just the names that occur")
    return f"{scope.shown} some law of n features has {' and '.join(texts)}", []


def _height(group: Group, line: Line, names: dict[str, str], scope: _Scope, where: str) -> Poly:
    """Return a joint entropy of a code from which any n-m (or n-1) features tell all the others."""
    for name in sorted(group):
        _require(name in names, where, f"the law has no variable {name}")
    a, c, d = line
    code = (0, 1, -1) if scope.budget else (-1, 1, 0)
    if any(names[name] == "all" for name in group):
        return _line(*code)
    if scope.never_negative(_sum_of(code, (-a, -c, -d))):
        return _line(*line)
    proper = scope.never_negative((a - code[0], c - code[1], d - code[2]))
    _require(proper, where, "a joint entropy that depends on how n and m compare")
    return _line(*code)


# ---- kind "range" (section 13): a law with one parameter, the whole range at once ----

Uni = tuple[Fraction, ...]  # a polynomial in the parameter, lowest power first, no zero on top
Weighted = list[tuple[Uni, Uni]]  # (what a logarithm is of, positive inside the range; factor)
MAX_POWER, MAX_LEVELS, MAX_CUTS, MAX_HALVINGS = 120, 40, 400, 256
_RANGE = re.compile(r"(\S+) (<=?) ([a-z][A-Za-z0-9_']*) (<=?) (\S+)")


def _uni(values: Iterable[Fraction | int]) -> Uni:
    found = [Fraction(x) for x in values]
    while found and not found[-1]:
        found.pop()
    bits = [max(x.numerator.bit_length(), x.denominator.bit_length()) for x in found]
    proper = len(found) <= MAX_POWER and max(bits, default=0) <= MAX_BITS
    _require(proper, "range", "the polynomials grow too large")
    return tuple(found)


def _plus(a: Uni, b: Uni) -> Uni:
    return _uni(x + y for x, y in zip_longest(a, b, fillvalue=Fraction(0)))


def _times(a: Uni, b: Uni) -> Uni:
    found = [Fraction(0)] * (len(a) + len(b))
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            found[i + j] += x * y
    return _uni(found)


def _divided(a: Uni, b: Uni) -> tuple[Uni, Uni]:
    """Return quotient and remainder."""
    rest, found = list(a), [Fraction(0)] * max(0, len(a) - len(b) + 1)
    for i in reversed(range(len(found))):
        found[i] = rest[i + len(b) - 1] / b[-1]
        for j, y in enumerate(b):
            rest[i + j] -= found[i] * y
    return _uni(found), _uni(rest)


def _common(a: Uni, b: Uni) -> Uni:
    """Return the greatest common divisor with leading coefficient 1."""
    while b:
        a, b = b, _divided(a, b)[1]
    return _uni(x / a[-1] for x in a)


def _slope(a: Uni) -> Uni:
    return _uni([i * x for i, x in enumerate(a)][1:])


def _at(a: Uni, x: Fraction) -> Fraction:
    total = Fraction(0)
    for c in reversed(a):
        total = total * x + c
    return total


def _spread(a: Uni, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Return bounds of the values between two points."""
    total = Fraction(0), Fraction(0)
    for c in reversed(a):
        ends = [x * y for x in total for y in (low, high)]
        total = min(ends) + c, max(ends) + c
    return total


def _shifted(a: Uni, step: Fraction) -> Uni:
    found = list(a)
    for i in range(len(found)):
        for j in reversed(range(i, len(found) - 1)):
            found[j] += step * found[j + 1]
    return tuple(found)


def _one_sign(a: Uni, low: Fraction, high: Fraction, where: str, halvings: int = 0) -> int:
    """Return the sign that a polynomial has everywhere strictly between two points."""
    moved = [c * (high - low) ** i for i, c in enumerate(_shifted(a, low))]
    turned = _shifted(tuple(reversed(moved)), Fraction(1))  # of 1/(1+t), as t > 0 runs
    signs = {c > 0 for c in turned if c}
    if len(signs) == 1:
        return 1 if signs.pop() else -1
    _require(signs and halvings < MAX_HALVINGS, where, "a polynomial may vanish inside the range")
    middle = (low + high) / 2
    left = _one_sign(a, low, middle, where, halvings + 1)
    right = _one_sign(a, middle, high, where, halvings + 1)
    _require(left == right and _at(a, middle), where, "a polynomial vanishes inside the range")
    return left


class _Range:
    """The parameter, its ends, and which of them belong to the range."""

    def __init__(self, text: object) -> None:
        match = _RANGE.fullmatch(text) if type(text) is str else None
        if not match:
            raise Rejected("range: expected a range such as '0 < e < 1/2'")
        self.low, self.high = (_rational(match[i], "range") for i in (1, 5))
        _require(self.low < self.high, "range", "expected a range with room inside")
        self.name, self.middle = match[3], (self.low + self.high) / 2
        signs = ((self.low, match[2]), (self.high, match[4]))
        self.closed = [end for end, sign in signs if sign == "<="]
        _require(self.name != "log2", "range", "expected the name of a parameter")


class _RangeReader(_Reader):
    """Recursive descent over forms whose coefficients are polynomials in the parameter."""

    def __init__(self, text: object, where: str, name: str) -> None:
        self.name = name
        super().__init__(text, where)

    def polynomial(self) -> Uni:
        """Read a text that is a polynomial and nothing else."""
        found = self.sum(logs=False)
        if self.kind:
            raise self.fail("the end")
        return found.get((), ())

    def difference(self) -> tuple[str, dict[Any, Uni]]:
        left = self.sum()
        relation = self.skip("<=", ">=", "=", "<", ">")
        if not relation:
            raise self.fail("a relation")
        right = self.sum()
        if self.kind:
            raise self.fail("the end")
        if relation[0] == "<":
            left, right = right, left
        for key, value in right.items():
            left[key] = _plus(left.get(key, ()), _times(_uni([-1]), value))
        return relation, left

    def sum(self, logs: bool = True) -> dict[Any, Uni]:
        """Return coefficients by joint entropy, ("D", group), ("log2", polynomial) and ()."""
        total: dict[Any, Uni] = {}
        sign = -1 if self.skip("-") else 1
        while sign:
            weight, key = self.product(sign, logs), ()
            parts = self.measure() if logs and self.kind == 1 else [(key, 1)]
            for key, times in parts:
                total[key] = _plus(total.get(key, ()), _times(_uni([times]), weight))
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return total

    def product(self, sign: int, logs: bool) -> Uni:
        """Read factors up to a measure, which may stand at the end."""
        weight, count = _uni([sign]), 0
        while True:
            if self.kind == 2:
                factor = _uni([self.number()])
            elif self.kind == 1 and self.token == self.name:
                self.advance()
                factor = _uni([0, 1])
            elif self.skip("("):
                factor = self.sum(logs=False).get((), ())
                self.expect(")")
            elif logs and self.kind == 1:
                return weight
            else:
                raise self.fail("a number, the parameter or a bracket")
            times = self.number() if self.skip("^") else Fraction(1)
            _require(times in range(1, MAX_POWER), self.where, "an improper exponent")
            for _ in range(int(times)):
                weight = _times(weight, factor)
            while self.skip("/"):
                below = self.number()
                _require(below, self.where, "a denominator is zero")
                weight = _times(weight, _uni([1 / below]))
            count += 1
            _require(count <= MAX_POWER, self.where, "too many factors")
            if not self.skip("*") and (self.kind != 1 or self.token == self.name):
                return weight

    def measure(self) -> list[tuple[Any, int]]:
        head = self.token
        if head not in ("log2", "D"):
            found = list(self.atom())
            _require(all(type(key) is frozenset for key, _ in found), self.where, "a symbol")
            self.work += len(found)
            _require(self.work <= MAX_EXPANSION, self.where, "the expansion is too large")
            return [(key, times) for key, times in found if key]
        self.advance()
        self.expect("(")
        key = (head, self.sum(logs=False).get((), ())) if head == "log2" else (head, self.group())
        self.expect(")")
        return [(key, 1)]

    def group(self) -> Group:
        return frozenset(self.names())


class _WeightedLaw:
    """A law whose weights are polynomials, positive inside the range."""

    def __init__(self, value: object, where: str, over: _Range) -> None:
        names, weights = _members(value, where, "variables", "weights")
        self.names, self.where, self.over = _variables(names, f"{where}.variables"), where, over
        self.cells: list[tuple[list[str], Uni]] = []
        self.work = 0
        for spot, outcome, text in _rows(weights, f"{where}.weights", len(self.names)):
            weight = _RangeReader(text, spot, over.name).polynomial()
            sign = _one_sign(weight, over.low, over.high, spot)
            _require(sign > 0, spot, "a weight must be above 0 inside the range")
            self.cells.append((outcome, weight))
        self.total: Uni = ()
        for _, weight in self.cells:
            self.total = _plus(self.total, weight)
        proper = all(_at(self.total, end) for end in over.closed)
        _require(self.total and proper, where, "no weight at an end of the range")

    def marginal(self, group: Group) -> dict[tuple[str, ...], Uni]:
        for name in sorted(group):
            _require(name in self.names, self.where, f"the law has no variable {name}")
        self.work += len(self.cells)
        _require(self.work <= MAX_CELLS // 100, self.where, "too many entropies of too large a law")
        places = [place for place, name in enumerate(self.names) if name in group]
        found: dict[tuple[str, ...], Uni] = {}
        for outcome, weight in self.cells:
            key = tuple(outcome[place] for place in places)
            found[key] = _plus(found.get(key, ()), weight)
        return found

    def entropy(self, group: Group) -> Weighted:
        """Return the total times the entropy."""
        minus = _uni([-1])
        parts = [(weight, _times(minus, weight)) for weight in self.marginal(group).values()]
        return [(self.total, self.total), *parts]

    def divergence(self, other: _WeightedLaw, group: Group) -> Weighted:
        """Return the total times the divergence from another law."""
        minus, theirs = _uni([-1]), other.marginal(group)
        found = [(other.total, self.total), (self.total, _times(minus, self.total))]
        for outcome, weight in self.marginal(group).items():
            proper = outcome in theirs
            _require(proper, other.where, "the divergence is infinite")
            for end in self.over.closed:
                proper = _at(theirs[outcome], end) > 0 or not _at(weight, end)
                _require(proper, other.where, "the divergence is infinite at an end")
            found += [(weight, weight), (theirs[outcome], _times(minus, weight))]
        return found


def _coprime(arguments: Iterable[Uni]) -> list[Uni]:
    """Return pairwise coprime polynomials of which the given ones are products, up to factors."""
    base: list[Uni] = []
    stack = sorted(set(arguments), reverse=True)
    while stack:
        a = stack.pop()
        for i, b in enumerate(base):
            shared = _common(a, b)
            if len(shared) > 1:
                del base[i]
                parts = (_divided(a, shared)[0], _divided(b, shared)[0], shared)
                stack += [part for part in parts if len(part) > 1]
                break
        else:
            base.append(a)
    return base


class _Curve:
    """The sum of f*log2(g) over some g, plus top/bottom over ln 2."""

    def __init__(self, logs: dict[Any, Uni], top: Uni, bottom: Uni) -> None:
        shared = _common(bottom, top)
        self.logs = {g: f for g, f in logs.items() if f}
        self.top, self.bottom = _divided(top, shared)[0], _divided(bottom, shared)[0]

    @classmethod
    def of(cls, parts: Weighted, over: _Range) -> _Curve:
        """Collect logarithms over coprime polynomials, which are positive inside the range."""
        base = []
        for b in _coprime(g for g, _ in parts if len(g) > 1):
            scale = lcm(*(c.denominator for c in b)) * (1 if _at(b, over.middle) > 0 else -1)
            base.append(_uni(c * scale for c in b))
        logs: dict[Any, Uni] = {}
        for g, f in parts:
            rest = g
            for b in base:
                quotient, remainder = _divided(rest, b)
                while not remainder:
                    logs[b] = _plus(logs.get(b, ()), f)
                    rest = quotient
                    quotient, remainder = _divided(rest, b)
            _require(len(rest) == 1 and rest[0] > 0, "claim", "a logarithm was not taken apart")
            for number, sign in ((rest[0].numerator, 1), (rest[0].denominator, -1)):
                if number > 1:
                    logs[number] = _plus(logs.get(number, ()), _times(_uni([sign]), f))
        return cls(logs, (), _uni([1]))

    def vanishes(self, where: str) -> bool:
        numbers = [g for g in self.logs if type(g) is int]
        powers = range(max([0, *(len(self.logs[g]) for g in numbers)]))
        rows = [{g: self.logs[g][i] for g in numbers if i < len(self.logs[g])} for i in powers]
        return len(numbers) == len(self.logs) and not any(_sign(row, where) for row in rows)

    def slope(self) -> _Curve:
        logs = {g: _slope(f) for g, f in self.logs.items()}
        shared = _common(self.bottom, _slope(self.bottom))
        once, turn = (_divided(p, shared)[0] for p in (self.bottom, _slope(self.bottom)))
        fall = _times(_uni([-1]), _times(self.top, turn))
        top, bottom = _plus(_times(_slope(self.top), once), fall), _times(self.bottom, once)
        for g, f in self.logs.items():
            if type(g) is tuple:
                shared = _common(bottom, g)
                mine, theirs = _divided(g, shared)[0], _divided(bottom, shared)[0]
                top = _plus(_times(top, mine), _times(_times(f, _slope(g)), theirs))
                bottom = _times(bottom, mine)
        return _Curve(logs, top, bottom)

    def limit(self, x: Fraction, where: str) -> int:
        """Return the sign of the limit at a point."""
        value: Linear = {}
        for g, f in self.logs.items():
            number, weight = Fraction(g) if type(g) is int else _at(g, x), _at(f, x)
            _require(number or not weight, where, "no finite limit")
            for part, sign in ((number.numerator, 1), (number.denominator, -1)):
                if weight:
                    _add(value, part, sign * weight, where)
        below = _at(self.bottom, x)
        _require(below, where, "no finite limit")
        rest = _at(self.top, x) / below
        precision = 64
        while rest and precision <= MAX_PRECISION:  # not 0: 1/ln 2 is no such sum (Lindemann)
            low, high = _bounds(value, precision)
            ends = [rest * end for end in _one_over_ln2(precision)]
            low, high = low + min(ends), high + max(ends)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            precision *= 2
        _require(not rest, where, "the sign is too hard to decide")
        return _sign(value, where)

    def between(self, low: Fraction, high: Fraction, where: str) -> int:
        """Return the sign that bounds show on a whole interval, or 0."""
        least = most = Fraction(0)
        parts: list[list[Fraction]] = []
        for g, f in self.logs.items():
            ends = (Fraction(g), Fraction(g)) if type(g) is int else _spread(g, low, high)
            if ends[0] <= 0:
                return 0
            logs = [_bounds(_fraction_log(x), GAP_PRECISION) for x in ends]
            parts.append([x * y for x in _spread(f, low, high) for y in (logs[0][0], logs[1][1])])
        below = _spread(self.bottom, low, high)
        if below[0] <= 0 <= below[1]:
            return 0
        over = [x / y for x in _spread(self.top, low, high) for y in below]
        parts.append([x * y for x in over for y in _one_over_ln2(GAP_PRECISION)])
        for products in parts:
            least, most = least + min(products), most + max(products)
        return (least > 0) - (most < 0)


def _fraction_log(x: Fraction) -> Linear:
    value: Linear = {}
    _add(value, x.numerator, 1, "logarithm")
    _add(value, x.denominator, -1, "logarithm")
    return value


def _one_over_ln2(precision: int) -> tuple[Fraction, Fraction]:
    """Return bounds of 1/ln 2, from ln 2 = sum over k of 1/(k 2**k)."""
    one = 1 << precision + 16
    low = sum(one // (k << k) for k in range(1, precision + 16))
    return Fraction(one, low + precision + 16), Fraction(one, low)


def _check_range(data: dict[str, Any]) -> tuple[str, list[str]]:
    over = _Range(data["range"])
    law = _WeightedLaw(data["law"], "law", over)
    other = _WeightedLaw(data["other"], "other", over) if "other" in data else None
    relation, claim = _RangeReader(data["claim"], "claim", over.name).difference()
    parts: Weighted = []
    compared = False
    for key, weight in claim.items():
        if key and type(key) is tuple and key[0] == "D":
            if other is None:
                raise Rejected("other: D needs a second law")
            compared = True
            found = law.divergence(other, key[1])
        elif type(key) is frozenset:
            found = law.entropy(key)
        else:
            argument = key[1] if key else _uni([2])
            sign = _one_sign(argument, over.low, over.high, "claim")
            proper = sign > 0 and all(_at(argument, end) > 0 for end in over.closed)
            _require(proper, "claim", "log2 of what may not be positive")
            found = [(argument, law.total)]
        parts += [(g, _times(f, weight)) for g, f in found]
    _require(compared == (other is not None), "other", "needed just when D occurs")
    curve = _Curve.of(parts, over)
    _check_levels(curve, _list(data["levels"], "levels"), relation, over)
    second = ", P the law and Q the other," if compared else ""
    return f"on a family of laws{second} for all {data['range']}: {data['claim']}", []


def _check_levels(curve: _Curve, levels: list[Any], relation: str, over: _Range) -> None:
    """Check the signs of a curve and of its derivatives, the last one first."""
    if curve.vanishes("claim"):
        _require(relation in ("=", "<=", ">="), "claim", "both sides are equal")
        return _require(not levels, "levels", "not needed when both sides are equal")
    _require(relation != "=", "claim", "the two sides differ")
    _require(0 < len(levels) <= MAX_LEVELS, "levels", "expected a level, and not too many")
    curves = [curve]
    while len(curves) < len(levels):
        curves.append(curves[-1].slope())
    above: list[tuple[Fraction, Fraction, str]] = []
    for k in reversed(range(len(levels))):
        where = f"levels[{k}]"
        texts, signs = _members(levels[k], where, "cuts", "signs")
        points = [over.low, *(_rational(x, where) for x in _list(texts, where)), over.high]
        _require(all(a < b for a, b in pairwise(points)), where, "cuts must ascend in the range")
        proper = type(signs) is str and len(signs) == len(points) - 1 <= MAX_CUTS
        _require(proper and set(signs) <= set("+-?"), where, "expected a sign for each interval")
        cells = [(a, b, sign) for (a, b), sign in zip(pairwise(points), signs, strict=True)]
        for a, b, sign in cells:
            if sign != "?":
                slopes = {s for u, v, s in above if u < b and a < v}
                _check_cell(curves[k], a, b, 1 if sign == "+" else -1, slopes, where)
        above = cells
    _require({sign for _, _, sign in above} == {"+"}, "levels[0]", "the claim is not shown")
    for point in [*(a for a, _, _ in above[1:]), *over.closed]:
        sign = curve.limit(point, "claim")
        _require(_holds(relation, sign), "claim", f"it fails at {over.name} = {point}")
    return None


def _check_cell(
    curve: _Curve, a: Fraction, b: Fraction, sign: int, slopes: set[str], where: str
) -> None:
    if not curve.logs:
        found = _one_sign(curve.top, a, b, where) * _one_sign(curve.bottom, a, b, where)
    elif slopes in ({"+"}, {"-"}):  # strictly monotone: the lower end decides
        lower = a if slopes == {"+" if sign > 0 else "-"} else b
        found = sign if curve.limit(lower, where) * sign >= 0 else 0
    else:
        found = curve.between(a, b, where)
    _require(found == sign, where, f"the sign between {a} and {b} is not shown")


# ---- the file (section 2), the command line (section 9) ----

_KINDS = {
    "linear": (_check_linear, ("claim", "given", "proof")),
    "symmetric": (_check_linear, ("claim", "given", "classes", "proof")),
    "law": (_check_law, ("law", "claims")),
    "refutation": (_check_refutation, ("claim", "given", "law", "excess")),
    "gap": (_check_gap, ("law", "features", "latent", "ratio")),
    "floor": (_check_floor, ("law", "features", "matrix", "floor")),
    "all-n": (_check_all_n, ("claim", "features", "least", "given", "proof")),
    "all-n-law": (_check_all_n_law, ("claims", "features", "least", "names")),
    "range": (_check_range, ("range", "law", "claim", "levels")),
}
_OPTIONAL = {
    "gap": ("shares",),
    "linear": ("converse",),
    "symmetric": ("converse",),
    "refutation": ("symbols",),
    "all-n": ("converse", "budget"),
    "all-n-law": ("budget",),
    "range": ("other",),
}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    for name, times in Counter(name for name, _ in pairs).items():
        _require(times == 1, "JSON", f"member {ascii(name)[:60]} is repeated")
    return found


def _no_float(text: str) -> Any:
    raise Rejected(f"JSON: the float {text[:40]} is not exact")


def _integer(text: str) -> int:
    _require(len(text) <= MAX_DIGITS, "JSON", f"a number above {MAX_DIGITS} digits")
    return int(text)


def _parse(text: str) -> dict[str, Any]:
    _require(type(text) is str, "JSON", "expected text")
    if len(text) > MAX_BYTES:
        raise Unreadable(f"JSON: longer than {MAX_BYTES} bytes")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise Unreadable(f"JSON: {error}") from error
    _require(type(data) is dict, "certificate", "expected an object")
    return dict(data)


def verify(text: str) -> dict[str, Any]:
    """Check one certificate.

    Parameters
    ----------
    text : str
        The certificate, JSON text.

    Returns
    -------
    dict
        ``status`` ("verified"), ``kind``, ``claim`` and ``assumptions`` (the hypotheses).

    Raises
    ------
    Rejected
        When any condition of the format fails; ``Unreadable`` when the text is not JSON.
    """
    try:
        return _verify(_parse(text))
    except RecursionError as error:
        raise Rejected("JSON: nested too deeply") from error


def _verify(data: dict[str, Any]) -> dict[str, Any]:
    tag, kind, digest = (data.pop(name, None) for name in ("format", "kind", "digest"))
    expected = "natlat-certificate/1"
    _require(tag == expected, "format", f"expected '{expected}', got {ascii(tag)[:60]}")
    _require(type(kind) is str and kind in _KINDS, "kind", f"unknown kind {ascii(kind)[:60]}")
    check, names = _KINDS[kind]
    optional = [name for name in _OPTIONAL.get(kind, ()) if name in data]
    _members(data, "certificate", *names, *optional)
    sealed = {"format": tag, "kind": kind, **data}
    plain = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    seal = "sha256:" + hashlib.sha256(plain.encode("ascii")).hexdigest()
    _require(digest == seal, "digest", "does not match the content")
    claim, assumptions = check(data)
    return {"status": "verified", "kind": kind, "claim": claim, "assumptions": list(assumptions)}


def main(arguments: list[str]) -> int:
    """Check files; return 0 when all are verified, 1 when one is rejected, 2 when unreadable."""
    paths = [path for path in arguments if path != "--json"]
    if not paths or any(path.startswith("-") for path in paths):
        print("usage: python -m natlat_sym.check [--json] FILE...", file=sys.stderr)
        return 2
    return max(_report(path, "--json" in arguments) for path in paths)


def _report(path: str, as_json: bool) -> int:
    try:
        with open(path, "rb") as stream:
            text = stream.read(MAX_BYTES + 1).decode("utf-8")
        result = verify(text)
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        print(f"check: cannot read {path!a} as a certificate: {error}", file=sys.stderr)
        return 2
    except Rejected as error:
        result = {"status": "rejected", "reason": str(error)}
    verified = result["status"] == "verified"
    if as_json:
        print(json.dumps({"schema": "natlat/1", **result}))
    elif verified:
        print("\n  given ".join([f"verified  {result['claim']}", *result["assumptions"]]))
    else:
        print(f"rejected  {result['reason']}")
    return 0 if verified else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
