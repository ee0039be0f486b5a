"""Time the decision whether one channel is a garbling of another, against dit's linear program.

    python bench/garblings.py       n x n channels up to 24 x 24, some seconds

Columns, times in milliseconds, best of several runs:

law     natlat_sym on a law of the input and both outputs
rows    natlat_sym on the two channels alone, as dit has them
dit     floats, tolerance 1e-8; "wrong" where its answer is not the exact one
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from random import Random

import numpy as np

from natlat_sym import Dist, garbling
from natlat_sym.natural.blackwell import Question

Rows = list[list[Fraction]]
SIZES = (2, 4, 8, 12, 16, 24)


def channel(size: int, dice: Random) -> Rows:
    """Return a random channel that is mostly right, with small rationals."""
    weights = [[dice.randint(1, 99) + 999 * (i == j) for j in range(size)] for i in range(size)]
    return [[Fraction(w, sum(row)) for w in row] for row in weights]


def times(first: Rows, second: Rows) -> Rows:
    """Return the product of two matrices."""
    columns = list(zip(*second, strict=True))
    return [
        [sum(map(Fraction.__mul__, row, column), Fraction(0)) for column in columns]
        for row in first
    ]


def bent(size: int, off: Fraction) -> Rows:
    """Return the identity, off by a little in its first row: no channel."""
    rows = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    rows[0][0], rows[0][1] = 1 + off, -off
    return rows


def law_of(first: Rows, second: Rows) -> Dist:
    """Return the law of a uniform input and the outputs of both channels."""
    inputs = [str(k) for k in range(len(first))]
    law = Dist.uniform("S", inputs)
    for name, rows in (("M", first), ("L", second)):
        table = {
            s: {str(j): p for j, p in enumerate(row)} for s, row in zip(inputs, rows, strict=True)
        }
        law = law.extend(name, "S", table)
    return law


def milliseconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the best time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return 1000 * best


def as_rows(rows: Rows) -> dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]:
    """Return a channel in the shape the decision works on."""
    return {(str(i),): {(str(j),): p for j, p in enumerate(row) if p} for i, row in enumerate(rows)}


def main() -> None:
    """Print the table."""
    try:
        from dit.channelorder.orderings import is_output_degraded
    except ImportError:
        is_output_degraded = None
    dice = Random(1)
    print(f"{'n':>3}  {'case':9}  {'law':>8}  {'rows':>8}  {'dit':>8}")
    for size in SIZES:
        first = channel(size, dice)
        cases = (("garbled", channel(size, dice)), ("near miss", bent(size, Fraction(1, 10**9))))
        for name, last in cases:
            second = times(first, last)
            law = law_of(first, second)
            expected = name == "garbled"
            if garbling(law, "M", "L", "S").exists != expected:
                raise SystemExit("a wrong answer")
            left, right = as_rows(first), as_rows(second)
            ours = milliseconds(lambda law=law: garbling(law, "M", "L", "S"))
            rows = milliseconds(lambda a=left, b=right: Question(a, b).by_elimination())
            shown = ""
            if is_output_degraded is not None:
                kappa, mu = (
                    np.array([[float(p) for p in row] for row in c]) for c in (first, second)
                )
                wrong = bool(is_output_degraded(kappa, mu)) != expected
                spent = milliseconds(lambda a=kappa, b=mu: is_output_degraded(a, b))
                shown = f"{spent:8.2f}" + "  wrong" * wrong
            print(f"{size:3}  {name:9}  {ours:8.2f}  {rows:8.2f}  {shown}", flush=True)


if __name__ == "__main__":
    main()
