"""Non-negative information terms over sets of variables, as bit masks.

A term is ``H(A|C)`` or ``I(A;B|C)`` with disjoint A, B, C; bit i of a mask stands for the i-th of
some sorted names.  The *elemental* ones (``H(i|rest)`` and ``I(i;j|C)``) generate all Shannon
inequalities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Terms = NDArray[np.int64]


class Term(NamedTuple):
    """``I(first;second|given)``, or ``H(first|given)`` when ``second`` is 0; masks, disjoint.

    Where a term is a key, ``first < second`` in an ``I``.

    Examples
    --------
    >>> Term(1, 2, 4).text(("X", "Y", "Z"))
    'I(X;Y|Z)'
    """

    first: int
    second: int
    given: int

    def expansion(self) -> dict[int, int]:
        """Return joint entropies by mask, each with its coefficient."""
        a, b, c = self
        pairs = [(a | c, 1), (c, -1)]
        if b:
            pairs += [(b | c, 1), (a | b | c, -1)]
        return {mask: sign for mask, sign in pairs if mask}

    def text(self, names: Sequence[str]) -> str:
        """Return the term in the notation; blocks in the order of their text."""
        blocks = sorted(",".join(members(mask, names)) for mask in self[:2] if mask)
        given = "|" + ",".join(members(self.given, names)) if self.given else ""
        return f"{'I' if self.second else 'H'}({';'.join(blocks)}{given})"


def members(mask: int, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names whose bits are set.

    Examples
    --------
    >>> members(5, ("X", "Y", "Z"))
    ('X', 'Z')
    """
    return tuple(name for i, name in enumerate(names) if mask >> i & 1)


def elemental_terms(count: int) -> Terms:
    """Return the elemental terms of some variables.

    Parameters
    ----------
    count : int
        How many variables.

    Returns
    -------
    ndarray of int64, shape (count + C(count, 2) * 2**(count - 2), 3)
        Rows (first, second, given).

    Examples
    --------
    >>> [Term(*map(int, row)).text("XY") for row in elemental_terms(2)]
    ['H(X|Y)', 'H(Y|X)', 'I(X;Y)']
    """
    import numpy as np

    everything = (1 << count) - 1
    parts = [np.array([(1 << i, 0, everything ^ 1 << i) for i in range(count)], dtype=np.int64)]
    masks = np.arange(1 << count, dtype=np.int64)
    for i in range(count):
        for j in range(i + 1, count):
            pair = 1 << i | 1 << j
            given = masks[masks & pair == 0]
            ones = np.ones_like(given)
            parts.append(np.stack([ones << i, ones << j, given], axis=1))
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def all_terms(count: int) -> Terms:
    """Return every term ``H(A|C)`` and ``I(A;B|C)`` of some variables, each once.

    Parameters
    ----------
    count : int
        How many variables; the number of terms grows as ``4**count / 2``.

    Returns
    -------
    ndarray of int64, shape (m, 3)

    Examples
    --------
    >>> [Term(*map(int, row)).text("XY") for row in all_terms(2)]
    ['H(X)', 'H(X|Y)', 'I(X;Y)', 'H(Y)', 'H(Y|X)', 'H(X,Y)']
    """
    import numpy as np

    everything = (1 << count) - 1
    rows = []
    for first in range(1, 1 << count):
        for second in _submasks(everything ^ first):
            if second < first:
                continue
            rows += [(first, second, c) for c in _submasks(everything ^ first ^ second)]
        rows += [(first, 0, c) for c in _submasks(everything ^ first)]
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)


def _submasks(mask: int) -> Iterator[int]:
    part = mask
    while True:
        yield part
        if not part:
            return
        part = (part - 1) & mask


def disjoint_terms(first: int, second: int, given: int, kind: str) -> list[Term]:
    """Write a term of sets that may overlap as a sum of terms of disjoint sets.

    ``I(A;B|C) = H(A & B|C) + I(A - B;B - A|C, A & B)`` once C is taken out of A and B.

    Parameters
    ----------
    first, second, given : int
        Masks; ``second`` is ignored when ``kind`` is ``"H"``.
    kind : str
        ``"H"`` or ``"I"``.

    Returns
    -------
    list of Term
        Without terms that are identically zero.

    Examples
    --------
    >>> [t.text("XYZ") for t in disjoint_terms(0b011, 0b110, 0, "I")]
    ['H(Y)', 'I(X;Z|Y)']
    """
    a = first & ~given
    if kind == "H":
        return [Term(a, 0, given)] if a else []
    b = second & ~given
    common = a & b
    terms = [Term(common, 0, given)] if common else []
    if a & ~common and b & ~common:
        terms.append(_ordered(a & ~common, b & ~common, given | common))
    return terms


def merge_terms(weights: Mapping[Term, Fraction]) -> dict[Term, Fraction]:
    """Shorten a sum of terms by the chain rule, where two of them have the same weight.

    ``I(A;B|C) + I(A;D|B,C) = I(A;B,D|C)``, ``H(A|B,C) + I(A;B|C) = H(A|C)`` and
    ``H(A|C) + H(B|A,C) = H(A,B|C)``.

    Parameters
    ----------
    weights : mapping
        Term to positive weight.

    Returns
    -------
    dict
        The same sum, with at most as many terms; deterministic.

    Examples
    --------
    >>> merged = merge_terms({Term(1, 2, 4): Fraction(1), Term(1, 4, 0): Fraction(1)})
    >>> [term.text("XYZ") for term in merged]
    ['I(X;Y,Z)']
    """
    pool = _Pool()
    for term, weight in sorted(weights.items()):
        pool.add(_ordered(*term), weight)
    before = -1
    while len(pool.weights) != before:
        before = len(pool.weights)
        for outer in sorted(pool.weights):
            while outer in pool.weights and (found := pool.partner(outer)):
                inner, union = found
                weight = pool.take(outer)
                pool.take(inner)
                pool.add(union, weight)
                outer = union
    return dict(sorted(pool.weights.items()))


class _Pool:
    """Weighted terms, found by one block and by everything else they hold."""

    def __init__(self) -> None:
        self.weights: dict[Term, Fraction] = {}
        self.places: dict[tuple[int, int], dict[Term, int]] = {}

    def add(self, term: Term, weight: Fraction) -> None:
        total = self.weights.pop(term, Fraction(0)) + weight
        if total:
            self.weights[term] = total
            for key, part in _keys(term):
                self.places.setdefault(key, {})[term] = part

    def take(self, term: Term) -> Fraction:
        for key, _ in _keys(term):
            self.places[key].pop(term, None)
        return self.weights.pop(term)

    def partner(self, outer: Term) -> tuple[Term, Term] | None:
        """Find (inner, union) with outer + inner == union; outer is the more conditioned one."""
        weight, (first, second, given) = self.weights[outer], outer
        best: tuple[int, int, Term] | None = None
        for order, block in enumerate((second, first) if second else (first, 0)):
            for inner, part in self.places.get((block, given), {}).items():
                fits = inner != outer and self.weights[inner] == weight
                if fits and (best is None or (-part, order) < best[:2]):
                    best = -part, order, inner
        if best is None:
            return None
        part, inner, rest = -best[0], best[2], given + best[0]
        if not second:
            whole = first if inner.second else first | part
            return inner, Term(whole, 0, rest)
        kept, grown = (first, second) if best[1] else (second, first)
        return inner, _ordered(kept, grown | part, rest)


def _keys(term: Term) -> list[tuple[tuple[int, int], int]]:
    """Return the keys of a term as the inner one of a pair: (block, all the rest), part.

    As ``I(block;part|C)`` it joins a term with that block given ``part, C``; ``H(part|C)`` joins
    ``H(A|part, C)``, under the block 0.
    """
    first, second, given = term
    if not second:
        return [((0, first | given), first)]
    return [((first, second | given), second), ((second, first | given), first)]


def _ordered(a: int, b: int, given: int) -> Term:
    return Term(min(a, b), max(a, b), given) if b else Term(a, 0, given)
