"""Arguments: chains of steps with reasons, each certified, and one theorem at the end."""

import pytest

import natlat_sym as nl
from natlat_sym.errors import InvalidInput, NotDerivable, StepFailed


def test_a_chain_downwards_ends_in_one_theorem():
    chain = nl.Argument("data", start="I(X;Y)", given=["I(X;Z|Y) = 0"])
    chain.eq("I(X;Y,Z)", why="Z tells nothing more").ge("I(X;Z)", why="fewer variables share less")
    theorem = chain.qed()
    assert str(theorem) == "⊢ I(X;Y) >= I(X;Z)  given I(X;Z|Y) = 0"
    assert nl.verify(theorem).status == "verified"
    assert [step.relation for step in chain.steps] == ["=", ">="]


def test_a_chain_upwards_turns_its_equalities_round():
    chain = nl.Argument("up", start="H(X|Y)")
    chain.le("H(X)", why="conditioning").eq("H(X,Z) - H(Z|X)", why="chain rule")
    assert str(chain.qed()) == "⊢ H(X|Y) <= H(X,Z) - H(Z|X)"


def test_a_chain_of_equalities_proves_an_equality():
    chain = nl.Argument("both", start="I(X;Y)").eq("H(X) - H(X|Y)", why="definition")
    chain.eq("H(Y) - H(Y|X)", why="the other way round")
    assert nl.verify(chain.qed()).claim == "I(X;Y) = H(Y) - H(Y|X)"


def test_hypotheses_that_no_step_uses_are_not_carried():
    chain = nl.Argument("less", start="H(X|Y)", given=["H(Z|Y) = 0"]).le("H(X)", why="conditioning")
    assert chain.qed().assumptions == ()


@pytest.mark.parametrize(("first", "then"), [("le", "ge"), ("ge", "le")])
def test_a_chain_has_one_direction(first, then):
    chain = nl.Argument("turn", start="I(X;Y)")
    getattr(chain, first)("I(X;Y) + H(Z)" if first == "le" else "I(X;Y) - H(Z)", why="a term")
    with pytest.raises(
        StepFailed, match=r"turn, step 2 \(back\): a chain cannot hold both <= and >="
    ):
        getattr(chain, then)("I(X;Y)", why="back")


def test_a_step_that_does_not_follow_says_what_is_left_over():
    chain = nl.Argument("wrong", start="H(X)")
    with pytest.raises(
        StepFailed, match=r"expected .* to follow; left over, and not shown to be non-"
    ) as caught:
        chain.le("H(X|Y)", why="no")
    assert caught.value.left_over == nl.form("H(X|Y) - H(X)")
    assert isinstance(caught.value.__cause__, NotDerivable)
    assert chain.steps == ()
    assert repr(chain) == "<Argument wrong: 0 steps>"


def test_an_argument_without_steps_proves_nothing():
    with pytest.raises(InvalidInput, match=r"expected at least one step in empty before qed\(\)"):
        nl.Argument("empty", start="H(X)").qed()
