"""Untrusted search for proofs that hold for every number of features.

The lines of a proof are elemental families, runs of them over an index k, and hypotheses; their
weights are non-negative combinations of products of powers.  At several n the weights obey linear
equations; a linear program proposes which to use, and exact elimination solves for them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from natlat_sym.check.alln import family_term, read_ends
from natlat_sym.check.polynomials import Ends, Family, Line, Poly, Scope
from natlat_sym.exact.simplex import solve_sparse

DEGREES = range(4)
Number = int | Fraction
Spot = tuple[int, int]  # n and m; m is 0 where there is no budget
Key = tuple[Spot, object]  # n, m, and what stands there: (names, features) or a symbol
Run = tuple[int, int, str]  # first, drop and part of a run
Pairs = Iterator[tuple[object, Number]]
Cells = dict[Spot, list[tuple[int, int, list[tuple[object, Number]]]]]
Hypothesis = tuple[str, str, Family]  # text, relation, difference


@dataclass(frozen=True)
class Column:
    """A line the search may use: its place among lines, its monomial, what it adds, and where."""

    order: tuple[object, ...]
    powers: tuple[int, ...]
    sign: int
    data: Family
    scope: Scope
    ends: Ends | None
    cells: Cells  # shared by all monomials of the line

    def at(self, spot: Spot) -> Pairs:
        """Yield what the line adds for one n and m: place and coefficient."""
        n, m = spot
        spare = [n - m - 1, m - 1] if self.scope.budget else [n - self.scope.least]
        if spot not in self.cells:
            self.cells[spot] = list(self._values(spot))
        for up, down, values in self.cells[spot]:
            weight = self.sign
            for base, power in zip((up, down, *spare), self.powers, strict=True):
                weight *= base**power
            for place, value in values:
                yield place, weight * value

    def _values(self, spot: Spot) -> Iterator[tuple[int, int, list[tuple[object, Number]]]]:
        """Yield, for each k, how far it is from the ends, and the unweighted line."""
        first, last = (_at_line(end, spot) for end in self.ends) if self.ends else (0, 0)
        for k in range(first, last + 1):
            values = [(place_at(key, spot, k), value_at(x, spot)) for key, x in self.data.items()]
            yield k - first, last - k, values


def _terms(
    names: Sequence[str], scope: Scope, depth: int, wide: bool
) -> Iterator[tuple[str, Run | None]]:
    """Yield the elemental families: each term, and where it runs.

    Weights may break ``depth`` places from the ends: runs may stop short of it, and the terms that
    are left also stand alone.  With a budget they may also break at n - m.
    """
    x, budget = scope.features, scope.budget
    low, high = [str(a) for a in range(depth + 1)], ["n", *(f"n-{a}" for a in range(1, depth + 1))]
    middle = ["n-m", "n-m-1"] if budget else []
    yield f"H({x}[1]|{','.join([*names, f'{x}[n-1]'])})", None
    for name in names:
        rest = [other for other in names if other != name]
        yield f"H({name}|{','.join([*rest, f'{x}[n]'])})", None
    for size in range(len(names) + 1):
        for given in combinations(names, size):
            rest = [name for name in names if name not in given]
            group = ",".join([*given, ""])
            pairs = [
                (
                    f"{x}[1];{x}[1]",
                    2,
                    (*(low[:1] if wide else ()), *(high[2:] if depth > 1 else ()), *middle[1:]),
                )
            ]
            pairs += [(f"{name};{x}[1]", 1, (*low[:-1], *high[1:], *middle)) for name in rest]
            ends = (*low, *reversed(high), *middle[:1])
            pairs += [(f"{a};{b}", 0, ends) for a, b in combinations(rest, 2)]
            for pair, drop, stops in pairs:
                for run in _runs(drop, scope, depth, wide):
                    yield f"I({pair}|{group}{x}[k])", run
                for stop in stops:
                    yield f"I({pair}|{group}{x}[{stop}])", None


def _runs(drop: int, scope: Scope, depth: int, wide: bool) -> Iterator[Run]:
    if scope.budget:
        yield from ((0, drop, part) for part in ("lower", "upper"))
        return
    for first in range(1 + wide):
        for short in range(max(1, depth)):
            if first + drop + short <= scope.least + 1:  # else it may end before it starts
                yield first, drop + short, ""


def _depth(forms: Iterable[Family], least: int) -> int:
    """Return how far from all or none of the features the sizes in some forms lie."""
    sizes = [key[1] for form in forms for key in form if isinstance(key, tuple) and key]
    return int(min(least, max([1, *(abs(a) for _, (a, _, _) in sizes)])))


def _exponents(count: int, degree: int) -> Iterator[tuple[int, ...]]:
    """Yield tuples of exponents with at most this sum, ascending."""
    if not count:
        yield ()
        return
    for power in range(degree + 1):
        yield from ((power, *rest) for rest in _exponents(count - 1, degree - power))


def _columns(
    names: Sequence[str],
    symbols: Iterable[str],
    hypotheses: Sequence[Hypothesis],
    scope: Scope,
    degree: int,
    depth: int,
    wide: bool,
) -> list[Column]:
    found: list[Column] = []
    spare = 1 + scope.budget
    fixed = [(0, 0, *powers) for powers in _exponents(spare, degree)]
    running = list(_exponents(2 + spare, degree))
    lines = [*_terms(names, scope, depth, wide), *((a, None) for a in symbols)]
    for term, run in (*lines, ("1", None)):
        ends = read_ends([part for part in run if part != ""], "run", scope) if run else None
        data = family_term(term, "term", scope, ends)
        order: tuple[object, ...] = (0, term, *(run or (-1, 0, "")))
        powers = running if run else fixed
        cells: Cells = {}
        found += [Column(order, p, 1, data, scope, ends, cells) for p in powers]
    for index, (_, relation, form) in enumerate(hypotheses):
        signs = (1, -1) if relation == "=" else (1,)
        order = (1, index)
        cells = {}
        found += [Column(order, p, s, form, scope, None, cells) for p in fixed for s in signs]
    return found


def _samples(scope: Scope, degree: int, depth: int) -> list[Spot]:
    """Return enough n and m to find the weights, which are polynomials."""
    if scope.budget:
        return [(n, m) for n in range(scope.least, scope.least + degree + 4) for m in range(1, n)]
    return [(n, 0) for n in range(scope.least, scope.least + degree + 4 + 2 * (depth - 1))]


def search(
    goal: Family,
    hypotheses: Sequence[Hypothesis],
    names: Sequence[str],
    scope: Scope,
) -> list[tuple[Column, Fraction]] | None:
    """Find lines that add up to a goal for every n.

    Parameters
    ----------
    goal : mapping
        The form that shall be non-negative, as the checker reads it.
    hypotheses : sequence of (text, relation, form)
    names : sequence of str
        The variables beside the features.
    scope : range of n and m

    Returns
    -------
    list of (Column, Fraction), or None
        A proposal that is right at several n; the checker decides about all.

    Examples
    --------
    >>> from natlat_sym.check.alln import FamilyReader
    >>> scope = Scope({"features": "X", "least": 2})
    >>> _, goal = FamilyReader("(n-1) H(X[n]) <= n H(X[n-1])", "claim", scope).statement()
    >>> [column.order for column, _ in search(goal, [], [], scope)]
    [(0, 'I(X[1];X[1]|X[k])', 0, 2, ''), (0, 'I(X[1];X[1]|X[k])', 0, 2, '')]
    """
    forms = [goal, *(form for _, _, form in hypotheses)]
    symbols = sorted({key for form in forms for key in form if isinstance(key, str)})
    depth = _depth(forms, scope.least)
    for wide, degree in product((False, True), DEGREES):
        reach = min(depth + wide, scope.least)
        columns = _columns(names, symbols, hypotheses, scope, degree, reach, wide)
        samples = _samples(scope, degree, reach + wide)
        rows = [_sampled(column.at, samples) for column in columns]
        target = _sampled(
            lambda spot: ((place_at(key, spot, 0), value_at(x, spot)) for key, x in goal.items()),
            samples,
        )
        keys = sorted({*target, *(key for row in rows for key in row)}, key=_order)
        index = {key: i for i, key in enumerate(keys)}
        weights = _solution(
            [{index[key]: x for key, x in row.items()} for row in rows],
            {index[key]: x for key, x in target.items()},
            len(keys),
        )
        if weights is not None:
            return [(columns[j], x) for j, x in sorted(weights.items())]
    return None


def _solution(
    columns: Sequence[dict[int, Number]], target: dict[int, Number], rows: int
) -> dict[int, Fraction] | None:
    """Return x >= 0 with ``sum x_j * columns[j] == target``: proposed in floats, solved exactly."""
    import numpy as np

    from natlat_sym.search.lp import Program, linear_program

    dice = random.Random(0)
    cost = np.array([1 + dice.random() for _ in columns])
    goal = np.zeros(rows)
    goal[list(target)] = [float(x) for x in target.values()]
    starts = np.cumsum([0, *map(len, columns)]).astype(np.int32)
    places = np.array([i for column in columns for i in column], dtype=np.int32)
    values = np.array([float(x) for column in columns for x in column.values()])
    lower = np.zeros(len(columns))
    solver = linear_program(Program(cost, lower, goal, (starts, places, values)))
    proposal = np.array(solver.getSolution().col_value)
    support = [int(j) for j in np.flatnonzero(proposal > 1e-9)] if len(proposal) else []
    solved = solve_sparse([columns[j] for j in support], target)
    if solved is None or any(x < 0 for x in solved.values()):
        return None
    return {support[j]: x for j, x in solved.items() if x}


def _order(key: Key) -> tuple[Spot, list[str], int]:
    spot, place = key
    if isinstance(place, tuple) and place:
        return spot, sorted(place[0]), place[1]
    return spot, [str(place)], -1


def _sampled(at: Callable[[Spot], Pairs], samples: Iterable[Spot]) -> dict[Key, Number]:
    total: dict[Key, Number] = {}
    for spot in samples:
        for place, value in at(spot):
            if place != (frozenset(), 0):
                total[spot, place] = total.get((spot, place), 0) + value
    return {key: value for key, value in total.items() if value}


def _at_line(line: Line, spot: Spot) -> int:
    return line[0] + line[1] * spot[0] + line[2] * spot[1]


def place_at(key: object, spot: Spot, k: int) -> object:
    """Return what a key of a family stands for at one n, m and k.

    Parameters
    ----------
    key : tuple or str
    spot : (int, int)
        n and m.
    k : int

    Returns
    -------
    object
        Names and a number of features, or the key itself.

    Examples
    --------
    >>> place_at((frozenset("R"), (0, (-1, 1, 0))), (5, 0), 0)
    (frozenset({'R'}), 4)
    """
    if isinstance(key, tuple) and key:
        names, (b, line) = key
        return names, b * k + _at_line(line, spot)
    return key


def value_at(weight: Poly, spot: Spot) -> Number:
    """Return the value of a weight at one n and m.

    Parameters
    ----------
    weight : mapping of powers of n, m and k to Fraction
    spot : (int, int)
        n and m.

    Returns
    -------
    int or Fraction

    Examples
    --------
    >>> value_at({(2, 0, 0): Fraction(3), (0, 0, 0): Fraction(1, 2)}, (2, 0))
    Fraction(25, 2)
    """
    n, m = spot
    parts: list[Number] = [
        (x.numerator if x.denominator == 1 else x) * n**i * m**t for (i, t, _), x in weight.items()
    ]
    return sum(parts)
