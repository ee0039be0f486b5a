"""How the small named laws are built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from math import comb

from natlat_sym.errors import InvalidInput
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist


@explained
def path(points: int, boundaries: int) -> Dist:
    """Return a walk's two readings: X1 uniform on 0..m-1, X2 = X1 or X1 + 1 with a fair coin.

    Parameters
    ----------
    points : int
        m, a multiple of ``boundaries + 1`` with an even quotient.
    boundaries : int
        b: the latent L is which of the b + 1 equal intervals X1 lies in.

    Returns
    -------
    Dist
        Over X1, X2, L, and the threshold T that halves the middle interval (or the upper of the
        two middle ones).

    Raises
    ------
    InvalidInput
        When the intervals do not come out equal and even.

    Examples
    --------
    >>> path(8, 3).names, len(path(8, 3))
    (('X1', 'X2', 'L', 'T'), 16)
    """
    if boundaries < 1 or points < 1 or points % (2 * boundaries + 2):
        raise InvalidInput(
            f"expected points in {boundaries + 1} intervals of even width, got {points}; use a "
            f"multiple of {2 * boundaries + 2}",
            points=points,
            boundaries=boundaries,
        )
    width = points // (boundaries + 1)
    threshold = width * ((boundaries + 1) // 2) + width // 2
    outcomes = [
        (str(x), str(x + step), str(x // width), str(int(x >= threshold)))
        for x in range(points)
        for step in (0, 1)
    ]
    return Dist.uniform("X1 X2 L T", outcomes)


def weighted(names: str, rows: Mapping[str, int]) -> Dist:
    """Return the law with these weights; an outcome is its labels with blanks between."""
    return Dist.from_weights({tuple(row.split()): weight for row, weight in rows.items()}, names)


def uniform(names: str, rows: Iterable[str]) -> Dist:
    """Return the uniform law on outcomes written as words of one-letter labels."""
    return Dist.uniform(names, [tuple(row) for row in rows])


def parity(features: int) -> Dist:
    """Return n coins of even parity, with L constant and M = all of them."""
    rows = []
    for bits in product("01", repeat=features - 1):
        word = "".join(bits) + str(bits.count("1") % 2)
        rows.append((*word, "0", word))
    names = [f"X{i}" for i in range(1, features + 1)]
    return Dist.uniform([*names, "L", "M"], rows)


def blocks() -> Dist:
    """Return two product blocks of weights 2/3 and 1/3, with L = the block."""
    return weighted(
        "X1 X2 L",
        {"0 0 a": 3, "0 1 a": 3, "1 0 a": 9, "1 1 a": 9, "2 2 b": 4, "2 3 b": 8},
    )


def blocks_noisy() -> Dist:
    """Return the two blocks with an independent fair coin added to the label L."""
    rows = {(x, y, f"{block}{coin}"): mass for (x, y, block), mass in blocks().items()
            for coin in "01"}  # fmt: skip
    return Dist.from_weights({row: mass / 2 for row, mass in rows.items()}, "X1 X2 L")


def exclusive_or() -> Dist:
    """Return three independent fair coins X1, X2, L, and M = L xor X1."""
    rows = [(x, y, coin, str(int(coin) ^ int(x))) for x, y, coin in product("01", repeat=3)]
    return Dist.uniform("X1 X2 L M", rows)


def and_or() -> Dist:
    """Return independent fair coins L, M with X1 = L and M, X2 = L or M."""
    rows = [(min(a, b), max(a, b), a, b) for a, b in product("01", repeat=2)]
    return Dist.uniform("X1 X2 L M", rows)


def sharp_two() -> Dist:
    """Return the law for which the Fundamental Theorem is an equality with a third term."""
    count = {("0", "0"): 2, ("0", "1"): 3, ("1", "0"): 1, ("1", "1"): 2}
    zero = {("0", "0"): 3, ("0", "1"): 2, ("1", "0"): 2, ("1", "1"): 1}
    weights = {}
    for latents in count:
        chance = {"0": zero[latents], "1": 4 - zero[latents]}
        for x, y in product("01", repeat=2):
            weights[(x, y, *latents)] = count[latents] * chance[x] * chance[y]
    return Dist.from_weights(weights, "X1 X2 L M")


def ring() -> Dist:
    """Return X = (ab, bc, ca) and L = abc for three fair coins a, b, c."""
    rows = [(a + b, b + c, c + a, a + b + c) for a, b, c in product("01", repeat=3)]
    return Dist.uniform("X1 X2 X3 L", rows)


def noisy_copy(one_in: int) -> Dist:
    """Return a fair coin X1 = L and a copy X2 of it that is wrong once in so many times."""
    weights = {(x, y, x): one_in - 1 if x == y else 1 for x, y in product("01", repeat=2)}
    return Dist.from_weights(weights, "X1 X2 L")


def two_readings(first: int, second: int) -> Dist:
    """Return a fair coin L and two readings, each wrong once in so many times."""
    weights = {
        (x, y, coin): (first - 1 if x == coin else 1) * (second - 1 if y == coin else 1)
        for x, y, coin in product("01", repeat=3)
    }
    return Dist.from_weights(weights, "X1 X2 L")


def coin_batches(tosses: int) -> Dist:
    """Return a coin of bias L = 1/4 or 3/4 and the heads X1, X2 of two batches of so many tosses.

    Parameters
    ----------
    tosses : int
        In each batch, at least 1.

    Returns
    -------
    Dist

    Raises
    ------
    InvalidInput
        For no tosses.

    Examples
    --------
    >>> coin_batches(2).names, len(coin_batches(2))
    (('X1', 'X2', 'L'), 18)
    """
    if tosses < 1:
        raise InvalidInput(f"expected at least 1 toss in a batch, got {tosses}", tosses=tosses)
    weights = {}
    for bias, x, y in product((1, 3), range(tosses + 1), range(tosses + 1)):
        heads = x + y
        chance = bias**heads * (4 - bias) ** (2 * tosses - heads)
        weights[str(x), str(y), f"{bias}/4"] = comb(tosses, x) * comb(tosses, y) * chance
    return Dist.from_weights(weights, "X1 X2 L")


def tiny_mixture(copied: Fraction, latent: str, constant: bool) -> Dist:
    """Return a copied coin mixed with two coins; the latent is X1, or constant."""
    weights = {}
    for x, y in product("01", repeat=2):
        mass = (1 - copied) / 4 + (copied / 2 if x == y else 0)
        weights[x, y, "0" if constant else x] = mass
    return Dist.from_weights(weights, f"X1 X2 {latent}")


def mixed_blocks(one_in: int | None) -> Dist:
    """Return two uniform 2 x 2 blocks, the uniform law mixed in once in so many times."""
    fresh = Fraction(0) if one_in is None else Fraction(1, one_in)
    weights = {}
    for x, y in product("0123", repeat=2):
        same = (x in "01") == (y in "01")
        weights[x, y, "a" if x in "01" else "b"] = fresh / 16 + (1 - fresh) / 8 * same
    return Dist.from_weights(weights, "X1 X2 L")
