"""Time the best latents and the whole front over all partitions of a support.

    python bench/best.py       supports of 9 to 100 outcomes, about four minutes

Columns: the number of outcomes, the law, the score, the size of the front, the latents that attain
its points, and the seconds.  Bell(16) = 10,480,142,147 partitions compete on 16 outcomes.  Above 16
outcomes the latents are those of the least summed error; a dash where it stays undecided.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from random import Random

from natlat_sym import Dist, Undecided, best_latent, best_summed_latent
from natlat_sym.exact.render import text_table


def table(rows: int, columns: int, dice: Random) -> Dist:
    """Return a random law of two features that are alike more often than not."""
    return Dist.from_array(
        [[dice.randint(1, 50) * (1 + 9 * (r == c)) for c in range(columns)] for r in range(rows)],
        "X Y",
    )


def even(size: int) -> Dist:
    """Return a law of two features whose values can be exchanged: many latents tie."""
    return Dist.from_array([[3 + 34 * (r == c) for c in range(size)] for r in range(size)], "X Y")


def binary(count: int, dice: Random) -> Dist:
    """Return a random law of binary features that are mostly the same."""
    weights = {
        cell: dice.randint(1, 50) * (1 + 7 * (len(set(cell)) == 1))
        for cell in product("01", repeat=count)
    }
    return Dist.from_weights(weights, [f"X{place}" for place in range(1, count + 1)])


def planted(size: int, count: int, dice: Random) -> Dist:
    """Return a random law of two features whose values are in groups that mostly go together."""
    one, two = ([dice.randrange(count) for _ in range(size)] for _ in "XY")
    cells = [[dice.randint(1, 50) * (1 + 19 * (a == b)) for b in two] for a in one]
    return Dist.from_array(cells, "X Y")


def sparse(size: int, dice: Random) -> Dist:
    """Return a random law of two features that are rarely unlike."""
    values = range(size)
    cells = [(r, c) for r in values for c in values if r == c or dice.random() < 0.2]
    weights = {(str(r), str(c)): dice.randint(1, 50) * (1 + 9 * (r == c)) for r, c in cells}
    return Dist.from_weights(weights, "X Y")


def throws(count: int) -> Dist:
    """Return the law of throws of one of two coins: any two may be exchanged, and all turned."""
    weights = {
        cell: 9 ** cell.count("0") + 9 ** cell.count("1") for cell in product("01", repeat=count)
    }
    return Dist.from_weights(weights, [f"X{place}" for place in range(1, count + 1)])


def larger(dice: Random) -> Iterator[tuple[str, Dist]]:
    """Yield laws with too many partitions to try them all."""
    for rows, columns in ((4, 5), (5, 5), (2, 12), (3, 12), (6, 6), (8, 8), (10, 10)):
        yield f"{rows}x{columns} table", table(rows, columns, dice)
    yield "even 6x6 table", even(6)
    for count in (2, 3):
        yield f"6x6 table, {count} groups", planted(6, count, dice)
    yield "8x8 table, 4 groups", planted(8, 4, dice)
    yield "sparse 10x10 table", sparse(10, dice)
    yield "5 binary features", binary(5, dice)
    yield "6 binary features", binary(6, dice)
    yield "6 throws of a coin", throws(6)
    yield "7 throws of a coin", throws(7)


def _summed(name: str, law: Dist) -> tuple[str, ...]:
    start, counts = time.perf_counter(), ("", "-")
    with suppress(Undecided):
        found = best_summed_latent(law)
        corners = f"{len(found.front)} corners" if found.extent == "hull" else ""
        counts = corners, str(len(found.latents))
    return str(len(law)), name, "sum", *counts, f"{time.perf_counter() - start:.2f}"


def main() -> None:
    """Print the table."""
    dice = Random(1)
    cases = [
        ("3x3 table", table(3, 3, dice)),
        ("3x4 table", table(3, 4, dice)),
        ("4x4 table", table(4, 4, dice)),
        ("2x8 table", table(2, 8, dice)),
        ("even 4x4 table", even(4)),
        ("4 binary features", binary(4, dice)),
    ]
    rows = [("outcomes", "law", "score", "front", "latents", "seconds")]
    for name, law in cases:
        for score in ("sum", "max"):
            start = time.perf_counter()
            found = best_latent(law, score=score)
            spent = f"{time.perf_counter() - start:.2f}"
            counts = str(len(found.front)), str(sum(found.ties))
            rows.append((str(len(law)), name, score, *counts, spent))
    rows += [_summed(name, law) for name, law in larger(Random(1))]
    print(text_table(rows, right=[0, 3, 4, 5]))


if __name__ == "__main__":
    main()
