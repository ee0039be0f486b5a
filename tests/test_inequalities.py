"""Statements with known truth: each gets its right status, and false ones a checked law."""

import json
from collections import Counter
from pathlib import Path

import pytest

from natlat_sym import NotDerivable, decide, prove, verify

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "inequalities.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
SMALL = [case for case in CASES if case["n"] <= 5]
LARGE = [case for case in CASES if case["n"] > 5]


def status(case):
    if case["shannon_provable"]:
        return "proved"
    return "undecided" if case["expected"] else "refuted"


def test_the_cases_are_all_there():
    assert len(CASES) == 118
    assert Counter(map(status, SMALL)) == {"proved": 54, "undecided": 15, "refuted": 22}


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case["name"])
def test_status_up_to_five_variables(case):
    decision = decide(case["claim"], case["hypotheses"])
    assert decision.status == status(case)
    if decision.certificate is not None:
        verify(decision.certificate)
    if decision.status == "refuted":
        law = decision.refutation.law
        assert decision.claim.excess(law) == decision.refutation.excess > 0
        assert all(hypothesis.holds(law) for hypothesis in decision.refutation.given)


@pytest.mark.parametrize("case", LARGE, ids=lambda case: case["name"])
def test_larger_ones_are_proved_just_when_they_are_provable(case):
    if case["shannon_provable"]:
        theorem = prove(case["claim"], case["hypotheses"])
        assert verify(theorem).claim == str(theorem.claim)
    else:
        with pytest.raises(NotDerivable) as caught:
            prove(case["claim"], case["hypotheses"])
        assert caught.value.polymatroid
