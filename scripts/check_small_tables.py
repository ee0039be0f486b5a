"""Compare `best_latent` with brute force on every small table of counts, exactly.

Usage: python scripts/check_small_tables.py [--shape 2x3 ...] [--total 12]

Tables count once up to the order of rows and of columns, and of both features where the shape is
square; a table with empty rows or columns is in the larger shape, so 2x12 holds every table with
two rows and a total up to 12.  For each table the score of every partition of its support is
summed in floats; those within a billionth of the least are compared by products of whole numbers,
which shares no code with the package.  Its score, all its ties, and those that its dynamic
programming leaves have to be the same.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import permutations

import numpy as np

from natlat_sym import Bits, Dist, best_latent
from natlat_sym.natural.best import BestLatent
from natlat_sym.natural.partitions import best_sums, block_costs

Table = tuple[tuple[int, ...], ...]  # by rows
Blocks = frozenset[int]  # masks of the cells of the support, in the order of the rows
SHAPES = ((2, 2), (2, 3), (2, 4), (3, 3))
NEAR = 1e-9  # floats are off by less than 1e-11 bits at these totals


def tables(rows: int, columns: int, total: int) -> Iterator[Table]:
    """Yield the tables of a shape and total, one of each class.

    >>> list(tables(2, 2, 2))
    [((2, 0), (0, 0)), ((1, 0), (1, 0)), ((1, 0), (0, 1))]
    """
    for held in _sorted_columns(rows, columns, total, (total,) * rows):
        if held == max(_orders(held)):
            yield tuple(zip(*held, strict=True))


def _sorted_columns(
    rows: int, columns: int, total: int, most: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], ...]]:
    if columns == 0:
        if total == 0:
            yield ()
        return
    for column in _vectors(rows, total):
        if column <= most:
            for rest in _sorted_columns(rows, columns - 1, total - sum(column), column):
                yield (column, *rest)


@cache
def _vectors(length: int, most: int) -> list[tuple[int, ...]]:
    if length == 0:
        return [()]
    firsts = range(most, -1, -1)
    return [(first, *rest) for first in firsts for rest in _vectors(length - 1, most - first)]


def _orders(held: tuple[tuple[int, ...], ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield the sorted columns for every order of the rows, and of the transposed square."""
    lines = tuple(zip(*held, strict=True))
    for either in (lines, held) if len(lines) == len(held) else (lines,):
        for order in permutations(either):
            yield tuple(sorted(zip(*order, strict=True), reverse=True))


@cache
def partitions(cells: int) -> np.ndarray:
    """Return the masks of the blocks of every partition, a row for each, filled up by zeros.

    >>> partitions(2)
    array([[3, 0],
           [1, 2]], dtype=uint16)
    """
    found, blocks = np.zeros((1, cells), dtype=np.uint16), np.zeros(1, dtype=np.int64)
    for cell in range(cells):
        copies = blocks + 1
        found = np.repeat(found, copies, axis=0)
        ends = np.cumsum(copies)
        place = np.arange(ends[-1]) - np.repeat(ends - copies, copies)
        found[np.arange(len(found)), place] |= 1 << cell
        blocks = np.maximum(np.repeat(blocks, copies), place + 1)
    return found


class BruteForce:
    """All partitions of the support of one table.

    With n(S) the count of a set of cells, N times the score 2 H(X,g) + 2 H(Y,g) - H(g) - H(X,Y)
    - H(X) - H(Y) is a sum of k * n*log2(n) over sets of cells: k = -2 for what a block has in a
    row or column, 1 for blocks, cells, rows and columns.
    """

    def __init__(self, table: Table) -> None:
        self.places = [(x, y) for x, row in enumerate(table) for y, n in enumerate(row) if n]
        self.counts = [table[x][y] for x, y in self.places]
        self.total = sum(self.counts)
        self.lines = [
            sum(1 << k for k, place in enumerate(self.places) if place[side] == value)
            for side in (0, 1)
            for value in sorted({place[side] for place in self.places})
        ]

    def count(self, cells: int) -> int:
        """Return n of a mask of cells."""
        return sum(n for k, n in enumerate(self.counts) if cells >> k & 1)

    def power(self, blocks: Sequence[int]) -> Fraction:
        """Return 2 to the power of N times the score, exactly."""
        times: Counter[int] = Counter(self.counts)
        for cells in (*blocks, *self.lines):
            times[self.count(cells)] += 1
        for block in blocks:
            for line in self.lines:
                times[self.count(block & line)] -= 2
        above = math.prod(n ** (n * k) for n, k in times.items() if n and k > 0)
        return Fraction(above, math.prod(n ** (-n * k) for n, k in times.items() if n and k < 0))

    def near(self) -> list[tuple[int, ...]]:
        """Return the partitions whose score may be the least."""
        cells = len(self.counts)
        sums = np.zeros(1, dtype=np.int64)
        for n in self.counts:
            sums = np.concatenate([sums, sums + n])
        held = np.arange(1 << cells)
        logs = np.array([n * math.log2(n) if n else 0.0 for n in range(self.total + 1)])
        cost = logs[sums] - 2 * sum(logs[sums[held & line]] for line in self.lines)
        blocks = partitions(cells)
        scores = np.zeros(len(blocks))
        for column in blocks.T:
            scores += cost[column]
        chosen = np.flatnonzero(scores <= scores.min() + NEAR * self.total)
        return [tuple(int(mask) for mask in blocks[row] if mask) for row in chosen]

    def least(self) -> tuple[Fraction, set[Blocks]]:
        """Return the least power of all partitions, and those that attain it."""
        return least_of(self, self.near())


def least_of(brute: BruteForce, chosen: Sequence[Sequence[int]]) -> tuple[Fraction, set[Blocks]]:
    """Return the least power of some partitions, and those that attain it."""
    powers = [brute.power(blocks) for blocks in chosen]
    least = min(powers)
    ties = zip(chosen, powers, strict=True)
    return least, {frozenset(blocks) for blocks, power in ties if power == least}


def power_of(score: Bits, total: int) -> Fraction | None:
    """Return 2 to the power of total times a score; None when that is irrational.

    >>> power_of(Bits("1/2*log2(3) - 1"), 4)
    Fraction(9, 16)
    """
    power = Fraction(1)
    for base, times in ((2, score.rational * total), *((a, c * total) for a, c in score.atoms)):
        if times.denominator != 1:
            return None
        power *= Fraction(base) ** times.numerator
    return power


def disagreement(table: Table, found: BestLatent) -> str:
    """Return what is wrong with the best latents of a table; empty when nothing is."""
    brute = BruteForce(table)
    least, ties = brute.least()
    if power_of(found.score, brute.total) != least:
        return f"the score is {found.score}, {brute.total} times the least is log2({least})"
    if {_blocks(brute, latent.labelling.items()) for latent in found.latents} != ties:
        return f"expected {len(ties)} partitions that attain the score, got {len(found.latents)}"
    sides = [[place[side] for place in brute.places] for side in (0, 1)]
    costs = block_costs(brute.counts, sides, sides)
    left = best_sums(costs.mediation + sum(costs.redundancy), costs.slack)
    if least_of(brute, left) != (least, ties):
        return "the dynamic programming leaves other partitions"
    return ""


def _blocks(brute: BruteForce, labelled: Iterator[tuple[tuple[object, ...], int]]) -> Blocks:
    masks: Counter[int] = Counter()
    for (x, y), label in labelled:
        masks[label] |= 1 << brute.places.index((int(str(x)), int(str(y))))
    return frozenset(masks.values())


def check_shape(
    rows: int, columns: int, total: int, report: Callable[[str], None] = lambda _: None
) -> int:
    """Return how many tables of a shape agree, of every total from 1; the first fault raises."""
    agreed = 0
    for size in range(1, total + 1):
        for table in tables(rows, columns, size):
            if fault := disagreement(table, best_latent(Dist.from_array(table, "X Y"))):
                raise ArithmeticError(f"table {table}: {fault}")
            agreed += 1
            report(f"{rows}x{columns}, total {size}: {agreed} tables agree")
    return agreed


class Progress:
    """One line on stderr, at most twice a second."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, text: str) -> None:
        if time.monotonic() > self.last + 0.5:
            self.last = time.monotonic()
            print(f"\r{text}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.last:
            print(file=sys.stderr)


def shape(text: str) -> tuple[int, int]:
    """Read a shape such as 2x3, the fewer rows first."""
    parts = text.split("x")
    if len(parts) != 2 or not all(part.isdecimal() and int(part) for part in parts):
        raise argparse.ArgumentTypeError(f"expected rows x columns such as 2x3, got {text!r}")
    rows, columns = sorted(map(int, parts))
    return rows, columns


def total(text: str) -> int:
    """Read a total."""
    if not text.isdecimal() or not 1 <= int(text) <= 12:
        raise argparse.ArgumentTypeError(f"expected a total from 1 to 12, got {text!r}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shape", type=shape, nargs="+", default=SHAPES, metavar="RxC")
    parser.add_argument("--total", type=total, default=12, help="the largest total, default 12")
    asked = parser.parse_args(arguments)
    progress = Progress()
    try:
        for rows, columns in asked.shape:
            agreed = check_shape(rows, columns, asked.total, progress)
            progress.end()
            print(f"{rows}x{columns}: all {agreed} tables of total 1 to {asked.total} agree")
    except ArithmeticError as error:
        progress.end()
        print(f"check_small_tables: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        progress.end()
        print("check_small_tables: stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
