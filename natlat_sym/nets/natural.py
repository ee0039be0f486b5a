"""The nets of natural latents: mediation and redundancy."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput, OverlappingSets
from natlat_sym.exact.naming import Groups, read_groups, read_names
from natlat_sym.statements.atoms import Group

if TYPE_CHECKING:
    import networkx as nx

Features = Groups


def mediation(features: Features, latent: str | Iterable[str]) -> nx.DiGraph:
    """Return the net of mediation: the latent screens the features off from each other.

    Parameters
    ----------
    features : str, or iterable of str or groups
        At least two; text such as ``"X1 X2"`` or ``"X1,X2"`` lists single variables.
    latent : str or iterable of str

    Returns
    -------
    nx.DiGraph
        ``L -> Xi`` for every feature; its error is TC(X|L), in bits.

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> from natlat_sym import arrows
    >>> arrows(mediation(["X1", "X2"], "L"))
    'X1 <- L -> X2'
    """
    groups, top = _read_groups(features, latent)
    return _grouped_net([(top, group) for group in groups])


def redundancy(
    features: Features,
    latent: str | Iterable[str],
    strength: str | int = "weak",
    deterministic: bool = False,
) -> tuple[tuple[tuple[Group, ...], nx.DiGraph], ...]:
    """Return the nets of redundancy: the latent is readable although some features are missing.

    Parameters
    ----------
    features : str, or iterable of str or groups
        At least two; text such as ``"X1 X2"`` or ``"X1,X2"`` lists single variables.
    latent : str or iterable of str
    strength : "weak", "strong" or int
        How many features are missing at a time: one, all but one, or this many.
    deterministic : bool
        Whether the latent shall be a function of what is left, not only a stochastic one.

    Returns
    -------
    tuple of (features dropped, nx.DiGraph)
        Per deletion set D, ``X_D -> X_-D -> L`` with error I(L;X_D|X_-D), or ``L <- X_-D -> L#2``
        with error H(L|X_-D), in bits.  The latent is as redundant as the largest of them says.

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> from natlat_sym import arrows
    >>> for dropped, net in redundancy(["X1", "X2", "X3"], "L"):
    ...     print(dropped, arrows(net))
    (('X1',),) X1 -> (X2,X3) -> L
    (('X2',),) X2 -> (X1,X3) -> L
    (('X3',),) X3 -> (X1,X2) -> L
    """
    groups, top = _read_groups(features, latent)
    nets = []
    for dropped in combinations(groups, deletion_budget(strength, len(groups))):
        kept = tuple(name for group in groups if group not in dropped for name in group)
        lost = tuple(name for group in dropped for name in group)
        if deterministic:
            net = _grouped_net([(kept, top)], second_copy=(kept, top))
        else:
            net = _grouped_net([(lost, kept), (kept, top)])
        nets.append((dropped, net))
    return tuple(nets)


def deletion_budget(redundancy: str | int, features: int) -> int:
    """Return how many features may be lost under a strength of redundancy.

    Parameters
    ----------
    redundancy : "weak", "strong" or int
        Weak: any one; strong: all but any one; an integer: that many.
    features : int
        The number of features.

    Returns
    -------
    int
        From 1 to ``features - 1``.

    Raises
    ------
    InvalidInput
        For another word, or an integer out of range.

    Examples
    --------
    >>> deletion_budget("weak", 4), deletion_budget("strong", 4), deletion_budget(2, 4)
    (1, 3, 2)
    """
    if isinstance(redundancy, str):
        if redundancy not in ("weak", "strong"):
            raise InvalidInput(
                f"expected redundancy 'weak', 'strong' or a whole number, got {redundancy!r}",
                redundancy=redundancy,
            )
        return 1 if redundancy == "weak" else features - 1
    whole = isinstance(redundancy, int) and not isinstance(redundancy, bool)
    if not whole or not 1 <= redundancy < features:
        raise InvalidInput(
            f"with {features} features the deletion budget is a whole number from 1 to "
            f"{features - 1}, got {redundancy!r}",
            redundancy=redundancy,
        )
    return redundancy


def _read_groups(features: Features, latent: str | Iterable[str]) -> tuple[list[Group], Group]:
    groups = list(read_groups(features))
    top = read_names(latent, "the latent")
    if not top:
        raise InvalidInput("expected a latent of one variable or more, got an empty one")
    if len(groups) < 2:
        raise InvalidInput(f"expected at least two features, got {len(groups)}", features=groups)
    seen: set[str] = set()
    for group in [*groups, top]:
        if shared := [name for name in group if name in seen]:
            raise OverlappingSets(
                f"expected features and latent without common variables, {shared[0]} comes twice",
                shared=tuple(shared),
            )
        seen.update(group)
    return groups, top


def _grouped_net(
    edges: list[tuple[Group, Group]], second_copy: tuple[Group, Group] | None = None
) -> nx.DiGraph:
    import networkx as nx

    def text(group: Group) -> str:
        return group[0] if len(group) == 1 else f"({','.join(group)})"

    net = nx.DiGraph()
    for tail, head in edges:
        for group in (tail, head):
            net.add_node(text(group), variables=group)
        net.add_edge(text(tail), text(head))
    if second_copy is not None:
        tail, head = second_copy
        for place in range(len(head)):
            net.add_node(f"{head[place]}#2", variables=(head[place],))
            net.add_edge(text(tail), f"{head[place]}#2")
            net.add_edges_from((f"{name}#2", f"{head[place]}#2") for name in head[:place])
    return nx.freeze(net)
