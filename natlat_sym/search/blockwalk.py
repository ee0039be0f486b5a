"""Shares of outcomes where blocks are too many to list: cutting planes near a good partition.

As in `shares`, numbers y of the outcomes with ``sum of y over B <= cost of B`` for every block B
bound every partition from below.  The best shares for the blocks seen so far are many; those near
a guess are broken by few further blocks.  A walk over blocks looks for some that cost less than
their shares, and these are added.  Nothing is decided here: the trusted checker proves the shares
or rejects them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search.lp import Program, linear_program, whole_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Block = tuple[float, ...]  # 1 for the outcomes in it, 0 for the others

SEEN, NEAREST, SCATTERED, FEW, FULL = 1e-9, 40, 20, 8, 8
NEARNESS = 1e-3  # what the largest distance of the shares from their guess weighs
SCALE = 1024.0  # the solver keeps to absolute tolerances


class BlockCosts:
    """What blocks of outcomes cost, in bits: many blocks at once, and all their single changes.

    Parameters
    ----------
    masses : ndarray
        One per outcome.
    features, survivors : sequences of ndarray of labels per outcome
    weights : ndarray, optional
        Of mediation and of each redundancy; default: 1 each.
    """

    def __init__(
        self,
        masses: Floats,
        features: Sequence[Integers],
        survivors: Sequence[Integers],
        weights: Floats | None = None,
    ) -> None:
        self.masses, self.features, self.survivors = masses, features, survivors
        self.classes = [*features, *survivors]
        self.ones = [np.eye(codes.max() + 1)[codes] for codes in self.classes]
        self.weights = np.ones(1 + len(survivors)) if weights is None else weights
        whole = [xlog(np.asarray(np.bincount(codes, masses))).sum() for codes in survivors]
        self.offsets = np.array([0.0, *whole])  # what the errors are less the costs of all blocks

    def parts(self, blocks: Floats) -> Floats:
        """Return what blocks, rows of zeros and ones, cost in each error."""
        held, count = blocks * self.masses, len(self.features)
        sums = [xlog(held @ ones).sum(axis=1) for ones in self.ones]
        mediation = (count - 1) * xlog(held.sum(axis=1)) + blocks @ xlog(self.masses)
        mediation = mediation - sum(sums[:count])
        return np.stack([mediation, *(-one for one in sums[count:])], axis=1)

    def of(self, blocks: Floats) -> Floats:
        """Return the costs of blocks."""
        return np.asarray(self.parts(blocks) @ self.weights)

    def changed(self, blocks: Floats) -> Floats:
        """Return by how much the cost rises when one outcome goes in or out, for all of them."""
        held, (first, *rest) = blocks * self.masses, self.weights
        step = np.where(blocks > 0, -self.masses, self.masses)
        whole, times = held.sum(axis=1, keepdims=True), len(self.features) - 1
        rise = first * times * (xlog(whole + step) - xlog(whole))
        rise = rise + first * np.sign(step) * xlog(self.masses)
        weights = [first] * len(self.features) + rest
        for codes, ones, weight in zip(self.classes, self.ones, weights, strict=True):
            if weight:
                old = held @ ones
                rise = rise - weight * (xlog(old[:, codes] + step) - xlog(old)[:, codes])
        return np.asarray(rise)

    def slopes(self, labels: Integers) -> Floats:
        """Return shares of the outcomes in the blocks of a partition that sum to their costs.

        A column for each error.
        """
        size = int(labels.max()) + 1

        def logs(codes: Integers) -> Floats:
            both = codes * size + labels
            return np.asarray(np.log2(np.bincount(both, self.masses)[both]))

        whole = np.zeros_like(labels)
        mediation = (len(self.features) - 1) * logs(whole) + np.log2(self.masses)
        mediation = mediation - sum(logs(codes) for codes in self.features)
        columns = [mediation, *(-logs(codes) for codes in self.survivors)]
        return np.asarray(self.masses[:, None] * np.stack(columns, axis=1))

    def lowered(self, blocks: Floats, shares: Floats) -> Floats:
        """Change outcomes of each block while its cost less its shares gets smaller."""
        blocks = blocks.copy()
        moving = np.arange(len(blocks))
        for _ in range(3 * blocks.shape[1]):
            now = blocks[moving]
            rise = self.changed(now) - np.where(now > 0, -shares, shares)
            rise[(now.sum(axis=1) == 1)[:, None] & (now > 0)] = np.inf
            best = rise.argmin(axis=1)
            better = rise[np.arange(len(now)), best] < -1e-12
            moving, best = moving[better], best[better]
            if not len(moving):
                break
            blocks[moving, best] = 1 - blocks[moving, best]
        return blocks


def trivial_shares(costs: BlockCosts) -> Floats:
    """Return shares that hold for every law and show that no error is below 0.

    Parameters
    ----------
    costs : BlockCosts

    Returns
    -------
    ndarray
        One per outcome.

    Examples
    --------
    >>> codes = [np.array([0, 1]), np.array([0, 0])]
    >>> trivial_shares(BlockCosts(np.array([0.5, 0.5]), codes, codes))
    array([0.5, 0.5])
    """
    masses, rest = costs.masses, costs.weights[1:]
    logs = (np.log2(np.bincount(codes, masses))[codes] for codes in costs.survivors)
    return np.asarray(-masses * sum(w * row for w, row in zip(rest, logs, strict=True)))


class ShareWalk:
    """A walk toward shares that no block breaks, with a sum near the largest.

    Parameters
    ----------
    costs : BlockCosts
    start : ndarray
        Shares that hold.
    labels : ndarray of int
        A good partition.  Its errors as a function of fractions of the outcomes have slopes, which
        add up to what each of its blocks costs: the walk stays as near to these as it can.
    free : bool
        Whether the weights of the errors are sought too, with the sum 1: those for which the sum
        of the shares bounds the weighted errors, and so the largest, best.  They are in ``costs``.
    held : mapping, optional
        Blocks that another walk has seen.
    level : ndarray of int, optional
        Numbers of outcomes; those with the same number have the same share.  Default: all differ.
    """

    def __init__(
        self,
        costs: BlockCosts,
        start: Floats,
        labels: Integers,
        free: bool = False,
        held: Mapping[Block, Floats] | None = None,
        level: Integers | None = None,
    ) -> None:
        self.costs, self.free = costs, free
        self.level = np.arange(len(start)) if level is None else level
        self.sizes, self.first = np.bincount(self.level), np.unique(self.level, True)[1]
        slopes = np.zeros((len(self.sizes), len(costs.weights)))
        np.add.at(slopes, self.level, costs.slopes(labels))
        self.slopes = slopes / self.sizes[:, None]
        self.shares = (self.slopes @ costs.weights)[self.level]
        self.spans = (np.abs(start - self.shares) + costs.masses)[self.first]
        self.blocks = np.eye(labels.max() + 1)[labels].T
        self.held = dict(held or {})  # blocks, and what they cost in each error
        self._hold([*np.eye(len(start)), np.ones(len(start)), *self.blocks])
        self.dice = np.random.default_rng(0)

    def _hold(self, rows: Sequence[Floats]) -> bool:
        new = {tuple(row.tolist()) for row in rows} - self.held.keys()
        if new:
            ordered = sorted(new)
            self.held.update(zip(ordered, self.costs.parts(np.array(ordered)), strict=True))
        return bool(new)

    def add(self, blocks: Sequence[Sequence[int]]) -> bool:
        """Let the shares hold for more blocks; return whether some were not among those held.

        These are a few of the given ones, and what is reached from each of them downhill.
        """
        rows = np.zeros((len(blocks), len(self.shares)))
        for row, outcomes in zip(rows, blocks, strict=True):
            row[list(outcomes)] = 1
        new = self._hold([*rows[:FEW], *self.costs.lowered(rows, self.shares)])
        if new:
            self._settle()
        return new

    def run(self, rounds: int) -> bool:
        """Add blocks that break the shares; return whether none was found in the end."""
        for step in range(rounds):
            rows = np.array(list(self.held))
            short = np.array(list(self.held.values())) @ self.costs.weights - rows @ self.shares
            tries = [rows[np.argsort(short, kind="stable")[:NEAREST]], self.blocks]
            many = step % FULL == 0
            if many:
                tries.append(np.eye(len(self.shares)))
            size = (SCATTERED if many else FEW, len(self.shares))
            tries.append(self.dice.integers(0, 2, size).astype(np.float64))
            new = self._hold(_broken(self.costs, np.vstack(tries), self.shares))
            if step and not new:
                return True
            self._settle()
        return False

    def partition(self) -> Integers:
        """Return labels of a cheap partition into the blocks that are held."""
        rows = np.array(list(self.held))
        places, members = np.nonzero(rows)
        starts = np.searchsorted(places, np.arange(len(rows) + 1)).astype(np.int32)
        matrix = (starts, members.astype(np.int32), np.ones(len(members)))
        cost, goal = SCALE * self.costs.of(rows), np.ones(rows.shape[1])
        chosen = whole_columns(Program(cost, np.zeros(len(cost)), goal, matrix))
        return np.asarray(rows[chosen].argmax(axis=0))

    def _settle(self) -> None:
        """Find shares that no block held breaks: their sum is the largest that they can have,
        but for a little of their largest distance from the guess.
        """
        count, parts = len(self.sizes), np.array(list(self.held.values()))
        amounts = np.vstack([parts, self.slopes, -self.slopes, np.zeros((1, parts.shape[1]))])
        columns, cost = self._columns(), amounts @ self.costs.weights
        goal, lower = np.append(self.sizes.astype(float), NEARNESS), np.zeros(len(cost))
        if self.free:  # a row for each error, whose multiplier is its weight
            errors = np.arange(count + 1, count + 1 + parts.shape[1])
            columns = [
                (np.concatenate([rows, errors]), np.concatenate([values, -amount]))
                for (rows, values), amount in zip(columns, amounts, strict=True)
            ]
            columns += [(errors[[k]], -np.ones(1)) for k in range(len(errors))]
            columns.append((errors, np.ones(len(errors))))
            cost = np.append(np.zeros(len(columns) - 1), 1.0)
            lower = np.append(np.zeros(len(columns) - 1), -np.inf)
            goal = np.concatenate([goal, self.costs.offsets])
        starts = np.cumsum([0, *(len(rows) for rows, _ in columns)]).astype(np.int32)
        rows, values = (np.concatenate(both) for both in zip(*columns, strict=True))
        matrix = (starts, rows.astype(np.int32), values)
        solver = linear_program(Program(SCALE * cost, lower, goal, matrix))
        found = np.array(solver.getSolution().row_dual) / SCALE
        self.shares = found[:count][self.level]
        if self.free:
            self.costs.weights = np.maximum(found[count + 1 :], 0)

    def _columns(self) -> list[tuple[Integers, Floats]]:
        """Return rows and entries: for each block, and for each share above and below its guess."""
        count = len(self.sizes)
        found = []
        for row in self.held:
            levels, times = np.unique(self.level[np.flatnonzero(row)], return_counts=True)
            found.append((levels, times.astype(float)))
        for sign in (1.0, -1.0):
            for cell, span in enumerate(self.spans):
                found.append((np.array([cell, count]), np.array([sign, span])))
        return [*found, (np.array([count]), np.ones(1))]


def _broken(costs: BlockCosts, tries: Floats, shares: Floats) -> Sequence[Floats]:
    tries = tries[tries.sum(axis=1) > 0]
    low = costs.lowered(tries, shares)
    return list(low[costs.of(low) - low @ shares < -SEEN])


def xlog(values: Floats) -> Floats:
    """Return t * log2(t) of each number, 0 at 0.

    Parameters
    ----------
    values : ndarray

    Returns
    -------
    ndarray

    Examples
    --------
    >>> xlog(np.array([0.5, 2.0]))
    array([-0.5,  2. ])
    """
    return np.asarray(values * np.log2(np.maximum(values, 1e-300)))
