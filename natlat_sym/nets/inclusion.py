"""When every law that factors along one net factors along another, and what that costs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, Undecided
from natlat_sym.nets.arrowtext import write_arrows
from natlat_sym.nets.dags import dag_form
from natlat_sym.nets.edgemoves import moves
from natlat_sym.nets.faithful import dependent_law
from natlat_sym.nets.graphs import dag
from natlat_sym.nets.separation import connected, fine_net
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.independence import Independence

if TYPE_CHECKING:
    import networkx as nx

    from natlat_sym.laws.dist import Dist

Places = Mapping[str, Sequence[Hashable]]
Match = Mapping[Hashable, Hashable]  # nodes of the wide net to nodes of the narrow one


@dataclass(frozen=True, slots=True, repr=False)
class Inclusion:
    """Whether every law that factors along a net factors along another one.

    True or false as a condition; when undecided, asking raises `Undecided`.

    Parameters
    ----------
    narrow, wide : nx.DiGraph
        The nets, as `dag` returns them.
    status : "proved", "refuted" or "undecided"
    missing : tuple of Independence
        What factoring along `wide` needs and `narrow` does not say; empty when proved.  When
        refuted, `witness` makes a law of it.

    Examples
    --------
    >>> print(model_inclusion("X -> Y -> Z", "X -> Y -> Z; X -> Z"))
    every law that factors along X -> Y -> Z factors along X -> Y -> Z; X -> Z
    """

    narrow: nx.DiGraph
    wide: nx.DiGraph
    status: str
    missing: tuple[Independence, ...] = ()

    def __bool__(self) -> bool:
        if self.status == "undecided":
            raise Undecided(
                f"{self}: a variable sits at several nodes, and separation does not tell; compare "
                "the errors with prove(...)",
                inclusion=self,
            )
        return self.status == "proved"

    @property
    def difference(self) -> tuple[Form, ...]:
        """Conditional mutual informations that sum to the error of `narrow` less that of `wide`.

        Exactly, under every law; none when the two errors are the same form.

        Raises
        ------
        InvalidInput
            When the inclusion is not proved.
        """
        if self.status != "proved":
            raise InvalidInput(f"expected an inclusion that is proved, it is {self.status}")
        (net, places), (other, others) = _thin_net(self.narrow), _thin_net(self.wide)
        match = next(m for m in _matches(places, others) if not _missing(net, other, m))
        return tuple(_difference(net, other, match))

    @property
    def claim(self) -> Claim:
        """KL(wide) <= KL(narrow), which holds when the inclusion does."""
        return Claim(dag_form(self.wide), "<=", dag_form(self.narrow))

    def witness(self) -> Dist:
        """Return a law that factors along `narrow` and not along `wide`.

        Returns
        -------
        Dist
            Exact: it violates `claim`.

        Raises
        ------
        InvalidInput
            When the inclusion is not refuted.
        NoWitnessFound
            When more than 16 variables matter.

        Examples
        --------
        >>> print(model_inclusion("X -> Y", "X; Y").witness())
        X  Y  mass
        0  0  1/4
        0  1  1/4
        1  0  1/2
        """
        if self.status != "refuted":
            raise InvalidInput(f"expected an inclusion that is refuted, it is {self.status}")
        return dependent_law(_thin_net(self.narrow)[0], self.missing[0])

    def __repr__(self) -> str:
        return f"model_inclusion({write_arrows(self.narrow)!r}, {write_arrows(self.wide)!r})"

    def __str__(self) -> str:
        refuted = self.status == "refuted"
        text = (
            f"{'some' if refuted else 'every'} law that factors along {write_arrows(self.narrow)} "
            f"{'does not factor' if refuted else 'factors'} along {write_arrows(self.wide)}"
        )
        if refuted:
            return f"{text}: {self.missing[0]} does not follow"
        return text if self.status == "proved" else f"undecided whether {text}"


def model_inclusion(narrow: Any, wide: Any) -> Inclusion:
    """Decide whether every law that factors along one net factors along another.

    Parameters
    ----------
    narrow, wide : str, nx.DiGraph, mapping, or iterable of pairs
        The variables of `wide` are among those of `narrow`; when some are missing, the question is
        about the marginals of the laws.  Nodes may hold groups.

    Returns
    -------
    Inclusion
        Each independence that makes up the error of `wide` (a node and the earlier ones, given
        its parents) is looked for in `narrow` by d-separation.  With each variable at one node
        that decides: what is not separated is dependent under some law that factors.  When a
        variable sits at several nodes, these count as different variables that are equal, so
        "proved" is right, and otherwise the answer is "undecided".  Copies under a copy,
        ``Y -> Y#2``, are free: they are left out on both sides before.

    Raises
    ------
    InvalidInput
        When `wide` has a variable that `narrow` has not.

    References
    ----------
    Geiger, Verma and Pearl, "Identifying independence in Bayesian networks" (1990); Chickering,
    "Optimal structure identification with greedy search" (2002), for `difference`.

    Examples
    --------
    >>> found = model_inclusion("X1; X2; L", "X1 <- L -> X2")
    >>> bool(found), *map(str, found.difference)
    (True, 'I(L;X1)', 'I(L;X2)')
    >>> found = model_inclusion("X1 <- L -> X2", "X1; X2; L")
    >>> bool(found), str(found.missing[0])
    (False, 'I(L;X1) = 0')
    """
    first, second = dag(narrow), dag(wide)
    (net, places), (other, others) = _thin_net(first), _thin_net(second)
    if extra := sorted(others.keys() - places.keys()):
        raise InvalidInput(
            f"expected nets of the same variables, {', '.join(extra)} is in "
            f"{write_arrows(second)} but not in {write_arrows(first)}",
            variables=tuple(extra),
        )
    least: tuple[Independence, ...] = ()
    for match in _matches(places, others):
        missing = _missing(net, other, match)
        if not missing:
            return Inclusion(first, second, "proved")
        least = missing if not least or len(missing) < len(least) else least
    single = all(len(nodes) == 1 for held in (places, others) for nodes in held.values())
    return Inclusion(first, second, "refuted" if single else "undecided", least)


def _thin_net(spec: Any) -> tuple[nx.DiGraph, Places]:
    """Return a net with one variable at each node, without the copies under copies.

    The error is the same form: such a copy adds H(Y|Y, ...) = 0, and what hangs on it may as well
    hang on the copy above.
    """
    import networkx as nx

    net, places = fine_net(spec)
    if all(len(nodes) == 1 for nodes in places.values()):
        return net, places
    thin = nx.DiGraph(net)
    left = {name: list(nodes) for name, nodes in places.items()}
    for node in _in_order(net):
        (name,) = net.nodes[node]["variables"]
        above = next((a for a in thin.predecessors(node) if a in left[name]), None)
        if above is not None:
            thin.add_edges_from((above, below) for below in list(thin.successors(node)))
            thin.remove_node(node)
            left[name].remove(node)
    return thin, left


def _matches(places: Places, others: Places) -> Iterator[dict[Hashable, Hashable]]:
    """Go through all ways to find the nodes of one net in another, variable by variable."""
    ways = [permutations(places[name], len(nodes)) for name, nodes in others.items()]
    wanted = [node for nodes in others.values() for node in nodes]
    for chosen in product(*ways):
        yield dict(zip(wanted, (node for nodes in chosen for node in nodes), strict=True))


def _missing(net: nx.DiGraph, other: nx.DiGraph, match: Match) -> tuple[Independence, ...]:
    """Return the independences of one net that another does not separate."""
    found = []
    earlier: list[Hashable] = []
    for node in _in_order(other):
        above = list(other.predecessors(node))
        reached = connected(net, {match[node]}, {match[parent] for parent in above})
        if wrong := [n for n in earlier if n not in above and match[n] in reached]:
            found.append(_independence(other, [node], wrong, above))
        earlier.append(node)
    return tuple(found)


def _difference(net: nx.DiGraph, other: nx.DiGraph, match: Match) -> Iterator[Form]:
    """Yield the informations that edges added on the way from one net to another take off."""
    import networkx as nx

    goal = nx.relabel_nodes(nx.DiGraph(other), match)
    for node in _in_order(net):
        if node not in goal:
            goal.add_edges_from([(earlier, node) for earlier in goal])
            goal.add_node(node)
    for move in moves(net, goal):
        if move.added:
            form = _independence(net, [move.tail], [move.head], move.given).form
            if form:
                yield form


def _in_order(net: nx.DiGraph) -> list[Hashable]:
    import networkx as nx

    return list(nx.lexicographical_topological_sort(net))


def _independence(
    net: nx.DiGraph, a: Iterable[Hashable], b: Iterable[Hashable], given: Iterable[Hashable]
) -> Independence:
    first, second, known = (
        tuple(sorted({net.nodes[node]["variables"][0] for node in nodes}))
        for nodes in (a, b, given)
    )
    return Independence(min(first, second), max(first, second), known)
