"""Integers as products of pairwise coprime atoms: cheap factoring first, then gcds.

Logarithms of pairwise coprime integers above 1 are linearly independent over the rationals: a
relation among them is an equality of two integers without a common prime, so both are 1.  That,
and not primality, is what makes a zero test exact; primes are found where it is cheap because
they read better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, prod

from natlat_sym.errors import InvalidInput

SMALL = 1 << 10
ALWAYS = 1 << 32
CERTIFIED = 3317044064679887385961981
RHO_LIMIT = 1 << 128
EFFORT = 1 << 18
_BLOCK = 64


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
    """A budget of modular squarings that one canonical form may spend on factoring."""

    __slots__ = ("left",)

    def __init__(self, left: int = EFFORT) -> None:
        self.left = left


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
            primes[p], n = _divide_out(n, p)
    return primes, n


def _divide_out(n: int, p: int) -> tuple[int, int]:
    count = 0
    quotient, rest = divmod(n, p)
    while rest == 0:
        count += 1
        n = quotient
        quotient, rest = divmod(n, p)
    return count, n


def _find_factor(m: int, effort: Effort) -> int | None:
    """Return a proper factor of a composite that is no perfect power, if the effort allows."""
    if m < ALWAYS:
        return _rho(m, 1, Effort()) or next(d for d in range(SMALL + 1, m, 2) if m % d == 0)
    if m >= RHO_LIMIT or effort.left <= 0 or (m >= CERTIFIED and is_prime(m)):
        return None
    for shift in (1, 3, 5, 7, 11):
        factor = _rho(m, shift, effort)
        if factor is not None or effort.left <= 0:
            return factor
    return None


def _rho(n: int, shift: int, effort: Effort) -> int | None:
    """Pollard's rho in Brent's form: the start is fixed, so equal input gives equal output."""
    y, q, power, factor = 2, 1, 1, 1
    x = anchor = y
    while factor == 1 and effort.left > 0:
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
        effort.left -= 2 * power
        power *= 2
    if factor == n:
        factor = 1
        while factor == 1:
            anchor = (anchor * anchor + shift) % n
            factor = gcd(x - anchor, n)
    return factor if 1 < factor < n else None


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


def coprime_base(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return pairwise coprime integers above 1 of which every given one is a product.

    Parameters
    ----------
    numbers : iterable of int
        Positive.

    Returns
    -------
    tuple of int
        Ascending; found by gcds alone, so nothing need be factored.

    Examples
    --------
    >>> coprime_base([10**40 * 3, 10**30, 9])
    (3, 10000000000)
    """
    terms = {}
    for n in numbers:
        if n < 1:
            raise InvalidInput(f"expected positive integers, got {n}", value=n)
        terms[n] = Fraction(1)
    return tuple(sorted(refine({}, terms)))


def refine(coprime: Mapping[int, Fraction], others: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """Rewrite a sum of c * log(n) over pairwise coprime n, by gcds.

    Parameters
    ----------
    coprime : mapping of int to Fraction
        Coefficients of integers above 1 that are pairwise coprime already.
    others : mapping of int to Fraction
        Coefficients of any positive integers.

    Returns
    -------
    dict
        The same sum over pairwise coprime integers above 1, zero coefficients left out.

    Notes
    -----
    c*log(x) + d*log(y) = c*log(x/g) + d*log(y/g) + (c+d)*log(g); the product of the integers at
    hand falls with every step, so the rewriting ends.

    Examples
    --------
    >>> refine({}, {6: Fraction(1), 10: Fraction(-1)})
    {3: Fraction(1, 1), 5: Fraction(-1, 1)}
    """
    pool = _CoprimePool(coprime)
    todo = sorted(others.items(), reverse=True)
    while todo:
        x, c = todo.pop()
        if x == 1 or c == 0:
            continue
        y = x if x in pool.coefficients else pool.partner(x)
        if y is None:
            pool.add(x, c)
            continue
        d = pool.coefficients[y]
        g = gcd(x, y)
        if g == y:
            times, rest = _divide_out(x, y)
            pool.shift(y, times * c)
            todo.append((rest, c))
        else:
            pool.remove(y)
            todo += [(y // g, d), (g, c + d), (x // g, c)]
    return {n: c for n, c in sorted(pool.coefficients.items()) if c}


class _CoprimePool:
    """Pairwise coprime integers with coefficients, in blocks whose products find a partner."""

    __slots__ = ("blocks", "coefficients", "home", "product", "products")

    def __init__(self, start: Mapping[int, Fraction]) -> None:
        self.coefficients = dict(start)
        names = list(self.coefficients)
        self.blocks = [set(names[i : i + _BLOCK]) for i in range(0, len(names), _BLOCK)]
        self.home = {n: i // _BLOCK for i, n in enumerate(names)}
        products = self.products = [prod(block) for block in self.blocks]
        while len(products) > 1:
            products = [prod(products[i : i + 2]) for i in range(0, len(products), 2)]
        self.product = products[0] if products else 1

    def partner(self, x: int) -> int | None:
        """Return a member that shares a factor with x, the least in its block."""
        if gcd(self.product % x, x) == 1:
            return None
        for block, product in zip(self.blocks, self.products, strict=True):
            if gcd(product % x, x) != 1:
                return min(n for n in block if gcd(n, x) != 1)
        return None

    def add(self, x: int, coefficient: Fraction) -> None:
        if not self.blocks or len(self.blocks[-1]) >= _BLOCK:
            self.blocks.append(set())
            self.products.append(1)
        self.blocks[-1].add(x)
        self.home[x] = len(self.blocks) - 1
        self.coefficients[x] = coefficient
        self.products[-1] *= x
        self.product *= x

    def remove(self, x: int) -> None:
        at = self.home.pop(x)
        self.blocks[at].discard(x)
        self.products[at] //= x
        del self.coefficients[x]
        self.product //= x

    def shift(self, x: int, amount: Fraction) -> None:
        """Add to a coefficient; a member whose coefficient vanishes leaves, to spare splits."""
        total = self.coefficients[x] + amount
        if total:
            self.coefficients[x] = total
        else:
            self.remove(x)
