"""P06 · For stochastic functions the conditions are necessary and sufficient.

Claim    L is a stochastic function of every mediator M that is related to L only through the data
         if and only if I(L;Xi|X_{-i}) = 0 for all i
Reading  Sufficient by P05, for every number of features by P09; necessary by P03 at the n mediators
         M = X_{-i}. Asking for functions proper would be too much: exact natural latents may carry
         noise that no M knows.
Source   Wentworth and Lorell, "Minimal Motivation of Natural Latents" (2024), where "function" is
         weakened to "stochastic function".
Uses     P02, P03, P05
"""

from natlat_sym import Dist, evaluate, prove

# %% Sufficient: P05, at any mediator M
sufficient = prove(
    "I(L;X1,X2,X3|M) = 0",
    given=[
        "TC(X1;X2;X3|M) = 0",
        "I(L;M|X1,X2,X3) = 0",
        "I(L;X1|X2,X3) = 0",
        "I(L;X2|X1,X3) = 0",
        "I(L;X3|X1,X2) = 0",
    ],
)

# %% Necessary: at M = X_{-i} the two conditions on M hold by themselves, and the conclusion says
# exactly that L is redundant. The equality of the two forms is an identity, so nothing is lost.
at_rest_mediates = prove("TC(X1;X2;X3|X2,X3) = 0")
at_rest_related_through_data = prove("I(L;X2,X3|X1,X2,X3) = 0")
necessary = prove("I(L;X1,X2,X3|X2,X3) = I(L;X1|X2,X3)")
necessary_two = prove("I(L;X1,X2|X2) = I(L;X1|X2)")
# Any number of features: Rest is all of them but Xi.
necessary_any = prove("I(L;Xi,Rest|Rest) = I(L;Xi|Rest)")

# %% Why "stochastic"
# The features share a fair bit; agent 1's latent is that bit and a coin of his own. It mediates
# and is redundant, exactly. The bit alone is a latent for agent 2, and L is not a function of it:
# agent 2 knows all that L says about the features, and nothing of the coin.
shared = Dist.uniform("M", ["0", "1"])
noisy = (
    shared.with_function("X1", lambda m: m, of="M")
    .with_function("X2", lambda m: m, of="M")
    .product(Dist.uniform("Coin", ["h", "t"]))
    .with_function("L", lambda m, coin: m + coin, of="M Coin")
    .marginal("X1 X2 M L")
)
natural_with_noise = evaluate(
    noisy,
    [
        "TC(X1;X2|L) = 0",
        "I(L;X1|X2) = 0",
        "I(L;X2|X1) = 0",
        "I(L;X1,X2|M) = 0",
        "H(L|M) = 1",
    ],
)

# %% What is carried on
RESULTS = {
    "sufficient": sufficient,
    "necessary-mediates": at_rest_mediates,
    "necessary-through-data": at_rest_related_through_data,
    "necessary": necessary,
    "necessary-two": necessary_two,
    "necessary-any-number": necessary_any,
    "why-stochastic": natural_with_noise,
}
