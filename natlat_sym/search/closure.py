"""Exact independences and functional dependences make a problem smaller.

A hypothesis ``F = 0`` (or ``F <= 0``) whose F is a sum of information terms makes each of them
zero: a Bayes net that holds, a Markov chain, a function.  Zeros give zeros, by the chain rule

    I(a;b|K) + I(a;c|b,K) = I(a;c|K) + I(a;b|c,K),

and each zero expresses a joint entropy by smaller ones.  What is left is a small space.  A proof
found there is lifted: every zero it uses is traced back to the hypotheses, and each step
of that trace is a line of the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.search.elementals import Term, elemental_terms
from natlat_sym.search.independences import Row, Source, sources

if TYPE_CHECKING:
    from numpy.typing import NDArray

Zero = tuple[int, int, int]  # (a, b, K) stands for I(a;b|K) = 0, with a = b for H(a|K) = 0
MAX_WORK = 20_000_000  # entries of the terms in the smaller space


class Closure:
    """All zeros that follow from some hypotheses, each with the step that gave it.

    Parameters
    ----------
    count : int
        How many variables, at most 12.
    given : sequence of (bool, mapping)
        The hypotheses.

    Examples
    --------
    >>> chain = {0b011: Fraction(1), 0b110: Fraction(1), 0b111: Fraction(-1), 0b010: Fraction(-1)}
    >>> Closure(3, [(True, chain)]).basis
    [1, 2, 3, 4, 5, 6]
    """

    def __init__(self, count: int, given: Sequence[tuple[bool, Row]]) -> None:
        self.count, self.sources = count, sources(count, given)
        size = 1 << count
        self.masks = np.arange(size)
        # For each pair and condition: when it was found to be zero (0: not), how, and through what.
        self.stamp = np.zeros((count, count, size), dtype=np.int32)
        self.how = np.zeros((count, count, size), dtype=np.int16)
        self.via = np.zeros((count, count, size), dtype=np.int16)
        self.zeros = [[0] * count for _ in range(count)]  # where the stamp is not 0, as bits
        self.clock = 0
        for number, (term, _) in enumerate(self._basic()):
            self._take(term, number)
        if self.sources:
            self._close()

    def _basic(self) -> Iterator[tuple[Term, Source]]:
        for source in self.sources:
            yield from ((term, source) for term, _ in source.terms)

    def _hold(self, a: int, b: int, where: int, how: int, via: int) -> bool:
        """Mark zeros that are new (bit K of a number for the mask K); tell whether any is."""
        new = where & ~self.zeros[a][b]
        if not new:
            return False
        a, b = min(a, b), max(a, b)
        self.zeros[a][b] = self.zeros[b][a] = self.zeros[a][b] | new
        self.clock += 1
        raw = np.frombuffer(new.to_bytes((len(self.masks) + 7) // 8, "little"), dtype=np.uint8)
        at = np.flatnonzero(np.unpackbits(raw, bitorder="little"))
        self.stamp[a, b, at], self.how[a, b, at], self.via[a, b, at] = self.clock, how, via
        return True

    def _take(self, term: Term, number: int) -> None:
        a = term.first.bit_length() - 1
        if not term.second:
            self._hold(a, a, 1 << term.given, _GIVEN, number)
        for b in range(self.count):
            if term.second >> b & 1:
                rest = term.second ^ 1 << b
                inside = self.masks[self.masks & ~rest == 0]
                self._hold(a, b, _bitset(term.given | inside), _GIVEN, number)

    def _close(self) -> None:
        every, zeros = range(self.count), self.zeros
        without = [_bitset(self.masks[self.masks >> v & 1 == 0]) for v in every]
        changed = True
        while changed:
            changed = False
            for a, b in permutations(every, 2):
                free = without[a] & without[b]
                both = free & zeros[a][b] & zeros[a][a] >> (1 << b)
                changed |= self._hold(a, a, both, _FIRST, b)
                held = free & zeros[a][a]
                changed |= self._hold(a, b, held, _FUNCTION, a)
                changed |= self._hold(a, a, held << (1 << b), _FUNCTION, b)
            for a, b, c in permutations(every, 3):
                both = without[a] & without[b] & without[c] & zeros[a][b] & zeros[a][c] >> (1 << b)
                if both:
                    changed |= self._hold(a, c, both, _FIRST + 2 * (a > c), b)
                    changed |= self._hold(a, b, both << (1 << c), _SECOND + 2 * (a > b), c)

    # ---- the smaller space ----

    @cached_property
    def pivots(self) -> dict[int, Zero]:
        """For each joint entropy that is not needed, the zero that expresses it."""
        found: dict[int, Zero] = {}
        for a in range(self.count):
            for b in range(a, self.count):
                pair = 1 << a | 1 << b
                for mask in np.flatnonzero(self.stamp[a, b]).tolist():
                    zero = (a, b, mask)
                    best = found.get(mask | pair)
                    if best is None or (zero[0] == zero[1], best) > (best[0] == best[1], zero):
                        found[mask | pair] = zero
        return found

    @cached_property
    def basis(self) -> list[int]:
        """The joint entropies that are left."""
        return [mask for mask in range(1, 1 << self.count) if mask not in self.pivots]

    @cached_property
    def coordinates(self) -> NDArray[np.int64]:
        """Each joint entropy (row) in terms of the basis (columns, after an empty one)."""
        table = np.zeros((1 << self.count, len(self.basis) + 1), dtype=np.int64)
        place = {mask: i for i, mask in enumerate(self.basis, 1)}
        for mask in range(1, 1 << self.count):
            if mask in place:
                table[mask, place[mask]] = 1
                continue
            a, b, rest = self.pivots[mask]
            table[mask] = table[rest | 1 << a] + table[rest | 1 << b] - table[rest]
            if a == b:
                table[mask] = table[rest]
        return table

    def terms(self) -> tuple[list[Term], NDArray[np.int64]]:
        """Return one elemental term for each value it has in the smaller space."""
        elementals = elemental_terms(self.count)
        first, second, given = elementals.T
        at = self.coordinates
        values = at[first | given] - at[given]
        pair = second > 0
        values[pair] += (at[second | given] - at[first | second | given])[pair]
        seen: dict[bytes, int] = {}
        for number in np.flatnonzero(values.any(axis=1)).tolist():
            seen.setdefault(values[number].tobytes(), number)
        order = list(seen.values())
        rows = elementals[order]
        return [Term(*row) for row in rows.tolist()], values[order]

    # ---- lifting a proof ----

    def lift(self, left: dict[int, Fraction]) -> tuple[dict[Term, Fraction], dict[int, Fraction]]:
        """Write a form that is zero in the smaller space as terms and multiples of hypotheses.

        Parameters
        ----------
        left : mapping
            Mask to coefficient.

        Returns
        -------
        (dict of Term, dict of int)
            Positive weights of terms; weights of hypotheses by index.
        """
        book = _Book(self)
        for mask in range((1 << self.count) - 1, 0, -1):  # a zero moves weight to smaller sets
            if left.get(mask):
                self._spend(left, mask, book)
        book.trace()
        return book.terms, book.given

    def _spend(self, left: dict[int, Fraction], mask: int, book: _Book) -> None:
        amount = left[mask]
        zero = self.pivots[mask]
        weight = amount if zero[0] == zero[1] else -amount
        for row, sign in _term(zero).expansion().items():
            value = left.pop(row, Fraction(0)) - sign * weight
            if value:
                left[row] = value
        book.add(zero, weight)


_GIVEN, _FUNCTION, _FIRST, _SECOND = 1, 2, 3, 4  # _FIRST + 2 and _SECOND + 2: a is the larger


def _bitset(masks: NDArray[np.int64]) -> int:
    return sum(1 << mask for mask in masks.tolist())


def _term(zero: Zero) -> Term:
    a, b, given = zero
    return _ordered(1 << a, 0 if a == b else 1 << b, given)


def _ordered(first: int, second: int, given: int) -> Term:
    return Term(min(first, second), max(first, second), given) if second else Term(first, 0, given)


@dataclass
class _Book:
    """Terms and hypotheses that a lifted proof uses, and zeros still to be traced back."""

    closure: Closure
    terms: dict[Term, Fraction] = field(default_factory=dict)
    given: dict[int, Fraction] = field(default_factory=dict)
    owed: dict[Zero, Fraction] = field(default_factory=dict)

    def add(self, zero: Zero, weight: Fraction) -> None:
        """Add a multiple of a zero: a term when it is positive, else to be traced back."""
        a, b, given = zero
        if given >> a & 1 or given >> b & 1:
            return
        if weight > 0:
            self._note(_term(zero), weight)
        else:
            key = (min(a, b), max(a, b), given)
            self.owed[key] = self.owed.get(key, Fraction(0)) - weight

    def _note(self, term: Term, weight: Fraction) -> None:
        if term.first and weight:
            self.terms[term] = self.terms.get(term, Fraction(0)) + weight

    def trace(self) -> None:
        """Trace every zero that is used with a negative weight back to the hypotheses."""
        stamp = self.closure.stamp
        while self.owed:
            zero = max(self.owed, key=lambda z: (int(stamp[z]), z))
            self._back(zero, self.owed.pop(zero))

    def _back(self, zero: Zero, amount: Fraction) -> None:
        a, b, given = zero
        how, via = int(self.closure.how[zero]), int(self.closure.via[zero])
        if how == _GIVEN:
            return self._from_source(zero, amount, via)
        if how == _FUNCTION and a != b:  # H(a|K) = I(a;b|K) + H(a|b,K), a or b a function of K
            self.add((via, via, given), -amount)
            return self.add((via, via, given | 1 << (a ^ b ^ via)), amount)
        if how == _FUNCTION:
            rest = given ^ 1 << via
            self.add((a, a, rest), -amount)
            return self.add((a, via, rest), amount)
        if how in (_FIRST + 2, _SECOND + 2):
            a, b, how = b, a, how - 2
        if how == _FIRST:  # I(a;b|K) from I(a;via|K) and I(a;b|via,K)
            self.add((a, via, given), -amount)
            self.add((a, b, given | 1 << via), -amount)
            return self.add((a, via, given | 1 << b), amount)
        rest = given ^ 1 << via  # I(a;b|via,K) from I(a;b|K) and I(a;via|b,K)
        self.add((a, b, rest), -amount)
        self.add((a, via, rest | 1 << b), -amount)
        return self.add((a, via, rest), amount)

    def _from_source(self, zero: Zero, amount: Fraction, number: int) -> None:
        """Use that the hypothesis is a sum of terms, and that this is a part of one of them."""
        whole, source = list(self.closure._basic())[number]
        a, b, given = zero
        if whole.second:
            far = 1 << (a ^ b ^ (whole.first.bit_length() - 1))
            near = given ^ whole.given
            rest = whole.second ^ near ^ far
            for second, below in ((near, whole.given), (rest, given | far)):
                if second:
                    self._note(_ordered(whole.first, second, below), amount)
        scale = dict(source.terms)[whole]
        for term, weight in source.terms:
            if term != whole:
                self._note(_ordered(*term), amount * weight / scale)
        used = self.given.get(source.index, Fraction(0))
        self.given[source.index] = used - source.sign * amount / scale
