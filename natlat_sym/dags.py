"""Bayes nets over variables: any networkx DAG, its error as a linear form, d-separation.

A node holds a group of variables, and a variable may sit at several nodes (``Y`` and ``Y#2``): node
identity is separate from variable identity.  Which variables a node holds is its attribute
``variables`` when it has one; else a tuple or set of names holds these, and text holds its name.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, NotADag, OverlappingSets, SyntaxInvalid, UnknownVariable
from natlat_sym.forms import Form, Group, Key, entropy, latex_name, piece
from natlat_sym.naming import read_names

if TYPE_CHECKING:
    import networkx as nx

_ARROW = re.compile(r"\s*(->|<-|→|←)\s*")
_NODE = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9_']*)\s*(?P<copy>#\s*[0-9]+)?|\((?P<group>[^()]*)\)"
)
Features = str | Iterable[str | Iterable[str]]


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
        Frozen; every node has the attribute ``variables``, a tuple of names.

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

    given = as_dag(spec)
    names: dict[Hashable, str] = {}
    taken: set[str] = set()
    for node in given:
        names[node] = _node_text(node, node_variables(given, node), taken)
        taken.add(names[node])
    net = nx.DiGraph()
    for node in given:
        net.add_node(names[node], variables=node_variables(given, node))
    net.add_edges_from((names[tail], names[head]) for tail, head in given.edges)
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
    import networkx as nx

    graph = spec
    if isinstance(spec, str):
        graph = _read_arrows(spec)
    elif not isinstance(spec, nx.Graph):
        graph = nx.DiGraph()
        try:
            if isinstance(spec, Mapping):
                graph.add_nodes_from(spec)
                graph.add_edges_from((tail, head) for tail in spec for head in spec[tail])
            else:
                graph.add_edges_from((tail, head) for tail, head in spec)
        except (TypeError, ValueError) as error:
            raise InvalidInput(
                f"expected a net as text, nx.DiGraph, mapping or edge list, got {spec!r}"
            ) from error
    if not graph.is_directed() or graph.is_multigraph():
        raise NotADag(
            f"expected a directed graph without parallel edges, got a {type(graph).__name__}; "
            "make it an nx.DiGraph",
            graph=graph,
        )
    if not graph:
        raise InvalidInput("expected a net with at least one node, got none")
    if not nx.is_directed_acyclic_graph(graph):
        cycle = [edge[0] for edge in nx.find_cycle(graph)]
        shown = " -> ".join(str(node) for node in [*cycle, cycle[0]])
        raise NotADag(
            f"expected a graph without directed cycles, got the cycle {shown}", cycle=cycle
        )
    for node in graph:
        node_variables(graph, node)
    return graph


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
    if held is None:
        held = _held_by(node)
    held = read_names(held)
    if not held:
        raise InvalidInput(f"expected a node that holds variables, {node!r} holds none", node=node)
    return held


def arrows(spec: Any) -> str:
    """Return a net as arrow text, which `dag` reads back.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    str

    Examples
    --------
    >>> arrows([("L", "X1"), ("L", "X2"), ("L", "X3")])
    'X1 <- L -> X2; L -> X3'
    """
    net = dag(spec)
    left = list(net.edges)
    chains = [_next_chain(left) for _ in range(len(left)) if left]
    chains += [node for node in net if not net.degree(node)]
    return "; ".join(chains)


def dag_form(spec: Any) -> Form:
    """Return the error of a Bayes net as a linear form, in bits.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    Form
        ``sum over nodes of H(v | parents of v) - H(all)``: the KL divergence from a law to its
        factorisation along the net, the least divergence to any law that factors.

    Examples
    --------
    >>> dag_form("Y <- X -> Y#2").expanded()
    form('-H(X) + H(X,Y)')
    """
    net = dag(spec)
    total: dict[Key, Fraction] = {}
    for node in net:
        above = _variables_of(net, net.predecessors(node))
        for key, weight in ((above | set(net.nodes[node]["variables"]), 1), (above, -1)):
            total[key] = total.get(key, Fraction(0)) + weight
    everything = _variables_of(net, net)
    total[everything] = total.get(everything, Fraction(0)) - 1
    text = arrows(net)
    terms = {key: value for key, value in sorted(total.items(), key=_by_size) if key and value}
    return piece(f"KL({text})", rf"D_{{\mathrm{{KL}}}}({_latex_arrows(text)})", terms)


def factor_terms(spec: Any) -> tuple[tuple[str, Form], ...]:
    """Split the error of a net into one non-negative term per node.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    tuple of (node, Form)
        In topological order, ties by name: the term of v is I(v; earlier nodes | parents of v);
        the terms sum to `dag_form`.

    Examples
    --------
    >>> for node, term in factor_terms("X1 <- L -> X2"):
    ...     print(node, term)
    L 0
    X1 0
    X2 H(X2|L) - H(X2|L,X1)
    """
    import networkx as nx

    net = dag(spec)
    earlier: Group = ()
    terms = []
    for node in nx.lexicographical_topological_sort(net):
        own = net.nodes[node]["variables"]
        above = tuple(n for n in earlier if n in _variables_of(net, net.predecessors(node)))
        terms.append((node, entropy(own, above) - entropy(own, earlier)))
        earlier = (*earlier, *(name for name in own if name not in earlier))
    return tuple(terms)


def mediation(features: Features, latent: str | Iterable[str]) -> nx.DiGraph:
    """Return the net of mediation: the latent screens the features off from each other.

    Parameters
    ----------
    features : iterable of str or groups
        At least two.
    latent : str or iterable of str

    Returns
    -------
    nx.DiGraph
        ``L -> Xi`` for every feature; its error is TC(X|L).

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> arrows(mediation(["X1", "X2"], "L"))
    'X1 <- L -> X2'
    """
    groups, top = _read_groups(features, latent)
    return _grouped_net([(top, group) for group in groups])


def redundancy(
    features: Features,
    latent: str | Iterable[str],
    strength: str | int = "weak",
    deterministic: bool = False,
) -> tuple[tuple[tuple[Group, ...], nx.DiGraph], ...]:
    """Return the nets of redundancy: the latent is readable although some features are missing.

    Parameters
    ----------
    features : iterable of str or groups
        At least two.
    latent : str or iterable of str
    strength : "weak", "strong" or int
        How many features are missing at a time: one, all but one, or this many.
    deterministic : bool
        Whether the latent shall be a function of what is left, not only a stochastic one.

    Returns
    -------
    tuple of (features dropped, nx.DiGraph)
        Per deletion set D, ``X_D -> X_-D -> L`` with error I(L;X_D|X_-D), or ``L <- X_-D -> L#2``
        with error H(L|X_-D).

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> for dropped, net in redundancy(["X1", "X2", "X3"], "L"):
    ...     print(dropped, arrows(net))
    (('X1',),) X1 -> (X2,X3) -> L
    (('X2',),) X2 -> (X1,X3) -> L
    (('X3',),) X3 -> (X1,X2) -> L
    """
    groups, top = _read_groups(features, latent)
    nets = []
    for dropped in combinations(groups, _budget(strength, len(groups))):
        kept = tuple(name for group in groups if group not in dropped for name in group)
        lost = tuple(name for group in dropped for name in group)
        if deterministic:
            net = _grouped_net([(kept, top)], second_copy=(kept, top))
        else:
            net = _grouped_net([(lost, kept), (kept, top)])
        nets.append((dropped, net))
    return tuple(nets)


def d_separated(
    spec: Any,
    a: str | Iterable[str],
    b: str | Iterable[str],
    given: str | Iterable[str] = (),
) -> bool:
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

    Examples
    --------
    >>> d_separated("X1 <- L -> X2", "X1", "X2", given="L")
    True
    >>> d_separated("X1 <- L -> X2", "X1", "X2")
    False
    """
    import networkx as nx

    net = dag(spec)
    sets = [read_names(names) if names else () for names in (a, b, given)]
    for first, second in combinations(sets, 2):
        if shared := [name for name in first if name in second]:
            raise OverlappingSets(
                f"expected disjoint sets of variables, {', '.join(shared)} is in two of them",
                shared=tuple(shared),
            )
    places: dict[str, set[tuple[str, str]]] = {}
    for node in net:
        for name in net.nodes[node]["variables"]:
            places.setdefault(name, set()).add((node, name))
    for name in (name for names in sets for name in names):
        if name not in places:
            raise UnknownVariable(
                f"expected variables of the net ({', '.join(sorted(places))}), got {name!r}",
                name=name,
            )
    x, y, z = ({place for name in names for place in places[name]} for names in sets)
    return bool(not x or not y or nx.is_d_separator(_one_variable_per_node(net), x, y, z))


def _read_arrows(text: str) -> nx.DiGraph:
    import networkx as nx

    graph = nx.DiGraph()
    for chain in text.split(";"):
        parts = _ARROW.split(chain.strip())
        nodes = [_read_node(part, text) for part in parts[::2]]
        for node, variables in nodes:
            graph.add_node(node, variables=variables)
        for (left, _), arrow, (right, _) in zip(nodes, parts[1::2], nodes[1:], strict=False):
            graph.add_edge(*((left, right) if arrow in ("->", "→") else (right, left)))
    return graph


def _read_node(text: str, whole: str) -> tuple[str, Group]:
    match = _NODE.fullmatch(text.strip())
    if match is None:
        raise SyntaxInvalid(
            f"expected a net such as X1 <- L -> X2; (X3,X4) -> Y#2, got the node {text.strip()!r} "
            f"in {whole!r}",
            text=whole,
        )
    if match["group"] is None:
        copy = (match["copy"] or "").replace(" ", "")
        return match["name"] + copy, (match["name"],)
    group = read_names(match["group"])
    if not group:
        raise SyntaxInvalid(f"expected names inside (...), got an empty group in {whole!r}")
    return f"({','.join(group)})", group


def _held_by(node: Hashable) -> Iterable[str]:
    if isinstance(node, str):
        return _read_node(node, node)[1]
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
        match = _NODE.fullmatch(node)
        if match and match["copy"] and (match["name"],) == variables:
            plain = node.replace(" ", "")
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


def _next_chain(left: list[tuple[str, str]]) -> str:
    """Take edges off a list as one chain, two at a time where they meet, and write it."""
    tail, head = left.pop(0)
    fork = next((edge for edge in left if edge[0] == tail), None)
    onward = next((edge for edge in left if edge[0] == head), None)
    if fork is not None and onward is None:
        left.remove(fork)
        return f"{head} <- {tail} -> {fork[1]}"
    chain = f"{tail} -> {head}"
    while onward is not None:
        left.remove(onward)
        head = onward[1]
        chain += f" -> {head}"
        onward = next((edge for edge in left if edge[0] == head), None)
    return chain


def _variables_of(net: nx.DiGraph, nodes: Iterable[str]) -> Key:
    return frozenset(name for node in nodes for name in net.nodes[node]["variables"])


def _by_size(item: tuple[Key, Fraction]) -> tuple[int, list[str]]:
    return len(item[0]), sorted(item[0])


def _latex_arrows(text: str) -> str:
    names = re.sub(r"[A-Za-z][A-Za-z0-9_']*", lambda match: latex_name(match[0]), text)
    return names.replace("<-", r"\leftarrow").replace("->", r"\to").replace("#", r"\#")


def _read_groups(features: Features, latent: str | Iterable[str]) -> tuple[list[Group], Group]:
    listed = features.replace(",", " ").split() if isinstance(features, str) else features
    groups = [read_names(group) for group in listed]
    top = read_names(latent)
    if len(groups) < 2:
        raise InvalidInput(f"expected at least two features, got {len(groups)}", features=groups)
    seen: set[str] = set()
    for group in [*groups, top]:
        if shared := [name for name in group if name in seen]:
            raise OverlappingSets(
                f"expected features and latent without common variables, {shared[0]} comes twice",
                shared=tuple(shared),
            )
        seen.update(group)
    return groups, top


def _budget(strength: str | int, count: int) -> int:
    budget = (
        {"weak": 1, "strong": count - 1}.get(strength, strength)
        if (isinstance(strength, str))
        else strength
    )
    if isinstance(budget, bool) or not isinstance(budget, int) or not 1 <= budget < count:
        raise InvalidInput(
            f"expected a redundancy strength 'weak', 'strong' or 1 to {count - 1} features to "
            f"drop, got {strength!r}",
            strength=strength,
        )
    return budget


def _grouped_net(
    edges: list[tuple[Group, Group]], second_copy: tuple[Group, Group] | None = None
) -> nx.DiGraph:
    import networkx as nx

    def text(group: Group) -> str:
        return group[0] if len(group) == 1 else f"({','.join(group)})"

    net = nx.DiGraph()
    for tail, head in edges:
        for group in (tail, head):
            net.add_node(text(group), variables=group)
        net.add_edge(text(tail), text(head))
    if second_copy is not None:
        tail, head = second_copy
        for place in range(len(head)):
            net.add_node(f"{head[place]}#2", variables=(head[place],))
            net.add_edge(text(tail), f"{head[place]}#2")
            net.add_edges_from((f"{name}#2", f"{head[place]}#2") for name in head[:place])
    return nx.freeze(net)


def _one_variable_per_node(net: nx.DiGraph) -> nx.DiGraph:
    import networkx as nx

    fine = nx.DiGraph()
    for node in net:
        own = [(node, name) for name in net.nodes[node]["variables"]]
        above = [
            (parent, name)
            for parent in net.predecessors(node)
            for name in net.nodes[parent]["variables"]
        ]
        fine.add_nodes_from(own)
        for index, place in enumerate(own):
            fine.add_edges_from((source, place) for source in [*above, *own[:index]])
    return fine
