"""P31 · Tiny mixtures of every size: a million bits of difference, fifty bits of divergence.

Claim    with a chance of 2^-50 and any number K of symbols, the divergence of the two predictive
         laws is below 50 bits and below log2 K, each agent's error is at most 2^-50 (log2 K + 52)
         bits, and the latents differ by log2 K bits
Reading  P and Q of P11 with K symbols, t = 1/K. Whether the columns agree, S, is all that tells P
         from Q: given S both are uniform on the same pairs, so D(P||Q) is the divergence of the law
         of S, H(X1|X2) is H(S) + P(S=0) log2(K-1), and I(X1;X2) is log2 K less that. With K =
         2^1000000 the bound on the errors is 1000052 2^-50, below a billionth of a bit. With K = 8
         the three reductions to S are checked on the laws written out.
Source   Wentworth and Lorell, Natural Latents Are Not Robust To Tiny Mixtures (2024).
Uses     P11
"""

from itertools import product
from typing import Any

from natlat_sym import Dist, parameter, prove_on_range

# %% S = [X1 = X2] under both laws; t = 1/K is the parameter, d = 2^-50
D = f"1/{2**50}"
REST = f"{2**50 - 1}/{2**50}"


def agreement(copied: str) -> Dist:
    """Return the law of S when the copy has some weight."""
    return Dist.from_dict(
        {"1": f"{copied} + (1 - {copied})*t", "0": f"(1 - {copied})*(1 - t)"}, "S", "0 < t <= 1/2"
    )


first, second = agreement(REST), agreement(D)


# %% That S is all that matters, on laws written out: eight symbols, any chance c of the other view
def written_out(copied: Any) -> Dist:
    """Return the law of X1, X2 and S for eight symbols."""
    weights = {}
    for x, y in product("01234567", repeat=2):
        weights[x, y, str(int(x == y))] = (1 - copied) / 64 + copied / 8 * int(x == y)
    return Dist.from_dict(weights, "X1 X2 S")


CHANCE = parameter("0 < c < 1/2")
wide_first, wide_second = written_out(1 - CHANCE), written_out(CHANCE)
same_divergence = prove_on_range(wide_first, "D(X1,X2) = D(S)", wide_second)
same_redundancy = prove_on_range(wide_first, "H(X1|X2) = H(S) + 7/8*c*log2(7)")
same_mediation = prove_on_range(wide_second, "I(X1;X2) = 3 - H(S) - 7/8*(1 - c)*log2(7)")

# %% The predictive laws are near: fifty bits, however many symbols
few_bits = prove_on_range(first, "D(S) < 50", second)
below_the_size = prove_on_range(first, "D(S) < -log2(t)", second)
few_bits_back = prove_on_range(second, "D(S) < 50", first)

# %% Each latent is natural under its own law
# I(X1;X2) under Q: the mediation error of the constant latent, whose other errors are 0.
second_mediates = prove_on_range(
    second,
    f"-log2(t) - H(S) - {REST}*(1 - t)*log2(1 - t) + {REST}*(1 - t)*log2(t) <= -{D}*log2(t)",
)
# H(X1|X2) under P: the redundancy error of L = X1, whose other errors are 0.
first_is_redundant = prove_on_range(
    first,
    f"H(S) + {D}*(1 - t)*log2(1 - t) - {D}*(1 - t)*log2(t) <= -{D}*log2(t) + {D}*52",
)

# %% Under the first law the constant latent mediates as badly as can be
wrong_law = prove_on_range(
    first,
    f"-log2(t) - H(S) - {D}*(1 - t)*log2(1 - t) + {D}*(1 - t)*log2(t) >= -{REST}*log2(t) - {D}*52",
)

# %% What is carried on
RESULTS = {
    "eight-divergence": same_divergence,
    "eight-redundancy": same_redundancy,
    "eight-mediation": same_mediation,
    "few-bits": few_bits,
    "below-the-size": below_the_size,
    "few-bits-back": few_bits_back,
    "second-mediates": second_mediates,
    "first-is-redundant": first_is_redundant,
    "wrong-law": wrong_law,
}
