"""What is asked of a system, and what it answers: rows of numbers, multipliers, points."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from natlat_sym.search.elementals import Term

Row = dict[int, Fraction]


@dataclass(frozen=True)
class Problem:
    """A goal and hypotheses as rows of numbers.

    Row ``mask`` (1 to 2**n - 1) is the joint entropy of the variables in the mask, row
    ``2**n + k`` the k-th symbol; the last row is the constant.

    Attributes
    ----------
    variables, symbols : tuple of str
        Both sorted.
    goal : dict
        The form that shall be shown to be non-negative.
    given : tuple of (bool, dict)
        Each hypothesis: whether it is an equality, and the form that is non-negative or zero.
    """

    variables: tuple[str, ...]
    symbols: tuple[str, ...]
    goal: Row
    given: tuple[tuple[bool, Row], ...]


@dataclass(frozen=True)
class Derivation:
    """Multipliers that add up to the goal, all verified.

    Attributes
    ----------
    terms : dict
        Term to positive weight.
    units : dict
        Row of a symbol or of the constant to positive weight.
    given : dict
        Index of a hypothesis to weight.
    classes : tuple of int
        Masks of variables that may be exchanged; when there are any, each line stands for its
        average over these exchanges.
    """

    terms: dict[Term, Fraction]
    units: Row
    given: dict[int, Fraction]
    classes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Separation:
    """A point that satisfies every Shannon inequality and the hypotheses, and violates the goal.

    Attributes
    ----------
    values : dict
        Row to non-zero rational; a polymatroid on the entropy rows.  With more than 12 variables
        only the rows that decide are listed.
    """

    values: Row


@dataclass(frozen=True)
class Weights:
    """Exact multipliers of the columns of a system."""

    values: dict[int, Fraction] = field(default_factory=dict)
