"""P20 · The rules of the calculus of approximate Bayes nets.

Claim    each rule, as an inequality between the errors of its nets: re-rooting, bookkeeping,
         factorization transfer, Frankenstein, stitching, joint independence, dangly bit, copy,
         marginalize, chain rule, add an edge, merge, swap a latent
Reading  Researchers argue in pictures: this net holds within a bits, that one within b, hence this
         one within a + 2 b. Each rule is a function that checks its side condition on the graphs;
         here is one instance of each. Nothing is assumed, so each holds for every law. Where a
         condition is dropped, a law shows what goes wrong.
Source   Wentworth and Lorell, "Some Rules for an Algebra of Bayes Nets" (2023); "Natural Latents:
         Latent Variables Stable Across Ontologies" (2025), appendices A and B, for copies and
         marginalization.
Uses     P01
"""

from natlat_sym import Dist, evaluate, prove, refute, rules, suppose

# %% Re-rooting: Markov equivalent nets have one error
chain = suppose("X1 -> X2 -> X3 -> X4")
rerooted = rules.reroot(chain, "X1 <- X2 <- X3 -> X4", why="a tree may grow from any root")
colliders_stay = refute("KL(X1 -> X2 -> X3) <= KL(X1 -> X2 <- X3)")

# %% Bookkeeping: a net that says less, or has a copy under a copy
kept = rules.bookkeep(suppose("X1 <- L -> X2; X3"), "X1 -> L -> X2 -> X3; L -> X3")
free_copy = rules.bookkeep(suppose("X1 <- L -> X2"), "X1 <- L -> L#2 -> X2")
says_more = refute("KL(X1; X2; L) <= KL(X1 <- L -> X2)")

# %% Adding an edge, and merging nodes: two ways to say less
edge = rules.add_edge(chain, "X1", "X3")
merged = rules.merge(suppose("X1 <- L -> X2; L -> X3"), "X2", "X3")

# %% Marginalize: forget what stands between
forgotten = rules.marginalize(suppose("R <- X1 <- L -> X2 -> R#2"), "R <- L -> R#2")
# To forget a leaf lowers the error by exactly what it shares with the rest beyond its parents.
leaf = prove("KL(X1 <- L -> X2; X2 -> X3) = KL(X1 <- L -> X2) + I(X3;X1,L|X2)")
causes_stay = refute("KL(X1; X2) <= KL(X1 <- L -> X2)")

# %% Factorization transfer: what one law obeys, a law near it nearly obeys
# D(P||Q) is the sum of the cross entropies of the nodes less the entropy of P, when Q factors; and
# Gibbs' inequality says that no cross entropy c is below the entropy.
transfer = rules.transfer_theorem("X1 <- L -> X2")
# Q a coin read by two noisy readers, P a table of counts near it.
coin = (
    Dist.uniform("L", ["0", "1"]).extend("X1", of="L", flip="1/4").extend("X2", of="L", flip="1/4")
)
counts = [9, 3, 4, 1, 1, 4, 2, 8]
table = Dist.from_weights(
    {tuple(f"{cell:03b}"): count for cell, count in enumerate(counts)}, "L X1 X2"
)
carried = rules.transfer("X1 <- L -> X2", table, coin)
transferred = evaluate(
    table, ["KL(X1 <- L -> X2) > 0", f"KL(X1 <- L -> X2) <= {carried.divergence}"]
)

# %% Chain rule: an error is the sum of its local statements
chained = rules.chain_rule(
    "X1 <- L -> X2; L -> X3", suppose("X1 -> L -> X2"), suppose("(X1,X2) -> L -> X3")
)

# %% Frankenstein: parents from either of two nets on one order
first, second = suppose("X1 -> X2; X1 -> X3; X4"), suppose("X1; X2 -> X3 -> X4")
monster = rules.frankenstein("X1 -> X2 -> X3 -> X4", first, second)
monster_terms = rules.frankenstein_terms("X1 -> X2 -> X3 -> X4", first, second)
# Without a common order two nets with error 0 would make one that is not.
no_common_order = refute("KL(X1; X2) <= KL(X1 -> X2) + KL(X1 <- X2)")

# %% Stitching at a Markov blanket
stitched = rules.stitch(
    suppose("(X1,X2) -> Y -> (Z1,Z2)"), suppose("X1 -> Y <- X2"), suppose("Y -> Z1; Y -> Z2")
)
no_blanket = refute("KL(X1 -> Y -> Z) <= KL(X1 -> Y) + KL(Y -> Z)")
# The parents of a node of the blanket may come from either side, if those it does not take lie in
# the blanket: Y1 leaves nothing on the right, Y2 nothing on the left.
both_ways = rules.stitch(
    suppose("X -> (Y1,Y2) -> Z"), suppose("X -> Y1; Y2"), suppose("Z -> Y2; Y1"), "X -> Y1; Z -> Y2"
)
# Else it is false: here Y2 leaves the edge from X.
left_out = refute(
    "KL(X -> Y1 -> Z -> Y2)"
    " <= KL(X -> (Y1,Y2) -> Z) + KL(X -> Y1 -> Y2; X -> Y2) + KL(Y1 -> Z -> Y2)"
)

# %% Joint independence: n - 1 of n are enough, n - 2 are not
independent = rules.joint_independence(
    "X1; X2; X3; X4",
    *(suppose(f"X{i}; ({','.join(f'X{j}' for j in range(1, 5) if j != i)})") for i in (1, 2, 3)),
)
two_of_four = refute("KL(X1; X2; X3; X4) <= KL(X1; (X2,X3,X4)) + KL(X2; (X1,X3,X4))")

# %% Copy, and dangly bit: determined variables
copied = rules.copy("Y", of="X1 X2")
hung = rules.dangly_bit(suppose("X1 -> X2 -> Y"), rules.copy("Y", of="X1"))
hung_new = rules.dangly_bit(suppose("X1 <- L -> X2"), rules.copy("R", of="X1"))

# %% Swapping in a conditional latent
# M is drawn given the data as L is, and otherwise on its own: then L and M are related only through
# the data, by construction, and M may take the place of L in every net over the data.
resampled = rules.resample("L", "M", over="X1 X2")
swapped = rules.swap_latent(suppose("X1 <- L -> X2"), "L", "M", over="X1 X2")
# So what is proved about two latents that are related only through the data (P07) applies to L and
# M without a third condition: two drawings of one natural latent tell each other.
drawn_twice = prove(
    "I(M;X1,X2|L) <= e + 2 r",
    given=[
        "KL(X1 <- L -> X2) <= e",
        "KL(X1 -> X2 -> L) <= r",
        "KL(X2 -> X1 -> L) <= r",
        *swapped.theorem.given,
        *resampled.theorem.given,
        *rules.swap_latent(suppose("X1 -> X2 -> L"), "L", "M", over="X1 X2").theorem.given,
        *rules.swap_latent(suppose("X2 -> X1 -> L"), "L", "M", over="X1 X2").theorem.given,
    ],
)

# %% What is carried on
RESULTS = {
    "re-rooting": rerooted,
    "re-rooting-no-collider": colliders_stay,
    "bookkeeping": kept,
    "bookkeeping-free-copy": free_copy,
    "bookkeeping-no-more": says_more,
    "add-an-edge": edge,
    "merge": merged,
    "marginalize": forgotten,
    "marginalize-a-leaf": leaf,
    "marginalize-no-cause": causes_stay,
    "factorization-transfer": transfer,
    "factorization-transfer-here": transferred,
    "chain-rule": chained,
    "frankenstein": monster,
    "frankenstein-terms": monster_terms,
    "frankenstein-one-order": no_common_order,
    "stitching": stitched,
    "stitching-needs-a-blanket": no_blanket,
    "stitching-both-ways": both_ways,
    "stitching-what-is-left-out": left_out,
    "joint-independence": independent,
    "joint-independence-fewer": two_of_four,
    "copy": copied,
    "dangly-bit": hung,
    "dangly-bit-first-copy": hung_new,
    "resampling": resampled,
    "swap-a-latent": swapped,
    "drawn-twice": drawn_twice,
}
