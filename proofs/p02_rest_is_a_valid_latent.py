"""P02 · All features but one are a valid latent, for every law.

Claim    TC(X1;...;Xn|X_{-i}) = 0 and I(L;X_{-i}|X) = 0
Reading  Agent 2 may always take as latent the features themselves, with one left out: given all
         but one, the features are independent, because only one of them is still uncertain.
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), the main argument.
Uses     P01
"""

from natlat_sym import TC, prove, prove_for_all_n

# %% The features are independent given all but one of them
# A total correlation needs two uncertain variables. Given X2..Xn only X1 is left, so every term
# cancels: the certificate has no line at all, the claim is an identity between joint entropies.
rest_of_2 = prove(TC("X1", "X2", given="X2").eq(0))
rest_of_3 = prove(TC("X1", "X2", "X3", given="X2,X3").eq(0))
rest_of_4 = prove(TC("X1", "X2", "X3", "X4", given="X2,X3,X4").eq(0))
rest_of_5 = prove(TC("X1", "X2", "X3", "X4", "X5", given="X2,X3,X4,X5").eq(0))

# For every number: n features X, one more Y, and M all of the X, or anything that determines them.
# Then the total correlation of X1..Xn and Y given M is TC(X|M) + I(Y;X1,...,Xn|M).
rest_of_any = prove_for_all_n("TC(X|M) + I(Y;X[n]|M) = 0", given=["H(X[n]|M) = 0"], least=1)

# %% The left-out feature may be any of them
# Renaming variables is a substitution into the theorem; the certificate is checked again.
middle_left_out = rest_of_3.instantiate({"X1": "X2", "X2": "X1"})
last_left_out = rest_of_3.instantiate({"X1": "X3", "X3": "X1"})

# %% This latent is related to agent 1's latent only through the data
# M = X_{-i} is a function of X, so given X nothing is left that L could be correlated with.
only_through_data = prove("I(L;Rest|Xi,Rest) = 0")

# %% What is carried on
RESULTS = {
    "two-features": rest_of_2,
    "three-features": rest_of_3,
    "four-features": rest_of_4,
    "five-features": rest_of_5,
    "every-number": rest_of_any,
    "three-features-drop-2": middle_left_out,
    "three-features-drop-3": last_left_out,
    "only-through-data": only_through_data,
}
