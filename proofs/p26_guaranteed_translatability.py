"""P26 · Guaranteed translatability, in both directions, with the constants of the round trip.

Claim    if H(L|X_-i) <= d for every i, then H(L|M) <= e + 2d for every M with mediation error e,
         and (n-1) e + n d for n features, e = TC(X|M); and if H(L|M) <= d for every exact mediator
         M, then H(L|X_-i) <= d for every i: the round trip from a guarantee d gives back e + 2d, or
         (n-1) e + n d
Reading  Both agents agree on P[X]. The latent of agent 1 is a function of every latent that agent 2
         may have if it is natural: that is Theorem 1. Conversely agent 2 may have "all features but
         Xi", which mediates exactly, so a guarantee within d is redundancy within d, constant 1.
         For three features and more this is weak redundancy; the strong one is not implied.
Source   Wentworth and Lorell, "Natural Latents: Latent Variables Stable Across Ontologies" (2025),
         Theorem 2. The errors of the converse were worked out for this collection.
Uses     P02, P03, P07, P09, P22
"""

from natlat_sym import evaluate, prove, prove_for_all_n, refute, zoo

# %% Forward: natural, hence translatable
forward = prove("H(L|M) <= I(X1;X2|M) + H(L|X1) + H(L|X2)")
forward_n = prove_for_all_n("H(L|M) <= (n-1) TC(X|M) + n H(L|X[n-1])")
# A latent that is redundant is nearly a function of the features, so that it cannot be related to
# M other than through the data by more than d: the third condition need not be asked for.
third_is_automatic = prove("I(L;M|X1,X2) <= d", given="H(L|X1) <= d")

# %% The mediators at which the guarantee is used
# X2 alone, and X1 alone; of n features the n mediators X_-i. They mediate for every law.
second_mediates = prove("I(X1;X2|X2) = 0")
first_mediates = prove("I(X1;X2|X1) = 0")
rest_mediates = prove("TC(X1;X2;X3;X4|X2,X3,X4) = 0")

# %% Converse: translatable from every mediator, hence redundant, constant 1
# The guarantee may even get worse with the mediation error of M, at any slope (here 3): at M = X2
# and M = X1 that error is 0, and what is left says that L is redundant within d.
converse_first = prove("H(L|X2) <= d", given="H(L|X2) <= 3 I(X1;X2|X2) + d")
converse_second = prove("H(L|X1) <= d", given="H(L|X1) <= 3 I(X1;X2|X1) + d")
converse_three = prove("H(L|X2,X3) <= d", given="H(L|X2,X3) <= 3 TC(X1;X2;X3|X2,X3) + d")
# Being readable from X_-i is the net L <- X_-i -> L, and gives the net Xi -> X_-i -> L.
converse_net = prove("KL(L <- (X2,X3) -> L#2) <= d", given="H(L|X2,X3) <= d")
converse_stochastic = prove("KL(X1 -> (X2,X3) -> L) <= d", given="H(L|X2,X3) <= d")
# For stochastic functions, with M = X_-i related to L through the data for every law.
converse_through_data = prove("I(L;X2,X3|X1,X2,X3) = 0")
converse_information = prove("I(L;X1|X2,X3) <= d", given="I(L;X1,X2,X3|X2,X3) <= d")

# %% The round trip: a guarantee at n mediators is a guarantee at all of them
GUARANTEE = ["H(L|X1) <= d", "H(L|X2) <= d"]
round_trip = prove("H(L|M) <= e + 2 d", given=["I(X1;X2|M) <= e", *GUARANTEE])
round_trip_three = prove(
    "H(L|M) <= 2 e + 3 d",
    given=["TC(X1;X2;X3|M) <= e", "H(L|X2,X3) <= d", "H(L|X1,X3) <= d", "H(L|X1,X2) <= d"],
)
round_trip_n = prove_for_all_n(
    "H(L|M) <= (n-1) e + n d", given=["TC(X|M) <= e", "H(L|X[n-1]) <= d"]
)
# Measured by the dual total correlation the mediation error costs nothing more.
round_trip_dual_n = prove_for_all_n(
    "H(L|M) <= e + n d", given=["DTC(X|M) <= e", "H(L|X[n-1]) <= d"]
)
round_trip_stochastic = prove(
    "I(L;X1,X2|M) <= e + 2 d + 2 t",
    given=[
        "I(X1;X2|M) <= e",
        "I(L;X1,X2|X1) <= d",
        "I(L;X1,X2|X2) <= d",
        "I(L;M|X1,X2) <= t",
    ],
)
round_trip_stochastic_n = prove_for_all_n(
    "I(L;X[n]|M) <= (n-1) e + n d + n t",
    given=["TC(X|M) <= e", "I(L;X[1]|X[n-1]) <= d", "I(L;M|X[n]) <= t"],
)
exact = prove(
    "H(L|M) = 0",
    given=["TC(X1;X2;X3|M) = 0", "H(L|X2,X3) = 0", "H(L|X1,X3) = 0", "H(L|X1,X2) = 0"],
)

# The way back is not free: two independent coins, L both of them, and the constant mediator. From
# X1 and from X2 one bit of L is missing, from the constant two.
coins = zoo.law("tight-both-redundancies").rename({"M": "L", "L": "M"})
round_trip_attained = evaluate(
    coins, ["I(X1;X2|M) = 0", "H(L|X1) = 1", "H(L|X2) = 1", "H(L|M) = 2"]
)

# %% What comes back is weak redundancy, never the strong one
# Three features that hold two of three bits each, L all three. L is determined by every exact
# mediator ("exact" above), and by no single feature.
RING = ["TC(X1;X2;X3|L) = 0", "H(L|X2,X3) = 0", "H(L|X1,X3) = 0", "H(L|X1,X2) = 0"]
ring = zoo.law("ring").marginal("X1 X2 X3 L")
weak_only = refute("H(L|X1) = 0", given=RING, law=ring)
# A single feature is no counterexample to the guarantee, because it does not mediate.
single_feature = evaluate(ring, ["TC(X1;X2;X3|X1) = 1", "H(L|X1) = 1", "TC(X1;X2;X3) = 3"])
# And strong redundancy would not be kept by the round trip either: it bounds more than is asked.
strong_is_more = prove("H(L|X2,X3) <= H(L|X2)")

# %% What is carried on
RESULTS = {
    "forward": forward,
    "forward-n": forward_n,
    "third-is-automatic": third_is_automatic,
    "second-mediates": second_mediates,
    "first-mediates": first_mediates,
    "rest-mediates": rest_mediates,
    "converse-first": converse_first,
    "converse-second": converse_second,
    "converse-three": converse_three,
    "converse-net": converse_net,
    "converse-stochastic": converse_stochastic,
    "converse-through-data": converse_through_data,
    "converse-information": converse_information,
    "round-trip": round_trip,
    "round-trip-three": round_trip_three,
    "round-trip-n": round_trip_n,
    "round-trip-dual-n": round_trip_dual_n,
    "round-trip-stochastic": round_trip_stochastic,
    "round-trip-stochastic-n": round_trip_stochastic_n,
    "exact": exact,
    "round-trip-attained": round_trip_attained,
    "weak-only": weak_only,
    "single-feature": single_feature,
    "strong-is-more": strong_is_more,
}
