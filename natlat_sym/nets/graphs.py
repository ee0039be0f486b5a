"""Bayes nets from text, networkx graphs, mappings and edge lists: nodes and what they hold.

A node holds a group of variables, and a variable may sit at several nodes (``Y`` and ``Y#2``): node
identity is separate from variable identity.  Which variables a node holds is its attribute
``variables`` when it has one; else a tuple or set of names holds these, and text holds its name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, NotADag
from natlat_sym.exact.naming import read_names
from natlat_sym.nets.arrowtext import copy_name, is_name, read_arrows, read_node
from natlat_sym.nets.readings import Reading, is_acyclic, recall, remember
from natlat_sym.statements.atoms import Group

if TYPE_CHECKING:
    import networkx as nx


def dag(spec: Any) -> nx.DiGraph:
    """Return a Bayes net as a frozen ``nx.DiGraph`` whose nodes are text.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        Arrow text ``"X1 <- L -> X2; X3"`` (``;`` separates chains, ``(X1,X2)`` is one node with a
        group, ``Y#2`` a second node for Y, a lone name an isolated node), any directed graph, a
        mapping from nodes to their children, or an edge list.

    Returns
    -------
    nx.DiGraph
        Frozen; every node has the attribute ``variables``, a tuple of names.  What `dag` has
        returned once is returned itself.

    Raises
    ------
    NotADag
        With a cycle, when there is one.
    SyntaxInvalid
        For text that is not a net.

    Examples
    --------
    >>> net = dag("X1 <- L -> X2")
    >>> sorted(net.edges), net.nodes["L"]["variables"]
    ([('L', 'X1'), ('L', 'X2')], ('L',))
    """
    import networkx as nx

    given, reading = read_dag(spec)
    if reading.made:
        return given
    held = reading.held
    names: dict[Hashable, str] = {}
    taken: set[str] = set()
    for node in given:
        names[node] = _node_text(node, held[node], taken)
        taken.add(names[node])
    net = nx.DiGraph()
    for node in given:
        net.add_node(names[node], variables=held[node])
    net.add_edges_from((names[tail], names[head]) for tail, head in given.edges)
    remember(net, {names[node]: group for node, group in held.items()}, made=True)
    return nx.freeze(net)


def as_dag(spec: Any) -> nx.DiGraph:
    """Return what any net is given by as a directed acyclic graph, nodes as they are.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        As in `dag`; a graph is returned itself.

    Returns
    -------
    nx.DiGraph

    Raises
    ------
    NotADag
        For a cycle, an undirected graph or a multigraph.

    Examples
    --------
    >>> sorted(as_dag([("L", "X1"), ("L", "X2")]).edges)
    [('L', 'X1'), ('L', 'X2')]
    """
    return read_dag(spec)[0]


def read_dag(spec: Any) -> tuple[nx.DiGraph, Reading]:
    """Return what `as_dag` returns, and what is known of it.

    Examples
    --------
    >>> read_dag("(X1,X2) -> Y#2")[1].held
    {'(X1,X2)': ('X1', 'X2'), 'Y#2': ('Y',)}
    """
    import networkx as nx

    if known := recall(spec):
        return spec, known
    graph = spec
    if isinstance(spec, str):
        graph = read_arrows(spec)
    elif not isinstance(spec, nx.Graph):
        graph = nx.DiGraph()
        try:
            graph.add_nodes_from(spec if isinstance(spec, Mapping) else ())
            graph.add_edges_from(_edges(spec))
        except (TypeError, ValueError) as error:
            raise InvalidInput(
                "expected a net as text, nx.DiGraph, mapping from nodes to lists of children, or "
                f"list of pairs, got {spec!r}",
                spec=spec,
            ) from error
    if not graph.is_directed() or graph.is_multigraph():
        raise NotADag(
            f"expected a directed graph without parallel edges, got a {type(graph).__name__}; "
            "make it an nx.DiGraph",
            graph=graph,
        )
    if not graph:
        raise InvalidInput("expected a net with at least one node, got none")
    if not is_acyclic(graph):
        cycle = [edge[0] for edge in nx.find_cycle(graph)]
        shown = " -> ".join(str(node) for node in [*cycle, cycle[0]])
        raise NotADag(
            f"expected a graph without directed cycles, got the cycle {shown}", cycle=cycle
        )
    held = {
        node: (node,)
        if variables is None and isinstance(node, str) and is_name(node)
        else node_variables(graph, node)
        for node, variables in graph.nodes(data="variables")
    }
    return graph, remember(graph, held)


def node_variables(graph: nx.DiGraph, node: Hashable) -> Group:
    """Return the variables a node holds.

    Parameters
    ----------
    graph : nx.DiGraph
    node : hashable

    Returns
    -------
    tuple of str

    Raises
    ------
    InvalidInput
        When the node names no variable.

    Examples
    --------
    >>> node_variables(as_dag("(X1,X2) -> Y#2"), "Y#2")
    ('Y',)
    """
    held = graph.nodes[node].get("variables")
    if held is None and isinstance(node, str):
        return read_node(node)[1]
    held = read_names(_held_by(node) if held is None else held)
    if not held:
        raise InvalidInput(f"expected a node that holds variables, {node!r} holds none", node=node)
    return held


def _edges(spec: Any) -> list[tuple[Hashable, Hashable]]:
    if isinstance(spec, Mapping):
        pairs = [(tail, head) for tail in spec for head in _children(spec[tail])]
    else:
        pairs = [_pair(edge) for edge in spec]
    if isinstance(spec, Set) or (
        isinstance(spec, Mapping) and any(isinstance(heads, Set) for heads in spec.values())
    ):
        # Sets have no order of their own, and nothing may depend on the hash seed.
        pairs.sort(key=lambda pair: tuple(map(_set_free, pair)))
    return pairs


def _children(heads: Any) -> Any:
    if isinstance(heads, str):
        raise TypeError("text would be read letter by letter")
    return heads


def _pair(edge: Any) -> tuple[Hashable, Hashable]:
    if isinstance(edge, str):
        raise TypeError("text would be read letter by letter")
    tail, head = edge
    return tail, head


def _set_free(node: Hashable) -> str:
    return repr(sorted(map(repr, node)) if isinstance(node, Set) else node)


def _held_by(node: Hashable) -> Iterable[str]:
    if isinstance(node, tuple) and all(isinstance(name, str) for name in node):
        return node
    if isinstance(node, frozenset) and all(isinstance(name, str) for name in node):
        return sorted(node)
    raise InvalidInput(
        f"expected a node that is a name or a tuple of names, got {node!r}; "
        "say what it holds in its attribute 'variables'",
        node=node,
    )


def _node_text(node: Hashable, variables: Group, taken: set[str]) -> str:
    plain = variables[0] if len(variables) == 1 else f"({','.join(variables)})"
    if isinstance(node, str):
        written = copy_name(node)
        plain = written if written.startswith(f"{variables[0]}#") else plain
    if plain not in taken:
        return plain
    if len(variables) > 1:
        raise InvalidInput(
            f"expected one node for the group {plain}, got two; only single variables may sit at "
            "several nodes",
            node=node,
        )
    copy = 2
    while f"{variables[0]}#{copy}" in taken:
        copy += 1
    return f"{variables[0]}#{copy}"
