"""Good deterministic latents of large supports: bounds on both sides of the exact minimum."""

import json
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import sampled_from

from natlat_sym import Dist, InvalidInput, best_latent, near_best_latent, write_law
from natlat_sym.cli import main
from natlat_sym.natural.candidates import candidate_of, codes_of
from natlat_sym.search.blockwalk import BlockCosts, trivial_shares
from natlat_sym.search.labelwalk import LabelWalk, starts
from natlat_sym.testing import laws


def table(seed, rows, columns):
    dice = Random(seed)
    return [
        [dice.randint(1, 20) * (6 if r == c else 1) for c in range(columns)] for r in range(rows)
    ]


@pytest.mark.parametrize(("seed", "kind"), [(0, "sum"), (1, "max"), (2, "sum")])
def test_the_minimum_is_between_the_bounds(seed, kind):
    law = Dist.from_array(table(seed, 2, 3), "X Y")
    near, best = near_best_latent(law, score=kind), best_latent(law, score=kind)
    assert 0 < near.lower <= best.score <= near.upper


@settings(max_examples=12)
@given(laws("X Y", max_labels=3), sampled_from(["sum", "max"]))
def test_the_minimum_of_any_law_is_between_the_bounds(law, kind):
    near, best = near_best_latent(law, score=kind, rounds=8), best_latent(law, score=kind)
    assert near.lower <= best.score <= near.upper


def test_weights_of_the_errors_bound_the_largest():
    """Over half the summed error; equal weights give a third of it."""
    law = Dist.from_array(table(1, 3, 3), "X Y")
    near, best = near_best_latent(law, score="max"), best_latent(law, score="max")
    assert best_latent(law).score * Fraction(1, 2) < near.lower <= best.score <= near.upper


def test_three_features():
    dice = Random(4)
    weights = {(a, b, c): dice.randint(1, 9) for a in "01" for b in "01" for c in "01"}
    law = Dist.from_weights(weights, "X Y Z")
    for score in ("sum", "max"):
        near = near_best_latent(law, redundancy="strong", score=score)
        assert 0 < near.lower <= best_latent(law, redundancy="strong", score=score).score
        assert near.upper >= best_latent(law, redundancy="strong", score=score).score


@pytest.mark.parametrize("shape", [(4, 5), (3, 3, 2), (2, 2, 2, 2)])
def test_the_bounds_nearly_meet(shape):
    dice = Random(7)
    weights = {
        tuple(map(str, cell)): dice.randint(1, 9) * (1 + 9 * (len(set(cell)) == 1))
        for cell in product(*map(range, shape))
    }
    law = Dist.from_weights(weights, [f"X{i}" for i in range(len(shape))])
    lines = []
    near = near_best_latent(law, progress=lines.append)
    assert 0 < near.lower < near.upper < near.lower + Fraction(1, 10**6)
    assert lines[0] == f"{len(law)} outcomes: a good partition by merging and moving"
    assert len(lines) >= 3
    early = near_best_latent(law, rounds=0)
    assert 0 < early.lower < early.upper
    assert early.upper == near.upper
    if len(law) <= 16:
        assert near.lower <= best_latent(law).score == near.upper


@settings(max_examples=25)
@given(laws("X Y Z", max_labels=2))
def test_trivial_shares_hold_and_show_nothing(law):
    survivors = [("X", "Y"), ("X", "Z"), ("Y", "Z")]
    codes = [np.array(codes_of(law, group)) for group in survivors]
    masses = np.array([float(mass) for _, mass in law.items()])
    costs = BlockCosts(masses, [np.array(codes_of(law, [name])) for name in "XYZ"], codes)
    found = trivial_shares(costs)
    blocks = np.array(list(product((0.0, 1.0), repeat=len(law)))[1:])
    assert (costs.of(blocks) - blocks @ found > -1e-9).all()
    for cell in range(len(law)):
        flipped = blocks.copy()
        flipped[:, cell] = 1 - flipped[:, cell]
        some = flipped.sum(axis=1) > 0
        rise = costs.of(flipped) - costs.of(blocks) - costs.changed(blocks)[:, cell]
        assert (abs(rise[some]) < 1e-9).all()


def test_more_than_64_outcomes_have_a_lower_bound():
    """Shares that hold for every block of 72 outcomes, nearly the best."""
    near = near_best_latent(Dist.from_array(table(1, 8, 9), "X Y"))
    assert near.lower < near.upper < near.lower + Fraction(1, 10**6)


def test_bounds_are_printed_as_bounds():
    """A printed lower bound is rounded down, and the distance up."""
    near = near_best_latent(Dist.from_array(table(1, 3, 6), "X Y"))
    _, _, low, gap, *_ = str(near).splitlines()
    low, gap = (Fraction(line.split(" bits")[0].split()[-1]) for line in (low, gap))
    assert near.lower - Fraction(1, 10**9) < low <= near.lower
    assert near.upper - gap <= near.lower
    none = near_best_latent(Dist.uniform("X Y", [(str(i), str(i)) for i in range(20)]))
    assert "no lower bound above 0 was proved" in str(none)


def test_more_features_lost_have_the_bound_of_one():
    """Each set of two of four features tells the label no better than three."""
    dice = Random(5)
    law = Dist.from_weights(
        {
            cell: dice.randint(1, 9) * (1 + 5 * (len(set(cell)) == 1))
            for cell in product("01", repeat=4)
        },
        "A B C D",
    )
    near = near_best_latent(law, redundancy=2)
    assert 0 < near.lower <= best_latent(law, redundancy=2).score <= near.upper


@pytest.mark.parametrize("score", ["sum", "max"])
def test_moves_and_merges_keep_the_score(score):
    """What is added up move by move is what a labelling costs, and no single move is better."""
    law = Dist.from_array(table(3, 4, 5), "X Y")
    codes = [np.array(codes_of(law, [name])) for name in "XY"]
    walk = LabelWalk(np.array([float(m) for _, m in law.items()]), codes, codes[::-1], score)
    for first in starts(walk):
        labels = walk.improve(first)
        found = candidate_of(law, (("X",), ("Y",)), [("Y",), ("X",)], labels.tolist())
        exact = found.total if score == "sum" else found.worst
        assert abs(float(exact) - walk.value(labels)) < 1e-9
        assert walk.value(labels) <= walk.value(first) + 1e-9
        for cell, label in product(range(len(law)), range(int(labels.max()) + 2)):
            moved = labels.copy()
            moved[cell] = label
            assert walk.value(moved) > walk.value(labels) - 1e-9


def test_an_exact_natural_latent_of_a_large_support_is_found():
    law = Dist.uniform(
        "X Y",
        [(str(10 * k + i), str(10 * k + j)) for k in range(9) for i in (0, 1, 2) for j in (0, 1)],
    )
    near = near_best_latent(law)
    assert near.optimal
    assert near.candidate.labelling.count == 9
    assert near.candidate.name == "common part"


def test_larger_supports_have_both_bounds(tmp_path, capsys):
    law = Dist.from_array(table(1, 3, 6), "X Y")
    near = near_best_latent(law)
    assert 0 < near.lower < near.upper
    assert near.upper == near.candidate.total
    lines = str(near).splitlines()
    assert "not all partitions tried" in lines[0]
    assert lines[3].startswith("no function of the features is better by more than ")
    assert [line.split() for line in lines[5:]] == [
        ["X", "Y", "label"],
        *(
            [*map(str, outcome), str(label)]
            for outcome, label in zip(law.support, near.candidate.labelling.labels, strict=True)
        ),
    ]
    wide = near_best_latent(Dist.uniform("X Y", [(str(i), str(i)) for i in range(43)]))
    assert str(wide).splitlines()[-1] == "and 3 more outcomes"
    write_law(law, tmp_path / "law.json")
    asked = ["best", str(tmp_path / "law.json"), "--score", "max"]
    assert main(asked) == 0
    shown = capsys.readouterr().out
    assert "upper bound" in shown
    assert "lower bound" in shown
    assert main([*asked, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["optimal"] is False
    assert data["front_complete"] is False
    assert set(data) >= {"schema", "score", "lower", "latent", "front"}


def test_corners_have_names():
    law = Dist.from_array([[3, 1], [0, 2]], "X Y")
    names = {candidate.labelling.labels: candidate.name for candidate in best_latent(law).front}
    assert names[0, 0, 0] == "constant"
    assert set(names.values()) <= {"constant", "X", "Y", "everything", ""}
    copies = best_latent(Dist.uniform("X Y", [("0", "0"), ("1", "1")]))
    assert copies.front[0].name == "common part = X = Y = everything"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda law: near_best_latent(law, score="mean"), "the score 'sum' or 'max'"),
        (
            lambda law: near_best_latent(Dist.uniform("X Y", [(str(i), "0") for i in range(1025)])),
            "at most 1024 outcomes",
        ),
        (
            lambda law: near_best_latent(
                Dist.from_dict({("0", "0"): "e", ("1", "1"): "1 - e"}, "X Y", "0 < e < 1")
            ),
            "without parameters",
        ),
    ],
)
def test_bad_questions(ask, message):
    with pytest.raises(InvalidInput, match=message):
        ask(Dist.uniform("X Y", [("0", "0")]))


def test_labels_that_are_written_alike_stay_apart():
    labels = (1, "1", "2")
    weights = {(a, b): 5 if a is b else 1 for a in labels for b in labels}
    texts = {(f"{a!r}", f"{b!r}"): weight for (a, b), weight in weights.items()}
    alike, apart = (near_best_latent(Dist.from_weights(w, "X Y")) for w in (weights, texts))
    assert alike.upper == apart.upper
    assert apart.upper > alike.lower > apart.upper - Fraction(1, 10**6)


def test_blocks_that_were_looked_at_make_a_better_partition():
    """Merging and moving ends above the least error where values are in groups that go together."""
    dice = Random(1)
    one, two = ([dice.randrange(4) for _ in range(8)] for _ in "XY")
    law = Dist.from_array(
        [[dice.randint(1, 50) * (20 if a == b else 1) for b in two] for a in one], "X Y"
    )
    found = near_best_latent(law)
    moved = near_best_latent(law, rounds=0).upper
    assert found.lower <= found.upper < found.lower + Fraction(1, 10**6)
    assert found.upper < moved - Fraction(1, 100)
