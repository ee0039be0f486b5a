"""Claims false or true by a factor 1 + 10^-k: decided right where floating solvers give up."""

from fractions import Fraction

import pytest

from natlat_sym import NotDerivable, prove, refute

CASES = [
    ("I(X;Y)", "H(X)"),
    ("H(R|M)", "I(X1;X2|M) + H(R|X1) + H(R|X2)"),
    ("I(L;X1,X2|M)", "I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 I(L;M|X1,X2)"),
]


@pytest.mark.parametrize("k", range(1, 31))
@pytest.mark.parametrize(("left", "right"), CASES, ids=["two", "functions", "stochastic"])
def test_near_misses(left, right, k):
    above, below = 1 + Fraction(1, 10**k), 1 - Fraction(1, 10**k)
    prove(f"{below} {left} <= {right}")
    with pytest.raises(NotDerivable):
        prove(f"{above} {left} <= {right}")


@pytest.mark.parametrize("k", [1, 10, 30, 100])
def test_a_false_near_miss_is_refuted_by_an_exact_law(k):
    found = refute(f"{1 + Fraction(1, 10**k)} I(X;Y) <= H(X)")
    assert 0 < found.excess <= found.law.entropy("X") / 10**k
