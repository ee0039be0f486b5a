"""Lower bounds of large supports from blocks of merged values, against exact minima."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings

from natlat_sym import Dist, I, best_latent, form, near_best_latent
from natlat_sym.certified import blockbounds, nearbest
from natlat_sym.certified.blockbounds import block_bound
from natlat_sym.natural.candidates import codes_of
from natlat_sym.search.merging import Merging
from natlat_sym.testing import laws


def exact(law):
    return best_latent(law).score.bounds(30)[0]


def quiet(_):
    """No progress."""


@settings(max_examples=25)
@given(laws("X Y", max_labels=3))
def test_blocks_of_two_features_stay_below_the_exact_minimum(law):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blockbounds, "MOST_OUTCOMES", 3)
        found = block_bound(law, (("X",), ("Y",)), exact, quiet)
    assert 0 <= found <= best_latent(law).score


@settings(max_examples=15)
@given(laws("X Y Z", max_labels=2))
def test_blocks_of_three_features_stay_below_the_exact_minimum(law):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blockbounds, "MOST_OUTCOMES", 4)
        found = block_bound(law, (("X",), ("Y",), ("Z",)), exact, quiet)
    assert 0 <= found <= best_latent(law).score


def test_the_bound_is_what_the_blocks_give_less_what_is_lost(monkeypatch):
    """Rows 0 and 2 against 1 and 3, the same for the columns."""
    dice = Random(3)
    weights = {(str(x), str(y)): dice.randint(1, 9) for x, y in product(range(4), repeat=2)}
    law = Dist.from_weights(weights, "X Y")
    monkeypatch.setattr(blockbounds, "MOST_OUTCOMES", 4)
    monkeypatch.setattr(Merging, "_improved", lambda self, classes: classes)
    seen = []
    found = block_bound(law, (("X",), ("Y",)), exact, seen.append)
    assert seen[0] == "block 1 of 4: a lower bound of its summed error"
    whole = Dist.from_weights(
        {(x, y, str(int(x) % 2), str(int(y) % 2)): w for (x, y), w in weights.items()}, "X Y A B"
    )
    total = sum(weights.values())
    parts = Fraction(0)
    for a, b in product((0, 1), repeat=2):
        part = {(x, y): w for (x, y), w in weights.items() if (int(x) % 2, int(y) % 2) == (a, b)}
        parts += Fraction(sum(part.values()), total) * exact(Dist.from_weights(part, "X Y"))
    gone = (I("A;Y|B") + I("B;X|A"))(whole)
    assert 0 <= parts - gone - found < Fraction(1, 10**12) or found == 0


def test_more_than_400_outcomes_have_a_lower_bound_near_the_upper_one():
    """Each outcome of a table of 2 x 3 split evenly into 9 x 9: merging loses nothing."""
    table = np.kron([[30, 2, 3], [4, 25, 9]], np.ones((9, 9), dtype=int))
    weights = {(f"{x:02}", f"{y:02}"): int(w) for (x, y), w in np.ndenumerate(table)}
    law = Dist.from_weights(weights, "X Y")
    assert len(law) == 486
    near = near_best_latent(law)
    small = best_latent(Dist.from_array([[30, 2, 3], [4, 25, 9]], "X Y")).score
    assert near.upper == small
    assert small * Fraction(98, 100) < near.lower <= small


def test_the_largest_error_is_at_least_a_third_of_the_sum(monkeypatch):
    law = Dist.from_array(np.kron([[9, 1], [2, 8]], np.ones((11, 11), dtype=int)).tolist(), "X Y")
    monkeypatch.setattr(nearbest, "block_bound", lambda *_: Fraction(3, 10))
    assert near_best_latent(law).lower == Fraction(3, 10)
    assert near_best_latent(law, score="max").lower == Fraction(1, 10)


def test_what_is_lost_is_counted_as_by_forms():
    dice = Random(1)
    cells = list(product("abc", "abcd", "ab"))
    law = Dist.from_weights({cell: dice.randint(1, 9) for cell in cells}, "X Y Z")
    features = [np.array(codes_of(law, [name])) for name in "XYZ"]
    merging = Merging(np.array([float(m) for _, m in law.items()]), features, 8)
    classes = [np.array([0, 1, 0]), np.array([0, 1, 1, 0]), np.array([0, 0])]
    merged = [row[codes] for row, codes in zip(classes, features, strict=True)]
    both = Dist.from_weights(
        {
            (*outcome, *(str(int(row[j])) for row in merged)): weight
            for j, (outcome, weight) in enumerate(law.weights().items())
        },
        "X Y Z A B C",
    )
    value = form("I(A;Y,Z|B,C) + I(B;X,Z|A,C) + I(C;X,Y|A,B)")(both)
    assert abs(merging.lost(classes) - float(value)) < 1e-9
    crowded = Merging(merging.masses, features, 5)
    assert abs(crowded.lost(classes) - float(value) - 2) < 1e-9
    assert max(np.bincount(merging.blocks(merging.best()))) <= 8


def test_four_features_have_no_such_bound():
    law = Dist.uniform("A B C D", list(product("01", repeat=4)))
    assert block_bound(law, tuple((n,) for n in "ABCD"), exact, quiet) == 0
