"""Pairwise coprime integers, by gcds alone.

Logarithms of pairwise coprime integers above 1 are linearly independent over the rationals: a
relation among them is an equality of two integers without a common prime, so both are 1.  That,
and not primality, is what makes a zero test exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, prod

from natlat_sym.errors import InvalidInput

_BLOCK = 64


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
            times, rest = divide_out(x, y)
            pool.shift(y, times * c)
            todo.append((rest, c))
        else:
            pool.remove(y)
            todo += [(y // g, d), (g, c + d), (x // g, c)]
    return {n: c for n, c in sorted(pool.coefficients.items()) if c}


def divide_out(n: int, p: int) -> tuple[int, int]:
    """Return how often p divides n, and what is left.

    Parameters
    ----------
    n : int
        Positive.
    p : int
        Above 1.

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> divide_out(40, 2)
    (3, 5)
    """
    count = 0
    quotient, rest = divmod(n, p)
    while rest == 0:
        count += 1
        n = quotient
        quotient, rest = divmod(n, p)
    return count, n


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
