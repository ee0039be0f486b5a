"""Descent on laws in floats: softmax of logits, moved by the steps of Adam.

Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIRST, SECOND, TINY = 0.9, 0.99, 1e-12  # how much of the old moments a step keeps


def softmax(logits: Floats) -> Floats:
    """Return laws along the last axis.

    Parameters
    ----------
    logits : ndarray

    Returns
    -------
    ndarray
        Positive, with sums 1.

    Examples
    --------
    >>> softmax(np.log2(np.array([[1.0, 1.0], [2.0, 2.0]])))
    array([[0.5, 0.5],
           [0.5, 0.5]])
    """
    raw = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True))


def descended(
    logits: Floats, slope_of: Callable[[Floats], Floats], rate: float, steps: int
) -> Floats:
    """Return logits whose laws have gone down along a slope.

    Parameters
    ----------
    logits : ndarray
        One law along the last axis for each of the other indices.
    slope_of : callable
        From laws to the slopes of what shall get small in their masses.
    rate : float
        The first step; the rate falls to 0 linearly.
    steps : int

    Returns
    -------
    ndarray

    Examples
    --------
    >>> down = descended(np.zeros(2), lambda law: np.array([1.0, 0.0]), 0.5, 100)
    >>> bool(softmax(down)[1] > 0.999)
    True
    """
    mean, square = np.zeros_like(logits), np.zeros_like(logits)
    for step in range(1, steps + 1):
        laws = softmax(logits)
        slope = slope_of(laws)
        slope = laws * (slope - (laws * slope).sum(axis=-1, keepdims=True))
        mean = FIRST * mean + (1 - FIRST) * slope
        square = SECOND * square + (1 - SECOND) * slope**2
        ahead = (mean / (1 - FIRST**step)) / (np.sqrt(square / (1 - SECOND**step)) + TINY)
        logits = logits - rate * (1 - step / (steps + 1)) * ahead
    return logits
