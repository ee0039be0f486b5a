"""Arrow text: ``X1 <- L -> X2; (X3,X4) -> Y#2`` read and written."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, SyntaxInvalid
from natlat_sym.exact.naming import read_names
from natlat_sym.statements.atoms import Group, latex_name

if TYPE_CHECKING:
    import networkx as nx

_NAME = r"[A-Za-z][A-Za-z0-9_']*"
_NODE = re.compile(rf"(?P<name>{_NAME})(?P<copy>\s*#\s*(?:0|[1-9][0-9]*))?|\((?P<group>[^()]*)\)")
_BLANK = re.compile(r"\s*")
_ARROW = re.compile(r"->|<-|→|←")
is_name = re.compile(_NAME).fullmatch
_EXAMPLE = "such as L, (X1,X2) or Y#2"


def read_arrows(text: str, start: int = 0, stop: int | None = None) -> nx.DiGraph:
    """Return the graph that arrow text describes; it may have cycles.

    Parameters
    ----------
    text : str
    start, stop : int
        The part of the text to read; positions in messages are those in the whole text.

    Returns
    -------
    nx.DiGraph
        Nodes are text without blanks, their attribute ``variables`` says what they hold.

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there; for an edge that stands twice, as in
        ``R <- X -> R``, which has to name its second node: ``R <- X -> R#2``.

    Examples
    --------
    >>> sorted(read_arrows("X1 <- L -> X2; Y # 2").nodes)
    ['L', 'X1', 'X2', 'Y#2']
    """
    import networkx as nx

    end = len(text) if stop is None else stop
    graph = nx.DiGraph()
    left, at = _take_node(text, start, end, graph)
    while at < end:
        arrow = _ARROW.match(text, at, end)
        if arrow is None and text[at] != ";":
            raise _failed("'->', '<-', ';' or the end of the net", text, at, end)
        right, after = _take_node(text, arrow.end() if arrow else at + 1, end, graph)
        if arrow:
            edge = (left, right) if arrow[0] in ("->", "→") else (right, left)
            if graph.has_edge(*edge):
                raise _repeated(edge, text)
            graph.add_edge(*edge)
        left, at = right, after
    return graph


def _take_node(text: str, at: int, end: int, graph: nx.DiGraph) -> tuple[str, int]:
    start = _skip_blanks(text, at, end)
    match = _NODE.match(text, start, end)
    if match is None:
        raise _failed(f"a node {_EXAMPLE}", text, start, end)
    node, variables = _named(match, text)
    graph.add_node(node, variables=variables)
    return node, _skip_blanks(text, match.end(), end)


def _skip_blanks(text: str, at: int, end: int) -> int:
    match = _BLANK.match(text, at, end)
    return match.end() if match else at


def _failed(expected: str, text: str, at: int, end: int) -> SyntaxInvalid:
    found = repr(text[at]) if at < end else "the end"
    return SyntaxInvalid(
        f"expected {expected}, got {found} at column {at + 1} of {_shown(text)}",
        text=text,
        column=at + 1,
    )


def _repeated(edge: tuple[str, str], text: str) -> SyntaxInvalid:
    """A net such as ``R <- X -> R`` means two nodes that hold R, which one node would not say."""
    tail, head = edge
    second = f"; for a second node that holds {head} write {head}#2" if is_name(head) else ""
    return SyntaxInvalid(
        f"expected every edge once, got {tail} -> {head} twice in {_shown(text)}{second}",
        text=text,
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= 200 else f"{text[:200]}...")


def _named(match: re.Match[str], text: str) -> tuple[str, Group]:
    if match["group"] is None:
        copy = "".join((match["copy"] or "").split())
        return match["name"] + copy, (match["name"],)
    group = read_names(match["group"])
    if not group:
        raise SyntaxInvalid(
            f"expected names inside (...), got none at column {match.start() + 2} of {text!r}",
            text=text,
            column=match.start() + 2,
        )
    return f"({','.join(group)})", group


def read_node(text: str) -> tuple[str, Group]:
    """Return the name of a node written as text, and what it holds.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of (str, tuple of str)

    Raises
    ------
    InvalidInput
        For other text.

    Examples
    --------
    >>> read_node("Y#2"), read_node("(X1, X2)")
    (('Y#2', ('Y',)), ('(X1,X2)', ('X1', 'X2')))
    """
    if is_name(text):
        return text, (text,)
    match = _NODE.fullmatch(text.strip())
    if match is None:
        raise InvalidInput(
            f"expected a node {_EXAMPLE}, got {text!r}; say what it holds in its attribute "
            "'variables'",
            node=text,
        )
    return _named(match, text)


def copy_name(node: str) -> str:
    """Return the text of a node without blanks when it is a numbered copy, else nothing.

    Parameters
    ----------
    node : str

    Returns
    -------
    str

    Examples
    --------
    >>> copy_name("Y # 2"), copy_name("Y"), copy_name("Y#02")
    ('Y#2', '', '')
    """
    match = _NODE.fullmatch(node.strip())
    return "".join(node.split()) if match and match["copy"] else ""


def write_arrows(net: nx.DiGraph) -> str:
    """Return arrow text for a net whose nodes are named as `dag` names them.

    Parameters
    ----------
    net : nx.DiGraph

    Returns
    -------
    str
        The same for equal nets, whatever order they were built in.

    Examples
    --------
    >>> from natlat_sym import dag
    >>> write_arrows(dag("L -> X3; L -> X2; X1 <- L"))
    'X1 <- L -> X2; L -> X3'
    """
    import networkx as nx

    def key(node: str) -> tuple[Any, ...]:
        return net.nodes[node]["variables"], len(node), node

    order = list(nx.lexicographical_topological_sort(net, key))
    place = {node: index for index, node in enumerate(order)}
    left = {node: deque(sorted(net.successors(node), key=place.__getitem__)) for node in order}
    chains = [_next_chain(left, node) for node in order for _ in range(len(left[node]))]
    alone = [node for node in order if not net.degree(node)]
    return "; ".join([*filter(None, chains), *alone])


def _next_chain(left: dict[str, deque[str]], tail: str) -> str:
    """Take edges off as one chain that starts at a node, two at a time where they meet."""
    if not left[tail]:
        return ""
    head = left[tail].popleft()
    if left[tail] and not left[head]:
        return f"{head} <- {tail} -> {left[tail].popleft()}"
    chain = [tail, head]
    while left[head]:
        head = left[head].popleft()
        chain.append(head)
    return " -> ".join(chain)


def latex_arrows(text: str) -> str:
    r"""Return arrow text as LaTeX.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(latex_arrows("Y <- X1 -> Y#2"))
    Y \leftarrow X_{1} \to Y\#2
    """
    names = re.sub(_NAME, lambda match: latex_name(match[0]), text)
    return names.replace("<-", r"\leftarrow").replace("->", r"\to").replace("#", r"\#")
