"""The front of mediation against redundancy and the least worst error, against brute force."""

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import prod
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import Dist, H, I, InvalidInput, best_latent
from natlat_sym.natural import solved
from natlat_sym.natural.candidates import candidate_of
from natlat_sym.testing import laws

KINDS = ("sum", "max")


def partitions(items):
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for partition in partitions(rest):
        yield [[first], *partition]
        for k in range(len(partition)):
            yield [*partition[:k], [first, *partition[k]], *partition[k + 1 :]]


class Brute:
    """Two to the errors times the total weight, rational: products of n**n over sums of counts."""

    def __init__(self, law, lost):
        self.outcomes, self.counts = list(law.support), list(law.weights().values())
        count = len(law.names)
        self.kept = list(combinations(range(count), count - lost))
        self.alone = [(place,) for place in range(count)]

    def power(self, cells, kept):
        sums = {}
        for cell in cells:
            key = tuple(self.outcomes[cell][place] for place in kept)
            sums[key] = sums.get(key, 0) + self.counts[cell]
        return prod(n**n for n in sums.values())

    def errors(self, partition):
        every = range(len(self.counts))
        whole = prod(self.power(block, ()) for block in partition)
        parts = [prod(self.power(block, kept) for block in partition) for kept in self.alone]
        own = prod(n**n for n in self.counts)
        mediation = Fraction(whole ** (len(self.alone) - 1) * own, prod(parts))
        rest = [
            Fraction(self.power(every, kept), prod(self.power(b, kept) for b in partition))
            for kept in self.kept
        ]
        return mediation, rest

    def points(self, score):
        found = {}
        for partition in partitions(list(range(len(self.counts)))):
            mediation, rest = self.errors(partition)
            point = mediation, prod(rest) if score == "sum" else max(rest)
            found.setdefault(point, set()).add(frozenset(map(frozenset, partition)))
        return found


def blocks_of(labels):
    return frozenset(
        frozenset(c for c, label in enumerate(labels) if label == one) for one in set(labels)
    )


def check_against_brute_force(law, score="sum", redundancy="weak"):
    lost = len(law.names) - 1 if redundancy == "strong" else 1
    points = Brute(law, lost).points(score)
    found = best_latent(law, score=score, redundancy=redundancy)
    front = []
    for point in sorted(points):
        if not front or point[1] < front[-1][1]:
            front.append(point)
    assert found.extent == "all"
    assert found.ties == tuple(len(points[point]) for point in front)
    for candidate, point in zip(found.front, front, strict=True):
        assert blocks_of(candidate.labelling.labels) in points[point]
    weigh = (lambda p: p[0] * p[1]) if score == "sum" else max
    least = min(map(weigh, points))
    best = set().union(*(points[point] for point in points if weigh(point) == least))
    assert {blocks_of(one.labelling.labels) for one in found.latents} == best
    assert len(found.latents) == len(best)
    for one in (*found.front, *found.latents):
        survivors = [tuple(name.split(",")) for name, _ in one.redundancy]
        measured = candidate_of(
            law, found.latents[0].labelling.groups, survivors, one.labelling.labels
        )
        assert measured == one
    assert all(one.value(score) == found.score for one in found.latents)


def random_law(dice, names, outcomes, labels, most):
    every = list(product(*(range(labels) for _ in names)))
    cells = dice.sample(every, min(outcomes, len(every)))
    weights = {tuple(map(str, cell)): dice.randint(1, most) for cell in cells}
    return Dist.from_weights(weights, names)


@pytest.mark.parametrize("score", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_two_features(seed, score):
    """Weights up to 1 or 2 give many ties."""
    law = random_law(Random(seed), ("X", "Y"), 7 + seed % 2, 4, (1, 2, 9)[seed % 3])
    check_against_brute_force(law, score)


@pytest.mark.parametrize("score", KINDS)
@pytest.mark.parametrize("redundancy", ["weak", "strong"])
@pytest.mark.parametrize("seed", range(3))
def test_three_features(seed, score, redundancy):
    law = random_law(Random(seed), ("X", "Y", "Z"), 7, 2 + seed % 2, (1, 3, 9)[seed])
    check_against_brute_force(law, score, redundancy)


def test_four_features_and_eight_outcomes():
    law = random_law(Random(5), ("A", "B", "C", "D"), 8, 2, 4)
    check_against_brute_force(law, "max")


def test_all_of_a_symmetric_table():
    """Rows and columns can be exchanged together: most points of the front are attained often."""
    law = Dist.from_array([[5, 1, 1], [1, 5, 1], [1, 1, 0]], "X Y")
    check_against_brute_force(law, "sum")


@settings(max_examples=30)
@given(laws("X Y", max_labels=3), st.sampled_from(KINDS))
def test_small_laws(law, score):
    if len(law) <= 6:
        check_against_brute_force(law, score)


@pytest.mark.parametrize("score", KINDS)
def test_constant_features_and_single_outcomes(score):
    for outcomes in ([("0", "0")], [("0", str(y)) for y in range(6)]):
        law = Dist.uniform("X Y", outcomes)
        check_against_brute_force(law, score)
        assert best_latent(law, score=score).front[0].name.startswith("constant")


# ---- larger supports ----


@pytest.mark.parametrize("score", KINDS)
def test_independent_features_have_the_constant_alone(score):
    law = Dist.from_array([[a * b for b in (1, 2, 3, 4)] for a in (1, 1, 5, 7)], "X Y")
    found = best_latent(law, score=score)
    assert [(c.name, c.mediation, c.lost) for c in found.front] == [("constant", 0, 0)]
    assert found.ties == (1,)
    assert len(found.latents) == 1


@pytest.mark.parametrize("score", KINDS)
def test_a_common_part_is_the_whole_front(score):
    cells = [(2 * k + i, 2 * k + j) for k in range(4) for i in (0, 1) for j in (0, 1)]
    law = Dist.uniform("X Y", [tuple(map(str, cell)) for cell in cells])
    found = best_latent(law, score=score)
    assert [(c.name, c.mediation, c.lost) for c in found.front] == [("common part", 0, 0)]
    assert found.latents == found.front
    assert found.latents[0].labelling.count == 4


def test_blocks_on_a_table():
    """Two independent fair digits beside a copied bit: constant, or the bit; nothing between."""
    table = [[5 if row // 2 == column // 2 else 1 for column in range(4)] for row in range(4)]
    law = Dist.from_array(table, "X Y")
    found = best_latent(law)
    halves = Dist.from_array([[5, 1], [1, 5]], "X Y")
    small = best_latent(halves)
    assert found.score == small.score == I("X;Y")(halves)
    assert found.front[-1].name == "constant"
    assert [(c.mediation, c.lost) for c in found.front] == [
        (c.mediation, c.lost) for c in small.front
    ]


@pytest.mark.parametrize("score", KINDS)
def test_sixteen_cells(score):
    table = [[37 if row == column else 3 for column in range(4)] for row in range(4)]
    law = Dist.from_array(table, "X Y")
    said = []
    found = best_latent(law, score=score, progress=said.append)
    assert found.complete
    assert (found.front[0].mediation, found.front[-1].lost) == (0, 0)
    assert found.front[-1].mediation == I("X;Y")(law)
    assert found.score == min(c.value(score) for c in found.front)
    for one, two in pairwise(found.front):
        assert one.mediation < two.mediation
        assert one.against(score) > two.against(score)
    copies = H("X|Y")(law)  # either feature as the label
    assert any(c.mediation == 0 and c.against(score) <= copies for c in found.front)
    assert said[0].startswith("bounds: ")
    assert "partial partitions" in said[-1]


def test_a_product_of_two_laws():
    """Labels of the factors side by side: their errors add up, and the front is not above them."""
    one = Dist.from_array([[14, 1], [1, 4]], "A B")
    two = Dist.from_array([[2, 1], [0, 3]], "C D")
    joint = one * two
    found = best_latent(joint, [("A", "C"), ("B", "D")])
    assert len(joint) == 12
    for first, second in product(best_latent(one).front, best_latent(two).front):
        mediation, lost = first.mediation + second.mediation, first.lost + second.lost
        assert any(c.mediation <= mediation and c.lost <= lost for c in found.front)
    assert found.score <= best_latent(one).score + best_latent(two).score
    assert found.front[-1].mediation == I("A;B")(one) + I("C;D")(two)


@pytest.mark.parametrize("score", KINDS)
def test_no_other_partition_dominates(score):
    dice = Random(8)
    for names, labels in ((("X", "Y"), 5), (("X", "Y", "Z"), 3)):
        law = random_law(dice, names, 12, labels, 30)
        found = best_latent(law, score=score)
        groups = found.latents[0].labelling.groups
        survivors = [tuple(name.split(",")) for name, _ in found.latents[0].redundancy]
        near = [list(c.labelling.labels) for c in found.front]
        for _ in range(60):
            labels_of = list(dice.choice(near))
            for _ in range(dice.randint(1, 3)):
                labels_of[dice.randrange(12)] = dice.randrange(6)
            one = candidate_of(law, groups, survivors, labels_of)
            point = one.mediation, one.against(score)
            covered = [
                c for c in found.front if c.mediation <= point[0] and c.against(score) <= point[1]
            ]
            assert covered
            assert one.value(score) >= found.score


def test_the_worst_error_is_on_the_front():
    weights = {cell: 8 if len(set(cell)) == 1 else 1 for cell in product("01", repeat=4)}
    law = Dist.from_weights(dict(list(weights.items())[:13]), "A B C D")
    found = best_latent(law, score="max")
    assert found.score == found.latents[0].worst
    assert found.score == min(c.worst for c in found.front)
    assert found.score <= best_latent(law).latents[0].worst


# ---- where too many partitions tie ----


def test_too_many_ties_leave_the_hull(monkeypatch):
    law = Dist.from_array([[7, 2, 0, 1], [1, 5, 3, 2], [1, 2, 6, 9]], "X Y")
    whole = best_latent(law)
    monkeypatch.setattr("natlat_sym.natural.fronts.MAX_TIES", 1)
    hull = best_latent(law)
    assert (hull.extent, hull.complete) == ("hull", False)
    assert (hull.score, hull.latents) == (whole.score, whole.latents)
    values = [(c.mediation, c.lost) for c in whole.front]
    corners = [(c.mediation, c.lost) for c in hull.front]
    assert 2 < len(corners) < len(values)
    assert set(corners) <= set(values)
    for (a, b), (c, d), (e, f) in zip(corners, corners[1:], corners[2:], strict=False):
        assert float(d - b) / float(c - a) < float(f - d) / float(e - c)
    assert "corners of the convex hull of the front, for some weights: mediation" in str(hull)
    assert hull.to_json()["front_extent"] == "hull"


def test_too_many_ties_of_the_worst_error(monkeypatch):
    law = Dist.from_array([[7, 2, 0], [1, 5, 3], [0, 2, 6]], "X Y")
    whole = best_latent(law, score="max")
    search = solved.FrontSearch

    class Blind(search):
        def partitions(self, worst=False):
            return super().partitions(worst) if worst else None

    monkeypatch.setattr(solved, "FrontSearch", Blind)
    found = best_latent(law, score="max")
    assert (found.score, found.latents) == (whole.score, whole.latents)
    assert found.extent == "best"
    assert "front, of these and the trivial latents only" in str(found)
    monkeypatch.setattr("natlat_sym.natural.fronts.MAX_TIES", 0)
    with pytest.raises(InvalidInput, match="best partitions, got more"):
        best_latent(law, score="max")
