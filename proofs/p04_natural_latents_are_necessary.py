"""P04 · Mediation and redundancy are necessary, and neither gives the other.

Claim    under the guarantee within d the nets of weak redundancy have errors of at most d, and that
         of mediation has the error e of agent 1's model; a mediator need not be redundant, a redund
         need not mediate, weak is not strong
Reading  L mediates because agent 1's model says so; P03 adds that L is readable from every X_{-i}.
         These two are the weak natural-latent conditions, and both have to be asked for.
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), the main argument;
         "Natural Latents: The Math" (2023) for the two conditions.
Uses     P01, P03
"""

from natlat_sym import Dist, evaluate, prove

# %% The two conditions as nets, with the error of the guarantee
# e bounds agent 1's own modelling error, d the error of the guarantee at M = X_{-i}.
mediates = prove("KL(X1 <- L -> X2; L -> X3) <= e", given=["TC(X1;X2;X3|L) <= e"])
redundant = prove("KL(X1 -> (X2,X3) -> L) <= d", given=["I(L;X1,X2,X3|X2,X3) <= d"])
redundant_function = prove("KL(L <- (X2,X3) -> L#2) <= d", given=["H(L|X2,X3) <= d"])

# %% A mediator that is not redundant
# Two independent fair coins; L copies the first. L mediates, but X2 does not know it.
coins = Dist.uniform("X1 X2", [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")])
copy_of_one = coins.with_function("L", lambda x1: x1, of="X1")
only_mediates = evaluate(copy_of_one, ["TC(X1;X2|L) = 0", "I(L;X1|X2) = 1"])

# %% A redundant latent that does not mediate
# Two equal coins and a constant L: L is readable from anything, and screens off nothing.
twins = Dist.uniform("X1 X2", [("0", "0"), ("1", "1")])
constant = twins.with_function("L", lambda x1: "c", of="X1")
only_redundant = evaluate(constant, ["H(L|X1) = 0", "H(L|X2) = 0", "TC(X1;X2|L) = 1"])

# %% The guarantee gives the weak conditions, not the strong ones
# Three features, each holding two of three fair bits; L is all three bits. Any two features tell
# L, and given L nothing is left to correlate; but one feature alone leaves a bit of L open.
bits = Dist.uniform("L", [f"{a}{b}{c}" for a in "01" for b in "01" for c in "01"])
pairs = (
    bits.with_function("X1", lambda s: s[0] + s[1], of="L")
    .with_function("X2", lambda s: s[1] + s[2], of="L")
    .with_function("X3", lambda s: s[2] + s[0], of="L")
)
weak_not_strong = evaluate(
    pairs,
    [
        "TC(X1;X2;X3|L) = 0",
        "H(L|X2,X3) = 0",
        "H(L|X1,X3) = 0",
        "H(L|X1,X2) = 0",
        "H(L|X1) = 1",
    ],
)

# %% What is carried on
RESULTS = {
    "mediation": mediates,
    "redundancy": redundant,
    "redundancy-deterministic": redundant_function,
    "mediator-not-redundant": only_mediates,
    "redundant-not-mediator": only_redundant,
    "weak-not-strong": weak_not_strong,
}
