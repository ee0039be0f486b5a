"""P05 · The Fundamental Theorem, exact: the two conditions suffice.

Claim    TC(X|M) = 0, I(L;Xi|X_{-i}) = 0 for all i and I(L;M|X) = 0 give I(L;X|M) = 0
Reading  If M screens the features off from each other, L is readable from all features but any
         one, and the two are related only through the data, then M knows all that L knows about X.
Source   Wentworth and Lorell, "Natural Latents: The Math" (2023), the Fundamental Theorem, in its
         two-feature form and with weak redundancy for more features, here up to four; P09 has every
         number of them.
Uses     P01
"""

from natlat_sym import Argument, H, I, prove

TWO = ["I(X1;X2|M) = 0", "I(L;X1|X2) = 0", "I(L;X2|X1) = 0", "I(L;M|X1,X2) = 0"]

# %% Two features, in words
# Split what L says about the features, given M, into what it says through X1 and the rest. Each
# part is bounded by something that the hypotheses make zero.
arg = Argument("P05", start=I("L", "X1,X2", given="M"), given=TWO)

# %% Step 1
arg.eq(I("L", "X1", given="M") + I("L", "X2", given="M,X1"), why="chain rule over the features")

# %% Step 2: given M, X1 and L, the only other way to know X2 is through X1 and the data
arg.le(
    I("L", "X1", given="M") + I("L", "X2", given="X1") + I("L", "M", given="X1,X2"),
    why="L and M meet only in the data",
)

# %% Step 3: L is readable from X2, and X2 is screened off from X1 by M
arg.le(
    I("X1", "X2", given="M")
    + I("L", "X1", given="X2")
    + I("L", "X2", given="X1")
    + 2 * I("L", "M", given="X1,X2"),
    why="whatever M leaves L and X1 in common, X2 has too or could add",
)

# %% Step 4
arg.le(0, why="every term is zero by hypothesis")
inequality = arg.qed()

# %% The theorem as an equality, for two to four features
fundamental_two = prove(I("L", "X1,X2", given="M").eq(0), given=TWO)
fundamental_three = prove(
    "I(L;X1,X2,X3|M) = 0",
    given=[
        "TC(X1;X2;X3|M) = 0",
        "I(L;X1|X2,X3) = 0",
        "I(L;X2|X1,X3) = 0",
        "I(L;X3|X1,X2) = 0",
        "I(L;M|X1,X2,X3) = 0",
    ],
)
fundamental_four = prove(
    "I(L;X1,X2,X3,X4|M) = 0",
    given=[
        "TC(X1;X2;X3;X4|M) = 0",
        "I(L;X1|X2,X3,X4) = 0",
        "I(L;X2|X1,X3,X4) = 0",
        "I(L;X3|X1,X2,X4) = 0",
        "I(L;X4|X1,X2,X3) = 0",
        "I(L;M|X1,X2,X3,X4) = 0",
    ],
)

# %% The deterministic form: a latent that is a function of X_{-i} is a function of every mediator
# No third condition is needed here: a function of the data is related to M only through the data.
deterministic_two = prove(
    H("L", given="M").eq(0), given=["I(X1;X2|M) = 0", "H(L|X1) = 0", "H(L|X2) = 0"]
)
deterministic_three = prove(
    "H(L|M) = 0",
    given=["TC(X1;X2;X3|M) = 0", "H(L|X2,X3) = 0", "H(L|X1,X3) = 0", "H(L|X1,X2) = 0"],
)

# %% What is carried on
RESULTS = {
    "argument": inequality,
    "two-features": fundamental_two,
    "three-features": fundamental_three,
    "four-features": fundamental_four,
    "deterministic-two": deterministic_two,
    "deterministic-three": deterministic_three,
}
