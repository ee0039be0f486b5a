"""Stitching: two nets that share a Markov blanket become one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from natlat_sym.nets.dags import arrows, dag
from natlat_sym.nets.inclusion import Inclusion, model_inclusion
from natlat_sym.rules.held import Held, conclude, read_held, refuse
from natlat_sym.rules.pieces import held_by, local_net, local_terms
from natlat_sym.rules.single import said_only_by_the_wide

if TYPE_CHECKING:
    import networkx as nx

Taken = Mapping[str, bool]  # whether a node of the blanket has its parents from the left
WAYS = 1 << 12


def stitch(blanket: Held, left: Held, right: Held, net: Any = None, why: str = "") -> Held:
    """Stitch two nets together at a Markov blanket; the three errors add up.

    Parameters
    ----------
    blanket : Held
        Says that Y, the variables common to both nets, separates the others: X -> Y -> Z.
    left : Held
        A net over X and Y.
    right : Held
        A net over Y and Z, with nodes for Y that the left one has too.
    net : str, nx.DiGraph, mapping, or iterable of pairs, optional
        What is to come out: every node with its parents from the left or the right net.  Without
        one, nodes of the blanket have theirs from the left, as far as that is possible.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When the blanket does not separate, or the parents that its nodes do not take lie outside of
        it or form a cycle.

    Notes
    -----
    The three errors are more than that of the result by the sum of H(y|parents not taken) over the
    nodes y of the blanket, less H(Y).  This is the error of the net on Y that the parents not taken
    make, where they lie in Y and make one.  Else it is negative for some law: let y be a coin, and
    a parent outside or the other nodes of a cycle the same coin.  So the condition is not only
    enough but needed.  Where no edge leads from Z into the blanket it is met.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): stitching.  The condition
    was worked out for this package.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> blanket = suppose("(X1,X2) -> Y -> Z", "b")
    >>> left, right = suppose("X1 -> Y <- X2", "l"), suppose("Y -> Z", "r")
    >>> print(stitch(blanket, left, right))
    X1 -> Y -> Z; X2 -> Y  within b + l + r
    >>> both = suppose("X -> (Y1,Y2) -> Z", "b")
    >>> print(stitch(both, suppose("X -> Y1; Y2", "l"), suppose("Z -> Y2; Y1", "r")))
    X -> Y1; Z -> Y2  within b + l + r
    """
    nets = [read_held(item).net for item in (blanket, left, right)]
    one, two = nets[1], nets[2]
    shared = held_by(one, one) & held_by(two, two)
    common = [node for node in one if node in two]
    if bare := sorted(shared - held_by(one, common)):
        condition = (
            f"expected each variable of the blanket at a node that both nets have, but {bare[0]} "
            "is at none"
        )
        refuse("stitch", condition, one, two)
    found = _separation(nets, sorted(shared))
    goal = None if net is None else dag(net)
    taken = _choose(one, two, common, goal)
    whole, unused = _union(one, two, taken), _not_taken(one, two, taken)
    order = _order(unused)
    slack = [*found.difference, *(term for _, term in local_terms(unused, order))]
    arguments = (blanket, left, right, *(() if goal is None else (arrows(goal),)))
    return conclude("stitch", whole, arguments, why, slack)


def _separation(nets: Sequence[nx.DiGraph], middle: Sequence[str]) -> Inclusion:
    """Return how the blanket says that it separates the other variables of both nets."""
    sides = [sorted(held_by(net, net) - set(middle)) for net in nets[1:]]
    wanted = local_net(sides[1], sides[0], middle)
    if unknown := sorted(held_by(wanted, wanted) - held_by(nets[0], nets[0])):
        refuse("stitch", f"expected a blanket that speaks of {unknown[0]}", *nets)
    found = model_inclusion(nets[0], wanted)
    if found.status != "proved":
        condition = f"expected a blanket that separates, but {said_only_by_the_wide(found)}"
        refuse("stitch", condition, *nets)
    return found


def _choose(
    one: nx.DiGraph, two: nx.DiGraph, common: Sequence[str], goal: nx.DiGraph | None
) -> Taken:
    """Return from which net every node of the blanket takes its parents, so that it works."""
    ways = [[True, False] for _ in common]
    if goal is not None:
        for way, node in zip(ways, common, strict=True):
            above = set(goal.pred[node]) if node in goal else None
            way[:] = [left for left in way if set((one if left else two).pred[node]) == above]
            if not way:
                refuse("stitch", f"expected {node} with its parents of one net", goal, one, two)
    first = ""
    for chosen in islice(product(*ways), WAYS):
        taken = dict(zip(common, chosen, strict=True))
        wrong = next(_objections(one, two, taken), "")
        if not wrong and goal is not None:
            wrong = _differs(_union(one, two, taken), goal)
        if not wrong:
            return taken
        first = first or wrong
    refuse("stitch", first, *([] if goal is None else [goal]), one, two)


def _objections(one: nx.DiGraph, two: nx.DiGraph, taken: Taken) -> Iterator[str]:
    """Yield what keeps the parents chosen from making a net within the errors."""
    for node, left in taken.items():
        outside = sorted(set((two if left else one).pred[node]) - taken.keys())
        if outside:
            side, other = ("left", "right") if left else ("right", "left")
            yield (
                f"expected what is not taken to lie in the blanket, but {node} takes its parents "
                f"on the {side} and leaves {outside[0]} -> {node} on the {other}"
            )
    for words, net in (
        ("taken", _union(one, two, taken)),
        ("not taken", _not_taken(one, two, taken)),
    ):
        if cycle := _cycle(net):
            yield f"expected no directed cycle, but the parents {words} make {cycle}"


def _differs(whole: nx.DiGraph, goal: nx.DiGraph) -> str:
    if set(whole) == set(goal) and set(whole.edges) == set(goal.edges):
        return ""
    return f"expected every node with its parents of one net, as in {arrows(whole)}"


def _union(one: nx.DiGraph, two: nx.DiGraph, taken: Taken) -> nx.DiGraph:
    """Return the net in which every node has the parents that were chosen."""
    import networkx as nx

    whole = nx.DiGraph()
    for net, left in ((one, True), (two, False)):
        whole.add_nodes_from(net.nodes(data=True))
        whole.add_edges_from((a, b) for a, b in net.edges if taken.get(b, left) == left)
    return whole


def _not_taken(one: nx.DiGraph, two: nx.DiGraph, taken: Taken) -> nx.DiGraph:
    """Return the graph on the blanket that the other parents make, as far as they lie in it."""
    import networkx as nx

    unused = nx.DiGraph()
    unused.add_nodes_from((node, one.nodes[node]) for node in taken)
    for net, left in ((one, True), (two, False)):
        unused.add_edges_from(
            (a, b) for a, b in net.edges if a in taken and taken.get(b, left) != left
        )
    return unused


def _order(net: nx.DiGraph) -> list[str]:
    import networkx as nx

    return list(nx.lexicographical_topological_sort(net))


def _cycle(net: nx.DiGraph) -> str:
    import networkx as nx

    if nx.is_directed_acyclic_graph(net):
        return ""
    tails = [tail for tail, _ in nx.find_cycle(net)]
    return " -> ".join([*tails, tails[0]])
