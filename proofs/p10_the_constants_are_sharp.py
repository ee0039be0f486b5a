"""P10 · The constants for n features are sharp.

Claim    unit coefficients are false for weak redundancy for every n >= 3; the factors that P09 has
         on the mediation error are attained by parity for every n and by MDS codes for every n and
         m, those on the redundancy errors by independent features
Reading  Let L be all features, and let the features be the symbols of a code from which any n-m
         symbols tell the rest. Then L is readable without any m features, exactly, and the constant
         latent M leaves all of L open: the mediation error has to pay for it. If the features are
         independent instead, there is no mediation error, and the redundancy errors pay. That the
         factor on the third condition is attained is shown for two features only, in P07.
Source   The tight case of averaging and Han's inequality; parity and Reed-Solomon type codes.
Uses     P09
"""

from itertools import product

from natlat_sym import (
    Dist,
    evaluate,
    evaluate_for_all_n,
    prove_for_all_n,
    refute,
    refute_for_all_n,
)


# %% Parity: the last of n bits is the sum of the others
def parity(features: int) -> Dist:
    rows = [(*bits, sum(bits) % 2) for bits in product((0, 1), repeat=features - 1)]
    names = [*(f"X{i}" for i in range(1, features + 1)), "L", "M"]
    return Dist.uniform(names, [(*map(str, row), "".join(map(str, row)), "c") for row in rows])


# With three features H(L|M) is 2 bits, the mediation error 1 bit, and all redundancy errors are 0:
# the sum of the errors is no bound. The factor n-1 = 2 is attained.
unit_coefficient_is_false = refute(
    "H(L|M) <= TC(X1;X2;X3|M) + H(L|X2,X3) + H(L|X1,X3) + H(L|X1,X2)", law=parity(3)
)
parity_three = evaluate(
    parity(3), ["TC(X1;X2;X3|M) = 1", "DTC(X1;X2;X3|M) = 2", "H(L|X2,X3) = 0", "H(L|M) = 2"]
)
parity_four = evaluate(
    parity(4),
    ["TC(X1;X2;X3;X4|M) = 1", "DTC(X1;X2;X3;X4|M) = 3", "H(L|X2,X3,X4) = 0", "H(L|M) = 3"],
)
parity_five = evaluate(
    parity(5), ["TC(X1;X2;X3;X4;X5|M) = 1", "H(L|X2,X3,X4,X5) = 0", "H(L|M) = 4"]
)

# %% Parity for every n
# The same, for every number of features at once: any n-1 of them tell the last one.
CODE = {"L": "all", "M": "constant"}
parity_every_n = evaluate_for_all_n(
    ["TC(X|M) = 1", "DTC(X|M) = n-1", "H(L|X[n-1]) = 0", "H(L|M) = n-1"], CODE
)
unit_coefficient_is_never_true = refute_for_all_n("H(L|M) <= TC(X|M) + n H(L|X[n-1])")
unit_coefficient_stochastic = refute_for_all_n(
    "I(L;X[n]|M) <= TC(X|M) + n I(L;X[1]|X[n-1]) + n I(L;M|X[n])"
)

# %% Codes for every n and every m
# The values of a random polynomial of degree below n-m at n points: any n-m of them tell the rest.
# The factor (n-m)/m of P09 is attained, for functions and for stochastic functions.
code_every_n_and_m = evaluate_for_all_n(
    [
        "TC(X|M) > 0",
        "H(L|X[n-m]) = 0",
        "m H(L|M) = (n-m) TC(X|M)",
        "H(L|M) = DTC(X|M)",
        "m I(L;X[n]|M) = (n-m) TC(X|M) + n I(L;X[m]|X[n-m]) + n I(L;M|X[n])",
    ],
    CODE,
)

# %% Independent features, for every n and every m
# With L all of them and a constant M both bounds are equalities, and without a mediation error: so
# the factor n/m on the redundancy error is attained, too. Fair bits are such features.
INDEPENDENT = ["TC(X) = 0", "H(X[n]|L) = 0", "H(L|X[n]) = 0", "I(L,X[n];M) = 0"]
independent_function = prove_for_all_n("m H(L|M) = n H(L|X[n-m])", given=INDEPENDENT)
independent_stochastic = prove_for_all_n("m I(L;X[n]|M) = n I(L;X[m]|X[n-m])", given=INDEPENDENT)
fair_bits = Dist.uniform(
    "X1 X2 X3 L M", [(*bits, "".join(bits), "c") for bits in product("01", repeat=3)]
)
independent_three = evaluate(
    fair_bits, ["TC(X1;X2;X3|M) = 0", "H(L|M) = 3", "H(L|X2,X3) = 1", "H(L|X1) = 2"]
)

# %% A code with two features to spare
# Four symbols over the field with three elements: x, y, x + y, x + 2y. Any two tell the rest, so
# two features may be missing; the factor (n-m)/m is 1, and it is attained.
tetracode = Dist.uniform(
    "X1 X2 X3 X4 L M",
    [
        (str(x), str(y), str((x + y) % 3), str((x + 2 * y) % 3), f"{x}{y}", "c")
        for x in range(3)
        for y in range(3)
    ],
)
two_to_spare = evaluate(
    tetracode,
    [
        "TC(X1;X2;X3;X4|M) = 2*log2(3)",
        "H(L|M) = 2*log2(3)",
        "H(L|X1,X2) = 0",
        "H(L|X1,X3) = 0",
        "H(L|X1,X4) = 0",
        "H(L|X2,X3) = 0",
        "H(L|X2,X4) = 0",
        "H(L|X3,X4) = 0",
    ],
)

# %% What is carried on
RESULTS = {
    "unit-coefficient-is-false": unit_coefficient_is_false,
    "parity-3": parity_three,
    "parity-4": parity_four,
    "parity-5": parity_five,
    "parity-every-n": parity_every_n,
    "unit-coefficient-is-never-true": unit_coefficient_is_never_true,
    "unit-coefficient-stochastic": unit_coefficient_stochastic,
    "code-every-n-and-m": code_every_n_and_m,
    "independent-function": independent_function,
    "independent-stochastic": independent_stochastic,
    "independent-3": independent_three,
    "two-to-spare": two_to_spare,
}
