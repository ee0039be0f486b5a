"""The searches for counterexamples: codes, descent; what they find is decided exactly."""

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from natlat_sym import Bits, Dist, H, NoWitnessFound, check, decide, form, refute
from natlat_sym.search.codes import linear_codes
from natlat_sym.search.descent import descents
from natlat_sym.search.dilutions import diluted
from natlat_sym.search.prover import Problem
from natlat_sym.search.sketch import Sketch

CASES = Path(__file__).parent / "cases" / "inequalities.jsonl"


def uniform_matroid(rank, count):
    return {m: Fraction(min(rank, m.bit_count())) for m in range(1, 1 << count)}


@pytest.mark.parametrize(("rank", "count"), [(1, 3), (2, 3), (3, 4), (5, 6), (7, 8), (1, 1)])
def test_parity_codes(rank, count):
    sketch = next(linear_codes(uniform_matroid(rank, count), count))
    names = [f"X{i}" for i in range(count)]
    law = Dist.from_weights(sketch.outcomes(), names)
    for size in range(1, count + 1):
        for group in combinations(names, size):
            assert H(",".join(group))(law) == min(rank, size)


def test_a_code_that_needs_three_elements():
    laws = list(linear_codes(uniform_matroid(2, 4), 4))
    assert [sketch.origin for sketch in laws] == ["a linear code over 3 elements"]
    law = Dist.from_weights(laws[0].outcomes(), "A B C D")
    assert H("A,B,C,D")(law) == H("C,D")(law) == 2 * H("A")(law)


def test_the_vamos_polymatroid_is_no_code():
    values = {m: Fraction(min(4, m.bit_count() + 1)) for m in range(1, 16)}
    values |= {m: Fraction(3) for m in range(1, 16) if m.bit_count() == 2}
    values[0b0011] = Fraction(4)
    assert list(linear_codes(values, 4)) == []


def test_fractions_are_no_ranks():
    assert list(linear_codes({1: Fraction(1, 2)}, 1)) == []


def test_every_false_statement_is_refuted():
    lines = [json.loads(line) for line in CASES.read_text().splitlines()]
    false = [line for line in lines if not line["expected"]]
    assert len(false) > 30
    for line in false:
        assert decide(line["claim"], line["hypotheses"]).status == "refuted", line["name"]


@pytest.mark.parametrize("coefficient", ["3/2", "19/10", "199/100"])
def test_less_than_two_on_the_third_diagram_is_false(coefficient):
    claim = f"I(M;X1,X2|L) <= I(X1;X2|L) + I(M;X1|X2) + I(M;X2|X1) + {coefficient} I(L;M|X1,X2)"
    found = refute(claim)
    assert form("I(M;X1,X2|L) - I(X1;X2|L) - I(M;X1|X2) - I(M;X2|X1)")(found.law) > Fraction(
        coefficient
    ) * form("I(L;M|X1,X2)")(found.law)


def test_descent_needs_no_equalities():
    goal = {1: Fraction(-1)}
    assert list(descents(Problem(("X",), (), goal, ((True, {1: Fraction(1)}),)))) == []
    assert list(descents(Problem(("X",), (), {1: Fraction(1)}, ()))) == []
    assert next(descents(Problem(("X",), (), goal, ()))).outcomes()


def test_symbols_take_their_least_values():
    given = ["I(X1;X2|M) <= 99/100 a", "H(R|X1) <= b", "H(R|X2) <= 5/4 b"]
    found = refute("H(R|M) <= 98/100 a + 2 b", given)
    assert all(value >= 0 for value in found.symbols.values())


def test_a_true_claim_is_not_refuted():
    with pytest.raises(NoWitnessFound, match="descent over small alphabets"):
        refute("I(A;B) <= I(A;B|C) + I(A;B|D) + I(C;D) + I(A;B|C) + I(A;C|B) + I(B;C|A)")


SMALL = ("I(X1;X2|L) <= 0.05", "H(R|X1) <= 0.02", "H(R|X2) <= 0.02")


@pytest.mark.parametrize(
    ("given", "claim", "excess"),
    [
        (SMALL, "H(R|L) <= 0.08", "1/100"),
        (SMALL, "H(R|L) <= 0.085", "1/200"),
        (("I(X1;X2|L) = 0.05", "H(R|X1) <= 0.02", "H(R|X2) = 0"), "H(R|L) <= 0.069", "1/1000"),
        (("I(X1;X2|L) <= 2", "H(R|X1) <= 3/2", "H(R|X2) = 1"), "H(R|L) <= 4", "1/2"),
    ],
)
def test_claims_with_numbers_are_refuted_by_diluted_laws(given, claim, excess):
    found = refute(claim, given)
    assert found.excess == Bits(excess)
    assert check.verify(found.certificate.text)["status"] == "verified"


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        ("H(Z|X,Y) = 2", "H(Y) <= 5/2"),
        ("H(Z|X,Y) = 1/3", "H(Y) <= 5/2"),
        (("I(X;Y|Z) = 2/3", "H(Z) <= 1"), "H(X|Z) <= 2"),
    ],
)
def test_claims_that_fail_by_any_amount_are_refuted(given, claim):
    """The goal has no least value, so that a law that breaks it by a bit is looked for."""
    found = decide(claim, given)
    assert found.status == "refuted"
    assert check.verify(found.certificate.text)["status"] == "verified"


def test_numbers_with_many_digits_are_no_denominators():
    assert decide("H(Y) <= 5/2", f"H(Z|X,Y) <= 1/{10**200}").status == "refuted"
    found = decide("H(X|Y) <= 0", f"H(X|Y) <= 1/{10**200}")
    assert found.status == "undecided"


def test_no_dilution_meets_hypotheses_that_exclude_each_other():
    law = Sketch((1, 1), ((0, 1), (0, 0)), "a bit")
    heights = np.array([[0.0, 1.0, 0.0, 1.0]])
    goal = {3: Fraction(-1), 2: Fraction(1), 4: Fraction(1, 5)}
    none = ((False, {3: Fraction(-1), 2: Fraction(1), 4: Fraction(-1)}),)
    assert not list(diluted(Problem(("X", "Y"), (), goal, none), [law], heights))


def test_a_claim_with_numbers_holds_up_to_the_sum():
    assert decide("H(R|L) <= 0.09", SMALL).status == "proved"
    assert decide("H(R|L) <= 0.0899", SMALL).status == "refuted"


def test_diluted_laws_are_for_numbers_only():
    other = Fraction(1)
    law = Sketch((1, 1), ((0, 1), (0, 0)), "a bit")
    heights = np.array([[0.0, 1.0, 0.0, 1.0]])
    bounded = ((False, {3: -other, 2: other, 4: Fraction(1, 4)}),)
    goal = {3: -other, 2: other, 4: Fraction(1, 5)}
    (found,) = list(diluted(Problem(("X", "Y"), (), goal, bounded), [law], heights))[-1:]
    assert form("H(X|Y)")(Dist.from_weights(found.outcomes(), "X Y")) == Fraction(1, 4)
    free = {3: -other, 2: other}
    assert not list(diluted(Problem(("X", "Y"), (), free, ((False, free),)), [law], heights))
    assert not list(diluted(Problem(("X", "Y"), ("a",), goal, bounded), [law], heights))
    assert not list(diluted(Problem(("X", "Y"), (), goal, ()), [law], heights))


def test_an_undecided_claim_with_numbers_shows_entropies_in_bits():
    found = decide("H(X) <= 0.01", ["H(X|Y) <= 0.01", "I(X;Y) <= 0.01"])
    assert found.polymatroid["1"] == 100
    assert str(found).endswith("\npolymatroid  H(X) = 1/50, H(Y) = 1/100, H(X,Y) = 1/50")


@pytest.mark.parametrize(
    ("claim", "given", "status"),
    [
        ("H(X|Y) <= 1/1000", f"H(X|Y) <= {10**400}", "refuted"),
        ("H(X|Y) <= 1/1000", f"{10**400} H(X|Y) <= H(Z)", "undecided"),
        (f"H(X|Y) <= 1/{10**400}", f"H(X|Y) <= {10**9}", "refuted"),
        ("H(X|Y) <= 10", "H(X|Y) <= 11", "refuted"),
        (f"H(X|Y) <= {10**9}", f"H(X|Y) <= {2 * 10**9}", "undecided"),
        (f"H(X|Y) <= {10**12}", "H(X|Z) <= 1", "undecided"),
    ],
)
def test_numbers_beyond_floats_and_ranks_beyond_codes(claim, given, status):
    """Powers with the rank as exponent, and floats of coefficients, ended in hours or a crash."""
    assert decide(claim, given).status == status
