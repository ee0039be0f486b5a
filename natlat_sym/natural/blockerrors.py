"""Exact errors of partitions from the masses of their blocks, and the exact front of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from natlat_sym.exact.bits import Bits
from natlat_sym.natural.automorphisms import alike, automorphisms
from natlat_sym.natural.partitions import labels_of, masks_of

if TYPE_CHECKING:
    from natlat_sym.natural.automorphisms import Moved
    from natlat_sym.natural.partitions import Blocks

Terms = tuple[tuple[int, int], ...]
Errors = tuple[Bits, ...]


class ExactErrors:
    """Mediation and the redundancy errors of partitions of a support.

    Parameters
    ----------
    weights : sequence of int
        Of each cell.
    features, survivors : sequences of labels per cell
        The value of each feature, and of each group that shall tell the label, on each cell.

    Examples
    --------
    >>> errors = ExactErrors([1, 1], [[0, 1], [0, 1]], [[0, 1], [0, 1]])
    >>> errors.of((3,)), errors.of((1, 2))
    ((Bits('1'), Bits('0'), Bits('0')), (Bits('0'), Bits('0'), Bits('0')))
    """

    def __init__(
        self,
        weights: Sequence[int],
        features: Sequence[Sequence[int]],
        survivors: Sequence[Sequence[int]],
    ) -> None:
        self._weights, self._total = weights, sum(weights)
        self._columns = features
        self._features = [masks_of(labels) for labels in features]
        self._survivors = [masks_of(labels) for labels in survivors]
        self._blocks: dict[int, list[Counter[int]]] = {}
        self._values: dict[Terms, Bits] = {}
        whole = (1 << len(weights)) - 1
        self._offsets = [self._masses(whole, classes) for classes in self._survivors]
        self._cells = Counter(weights)

    def of(self, blocks: Blocks) -> Errors:
        """Return the errors of a partition in bits; equal objects where the terms are the same.

        Parameters
        ----------
        blocks : tuple of masks

        Returns
        -------
        tuple of Bits
            Mediation, then one for each survivor.
        """
        parts = [self._of_block(block) for block in blocks]
        sums = [self._cells.copy(), *(Counter(offset) for offset in self._offsets)]
        for part in parts:
            for total, terms in zip(sums, part, strict=True):
                for n, times in terms.items():
                    total[n] += times
        return tuple(map(self._value, sums))

    def alike(self, partitions: Sequence[Blocks]) -> list[list[Blocks]]:
        """Return partitions, those together that symmetries of the support take to one another.

        Parameters
        ----------
        partitions : sequence of tuples of masks
            No two the same.

        Returns
        -------
        list of lists of tuples of masks
            Those of a list have the same mediation error, and the same redundancy errors but for
            their order.
        """
        labels = [labels_of(blocks, len(self._weights)) for blocks in partitions]
        return [[partitions[place] for place in row] for row in alike(labels, self.moves)]

    @cached_property
    def moves(self) -> tuple[Moved, ...]:
        """Symmetries of the support that generate all of them."""
        return automorphisms(self._weights, self._columns)[0]

    def summed(self, block: int) -> dict[int, int]:
        """Return what a block adds to the sum of all errors.

        Only the H of each group that shall tell the label is left out, whatever the partition.

        Parameters
        ----------
        block : int
            A mask of cells.

        Returns
        -------
        dict of int to int
            Coefficients of log2(n) by n, over the sum of all weights.

        Examples
        --------
        >>> ExactErrors([1, 1], [[0, 1], [0, 1]], [[0, 1], [0, 1]]).summed(3)
        {2: 2}
        """
        weights = enumerate(self._weights)
        times = Counter(weight for cell, weight in weights if block >> cell & 1)
        for part in self._of_block(block):
            times.update(part)
        return {n: n * k for n, k in times.items() if k and n > 1}

    def _of_block(self, block: int) -> list[Counter[int]]:
        """Return how often n*log2(n) occurs in what a block adds to each error, by n."""
        if block not in self._blocks:
            mediation = self._masses(block, [block])
            mediation = Counter({n: k * (len(self._features) - 1) for n, k in mediation.items()})
            for classes in self._features:
                mediation.subtract(self._masses(block, classes))
            rest = []
            for classes in self._survivors:
                rest.append(Counter({n: -k for n, k in self._masses(block, classes).items()}))
            self._blocks[block] = [mediation, *rest]
        return self._blocks[block]

    def _masses(self, block: int, classes: Sequence[int]) -> Counter[int]:
        weights = enumerate(self._weights)
        held = [(1 << cell, weight) for cell, weight in weights if block >> cell & 1]
        sums = (sum(w for bit, w in held if bit & mask) for mask in classes)
        return Counter(n for n in sums if n)

    def _value(self, times: Counter[int]) -> Bits:
        key = tuple(sorted((n, k) for n, k in times.items() if k and n > 1))
        if key not in self._values:
            self._values[key] = Bits.from_terms({n: n * k for n, k in key}, self._total)
        return self._values[key]


def exact_front(points: Sequence[tuple[Bits, Bits]]) -> list[list[int]]:
    """Return the points that no other one dominates, ties together, by ascending first value.

    Parameters
    ----------
    points : sequence of (Bits, Bits)

    Returns
    -------
    list of lists of int
        Places of the points; those of one list are equal.

    Examples
    --------
    >>> one, two, three = map(Bits, (1, 2, 3))
    >>> exact_front([(two, two), (one, three), (one, three), (three, two)])
    [[1, 2], [0]]
    """
    first = _ranks([a for a, _ in points])
    second = _ranks([b for _, b in points])
    groups: dict[tuple[int, int], list[int]] = {}
    for place, (a, b) in enumerate(points):
        groups.setdefault((first[a], second[b]), []).append(place)
    front: list[list[int]] = []
    lowest = len(second)
    for (_, height), places in sorted(groups.items()):
        if height < lowest:
            lowest = height
            front.append(places)
    return front


def _ranks(values: Sequence[Bits]) -> dict[Hashable, int]:
    return {value: rank for rank, value in enumerate(sorted(set(values)))}
