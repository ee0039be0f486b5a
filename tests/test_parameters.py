"""Laws with parameters: the same code over rational functions, compared with rational points."""

import json
import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import natlat_sym as nl
from natlat_sym.parameters.declared import read_ratio, with_values
from natlat_sym.parameters.functions import BitsFunction
from natlat_sym.parameters.ranges import Interval, Ranges
from natlat_sym.parameters.ratios import Ratio
from natlat_sym.parameters.rolle import signs_taken

E = nl.parameter("0 < e < 1/2")
D = nl.parameter("0 < d < 1")
BSC = {("0", "0"): (1 - E) / 2, ("1", "1"): (1 - E) / 2, ("0", "1"): E / 2, ("1", "0"): E / 2}
FORMS = ["H(X1)", "I(X1;X2)", "TC(X1;X2|L)", "DTC(X1;X2;L)", "KL(X1 <- L -> X2)", "H(L|X2)"]
POINTS = ["1/4", "1/10", "1/1000000000", "499999999/1000000000", f"1/{10**30}", f"1/{10**300}"]


def entropy(*masses):
    return nl.Bits.combine((-Fraction(m), nl.Bits.log2(Fraction(m))) for m in masses if m)


# ---- the field ----


def test_rational_functions_have_one_form():
    assert (E**2 - 1) / (E - 1) == E + 1
    assert str((1 - E) / 2) == "(1 - e)/2"
    assert hash(E - E + 1) == hash(1)
    assert E - E == 0
    assert not E - E
    assert Fraction(1, 2) == (2 * E) / (4 * E)
    assert 1 / E * E == 1
    assert str(1 / (E * D + D)) == "1/(d + d*e)"


@given(st.lists(st.sampled_from("0123456789e+-*/^() "), max_size=14).map("".join))
def test_text_is_read_or_refused_in_words(text):
    try:
        value = read_ratio(text, Ranges.read("0 < e < 1/2"))
    except nl.SyntaxInvalid as error:
        refused = str(error)
    else:
        refused = ""
        assert read_ratio(str(value), value.ranges) == value
    assert refused.startswith("expected") or not refused


def test_the_power_zero_is_one():
    assert read_ratio("0^0 + e^0", Ranges.read("0 < e < 1/2")) == 2
    assert (E - E) ** 0 == 1


@pytest.mark.parametrize("value", [E, (1 - E) / 2, E * D / (1 + E), -E + D**2 / 3, E - E])
def test_repr_of_a_function_evaluates(value):
    assert eval(repr(value), {"Ratio": Ratio}) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0 < e < 1/2", "0 < e < 1/2"),
        ("0<=e<1", "0 <= e < 1"),
        ("e > 0", "e > 0"),
        ("e <= 3", "e <= 3"),
        ("0.25 < e <= 1e3", "1/4 < e <= 1000"),
    ],
)
def test_ranges_are_read_and_printed(text, shown):
    assert str(Ranges.read(text)) == shown
    assert Ranges.read(shown) == Ranges.read(text)


@pytest.mark.parametrize("text", ["", "e", "0 < E < 1", "1 < e < 0", "0 < e < e", "0 < e > 1", 5])
def test_other_ranges_are_refused(text):
    with pytest.raises(nl.InvalidInput, match="expected"):
        Ranges.read([text])


def test_one_parameter_has_one_range():
    with pytest.raises(nl.FieldMismatch, match="expected one range for e"):
        E + nl.parameter("0 < e < 1")


@pytest.mark.parametrize(
    ("value", "order"),
    [
        (E, 1),
        (E - 1, -1),
        ((1 - 2 * E) ** 3, 1),
        (E * D, 1),
        (D - E * D + E - 2, -1),
        (E**2 + D**2 - E * D + Fraction(1, 100), 1),
        (1 + E - E, 1),
    ],
)
def test_signs_on_the_whole_range(value, order):
    assert value.sign() == order
    assert (value > 0) == (order > 0)
    assert (value < 0) == (order < 0)


@pytest.mark.parametrize("value", [1 - 4 * E, E - D, E**2 - E / 3, D**2 - Fraction(1, 2)])
def test_a_sign_that_changes_is_reported_with_points(value):
    with pytest.raises(nl.Undecided, match=r"positive at .*negative at"):
        value.sign()


def test_closed_ends_count():
    e = nl.parameter("0 <= e < 1/2")
    assert e >= 0
    with pytest.raises(nl.Undecided, match="zero at e = 0"):
        e > 0
    assert 1 - 2 * e > 0


# ---- laws ----


def test_a_law_with_a_parameter_answers_like_any_other():
    law = nl.Dist.from_dict(BSC, "X1 X2").with_function("L", lambda x: x, of="X1")
    assert law.mass(("0", "1", "0")) == E / 2
    assert law.probability({"X2": "1"}, given={"X1": "0"}) == E
    assert str(nl.I("X1;X2")(law)) == "1 + (1 - e)*log2(1 - e) + e*log2(e)"
    report = nl.natural_latent(law, ["X1", "X2"], "L")
    assert report.mediation == 0
    assert report.weak["X1"] == nl.H("X1|X2")(law)
    assert not report.verdict["natural_weak"]


def test_text_masses_need_a_declaration():
    law = nl.Dist.from_dict({"h": "1 - e", "t": "e"}, "X", parameters="0 < e < 1/2")
    assert law == nl.Dist.from_dict({"h": 1 - E, "t": E}, "X")
    assert eval(repr(law), {"Dist": nl.Dist}) == law
    with pytest.raises(nl.SyntaxInvalid, match="one of the parameters e in 'd', got 'd'"):
        nl.Dist.from_dict({"h": "1 - e", "t": "d"}, "X", parameters="0 < e < 1/2")


@pytest.mark.parametrize(
    ("masses", "error", "message"),
    [
        ({"h": 1 - E, "t": 2 * E}, nl.NotNormalised, r"they sum to 1 \+ e"),
        ({"h": 1 - 4 * E, "t": 4 * E}, nl.Undecided, "the sign of 1 - 4\\*e changes"),
        ({"h": 1 + E, "t": -E}, nl.InvalidInput, "at least 0, outcome \\(t\\) has -e"),
    ],
)
def test_masses_are_checked_on_the_whole_range(masses, error, message):
    with pytest.raises(error, match=message):
        nl.Dist.from_dict(masses, "X")


def test_a_support_that_changes_inside_is_refused():
    e = nl.parameter("0 < e < 1")
    masses = {"a": (2 * e - 1) ** 2, "b": 1 - (2 * e - 1) ** 2}
    law = nl.Dist.from_dict(masses, "X")
    with pytest.raises(nl.InvalidInput, match=r"vanishes inside the range .* at e = 1/2"):
        nl.H("X")(law)


def test_parameters_that_cancel_leave_numbers():
    law = nl.Dist.from_dict(
        {("0", "0"): E, ("0", "1"): Fraction(1, 2) - E, ("1", "0"): "1/2"}, "X Y"
    )
    value = nl.H("X")(law)
    assert value == 1
    assert value.constant() == 1
    assert hash(value) == hash(nl.Bits(1))


def test_law_files_declare_parameters(tmp_path):
    law = nl.Dist.from_dict(BSC, "X1 X2")
    path = tmp_path / "law.json"
    nl.write_law(law, path)
    assert json.loads(path.read_text())["parameters"] == {"e": "0 < e < 1/2"}
    assert nl.read_law(path) == law


@pytest.mark.parametrize("point", ["0", "1/2", *POINTS])
def test_points_of_a_family_are_laws(point):
    law = nl.Dist.from_dict(BSC, "X1 X2").with_function("L", lambda x: x, of="X1")
    here = law.at(e=point)
    for text in FORMS:
        assert nl.form(text)(law).at(e=point) == nl.form(text)(here)


def test_the_support_shrinks_at_an_end():
    law = nl.Dist.from_dict(BSC, "X1 X2")
    assert len(law) == 4
    assert len(law.at(e=0)) == 2
    with pytest.raises(nl.InvalidInput, match="expected 0 < e < 1/2, got e = 3/4"):
        law.at(e="3/4")
    with pytest.raises(nl.InvalidInput, match="expected a value for e, got none"):
        law.at()


@st.composite
def families(draw):
    """A law on three bits whose masses are products and sums of simple factors."""
    weights = {}
    for cell in range(8):
        a, b, c = (draw(st.integers(0, 2)) for _ in range(3))
        if a + b + c:
            weights[tuple(format(cell, "03b"))] = a + b * E + c * (1 - E) * D
    return weights


def test_a_value_for_some_of_the_parameters():
    law = nl.zoo.law("common-cause")
    for b in ("1/10", 0, "1/2"):
        some = law.at(b=b)
        assert list(some.parameters) == ["a"]
        for a in ("1/5", 0):
            assert some.at(a=a) == law.at(a=a, b=b)
        assert nl.I("X1;X2")(some).at(a="1/5") == nl.I("X1;X2")(law).at(a="1/5", b=b)
    with pytest.raises(nl.InvalidInput, match="expected 0 < b < 1/2, got b = 2"):
        law.at(b=2)
    with pytest.raises(nl.InvalidInput, match="expected values for a, b, got one for c"):
        law.at(c=2)
    quotient = nl.Dist.from_weights({"0": "1", "1": "d/(d + e)"}, "X", "0 < d < 1, 0 < e < 1")
    assert quotient.at(e=0) == nl.Dist.uniform("X", "01")
    with pytest.raises(nl.InvalidInput, match="is defined"):
        with_values(Ratio("d/e", "0 < d < 1, 0 < e < 1"), {"e": 0})


@settings(max_examples=25)
@given(
    families(),
    st.fractions(Fraction(1, 50), Fraction(24, 50), max_denominator=50),
    st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50),
)
def test_symbolic_and_rational_agree_at_rational_points(weights, e, d):
    if not weights:
        return
    law = nl.Dist.from_weights(weights, "X1 X2 L")
    here = law.at(e=e, d=d) if law.parameters else law
    point = {name: value for name, value in {"e": e, "d": d}.items() if name in law.parameters}
    here = law.at(**point)
    for text in FORMS:
        value = nl.form(text)(law)
        assert (value.at(**point) if isinstance(value, BitsFunction) else value) == nl.form(text)(
            here
        )


def test_divergence_between_families():
    p = nl.Dist.from_dict(BSC, "X1 X2")
    uniform = nl.Dist.uniform("X1 X2", [(a, b) for a in "01" for b in "01"])
    assert nl.kl(p, uniform) == nl.I("X1;X2")(p)
    assert nl.kl(uniform, p).at(e="1/4") == nl.kl(uniform, p.at(e="1/4"))
    assert nl.kl(p, p) == 0
    assert nl.kl(uniform, p.at(e=0)) == nl.oo


def test_channels_mixtures_and_couplings():
    coin = nl.Dist.uniform("L", ["0", "1"])
    law = coin.extend("X1", "L", flip=E).extend("X2", "L", flip=D)
    assert nl.TC("X1;X2|L")(law) == 0
    assert law.couple(law.marginal("X1 L").rename({"L": "M"})).marginal(law.names) == law
    mixed = coin.mix(nl.Dist.uniform("L", ["0"]), E)
    assert mixed.mass("0") == (1 + E) / 2
    with pytest.raises(nl.InvalidInput, match="flip mass between 0 and 1"):
        coin.extend("X", "L", flip=E + 1)


# ---- amounts ----


def test_the_normal_form_is_unique():
    f = BitsFunction("log2(1 - e^2)", "0 < e < 1")
    g = BitsFunction("log2(1 - e) + log2(1 + e)", "0 < e < 1")
    assert f == g
    assert hash(f) == hash(g)
    assert str(f) == "log2(1 + e) + log2(1 - e)"
    assert f - g == 0
    assert BitsFunction("log2(6*e) - log2(2*e)", "0 < e < 1") == nl.Bits("log2(3)")
    assert BitsFunction("e*log2(3)", "0 < e < 1") != BitsFunction("e*log2(5)", "0 < e < 1")


def test_large_integers_inside_need_no_factoring():
    p, q = 2**521 - 1, 2**607 - 1
    one = nl.parameter("0 < e < 1")
    f = BitsFunction.log2(p * q + 0 * one) - BitsFunction.log2(p + 0 * one)
    assert f == nl.Bits.log2(q)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1 + (1 - e)*log2(1 - e) + e*log2(e)",
        "-(1 - e)/2*log2(3) - log2(1 + e + e^2)",
        "e^2/(1 + e) - (e/(1 + e))*log2(2 + 3*e)",
    ],
)
def test_amounts_print_and_parse(text):
    value = BitsFunction(text, "0 < e < 1")
    assert str(value) == text
    assert eval(repr(value), {"BitsFunction": BitsFunction}) == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("log2(e)*log2(e)", nl.InvalidInput),
        ("log2(e - 1)", nl.InvalidInput),
        ("log2(1 - 2*e)", nl.InvalidInput),
        ("log2(log2(e))", nl.SyntaxInvalid),
        ("log2 e", nl.SyntaxInvalid),
        ("log2(e", nl.SyntaxInvalid),
        ("2*d", nl.SyntaxInvalid),
    ],
)
def test_other_amounts_are_refused(text, error):
    with pytest.raises(error):
        BitsFunction(text, "0 < e < 1")


def test_amounts_and_numbers_mix():
    f = BitsFunction("log2(1 + e)", "0 < e < 1")
    e = nl.parameter("0 < e < 1")
    assert f + nl.Bits("log2(3)") - f == nl.Bits("log2(3)")
    assert nl.Bits(1) - f == -(f - 1)
    assert e * nl.Bits("log2(3)") == BitsFunction("e*log2(3)", "0 < e < 1")
    assert (f * e / e) == f
    assert f.substitute({"e": Fraction(1, 2)}) == nl.Bits("log2(3) - 1")
    with pytest.raises(nl.InvalidInput, match="product of two logarithms"):
        f * f


# ---- signs of amounts ----


def h(text="e", ranges="0 < e < 1"):
    return BitsFunction(f"-({text})*log2({text}) - (1 - ({text}))*log2(1 - ({text}))", ranges)


@pytest.mark.parametrize(
    ("f", "signs"),
    [
        (h(), {1}),
        (1 - h(), {0, 1}),
        (1 - h(ranges="0 < e < 1/2"), {1}),
        (h() - Fraction(1, 2), {-1, 0, 1}),
        (h(ranges="0 <= e < 1/2"), {0, 1}),
        (BitsFunction("log2(1 + e) - e", "0 < e < 1"), {1}),
        (BitsFunction("log2(1 + e) - e", "0 <= e <= 1"), {0, 1}),
        (BitsFunction("log2(1 + e) - 13/10*e", "0 < e < 1"), {-1, 0, 1}),
        (h() - 4 * BitsFunction("e*(1 - e)", "0 < e < 1"), {0, 1}),
        (BitsFunction("log2(1 + e) - log2(3)", "e > 0"), {-1, 0, 1}),
        (BitsFunction("log2(1 + e) - 1", "e > 1"), {1}),
        (BitsFunction("log2(1 + e^2) - log2(1 + e) + log2(7) - 3", "0 < e < 1"), {-1}),
        (BitsFunction("e - 2", "0 < e < 1"), {-1}),
        (BitsFunction("1/3*log2(e) - e*log2(3)", "0 < e < 1/10"), {-1}),
    ],
)
def test_signs_of_one_parameter(f, signs):
    found = signs_taken(f)
    assert set(found) == signs
    for sign, point in found.items():
        if point is not None and all(v in f.ranges[n] for n, v in point.items()):
            assert f.at(**point).sign() == sign


@settings(max_examples=40)
@given(
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
    st.lists(st.integers(1, 5), min_size=2, max_size=2),
    st.integers(-6, 6),
)
def test_signs_agree_with_a_fine_grid(weights, shifts, constant):
    a, b, c, d = weights
    one, two = f"({a} + {b}*e)*log2({shifts[0]} + e)", f"({c} + {d}*e)*log2({shifts[1]} + 2*e)"
    f = BitsFunction(f"{one} + {two} + {constant}/2", "0 < e < 1")
    try:
        found = set(signs_taken(f))
    except nl.Undecided:
        return
    for k in range(1, 60):
        x = k / 60
        value = (
            (a + b * x) * math.log2(shifts[0] + x)
            + (c + d * x) * math.log2(shifts[1] + 2 * x)
            + constant / 2
        )
        if abs(value) > 1e-9:
            assert (1 if value > 0 else -1) in found


def test_an_order_is_about_the_whole_range():
    assert h() <= 1
    assert h(ranges="0 < e < 1/2") < 1
    assert BitsFunction("log2(1 + e)", "0 < e < 1") > nl.parameter("0 < e < 1")
    with pytest.raises(nl.Undecided, match="zero at e = 1/2"):
        h() < 1


def test_a_divergence_bound_for_a_whole_family():
    p = nl.Dist.from_dict(BSC, "X1 X2")
    uniform = nl.Dist.uniform("X1 X2", [(a, b) for a in "01" for b in "01"])
    assert nl.kl(p, uniform) <= 1
    with pytest.raises(nl.Undecided, match="positive at e = "):
        nl.kl(p, uniform) <= E


def test_signs_of_two_parameters():
    f = BitsFunction("log2(1 + e) + log2(1 + d)", "0 < e < 1, 0 < d < 1")
    assert f + Fraction(1, 10) > 0
    with pytest.raises(nl.Undecided, match=r"changes its sign"):
        f < 1
    assert f > 0


# ---- limits ----


@pytest.mark.parametrize(
    ("f", "at", "shown"),
    [
        (h(), "e -> 0+", "e*log2(1/e) + O(e)  as e -> 0+, limit 0"),
        (h(), "e -> 1", "(1 - e)*log2(1/(1 - e)) + O((1 - e))  as e -> 1-, limit 0"),
        (h(), "e -> 1/2+", "1 + O((e - 1/2)^2)  as e -> 1/2+, limit 1"),
        (1 - h(), "e -> 1/2-", "2/ln(2)*(1/2 - e)^2 + O((1/2 - e)^4)  as e -> 1/2-, limit 0"),
        (
            BitsFunction("log2(3) + e", "0 < e < 1"),
            "e -> 0+",
            "log2(3) + O(e)  as e -> 0+, limit log2(3)",
        ),
        (BitsFunction("2*e", "0 < e < 1"), "e -> 0+", "2*e  as e -> 0+, limit 0"),
        (
            BitsFunction("2*e + e^100", "0 < e < 1"),
            "e -> 0+",
            "2*e + O(e^100)  as e -> 0+, limit 0",
        ),
        (
            BitsFunction("e*log2(e) - 3*e^90", "0 < e < 1"),
            "e -> 0+",
            "-e*log2(1/e) + O(e^90)  as e -> 0+, limit 0",
        ),
        (BitsFunction("e*log2(3)", "0 < e < 1"), "e -> 0+", "log2(3)*e  as e -> 0+, limit 0"),
        (BitsFunction("(1 - e)^2", "0 < e < 1"), "e -> 1", "(1 - e)^2  as e -> 1-, limit 0"),
        (BitsFunction("3/n^2", "n > 1"), "n -> oo", "3/n^2  as n -> oo, limit 0"),
        (BitsFunction("log2(3)/n", "n > 1"), "n -> oo", "log2(3)/n  as n -> oo, limit 0"),
        (
            BitsFunction("(1 + log2(3))*e", "0 < e < 1"),
            "e -> 0+",
            "(1 + log2(3))*e  as e -> 0+, limit 0",
        ),
        (BitsFunction("1/e", "0 < e < 1"), "e -> 0+", "1/e  as e -> 0+, limit oo"),
        (nl.Bits("log2(3)"), "e -> 0+", "log2(3)  as e -> 0+, limit log2(3)"),
        (
            BitsFunction("log2(n)/n", "n > 1"),
            "n -> oo",
            "log2(n)/n  as n -> oo, limit 0",
        ),
        (
            BitsFunction("n^2 - log2(n)", "n > 1"),
            "n -> oo",
            "n^2 + O(log2(n))  as n -> oo, limit oo",
        ),
    ],
)
def test_leading_terms(f, at, shown):
    assert str(nl.limits(f, at)) == shown


def test_leading_terms_agree_with_small_numbers():
    f = h() * 3 - BitsFunction("e*log2(3)", "0 < e < 1")
    term = nl.limits(f, "e -> 0+").term
    tiny = Fraction(1, 10**30)
    predicted = -float(term.coefficient.bits) * float(tiny) * math.log2(10**30)
    assert float(f.at(e=tiny)) == pytest.approx(predicted, rel=0.05)


def test_ratios_have_limits():
    f = BitsFunction("-e*log2(e)", "0 < e < 1")
    g = BitsFunction("4*e", "0 < e < 1")
    assert str(nl.ratio_limit(f, g, "e -> 0+")) == "1/4*log2(1/e)  as e -> 0+, limit oo"
    assert nl.ratio_limit(f, f * 3, "e -> 0+").limit == Fraction(1, 3)
    assert nl.ratio_limit(g, f, "e -> 0+").limit == 0
    log = BitsFunction("log2(1 + e)", "0 < e < 1")
    assert str(nl.ratio_limit(log, g, "e -> 0+")) == "(1/4)/ln(2)  as e -> 0+, limit (1/4)/ln(2)"
    threes = BitsFunction("e*log2(3)", "0 < e < 1")
    assert nl.ratio_limit(log, threes, "e -> 0+").limit is None
    assert str(nl.ratio_limit(log, threes, "e -> 0+")).endswith("limit (1/ln(2))/(log2(3))")
    with pytest.raises(nl.InvalidInput, match="not identically 0"):
        nl.ratio_limit(f - f, g, "e -> 0+")


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("e", 'expected a direction such as "e -> 0'),
        ("e -> 1/3", "expected a side"),
        ("e -> 2+", "approached from inside"),
        ("e -> 0-", "approached from inside"),
        ("e->oo", "point of 0 < e < 1 or its end, approached from inside, got e -> oo$"),
        ("e -> -oo", "approached from inside, got e -> -oo$"),
    ],
)
def test_other_directions_are_refused(at, message):
    with pytest.raises(nl.InvalidInput, match=message):
        nl.limits(h(), at)


@pytest.mark.parametrize("convert", [float, "{:.3f}".format])
def test_what_has_parameters_is_no_decimal(convert):
    message = "expected a number, got a function of e; give it values first, with .at(e=...)"
    for function in (h(), nl.parameter("0 < e < 1")):
        with pytest.raises(nl.InvalidInput, match=f"^{re.escape(message)}$"):
            convert(function)
        assert f"{function}" == str(function)
        assert convert(function - function + Fraction(1, 3)) == convert(nl.Bits("1/3"))


def test_two_parameters_need_a_value_first():
    f = BitsFunction("log2(1 + e*d)", "0 < e < 1, 0 < d < 1")
    with pytest.raises(nl.InvalidInput, match="d occurs too"):
        nl.limits(f, "e -> 0+")
    assert nl.limits(f.substitute({"d": Fraction(1, 2)}), "e -> 0+").term.power == 1


def test_an_interval_holds_its_closed_ends():
    interval = Interval(Fraction(0), Fraction(1), low_closed=True)
    assert 0 in interval
    assert 1 not in interval
    assert "1/2" in interval
    assert -1 not in interval


def test_a_dense_table_with_cells_of_mass_zero_is_brought_to_lowest_terms():
    law = nl.Dist.from_dict({"aa": "1 - 2*e", "ba": "e", "bb": "e"}, "Z", parameters="0 < e < 1/2")
    pair = law.push(lambda z: tuple(z[0]), "X Y")
    assert 0 // nl.parameter("0 < e < 1/2") == 0
    assert pair.marginal("Y X").marginal("X Y") == pair
    assert pair.marginal("X").mass("b") == 2 * nl.parameter("0 < e < 1/2")


def test_absolute_values_need_one_sign():
    e = nl.parameter("0 < e < 1/2")
    copy = nl.Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=e)
    shared = nl.I("X;Y")(copy)
    assert abs(shared) == shared == abs(-shared)
    assert nl.claim("I(X;Y) = 1").excess(copy) == 1 - shared
    with pytest.raises(nl.Undecided, match="changes its sign for 0 < e < 1/2"):
        abs(shared - nl.Bits("1/2"))


def read_latex(text):
    """Return LaTeX of a function of parameters in the notation, to be read back."""
    text = text.replace(r"\left", "").replace(r"\right", "")
    text = re.sub(
        r"\\frac\{([^}]*(?:\{\d+\}[^}]*)*)\}\{([^}]*(?:\{\d+\}[^}]*)*)\}", r"(\1)/(\2)", text
    )
    text = re.sub(r"\^\{(\d+)\}", r"^\1", text)
    text = re.sub(r"(?<=[\w)]) ?\\log_2 ", "*log2 ", text).replace(r"\log_2 ", "log2 ")
    text = re.sub(r"log2 (\d+)", r"log2(\1)", text).replace("log2 (", "log2(")
    return re.sub(r"(?<=[\w)]) (?=[a-z(])", "*", text)


@pytest.mark.parametrize(
    "text",
    [
        "-(16 - 15*d)/16*log2(1 + 15*d) + 15*d/16*log2(d)",
        "3 - d/2 + (d - 1)*log2(1 - d) - d^2*log2(d)",
        "(1 - 2*d)/(1 + d) - d/(1 + d)*log2(3) - (1 - d)*log2(1 + 3*d^2)",
        "-log2(d)",
        "0",
    ],
)
def test_latex_says_what_the_text_says(text):
    amount = nl.BitsFunction(text, "0 < d < 1/2")
    assert nl.BitsFunction(read_latex(amount.to_latex()), "0 < d < 1/2") == amount


def test_a_difference_before_a_logarithm_stands_in_one_fraction():
    """It read 15d/16 - 1 log2(1 + 15d), which is another number."""
    amount = nl.BitsFunction("-(16 - 15*d)/16*log2(1 + 15*d)", "0 < d < 1/2")
    assert amount._repr_latex_() == r"$-\frac{16 - 15 d}{16}\log_2 \left(15 d + 1\right)$"
