"""Laws that factor along a net and break an independence that the net does not say."""

from __future__ import annotations

import random
from collections.abc import Hashable
from itertools import product
from typing import Any

from natlat_sym.errors import NoWitnessFound
from natlat_sym.laws.dist import Dist
from natlat_sym.nets.bayesnet import bayes_net
from natlat_sym.nets.equivalence import variable_net
from natlat_sym.statements.independence import Independence

MOST_BITS = 16
TRIES = [2] * 40 + [64] * 20  # denominators of the tables, small ones first


def dependent_law(spec: Any, statement: Independence) -> Dist:
    """Return a law that factors along a net and does not satisfy an independence.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        Each variable at one node.
    statement : Independence
        One that the net does not say by d-separation.

    Returns
    -------
    Dist
        Of all variables of the net: bits with simple tables, constant where they do not matter.

    Raises
    ------
    NoWitnessFound
        When more than 16 bits matter, or none of the laws that are tried does it (when the net
        separates the groups, none can).

    References
    ----------
    Meek, "Strong completeness and faithfulness in Bayesian networks" (1995): almost all do it.

    Examples
    --------
    >>> print(dependent_law("A -> C <- B; D", Independence(("A",), ("B",), ("C",))))
    A  C  B  D  mass
    0  0  0  0  1/8
    0  0  1  0  1/4
    0  1  0  0  1/8
    1  0  0  0  1/8
    1  1  0  0  1/8
    1  1  1  0  1/4
    """
    import networkx as nx

    net = variable_net(spec)
    named = {*statement.a, *statement.b, *statement.given}
    moving = named.union(*(nx.ancestors(net, name) for name in named))
    if len(moving) > MOST_BITS:
        raise NoWitnessFound(
            f"expected at most {MOST_BITS} variables that matter for {statement}, got "
            f"{len(moving)}",
            statement=statement,
        )
    dice = random.Random(0)
    labels = {name: ("0", "1") if name in moving else ("0",) for name in net}
    parents = {name: tuple(net.predecessors(name)) for name in net}
    for below in TRIES:
        tables: dict[str, dict[tuple[Hashable, ...], tuple[str, ...]]] = {}
        for name, own in labels.items():
            tables[name] = {}
            for row in product(*(labels[parent] for parent in parents[name])):
                one = dice.randint(0, below) if len(own) > 1 else 0
                tables[name][row] = (f"{below - one}/{below}", f"{one}/{below}")[: len(own)]
        law = bayes_net(labels, parents, tables).law()
        if not statement.holds(law):
            return law
    raise NoWitnessFound(
        f"no law found that factors along the net and breaks {statement}; tried {len(TRIES)}",
        statement=statement,
    )
