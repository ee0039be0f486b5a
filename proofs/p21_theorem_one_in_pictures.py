"""P21 · A mediator determines every redund, in pictures.

Claim    H(R|L) <= I(XA;XB|L) + H(R|XA) + H(R|XB), by the chain of pictures of the paper:
         marginalize, dangly bit, dangly bit, marginalize
Reading  L mediates between the features within m bits. R can be read from XA within r bits, and
         from XB within r bits. Hang R on XA, hang it on XB as well, and forget the features: R is a
         function of L within m + 2 r bits. The same by entropies is P07; both chains end in one
         claim, and no smaller multiples of the errors would do.
Source   Wentworth and Lorell, "Natural Latents: Latent Variables Stable Across Ontologies" (2025),
         Theorem 1 and its proof.
Uses     P07, P20
"""

from natlat_sym import Argument, GraphicalProof, rules, suppose

# %% The chain of pictures, with error symbols
# Four features; XA is X1, XB is X2 with X3, and X4 is in neither.
mediates = suppose("X1 <- L -> X2; L -> X3; L -> X4", "m", why="L mediates")
reads_a = rules.copy("R", of="X1", error="r")
reads_b = rules.copy("R", of="X2 X3", error="r")

two_groups = rules.marginalize(mediates, "X1 <- L -> (X2,X3)", why="forget X4, merge XB")
hung_once = rules.dangly_bit(two_groups, reads_a, why="R is readable from XA")
hung_twice = rules.dangly_bit(hung_once, reads_b, why="R is readable from XB")
determined = rules.marginalize(hung_twice, "R <- L -> R#2", why="forget the features")

pictures = GraphicalProof("P21", determined)

# %% The same without symbols: nothing is assumed, and the errors add up to the bound of P07
pair = suppose("X1 <- L -> X2", "I(X1;X2|L)")
pair = rules.dangly_bit(pair, rules.copy("R", of="X1"))
pair = rules.dangly_bit(pair, rules.copy("R", of="X2"))
pair = rules.marginalize(pair, "R <- L -> R#2")
in_entropies = GraphicalProof("P21, two features", pair).qed(
    "H(R|L) <= I(X1;X2|L) + H(R|X1) + H(R|X2)"
)

# %% The one-line proof by entropies
arg = Argument("P21 by entropies", start="H(R|L)")
arg.eq("H(R|X2,L) + I(R;X2|L)", why="split H(R|L) by X2")
arg.le("H(R|X2) + I(X1,R;X2|L)", why="forget L; more variables share more")
arg.le("I(X1;X2|L) + H(R|X1) + H(R|X2)", why="what R adds to X1 is at most H(R|X1)")
one_line = arg.qed()

# %% The rules lose nothing here
# The machine looks for all linear bounds of the conclusion in the errors of the premises: there is
# one least bound, and it is that of the chain. One law meets it with m > 0 and one with r > 0, so
# that neither multiple can be lowered.
(least,) = pictures.sharp().bounds.corners

# %% What is carried on
RESULTS = {
    "pictures": pictures,
    "pictures-two-features": in_entropies,
    "one-line": one_line,
    "least": least.theorem,
    "least-needs-m": least.needed["m"],
    "least-needs-r": least.needed["r"],
}
