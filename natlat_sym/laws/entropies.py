"""The exact entropy of weights: log N - (1/N) * sum of n * log n, over the distinct weights."""

from __future__ import annotations

from collections import Counter
from math import gcd

import numpy as np

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.primeterms import prime_terms
from natlat_sym.exact.weights import LIMIT, SMALL, Array, histogram, small_enough
from natlat_sym.parameters.amounts import log_sum

LONG = 512  # bits of a total: from here on masses are cancelled one by one


def entropy_of(weights: Array, total: int) -> Bits:
    """Return the exact entropy, in bits, of the law proportional to weights with this sum.

    >>> print(entropy_of(np.array([1, 2, 0, 1]), 4))
    3/2
    """
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
