"""P08 · It fails when the two latents are related other than through the data.

Claim    without I(L;M|X) = 0 the Fundamental Theorem is false
Reading  Let L and X1 be independent coins, and let agent 2's latent be M = L xor X1. M
         mediates and L is redundant, both exactly, yet given M the latent L tells X1 fully. The
         correlation of L and M is not in the data: the loophole that the third condition closes.
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), loopholes; the law
         with the exclusive or is the standard example.
Uses     P05
"""

from natlat_sym import Dist, evaluate, prove, refute

# %% The law
# Three fair coins L, X1, X2, and M = L xor X1.
three_coins = Dist.uniform(
    "L X1 X2", [(a, b, c) for a in ("0", "1") for b in ("0", "1") for c in ("0", "1")]
)
law = three_coins.with_function("M", lambda a, b: str(int(a) ^ int(b)), of="L X1")

# %% All conditions but the third hold exactly, and the conclusion fails by one bit
conditions = evaluate(
    law,
    [
        "I(X1;X2|M) = 0",
        "I(L;X1|X2) = 0",
        "I(L;X2|X1) = 0",
        "I(L;M|X1,X2) = 1",
        "I(L;X1,X2|M) = 1",
    ],
)
without_the_third = refute(
    "I(L;X1,X2|M) = 0",
    given=["I(X1;X2|M) = 0", "I(L;X1|X2) = 0", "I(L;X2|X1) = 0"],
    law=law,
)

# %% What may replace the third condition
# It is enough that either latent is nearly a function of the data.
low_entropy_first = prove("I(L;M|X1,X2) <= H(L|X1,X2)")
low_entropy_second = prove("I(L;M|X1,X2) <= H(M|X1,X2)")

# %% What is carried on
RESULTS = {
    "conditions": conditions,
    "without-the-third": without_the_third,
    "low-entropy-first": low_entropy_first,
    "low-entropy-second": low_entropy_second,
}
