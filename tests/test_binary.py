"""The exact optimum over stochastic latents of two binary features."""

import math
from fractions import Fraction
from random import Random

import pytest

from natlat_sym import Bits, Dist, InvalidInput, best_latent, measure
from natlat_sym.natural.binary import binary_optimum


def law_of(a, b, c, d):
    return Dist.from_weights({("0", "0"): a, ("0", "1"): b, ("1", "0"): c, ("1", "1"): d}, "X Y")


def entropy(*masses):
    return -sum(m * math.log2(m) for m in masses if m > 0)


def phi(a, b, c, d):
    return 3 * entropy(a, b, c, d) - 2 * entropy(a + b, c + d) - 2 * entropy(a + c, b + d)


def grid_score(law, steps=60):
    """The least score over two-component latents that tilt the diagonal, on a grid, in floats."""
    a, b, c, d = (float(x) for x in law)
    psi = 2 * entropy(a, b, c, d) - entropy(a + b, c + d) - entropy(a + c, b + d)
    best = psi - phi(a, b, c, d)
    for i in range(steps + 1):
        for j in range(i, steps + 1):
            left, right = (a + d) * i / steps, (a + d) * j / steps
            if left <= a <= right and left < right:
                share = (right - a) / (right - left)
                mixed = share * phi(left, b, c, a + d - left) + (1 - share) * phi(
                    right, b, c, a + d - right
                )
                best = min(best, psi - mixed)
    return best


@pytest.mark.parametrize(
    ("cells", "exact"),
    [
        ((2, 1, 0, 2), "-2 + log2(5)"),
        ((2, 1, 0, 1), "2 + 3/4*log2(3) - 5/4*log2(5)"),
        ((1, 0, 0, 1), "0"),
        ((1, 1, 1, 1), "0"),
        ((1, 2, 2, 4), "0"),
        ((2, 1, 1, 2), None),
    ],
)
def test_exact_values(cells, exact):
    found = binary_optimum(law_of(*cells))
    if exact is not None:
        assert found.exact == Bits(exact)
    else:
        assert found.kind == "constant"


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        ((60, 5, 5, 30), 0.2533796),
        ((14, 1, 1, 4), 0.2215951),
        ((5, 60, 30, 5), 0.2533796),
    ],
)
def test_algebraic_values(cells, known):
    found = binary_optimum(law_of(*cells))
    assert found.kind == "mixture"
    assert found.exact is None
    for digits in (8, 30, 60):
        low, high = found.bounds(digits)
        assert low < high
        assert (high - low) * 10**digits < 1
        assert float(low) == pytest.approx(known, abs=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_no_tilted_mixture_is_better(seed):
    dice = Random(seed)
    weights = [dice.randint(1, 30) for _ in range(4)]
    if weights[0] * weights[3] < weights[1] * weights[2]:
        weights = [weights[1], weights[0], weights[3], weights[2]]
    total = sum(weights)
    low, high = binary_optimum(law_of(*weights)).bounds(10)
    grid = grid_score([Fraction(w, total) for w in weights])
    assert float(low) <= grid + 1e-9
    assert grid - float(high) < 2e-3


def test_the_binary_worst_ratio():
    cells = (46981339, 5490390, 5490390, 42037880)
    total = sum(cells)
    law = Dist.from_weights(
        {("0", "0"): cells[0], ("0", "1"): cells[1], ("1", "0"): cells[2], ("1", "1"): cells[3]},
        "X Y",
    )
    assert total < 2**30
    _, high = binary_optimum(law).bounds(12)
    ratio = float(best_latent(law).score) / float(high)
    assert ratio == pytest.approx(1.8183762, abs=1e-6)


@pytest.mark.parametrize("top", [1, 2, 3, 9, 10, 11, 40])
def test_the_constant_is_best_just_up_to_half_correlation(top):
    """For the symmetric pair with correlation r the constant is best exactly when r <= 1/2."""
    r = Fraction(top, 20)
    if r >= 1:
        r = Fraction(19, 20)
    found = binary_optimum(law_of((1 + r) / 4, (1 - r) / 4, (1 - r) / 4, (1 + r) / 4))
    assert (found.kind == "constant") == (r <= Fraction(1, 2))


def test_other_laws_are_refused():
    with pytest.raises(InvalidInput, match="two binary variables"):
        binary_optimum(Dist.uniform("X Y", [("0", "0"), ("1", "1"), ("2", "2")]))
    with pytest.raises(InvalidInput, match="two binary variables"):
        binary_optimum(Dist.uniform("X", ["0", "1"]))


def constant_is_best(a, b, c, d):
    """The rational test of theory: A, E >= 0 and V^3 <= A E M, marginals not degenerate."""
    mu0, mu1, nu0, nu1 = a + b, c + d, a + c, b + d
    first = nu0**2 - a**3 / mu0**2 - c**3 / mu1**2
    last = nu1**2 - b**3 / mu0**2 - d**3 / mu1**2
    spread = (a * d - b * c) ** 2 / (mu0 * mu1)
    both = nu0 * nu1
    assert first + last == both - 3 * spread
    return first >= 0 and last >= 0 and spread**3 <= first * last * both, (
        first * last * both - spread**3
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_rational_test_of_the_constant_agrees(seed):
    dice = Random(seed)
    for _ in range(100):
        weights = [dice.randint(1, 12) for _ in range(4)]
        cells = [Fraction(w, sum(weights)) for w in weights]
        best, _ = constant_is_best(*cells)
        assert (binary_optimum(law_of(*weights)).kind == "constant") == best


@pytest.mark.parametrize("r", [Fraction(k, 12) for k in range(1, 12)])
def test_the_symmetric_pair_has_a_polynomial(r):
    cells = [(1 + r) / 4, (1 - r) / 4, (1 - r) / 4, (1 + r) / 4]
    best, excess = constant_is_best(*cells)
    assert excess == (1 - r**2) ** 2 * (1 - 4 * r**2) / 256
    assert best == (r <= Fraction(1, 2))


def test_the_constant_is_best_where_the_labels_differ_often_enough():
    """For 1/3 <= b + c <= 2/3; just below it is not best for some law."""
    dice = Random(5)
    for _ in range(200):
        weights = [dice.randint(0, 9) for _ in range(4)]
        total = sum(weights)
        if total and total <= 3 * (weights[1] + weights[2]) <= 2 * total:
            assert binary_optimum(law_of(*weights)).kind == "constant"
    below = binary_optimum(law_of(Fraction(67, 200), Fraction(33, 100), 0, Fraction(67, 200)))
    assert below.kind != "constant"


@pytest.mark.parametrize("first", [(9, 3, 1), (4, 2, 1), (16, 4, 1)])
def test_the_optimal_latent_where_it_is_rational(first):
    """It attains the exact score, and is independent of whether the features agree."""
    more, apart, less = first
    for share in (1, 2, 3):  # of four, for the first component
        weights = {
            (x, y, label): part * count
            for label, part, (a, d) in (("+", share, (more, less)), ("-", 4 - share, (less, more)))
            for x, y, count in (("0", "0", a), ("0", "1", apart), ("1", "1", d))
        }
        law = Dist.from_weights(weights, "X Y L")
        features = law.marginal("X Y")
        score = measure(law, "I(X;Y|L) + I(L;X|Y) + I(L;Y|X)")
        assert binary_optimum(features).exact == score
        agreed = law.with_function("E", lambda x, y: str(x == y), of="X Y")
        assert measure(agreed, "I(L;E)") == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_constant_is_best_where_the_features_differ_a_third_to_two_thirds_of_the_time(seed):
    dice = Random(seed)
    for _ in range(50):
        apart = dice.randint(20, 40)
        b, a = (Fraction(dice.randint(0, 60), 60) for _ in range(2))
        law = law_of(a * (60 - apart), b * apart, (1 - b) * apart, (1 - a) * (60 - apart))
        assert binary_optimum(law).kind == "constant", law


def test_below_a_third_another_latent_may_be_best():
    assert binary_optimum(law_of(1, 1, 0, 1)).kind == "constant"
    assert binary_optimum(law_of(1000, 999, 0, 1000)).kind == "zero-cell"
