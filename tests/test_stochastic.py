"""Proposed stochastic latents: measured exactly, near the optimum where it is known."""

import numpy as np
import pytest

from natlat_sym import TC, Dist, InvalidInput, best_latent, binary_optimum, form, propose_latent
from natlat_sym.natural.softmax import descended, softmax
from natlat_sym.natural.stochastic import channel_text


@pytest.mark.parametrize("table", [[[60, 5], [5, 30]], [[14, 1], [1, 4]], [[2, 1], [0, 2]]])
def test_binary_laws_come_near_the_optimum(table):
    law = Dist.from_array(table, "X Y")
    found = propose_latent(law)
    low, high = binary_optimum(law).bounds(9)
    assert found.score >= low
    assert float(found.score) - float(high) < 1e-6


def test_the_errors_are_those_of_the_law():
    law = Dist.from_array([[3, 1, 0], [1, 4, 2], [0, 1, 5]], "X Y")
    found = propose_latent(law, labels=3, starts=4)
    assert found.law.marginal("X Y") == law
    assert found.mediation == TC("X;Y|L")(found.law)
    assert dict(found.redundancy)["X"] == form("I(L;X|Y)")(found.law)
    assert found.score == found.mediation + sum(v for _, v in found.redundancy)
    assert found.score <= best_latent(law).score
    assert "sum" in str(found)
    assert found.to_json()["latent"] == "L"


def test_it_is_the_same_every_time():
    law = Dist.from_array([[3, 1], [1, 4]], "X Y")
    assert propose_latent(law, starts=2).law == propose_latent(law, starts=2).law


def test_a_name_that_is_taken_is_avoided():
    law = Dist.from_array([[3, 1], [1, 4]], "L Y")
    found = propose_latent(law, starts=1)
    assert found.latent == "L'"
    assert channel_text(found).splitlines()[0].split()[:2] == ["L", "Y"]


def test_the_law_of_the_literature_has_ratio_above_19():
    law = Dist.from_array([[6453, 671, 224], [354, 2032, 6403], [2066, 1116, 681]], "X Y")
    least = best_latent(law).score
    proposed = propose_latent(law, starts=16).score
    assert 10 * least > 19 * proposed
    known = {}
    part = ((6320, 551, 113), (178, 180, 136), (1888, 561, 126))
    table = ((6453, 671, 224), (354, 2032, 6403), (2066, 1116, 681))
    for x in range(3):
        for y in range(3):
            known[str(x), str(y), "a"] = part[x][y]
            known[str(x), str(y), "b"] = table[x][y] - part[x][y]
    latent = Dist.from_weights(known, "X Y L")
    score = form("I(X;Y|L) + I(L;X|Y) + I(L;Y|X)")(latent)
    assert f"{score:.7f}" == "0.2908038"
    assert 10_000_000 * least > 19_009_690 * score
    assert 10_000_000 * least < 19_009_705 * score


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: propose_latent(Dist.from_array([[1, 1]], "X Y"), labels=0), "at least one label"),
        (
            lambda: propose_latent(
                Dist.from_dict({("0", "0"): "e", ("1", "1"): "1 - e"}, "X Y", "0 < e < 1")
            ),
            "without parameters",
        ),
    ],
)
def test_bad_questions(ask, message):
    with pytest.raises(InvalidInput, match=message):
        ask()


def test_descent_comes_to_the_law_that_is_nearest():
    """D(law || goal) has its only minimum, 0, at the goal; rows of a batch do not mix."""
    goal = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
    found = softmax(descended(np.zeros((2, 3)), lambda law: np.log2(law / goal), 0.25, 500))
    assert ((found * np.log2(found / goal)).sum(axis=1) < 1e-9).all()
    assert (softmax(np.full((2, 3), 1e300)) == 1 / 3).all()
