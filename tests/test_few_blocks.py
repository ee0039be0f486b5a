"""The least summed error above 20 outcomes, by the blocks that the checker leaves."""

import json
from fractions import Fraction
from itertools import product
from math import factorial, prod
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings

from natlat_sym import (
    Bits,
    Dist,
    Undecided,
    best_latent,
    best_summed_latent,
    near_best_latent,
    symmetries,
    write_law,
)
from natlat_sym.cli import main
from natlat_sym.natural.candidates import codes_of
from natlat_sym.search.labelwalk import LabelWalk, starts
from natlat_sym.testing import laws


@pytest.fixture
def few(monkeypatch):
    """Laws of every size are solved by few blocks."""
    monkeypatch.setattr("natlat_sym.search.covers.MAX_CELLS", 0)


def table(seed, rows, columns, alike=10):
    dice = Random(seed)
    return [
        [dice.randint(1, 50) * (alike if r == c else 1) for c in range(columns)]
        for r in range(rows)
    ]


def planted(seed, size, count):
    """Return a table where the values of each feature are in groups that go together."""
    dice = Random(seed)
    one, two = ([dice.randrange(count) for _ in range(size)] for _ in "XY")
    return [[dice.randint(1, 50) * (20 if a == b else 1) for b in two] for a in one]


def same(some, whole):
    return (some.score, some.latents) == (whole.score, whole.latents)


SETTINGS = settings(max_examples=40, deadline=None)


@SETTINGS
@given(laws("X Y", max_labels=4, max_weight=4))
def test_all_partitions_of_two_features(law):
    """Small weights: many laws have ties, parts without a common value, or no error at all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("natlat_sym.search.covers.MAX_CELLS", 0)
        if len(law) <= 12:
            assert same(best_summed_latent(law), best_latent(law))


@SETTINGS
@given(laws("X Y Z", max_labels=2, max_weight=5))
def test_all_partitions_of_three_features(law):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("natlat_sym.search.covers.MAX_CELLS", 0)
        for redundancy in ("weak", "strong"):
            some = best_summed_latent(law, redundancy=redundancy)
            assert same(some, best_latent(law, redundancy=redundancy))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(6))
def test_large_weights(seed):
    """With a common factor, and with more digits than a float has."""
    dice = Random(seed)
    factor, most = (6, 30) if seed % 2 else (1, 10**20)
    weights = {
        key: factor * dice.randint(1, most) * (8 if len(set(key)) == 1 else 1)
        for key in product("012", repeat=2)
    }
    law = Dist.from_weights(weights, "X Y")
    assert same(best_summed_latent(law), best_latent(law))


@pytest.mark.usefixtures("few")
def test_groups_of_variables_are_features():
    dice = Random(2)
    law = Dist.from_weights(
        {key: dice.randint(1, 9) for key in product("01", "01", "ab", "c")}, "A B C D"
    )
    features = [("A", "C"), ("B", "D")]
    assert same(best_summed_latent(law, features), best_latent(law, features))


def side_by_side(tables, masses):
    """Tables without a common value: each is a part of its own."""
    total = {}
    for place, (cells, mass) in enumerate(zip(tables, masses, strict=True)):
        whole = sum(map(sum, cells))
        for r, c in product(range(len(cells)), range(len(cells[0]))):
            if cells[r][c]:
                total[f"{place}r{r}", f"{place}c{c}"] = (
                    f"{cells[r][c] * mass}/{whole * sum(masses)}"
                )
    return Dist.from_dict(total, "X Y")


def test_parts_are_solved_one_by_one():
    """A best partition is one of each part; errors add up, with the masses of the parts."""
    one, two = [[9, 1], [1, 9]], [[2, 1, 0], [0, 2, 1], [1, 0, 2]]
    tables = [one, table(5, 3, 4), two, two, one]
    masses = [1, 3, 2, 1, 1]
    found = best_summed_latent(side_by_side(tables, masses))
    parts = [best_latent(Dist.from_array(cells, "X Y")) for cells in tables]
    weighted = [
        (Fraction(m, sum(masses)), part.score) for m, part in zip(masses, parts, strict=True)
    ]
    assert found.score == Bits.combine(weighted)
    assert len(found.latents) == prod(len(part.latents) for part in parts)
    assert all(latent.total == found.score for latent in found.latents)


def test_shares_are_mended():
    """The first shares are broken; what the checker lists makes new ones."""
    lines = []
    law = Dist.from_array(planted(3, 6, 2), "X Y")
    found, near = best_summed_latent(law, progress=lines.append), near_best_latent(law)
    assert lines[-1].startswith("blocks that a best partition may have, turn ")
    assert len(lines) > 1
    assert near.lower <= found.score <= near.upper
    assert found.extent == "best"
    assert found.score in [corner.total for corner in found.front]
    assert all(latent.total == found.score for latent in found.latents)


def test_blocks_that_were_seen_make_a_better_partition():
    """Merging and moving outcomes ends at a partition that is not the best."""
    law = Dist.from_array(planted(2, 6, 2), "X Y")
    codes = [np.array(codes_of(law, [name])) for name in "XY"]
    walk = LabelWalk(np.array([float(m) for _, m in law.items()]), codes, codes[::-1], "sum")
    walked = min(walk.value(walk.improve(start)) for start in starts(walk))
    assert float(best_summed_latent(law).score) < walked - 1e-3


def test_three_features_above_twenty_outcomes():
    dice = Random(1)
    weights = {
        key: dice.randint(1, 9) * (6 if len(set(key)) == 1 else 1)
        for key in product("012", repeat=3)
    }
    law = Dist.from_weights(weights, "X Y Z")
    for redundancy in ("weak", "strong"):
        found = best_summed_latent(law, redundancy=redundancy)
        near = near_best_latent(law, redundancy=redundancy, rounds=0)
        assert near.lower <= found.score <= near.upper


def test_more_than_64_outcomes():
    law = Dist.from_array(table(2, 8, 9), "X Y")
    found = best_summed_latent(law)
    near = near_best_latent(law)
    assert near.lower <= found.score <= near.upper
    assert len(found.latents) == 1


@pytest.mark.parametrize(
    "limit", ["fewblocks.WORK", "fewblocks.TURNS", "fewblocks.MAX_STEPS", "fewblocks.MAX_BLOCKS"]
)
def test_where_it_stops(monkeypatch, limit, tmp_path, capsys):
    """Too much work of the checker, too many turns, steps or blocks: the bounds are there still."""
    law = Dist.from_array(table(1, 5, 5), "X Y")
    monkeypatch.setattr("natlat_sym.search.fewblocks.FEW", 0)
    monkeypatch.setattr(f"natlat_sym.search.{limit}", 0)
    with pytest.raises(Undecided, match="near_best_latent gives bounds on both sides"):
        best_summed_latent(law)
    write_law(law, tmp_path / "law.json")
    assert main(["best", str(tmp_path / "law.json")]) == 0
    assert "not all partitions tried" in capsys.readouterr().out


def test_the_command(tmp_path, capsys):
    law = Dist.from_array(table(1, 5, 5), "X Y")
    write_law(law, tmp_path / "law.json")
    assert main(["best", str(tmp_path / "law.json"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["ties"], data["front_complete"], data["front_extent"]) == (1, False, "best")
    assert data["score"]["exact"] == str(best_summed_latent(law).score)


# ---- symmetries ----


def even(size, high=12, low=3):
    return Dist.from_array(
        [[high if r == c else low for c in range(size)] for r in range(size)], "X Y"
    )


def coins(count, one, two):
    """A coin of one of two biases, in tenths, thrown again and again."""
    return Dist.from_weights(
        {
            cell: one ** cell.count("1") * (10 - one) ** cell.count("0")
            + two ** cell.count("1") * (10 - two) ** cell.count("0")
            for cell in product("01", repeat=count)
        },
        [f"X{k}" for k in range(1, count + 1)],
    )


SYMMETRIC = {
    "even 3 x 3": even(3),
    "even 4 x 4": even(4),
    "weak 4 x 4": even(4, 5, 4),
    "copy": even(9, 1, 0),
    "turned": Dist.from_array(
        [[[9, 3, 1, 3][(c - r) % 4] for c in range(4)] for r in range(4)], "X Y"
    ),
    "three coins": coins(3, 2, 7),
    "four coins": coins(4, 1, 9),
    "a Latin square": Dist.uniform(
        "X Y Z", [(str(a), str(b), str((a + b) % 4)) for a in range(4) for b in range(4)]
    ),
}


@pytest.mark.parametrize("name", SYMMETRIC)
def test_all_partitions_of_symmetric_laws(few, name):
    law = SYMMETRIC[name]
    assert len(symmetries(law).generators) > 0
    assert same(best_summed_latent(law), best_latent(law))


def test_symmetries_save_the_checker_work(monkeypatch):
    law = even(8, 37, 3)
    monkeypatch.setattr("natlat_sym.search.fewblocks.WORK", 30_000)
    found = best_summed_latent(law)
    assert found.symmetries.order == 2 * factorial(8)
    near = near_best_latent(law)
    assert near.lower < found.score == near.upper
    monkeypatch.setattr(
        "natlat_sym.natural.blockerrors.automorphisms", lambda weights, columns: ((), 1)
    )
    with pytest.raises(Undecided, match="too many blocks are left"):
        best_summed_latent(law)


def test_six_coins():
    """The best label is the majority of the throws; three of each count one way or the other."""
    found = best_summed_latent(coins(6, 1, 9))
    assert (found.symmetries.order, len(found.representatives)) == (1440, 1)
    assert {frozenset(latent.labelling.blocks()[1]) for latent in found.latents} == {
        frozenset(cell for cell in product("01", repeat=6) if cell.count("1") >= most)
        for most in (3, 4)
    }
