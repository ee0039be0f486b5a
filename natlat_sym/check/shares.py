"""Shares of outcomes in what every block of a partition costs (section 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import copy
from fractions import Fraction
from itertools import accumulate
from math import ceil, gcd
from typing import NamedTuple

from .laws import PRECISION, enclose_log2
from .reading import as_list, as_rational, require

MAX_SHARED_CELLS, MAX_CASES, LINES = 64, 100_000, 256
Cells = dict[tuple[str, ...], int]


def weighted_log(n: int) -> tuple[int, int]:
    """Return integers that enclose n*log2(n) * 2**PRECISION."""
    low, high = enclose_log2(n, PRECISION) if n > 1 else (0, 0)
    return n * low, n * high


def _numbered(values: Iterable[object]) -> tuple[int, ...]:
    numbers: dict[object, int] = {}
    return tuple(numbers.setdefault(value, len(numbers)) for value in values)


class _Row(NamedTuple):
    """The cheapest choice among the open outcomes of a row: the first so many of the order."""

    base: int
    order: list[int]
    least: int
    held: int
    mass: int


class _Case:
    """The blocks that hold some outcomes, leave others out, and are free on the open ones."""

    def __init__(self, rows: list[list[int]], more: list[int], left: int) -> None:
        self.open, self.base = [list(row) for row in rows], [0] * len(rows)
        self.sums, self.more = [0] * len(more), list(more)
        self.whole, self.left, self.cost, self.at = 0, left, 0, left // 2

    def twin(self) -> _Case:
        """Return a case that can be narrowed apart from this one."""
        other = copy(self)
        other.open, other.base = [list(row) for row in self.open], list(self.base)
        other.sums, other.more = list(self.sums), list(self.more)
        return other


class _Blocks:
    """Whether every block of outcomes costs at least the shares of its outcomes."""

    def __init__(self, cells: Cells, shares: list[Fraction]) -> None:
        self.weights = list(cells.values())
        self.total, self.width = sum(self.weights), len(next(iter(cells)))
        self.step = self.total // LINES + 1
        self.logs: dict[int, tuple[int, int]] = {}
        self.tops: dict[int, int] = {}
        unit = self.total << PRECISION
        pairs = zip(self.weights, shares, strict=True)
        self.own = [self.log(weight)[0] - ceil(share * unit) for weight, share in pairs]
        kinds: Counter[tuple[int, ...]] = Counter()  # how often each partition occurs
        for i in range(self.width):
            kinds[_numbered(key[i] for key in cells)] += 1
            kinds[_numbered(key[:i] + key[i + 1 :] for key in cells)] += 1
        (self.row, self.often), *others = kinds.items()
        places = range(len(self.weights))
        self.rows = [[j for j in places if self.row[j] == n] for n in range(max(self.row) + 1)]
        sizes = [max(kind) + 1 for kind, _ in others]
        starts = list(accumulate(sizes, initial=0))
        self.times = [c for (_, c), size in zip(others, sizes, strict=True) for _ in range(size)]
        numbered = list(zip([kind for kind, _ in others], starts, strict=False))
        self.classes = [[start + kind[j] for kind, start in numbered] for j in places]

    def log(self, n: int) -> tuple[int, int]:
        if n not in self.logs:
            self.logs[n] = weighted_log(n)
        return self.logs[n]

    def support(self, at: int) -> tuple[int, int]:
        """Return a, b with (width-1) * m*log2(m) >= a + b*m for 0 <= m <= total."""
        low, high = self.log(at)
        slope = self.log(at + 1)[0] - high
        slack = self.log(at + 1)[1] - low - slope
        times = self.width - 1
        return times * (low - slack * self.total - slope * at), times * slope

    def decide(self, case: _Case, j: int, held: bool) -> None:
        """Narrow a case to the blocks with or without an outcome."""
        weight, row = self.weights[j], self.row[j]
        case.open[row].remove(j)
        case.left -= weight
        for number in self.classes[j]:
            case.more[number] -= weight
            case.sums[number] += weight if held else 0
        if held:
            case.base[row] += weight
            case.whole += weight
            case.cost += self.own[j]

    def chords(self, case: _Case) -> tuple[int, dict[int, int]]:
        """Return the cost without rows and whole, and a cost of each open outcome, by chords."""
        cost, drops = case.cost, []
        for m, more, times in zip(case.sums, case.more, self.times, strict=True):
            high = self.log(m)[1]
            cost -= times * high
            drops.append(-(times * (high - self.log(m + more)[1]) // more) if more else 0)
        rest = {
            j: self.own[j] - self.weights[j] * sum(drops[number] for number in self.classes[j])
            for row in case.open
            for j in row
        }
        return cost, rest

    def top(self, m: int) -> int:
        """Return how much a count of a row takes off the cost at most."""
        if m not in self.tops:
            self.tops[m] = self.often * self.log(m)[1]
        return self.tops[m]

    def cheapest(self, base: int, order: list[int], gains: dict[int, int]) -> _Row:
        """Return the least of sum gains - often * f(base + weights), the outcomes in order."""
        weights, top = self.weights, self.top
        spent, mass = 0, base
        best = (-top(base), 0, base)
        for number, j in enumerate(order, 1):
            mass += weights[j]
            spent += gains[j]
            value = spent - top(mass)
            if value < best[0]:
                best = value, number, mass
        return _Row(base, order, *best)

    def bound(self, case: _Case) -> dict[int, bool] | None:
        """Return None when no block costs less than its shares, else what such blocks agree on."""
        cost, rest = self.chords(case)
        if not rest:
            cost -= sum(self.often * self.log(base)[1] for base in case.base)
            return None if cost + (self.width - 1) * self.log(case.whole)[0] >= 0 else {}
        for _ in range(3):
            constant, slope = self.support(case.at)
            gains = {j: gain + slope * self.weights[j] for j, gain in rest.items()}
            rows = self.cheapest_rows(case, gains)
            found = cost + constant + slope * case.whole + sum(row.least for row in rows)
            if found >= 0:
                return None
            held = case.whole + sum(row.mass - row.base for row in rows)
            used, case.at = case.at, (case.at + held) // (2 * self.step) * self.step
            if case.at == used:
                break
        return {
            j: number < row.held
            for row in rows
            for number, j in enumerate(row.order)
            if self.forced(row, number, gains, row.least - found)
        }

    def cheapest_rows(self, case: _Case, gains: dict[int, int]) -> list[_Row]:
        fine = 2 * self.total.bit_length()  # enough to tell fractions of two weights apart
        ratio = {j: (gain << fine) // self.weights[j] for j, gain in gains.items()}
        pairs = zip(case.base, case.open, strict=True)
        return [
            self.cheapest(base, sorted(row, key=ratio.__getitem__), gains) for base, row in pairs
        ]

    def forced(self, row: _Row, number: int, gains: dict[int, int], enough: int) -> bool:
        """Return whether a row costs enough with an outcome on the side that is not cheapest."""
        j = row.order[number]
        held, weight, gain = number < row.held, self.weights[j], gains[j]
        mass, spent = (row.mass - weight, -gain) if held else (row.mass + weight, gain)
        if row.least + spent + self.top(row.mass) - self.top(mass) < enough:
            return False
        others = row.order[:number] + row.order[number + 1 :]
        base, spent = (row.base, 0) if held else (row.base + weight, gain)
        return spent + self.cheapest(base, others, gains).least >= enough

    def widest(self, case: _Case) -> int:
        """Return the open outcome where the chords are loosest."""
        loose = [
            times * more * more // (2 * m + more) if more else 0
            for m, more, times in zip(case.sums, case.more, self.times, strict=True)
        ]
        gaps = {
            j: self.weights[j] * (1 + sum(loose[number] for number in self.classes[j]))
            for row in case.open
            for j in row
        }
        return max(gaps, key=lambda j: gaps[j])

    def check(self, where: str) -> None:
        """Refuse unless every block costs at least its shares."""
        more = [0] * len(self.times)
        for weight, numbers in zip(self.weights, self.classes, strict=True):
            for number in numbers:
                more[number] += weight
        stack, count = [_Case(self.rows, more, self.total)], 0
        while stack:
            case = stack.pop()
            count += 1
            require(count <= MAX_CASES, where, "not shown with so many cases")
            agreed = self.bound(case)
            if agreed is None:
                continue
            require(case.left, where, "a block costs less than its shares")
            if agreed:
                for j, held in agreed.items():
                    self.decide(case, j, held)
                stack.append(case)
                continue
            j, other = self.widest(case), case.twin()
            self.decide(case, j, False)
            self.decide(other, j, True)
            stack += [case, other]


def shared_least(cells: Cells, texts: object) -> Fraction:
    """Return a lower bound of TC(X|g) + sum_i H(g|X_-i) over all functions g of X, by shares."""
    common = gcd(*cells.values())
    ordered = {key: cells[key] // common for key in sorted(cells)}
    shares = [as_rational(t, f"shares[{i}]") for i, t in enumerate(as_list(texts, "shares"))]
    require(len(shares) == len(ordered), "shares", "expected one for each outcome")
    _Blocks(ordered, shares).check("shares")
    width, total = len(next(iter(ordered))), sum(ordered.values())
    offset = 0
    for i in range(width):
        sums: Counter[tuple[str, ...]] = Counter()
        for key, weight in ordered.items():
            sums[key[:i] + key[i + 1 :]] += weight
        offset += sum(weighted_log(n)[0] for n in sums.values())
    return sum(shares, Fraction(0)) + Fraction(offset, total << PRECISION)
