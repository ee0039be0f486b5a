"""Markov equivalence: all nets over few variables, the graph of a class, its members."""

import re
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natlat_sym import (
    InvalidInput,
    Undecided,
    all_dags,
    arrows,
    cpdag,
    dag,
    dag_form,
    markov_class,
    markov_classes,
    markov_equivalent,
)


def edge_set(net):
    return frozenset(net.edges)


# Acyclic digraphs with labels (Robinson 1973), essential graphs (Gillispie and Perlman 2001).
COUNTS = [("A", 1, 1), ("A B", 3, 2), ("A B C", 25, 11), ("A B C D", 543, 185)]


@pytest.mark.parametrize(("names", "nets", "classes"), COUNTS)
def test_equivalent_nets_have_equal_forms_and_others_do_not(names, nets, classes):
    found = markov_classes(names)
    assert (len(found), sum(map(len, found))) == (classes, nets)
    by_form = {}
    for net in all_dags(names):
        by_form.setdefault(dag_form(net), set()).add(edge_set(net))
    assert len(by_form) == classes
    assert set(map(frozenset, by_form.values())) == {frozenset(map(edge_set, c)) for c in found}


@pytest.mark.parametrize("names", ["A B C", "A B C D"])
def test_the_completed_graph_is_the_union_of_the_class(names):
    """By definition: an edge keeps its arrow just when all members agree on it."""
    graphs = set()
    for members in markov_classes(names):
        union = frozenset().union(*map(edge_set, members))
        assert {edge_set(cpdag(net)) for net in members} == {union}
        assert {edge_set(net) for net in markov_class(members[-1])} == set(map(edge_set, members))
        graphs.add(union)
    assert len(graphs) == len(markov_classes(names))


def test_equivalence_of_every_two_nets_over_three_variables():
    classes = markov_classes("A B C")
    place = {edge_set(net): i for i, members in enumerate(classes) for net in members}
    for first, second in combinations(all_dags("A B C"), 2):
        same = place[edge_set(first)] == place[edge_set(second)]
        assert markov_equivalent(first, second) is same


@given(st.sets(st.sampled_from(list(combinations(range(9), 2))), max_size=20))
def test_larger_nets(edges):
    net = nx.DiGraph()
    net.add_nodes_from(f"V{i}" for i in range(9))
    net.add_edges_from((f"V{tail}", f"V{head}") for tail, head in edges)
    members = [member for member, _ in zip(markov_class(net), range(8), strict=False)]
    assert edge_set(members[0]) == edge_set(net)
    assert len(set(map(edge_set, members))) == len(members)
    for member in members:
        assert dag_form(member) == dag_form(net)
        assert edge_set(cpdag(member)) == edge_set(cpdag(net))
        assert markov_equivalent(member, net)


def test_a_complete_net_has_every_order():
    assert len(list(markov_class("(A,B,C,D,E)"))) == 120
    assert all(net.number_of_edges() == 10 for net in markov_class("(A,B,C,D,E)"))


def test_groups_count_as_complete_nets():
    assert markov_equivalent("(A,B) -> C", "C -> A -> B; C -> B")
    assert not markov_equivalent("(A,B) -> C", "A -> C <- B")
    assert arrows(dag(cpdag("(A,B); C -> D").subgraph("AB").edges - {("B", "A")})) == "A -> B"
    labelled = nx.DiGraph([(1, 2)])
    labelled.add_nodes_from([(1, {"variables": "X"}), (2, {"variables": "Y"})])
    assert markov_equivalent(labelled, "Y -> X")
    assert edge_set(cpdag(labelled)) == {("X", "Y"), ("Y", "X")}


def test_copies_of_a_variable():
    assert markov_equivalent("Y <- X -> Y#2", "Y#2 <- X -> Y")
    assert markov_equivalent("X -> Y", "Y -> X -> X#2")
    with pytest.raises(Undecided, match="at several nodes and have different errors"):
        markov_equivalent("Y <- X -> Y#2", "X -> Y")
    for function in (cpdag, lambda spec: next(markov_class(spec))):
        with pytest.raises(InvalidInput, match="Y sits at 2 nodes"):
            function("Y <- X -> Y#2")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: markov_equivalent("A -> B", "A -> C"), "the same variables, got A, B and A, C"),
        (lambda: next(all_dags("A B C D E F")), "expected one to 5 variables, got 6: there are"),
        (lambda: markov_classes(""), "expected one to 5 variables, got 0"),
    ],
)
def test_wrong_input(build, message):
    with pytest.raises(InvalidInput, match=re.escape(message)):
        build()
