"""P07 · The approximate version for two features, with its constants.

Claim    H(L|M) <= I(X1;X2|M) + H(L|X1) + H(L|X2), and
         I(L;X1,X2|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 I(L;M|X1,X2)
Reading  Small errors in, small errors out, in bits: the translation error is at most the mediation
         error of M plus the redundancy errors of L, plus twice what the two latents share beyond
         the data. None of the constants can be lowered.
Source   Wentworth and Lorell, "Natural Latents: Latent Variables Stable Across Ontologies" (2025),
         Theorem 1, for functions; "Natural Latents: The Math" (2023) for stochastic functions.
Uses     P05
"""

from natlat_sym import Argument, Dist, H, I, evaluate, prove, refute

# %% Functions
arg = Argument("P07", start=H("L", given="M"))

# %% Step 1: whatever M leaves open about L is either open given X1 too, or shared with X1
arg.eq(H("L", given="M,X1") + I("L", "X1", given="M"), why="split H(L|M) by X1")

# %% Step 2: forget M in the first term, let X2 join L in the second
arg.le(
    H("L", given="X1") + I("L,X2", "X1", given="M"),
    why="conditioning reduces entropy; more variables share more",
)

# %% Step 3: what L and X2 share with X1 is shared by X2, or is part of L that X2 leaves open
arg.le(
    H("L", given="X1") + I("X1", "X2", given="M") + H("L", given="X2"),
    why="chain rule, then what L adds to X2 is at most H(L|X2)",
)
function = arg.qed()

# With error symbols: e for the mediation error, r for the redundancy errors.
function_with_errors = prove(
    "H(L|M) <= e + 2 r", given=["I(X1;X2|M) <= e", "H(L|X1) <= r", "H(L|X2) <= r"]
)

# %% Each of the three constants is attained
# Two equal coins with L the coin and M constant; one coin and a constant; two independent coins.
first = Dist.uniform("X1 X2 L M", [("0", "0", "0", "c"), ("1", "1", "1", "c")])
mediation_attained = evaluate(
    first,
    [
        "H(L|M) = 1",
        "I(X1;X2|M) = 1",
        "H(L|X1) = 0",
        "H(L|X2) = 0",
    ],
)
second = Dist.uniform("X1 X2 L M", [("c", "0", "0", "c"), ("c", "1", "1", "c")])
redundancy_attained = evaluate(
    second,
    [
        "H(L|M) = 1",
        "I(X1;X2|M) = 0",
        "H(L|X1) = 1",
        "H(L|X2) = 0",
    ],
)
third = Dist.uniform("X1 X2 L M", [(a, b, a + b, "c") for a in ("0", "1") for b in ("0", "1")])
both_attained = evaluate(
    third,
    [
        "H(L|M) = 2",
        "I(X1;X2|M) = 0",
        "H(L|X1) = 1",
        "H(L|X2) = 1",
    ],
)

# %% Stochastic functions
stochastic = prove(
    I("L", "X1,X2", given="M")
    <= I("X1", "X2", given="M")
    + I("L", "X1", given="X2")
    + I("L", "X2", given="X1")
    + 2 * I("L", "M", given="X1,X2")
)
stochastic_with_errors = prove(
    "I(L;X1,X2|M) <= e + 2 r",
    given=["I(X1;X2|M) <= e", "I(L;X1|X2) <= r", "I(L;X2|X1) <= r", "I(L;M|X1,X2) = 0"],
)

# %% The constant 2 on the third condition is needed
# With 1 the claim is Ingleton's inequality. L and M are independent coins, X1 = L AND M,
# X2 = L OR M: it fails by 5/2 - 3/2 log2(3) bits, about 0.12.
gates = Dist.uniform(
    "L M X1 X2",
    [
        (str(left), str(right), str(left & right), str(left | right))
        for left in (0, 1)
        for right in (0, 1)
    ],
)
constant_one_is_false = refute(
    "I(L;X1,X2|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + I(L;M|X1,X2)", law=gates
)

# And 2 is attained, with no term zero, so that none of the four constants can be lowered: given the
# latents, the features are two flips of one biased coin.
coin = {("0", "0"): "3/4", ("0", "1"): "1/2", ("1", "0"): "1/2", ("1", "1"): "1/4"}


def flip(left: str, right: str) -> dict[str, str]:
    return {
        "0": coin[left, right],
        "1": {"3/4": "1/4", "1/2": "1/2", "1/4": "3/4"}[coin[left, right]],
    }


latents = Dist.from_weights({("0", "0"): 2, ("0", "1"): 3, ("1", "0"): 1, ("1", "1"): 2}, "M L")
flips = latents.extend("X1", of="M L", channel=flip).extend("X2", of="M L", channel=flip)
constant_two_is_attained = evaluate(
    flips,
    [
        "I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 I(L;M|X1,X2) - I(L;X1,X2|M) = 0",
        "I(X1;X2|M) > 0",
        "I(L;X1|X2) > 0",
        "I(L;X2|X1) > 0",
        "I(L;M|X1,X2) > 0",
    ],
)

# %% What is carried on
RESULTS = {
    "function": function,
    "function-with-errors": function_with_errors,
    "mediation-attained": mediation_attained,
    "redundancy-attained": redundancy_attained,
    "both-attained": both_attained,
    "stochastic": stochastic,
    "stochastic-with-errors": stochastic_with_errors,
    "constant-1-is-false": constant_one_is_false,
    "constant-2-is-attained": constant_two_is_attained,
}
