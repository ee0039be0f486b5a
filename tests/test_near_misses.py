"""Claims false or true by a factor 1 + 10^-k: decided right where floating solvers give up."""

from fractions import Fraction

import pytest

from natlat_sym import NotDerivable, prove, refute
from natlat_sym.search.system import System

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


FIVE = " + ".join(
    f"{i} H(R|{','.join(f'X{j}' for j in range(1, 6) if j != i)})" for i in range(1, 6)
)


@pytest.mark.parametrize("k", range(7, 31))
@pytest.mark.parametrize(
    ("left", "right"),
    [*CASES, ("H(R|L)", "4 TC(X1;X2;X3;X4;X5|L) + " + FIVE.replace("1 H", "H", 1))],
    ids=["two", "functions", "stochastic", "five features"],
)
def test_near_misses_are_settled_by_refinement(left, right, k, monkeypatch):
    def simplex(_):
        raise AssertionError("the rational simplex was needed")

    monkeypatch.setattr(System, "_exactly", simplex)
    prove(f"{1 - Fraction(1, 10**k)} {left} <= {right}")
    with pytest.raises(NotDerivable):
        prove(f"{1 + Fraction(1, 10**k)} {left} <= {right}")


@pytest.mark.parametrize("sign", [1, -1])
def test_what_refinement_does_not_settle_the_simplex_does(sign, monkeypatch):
    monkeypatch.setattr("natlat_sym.search.system.refinements", lambda *_: ())
    scale = 1 + sign * Fraction(1, 10**20)
    if sign > 0:
        with pytest.raises(NotDerivable):
            prove(f"{scale} I(X;Y) <= H(X)")
    else:
        assert prove(f"{scale} I(X;Y) <= H(X)").certificate.data["proof"][-1]["weight"] == str(
            scale
        )
