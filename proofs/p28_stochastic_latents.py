"""P28 · Stochastic latents: one feature at a time, standard form, isomorphism.

Claim    I(L;Xi|M) <= I(Xi;X_-i|M) + I(L;Xi|X_-i) + I(L;M|X) for each feature; up to the
         errors, a natural latent tells no more about the features than any mediator and no less
         than any redund; and
         H(L|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 H(L|X1,X2)
Reading  A stochastic latent carries noise. Noise that is independent of the features may be thrown
         away (standard form) or be kept independent of everything (resampling); either way the
         third condition is met. When little of it is there, "stochastic function" may be replaced
         by "function" at twice its price.
Source   Wentworth and Lorell, "Natural Latents: The Math" (2023) and its addendum on approximate
         isomorphism (2024); the form for one feature is from their earlier paper.
Uses     P05, P07, P08, P09
"""

from natlat_sym import Dist, conjecture, evaluate, prove, refute, zoo

# %% One feature Xi, and Rest for all the others together
# The statement is about any number of features as it stands, and holds without the factor n-1.
per_feature = prove("I(L;Xi|M) <= I(Rest;Xi|M) + I(L;Xi|Rest) + I(L;M|Rest,Xi)")
per_feature_with_errors = prove(
    "I(L;Xi|M) <= e + r",
    given=["I(Rest;Xi|M) <= e", "I(L;Xi|Rest) <= r", "I(L;M|Rest,Xi) = 0"],
)

# %% Minimal and maximal
# L natural, M a mediator: L tells no more about the features than M does. No third condition here.
minimal = prove("I(L;X1,X2) <= I(M;X1,X2) + I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1)")
# L natural, R a redund: given L, nothing that R tells is left. Here it is needed.
maximal = prove(
    "I(R;X1,X2|L) <= e + 2 r",
    given=["I(X1;X2|L) <= e", "I(R;X1|X2) <= r", "I(R;X2|X1) <= r", "I(L;R|X1,X2) = 0"],
)

# %% Why the third condition counts twice
# Counted once, the theorem of P07 is Ingleton's inequality, which holds for linear codes and not
# for all laws: what is left over is the same, by identity. P07 has the law that violates it.
ingleton = prove(
    "I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + I(L;M|X1,X2) - I(L;X1,X2|M)"
    " = I(X1;X2|L) + I(X1;X2|M) + I(L;M) - I(X1;X2)"
)

# %% Resampling arranges the third condition
# In the law of P08, M = L xor X1 hides a bit of X1 from L. Draw N from P[M|X] afresh: it stands to
# the features as M does, and is related to L only through them.
coins = Dist.uniform("L X1 X2", [(a, b, c) for a in "01" for b in "01" for c in "01"])
hidden = coins.with_function("M", lambda a, b: str(int(a) ^ int(b)), of="L X1")
fresh = coins.couple(hidden.marginal("X1 X2 M").rename({"M": "N"}))
resampled = evaluate(
    fresh, ["I(X1;X2|N) = 0", "I(L;N|X1,X2) = 0", "I(L;X1,X2|N) = 0", "I(N;X1,X2) = 0"]
)

# %% Standard form
# S, the posterior of L given the features, is a function of the features; given S, L is noise.
# L is readable as far as S is.
POSTERIOR = "I(L;X1,X2|S) = 0"
redundancy_of_posterior = prove("I(L;X1|X2) <= H(S|X2)", given=POSTERIOR)
# S mediates nearly as well as L does.
mediation_of_posterior = prove("I(X1;X2|S) <= I(X1;X2|L) + H(S|X1)", given=POSTERIOR)
# Noise drawn afresh is worth nothing to anybody: who knows S knows all of L that is about X.
noise_is_worthless = prove("I(L;X1,X2|M) <= H(S|M)", given="I(L;M,X1,X2|S) = 0")
same_information = prove("I(L;X1,X2) = I(S;X1,X2)", given=[POSTERIOR, "I(S;X1,X2|L) = 0"])

# %% Approximate isomorphism: a small H(L|X) in place of the third condition
function = prove("H(L|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 H(L|X1,X2)")
function_with_errors = prove(
    "H(L|M) <= e + 2 r + 2 s",
    given=["I(X1;X2|M) <= e", "I(L;X1|X2) <= r", "I(L;X2|X1) <= r", "H(L|X1,X2) <= s"],
)
finer = prove(
    "H(L|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + H(L|X1,X2) + I(L;M|X1,X2)",
)
# With coefficient 1 it is false, on the law with AND and OR, and so it is with 6/5.
gates = zoo.law("and-or").rename({"L": "M", "M": "L"})
coefficient_one = refute("H(L|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + H(L|X1,X2)", law=gates)
coefficient_above_one = refute(
    "H(L|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 6/5 H(L|X1,X2)", law=gates
)
isomorphic = prove(
    "H(L|M) + H(M|L) <= 2 e + 4 r + 4 s",
    given=[
        "I(X1;X2|L) <= e",
        "I(X1;X2|M) <= e",
        *(f"I({one};X1|X2) <= r" for one in "LM"),
        *(f"I({one};X2|X1) <= r" for one in "LM"),
        *(f"H({one}|X1,X2) <= s" for one in "LM"),
    ],
)

# %% Open
universal = conjecture(
    "if some approximate natural latent of X exists, then the features drawn again, each from"
    " P[Xi|X_-i], are one too",
    "Wentworth and Lorell, Natural Latents: The Math (2023); P12 excludes linear errors",
)
maxent = conjecture(
    "under the same condition the joint law of the features and the redrawn ones has a particular"
    " exponential-family form",
    "Wentworth and Lorell, Natural Latents: The Math (2023)",
)

# %% What is carried on
RESULTS = {
    "per-feature": per_feature,
    "per-feature-with-errors": per_feature_with_errors,
    "minimal": minimal,
    "maximal": maximal,
    "ingleton": ingleton,
    "resampled": resampled,
    "redundancy-of-posterior": redundancy_of_posterior,
    "mediation-of-posterior": mediation_of_posterior,
    "noise-is-worthless": noise_is_worthless,
    "same-information": same_information,
    "function": function,
    "function-with-errors": function_with_errors,
    "finer": finer,
    "coefficient-1-is-false": coefficient_one,
    "coefficient-above-1-is-false": coefficient_above_one,
    "isomorphic": isomorphic,
    "universal-natural-latent": universal,
    "maxent": maxent,
}
