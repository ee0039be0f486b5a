"""Cited inequalities and copies of variables: used as hypotheses, listed with the theorem."""

import pytest

from natlat_sym import Dist, InvalidInput, NotDerivable, cite, copies, prove
from natlat_sym.certified.nonshannon import citation

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
