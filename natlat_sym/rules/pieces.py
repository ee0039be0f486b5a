"""What the rules that join nets take them apart into: local statements and local terms."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from natlat_sym.nets.dags import dag
from natlat_sym.statements.forms import Form, as_form, information

if TYPE_CHECKING:
    import networkx as nx


def local_terms(net: nx.DiGraph, order: Iterable[str]) -> Iterator[tuple[str, Form]]:
    """Yield what each node adds to the error of a net: I(v; earlier nodes|parents of v).

    Parameters
    ----------
    net : nx.DiGraph
    order : iterable of str
        Its nodes, parents first.

    Yields
    ------
    (str, Form)

    Examples
    --------
    >>> [str(term) for _, term in local_terms(dag("X -> Y -> Z"), "XYZ")]
    ['0', '0', 'I(Z;X|Y)']
    """
    earlier: tuple[str, ...] = ()
    for node in order:
        own = net.nodes[node]["variables"]
        above = held_by(net, net.predecessors(node))
        rest = [name for name in earlier if name not in above]
        yield node, information([own, rest], sorted(above)) if rest else as_form(0)
        earlier = (*earlier, *(name for name in own if name not in earlier))


def local_net(place: Iterable[str], rest: Sequence[str], parents: Sequence[str]) -> nx.DiGraph:
    """Return the net ``rest -> (parents) -> place``, without edges when there are no parents.

    Parameters
    ----------
    place, rest, parents : iterable of str
        Names of variables.

    Returns
    -------
    nx.DiGraph

    Examples
    --------
    >>> from natlat_sym.nets.dags import arrows
    >>> arrows(local_net(["Z"], ["X"], ["Y1", "Y2"]))
    'X -> (Y1,Y2) -> Z'
    """
    import networkx as nx

    net = nx.DiGraph()
    groups = [tuple(names) for names in (rest, parents, place)]
    for index, group in enumerate(groups):
        if group:
            net.add_node(index, variables=group)
    net.add_edges_from((a, b) for a, b in ((0, 1), (1, 2)) if a in net and b in net)
    return dag(net)


def held_by(net: nx.DiGraph, nodes: Iterable[Hashable]) -> set[str]:
    """Return the variables at some nodes of a net.

    Examples
    --------
    >>> sorted(held_by(dag("(X,Y) -> Z"), ["(X,Y)"]))
    ['X', 'Y']
    """
    return {name for node in nodes for name in net.nodes[node]["variables"]}
