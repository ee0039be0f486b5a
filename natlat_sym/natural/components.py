"""Connected components of a law's support: the exact common part of several features.

Two points of the support are joined when they agree on enough coordinates, and the component
label is what the features share without error.  Everything here is combinatorics on the support:
no logarithm and no comparison of masses decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import find_names, read_groups
from natlat_sym.exact.weights import Array
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.keys import side_by_side
from natlat_sym.natural.features import (
    Group,
    as_features,
    as_group,
    fresh_name,
    group_text,
)
from natlat_sym.natural.labelling import Labelling
from natlat_sym.nets.natural import deletion_budget

if TYPE_CHECKING:
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True, slots=True)
class CommonPart:
    """What groups of variables share exactly: the Gács-Körner common part.

    Parameters
    ----------
    groups : tuple of tuple of str
        The groups compared.
    given : tuple of str
        The variables conditioned on; the components are computed inside each of their values.
    labelling : Labelling
        From outcomes of all these variables to component labels.
    entropy : Bits
        Entropy of the label given ``given``, in bits.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1"), ("2", "2")])
    >>> print(common_part(p, "X", "Y"))
    common part of X and Y: 3 components, entropy log2(3) bits
    """

    groups: tuple[Group, ...]
    given: Group
    labelling: Labelling
    entropy: Bits

    @property
    def count(self) -> int:
        """The number of components."""
        return self.labelling.count

    @explained
    def extend(self, dist: Dist, name: str = "G") -> Dist:
        """Return the law with the common part as a further variable.

        Parameters
        ----------
        dist : Dist
            The law, with the variables of the groups.
        name : str
            The new variable.

        Returns
        -------
        Dist

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
        >>> common_part(p, "X", "Y").extend(p).names
        ('X', 'Y', 'G')
        """
        return self.labelling.extend(dist, name)

    def __str__(self) -> str:
        texts = [group_text(group) for group in self.groups]
        listed = " and ".join([", ".join(texts[:-1]), texts[-1]])
        inside = f" given {group_text(self.given)}" if self.given else ""
        plural = "component" if self.count == 1 else "components"
        return (
            f"common part of {listed}{inside}: {self.count} {plural}, entropy {self.entropy} bits"
        )


def components(dist: Dist, features: Iterable[str | Iterable[str]], budget: int) -> Labelling:
    """Label the support by connected components under a deletion budget.

    Points that agree on some ``n - budget`` of the ``n`` features are joined, so ``budget = 1``
    belongs to weak redundancy (any one feature may be lost) and ``budget = n - 1`` to strong
    redundancy (any one feature is enough).

    Parameters
    ----------
    dist : Dist
        A law over the features, and perhaps more.
    features : iterable of str or of iterables of str
        At least two features; a feature may be a group of variables.
    budget : int
        How many features may be lost, from 1 to n - 1.

    Returns
    -------
    Labelling

    Raises
    ------
    InvalidInput
        When the budget is out of range, or there are fewer than two features.
    UnknownVariable, OverlappingSets
        When a feature is not in the law, or two features share a variable.

    Notes
    -----
    One sort of the support for each of the binomial(n, budget) projections.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y Z", [("0", "0", "0"), ("0", "0", "1"), ("1", "1", "1")])
    >>> components(p, ["X", "Y", "Z"], 1).labels, components(p, ["X", "Y", "Z"], 2).labels
    ((0, 0, 1), (0, 0, 0))
    """
    groups = as_features(dist, features)
    size = len(groups) - deletion_budget(budget, len(groups))
    law = dist.marginal([name for group in groups for name in group])
    kept = ([name for group in rest for name in group] for rest in combinations(groups, size))
    return _labelled(law, groups, kept)


@explained
def common_part(
    dist: Dist, *groups: str | Iterable[str], given: str | Iterable[str] = ()
) -> CommonPart:
    """Return the Gács-Körner common part of two or more groups of variables.

    The finest variable that is a function of each group alone: the component of the support, where
    points that agree on any one group are joined.

    Parameters
    ----------
    dist : Dist
        The law.
    *groups : str or iterable of str
        At least two groups, as ``"X"``, ``"X,Y"`` or ``("X", "Y")``; they may overlap.  One
        argument alone lists them, such as ``"X Y"`` or ``["X", ("Y", "Z")]``.
    given : str or iterable of str
        Condition on these: the components are computed inside each of their values, and the
        entropy is that of the label given them.

    Returns
    -------
    CommonPart
        Its ``entropy`` is exact, in bits.

    Raises
    ------
    InvalidInput
        For fewer than two groups, or an empty group.
    UnknownVariable
        When the law lacks a variable.

    References
    ----------
    P. Gács and J. Körner, "Common information is far less than mutual information" (1973).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"), ("2", "2")])
    >>> common_part(p, "X", "Y").entropy
    Bits('-8/5 + log2(5)')
    """
    as_law(dist)
    if len(groups) == 1:  # as one list, in the way of the other functions
        groups = read_groups(groups[0], "groups")
    if len(groups) < 2:
        raise InvalidInput(
            f"a common part needs two groups or more, got {len(groups)}; "
            'give them as separate arguments, as in common_part(p, "X", "Y")',
            groups=groups,
        )
    parts = tuple(as_group(group) for group in groups)
    context = as_group(given) if given else ()
    names = tuple(dict.fromkeys(name for part in (context, *parts) for name in part))
    find_names(names, dist.names)
    law = dist.marginal(names)
    labelling = _labelled(law, parts, ([*context, *part] for part in parts))
    label = fresh_name("G", names)
    extended = labelling.extend(law, label)
    return CommonPart(parts, context, labelling, extended.entropy((label,), given=context))


def _labelled(
    law: Dist, groups: tuple[Group, ...], projections: Iterable[Iterable[str]]
) -> Labelling:
    """Join the outcomes that agree on all variables of any one projection."""
    labels = np.arange(len(law))
    count = len(law)
    for names in projections:
        if count == 1:
            break
        axes = sorted(find_names(dict.fromkeys(names), law.names))
        order, starts = side_by_side(law.counts.rekeyed(axes))
        beside = labels[order]
        joined = beside[1:] != beside[:-1]
        joined[starts[1:] - 1] = False
        roots = _roots(count, beside[:-1][joined], beside[1:][joined])
        own = roots == np.arange(count)
        labels = (np.cumsum(own) - 1)[roots][labels]
        count = int(np.count_nonzero(own))
    return Labelling(law, groups, tuple(labels.tolist()))


def _roots(count: int, left: Array, right: Array) -> Array:
    """Return the least vertex of each vertex's connected component, edges given by their ends."""
    roots = np.arange(count)
    while left.size:
        np.minimum.at(roots, np.maximum(left, right), np.minimum(left, right))
        while not np.array_equal(roots, above := roots[roots]):
            roots = above
        left, right = roots[left], roots[right]
        apart = left != right
        left, right = left[apart], right[apart]
    return roots
