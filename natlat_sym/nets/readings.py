"""What was read of a graph, kept while the graph lives and as long as it stays the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
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
    nodes : list of (node, attribute "variables")
    edges : dict
        The adjacency of the graph.
    held : dict of node to group
    made : bool
        Whether `dag` made the graph.
    fine : tuple, optional
        The net with one variable at each node (None: the graph itself), and the nodes of each
        variable, once they were asked for.
    """

    nodes: list[tuple[Hashable, object]]
    edges: dict[Hashable, dict[Hashable, object]]
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
    same = known.nodes == list(graph.nodes(data="variables"))
    return known if same and known.edges == dict(graph.adjacency()) else None


def remember(graph: nx.DiGraph, held: dict[Hashable, Group], made: bool = False) -> Reading:
    """Keep what was read of a graph."""
    import networkx as nx

    nodes = list(graph.nodes(data="variables"))
    edges = {node: dict(heads) for node, heads in graph.adjacency()}
    reading = Reading(nodes, edges, held, made)
    # A list at a node could change unnoticed, and a subclass may do anything.
    plain = all(isinstance(variables, str | tuple | None) for _, variables in nodes)
    if plain and type(graph) is nx.DiGraph:
        _READINGS[graph] = reading
    return reading
