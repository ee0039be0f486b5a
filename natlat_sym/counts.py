"""Immutable tables of non-negative integers: the engine under the exact laws.

A table is either dense (one cell for every combination of codes, in C order) or sparse (sorted
mixed-radix keys of the non-zero cells, with their weights).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import gcd, prod
from typing import Any, cast

import numpy as np

from natlat_sym.amounts import log_sum
from natlat_sym.bits import Bits
from natlat_sym.field import Scalar, common_divisor
from natlat_sym.primeterms import prime_terms
from natlat_sym.weights import (
    LIMIT,
    SMALL,
    Array,
    added,
    as_weights,
    collapse,
    exact_sum,
    histogram,
    small_enough,
)

DENSE_CELLS = 1 << 26
LONG = 512  # bits of a total: from here on masses are cancelled one by one


class Counts:
    """A table of non-negative integers over a box of codes.

    Parameters
    ----------
    shape : tuple of int
        Number of codes on each axis.
    weights : array
        All cells in C order, or the weights that go with ``keys``.
    keys : array, optional
        Sorted distinct mixed-radix keys of the non-zero cells; without it the table is dense.
    total : int, optional
        Sum of the weights, when the caller knows it.

    Notes
    -----
    Use :meth:`from_pairs` and :meth:`from_cells`; this constructor trusts its arrays.

    Examples
    --------
    >>> table = Counts.from_pairs((2, 2), [0, 3, 3], [1, 1, 1])
    >>> table.total, table.marginal((1,)).weights.tolist(), str(table.entropy())
    (3, [1, 2], '-2/3 + log2(3)')
    """

    __slots__ = ("_keys", "_weights", "shape", "total")

    shape: tuple[int, ...]
    total: int
    _weights: Array
    _keys: Array | None

    def __init__(
        self,
        shape: Sequence[int],
        weights: Array,
        keys: Array | None = None,
        total: int | None = None,
    ) -> None:
        weights.flags.writeable = False
        if keys is not None:
            keys.flags.writeable = False
        put = object.__setattr__
        put(self, "shape", tuple(shape))
        put(self, "_weights", weights)
        put(self, "_keys", keys)
        put(self, "total", exact_sum(weights) if total is None else total)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Counts are immutable, cannot set {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Counts are immutable, cannot delete {name!r}")

    def __reduce__(self) -> tuple[object, ...]:
        return Counts, (self.shape, self._weights, self._keys, self.total)

    @classmethod
    def from_pairs(
        cls, shape: Sequence[int], keys: Iterable[int] | Array, weights: Iterable[int] | Array
    ) -> Counts:
        """Add up (key, weight) pairs in any order, repeated keys allowed."""
        box = prod(shape)
        chosen = np.int64 if box < 1 << 63 else object
        listed = keys if isinstance(keys, np.ndarray) else list(keys)
        values = as_weights(weights)
        return _gather(tuple(shape), np.asarray(listed, dtype=chosen), values, exact_sum(values))

    @classmethod
    def from_cells(cls, shape: Sequence[int], cells: Array) -> Counts:
        """Take a full array of non-negative integers in C order (not copied)."""
        weights = as_weights(cells.reshape(-1))
        size = int(np.count_nonzero(weights))
        if _is_dense(weights.size, size):
            return cls(shape, weights)
        keys = np.flatnonzero(weights)
        return cls(shape, as_weights(weights[keys]), keys)

    @property
    def dense(self) -> bool:
        """Whether every cell is stored."""
        return self._keys is None

    @property
    def keys(self) -> Array:
        """Sorted keys of the non-zero cells."""
        return np.flatnonzero(self._weights) if self._keys is None else self._keys

    @property
    def weights(self) -> Array:
        """Weights of the non-zero cells, in the order of :attr:`keys`."""
        return self._weights[self._weights != 0] if self._keys is None else self._weights

    @property
    def size(self) -> int:
        """Number of non-zero cells."""
        return int(np.count_nonzero(self._weights)) if self._keys is None else self._keys.size

    def digits(self, axis: int) -> Array:
        """Code on one axis of every non-zero cell, in the order of :attr:`keys`."""
        return _digit(self.keys, prod(self.shape[axis + 1 :]), self.shape[axis])

    def weight(self, key: int) -> int:
        """Weight of one cell."""
        if self._keys is None:
            return _plain(self._weights[key])
        place = int(np.searchsorted(self._keys, key))
        found = place < self._keys.size and self._keys[place] == key
        return _plain(self._weights[place]) if found else 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return (
            self.shape == other.shape
            and self.total == other.total
            and np.array_equal(self.keys, other.keys)
            and np.array_equal(self.weights, other.weights)
        )

    def __hash__(self) -> int:
        head = self.keys[:32].tolist(), self.weights[:32].tolist()
        return hash((self.shape, self.total, tuple(head[0]), tuple(head[1])))

    def head(self, limit: int) -> Counts:
        """Return the table of the first few non-zero cells."""
        if self.size <= limit:
            return self
        return Counts(self.shape, self.weights[:limit], self.keys[:limit])

    def marginal(self, axes: Sequence[int]) -> Counts:
        """Sum out all axes but these; the result has them in the order given."""
        kept = sorted(axes)
        table = self._sum_out(kept) if len(kept) < len(self.shape) else self
        return table if kept == list(axes) else table._permuted([kept.index(a) for a in axes])

    def _sum_out(self, kept: list[int]) -> Counts:
        shape = tuple(self.shape[axis] for axis in kept)
        if not kept:
            return Counts((), as_weights([self.total]), total=self.total)
        if self._keys is None:
            cells = collapse(self._weights, self.shape, frozenset(kept), self.total)
            return Counts(shape, cells, total=self.total)
        return _gather(shape, self.rekeyed(kept, shape), self._weights, self.total)

    def rekeyed(self, axes: Sequence[int], shape: Sequence[int]) -> Array:
        """Keys of the non-zero cells in the box of these axes alone."""
        keys = self.keys
        new: Array = np.zeros(keys.size, dtype=np.int64 if prod(shape) < 1 << 63 else object)
        for place, axis in enumerate(axes):
            digit = _digit(keys, prod(self.shape[axis + 1 :]), self.shape[axis])
            new += digit.astype(new.dtype) * prod(shape[place + 1 :])
        return new

    def _permuted(self, order: list[int]) -> Counts:
        shape = tuple(self.shape[axis] for axis in order)
        if self._keys is None and len(order) <= 32:
            cells = self._weights.reshape(self.shape).transpose(order).reshape(-1)
            return Counts(shape, cells, total=self.total)
        return _gather(shape, self.rekeyed(order, shape), self.weights, self.total)

    def select(self, codes: Mapping[int, int]) -> Counts:
        """Keep the cells with these codes on these axes, and drop those axes."""
        keys, keep = self.keys, np.ones(self.size, dtype=bool)
        for axis, code in codes.items():
            keep &= _digit(keys, prod(self.shape[axis + 1 :]), self.shape[axis]) == code
        rest = [axis for axis in range(len(self.shape)) if axis not in codes]
        part = Counts(self.shape, self.weights[keep], keys[keep])
        shape = tuple(self.shape[axis] for axis in rest)
        return Counts.from_pairs(shape, part.rekeyed(rest, shape), part._weights)

    def recoded(self, maps: Sequence[Array | None], shape: Sequence[int]) -> Counts:
        """Replace the code on each axis by ``maps[axis][code]`` (None: as it is); may merge."""
        if all(codes is None for codes in maps):
            return self
        new: Array = np.zeros(self.size, dtype=np.int64 if prod(shape) < 1 << 63 else object)
        for axis, codes in enumerate(maps):
            digit = self.digits(axis)
            mapped = digit if codes is None else codes[digit.astype(np.int64)]
            new += mapped.astype(new.dtype) * prod(shape[axis + 1 :])
        return _gather(tuple(shape), new, self.weights, self.total)

    def reduced(self) -> Counts:
        """The same proportions in lowest terms."""
        weights, common = self._weights, self.total
        for start in range(0, weights.size, 4096):
            part = weights[start : start + 4096]
            if part.dtype == object:
                common = common_divisor([common, *part.tolist()])
            else:
                common = gcd(common, int(np.gcd.reduce(part)))
            if common == 1:
                return self
        lower = as_weights(weights // common)
        return Counts(self.shape, lower, self._keys, self.total // common)

    def histogram(self) -> tuple[Array, Array]:
        """Distinct non-zero weights, ascending, and how many cells have each."""
        return histogram(self._weights)

    def entropy(self) -> Bits:
        """Exact entropy in bits of the law proportional to the weights."""
        return _entropy(self._weights, self.total)

    def entropies(self, targets: Iterable[frozenset[int]]) -> dict[frozenset[int], Bits]:
        """Exact entropies of many marginals, sharing the marginals between them."""
        found: dict[frozenset[int], Bits] = {}
        _visit(self, tuple(range(len(self.shape))), set(targets), found)
        return found


def _plain(weight: Any) -> int:
    return cast(int, weight) if isinstance(weight, Scalar) else int(weight)


def _is_dense(box: int, size: int) -> bool:
    return box <= DENSE_CELLS and box <= max(256, 4 * size)


def _digit(keys: Array, stride: int, size: int) -> Array:
    if keys.dtype == object:
        digits = keys // stride % size
        return digits.astype(np.int64) if size < LIMIT else digits
    return keys // stride % size


def _gather(shape: tuple[int, ...], keys: Array, weights: Array, total: int) -> Counts:
    """Build a table from (key, weight) pairs with sum ``total``, adding up repeated keys."""
    box = prod(shape)
    if _is_dense(box, keys.size):
        places = keys.astype(np.int64, copy=False)

        def scatter(part: Array) -> Array:
            cells = np.zeros(box, dtype=part.dtype)
            np.add.at(cells, places, part)
            return cells

        return Counts(shape, added(weights, total, scatter), total=total)
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    if first.size < keys.size:
        keys = keys[first]
        weights = added(weights, total, lambda part: np.add.reduceat(part, first))
    present = weights != 0
    if not present.all():
        keys, weights = keys[present], weights[present]
    return Counts(shape, weights, keys, total)


def _visit(
    table: Counts,
    axes: tuple[int, ...],
    targets: set[frozenset[int]],
    found: dict[frozenset[int], Bits],
) -> None:
    """Find the entropies of ``targets`` (sets of original axes) from a table over ``axes``.

    The axes are cut in three consecutive blocks.  A target inside two of them is found from the
    marginal without the third, which is far smaller; the others from this table.
    """
    union = frozenset().union(*targets)
    if len(union) < len(axes):
        kept = [place for place, axis in enumerate(axes) if axis in union]
        table, axes = table.marginal(kept), tuple(axis for axis in axes if axis in union)
    if union in targets:
        found[union] = table.entropy()
        targets = targets - {union}
    if len(targets) > 2 and len(axes) > 3 and table._weights.size > SMALL:
        for block in _thirds(axes, table.shape):
            inside = {target for target in targets if target.isdisjoint(block)}
            if len(inside) > 1:
                targets = targets - inside
                _visit(table, axes, inside, found)
    for target in targets:
        kept = [place for place, axis in enumerate(axes) if axis in target]
        if table._keys is None and kept:
            cells = collapse(table._weights, table.shape, frozenset(kept), table.total)
            found[target] = _entropy(cells, table.total)
        else:
            found[target] = table.marginal(kept).entropy()


def _entropy(weights: Array, total: int) -> Bits:
    """Exact entropy of weights with this sum: log N - (1/N) * sum of n * log n."""
    if isinstance(total, int) and total.bit_length() > LONG:
        return log_sum(_in_lowest_terms(weights, total), total)
    terms = _logarithms(weights, total)
    terms[total] = terms.get(total, 0) + total
    return log_sum(terms, total)


def _in_lowest_terms(weights: Array, total: int) -> dict[int, int]:
    """Return the coefficients of logarithms with every n/N cancelled first.

    Weights over one long denominator share most of their factors, and the normal form would have
    to find them again by gcds of long integers.
    """
    terms: dict[int, int] = {}
    for n, copies in Counter(weights.tolist()).items():
        common = gcd(n, total)
        for atom, k in ((n // common, -n * copies), (total // common, n * copies)):
            terms[atom] = terms.get(atom, 0) + k
    return {atom: k for atom, k in terms.items() if k and atom > 1}


def _logarithms(weights: Array, total: int) -> dict[int, int]:
    """Return minus the sum of n * log n, as coefficients of logarithms."""
    if weights.size <= 64:
        tally = Counter(weights.tolist())
        return {n: -n * copies for n, copies in tally.items() if n}
    if weights.size >= SMALL and small_enough(weights):
        copies = np.bincount(weights)
        if total < LIMIT:  # and so is n * copies
            terms = prime_terms(-np.arange(copies.size) * copies, total)
            if terms is not None:
                return terms
    values, copies = histogram(weights)
    if weights.dtype == object or total >= LIMIT:
        values, copies = values.astype(object), copies.astype(object)
    return dict(zip(values.tolist(), (-values * copies).tolist(), strict=True))


def _thirds(axes: tuple[int, ...], shape: tuple[int, ...]) -> list[frozenset[int]]:
    """Cut the axes in three consecutive blocks of about equal number of bits."""
    sizes = [size.bit_length() for size in shape]
    blocks: list[list[int]] = [[], [], []]
    seen = 0
    for axis, size in zip(axes, sizes, strict=True):
        blocks[min(2, 3 * seen // sum(sizes))].append(axis)
        seen += size
    return [frozenset(block) for block in blocks if block]
