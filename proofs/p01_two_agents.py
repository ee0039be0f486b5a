"""P01 · Two agents look at one spreadsheet.

Claim    the error of the net "features independent given the latent" is TC(X|L); agreeing on the
         predictive law and being related only through the data are Bayes-net statements too
Reading  Two agents predict the same rows X1..Xn with different latents L and M. What each of them
         assumes, and how the two latents may be related, is said by small Bayes nets whose errors
         are linear forms in joint entropies. The question that P02 to P06 answer: when can agent 1
         be sure that L is a (stochastic) function of M, whatever latent M agent 2 has?
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), the setting.
Uses     nothing
"""

# %% The two agents
# Rows are independent draws; one feature per column. Both agents give the next row the same
# predictive law P[X]. Agent 1 explains it by a latent L, agent 2 by a latent M:
#
#     P[X, L] = P[L] P[X1|L] ... P[Xn|L]          P[X, M] = P[M] P[X1|M] ... P[Xn|M].
#
# "The features are independent given the latent" is the net with an arrow from the latent to each
# feature. Its error, the KL divergence from the law to its factorisation along the net, is the
# total correlation of the features given the latent -- for every law, by identity.
from natlat_sym import Dist, dag_form, evaluate, mediation, prove, redundancy

mediation_two = prove(dag_form(mediation(["X1", "X2"], "L")).eq("TC(X1;X2|L)"))
mediation_three = prove(dag_form(mediation(["X1", "X2", "X3"], "L")).eq("TC(X1;X2;X3|L)"))

# %% When can one latent be read off the other?
# "L is a stochastic function of M" means: given M, the latent L tells nothing more about the
# features. That is the net L <- M -> X, and its error is a conditional mutual information.
stochastic_function = prove("KL(L <- M -> (X1,X2)) = I(L;X1,X2|M)")

# "L is a function of M" has L at both ends of a net, L <- M -> L; the error is what M leaves open.
function = prove("KL(L <- M -> L#2) = H(L|M)")

# %% Redundancy: the latent is readable although one feature is missing
# Both kinds are nets again: Xi -> X_{-i} -> L, and L <- X_{-i} -> L.
((_, stochastic_net), *_) = redundancy(["X1", "X2", "X3"], "L")
((_, deterministic_net), *_) = redundancy(["X1", "X2", "X3"], "L", deterministic=True)
redundancy_stochastic = prove(dag_form(stochastic_net).eq("I(L;X1|X2,X3)"))
redundancy_deterministic = prove(dag_form(deterministic_net).eq("H(L|X2,X3)"))

# %% Related only through the data
# Nothing so far says how L and M hang together. The argument lets them be related only through
# the data: I(L;M|X) = 0. Such a joint law always exists -- draw X from the shared predictive law,
# then each latent from its own posterior -- and it leaves both agents' models as they are.
# Here agent 1 reads a fair coin through two noisy features; agent 2 uses the pair of features.
agent1 = (
    Dist.uniform("L", ["0", "1"]).extend("X1", of="L", flip="1/4").extend("X2", of="L", flip="1/4")
)
agent2 = agent1.marginal("X1 X2").with_function("M", lambda x1, x2: f"{x1}{x2}", of="X1 X2")
coupled = agent1.couple(agent2)
coupling = evaluate(
    coupled,
    [
        "I(L;M|X1,X2) = 0",
        "TC(X1;X2|L) = 0",
        "TC(X1;X2|M) = 0",
        "H(L|X1,X2) > 0",
    ],
)

# %% What is carried on
RESULTS = {
    "mediation-2": mediation_two,
    "mediation-3": mediation_three,
    "stochastic-function": stochastic_function,
    "function": function,
    "redundancy-stochastic": redundancy_stochastic,
    "redundancy-deterministic": redundancy_deterministic,
    "coupling": coupling,
}
