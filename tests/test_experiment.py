"""Telling two predictive laws apart: odds, rows, Chernoff information."""

import math
from fractions import Fraction
from itertools import product

import pytest

from natlat_sym import Bits, Dist, InvalidInput, kl, oo
from natlat_sym.statements.experiment import Experiment
from natlat_sym.zoo import TinyMixture

FAIR = Dist.uniform("X", ["h", "t"])
BENT = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
HEADS = Dist.uniform("X", ["h"])
TAILS = Dist.uniform("X", ["t"])


def test_odds_are_exact():
    test = Experiment(BENT, FAIR)
    assert test.odds({}) == 1
    assert test.odds({"h": 2, "t": 1}, prior="1/3") == Fraction(1, 3) * Fraction(9, 16) / 2 * 4
    assert Experiment(HEADS, FAIR).odds({"t": 1}) == 0
    assert Experiment(FAIR, HEADS).odds({"t": 1}) == oo
    assert Experiment(BENT, FAIR).odds({"h": 10_000}) == Fraction(3, 2) ** 10_000


@pytest.mark.parametrize("bits", [1, 10, "1/3", 1000])
def test_rows_are_the_least_number(bits):
    test = Experiment(BENT, FAIR)
    rows = test.rows_for_odds(bits)
    assert rows * test.divergence >= Fraction(bits)
    assert (rows - 1) * test.divergence < Fraction(bits)
    assert Experiment(FAIR, HEADS).rows_for_odds(bits) == 1


@pytest.mark.parametrize("digits", [6, 12, 30])
def test_chernoff_information_of_a_symmetric_pair(digits):
    """For p and its mirror image the best exponent is 1/2: the Bhattacharyya distance."""
    low, high = Experiment(BENT, BENT.relabel("X", {"h": "t", "t": "h"})).chernoff(digits)
    exact = Bits(1) - Bits("1/2*log2(3)")  # -log2(2 * sqrt(3/16))
    assert low <= exact <= high
    assert high - low < Fraction(10) ** (1 - digits)


def test_chernoff_information_against_a_fine_grid():
    low, high = Experiment(BENT, FAIR).chernoff(10)
    grid = [
        -math.log2((3 / 4) ** s * (1 / 2) ** (1 - s) + (1 / 4) ** s * (1 / 2) ** (1 - s))
        for s in (k / 4000 for k in range(4001))
    ]
    assert float(low) <= max(grid) + 1e-8
    assert float(high) >= max(grid) - 1e-9
    assert high - low < Fraction(1, 10**8)


def test_chernoff_at_an_end():
    low, high = Experiment(FAIR, HEADS).chernoff()
    assert low <= 1 <= high
    assert high - low < Fraction(1, 10**10)
    assert Experiment(FAIR, FAIR).chernoff() == (0, 0)


def test_rows_for_an_error_keep_their_promise():
    other = BENT.relabel("X", {"h": "t", "t": "h"})
    rows = Experiment(BENT, other).rows_for_error("1/100")
    wrong = sum(
        Fraction(math.comb(rows, k)) * min(Fraction(3) ** k, Fraction(3) ** (rows - k))
        for k in range(rows + 1)
    ) / (2 * Fraction(4) ** rows)
    assert wrong <= Fraction(1, 100)
    assert Experiment(HEADS, TAILS).rows_for_error("1/1000") == 1


def test_tiny_mixtures_are_told_apart_by_few_rows():
    rows = []
    for power in (1, 2, 3, 4):
        p, q = (law.at(d=Fraction(1, 2 ** (2 * power))) for law in TinyMixture(2).laws())
        rows.append(Experiment(p, q).rows_for_odds(20))
    assert rows == sorted(rows, reverse=True)
    assert rows[-1] <= 11


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: Experiment(FAIR, FAIR).rows_for_odds(1), "expected two different laws"),
        (lambda: Experiment(FAIR, FAIR).rows_for_error("1/9"), "expected two different laws"),
        (lambda: Experiment(HEADS, HEADS).odds({"t": 1}), "both exclude"),
        (lambda: Experiment(FAIR, BENT).odds({"t": -1}), "counts of at least 0"),
        (lambda: Experiment(FAIR, BENT).rows_for_error(2), "between 0 and 1, got 2"),
        (lambda: Experiment(HEADS, TAILS).chernoff(), "one row tells these apart"),
    ],
)
def test_bad_questions(ask, message):
    with pytest.raises(InvalidInput, match=message):
        ask()


THREE = Dist.from_dict({"a": "1/2", "b": "1/3", "c": "1/6"}, "X")
OTHER = Dist.from_dict({"a": "1/4", "b": "1/4", "d": "1/2"}, "X")


def brute_error(p, q, rows):
    """Sum over all sequences, one by one."""
    outcomes = sorted({*p.support, *q.support})
    total = Fraction(0)
    for data in product(outcomes, repeat=rows):
        one = math.prod(p.mass(x) for x in data)
        two = math.prod(q.mass(x) for x in data)
        total += min(one, two)
    return total / 2


@pytest.mark.parametrize("rows", range(5))
@pytest.mark.parametrize(("p", "q"), [(THREE, OTHER), (BENT, FAIR), (FAIR, HEADS), (FAIR, FAIR)])
def test_the_error_probability_is_that_of_all_data(p, q, rows):
    assert Experiment(p, q).error_probability(rows) == brute_error(p, q, rows)


@pytest.mark.parametrize("wanted", ["1/3", "1/10", "1/100"])
def test_the_least_number_of_rows(wanted):
    for test in (Experiment(BENT, FAIR), Experiment(THREE, OTHER)):
        rows = test.least_rows_for_error(wanted)
        assert test.error_probability(rows) <= Fraction(wanted)
        assert test.error_probability(rows - 1) > Fraction(wanted)
        assert rows <= test.rows_for_error(wanted)
    assert Experiment(HEADS, TAILS).least_rows_for_error("1/1000") == 1
    assert Experiment(BENT, FAIR).least_rows_for_error("1/2") == 0


def test_too_many_ways_are_refused():
    wide = Dist.from_weights({str(k): k for k in range(1, 9)}, "X")
    flat = Dist.uniform("X", [str(k) for k in range(1, 9)])
    with pytest.raises(InvalidInput, match="at most 200000 ways, got 30 rows of 8 kinds"):
        Experiment(wide, flat).error_probability(30)
    with pytest.raises(InvalidInput, match="got -1 rows"):
        Experiment(BENT, FAIR).error_probability(-1)


@pytest.mark.parametrize("bits", [1, 2, 3])
def test_whether_the_columns_agree_is_all_that_tells(bits):
    tiny = TinyMixture(bits)
    p, q = tiny.agreement()
    assert kl(p, q) == tiny.divergence()
    assert kl(q, p) == tiny.reverse_divergence()
    point = {"d": Fraction(1, 16)}
    whole = Experiment(*(law.at(**point) for law in tiny.laws()))
    short = Experiment(p.at(**point), q.at(**point))
    for rows in range(4):
        assert short.error_probability(rows) == whole.error_probability(rows)
    assert short.rows_for_odds(30) == whole.rows_for_odds(30)


def test_the_tiny_mixture_curve():
    """Twenty bits of evidence: one bit a row at most for one bit, twenty for twenty or more."""
    curve = []
    for bits in (1, 2, 4, 5, 10, 20, 40, 1000):
        p, q = (law.at(d=Fraction(1, 2**50)) for law in TinyMixture(bits).agreement())
        curve.append(Experiment(p, q).rows_for_odds(20))
    assert curve == [21, 11, 6, 5, 3, 2, 1, 1]
