"""Enclosures contain the value, at every precision, and are narrow."""

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym.exact import enclosure
from natlat_sym.exact.enclosure import enclose


def reference(chunks, precision):
    """The value times 2**precision with 200 spare bits, by mpmath."""
    size = sum(sum(abs(k) for k in terms.values()) for terms in chunks.values())
    largest = max((a for terms in chunks.values() for a in terms), default=1)
    with mpmath.workprec(precision + 200 + size.bit_length() + largest.bit_length()):
        total = mpmath.mpf(0)
        for den, terms in chunks.items():
            for a, k in terms.items():
                total += mpmath.mpf(k) * mpmath.log(a, 2) / den
        scaled = total * mpmath.mpf(2) ** precision
        return scaled, mpmath.mpf(2) ** -100


def contains(chunks, precision):
    low, high = enclose(chunks, precision)
    value, fuzz = reference(chunks, precision)
    with mpmath.workprec(precision + 400):
        assert low - fuzz <= value <= high + fuzz
    return high - low


atoms = st.one_of(st.integers(1, 40), st.integers(1, 10**6), st.integers(1, 10**40))
terms = st.dictionaries(atoms, st.integers(-(10**6), 10**6), max_size=5)


@settings(max_examples=150)
@given(st.dictionaries(st.integers(1, 1000), terms, max_size=3), st.integers(0, 300))
def test_encloses_and_is_narrow(chunks, precision):
    assert contains(chunks, precision) <= 4


@pytest.mark.parametrize("precision", [0, 1, 63, 64, 65, 1000, 5000])
@pytest.mark.parametrize(
    "chunks",
    [
        {1: {3: 1}},
        {1: {3: -1}},
        {7: {2**100 - 1: 5, 2**100 + 1: -5}},
        {1: {2**64: 1, 10**50 + 1: -(10**30)}},
        {10**30: {3: 1, 5: -1}, 1: {7: 2}},
        {3: {2: -1}},
    ],
    ids=str,
)
def test_encloses_at_low_and_high_precision(chunks, precision):
    assert contains(chunks, precision) <= 4


def test_numbers_next_to_a_power_of_two():
    for k in (1, 7, 8, 9, 63, 64, 65, 200, 1000):
        for d in (-1, 1):
            if 2**k + d > 1:
                assert contains({1: {2**k + d: 1}}, 128) <= 4


def test_powers_of_two_are_exact():
    assert enclose({1: {8: 5, 2: -3}}, 10) == (12 << 10, 12 << 10)
    assert enclose({}, 10) == (0, 0)
    assert enclose({3: {2: 1}}, 2) == (1, 2)


@pytest.mark.parametrize("width", [64, 128, 640, 6400])
def test_the_proved_bounds_hold(width):
    with mpmath.workprec(2 * width + 100):
        unit = mpmath.mpf(2) ** width
        for n in (3, 5, 7, 255, 257, 65537, 2**40 - 1, 3**200, 2**90 + 1):
            exponent, found = enclosure._ln(n, width)
            true = mpmath.log(mpmath.mpf(n) / 2**exponent) * unit
            assert found <= true <= found + width**2
        for step, shift in ((1, 0), (1, 8), (255, 8), (1, 16), (255, 16), (77, 24)):
            found = enclosure._ln_step(step, shift, width)
            true = mpmath.log1p(mpmath.mpf(step) / 2**shift) * unit
            assert found <= true <= found + 2 * width + 16
