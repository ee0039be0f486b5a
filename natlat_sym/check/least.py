"""Lower bounds of the summed error of every function, by shares of the outcomes (section 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, gcd

from .errors import Errors
from .laws import PRECISION, weighted_log
from .moves import as_moves, inside
from .reading import as_list, as_rational, require
from .shares import COARSE, Outcome, near_part

MAX_SHARED_CELLS, MAX_WORK = 512, 4_000_000
Cells = dict[Outcome, int]


def _parts(keys: Iterable[Outcome]) -> list[list[Outcome]]:
    """Split outcomes so that two parts have no value of a feature in common."""
    parts: list[tuple[set[tuple[int, str]], list[Outcome]]] = []
    for key in keys:
        values, joined, apart = set(enumerate(key)), [key], []
        for part in parts:
            if part[0] & values:
                values, joined = values | part[0], part[1] + joined
            else:
                apart.append(part)
        parts = [*apart, (values, joined)]
    return [sorted(part) for _, part in parts]


def near_blocks(
    cells: Cells,
    texts: object,
    work: int = MAX_WORK,
    errors: Errors | None = None,
    reach: Fraction = Fraction(0),
    most: int = 0,
    symmetries: object = None,
) -> list[list[Outcome]]:
    """Return blocks: all that cost less than their shares and the reach, and maybe some others.

    Where the outcomes fall into parts without a common value of a feature, blocks that meet two
    parts are left out: they cost what they hold of each, and more if TC has a weight.  More than
    ``most`` are refused.  The work is counted in cases, each times the outcomes and times the
    features and the terms H(g|X_S).

    Symmetries are permutations of the outcomes, in ascending order, that change no cost and no
    share: then of the blocks that they take to one another some may be left out, but not all.
    """
    common = gcd(*cells.values())
    ordered = {key: cells[key] // common for key in sorted(cells)}
    shares = [as_rational(t, f"shares[{i}]") for i, t in enumerate(as_list(texts, "shares"))]
    require(len(shares) == len(ordered), "shares", "expected one for each outcome")
    width, total = len(next(iter(ordered))), sum(ordered.values())
    errors = errors or Errors.summed(width)
    errors.check(width)
    cases, units = work // ((width + len(errors.rest)) * len(ordered)), total << COARSE
    owed = {
        key: (weight, ceil(share * units))
        for (key, weight), share in zip(ordered.items(), shares, strict=True)
    }
    found: list[list[Outcome]] = []
    moves = as_moves([] if symmetries is None else symmetries, len(ordered))
    places = {key: k for k, key in enumerate(ordered)}
    for part in _parts(ordered):
        some, still = {key: owed[key] for key in part}, most - len(found)
        kept = inside(moves, [places[key] for key in part])
        near, cases = near_part(some, total, cases, errors, ceil(reach * units), still, kept)
        found += near
    return found


def shared_least(
    cells: Cells,
    texts: object,
    work: int = MAX_WORK,
    errors: Errors | None = None,
    symmetries: object = None,
) -> Fraction:
    """Return a lower bound of the summed error over all functions g of X, by shares.

    Or of another sum of errors.
    """
    near_blocks(cells, texts, work, errors, symmetries=symmetries)  # none costs less
    common, offset = gcd(*cells.values()), 0
    errors = errors or Errors.summed(len(next(iter(cells))))
    for kept, times in errors.rest:
        sums: Counter[Outcome] = Counter()
        for key, weight in cells.items():
            sums[tuple(key[i] for i in kept)] += weight // common
        offset += times * sum(weighted_log(n)[0] for n in sums.values())
    shares = sum((as_rational(text, "shares") for text in as_list(texts, "shares")), Fraction(0))
    return shares + Fraction(offset, (sum(cells.values()) // common) << PRECISION)
