"""Rationals in, floats refused with the fix, and integers of any length in text."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import natlat_sym
from natlat_sym.errors import InexactInput, InvalidInput
from natlat_sym.exact.field import digits, dyadic, exact, integer, is_float, show


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, Fraction(3)),
        (Fraction(3, 8), Fraction(3, 8)),
        ("3/8", Fraction(3, 8)),
        ("6/16", Fraction(3, 8)),
        (" -3 / 8 ", Fraction(-3, 8)),
        ("+2", Fraction(2)),
        ("0.125", Fraction(1, 8)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e-3", Fraction(1, 1000)),
        ("-1.5E+2", Fraction(-150)),
        ("0.1", Fraction(1, 10)),
        (Decimal("0.1"), Fraction(1, 10)),
        (np.int64(-7), Fraction(-7)),
        (np.uint8(7), Fraction(7)),
        (sympy.Rational(3, 8), Fraction(3, 8)),
        (sympy.Integer(5), Fraction(5)),
    ],
)
def test_rationals_are_read_exactly(value, expected):
    found = exact(value)
    assert found == expected
    assert type(found) is Fraction
    assert type(found.numerator) is int
    assert type(found.denominator) is int


def test_rationals_of_flint_are_read_exactly():
    flint = pytest.importorskip("flint")
    assert exact(flint.fmpq(-3, 8)) == Fraction(-3, 8)
    assert exact(flint.fmpz(5)) == 5


def test_a_float_mass_shows_the_fix():
    with pytest.raises(InexactInput) as caught:
        exact(0.1, "mass")
    assert str(caught.value) == (
        'a float mass 0.1 is not exact; write "1/10" or "0.1" as text, or use Dist.from_floats '
        "to take it as 3602879701896397/36028797018963968"
    )
    assert caught.value.value == 0.1


def test_a_float_near_a_third_is_offered_a_third():
    with pytest.raises(InexactInput, match=r'a float value 0\.3333333333333333 is .* write "1/3" '):
        exact(1 / 3)


@pytest.mark.parametrize(
    "value", [0.5, np.float64(0.5), np.float32(0.5), np.float16(0.5), sympy.Float(0.5),
              mpmath.mpf(0.5), np.array(0.5)]
)  # fmt: skip
def test_every_kind_of_float_is_refused(value):
    assert is_float(value)
    with pytest.raises(InexactInput, match=r'0\.5 is not exact; write "1/2" or "0.5" as text'):
        exact(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("nan"), Decimal("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(InvalidInput, match=r"expected a rational value, got .*(nan|inf|NaN|Inf)"):
        exact(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, "expected a rational mass, got the truth value True; write 1"),
        (None, "expected a rational mass, got None; give an int, a Fraction, or text"),
        (1j, "expected a rational mass, got 1j"),
        (np.bool_(True), "expected a rational mass, got the truth value True; write 1"),
        ("", "expected a rational mass such as 3/8, 0.125 or -2, got ''"),
        (".", r"such as 3/8, 0.125 or -2, got '\.'"),
        ("1/0", "expected a rational mass, '1/0' divides by zero"),
        ("1/2/3", "such as 3/8, 0.125 or -2, got '1/2/3'"),
        ("0x10", "got '0x10'"),
        ("1_000", "got '1_000'"),
        ("nan", "got 'nan'"),
        ("inf", "got 'inf'"),
        ("٣", "such as 3/8"),
        ("1e1000000", "with a power of ten within 100000, got '1e1000000'"),
        ("1e99999999999", "with a power of ten within 100000"),
        ("x" * 500, r"got 'x{39}\.\.\. \(502 characters\)"),
    ],
)
def test_refusals_say_what_came(value, message):
    with pytest.raises(InvalidInput, match=message):
        exact(value, "mass")


def test_dyadic_is_the_door_for_floats():
    assert dyadic(0.1) == Fraction(3602879701896397, 2**55)
    assert dyadic(5e-324) == Fraction(1, 2**1074)
    assert dyadic(np.float32(0.1)) == Fraction(13421773, 2**27)
    assert dyadic(3) == 3
    with pytest.raises(InvalidInput, match="expected a finite float, got nan"):
        dyadic(math.nan)
    with pytest.raises(InvalidInput, match="expected a finite float, got -inf"):
        dyadic(-math.inf)


def test_the_door_that_messages_name_is_public():
    with pytest.raises(InexactInput, match=r"or use natlat_sym\.dyadic to take it as 1/2$"):
        exact(0.5, "value")
    assert natlat_sym.dyadic(0.5) == Fraction(1, 2)


@given(st.fractions())
def test_show_is_read_back(q):
    assert exact(show(q)) == q
    assert show(q) == str(q)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_dyadic_is_the_value_of_the_float(x):
    assert dyadic(x) == Fraction(*x.as_integer_ratio())


@given(st.integers(3900, 20_000), st.integers(0, 9), st.booleans())
def test_integers_beyond_the_limit_of_python(length, digit, negative):
    n = 10**length + digit
    text = "1" + "0" * (length - 1) + str(digit)
    assert digits(n) == text
    assert digits(-n) == "-" + text
    assert integer(text) == n
    assert exact(("-" if negative else "") + text) == (-n if negative else n)
