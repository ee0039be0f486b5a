"""Kind "gap" (section 12): functions of the features against a stochastic latent."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from .laws import PRECISION, Law, bounds_of, weighted_log
from .least import MAX_SHARED_CELLS, shared_least
from .reading import Linear, add_term, as_list, as_rational, require

MAX_BLOCK_CELLS = 10


def _least_function(cells: dict[tuple[str, ...], int]) -> Fraction:
    """Return a lower bound of TC(X|g) + sum_i H(g|X_-i) over all functions g of X."""
    keys, weights = list(cells), list(cells.values())
    count, width = len(keys), len(keys[0])
    logs: dict[int, tuple[int, int]] = {}

    def log(n: int, end: int) -> int:
        if n not in logs:
            logs[n] = weighted_log(n)
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
