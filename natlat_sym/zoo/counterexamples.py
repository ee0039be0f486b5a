"""Named laws where a condition just fails or a bound is just met, and what a little mixing does."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from natlat_sym.zoo.entry import HERE, ONTOLOGIES, STANDARD, Entry
from natlat_sym.zoo.laws import mixed_blocks, path, tiny_mixture, uniform, weighted

_XY = ("X1", "X2")
_NATURAL = (
    ("I(X1;X2|L)", "0"),
    ("I(L;X1|X2)", "0"),
    ("I(L;X2|X1)", "0"),
)
_H4 = "2 - 3/4*log2(3)"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "C14", "tiny-mixture-p", "a copied coin (3/4) mixed with two coins (1/4); L = X1",
        "tiny mixtures: the first agent's law", "Wentworth and Lorell, Natural Latents Are Not "
        "Robust To Tiny Mixtures (2024)", _XY, ("L",),
        (("I(X1;X2|L)", "0"), ("H(L|X1)", "0"), ("H(X1|X2)", "3 - 7/8*log2(7)")),
        partial(tiny_mixture, Fraction(3, 4), "L", False),
    ),
    Entry(
        "C14b", "tiny-mixture-q", "a copied coin (1/4) mixed with two coins (3/4); M constant",
        "tiny mixtures: the second agent's law", "Wentworth and Lorell, Natural Latents Are Not "
        "Robust To Tiny Mixtures (2024)", _XY, ("M",),
        (("I(X1;X2|M)", "-2 + 3/8*log2(3) + 5/8*log2(5)"), ("H(M)", "0")),
        partial(tiny_mixture, Fraction(1, 4), "M", True),
    ),
    Entry(
        "C15", "resampled", "X1 = 0 half of the time, else X2 a fair coin; L = X2, G from P[L|X1]",
        "resampling a latent does not conserve redundancy up to a constant", HERE,
        _XY, ("L", "G"),
        (
            ("I(X1;X2|L)", "0"), ("I(L;X1|X2)", "0"), ("I(L;X2|X1)", "1/2"),
            ("I(G;X2|X1)", "0"), ("I(G;X1|X2)", "1/2 + 3/4*log2(3) - 5/8*log2(5)"),
            ("I(X1;X2|G)", "1/2 + 3/4*log2(3) - 5/8*log2(5)"),
        ),
        partial(
            weighted, "X1 X2 L G",
            {"0 0 0 0": 4, "1 1 1 0": 1, "1 1 1 1": 1, "1 0 0 0": 1, "1 0 0 1": 1},
        ),
    ),
    Entry(
        "C16", "path-8", "X1 uniform on 8 points, X2 = X1 or X1 + 1; L four intervals, T threshold",
        "no maximal redundant latent with linear constants", HERE, _XY, ("L", "T"),
        (
            ("I(X1;X2)", "17/8"), ("H(T|X1)", "0"), ("H(T|X2)", "1/8"), ("H(L|X1)", "0"),
            ("H(L|X2)", "3/8"), ("H(T|L)", "1/4"),
        ),
        partial(path, 8, 3),
    ),
    Entry(
        "C16b", "path-64", "path with 64 points; L four intervals, T threshold",
        "no maximal redundant latent with linear constants", HERE, _XY, ("L", "T"),
        (
            ("I(X1;X2)", "321/64"), ("H(T|X1)", "0"), ("H(T|X2)", "1/64"), ("H(L|X1)", "0"),
            ("H(L|X2)", "3/64"), ("H(T|L)", "1/4"),
        ),
        partial(path, 64, 3),
    ),
    Entry(
        "C18", "blocks-exact", "two 2 x 2 uniform blocks of weight 1/2; L = the block of X1",
        "an exact natural latent before anything is mixed in", STANDARD, _XY, ("L",),
        (*_NATURAL, ("H(L|X1)", "0"), ("H(L|X2)", "0"), ("I(X1;X2)", "1")),
        partial(mixed_blocks, None),
    ),
    Entry(
        "C18b", "blocks-mixed-16", "blocks-exact with 1/16 of the uniform law mixed in",
        "a connected support: the common part is gone", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("H(L|X1)", "0"), ("H(L|X2)", "5 - 31/32*log2(31)"),
            ("I(X1;X2)", "-4 + 31/32*log2(31)"),
        ),
        partial(mixed_blocks, 16),
    ),
    Entry(
        "C18c", "blocks-mixed-256", "blocks-exact with 1/256 of the uniform law mixed in",
        "a connected support: the common part is gone", STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("H(L|X1)", "0"),
            ("H(L|X2)", "9 - 511/512*log2(7) - 511/512*log2(73)"),
            ("I(X1;X2)", "-8 + 511/512*log2(7) + 511/512*log2(73)"),
        ),
        partial(mixed_blocks, 256),
    ),
    Entry(
        "C19", "tilted-pair", "masses 12/20 1/20 1/20 6/20; L = whether both are 1",
        "the best function of the features: 0.41973 bits, a stochastic latent has 0.25338", HERE,
        _XY, ("L",),
        (
            ("I(X1;X2)", "7/2 + 9/10*log2(3) + log2(5) - 7/10*log2(7) - 13/10*log2(13)"),
            ("I(X1;X2|L) + H(L|X1) + H(L|X2)", "13/10 + 7/5*log2(7) - 13/10*log2(13)"),
        ),
        partial(weighted, "X1 X2 L", {"0 0 a": 12, "0 1 a": 1, "1 0 a": 1, "1 1 b": 6}),
    ),
    Entry(
        "C24", "zero-cell", "masses 2/5 1/5 0 2/5",
        "the least summed error of a stochastic latent is a sum of logarithms: log2(5) - 2", HERE,
        _XY, (), (("I(X1;X2)", "-6/5*log2(3) + log2(5)"),),
        partial(weighted, "X1 X2", {"0 0": 2, "0 1": 1, "1 1": 2}),
    ),
    Entry(
        "C24b", "zero-cell-uneven", "masses 1/2 1/4 0 1/4",
        "the least summed error of a stochastic latent: 2 + 3/4*log2(3) - 5/4*log2(5)", HERE,
        _XY, (), (("I(X1;X2)", "3/2 - 3/4*log2(3)"),),
        partial(weighted, "X1 X2", {"0 0": 2, "0 1": 1, "1 1": 1}),
    ),
    Entry(
        "C25", "tied-codes", "counts 14 1 1 4; L = whether both are 1",
        "L and the constant have one summed error, exactly: no float can see it", HERE,
        _XY, ("L",),
        (
            ("I(X1;X2)", "31/10 - 3/2*log2(3) - log2(5) + 7/10*log2(7)"),
            (
                "I(X1;X2|L) + H(L|X1) + H(L|X2)",
                "31/10 - 3/2*log2(3) - log2(5) + 7/10*log2(7)",
            ),
        ),
        partial(weighted, "X1 X2 L", {"0 0 a": 14, "0 1 a": 1, "1 0 a": 1, "1 1 b": 4}),
    ),
    Entry(
        "C28", "baselines", "the golden mean law; L constant, M = (X1,X2)",
        "the two baseline latents: nothing, and everything", STANDARD, _XY, ("L", "M"),
        (
            ("I(X1;X2)", "-4/3 + log2(3)"), ("I(X1;X2|L)", "-4/3 + log2(3)"), ("H(L|X1)", "0"),
            ("I(L;X1|X2)", "0"), ("I(X1;X2|M)", "0"), ("H(M|X1)", "2/3"), ("H(M|X2)", "2/3"),
            ("H(X2|X1)", "2/3"), ("H(X1|X2)", "2/3"),
        ),
        partial(weighted, "X1 X2 L M", {"0 0 0 00": 1, "0 1 0 01": 1, "1 1 0 11": 1}),
    ),
    Entry(
        "C30", "tight-mediation", "X1 = X2 = M a fair coin, L constant",
        "mediator determines redund: the mediation error is needed, 1 = 1 + 0 + 0", ONTOLOGIES,
        _XY, ("L", "M"),
        (("H(M|L)", "1"), ("I(X1;X2|L)", "1"), ("H(M|X1)", "0"), ("H(M|X2)", "0")),
        partial(uniform, "X1 X2 L M", ("0000", "1101")),
    ),
    Entry(
        "C30b", "tight-one-redundancy", "X1 constant, X2 = M a fair coin, L constant",
        "mediator determines redund: each redundancy error is needed, 1 = 0 + 1 + 0", ONTOLOGIES,
        _XY, ("L", "M"),
        (("H(M|L)", "1"), ("I(X1;X2|L)", "0"), ("H(M|X1)", "1"), ("H(M|X2)", "0")),
        partial(uniform, "X1 X2 L M", ("0000", "0101")),
    ),
    Entry(
        "C30c", "tight-both-redundancies", "X1, X2 independent coins, M = (X1,X2), L constant",
        "mediator determines redund: both redundancy errors add up, 2 = 0 + 1 + 1", ONTOLOGIES,
        _XY, ("L", "M"),
        (("H(M|L)", "2"), ("I(X1;X2|L)", "0"), ("H(M|X1)", "1"), ("H(M|X2)", "1")),
        partial(
            weighted, "X1 X2 L M", {"0 0 0 00": 1, "0 1 0 01": 1, "1 0 0 10": 1, "1 1 0 11": 1}
        ),
    ),
    Entry(
        "C33", "repeated-node", "X a fair coin; Y = 1 if X = 1, else a coin of bias 1/4",
        "the net Y <- X -> Y has error H(Y|X)", ONTOLOGIES, ("X",), ("Y",),
        (("KL(Y <- X -> Y#2)", "1 - 3/8*log2(3)"), ("H(Y|X)", "1 - 3/8*log2(3)")),
        partial(weighted, "X Y", {"0 0": 3, "0 1": 1, "1 1": 4}),
    ),
    Entry(
        "C34", "rare-event", "D a fair coin; T hides it 1 time in 4",
        "an average hides what a rare event costs: H(D|T) is its probability", HERE,
        ("T",), ("D",),
        (("H(D|T)", "1/4"), ("H(D)", "1")),
        partial(weighted, "T D", {"hidden 0": 1, "hidden 1": 1, "0 0": 3, "1 1": 3}),
    ),
    Entry(
        "F01", "xor", "two fair coins X, Y and Z = X xor Y",
        "pairwise independent, jointly dependent", "standard example", ("X", "Y", "Z"), (),
        (
            ("I(X;Y)", "0"), ("I(X;Y|Z)", "1"), ("I(X;Y;Z)", "-1"), ("TC(X;Y;Z)", "1"),
            ("DTC(X;Y;Z)", "2"), ("O(X;Y;Z)", "-1"),
        ),
        partial(uniform, "X Y Z", ("000", "011", "101", "110")),
    ),
    Entry(
        "F02", "and-gate", "two fair coins X, Y and Z = X and Y",
        "an output that tells part of each input", "standard example", ("X", "Y", "Z"), (),
        (("I(X;Z)", "3/2 - 3/4*log2(3)"), ("H(Z)", _H4), ("I(X;Y|Z)", "-1 + 3/4*log2(3)")),
        partial(uniform, "X Y Z", ("000", "010", "100", "111")),
    ),
    Entry(
        "F03", "golden-mean", "two binary symbols, 10 forbidden, the rest uniform",
        "a connected support with three points", "Cover and Thomas, Elements of Information "
        "Theory, problem 2.12", ("X", "Y"), (),
        (("I(X;Y)", "-4/3 + log2(3)"), ("H(X,Y)", "log2(3)"), ("H(X)", "-2/3 + log2(3)")),
        partial(uniform, "X Y", ("00", "01", "11")),
    ),
    Entry(
        "F04", "dyadic", "three variables, every two of them share a coin",
        "same Shannon measures as triadic", "James and Crutchfield, Multivariate Dependence "
        "Beyond Shannon Information (2017)", ("X", "Y", "Z"), (),
        (
            ("I(X;Y)", "1"), ("I(X;Y|Z)", "1"), ("I(X;Y;Z)", "0"), ("TC(X;Y;Z)", "3"),
            ("DTC(X;Y;Z)", "3"),
        ),
        partial(uniform, "X Y Z", ("000", "021", "102", "123", "210", "231", "312", "333")),
    ),
    Entry(
        "F05", "triadic", "three variables that share a coin and an exclusive or",
        "same Shannon measures as dyadic", "James and Crutchfield, Multivariate Dependence "
        "Beyond Shannon Information (2017)", ("X", "Y", "Z"), (),
        (
            ("I(X;Y)", "1"), ("I(X;Y|Z)", "1"), ("I(X;Y;Z)", "0"), ("TC(X;Y;Z)", "3"),
            ("DTC(X;Y;Z)", "3"),
        ),
        partial(uniform, "X Y Z", ("000", "022", "111", "133", "202", "220", "313", "331")),
    ),
)  # fmt: skip
