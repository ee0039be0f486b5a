"""Connected components of a law's support: the exact common part of several features.

Two points of the support are joined when they agree on enough coordinates, and the component
label is what the features share without error.  Everything here is combinatorics on the support:
no logarithm and no comparison of masses decides anything.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import find_names
from natlat_sym.exact.weights import Array
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.keys import side_by_side
from natlat_sym.laws.lawbuild import outcomes
from natlat_sym.natural.features import (
    Group,
    as_features,
    as_group,
    fresh_name,
    group_text,
)
from natlat_sym.nets.natural import deletion_budget

if TYPE_CHECKING:
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist

Outcome = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Labelling:
    """A function from outcomes to component labels 0, 1, 2, ...

    Labels are numbered in the order in which the support first meets them.

    Parameters
    ----------
    law : Dist
        The law whose support is labelled.
    groups : tuple of tuple of str
        The features that were compared.
    labels : tuple of int
        The label of each outcome, in the order of the support.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("2", "2")])
    >>> labelling = components(p, ["X", "Y"], 1)
    >>> labelling("0", "1"), labelling("2", "2"), labelling.count
    (0, 1, 2)
    """

    law: Dist
    groups: tuple[Group, ...]
    labels: tuple[int, ...]
    _table: dict[Outcome, int] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    @property
    def names(self) -> Group:
        """The variables an outcome ranges over."""
        return self.law.names

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The support, in its own order."""
        return self.law.support

    @property
    def count(self) -> int:
        """The number of components."""
        return max(self.labels) + 1

    def items(self) -> Iterator[tuple[Outcome, int]]:
        """Yield every outcome of the support with its label."""
        return zip(self.outcomes, self.labels, strict=True)

    def head(self, limit: int) -> list[tuple[Outcome, int]]:
        """Return the first few outcomes with their labels."""
        shown = outcomes(self.law.counts.head(limit), self.law.alphabets)
        return list(zip(shown, self.labels, strict=False))

    def blocks(self) -> tuple[tuple[Outcome, ...], ...]:
        """Return the components, each as a tuple of outcomes."""
        found: list[list[Outcome]] = [[] for _ in range(self.count)]
        for outcome, label in self.items():
            found[label].append(outcome)
        return tuple(map(tuple, found))

    def __call__(self, *outcome: Hashable) -> int:
        """Return the label of one outcome, given as its labels in the order of ``names``."""
        if not self._table:
            self._table.update(self.items())
        try:
            return self._table[outcome]
        except KeyError:
            raise InvalidInput(
                f"expected an outcome of {', '.join(self.names)} with positive mass, "
                f"got {outcome!r}",
                outcome=outcome,
            ) from None

    def extend(self, dist: Dist, name: str) -> Dist:
        """Return the law with the label as a further variable.

        Parameters
        ----------
        dist : Dist
            A law whose marginal on ``names`` has this support, or a smaller one.
        name : str
            The new variable; its labels are the texts ``"0"``, ``"1"``, ...

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When the law has an outcome outside the support.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
        >>> components(p, ["X", "Y"], 1).extend(p, "L").support
        (('0', '0', '0'), ('1', '1', '1'))
        """
        part = dist.marginal(self.names)
        if part.alphabets != self.law.alphabets or not np.array_equal(
            part.counts.keys, self.law.counts.keys
        ):
            return dist.with_function(name, lambda *outcome: str(self(*outcome)), of=self.names)
        alphabet = sorted(map(str, range(self.count)))
        codes = np.argsort(np.array(alphabet, dtype=np.int64))[list(self.labels)]
        places = dist.counts.places(find_names(self.names, dist.names))
        return dist._annexed(name, alphabet, codes[places])


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
        At least two groups, as ``"X"``, ``"X,Y"`` or ``("X", "Y")``; they may overlap.
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
