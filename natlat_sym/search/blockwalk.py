"""Shares of outcomes where blocks are too many to list: cutting planes between two points.

As in `shares`, numbers y of the outcomes with ``sum of y over B <= cost of B`` for every block B
bound every partition from below.  From shares that hold, steps go toward the best ones for the
blocks seen so far; a walk over blocks looks for one that costs less than its shares, and is added.
Nothing is decided here: the trusted checker proves the shares or rejects them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search.shares import dual_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

FINE, SEEN, NEAREST, SCATTERED = 1e-7, 1e-10, 40, 20


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
            old = (held @ ones)[:, codes]
            rise = rise - (xlog(old + step) - xlog(old))
        return np.asarray(rise)

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


def walked_shares(
    costs: BlockCosts, start: Floats, blocks: Sequence[Sequence[int]], rounds: int
) -> Floats:
    """Return shares that no block seen breaks, with a sum near the largest.

    Parameters
    ----------
    costs : BlockCosts
    start : ndarray
        Shares that hold.
    blocks : sequence of rows of 0 and 1
        Some blocks to begin with, such as those of a good partition.
    rounds : int
        How many linear programs at most; fewer give a smaller sum.

    Returns
    -------
    ndarray
    """
    count = len(start)
    whole = (1,) * count
    held = {whole, *(tuple(row) for row in np.eye(count, dtype=int).tolist())}
    held |= {tuple(row) for row in blocks}
    dice = np.random.default_rng(0)
    inner = start
    for _ in range(rounds):
        rows = np.array(sorted(held), dtype=np.float64)
        prices = costs.of(rows)
        outer = dual_shares(prices, [np.flatnonzero(row).tolist() for row in rows], count)
        found: set[tuple[int, ...]] = set()
        while not found and outer.sum() - inner.sum() > FINE:
            middle = (outer + inner) / 2
            tries = [rows[np.argsort(prices - rows @ middle, kind="stable")[:NEAREST]]]
            tries += [np.eye(count), dice.integers(0, 2, (SCATTERED, count)).astype(np.float64)]
            found = set(_broken(costs, np.vstack(tries), middle)) - held
            if not found:
                inner = middle
        if not found:
            break
        held |= found
    return inner


def _broken(costs: BlockCosts, tries: Floats, shares: Floats) -> Iterator[tuple[int, ...]]:
    tries = tries[tries.sum(axis=1) > 0]
    low = costs.lowered(tries, shares)
    short = costs.of(low) - low @ shares < -SEEN
    yield from (tuple(row) for row in low[short].astype(int).tolist())


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
