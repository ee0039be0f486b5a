"""Rigorous enclosures of sums of logarithms of integers, in integer arithmetic alone.

A number x is held as the integers below and above x * 2**w.  Every division rounds down, so each
computed logarithm is a lower bound, and one proved bound says how far below it can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import isqrt

Terms = Mapping[int, int]
Chunks = Mapping[int, Terms]


def enclose(chunks: Chunks, precision: int) -> tuple[int, int]:
    """Return integers around a sum of logarithms scaled by a power of two.

    Parameters
    ----------
    chunks : mapping of denominator to mapping of integer to coefficient
        Stands for x = sum over d, a of ``chunks[d][a] / d * log2(a)``, every d and a at least 1.
    precision : int
        Binary places, at least 0.

    Returns
    -------
    (int, int)
        ``low <= x * 2**precision <= high``, at most a few units apart.

    Examples
    --------
    >>> enclose({1: {3: 1}}, 10)  # log2(3) * 1024 = 1623.00...
    (1623, 1624)
    """
    weight = sum(sum(map(abs, terms.values())) // den + 1 for den, terms in chunks.items())
    width = _working_width(precision + weight.bit_length())
    slack = width * width
    whole_low = whole_high = low = high = 0
    for den, terms in chunks.items():
        twos, below, up, down = _chunk_sum(terms, width)
        shifted = twos << width
        whole_low += shifted // den
        whole_high -= -shifted // den
        low += (below - slack * down) // den
        high -= -(below + slack * up) // den
    ln2 = _ln_step(1, 0, width)
    low = whole_low + (low << width) // (ln2 + slack if low >= 0 else ln2)
    high = whole_high - ((-high << width) // (ln2 if high >= 0 else ln2 + slack))
    drop = width - precision
    return low >> drop, -(-high >> drop)


def _working_width(bits: int) -> int:
    # The errors below stay under width**2 units, so this many guard bits swallow them.  Whole
    # multiples of 64 let the caches be shared between calls.
    width = bits + 2 * (bits + 64).bit_length() + 8
    return -(-width // 64) * 64


def _chunk_sum(terms: Terms, width: int) -> tuple[int, int, int, int]:
    """Return the exact binary exponents, the sum of lower bounds, and the weights up and down."""
    twos = below = up = down = 0
    for atom, coefficient in terms.items():
        exponent, mantissa = _ln(atom, width)
        twos += coefficient * exponent
        if mantissa is None:
            continue
        below += coefficient * mantissa
        if coefficient > 0:
            up += coefficient
        else:
            down -= coefficient
    return twos, below, up, down


@lru_cache(maxsize=1 << 14)
def _ln(n: int, width: int) -> tuple[int, int | None]:
    """Return (e, v) with n = 2**e * m, 1 <= m < 2, and v <= ln(m) * 2**width <= v + width**2.

    v is None when m is 1.

    Proof of the bound, in units of 2**-width, with L = 2 + isqrt(width) // 16 levels:
    m is cut to `width` places (error below 1).  A level divides 1 + r by 1 + j/2**s; the error it
    inherits shrinks, the floor adds less than 1, so r ends at most L + 1 too small, and ln(1 + r)
    too, its derivative being at most 1.  Each table value is below its true one by at most
    2*width + 16 (see `_ln_step`).  In the last series z and z*z are too small by less than 1 and
    2, z < 2**-16, so a term is too small by less than 2 and its quotient by less than 3; there
    are at most width/32 + 1 terms before one rounds to zero, and what follows is below 2; the
    factor 2 makes at most 6*(width/32 + 2).  Altogether L*(2*width + 16) + (L + 1)
    + 6*(width/32 + 2), which is below width**2 for every width >= 64.
    """
    exponent = n.bit_length() - 1
    if n == 1 << exponent:
        return exponent, None
    one = 1 << width
    rest = n << (width - exponent) if width >= exponent else n >> (exponent - width)
    rest -= one
    total = 0
    for shift in range(8, 8 * (3 + isqrt(width) // 16), 8):
        step = rest >> (width - shift)
        if step:
            total += _ln_step(step, shift, width)
            rest = ((rest << shift) - (step << width)) // ((1 << shift) + step)
    term = (rest << width) // ((one << 1) + rest)
    square = term * term >> width
    series, odd = 0, 1
    while term:
        series += term // odd
        term = term * square >> width
        odd += 2
    return exponent, total + 2 * series


@lru_cache(maxsize=1 << 14)
def _ln_step(step: int, shift: int, width: int) -> int:
    """Return v with v <= ln(1 + step/2**shift) * 2**width <= v + 2*width + 16.

    ln(1 + j/2**s) = 2*atanh(u/t) with u = j and t = 2**(s+1) + j, and u/t <= 1/3 here.  A term is
    too small by e <= e/9 + 1, so by less than 9/8, its quotient by less than 17/8; each term is
    below a ninth of the one before, so at most width/3 + 1 come before one rounds to zero, and
    the true tail is then below 2.  Twice 17/8*(width/3 + 1) + 2 is below 2*width + 16.
    """
    top, bottom = step, (2 << shift) + step
    term = (top << width) // bottom
    top, bottom = top * top, bottom * bottom
    series, odd = 0, 1
    while term:
        series += term // odd
        term = term * top // bottom
        odd += 2
    return 2 * series


def ln2_bounds(precision: int) -> tuple[Fraction, Fraction]:
    """Return rational bounds of the natural logarithm of 2.

    Parameters
    ----------
    precision : int
        Binary places, about.

    Returns
    -------
    (Fraction, Fraction)

    Examples
    --------
    >>> low, high = ln2_bounds(40)
    >>> low < high, high - low < Fraction(1, 2**40)
    (True, True)
    """
    width = _working_width(precision)
    low = _ln_step(1, 0, width)
    return Fraction(low, 1 << width), Fraction(low + width * width, 1 << width)
