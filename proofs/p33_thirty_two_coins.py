"""P33 · Thirty-two coins: stochastic and deterministic redundancy come apart.

Claim    32 coins labelled by five bits, the i-th of bias (2i+1)/64; one is drawn and tossed in two
         batches. The label L mediates exactly. For 200 tosses a batch its first bit B is known from
         either batch within 9/100 bits. For eight coins and 12 tosses, which tell neighbouring
         coins apart about as well: I(L;N1|N2) < 42/100 and H(L|N2) > 17/10
Reading  The label has a far smaller error as a stochastic redund than as a deterministic one; its
         first bit has a small one in both senses. A batch leaves open which of a few neighbouring
         coins it was, but the other batch tells little that this one does not. The first bit says
         which half the coin is of, and few labels are near the border. The heads of both batches
         together, S, are all that they tell, so I(L;N1|N2) = H(L|N2) - H(L|S): two small laws
         instead of one.
Source   Harwood, a comment on Wentworth and Lorell's bounty (2025): 32 coins, 200 and 200 tosses,
         bias linear in the label. The numbers were worked out here.
Uses     P27, P28
"""

from math import comb

from natlat_sym import Dist, evaluate, prove

# %% Both batches are as good as their sum
by_the_sum = prove("I(L;N1|N2) = H(L|N2) - H(L|S)", given=["I(L;N1,N2|S) = 0", "H(S|N1,N2) = 0"])
# The label mediates, so that a redund is known to it: B within I(N1;N2|L) + H(B|N1) + H(B|N2).
known_to_label = prove("H(B|L) <= 2 r", given=["I(N1;N2|L) = 0", "H(B|N1) <= r", "H(B|N2) <= r"])


# %% The heads of so many tosses of one of so many coins
def batch(digits: int, tosses: int, shown: int) -> Dist:
    """Return the law of the first digits of the label and of the heads N."""
    size = 2**digits
    weights: dict[tuple[str, str], int] = {}
    for coin in range(size):
        label = format(coin, f"0{digits}b")[:shown]
        for heads in range(tosses + 1):
            chance = (2 * coin + 1) ** heads * (2 * size - 2 * coin - 1) ** (tosses - heads)
            cell = label, str(heads)
            weights[cell] = weights.get(cell, 0) + comb(tosses, heads) * chance
    return Dist.from_weights(weights, "L N")


# %% 32 coins, 200 tosses: the first bit
first_bit = evaluate(batch(5, 200, 1), ["H(L) = 1", "H(L|N) < 9/100"])

# %% Eight coins, 12 tosses: the whole label, from one batch and from both
one_batch = evaluate(batch(3, 12, 3), ["H(L) = 3", "H(L|N) > 17/10", "H(L|N) < 171/100"])
both_batches = evaluate(batch(3, 24, 3), ["H(L|N) > 129/100"])

# %% Two batches of one law, small enough to be written out
SMALL = [
    (str(coin), str(a), str(b), str(a + b), comb(3, a) * comb(3, b), a + b)
    for coin in range(4)
    for a in range(4)
    for b in range(4)
]
small = Dist.from_weights(
    {
        (coin, a, b, s): ways * (2 * int(coin) + 1) ** heads * (7 - 2 * int(coin)) ** (6 - heads)
        for coin, a, b, s, ways, heads in SMALL
    },
    "L N1 N2 S",
)
written_out = evaluate(
    small,
    ["I(N1;N2|L) = 0", "I(L;N1,N2|S) = 0", "I(L;N1|N2) = H(L|N2) - H(L|S)", "I(L;N1|N2) < H(L|N2)"],
)

# %% What is carried on
RESULTS = {
    "by-the-sum": by_the_sum,
    "known-to-label": known_to_label,
    "first-bit": first_bit,
    "one-batch": one_batch,
    "both-batches": both_batches,
    "written-out": written_out,
}
