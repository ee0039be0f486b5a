"""Immutable tables of non-negative integers: the engine under the exact laws.

A table is either dense (one cell for every combination of codes, in C order) or sparse (sorted
keys of the non-zero cells, see `natlat_sym.laws.keys`, with their weights).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd, prod
from typing import Any, cast

import numpy as np

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.scalars import Scalar, common_divisor, lowest
from natlat_sym.exact.weights import (
    Array,
    added,
    as_weights,
    collapse,
    exact_sum,
    histogram,
    symbolic,
)
from natlat_sym.laws.entropies import entropy_of
from natlat_sym.laws.keys import (
    as_keys,
    assemble,
    columns,
    digit,
    in_order,
    locate,
    pieces,
    project,
    ranks,
    side_by_side,
    starts_of,
)
from natlat_sym.laws.sweep import entropies_of

DENSE_CELLS = 1 << 26


class Counts:
    """A table of non-negative integers over a box of codes.

    Parameters
    ----------
    shape : tuple of int
        Number of codes on each axis.
    weights : array
        All cells in C order, or the weights that go with ``keys``.
    keys : array, optional
        Sorted distinct keys of the non-zero cells; without it the table is dense.
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
        values = as_weights(weights)
        return _gather(tuple(shape), as_keys(keys, shape), values, exact_sum(values))

    @classmethod
    def from_codes(
        cls, shape: Sequence[int], codes: Sequence[Array], weights: Iterable[int] | Array
    ) -> Counts:
        """Add up weighted cells in any order, given by one array of codes for each axis."""
        return cls.from_pairs(shape, assemble(columns(codes, shape), shape), weights)

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
        return int(np.count_nonzero(self._weights)) if self._keys is None else self._weights.size

    def digits(self, axis: int) -> Array:
        """Code on one axis of every non-zero cell, in the order of :attr:`keys`."""
        return digit(self.keys, self.shape, axis)

    def weight(self, key: int) -> int:
        """Weight of one cell."""
        if self._keys is None:
            return _plain(self._weights[key])
        place = locate(self._keys, key, self.shape)
        return 0 if place is None else _plain(self._weights[place])

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
        head = self.keys[..., :32].tobytes(), tuple(self.weights[:32].tolist())
        return hash((self.shape, self.total, head))

    def head(self, limit: int) -> Counts:
        """Return the table of the first few non-zero cells."""
        return self if self.size <= limit else self.part(0, limit)

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
        return _gather(shape, self.rekeyed(kept), self._weights, self.total)

    def rekeyed(self, axes: Sequence[int]) -> Array:
        """Keys of the non-zero cells in the box of these axes alone."""
        return project(self.keys, self.shape, axes)

    def summed(self, kept: list[int]) -> Array:
        """Weights of the cells of a marginal, in any order; the axes ascend."""
        if self._keys is None and kept:
            return collapse(self._weights, self.shape, frozenset(kept), self.total)
        if not kept or _is_dense(prod(self.shape[axis] for axis in kept), self.size):
            return self.marginal(kept)._weights
        order, first = side_by_side(self.rekeyed(kept))
        return added(self._weights[order], self.total, lambda part: np.add.reduceat(part, first))

    def places(self, axes: Sequence[int]) -> Array:
        """Place of every non-zero cell's projection among those of the marginal on the axes."""
        return ranks(self.rekeyed(axes))

    def gathered(self, axes: Sequence[int]) -> tuple[Array, Array]:
        """Weights of a marginal's cells in any order, and that of every non-zero cell's own."""
        order, first = side_by_side(self.rekeyed(axes))
        ordered = self.weights[order]
        sums = added(ordered, self.total, lambda part: np.add.reduceat(part, first))
        own = np.empty(order.size, dtype=sums.dtype)
        own[order] = np.repeat(sums, np.diff(first, append=order.size))
        return sums, own

    def part(self, start: int, stop: int) -> Counts:
        """Return the table of some consecutive non-zero cells."""
        return Counts(self.shape, self.weights[start:stop], self.keys[..., start:stop])

    def annexed(self, codes: Array, size: int) -> Counts:
        """Give every non-zero cell a code on one more axis of this size."""
        shape = (*self.shape, size)
        keys = assemble([*pieces(self.keys, self.shape), (codes, 1, size, size)], shape)
        return Counts.from_pairs(shape, keys, self.weights)

    def _permuted(self, order: list[int]) -> Counts:
        shape = tuple(self.shape[axis] for axis in order)
        if self._keys is None and len(order) <= 32:
            cells = self._weights.reshape(self.shape).transpose(order).reshape(-1)
            return Counts(shape, cells, total=self.total)
        return _gather(shape, self.rekeyed(order), self.weights, self.total)

    def select(self, codes: Mapping[int, int]) -> Counts:
        """Keep the cells with these codes on these axes, and drop those axes."""
        keys, keep = self.keys, np.ones(self.size, dtype=bool)
        for axis, code in codes.items():
            keep &= digit(keys, self.shape, axis) == code
        rest = [axis for axis in range(len(self.shape)) if axis not in codes]
        part = Counts(self.shape, self.weights[keep], keys[..., keep])
        shape = tuple(self.shape[axis] for axis in rest)
        return Counts.from_pairs(shape, part.rekeyed(rest), part._weights)

    def recoded(self, maps: Sequence[Array | None], shape: Sequence[int]) -> Counts:
        """Replace the code on each axis by ``maps[axis][code]`` (None: as it is); may merge."""
        if all(codes is None for codes in maps):
            return self
        axes = pieces(self.keys, self.shape)
        for axis, codes in enumerate(maps):
            if codes is not None:
                axes[axis] = (codes[self.digits(axis)], 1, shape[axis], shape[axis])
        return _gather(tuple(shape), assemble(axes, shape), self.weights, self.total)

    def reduced(self) -> Counts:
        """The same proportions in lowest terms."""
        weights, common = self._weights, self.total
        if weights.dtype == object and symbolic(weights.tolist()):
            *kept, total = lowest([*weights.tolist(), common])
            return Counts(self.shape, as_weights(kept), self._keys, total)
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
        return entropy_of(self._weights, self.total)

    def entropies(self, targets: Iterable[frozenset[int]]) -> dict[frozenset[int], Bits]:
        """Exact entropies of many marginals, sharing the marginals between them."""
        return entropies_of(self, targets)


def _plain(weight: Any) -> int:
    return cast(int, weight) if isinstance(weight, Scalar) else int(weight)


def _is_dense(box: int, size: int) -> bool:
    return box <= DENSE_CELLS and box <= max(256, 4 * size)


def _gather(shape: tuple[int, ...], keys: Array, weights: Array, total: int) -> Counts:
    """Build a table from (key, weight) pairs with sum ``total``, adding up repeated keys."""
    box = prod(shape)
    if _is_dense(box, weights.size):
        places = keys.astype(np.int64, copy=False)

        def scatter(part: Array) -> Array:
            cells = np.zeros(box, dtype=part.dtype)
            np.add.at(cells, places, part)
            return cells

        return Counts(shape, added(weights, total, scatter), total=total)
    order = in_order(keys)
    keys, weights = keys[..., order], weights[order]
    first = starts_of(keys)
    if first.size < weights.size:
        keys = keys[..., first]
        weights = added(weights, total, lambda part: np.add.reduceat(part, first))
    present = weights != 0
    if not present.all():
        keys, weights = keys[..., present], weights[present]
    return Counts(shape, weights, keys, total)
