"""Connected components and the Gács-Körner common part, against networkx and by hand."""

import copy
import pickle
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import Bits, Dist, common_part
from natlat_sym.errors import InvalidInput, OverlappingSets, UnknownVariable
from natlat_sym.natural.components import _roots, components
from natlat_sym.natural.features import as_features, as_group, fresh_name
from natlat_sym.nets.natural import deletion_budget

BLOCKS = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"), ("2", "2")])
# The example with a common part given a third variable: dit's test suite, K5.
K5 = Dist.from_dict(
    {
        ("0", "0", "0"): "1/8", ("0", "1", "0"): "1/8", ("1", "0", "0"): "1/8",
        ("1", "1", "0"): "1/8", ("2", "2", "1"): "1/4", ("3", "3", "1"): "1/4",
    },
    "X Y Z",
)  # fmt: skip


@st.composite
def supports(draw, features=3, labels=3):
    outcome = st.tuples(*[st.sampled_from("012"[:labels])] * features)
    return sorted(draw(st.sets(outcome, min_size=1, max_size=10)))


def by_networkx(outcomes, budget):
    """The partition from the definition: an edge for every pair that agrees often enough."""
    graph = nx.Graph()
    graph.add_nodes_from(outcomes)
    for one, other in combinations(outcomes, 2):
        agreed = sum(a == b for a, b in zip(one, other, strict=True))
        if agreed >= len(one) - budget:
            graph.add_edge(one, other)
    return {frozenset(part) for part in nx.connected_components(graph)}


@given(supports(features=4), st.integers(1, 3))
@settings(max_examples=60)
def test_components_are_those_of_the_agreement_graph(outcomes, budget):
    law = Dist.uniform("A B C D", outcomes)
    labelling = components(law, ["A", "B", "C", "D"], budget)
    assert {frozenset(block) for block in labelling.blocks()} == by_networkx(outcomes, budget)
    assert labelling.outcomes == law.support
    assert labelling.count == len(labelling.blocks())


def test_weak_and_strong_differ_for_three_features():
    law = Dist.uniform("A B C", [("0", "0", "0"), ("0", "1", "1"), ("1", "1", "0")])
    assert components(law, "A B C", 1).labels == (0, 1, 2)
    assert components(law, "A B C", 2).labels == (0, 0, 0)


def test_labels_are_numbered_as_the_support_meets_them():
    law = Dist.uniform("X Y", [("a", "3"), ("b", "0"), ("c", "3"), ("d", "1")])
    assert components(law, "X Y", 1).labels == (0, 1, 0, 2)


def test_features_may_be_groups():
    law = Dist.uniform("A B C", [("0", "0", "0"), ("0", "1", "0"), ("1", "1", "1")])
    labelling = components(law, [("A", "B"), "C"], 1)
    assert labelling.groups == (("A", "B"), ("C",))
    assert labelling.labels == (0, 0, 1)
    assert components(law, ["A,B", "C"], 1) == labelling


def test_other_variables_are_summed_out():
    law = Dist.uniform("X Y L", [("0", "0", "a"), ("0", "0", "b"), ("1", "1", "a")])
    assert components(law, "X Y", 1).outcomes == (("0", "0"), ("1", "1"))


def test_labelling_is_a_value():
    labelling = components(BLOCKS, "X Y", 1)
    assert labelling("1", "1") == 0
    assert labelling("2", "2") == 1
    assert pickle.loads(pickle.dumps(labelling)) == labelling
    assert hash(copy.deepcopy(labelling)) == hash(labelling)
    with pytest.raises(AttributeError):
        labelling.labels = ()
    with pytest.raises(InvalidInput, match="expected an outcome of X, Y with positive mass, got"):
        labelling("0", "2")


@pytest.mark.parametrize("budget", [1, 2, "groups"])
def test_sparse_supports_of_many_features(budget):
    rng = np.random.default_rng(24)
    rows = rng.integers(0, 6, size=(120, 24))
    rows[60:] = rows[:60]
    for row in rows[60:]:
        row[rng.integers(0, 24, size=rng.integers(1, 4))] = 6
    outcomes = sorted({tuple(map(str, row)) for row in rows.tolist()})
    names = [f"X{i}" for i in range(24)]
    law = Dist.uniform(names, outcomes)
    if budget == "groups":
        names = [names[:8], names[8:16], names[16:]]
        merged = [tuple(o[8 * i : 8 * i + 8] for i in range(3)) for o in outcomes]
        labelling = components(law, names, 2)
        expected = {frozenset(sum(o, ()) for o in part) for part in by_networkx(merged, 2)}
    else:
        labelling = components(law, names, budget)
        expected = by_networkx(outcomes, budget)
    assert {frozenset(block) for block in labelling.blocks()} == expected
    firsts = list(dict.fromkeys(labelling.labels))
    assert firsts == list(range(labelling.count))
    extended = labelling.extend(law, "L")
    assert {(*o, str(label)) for o, label in labelling.items()} == set(extended.support)


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_least_vertices_of_components(count, edges):
    edges = [(a % count, b % count) for a, b in edges]
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(count))
    roots = _roots(count, *(np.array([e[end] for e in edges], dtype=int) for end in (0, 1)))
    for part in nx.connected_components(graph):
        assert {int(roots[v]) for v in part} == {min(part)}


def test_the_label_on_a_law_with_fewer_outcomes_and_more_variables():
    labelling = components(BLOCKS, "X Y", 1)
    law = Dist.uniform("Z Y X", [("a", "1", "0"), ("b", "2", "2"), ("b", "0", "1")])
    assert set(labelling.extend(law, "L").support) == {
        ("a", "1", "0", "0"), ("b", "2", "2", "1"), ("b", "0", "1", "0")
    }  # fmt: skip
    more = BLOCKS.extend("Z", "X Y", lambda x, y: {"a": "1/2", x + y: "1/2"})
    wide = labelling.extend(more, "L")
    assert set(wide.support) == {(*o, str(int(o[0] == "2"))) for o in more.support}
    assert wide.marginal(more.names) == more


def test_a_long_chain_is_one_component():
    size = 20_000
    outcomes = [(i, j) for i in range(size) for j in (i, i + 1)]
    labelling = components(Dist.uniform("X Y", outcomes), "X Y", 1)
    assert (labelling.count, len(labelling.outcomes)) == (1, 2 * size)


def test_many_blocks():
    outcomes = [(3 * b + i, 3 * b + j) for b in range(2_000) for i in range(3) for j in range(3)]
    part = common_part(Dist.uniform("X Y", outcomes), "X", "Y")
    assert part.count == 2_000
    assert part.entropy == Bits.log2(2_000)


def test_common_part_of_blocks():
    part = common_part(BLOCKS, "X", "Y")
    assert part.entropy == Bits("-8/5 + log2(5)")  # h(1/5)
    extended = part.extend(BLOCKS)
    assert extended.names == ("X", "Y", "G")
    assert extended.entropy("G", given="X") == 0
    assert extended.entropy("G", given="Y") == 0
    assert str(part) == "common part of X and Y: 2 components, entropy -8/5 + log2(5) bits"


def test_common_part_given_a_variable():
    part = common_part(K5, "X", "Y", given="Z")
    assert part.entropy == Bits("1/2")
    assert part.count == 3
    assert str(part) == "common part of X and Y given Z: 3 components, entropy 1/2 bits"


def test_common_part_of_overlapping_groups():
    # X,Y and Y,Z share Y, and Z is a function of X here as of Y: the common part is Y.
    part = common_part(K5, "X,Y", ("Y", "Z"))
    assert part.entropy == Bits(2)
    assert part.extend(K5, "G").entropy("G", given="Y") == 0


def test_common_part_of_three_and_of_one_component():
    law = Dist.uniform("X Y Z", [("0", "0", "0"), ("0", "1", "1"), ("2", "2", "2")])
    assert str(common_part(law, "X", "Y", "Z")) == (
        "common part of X, Y and Z: 2 components, entropy -2/3 + log2(3) bits"
    )
    golden = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")])
    assert str(common_part(golden, "X", "Y")).endswith("1 component, entropy 0 bits")


def test_a_mass_of_10_to_the_minus_300_joins_two_components():
    tiny = f"1/{10**300}"
    law = Dist.from_weights({("0", "0"): 1, ("1", "1"): 1, ("0", "1"): tiny}, "X Y")
    assert common_part(law, "X", "Y").entropy == 0


@given(supports(features=2, labels=3), st.data())
@settings(max_examples=60)
def test_common_part_is_at_most_the_mutual_information(outcomes, data):
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(outcomes), max_size=len(outcomes)))
    law = Dist.from_weights(dict(zip(outcomes, weights, strict=True)), "X Y")
    part = common_part(law, "X", "Y")
    extended = part.extend(law)
    assert extended.entropy("G", given="X") == 0
    assert extended.entropy("G", given="Y") == 0
    shared = law.entropy("X") + law.entropy("Y") - law.entropy("X Y")
    assert 0 <= part.entropy <= shared


@given(supports(features=3, labels=3))
@settings(max_examples=40)
def test_given_a_variable_is_the_average_over_its_values(outcomes):
    law = Dist.uniform("X Y Z", outcomes)
    slices = [
        (law.probability({"Z": z}), common_part(law.given({"Z": z}), "X", "Y").entropy)
        for z in law.alphabet("Z")
    ]
    assert common_part(law, "X", "Y", given="Z").entropy == Bits.combine(slices)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: common_part(BLOCKS, "X"), InvalidInput, "needs two groups or more, got 1"),
        (lambda: common_part(BLOCKS, ["X"]), InvalidInput, "needs two groups or more, got 1"),
        (lambda: common_part(BLOCKS), InvalidInput, "needs two groups or more, got 0"),
        (lambda: common_part(BLOCKS, 7), InvalidInput, "expected groups such as 'X1 X2' or"),
        (lambda: common_part(BLOCKS, "X", "Q"), UnknownVariable, "got 'Q'"),
        (lambda: common_part(BLOCKS, "X", ""), InvalidInput, "one variable or more, got an empty"),
        (lambda: components(BLOCKS, "X Y", 2), InvalidInput, "from 1 to 1, got 2"),
        (lambda: components(BLOCKS, "X Y", True), InvalidInput, "from 1 to 1, got True"),
        (lambda: components(BLOCKS, "X", 1), InvalidInput, "at least 2 features, got 1: X"),
        (lambda: components(BLOCKS, "X X", 1), OverlappingSets, "'X' is in two of them"),
        (lambda: components(BLOCKS, [("X", "Y"), "Y"], 1), OverlappingSets, "'Y' is in two"),
        (lambda: as_features(BLOCKS, "X Y", ["Y"]), OverlappingSets, "'Y' is both"),
        (lambda: deletion_budget("strongly", 3), InvalidInput, "a whole number, got 'strongly'"),
        (lambda: as_group(()), InvalidInput, "got an empty one"),
    ],
)
def test_guards(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_groups_in_a_set_come_in_the_order_of_their_names():
    names = [f"X{i}" for i in range(10)]
    law = Dist.uniform([*names, "L"], [("0",) * 11])
    assert as_features(law, set(names)) == tuple((name,) for name in names)
    assert as_group(frozenset(names)) == tuple(names)


def test_names_and_budgets():
    assert as_features(BLOCKS, None) == (("X",), ("Y",))
    assert [deletion_budget(word, 5) for word in ("weak", "strong", 3)] == [1, 4, 3]
    assert fresh_name("L", ()) == "L"
    assert fresh_name("L", ["L", "L'"]) == "L''"


@pytest.mark.parametrize("groups", ["X Y", "X,Y", ["X", "Y"], (("X",), ("Y",)), iter(["X", "Y"])])
def test_groups_may_be_one_list(groups):
    assert common_part(BLOCKS, groups) == common_part(BLOCKS, "X", "Y")
