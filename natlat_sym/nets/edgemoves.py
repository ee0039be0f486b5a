"""From a net to any net that holds whenever it does: covered reversals and added edges.

Both moves are exact.  Reversing a covered edge X -> Y (the parents of Y are X and the parents of X)
leaves the error of the net as it is; adding X -> Y lowers it by I(X;Y | other parents of Y).  By
Chickering's theorem such moves lead from G to H whenever every law that factors along G factors
along H, so the difference of the two errors is a sum of conditional mutual informations.

References: Meek, "Graphical Models" (1997); Chickering, "Optimal structure identification with
greedy search" (2002), from which the choice of moves is taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a net.

    Parameters
    ----------
    tail, head : nodes
        The edge after the move.
    added : bool
        Whether the edge is new; otherwise it pointed the other way.
    given : tuple of nodes
        The other parents of the head, in the order of the net.
    """

    tail: Hashable
    head: Hashable
    added: bool
    given: tuple[Hashable, ...]


def covered_edges(net: nx.DiGraph) -> list[tuple[Hashable, Hashable]]:
    """Return the edges that can be reversed without a change of the model.

    Parameters
    ----------
    net : nx.DiGraph
        Acyclic, one variable at each node.

    Returns
    -------
    list of (tail, head)

    Examples
    --------
    >>> import networkx as nx
    >>> covered_edges(nx.DiGraph([("A", "B"), ("B", "C")]))
    [('A', 'B')]
    """
    return [(tail, head) for tail, head in net.edges if _is_covered(net, tail, head)]


def _is_covered(net: nx.DiGraph, tail: Hashable, head: Hashable) -> bool:
    return {*net.predecessors(tail), tail} == set(net.predecessors(head))


def moves(start: nx.DiGraph, end: nx.DiGraph) -> Iterator[Move]:
    """Lead from a net to one that holds whenever it does.

    Parameters
    ----------
    start, end : nx.DiGraph
        Acyclic, over the same nodes with one variable each; every law that factors along `start`
        factors along `end` (not checked here).

    Yields
    ------
    Move
        The last one leads to `end`; none when the nets are equal.

    Examples
    --------
    >>> import networkx as nx
    >>> chain, collider = nx.DiGraph([("A", "B"), ("B", "C")]), nx.DiGraph()
    >>> collider.add_edges_from([("A", "B"), ("C", "B"), ("A", "C")])
    >>> for move in moves(chain, collider):
    ...     print(move.tail, move.head, move.added)
    A C True
    C B False
    """
    import networkx as nx

    net, goal = nx.DiGraph(start), nx.DiGraph(end)
    whole = nx.DiGraph(start)
    while _drop_common_sinks(net, goal):
        move = _next_move(net, goal)
        for graph in (net, whole):
            if not move.added:
                graph.remove_edge(move.head, move.tail)
            graph.add_edge(move.tail, move.head)
        above = tuple(node for node in whole.predecessors(move.head) if node != move.tail)
        yield Move(move.tail, move.head, move.added, above)


def _drop_common_sinks(net: nx.DiGraph, goal: nx.DiGraph) -> bool:
    """Take off nodes that are sinks of both with the same parents; tell whether any is left."""
    waiting = [node for node in goal if not goal.out_degree(node)]
    while waiting:
        node = waiting.pop()
        parents = set(goal.predecessors(node))
        if not net.out_degree(node) and parents == set(net.predecessors(node)):
            net.remove_node(node)
            goal.remove_node(node)
            waiting += [parent for parent in parents if not goal.out_degree(parent)]
    return bool(goal)


def _next_move(net: nx.DiGraph, goal: nx.DiGraph) -> Move:
    import networkx as nx

    sink = next(node for node in goal if not goal.out_degree(node))
    above = set(net.predecessors(sink))
    if not net.out_degree(sink):
        new = next(node for node in goal.predecessors(sink) if node not in above)
        return Move(new, sink, True, ())
    below = nx.descendants(net, sink)
    order = {node: place for place, node in enumerate(nx.topological_sort(goal))}
    first = min(below, key=order.__getitem__)
    towards = {first, *nx.ancestors(net, first)}
    ranks = {node: place for place, node in enumerate(nx.topological_sort(net))}
    child = min((c for c in net.successors(sink) if c in towards), key=ranks.__getitem__)
    beside = [node for node in net.predecessors(child) if node != sink]
    if extra := [node for node in above if node not in beside]:
        return Move(min(extra, key=ranks.__getitem__), child, True, ())
    if extra := [node for node in beside if node not in above]:
        return Move(min(extra, key=ranks.__getitem__), sink, True, ())
    return Move(child, sink, False, ())
