"""Theorems for every number n of exchangeable features at once.

In a claim about n features ``X``, ``X[k]`` means k of them, averaged over all choices; within one
term different places hold different features.  ``H(R|X[n-1])`` is the average of H(R|X_-i), and
``TC(X|L)`` is the total correlation of all features.  Averaging a claim over the orders of the
features loses nothing when it is symmetric, and leaves O(n) unknowns.

A proof for every n is a sum of runs of non-negative terms over an index k, each with a weight
``c * (k - first)^p * (last - k)^q * (n - least)^r``.  The search solves the linear equations that
these weights obey at several n exactly; the trusted checker then confirms the identity for every
n, by polynomial arithmetic.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from natlat_sym import check
from natlat_sym.certificates import Certificate
from natlat_sym.errors import InvalidInput, NotDerivable, SyntaxInvalid
from natlat_sym.simplex import solve_sparse

MAX_NAMES = 3
DEGREES = range(4)
Number = int | Fraction
Key = tuple[int, object]  # n, and what stands there: (names, features) or a symbol


@dataclass(frozen=True, repr=False)
class FamilyTheorem:
    """A claim about n exchangeable features that holds for every n and every law.

    Attributes
    ----------
    claim : str
        In the notation with ``X[k]``.
    given : tuple of str
        The hypotheses it rests on, in the same notation.
    least : int
        The least n.
    certificate : Certificate
        Of kind ``all-n``.

    Examples
    --------
    >>> print(prove_for_all_n("DTC(X|L) <= (n-1) TC(X|L)"))
    ⊢ for all n >= 2: DTC(X|L) <= (n-1) TC(X|L)
    """

    claim: str
    given: tuple[str, ...]
    least: int
    certificate: Certificate

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The hypotheses as text."""
        return self.given

    def __str__(self) -> str:
        given = f"  given {', '.join(self.given)}" if self.given else ""
        return f"⊢ {self.certificate.claim}{given}"

    def __repr__(self) -> str:
        given = f", given={list(self.given)!r}" if self.given else ""
        return f"prove_for_all_n({self.claim!r}{given})"


@dataclass(frozen=True)
class _Column:
    """A line the search may use: its text, where it runs, and the monomial of its weight."""

    order: tuple[int, int, str, int, int]
    powers: tuple[int, int, int]
    sign: int
    data: check.Family
    run: bool
    least: int

    def at(self, n: int) -> Iterator[tuple[object, Number]]:
        """Yield what the line adds for one n: place and coefficient."""
        _, _, _, first, drop = self.order
        p, q, r = self.powers
        for k in range(first, n - drop + 1) if self.run else (0,):
            weight = (k - first) ** p * (n - drop - k) ** q if self.run else 1
            weight *= self.sign * (n - self.least) ** r
            for key, value in self.data.items():
                yield _place(key, n, k), weight * _value(value, n)


def prove_for_all_n(
    claim: str, given: Iterable[str] | str = (), features: str = "X", least: int = 2
) -> FamilyTheorem:
    """Prove a claim about n exchangeable features for every n.

    Parameters
    ----------
    claim : str
        Two forms with ``<=``, ``>=`` or ``=``; coefficients are polynomials in ``n``; measures are
        H, I, ``TC(X|...)`` and ``DTC(X|...)``; ``X[k]`` with k a number, ``n`` or ``n - number`` is
        the average over all choices of k features.
    given : str or iterable of str
        Hypotheses in the same notation.
    features : str
        The name of the features.
    least : int
        The least n.

    Returns
    -------
    FamilyTheorem
        Accepted by the trusted checker for every n at once.

    Raises
    ------
    NotDerivable
        When no proof of the shape that is searched was found, which does not make it false.
    SyntaxInvalid
        For text outside the notation.

    References
    ----------
    Han, Nonnegative entropy measures of multivariate symmetric correlations (1978).

    Examples
    --------
    >>> theorem = prove_for_all_n("H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])")
    >>> print(theorem)
    ⊢ for all n >= 2: H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])
    """
    texts = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
    relation, goal = _read(claim, features, least)
    hypotheses = [(text, *_read(text, features, least)) for text in texts]
    names = sorted({name for form in (goal, *(h[2] for h in hypotheses)) for name in _names(form)})
    if len(names) > MAX_NAMES:
        raise InvalidInput(
            f"expected at most {MAX_NAMES} variables beside the features, got {', '.join(names)}",
            names=tuple(names),
        )
    goals = [goal, _negated(goal)] if relation == "=" else [goal]
    parts = [_search(form, hypotheses, names, features, least) for form in goals]
    if any(part is None for part in parts):
        raise NotDerivable(
            f"no proof of {claim} for every n was found with weights of degree up to "
            f"{DEGREES[-1]}; a proof for one n may still exist",
            claim=claim,
            given=texts,
        )
    found = [part for part in parts if part is not None]
    return _seal(claim, texts, features, least, found)


def _read(text: str, features: str, least: int) -> tuple[str, check.Family]:
    try:
        return check._FamilyReader(text, "claim", features, least).family()
    except check.Rejected as error:
        raise SyntaxInvalid(str(error).removeprefix("claim: "), text=text) from error


def _names(form: check.Family) -> set[str]:
    return {name for key in form if isinstance(key, tuple) and key for name in key[0]}


def _negated(form: check.Family) -> check.Family:
    return {key: {power: -x for power, x in value.items()} for key, value in form.items()}


# ---- the lines that may be used ----


def _terms(names: Sequence[str], features: str, depth: int) -> Iterator[tuple[str, int, int]]:
    """Yield the elemental families: term, first, drop (-1, 0 when it does not run).

    Weights may break ``depth`` places from the ends: runs may stop short of it, and the terms that
    are left also stand alone.
    """
    short = range(1, depth + 1) if depth > 1 else ()
    x = features
    low = [str(a) for a in range(depth + 1)]
    high = ["n", *(f"n-{a}" for a in range(1, depth + 1))]
    yield f"H({x}[1]|{','.join([*names, f'{x}[n-1]'])})", -1, 0
    for name in names:
        rest = [other for other in names if other != name]
        yield f"H({name}|{','.join([*rest, f'{x}[n]'])})", -1, 0
    for size in range(len(names) + 1):
        for given in combinations(names, size):
            rest = [name for name in names if name not in given]
            group = ",".join([*given, ""])
            yield from ((f"I({x}[1];{x}[1]|{group}{x}[k])", 0, 2 + d) for d in (0, *short))
            for end in high[2:] if depth > 1 else ():
                yield f"I({x}[1];{x}[1]|{group}{x}[{end}])", -1, 0
            for name in rest:
                yield from ((f"I({name};{x}[1]|{group}{x}[k])", 0, 1 + d) for d in (0, *short))
                for end in (*low[:-1], *high[1:]):
                    yield f"I({name};{x}[1]|{group}{x}[{end}])", -1, 0
            for first, second in combinations(rest, 2):
                yield from ((f"I({first};{second}|{group}{x}[k])", 0, d) for d in (0, *short))
                for end in (*low, *reversed(high)):
                    yield f"I({first};{second}|{group}{x}[{end}])", -1, 0


def _depth(forms: Iterable[check.Family], least: int) -> int:
    """Return how far from all or none of the features the sizes in some forms lie."""
    sizes = [key[1] for form in forms for key in form if isinstance(key, tuple) and key]
    return int(min(least, max([1, *(abs(a) for a, _, _ in sizes)])))


def _columns(
    names: Sequence[str],
    symbols: Iterable[str],
    hypotheses: Sequence[tuple[str, str, check.Family]],
    features: str,
    least: int,
    degree: int,
    depth: int,
) -> list[_Column]:
    found: list[_Column] = []
    constants = [(0, 0, r) for r in range(degree + 1)]
    powers = [
        (p, q, r)
        for p in range(degree + 1)
        for q in range(degree + 1 - p)
        for r in range(degree + 1 - p - q)
    ]
    for term, first, drop in _terms(names, features, depth):
        data: check.Family = {}
        for key, sign in check._family_term(term, "term", features, least):
            check._grow(data, key, {(0, 0): Fraction(sign)})
        run = first >= 0
        order = (0, 0, term, first, drop)
        found += [_Column(order, p, 1, data, run, least) for p in (powers if run else constants)]
    for text in (*symbols, "1"):
        data = {() if text == "1" else text: {(0, 0): Fraction(1)}}
        found += [_Column((0, 0, text, -1, 0), p, 1, data, False, least) for p in constants]
    for index, (_, relation, form) in enumerate(hypotheses):
        signs = (1, -1) if relation == "=" else (1,)
        order = (1, index, "", 0, 0)
        found += [_Column(order, p, s, form, False, least) for p in constants for s in signs]
    return found


def _search(
    goal: check.Family,
    hypotheses: Sequence[tuple[str, str, check.Family]],
    names: Sequence[str],
    features: str,
    least: int,
) -> list[tuple[_Column, Fraction]] | None:
    forms = [goal, *(form for _, _, form in hypotheses)]
    symbols = sorted({key for form in forms for key in form if isinstance(key, str)})
    depth = _depth(forms, least)
    for degree in DEGREES:
        columns = _columns(names, symbols, hypotheses, features, least, degree, depth)
        samples = range(least, least + degree + 4 + 2 * (depth - 1))
        rows = [_sampled(column.at, samples) for column in columns]
        target = _sampled(
            lambda n: ((_place(key, n, 0), _value(x, n)) for key, x in goal.items()), samples
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

    from natlat_sym.lp import linear_program

    dice = random.Random(0)
    cost = np.array([1 + dice.random() for _ in columns])
    goal = np.zeros(rows)
    goal[list(target)] = [float(x) for x in target.values()]
    starts = np.cumsum([0, *map(len, columns)]).astype(np.int32)
    places = np.array([i for column in columns for i in column], dtype=np.int32)
    values = np.array([float(x) for column in columns for x in column.values()])
    solver = linear_program(cost, np.zeros(len(columns)), goal, (starts, places, values))
    proposal = np.array(solver.getSolution().col_value)
    support = [int(j) for j in np.flatnonzero(proposal > 1e-9)] if len(proposal) else []
    solved = solve_sparse([columns[j] for j in support], target)
    if solved is None or any(x < 0 for x in solved.values()):
        return None
    return {support[j]: x for j, x in solved.items() if x}


def _order(key: Key) -> tuple[int, list[str], int]:
    n, place = key
    if isinstance(place, tuple) and place:
        return n, sorted(place[0]), place[1]
    return n, [str(place)], -1


def _sampled(at, samples: Iterable[int]) -> dict[Key, Number]:  # type: ignore[no-untyped-def]
    total: dict[Key, Number] = {}
    for n in samples:
        for place, value in at(n):
            if place != (frozenset(), 0):
                total[n, place] = total.get((n, place), 0) + value
    return {key: value for key, value in total.items() if value}


def _place(key: object, n: int, k: int) -> object:
    if isinstance(key, tuple) and key:
        names, (a, b, c) = key
        return names, a + b * k + c * n
    return key


def _value(weight: check.Poly, n: int) -> Number:
    parts: list[Number] = [
        (x.numerator if x.denominator == 1 else x) * n**i for (i, _), x in weight.items()
    ]
    return sum(parts)


# ---- the certificate ----


def _seal(
    claim: str,
    given: tuple[str, ...],
    features: str,
    least: int,
    parts: Sequence[list[tuple[_Column, Fraction]]],
) -> FamilyTheorem:
    used = sorted({c.order[1] for part in parts for c, _ in part if c.order[0] == 1})
    place = {old: new for new, old in enumerate(used)}
    kept = tuple(given[index] for index in used)
    content: dict[str, object] = {
        "claim": claim,
        "features": features,
        "least": least,
        "given": list(kept),
    }
    for name, part in zip(("proof", "converse"), parts, strict=False):
        content[name] = _lines(part, place)
    return FamilyTheorem(claim, kept, least, Certificate.seal("all-n", **content))


def _lines(part: list[tuple[_Column, Fraction]], place: dict[int, int]) -> list[dict[str, object]]:
    grouped: dict[tuple[int, int, str, int, int], dict[tuple[int, int, int], Fraction]] = {}
    for column, value in part:
        weights = grouped.setdefault(column.order, {})
        weights[column.powers] = weights.get(column.powers, Fraction(0)) + column.sign * value
    lines: list[dict[str, object]] = []
    for order, weights in sorted(grouped.items()):
        weight = [[str(value), *powers] for powers, value in sorted(weights.items()) if value]
        if order[0] == 1:
            lines.append({"weight": weight, "given": place[order[1]]})
        elif order[3] < 0:
            lines.append({"weight": weight, "term": order[2]})
        else:
            lines.append({"weight": weight, "term": order[2], "first": order[3], "drop": order[4]})
    return lines
