"""Hypothesis strategies for property tests of code that works on laws, forms, claims and nets.

Import it only in tests: it needs the package hypothesis.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from natlat_sym.exact.naming import Names, read_names
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.nets.dags import dag, dag_form
from natlat_sym.statements.forms import (
    RELATIONS,
    Claim,
    Form,
    as_form,
    dual_total_correlation,
    entropy,
    information,
    o_information,
    symbol,
    total_correlation,
)

if TYPE_CHECKING:
    import networkx as nx


@explained
def laws(names: Names = "X Y", max_labels: int = 3, max_weight: int = 8) -> st.SearchStrategy[Dist]:
    """Draw laws of these variables, with labels ``"0"``, ``"1"``, ...

    Parameters
    ----------
    names : str or iterable of str
        The variables.
    max_labels : int
        Largest alphabet.
    max_weight : int
        Largest integer weight of an outcome; many outcomes have weight 0.

    Returns
    -------
    SearchStrategy of Dist
        Shrinks to few outcomes, small weights and small labels.

    Examples
    --------
    >>> from hypothesis import find
    >>> found = find(laws("X Y"), lambda p: len(p) == 2 and p.entropy("X") == 0)
    >>> len(found), found.names
    (2, ('X', 'Y'))
    """
    listed = read_names(names)
    label = st.integers(0, max_labels - 1).map(str)
    outcome = st.tuples(*[label for _ in listed])
    weights = st.dictionaries(outcome, st.integers(1, max_weight), min_size=1, max_size=24)
    return weights.map(lambda drawn: Dist.from_weights(drawn, listed))


def forms(names: Names = "X Y Z") -> st.SearchStrategy[Form]:
    """Draw linear forms over these variables, some with error symbols and a constant.

    Parameters
    ----------
    names : str or iterable of str
        The variables.

    Returns
    -------
    SearchStrategy of Form
        Shrinks to few terms with small coefficients.

    Examples
    --------
    >>> from hypothesis import find
    >>> bool(find(forms("X Y"), bool))
    True
    """
    listed = read_names(names)
    group = st.lists(st.sampled_from(listed), min_size=1, max_size=3, unique=True)
    blocks = st.lists(group, min_size=2, max_size=3)
    given = st.lists(st.sampled_from(listed), max_size=2, unique=True)
    atom = st.one_of(
        st.builds(entropy, group, given),
        st.builds(information, blocks, given),
        st.builds(total_correlation, blocks, given),
        st.builds(dual_total_correlation, blocks, given),
        st.builds(o_information, blocks, given),
        st.sampled_from("abe").map(symbol),
        st.just(as_form(1)),
        dags(listed).map(dag_form),
    )
    weight = st.builds(Fraction, st.integers(-4, 4), st.integers(1, 4))
    terms = st.lists(st.tuples(weight, atom), max_size=4)
    return terms.map(lambda drawn: sum((w * piece for w, piece in drawn), as_form(0)))


def claims(names: Names = "X Y Z") -> st.SearchStrategy[Claim]:
    """Draw claims about these variables, true and false ones.

    Parameters
    ----------
    names : str or iterable of str
        The variables.

    Returns
    -------
    SearchStrategy of Claim

    Examples
    --------
    >>> from hypothesis import find
    >>> find(claims("X"), lambda wanted: wanted.relation == "=").relation
    '='
    """
    return st.builds(Claim, forms(names), st.sampled_from(RELATIONS), forms(names))


@st.composite
def dags(draw: st.DrawFn, names: Names = "X Y Z") -> nx.DiGraph:
    """Draw nets that hold these variables: groups, second copies, isolated nodes, any order.

    Parameters
    ----------
    names : str or iterable of str
        The variables; each sits at one node or more.

    Returns
    -------
    SearchStrategy of nx.DiGraph
        Frozen, as `dag` returns them.

    Examples
    --------
    >>> from hypothesis import find
    >>> len(find(dags("X Y"), lambda net: len(net.edges) == 1).edges)
    1
    """
    import networkx as nx

    left = list(draw(st.permutations(read_names(names))))
    nodes: list[tuple[str, ...]] = []
    while left:
        size: int = draw(st.sampled_from([1, 1, 1, 2]))
        nodes.append(tuple(left[:size]))
        del left[:size]
    singles = [node for node in nodes if len(node) == 1]
    copied: bool = draw(st.booleans())
    if singles and copied:
        nodes.append(draw(st.sampled_from(singles)))
    graph = nx.DiGraph()
    graph.add_nodes_from((place, {"variables": held}) for place, held in enumerate(nodes))
    pairs = [(tail, head) for head in range(len(nodes)) for tail in range(head)]
    chosen: list[bool] = [draw(st.booleans()) for _ in pairs]
    graph.add_edges_from(pair for pair, keep in zip(pairs, chosen, strict=True) if keep)
    return dag(graph)
