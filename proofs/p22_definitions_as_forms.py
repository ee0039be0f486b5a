"""P22 · Every notion of the theory is a linear form in joint entropies.

Claim    mediation, its dual, redundancy of every strength and the relation through the data are
         errors of nets; deterministic redundancy is stochastic redundancy plus H(L|X); and
         I(X1;X2|L) + I(L;X2) = I(X1;X2) + I(L;X2|X1)
Reading  Before theorems are proved, their words are fixed. Each definition is a net, each net has
         an error, each error is a form. Weak redundancy reads L with any one feature missing,
         strong redundancy from any one feature alone; for two features they are the same.
Source   Wentworth and Lorell, "Natural Latents: The Math" (2023) and "Natural Latents: Latent
         Variables Stable Across Ontologies" (2025) for the notions; the identities are the chain
         rule. The constant and the full latent: Harwood, "A Visual Guide to Natural Latents"
         (2026).
Uses     P01
"""

from natlat_sym import prove, prove_for_all_n, refute, zoo

# %% Mediation between two blocks is weaker than mediation of all features
# So a theorem that asks for two blocks A, B only may be given the total correlation.
two_blocks = prove("I(X1,X2;X3,X4|L) <= TC(X1;X2;X3;X4|L)")
one_block = prove_for_all_n("I(X[1];X[n-1]|L) <= TC(X|L)")
dual_form = prove_for_all_n("DTC(X|L) = H(X[n]|L) - n H(X[1]|X[n-1],L)")

# %% Weak redundancy may be drawn from either end; it is the same error
redundancy_forwards = prove("KL(L -> (X2,X3) -> X1) = I(L;X1|X2,X3)")
redundancy_backwards = prove("KL(X1 -> (X2,X3) -> L) = KL(L -> (X2,X3) -> X1)")

# %% Strong redundancy, and a budget of two features that may be missing
strong_redundancy = prove("KL((X2,X3) -> X1 -> L) = I(L;X2,X3|X1)")
budget_of_two = prove("KL((X3,X4) -> (X1,X2) -> L) = I(L;X3,X4|X1,X2)")
strong_gives_weak = prove("I(L;X1|X2,X3) <= I(L;X1,X3|X2)")

# The converse fails, even for a latent that mediates exactly: three features that each hold two
# of three fair bits, and L all three bits.
weak_is_not_strong = refute(
    "I(L;X2,X3|X1) = 0",
    given=[
        "TC(X1;X2;X3|L) = 0",
        "I(L;X1|X2,X3) = 0",
        "I(L;X2|X1,X3) = 0",
        "I(L;X3|X1,X2) = 0",
    ],
    law=zoo.law("ring").marginal("X1 X2 X3 L"),
)

# %% The two kinds of redundancy differ by what the features leave open
# For any blocks: Kept is what is still there, Lost what is missing.
stochastic_and_deterministic = prove("H(L|Kept) = I(L;Lost|Kept) + H(L|Kept,Lost)")
function_of_features = prove("H(L|Kept) = I(L;Lost|Kept)", given="H(L|Kept,Lost) = 0")

# %% Related only through the data
through_the_data = prove("KL(L <- (X1,X2) -> M) = I(L;M|X1,X2)")

# %% The sum rule for two features
# For a given I(L;X2) the mediation error and the remainder I(L;X2|X1) go up and down together; less
# of the one at the same of the other takes a latent that tells more about X2.
sum_rule = prove("I(X1;X2|L) + I(L;X2) = I(X1;X2) + I(L;X2|X1)")

# %% The two latents that always exist
# A constant is readable from anything and screens off nothing; all features together screen off
# everything, and are readable only as far as the features agree.
constant_mediates_nothing = prove("I(X1;X2|L) = I(X1;X2)", given="H(L) = 0")
constant_is_redundant = prove("H(L|X1) = 0", given="H(L) = 0")
everything_mediates = prove("I(X1;X2|L) = 0", given="H(X1,X2|L) = 0")
everything_is_costly = prove("H(L|X1) = H(X2|X1)", given=["H(X1,X2|L) = 0", "H(L|X1,X2) = 0"])

# %% What is carried on
RESULTS = {
    "two-blocks": two_blocks,
    "one-block": one_block,
    "dual-form": dual_form,
    "redundancy-forwards": redundancy_forwards,
    "redundancy-backwards": redundancy_backwards,
    "strong-redundancy": strong_redundancy,
    "budget-of-two": budget_of_two,
    "strong-gives-weak": strong_gives_weak,
    "weak-is-not-strong": weak_is_not_strong,
    "stochastic-and-deterministic": stochastic_and_deterministic,
    "function-of-features": function_of_features,
    "through-the-data": through_the_data,
    "sum-rule": sum_rule,
    "constant-mediates-nothing": constant_mediates_nothing,
    "constant-is-redundant": constant_is_redundant,
    "everything-mediates": everything_mediates,
    "everything-is-costly": everything_is_costly,
}
