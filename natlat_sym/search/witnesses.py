"""Untrusted search for laws that refute a claim.

Candidates come from small lattices: every variable is a labelling of a few weighted points, so a
law is a tuple of lattice elements, joint entropies are entropies of joins, and thousands of laws
are screened at once in floating point.  A candidate counts only after an exact evaluation, which
is the caller's affair; the search itself promises nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search import dilutions
from natlat_sym.search.codes import linear_codes
from natlat_sym.search.descent import descents
from natlat_sym.search.lp import clipped
from natlat_sym.search.prover import MAX_VARIABLES as FULL_UP_TO
from natlat_sym.search.prover import Problem, Row, Separation
from natlat_sym.search.sketch import Labelling, Sketch, numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

MAX_VARIABLES = 8
EXHAUSTIVE_UP_TO = 70_000  # laws of one lattice; beyond, a fixed random sample is screened
SAMPLE = 60_000  # halved for each variable above five
BATCH = 10_000
MARGIN = 1e-9  # of the screening; a candidate is decided exactly afterwards
CANDIDATES_PER_BATCH = 8


@dataclass(frozen=True)
class Lattice:
    """Labellings of weighted points, closed under joins.

    Attributes
    ----------
    name : str
        For people.
    weights : tuple of int
        Of the points.
    elements : tuple of labellings
        The coarsest, constant one first.
    join : ndarray of shape (k, k)
        Index of the common refinement of two elements.
    entropy : ndarray of shape (k,)
        Of each element, in bits, floating.
    """

    name: str
    weights: tuple[int, ...]
    elements: tuple[Labelling, ...]
    join: Integers
    entropy: Floats


# ---- lattices ----


def _lattice(name: str, weights: Sequence[int], elements: Sequence[Labelling]) -> Lattice:
    ordered = sorted(set(elements), key=lambda e: (max(e), e))
    place = {element: i for i, element in enumerate(ordered)}
    join = np.array(
        [[place[numbered(tuple(zip(a, b, strict=True)))] for b in ordered] for a in ordered]
    )
    total = sum(weights)
    entropy = []
    for element in ordered:
        masses = np.zeros(max(element) + 1)
        np.add.at(masses, list(element), np.array(weights) / total)
        entropy.append(float(-(masses * np.log2(masses)).sum()))
    return Lattice(name, tuple(weights), tuple(ordered), join, np.array(entropy))


@cache
def partitions(weights: tuple[int, ...]) -> Lattice:
    """Return the lattice of all labellings of points with these weights.

    Parameters
    ----------
    weights : tuple of int
        One per point; 5 points have 52 labellings.

    Returns
    -------
    Lattice

    Examples
    --------
    >>> len(partitions((1, 1, 1)).elements)
    5
    """

    def grow(prefix: Labelling) -> Iterator[Labelling]:
        if len(prefix) == len(weights):
            yield prefix
            return
        for label in range(max(prefix, default=-1) + 2):
            yield from grow((*prefix, label))

    shown = ":".join(map(str, weights))
    return _lattice(f"functions of one variable with weights {shown}", weights, list(grow(())))


@cache
def parities(bits: int) -> Lattice:
    """Return the lattice of all tuples of parities of some fair bits.

    Parameters
    ----------
    bits : int
        2, 3 and 4 bits have 5, 16 and 67 elements.

    Returns
    -------
    Lattice

    Examples
    --------
    >>> [len(parities(bits).elements) for bits in (1, 2, 3)]
    [2, 5, 16]
    """
    points = range(1 << bits)
    elements: set[Labelling] = {tuple(0 for _ in points)}
    frontier = list(elements)
    while frontier:
        element = frontier.pop()
        for mask in range(1, 1 << bits):
            finer = numbered([(element[p], (p & mask).bit_count() & 1) for p in points])
            if finer not in elements:
                elements.add(finer)
                frontier.append(finer)
    return _lattice(f"parities of {bits} fair bits", [1] * (1 << bits), list(elements))


_PLAN: tuple[Callable[[], Lattice], ...] = (
    lambda: parities(1),
    lambda: partitions((1, 3)),
    lambda: parities(2),
    lambda: partitions((1, 1, 1)),
    lambda: partitions((1, 1, 2)),
    lambda: partitions((1, 1, 1, 1)),
    lambda: parities(3),
    lambda: partitions((1, 2, 3, 6)),
    lambda: partitions((1, 1, 1, 9)),
    lambda: parities(4),
    lambda: partitions((1, 1, 1, 1, 1)),
    lambda: partitions((1, 1, 1, 1, 2)),
)


# ---- the search ----


def sketches(problem: Problem, guide: Separation | None = None) -> Iterator[Sketch]:
    """Yield laws that seem to meet the hypotheses and to violate the goal, simple ones first.

    Parameters
    ----------
    problem : Problem
        With more than 8 variables only laws with the entropies of the guide are yielded.
    guide : Separation, optional
        A polymatroid; when it has small integer values, laws with exactly these entropies come
        first.

    Returns
    -------
    iterator of Sketch
        Candidates, to be decided exactly by the caller.

    Examples
    --------
    >>> from fractions import Fraction
    >>> goal = {1: Fraction(-1)}
    >>> next(sketches(Problem(("X",), (), goal, ()))).outcomes()
    {('0',): 1, ('1',): 1}
    """
    if guide is not None and len(problem.variables) <= FULL_UP_TO:
        yield from linear_codes(guide.values, len(problem.variables))
    if len(problem.variables) > MAX_VARIABLES:
        return
    screen = _Screen(problem)
    for make in _PLAN:
        lattice = make()
        for laws in _batches(len(lattice.elements), len(problem.variables)):
            for row in screen.candidates(_heights(lattice, laws)):
                yield _sketch(lattice, laws[row].tolist())
    yield from _dilutions(problem)
    yield from descents(problem)


def _dilutions(problem: Problem) -> Iterator[Sketch]:
    """Yield sums of diluted parities, for claims that hold numbers."""
    if len(problem.variables) > dilutions.MAX_VARIABLES:
        return
    lattice = parities(2)
    laws = np.concatenate(list(_batches(len(lattice.elements), len(problem.variables))))
    heights, first = np.unique(_heights(lattice, laws), axis=0, return_index=True)
    drawn = [_sketch(lattice, laws[row].tolist()) for row in first]
    yield from dilutions.diluted(problem, drawn, heights)


def searched() -> str:
    """Return what the search covers, in words."""
    families = (make().name for make in _PLAN)
    return "; ".join(
        [
            *families,
            "linear codes with its entropies",
            "diluted parities",
            "descent over small alphabets",
        ]
    )


def _sketch(lattice: Lattice, law: Sequence[int]) -> Sketch:
    return Sketch(lattice.weights, tuple(lattice.elements[e] for e in law), lattice.name)


def _batches(size: int, count: int) -> Iterator[Integers]:
    """Yield rows of element indices: all of them when few, else a fixed sample."""
    total = size**count
    if total <= EXHAUSTIVE_UP_TO:
        codes = np.arange(total, dtype=np.int64)
        powers = size ** np.arange(count, dtype=np.int64)
        laws = codes[:, None] // powers % size
    else:
        sample = SAMPLE >> max(0, count - 5)
        raw = random.Random(size * 100 + count).randbytes(2 * sample * count)
        laws = np.frombuffer(raw, dtype="<u2").astype(np.int64).reshape(sample, count) % size
    for start in range(0, len(laws), BATCH):
        yield laws[start : start + BATCH]


def _heights(lattice: Lattice, laws: Integers) -> Floats:
    """Return all joint entropies, shape (laws, 2**count)."""
    count = laws.shape[1]
    joins = np.zeros((len(laws), 1 << count), dtype=np.int64)
    for mask in range(1, 1 << count):
        top = mask.bit_length() - 1
        joins[:, mask] = lattice.join[joins[:, mask ^ 1 << top], laws[:, top]]
    return lattice.entropy[joins]


class _Screen:
    """The problem in floating point: hypotheses that fix symbols, the other ones, the goal."""

    def __init__(self, problem: Problem) -> None:
        self.size = 1 << len(problem.variables)
        self.symbols = len(problem.symbols)
        self.goal = self._vector(problem.goal)
        self.given = [(equality, self._vector(form)) for equality, form in problem.given]

    def _vector(self, form: Row) -> Floats:
        vector = np.zeros(self.size + self.symbols + 1)
        for row, value in form.items():
            vector[row] = clipped(value)
        return vector

    def candidates(self, heights: Floats) -> list[int]:
        """Return the rows that look like refutations, the clearest first."""
        count = len(heights)
        full = np.concatenate(
            [heights, np.zeros((count, self.symbols)), np.ones((count, 1))], axis=1
        )
        for k in range(self.symbols):
            full[:, self.size + k] = self._least_symbol(full, self.size + k)
        good = np.ones(count, dtype=bool)
        for equality, vector in self.given:
            value = full @ vector
            good &= (np.abs(value) < MARGIN) if equality else (value > -MARGIN)
        goal = full @ self.goal
        good &= goal < -MARGIN
        rows = np.flatnonzero(good)
        order = np.lexsort((rows, np.round(goal[rows], 6)))
        return [int(row) for row in rows[order][:CANDIDATES_PER_BATCH]]

    def _least_symbol(self, full: Floats, place: int) -> Floats:
        """Return the least value the hypotheses on this symbol alone allow."""
        least = np.zeros(len(full))
        for _, vector in self.given:
            others = np.delete(np.arange(self.size, self.size + self.symbols), place - self.size)
            if vector[place] > 0 and not vector[others].any():
                without = vector.copy()
                without[place] = 0
                least = np.maximum(least, -(full @ without) / vector[place])
        return least
