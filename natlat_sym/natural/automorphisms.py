"""Permutations of weighted outcomes that take features to features.

Two outcomes that such a permutation may exchange look the same from everywhere: colours of the
outcomes are refined by those of the outcomes that share a value, until nothing more is told apart.
Where colours leave a choice it is tried out.  They are hashes and only guide the search: every
permutation was checked before it is returned, and two colours differ only where no permutation is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.check.moves import carried, orbit
from natlat_sym.errors import Undecided
from natlat_sym.natural.partitions import numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Colours = NDArray[np.uint64]

Moved = tuple[int, ...]  # where each outcome goes
MAX_TRIES, MAX_SIMPLE = 20_000, 4_000


def automorphisms(
    weights: Sequence[int], columns: Sequence[Sequence[int]]
) -> tuple[tuple[Moved, ...], int]:
    """Return generators of all automorphisms, and how many there are.

    Parameters
    ----------
    weights : sequence of int
        One per outcome; automorphisms keep it.
    columns : sequences of int
        For each feature the value of each outcome; automorphisms take features to features, and
        values to values.  No two outcomes have the same values of all.

    Returns
    -------
    (tuple of tuple of int, int)
        For each generator the place that each outcome goes to.  Exchanges of two features or of
        two values are among them where they are automorphisms.

    Raises
    ------
    Undecided
        When there is too much to try.

    References
    ----------
    Individualisation and refinement: McKay and Piperno, Practical graph isomorphism II, 2014.

    Examples
    --------
    >>> automorphisms([1, 2, 3], [[0, 1, 1], [0, 1, 0]])
    ((), 1)
    >>> automorphisms([1, 1, 2], [[0, 0, 1], [0, 1, 2]])
    (((1, 0, 2),), 2)
    """
    return _Search(weights, columns).all()


class _Search:
    def __init__(self, weights: Sequence[int], columns: Sequence[Sequence[int]]) -> None:
        self.weights = list(weights)
        self.columns = [numbered(column) for column in columns]
        self.codes = [np.array(column) for column in self.columns]
        self.kinds = Counter(map(tuple, self.columns))
        self.tries = 0

    def all(self) -> tuple[tuple[Moved, ...], int]:
        found = list(dict.fromkeys(self._simple()))
        steps = list(self._steps())
        order = 1
        for depth in range(len(steps) - 1, -1, -1):
            colours, chosen = steps[depth]
            fixed = [place for _, place in steps[:depth]]
            inside = [move for move in found if all(move[place] == place for place in fixed)]
            reached, others = orbit(chosen, inside), set[int]()
            for place in np.flatnonzero(colours == colours[chosen]).tolist():
                if place in reached or place in others:
                    continue
                one, two = (self._told_apart(colours, where) for where in (chosen, place))
                move = self._matched(one, two)
                if move is None:
                    others |= orbit(place, inside)
                else:
                    inside.append(move)
                    found.append(move)
                    reached = orbit(chosen, inside)
            order *= len(reached)
        return tuple(found), order

    def _steps(self) -> Iterator[tuple[Colours, int]]:
        """Yield colours and an outcome to fix next, until all outcomes are told apart."""
        colours = self._refined(np.array(numbered(self.weights), np.uint64))
        while (chosen := _first_shared(colours)) is not None:
            yield colours, chosen
            colours = self._told_apart(colours, chosen)

    def _told_apart(self, colours: Colours, place: int) -> Colours:
        changed = colours.copy()
        changed[place] = _mixed(changed[place : place + 1] + np.uint64(1))[0]
        return self._refined(changed)

    def _refined(self, colours: Colours) -> Colours:
        """Tell outcomes apart by the colours of those that share values with them."""
        count = 0
        while len(np.unique(colours)) > count:
            count = len(np.unique(colours))
            around = np.zeros(len(colours), np.uint64)
            for codes in self.codes:
                sums = np.zeros(int(codes.max()) + 1, np.uint64)
                np.add.at(sums, codes, _mixed(colours))
                values = _mixed(sums)
                feature = _mixed(values).sum(keepdims=True, dtype=np.uint64)
                around += _mixed(values + _mixed(feature))[codes]
            colours = _mixed(colours + _mixed(around))
        return colours

    def _matched(self, one: Colours, two: Colours) -> Moved | None:
        """Return a permutation that takes colours to colours."""
        if not np.array_equal(np.sort(one), np.sort(two)):
            return None
        self.tries += 1
        if self.tries > MAX_TRIES:
            raise Undecided("there is too much to try to find all symmetries of the law")
        chosen = _first_shared(one)
        if chosen is None:
            places = np.empty(len(one), dtype=np.int64)
            places[np.argsort(one)] = np.argsort(two)
            return self._checked(places.tolist())
        apart = self._told_apart(one, chosen)
        for place in np.flatnonzero(two == one[chosen]).tolist():
            move = self._matched(apart, self._told_apart(two, place))
            if move is not None:
                return move
        return None

    def _checked(self, move: Sequence[int]) -> Moved | None:
        """Return a permutation if it is an automorphism."""
        if any(self.weights[to] != self.weights[place] for place, to in enumerate(move)):
            return None
        images = Counter(carried(column, move) for column in self.columns)
        return tuple(move) if images == self.kinds else None

    def _simple(self) -> Iterator[Moved]:
        """Yield exchanges of two features, or of two values in one or all features."""
        count, places = len(self.columns), range(len(self.columns))
        sizes = [int(codes.max()) + 1 for codes in self.codes]
        rows = np.stack(self.codes, axis=1)
        if sum(size * size for size in [count, max(sizes), *sizes]) > 2 * MAX_SIMPLE:
            return
        for i, j in combinations(places, 2):
            order = [{i: j, j: i}.get(k, k) for k in places]
            yield from self._onto(rows[:, order])
        for held in [[k] for k in places] + [list(places)]:
            for a, b in combinations(range(max(sizes[k] for k in held)), 2):
                changed = rows.copy()
                part = changed[:, held]
                changed[:, held] = np.where(part == a, b, np.where(part == b, a, part))
                yield from self._onto(changed)

    def _onto(self, rows: NDArray[np.int64]) -> Iterator[Moved]:
        places = {row: place for place, row in enumerate(zip(*self.columns, strict=True))}
        move = [places.get(tuple(row), -1) for row in rows.tolist()]
        if sorted(move) == list(range(len(move))) and move != sorted(move):
            yield from filter(None, [self._checked(move)])


def alike(labellings: Sequence[Sequence[int]], moves: Sequence[Moved]) -> list[list[int]]:
    """Return which labellings of the outcomes permutations take to one another.

    Parameters
    ----------
    labellings : sequence of sequences of int
        One label per outcome; no two are the same up to the names of the labels.
    moves : sequence of permutations

    Returns
    -------
    list of lists of int
        Ascending places of labellings; each list is an orbit, or what is there of it.

    Examples
    --------
    >>> alike([(0, 0, 1), (0, 1, 1), (0, 1, 2)], [(2, 1, 0)])
    [[0, 1], [2]]
    """
    rows = _lowest(np.array(labellings, dtype=np.int64).reshape(len(labellings), -1))
    places = {row.tobytes(): place for place, row in enumerate(rows)}
    images = []
    for move in moves:
        moved = _lowest(rows[:, np.argsort(move)])
        images.append([places.get(row.tobytes(), k) for k, row in enumerate(moved)])
    first = np.arange(len(rows))
    while True:  # a permutation comes back to where it began, so that each learns from all others
        old = first.copy()
        for image in images:
            np.minimum.at(first, image, first.copy())
        if np.array_equal(old, first):
            break
    orbits: dict[int, list[int]] = {}
    for place, start in enumerate(first.tolist()):
        orbits.setdefault(start, []).append(place)
    return list(orbits.values())


def _lowest(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each outcome the first one with the same label."""
    return np.stack([(rows == rows[:, [k]]).argmax(axis=1) for k in range(rows.shape[1])], axis=1)


def _first_shared(colours: Colours) -> int | None:
    """Return the first outcome of the smallest colour that several have."""
    values, first, counts = np.unique(colours, return_index=True, return_counts=True)
    shared = np.flatnonzero(counts > 1)
    if not len(shared):
        return None
    best = min(shared.tolist(), key=lambda k: (int(counts[k]), int(values[k])))
    return int(first[best])


def _mixed(values: Colours) -> Colours:
    """Return hashes of 64 bits (the finaliser of SplitMix64)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)))
