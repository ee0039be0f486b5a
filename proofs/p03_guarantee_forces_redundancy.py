"""P03 · The guarantee forces redundancy.

Claim    if I(L;X|M) <= d for M = X_{-i}, then I(L;Xi|X_{-i}) <= d; if H(L|M) <= d for this M, then
         H(L|X_{-i}) <= d, which is no less than I(L;Xi|X_{-i})
Reading  Suppose agent 1's latent is a (stochastic) function of every latent agent 2 might use.
         One of these is "all features but Xi", so L must be readable from every X_{-i}.
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), the main argument;
         the error d is carried through with constant 1.
Uses     P02
"""

from natlat_sym import prove

# %% The guarantee, for one latent M of agent 2
# It bounds what L still says about the features once M is known. Less than all features is less.
guarantee_stochastic = prove("I(L;X1|M) <= d", given=["I(L;X1,X2,X3|M) <= d"])

# %% Now take M to be all features but X1
# P02 says that this is a latent agent 2 may use, for every law. Substitute it for M.
redundancy_stochastic = guarantee_stochastic.instantiate({"M": "X2,X3"})

# The same with X2 or X3 left out; together these are the three weak redundancy conditions.
redundancy_stochastic_2 = redundancy_stochastic.instantiate({"X1": "X2", "X2": "X1"})
redundancy_stochastic_3 = redundancy_stochastic.instantiate({"X1": "X3", "X3": "X1"})

# %% The same for functions instead of stochastic functions
# The guarantee H(L|M) <= d at M = X_{-i} is the deterministic redundancy condition itself, the net
# L <- X_{-i} -> L; and a function of X_{-i} is in particular a stochastic one, so that it weakens
# to Xi -> X_{-i} -> L.
guarantee_deterministic = prove("I(L;X1|M) <= d", given=["H(L|M) <= d"])
redundancy_deterministic = guarantee_deterministic.instantiate({"M": "X2,X3"})
function_is_stochastic = prove("I(L;X1|X2,X3) <= H(L|X2,X3)")

# %% Any number of features
# Rest is all of them but Xi.
redundancy_of_any = prove("I(L;Xi|Rest) <= d", given=["I(L;Xi,Rest|Rest) <= d"])

# %% Two features
redundancy_of_two = prove("I(L;X1|M) <= d", given=["I(L;X1,X2|M) <= d"]).instantiate({"M": "X2"})

# %% What is carried on
RESULTS = {
    "guarantee": guarantee_stochastic,
    "drop-1": redundancy_stochastic,
    "drop-2": redundancy_stochastic_2,
    "drop-3": redundancy_stochastic_3,
    "deterministic-drop-1": redundancy_deterministic,
    "deterministic-implies-stochastic": function_is_stochastic,
    "any-number": redundancy_of_any,
    "two-features-drop-1": redundancy_of_two,
}
