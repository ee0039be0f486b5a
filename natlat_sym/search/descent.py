"""Counterexamples by descent: laws improved in floating point, rounded to small rationals.

A claim without equality hypotheses is a function of the law alone, once every error symbol takes
the least value that the hypotheses allow.  Many random laws over small alphabets descend on it
together, by the gradient of the entropies; those that end below zero are rounded and proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.natural.softmax import descended
from natlat_sym.search.lp import clipped
from natlat_sym.search.prover import Problem, Row
from natlat_sym.search.sketch import Sketch, numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_CELLS = 128
STARTS = 48
STEPS = 400
RATE = 0.15
BEST = 6
DENOMINATORS = (8, 12, 16, 24, 32, 60, 100, 360, 1000, 10_000, 1_000_000)


def descents(problem: Problem, alphabets: tuple[int, ...] = (2, 3)) -> Iterator[Sketch]:
    """Yield rounded laws that seem to violate the goal, the roundest first.

    Parameters
    ----------
    problem : Problem
        With an equality hypothesis, nothing is yielded.
    alphabets : tuple of int
        Numbers of values of every variable to try; at most 128 cells in all.

    Returns
    -------
    iterator of Sketch
        Candidates, to be decided exactly by the caller.

    Examples
    --------
    >>> from fractions import Fraction
    >>> problem = Problem(("X", "Y"), (), {1: Fraction(1), 2: Fraction(1), 3: Fraction(-2)}, ())
    >>> next(descents(problem)).outcomes()
    {('0', '0'): 2, ('0', '1'): 2, ('1', '0'): 2, ('1', '1'): 2}
    """
    if any(equal for equal, _ in problem.given):
        return
    for size in alphabets:
        count = len(problem.variables)
        if size**count <= MAX_CELLS:
            yield from _rounded(_Descent(problem, size).run(), size, count)


def _rounded(laws: Floats, size: int, count: int) -> Iterator[Sketch]:
    seen: set[tuple[int, ...]] = set()
    for denominator in DENOMINATORS:
        for law in laws:
            weights = tuple(int(w) for w in np.rint(law * denominator))
            if sum(weights) and weights not in seen:
                seen.add(weights)
                yield _sketch(weights, size, count)


def _sketch(weights: tuple[int, ...], size: int, count: int) -> Sketch:
    kept = [(cell, weight) for cell, weight in enumerate(weights) if weight]
    cells = [np.unravel_index(cell, (size,) * count) for cell, _ in kept]
    labels = tuple(numbered([int(cell[i]) for cell in cells]) for i in range(count))
    return Sketch(tuple(weight for _, weight in kept), labels, f"laws on {size} values")


class _Descent:
    """Batched descent on a goal over all laws on a product of equal alphabets."""

    def __init__(self, problem: Problem, size: int) -> None:
        self.count, self.size = len(problem.variables), size
        self.first = 1 << self.count
        forms = [problem.goal, *(form for _, form in problem.given)]
        self.masks = sorted({row for form in forms for row in form if row < self.first})
        self.symbols = range(self.first, self.first + len(problem.symbols))
        self.constant = self.first + len(problem.symbols)
        self.goal = problem.goal
        self.given = [form for _, form in problem.given]

    def run(self) -> Floats:
        """Return the best laws, flattened, that are below zero."""
        cells = self.size**self.count
        dice = np.random.default_rng(cells)
        logits = dice.normal(0, 2, (STARTS, cells))
        best, found = np.full(STARTS, np.inf), np.zeros_like(logits)

        def slopes(law: Floats) -> Floats:
            value, slope = self._goal(law)
            better = value < best
            best[better], found[better] = value[better], law[better]
            return slope

        descended(logits, slopes, RATE, STEPS)
        order = [i for i in np.argsort(best) if best[i] < -1e-9][:BEST]
        return found[order]

    def _goal(self, law: Floats) -> tuple[Floats, Floats]:
        """Return the goal per law, relative to the joint entropy, and its gradient."""
        heights = {mask: self._entropy(law, mask) for mask in {*self.masks, self.first - 1}}
        values = {mask: height for mask, (height, _) in heights.items()}
        weights = self._weights(values, len(law))
        value, slope = np.zeros(len(law)), np.zeros_like(law)
        for mask, weight in weights.items():
            if mask == self.constant:
                value += weight
            else:
                value += weight * values[mask]
                slope += weight[:, None] * heights[mask][1]
        whole, whole_slope = heights[self.first - 1]
        scale = whole + 0.01
        return value / scale, (slope - (value / scale)[:, None] * whole_slope) / scale[:, None]

    def _entropy(self, law: Floats, mask: int) -> tuple[Floats, Floats]:
        """Return a joint entropy per law, and its gradient up to a constant."""
        cube = law.reshape(-1, *(self.size,) * self.count)
        away = tuple(i + 1 for i in range(self.count) if not mask >> i & 1)
        marginal = cube.sum(axis=away, keepdims=True)
        logs = np.log2(np.maximum(marginal, 1e-300))
        height = -(marginal * logs).reshape(len(law), -1).sum(axis=1)
        return height, -np.broadcast_to(logs, cube.shape).reshape(law.shape)

    def _weights(self, values: dict[int, Floats], count: int) -> dict[int, Floats]:
        """Return the goal as weights of entropies; symbols take their least values."""
        total = {row: np.full(count, clipped(x)) for row, x in self.goal.items()}
        for place in self.symbols:
            scale = total.pop(place, None)
            if scale is None:
                continue
            least, active = np.zeros(count), np.full(count, -1)
            bounds = [form for form in self.given if self._is_bound(form, place)]
            for number, form in enumerate(bounds):
                height = -self._at(form, values) / clipped(form[place])
                active[height > least] = number
                least = np.maximum(least, height)
            for number, form in enumerate(bounds):
                for row, x in form.items():
                    if row != place:
                        part = np.where(active == number, -clipped(x / form[place]) * scale, 0.0)
                        total[row] = total.get(row, np.zeros(count)) + part
        return total

    def _is_bound(self, form: Row, place: int) -> bool:
        return form.get(place, 0) > 0 and not any(s in form for s in self.symbols if s != place)

    def _at(self, form: Row, values: dict[int, Floats]) -> Floats:
        parts = [clipped(x) * values[row] for row, x in form.items() if row < self.first]
        return np.asarray(sum(parts) + clipped(form.get(self.constant, Fraction(0))))
