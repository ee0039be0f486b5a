"""Hypothesis strategies for property tests of code that works on laws.

Import it only in tests: it needs the package hypothesis.
"""

from __future__ import annotations

from hypothesis import strategies as st

from natlat_sym.dist import Dist
from natlat_sym.naming import Names, read_names


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
    >>> find(laws("X Y"), lambda p: len(p) == 2 and p.entropy("X") == 0)
    Dist.from_dict({('0', '0'): '1/2', ('0', '1'): '1/2'}, 'X Y')
    """
    listed = read_names(names)
    label = st.integers(0, max_labels - 1).map(str)
    outcome = st.tuples(*[label for _ in listed])
    weights = st.dictionaries(outcome, st.integers(1, max_weight), min_size=1, max_size=24)
    return weights.map(lambda drawn: Dist.from_weights(drawn, listed))
