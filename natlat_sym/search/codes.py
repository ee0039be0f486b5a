"""Laws whose entropies are those of a given integer polymatroid: linear codes over small fields.

A uniform message over a field is seen by each variable through some linear functions of it, so a
joint entropy is a rank.  The search adds one variable after the other.  Up to a change of basis
that keeps the earlier ones, a new subspace is a subspace of their span together with fresh
coordinates, so only the part inside the span is enumerated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from natlat_sym.search.sketch import Sketch, numbered

Vector = tuple[int, ...]
PRIMES = (2, 3)
MAX_POINTS = 3000
MAX_RANK = MAX_POINTS.bit_length() - 1  # of two elements, the least field
MAX_CANDIDATES = 3000


def linear_codes(values: Mapping[int, Fraction], count: int) -> Iterator[Sketch]:
    """Yield laws with entropies proportional to a polymatroid, one for each field that has one.

    Parameters
    ----------
    values : mapping
        Mask to value; integers, or nothing is yielded.
    count : int
        How many variables.

    Returns
    -------
    iterator of Sketch

    Examples
    --------
    >>> parity = {mask: Fraction(min(2, mask.bit_count())) for mask in range(1, 8)}
    >>> next(linear_codes(parity, 3)).outcomes()
    {('0', '0', '0'): 1, ('1', '0', '1'): 1, ('0', '1', '1'): 1, ('1', '1', '0'): 1}
    """
    heights = [values.get(mask, Fraction(0)) for mask in range(1 << count)]
    if any(height.denominator != 1 for height in heights):
        return
    ranks = [int(height) for height in heights]
    if ranks[-1] > MAX_RANK:
        return
    for prime in PRIMES:
        if prime ** ranks[-1] <= MAX_POINTS:
            spaces = _Search(ranks, count, prime).run()
            if spaces is not None:
                yield _sketch(spaces, ranks[-1], prime)


def _sketch(spaces: Sequence[Sequence[Vector]], rank: int, prime: int) -> Sketch:
    messages = list(product(range(prime), repeat=rank))
    messages = [message[::-1] for message in messages]
    labels = tuple(
        numbered([tuple(_dot(row, message) % prime for row in space) for message in messages])
        for space in spaces
    )
    return Sketch((1,) * len(messages), labels, f"a linear code over {prime} elements")


def _dot(a: Vector, b: Vector) -> int:
    return sum(x * y for x, y in zip(a, b, strict=True))


class _Search:
    """Backtracking over subspaces, with a budget of candidates."""

    def __init__(self, ranks: Sequence[int], count: int, prime: int) -> None:
        self.ranks, self.count, self.prime = ranks, count, prime
        self.order = sorted(range(count), key=lambda i: (ranks[1 << i], i))
        self.left = MAX_CANDIDATES
        self.spaces: dict[int, list[Vector]] = {}

    def run(self) -> list[list[Vector]] | None:
        if not self._extend(0, {0: []}):
            return None
        return [self.spaces[i] for i in range(self.count)]

    def _extend(self, depth: int, spans: dict[int, list[Vector]]) -> bool:
        if depth == self.count:
            return True
        variable = self.order[depth]
        for space in self._candidates(variable, spans):
            self.left -= 1
            if self.left < 0:
                return False
            grown = self._grown(variable, space, spans)
            if grown is not None:
                self.spaces[variable] = space
                if self._extend(depth + 1, grown):
                    return True
        return False

    def _candidates(self, variable: int, spans: dict[int, list[Vector]]) -> Iterator[list[Vector]]:
        bit, total = 1 << variable, self.ranks[-1]
        everything = max(spans, key=int.bit_count)
        used = len(spans[everything])
        fresh = self.ranks[everything | bit] - used
        inside = self.ranks[bit] - fresh
        if fresh < 0 or inside < 0:
            return
        holders = [mask for mask in spans if self.ranks[mask | bit] == self.ranks[mask]]
        within = min(holders, key=lambda mask: self.ranks[mask], default=everything)
        new = [tuple(int(k == used + j) for k in range(total)) for j in range(fresh)]
        for rows in _subspaces(inside, len(spans[within]), self.prime):
            space = [self._combination(row, spans[within], total) for row in rows]
            yield [*space, *new]

    def _combination(self, row: Vector, basis: Sequence[Vector], total: int) -> Vector:
        return tuple(
            sum(x * vector[k] for x, vector in zip(row, basis, strict=True)) % self.prime
            for k in range(total)
        )

    def _grown(
        self, variable: int, space: Sequence[Vector], spans: dict[int, list[Vector]]
    ) -> dict[int, list[Vector]] | None:
        """Return the spans of all sets with the new variable, if their ranks are right."""
        grown = dict(spans)
        for mask, basis in sorted(spans.items(), key=lambda item: item[0].bit_count()):
            joined = self._independent([*basis, *space])
            if len(joined) != self.ranks[mask | 1 << variable]:
                return None
            grown[mask | 1 << variable] = joined
        return grown

    def _independent(self, vectors: Sequence[Vector]) -> list[Vector]:
        """Return the first vectors that are independent."""
        kept: list[Vector] = []
        reduced: list[tuple[int, Vector]] = []  # place of a leading 1, and the vector
        for vector in vectors:
            rest = vector
            for place, row in reduced:
                if rest[place]:
                    factor = rest[place]
                    rest = tuple(
                        (x - factor * y) % self.prime for x, y in zip(rest, row, strict=True)
                    )
            lead = next((k for k, x in enumerate(rest) if x), None)
            if lead is not None:
                inverse = pow(rest[lead], -1, self.prime)
                reduced.append((lead, tuple(x * inverse % self.prime for x in rest)))
                kept.append(vector)
        return kept


def _subspaces(size: int, dimension: int, prime: int) -> Iterator[list[Vector]]:
    """Yield the subspaces of a coordinate space, as rows in reduced echelon form."""
    for leads in combinations(range(dimension), size):
        free = [
            (i, k)
            for i, lead in enumerate(leads)
            for k in range(lead + 1, dimension)
            if k not in leads
        ]
        # Generic subspaces first: those with many non-zero entries.
        for digits in product(range(prime - 1, -1, -1), repeat=len(free)):
            rows = [[int(k == lead) for k in range(dimension)] for lead in leads]
            for (i, k), digit in zip(free, digits, strict=True):
                rows[i][k] = digit
            yield [tuple(row) for row in rows]
