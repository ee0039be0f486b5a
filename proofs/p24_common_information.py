"""P24 · Common information: an exact natural latent is where three notions meet.

Claim    H(K) <= I(X1;X2) for every common function K, I(X1;X2) <= I(L;X1,X2) for every mediator L;
         an exact natural latent exists if and only if both are equalities for some K and L
Reading  Gacs and Koerner count what both features can compute, Wyner what has to be said so that
         nothing is left to share. Mutual information lies between. Either end alone is enough: a
         common function that reaches I(X1;X2) mediates, a mediator with I(L;X1,X2) no larger is
         redundant. One weak link joins the components and makes the first notion zero.
Source   Gacs and Koerner (1973); Wyner (1975); "Two classical answers to what two variables share"
         (2026) for the meeting point.
Uses     P22, P23
"""

from natlat_sym import Dist, common_part, evaluate, prove, quote, zoo

COMMON = ["H(K|X1) = 0", "H(K|X2) = 0"]
MEDIATES = "I(X1;X2|L) = 0"

# %% The sandwich, and what errors do to it
below = prove("H(K) <= I(X1;X2)", given=COMMON)
above = prove("I(X1;X2) <= I(L;X1,X2)", given=MEDIATES)
below_nearly = prove("H(K) <= I(X1;X2) + H(K|X1) + H(K|X2)")
above_nearly = prove("I(X1;X2) <= I(L;X1,X2) + I(X1;X2|L)")
between = prove("H(K) <= I(L;X1,X2)", given=[MEDIATES, *COMMON])

# %% With an exact natural latent all three are equal
REDUNDANT = ["I(L;X1|X2) = 0", "I(L;X2|X1) = 0"]
upper_meets = prove("I(L;X1,X2) = I(X1;X2)", given=[MEDIATES, *REDUNDANT])
lower_meets = prove("H(K) = I(X1;X2)", given=["I(X1;X2|K) = 0", *COMMON])

# %% And back: each end alone gives one
# A common function as large as the mutual information mediates: a deterministic natural latent.
lower_gives_latent = prove("I(X1;X2|K) = 0", given=["I(X1;X2) <= H(K)", *COMMON])
# A mediator that says no more than the mutual information is redundant: a stochastic one.
upper_gives_latent_1 = prove("I(L;X1|X2) = 0", given=["I(L;X1,X2) <= I(X1;X2)", MEDIATES])
upper_gives_latent_2 = prove("I(L;X2|X1) = 0", given=["I(L;X1,X2) <= I(X1;X2)", MEDIATES])
# With a gap g above the mutual information, each redundancy error is at most g.
upper_nearly = prove("I(L;X1|X2) + I(L;X2|X1) <= g", given=["I(L;X1,X2) <= I(X1;X2) + g", MEDIATES])

# %% The prices are exact
# Mediation error and the two remainders account for all that L says beyond the shared part.
exact_prices = prove("I(L;X1,X2) - I(X1;X2) = I(L;X1|X2) + I(L;X2|X1) - I(X1;X2|L)")

# %% All three different: a coin read twice, each reading wrong 1 time in 10
# The two readings differ 18 times in 100. The coin mediates, and it is Wyner's optimum.
readings = zoo.law("two-readings-10-10")
if common_part(readings, "X1", "X2").count != 1:
    raise ArithmeticError("the support of the two readings is expected to be connected")
strict = evaluate(
    readings.with_function("K", lambda x1: "c", of="X1"),
    [
        "H(K) = 0",
        "I(X1;X2|L) = 0",
        "I(X1;X2) > 31/100",
        "I(X1;X2) < 32/100",
        "I(L;X1,X2) > 74/100",
        "I(L;X1,X2) < 75/100",
    ],
)
wyner = quote(
    "for two fair bits that differ with chance a, the least I(L;X1,X2) over mediators L is"
    " 1 + h(a) - 2 h(b) with 2 b (1-b) = a",
    "Wyner, The common information of two dependent random variables (1975)",
)

# %% All three equal: two blocks
equal = evaluate(
    zoo.law("two-blocks"),
    ["I(X1;X2) = log2(3) - 2/3", "H(L) = I(X1;X2)", "I(L;X1,X2) = I(X1;X2)", "H(L|X1) = 0"],
)

# %% The lower notion breaks at a touch
# A copied fair bit, tossed again 1 time in 1000: nearly a bit is shared, no function is common.
copied = Dist.uniform("X1", ["0", "1"]).extend("X2", of="X1", flip="1/2000")
if common_part(copied, "X1", "X2").count != 1:
    raise ArithmeticError("the support of the refreshed copy is expected to be connected")
brittle = evaluate(
    copied.with_function("K", lambda x1: "c", of="X1"), ["H(K) = 0", "I(X1;X2) > 99/100"]
)

# %% What is carried on
RESULTS = {
    "below": below,
    "above": above,
    "below-nearly": below_nearly,
    "above-nearly": above_nearly,
    "between": between,
    "upper-meets": upper_meets,
    "lower-meets": lower_meets,
    "lower-gives-latent": lower_gives_latent,
    "upper-gives-latent-1": upper_gives_latent_1,
    "upper-gives-latent-2": upper_gives_latent_2,
    "upper-nearly": upper_nearly,
    "exact-prices": exact_prices,
    "strict": strict,
    "wyner": wyner,
    "equal": equal,
    "brittle": brittle,
}
