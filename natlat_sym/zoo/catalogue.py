"""The small named laws: examples and counterexamples of natural latents, and a few classics."""

from __future__ import annotations

from functools import partial

from natlat_sym.zoo.entry import HERE, MATH, ONTOLOGIES, STANDARD, Entry
from natlat_sym.zoo.laws import (
    and_or,
    blocks,
    blocks_noisy,
    coin_batches,
    exclusive_or,
    noisy_copy,
    parity,
    ring,
    sharp_two,
    two_readings,
    uniform,
)

_XY, _XYZ, _WXYZ = ("X1", "X2"), ("X1", "X2", "X3"), ("X1", "X2", "X3", "X4")
_NATURAL = (
    ("I(X1;X2|L)", "0"),
    ("I(L;X1|X2)", "0"),
    ("I(L;X2|X1)", "0"),
)
_H10 = "1 - 9/5*log2(3) + log2(5)"
_H4 = "2 - 3/4*log2(3)"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "C01", "copied-coin", "one fair coin seen four times: X1 = X2 = L = M",
        "a perfect natural latent", STANDARD, _XY, ("L", "M"),
        (*_NATURAL, ("H(L|X1)", "0"), ("H(L|X2)", "0"), ("H(L)", "1"), ("H(L|M)", "0")),
        partial(uniform, "X1 X2 L M", ("0000", "1111")),
    ),
    Entry(
        "C02", "independent-coins", "two independent fair coins; L constant, M = X1",
        "the trivial natural latent L, and a mediator M that is not redundant", STANDARD,
        _XY, ("L", "M"),
        (
            *_NATURAL, ("H(L)", "0"), ("I(X1;X2|M)", "0"), ("H(M|X2)", "1"),
            ("I(M;X1|X2)", "1"), ("I(M;X2|X1)", "0"),
        ),
        partial(uniform, "X1 X2 L M", ("0000", "0100", "1001", "1101")),
    ),
    Entry(
        "C03", "two-blocks", "two product blocks of weight 2/3 and 1/3; L = the block",
        "an exact natural latent on a disconnected support", STANDARD, _XY, ("L",),
        (
            *_NATURAL, ("H(L|X1)", "0"), ("H(L|X2)", "0"),
            ("I(X1;X2)", "-2/3 + log2(3)"), ("H(L)", "-2/3 + log2(3)"),
        ),
        blocks,
    ),
    Entry(
        "C04", "two-blocks-noisy-label", "two-blocks with L = the block and an independent coin",
        "a stochastic natural latent that is not deterministic", STANDARD, _XY, ("L",),
        (*_NATURAL, ("H(L|X1)", "1"), ("H(L|X2)", "1"), ("H(L|X1,X2)", "1")),
        blocks_noisy,
    ),
    Entry(
        "C05", "related-beyond-the-data", "L, X1, X2 fair and independent, M = L xor X1",
        "latents related other than through the data: the third diagram is needed", MATH,
        _XY, ("L", "M"),
        (
            ("I(X1;X2|L)", "0"), ("I(X1;X2|M)", "0"), ("I(M;X1|X2)", "0"), ("I(M;X2|X1)", "0"),
            ("I(L;X1|X2)", "0"), ("I(L;X2|X1)", "0"), ("I(L;M|X1,X2)", "1"),
            ("I(M;X1,X2|L)", "1"), ("I(L;X1,X2|M)", "1"),
        ),
        exclusive_or,
    ),
    Entry(
        "C06", "and-or", "L, M fair and independent, X1 = L and M, X2 = L or M",
        "coefficient 1 on the third diagram is false (it would be Ingleton's inequality)", HERE,
        _XY, ("L", "M"),
        (
            ("I(X1;X2|L)", "0"), ("I(M;X1|X2)", "-1 + 3/4*log2(3)"),
            ("I(M;X2|X1)", "-1 + 3/4*log2(3)"), ("I(L;M|X1,X2)", "1/2"), ("I(M;X1,X2|L)", "1"),
            (
                "I(X1;X2|L) + I(M;X1|X2) + I(M;X2|X1) + I(L;M|X1,X2) - I(M;X1,X2|L)",
                "-5/2 + 3/2*log2(3)",
            ),
        ),
        and_or,
    ),
    Entry(
        "C07", "sharp-two", "(L,M) with counts 2 3 1 2; X1, X2 i.i.d. given (L,M)",
        "the Fundamental Theorem with coefficient 2 is an equality with a nonzero third term",
        HERE, _XY, ("L", "M"),
        (
            (
                "I(X1;X2|L)",
                "-4 + 15/32*log2(3) + 65/64*log2(5) + 7/64*log2(7) + 11/64*log2(11)",
            ),
            (
                "I(M;X1|X2)",
                "1/2 - 21/32*log2(3) + 25/64*log2(5) - 21/64*log2(7) + 11/64*log2(11)",
            ),
            (
                "I(M;X2|X1)",
                "1/2 - 21/32*log2(3) + 25/64*log2(5) - 21/64*log2(7) + 11/64*log2(11)",
            ),
            (
                "I(L;M|X1,X2)",
                "3/2 + 9/16*log2(3) - 25/32*log2(5) + 7/32*log2(7) - 11/32*log2(11)",
            ),
            (
                "I(M;X1,X2|L)",
                "9/32*log2(3) + 15/64*log2(5) - 7/64*log2(7) - 11/64*log2(11)",
            ),
            ("I(X1;X2|L) + I(M;X1|X2) + I(M;X2|X1) + 2 I(L;M|X1,X2) - I(M;X1,X2|L)", "0"),
        ),
        sharp_two,
    ),
    Entry(
        "C08", "parity-3", "three coins of even parity; L constant, M = all of them",
        "weak redundancy costs a factor n - 1 on the mediation error", HERE, _XYZ, ("L", "M"),
        (
            ("TC(X1;X2;X3|L)", "1"), ("DTC(X1;X2;X3|L)", "2"), ("H(M|X2,X3)", "0"),
            ("H(M|X1,X3)", "0"), ("H(M|X1,X2)", "0"), ("H(M|L)", "2"),
        ),
        partial(parity, 3),
    ),
    Entry(
        "C08b", "parity-4", "four coins of even parity; L constant, M = all of them",
        "weak redundancy costs a factor n - 1 on the mediation error", HERE, _WXYZ, ("L", "M"),
        (
            ("TC(X1;X2;X3;X4|L)", "1"), ("DTC(X1;X2;X3;X4|L)", "3"), ("H(M|X2,X3,X4)", "0"),
            ("H(M|L)", "3"),
        ),
        partial(parity, 4),
    ),
    Entry(
        "C09", "ring", "coins a, b, c; X = (ab, bc, ca), L = abc",
        "a weak natural latent that is not strong", HERE, _XYZ, ("L",),
        (
            ("TC(X1;X2;X3)", "3"), ("TC(X1;X2;X3|L)", "0"), ("H(L|X2,X3)", "0"),
            ("H(L|X1,X3)", "0"), ("H(L|X1,X2)", "0"), ("H(L|X1)", "1"), ("H(L|X2)", "1"),
            ("H(L|X3)", "1"), ("H(L)", "3"),
        ),
        ring,
    ),
    Entry(
        "C10", "noisy-copy-10", "a fair coin X1 and a copy X2 wrong 1 time in 10; L = X1",
        "no common part, however strong the correlation", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2)", "9/5*log2(3) - log2(5)"), ("I(X1;X2|L)", "0"), ("H(L|X1)", "0"),
            ("H(L|X2)", _H10), ("I(L;X1|X2)", _H10),
        ),
        partial(noisy_copy, 10),
    ),
    Entry(
        "C10b", "noisy-copy-4", "a fair coin X1 and a copy X2 wrong 1 time in 4; L = X1",
        "no common part, however strong the correlation", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2)", "-1 + 3/4*log2(3)"), ("I(X1;X2|L)", "0"), ("H(L|X1)", "0"),
            ("H(L|X2)", _H4), ("I(L;X1|X2)", _H4),
        ),
        partial(noisy_copy, 4),
    ),
    Entry(
        "C11", "two-readings-10-10", "a fair coin L read twice, each reading wrong 1 time in 10",
        "a hidden common cause: mediates exactly, redundancy has a price", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("I(X1;X2)", "9/25*log2(3) - 2*log2(5) + 41/50*log2(41)"),
            ("I(L;X1|X2)", "36/25*log2(3) + log2(5) - 41/50*log2(41)"),
            ("I(L;X2|X1)", "36/25*log2(3) + log2(5) - 41/50*log2(41)"), ("H(L|X1)", _H10),
            ("H(L|X2)", _H10),
        ),
        partial(two_readings, 10, 10),
    ),
    Entry(
        "C11b", "two-readings-10-5", "a fair coin L read twice, wrong 1 time in 10 and 1 in 5",
        "a hidden common cause with unequal readings", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"),
            ("I(X1;X2)", "-2*log2(5) + 13/50*log2(13) + 37/50*log2(37)"),
            ("I(L;X1|X2)", "9/5*log2(3) + log2(5) - 13/50*log2(13) - 37/50*log2(37)"),
            ("I(L;X2|X1)", "13/5 + log2(5) - 13/50*log2(13) - 37/50*log2(37)"),
        ),
        partial(two_readings, 10, 5),
    ),
    Entry(
        "C12", "biased-coin", "a coin of bias 1/4 or 3/4 tossed twice; L = the bias",
        "a finite biased coin: mediates exactly", ONTOLOGIES, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("I(L;X1|X2)", "1 + 3/8*log2(3) - 5/8*log2(5)"),
            ("I(L;X2|X1)", "1 + 3/8*log2(3) - 5/8*log2(5)"), ("H(L|X1)", _H4), ("H(L|X2)", _H4),
        ),
        partial(two_readings, 4, 4),
    ),
    Entry(
        "C12b", "biased-coin-2", "a coin of bias 1/4 or 3/4 in two batches of two tosses",
        "longer batches tell more of the bias, and their redundancy errors are larger at first",
        ONTOLOGIES, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("I(L;X1|X2)", "63/64*log2(3) + 5/32*log2(5) - 41/128*log2(41)"),
            ("H(L|X2)", "1 - 9/8*log2(3) + 5/8*log2(5)"),
            ("H(L|X1,X2)", "1 - 135/64*log2(3) + 15/32*log2(5) + 41/128*log2(41)"),
        ),
        partial(coin_batches, 2),
    ),
)  # fmt: skip
