"""P23 · An exact natural latent is the block of the support, and noise.

Claim    X1, X2 have an exact natural latent if and only if they are independent inside every
         connected component of their support; then the component label K is one, a function of
         each feature, and every other exact natural latent L, also a stochastic one, determines K
         and adds only noise: I(L;X1,X2|K) = 0
Reading  Draw an edge between two outcomes that agree in a feature. What they tell about L cannot
         change along an edge, for the feature that both share tells all of it. So L knows the
         component and nothing more about the features. Deciding is a walk through the support. That
         the walk loses nothing is no Shannon inequality: this one step is argued in words and
         quoted, all others are proved.
Source   Harwood and Gillen for two features; the label is the common part of Gacs and Koerner
         (1973), the walk the double Markov property of Csiszar and Koerner. The form for n
         features and budgets was worked out for this collection.
Uses     P05, P09
"""

from natlat_sym import Dist, evaluate, find_natural_latent, prove, prove_for_all_n, quote, zoo

# %% The label K is a function of each feature: so every mediator determines it
LABEL = ["H(K|X1) = 0", "H(K|X2) = 0"]
mediator_knows_label = prove("H(K|L) = 0", given=["I(X1;X2|L) = 0", *LABEL])

# %% The walk, the one step that is no Shannon inequality
# Along an edge (x1,x2) - (x1,x2') redundancy gives P[L|x1,x2] = P[L|x1] = P[L|x1,x2'], and so it
# does for more features along an edge between two outcomes that differ in Xi only.
walk = quote(
    "if I(L;Xi|X_-i) = 0 for every i, then I(L;X|K) = 0 for the component label K, an edge joining"
    " two outcomes that agree in all features but Xi",
    "Csiszar and Koerner, Information Theory, the double Markov property, for two features",
)

# %% Only if: with the walk, K mediates because L does
NOISE = "I(L;X1,X2|K) = 0"
label_mediates = prove("I(X1;X2|K) = 0", given=["I(X1;X2|L) = 0", NOISE, *LABEL])
# The step costs no more than the errors do, whichever feature K is read from.
label_mediates_nearly = prove(
    "I(X1;X2|K) <= a + b + c",
    given=["I(X1;X2|L) <= a", "H(K|X1) <= b", "I(L;X1,X2|K) <= c"],
)

# %% If: a label that mediates is a natural latent, and so is the label with any noise
with_noise = [
    prove(claim, given=["I(X1;X2|K) = 0", NOISE, "H(K|L) = 0", *LABEL])
    for claim in ("I(X1;X2|L) = 0", "I(L;X1|X2) = 0", "I(L;X2|X1) = 0")
]

# %% Every exact latent is label plus noise, as soon as some function of the features is one
# Here the walk is not needed: it is the Fundamental Theorem, once in each direction.
STOCHASTIC = ["I(X1;X2|L) = 0", "I(L;X1|X2) = 0", "I(L;X2|X1) = 0"]
every_latent_is_label_and_noise = prove(NOISE, given=["I(X1;X2|K) = 0", *STOCHASTIC[1:], *LABEL])
two_stochastic_latents_agree = prove(
    "I(L;X1,X2) = I(M;X1,X2)",
    given=[*STOCHASTIC, "I(X1;X2|M) = 0", "I(M;X1|X2) = 0", "I(M;X2|X1) = 0"],
)

# %% n features
# Edges join outcomes that agree but in one feature; K is a function of every X_-i.
mediator_knows_label_n = prove_for_all_n(
    "H(K|L) = 0", given=["TC(X|L) = 0", "H(K|X[n-1]) = 0"], least=2
)
label_mediates_n = prove_for_all_n(
    "TC(X|K) = 0", given=["TC(X|L) = 0", "I(L;X[n]|K) = 0", "H(K|X[n-1]) = 0"]
)
with_noise_mediates_n = prove_for_all_n(
    "TC(X|L) = 0", given=["TC(X|K) = 0", "I(L;X[n]|K) = 0", "H(K|L) = 0"]
)
# One feature Xi, and Rest for all the others together: so it is about any number of features.
with_noise_redundant_n = prove("I(L;Xi|Rest) = 0", given=["I(L;Rest,Xi|K) = 0", "H(K|Rest) = 0"])


# %% Decided on explicit laws: the latent, or the component where independence fails
def label(law: Dist, features: str, strength: str | int = "weak", exists: bool = True) -> Dist:
    """Return the law of the features with the component label K; the decision must be this."""
    names = features.split()
    found = find_natural_latent(law, names, strength)
    if found.exists != exists:
        raise ArithmeticError(f"decided otherwise: {found}")
    return found.extend(law.marginal(names), "K")


two_blocks = evaluate(
    label(zoo.law("two-blocks"), "X1 X2"),
    ["I(X1;X2|K) = 0", "H(K|X1) = 0", "H(K|X2) = 0", "H(K) = log2(3) - 2/3", "I(X1;X2) = H(K)"],
)
# One edge is enough to join the blocks: however little is mixed in, no exact latent is left.
mixed_blocks = evaluate(
    label(zoo.law("blocks-mixed-256"), "X1 X2", exists=False), ["H(K) = 0", "I(X1;X2|K) > 9/10"]
)
noisy_copy = evaluate(
    label(zoo.law("noisy-copy-10"), "X1 X2", exists=False),
    ["H(K) = 0", "I(X1;X2|K) = 9/5*log2(3) - log2(5)"],
)
# Weak redundancy for three features: the ring of P22 has a latent, and none for the strong kind.
ring = zoo.law("ring")
weak_ring = evaluate(label(ring, "X1 X2 X3"), ["TC(X1;X2;X3|K) = 0", "H(K|X2,X3) = 0", "H(K) = 3"])
strong_ring = evaluate(
    label(ring, "X1 X2 X3", "strong", exists=False), ["H(K) = 0", "TC(X1;X2;X3|K) = 3"]
)
# Of three coins with even parity any two outcomes differ in two places: each is its own component.
parity = evaluate(
    label(zoo.law("parity-3"), "X1 X2 X3"), ["TC(X1;X2;X3|K) = 0", "H(K) = 2", "H(K|X1,X2) = 0"]
)
# A budget: of four symbols of a code any two tell the rest, so two may be missing, and not three.
code = Dist.uniform(
    "X1 X2 X3 X4",
    [tuple(map(str, (x, y, (x + y) % 3, (x + 2 * y) % 3))) for x in range(3) for y in range(3)],
)
two_missing = evaluate(
    label(code, "X1 X2 X3 X4", 2),
    ["TC(X1;X2;X3;X4|K) = 0", "H(K|X1,X2) = 0", "H(K|X3,X4) = 0", "H(K) = 2*log2(3)"],
)
three_missing = evaluate(
    label(code, "X1 X2 X3 X4", 3, exists=False), ["H(K) = 0", "TC(X1;X2;X3;X4|K) = 2*log2(3)"]
)

# %% What is carried on
RESULTS = {
    "mediator-knows-label": mediator_knows_label,
    "walk": walk,
    "label-mediates": label_mediates,
    "label-mediates-nearly": label_mediates_nearly,
    "with-noise-mediates": with_noise[0],
    "with-noise-redundant-1": with_noise[1],
    "with-noise-redundant-2": with_noise[2],
    "every-latent-is-label-and-noise": every_latent_is_label_and_noise,
    "two-stochastic-latents-agree": two_stochastic_latents_agree,
    "mediator-knows-label-n": mediator_knows_label_n,
    "label-mediates-n": label_mediates_n,
    "with-noise-mediates-n": with_noise_mediates_n,
    "with-noise-redundant-n": with_noise_redundant_n,
    "two-blocks": two_blocks,
    "mixed-blocks": mixed_blocks,
    "noisy-copy": noisy_copy,
    "weak-ring": weak_ring,
    "strong-ring": strong_ring,
    "parity": parity,
    "two-missing": two_missing,
    "three-missing": three_missing,
}
