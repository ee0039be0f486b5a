"""Time a 64-cell family with one parameter against the same work in plain sympy, in one run.

Usage: python bench/symbolic.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from typing import Any

import sympy

from natlat_sym import Dist, form, parameter
from natlat_sym.exact.render import text_table

NAMES = "X1 X2 L"
FORMS = ["I(X1;X2)", "I(X1;X2|L)", "H(L|X2)"]


def weight(cell: tuple[int, ...], e: Any) -> Any:
    """Return a mass of two noisy steps: quadratic in the parameter."""
    x, y, z = cell
    first = 1 - e if x == y else e / 3
    second = 1 - e if y == z else e * (1 + y) / (1 + x + y)
    return (1 + x) * first * second


def ours() -> list[str]:
    """Evaluate the forms exactly, in normal form."""
    e = parameter("0 < e < 1/2")
    rows = {tuple(map(str, cell)): weight(cell, e) for cell in product(range(4), repeat=3)}
    law = Dist.from_weights(rows, NAMES)
    return [str(form(text)(law)) for text in FORMS]


def plain() -> list[str]:
    """Do the same with sympy expressions, combined by simplify."""
    e = sympy.Symbol("e", positive=True)
    cells = {cell: weight(cell, e) for cell in product(range(4), repeat=3)}
    total = sum(cells.values())

    def entropy(axes: tuple[int, ...]) -> Any:
        sums: dict[tuple[int, ...], Any] = {}
        for cell, mass in cells.items():
            key = tuple(cell[axis] for axis in axes)
            sums[key] = sums.get(key, 0) + mass / total
        return -sum(mass * sympy.log(mass, 2) for mass in sums.values())

    h = {axes: entropy(axes) for axes in [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]}
    found = [
        h[0,] + h[1,] - h[0, 1],
        h[0, 2] + h[1, 2] - h[0, 1, 2] - h[2,],
        h[1, 2] - h[1,],
    ]
    return [str(sympy.simplify(amount)) for amount in found]


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> int:
    """Print both times and the ratio."""
    first, again = seconds(ours), seconds(ours)
    peer = seconds(plain)
    rows = [
        ("64 cells, one parameter", "seconds"),
        ("natlat_sym, first time", f"{first:.3f}"),
        ("natlat_sym, again", f"{again:.3f}"),
        ("plain sympy with simplify", f"{peer:.3f}"),
        ("ratio", f"{peer / first:.0f}x"),
    ]
    print(text_table(rows, right=[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
