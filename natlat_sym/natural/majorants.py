"""Guesses in floats about the best stochastic latent of two features, from both sides.

A latent V of a law p of two features has the summed error Psi(p) - sum_v P(v) Phi(p_v), with
Phi(q) = 3 H(q) - 2 H(q_X) - 2 H(q_Y).  A matrix M with

    sum_xy M_xy r_x**(2/3) c_y**(2/3) <= 1    for all laws r of X and c of Y

gives Phi(q) <= -3 sum q log2(M), and so bounds every latent's error from below.  At an optimal
latent all components touch such a bound, which tells M.  Nothing here is proved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS, SETTLED, TINY = 4000, 1e-15, 1e-300


def _log(values: Floats) -> Floats:
    return np.asarray(np.log2(np.maximum(values, TINY)))


def _entropy(values: Floats, axes: tuple[int, ...]) -> Floats:
    return np.asarray(-(values * _log(values)).sum(axis=axes))


def error(table: Floats, channel: Floats) -> float:
    """Return the summed error of a latent P[label|x,y], labels first, on a table of masses."""
    parts = channel * table
    phi = 3 * _entropy(parts, (1, 2)) - 2 * _entropy(parts.sum(axis=2), (1,))
    phi += _entropy(parts.sum(axis=(1, 2)), ()) - 2 * _entropy(parts.sum(axis=1), (1,))
    psi = 2 * _entropy(table, (0, 1))
    psi -= _entropy(table.sum(axis=1), (0,)) + _entropy(table.sum(axis=0), (0,))
    return float(psi - phi.sum())


def best_guess(table: Floats, labels: int, starts: int) -> tuple[Floats, Floats]:
    """Return a latent and a matrix that bounds all latents, both as good as floats find them.

    Parameters
    ----------
    table : ndarray of shape (rows, columns)
        The masses.
    labels, starts : int
        The search begins with up to so many labels, from so many starts.

    Returns
    -------
    (ndarray of shape (labels, rows, columns), ndarray of shape (rows, columns))
        P[label|x,y], and the matrix, 0 where the table is.

    Examples
    --------
    >>> table = np.array([[0.4, 0.2], [0.0, 0.4]])
    >>> channel, matrix = best_guess(table, 2, 4)
    >>> error(table, channel) < 0.32193
    True
    """
    found = [
        settled(table, starting(table, k, starts if k > 1 else 1, np.random.default_rng(k)))
        for k in range(1, labels + 1)
    ]
    channel = min(found, key=lambda one: error(table, one))
    matrix = _touched(table, channel)
    return channel, np.asarray(matrix / _norm(matrix))


def starting(table: Floats, labels: int, starts: int, dice: np.random.Generator) -> Floats:
    """Return random latents P[label|x,y] of a table, a batch with labels first in each."""
    return np.moveaxis(dice.dirichlet(np.full(labels, 0.5), (starts, *table.shape)), -1, 1)


def settled(table: Floats, channels: Floats) -> Floats:
    """Repeat P[v|x,y] ~ (P(v,x)**2 P(v,y)**2 / P(v))**(1/3); return the best that comes out.

    Parameters
    ----------
    table : ndarray of shape (rows, columns)
        The masses.
    channels : ndarray of shape (many, labels, rows, columns)
        Latents to begin with.

    Returns
    -------
    ndarray of shape (labels, rows, columns)
    """
    for step in range(STEPS):
        parts = channels * table
        logs = 2 * _log(parts.sum(axis=3, keepdims=True))
        logs = logs + 2 * _log(parts.sum(axis=2, keepdims=True))
        logs = (logs - _log(parts.sum(axis=(2, 3), keepdims=True))) / 3
        following = np.exp2(logs - logs.max(axis=1, keepdims=True))
        following /= following.sum(axis=1, keepdims=True)
        moved = float(np.abs(following - channels).max())
        channels = following
        if moved < SETTLED:
            break
        if step % 50 == 49 and len(channels) > 1:
            scores = [error(table, channel) for channel in channels]
            keep = np.argsort(scores, kind="stable")[: (len(scores) + 1) // 2]
            channels = channels[keep]
    return np.asarray(min(channels, key=lambda channel: error(table, channel)))


def _touched(table: Floats, channel: Floats) -> Floats:
    """Return the matrix that the components of an optimal latent touch."""
    parts = channel * table
    there = parts.sum(axis=(1, 2)) > 0
    parts = parts[there] / parts[there].sum(axis=(1, 2), keepdims=True)
    sides = _log(parts.sum(axis=2, keepdims=True)) + _log(parts.sum(axis=1, keepdims=True))
    logs = (channel[there] * (_log(parts) - 2 / 3 * sides)).sum(axis=0)
    return np.where(table > 0, np.exp2(logs), 0.0)


def _norm(matrix: Floats, starts: int = 300, steps: int = 500) -> float:
    """Return the largest sum of M r**(2/3) c**(2/3) that ascent finds."""
    rows = len(matrix)
    dice = np.random.default_rng(rows)
    side = np.concatenate([dice.dirichlet(np.full(rows, 0.5), starts), np.eye(rows)])
    for _ in range(steps):
        side = ((side ** (2 / 3) @ matrix) ** 2 @ matrix.T) ** 3
        side /= side.sum(axis=1, keepdims=True)
    value = ((side ** (2 / 3) @ matrix) ** 3).sum(axis=1)
    return float(np.cbrt(value.max()))
