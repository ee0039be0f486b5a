"""Kind "range" (section 13): a law with one parameter, the whole range at once."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .curves import Curve, Weighted
from .laws import holds, read_rows, read_variables
from .reading import (
    Group,
    Reader,
    Rejected,
    as_list,
    as_members,
    as_rational,
    require,
)
from .univariate import (
    MAX_POWER,
    Uni,
    add,
    multiply,
    one_sign,
    uni,
    value_at,
)

MAX_LEVELS, MAX_CUTS, MAX_END, MAX_OUTCOMES = 16, 400, 64, 20_000
Cell = tuple[Fraction, Fraction, str]  # an interval and a sign that is shown on it, or "?"
_RANGE = re.compile(r"(\S+) (<=?) ([a-z][A-Za-z0-9_']*) (<=?) (\S+)")


def _point(text: object, where: str) -> Fraction:
    value = as_rational(text, where)
    short = max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_END
    require(short, where, f"a point with more than {MAX_END} bits")
    return value


class Range:
    """The parameter, its ends, and which of them belong to the range."""

    def __init__(self, text: object) -> None:
        match = _RANGE.fullmatch(text) if type(text) is str else None
        if not match:
            raise Rejected("range: expected a range such as '0 < e < 1/2'")
        self.low, self.high = (_point(match[i], "range") for i in (1, 5))
        require(self.low < self.high, "range", "expected a range with room inside")
        self.name, self.middle = match[3], (self.low + self.high) / 2
        signs = ((self.low, match[2]), (self.high, match[4]))
        self.closed = [end for end, sign in signs if sign == "<="]
        require(self.name != "log2", "range", "expected the name of a parameter")


class RangeReader(Reader):
    """Recursive descent over forms whose coefficients are polynomials in the parameter."""

    def __init__(self, text: object, where: str, name: str, work: int = 0) -> None:
        self.name = name
        super().__init__(text, where, work=work)

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
            left[key] = add(left.get(key, ()), multiply(uni([-1]), value))
        return relation, left

    def sum(self, logs: bool = True) -> dict[Any, Uni]:
        """Return coefficients by joint entropy, ("D", group), ("log2", polynomial) and ()."""
        total: dict[Any, Uni] = {}
        sign = -1 if self.skip("-") else 1
        while sign:
            weight, key = self.product(sign, logs), ()
            parts = self.measure() if logs and self.kind == 1 else [(key, 1)]
            for key, times in parts:
                total[key] = add(total.get(key, ()), multiply(uni([times]), weight))
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return total

    def product(self, sign: int, logs: bool) -> Uni:
        """Read factors up to a measure, which may stand at the end."""
        weight, count = uni([sign]), 0
        while True:
            if self.kind == 2:
                factor = uni([self.number()])
            elif self.kind == 1 and self.token == self.name:
                self.advance()
                factor = uni([0, 1])
            elif self.skip("("):
                factor = self.sum(logs=False).get((), ())
                self.expect(")")
            elif logs and self.kind == 1:
                return weight
            else:
                raise self.fail("a number, the parameter or a bracket")
            times = self.number() if self.skip("^") else Fraction(1)
            require(times in range(1, MAX_POWER), self.where, "an improper exponent")
            for _ in range(int(times)):
                weight = self.scaled(weight, factor)
            while self.skip("/"):
                below = self.number()
                require(below, self.where, "a denominator is zero")
                weight = self.scaled(weight, uni([1 / below]))
            count += 1
            require(count <= MAX_POWER, self.where, "too many factors")
            if not self.skip("*") and (self.kind != 1 or self.token == self.name):
                return weight

    def scaled(self, weight: Uni, factor: Uni) -> Uni:
        self.spend(1 + len(weight) * len(factor))
        return multiply(weight, factor)

    def measure(self) -> list[tuple[Any, int]]:
        head = self.token
        if head not in ("log2", "D"):
            found = list(self.atom())
            require(all(type(key) is frozenset for key, _ in found), self.where, "a symbol")
            self.spend(len(found))
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

    def __init__(self, value: object, where: str, over: Range) -> None:
        names, weights = as_members(value, where, "variables", "weights")
        self.names, self.where, self.over = read_variables(names, f"{where}.variables"), where, over
        self.cells: list[tuple[list[str], Uni]] = []
        self.work = work = 0
        for spot, outcome, text in read_rows(weights, f"{where}.weights", len(self.names)):
            reader = RangeReader(text, spot, over.name, work)
            weight, work = reader.polynomial(), reader.work
            sign = one_sign(weight, over.low, over.high, spot)
            require(sign > 0, spot, "a weight must be above 0 inside the range")
            self.cells.append((outcome, weight))
        self.total: Uni = ()
        for _, weight in self.cells:
            self.total = add(self.total, weight)
        proper = all(value_at(self.total, end) for end in over.closed)
        require(self.total and proper, where, "no weight at an end of the range")

    def marginal(self, group: Group) -> dict[tuple[str, ...], Uni]:
        for name in sorted(group):
            require(name in self.names, self.where, f"the law has no variable {name}")
        self.work += len(self.cells)
        require(self.work <= MAX_OUTCOMES, self.where, "too many entropies of too large a law")
        places = [place for place, name in enumerate(self.names) if name in group]
        found: dict[tuple[str, ...], Uni] = {}
        for outcome, weight in self.cells:
            key = tuple(outcome[place] for place in places)
            found[key] = add(found.get(key, ()), weight)
        return found

    def entropy(self, group: Group) -> Weighted:
        """Return the total times the entropy."""
        minus = uni([-1])
        parts = [(weight, multiply(minus, weight)) for weight in self.marginal(group).values()]
        return [(self.total, self.total), *parts]

    def divergence(self, other: _WeightedLaw, group: Group) -> Weighted:
        """Return the total times the divergence from another law."""
        minus, theirs = uni([-1]), other.marginal(group)
        found = [(other.total, self.total), (self.total, multiply(minus, self.total))]
        for outcome, weight in self.marginal(group).items():
            proper = outcome in theirs
            require(proper, other.where, "the divergence is infinite")
            for end in self.over.closed:
                proper = value_at(theirs[outcome], end) > 0 or not value_at(weight, end)
                require(proper, other.where, "the divergence is infinite at an end")
            found += [(weight, weight), (theirs[outcome], multiply(minus, weight))]
        return found


def check_range(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check a claim about a law with one parameter, on its whole range."""
    over = Range(data["range"])
    law = _WeightedLaw(data["law"], "law", over)
    other = _WeightedLaw(data["other"], "other", over) if "other" in data else None
    relation, claim = RangeReader(data["claim"], "claim", over.name).difference()
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
            argument = key[1] if key else uni([2])
            sign = one_sign(argument, over.low, over.high, "claim")
            proper = sign > 0 and all(value_at(argument, end) > 0 for end in over.closed)
            require(proper, "claim", "log2 of what may not be positive")
            found = [(argument, law.total)]
        parts += [(g, multiply(f, weight)) for g, f in found]
    require(compared == (other is not None), "other", "needed just when D occurs")
    curve = Curve.of(parts, over.middle)
    _check_levels(curve, as_list(data["levels"], "levels"), relation, over)
    second = ", P the law and Q the other," if compared else ""
    return f"on a family of laws{second} for all {data['range']}: {data['claim']}", []


def _check_levels(curve: Curve, levels: list[Any], relation: str, over: Range) -> None:
    """Check the signs of a curve and of its derivatives, the last one first."""
    if curve.vanishes("claim"):
        require(relation in ("=", "<=", ">="), "claim", "both sides are equal")
        return require(not levels, "levels", "not needed when both sides are equal")
    require(relation != "=", "claim", "the two sides differ")
    require(0 < len(levels) <= MAX_LEVELS, "levels", "expected a level, and not too many")
    rows = [_cells(level, f"levels[{k}]", over) for k, level in enumerate(levels)]
    share = sum(map(len, rows))
    require(share <= MAX_CUTS, "levels", f"more than {MAX_CUTS} intervals")
    curves = [curve]
    while len(curves) < len(levels):
        curves.append(curves[-1].slope())
    above: list[Cell] = []
    for k in reversed(range(len(levels))):
        for cell in rows[k]:
            slopes = {s for a, b, s in above if a < cell[1] and cell[0] < b}
            _check_cell(curves[k], cell, slopes, f"levels[{k}]", share)
        above = rows[k]
    require({sign for _, _, sign in above} == {"+"}, "levels[0]", "the claim is not shown")
    for point in [*(a for a, _, _ in above[1:]), *over.closed]:
        sign = curve.limit(point, "claim", share)
        require(holds(relation, sign), "claim", f"it fails at {over.name} = {point}")
    return None


def _cells(level: object, where: str, over: Range) -> list[Cell]:
    """Return the intervals between the cuts, each with its sign."""
    texts, signs = as_members(level, where, "cuts", "signs")
    points = [over.low, *(_point(x, where) for x in as_list(texts, where)), over.high]
    require(all(a < b for a, b in pairwise(points)), where, "cuts must ascend in the range")
    proper = type(signs) is str and len(signs) == len(points) - 1 and set(signs) <= set("+-?")
    require(proper, where, "expected a sign for each interval")
    return [(a, b, sign) for (a, b), sign in zip(pairwise(points), signs, strict=True)]


def _check_cell(curve: Curve, cell: Cell, slopes: set[str], where: str, share: int) -> None:
    low, high, sign = cell
    if sign == "?":
        return
    wanted = 1 if sign == "+" else -1
    if not curve.logs:
        found = one_sign(curve.top, low, high, where) * one_sign(curve.bottom, low, high, where)
    elif slopes in ({"+"}, {"-"}):  # strictly monotone: the lower end decides
        lower = low if slopes == {sign} else high
        found = wanted if curve.limit(lower, where, share) * wanted >= 0 else 0
    else:
        found = curve.between(low, high, where)
    require(found == wanted, where, f"the sign between {low} and {high} is not shown")
