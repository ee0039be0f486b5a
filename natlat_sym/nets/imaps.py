"""Nets that hold exactly for a law: minimal I-maps, and all that hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import Names, find_names
from natlat_sym.laws.expected import as_law
from natlat_sym.nets.arrowtext import write_arrows
from natlat_sym.nets.equivalence import MOST_NODES, cpdag, markov_classes
from natlat_sym.nets.graphs import dag
from natlat_sym.nets.inclusion import model_inclusion
from natlat_sym.statements.independence import Independence

if TYPE_CHECKING:
    import networkx as nx

    from natlat_sym.laws.dist import Dist
    from natlat_sym.statements.forms import Group


class _Oracle:
    """What is independent under a law, each question asked once."""

    def __init__(self, dist: Dist) -> None:
        self.holds = cache(lambda statement: statement.holds(dist))

    def screens(self, name: str, parents: Sequence[str], others: Sequence[str]) -> bool:
        """Tell whether parents make a variable independent of others."""
        rest = tuple(sorted(set(others) - set(parents)))
        return not rest or self.holds(Independence((name,), rest, tuple(sorted(parents))))

    def minimal_parents(self, name: str, earlier: Sequence[str]) -> Iterator[Group]:
        """Yield the sets of parents from which none can be left out."""
        found: list[set[str]] = []
        for size in range(len(earlier) + 1):
            for parents in combinations(earlier, size):
                above = set(parents)
                if any(known <= above for known in found):
                    continue
                if self.screens(name, parents, earlier):
                    found.append(above)
                    yield parents


def minimal_i_map(dist: Dist, order: Names = ()) -> nx.DiGraph:
    """Return a net with a given order that holds exactly, and does without no edge.

    Parameters
    ----------
    dist : Dist
        With parameters: what holds for all their values.
    order : str or iterable of str
        All variables, each after its parents; by default as the law has them.

    Returns
    -------
    nx.DiGraph
        As `dag` returns it; its error is 0.  The only such net when every outcome has positive
        mass; otherwise parents are left out from the last one on, where that is possible.

    Raises
    ------
    InvalidInput
        When a variable is left out of the order.

    References
    ----------
    Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 3.3.

    Examples
    --------
    >>> from natlat_sym import Dist, arrows
    >>> p = Dist.uniform("X Y Z", [("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"),
    ...                            ("1", "1", "0")])
    >>> arrows(minimal_i_map(p)), arrows(minimal_i_map(p, "Z Y X"))
    ('X -> Z; Y -> Z', 'Y -> X; Z -> X')
    """
    as_law(dist)
    listed = [dist.names[place] for place in find_names(order or dist.names, dist.names)]
    if left := [name for name in dist.names if name not in listed]:
        raise InvalidInput(
            f"expected an order of all variables {', '.join(dist.names)}, {', '.join(left)} is not"
            " in it; use dist.marginal(...) for some of them",
            names=tuple(left),
        )
    oracle = _Oracle(dist)
    chosen: dict[str, list[str]] = {}
    for place, name in enumerate(listed):
        parents = listed[:place]
        for parent in reversed(listed[:place]):
            fewer = [other for other in parents if other != parent]
            if oracle.screens(name, fewer, listed[:place]):
                parents = fewer
        chosen[name] = parents
    return _net(chosen)


def minimal_i_maps(dist: Dist) -> tuple[nx.DiGraph, ...]:
    """Return every net that holds exactly for a law and does without no edge.

    Parameters
    ----------
    dist : Dist
        Of at most five variables; with parameters: what holds for all their values.

    Returns
    -------
    tuple of nx.DiGraph
        For all orders, as `dag` returns them; few edges first.

    Raises
    ------
    InvalidInput
        For more variables.

    Examples
    --------
    >>> from natlat_sym import Dist, arrows
    >>> p = Dist.uniform("X Y Z", [("0", "0", "0"), ("1", "1", "1")])
    >>> [arrows(net) for net in minimal_i_maps(p)][:3]
    ['X -> Y -> Z', 'X -> Z -> Y', 'X <- Y -> Z']
    """
    as_law(dist)
    oracle = _Oracle(dist)
    found: dict[frozenset[tuple[str, str]], nx.DiGraph] = {}
    for order in permutations(_few_names(dist)):
        ways = [oracle.minimal_parents(name, order[:place]) for place, name in enumerate(order)]
        for choice in product(*ways):
            net = _net(dict(zip(order, choice, strict=True)))
            found.setdefault(frozenset(net.edges), net)
    return tuple(sorted(found.values(), key=_by_edges))


def exact_nets(dist: Dist, minimal: bool = False) -> tuple[nx.DiGraph, ...]:
    """Return all nets that hold exactly for a law, one for each class of equivalent ones.

    Parameters
    ----------
    dist : Dist
        Of at most five variables; with parameters: what holds for all their values.
    minimal : bool
        Only nets that say most: no other one that holds says the same and more.

    Returns
    -------
    tuple of nx.DiGraph
        As `dag` returns them, few edges first; `markov_class` gives the equivalent ones.

    Raises
    ------
    InvalidInput
        For more variables.

    Examples
    --------
    >>> from natlat_sym import Dist, arrows
    >>> p = Dist.from_dict({("0", "0", "0"): "1/2", ("1", "1", "0"): "1/4",
    ...                     ("1", "1", "1"): "1/4"}, "X Y Z")
    >>> [arrows(net) for net in exact_nets(p, minimal=True)]
    ['X -> Y -> Z', 'Y -> X -> Z']
    >>> len(exact_nets(p))
    3
    """
    as_law(dist)
    names = _few_names(dist)
    if not minimal:
        oracle = _Oracle(dist)
        return tuple(
            sorted(
                (nets[0] for nets in markov_classes(names) if _holds(oracle, nets[0])),
                key=_by_edges,
            )
        )
    classes: dict[frozenset[tuple[str, str]], nx.DiGraph] = {}
    for net in minimal_i_maps(dist):
        classes.setdefault(frozenset(cpdag(net).edges), net)
    nets = list(classes.values())
    return tuple(
        net
        for net in nets
        if not any(other is not net and model_inclusion(other, net) for other in nets)
    )


def _holds(oracle: _Oracle, net: nx.DiGraph) -> bool:
    import networkx as nx

    order = list(nx.topological_sort(net))
    return all(
        oracle.screens(name, tuple(net.predecessors(name)), order[:place])
        for place, name in enumerate(order)
    )


def _few_names(dist: Dist) -> Group:
    if len(dist.names) > MOST_NODES:
        raise InvalidInput(
            f"expected a law of at most {MOST_NODES} variables, got {len(dist.names)}; use "
            "dist.marginal(...), or minimal_i_map(dist, order) for one order",
            names=dist.names,
        )
    return dist.names


def _net(parents: Mapping[str, Sequence[str]]) -> nx.DiGraph:
    import networkx as nx

    net = nx.DiGraph()
    net.add_nodes_from(parents)
    net.add_edges_from((tail, head) for head, tails in parents.items() for tail in tails)
    return dag(net)


def _by_edges(net: nx.DiGraph) -> tuple[int, str]:
    return net.number_of_edges(), write_arrows(net)
