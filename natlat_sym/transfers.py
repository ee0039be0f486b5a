"""Factorization transfer: a net that one law factors along holds nearly for a law that is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from natlat_sym.dags import arrows
from natlat_sym.held import Held, refuse, suppose
from natlat_sym.infinity import Infinity
from natlat_sym.measures import dag_error, kl

if TYPE_CHECKING:
    from natlat_sym.bits import Bits
    from natlat_sym.dist import Dist


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
    """

    held: Held
    error: Bits
    divergence: Bits | Infinity

    def __str__(self) -> str:
        return f"{self.held}; here {self.error} <= {self.divergence}"


def transfer(net: Any, p: Dist, q: Dist, symbol: str = "d") -> Transfer:
    """Carry a net from a law that factors along it exactly to another law.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    p, q : Dist
        Laws of the same variables; Q factors exactly along the net.
    symbol : str
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

    Notes
    -----
    The error of a net is the least divergence to any law that factors along it, so it is at most
    the divergence to this one.  A divergence between two laws is no linear form in entropies: the
    inequality is checked exactly on the two laws.

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
    gap = dag_error(q, net)
    if gap:
        refuse("transfer", f"expected a law Q that factors exactly, its error is {gap} bits", net)
    divergence = kl(p, q)
    text = f"a law that factors along {arrows(net)} is within {symbol}"
    return Transfer(suppose(net, symbol, why=text), dag_error(p, net), divergence)
