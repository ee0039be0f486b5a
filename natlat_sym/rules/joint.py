"""Rules of the calculus that join nets: Frankenstein, stitching, independence, chain rule."""

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
from natlat_sym.rules.single import said_only_by_the_wide
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
        for node, term in _terms(premise.net, order):
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
    terms = (term for _, term in _terms(goal, _common_order(goal, used)))
    return certify(dag_form(goal).eq(sum(filter(None, terms), as_form(0))))


def stitch(blanket: Held, left: Held, right: Held, why: str = "") -> Held:
    """Stitch two nets together at a Markov blanket; the three errors add up.

    Parameters
    ----------
    blanket : Held
        Says that Y, the variables common to both nets, separates the others: X -> Y -> Z.
    left : Held
        A net over X and Y.
    right : Held
        A net over Y and Z, in which no edge leads from Z to Y.
    why : str
        The reason, in words.

    Returns
    -------
    Held
        The net with the parents of X and Y from the left, those of Z from the right.

    Raises
    ------
    RuleRefused
        When the blanket does not separate, an edge leads back, or a node holds variables of both
        sides.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): stitching.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> blanket = suppose("(X1,X2) -> Y -> Z", "b")
    >>> left, right = suppose("X1 -> Y <- X2", "l"), suppose("Y -> Z", "r")
    >>> print(stitch(blanket, left, right))
    X1 -> Y -> Z; X2 -> Y  within b + l + r
    """
    import networkx as nx

    nets = [read_held(item).net for item in (blanket, left, right)]
    one, two = nets[1], nets[2]
    shared = _held_by(one, one) & _held_by(two, two)
    for tail, head in two.edges:
        if _is_in(two, head, shared) and not _is_in(two, tail, shared):
            condition = (
                f"expected no edge into the blanket on the right, but {tail} -> {head} is one"
            )
            refuse("stitch", condition, one, two)
    for node in two:
        own = set(two.nodes[node]["variables"])
        if own & shared and (not own <= shared or node not in one):
            blanket_names = ", ".join(sorted(shared))
            condition = (
                f"expected each node inside the blanket {blanket_names}, and then in both nets, or "
                f"outside it, but {node} is not"
            )
            refuse("stitch", condition, one, two)
    sides = [sorted(_held_by(net, net) - shared) for net in (one, two)]
    middle = sorted(shared)
    wanted = _local_net(sides[1], sides[0], middle)
    if unknown := sorted(_held_by(wanted, wanted) - _held_by(nets[0], nets[0])):
        refuse("stitch", f"expected a blanket that speaks of {unknown[0]}", *nets)
    found = model_inclusion(nets[0], wanted)
    if found.status != "proved":
        condition = f"expected a blanket that separates, but {said_only_by_the_wide(found)}"
        refuse("stitch", condition, *nets)
    whole = nx.DiGraph(one)
    far = [node for node in two if not _is_in(two, node, shared)]
    whole.add_nodes_from((node, two.nodes[node]) for node in far)
    whole.add_edges_from((tail, head) for tail, head in two.edges if head in far)
    order = sorted(nx.lexicographical_topological_sort(two), key=lambda node: node in far)
    slack = [*found.difference, *(term for node, term in _terms(two, order) if node not in far)]
    return conclude("stitch", whole, (blanket, left, right), why, slack)


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
        rest = sorted(_held_by(goal, set(goal) - {node}))
        wanted = _local_net(goal.nodes[node]["variables"], rest, ())
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
        before = sorted(_held_by(goal, list(used)[:place]))
        after = sorted(_held_by(goal, set(goal) - set(list(used)[: place + 1])))
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


def _terms(net: nx.DiGraph, order: Iterable[str]) -> Iterator[tuple[str, Form]]:
    """Yield what each node adds to the error: I(v; earlier nodes|parents of v)."""
    earlier: Names = ()
    for node in order:
        own = net.nodes[node]["variables"]
        above = _held_by(net, net.predecessors(node))
        rest = [name for name in earlier if name not in above]
        yield node, information([own, rest], sorted(above)) if rest else as_form(0)
        earlier = (*earlier, *(name for name in own if name not in earlier))


def _says(premise: Held, wanted: nx.DiGraph) -> Inclusion | None:
    """Return how a premise implies a net, if it does."""
    own = read_held(premise).net
    if not _held_by(wanted, wanted) <= _held_by(own, own):
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
            names = [sorted(_held_by(fine, nodes)) for nodes in (rest, above)]
            yield _local_net(fine.nodes[node]["variables"], names[0], names[1])
        earlier.append(node)


def _local_net(place: Iterable[str], rest: Sequence[str], parents: Sequence[str]) -> nx.DiGraph:
    """Return the net ``rest -> (parents) -> place``, without edges when there are no parents."""
    import networkx as nx

    net = nx.DiGraph()
    groups = [tuple(names) for names in (rest, parents, place)]
    for index, group in enumerate(groups):
        if group:
            net.add_node(index, variables=group)
    net.add_edges_from((a, b) for a, b in ((0, 1), (1, 2)) if a in net and b in net)
    return dag(net)


def _held_by(net: nx.DiGraph, nodes: Iterable[Hashable]) -> set[str]:
    return {name for node in nodes for name in net.nodes[node]["variables"]}


def _is_in(net: nx.DiGraph, node: str, shared: set[str]) -> bool:
    return set(net.nodes[node]["variables"]) <= shared
