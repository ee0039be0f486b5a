"""Many small integers factored at once: a table of least prime factors in numpy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING, Any

from natlat_sym.exact.integers import primes_below

if TYPE_CHECKING:
    import numpy as np

LIMIT = 1 << 24
_FEW = 256
# An int64 sum is safe while this bounds the absolute values added; proved in Python integers.
_SAFE = 1 << 62


def worthwhile(count: int, largest: int) -> bool:
    """Tell whether the table pays for `count` integers up to `largest`.

    Parameters
    ----------
    count : int
        How many integers are to be factored.
    largest : int
        The largest of them.

    Returns
    -------
    bool

    Examples
    --------
    >>> worthwhile(100_000, 100_000), worthwhile(3, 100_000), worthwhile(10**6, 10**12)
    (True, False, False)
    """
    return largest < LIMIT and count >= _FEW and count << 10 >= largest


def prime_sums(terms: Mapping[int, int]) -> dict[int, int]:
    """Rewrite a sum of k * log(n) over primes, for many integers n below `LIMIT`.

    Parameters
    ----------
    terms : mapping of int to int
        Coefficients, of any size, of positive integers.

    Returns
    -------
    dict
        ``p -> sum of k * (exponent of p in n)``, zeros left out.

    Examples
    --------
    >>> prime_sums({12: 1, 18: -1})
    {2: 1, 3: -1}
    """
    import numpy as np

    numbers = np.fromiter(terms.keys(), dtype=np.int64, count=len(terms))
    values = list(terms.values())
    # An n < LIMIT has fewer than 24 prime factors, so 24 * sum |k| bounds every partial sum.
    largest = max(map(abs, values), default=0)
    if 24 * len(values) * largest < _SAFE:
        coefficients = np.fromiter(values, dtype=np.int64, count=len(values))
        return _sums(numbers, coefficients)
    limb = 62 - (24 * len(values)).bit_length()
    mask = (1 << limb) - 1
    total: dict[int, int] = {}
    for shift in range(0, largest.bit_length() + 1, limb):
        last = shift + limb > largest.bit_length()
        piece = [k >> shift if last else (k >> shift) & mask for k in values]
        part = _sums(numbers, np.fromiter(piece, dtype=np.int64, count=len(piece)))
        for p, k in part.items():
            total[p] = total.get(p, 0) + (k << shift)
    return {p: k for p, k in sorted(total.items()) if k}


def _sums(numbers: np.ndarray[Any, Any], coefficients: np.ndarray[Any, Any]) -> dict[int, int]:
    import numpy as np

    numbers = numbers.copy()
    twos = 0
    even = np.flatnonzero(numbers & 1 == 0)
    while even.size:
        twos += int(coefficients[even].sum())
        numbers[even] >>= 1
        even = even[numbers[even] & 1 == 0]
    table = _least_factors(int(numbers.max(initial=1)).bit_length())
    sums = np.zeros(len(table), dtype=np.int64)
    while True:
        live = numbers > 1
        numbers, coefficients = numbers[live], coefficients[live]
        if not numbers.size:
            break
        least = table[numbers >> 1].astype(np.int64)
        np.copyto(least, numbers, where=least == 0)
        np.add.at(sums, least >> 1, coefficients)
        numbers //= least
    found = np.flatnonzero(sums)
    result = {2: twos} if twos else {}
    result.update(zip((2 * found + 1).tolist(), sums[found].tolist(), strict=True))
    return result


@lru_cache(maxsize=1)
def _least_factors(bits: int) -> np.ndarray[Any, Any]:
    """Return for 2*i + 1 < 2**bits its least prime factor, 0 for a prime (and for 1)."""
    import numpy as np

    table = np.zeros(1 << (bits - 1), dtype=np.uint16)
    for p in reversed(primes_below(isqrt(1 << bits) + 1)[1:]):
        table[p * p >> 1 :: p] = p
    return table
