"""Bayes nets over variables: arrow text, the error as a linear form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from natlat_sym.nets.arrowtext import latex_arrows, write_arrows
from natlat_sym.nets.graphs import as_dag, dag, node_variables
from natlat_sym.nets.natural import mediation, redundancy
from natlat_sym.nets.separation import d_connected, d_separated
from natlat_sym.statements.forms import Form, Group, Key, entropy, piece

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "arrows",
    "as_dag",
    "d_connected",
    "d_separated",
    "dag",
    "dag_form",
    "factor_terms",
    "mediation",
    "node_variables",
    "redundancy",
]


def arrows(spec: Any) -> str:
    """Return a net as arrow text, which `dag` reads back.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    str
        The same for equal nets, whatever order they were built in.

    Examples
    --------
    >>> arrows([("L", "X1"), ("L", "X2"), ("L", "X3")])
    'X1 <- L -> X2; L -> X3'
    """
    return write_arrows(dag(spec))


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

    Raises
    ------
    NotADag, InvalidInput
        For a cycle, and what is no net.

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
    text = write_arrows(net)
    terms = {key: value for key, value in sorted(total.items(), key=_by_size) if key and value}
    return piece(f"KL({text})", rf"D_{{\mathrm{{KL}}}}({latex_arrows(text)})", terms)


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

    Raises
    ------
    NotADag, InvalidInput
        For a cycle, and what is no net.

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


def _variables_of(net: nx.DiGraph, nodes: Iterable[str]) -> Key:
    return frozenset(name for node in nodes for name in net.nodes[node]["variables"])


def _by_size(item: tuple[Key, Fraction]) -> tuple[int, list[str]]:
    return len(item[0]), sorted(item[0])
