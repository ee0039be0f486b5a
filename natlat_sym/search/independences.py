"""Hypotheses that are exact independences or functions: sums of terms, all of them zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from natlat_sym.search.elementals import Term

Row = Mapping[int, Fraction]


@dataclass(frozen=True)
class Source:
    """A hypothesis that is a sum of terms, all of them zero.

    Attributes
    ----------
    index : int
        Which hypothesis.
    sign : int
        The hypothesis says that ``sign`` times the sum is zero, or not below zero.
    terms : tuple of (Term, Fraction)
        The sum; the first block of each term is one variable.
    """

    index: int
    sign: int
    terms: tuple[tuple[Term, Fraction], ...]


def sources(count: int, given: Sequence[tuple[bool, Row]]) -> list[Source]:
    """Return the hypotheses that set a sum of terms to zero.

    Parameters
    ----------
    count : int
        How many variables.
    given : sequence of (bool, mapping)
        Whether each hypothesis is an equality, and its form.

    Returns
    -------
    list of Source

    Examples
    --------
    >>> chain = {0b011: Fraction(1), 0b110: Fraction(1), 0b111: Fraction(-1), 0b010: Fraction(-1)}
    >>> [term.text("XYZ") for term, _ in sources(3, [(True, chain)])[0].terms]
    ['I(X;Z|Y)']
    """
    found = []
    for index, (equality, form) in enumerate(given):
        for sign in (1, -1) if equality else (-1,):
            terms = _peeled(count, {row: sign * x for row, x in form.items()})
            if terms:
                found.append(Source(index, sign, terms))
                break
    return found


def _peeled(count: int, form: dict[int, Fraction]) -> tuple[tuple[Term, Fraction], ...] | None:
    """Write a form as a sum of terms by taking off one variable after the other."""
    if any(row >= 1 << count for row in form):
        return None
    terms: list[tuple[Term, Fraction]] = []
    while form:
        step = next(filter(None, (_step(form, 1 << v) for v in reversed(range(count)))), None)
        if step is None:
            return None
        for term, weight in step:
            terms.append((term, weight))
            for mask, sign in term.expansion().items():
                left = form.pop(mask, Fraction(0)) - sign * weight
                if left:
                    form[mask] = left
    return tuple(terms)


def _step(form: Row, v: int) -> list[tuple[Term, Fraction]] | None:
    up = [(mask, x) for mask, x in form.items() if mask & v and x > 0]
    down = [(mask, -x) for mask, x in form.items() if mask & v and x < 0]
    if len(up) != 1 or len(down) > 1:
        return None
    (inner, weight), (outer, less) = up[0], (down or [(up[0][0], Fraction(0))])[0]
    if inner & ~outer or less > weight:
        return None
    terms = [(Term(v, outer ^ inner, inner ^ v), less), (Term(v, 0, inner ^ v), weight - less)]
    return [(term, x) for term, x in terms if x]
