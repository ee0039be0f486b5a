"""Keys of the cells of a box of codes, in the order of the cells.

A key is the number of a cell in mixed radix, the last axis running fastest.  Where the box has
fewer than 2**63 cells, keys are one array of ``int64``.  A wider box is cut into consecutive axes
that fit, one machine word for each, and keys are an array of shape (words, cells), the most
significant word first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from natlat_sym.exact.weights import Array

BOX = 1 << 63
_MIX = np.array([0x9E3779B97F4A7C15], dtype=np.uint64)

# An axis inside a word: (word, stride, size, cells of the word); digit = word // stride % size.
Piece = tuple[Array, int, int, int]


Layout = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def layout(shape: Sequence[int]) -> Layout:
    """Return (word, stride) of every axis, and the number of cells of every word.

    >>> layout((2, 3, 5))
    (((0, 15), (0, 5), (0, 1)), (30,))
    >>> layout((10,) * 20)[1]
    (100, 1000000000000000000)
    """
    return _laid_out(tuple(shape), BOX)


@lru_cache(maxsize=64)
def _laid_out(shape: tuple[int, ...], box: int) -> Layout:
    places: list[tuple[int, int]] = []
    boxes = [1]
    for size in reversed(shape):
        if boxes[-1] * size >= box and boxes[-1] > 1:
            boxes.append(1)
        places.append((len(boxes), boxes[-1]))
        boxes[-1] *= size
    count = len(boxes)
    found = tuple((count - word, stride) for word, stride in reversed(places))
    return found, tuple(boxes[::-1])


def as_keys(integers: Iterable[int] | Array, shape: Sequence[int]) -> Array:
    """Return cell numbers, Python integers of any size, as keys.

    >>> as_keys([7, 10**20 - 1], (10,) * 20).tolist()
    [[0, 99], [7, 999999999999999999]]
    """
    _, boxes = layout(shape)
    if len(boxes) == 1:
        return np.asarray(
            integers if isinstance(integers, np.ndarray) else list(integers), dtype=np.int64
        )
    if isinstance(integers, np.ndarray) and integers.ndim == 2:
        return integers
    rest = integers.tolist() if isinstance(integers, np.ndarray) else list(integers)
    words = []
    for box in reversed(boxes):
        words.append([number % box for number in rest])
        rest = [number // box for number in rest]
    return np.array(words[::-1], dtype=np.int64).reshape(len(boxes), -1)


def as_integers(keys: Array, shape: Sequence[int]) -> list[int]:
    """Return keys as Python integers.

    >>> as_integers(as_keys([7, 10**20 - 1], (10,) * 20), (10,) * 20)
    [7, 99999999999999999999]
    """
    found = [0] * keys.shape[-1]
    words = keys.reshape(1, -1) if keys.ndim == 1 else keys
    for word, box in zip(words.tolist(), layout(shape)[1], strict=True):
        found = [number * box + digit for number, digit in zip(found, word, strict=True)]
    return found


def pieces(keys: Array, shape: Sequence[int]) -> list[Piece]:
    """Return where to read the digit on every axis."""
    words = [keys] if keys.ndim == 1 else list(keys)
    places, boxes = layout(shape)
    return [
        (words[word], stride, size, boxes[word])
        for (word, stride), size in zip(places, shape, strict=True)
    ]


def columns(codes: Sequence[Array], shape: Sequence[int]) -> list[Piece]:
    """Return the pieces of codes given as one array for each axis."""
    return [(code, 1, size, size) for code, size in zip(codes, shape, strict=True)]


def digit(keys: Array, shape: Sequence[int], axis: int) -> Array:
    """Return the code on one axis of every key.

    >>> digit(as_keys([7, 10**20 - 1], (10,) * 20), (10,) * 20, 19).tolist()
    [7, 9]
    """
    return _read(*pieces(keys, shape)[axis])


def _read(word: Array, stride: int, span: int, box: int) -> Array:
    value: Array = word if stride == 1 else word // stride
    if stride * span != box:
        value = value - value // span * span  # several times faster than %
    return value


def assemble(parts: Sequence[Piece], shape: Sequence[int]) -> Array:
    """Return keys in a box of this shape from one piece for each axis, in order.

    >>> keys = as_keys([5, 29], (2, 3, 5))
    >>> axes = pieces(keys, (2, 3, 5))
    >>> assemble([axes[2], axes[0]], (5, 2)).tolist()
    [0, 9]
    """
    places, boxes = layout(shape)
    found = np.zeros((len(boxes), parts[0][0].size if parts else 1), dtype=np.int64)
    for (word, stride, span, box), (row, step) in _runs(parts, places):
        value = _read(word, stride, span, box).astype(np.int64, copy=False)
        found[row] += value if step == 1 else value * step
    return found[0] if len(boxes) == 1 else found


def _runs(
    parts: Sequence[Piece], places: Sequence[tuple[int, int]]
) -> list[tuple[Piece, tuple[int, int]]]:
    """Join neighbouring axes that come from one word and go to one word, to be moved at once."""
    runs: list[tuple[Piece, tuple[int, int]]] = []
    for part, place in zip(parts, places, strict=True):
        word, stride, span, box = part
        if runs:
            (before, high, wide, _), (row, _) = runs[-1]
            if before is word and high == stride * span and row == place[0]:
                runs[-1] = (word, stride, wide * span, box), place
                continue
        runs.append((part, place))
    return runs


def project(keys: Array, shape: Sequence[int], axes: Sequence[int]) -> Array:
    """Return the keys in the box of these axes alone, in the order given.

    >>> project(as_keys([5, 29], (2, 3, 5)), (2, 3, 5), (1, 2)).tolist()
    [5, 14]
    """
    if not axes:
        return np.zeros(keys.shape[-1], dtype=np.int64)
    words = pieces(keys, shape)
    return assemble([words[axis] for axis in axes], [shape[axis] for axis in axes])


def in_order(keys: Array) -> Array:
    """Return the places that sort the keys.

    >>> in_order(as_keys([3 * 10**19, 7, 10**19], (10,) * 20)).tolist()
    [1, 2, 0]
    """
    return np.argsort(keys, kind="stable") if keys.ndim == 1 else np.lexsort(keys[::-1])


def side_by_side(keys: Array) -> tuple[Array, Array]:
    """Return places that bring equal keys together, and where each run of equals starts.

    Wide keys are sorted by a mixture of their words, which is five times faster than sorting them
    word by word; should two different keys have the same mixture, they are sorted word by word.

    >>> order, starts = side_by_side(as_keys([7, 10**19, 7], (10,) * 20))
    >>> order[starts[0]:starts[1]].tolist() in ([0, 2], [1]), starts.size
    (True, 2)
    """
    if keys.ndim == 1:
        order = np.argsort(keys)
        return order, np.flatnonzero(_changes(keys[order]))
    mixture = keys[0].view(np.uint64)
    for word in keys[1:].view(np.uint64):
        mixture = (mixture ^ (mixture >> np.uint64(29))) * _MIX + word
    order = np.argsort(mixture)
    changes = _changes(keys[:, order])
    if np.array_equal(changes, _changes(mixture[order])):
        return order, np.flatnonzero(changes)
    order = in_order(keys)
    return order, np.flatnonzero(_changes(keys[:, order]))


def _changes(keys: Array) -> Array:
    """Tell at which keys a run of equal ones starts."""
    changes = np.zeros(keys.shape[-1], dtype=bool)
    changes[:1] = True
    for word in [keys] if keys.ndim == 1 else keys:
        changes[1:] |= word[1:] != word[:-1]
    return changes


def starts_of(ordered: Array) -> Array:
    """Return where each run of equal keys starts.

    >>> starts_of(np.array([3, 3, 5])).tolist()
    [0, 2]
    """
    return np.flatnonzero(_changes(ordered))


def ranks(keys: Array) -> Array:
    """Return the place of each key among the distinct keys in order.

    >>> ranks(np.array([30, 7, 30])).tolist()
    [1, 0, 1]
    """
    order = in_order(keys)
    found = np.empty(order.size, dtype=np.int64)
    found[order] = np.cumsum(_changes(keys[..., order])) - 1
    return found


def locate(keys: Array, number: int, shape: Sequence[int]) -> int | None:
    """Return the place of a cell number among sorted keys, None when it is not there.

    >>> locate(as_keys([7, 10**19], (10,) * 20), 10**19, (10,) * 20)
    1
    """
    low, high = 0, keys.shape[-1]
    wanted = as_keys([number], shape).reshape(-1).tolist()
    for word, digits in zip(keys.reshape(len(wanted), -1), wanted, strict=True):
        part = word[low:high]
        left, right = np.searchsorted(part, digits), np.searchsorted(part, digits, side="right")
        low, high = low + int(left), low + int(right)
    return low if low < high else None
