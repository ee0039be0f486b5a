"""P09 · The theorems for every number of features at once.

Claim    H(L|M) <= (n-1) TC(X|M) + sum_i H(L|X_-i) for every n, and its relatives: dual total
         correlation, strong redundancy, stochastic functions, one feature at a time, budgets
Reading  P05 and P07 were about two, three or four features. Here n is a variable: the certificate
         is a sum of runs of terms over k, with weights that are polynomials in n and k, and the
         checker confirms the identity for every n. Weak redundancy costs a factor n-1 on the
         mediation error, and none on the dual one.
Source   Wentworth and Lorell (2023, 2025) for two features; the sharp forms for n features by
         averaging over the features and Han's inequality (1978).
Uses     P05, P07
"""

# %% Notation
# X[k] means k of the features, averaged over all choices; different places of one term hold
# different features. So n H(L|X[n-1]) is the sum of all H(L|X_-i), and n I(L;X[1]|X[n-1]) the sum
# of all I(L;Xi|X_-i). TC(X|M) is the total correlation of all features given M.
from natlat_sym import prove, prove_for_all_n

# %% Han's inequality, and the two measures of mediation
# Total correlation and its dual bound each other, up to the factor n-1.
han = prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])")
dual_below = prove_for_all_n("DTC(X|L) <= (n-1) TC(X|L)")
dual_above = prove_for_all_n("TC(X|L) <= (n-1) DTC(X|L)")

# %% Structural identities
mediation_identity = prove_for_all_n("TC(X|L) = TC(X) + I(L;X[n]) - n I(L;X[1])")
strong_identity = prove_for_all_n("n I(L;X[n-1]|X[1]) = n I(L;X[n]) - n I(L;X[1])")
two_feature_rule = prove("I(X1;X2|L) + I(L;X2) = I(X1;X2) + I(L;X2|X1)")

# %% Mediator determines redund, weak redundancy: the latent is readable without any one feature
weak = prove_for_all_n("H(L|M) <= (n-1) TC(X|M) + n H(L|X[n-1])")
weak_dual = prove_for_all_n("H(L|M) <= DTC(X|M) + n H(L|X[n-1])")
weak_with_errors = prove_for_all_n(
    "H(L|M) <= (n-1) e + n r", given=["TC(X|M) <= e", "H(L|X[n-1]) <= r"]
)

# %% Strong redundancy: the latent is readable from any one feature
# Better with every feature: both errors are divided by n-1 (the second is a sum of n).
strong = prove_for_all_n("(n-1) H(L|M) <= TC(X|M) + n H(L|X[1])")

# %% Stochastic functions, with the third condition
stochastic = prove_for_all_n("I(L;X[n]|M) <= (n-1) TC(X|M) + n I(L;X[1]|X[n-1]) + n I(L;M|X[n])")
stochastic_dual = prove_for_all_n("I(L;X[n]|M) <= DTC(X|M) + n I(L;X[1]|X[n-1]) + n I(L;M|X[n])")
exact = prove_for_all_n(
    "I(L;X[n]|M) = 0",
    given=["TC(X|M) = 0", "I(L;X[1]|X[n-1]) = 0", "I(L;M|X[n]) = 0"],
)

# %% One feature at a time
# What L tells about a single feature is bounded without the factor n-1.
per_feature = prove_for_all_n("I(L;X[1]|M) <= I(X[1];X[n-1]|M) + I(L;X[1]|X[n-1]) + I(L;M|X[n])")

# %% Approximate isomorphism: a small H(L|X) may stand for the third condition
low_entropy = prove_for_all_n("H(L|M) <= DTC(X|M) + n I(L;X[1]|X[n-1]) + n H(L|X[n])")

# %% A deletion budget m: readable without any m features
# Now m is a variable, too: from 1 (weak redundancy) to n-1 (strong redundancy). The larger m, the
# less it costs. The proof runs to n-m with one weight, and from there with another.
BUDGETS = {
    "budget": prove_for_all_n("m H(L|M) <= (n-m) TC(X|M) + n H(L|X[n-m])"),
    "budget-dual": prove_for_all_n("m H(L|M) <= m DTC(X|M) + n H(L|X[n-m])"),
    "budget-stochastic": prove_for_all_n(
        "m I(L;X[n]|M) <= (n-m) TC(X|M) + n I(L;X[m]|X[n-m]) + n I(L;M|X[n])"
    ),
    "budget-stochastic-dual": prove_for_all_n(
        "m I(L;X[n]|M) <= m DTC(X|M) + n I(L;X[m]|X[n-m]) + n I(L;M|X[n])"
    ),
    "budget-with-errors": prove_for_all_n(
        "m H(L|M) <= (n-m) e + n r", given=["TC(X|M) <= e", "H(L|X[n-m]) <= r"]
    ),
}

# %% Two natural latents tell each other
isomorphism = prove_for_all_n(
    "H(L|M) + H(M|L) <= (n-1) TC(X|L) + (n-1) TC(X|M) + n H(L|X[n-1]) + n H(M|X[n-1])"
)

# %% What is carried on
RESULTS = {
    "han": han,
    "dual-below": dual_below,
    "dual-above": dual_above,
    "mediation-identity": mediation_identity,
    "strong-identity": strong_identity,
    "weak": weak,
    "weak-dual": weak_dual,
    "weak-with-errors": weak_with_errors,
    "strong": strong,
    "stochastic": stochastic,
    "stochastic-dual": stochastic_dual,
    "exact": exact,
    "per-feature": per_feature,
    "low-entropy": low_entropy,
    "isomorphism": isomorphism,
    "two-feature-rule": two_feature_rule,
    **BUDGETS,
}
