"""The least summed error of 17 to 20 outcomes, by the few blocks that a best partition can have."""

import json
from itertools import product
from random import Random

import numpy as np
import pytest

from natlat_sym import (
    Dist,
    InvalidInput,
    Undecided,
    best_latent,
    best_summed_latent,
    near_best_latent,
    write_law,
)
from natlat_sym.cli import main
from natlat_sym.search.covers import cheapest, nearest_shares


def random_law(dice, shape, most, alike=6):
    weights = {
        tuple(map(str, cell)): dice.randint(1, most) * (alike if len(set(cell)) == 1 else 1)
        for cell in product(*map(range, shape))
    }
    return Dist.from_weights(weights, [f"X{place}" for place in range(len(shape))])


@pytest.mark.parametrize("seed", range(8))
def test_the_search_of_all_partitions_agrees(seed):
    """Small weights give ties, large ones none."""
    dice = Random(seed)
    shape = ((3, 3), (2, 4), (2, 2, 2), (3, 4))[seed % 4]
    law = random_law(dice, shape, (1, 30, 10**12)[seed % 3], (1, 6)[seed % 2])
    for redundancy in ("weak", "strong"):
        some, whole = (
            best_summed_latent(law, redundancy=redundancy),
            best_latent(law, redundancy=redundancy),
        )
        assert (some.score, some.latents) == (whole.score, whole.latents)
        points = {
            (c.mediation, c.lost): ties for c, ties in zip(whole.front, whole.ties, strict=True)
        }
        assert some.extent == "hull"
        for corner, ties in zip(some.front, some.ties, strict=True):
            assert points[corner.mediation, corner.lost] == ties


def test_ties_of_uniform_masses():
    law = Dist.uniform("X Y", [(str(i), str((i + k) % 5)) for i in range(5) for k in (0, 1)])
    some, whole = best_summed_latent(law), best_latent(law)
    assert len(some.latents) > 1
    assert some.latents == whole.latents


def test_shares_that_are_not_tight():
    """Pairs of three cells are cheap, yet no partition has two: the bound is below the minimum."""
    costs = np.array([0, 10, 10, 4, 10, 4, 4, 13])
    assert nearest_shares(costs.astype(float), np.zeros(3)).sum() == pytest.approx(6)
    assert cheapest(costs, 0, 0, np.zeros(3)) == [(7,)]
    costs[7] = 14
    assert cheapest(costs, 0, 0, np.zeros(3)) == [(1, 6), (3, 4), (5, 2), (7,)]


def test_twenty_outcomes():
    law = random_law(Random(1), (4, 5), 40)
    near, found = near_best_latent(law, rounds=0), best_summed_latent(law)
    assert near.lower <= found.score <= near.upper
    assert all(latent.total == found.score for latent in found.latents)
    assert any(c.value("sum") == found.score for c in found.front)


def test_a_common_part_of_eighteen_outcomes(tmp_path, capsys):
    cells = [(3 * k + i, 2 * k + j) for k in range(3) for i in range(3) for j in range(2)]
    law = Dist.uniform("X Y", [tuple(map(str, cell)) for cell in cells])
    write_law(law, tmp_path / "law.json")
    assert main(["best", str(tmp_path / "law.json"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["score"]["exact"] == "0"
    assert (data["ties"], data["front_complete"], data["front_extent"]) == (1, False, "hull")
    assert [corner["name"] for corner in data["front"]] == ["common part"]


def test_where_too_many_blocks_are_left(monkeypatch, tmp_path, capsys):
    law = random_law(Random(2), (3, 6), 30)
    monkeypatch.setattr("natlat_sym.search.covers.MAX_BLOCKS", 0)
    with pytest.raises(Undecided, match="near_best_latent gives bounds on both sides"):
        best_summed_latent(law)
    write_law(law, tmp_path / "law.json")
    assert main(["best", str(tmp_path / "law.json")]) == 0
    assert "not all partitions tried" in capsys.readouterr().out


def test_more_outcomes_are_refused():
    with pytest.raises(InvalidInput, match="at most 128 outcomes, got 129"):
        best_summed_latent(random_law(Random(3), (3, 43), 5))
