"""Time the best latents and the whole front over all partitions of a support.

    python bench/best.py       supports of 9 to 20 outcomes, about two minutes

Columns: the number of outcomes, the law, the score, the size of the front, the latents that attain
its points, and the seconds.  Bell(16) = 10,480,142,147 partitions compete on 16 outcomes.
"""

from __future__ import annotations

import time
from itertools import product
from random import Random

from natlat_sym import Dist, best_latent, best_summed_latent
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
    law = table(4, 5, dice)
    start = time.perf_counter()
    found = best_summed_latent(law)
    spent = f"{time.perf_counter() - start:.2f}"
    rows.append(("20", "4x5 table", "sum", f"{len(found.front)} corners", "", spent))
    print(text_table(rows, right=[0, 3, 4, 5]))


if __name__ == "__main__":
    main()
