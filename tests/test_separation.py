"""d-separation: against networkx on random nets, all targets at once, groups and copies."""

import gc
import re
import weakref
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natlat_sym import NotADag, OverlappingSets, UnknownVariable, d_connected, d_separated, dag
from natlat_sym.nets.readings import is_acyclic
from natlat_sym.nets.separation import fine_net
from natlat_sym.testing import dags

SPLITS = st.lists(st.sampled_from("abz-"), min_size=12, max_size=12)


@st.composite
def random_nets(draw):
    size = draw(st.integers(2, 12))
    pairs = list(combinations(range(size), 2))
    chosen = draw(st.sets(st.sampled_from(pairs), max_size=2 * size))
    order = draw(st.permutations(range(size)))
    net = nx.DiGraph()
    net.add_nodes_from(f"V{i}" for i in range(size))
    net.add_edges_from((f"V{order[tail]}", f"V{order[head]}") for tail, head in chosen)
    return net


def split(nodes, kinds):
    return [
        [v for v, kind in zip(nodes, kinds, strict=False) if kind == wanted] for wanted in "abz"
    ]


@given(random_nets(), SPLITS)
def test_networkx_gives_the_same(net, kinds):
    a, b, z = split(list(net), kinds)
    if a and b:
        wanted = nx.is_d_separator(net, set(a), set(b), set(z))
        assert d_separated(net, a, b, z) is wanted
        assert d_separated(dag(net), a, b, z) is wanted
        assert d_separated(net, b, a, z) is wanted


@given(random_nets(), SPLITS)
def test_one_pass_gives_what_one_query_each_gives(net, kinds):
    a, _, z = split(list(net), kinds)
    if a:
        others = [v for v in net if v not in (*a, *z)]
        wanted = tuple(v for v in others if not nx.is_d_separator(net, set(a), {v}, set(z)))
        assert d_connected(net, a, z) == wanted


@given(dags("A B C D E"), st.permutations("ABCDE"))
def test_groups_and_copies_too(net, names):
    """A variable stands for all its nodes, a group for a complete net, spelled out for networkx."""
    spelled = nx.DiGraph()
    places = {name: set() for name in names}
    for node in nx.topological_sort(net):
        above = [(p, n) for p in net.predecessors(node) for n in net.nodes[p]["variables"]]
        for name in net.nodes[node]["variables"]:
            places[name].add((node, name))
            spelled.add_node((node, name))
            spelled.add_edges_from((source, (node, name)) for source in above)
            above.append((node, name))
    a, z = names[0], names[1:3]
    given_places = set().union(*(places[name] for name in z))
    for b in names[3:]:
        wanted = nx.is_d_separator(spelled, places[a], places[b], given_places)
        assert d_separated(net, a, b, z) is wanted
        assert (b in d_connected(net, a, z)) is not wanted


def test_of_nothing_nothing_is_connected():
    assert d_connected("A -> B", "") == ()
    assert d_connected("A -> B", "A", "B") == ()


@pytest.mark.parametrize(
    ("a", "z", "kind", "message"),
    [
        ("A B", "B", OverlappingSets, "disjoint sets of variables, B is in two of them"),
        ("A", "Z", UnknownVariable, "expected one of the variables A, B, C, got 'Z'"),
    ],
)
def test_wrong_sets(a, z, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        d_connected("A -> B -> C", a, z)


def test_thousands_of_nodes():
    net = dag(nx.DiGraph([(f"V{i // 2}", f"V{i}") for i in range(1, 4000)]))
    below = {f"V{i}" for i in (6, 7, 12, 13)}
    reached = set(d_connected(net, "V3", "V1"))
    assert below < reached
    assert "V4" not in reached
    assert d_separated(net, "V2000", "V3000", "V1")
    assert not d_separated(net, "V2000", "V3999", "V1")
    assert len(d_connected(net, "V3999")) == 3999


def test_a_net_is_read_again_only_when_it_has_changed():
    for net in (dag("(A,B) -> C"), nx.DiGraph([("A", "B"), ("B", "C")])):
        fine, places = fine_net(net)
        assert fine_net(net)[0] is fine
        assert fine_net(net)[1] is places
    made = dag("(A,B) -> C")
    assert dag(made) is made


CHANGES = [
    (lambda net: net.add_edge("A", "C"), ("B", "C")),
    (lambda net: net.remove_edge("A", "B"), ()),
    (lambda net: (net.remove_edge("A", "B"), net.add_edge("A", "C")), ("C",)),
    (lambda net: (net.remove_edge("A", "B"), net.add_edge("C", "B")), ()),
    (lambda net: net.add_node("D"), ("B",)),
    (lambda net: net.nodes["B"].update(variables=("Z",)), ("Z",)),
    (lambda net: net.nodes["B"].update(variables="Y Z"), ("Y", "Z")),
    (lambda net: net.remove_node("B"), ()),
]


@pytest.mark.parametrize(("change", "connected"), CHANGES)
def test_every_change_is_noticed(change, connected):
    net = nx.DiGraph([("A", "B")])
    net.add_node("C")
    assert d_connected(net, "A") == ("B",)
    change(net)
    assert d_connected(net, "A") == connected
    frozen = dag(net)
    assert dag(net) is not frozen


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10))
def test_cycles_are_found_as_networkx_finds_them(edges):
    graph = nx.DiGraph(sorted(edges))
    assert is_acyclic(graph) == nx.is_directed_acyclic_graph(graph)


def test_changes_inside_lists_and_by_force():
    net = nx.DiGraph([("A", "B")])
    net.nodes["B"]["variables"] = ["B"]
    assert d_connected(net, "A") == ("B",)
    net.nodes["B"]["variables"].append("C")
    assert d_connected(net, "A") == ("B", "C")
    made = dag("A -> B; C")
    assert d_connected(made, "A") == ("B",)
    nx.DiGraph.add_edge(made, "B", "C")
    assert d_connected(made, "A") == ("B", "C")
    nx.DiGraph.add_edge(made, "C", "A")
    with pytest.raises(NotADag, match="got the cycle"):
        d_connected(made, "A")


def test_nothing_keeps_a_net_alive():
    makers = (lambda: dag("A -> B"), lambda: dag("(A,B) -> C"), lambda: nx.DiGraph([("A", "B")]))
    for make in makers:
        net = make()
        d_connected(net, "A")
        gone = weakref.ref(net)
        del net
        gc.collect()
        assert gone() is None
