"""Kinds "law" and "refutation" (sections 5-7): laws with rational masses, signs of logarithms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from math import gcd, lcm
from typing import Any

from .reading import (
    MAX_BASE,
    MAX_BITS,
    MAX_CELLS,
    MAX_ENCLOSURE,
    MAX_PRECISION,
    NAME,
    WEAK,
    Group,
    Linear,
    Reader,
    add_term,
    as_list,
    as_members,
    as_rational,
    as_texts,
    read_given,
    read_statement,
    require,
)


def read_variables(value: object, where: str) -> list[str]:
    """Return the names of the variables."""
    names = as_list(value, where)
    proper = all(type(name) is str and re.fullmatch(NAME, name) for name in names)
    require(proper, where, "expected names of variables")
    require(len(set(names)) == len(names), where, "a name is repeated")
    return names


PRECISION = 128  # bits of the enclosures, where the sign of a sum is not asked for


def read_rows(value: object, where: str, width: int) -> Iterator[tuple[str, list[str], object]]:
    """Yield the place, the outcome and what stands beside it; outcomes ascend."""
    previous: list[str] | None = None
    for number, entry in enumerate(as_list(value, where)):
        spot = f"{where}[{number}]"
        pair = as_list(entry, spot)
        require(len(pair) == 2, spot, "expected [outcome, mass]")
        outcome = as_list(pair[0], spot)
        proper = len(outcome) == width and all(type(x) is str for x in outcome)
        require(proper, spot, "expected one label per variable, each a string")
        require(previous is None or previous < outcome, spot, "the outcomes must ascend")
        previous = outcome
        yield spot, outcome, pair[1]


class Law:
    """An exact law: integer counts over one total."""

    def __init__(self, value: object) -> None:
        tag, names, mass = as_members(value, "law", "format", "variables", "mass")
        require(tag == "natlat-law/1", "law.format", "expected 'natlat-law/1'")
        self.names = read_variables(names, "law.variables")
        masses: list[Fraction] = []
        self.outcomes: list[list[str]] = []
        self.total = 1
        for where, outcome, text in read_rows(mass, "law.mass", len(self.names)):
            masses.append(as_rational(text, where))
            require(masses[-1] > 0, where, "a mass must be above 0")
            self.outcomes.append(outcome)
            self.total = lcm(self.total, masses[-1].denominator)
            require(self.total.bit_length() <= MAX_BITS, where, "denominators grow too large")
        self.counts = [int(mass * self.total) for mass in masses]
        require(sum(self.counts) == self.total, "law.mass", "the masses do not sum to 1")
        self.cache: dict[Group, Linear] = {}
        self.cells, self.dear = 0, 1 + self.total.bit_length() // 128

    def spend(self, cells: int, where: str) -> None:
        self.cells += cells * self.dear
        require(self.cells <= MAX_CELLS, where, "too many entropies of too large a law")

    def entropy(self, group: Group, where: str) -> Linear:
        if group not in self.cache:
            for name in sorted(group):
                require(name in self.names, where, f"the law has no variable {name}")
            places = [place for place, name in enumerate(self.names) if name in group]
            self.spend(len(self.outcomes) * (1 + len(places)) + len(self.names), where)
            marginal: Counter[tuple[str, ...]] = Counter()
            for outcome, count in zip(self.outcomes, self.counts, strict=True):
                marginal[tuple(outcome[place] for place in places)] += count
            counts = [(n, len(list(same))) for n, same in groupby(sorted(marginal.values()))]
            self.spend(len(counts) ** 2 // 1024, where)
            value: Linear = {}
            add_term(value, self.total, 1, where)
            for n, times in counts:
                add_term(value, n, Fraction(-n * times, self.total), where)
            self.cache[group] = value
        return self.cache[group]

    def evaluate(self, form: Linear, symbols: dict[str, Linear], where: str) -> Linear:
        value: Linear = {}
        for key, weight in form.items():
            if type(key) is int:
                part = {key: Fraction(1)}
            elif type(key) is str:
                require(key in symbols, where, f"the symbol {key} has no value here")
                part = symbols[key]
            else:
                part = self.entropy(key, where)
            self.spend(len(part), where)
            for argument, coefficient in part.items():
                add_term(value, argument, weight * coefficient, where)
        return value


def sign_of(value: Linear, where: str, share: int = 1) -> int:
    """Return the sign of a sum of c*log2(a), exactly (section 5), with a share of the work."""
    terms, _ = _whole(value)
    if len(terms) * 64**2 * share <= MAX_ENCLOSURE and (sign := _enclosed(terms, 64)):
        return sign
    terms = _coprime_terms(terms, where, share)
    precision = 64
    while terms and precision <= MAX_PRECISION:
        affordable = len(terms) * precision**2 * share <= MAX_ENCLOSURE
        require(affordable, where, "the sign is too hard to decide")
        if sign := _enclosed(terms, precision):
            return sign
        precision *= 2
    require(not terms, where, "the sign is too hard to decide")
    return 0


def _whole(value: Linear) -> tuple[list[tuple[int, int]], int]:
    """Return the terms of a sum of c*log2(a) with whole coefficients, and their denominator."""
    scale = lcm(*(c.denominator for c in value.values()))
    return [(a, int(c * scale)) for a, c in value.items()], scale


def _sums(terms: list[tuple[int, int]], precision: int) -> tuple[int, int]:
    """Return integers that enclose 2**precision times a sum of c*log2(a)."""
    lower = upper = 0
    for a, c in terms:
        low, high = enclose_log2(a, precision)
        lower += c * (low if c > 0 else high)
        upper += c * (high if c > 0 else low)
    return lower, upper


def _enclosed(terms: list[tuple[int, int]], precision: int) -> int:
    """Return the sign of a sum of c*log2(a) when this precision shows it, else 0."""
    lower, upper = _sums(terms, precision)
    return (lower > 0) - (upper < 0)


def _coprime_terms(terms: list[tuple[int, int]], where: str, share: int) -> list[tuple[int, int]]:
    """Rewrite a sum of c*log2(a) over a pairwise coprime base."""
    size = len(terms) * sum(a.bit_length() for a, _ in terms) * share
    require(size <= MAX_BASE, where, "too many or too large logarithms")
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
        require(a == 1, where, "the sign is too hard to decide")
    return [(a, c) for a, c in powers.items() if c]


def enclose_log2(a: int, precision: int) -> tuple[int, int]:
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


def weighted_log(n: int, precision: int = PRECISION) -> tuple[int, int]:
    """Return integers that enclose n*log2(n) * 2**precision."""
    low, high = enclose_log2(n, precision) if n > 1 else (0, 0)
    return n * low, n * high


def bounds_of(value: Linear, precision: int = PRECISION) -> tuple[Fraction, Fraction]:
    """Return bounds of a sum of c*log2(a)."""
    terms, scale = _whole(value)
    lower, upper = _sums(terms, precision)
    return Fraction(lower, scale << precision), Fraction(upper, scale << precision)


def check_law(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that a law satisfies all claims."""
    law, texts = Law(data["law"]), as_texts(data["claims"], "claims")
    require(texts, "claims", "expected some statements")
    work = 0
    for number, text in enumerate(texts):
        where = f"claims[{number}]"
        reader = Reader(text, where, True, work)
        relation, difference = reader.statement()
        work = reader.work
        sign = sign_of(law.evaluate(difference, {}, where), where, len(texts))
        require(holds(relation, sign), where, "the statement does not hold on the law")
    return f"some law has {' and '.join(texts)}", []


def holds(relation: str, sign: int) -> bool:
    """Return whether a difference of this sign satisfies a relation."""
    return sign == 0 if relation == "=" else sign > 0 or (sign == 0 and len(relation) == 2)


def check_refutation(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that a law satisfies the hypotheses and violates the claim by the excess."""
    law, given = Law(data["law"]), read_given(data["given"], True)
    relation, claim = read_statement(Reader(data["claim"], "claim", True), WEAK)
    present = {key for form in (claim, *(g[1] for g in given)) for key in form if type(key) is str}
    require(bool(present) == ("symbols" in data), "symbols", "needed just when symbols occur")
    texts = data.get("symbols", {})
    as_members(texts, "symbols", *sorted(present))
    symbols = {a: Reader(texts[a], f"symbols.{a}", True).exact() for a in sorted(present)}
    for name, value in symbols.items():
        sign = sign_of(value, f"symbols.{name}", len(symbols))
        require(sign >= 0, f"symbols.{name}", "must not be below 0")
    for index, (kind, form) in enumerate(given):
        where = f"given[{index}]"
        sign = sign_of(law.evaluate(form, symbols, where), where, len(given))
        require(holds(kind, sign), where, "the hypothesis does not hold on the law")
    excess = Reader(data["excess"], "excess", True).exact()
    require(sign_of(excess, "excess") > 0, "excess", "must be above 0")
    value = law.evaluate(claim, symbols, "claim")
    flip = -1 if relation == "=" and sign_of(value, "claim") > 0 else 1
    for key, coefficient in excess.items():
        add_term(value, key, flip * coefficient, "excess")
    require(sign_of(value, "excess") == 0, "excess", "the claim does not fail by this amount")
    having = f" with {' and '.join(data['given'])}" if given else ""
    return f"not every law{having} has {data['claim']}", []
