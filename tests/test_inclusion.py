"""Inclusion of models: exhaustive over few variables, with a certified inequality for each."""

import re
from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import (
    InvalidInput,
    NoWitnessFound,
    StepFailed,
    Undecided,
    all_dags,
    dag,
    dag_form,
    form,
    markov_classes,
    model_inclusion,
    prove,
    prove_inclusion,
    refute,
    verify,
)
from natlat_sym.nets.edgemoves import covered_edges, moves
from natlat_sym.nets.faithful import dependent_law
from natlat_sym.statements.independence import Independence
from natlat_sym.testing import dags, laws


def statements(net):
    """Every independence of single variables that networkx finds by d-separation."""
    found = set()
    for a, b in combinations(sorted(net), 2):
        others = sorted(set(net) - {a, b})
        for size in range(len(others) + 1):
            for given_ones in combinations(others, size):
                if nx.is_d_separator(net, {a}, {b}, set(given_ones)):
                    found.add((a, b, given_ones))
    return found


@pytest.mark.parametrize(("names", "strict"), [("A B C", 31), ("A B C D", 2989)])
def test_every_strict_inclusion_has_a_certified_inequality(names, strict):
    """Between classes; independences of single variables decide, as graphs have composition."""
    classes = [(members, statements(members[0])) for members in markov_classes(names)]
    count = 0
    for narrow, said in classes:
        for wide, needed in classes:
            found = model_inclusion(narrow[0], wide[-1])
            assert found.status == ("proved" if needed <= said else "refuted")
            if needed < said:
                count += 1
                theorem = prove_inclusion(narrow[0], wide[-1])  # the checker accepted it
                assert theorem.given == ()
                assert theorem.claim == found.claim
    assert count == strict


def test_every_pair_of_nets_over_three_variables():
    nets = [(net, statements(net)) for net in all_dags("A B C")]
    for narrow, said in nets:
        for wide, needed in nets:
            found = model_inclusion(narrow, wide)
            assert found.status == ("proved" if needed <= said else "refuted")
            if found.status == "proved":
                total = sum(found.difference, form("0"))
                assert total == dag_form(narrow) - dag_form(wide)
            else:
                (a, *_), (b, *_) = found.missing[0].a, found.missing[0].b
                assert (*sorted((a, b)), found.missing[0].given) not in said
                law = found.witness()
                assert dag_form(narrow)(law) == 0
                assert dag_form(wide)(law) > 0


@st.composite
def nested_nets(draw):
    """A net, and one with more edges after covered reversals: the model can only grow."""
    size = draw(st.integers(3, 7))
    pairs = list(combinations(range(size), 2))
    chosen = draw(st.sets(st.sampled_from(pairs)))
    narrow = nx.DiGraph()
    narrow.add_nodes_from(f"V{i}" for i in range(size))
    narrow.add_edges_from((f"V{tail}", f"V{head}") for tail, head in chosen)
    wide = nx.DiGraph(narrow)
    for choice in draw(st.lists(st.integers(0, 99), max_size=8)):
        edges = covered_edges(wide)
        if edges and choice % 2:
            tail, head = edges[choice % len(edges)]
            wide.remove_edge(tail, head)
            wide.add_edge(head, tail)
            continue
        order = list(nx.topological_sort(wide))
        missing = [pair for pair in combinations(order, 2) if not wide.has_edge(*pair)]
        if missing:
            wide.add_edge(*missing[choice % len(missing)])
    return narrow, wide


@given(nested_nets())
def test_moves_lead_from_net_to_net(nets):
    narrow, wide = nets
    assert model_inclusion(narrow, wide)
    net = nx.DiGraph(narrow)
    for move in moves(narrow, wide):
        if not move.added:
            assert (move.head, move.tail) in covered_edges(net)
            net.remove_edge(move.head, move.tail)
        assert not net.has_edge(move.tail, move.head)
        net.add_edge(move.tail, move.head)
        assert {*move.given, move.tail} == set(net.predecessors(move.head))
        assert nx.is_directed_acyclic_graph(net)
    assert set(net.edges) == set(wide.edges)


@given(nested_nets())
@settings(max_examples=20)
def test_the_theorem_is_what_the_prover_finds_too(nets):
    narrow, wide = nets
    theorem = prove_inclusion(narrow, wide)
    claim = model_inclusion(narrow, wide).claim
    assert theorem.claim.lhs == claim.lhs
    assert theorem.claim.rhs == claim.rhs
    assert prove(claim).claim == claim


@given(dags("A B C D"), dags("A B C D"), laws("A B C D", max_labels=2))
@settings(max_examples=50)
def test_proved_inclusions_order_the_errors_of_every_law(narrow, wide, law):
    found = model_inclusion(narrow, wide)
    if found.status == "proved":
        terms = [term(law) for term in found.difference]
        assert all(term >= 0 for term in terms)
        assert dag_form(wide)(law) + sum(terms, Fraction(0)) == dag_form(narrow)(law)


FOUR = [members[0] for members in markov_classes("A B C D")]


@given(st.sampled_from(FOUR), st.sampled_from(FOUR))
@settings(max_examples=40)
def test_a_refuted_inclusion_has_a_law(narrow, wide):
    found = model_inclusion(narrow, wide)
    if not found:
        law = found.witness()
        assert dag_form(narrow)(law) == 0
        assert dag_form(wide)(law) > 0
        assert refute(found.claim, law=law).excess == dag_form(wide)(law)


def test_a_law_for_a_marginal_and_for_groups():
    for narrow, wide in (("X -> Y -> Z", "X; Z"), ("(X1,X2) -> L", "X1 -> L <- X2")):
        found = model_inclusion(narrow, wide)
        law = found.witness()
        assert dag_form(narrow)(law) == 0
        assert dag_form(wide)(law) > 0


def test_when_there_is_no_law():
    with pytest.raises(NoWitnessFound, match="no law found that factors along the net and breaks"):
        dependent_law("X; Y", Independence(("X",), ("Y",)))
    chain = " -> ".join(f"X{i}" for i in range(30))
    with pytest.raises(NoWitnessFound, match="expected at most 16 variables that matter"):
        model_inclusion(chain, "X0; X29").witness()


def test_marginals():
    assert model_inclusion("X -> Y -> Z -> W", "X -> Z; X -> W; Z -> W")
    assert model_inclusion("X -> Y -> Z -> W", "X -> Z -> W")
    found = model_inclusion("X -> Y <- Z", "X; Z")
    assert found.difference == ()
    assert found.claim.lhs == found.claim.rhs == form("I(X;Z)")
    refuted = model_inclusion("X -> Y -> Z", "X; Z")
    assert not refuted
    assert str(refuted) == (
        "some law that factors along X -> Y -> Z does not factor along X; Z: I(X;Z) = 0 does not "
        "follow"
    )


def test_groups_are_complete_nets():
    assert model_inclusion("X1 -> (X2,X3) -> L", "X1 -> X2 -> X3 -> L; X2 -> L; X1 -> X3")
    assert not model_inclusion("X1 -> (X2,X3) -> L", "X1 -> X2 -> X3 -> L")
    assert not model_inclusion("(X1,X2) -> L", "X1 -> L <- X2")


def test_a_variable_at_several_nodes():
    step = model_inclusion("M <- X1 <- L -> X2 -> M#2", "M <- L -> M#2")
    assert step
    assert sum(step.difference, form("0")) == form("I(X1;X2|L,M) + I(L;M|X1) + I(L;M|X2)")
    assert model_inclusion("Y <- X -> Y#2; Y#2 -> Z", "Z <- Y <- X -> Y#2")
    unknown = model_inclusion("X -> Y", "Y <- X -> Y#2")
    assert (unknown.status, unknown.missing) == ("undecided", ())
    with pytest.raises(Undecided, match="undecided whether every law that factors along"):
        bool(unknown)
    with pytest.raises(StepFailed, match="expected nets with the inclusion, undecided whether"):
        prove_inclusion("X -> Y", "Y <- X -> Y#2")


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("X -> Y", "X -> Y -> Y#2"),
        ("X -> Y", "X <- Y#2 -> Y"),
        ("X -> Y -> Z", "X -> Y -> Y#2 -> Y#3 -> Z; X -> Y#3"),
        ("(X,Y) -> Z", "X -> X#2 -> Y -> Z; X -> Z; Z -> Z#2"),
        ("Y <- X -> Y#2", "Y#3 <- Y <- X -> Y#2"),
        ("X -> X#2; X#2 -> Y", "Y -> X"),
    ],
)
def test_a_copy_under_a_copy_is_free(narrow, wide):
    found = model_inclusion(narrow, wide)
    assert found
    assert found.difference == ()
    assert dag_form(narrow) == dag_form(wide)
    assert prove_inclusion(narrow, wide).claim.relation == "="


@st.composite
def plain(draw, names):
    """Nets with one variable at each node."""
    order = draw(st.permutations(names))
    net = nx.DiGraph()
    net.add_nodes_from(order)
    net.add_edges_from(pair for pair in combinations(order, 2) if draw(st.booleans()))
    return net


@given(plain("WXYZ"), st.data())
@settings(max_examples=20)
def test_free_copies_anywhere_change_nothing(net, data):
    grown = nx.DiGraph(net)
    for node in net:
        grown.nodes[node]["variables"] = (node,)
    for number in range(data.draw(st.integers(1, 3))):
        above = data.draw(st.sampled_from(sorted(grown)))
        copy = f"copy {number}"
        grown.add_node(copy, variables=grown.nodes[above]["variables"])
        for below in list(grown.successors(above)):
            if data.draw(st.booleans()):
                grown.add_edge(copy, below)
            if data.draw(st.booleans()) and grown.has_edge(copy, below):
                grown.remove_edge(above, below)
        grown.add_edge(above, copy)
    assert dag_form(grown) == dag_form(net)
    for pair in ((net, grown), (grown, net)):
        assert model_inclusion(*pair)
        assert model_inclusion(*pair).difference == ()


def test_a_copy_that_is_not_under_a_copy_is_not_free():
    found = model_inclusion("X -> Y", "X; Y -> Y#2")
    assert found.status == "refuted"
    assert not found.claim.holds(found.witness())
    again = model_inclusion("X -> Y -> Y#2", "X; Y")
    assert (again.status, str(again.missing[0])) == ("refuted", "I(X;Y) = 0")
    assert not again.claim.holds(again.witness())
    assert model_inclusion("X", "X; X#2").status == "undecided"
    assert dag_form("X; X#2") == form("H(X)")


def test_equal_errors_give_an_equality():
    theorem = prove_inclusion("A -> B -> C", "A <- B -> C")
    assert str(theorem.claim) == "KL(A <- B -> C) = KL(A -> B -> C)"


def test_many_variables_need_no_program():
    chain = " -> ".join(f"X{i}" for i in range(40))
    theorem = prove_inclusion(chain, f"{chain}; X0 -> X39")
    assert verify(theorem.certificate).status == "verified"


def test_results_are_values():
    found = model_inclusion("X -> Y -> Z", dag("X; Z"))
    assert repr(found) == "model_inclusion('X -> Y -> Z', 'X; Z')"
    assert [str(one) for one in found.missing] == ["I(X;Z) = 0"]
    with pytest.raises(AttributeError):
        found.status = "proved"


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: model_inclusion("A -> B", "A -> C"), "C is in A -> C but not in A -> B"),
        (lambda: model_inclusion("A -> B", "A; B").difference, "it is refuted"),
        (lambda: model_inclusion("A; B", "A -> B").witness(), "that is refuted, it is proved"),
    ],
)
def test_wrong_input(build, message):
    with pytest.raises(InvalidInput, match=re.escape(message)):
        build()
