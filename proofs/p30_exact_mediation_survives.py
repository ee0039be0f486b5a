"""P30 · What survives when two agents predict differently: exact mediation.

Claim    if agent 2's latent mediates exactly under agent 2's law Q, its mediation error under agent
         1's law P is at most D(P||Q), and every bound that rests on it goes on with D(P||Q)
Reading  L is agent 2's latent, grafted onto agent 1's predictions by Q[L|X]; so D(P||Q) is the same
         with and without it. Write cx, cp, cq, cl for the cross entropies -E_P log2 Q of (X1,X2,L),
         (X1,L), (X2,L) and L. Exact mediation under Q makes cx = cp + cq - cl. Gibbs' inequality
         says that no cross entropy is below the entropy, also given L. The rest is linear. Here for
         two features; P20 has the transfer for any net. An approximate mediator enjoys no such
         bound: see the tiny mixtures.
Source   Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023), factorization
         transfer; Gibbs' inequality is standard.
Uses     P07, P11, P20
"""

from natlat_sym import prove

# %% Agent 2's law in terms of cross entropies under agent 1's law
EXACT = "cx = cp + cq - cl"
DIVERGENCE = "d = cx - H(X1,X2,L)"
GIBBS = ["H(L) <= cl", "H(X1,L) - H(L) <= cp - cl", "H(X2,L) - H(L) <= cq - cl"]

# %% Factorization transfer: the mediation error under P is at most the divergence
transfer = prove("I(X1;X2|L) <= d", given=[DIVERGENCE, EXACT, *GIBBS])

# %% So the bounds go on: a redund R of agent 1 is a function of agent 2's exact mediator
redund = prove("H(R|L) <= d + H(R|X1) + H(R|X2)", given=[DIVERGENCE, EXACT, *GIBBS])

# %% And a stochastic natural latent M of agent 1 tells nothing beyond L about the features
stochastic = prove(
    "I(M;X1,X2|L) <= d + I(M;X1|X2) + I(M;X2|X1) + 2 I(L;M|X1,X2)",
    given=[DIVERGENCE, EXACT, *GIBBS],
)

# %% What is carried on
RESULTS = {"transfer": transfer, "redund": redund, "stochastic": stochastic}
