"""Rules of the calculus that join nets: Frankenstein, independence, chain rule."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from natlat_sym.certified.results import Theorem
from natlat_sym.errors import InvalidInput
from natlat_sym.nets.dags import arrows, dag, dag_form
from natlat_sym.nets.inclusion import Inclusion, model_inclusion
from natlat_sym.nets.separation import fine_net
from natlat_sym.rules.held import Held, certify, conclude, read_held, refuse
from natlat_sym.rules.pieces import held_by, local_net, local_terms
from natlat_sym.statements.forms import Form, as_form, information

if TYPE_CHECKING:
    import networkx as nx

Names = tuple[str, ...]


def frankenstein(net: Any, *premises: Held, why: str = "") -> Held:
    """Take the parents of every node from one of several nets; the errors add up.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
        Every node has the parents that it has in one of the premises.
    *premises : Held
        Nets with the same nodes and a common topological order.  The fewest that do are used, and
        only their errors are counted.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        For other nodes, no common order, or parents that no premise has.

    See Also
    --------
    frankenstein_terms : the sharper form, one term for each node.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): Frankenstein.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> one, two = suppose("X -> Y; X -> Z", "a"), suppose("X; Y -> Z", "b")
    >>> print(frankenstein("X -> Y -> Z", one, two))
    X -> Y -> Z  within a + b
    """
    goal = dag(net)
    used = _fewest(goal, _on_one_order(goal, premises))
    order = _common_order(goal, used)
    slack: list[Form] = []
    left = set(goal)  # nodes whose own term is still to be found
    for premise in used:
        for node, term in local_terms(premise.net, order):
            if node in left and set(premise.net.pred[node]) == set(goal.pred[node]):
                left.remove(node)
            else:
                slack.append(term)
    return conclude("frankenstein", goal, (arrows(goal), *used), why, slack)


def frankenstein_terms(net: Any, *premises: Held) -> Theorem:
    """Return the sharper form of Frankenstein: the error as a sum of one term for each node.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    *premises : Held
        As in `frankenstein`.

    Returns
    -------
    Theorem
        ``KL(net)`` is exactly the sum of the terms ``I(v; earlier nodes|parents of v)`` in an order
        common to all; each is the term of v in the net that its parents come from.

    Raises
    ------
    RuleRefused
        As in `frankenstein`.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> one, two = suppose("X -> Y; X -> Z", "a"), suppose("X; Y -> Z", "b")
    >>> print(frankenstein_terms("X -> Y -> Z", one, two))
    ⊢ KL(X -> Y -> Z) = I(Z;X|Y)
    """
    goal = dag(net)
    used = _fewest(goal, _on_one_order(goal, premises))
    terms = (term for _, term in local_terms(goal, _common_order(goal, used)))
    return certify(dag_form(goal).eq(sum(filter(None, terms), as_form(0))))


def joint_independence(net: Any, *premises: Held, why: str = "") -> Held:
    """Conclude that all nodes are independent from all but one being independent of the rest.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
        ``"X1; X2; X3"``: nodes without edges.
    *premises : Held
        For all nodes but one, that it is independent of the rest: ``"X1; (X2,X3)"``.  Of n of them
        the last is not used.
    why : str
        The reason, in words.

    Returns
    -------
    Held
        The errors of n - 1 premises add up; n - 2 are not enough.

    Raises
    ------
    RuleRefused
        When the net has edges, or two nodes have no premise.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): joint independence.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> one, two = suppose("X1; (X2,X3)", "a"), suppose("X2; (X1,X3)", "b")
    >>> print(joint_independence("X1; X2; X3", one, two))
    X1; X2; X3  within a + b
    """
    goal = dag(net)
    if goal.edges:
        refuse("joint_independence", "expected a net without edges", goal)
    used: dict[str, tuple[Held, Inclusion]] = {}
    bare: list[str] = []
    for node in goal:
        rest = sorted(held_by(goal, set(goal) - {node}))
        wanted = local_net(goal.nodes[node]["variables"], rest, ())
        taken = [premise for premise, _ in used.values()]
        said = ((p, _says(p, wanted)) for p in premises if p not in taken)
        found = next(((p, inclusion) for p, inclusion in said if inclusion), None)
        if found is None:
            bare.append(node)
        elif len(used) < len(goal) - 1:
            used[node] = found
    if len(bare) > 1:
        condition = (
            f"expected for all nodes but one that it is independent of the rest, but "
            f"{' and '.join(bare)} have no such premise"
        )
        refuse("joint_independence", condition, goal, *(premise.net for premise in premises))
    slack: list[Form] = []
    for place, (node, (_, inclusion)) in enumerate(used.items()):
        before = sorted(held_by(goal, list(used)[:place]))
        after = sorted(held_by(goal, set(goal) - set(list(used)[: place + 1])))
        slack += inclusion.difference
        slack += [information([goal.nodes[node]["variables"], before], after)] if before else []
    nets = (premise for premise, _ in used.values())
    return conclude("joint_independence", goal, (arrows(goal), *nets), why, slack)


def chain_rule(net: Any, *premises: Held, why: str = "") -> Held:
    """Add up the local statements of a net; its error is exactly the sum of theirs.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    *premises : Held
        For each variable v of the net, in topological order with ties by name, ``rest -> (parents)
        -> v`` where the rest are the earlier variables that are no parents; none where there is
        no rest.
    why : str
        The reason, in words.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When a local statement has no premise, or a premise is none of them.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(chain_rule("A -> B -> C", suppose("A -> B -> C", "a")))
    A -> B -> C  within a
    >>> print(chain_rule("A; B; C", suppose("A; B", "a"), suppose("(A,B); C", "b")))
    A; B; C  within a + b
    """
    goal = dag(net)
    left = list(map(read_held, premises))
    used: list[Held] = []
    for wanted in _local_nets(goal):
        found = next((premise for premise in left if premise.form == dag_form(wanted)), None)
        if found is None:
            condition = f"expected the premise {arrows(wanted)}"
            refuse("chain_rule", condition, goal, *(premise.net for premise in premises))
        left.remove(found)
        used.append(found)
    if left:
        condition = f"expected local statements of the net only, but {left[0].arrows} is none"
        refuse("chain_rule", condition, goal, left[0].net)
    return conclude("chain_rule", goal, (arrows(goal), *used), why)


def _on_one_order(goal: nx.DiGraph, premises: Sequence[Held]) -> list[Held]:
    """Return the premises, once they have the nodes of the goal and a common order."""
    import networkx as nx

    if not premises:
        raise InvalidInput("expected at least one net to take parents from, got none")
    nets = [read_held(premise).net for premise in premises]
    for other in nets:
        if differing := sorted(set(other) ^ set(goal)):
            condition = f"expected nets with the same nodes, but {differing[0]} is in one only"
            refuse("frankenstein", condition, goal, other)
    union = nx.compose_all(nets)
    if not nx.is_directed_acyclic_graph(union):
        cycle = [tail for tail, _ in nx.find_cycle(union)]
        shown = " -> ".join([*cycle, cycle[0]])
        condition = f"expected a common topological order, but together they have {shown}"
        refuse("frankenstein", condition, *nets)
    return list(premises)


def _fewest(goal: nx.DiGraph, premises: Sequence[Held]) -> tuple[Held, ...]:
    """Return the fewest premises from which every node can take its parents."""
    fits = [
        {node for node in goal if set(goal.pred[node]) == set(premise.net.pred[node])}
        for premise in premises
    ]
    for node in goal:
        if not any(node in own for own in fits):
            above = ", ".join(sorted(goal.pred[node])) or "none"
            condition = f"expected {node} to have its parents ({above}) in some premise"
            refuse("frankenstein", condition, goal, *(premise.net for premise in premises))
    whole = set(goal)
    sizes = (
        chosen for k in range(1, len(fits) + 1) for chosen in combinations(range(len(fits)), k)
    )
    best = next(chosen for chosen in sizes if set().union(*(fits[i] for i in chosen)) == whole)
    return tuple(premises[i] for i in best)


def _common_order(goal: nx.DiGraph, used: Iterable[Held]) -> list[str]:
    import networkx as nx

    union = nx.compose_all([goal, *(premise.net for premise in used)])
    return list(nx.lexicographical_topological_sort(union))


def _says(premise: Held, wanted: nx.DiGraph) -> Inclusion | None:
    """Return how a premise implies a net, if it does."""
    own = read_held(premise).net
    if not held_by(wanted, wanted) <= held_by(own, own):
        return None
    found = model_inclusion(own, wanted)
    return found if found.status == "proved" else None


def _local_nets(goal: nx.DiGraph) -> Iterator[nx.DiGraph]:
    """Yield the local statements that say something, in topological order with ties by name."""
    import networkx as nx

    fine, _ = fine_net(goal)
    earlier: list[Hashable] = []
    for node in nx.lexicographical_topological_sort(fine):
        above = set(fine.predecessors(node))
        if rest := [other for other in earlier if other not in above]:
            names = [sorted(held_by(fine, nodes)) for nodes in (rest, above)]
            yield local_net(fine.nodes[node]["variables"], names[0], names[1])
        earlier.append(node)
