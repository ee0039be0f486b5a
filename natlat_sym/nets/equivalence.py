"""Markov equivalence: when nets say the same, the graph of what they share, all that say it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, Undecided
from natlat_sym.exact.naming import Names, read_names
from natlat_sym.nets.arrowtext import write_arrows
from natlat_sym.nets.dags import dag_form
from natlat_sym.nets.edgemoves import covered_edges
from natlat_sym.nets.graphs import dag
from natlat_sym.nets.separation import fine_net

if TYPE_CHECKING:
    import networkx as nx

MOST_NODES = 5

Pattern = tuple[frozenset[frozenset[str]], frozenset[tuple[frozenset[str], str]]]


def markov_equivalent(first: Any, second: Any) -> bool:
    """Tell whether two nets hold under the same laws.

    Decided by Verma and Pearl's theorem: the same edges without their arrows, and the same
    colliders ``A -> C <- B`` with A and B not joined.  Such nets have the same error under every
    law.

    Parameters
    ----------
    first, second : str, nx.DiGraph, mapping, or iterable of pairs
        Nets of the same variables; a group counts as a complete net over it.

    Returns
    -------
    bool

    Raises
    ------
    InvalidInput
        For nets of different variables.
    Undecided
        When a variable sits at several nodes, and the two errors are different forms: their
        zeros may still agree.

    References
    ----------
    Verma and Pearl, "Equivalence and synthesis of causal models" (1990).

    Examples
    --------
    >>> markov_equivalent("X -> Y -> Z", "X <- Y -> Z"), markov_equivalent("X -> Y <- Z", "X; Y; Z")
    (True, False)
    """
    (net, places), (other, others) = fine_net(first), fine_net(second)
    if places.keys() != others.keys():
        raise InvalidInput(
            f"expected two nets of the same variables, got {', '.join(sorted(places))} and "
            f"{', '.join(sorted(others))}",
            variables=(tuple(places), tuple(others)),
        )
    if all(len(nodes) == 1 for held in (places, others) for nodes in held.values()):
        return _pattern(net, places) == _pattern(other, others)
    if dag_form(first) == dag_form(second):
        return True
    raise Undecided(
        f"{write_arrows(dag(first))} and {write_arrows(dag(second))} hold a variable at several "
        "nodes and have different errors, which may still vanish together; compare them both ways"
        " with prove(...)",
        nets=(first, second),
    )


def cpdag(spec: Any) -> nx.DiGraph:
    """Return the completed partially directed graph of a net: what its equivalents agree on.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        Each variable at one node; a group counts as a complete net over it.

    Returns
    -------
    nx.DiGraph
        Frozen, its nodes the variables.  An edge that points the same way in every equivalent net
        is there once, any other edge in both directions; equal for equivalent nets only.

    Raises
    ------
    InvalidInput
        When a variable sits at several nodes.

    References
    ----------
    Chickering, "A transformational characterization of equivalent Bayesian network structures"
    (1995); Meek, "Causal inference and causal explanation with background knowledge" (1995).

    Examples
    --------
    >>> sorted(cpdag("A -> B -> C").edges)
    [('A', 'B'), ('B', 'A'), ('B', 'C'), ('C', 'B')]
    >>> sorted(cpdag("A -> C <- B; C -> D").edges)
    [('A', 'C'), ('B', 'C'), ('C', 'D')]
    """
    import networkx as nx

    net = variable_net(spec)
    fixed = _compelled(net)
    graph = nx.DiGraph()
    graph.add_nodes_from((name, {"variables": (name,)}) for name in sorted(net))
    graph.add_edges_from(sorted(net.edges))
    graph.add_edges_from(sorted((head, tail) for tail, head in set(net.edges) - fixed))
    return nx.freeze(graph)


def markov_class(spec: Any) -> Iterator[nx.DiGraph]:
    """Go through all nets that are Markov equivalent to one, itself first.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        Each variable at one node; a group counts as a complete net over it.

    Yields
    ------
    nx.DiGraph
        As `dag` returns them, each once; there may be very many, so take what is needed.

    Raises
    ------
    InvalidInput
        When a variable sits at several nodes.

    Notes
    -----
    Reversals of covered edges lead from a net to all its equivalents: Chickering (1995).

    Examples
    --------
    >>> from natlat_sym import arrows
    >>> [arrows(net) for net in markov_class("A -> B -> C")]
    ['A -> B -> C', 'A <- B -> C', 'C -> B -> A']
    """
    import networkx as nx

    start = variable_net(spec)
    seen = {frozenset(start.edges)}
    waiting = [start]
    for net in waiting:
        yield dag(net)
        for tail, head in covered_edges(net):
            turned = nx.DiGraph(net)
            turned.remove_edge(tail, head)
            turned.add_edge(head, tail)
            if (edges := frozenset(turned.edges)) not in seen:
                seen.add(edges)
                waiting.append(turned)


def all_dags(names: Names) -> Iterator[nx.DiGraph]:
    """Go through all nets with one of these variables at each node.

    Parameters
    ----------
    names : str or iterable of str
        At most five: there are 1, 3, 25, 543 and 29,281 nets over one to five variables.

    Yields
    ------
    nx.DiGraph
        As `dag` returns them.

    Raises
    ------
    InvalidInput
        For more names.

    Examples
    --------
    >>> from natlat_sym import arrows
    >>> [arrows(net) for net in all_dags("A B")]
    ['A; B', 'A -> B', 'B -> A']
    """
    import networkx as nx

    listed = read_names(names)
    if not 1 <= len(listed) <= MOST_NODES:
        raise InvalidInput(
            f"expected one to {MOST_NODES} variables, got {len(listed)}: there are 3,781,503 nets "
            "over six",
            names=listed,
        )
    pairs = list(combinations(listed, 2))
    for ways in product((0, 1, -1), repeat=len(pairs)):
        chosen = zip(ways, pairs, strict=True)
        graph = nx.DiGraph()
        graph.add_nodes_from(listed)
        graph.add_edges_from(pair[::way] for way, pair in chosen if way)
        if nx.is_directed_acyclic_graph(graph):
            yield dag(graph)


def markov_classes(names: Names) -> tuple[tuple[nx.DiGraph, ...], ...]:
    """Return all nets over some variables, equivalent ones together.

    Parameters
    ----------
    names : str or iterable of str
        At most five, as for `all_dags`.

    Returns
    -------
    tuple of tuples of nx.DiGraph
        1, 2, 11, 185 and 8,782 classes for one to five variables, in the order of `all_dags`.

    Raises
    ------
    InvalidInput
        For more names.

    Examples
    --------
    >>> from natlat_sym import arrows
    >>> [[arrows(net) for net in nets] for nets in markov_classes("A B")]
    [['A; B'], ['A -> B', 'B -> A']]
    """
    classes: dict[Pattern, list[nx.DiGraph]] = {}
    for net in all_dags(names):
        classes.setdefault(_pattern(*fine_net(net)), []).append(net)
    return tuple(map(tuple, classes.values()))


def variable_net(spec: Any) -> nx.DiGraph:
    """Return a net with its variables as nodes.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    nx.DiGraph

    Raises
    ------
    InvalidInput
        When a variable sits at several nodes.

    Examples
    --------
    >>> sorted(variable_net("(A,B) -> C").edges)
    [('A', 'B'), ('A', 'C'), ('B', 'C')]
    """
    import networkx as nx

    fine, places = fine_net(spec)
    for name, held in places.items():
        if len(held) > 1:
            raise InvalidInput(
                f"expected a net with each variable at one node, {name} sits at {len(held)} nodes; "
                "its error as a form tells what it says",
                name=name,
            )
    names = {node: name for name, (node,) in places.items()}
    net = nx.DiGraph()
    net.add_nodes_from(names[node] for node in fine)
    net.add_edges_from((names[tail], names[head]) for tail, head in fine.edges)
    return net


def _pattern(net: nx.DiGraph, places: Mapping[str, Sequence[Hashable]]) -> Pattern:
    """Return the edges without arrows, and the colliders whose tails are not joined."""
    names = {node: name for name, (node,) in places.items()}
    edges = frozenset(frozenset((names[tail], names[head])) for tail, head in net.edges)
    colliders = set()
    for node in net:
        for first, second in combinations(net.predecessors(node), 2):
            if not net.has_edge(first, second) and not net.has_edge(second, first):
                colliders.add((frozenset((names[first], names[second])), names[node]))
    return edges, frozenset(colliders)


def _compelled(net: nx.DiGraph) -> set[tuple[str, str]]:
    """Return the edges that point the same way in every equivalent net."""
    import networkx as nx

    order = {node: place for place, node in enumerate(nx.topological_sort(net))}
    fixed: set[tuple[str, str]] = set()
    for node in order:
        parents = set(net.predecessors(node))
        if not parents:
            continue
        last = max(parents, key=order.__getitem__)
        forced = {w for w in net.predecessors(last) if (w, last) in fixed}
        whole = forced - parents or parents - {last, *net.predecessors(last)}
        fixed.update((parent, node) for parent in (parents if whole else forced))
    return fixed
