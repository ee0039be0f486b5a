"""A label for each outcome of the support."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import find_names
from natlat_sym.laws.lawbuild import outcomes
from natlat_sym.natural.features import Group

if TYPE_CHECKING:
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
    >>> from natlat_sym.natural.components import components
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
        >>> from natlat_sym.natural.components import components
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
