"""Wyner's common information from above: exact mediators, and the closed forms they meet."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import Bits, Dist, I, common_part, find_natural_latent, wyner_latent, zoo
from natlat_sym.errors import InvalidInput


def symmetric(flip):
    return Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=flip)


def binary_entropy(p):
    return Bits.combine([(-p, Bits.log2(p)), (p - 1, Bits.log2(1 - p))])


@pytest.mark.parametrize("root", [Fraction(1, 10), Fraction(1, 5), Fraction(3, 8)])
def test_symmetric_pairs_with_a_rational_optimum(root):
    # C_W = 1 + h(a) - 2 h(r) with a = 2 r (1 - r).
    flip = 2 * root * (1 - root)
    found = wyner_latent(symmetric(flip), "X", "Y")
    assert found.information == 1 + binary_entropy(flip) - 2 * binary_entropy(root)


@pytest.mark.parametrize(
    ("flip", "least", "floor"),
    [("1/10", "0.8727606", "0.5310044"), ("1/4", "0.6095261", "0.1887219")],
)
def test_symmetric_pairs_with_an_algebraic_optimum(flip, least, floor):
    # The optimum is 1 + h(a) - 2 h(r), r = (1 - sqrt(1 - 2a))/2: seven digits known, never below.
    found = wyner_latent(symmetric(flip), "X", "Y")
    below, above = (Fraction(least) + sign * Fraction(1, 10**7) for sign in (-1, 1))
    assert below < found.information < above
    assert f"{found.floor:.7f}" == floor
    with mpmath.workdps(60):
        a = mpmath.mpf(Fraction(flip).numerator) / Fraction(flip).denominator
        r = (1 - mpmath.sqrt(1 - 2 * a)) / 2
        h = [-p * mpmath.log(p, 2) - (1 - p) * mpmath.log(1 - p, 2) for p in (a, r)]
        optimum = Fraction(mpmath.nstr(1 + h[0] - 2 * h[1], 50))
    assert optimum < found.information < optimum + Fraction(1, 10**10)


def test_where_a_natural_latent_exists_the_bounds_meet():
    found = wyner_latent(zoo.law("C03"), "X1", "X2")
    assert found.information == found.floor == common_part(zoo.law("C03"), "X1", "X2").entropy
    assert found.information == Bits("-2/3 + log2(3)")


@st.composite
def pairs(draw, labels="012"):
    outcome = st.tuples(*[st.sampled_from(labels)] * 2)
    weights = draw(st.dictionaries(outcome, st.integers(1, 5), min_size=2, max_size=9))
    return Dist.from_weights(dict(sorted(weights.items())), "X Y")


@given(st.one_of(pairs(), pairs("01")))
@settings(max_examples=15)
def test_common_information_lies_above_shared(law):
    found = wyner_latent(law, "X", "Y")
    assert I("X;Y|W")(found.law) == 0
    assert found.law.marginal("X Y") == law
    assert found.information == I("X,Y;W")(found.law)
    assert common_part(law, "X", "Y").entropy <= found.floor == I("X;Y")(law) <= found.information
    assert found.information <= min(law.entropy("X"), law.entropy("Y"))
    if find_natural_latent(law, ["X", "Y"]).exists:
        assert found.information == found.floor


def test_other_variables_stay():
    law = zoo.law("C11")
    found = wyner_latent(law, "X1", "X2", name="V")
    assert found.law.names == ("L", "X1", "X2", "V") or set(found.law.names) == {*law.names, "V"}
    assert found.law.marginal(law.names) == law
    # The two readings were made by a fair bit, which is one of the mediators that compete.
    assert found.information <= I("X1,X2;L")(law)


@pytest.mark.parametrize(
    ("groups", "says"),
    [(("X1", "X1,X2"), "without common variables"), (("X1", "Z"), "got 'Z'")],
)
def test_bad_groups(groups, says):
    with pytest.raises(InvalidInput, match=says):
        wyner_latent(zoo.law("C11"), *groups)


def test_a_law_with_a_parameter():
    with pytest.raises(InvalidInput, match="without parameters"):
        wyner_latent(zoo.law("resampled-rarely"), "X1", "X2")
