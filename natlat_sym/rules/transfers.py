"""Factorization transfer: a net that one law factors along holds nearly for a law that is near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.infinity import Infinity
from natlat_sym.explained import explained
from natlat_sym.nets.dags import dag, dag_form
from natlat_sym.rules.held import Held, certify, refuse, suppose
from natlat_sym.statements.forms import Claim, as_form, entropy, symbol
from natlat_sym.statements.measures import dag_error, kl

if TYPE_CHECKING:
    import networkx as nx

    from natlat_sym.certified.results import Theorem
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True)
class Transfer:
    """What `transfer` found.

    Attributes
    ----------
    held : Held
        The net, within the error symbol that stands for the divergence.
    error : Bits
        KL(net) of the law P, exactly.
    divergence : Bits or oo
        D(P||Q), exactly; never less.
    theorem : Theorem
        The rule for all laws, see `transfer_theorem`.
    symbols : mapping of str to Bits
        The values of its symbols on these laws; empty when the divergence is infinite.
    """

    held: Held
    error: Bits
    divergence: Bits | Infinity
    theorem: Theorem
    symbols: Mapping[str, Bits]

    def __str__(self) -> str:
        return f"{self.held}; here {self.error} <= {self.divergence}"


@explained
def transfer(net: Any, p: Dist, q: Dist, name: str = "d") -> Transfer:
    """Carry a net from a law that factors along it exactly to another law.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    p, q : Dist
        Laws of the same variables; Q factors exactly along the net.
    name : str
        The error symbol that stands for D(P||Q) in further rules.

    Returns
    -------
    Transfer

    Raises
    ------
    RuleRefused
        When Q does not factor; its error is in the message.
    UnknownVariable
        When the laws have different variables.

    References
    ----------
    Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023): factorization transfer.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> q = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")])
    >>> p = Dist.from_weights({("0", "0"): 3, ("0", "1"): 1, ("1", "0"): 1, ("1", "1"): 3}, "X Y")
    >>> print(transfer("X; Y", p, q))
    X; Y  within d; here -1 + 3/4*log2(3) <= -1 + 3/4*log2(3)
    """
    if gap := dag_error(q, net):
        refuse("transfer", f"expected a law Q that factors exactly, its error is {gap} bits", net)
    divergence = kl(p, q)
    held = suppose(net, name, why="a law that factors along it is near")
    theorem = transfer_theorem(net, name)
    values: dict[str, Bits] = {}
    if not isinstance(divergence, Infinity):
        crosses = (_cross(own, above, p, q) for own, above in _families(held.net))
        values = {name: divergence, **{f"c{i}": value for i, value in enumerate(crosses, 1)}}
    return Transfer(held, dag_error(p, net), divergence, theorem, values)


@explained
def transfer_theorem(net: Any, name: str = "d") -> Theorem:
    """Return factorization transfer as a theorem about every pair of laws.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    name : str
        The symbol that stands for D(P||Q).

    Returns
    -------
    Theorem
        ``KL(net) <= d`` given that d is the sum of the cross entropies c1, c2, ... of the nodes,
        ``-E_P log2 Q(v|parents)``, less the entropy of P, as it is when Q factors along the net;
        and given Gibbs' inequality, no cross entropy is below the entropy.

    Raises
    ------
    InvalidInput
        When the symbol is one of those of the cross entropies.

    Examples
    --------
    >>> print(transfer_theorem("X; Y"))
    ⊢ KL(X; Y) <= d  given d = -H(X,Y) + c1 + c2, H(X) <= c1, H(Y) <= c2
    """
    graph = dag(net)
    families = _families(graph)
    if name in {f"c{number}" for number in range(1, len(families) + 1)}:
        raise InvalidInput(
            f"expected a symbol other than those of the cross entropies, got {name!r}; write 'd'",
            name=name,
        )
    total = as_form(0)
    gibbs: list[Claim] = []
    for number, (own, above) in enumerate(families, 1):
        total = total + symbol(f"c{number}")
        gibbs.append(entropy(own, above) <= symbol(f"c{number}"))
    everything = sorted({known for own, above in families for known in (*own, *above)})
    meaning = symbol(name).eq(total - entropy(everything))
    return certify(dag_form(graph) <= symbol(name), given=dict.fromkeys([meaning, *gibbs], 1))


def _families(net: nx.DiGraph) -> list[tuple[list[str], list[str]]]:
    """Return the variables of every node and of its parents, in topological order."""
    import networkx as nx

    return [
        (
            list(net.nodes[node]["variables"]),
            sorted({name for above in net.pred[node] for name in net.nodes[above]["variables"]}),
        )
        for node in nx.lexicographical_topological_sort(net)
    ]


def _cross(own: list[str], above: list[str], p: Dist, q: Dist) -> Bits:
    """Return -E_P log2 Q(own|above); finite where D(P||Q) is."""
    family = sorted({*own, *above})
    value: Any = entropy(own, above)(p) + kl(p.marginal(family), q.marginal(family))
    result: Bits = value - kl(p.marginal(above), q.marginal(above)) if above else value
    return result
