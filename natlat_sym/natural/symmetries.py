"""Symmetries of a law: renamings of values and exchanges of features that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.check.moves import orbit
from natlat_sym.errors import InvalidInput
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.automorphisms import alike, automorphisms
from natlat_sym.natural.candidates import codes_of
from natlat_sym.natural.features import Group, as_features, group_text
from natlat_sym.natural.partitions import numbered

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.automorphisms import Moved
    from natlat_sym.natural.labelling import Outcome

MAX_OUTCOMES, MAX_SHOWN = 1024, 12


@dataclass(frozen=True, repr=False)
class Symmetries:
    """The symmetries of a law, as permutations of its outcomes.

    Attributes
    ----------
    features : tuple of tuple of str
    outcomes : tuple of tuple
        The values of all features, in the order of the support.
    generators : tuple of tuple of int
        For each generator, the place that each outcome goes to.
    order : int
        How many symmetries there are, with the one that moves nothing.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> print(symmetries(Dist.from_array([[5, 2], [2, 1]], "X Y")))
    2 symmetries of the law of X, Y; 3 orbits of 4 outcomes
      X <-> Y
    """

    features: tuple[Group, ...]
    outcomes: tuple[Outcome, ...]
    generators: tuple[Moved, ...]
    order: int

    @property
    def orbits(self) -> tuple[tuple[int, ...], ...]:
        """Places of outcomes that symmetries take to one another."""
        found: dict[int, tuple[int, ...]] = {}
        for place in range(len(self.outcomes)):
            if place not in found:
                row = tuple(sorted(orbit(place, self.generators)))
                found.update(dict.fromkeys(row, row))
        return tuple(dict.fromkeys(found.values()))

    def alike(self, labellings: Iterable[Sequence[int]]) -> list[list[tuple[int, ...]]]:
        """Return labellings of the outcomes, those that symmetries take to one another together.

        Parameters
        ----------
        labellings : iterable of sequences of int
            One label per outcome; what the labels are called makes no difference.

        Returns
        -------
        list of lists of tuples
            In the order of the first of each, the labels numbered in the order in which they come.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> found = symmetries(Dist.from_array([[4, 1], [1, 4]], "X Y"))
        >>> found.alike([(0, 0, 1, 1), (0, 1, 0, 1), (0, 1, 2, 3)])
        [[(0, 0, 1, 1), (0, 1, 0, 1)], [(0, 1, 2, 3)]]
        """
        rows = list(dict.fromkeys(tuple(numbered(labels)) for labels in labellings))
        return [[rows[place] for place in places] for places in alike(rows, self.generators)]

    def __str__(self) -> str:
        count, size = len(self.orbits), len(self.outcomes)
        head = f"{self.order} {'symmetry' if self.order == 1 else 'symmetries'} of the law of "
        head += ", ".join(map(group_text, self.features))
        lines = [f"{head}; {count} orbit{'s' * (count != 1)} of {size} outcomes"]
        shown = self.generators[:MAX_SHOWN]
        lines += [f"  {_text(self.features, self.outcomes, move)}" for move in shown]
        if len(shown) < len(self.generators):
            lines.append(f"  and {len(self.generators) - len(shown)} more generators")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Symmetries(order={self.order}, orbits={len(self.orbits)})"


def symmetries(
    dist: Dist, features: str | Iterable[str | Iterable[str]] | None = None
) -> Symmetries:
    """Return the symmetries of a law of some features.

    A symmetry renames the values of features, and may exchange features, so that every outcome
    keeps its probability.  It takes each latent to one with the same errors, apart from which
    feature they belong to.

    Parameters
    ----------
    dist : Dist
        At most 1,024 outcomes of the features.
    features : iterable of groups, optional
        Default: all variables.

    Returns
    -------
    Symmetries

    Raises
    ------
    InvalidInput
        For a larger law, or one with parameters.
    Undecided
        When there is too much to try.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> symmetries(Dist.uniform("X Y", [("0", "0"), ("1", "1"), ("2", "2")]))
    Symmetries(order=6, orbits=1)
    """
    as_law(dist)
    groups = as_features(dist, features)
    law = dist.marginal([name for group in groups for name in group])
    require_numbers(law, purpose="to find its symmetries")
    if len(law) > MAX_OUTCOMES:
        raise InvalidInput(f"expected a law of at most {MAX_OUTCOMES} outcomes, got {len(law)}")
    return symmetries_of(law, groups)


def symmetries_of(law: Dist, groups: tuple[Group, ...]) -> Symmetries:
    """Return the symmetries of a law of groups that make up all its variables, in their order.

    Parameters
    ----------
    law : Dist
    groups : tuple of tuple of str

    Returns
    -------
    Symmetries
    """
    columns = [codes_of(law, group) for group in groups]
    generators, order = automorphisms(list(law.weights().values()), columns)
    return Symmetries(groups, law.support, generators, order)


# ---- text ----


def _text(features: Sequence[Group], outcomes: Sequence[Outcome], move: Moved) -> str:
    """Return what a permutation does to features and values."""
    columns, start = [], 0
    for group in features:
        stop = start + len(group)
        columns.append([",".join(map(str, outcome[start:stop])) for outcome in outcomes])
        start = stop
    kinds = [numbered([column[to] for to in move]) for column in columns]
    names = list(map(group_text, features))
    goes: dict[int, int] = {}
    for place, column in enumerate(columns):
        alike = [k for k, kind in enumerate(kinds) if kind == numbered(column)]
        left = [k for k in alike if k not in goes.values()]
        goes[place] = place if place in left else left[0]
    parts = _cycles({names[k]: names[to] for k, to in goes.items()})
    for place, to in goes.items():
        renamed = {column: columns[to][move[k]] for k, column in enumerate(columns[place])}
        if place == to:
            cycles = ", ".join(_cycles(renamed))
            parts += [f"{names[place]}: {cycles}"] if cycles else []
        else:
            changed = [(value, new) for value, new in sorted(renamed.items()) if value != new]
            parts += [f"{names[place]}={value} -> {names[to]}={new}" for value, new in changed]
    return "; ".join(parts)


def _cycles(goes: Mapping[str, str]) -> list[str]:
    """Return the cycles of a permutation that move something."""
    found, done = [], set[str]()
    for first in sorted(goes):
        cycle = [first]
        while first not in done and goes[cycle[-1]] != first:
            cycle.append(goes[cycle[-1]])
        if len(cycle) == 2:
            found.append(" <-> ".join(cycle))
        elif len(cycle) > 2:
            found.append(" -> ".join([*cycle, first]))
        done.update(cycle)
    return found
