"""Integers factored as far as it is cheap, and perfect powers.

Primes read better than composites; nothing exact depends on finding them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, prod

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.coprime import divide_out, refine

SMALL = 1 << 10
ALWAYS = 1 << 32
CERTIFIED = 3317044064679887385961981
RHO_LIMIT = 1 << 128
EFFORT = 1 << 18
STEPS = 1 << 15


@lru_cache(maxsize=32)
def primes_below(limit: int) -> tuple[int, ...]:
    """Return the primes below a limit, ascending.

    Parameters
    ----------
    limit : int
        Not included.

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> primes_below(20)
    (2, 3, 5, 7, 11, 13, 17, 19)
    """
    sieve = bytearray([1]) * max(limit, 2)
    sieve[:2] = b"\0\0"
    for p in range(2, isqrt(max(limit, 2)) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, len(sieve), p)))
    return tuple(n for n, flag in enumerate(sieve) if flag)


_ODD_SMALL = primes_below(SMALL)[1:]
_ODD_SMALL_PRODUCT = prod(_ODD_SMALL)
_SMALL_SET = frozenset((2, *_ODD_SMALL))


def is_prime(n: int) -> bool:
    """Tell whether an integer is prime; above `CERTIFIED`, whether it is a strong probable prime.

    Parameters
    ----------
    n : int
        Any integer.

    Returns
    -------
    bool
        Proved for ``n < CERTIFIED``, about 3.3e24: Miller-Rabin with the first 13 primes as bases.

    References
    ----------
    Sorenson and Webster, Strong pseudoprimes to twelve prime bases (2017).

    Examples
    --------
    >>> is_prime(2**61 - 1), is_prime(3215031751)
    (True, False)
    """
    if n < SMALL:
        return n in _SMALL_SET
    if n % 2 == 0 or gcd(_ODD_SMALL_PRODUCT % n, n) != 1:
        return False
    if n < SMALL * SMALL:
        return True
    # 3215031751 is the least strong pseudoprime to the bases 2, 3, 5, 7 (Jaeschke 1993).
    bases = (2, 3, 5, 7) if n < 3215031751 else primes_below(42)
    twos = ((n - 1) & (1 - n)).bit_length() - 1
    odd = (n - 1) >> twos
    return all(_strong_probable_prime(n, base, odd, twos) for base in bases)


def _strong_probable_prime(n: int, base: int, odd: int, twos: int) -> bool:
    x = pow(base, odd, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


class Effort:
    """What one normal form may spend on factoring, in modular squarings."""

    __slots__ = ("left",)

    def __init__(self, left: int = EFFORT) -> None:
        self.left = left

    def pays(self, charge: int) -> bool:
        """Take a charge off the budget, if it lasts.

        Parameters
        ----------
        charge : int
            At least 0.

        Returns
        -------
        bool

        Examples
        --------
        >>> effort = Effort(10)
        >>> effort.pays(7), effort.pays(7)
        (True, False)
        """
        if charge > self.left:
            return False
        self.left -= charge
        return True


def split(n: int, effort: Effort | None = None) -> tuple[dict[int, int], dict[int, int]]:
    """Factor a positive integer as far as it is cheap.

    Parameters
    ----------
    n : int
        At least 1.
    effort : Effort, optional
        A budget shared between calls; a fresh one when not given.

    Returns
    -------
    (dict, dict)
        Certified primes and leftover cofactors, each with its exponent.  All of them together are
        pairwise coprime, a leftover has no prime factor below 1024, and there is none when
        ``n < 2**32``.

    Examples
    --------
    >>> split(360)
    ({2: 3, 3: 2, 5: 1}, {})
    """
    if n < 1:
        raise InvalidInput(f"expected a positive integer to factor, got {n}", value=n)
    if n < ALWAYS:
        return dict(_split_small(n)), {}
    return _split(n, Effort() if effort is None else effort)


@lru_cache(maxsize=1 << 16)
def _split_small(n: int) -> tuple[tuple[int, int], ...]:
    return tuple(_split(n, Effort())[0].items())


def _split(n: int, effort: Effort) -> tuple[dict[int, int], dict[int, int]]:
    primes, cofactor = _strip_small(n)
    leftover: dict[int, int] = {}
    todo = [(cofactor, 1)]
    while todo:
        m, times = todo.pop()
        if m == 1:
            continue
        m, power = perfect_root(m, least=SMALL)
        times *= power
        if m < CERTIFIED and is_prime(m):
            primes[m] = primes.get(m, 0) + times
            continue
        factor = _find_factor(m, effort)
        if factor is None:
            leftover[m] = leftover.get(m, 0) + times
        else:
            todo += [(factor, times), (m // factor, times)]
    if leftover:
        joint = refine({p: Fraction(e) for p, e in primes.items()}, _fractions(leftover))
        leftover = {m: int(e) for m, e in joint.items() if m not in primes}
        primes = {p: int(joint[p]) for p in primes}
    return primes, leftover


def _fractions(terms: Mapping[int, int]) -> dict[int, Fraction]:
    return {n: Fraction(k) for n, k in terms.items()}


def _strip_small(n: int) -> tuple[dict[int, int], int]:
    primes: dict[int, int] = {}
    twos = (n & -n).bit_length() - 1
    if twos:
        primes[2] = twos
        n >>= twos
    common = gcd(_ODD_SMALL_PRODUCT % n, n)
    for p in _ODD_SMALL:
        if common == 1:
            break
        if common % p == 0:
            common //= p
            primes[p], n = divide_out(n, p)
    return primes, n


def _find_factor(m: int, effort: Effort) -> int | None:
    """Return a proper factor of a composite that is no perfect power, if the effort allows."""
    if m < ALWAYS:
        return _cheap_factor(m) or next(d for d in range(SMALL + 1, m, 2) if m % d == 0)
    # The charge depends on the size alone, not on luck or on what is cached: equal sums get equal
    # forms whatever was computed before.
    if m >= RHO_LIMIT or not effort.pays(min(STEPS, 1 << m.bit_length() // 4)):
        return None
    return _cheap_factor(m)


@lru_cache(maxsize=1 << 14)
def _cheap_factor(m: int) -> int | None:
    if m >= CERTIFIED and is_prime(m):
        return None
    # A factor p takes about sqrt(p) steps, and the least one is below sqrt(m).
    steps = min(STEPS, 8 << m.bit_length() // 4)
    return next(filter(None, (_rho(m, shift, steps) for shift in (1, 3, 5))), None)


def _rho(n: int, shift: int, steps: int) -> int | None:
    """Pollard's rho in Brent's form: the start is fixed, so equal input gives equal output."""
    x = y = anchor = 2
    q = power = factor = 1
    while factor == 1:
        if power > steps:
            return None
        x = y
        for _ in range(power):
            y = (y * y + shift) % n
        done = 0
        while done < power and factor == 1:
            anchor = y
            batch = min(128, power - done)
            for _ in range(batch):
                y = (y * y + shift) % n
                q = q * (x - y) % n
            factor = gcd(q, n)
            done += batch
        power *= 2
    if factor == n:
        factor = 1
        while factor == 1:
            anchor = (anchor * anchor + shift) % n
            factor = gcd(x - anchor, n)
    return factor if factor < n else None


def integer_root(n: int, k: int) -> int:
    """Return the integer part of the k-th root of a non-negative integer.

    Parameters
    ----------
    n, k : int
        n at least 0, k at least 1.

    Returns
    -------
    int

    Examples
    --------
    >>> integer_root(10**30 - 1, 3)
    9999999999
    """
    if k == 1 or n < 2:
        return n
    if k == 2:
        return isqrt(n)
    root = 1 << -(-n.bit_length() // k)
    while True:
        # Newton from above decreases until it reaches the integer part.
        step = ((k - 1) * root + n // root ** (k - 1)) // k
        if step >= root:
            return root
        root = step


def perfect_root(n: int, least: int = 2) -> tuple[int, int]:
    """Return (b, k) with ``n == b**k`` and k as large as possible.

    Parameters
    ----------
    n : int
        At least 2.
    least : int
        A lower bound on the prime factors of n; a larger one saves work.

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> perfect_root(3**4 * 5**6), perfect_root(12)
    ((1125, 2), (12, 1))
    """
    power = 1
    for k in primes_below(1 << (n.bit_length() // (least.bit_length() - 1) + 1).bit_length()):
        while n.bit_length() > k * (least.bit_length() - 1) and _may_be_power(n, k):
            root = integer_root(n, k)
            if root**k != n:
                break
            n = root
            power *= k
    return n, power


def _may_be_power(n: int, k: int) -> bool:
    for q in _test_primes(k):
        residue = n % q
        if residue and pow(residue, (q - 1) // k, q) != 1:
            return False
    return True


@lru_cache(maxsize=1 << 10)
def _test_primes(k: int) -> tuple[int, ...]:
    """Three primes q = 1 mod k: modulo such a prime only every k-th residue is a k-th power."""
    found: list[int] = []
    q = 2 * k + 1 if k > 2 else 5
    while len(found) < 3:
        if is_prime(q):
            found.append(q)
        q += 2 * k
    return tuple(found)
