"""Kind "floor" (section 14): what every latent of two features costs at least."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from typing import Any

from .laws import Law, bounds_of
from .reading import Linear, add_term, as_list, as_rational, require

MAX_ROWS, MAX_PIECES, MAX_SCALE = 4, 6000, 256
Form = dict[tuple[int, ...], int]  # exponents of a product of variables: coefficient


def _multiply(first: Form, second: Form) -> Form:
    total: Counter[tuple[int, ...]] = Counter()
    for a, x in first.items():
        for b, y in second.items():
            total[tuple(i + j for i, j in zip(a, b, strict=True))] += x * y
    return dict(total)


def _halved(form: Form, keep: int, move: int) -> Form:
    """Rewrite in the corners 2u for the corner u kept, u+v for the one moved, 2w for the rest."""
    total: Counter[tuple[int, ...]] = Counter()
    for powers, x in form.items():
        a, b = powers[keep], powers[move]
        x <<= sum(powers) - a - b
        for k in range(a + 1):
            new = list(powers)
            new[keep], new[move] = k, a - k + b
            total[tuple(new)] += (x * comb(a, k)) << k
    return dict(total)


def _never_negative(form: Form, size: int, where: str) -> None:
    """Require that a form is at least 0 wherever its variables are."""
    corners = [tuple(int(i == j) for j in range(size)) for i in range(size)]
    stack, pieces = [(form, corners)], 0
    while stack:
        form, corners = stack.pop()
        pieces += 1
        require(pieces <= MAX_PIECES, where, "not shown with so many pieces")
        if all(x >= 0 for x in form.values()):
            continue
        alone = all(x >= 0 or max(powers) < sum(powers) for powers, x in form.items())
        require(alone, where, "the inequality fails")
        squares = {
            (i, j): sum((a - b) ** 2 for a, b in zip(corners[i], corners[j], strict=True))
            for i, j in combinations(range(size), 2)
        }
        edge = max(squares, key=lambda pair: squares[pair])
        middle = tuple(a + b for a, b in zip(*(corners[i] for i in edge), strict=True))
        doubled = [tuple(2 * a for a in corner) for corner in corners]
        for keep, move in (edge, edge[::-1]):
            moved = [middle if i == move else corner for i, corner in enumerate(doubled)]
            stack.append((_halved(form, keep, move), moved))


def _matrix(value: object, rows: int, columns: int) -> list[list[Fraction]]:
    found = []
    for x, row in enumerate(as_list(value, "matrix")):
        cells = enumerate(as_list(row, f"matrix[{x}]"))
        found.append([as_rational(text, f"matrix[{x}][{y}]") for y, text in cells])
    proper = len(found) == rows and all(len(row) == columns for row in found)
    require(proper, "matrix", "expected a row and a column for each value of the features")
    require(all(m >= 0 for row in found for m in row), "matrix", "an entry is below 0")
    return found


def check_floor(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that no latent of two features costs less than the floor."""
    law, floor = Law(data["law"]), as_rational(data["floor"], "floor")
    require(floor > 0, "floor", "must be above 0")
    groups = [as_list(group, "features") for group in as_list(data["features"], "features")]
    names = [name for group in groups for name in group]
    proper = len(groups) == 2 and all(groups) and all(type(name) is str for name in names)
    proper = proper and sorted(names) == sorted(law.names)
    require(proper, "features", "expected two lists that share out the variables of the law")
    places = [[law.names.index(name) for name in group] for group in groups]
    values = [[tuple(o[i] for i in kept) for o in law.outcomes] for kept in places]
    orders = [sorted(set(column)) for column in values]
    size = len(orders[0])
    require(size <= MAX_ROWS, "features", f"more than {MAX_ROWS} values of the first")
    matrix = _matrix(data["matrix"], *map(len, orders))
    scale = lcm(*(m.denominator for row in matrix for m in row))
    largest = max(scale, *(int(m * scale) for row in matrix for m in row))
    require(largest.bit_length() <= MAX_SCALE, "matrix", "too long numbers")
    units = [tuple(int(i == j) for j in range(size)) for i in range(size)]
    cubes: Form = {tuple(3 * e for e in unit): 1 for unit in units}
    total = Counter({key: x * scale**3 for key, x in _multiply(cubes, cubes).items()})
    for column in zip(*matrix, strict=True):
        line = {tuple(2 * e for e in u): int(m * scale) for u, m in zip(units, column, strict=True)}
        for key, x in _multiply(_multiply(line, line), line).items():
            total[key] -= x
    _never_negative(dict(total), size, "matrix")
    value: Linear = {}
    first, second, both = frozenset(groups[0]), frozenset(groups[1]), frozenset(names)
    for group, weight in ((both, 2), (first, -1), (second, -1)):
        for key, coefficient in law.entropy(group, "law").items():
            add_term(value, key, weight * coefficient, "law")
    for x, y, count in zip(*values, law.counts, strict=True):
        entry = matrix[orders[0].index(x)][orders[1].index(y)]
        require(entry, "matrix", "an entry is 0 on an outcome of the law")
        for number, sign in ((entry.numerator, 3), (entry.denominator, -3)):
            add_term(value, number, Fraction(sign * count, law.total), "matrix")
    require(bounds_of(value)[0] >= floor, "floor", "not shown by these bounds")
    shown = "; ".join(",".join(group) for group in groups)
    return f"on some law every latent of {shown} has a summed error of at least {data['floor']}", []
