"""Rules of the calculus that take one net: re-root, bookkeep, add an edge, merge, marginalize."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from natlat_sym.nets.dags import arrows, dag
from natlat_sym.nets.inclusion import Inclusion, model_inclusion
from natlat_sym.rules.held import Held, conclude, read_held, refuse

if TYPE_CHECKING:
    import networkx as nx


def reroot(held: Held, net: Any, why: str = "") -> Held:
    """Replace a net by a Markov equivalent one; the error stays exactly the same.

    Parameters
    ----------
    held : Held
    net : str, nx.DiGraph, mapping, or iterable of pairs
        Over the same variables.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When one of the nets says that an information is 0 and the other does not.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): re-rooting.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(reroot(suppose("X -> Y -> Z", "a"), "X <- Y -> Z"))
    X <- Y -> Z  within a
    """
    own = read_held(held).net
    goal = _over_the_same_variables("reroot", own, net)
    for found in (model_inclusion(own, goal), model_inclusion(goal, own)):
        if found.status != "proved":
            condition = f"expected Markov equivalent nets, but {said_only_by_the_wide(found)}"
            refuse("reroot", condition, own, goal)
    return conclude("reroot", goal, (held, arrows(goal)), why)


def bookkeep(held: Held, net: Any, why: str = "") -> Held:
    """Weaken a net to one that all its laws satisfy too; the error does not grow.

    Parameters
    ----------
    held : Held
    net : str, nx.DiGraph, mapping, or iterable of pairs
        Over the same variables; each of its local statements is a d-separation of the given net.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When the net says something that the given one does not.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): bookkeeping.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(bookkeep(suppose("X -> Z <- Y", "a"), "X -> Y -> Z; X -> Z"))
    X -> Y -> Z; X -> Z  within a
    """
    own = read_held(held).net
    goal = _over_the_same_variables("bookkeep", own, net)
    return _weaken("bookkeep", goal, (held, arrows(goal)), why)


def marginalize(held: Held, net: Any, why: str = "") -> Held:
    """Forget variables or copies of them; the error does not grow.

    Parameters
    ----------
    held : Held
    net : str, nx.DiGraph, mapping, or iterable of pairs
        Over some of the variables; each of its local statements is a d-separation of the given
        net.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When the given net does not have the variables, or does not say what the new one says.

    References
    ----------
    Wentworth and Lorell, Natural Latents: Latent Variables Stable Across Ontologies (2025).

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(marginalize(suppose("R <- X <- L -> Y -> R#2", "a"), "R <- L -> R#2"))
    R <- L -> R#2  within a
    """
    own, goal = read_held(held).net, dag(net)
    known = _variables(own)
    if new := sorted(_variables(goal) - known):
        condition = f"expected a net over {', '.join(sorted(known))}, but {new[0]} is not there"
        refuse("marginalize", condition, own, goal)
    return _weaken("marginalize", goal, (held, arrows(goal)), why)


def add_edge(held: Held, tail: str, head: str, why: str = "") -> Held:
    """Add an edge between two nodes; the error does not grow.

    Parameters
    ----------
    held : Held
    tail, head : str
        Nodes as they are written in the net, such as ``X``, ``(X1,X2)`` or ``Y#2``.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When a node is not there, or the edge closes a directed cycle.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(add_edge(suppose("X -> Y -> Z", "a"), "X", "Z"))
    X -> Y -> Z; X -> Z  within a
    """
    import networkx as nx

    own = read_held(held).net
    tail, head = (_node("add_edge", own, node) for node in (tail, head))
    if tail == head or nx.has_path(own, head, tail):
        condition = f"expected no directed cycle, but {head} comes before {tail} already"
        refuse("add_edge", condition, own)
    wider = nx.DiGraph(own)
    wider.add_edge(tail, head)
    return _weaken("add_edge", wider, (held, tail, head), why)


def merge(held: Held, *nodes: str, why: str = "") -> Held:
    """Merge nodes into one that holds all their variables; the error does not grow.

    Parameters
    ----------
    held : Held
    *nodes : str
        Two nodes or more, as they are written in the net.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When a node is not there, two of them hold one variable, or the result has a directed
        cycle.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(merge(suppose("X1 <- L -> X2; L -> X3", "a"), "X2", "X3"))
    X1 <- L -> (X2,X3)  within a
    """
    import networkx as nx

    own = read_held(held).net
    chosen = tuple(dict.fromkeys(_node("merge", own, node) for node in nodes))
    held_names = [name for node in chosen for name in own.nodes[node]["variables"]]
    twice = sorted({name for name in held_names if held_names.count(name) > 1})
    if len(chosen) < 2 or twice:
        came = f"{twice[0]} sits at two of them" if twice else f"there are {len(chosen)}"
        refuse("merge", f"expected two nodes or more with different variables, but {came}", own)
    merged = nx.DiGraph()
    place = {node: f"({','.join(held_names)})" if node in chosen else node for node in own}
    for node in own:
        group = tuple(held_names) if node in chosen else own.nodes[node]["variables"]
        merged.add_node(place[node], variables=group)
    merged.add_edges_from(
        (place[a], place[b]) for a, b in own.edges if not (a in chosen and b in chosen)
    )
    if not nx.is_directed_acyclic_graph(merged):
        cycle = " -> ".join(str(tail) for tail, _ in nx.find_cycle(merged))
        refuse("merge", f"expected no directed cycle, but merging makes one through {cycle}", own)
    return _weaken("merge", merged, (held, *chosen), why)


def _over_the_same_variables(rule: str, own: nx.DiGraph, net: Any) -> nx.DiGraph:
    goal = dag(net)
    if differing := sorted(_variables(own) ^ _variables(goal)):
        condition = (
            f"expected nets of the same variables, but {differing[0]} is in one only "
            "(marginalize drops variables)"
        )
        refuse(rule, condition, own, goal)
    return goal


def said_only_by_the_wide(found: Inclusion) -> str:
    """Return in words what keeps a net from implying another.

    Parameters
    ----------
    found : Inclusion
        One that is not proved.

    Returns
    -------
    str

    Examples
    --------
    >>> said_only_by_the_wide(model_inclusion("X1 <- L -> X2", "X1 -> X2; L"))
    'X1 -> X2; L says I(L;X1) = 0 and X1 <- L -> X2 does not'
    """
    narrow, wide = arrows(found.narrow), arrows(found.wide)
    if not found.missing:
        return f"{wide} has more copies of a variable than {narrow}, not all under copies"
    how = " by separation" if found.status == "undecided" else ""
    return f"{wide} says {found.missing[0]} and {narrow} does not{how}"


def _weaken(rule: str, goal: Any, arguments: tuple[Held | str, ...], why: str) -> Held:
    """Return a net that another one implies by d-separation."""
    held = read_held(arguments[0])
    found = model_inclusion(held.net, goal)
    if found.status != "proved":
        condition = f"expected a net that says no more, but {said_only_by_the_wide(found)}"
        refuse(rule, condition, held.net, goal)
    return conclude(rule, goal, arguments, why, found.difference or None)


def _variables(net: nx.DiGraph) -> set[str]:
    return {name for node in net for name in net.nodes[node]["variables"]}


def _node(rule: str, net: nx.DiGraph, node: str) -> str:
    if node not in net:
        refuse(rule, f"expected one of the nodes {', '.join(sorted(net))}, got {node!r}", net)
    return node
