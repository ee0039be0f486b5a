"""The best deterministic latent, against brute force over all partitions; garblings."""

import math
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from random import Random

import pytest

from natlat_sym import Bits, Dist, I, InvalidInput, best_latent, garbling
from natlat_sym.natural.candidates import candidate_of
from natlat_sym.natural.partitions import best_sums, block_costs


def tables(rows, columns, total):
    """All count tables of a shape and total."""
    cells = rows * columns
    for chosen in combinations_with_replacement(range(cells), total):
        yield [[chosen.count(r * columns + c) for c in range(columns)] for r in range(rows)]


def law_of(table):
    return Dist.from_array(table, "X1 X2")


def partitions(items):
    """An independent enumeration: insert the first item into the partitions of the others."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for partition in partitions(rest):
        yield [[first], *partition]
        for k in range(len(partition)):
            yield [*partition[:k], [first, *partition[k]], *partition[k + 1 :]]


def entropy(masses):
    return -sum(m * math.log2(m) for m in masses if m)


def brute_force(law):
    """The least D = I(X;Y|g) + H(g|X) + H(g|Y), in floats."""
    masses = {outcome: float(mass) for outcome, mass in law.items()}
    best = math.inf
    for partition in partitions(list(masses)):
        label = {outcome: k for k, block in enumerate(partition) for outcome in block}

        def h(key, label=label):
            sums = {}
            for outcome, mass in masses.items():
                sums[key(outcome, label)] = sums.get(key(outcome, label), 0) + mass
            return entropy(sums.values())

        x, y = h(lambda o, g: o[0]), h(lambda o, g: o[1])
        gx, gy = h(lambda o, g: (o[0], g[o])), h(lambda o, g: (o[1], g[o]))
        both, only = h(lambda o, g: o), h(lambda o, g: g[o])
        best = min(best, gx + gy - both - only + gx - x + gy - y)
    return best


@pytest.mark.parametrize("total", [1, 2, 3, 4, 5, 6])
def test_every_two_by_two_table(total):
    for table in tables(2, 2, total):
        law = law_of(table)
        assert float(best_latent(law).score) == pytest.approx(brute_force(law), abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_tables_of_total_twelve(seed):
    dice = Random(seed)
    rows, columns = dice.choice([(2, 3), (2, 4), (3, 3), (3, 3)])
    table = [[0] * columns for _ in range(rows)]
    for _ in range(12):
        table[dice.randrange(rows)][dice.randrange(columns)] += 1
    law = law_of(table)
    if len(law) <= 8:
        assert float(best_latent(law).score) == pytest.approx(brute_force(law), abs=1e-9)
    found = best_latent(law)
    assert all(candidate.total == found.score for candidate in found.latents)


def test_dynamic_programming_agrees_with_enumeration():
    dice = Random(3)
    for _ in range(10):
        weights = [dice.randint(1, 20) for _ in range(7)]
        labels = [[dice.randrange(3) for _ in range(7)] for _ in range(2)]
        costs = block_costs(weights, labels, labels[::-1])
        total = costs.mediation + sum(costs.redundancy)
        masks = [[sum(1 << cell for cell in b) for b in p] for p in partitions(list(range(7)))]
        best = min(sum(int(total[b]) for b in blocks) for blocks in masks)
        found = best_sums(total, costs.slack)
        assert best in {sum(int(total[b]) for b in blocks) for blocks in found}


def test_an_exact_tie_is_found():
    """Counts [[14,1],[1,4]]: the constant and one singleton score the same."""
    found = best_latent(law_of([[14, 1], [1, 4]]))
    assert found.score == Bits("31/10 - 3/2*log2(3) - log2(5) + 7/10*log2(7)")
    assert sorted(c.labelling.count for c in found.latents) == [1, 2]
    for power in (5, 9, 30):
        near = best_latent(law_of([[14 * 10**power, 10**power], [10**power, 4 * 10**power + 1]]))
        assert len(near.latents) == 1


@pytest.mark.parametrize("most", [10**6, 10**12, 10**25])
def test_masses_over_large_denominators(most):
    dice = Random(most)
    law = law_of([[dice.randint(1, most) for _ in range(4)] for _ in range(2)])
    found = best_latent(law)
    assert float(found.score) == pytest.approx(brute_force(law), abs=1e-9)
    assert all(candidate.total == found.score for candidate in found.latents)


def test_the_three_by_three_law_of_the_literature():
    found = best_latent(law_of([[6453, 671, 224], [354, 2032, 6403], [2066, 1116, 681]]))
    (only,) = found.latents
    blocks = {}
    for (x, y), label in only.labelling.items():
        blocks.setdefault(label, set()).add((x, y))
    assert {frozenset(b) for b in blocks.values()} == {
        frozenset(map(tuple, ("00", "01", "02", "10", "20"))),
        frozenset(map(tuple, ("11", "12", "21", "22"))),
    }
    assert f"{found.score:.7f}" == "0.5528092"


def test_a_tilted_two_by_two_law():
    law = Dist.from_dict({(0, 0): "3/5", (0, 1): "1/20", (1, 0): "1/20", (1, 1): "3/10"}, "X1 X2")
    assert I("X1;X2")(law) == Bits("7/2 + 9/10*log2(3) + log2(5) - 7/10*log2(7) - 13/10*log2(13)")
    found = best_latent(law)
    assert f"{found.score:.7f}" == "0.4197253"
    assert sorted(
        label for (x, y), label in found.latents[0].labelling.items() if (x, y) != (1, 1)
    ) == [0, 0, 0]


def test_an_exact_natural_latent_has_score_zero():
    law = Dist.uniform("X1 X2 X3", [("0", "0", "0"), ("1", "1", "1"), ("1", "1", "2")])
    for kind in ("sum", "max"):
        found = best_latent(law, score=kind)
        assert found.score == 0
        assert found.front[0].mediation == 0


def test_the_front_is_not_dominated():
    found = best_latent(law_of([[7, 2, 0], [1, 5, 3], [0, 2, 6]]))
    assert found.complete
    values = [(c.mediation, c.lost) for c in found.front]
    for (a, b), (c, d) in pairwise(values):
        assert a < c
        assert b > d
    assert values[0][0] == 0
    assert values[-1][1] == 0
    assert found.score == min(a + b for a, b in values)


def test_the_worst_error_and_strong_redundancy():
    law = Dist.uniform("X1 X2 X3", list(product("01", repeat=3))[:6])
    worst = best_latent(law, score="max")
    assert worst.score == min(c.worst for c in worst.latents)
    assert worst.score <= best_latent(law).latents[0].worst
    strong = best_latent(law, redundancy="strong")
    assert [name for name, _ in strong.latents[0].redundancy] == ["X1", "X2", "X3"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: best_latent(Dist.uniform("X Y", product("12345", repeat=2))),
            "at most 16 outcomes",
        ),
        (
            lambda: best_latent(Dist.uniform("X Y", product("12345", repeat=2)), score="max"),
            "at most 16 outcomes",
        ),
        (lambda: best_latent(law_of([[1, 1]]), score="mean"), "the score 'sum' or 'max'"),
        (
            lambda: best_latent(
                Dist.uniform(
                    [f"X{i}" for i in range(16)], [[i == j for i in range(16)] for j in range(16)]
                ),
                redundancy=8,
            ),
            "at most 512 choices of the features that are left, with 16 outcomes, got 12870",
        ),
        (
            lambda: best_latent(
                Dist.from_dict({("0", "0"): "e", ("1", "1"): "1 - e"}, "X Y", "0 < e < 1")
            ),
            "without parameters",
        ),
    ],
)
def test_what_is_too_large_is_refused(ask, message):
    with pytest.raises(InvalidInput, match=message):
        ask()


# ---- garblings ----


def erasures(first, second):
    """A fair bit seen through two independent erasure channels."""
    rows = {s: {s: 1 - Fraction(first), "e": Fraction(first)} for s in "01"}
    more = {s: {s: 1 - Fraction(second), "e": Fraction(second)} for s in "01"}
    return Dist.uniform("S", "01").extend("A", "S", rows).extend("B", "S", more)


def test_erasure_channels_are_ordered():
    law = erasures("1/2", "1/5")
    down = garbling(law, "B", "A", given="S")
    assert down.exists
    assert down.channel["e",] == {("e",): 1}
    up = garbling(law, "A", "B", given="S")
    assert not up.exists
    assert up.gap > 0


@pytest.mark.parametrize("power", [1, 5, 9, 12, 30])
def test_near_misses_are_decided(power):
    tiny = Fraction(1, 10**power)
    law = erasures("1/2", Fraction(1, 2) - tiny)
    assert garbling(law, "B", "A", given="S").exists
    assert not garbling(law, "A", "B", given="S").exists
    assert garbling(erasures("1/2", "1/2"), "A", "B", given="S").exists


def test_the_channel_is_what_it_says():
    law = Dist.uniform("S", "012").extend("M", "S", {s: {s: "2/3", "x": "1/3"} for s in "012"})
    law = law.extend(
        "L", "M", {m: {"0": "1/2", "1": "1/2"} if m == "x" else {"1": 1} for m in "012x"}
    )
    found = garbling(law, "M", "L", given="S")
    for s in "012":
        for label in "01":
            through = sum(
                law.probability({"M": m}, given={"S": s}) * row.get((label,), 0)
                for (m,), row in found.channel.items()
            )
            assert through == law.probability({"L": label}, given={"S": s})
    assert "garbling of P[M|S]" in str(found)
    assert found.to_json()["exists"] is True


def test_incomparable_channels_come_with_a_decision_problem():
    law = Dist.uniform("S", "012").with_function("A", lambda s: str(int(s == "0")), of="S")
    law = law.with_function("B", lambda s: str(int(s == "1")), of="S")
    for one, two in (("A", "B"), ("B", "A")):
        found = garbling(law, one, two, given="S")
        assert not found.exists
        assert "no garbling" in str(found)
        assert found.gap > 0


def singleton_sign(table, row, column):
    """Sign of D(singleton) - D(constant) by the exact scores, and by a comparison of integers."""
    law = law_of(table)
    groups, survivors = (("X1",), ("X2",)), [("X2",), ("X1",)]
    single = [int(outcome == (str(row), str(column))) for outcome in law.support]
    scores = [
        candidate_of(law, groups, survivors, labels).total for labels in (single, [0] * len(law))
    ]
    total, count = sum(map(sum, table)), table[row][column]
    across, down = sum(table[row]), sum(line[column] for line in table)
    first = across ** (2 * across) * down ** (2 * down) * (total - count) ** (total - count)
    second = total**total * count ** (3 * count)
    for rest in (across - count, down - count):
        second *= rest ** (2 * rest)
    return tuple((a > b) - (a < b) for a, b in (scores, (first, second)))


@pytest.mark.parametrize("seed", range(12))
def test_one_outcome_apart_or_none_is_a_comparison_of_integers(seed):
    dice = Random(seed)
    table = [[dice.randint(1, 9) for _ in range(3)] for _ in range(2)]
    for row, column in product(range(2), range(3)):
        by_scores, by_integers = singleton_sign(table, row, column)
        assert by_scores == by_integers


def test_the_tie_of_integers_is_a_tie():
    signs = [singleton_sign([[14, 1], [1, 4]], row, column) for row in (0, 1) for column in (0, 1)]
    assert (0, 0) in signs
    assert all(a == b for a, b in signs)
    assert len(best_latent(law_of([[14, 1], [1, 4]])).latents) == 2
