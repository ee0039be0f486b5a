"""d-separation: one pass over a net tells all that is connected to a set of variables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from itertools import combinations
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import OverlappingSets
from natlat_sym.exact.naming import find_names, read_names
from natlat_sym.nets.graphs import read_dag
from natlat_sym.nets.readings import Places
from natlat_sym.statements.atoms import Group

if TYPE_CHECKING:
    import networkx as nx

Names = str | Iterable[str]
Near = Callable[[Any], Iterator[Any]]


def d_separated(spec: Any, a: Names, b: Names, given: Names = ()) -> bool:
    """Tell whether a net makes two sets of variables independent given a third.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
    a, b, given : str or iterable of str
        Disjoint sets of variables.  A variable stands for all nodes that hold it; a node with a
        group stands for a complete net over the group.

    Returns
    -------
    bool
        True means I(a;b|given) = 0 under every law that factors along the net.

    Raises
    ------
    UnknownVariable, OverlappingSets

    Notes
    -----
    Bayes ball: Shachter, "Bayes-Ball" (1998).  A graph is read again only when it has changed.

    Examples
    --------
    >>> d_separated("X1 <- L -> X2", "X1", "X2", given="L")
    True
    >>> d_separated("X1 <- L -> X2", "X1", "X2")
    False
    """
    fine, places = fine_net(spec)
    x, y, z = _places_of(places, (a, b, given))
    return bool(not x or not y or y.isdisjoint(connected(fine, x, z, until=y)))


def d_connected(spec: Any, a: Names, given: Names = ()) -> tuple[str, ...]:
    """Return every variable that a net does not separate from a set, in one pass.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
    a, given : str or iterable of str
        Disjoint sets of variables, read as `d_separated` does.

    Returns
    -------
    tuple of str
        The b outside a and given with ``d_separated(spec, a, b, given)`` false, in the order of
        the net.

    Raises
    ------
    UnknownVariable, OverlappingSets

    Examples
    --------
    >>> d_connected("A -> C <- B; C -> D", "A"), d_connected("A -> C <- B; C -> D", "A", given="D")
    (('C', 'D'), ('C', 'B'))
    """
    fine, places = fine_net(spec)
    x, z = _places_of(places, (a, given))
    reached = connected(fine, x, z)
    aside = x | z
    return tuple(
        name
        for name, held in places.items()
        if aside.isdisjoint(held) and not reached.isdisjoint(held)
    )


def fine_net(spec: Any) -> tuple[nx.DiGraph, Places]:
    """Return a net with one variable at each node, and the nodes of every variable.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    nx.DiGraph
        The graph itself when no node holds a group; else its nodes are pairs (node, variable), and
        a group is a complete net over its variables.
    dict of str to list of nodes

    Examples
    --------
    >>> fine, places = fine_net("(A,B) -> C")
    >>> sorted(fine.edges)[0], places["C"]
    ((('(A,B)', 'A'), ('(A,B)', 'B')), [('C', 'C')])
    """
    net, reading = read_dag(spec)
    if reading.fine is None:
        reading.fine = _taken_apart(net, reading.held)
    fine, places = reading.fine
    return net if fine is None else fine, places


def _taken_apart(net: nx.DiGraph, held: dict[Hashable, Group]) -> tuple[nx.DiGraph | None, Places]:
    groups = max(map(len, held.values())) > 1
    places: Places = {}
    for node, names in held.items():
        for name in names:
            places.setdefault(name, []).append((node, name) if groups else node)
    return _one_variable_per_node(net, held) if groups else None, places


def connected(
    net: nx.DiGraph,
    sources: Set[Hashable],
    given: Set[Hashable],
    until: Set[Hashable] = frozenset(),
) -> set[Hashable]:
    """Return the nodes outside `given` that an active path joins to a source.

    Parameters
    ----------
    net : nx.DiGraph
        Acyclic, one variable at each node.
    sources, given : sets of nodes
        Disjoint.
    until : set of nodes
        The search may end when it has met one of them.

    Returns
    -------
    set of nodes
        With the sources.

    Examples
    --------
    >>> import networkx as nx
    >>> sorted(connected(nx.DiGraph([("A", "C"), ("B", "C")]), {"A"}, {"C"}))
    ['A', 'B']
    """
    above, below = net.predecessors, net.successors
    opened = _closure(above, given)  # colliders with a descendant that is given
    risen: set[Hashable] = set()  # met from a child
    fallen: set[Hashable] = set()  # met from a parent
    up, down = set(sources), set[Hashable]()
    while up or down:
        risen |= up
        fallen |= down
        if not until.isdisjoint(up) or not until.isdisjoint(down):
            break
        passing = (up | down) - given
        rising = (up - given) | (down & opened)
        up = set().union(*map(above, rising)) - risen
        down = set().union(*map(below, passing)) - fallen
    return (risen | fallen) - given


def _closure(step: Near, start: Set[Hashable]) -> set[Hashable]:
    found: set[Hashable] = set()
    new = set(start)
    while new:
        found |= new
        new = set().union(*map(step, new)) - found
    return found


def _places_of(places: Places, asked: Iterable[Names]) -> list[set[Hashable]]:
    """Return the nodes of sets of variables, which must be known and disjoint."""
    sets = [read_names(names) if names else () for names in asked]
    for first, second in combinations(sets, 2):
        if shared := sorted(set(first).intersection(second), key=first.index):
            raise OverlappingSets(
                f"expected disjoint sets of variables, {', '.join(shared)} is in two of them",
                shared=tuple(shared),
            )
    for names in sets:
        if not places.keys() >= set(names):
            find_names(names, sorted(places))
    return [{node for name in names for node in places[name]} for names in sets]


def _one_variable_per_node(net: nx.DiGraph, held: dict[Hashable, Group]) -> nx.DiGraph:
    import networkx as nx

    fine = nx.DiGraph()
    for node in net:
        own = [(node, name) for name in held[node]]
        above = [(parent, name) for parent in net.predecessors(node) for name in held[parent]]
        fine.add_nodes_from((place, {"variables": place[1:]}) for place in own)
        for index, place in enumerate(own):
            fine.add_edges_from((source, place) for source in [*above, *own[:index]])
    return fine
