"""P32 · A die of unknown make, rolled a hundred and a hundred times.

Claim    a die shows six with chance 1/6 or 1/2, each half of the time; N1, N2 the sixes in two
         batches of 100 rolls. Which die it is, L, mediates exactly and is known from either batch
         within r = 1/2000 bits; so every exact mediator M knows L within 2 r, L knows every R that
         is known from either batch within s up to 2 s, and if such an R mediates exactly, too, L
         and R determine each other: H(L|R) + H(R|L) <= 2 r + 2 s
Reading  The number of sixes is all that a batch tells about the die. Minimal, maximal and unique
         are P25 with these numbers. For a die of which nothing is known, with the uniform law on
         its six chances, F = 1 if at least a sixth of the first batch are sixes is known from the
         second batch within 1/3 bits, and so to every exact mediator.
Source   Wentworth and Lorell, "Approximately Deterministic Natural Latents" (2024), the example of
         two batches of die rolls. The numbers were worked out here.
Uses     P25, P27
"""

from math import comb, factorial

from natlat_sym import Dist, evaluate, prove

ROLLS = 100


# %% Two makes of die
# Sixes in a batch, given the make: comb(n,k) 1^k 5^(n-k) / 6^n, or comb(n,k) 3^n / 6^n.
def sixes(rolls: int) -> Dist:
    """Return the law of the make L and the sixes N1 of one batch."""
    weights = {}
    for k in range(rolls + 1):
        weights["fair", str(k)] = comb(rolls, k) * 5 ** (rolls - k)
        weights["loaded", str(k)] = comb(rolls, k) * 3**rolls
    return Dist.from_weights(weights, "L N1")


redundant = evaluate(sixes(ROLLS), ["H(L) = 1", "H(L|N1) < 1/2000"])


# %% Two batches at once, a few rolls long, and a mediator and a redund beside L
def two_batches(rolls: int) -> Dist:
    """Return the law of L, N1, N2, and R = 1 if the sixes of both batches are most of the rolls."""
    weights = {}
    for a in range(rolls + 1):
        for b in range(rolls + 1):
            ways = comb(rolls, a) * comb(rolls, b)
            most = str(int(a + b > rolls))
            weights["fair", str(a), str(b), most] = ways * 5 ** (2 * rolls - a - b)
            weights["loaded", str(a), str(b), most] = ways * 3 ** (2 * rolls)
    return Dist.from_weights(weights, "L N1 N2 R")


few_rolls = evaluate(
    two_batches(4),
    [
        "I(N1;N2|L) = 0",
        "H(L|N1) = H(L|N2)",
        "H(L|N1) < 69/100",
        "H(L|N2) <= I(N1;N2|N2) + H(L|N1) + H(L|N2)",
        "H(R|L) <= I(N1;N2|L) + H(R|N1) + H(R|N2)",
    ],
)

# %% Minimal, maximal, unique
minimal = prove("H(L|M) <= 2 r", given=["I(N1;N2|M) = 0", "H(L|N1) <= r", "H(L|N2) <= r"])
maximal = prove("H(R|L) <= 2 s", given=["I(N1;N2|L) = 0", "H(R|N1) <= s", "H(R|N2) <= s"])
unique = prove(
    "H(L|R) + H(R|L) <= 2 r + 2 s",
    given=[
        *("I(N1;N2|L) = 0", "H(L|N1) <= r", "H(L|N2) <= r"),
        *("I(N1;N2|R) = 0", "H(R|N1) <= s", "H(R|N2) <= s"),
    ],
)


# %% A die of which nothing is known
# With the uniform law on the six chances the counts of sixes a, b have chance
# comb(n,a) comb(n,b) B(1+a+b, 5+2n-a-b) / B(1,5), and the chance of a six given b needs no more.
def unknown(rolls: int) -> Dist:
    """Return the law of F = [6 N1 >= rolls] and N2."""
    weights: dict[tuple[str, str], int] = {}
    for a in range(rolls + 1):
        for b in range(rolls + 1):
            sixes, others = a + b, 2 * rolls - a - b
            cell = str(int(6 * a >= rolls)), str(b)
            ways = comb(rolls, a) * comb(rolls, b) * factorial(sixes) * factorial(4 + others)
            weights[cell] = weights.get(cell, 0) + ways
    return Dist.from_weights(weights, "F N2")


unknown_die = evaluate(unknown(ROLLS), ["H(F) > 97/100", "H(F|N2) < 1/3"])
known_to_mediators = prove("H(F|M) <= H(F|N2)", given=["I(N1;N2|M) = 0", "H(F|N1) = 0"])

# %% What is carried on
RESULTS = {
    "redundant": redundant,
    "few-rolls": few_rolls,
    "minimal": minimal,
    "maximal": maximal,
    "unique": unique,
    "unknown-die": unknown_die,
    "known-to-mediators": known_to_mediators,
}
