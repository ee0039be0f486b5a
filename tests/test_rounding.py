"""Decimals, floats and bounds are correctly rounded: against mpmath and Python's own formats."""

import math
from fractions import Fraction

import mpmath
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from natlat_sym.exact.bits import Bits

rationals = st.fractions(-50, 50, max_denominator=60)
irrationals = st.builds(
    lambda q, c, a: Bits(q) + c * Bits.log2(a),
    rationals,
    rationals.filter(bool),
    st.integers(3, 10**6).filter(lambda n: n & (n - 1)),
)
tiny = st.builds(
    lambda d, s: s * (Bits.log2(Fraction(10**d + 1, 10**d))),
    st.integers(1, 60),
    rationals.filter(bool),
)
values = st.one_of(irrationals, tiny)


def high_precision(b, digits):
    with mpmath.workdps(digits):
        value = mpmath.mpf(b.rational.numerator) / b.rational.denominator
        for atom, c in b.atoms:
            value += mpmath.log(atom, 2) * c.numerator / c.denominator
        return Fraction(*map(int, mpmath.libmp.to_rational(value._mpf_)))


@given(values, st.integers(0, 80))
def test_decimals_are_the_nearest(b, places):
    x = high_precision(b, 300)
    text = b.decimal(places)
    assert text == f"{b:.{places}f}"
    assert abs(Fraction(text) - x) <= Fraction(1, 2 * 10**places)
    assert len(text.partition(".")[2]) == places
    assert text.startswith("-") == (b < 0)


@given(values, st.integers(1, 60))
def test_significant_digits_are_the_nearest(b, significant):
    x = high_precision(b, 300)
    text = b.approx(significant)
    head, _, exponent = text.lstrip("-").partition("e")
    shown = head.replace(".", "").lstrip("0")
    assert len(shown) == significant
    ulp = Fraction(10) ** (int(exponent or 0) - len(head.partition(".")[2]))
    assert abs(Fraction(text) - x) <= ulp / 2


@pytest.mark.parametrize(
    ("text", "places", "shown"),
    [
        ("1/8", 2, "0.12"),
        ("3/8", 2, "0.38"),
        ("-1/8", 2, "-0.12"),
        ("1/2", 0, "0"),
        ("3/2", 0, "2"),
        ("5/2", 0, "2"),
        ("1/3", 5, "0.33333"),
        ("-1/1000", 1, "-0.0"),
        ("123456789", 3, "123456789.000"),
        ("0", 3, "0.000"),
        ("log2(3)", 0, "2"),
        ("log2(3)", 50, "1.58496250072115618145373894394781650875981440769248"),
    ],
)
def test_decimals(text, places, shown):
    assert Bits(text).decimal(places) == shown


@pytest.mark.parametrize(
    ("text", "significant", "shown"),
    [
        ("0", 12, "0"),
        ("1", 12, "1.00000000000"),
        ("1/2", 12, "0.500000000000"),
        ("log2(3)", 12, "1.58496250072"),
        ("-log2(3)", 3, "-1.58"),
        ("log2(3)", 1, "2"),
        ("100", 3, "100"),
        ("1000", 3, "1.00e3"),
        ("9999/10", 3, "1.00e3"),
        ("9996/10000", 3, "1.00"),
        ("1/100000", 3, "0.0000100"),
        ("1/1000000", 3, "1.00e-6"),
        ("123456", 3, "1.23e5"),
        ("7e-300", 2, "7.0e-300"),
        ("2e300", 2, "2.0e300"),
        ("1/10", 1, "0.1"),
    ],
)
def test_significant(text, significant, shown):
    assert Bits(text).approx(significant) == shown


def test_the_sign_of_a_tiny_gap_shows():
    gap = Bits.log2(Fraction(10**400 + 1, 10**400))
    assert gap.approx(5) == "1.4427e-400"
    assert (-gap).approx(5) == "-1.4427e-400"
    assert (1 - gap).approx(5) == "1.0000"
    assert f"{-gap:.3f}" == "-0.000"
    assert f"{-gap:z.3f}" == "0.000"


def test_ten_thousand_digits():
    with mpmath.workdps(10_020):
        expected = mpmath.nstr(mpmath.log(3, 2), 10_010, strip_zeros=False)
    text = Bits("log2(3)").decimal(10_000)
    assert text[:-1] == expected[: len(text) - 1]
    assert abs(int(text[-1]) - int(expected[len(text) - 1])) <= 1


# -- floats ------------------------------------------------------------------------------------


@given(values)
def test_float_is_the_nearest(b):
    x = high_precision(b, 400)
    assert float(b) == float(x)


@given(st.fractions())
def test_float_of_rationals(q):
    assert float(Bits(q)) == float(q)


@given(st.integers(300, 330), st.integers(1, 10**6))
@example(323, 5)
@example(330, 1)
def test_subnormal_floats(d, n):
    b = n * Bits.log2(Fraction(10**d + 1, 10**d))
    assert float(b) == float(high_precision(b, 800))
    assert float(-b) == -float(b)


def test_float_at_the_ends():
    assert float(Bits("log2(3)") * 10**308) == 1.58496250072115618145373894394781650876e308
    with pytest.raises(OverflowError):
        float(Bits("log2(3)") * 10**309)
    assert float(Bits(0)) == 0.0


def test_float_between_two_floats():
    # 1 + 2**-53 is the midpoint of two floats; a nudge of 10**-400 decides.
    nudge = Bits.log2(Fraction(10**400 + 1, 10**400))
    middle = Bits(1 + Fraction(1, 2**53))
    assert float(middle) == 1.0
    assert float(middle + nudge) == math.nextafter(1.0, 2)
    assert float(middle - nudge) == 1.0


# -- bounds ------------------------------------------------------------------------------------


@given(values, st.integers(0, 80))
def test_bounds_enclose(b, digits):
    low, high = b.bounds(digits)
    assert low < b < high
    assert high - low <= Fraction(1, 10**digits)


def test_bounds_of_rationals_are_exact():
    assert Bits("1/3").bounds(5) == (Fraction(1, 3), Fraction(1, 3))


# -- Python's format language ------------------------------------------------------------------

specs = st.builds(
    "{}{}{}{}{}{}.{}{}".format,
    st.sampled_from(["", "<", ">", "^", "=", "*<", "x^", "0="]),
    st.sampled_from(["", "+", "-", " "]),
    st.sampled_from(["", "z"]),
    st.sampled_from(["", "#"]),
    st.sampled_from(["", "0"]),
    st.sampled_from(["", "5", "14", "15", "16"]),
    st.integers(0, 12),
    st.sampled_from("eEfFgG"),
)


@settings(max_examples=400)
@given(st.floats(-1e15, 1e15), specs)
@example(1234.5, ".0f")
def test_formats_as_python_formats_floats(x, spec):
    # There is no negative zero among the rationals.
    assert format(Bits(Fraction(x)), spec) == format(x + 0.0, spec)


@settings(max_examples=300)
@given(
    st.floats(-1e12, 1e12),
    st.sampled_from(["", "+"]),
    st.sampled_from(["", "0", "*>", "0>", "<"]),
    st.integers(0, 22),
    st.sampled_from(",_"),
    st.sampled_from([".0f", ".2f", ".3e", ".9g"]),
)
def test_grouping_as_python_groups(x, sign, fill, width, group, kind):
    align, zero = ("", "0") if fill == "0" else (fill, "")
    spec = f"{align}{sign}{zero}{width or ''}{group}{kind}"
    if x == 0 or (zero and not width):
        return
    assert format(Bits(Fraction(x)), spec) == format(x, spec)


@given(values, st.integers(0, 20))
def test_percentages(b, precision):
    assert f"{b:.{precision}%}" == f"{100 * b:.{precision}f}%"


def test_formats_of_text():
    b = Bits("log2(3)")
    assert f"{b}" == "log2(3)"
    assert f"{b:>10s}" == "   log2(3)"
    assert f"{b:.12g}" == "1.58496250072"
    assert f"{b:f}" == "1.584963"
    assert f"{b:.3e}" == "1.585e+00"
    assert f"{b:.1%}" == "158.5%"


@given(values, st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_floor_seen_from_an_enclosure_is_the_floor(b, top, bottom):
    scale = Fraction(top, bottom)
    fresh = Bits.from_terms({a: c for a, c in b.atoms}) + b.rational
    seen = fresh.clear_floor(scale)
    floor = b.scaled_floor(scale)
    assert seen in (None, floor)
    assert floor <= b * scale < floor + 1


def test_a_float_of_long_integers_needs_no_normal_form(monkeypatch):
    long = [3**400 * (10**200 + k) for k in range(40)]
    value = Bits.from_terms({a: 1 for a in long}, 7)
    monkeypatch.setattr("natlat_sym.exact.amount.normal_form", None)
    expected = sum(math.log2(a) for a in long) / 7
    assert abs(float(value) - expected) < 1e-6
    assert f"{value:.3f}" == f"{expected:.3f}"
    assert value.approx(6) == f"{expected:.2f}"
    with pytest.raises(TypeError):
        str(value)
