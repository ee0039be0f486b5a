"""Sums of c[n] * log(n) over all n up to a limit, rewritten over primes in whole-array steps."""

from __future__ import annotations

from math import isqrt

import numpy as np

from natlat_sym.exact.weights import LIMIT, Array


def prime_terms(coefficients: Array, bound: int) -> dict[int, int] | None:
    """Return the coefficient of each log(p) in the sum of ``coefficients[n] * log(n)``.

    `bound` is at least the sum of the absolute values of the coefficients.  None when partial sums
    could leave int64: an n has fewer prime factors than bits, so the bits of the largest n times
    `bound` bound every partial sum; that product is taken in Python integers.

    >>> prime_terms(np.array([0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 6)
    {2: 2, 3: 1}
    """
    top = len(coefficients) - 1
    if top < 2:
        return {}
    if bound * top.bit_length() >= LIMIT:
        return None
    primes = _primes(top)
    sums = np.zeros(primes.size, dtype=np.int64)
    few = int(np.searchsorted(primes, isqrt(top), side="right"))
    for place, prime in enumerate(primes[:few].tolist()):
        power = prime
        while power <= top:
            sums[place] += coefficients[power::power].sum()
            power *= prime
    # A prime above the root of the limit divides n at most once: n = multiple * prime.
    large, rest, multiple = primes[few:], sums[few:], 1
    while large.size:
        rest[: large.size] += coefficients[multiple * large]
        multiple += 1
        large = large[: int(np.searchsorted(large, top // multiple, side="right"))]
    kept = np.flatnonzero(sums)
    return dict(zip(primes[kept].tolist(), sums[kept].tolist(), strict=True))


def _primes(top: int) -> Array:
    """Primes up to a limit of at least 2, by a sieve over the odd numbers."""
    odd = np.ones((top + 1) // 2, dtype=bool)
    odd[0] = False
    for n in range(3, isqrt(top) + 1, 2):
        if odd[n >> 1]:
            odd[n * n >> 1 :: n] = False
    return np.concatenate(([2], 2 * np.flatnonzero(odd) + 1))
