"""P27 · A coin of unknown bias, flipped 1000 and 1000 times.

Claim    with a uniform prior on the bias, N1, N2 the heads of two batches of 1000 flips, and
         F = 1 if N1 >= 500: 0.0582067 < H(F|N2) < 0.0582068, and F is known to every mediator M of
         N1, N2 within I(N1;N2|M) + H(F|N2)
Reading  The bias screens the batches off from each other. F is read off the first batch exactly and
         off the second within 0.0583 bits; so whoever explains the two batches by a latent of his
         own, exactly, knows F within 0.0583 bits. The counts are exact rationals: 2n + 1 uniform
         numbers, one of them the bias, a flip is heads if its number is below the bias.
Source   Wentworth and Lorell, "Natural Latents: Latent Variables Stable Across Ontologies" (2025),
         the worked example. The counts and their exact evaluation were worked out here.
Uses     P07, P25
"""

from fractions import Fraction
from itertools import product
from math import comb

from natlat_sym import Dist, evaluate, prove

# %% What the theorem says here
# F is a function of the first batch, and the batches are independent given the bias or any other
# exact mediator M: one of the three terms is left.
bound = prove("H(F|M) <= I(N1;N2|M) + H(F|N1) + H(F|N2)")
bound_here = prove("H(F|M) <= H(F|N2)", given=["I(N1;N2|M) = 0", "H(F|N1) = 0"])
bound_with_worst = prove(
    "H(F|M) <= e + 2 r", given=["I(N1;N2|M) <= e", "H(F|N1) <= r", "H(F|N2) <= r"]
)


# %% The exact law of F and N2
# Sort 2n + 1 independent uniform numbers: the bias, n for the first batch, n for the second. All
# orders are equally likely. Given N2 = b the bias is the (b+1)st of itself and the second batch. So
# N1 >= k says: when the k-th of the first batch comes, at most b of these n + 1 have come. Of the
# comb(2n+1, n) ways to place the first batch, those with j of them before number
#
#     comb(k-1+j, j) comb(2n+1-k-j, n+1-j).
def batches(flips: int, threshold: int) -> Dist:
    """Return the law of F = [N1 >= threshold] and N2 for two batches of so many flips."""
    ways = comb(2 * flips + 1, flips)
    reached = 0
    weights = {}
    for heads in range(flips + 1):
        reached += comb(threshold - 1 + heads, heads) * comb(
            2 * flips + 1 - threshold - heads, flips + 1 - heads
        )
        weights["1", str(heads)] = reached
        weights["0", str(heads)] = ways - reached
    return Dist.from_weights({cell: count for cell, count in weights.items() if count}, "F N2")


thousand = evaluate(
    batches(1000, 500),
    ["H(F|N2) > 0.0582067", "H(F|N2) < 0.0582068", "H(N2) = log2(1001)"],
)


# %% Both batches, and a longer third one in place of the bias
# The bias is a number between 0 and 1, outside the finite laws used here: H(F|bias), about 0.0412
# bits in the source's example, is an integral. What takes its place is a third batch of the same
# coin: the longer it is, the better it mediates. Counts are those of the source,
# comb(n,a) comb(n,b) comb(m,c) / ((2n+m+1) comb(2n+m, a+b+c)).
def with_third_batch(flips: int, third: int) -> Dist:
    """Return the law of N1, N2, N3 and F = [N1 >= flips/2]."""
    every = 2 * flips + third
    masses = {}
    for a, b, c in product(range(flips + 1), range(flips + 1), range(third + 1)):
        ways = comb(flips, a) * comb(flips, b) * comb(third, c)
        key = str(a), str(b), str(c), str(int(2 * a >= flips))
        masses[key] = Fraction(ways, (every + 1) * comb(every, a + b + c))
    return Dist.from_dict(masses, "N1 N2 N3 F")


if with_third_batch(2, 12).marginal("F N2") != batches(2, 1):
    raise ArithmeticError("the two ways of counting are expected to agree")
third_batch = evaluate(
    with_third_batch(2, 12),
    [
        "H(F|N1) = 0",
        "H(F|N2) > 77/100",
        "I(N1;N2) > 19/100",
        "I(N1;N2|N3) < 11/1000",
        "H(F|N3) < 65/100",
        "H(F|N3) <= I(N1;N2|N3) + H(F|N2)",
    ],
)


# %% A bias with finitely many values mediates exactly
def two_biases(flips: int) -> Dist:
    """Return the law of a bias L of 1/4 or 3/4 and two batches; F as before."""
    masses = {}
    for bias, a, b in product((1, 3), range(flips + 1), range(flips + 1)):
        ways = comb(flips, a) * comb(flips, b)
        chance = Fraction(bias, 4) ** (a + b) * Fraction(4 - bias, 4) ** (2 * flips - a - b)
        masses[f"{bias}/4", str(a), str(b), str(int(2 * a >= flips))] = ways * chance / 2
    return Dist.from_dict(masses, "L N1 N2 F")


one_flip = evaluate(
    two_biases(1),
    ["I(N1;N2|L) = 0", "I(L;N1|N2) = 1 + 3/8*log2(3) - 5/8*log2(5)", "H(L|N1) = 2 - 3/4*log2(3)"],
)
four_flips = evaluate(
    two_biases(4),
    [
        "I(N1;N2|L) = 0",
        "H(F|N1) = 0",
        "H(F|L) < H(F|N2)",
        "I(L;N1|N2) > 23/100",
        "H(L|N1) < 1/2",
    ],
)
# The redundancy error of L is not monotone in the length of the batches: it rises, then falls.
seven_flips = evaluate(two_biases(7), ["I(N1;N2|L) = 0", "I(L;N1|N2) < 19/100", "H(L|N1) < 3/10"])

# %% What is carried on
RESULTS = {
    "bound": bound,
    "bound-here": bound_here,
    "bound-with-worst": bound_with_worst,
    "thousand": thousand,
    "third-batch": third_batch,
    "one-flip": one_flip,
    "four-flips": four_flips,
    "seven-flips": seven_flips,
}
