"""Rules of the calculus about copies: of determined variables, and of latents given the data."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from natlat_sym.exact.naming import read_names
from natlat_sym.explained import explained
from natlat_sym.nets.dags import arrows, dag, dag_form
from natlat_sym.rules.held import Held, certify, conclude, read_bound, read_held, refuse
from natlat_sym.statements.forms import Form, as_form, entropy, information

if TYPE_CHECKING:
    import networkx as nx

Names = str | Iterable[str]


def copy(
    variable: Names,
    of: Names,
    error: Form | str | int | Fraction | None = None,
    why: str = "",
) -> Held:
    """Say that a variable is determined: ``Y <- X -> Y#2`` has exactly the error H(Y|X).

    Parameters
    ----------
    variable : names
        Y, one variable or a group.
    of : names
        X, one variable or more.
    error : Form, str or rational, optional
        A bound on H(Y|X), which is then a hypothesis.
    why : str
        A remark.

    Returns
    -------
    Held

    Raises
    ------
    RuleRefused
        When Y is among the X.
    InvalidInput
        For a bound that is a number below 0.

    References
    ----------
    Wentworth and Lorell, Natural Latents: Latent Variables Stable Across Ontologies (2025).

    Examples
    --------
    >>> print(copy("Y", of="X"))
    Y <- X -> Y#2  error H(Y|X)
    >>> print(copy("Y", of="X", error="d").theorem)
    ⊢ KL(Y <- X -> Y#2) <= d  given H(Y|X) <= d
    """
    own, above = read_names(variable), read_names(of)
    net = _determined(own, above)
    if shared := [name for name in own if name in above]:
        refuse("copy", f"expected a variable outside {', '.join(above)}, got {shared[0]}", net)
    form, value = dag_form(net), entropy(own, above)
    step = certify(form.eq(value))
    bound = value if error is None else read_bound(error)
    theorem = step if bound == value else certify(form <= bound, given={value <= bound: 1})
    arguments = (",".join(own), ",".join(above), *(() if error is None else (str(bound),)))
    return Held(arrows(net), bound, "copy", arguments, why, step, theorem)


def dangly_bit(held: Held, determined: Held, why: str = "") -> Held:
    """Hang a copy of a determined variable on a net; the error grows by exactly H(Y|X).

    Parameters
    ----------
    held : Held
        A net with nodes that hold X.
    determined : Held
        ``Y <- X -> Y#2``: Y is a function of X, within an error.
    why : str
        The reason, in words.

    Returns
    -------
    Held
        The net with Y as a new leaf under X.  Where Y is in the net already the leaf is a second
        copy, and the errors add up exactly; else their sum is an upper bound.

    Raises
    ------
    RuleRefused
        When the second net is not of this kind, or no nodes hold just X.

    References
    ----------
    Wentworth and Lorell, Natural Latents: Latent Variables Stable Across Ontologies (2025).

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> print(dangly_bit(suppose("X1 <- L -> X2", "m"), copy("R", of="X1", error="r")))
    L -> X1 -> R; L -> X2  within m + r
    """
    own = read_held(held).net
    hung, above = _read_determined(own, read_held(determined))
    under = _nodes_that_hold(own, above)
    if under is None:
        condition = (
            f"expected nodes that hold just {', '.join(above)}, to hang {', '.join(hung)} on them"
        )
        refuse("dangly_bit", condition, own, determined.net)
    wider = _with_leaves(own, hung, under)
    names = sorted({known for node in own for known in own.nodes[node]["variables"]})
    slack = None if set(hung) <= set(names) else [entropy(hung, names)]
    return conclude("dangly_bit", wider, (held, determined), why, slack)


@explained
def resample(latent: str, new: str, over: Names, why: str = "") -> Held:
    """Draw a second latent given the data as the first one is: ``L <- X -> M`` holds exactly.

    Parameters
    ----------
    latent : str
        L.
    new : str
        M, with P[M|X] = P[L|X], and independent of everything else given X.
    over : names
        X.
    why : str
        A remark.

    Returns
    -------
    Held
        With error 0, given that M is such a copy; see `copies`.

    Raises
    ------
    RuleRefused
        When the variables are not different.

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> print(resample("L", "M", over="X1 X2"))
    L <- (X1,X2) -> M  error 0
    >>> print(resample("L", "M", over="X1 X2").theorem)
    ⊢ KL(L <- (X1,X2) -> M) = 0  given I(M;L|X1,X2) = 0
    """
    given = read_names(over)
    net = dag([(given, (latent,)), (given, (new,))]) if latent != new else dag(latent)
    if len({latent, new, *given}) < len(given) + 2:
        refuse("resample", f"expected a new name for the copy of {latent}, got {new}", net)
    third = information([[new], [latent]], sorted(given)).eq(0)
    theorem = certify(dag_form(net).eq(0), given={third: 1})
    arguments = (latent, new, ",".join(given))
    return Held(arrows(net), as_form(0), "resample", arguments, why, theorem, theorem)


@explained
def swap_latent(held: Held, latent: str, new: str, over: Names, why: str = "") -> Held:
    """Put a latent drawn given the data in the place of another; the error stays the same.

    Parameters
    ----------
    held : Held
        A net over the latent and some of the data.
    latent : str
        L.
    new : str
        M, drawn from P[L|X] given the data X, as `resample` has it.
    over : names
        X.

    Returns
    -------
    Held
        The net with M for L: (X, M) and (X, L) have one law; see `copies`.

    Raises
    ------
    RuleRefused
        When the net speaks of more than L and X, or of M already.

    References
    ----------
    Wentworth and Lorell, Natural Latents: The Math (2023).

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> swapped = swap_latent(suppose("X1 <- L -> X2", "a"), "L", "M", over="X1 X2")
    >>> print(swapped)
    X1 <- M -> X2  within a
    """
    own, given = read_held(held).net, read_names(over)
    speaks = {name for node in own for name in own.nodes[node]["variables"]}
    if latent not in speaks:
        refuse("swap_latent", f"expected a net with {latent}", own)
    if new in {latent, *given, *speaks}:
        refuse("swap_latent", f"expected a new name for the copy of {latent}, got {new}", own)
    if others := sorted(speaks - {latent, *given}):
        condition = (
            f"expected a net of {latent} and {', '.join(given)} only, but {others[0]} is in it, "
            f"which {new} is independent of given these"
        )
        refuse("swap_latent", condition, own)
    swapped = _renamed(own, latent, new)
    equal = {
        entropy(sorted(key)).eq(entropy(sorted({latent if n == new else n for n in key}))): weight
        for key, weight in dag_form(swapped).entropies.items()
        if new in key
    }
    arguments = (held, latent, new, ",".join(given))
    return conclude("swap_latent", swapped, arguments, why, given=equal)


def _determined(own: tuple[str, ...], above: tuple[str, ...]) -> nx.DiGraph:
    import networkx as nx

    net = nx.DiGraph()
    net.add_node(0, variables=above)
    net.add_node(1, variables=own)
    net.add_edge(0, 1)
    return dag(_with_leaves(net, own, [0]))


def _with_leaves(net: nx.DiGraph, names: Iterable[str], under: list[Any]) -> nx.DiGraph:
    """Return a net with a new leaf for each variable, under nodes and the leaves before it."""
    import networkx as nx

    wider = nx.DiGraph(net)
    above = list(under)
    for name in names:
        leaf = next(text for text in _texts(name) if text not in wider)
        wider.add_node(leaf, variables=(name,))
        wider.add_edges_from((node, leaf) for node in above)
        above.append(leaf)
    return wider


def _read_determined(own: nx.DiGraph, determined: Held) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return Y and X of a net ``Y <- X -> Y#2``."""
    net = determined.net
    roots = [node for node in net if not net.in_degree(node)]
    above, rest = (
        tuple(sorted({name for node in nodes for name in net.nodes[node]["variables"]}))
        for nodes in (roots, set(net) - set(roots))
    )
    if not rest or determined.form != entropy(rest, above):
        refuse("dangly_bit", "expected a second net such as Y <- X -> Y#2", own, net)
    return rest, above


def _nodes_that_hold(net: nx.DiGraph, names: tuple[str, ...]) -> list[str] | None:
    """Return nodes that together hold these variables and no others."""
    found: list[str] = []
    left = set(names)
    for node in sorted(net, key=lambda node: -len(net.nodes[node]["variables"])):
        own = set(net.nodes[node]["variables"])
        if own <= set(names) and own & left:
            found.append(node)
            left -= own
    return None if left else found


def _texts(name: str) -> Iterable[str]:
    yield name
    count = 2
    while True:
        yield f"{name}#{count}"
        count += 1


def _renamed(net: nx.DiGraph, old: str, new: str) -> Any:
    import networkx as nx

    graph = nx.DiGraph()
    index = {node: number for number, node in enumerate(net)}
    for node in net:
        group = tuple(new if name == old else name for name in net.nodes[node]["variables"])
        graph.add_node(index[node], variables=group)
    graph.add_edges_from((index[a], index[b]) for a, b in net.edges)
    return dag(graph)
