"""Bayes nets: reading, writing, errors as forms, factor terms, d-separation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fractions import Fraction
from itertools import combinations, permutations, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import (
    Dist,
    arrows,
    as_dag,
    d_separated,
    dag,
    dag_error,
    dag_form,
    factor_terms,
    form,
    mediation,
    redundancy,
)
from natlat_sym.check.reading import Reader
from natlat_sym.errors import (
    InvalidInput,
    NotADag,
    OverlappingSets,
    SyntaxInvalid,
    UnknownVariable,
)
from natlat_sym.nets.dags import node_variables
from natlat_sym.testing import dags, laws


def described(net: nx.DiGraph) -> tuple[dict[str, tuple[str, ...]], set[tuple[str, str]]]:
    return {node: net.nodes[node]["variables"] for node in net}, set(net.edges)


@given(dags("X1 X2 X3 L M"))
def test_arrow_text_reads_back(net):
    text = arrows(net)
    again = dag(text)
    assert described(again) == described(net)
    assert arrows(again) == text
    assert nx.is_frozen(again)


@given(dags("A B C D"), st.randoms(use_true_random=False))
def test_arrow_text_does_not_depend_on_the_order(net, random):
    shuffled = nx.DiGraph()
    nodes, edges = list(net.nodes(data=True)), list(net.edges)
    random.shuffle(nodes)
    random.shuffle(edges)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert arrows(shuffled) == arrows(net)


@given(dags("A B C D"))
def test_the_checker_expands_nets_alike(net):
    assert Reader(f"KL({arrows(net)})", "test").form() == dag_form(net).entropies


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ("X1 <- L -> X2; X3", "X1 <- L -> X2; X3"),
        ("L", "L"),
        ("Y <- X -> Y#2", "Y <- X -> Y#2"),
        ("Y <- X -> Y # 2", "Y <- X -> Y#2"),
        ("(X1, X2) -> Y", "(X1,X2) -> Y"),
        ("A → B ← C", "A -> B; C -> B"),
        ([("L", "X1"), ("L", "X2")], "X1 <- L -> X2"),
        ({"L": ["X1", "X2"], "N": []}, "X1 <- L -> X2; N"),
        ({"L": {"X1": {}}}, "L -> X1"),
        ({("L", "X1"), ("L", "X2")}, "X1 <- L -> X2"),
        ([(("X1", "X2"), "L")], "(X1,X2) -> L"),
        ([(frozenset({"X2", "X1"}), "L")], "(X1,X2) -> L"),
        ([(("X",), "L")], "X -> L"),
        (nx.DiGraph([("X", "Y#2")]), "X -> Y#2"),
    ],
)
def test_what_nets_are_given_by(spec, text):
    assert arrows(spec) == text


def test_nodes_say_what_they_hold():
    graph = nx.DiGraph([(1, 2), (1, "second look")])
    graph.nodes[1]["variables"] = "X1 X2"
    graph.nodes[2]["variables"] = ("Y",)
    graph.nodes["second look"]["variables"] = ["Y"]
    net = dag(graph)
    assert described(net) == (
        {"(X1,X2)": ("X1", "X2"), "Y": ("Y",), "Y#2": ("Y",)},
        {("(X1,X2)", "Y"), ("(X1,X2)", "Y#2")},
    )
    assert as_dag(graph) is graph
    assert node_variables(graph, 1) == ("X1", "X2")
    assert not nx.is_frozen(graph)


def test_a_copy_name_that_is_taken_is_passed_over():
    graph = nx.DiGraph([("Y#2", "A"), (7, "A"), (8, "A")])
    graph.add_node(7, variables=("Y",))
    graph.add_node(8, variables=("Y",))
    assert set(dag(graph)) == {"Y#2", "A", "Y", "Y#3"}


@pytest.mark.parametrize(
    ("spec", "kind", "message"),
    [
        ("X -> Y -> X", NotADag, "without directed cycles, got the cycle X -> Y -> X"),
        ("X -> X", NotADag, "got the cycle X -> X"),
        (nx.Graph([("X", "Y")]), NotADag, "got a Graph; make it an nx.DiGraph"),
        (nx.MultiDiGraph([("X", "Y")]), NotADag, "got a MultiDiGraph; make it an nx.DiGraph"),
        (nx.DiGraph(), InvalidInput, "expected a net with at least one node, got none"),
        ([], InvalidInput, "expected a net with at least one node, got none"),
        ("", SyntaxInvalid, "expected a node such as L, (X1,X2) or Y#2, got the end at column 1"),
        ("X ->", SyntaxInvalid, "got the end at column 5 of 'X ->'"),
        ("X => Y", SyntaxInvalid, "expected '->', '<-', ';' or the end of the net, got '='"),
        ("X -> (Y", SyntaxInvalid, "expected a node such as L, (X1,X2) or Y#2, got '('"),
        ("() -> X", SyntaxInvalid, "expected names inside (...), got none at column 2"),
        ("X, Y", SyntaxInvalid, "got ',' at column 2 of 'X, Y'"),
        (["XY"], InvalidInput, "mapping from nodes to lists of children, or list of pairs"),
        ({"L": "X1"}, InvalidInput, "mapping from nodes to lists of children, or list of pairs"),
        ([("L", ["X"])], InvalidInput, "expected a net as text, nx.DiGraph"),
        ([("A", "B", "C")], InvalidInput, "expected a net as text, nx.DiGraph"),
        (5, InvalidInput, "list of pairs, got 5"),
        ([(1, 2)], InvalidInput, "a name or a tuple of names, got 1; say what it holds in its"),
        ([("my node", "X")], InvalidInput, "got 'my node'; say what it holds in its attribute"),
        ([((), "X")], InvalidInput, "expected a node that holds variables, () holds none"),
        ([(("A", "A"), "X")], InvalidInput, "'A' is repeated in A, A"),
    ],
)
def test_what_is_no_net(spec, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        dag(spec)


def test_a_group_sits_at_one_node_only():
    graph = nx.DiGraph()
    graph.add_node(1, variables=("A", "B"))
    graph.add_node(2, variables=("A", "B"))
    with pytest.raises(InvalidInput, match=r"one node for the group \(A,B\), got two"):
        dag(graph)


def test_the_hash_seed_changes_nothing():
    code = (
        "from natlat_sym import arrows, dag, dag_form\n"
        "edges = {('L', 'X1'), ('L', 'X2'), ('M', 'X1'), (frozenset({'P', 'Q'}), 'L')}\n"
        "print(arrows(edges), list(dag(edges)), dag_form(edges).expanded())\n"
        "print(list(dag({'L': {'X1', 'X2', 'X3'}})))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(printed) == 1
    assert printed.pop().startswith("M -> X1; (P,Q) -> L -> X1; L -> X2 ")


@pytest.mark.parametrize(
    ("net", "text"),
    [
        ("Y <- X -> Y#2", "H(Y|X)"),
        ("X; Y", "I(X;Y)"),
        ("X1; X2; X3", "TC(X1;X2;X3)"),
        ("X -> L -> Y", "I(X;Y|L)"),
        ("X -> Z <- Y", "I(X;Y)"),
        ("A -> B -> C -> D", "I(A;C|B) + I(A,B;D|C)"),
        ("(X1,X2) -> L", "0"),
        ("X -> Y", "0"),
        ("X; X#2", "H(X)"),
        ("Y#2 <- X -> Y -> Z", "H(Y|X) + I(X;Z|Y)"),
    ],
)
def test_errors_as_forms(net, text):
    assert dag_form(net) == form(text)
    assert str(dag_form(net)) == f"KL({arrows(net)})"


@pytest.mark.parametrize(
    "equivalent",
    [
        ["A -> B -> C", "A <- B -> C", "C -> B -> A"],
        ["A -> B", "B -> A", "(A,B)"],
        ["A -> B -> C; A -> C", "C -> A; C -> B -> A", "(A,B) -> C"],
        ["L -> A; L -> B; L -> C", "A -> L -> B; L -> C", "C -> L -> A; L -> B"],
        ["A -> C <- B; C -> D", "B -> C -> D; A -> C"],
    ],
)
def test_markov_equivalent_nets_have_one_form(equivalent):
    assert len({dag_form(net) for net in equivalent}) == 1


def test_a_collider_is_not_a_chain():
    assert dag_form("A -> C <- B") != dag_form("A -> C -> B")


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_mediation_and_redundancy_are_the_forms_of_the_theory(n):
    names = [f"X{i}" for i in range(1, n + 1)]
    assert dag_form(mediation(names, "L")) == form(f"TC({';'.join(names)}|L)")
    for m in range(1, n):
        nets = redundancy(names, "L", m)
        assert [dropped for dropped, _ in nets] == [
            tuple((name,) for name in lost) for lost in combinations(names, m)
        ]
        for (dropped, net), (_, sharp) in zip(
            nets, redundancy(names, "L", m, deterministic=True), strict=True
        ):
            lost = ",".join(name for (name,) in dropped)
            kept = ",".join(name for name in names if (name,) not in dropped)
            assert dag_form(net) == form(f"I(L;{lost}|{kept})")
            assert dag_form(sharp) == form(f"H(L|{kept})")
    weak, strong = redundancy(names, "L"), redundancy(names, "L", "strong")
    assert [arrows(net) for _, net in weak] == [arrows(net) for _, net in redundancy(names, "L", 1)]
    assert len(strong) == n


def test_features_and_latents_may_be_groups():
    groups = [("A1", "A2"), "B"]
    assert dag_form(mediation(groups, "L M")) == form("I(A1,A2;B|L,M)")
    (_, first), (_, second) = redundancy(groups, ["L", "M"], deterministic=True)
    assert dag_form(first) == form("H(L,M|B)")
    assert dag_form(second) == form("H(L,M|A1,A2)")
    assert arrows(mediation("A, B", "L")) == "A <- L -> B"


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (lambda: mediation(["A"], "L"), InvalidInput, "expected at least two features, got 1"),
        (lambda: mediation(["A", "L"], "L"), OverlappingSets, "L comes twice"),
        (lambda: redundancy(["A", "B"], "L", 2), InvalidInput, "whole number from 1 to 1, got 2"),
        (lambda: redundancy(["A", "B"], "L", "most"), InvalidInput, "got 'most'"),
        (lambda: redundancy(["A", "B"], "L", True), InvalidInput, "got True"),
        (lambda: redundancy(["A", "B"], "L", 0), InvalidInput, "got 0"),
        (lambda: mediation(5, "L"), InvalidInput, "expected features such as 'X1 X2'"),
        (lambda: mediation(["A", ()], "L"), InvalidInput, "features of one variable or more, got"),
        (lambda: mediation("A B", ()), InvalidInput, "a latent of one variable or more, got an"),
    ],
)
def test_wrong_features(build, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        build()


def test_features_in_a_set_come_in_the_order_of_their_names():
    names = [f"X{i}" for i in range(10)]
    dropped = [drop for drop, _ in redundancy(set(names), "L")]
    assert dropped == [((name,),) for name in names]
    groups = {frozenset({"B", "A"}), "C"}
    assert [drop for drop, _ in redundancy(groups, "L")] == [(("A", "B"),), (("C",),)]


@given(dags("A B C D"), laws("A B C D", max_labels=2))
@settings(max_examples=60)
def test_factor_terms_sum_to_the_error_and_are_not_negative(net, law):
    terms = factor_terms(net)
    assert [node for node, _ in terms] == list(nx.lexicographical_topological_sort(net))
    assert sum((term for _, term in terms), form("0")) == dag_form(net)
    assert all(term(law) >= 0 for _, term in terms)


def test_factor_terms_by_hand():
    assert [str(term) for _, term in factor_terms("A -> B -> C")] == [
        "0",
        "0",
        "H(C|B) - H(C|A,B)",
    ]


# ---- d-separation against laws that factor ----


def factored(edges: list[tuple[int, int]], weights: list[int], size: int) -> Dist:
    """Return a law of bits V0, V1, ... that factors: P(v = 1 | parents) from a list of weights."""
    mass: dict[tuple[str, ...], Fraction] = {}
    for bits in product((0, 1), repeat=size):
        total = Fraction(1)
        for node in range(size):
            row = sum(bits[tail] << tail for tail, head in edges if head == node)
            one = Fraction(weights[8 * node + row], 37)
            total *= one if bits[node] else 1 - one
        mass[tuple(map(str, bits))] = total
    return Dist.from_dict(mass, [f"V{i}" for i in range(size)])


@given(
    st.sets(st.sampled_from([(a, b) for b in range(4) for a in range(b)])),
    st.lists(st.integers(1, 36), min_size=32, max_size=32),
)
@settings(max_examples=25)
def test_what_is_separated_is_independent_under_laws_that_factor(edges, weights):
    listed = sorted(edges)
    law = factored(listed, weights, 4)
    net = nx.DiGraph()
    net.add_nodes_from(f"V{i}" for i in range(4))
    net.add_edges_from((f"V{a}", f"V{b}") for a, b in listed)
    assert dag_error(law, net) == 0
    names = list(law.names)
    for a, b in combinations(names, 2):
        others = [name for name in names if name not in (a, b)]
        for size in range(3):
            for c in combinations(others, size):
                text = f"I({a};{b}{'|' if c else ''}{','.join(c)})"
                if d_separated(net, a, b, c):
                    assert form(text)(law) == 0


def test_what_is_connected_is_dependent_under_some_law():
    weights = [11 * k % 37 for k in range(1, 33)]
    pairs = [(a, b) for b in range(4) for a in range(b)]
    for mask in range(1 << len(pairs)):
        edges = [pair for bit, pair in enumerate(pairs) if mask >> bit & 1]
        net = nx.DiGraph()
        net.add_nodes_from(f"V{i}" for i in range(4))
        net.add_edges_from((f"V{a}", f"V{b}") for a, b in edges)
        law = factored(edges, weights, 4)
        for a, b in combinations(law.names, 2):
            separated = d_separated(net, a, b)
            assert (form(f"I({a};{b})")(law) == 0) == separated


@pytest.mark.parametrize(
    ("net", "a", "b", "c", "separated"),
    [
        ("X1 <- L -> X2", "X1", "X2", "L", True),
        ("X1 <- L -> X2", "X1", "X2", "", False),
        ("A -> C <- B", "A", "B", "", True),
        ("A -> C <- B; C -> D", "A", "B", "D", False),
        ("(A,B) -> C", "A", "B", "C", False),
        ("A -> (B,D) -> C", "A", "C", "B D", True),
        ("A -> (B,D) -> C", "A", "C", "B", False),
        ("Y <- X -> Y#2; Y#2 -> Z", "Y", "Z", "X", False),
        ("Y <- X -> Y#2; Y#2 -> Z", "X", "Z", "Y", True),
        ("A; B", "A", "B", "", True),
        ("A -> B", "A", "", "B", True),
    ],
)
def test_separation_by_hand(net, a, b, c, separated):
    assert d_separated(net, a, b, c) is separated
    assert d_separated(net, b, a, c) is separated


def test_groups_separate_as_any_complete_order_of_them():
    for order in permutations("ABC"):
        fine = dag([*combinations(order, 2), *((name, "D") for name in order), ("E", "D")])
        for a, b in combinations("ABCDE", 2):
            for size in range(3):
                for c in combinations(sorted(set("ABCDE") - {a, b}), size):
                    assert d_separated("(A,B,C) -> D <- E", a, b, c) == d_separated(fine, a, b, c)


@pytest.mark.parametrize(
    ("a", "b", "c", "kind", "message"),
    [
        ("A B", "B C", "", OverlappingSets, "disjoint sets of variables, B is in two of them"),
        ("A", "C", "A C", OverlappingSets, "A is in two of them"),
        ("A", "Z", "", UnknownVariable, "expected one of the variables A, B, C, got 'Z'"),
        ("A", "C", "Bee", UnknownVariable, "expected one of the variables A, B, C, got 'Bee'"),
    ],
)
def test_wrong_sets(a, b, c, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        d_separated("A -> B -> C", a, b, c)


def test_long_chains_are_no_trouble():
    chain = " -> ".join(f"X{i}" for i in range(3000))
    assert arrows(chain) == chain
    assert d_separated(chain, "X0", "X2999", "X7")
