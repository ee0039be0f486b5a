"""The main results once more: from public definitions only, each with its text pinned.

A proof can be right and prove something else. Here every main result is built again from what
`natlat_sym` exports (nets of `mediation` and `redundancy`, their errors by `dag_form`), and its
claim and its hypotheses, as the trusted checker prints them, have to be what is written out below.
Run by `natlat proofs`, and by itself: ``python proofs/headline.py``.
"""

import natlat_sym as nl


# %% The words
def mediates(latent, features=("X1", "X2")):
    """Return the error of the net in which the latent screens the features off."""
    return nl.dag_form(nl.mediation(features, latent))


def readable(latent, features=("X1", "X2"), deterministic=True):
    """Return the errors of the nets that read the latent with one feature missing."""
    nets = nl.redundancy(features, latent, deterministic=deterministic)
    return [nl.dag_form(net) for _, net in nets]


def function(latent, other):
    """Return the error of the net that says: the latent is a function of the other."""
    return nl.dag_form(f"{latent} <- {other} -> {latent}#2")


def stochastic_function(latent, other, features=("X1", "X2")):
    """Return the error of the net that says so of a stochastic function, for the features."""
    return nl.dag_form(f"{latent} <- {other} -> ({','.join(features)})")


def through_data(latent, other, features=("X1", "X2")):
    """Return the error of the net in which two latents meet only in the features."""
    return nl.dag_form(f"{latent} <- ({','.join(features)}) -> {other}")


# %% The results
THREE = ("X1", "X2", "X3")
READ_ONE, READ_TWO = readable("L")
TELL_ONE, TELL_TWO = readable("L", deterministic=False)
EXACT_THREE = [
    mediates("M", THREE).eq(0),
    *(error.eq(0) for error in readable("L", THREE, deterministic=False)),
    through_data("L", "M", THREE).eq(0),
]
STOCHASTIC = mediates("M") + TELL_ONE + TELL_TWO
GATES = nl.zoo.law("and-or").rename({"L": "M", "M": "L"})
BEYOND = nl.zoo.law("related-beyond-the-data").rename({"L": "M", "M": "L"})
RING = nl.zoo.law("ring").marginal("X1 X2 X3 L")
WEAK = [mediates("L", THREE).eq(0), *(error.eq(0) for error in readable("L", THREE))]

RESULTS = {
    # What the words mean.
    "mediation": nl.prove(mediates("L", THREE).eq(nl.TC("X1", "X2", "X3", given="L"))),
    "redundancy": nl.prove(TELL_ONE.eq(nl.I("L", "X1", given="X2"))),
    "function": nl.prove(READ_ONE.eq(nl.H("L", given="X2"))),
    # Natural latents are necessary: at M = X_-i, which mediates, the guarantee is redundancy.
    "rest-mediates": nl.prove(nl.TC("X1", "X2", "X3", given="X2,X3").eq(0)),
    "necessary": nl.prove(
        readable("L", THREE, deterministic=False)[0] <= "d",
        given=stochastic_function("L", "(X2,X3)", THREE) <= "d",
    ),
    # They suffice: the Fundamental Theorem.
    "sufficient": nl.prove(stochastic_function("L", "M", THREE).eq(0), given=EXACT_THREE),
    "stochastic": nl.prove(
        stochastic_function("L", "M") <= STOCHASTIC + 2 * through_data("L", "M")
    ),
    "stochastic-n": nl.prove_for_all_n(
        "I(L;X[n]|M) <= (n-1) TC(X|M) + n I(L;X[1]|X[n-1]) + n I(L;M|X[n])"
    ),
    # Theorem 1: a mediator determines every redund.
    "theorem-1": nl.prove(function("L", "M") <= mediates("M") + READ_ONE + READ_TWO),
    "theorem-1-n": nl.prove_for_all_n("H(L|M) <= (n-1) TC(X|M) + n H(L|X[n-1])"),
    "theorem-1-strong-n": nl.prove_for_all_n("(n-1) H(L|M) <= TC(X|M) + n H(L|X[1])"),
    "unique": nl.prove(
        function("L", "M") + function("M", "L") <= "2 e + 4 r",
        given=[
            mediates("L") <= "e",
            mediates("M") <= "e",
            *(error <= "r" for error in (*readable("L"), *readable("M"))),
        ],
    ),
    # What does not hold.
    "third-condition-is-needed": nl.refute(
        stochastic_function("L", "M").eq(0),
        given=[mediates("M").eq(0), TELL_ONE.eq(0), TELL_TWO.eq(0)],
        law=BEYOND,
    ),
    "third-condition-counts-twice": nl.refute(
        stochastic_function("L", "M") <= STOCHASTIC + through_data("L", "M"), law=GATES
    ),
    "weak-is-not-strong": nl.refute(function("L", "X1").eq(0), given=WEAK, law=RING),
    "factor-for-three": nl.refute(
        function("M", "L") <= sum(readable("M", THREE), start=mediates("L", THREE)),
        law=nl.zoo.law("parity-3"),
    ),
}

# %% The price of determinism: a law of two features with twelve values each, and a latent
# A quarter of each table, x <= y <= 11 - x: counts; the percentage of the label a; and what is cut
# off from the cost of a block by each of its outcomes, in bits over ten million.
COUNTS = """
2613592 200053 140021 102770 80441 64850 53866 44514 38189 31232 22789 27366
23274 19915 17529 16149 15665 15249 14891 14985 15040 14350
18739 17691 16778 16414 15835 15437 15602 15727
16953 16052 15701 15270 14992 15291
15235 14996 14728 14586
14839 14759
"""
PERCENT = """
99.332 97.171 96.062 95.035 94.094 92.990 91.809 90.321 88.595 85.905 81.232 50.000
88.810 84.931 81.557 78.637 75.397 72.142 68.315 64.218 58.474 50.000
80.011 75.849 72.331 68.518 64.778 60.493 56.035 50.000
71.132 67.225 63.067 59.067 54.574 50.000
63.062 58.701 54.569 50.000
54.200 50.000
"""
CUT = """
112808866 7986167 5616835 3976488 2993185 2432342 2035729 1594650 1425021 1154426 803609 1021584
877610 731505 657021 592572 574988 555343 537263 537437 533463 500555
695059 655323 617916 599964 578728 558374 560358 563537
624295 587742 575704 553962 543957 554247
557543 546522 535346 530331
536015 540297
"""


def unfold(text, turned=lambda value: value):
    """Return a table that exchange of X and Y leaves alone, and reversal of both but for a turn."""
    found = {}
    for x, line in enumerate(text.split("\n")[1:-1]):
        for y, entry in enumerate(line.split(), x):
            value = int(entry.replace(".", ""))
            found[11 - x, 11 - y] = found[11 - y, 11 - x] = turned(value)
            found[x, y] = found[y, x] = value
    return found


def twelve():
    """Return the law, with the label L."""
    counts, percent = unfold(COUNTS), unfold(PERCENT, lambda value: 100_000 - value)
    weights = {}
    for (x, y), part in percent.items():
        cell = f"{x:x}", f"{y:x}"
        weights[*cell, "a"] = counts[x, y] * part
        weights[*cell, "b"] = counts[x, y] * (100_000 - part)
    return nl.Dist.from_weights(weights, "X Y L")


TWELVE = twelve()
PAIR = ("X", "Y")
SUMMED = sum(readable("L", PAIR, deterministic=False), start=mediates("L", PAIR))
RESULTS |= {
    "price": nl.gap(
        TWELVE, "L", "1.9615", shares=[f"-{n}/10000000" for _, n in sorted(unfold(CUT).items())]
    ),
    "price-latent": nl.evaluate(TWELVE, f"{SUMMED} < 3186/10000"),
}

# %% What they have to say
# Claim first, then the hypotheses it rests on; a law that refutes a claim satisfies the "with".
PINNED = {
    "mediation": ("KL(X1 <- L -> X2; L -> X3) = TC(X1;X2;X3|L)",),
    "redundancy": ("KL(X1 -> X2 -> L) = I(L;X1|X2)",),
    "function": ("KL(L <- X2 -> L#2) = H(L|X2)",),
    "rest-mediates": ("TC(X1;X2;X3|X2,X3) = 0",),
    "necessary": (
        "KL(X1 -> (X2,X3) -> L) <= d",
        "KL(L <- (X2,X3) -> (X1,X2,X3)) <= d",
    ),
    "sufficient": (
        "KL(L <- M -> (X1,X2,X3)) = 0",
        "KL(X1 <- M -> X2; M -> X3) = 0",
        "KL(X1 -> (X2,X3) -> L) = 0",
        "KL(X2 -> (X1,X3) -> L) = 0",
        "KL(X3 -> (X1,X2) -> L) = 0",
        "KL(L <- (X1,X2,X3) -> M) = 0",
    ),
    "stochastic": (
        "KL(L <- M -> (X1,X2)) <= KL(X1 <- M -> X2) + KL(X1 -> X2 -> L) + KL(X2 -> X1 -> L)"
        " + 2 KL(L <- (X1,X2) -> M)",
    ),
    "stochastic-n": (
        "for all n >= 2: I(L;X[n]|M) <= (n-1) TC(X|M) + n I(L;X[1]|X[n-1]) + n I(L;M|X[n])",
    ),
    "theorem-1": (
        "KL(L <- M -> L#2) <= KL(X1 <- M -> X2) + KL(L <- X2 -> L#2) + KL(L <- X1 -> L#2)",
    ),
    "theorem-1-n": ("for all n >= 2: H(L|M) <= (n-1) TC(X|M) + n H(L|X[n-1])",),
    "theorem-1-strong-n": ("for all n >= 2: (n-1) H(L|M) <= TC(X|M) + n H(L|X[1])",),
    "unique": (
        "KL(L <- M -> L#2) + KL(M <- L -> M#2) <= 2 e + 4 r",
        "KL(X1 <- L -> X2) <= e",
        "KL(X1 <- M -> X2) <= e",
        "KL(L <- X2 -> L#2) <= r",
        "KL(L <- X1 -> L#2) <= r",
        "KL(M <- X2 -> M#2) <= r",
        "KL(M <- X1 -> M#2) <= r",
    ),
    "third-condition-is-needed": (
        "not every law with KL(X1 <- M -> X2) = 0 and KL(X1 -> X2 -> L) = 0"
        " and KL(X2 -> X1 -> L) = 0 has KL(L <- M -> (X1,X2)) = 0",
    ),
    "third-condition-counts-twice": (
        "not every law has KL(L <- M -> (X1,X2)) <= KL(X1 <- M -> X2) + KL(X1 -> X2 -> L)"
        " + KL(X2 -> X1 -> L) + KL(L <- (X1,X2) -> M)",
    ),
    "weak-is-not-strong": (
        "not every law with KL(X1 <- L -> X2; L -> X3) = 0 and KL(L <- (X2,X3) -> L#2) = 0"
        " and KL(L <- (X1,X3) -> L#2) = 0 and KL(L <- (X1,X2) -> L#2) = 0"
        " has KL(L <- X1 -> L#2) = 0",
    ),
    "factor-for-three": (
        "not every law has KL(M <- L -> M#2) <= KL(X1 <- L -> X2; L -> X3)"
        " + KL(M <- (X2,X3) -> M#2) + KL(M <- (X1,X3) -> M#2) + KL(M <- (X1,X2) -> M#2)",
    ),
    "price": (
        "on some law every function of X,Y has a summed error of at least 3923/2000 times that"
        " of L",
    ),
    "price-latent": (
        "some law has KL(X <- L -> Y) + KL(X -> Y -> L) + KL(Y -> X -> L) < 3186/10000",
    ),
}

# %% The comparison
STATED = {}
for name, result in RESULTS.items():
    checked = nl.verify(result.certificate)
    STATED[name] = (checked.claim, *checked.assumptions)
for name in sorted({*PINNED, *STATED}):
    if STATED.get(name) != PINNED.get(name):
        raise nl.ProofError(
            f"{name}: pinned as {PINNED.get(name)}, but what is shown is {STATED.get(name)}"
        )

if __name__ == "__main__":
    for name, (claim, *assumptions) in STATED.items():
        print(f"{name}: {claim}")
        print(*(f"    given {text}\n" for text in assumptions), sep="", end="")
