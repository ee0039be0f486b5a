"""P12 · Resampling a latent is not linear in the errors.

Claim    no constant bounds the errors of a resampled latent by those of the latent it is drawn
         from: at 2^-20 the factor is above 5
Reading  L is read off X2 but for a rare branch, so its errors are 0, 0 and 2n. Draw G again from
         P[L|X1]: now G and X2 disagree on half of the rare branch, and a disagreement that rare
         costs the logarithm of its rarity. The factor is (1/4) log2(1/n) to within 1/2, for all n.
Source   Worked out for this collection; the claim it limits is in Lorell and Wentworth, Resampling
         Conserves Redundancy (Approximately) (2025, withdrawn for divergences).
Uses     P07
"""

from fractions import Fraction
from typing import Any

from natlat_sym import Dist, evaluate, parameter, prove_on_range


# %% The law, and the latent drawn again
def rare(branch: Any) -> Dist:
    """Return R_n with G drawn from P[L|X1]."""
    law = Dist.from_dict(
        {("0", "0", "0"): 1 - 2 * branch, ("1", "1", "1"): branch, ("1", "0", "0"): branch},
        "X1 X2 L",
    )
    return law.extend("G", "X1", {"0": {"0": 1}, "1": {"0": "1/2", "1": "1/2"}})


# %% Before: two errors are 0, the third is 2n. After: two are equal, and no longer linear
quarter = evaluate(
    rare(Fraction(1, 4)),
    [
        "I(X1;X2|L) = 0",
        "I(L;X1|X2) = 0",
        "I(L;X2|X1) = 1/2",
        "I(G;X1|X2) = 1/2 + 3/4*log2(3) - 5/8*log2(5)",
        "I(X1;X2|G) = I(G;X1|X2)",
    ],
)

# %% For every branch: the closed form, and the factor is (1/4) log2(1/n) to within 1/2
family = rare(parameter("0 < n < 1/2"))
before = prove_on_range(family, "I(L;X2|X1) = 2*n")
after = prove_on_range(
    family,
    "I(G;X1|X2) = 1 - 2*n + (1 - n)*log2(1 - n) - (2 - 3*n)/2*log2(2 - 3*n) - n/2*log2(n)",
)
both = prove_on_range(family, "I(X1;X2|G) = I(G;X1|X2)")
at_least = prove_on_range(family, "I(G;X1|X2) >= -n/2*log2(n) - n")
at_most = prove_on_range(family, "I(G;X1|X2) <= -n/2*log2(n) + n")

# %% Drawing both features again at once is no better
# X1 is drawn again from P[X1|X2] as Y1, X2 from P[X2|X1] as Y2. The latent (Y1,Y2) has the same
# redundancy error as G, where L = X2 has 2n: no constant makes resampling competitive.
base = family.marginal("X1 X2")
N = parameter("0 < n < 1/2")
both_drawn = base.extend(
    "Y1", "X2", {"0": {"0": (1 - 2 * N) / (1 - N), "1": N / (1 - N)}, "1": {"1": 1}}
).extend("Y2", "X1", {"0": {"0": 1}, "1": {"0": "1/2", "1": "1/2"}})
simultaneous = prove_on_range(
    both_drawn,
    "I(Y1,Y2;X1|X2) = 1 - 2*n + (1 - n)*log2(1 - n) - (2 - 3*n)/2*log2(2 - 3*n) - n/2*log2(n)",
)

# %% The factor grows without bound
factor_one = evaluate(rare(Fraction(1, 2**4)), ["I(G;X1|X2) > I(L;X2|X1)"])
factor_two = evaluate(rare(Fraction(1, 2**10)), ["I(G;X1|X2) > 2 I(L;X2|X1)"])
factor_five = evaluate(rare(Fraction(1, 2**20)), ["I(G;X1|X2) > 5 I(L;X2|X1)"])
factor_fifty = evaluate(rare(Fraction(1, 2**200)), ["I(G;X1|X2) > 50 I(L;X2|X1)"])

# %% What is carried on
RESULTS = {
    "quarter": quarter,
    "before": before,
    "after": after,
    "both": both,
    "at-least": at_least,
    "at-most": at_most,
    "simultaneous": simultaneous,
    "factor-one": factor_one,
    "factor-two": factor_two,
    "factor-five": factor_five,
    "factor-fifty": factor_fifty,
}
