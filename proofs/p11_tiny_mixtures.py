"""P11 · Tiny mixtures: two agents' natural latents that have nothing in common.

Claim    each of two agents' latents can be natural under its own law to within tiny errors, and the
         latents still differ by all N bits, here 3; the divergence of the predictive laws is below
         N bits a row, and in the other direction below log2(1/d) for a mixture of weight d
Reading  Agent 1 thinks both columns are copies of the same N bits, agent 2 that they are
         independent, and each grants the other a tiny chance. L = X1 is natural for agent 1, the
         constant latent M for agent 2. No theorem is violated: under one common law the constant
         latent mediates badly. So a comparison has to name the law its errors are measured under.
         Three bits are small enough to be written out, but the laws are no nearer than the latents;
         P31 has fifty bits of divergence and a million bits of difference. P30 says what survives.
Source   Wentworth and Lorell, Natural Latents Are Not Robust To Tiny Mixtures (2024).
Uses     P07
"""

from fractions import Fraction
from itertools import product
from typing import Any

from natlat_sym import Dist, evaluate, parameter, prove, prove_on_range

# %% The two agents: N = 3 bits, a chance of 2^-12
N, TINY = 3, Fraction(1, 2**12)
SYMBOLS = [format(number, f"0{N}b") for number in range(2**N)]


def agent(copied: Any) -> Dist:
    """Return the mixture of a copy and of independent bits, with L = X1 and M constant."""
    weights = {}
    for x, y in product(SYMBOLS, repeat=2):
        weights[x, y, x, "c"] = (1 - copied) / 4**N + copied / 2**N * int(x == y)
    return Dist.from_dict(weights, "X1 X2 L M")


first, second = agent(1 - TINY), agent(TINY)

# %% How far apart the predictive laws are, for every small chance d
chance = parameter("0 < d < 1/2")
apart = prove_on_range(agent(1 - chance), "D(X1,X2) < 3", agent(chance))
apart_back = prove_on_range(agent(chance), "D(X1,X2) < -log2(d)", agent(1 - chance))

# %% Each latent is natural under its own law
# Under the first law L mediates exactly and is redundant to within 0.005 bits.
first_is_natural = evaluate(first, ["I(X1;X2|L) = 0", "H(L|X1) = 0", "H(L|X2) < 1/200", "H(L) = 3"])
# Under the second the constant latent is redundant exactly, and mediates to within a millionth.
second_is_natural = evaluate(second, ["I(X1;X2|M) < 1/1000000", "H(M|X1) = 0", "H(M|X2) = 0"])

# %% The latents have nothing in common
far_apart = evaluate(first, ["H(L|M) = 3", "I(L;M) = 0"])

# %% What the theorem needs: both errors under one law
# Under the first law the constant latent leaves nearly all of the 3 bits unexplained.
wrong_law = evaluate(first, ["I(X1;X2|M) > 29/10"])
bound = prove("H(L|M) <= I(X1;X2|M) + H(L|X1) + H(L|X2)")
no_contradiction = evaluate(first, ["H(L|M) <= I(X1;X2|M) + H(L|X1) + H(L|X2)"])

# %% What is carried on
RESULTS = {
    "apart": apart,
    "apart-back": apart_back,
    "first-is-natural": first_is_natural,
    "second-is-natural": second_is_natural,
    "far-apart": far_apart,
    "wrong-law": wrong_law,
    "bound": bound,
    "no-contradiction": no_contradiction,
}
