"""Cited inequalities and copies of variables: used as hypotheses, listed with the theorem."""

import json
from pathlib import Path

import pytest

from natlat_sym import Dist, InvalidInput, NotDerivable, cite, copies, prove, verify
from natlat_sym.certified.nonshannon import citation

COPY_LEMMA = json.loads(
    (Path(__file__).parent / "cases" / "copy_lemma.json").read_text(encoding="utf-8")
)["inequalities"]
ZHANG_YEUNG = "I(A;B) <= 2 I(A;B|C) + I(A;C|B) + I(B;C|A) + I(A;B|D) + I(C;D)"


def test_zhang_yeung_is_no_shannon_inequality():
    with pytest.raises(NotDerivable):
        prove(ZHANG_YEUNG)


def test_zhang_yeung_follows_from_one_copy():
    theorem = prove(ZHANG_YEUNG, copies({"C": "K"}, over="A B", rest="D"))
    assert "I(K;C,D|A,B) = 0" in theorem.assumptions
    assert all(citation(hypothesis) is None for hypothesis in theorem.given)


def test_the_citation_travels():
    claim = ZHANG_YEUNG.replace("2 I", "5/2 I")
    theorem = prove(claim, cite("zhang-yeung", "A B C D"))
    assert len(theorem.assumptions) == 1
    assert str(theorem).endswith("[Zhang and Yeung 1998]")
    moved = theorem.instantiate({"A": "P", "B": "Q"})
    assert citation(moved.given[0]) == "Zhang and Yeung 1998"


def test_a_citation_is_recognised_however_it_is_written():
    theorem = prove(ZHANG_YEUNG, f"0 <= -({ZHANG_YEUNG.split(' <= ')[0]}) + {ZHANG_YEUNG[10:]}")
    assert citation(theorem.given[0]) == "Zhang and Yeung 1998"
    assert citation(prove("I(A;B) <= I(A;B|C)", "I(A;B) <= I(A;B|C)").given[0]) is None


def test_every_instance_holds_on_laws():
    law = Dist.uniform("A B C D E", map(tuple, ["00000", "01011", "10101", "11110"]))
    instances = cite("Zhang-Yeung", law.names)
    assert len(instances) == 5 * 12
    assert all(claim.holds(law) for claim in instances)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: cite("Ingleton", "A B C D"), "expected one of Zhang-Yeung, got 'Ingleton'"),
        (lambda: cite("Zhang-Yeung", "A B C"), "at least 4 variables .* got A, B, C"),
        (lambda: copies({}, over="A"), "expected a variable to copy, got none"),
        (lambda: copies({"A": "K"}, over="A"), "got A in two"),
        (lambda: copies({"A": "B"}, over="C", rest="B"), "got B in two"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(InvalidInput, match=message):
        wrong()


def test_copies_exist():
    """A law with the copy added by hand has all that is promised."""
    law = Dist.uniform("A C B", [tuple(text) for text in ("000", "011", "101", "111")])
    extended = law.couple(law.marginal("A C").rename({"C": "K"}))
    assert all(claim.holds(extended) for claim in copies({"C": "K"}, over="A", rest="B"))


@pytest.mark.parametrize("renamed", [{"C": "K", "D": "M"}, {"C,D": "K"}, {"C": "K", "C,D": "M"}])
@pytest.mark.parametrize("over", [("A",), ("A", "B")])
def test_several_copies_and_copies_of_groups_exist(renamed, over):
    weights = {"0000": 2, "0011": 1, "0101": 3, "1001": 1, "1110": 2, "1011": 1}
    law = Dist.from_weights({tuple(text): weight for text, weight in weights.items()}, "A B C D")
    place = {name: i for i, name in enumerate(law.names)}
    groups = [*([name] for name in over), *(group.split(",") for group in renamed)]
    copied = law.push(
        lambda outcome: ["".join(outcome[place[name]] for name in group) for group in groups],
        [*over, *renamed.values()],
    )
    rest = [name for name in law.names if name not in {*over, *",".join(renamed).split(",")}]
    claims = copies(renamed, over, rest)
    assert all(claim.holds(law.couple(copied)) for claim in claims)
    constants = Dist.uniform(list(renamed.values()), [("0",) * len(renamed)])
    assert not all(claim.holds(law.product(constants)) for claim in claims)


def test_the_inequalities_of_the_copy_lemma_are_all_there():
    assert [case["number"] for case in COPY_LEMMA] == list(range(215))
    assert len({case["claim"] for case in COPY_LEMMA}) == 215


@pytest.mark.parametrize("case", COPY_LEMMA[::24], ids=lambda case: case["number"])
def test_non_shannon_inequalities_follow_from_copies(case):
    with pytest.raises(NotDerivable):
        prove(case["claim"])
    names, given = list("ABCD"), []
    for step in case["steps"]:
        used = {*step["over"].split(","), *",".join(step["copies"]).split(",")}
        given += copies(step["copies"], step["over"], [n for n in names if n not in used])
        names += step["copies"].values()
    theorem = prove(case["claim"], given)
    assert verify(theorem).claim == case["claim"]
    assert set(theorem.given) <= set(given)
