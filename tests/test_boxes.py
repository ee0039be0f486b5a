"""Signs of functions of several parameters: proved, false with points, or undecided."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import natlat_sym as nl
from natlat_sym import BitsFunction
from natlat_sym.parameters import rolle, signs
from natlat_sym.parameters.ratios import Ratio

SQUARE = "0 < d < 1, 0 < e < 1"
HALVES = "0 < a < 1/2, 0 < b < 1/2"


def ratio(text, ranges=SQUARE):
    return Ratio(text, ranges)


def readings():
    a, b = nl.parameter("0 < a < 1/2"), nl.parameter("0 < b < 1/2")
    coin = nl.Dist.uniform("L", ["0", "1"])
    return coin.extend("X1", "L", flip=a).extend("X2", "L", flip=b)


# ---- rational functions ----


@pytest.mark.parametrize(
    ("text", "ranges", "taken"),
    [
        ("d + e", SQUARE, {1}),
        ("d*e - d - e", SQUARE, {-1}),
        ("d^2 - d*e + e^2", SQUARE, {1}),  # 0 at a corner, and no factor of it
        ("d^2 - d*e^2 + e^4", SQUARE, {1}),
        ("d^2 - 3*d*e + e^2", SQUARE, {-1, 0, 1}),
        ("d - e", SQUARE, {-1, 0, 1}),
        ("(d - e)^2", SQUARE, {0, 1}),
        ("(d - e)^2*(d + e - 3)", SQUARE, {-1, 0}),
        ("(2*d - 1)^2 + (2*e - 1)^2", SQUARE, {0, 1}),  # 0 at the middle alone
        ("(2*d - 1)^2 + (4*e - 1)^2", SQUARE, {0, 1}),
        ("(2*d - 1)^2 + e", "0 < d < 1, 0 <= e < 1", {0, 1}),  # 0 inside a face
        ("(2*d - 1)^2 + e", SQUARE, {1}),
        ("d + e", "0 <= d < 1, 0 < e < 1", {1}),
        ("d + e", "0 <= d < 1, 0 <= e < 1", {0, 1}),
        ("d*e", "0 <= d < 1, 0 < e < 1", {0, 1}),
        ("d^2 - d*e + e^2", "d > 0, e > 0", {1}),
        ("d - e", "d >= 2, e < 1", {1}),
        ("d - e", "d >= 1, e <= 1", {0, 1}),
        ("d - e", "d > 0, e > 0", {-1, 0, 1}),
        ("(d - e)/(d + e)", SQUARE, {-1, 0, 1}),
    ],
)
def test_signs_of_rational_functions(text, ranges, taken):
    f = ratio(text, ranges)
    found = signs.signs_taken(f)
    assert set(found) == taken
    for sign, point in found.items():
        assert point is None or (f.at(**point) > 0) - (f.at(**point) < 0) == sign
        assert point is None or all(x in f.ranges[name] for name, x in point.items())
    assert rolle.signs_taken(BitsFunction(text, ranges)).keys() == taken


def test_what_touches_0_at_a_point_that_halving_misses_is_undecided():
    f = ratio("(3*d - 1)^2 + (3*e - 1)^2")
    assert f + Fraction(1, 1000) > 0
    with pytest.raises(nl.Undecided, match=r"was not decided with \d+ boxes; narrow the ranges"):
        f > 0


def test_a_mass_that_vanishes_at_one_point_inside_is_refused():
    d, e = nl.parameter("0 < d < 1"), nl.parameter("0 < e < 1")
    mass = ((2 * d - 1) ** 2 + (2 * e - 1) ** 2) / 8
    law = nl.Dist.from_dict({"0": mass, "1": 1 - mass}, "X")
    with pytest.raises(nl.InvalidInput, match=re.escape("at d = 1/2, e = 1/2, where the support")):
        nl.H("X")(law)


def test_a_root_next_to_an_end_is_not_lost():
    e = nl.parameter("0 < e < 1")
    tiny = e**3 - 2 * e / 10**20  # negative below 1.41e-10
    log = BitsFunction.log2(1 + e)
    for f in (tiny, BitsFunction("0", "0 < e < 1") + tiny, tiny * nl.Bits(1)):
        with pytest.raises(nl.Undecided, match="negative at e = "):
            f >= 0
    with pytest.raises(nl.Undecided, match="negative at e = "):
        log * tiny >= 0


@settings(max_examples=30)
@given(st.lists(st.integers(-3, 3), min_size=9, max_size=9))
def test_rational_signs_agree_with_a_grid(weights):
    terms = [f"{w}*d^{i // 3}*e^{i % 3}" for i, w in enumerate(weights) if w]
    f = ratio(" + ".join(terms).replace("+ -", "- ") or "0", "0 <= d <= 1, 0 <= e < 1")
    try:
        found = signs.signs_taken(f)
    except nl.Undecided:
        return
    for i in range(9):
        for j in range(8):
            value = f.at(d=Fraction(i, 8), e=Fraction(j, 8))
            assert (value > 0) - (value < 0) in found


# ---- log sums ----


@pytest.mark.parametrize(
    ("text", "ranges", "taken"),
    [
        ("log2(1 + d) + log2(1 + e)", SQUARE, {1}),
        ("log2(1 + d*e)", SQUARE, {1}),
        ("log2(1 + d) - log2(1 + e)", SQUARE, {-1, 0, 1}),
        ("log2(1 + (d - e)^2)", SQUARE, {0, 1}),
        ("log2(1 + d)*e + d", SQUARE, {1}),
        ("log2(1 + d) - d*log2(1 + e)", SQUARE, {1}),
        ("log2(1 + d) - d*log2(1 + e)", "0 <= d < 1, 0 < e < 1", {0, 1}),
        ("log2(1 + d) + log2(1 + e) - d - e", SQUARE, {1}),
        ("log2(1 + d) + log2(1 + e) - 13/10*d - 13/10*e", SQUARE, {-1, 0, 1}),
        ("log2(1 + d) + log2(1 + e) - 2", SQUARE, {-1}),
        ("log2(1 + d) + log2(1 + e) - 2", "0 < d <= 1, 0 < e <= 1", {-1, 0}),
        ("log2(1 + d + e) - log2(1 + d)", "d > 0, e >= 0", {0, 1}),
        ("d - e*log2(e)", "0 <= d < 1, 0 <= e < 1", {0, 1}),
        ("d*e*log2(3) - d*log2(e)", SQUARE, {1}),
    ],
)
def test_signs_of_log_sums(text, ranges, taken):
    f = BitsFunction(text, ranges)
    found = rolle.signs_taken(f)
    assert set(found) == taken
    for sign, point in found.items():
        assert point is None or f.at(**point).sign() == sign


@pytest.mark.parametrize(
    "text",
    [
        "I(X1;X2)",  # 0 on two walls, and twice so where they meet
        "I(L;X1) - I(X1;X2)",  # the second reading tells less of the first than the coin
        "I(L;X1|X2)",
        "H(L|X1) - H(L|X1,X2)",
        "I(L;X1) + I(L;X2) - I(L;X1,X2)",
        "H(L|X1,X2)",
    ],
)
def test_strict_claims_about_two_readings_of_a_coin(text):
    value = nl.form(text)(readings())
    assert value > 0
    assert value >= 0
    assert not value <= 0


def test_false_claims_about_two_readings_of_a_coin():
    first, second = nl.form("I(L;X1)")(readings()), nl.form("I(L;X2)")(readings())
    shared = nl.form("I(X1;X2)")(readings())
    assert not shared > first
    with pytest.raises(nl.Undecided, match=r"negative at a = .*, positive at a = "):
        first >= second
    with pytest.raises(nl.Undecided, match="changes its sign"):
        shared > Fraction(1, 2)


def test_three_readings_of_a_coin(monkeypatch):
    law = readings().extend("X3", "L", flip=nl.parameter("0 < c < 1/2"))
    assert nl.form("TC(X1;X2;X3)")(law) > 0
    assert nl.form("H(L|X1,X2) - H(L|X1,X2,X3)")(law) > 0
    monkeypatch.setattr("natlat_sym.parameters.boxes.WORK", 200)
    monkeypatch.setattr("natlat_sym.parameters.boxes.MAX_BOXES", 4)
    with pytest.raises(nl.Undecided, match="was not decided with 4 boxes"):
        nl.form("I(X1;X2) - I(X1;X2|X3)")(law) > 0


def test_a_function_that_touches_0_inside_is_undecided(monkeypatch):
    monkeypatch.setattr("natlat_sym.parameters.boxes.MAX_BOXES", 20)
    f = BitsFunction("log2(1 + (d - e)^2) + (d - e)^2", SQUARE)
    with pytest.raises(nl.Undecided, match=r"was not decided with 20 boxes .* narrow"):
        f >= 0
    assert f + 1 > 0


def test_an_end_without_a_value_must_not_belong_to_the_range():
    assert BitsFunction("log2(d) + log2(e)", SQUARE) < 0
    with pytest.raises(nl.Undecided, match="no value at d = 0, which belongs to the range; leave"):
        BitsFunction("log2(d) + log2(e)", "0 <= d < 1, 0 < e < 1") < 0


def test_what_has_coefficient_0_is_dropped_when_a_value_is_put_in():
    f = BitsFunction("d - e*log2(e)", "0 <= d < 1, 0 <= e < 1")
    assert f.substitute({"e": Fraction(0)}) == nl.parameter("0 <= d < 1")
    with pytest.raises(nl.InvalidInput):
        BitsFunction("log2(e) + d", SQUARE).substitute({"e": Fraction(0)})


@settings(max_examples=10)
@given(
    st.lists(st.integers(-2, 2), min_size=6, max_size=6),
    st.lists(st.integers(1, 3), min_size=2, max_size=2),
)
def test_signs_of_log_sums_agree_with_a_grid(weights, shifts):
    a, b, c, d, e, f = weights
    one, two = f"({a} + {b}*d)*log2({shifts[0]} + e)", f"({c} + {d}*e)*log2({shifts[1]} + d*e)"
    function = BitsFunction(f"{one} + {two} + {e}*d + {f}/2", SQUARE)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("natlat_sym.parameters.boxes.MAX_BOXES", 12)
            found = rolle.signs_taken(function)
    except nl.Undecided:
        return
    for i in range(1, 12):
        for j in range(1, 12):
            x, y = i / 12, j / 12
            value = (a + b * x) * math.log2(shifts[0] + y) + e * x + f / 2
            value += (c + d * y) * math.log2(shifts[1] + x * y)
            if abs(value) > 1e-9:
                assert (1 if value > 0 else -1) in found
