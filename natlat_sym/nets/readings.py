"""What was read of a graph, kept while the graph lives and as long as it stays the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from natlat_sym.statements.atoms import Group

if TYPE_CHECKING:
    import networkx as nx

Places = dict[str, list[Hashable]]


@dataclass
class Reading:
    """An acyclic graph as it was when it was read.

    Attributes
    ----------
    shape : list
        What every node holds, the nodes, how many heads each has, and all heads: one flat list,
        since thousands of small ones cost more than all else.
    held : dict of node to group
    made : bool
        Whether `dag` made the graph.
    fine : tuple, optional
        The net with one variable at each node (None: the graph itself), and the nodes of each
        variable, once they were asked for.
    """

    shape: list[object]
    held: dict[Hashable, Group]
    made: bool
    fine: tuple[nx.DiGraph | None, Places] | None = None


_READINGS: WeakKeyDictionary[nx.DiGraph, Reading] = WeakKeyDictionary()


def recall(graph: Any) -> Reading | None:
    """Return what was read of a graph, if it is as it was then.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("X", "Y")])
    >>> reading = remember(graph, {"X": ("X",), "Y": ("Y",)})
    >>> recall(graph) is reading
    True
    >>> graph.add_edge("X", "Z")
    >>> recall(graph) is None
    True
    """
    import networkx as nx

    if type(graph) is not nx.DiGraph or (known := _READINGS.get(graph)) is None:
        return None
    return known if known.shape == _shape(graph) else None


def is_acyclic(graph: nx.DiGraph) -> bool:
    """Tell whether a graph has no directed cycle: most of the work where a net is read once.

    Examples
    --------
    >>> import networkx as nx
    >>> is_acyclic(nx.DiGraph(["XY", "YZ", "XZ"])), is_acyclic(nx.DiGraph(["XY", "YX"]))
    (True, False)
    """
    heads = dict(graph.adjacency())
    waiting = dict.fromkeys(heads, 0)
    for below in heads.values():
        for head in below:
            waiting[head] += 1
    ready = [node for node, count in waiting.items() if not count]
    for node in ready:
        for head in heads[node]:
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)
    return len(ready) == len(heads)


def remember(graph: nx.DiGraph, held: dict[Hashable, Group], made: bool = False) -> Reading:
    """Keep what was read of a graph."""
    import networkx as nx

    reading = Reading(_shape(graph), held, made)
    # A list at a node could change unnoticed, and a subclass may do anything.
    kinds = set(map(type, reading.shape[: len(graph)]))
    if kinds <= {str, tuple, type(None)} and type(graph) is nx.DiGraph:
        _READINGS[graph] = reading
    return reading


def _shape(graph: nx.DiGraph) -> list[object]:
    heads = dict(graph.adjacency())
    held = [attributes.get("variables") for _, attributes in graph.nodes(data=True)]
    return [*held, *heads, *map(len, heads.values()), *chain.from_iterable(heads.values())]
