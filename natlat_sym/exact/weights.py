"""Arrays of non-negative integers whose sums never wrap.

Weights are machine integers where that is provably safe and Python integers otherwise:

* an ``int64`` array holds only weights below ``2**62``;
* a total is a Python integer, added up in two 31-bit halves, so it cannot wrap;
* a sum of ``int64`` weights is taken directly only when the total is below ``2**62`` (every
  partial sum of non-negative weights is at most the total), else in two halves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natlat_sym.exact.scalars import Scalar

Array = NDArray[Any]

LIMIT = 1 << 62
SMALL = 1 << 10
_HALF = 31
_MASK = (1 << _HALF) - 1


def as_weights(values: Iterable[int] | Array) -> Array:
    """Return non-negative integers as ``int64`` when all are below ``2**62``, else as objects.

    Functions of parameters are objects.
    """
    if not isinstance(values, np.ndarray):
        values = list(values)
        small = not symbolic(values) and max(values, default=0) < LIMIT
        return np.array(values, dtype=np.int64 if small else object)
    if values.dtype == object and symbolic(values.reshape(-1).tolist()):
        return values
    small = values.size == 0 or int(values.max()) < LIMIT
    return values.astype(np.int64 if small else object, copy=False)


def compact(weights: Array) -> Array:
    """Return the same integers in the smallest machine type that holds them.

    >>> compact(np.array([3, 200])).dtype
    dtype('uint8')
    """
    if weights.dtype == object:
        return weights
    return weights.astype(np.min_scalar_type(int(weights.max(initial=0))))


def symbolic(values: Iterable[object]) -> bool:
    """Tell whether some weights are functions of parameters."""
    return any(isinstance(value, Scalar) for value in values)


def exact_sum(weights: Array) -> int:
    """Sum of non-negative weights as a Python integer, whatever their size."""
    if weights.size == 0:
        return 0
    if weights.dtype == object:
        return sum(weights.tolist())
    if int(weights.max()) * weights.size < LIMIT:
        return int(weights.sum())
    return (int((weights >> _HALF).sum()) << _HALF) + int((weights & _MASK).sum())


def safe_product(left: Array, right: Array) -> Array:
    """Multiply two arrays of non-negative integers without wrapping."""
    if left.dtype == object or right.dtype == object:
        return as_weights(left.astype(object) * right.astype(object))
    if left.size and right.size and int(left.max()) * int(right.max()) >= LIMIT:
        left, right = left.astype(object), right.astype(object)
    return as_weights(left * right)


def added(weights: Array, total: int, add: Callable[[Array], Array]) -> Array:
    """Apply a summing function to weights whose sum is ``total``; exact, and never wraps."""
    if weights.dtype == object or total < LIMIT:
        return add(weights)
    if weights.size > 1 << 30:
        return as_weights(add(weights.astype(object)))
    # Weights are below 2**62, so both halves are below 2**31, and at most 2**30 of them are
    # added: the sums stay below 2**61.
    high, low = add(weights >> _HALF), add(weights & _MASK)
    if int(high.max()) < 1 << 30:
        return (high << _HALF) + low
    joined: Array = (high.astype(object) << _HALF) + low.astype(object)
    return joined


def collapse(cells: Array, shape: tuple[int, ...], kept: frozenset[int], total: int) -> Array:
    """Sum a dense table over the axes that are not kept, neighbouring axes together."""
    runs: list[tuple[bool, int]] = []
    for axis, size in enumerate(shape):
        keep = axis in kept
        if size > 1 and runs and runs[-1][0] == keep:
            runs[-1] = keep, runs[-1][1] * size
        elif size > 1:
            runs.append((keep, size))
    if cells.size <= SMALL:
        dropped = tuple(place for place, (keep, _) in enumerate(runs) if not keep)
        box = [size for _, size in runs]

        def add(part: Array) -> Array:
            return np.asarray(part.reshape(box).sum(axis=dropped)).reshape(-1)

        return added(cells, total, add)
    while dropped_runs := [place for place, (keep, _) in enumerate(runs) if not keep]:
        place = max(dropped_runs, key=lambda index: runs[index][1])
        before = prod(size for _, size in runs[:place])
        view = before, runs[place][1], -1
        cells = added(cells, total, partial(_sum_middle, view=view))
        del runs[place]
    return cells


def _sum_middle(cells: Array, view: tuple[int, int, int]) -> Array:
    """Sum over the middle axis, with long inner loops whatever the proportions."""
    table = cells.reshape(view)
    _, middle, last = table.shape
    if last >= 16 or (last == 1 and middle > 16):
        return np.asarray(table.sum(axis=1)).reshape(-1)
    if middle <= 16:
        total = table[:, 0].copy()
        for place in range(1, middle):
            total += table[:, place]
        return total.reshape(-1)
    return np.stack([table[:, :, place].sum(axis=1) for place in range(last)], axis=1).reshape(-1)


def small_enough(weights: Array) -> bool:
    """Tell whether a counter for every number up to the largest weight is worthwhile."""
    return weights.dtype != object and int(weights.max()) <= 8 * weights.size + SMALL


def histogram(weights: Array) -> tuple[Array, Array]:
    """Distinct non-zero weights, ascending, and how many cells have each."""
    if weights.dtype == object:
        tally = Counter(weights.tolist())
        tally.pop(0, None)
        listed = sorted(tally, key=str if symbolic(tally) else None)
        return as_weights(listed), np.array([tally[value] for value in listed], dtype=np.int64)
    if small_enough(weights):
        copies = np.bincount(weights)
        copies[0] = 0
        values = np.flatnonzero(copies)
        return values, copies[values]
    values, copies = np.unique(weights, return_counts=True)
    return (values[1:], copies[1:]) if values[0] == 0 else (values, copies)
