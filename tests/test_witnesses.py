"""The searches for counterexamples: codes, descent; what they find is decided exactly."""

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from natlat_sym import Dist, H, NoWitnessFound, decide, form, refute
from natlat_sym.search.codes import linear_codes
from natlat_sym.search.descent import descents
from natlat_sym.search.prover import Problem

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
