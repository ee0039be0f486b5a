"""Good labellings of outcomes by merging labels and moving outcomes, in floats.

The mediation error and each redundancy error of a labelling are sums of t * log2(t) over counts by
label; a move changes a few of them, so all labels that an outcome can get are compared at once.
Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search.blockwalk import xlog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

MOST_MERGED, MOST_MOVED, SWEEPS, BETTER = 160, 40, 30, 1e-12


class LabelWalk:
    """Errors of labellings in floats, and moves that lower them.

    Parameters
    ----------
    masses : ndarray
        One per outcome.
    features, survivors : sequences of ndarray of codes per outcome
        What shall be mediated, and what shall tell the label.
    score : "sum" or "max"
        Of all errors.

    Examples
    --------
    >>> codes = np.array([0, 0, 1, 1])
    >>> walk = LabelWalk(np.full(4, 0.25), [codes, codes], [codes, codes], "sum")
    >>> walk.improve(np.arange(4)).tolist()
    [0, 0, 1, 1]
    """

    def __init__(
        self,
        masses: Floats,
        features: Sequence[Integers],
        survivors: Sequence[Integers],
        score: str,
    ) -> None:
        self.masses, self.features, self.survivors = masses, features, survivors
        self.score = score
        alone = [xlog(np.asarray(np.bincount(codes, masses), float)).sum() for codes in survivors]
        self.base = np.array([xlog(masses).sum(), *alone])

    def value(self, labels: Integers) -> float:
        """Return the score of a labelling."""
        tables = self._tables(labels, int(labels.max()) + 1)
        return float(self._score(self.base + self._columns(tables).sum(axis=1)))

    def _score(self, errors: Floats) -> Floats:
        return np.asarray(errors.sum(axis=0) if self.score == "sum" else errors.max(axis=0))

    def _tables(self, labels: Integers, size: int) -> list[Floats]:
        """Return the masses by label, then by class and label for each family of classes."""
        tables = []
        for codes in (np.zeros_like(labels), *self.features, *self.survivors):
            flat = np.bincount(codes * size + labels, self.masses, (codes.max() + 1) * size)
            tables.append(np.asarray(flat, dtype=np.float64).reshape(-1, size))
        return tables

    def _columns(self, tables: Sequence[Floats]) -> Floats:
        """Return what each label adds to each error, up to constants."""
        whole, *rest = (xlog(table).sum(axis=0) for table in tables)
        count = len(self.features)
        mediation = (count - 1) * whole - sum(rest[:count])
        return np.array([mediation, *(-part for part in rest[count:])])

    def improve(self, labels: Integers) -> Integers:
        """Merge labels and move outcomes while that lowers the score."""
        labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
        if labels.max() < MOST_MERGED:
            labels = self._merged(labels)
        if labels.max() < MOST_MOVED:
            for _ in range(SWEEPS):
                if not self._sweep(labels):
                    break
                labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
        return labels

    def _sweep(self, labels: Integers) -> bool:
        """Give each outcome in turn the label that is best for it, or a new one."""
        tables = self._tables(labels, int(labels.max()) + 2)
        families = [np.zeros_like(labels), *self.features, *self.survivors]
        columns = self._columns(tables)
        total, moved = self.base + columns.sum(axis=1), False
        count = len(self.features)
        signs = np.array([count - 1, *[-1] * (len(families) - 1)], dtype=np.float64)
        for cell, mass in enumerate(self.masses):
            held = int(labels[cell])
            rows = np.array(
                [table[codes[cell]] for table, codes in zip(tables, families, strict=True)]
            )
            out = np.maximum(rows[:, held] - mass, 0)
            rise = signs[:, None] * (xlog(rows + mass) - xlog(rows))
            fall = signs * (xlog(out) - xlog(rows[:, held]))
            rise = rise + fall[:, None]
            rise[:, held] = 0
            errors = np.vstack([rise[: count + 1].sum(axis=0), rise[count + 1 :]])
            scores = self._score(total[:, None] + errors)
            best = int(scores.argmin())
            if scores[best] < scores[held] - BETTER:
                labels[cell], moved, total = best, True, total + errors[:, best]
                for table, codes in zip(tables, families, strict=True):
                    table[codes[cell], held] = max(table[codes[cell], held] - mass, 0)
                    table[codes[cell], best] += mass
        return moved

    def _merged(self, labels: Integers) -> Integers:
        size = int(labels.max()) + 1
        tables = self._tables(labels, size)
        columns = self._columns(tables)
        total = self.base + columns.sum(axis=1)
        rise = np.full((len(total), size, size), np.inf)  # of each error by a merge, low < high
        for low in range(size - 1):
            rise[:, low, low + 1 :] = self._rises(tables, columns, low)[:, low + 1 :]
        left = list(range(size))
        while len(left) > 1:
            scores = self._score(total[:, None, None] + rise)
            low, high = (int(k) for k in np.unravel_index(scores.argmin(), scores.shape))
            if scores[low, high] >= self._score(total):
                break
            total = total + rise[:, low, high]
            labels = np.where(labels == high, low, labels)
            left.remove(high)
            for table in tables:
                table[:, low] += table[:, high]
                table[:, high] = 0
            columns = self._columns(tables)
            rise[:, high, :] = rise[:, :, high] = np.inf
            new = self._rises(tables, columns, low)
            for other in left:
                if other != low:
                    rise[:, min(low, other), max(low, other)] = new[:, other]
        return np.asarray(np.unique(labels, return_inverse=True)[1].reshape(-1))

    def _rises(self, tables: Sequence[Floats], columns: Floats, label: int) -> Floats:
        """Return by how much each error rises when a label is merged with each other one."""
        joined = self._columns([table + table[:, [label]] for table in tables])
        return np.asarray(joined - columns - columns[:, [label]])


def starts(walk: LabelWalk) -> Iterator[Integers]:
    """Yield labellings to begin with.

    Parameters
    ----------
    walk : LabelWalk

    Yields
    ------
    ndarray
        One label for all, a label for each, the values of each feature, and clusters of these by
        what they say of the other features.
    """
    cells = len(walk.masses)
    yield np.zeros(cells, dtype=np.int64)
    yield np.arange(cells)
    for codes in walk.features:
        yield codes
        others = np.stack([other for other in walk.features if other is not codes])
        rest = np.unique(others, axis=1, return_inverse=True)[1].reshape(-1)
        table = np.zeros((codes.max() + 1, rest.max() + 1))
        np.add.at(table, (codes, rest), walk.masses)
        rows = np.sqrt(table / table.sum(axis=1, keepdims=True))
        for count in range(2, min(len(rows), 6)):
            yield _medoids(rows, table.sum(axis=1), count)[codes]


def _medoids(rows: Floats, masses: Floats, count: int) -> Integers:
    """Cluster conditional laws around some of them, by squared Hellinger distance."""
    far = ((rows[:, None] - rows[None]) ** 2).sum(axis=2)
    chosen = [int(masses.argmax())]
    while len(chosen) < count:
        chosen.append(int((far[:, chosen].min(axis=1) * masses).argmax()))
    for _ in range(20):
        labels = far[:, chosen].argmin(axis=1)
        moved = []
        for place, medoid in enumerate(chosen):
            inside = np.flatnonzero(labels == place)
            costs = (far[np.ix_(inside, inside)] * masses[inside]).sum(axis=1)
            moved.append(int(inside[costs.argmin()]) if len(inside) else medoid)
        if moved == chosen:
            break
        chosen = moved
    return np.asarray(far[:, chosen].argmin(axis=1))
