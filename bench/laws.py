"""Time exact entropies of joint tables against float64 numpy and against dit, in one run.

On a joint table of k two-letter variables: the entropy of all, every pairwise mutual information,
the total correlation, and the total correlation given the last variable.

    python bench/laws.py            2**7 to 2**20 outcomes, a few minutes (nearly all of it dit)
    python bench/laws.py --quick    up to 2**13 outcomes, some seconds

Columns, times in milliseconds, best of several runs, laws made outside the timed part:

build   the law from an array of counts
closed  each answer a sum of entropies, each of these a sum of k*log2(n)
exact   each answer merged into its normal form over primes, where equality is decided
numpy   float64: shared marginals, one logarithm call for all the small ones
off     the largest difference between the float64 answers and the exact ones, in bits
memory  the peak of what is allocated for "closed", and for "exact", in int64 tables
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from natlat_sym.exact.bits import Bits
from natlat_sym.laws.dist import Dist

SIZES = (7, 10, 13, 17, 20)
QUICK = (7, 10, 13)
DIT_BUDGET = 60.0
Array = np.ndarray[Any, Any]


def random_counts(k: int, largest: int) -> Array:
    """Return 2**k integer counts from 1 to `largest`."""
    return np.random.default_rng(k).integers(1, largest + 1, size=2**k)


def noisy_readings(k: int) -> Array:
    """Return the weights of k - 1 readings of a fair bit, each wrong one time in ten."""
    codes = np.arange(2 ** (k - 1))
    wrong = np.zeros(codes.size, dtype=np.int64)
    for place in range(k - 1):
        wrong += codes >> place & 1
    right = 9 ** (k - 1 - wrong)
    return np.stack([right, right[::-1]], axis=1).reshape(-1)


def make(counts: Array, k: int) -> Dist:
    """Return the exact law of a table of counts."""
    return Dist.from_array(counts.reshape((2,) * k), [f"X{i}" for i in range(k)])


def ours(p: Dist) -> list[Bits]:
    """Return H(all), TC, TC given the last variable, and every pairwise I, exactly."""
    names, last = p.names, p.names[-1]
    pairs = [frozenset(pair) for pair in combinations(names, 2)]
    h = p.entropies([frozenset(names), *(frozenset([name]) for name in names), *pairs])
    one = {name: h[frozenset([name])] for name in names}
    joint = h[frozenset(names)]
    total = Bits.combine([*((1, one[name]) for name in names), (-1, joint)])
    with_last = [(1, h[frozenset([name, last])]) for name in names[:-1]]
    given = Bits.combine([*with_last, (2 - len(names), one[last]), (-1, joint)])
    shared = [
        Bits.combine([(1, one[a]), (1, one[b]), (-1, h[frozenset([a, b])])])
        for a, b in combinations(names, 2)
    ]
    return [joint, total, given, *shared]


def ours_exact(p: Dist) -> list[Bits]:
    """Return the same, each in normal form: integer coefficients of primes."""
    values = ours(p)
    for value in values:
        value._settle()
    return values


def plain_numpy(p: Array, k: int) -> list[float]:
    """Return the same from float64 masses: progressive marginals, few logarithm calls."""
    pairs = list(combinations(range(k), 2))
    found: dict[tuple[int, int], Array] = {}
    _progressive(p, tuple(range(k)), set(pairs), found)
    table = np.stack([found[pair] for pair in pairs])
    first = np.stack([np.add.reduceat(row, [0, 2]) for row in table[: k - 1]])
    ones = np.concatenate([first[:1], table[: k - 1].reshape(-1, 2, 2).sum(axis=1)])
    h_one, h_two = _entropy_rows(ones), _entropy_rows(table)
    work = np.log2(p, out=np.zeros_like(p), where=p > 0)
    joint = -float(np.dot(work, p))
    left, right = np.array(pairs).T
    shared = h_one[left] + h_one[right] - h_two
    with_last = h_two[right == k - 1].sum()
    total = float(h_one.sum()) - joint
    given = float(with_last - (k - 2) * h_one[-1]) - joint
    return [joint, total, given, *shared.tolist()]


def _entropy_rows(rows: Array) -> Array:
    logs = np.log2(rows, out=np.zeros_like(rows), where=rows > 0)
    return -(rows * logs).sum(axis=1)


def _progressive(
    p: Array,
    axes: tuple[int, ...],
    pairs: set[tuple[int, int]],
    found: dict[tuple[int, int], Array],
) -> None:
    """Find every pair's table: the pairs inside two thirds of the axes from their marginal."""
    if len(axes) > 5:
        third = len(axes) // 3
        for block in (axes[2 * third :], axes[third : 2 * third], axes[:third]):
            inside = {pair for pair in pairs if not set(pair) & set(block)}
            pairs = pairs - inside
            if inside:
                first = axes.index(block[0])
                view = p.reshape(2**first, 2 ** len(block), -1)
                rest = tuple(axis for axis in axes if axis not in block)
                _progressive(view.sum(axis=1).reshape(-1), rest, inside, found)
    box = p.reshape((2,) * len(axes))
    for pair in pairs:
        dropped = tuple(place for place, axis in enumerate(axes) if axis not in pair)
        found[pair] = box.sum(axis=dropped).reshape(-1)


def with_dit(dit: Any, d: Any, k: int) -> list[float]:
    """Return the same with dit."""
    names = [[i] for i in range(k)]
    joint = dit.shannon.entropy(d)
    total = dit.multivariate.total_correlation(d, names)
    given = dit.multivariate.total_correlation(d, names[:-1], names[-1])
    shared = [dit.shannon.mutual_information(d, [a], [b]) for a, b in combinations(range(k), 2)]
    return [float(value) for value in (joint, total, given, *shared)]


def dit_law(dit: Any, counts: Array, k: int) -> Any:
    """Return the law as dit has it."""
    outcomes = [tuple(code >> place & 1 for place in reversed(range(k))) for code in range(2**k)]
    return dit.Distribution(outcomes, (counts / float(counts.astype(float).sum())).tolist())


def best(act: Callable[[], Any], least: float = 0.5, most: int = 25) -> tuple[float, Any]:
    """Return the least time of several runs in seconds, and the last answer."""
    times: list[float] = []
    while not times or (sum(times) < least and len(times) < most):
        start = time.perf_counter()
        answer = act()
        times.append(time.perf_counter() - start)
    return min(times), answer


def best_of_fresh(counts: Array, k: int, act: Callable[[Dist], Any]) -> tuple[float, Any]:
    """As :func:`best`, on a new law each time: a law remembers its entropies."""
    times: list[float] = []
    while len(times) < 3 or (sum(times) < 0.5 and len(times) < 25):
        p = make(counts, k)
        start = time.perf_counter()
        answer = act(p)
        times.append(time.perf_counter() - start)
    return min(times), answer


def peak_memory(counts: Array, k: int, act: Callable[[Dist], Any]) -> str:
    """Return the peak allocated by the computation, in int64 tables."""
    p = make(counts, k)
    tracemalloc.start()
    answer = act(p)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del answer
    return f"{peak / (8 * counts.size):.1f}"


def row(counts: Array, k: int, dit: Any, budget: float) -> tuple[str, float]:
    """Return one line of the table, and the time dit took."""
    start = time.perf_counter()
    make(counts, k)
    build = time.perf_counter() - start
    closed, _ = best_of_fresh(counts, k, ours)
    exact, _ = best_of_fresh(counts, k, ours_exact)
    masses = counts.astype(np.float64) / float(counts.astype(np.float64).sum())
    floating, answers = best(lambda: plain_numpy(masses, k))
    off = max(
        abs(float(mine) - other) for mine, other in zip(ours(make(counts, k)), answers, strict=True)
    )
    if off > 1e-6:
        raise SystemExit(f"expected the same answers up to rounding, they differ by {off}")
    memory = peak_memory(counts, k, ours), peak_memory(counts, k, ours_exact)
    cells = [f"2^{k}", _ms(build), _ms(closed), _ms(exact), _ms(floating)]
    cells += [f"{closed / floating:.1f}", f"{exact / floating:.1f}", f"{off:.0e}"]
    taken = 0.0
    if dit is None or budget <= 0:
        cells += ["-", "-"]
    else:
        d = dit_law(dit, counts, k)
        taken, _ = best(lambda: with_dit(dit, d, k), least=0.3)
        cells += [_ms(taken), f"{taken / exact:.0f}"]
    return "".join(
        cell.rjust(width) for cell, width in zip([*cells, " / ".join(memory)], WIDTHS, strict=True)
    ), taken


WIDTHS = (5, 9, 9, 9, 9, 14, 13, 8, 9, 11, 16)
HEAD = (
    "cells", "build", "closed", "exact", "numpy", "closed/numpy", "exact/numpy", "off",
    "dit", "dit/exact", "memory",
)  # fmt: skip


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.{2 if seconds < 0.1 else 0}f}"


def series(title: str, draw: Callable[[int], Array], sizes: tuple[int, ...], dit: Any) -> None:
    """Print one table."""
    print(f"\n{title}\n" + "".join(name.rjust(w) for name, w in zip(HEAD, WIDTHS, strict=True)))
    before = 0.0, sizes[0]
    for k in sizes:
        expected = before[0] * 2.0 ** (k - before[1])
        line, taken = row(draw(k), k, dit, DIT_BUDGET - expected)
        before = (taken, k) if taken else before
        print(line, flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="up to 2^13 outcomes")
    parser.add_argument("--no-dit", action="store_true", help="leave dit out")
    options = parser.parse_args()
    dit = None
    if not options.no_dit:
        try:
            import dit
        except ImportError:
            print("dit is not installed: its columns are left out")
    print(f"numpy {np.__version__}, python {sys.version.split()[0]}; times in ms")
    sizes = QUICK if options.quick else SIZES
    series("Counts from 1 to 999", lambda k: random_counts(k, 999), sizes, dit)
    series(
        "Counts from 1 to 1000000, nearly all different",
        lambda k: random_counts(k, 10**6),
        sizes,
        dit,
    )
    series(
        "A fair bit read k-1 times, each wrong one time in ten; the total passes 2^63 at 2^20",
        noisy_readings,
        sizes,
        None,
    )


if __name__ == "__main__":
    main()
