"""P29 · What else follows from Shannon's inequalities; what is known, and what is open.

Claim    the summed errors of functions G and of stochastic latents L are linked by identities, and
         that of G is at most that of L plus I(L;X,Y|G) + 3 H(G|L); the lemma of condensation is
         Theorem 1 with a condition; what is not Shannon-type is false, each time by a law, or
         quoted in words
Reading  Not everything about natural latents follows from Shannon's inequalities. Here is the part
         that does, the rows of the table that fail with a law for each, and, in words only, what
         others have proved by other means and what nobody has.
Source   As stated with each quotation; Daniel C for the choice of H(L), Eisenstat for condensation.
Uses     P07, P09, P10, P14, P25
"""

from natlat_sym import conjecture, evaluate, prove, prove_for_all_n, quote, refute, zoo

# %% Two features X, Y: what a stochastic latent costs, and what a function costs
# S(V) = I(X;Y|V) + I(V;X|Y) + I(V;Y|X); a function G of the features has H(G|X), H(G|Y) for the two
# redundancies. tau is the least S over all latents, T the least over functions: tau <= T <= I(X;Y).
FUNCTION = "H(G|X,Y) = 0"
scores_agree = prove("I(X;Y|G) + H(G|X) + H(G|Y) = I(X;Y|G) + I(G;X|Y) + I(G;Y|X)", given=FUNCTION)
score_in_general = prove("I(X;Y|G) + H(G|X) + H(G|Y) = I(X;Y|G) + I(G;X|Y) + I(G;Y|X) + 2 H(G|X,Y)")
score_of_function = prove(
    "I(X;Y|G) + H(G|X) + H(G|Y) - I(X;Y) = 2 H(G|X) + 2 H(G|Y) - H(G)", given=FUNCTION
)
score_of_constant = prove("I(X;Y|G) + H(G|X) + H(G|Y) = I(X;Y)", given="H(G) = 0")
score_of_everything = prove(
    "I(X;Y|V) + I(V;X|Y) + I(V;Y|X) = H(X|Y) + H(Y|X)", given="H(X,Y|V) = 0"
)
# The summed error of a latent is a constant less the average of 3H(X,Y) - 2H(X) - 2H(Y) over its
# values: tau is that constant less a concave envelope. For n features likewise.
envelope = prove(
    "I(X;Y|V) + I(V;X|Y) + I(V;Y|X) = H(X|Y) + H(Y|X) - 3 H(X,Y|V) + 2 H(X|V) + 2 H(Y|V)"
)
envelope_n = prove_for_all_n(
    "TC(X|V) + n I(V;X[1]|X[n-1])"
    " = n H(X[1]|X[n-1]) - (n+1) H(X[n]|V) + n H(X[1]|V) + n H(X[n-1]|V)"
)
# The price of putting a function in the place of a latent, and what a factor does to each error.
pricing = prove(
    "I(X;Y|G) + H(G|X) + H(G|Y) <= I(X;Y|L) + I(L;X|Y) + I(L;Y|X) + I(L;X,Y|G) + 3 H(G|L)",
    given=FUNCTION,
)
each_error = prove(
    "H(G|X) <= 288 e",
    given=[
        "I(X;Y|G) + H(G|X) + H(G|Y) <= 96 I(X;Y|L) + 96 I(L;X|Y) + 96 I(L;Y|X)",
        "I(X;Y|L) <= e",
        "I(L;X|Y) <= e",
        "I(L;Y|X) <= e",
    ],
)

# %% For given H(L): tell as much as possible about each single feature
# Both errors are then small at once, since the sum of all of them is linear in sum_i I(Xi;L).
mediation_half = prove_for_all_n("TC(X|L) = TC(X) + I(L;X[n]) - n I(L;X[1])")
redundancy_half = prove_for_all_n("n H(L|X[1]) = n H(L) - n I(L;X[1])")
both_halves = prove_for_all_n(
    "TC(X|L) + n H(L|X[1]) = TC(X) + (n+1) H(L) - 2 n I(L;X[1])", given=["H(L|X[n]) = 0"]
)

# %% Sufficiency in both directions
# A natural latent is all that X1 knows of X2 and all that X2 knows of X1, and every statistic T of
# X1 that is sufficient for X2 determines it.
NATURAL = ["I(X1;X2|L) = 0", "H(L|X1) = 0", "H(L|X2) = 0"]
sufficient = prove("I(X1;X2) = I(L;X2)", given=NATURAL[:2])
sufficient_both_ways = prove("I(L;X1) = I(L;X2)", given=NATURAL[1:])
least_sufficient = prove("H(L|T) = 0", given=[*NATURAL[1:], "H(T|X1) = 0", "I(X1;X2|T) = 0"])

# %% Condensation
# What Y1 and Y2 both know of A is known to what they have in common, C. Used once more for a third
# variable it becomes a tree: W is what Y1 and Y2 have in common, C what W and Y3 have.
submodular = prove("H(A|C) <= H(A|Y1,C) + H(A|Y2,C) + I(Y1;Y2|C)")
submodular_tree = prove(
    "H(A|C) <= H(A|Y1) + H(A|Y2) + H(A|Y3) + I(Y1;Y2|W) + I(W;Y3|C)",
)
condensation = quote(
    "H(y_{>=A}|z_G) <= sum over B in F of H(y_{>=A}|x_B) + sum over the nodes of an intersection"
    " tree of I(z_left;z_right|z_meet)",
    "Eisenstat, Condensation, the correspondence theorem",
)

# %% The table: statements that are not Shannon-type because they are false
# The third condition counts twice: on the law of P07 that attains it no smaller factor will do.
below_two = refute(
    "I(L;X1,X2|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 19999/10000 I(L;M|X1,X2)",
    law=zoo.law("sharp-two").rename({"L": "M", "M": "L"}),
)
# Three features read without any one: the sum of the errors is no bound.
unit_coefficients = refute(
    "H(M|L) <= TC(X1;X2;X3|L) + H(M|X2,X3) + H(M|X1,X3) + H(M|X1,X2)", law=zoo.law("parity-3")
)
# n-1 of the n errors of joint independence bound the total correlation; n-2 do not.
independence = prove("TC(X1;X2;X3) <= I(X1;X2,X3) + I(X2;X1,X3)")
independence_four = prove("TC(X1;X2;X3;X4) <= I(X1;X2,X3,X4) + I(X2;X1,X3,X4) + I(X3;X1,X2,X4)")
independence_fails = refute("TC(X1;X2;X3) <= I(X1;X2,X3)")
independence_four_fails = refute("TC(X1;X2;X3;X4) <= I(X1;X2,X3,X4) + I(X2;X1,X3,X4)")

# %% Averages hide rare events
# T shows the fair bit D but for one time in four: small errors may mean "unknown, but rarely".
rare_event = evaluate(zoo.law("rare-event"), ["H(D) = 1", "H(D|T) = 1/4"])

# %% Proved by others, and not by Shannon's inequalities
SOLVED = "Lorell's repository (2026), checked by the Lean kernel"
universal_constant = quote(
    "T <= 96 tau for every law of two features: if a stochastic natural latent has errors e, some"
    " function of the features has errors 288 e",
    SOLVED,
)
every_budget = quote(
    "for n features and every deletion budget m, T_m <= C(n,m) tau_m with a constant that depends"
    " on n and m only; C(3,1) = 40743",
    SOLVED,
)
binary_factor = quote("T <= 27/4 tau when one feature is binary", SOLVED)
two_by_two = quote(
    "T <= 2 tau for two binary features", "a paper proof and its Lean statement (2026)"
)
three_features = quote(
    "T <= 2329 tau for the summed errors of three features, any one of which may be missing", SOLVED
)
binary_optimum = quote(
    "for two binary features tau is attained by the constant latent, or by two components that are"
    " mirror images, placed by the root of a cubic",
    "a paper proof (2026); nl.binary_optimum evaluates it",
)
twelve = quote(
    "some law of two features with 12 values each has T >= 1.960073 tau (P14: one has 1.9615)",
    "a Lean certificate outside that repository (2026)",
)

# %% Open
constant_nine = conjecture("T <= 9 tau for every law of two features", "Lorell's repository (2026)")
constant_two = conjecture("T <= 2 tau for every law of two features", "Lorell's repository (2026)")
fixed_budget = conjecture(
    "the least deterministic redundancy error among latents of mediation error e is within a"
    " constant C(n,m) of the least stochastic one",
    "MAIS, issue 18 (2026)",
)
maximal_redund = conjecture(
    "for some f with f(e) -> 0 as e -> 0, every law has for every e a W with redundancy errors of"
    " at most f(e) that determines every redund of errors e to within f(e) (P13: not f(e) = C e,"
    " for functions of the features)",
    "Wentworth and Lorell, the bounty on maximal redunds (2025)",
)

# %% What is carried on
RESULTS = {
    "scores-agree": scores_agree,
    "score-in-general": score_in_general,
    "score-of-function": score_of_function,
    "score-of-constant": score_of_constant,
    "score-of-everything": score_of_everything,
    "envelope": envelope,
    "envelope-n": envelope_n,
    "pricing": pricing,
    "each-error": each_error,
    "mediation-half": mediation_half,
    "redundancy-half": redundancy_half,
    "both-halves": both_halves,
    "sufficient": sufficient,
    "sufficient-both-ways": sufficient_both_ways,
    "least-sufficient": least_sufficient,
    "submodular": submodular,
    "submodular-tree": submodular_tree,
    "condensation": condensation,
    "below-two": below_two,
    "unit-coefficients": unit_coefficients,
    "independence": independence,
    "independence-four": independence_four,
    "independence-fails": independence_fails,
    "independence-four-fails": independence_four_fails,
    "rare-event": rare_event,
    "universal-constant": universal_constant,
    "every-budget": every_budget,
    "binary-factor": binary_factor,
    "two-by-two": two_by_two,
    "three-features": three_features,
    "binary-optimum": binary_optimum,
    "twelve": twelve,
    "constant-nine": constant_nine,
    "constant-two": constant_two,
    "fixed-budget": fixed_budget,
    "maximal-redund": maximal_redund,
}
