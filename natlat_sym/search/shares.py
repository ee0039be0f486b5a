"""Shares of outcomes in what every block of a partition costs: proposed by linear programs.

Numbers y of the outcomes with ``sum of y over B <= cost of B`` for every block B bound the cost of
every partition from below by their sum.  A linear program over the blocks that matter finds the
best ones; the trusted checker decides whether they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.natural.partitions import block_costs
from natlat_sym.search.lp import Program, linear_program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS, BATCH, NEAR, GIVEN = 200, 60, 1e-9, Fraction(1, 10**8)


def block_shares(
    weights: Sequence[int],
    features: Sequence[Sequence[int]],
    survivors: Sequence[Sequence[int]],
) -> list[Fraction]:
    """Return shares in bits, a little below the best ones.

    Parameters
    ----------
    weights : sequence of int
        One per outcome, at most 16 outcomes.
    features, survivors : sequences of labels per outcome
        As for the costs of blocks.

    Returns
    -------
    list of Fraction
        One per outcome; for costs in counts over the total of the counts.

    Examples
    --------
    >>> shares = block_shares([1, 1], [[0, 1], [0, 1]], [[0, 1], [0, 1]])
    >>> -2e-7 < sum(shares) < 0
    True
    """
    costs = block_costs(weights, features, survivors)
    total = costs.mediation + sum(costs.redundancy)
    cost = total / float(1 << costs.places)
    held = [1 << cell for cell in range(len(weights))] + [len(cost) - 1]
    y = np.zeros(len(weights))
    for _ in range(ROUNDS):
        y = dual_shares(cost[held], [_cells(mask) for mask in held], len(weights))
        sums = np.zeros(1)
        for share in y:
            sums = np.concatenate([sums, sums + share])
        short = cost - sums
        short[0] = 0
        worst = np.argsort(short, kind="stable")[:BATCH]
        new = [int(mask) for mask in worst if short[mask] < -NEAR]
        if not new:
            break
        held += new
    return [Fraction(round(float(share) * 10**12), 10**12) - GIVEN for share in y]


def dual_shares(cost: Floats, members: Sequence[Sequence[int]], cells: int) -> Floats:
    """Return the shares with the largest sum that some blocks allow, in floats.

    Parameters
    ----------
    cost : ndarray
        One per block.
    members : sequence of sequences of outcomes
        The blocks; each outcome is in one of them at least.
    cells : int
        The number of outcomes.

    Returns
    -------
    ndarray

    Examples
    --------
    >>> float(dual_shares(np.array([1.0, 2.0, 2.5]), [[0], [1], [0, 1]], 2).sum())
    2.5
    """
    starts = np.cumsum([0, *map(len, members)]).astype(np.int32)
    index = np.array([cell for row in members for cell in row], dtype=np.int32)
    matrix = (starts, index, np.ones(len(index)))
    lower, goal = np.zeros(len(members)), np.ones(cells)
    solver = linear_program(Program(np.asarray(cost, dtype=np.float64), lower, goal, matrix))
    return np.array(solver.getSolution().row_dual)


def _cells(mask: int) -> list[int]:
    return [cell for cell in range(mask.bit_length()) if mask >> cell & 1]
