"""P25 · A natural latent is the least mediator, the greatest redund, and unique.

Claim    with e(V) = I(X1;X2|V) and r(V) the larger of H(V|X1) and H(V|X2), for L natural:
         H(L|M) <= e(M) + 2 r(L) for every M, so for every mediator; H(R|L) <= e(L) + 2 r(R) for
         every R, so for every redund; and two natural latents determine each other within both
Reading  Mediator determines redund, read three times. Put the natural latent in the place of the
         redund: every mediator knows it, so it is minimal. Put it in the place of the mediator: it
         knows every redund, so it is maximal. Do both with two natural latents: isomorphism.
Source   Wentworth and Lorell, "Natural Latents: Latent Variables Stable Across Ontologies" (2025),
         corollaries of Theorem 1; "Approximately Deterministic Natural Latents" (2024).
Uses     P07, P09
"""

from natlat_sym import Dist, evaluate, prove, prove_for_all_n, refute

# %% The theorem, for blocks A and B of the features, a mediator M and a redund R
theorem = prove("H(R|M) <= I(A;B|M) + H(R|A) + H(R|B)")

# %% Minimal: L is a redund (and natural), M any mediator
minimal = theorem.instantiate({"R": "L", "A": "X1", "B": "X2"})
minimal_with_errors = prove(
    "H(L|M) <= e + 2 r", given=["I(X1;X2|M) <= e", "H(L|X1) <= r", "H(L|X2) <= r"]
)
minimal_exact = prove("H(L|M) = 0", given=["I(X1;X2|M) = 0", "H(L|X1) = 0", "H(L|X2) = 0"])

# %% Maximal: L is a mediator (and natural), R any redund
maximal = theorem.instantiate({"M": "L", "A": "X1", "B": "X2"})
maximal_with_errors = prove(
    "H(R|L) <= e + 2 r", given=["I(X1;X2|L) <= e", "H(R|X1) <= r", "H(R|X2) <= r"]
)
maximal_exact = prove("H(R|L) = 0", given=["I(X1;X2|L) = 0", "H(R|X1) = 0", "H(R|X2) = 0"])

# %% Unique: two natural latents of one law
# Each direction costs one mediation error and two redundancy errors; the distance
# H(L|M) + H(M|L) costs all six.
isomorphic = prove(
    "H(L|M) + H(M|L) <= I(X1;X2|L) + I(X1;X2|M) + H(L|X1) + H(L|X2) + H(M|X1) + H(M|X2)"
)
NATURAL = ["I(X1;X2|L) <= e", "I(X1;X2|M) <= e"]
NATURAL += [f"H({latent}|{x}) <= r" for latent in "LM" for x in ("X1", "X2")]
isomorphic_with_errors = prove("H(L|M) + H(M|L) <= 2 e + 4 r", given=NATURAL)
EXACT = [hypothesis.replace("<= e", "= 0").replace("<= r", "= 0") for hypothesis in NATURAL]
isomorphic_exact = prove("H(L|M) + H(M|L) = 0", given=EXACT)
same_entropy = prove("H(L) = H(M)", given=EXACT)

# %% Entropy orders them: between any redund and any mediator
# A redund of the greatest entropy is the maximal one, a mediator of the least the minimal one.
EXACT_L = ["I(X1;X2|L) = 0", "H(L|X1) = 0", "H(L|X2) = 0"]
redund_has_less = prove("H(R) <= H(L)", given=[EXACT_L[0], "H(R|X1) = 0", "H(R|X2) = 0"])
mediator_has_more = prove("H(L) <= H(M)", given=["I(X1;X2|M) = 0", *EXACT_L[1:]])
greatest_redund_is_it = prove(
    "H(L|R) = 0", given=[EXACT_L[0], "H(R|X1) = 0", "H(R|X2) = 0", "H(R) >= H(L)"]
)
least_mediator_is_it = prove("H(M|L) = 0", given=["I(X1;X2|M) = 0", *EXACT_L[1:], "H(M) <= H(L)"])

# %% Any number of features, weak and strong redundancy
minimal_n = prove_for_all_n("H(L|M) <= (n-1) e + n r", given=["TC(X|M) <= e", "H(L|X[n-1]) <= r"])
isomorphic_n = prove_for_all_n(
    "H(L|M) + H(M|L) <= (n-1) TC(X|L) + (n-1) TC(X|M) + n H(L|X[n-1]) + n H(M|X[n-1])"
)
isomorphic_strong_n = prove_for_all_n(
    "(n-1) H(L|M) + (n-1) H(M|L) <= TC(X|L) + TC(X|M) + n H(L|X[1]) + n H(M|X[1])"
)

# %% Neither half is enough: the terms of the bound are all needed
# Two equal coins and a constant M: without the mediation error nothing bounds H(L|M).
twins = Dist.uniform("X1 X2 L M", [("0", "0", "0", "c"), ("1", "1", "1", "c")])
without_mediation = refute("H(L|M) <= H(L|X1) + H(L|X2)", law=twins)
# A coin that only X2 knows: one redundancy error does not do for both.
one_sided = Dist.uniform("X1 X2 L M", [("c", "0", "0", "c"), ("c", "1", "1", "c")])
without_one_redundancy = refute("H(L|M) <= I(X1;X2|M) + H(L|X2)", law=one_sided)
# Two mediators need not determine each other, nor two redunds.
coins = Dist.uniform("X1 X2 L M", [(a, b, a, b) for a in "01" for b in "01"])
two_mediators = evaluate(coins, ["I(X1;X2|L) = 0", "I(X1;X2|M) = 0", "H(L|M) = 1", "H(M|L) = 1"])
four = Dist.uniform("X1 X2 L M", [(a + b, a + b, a, b) for a in "01" for b in "01"])
two_redunds = evaluate(four, ["H(L|X1) = 0", "H(L|X2) = 0", "H(M|X1) = 0", "H(L|M) = 1"])

# %% What is carried on
RESULTS = {
    "theorem": theorem,
    "minimal": minimal,
    "minimal-with-errors": minimal_with_errors,
    "minimal-exact": minimal_exact,
    "maximal": maximal,
    "maximal-with-errors": maximal_with_errors,
    "maximal-exact": maximal_exact,
    "isomorphic": isomorphic,
    "isomorphic-with-errors": isomorphic_with_errors,
    "isomorphic-exact": isomorphic_exact,
    "same-entropy": same_entropy,
    "redund-has-less": redund_has_less,
    "mediator-has-more": mediator_has_more,
    "greatest-redund-is-it": greatest_redund_is_it,
    "least-mediator-is-it": least_mediator_is_it,
    "minimal-n": minimal_n,
    "isomorphic-n": isomorphic_n,
    "isomorphic-strong-n": isomorphic_strong_n,
    "without-mediation": without_mediation,
    "without-one-redundancy": without_one_redundancy,
    "two-mediators": two_mediators,
    "two-redunds": two_redunds,
}
