"""Shares of outcomes where blocks are too many to list: cutting planes near a good partition.

As in `shares`, numbers y of the outcomes with ``sum of y over B <= cost of B`` for every block B
bound every partition from below.  The best shares for the blocks seen so far are many; those near
a guess are broken by few further blocks.  A walk over blocks looks for some that cost less than
their shares, and these are added.  Nothing is decided here: the trusted checker proves the shares
or rejects them.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """

    def __init__(
        self, masses: Floats, features: Sequence[Integers], survivors: Sequence[Integers]
    ) -> None:
        self.masses, self.times = masses, len(features) - 1
        self.classes = [*features, *survivors]
        self.ones = [np.eye(codes.max() + 1)[codes] for codes in self.classes]

    def of(self, blocks: Floats) -> Floats:
        """Return the costs of blocks, rows of zeros and ones."""
        held = blocks * self.masses
        cost = self.times * xlog(held.sum(axis=1)) + blocks @ xlog(self.masses)
        for ones in self.ones:
            cost = cost - xlog(held @ ones).sum(axis=1)
        return np.asarray(cost)

    def changed(self, blocks: Floats) -> Floats:
        """Return by how much the cost rises when one outcome goes in or out, for all of them."""
        held = blocks * self.masses
        step = np.where(blocks > 0, -self.masses, self.masses)
        whole = held.sum(axis=1, keepdims=True)
        rise = self.times * (xlog(whole + step) - xlog(whole)) + np.sign(step) * xlog(self.masses)
        for codes, ones in zip(self.classes, self.ones, strict=True):
            old = held @ ones
            rise = rise - (xlog(old[:, codes] + step) - xlog(old)[:, codes])
        return np.asarray(rise)

    def slopes(self, labels: Integers) -> Floats:
        """Return shares of the outcomes in the blocks of a partition that sum to their costs."""
        logs = self.times * np.log2(np.bincount(labels, self.masses))[labels]
        logs = logs + np.log2(self.masses)
        for codes in self.classes:
            both = codes * (int(labels.max()) + 1) + labels
            logs = logs - np.log2(np.bincount(both, self.masses)[both])
        return np.asarray(self.masses * logs)

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


def trivial_shares(masses: Floats, survivors: Sequence[Integers]) -> Floats:
    """Return shares that hold for every law and show that no error is below 0.

    Parameters
    ----------
    masses : ndarray
        One per outcome.
    survivors : sequence of ndarray of labels per outcome

    Returns
    -------
    ndarray

    Examples
    --------
    >>> trivial_shares(np.array([0.5, 0.5]), [np.array([0, 1]), np.array([0, 0])])
    array([0.5, 0.5])
    """
    return np.asarray(
        -masses * sum(np.log2(np.bincount(codes, masses))[codes] for codes in survivors)
    )


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
    """

    def __init__(self, costs: BlockCosts, start: Floats, labels: Integers) -> None:
        self.costs, self.shares = costs, costs.slopes(labels)
        self.guess, self.spans = self.shares, np.abs(start - self.shares) + costs.masses
        self.blocks = np.eye(labels.max() + 1)[labels].T
        self.held: dict[Block, float] = {}  # blocks, and what they cost
        self._hold([*np.eye(len(start)), np.ones(len(start)), *self.blocks])
        self.dice = np.random.default_rng(0)

    def _hold(self, rows: Sequence[Floats]) -> bool:
        new = {tuple(row.tolist()) for row in rows} - self.held.keys()
        if new:
            ordered = sorted(new)
            costs = self.costs.of(np.array(ordered))
            self.held.update(zip(ordered, costs.tolist(), strict=True))
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
            short = np.array(list(self.held.values())) - rows @ self.shares
            tries = [rows[np.argsort(short, kind="stable")[:NEAREST]], self.blocks]
            many = step % FULL == 0
            if many:
                tries.append(np.eye(len(self.guess)))
            size = (SCATTERED if many else FEW, len(self.guess))
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
        count = len(self.guess)
        members = [np.flatnonzero(row) for row in self.held]
        index = [*members]
        values = [np.ones(sum(map(len, members)))]
        for sign in (1.0, -1.0):
            cells = np.arange(count)
            index.append(np.stack([cells, np.full(count, count)], axis=1).reshape(-1))
            values.append(np.stack([np.full(count, sign), self.spans], axis=1).reshape(-1))
        sizes = [*map(len, members), *[2] * (2 * count), 1]
        starts = np.cumsum([0, *sizes]).astype(np.int32)
        rows = np.concatenate([*index, [count]]).astype(np.int32)
        matrix = (starts, rows, np.concatenate([*values, [1.0]]))
        cost = np.concatenate([list(self.held.values()), self.guess, -self.guess, [0.0]])
        goal = np.array([1.0] * count + [NEARNESS])
        solver = linear_program(Program(SCALE * cost, np.zeros(len(cost)), goal, matrix))
        self.shares = np.array(solver.getSolution().row_dual)[:count] / SCALE


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
