"""Symmetries of laws: against all renamings and exchanges tried out, and against known groups."""

from itertools import permutations, product
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.combinatorics import Permutation, PermutationGroup

import natlat_sym as nl
from natlat_sym.errors import InvalidInput, Undecided
from natlat_sym.natural import automorphisms
from natlat_sym.natural.candidates import candidate_of


def every_symmetry(weights):
    """All permutations of the outcomes that renamings of values and exchanges of features make."""
    outcomes = sorted(weights)
    alphabets = [sorted(set(column)) for column in zip(*outcomes, strict=True)]
    count = len(alphabets)
    found = set()
    for order in permutations(range(count)):
        if any(len(alphabets[k]) != len(alphabets[to]) for k, to in enumerate(order)):
            continue
        renamings = [permutations(alphabets[to]) for to in order]
        for images in product(*renamings):
            rename = [dict(zip(alphabets[k], images[k], strict=True)) for k in range(count)]
            moved = []
            for outcome in outcomes:
                image = [""] * count
                for k, value in enumerate(outcome):
                    image[order[k]] = rename[k][value]
                moved.append(tuple(image))
            if all(weights.get(m) == weights[o] for m, o in zip(moved, outcomes, strict=True)):
                found.add(tuple(map(outcomes.index, moved)))
    return found


def names(count):
    return [f"X{k}" for k in range(1, count + 1)]


def group(found):
    size = len(found.outcomes)
    return PermutationGroup([Permutation(list(move), size=size) for move in found.generators])


cells_2 = list(product("012", repeat=2))
cells_3 = list(product("01", repeat=3))


@given(
    st.sampled_from([cells_2, cells_3]).flatmap(
        lambda cells: st.lists(st.integers(0, 2), min_size=len(cells), max_size=len(cells)).map(
            lambda counts: {c: n for c, n in zip(cells, counts, strict=True) if n}
        )
    )
)
def test_they_are_all_renamings_and_exchanges_that_keep_the_law(weights):
    if not weights:
        return
    found = nl.symmetries(nl.Dist.from_weights(weights, names(len(next(iter(weights))))))
    expected = every_symmetry(weights)
    assert found.order == len(expected)
    assert set(found.generators) <= expected
    if found.generators:
        assert group(found).order() == len(expected)
        assert set(map(frozenset, found.orbits)) == set(map(frozenset, group(found).orbits()))
    else:
        assert len(expected) == 1


def even(size):
    return nl.Dist.from_array([[3 + 9 * (r == c) for c in range(size)] for r in range(size)], "X Y")


def coins(count, bias):
    """A coin of one of two biases, thrown again and again."""
    one, two = bias
    return nl.Dist.from_weights(
        {
            cell: one ** sum(map(int, cell)) * (10 - one) ** (count - sum(map(int, cell)))
            + two ** sum(map(int, cell)) * (10 - two) ** (count - sum(map(int, cell)))
            for cell in product("01", repeat=count)
        },
        names(count),
    )


def sums(size, plus):
    rows = [(str(a), str(b), str(plus(a, b))) for a in range(size) for b in range(size)]
    return nl.Dist.uniform("X Y Z", rows)


@pytest.mark.parametrize(
    ("law", "order"),
    [
        (even(4), 2 * factorial(4)),
        (even(8), 2 * factorial(8)),
        (even(16), 2 * factorial(16)),
        (coins(5, (2, 7)), factorial(5)),
        (coins(6, (1, 9)), 2 * factorial(6)),
        (coins(8, (1, 9)), 2 * factorial(8)),
        # the paratopisms of the tables of two groups: n**2 |Aut| of them fix the three roles
        (sums(8, lambda a, b: (a + b) % 8), 64 * 4 * 6),
        (sums(8, lambda a, b: a ^ b), 64 * 168 * 6),
        (nl.Dist.uniform("X Y", [(str(k), str(k)) for k in range(20)]), factorial(20)),
        (nl.Dist.from_array([[1] * 5] * 3, "X Y"), factorial(5) * factorial(3)),
        (nl.Dist.from_array([[1] * 4] * 4, "X Y"), 2 * factorial(4) ** 2),
    ],
    ids=str,
)
def test_groups_that_are_known(law, order):
    assert nl.symmetries(law).order == order


@given(st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_a_symmetry_takes_each_latent_to_one_with_the_same_errors(labels):
    law = even(3)
    features = (("X",), ("Y",))
    for move in nl.symmetries(law).generators:
        image = [0] * 9
        for place, to in enumerate(move):
            image[to] = labels[place]
        one, two = (candidate_of(law, features, [("Y",), ("X",)], one) for one in (labels, image))
        assert one.mediation == two.mediation
        assert one.total == two.total
        assert one.worst == two.worst


def test_ties_up_to_symmetry():
    found = nl.best_latent(even(4), score="max")
    assert (len(found.latents), len(found.representatives)) == (4, 1)
    assert "attained by 4 partitions of the support, 1 up to symmetry:" in str(found)
    assert all(apart <= ties for apart, ties in zip(found.orbits, found.ties, strict=True))
    assert sum(found.orbits) < sum(found.ties)
    rows = found.symmetries.alike(one.labelling.labels for one in found.latents)
    assert [row[0] for row in rows] == [one.labelling.labels for one in found.representatives]


def test_ties_that_no_symmetry_explains():
    # counts [[14, 1], [1, 4]]: the constant label and one that marks a cell tie (theory 7.5)
    found = nl.best_latent(nl.Dist.from_array([[14, 1], [1, 4]], "X1 X2"))
    assert found.symmetries.order == 2
    assert (len(found.latents), len(found.representatives)) == (2, 2)


def test_a_law_without_symmetries_says_nothing_of_them():
    found = nl.best_latent(nl.Dist.from_array([[5, 1], [2, 9]], "X Y"))
    assert found.symmetries.order == 1
    assert "symmetry" not in str(found)
    assert found.orbits == found.ties


def test_as_text():
    law = sums(4, lambda a, b: (a + b) % 4)
    assert str(nl.symmetries(law)).splitlines() == [
        "192 symmetries of the law of X, Y, Z; 1 orbit of 16 outcomes",
        "  X <-> Y",
        "  X: 1 <-> 3; Y: 1 <-> 3; Z: 1 <-> 3",
        "  Y <-> Z; Y=1 -> Z=3; Y=3 -> Z=1; Z=1 -> Y=3; Z=3 -> Y=1",
        "  Y: 0 -> 1 -> 2 -> 3 -> 0; Z: 0 -> 1 -> 2 -> 3 -> 0",
    ]
    three = nl.symmetries(coins(3, (1, 9)), ["X1,X2", "X3"])
    assert str(three).splitlines() == [
        "4 symmetries of the law of X1,X2, X3; 3 orbits of 8 outcomes",
        "  X1,X2: 0,1 <-> 1,0",
        "  X1,X2: 0,0 <-> 1,1; X3: 0 <-> 1",
    ]
    assert str(nl.symmetries(even(12))).splitlines()[-1] == "  and 55 more generators"


def test_refusals(monkeypatch):
    with pytest.raises(InvalidInput, match="expected a law"):
        nl.symmetries("table.csv")
    large = nl.Dist.uniform("X Y", [(str(k), str(k)) for k in range(1025)])
    with pytest.raises(InvalidInput, match="at most 1024 outcomes, got 1025"):
        nl.symmetries(large)
    monkeypatch.setattr(automorphisms, "MAX_TRIES", 2)
    with pytest.raises(Undecided, match="too much to try"):
        nl.symmetries(sums(8, lambda a, b: (a + b) % 8))
