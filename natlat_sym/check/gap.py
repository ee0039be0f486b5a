"""Kind "gap" (section 12): functions of the features against a stochastic latent."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import gcd
from typing import Any

from .laws import PRECISION, Law, bounds_of, enclose_log2
from .reading import Linear, add_term, as_list, as_rational, require

MAX_BLOCK_CELLS, MAX_SHARED_CELLS, MAX_NODES = 10, 64, 100_000


def _weighted_log(n: int) -> tuple[int, int]:
    """Return integers that enclose n*log2(n) * 2**PRECISION."""
    low, high = enclose_log2(n, PRECISION) if n > 1 else (0, 0)
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
    return Fraction(least[whole] + offset, sum(weights) << PRECISION)


class _Shares:
    """Whether every block of outcomes costs at least the shares of its outcomes (section 12)."""

    def __init__(self, cells: dict[tuple[str, ...], int], shares: list[Fraction]) -> None:
        pairs = sorted(zip(cells, cells.values(), shares, strict=True), key=lambda p: -p[1])
        self.weights = [weight for _, weight, _ in pairs]
        self.total, self.width = sum(self.weights), len(pairs[0][0])
        unit = self.total << PRECISION
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
            require(nodes <= MAX_NODES, where, "not shown with so many cases")
            if self.least(k, sums, whole, cost) >= 0:
                continue
            require(k < len(self.own), where, "a block costs less than its shares")
            stack.append((k + 1, sums, whole, cost))
            more = list(sums)
            for number in self.classes[k]:
                more[number] += self.weights[k]
            stack.append((k + 1, more, whole + self.weights[k], cost + self.own[k]))


def shared_least(cells: dict[tuple[str, ...], int], texts: object) -> Fraction:
    """Return a lower bound of TC(X|g) + sum_i H(g|X_-i) over all functions g of X, by shares."""
    common = gcd(*cells.values())
    ordered = {key: cells[key] // common for key in sorted(cells)}
    shares = [as_rational(t, f"shares[{i}]") for i, t in enumerate(as_list(texts, "shares"))]
    require(len(shares) == len(ordered), "shares", "expected one for each outcome")
    _Shares(ordered, shares).check("shares")
    width, total = len(next(iter(ordered))), sum(ordered.values())
    offset = 0
    for i in range(width):
        sums: Counter[tuple[str, ...]] = Counter()
        for key, weight in ordered.items():
            sums[key[:i] + key[i + 1 :]] += weight
        offset += sum(_weighted_log(n)[0] for n in sums.values())
    return sum(shares, Fraction(0)) + Fraction(offset, total << PRECISION)


def check_gap(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that functions of the features cost more than a latent, by a factor."""
    law, ratio = Law(data["law"]), as_rational(data["ratio"], "ratio")
    require(ratio > 0, "ratio", "must be above 0")
    features, latent = as_list(data["features"], "features"), data["latent"]
    proper = 2 <= len(features) <= 8 and all(type(n) is str for n in [*features, latent])
    require(proper, "features", "expected two to eight features, and a latent")
    require(
        sorted([*features, latent]) == sorted(law.names), "features", "expected those of the law"
    )
    places = [law.names.index(name) for name in features]
    cells: Counter[tuple[str, ...]] = Counter()
    for outcome, weight in zip(law.outcomes, law.counts, strict=True):
        cells[tuple(outcome[place] for place in places)] += weight
    most = MAX_SHARED_CELLS if "shares" in data else MAX_BLOCK_CELLS
    require(len(cells) <= most, "law", f"more than {most} outcomes")
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
            add_term(score, frozenset(group), sign, "latent")
    add_term(score, frozenset({*everything, latent}), -1, "latent")
    add_term(score, frozenset({latent}), 1 - len(features), "latent")
    high = bounds_of(law.evaluate(score, {}, "latent"))[1]
    least = shared_least(cells, data["shares"]) if "shares" in data else _least_function(cells)
    require(least >= ratio * high, "ratio", "not shown by these bounds")
    shown = ",".join(features)
    more = f"has a summed error of at least {data['ratio']} times that of {latent}"
    return f"on some law every function of {shown} {more}", []
