"""Problems symmetric in some variables: which may be exchanged, and the space of orbits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from natlat_sym.search.elementals import Term
from natlat_sym.search.spaces import MAX_UNKNOWNS, Space, lowest_bit

Counts = tuple[int, ...]


def exchangeable(
    count: int, goal: Mapping[int, object], given: Sequence[Mapping[int, object]]
) -> list[int]:
    """Return the classes of variables that may be exchanged.

    Parameters
    ----------
    count : int
        How many variables.
    goal : mapping
        Must stay as it is: mask to coefficient; keys from ``2**count`` on are no masks.
    given : sequence of mappings
        These must be permuted among themselves.

    Returns
    -------
    list of int
        Masks of the classes, covering all variables.

    Examples
    --------
    >>> exchangeable(3, {0b011: 1, 0b101: 1, 0b111: -1}, [])
    [1, 6]
    """
    goal = {mask: value for mask, value in goal.items() if mask < 1 << count}
    parts = [
        {mask if mask < 1 << count else -mask: value for mask, value in form.items()}
        for form in given
    ]
    kept = {frozenset(form.items()) for form in parts}
    marks = [_mark(x, goal, parts) for x in range(count)]
    classes: list[int] = []
    for x in range(count):
        for i, mask in enumerate(classes):
            y = lowest_bit(mask)
            if marks[x] == marks[y] and _fixed(x, y, goal, kept):
                classes[i] |= 1 << x
                break
        else:
            classes.append(1 << x)
    return classes


def _mark(x: int, goal: Mapping[int, object], given: Sequence[Mapping[int, object]]) -> object:
    """Return what a variable shares with every variable it may be exchanged with."""

    def seen(form: Mapping[int, object]) -> list[tuple[int, str]]:
        held = ((m, value) for m, value in form.items() if m >= 0 and m >> x & 1)
        return sorted((mask.bit_count(), str(value)) for mask, value in held)

    return seen(goal), sorted(map(seen, given))


def _fixed(
    x: int, y: int, goal: Mapping[int, object], kept: set[frozenset[tuple[int, object]]]
) -> bool:
    both = 1 << x | 1 << y

    def swapped(mask: int) -> int:
        return mask if mask < 0 or (mask >> x & 1) == (mask >> y & 1) else mask ^ both

    if any(goal.get(swapped(mask)) != value for mask, value in goal.items()):
        return False
    return all(frozenset((swapped(mask), value) for mask, value in form) in kept for form in kept)


@lru_cache(maxsize=16)
def orbits(classes: tuple[int, ...]) -> Space | None:
    """Return the space of sets up to exchanges inside the classes.

    Parameters
    ----------
    classes : tuple of int
        Disjoint masks that cover all variables; those of one variable are fixed.

    Returns
    -------
    Space or None
        ``None`` when there would be more than 4,096 unknowns.

    Examples
    --------
    >>> space = orbits((0b0001, 0b1110))
    >>> [space.term(i).text("LXYZ") for i in range(4)]
    ['H(L|X,Y,Z)', 'H(X|L,Y,Z)', 'I(L;X)', 'I(L;X|Y)']
    """
    bits = [_bits(mask) for mask in classes]
    sizes = [len(part) for part in bits]
    shape = [size + 1 for size in sizes]
    if int(np.prod(shape, dtype=object)) > MAX_UNKNOWNS:
        return None
    counts = list(product(*map(range, shape)))
    place = {count: i for i, count in enumerate(counts)}
    spots: list[tuple[int, int, Counts]] = []  # class, class or -1, counts of the condition
    spots += [(c, -1, _shifted(tuple(sizes), c, -1)) for c in range(len(sizes))]
    for first in range(len(sizes)):
        for second in range(first, len(sizes)):
            for given in counts:
                after = _shifted(_shifted(given, first, 1), second, 1)
                if all(a <= size for a, size in zip(after, sizes, strict=True)):
                    spots.append((first, second, given))
    rows = np.zeros((len(spots), 4), dtype=np.int64)
    values = np.zeros((len(spots), 4), dtype=np.int64)
    for number, spot in enumerate(spots):
        for column, (count, value) in enumerate(_orbit_terms(*spot)):
            rows[number, column] = place[count]
            values[number, column] = value if place[count] else 0

    def term(number: int) -> Term:
        return _representative(bits, *spots[number])

    def find(mask: int) -> int:
        return place[tuple((mask & part).bit_count() for part in classes)]

    members = [sum(sum(part[:k]) for part, k in zip(bits, count, strict=True)) for count in counts]
    moved = tuple(mask for mask in classes if mask.bit_count() > 1)
    return Space(members, rows, values, term, find, moved)


def _bits(mask: int) -> list[int]:
    return [1 << i for i in range(mask.bit_length()) if mask >> i & 1]


def _shifted(count: Counts, place: int, by: int) -> Counts:
    return (*count[:place], count[place] + by, *count[place + 1 :])


def _orbit_terms(first: int, second: int, given: Counts) -> list[tuple[Counts, int]]:
    one = _shifted(given, first, 1)
    if second < 0:
        return [(one, 1), (given, -1)]
    both = _shifted(one, second, 1)
    if first == second:
        return [(one, 2), (both, -1), (given, -1)]
    return [(one, 1), (_shifted(given, second, 1), 1), (both, -1), (given, -1)]


def _representative(bits: Sequence[Sequence[int]], first: int, second: int, given: Counts) -> Term:
    left = [list(part) for part in bits]
    a = left[first].pop(0)
    b = left[second].pop(0) if second >= 0 else 0
    c = sum(sum(part[:k]) for part, k in zip(left, given, strict=True))
    return Term(min(a, b), max(a, b), c) if b else Term(a, 0, c)
