"""Nets that hold for a law: against the error of every net, and independence without logarithms."""

import re
from functools import cache
from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import (
    Dist,
    InvalidInput,
    UnknownVariable,
    all_dags,
    arrows,
    cpdag,
    dag_form,
    exact_nets,
    form,
    markov_class,
    minimal_i_map,
    minimal_i_maps,
    model_inclusion,
    zoo,
)
from natlat_sym.statements.independence import Independence
from natlat_sym.testing import laws

PARITY = Dist.uniform("X Y Z", [(a, b, str(int(a != b))) for a in "01" for b in "01"])
FULL = Dist.from_weights({tuple(f"{n:03b}"): 1 + n for n in range(8)}, "X Y Z")


def edge_set(net):
    return frozenset(net.edges)


@cache
def nets_by_form(names):
    found = {}
    for net in all_dags(names):
        found.setdefault(dag_form(net), []).append(edge_set(net))
    return found


def holding(law):
    """The edges of all nets of error 0, which goes through entropies."""
    nets = nets_by_form(law.names).items()
    return {edges for error, listed in nets if error(law) == 0 for edges in listed}


@st.composite
def structured_laws(draw, listed):
    """Draw a law that factors along a random net, with some deterministic rows."""
    names = listed.split()
    pairs = list(combinations(range(len(names)), 2))
    edges = draw(st.sets(st.sampled_from(pairs)))
    masses = {(): 1}
    for place in range(len(names)):
        above = [tail for tail, head in edges if head == place]
        rows = {}
        grown = {}
        for outcome, mass in masses.items():
            row = tuple(outcome[tail] for tail in sorted(above))
            if row not in rows:
                rows[row] = draw(st.sampled_from([0, 1, 2, 4]))
            for label, weight in (("0", 4 - rows[row]), ("1", rows[row])):
                if weight:
                    grown[(*outcome, label)] = mass * weight
        masses = grown
    return Dist.from_weights(masses, names)


@given(structured_laws("A B C"))
@settings(max_examples=40)
def test_exact_nets_are_those_of_error_zero(law):
    wanted = holding(law)
    nets = exact_nets(law)
    members = [edge_set(one) for net in nets for one in markov_class(net)]
    assert set(members) == wanted
    assert len(members) == len(wanted)
    assert [len(net.edges) for net in nets] == sorted(len(net.edges) for net in nets)
    least = exact_nets(law, minimal=True)
    best = [net for net in nets if not any(model_inclusion(o, net) for o in nets if o is not net)]
    assert {edge_set(cpdag(net)) for net in least} == {edge_set(cpdag(net)) for net in best}


@given(structured_laws("A B C D"))
@settings(max_examples=12)
def test_minimal_i_maps_by_their_definition(law):
    wanted = holding(law)
    minimal = {edges for edges in wanted if not any(edges - {edge} in wanted for edge in edges)}
    found = minimal_i_maps(law)
    assert {edge_set(net) for net in found} == minimal
    assert len(found) == len(minimal)
    for order in permutations(law.names):
        net = minimal_i_map(law, order)
        assert edge_set(net) in minimal
        assert all(order.index(tail) < order.index(head) for tail, head in net.edges)


@given(laws("A B C", max_labels=3), st.permutations("ABC"))
def test_independence_is_a_vanishing_information(law, names):
    a, b, c = names
    for statement in (
        Independence((a,), (b,)),
        Independence((a,), (b,), (c,)),
        Independence((a, b), (c,)),
        Independence((a,), (a,), (b,)),
        Independence((a, b), (b, c), (c,)),
    ):
        assert statement.holds(law) == (statement.form(law) == 0)
        assert str(statement.claim) == str(statement)


def test_parity():
    assert [arrows(net) for net in exact_nets(PARITY, minimal=True)] == [
        "X -> Y; Z -> Y",
        "X -> Z; Y -> Z",
        "Y -> X; Z -> X",
    ]
    assert len(minimal_i_maps(PARITY)) == 3


def test_a_law_without_independences_has_only_complete_nets():
    assert len(minimal_i_maps(FULL)) == 6
    (only,) = exact_nets(FULL)
    assert only.number_of_edges() == 3


def test_independences_by_1e_minus_30_count():
    """A covariance of 1e-30 is no independence; floats see 0."""
    near = Dist.from_weights({("0", "0"): 10**30 + 1, ("0", "1"): 10**30, ("1", "0"): 10**30,
                              ("1", "1"): 10**30}, "X Y")  # fmt: skip
    assert [arrows(net) for net in exact_nets(near)] == ["X -> Y"]
    assert not Independence(("X",), ("Y",)).holds(near)


def test_laws_with_parameters():
    law = Dist.from_dict(
        {("0", "0", "0"): "1/2*(1-e)", ("0", "0", "1"): "1/2*e", ("1", "1", "0"): "1/2*e",
         ("1", "1", "1"): "1/2*(1-e)"}, "X Y Z", parameters="0 < e < 1/2")  # fmt: skip
    assert [arrows(net) for net in exact_nets(law, minimal=True)] == ["X -> Y -> Z", "Y -> X -> Z"]
    assert arrows(minimal_i_map(law, "Z X Y")) == "Z -> X -> Y"
    coins = {(a, b): f"({'e' if a == '1' else '1-e'})*({'e' if b == '1' else '1-e'})"
             for a in "01" for b in "01"}  # fmt: skip
    assert arrows(minimal_i_map(Dist.from_dict(coins, "X Y", parameters="0 < e < 1"))) == "X; Y"


def test_big_tables():
    wide = nx.path_graph(9)
    law = Dist.from_weights(
        {tuple(map(str, bits)): 3 ** sum(bits[i] == bits[j] for i, j in wide.edges)
         for bits in ([n >> i & 1 for i in range(9)] for n in range(512))},
        [f"V{i}" for i in range(9)])  # fmt: skip
    assert arrows(minimal_i_map(law)) == " -> ".join(law.names)


def test_zoo_law_c05_needs_its_third_diagram():
    law = zoo.law("C05")
    assert form("I(L;X1,X2)")(law) == 0
    assert "L -> M" in " ".join(arrows(net) for net in exact_nets(law, minimal=True))


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (lambda: minimal_i_map(PARITY, "X Y"), InvalidInput, "Z is not in it; use dist.marginal"),
        (lambda: minimal_i_map(PARITY, "X Y Q Z"), UnknownVariable, "got 'Q'"),
        (lambda: exact_nets(PARITY * PARITY.rename({"X": "A", "Y": "B", "Z": "C"})), InvalidInput,
         "expected a law of at most 5 variables, got 6"),
    ],
)  # fmt: skip
def test_wrong_input(build, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        build()
