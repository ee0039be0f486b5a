"""Which errors of a function of the features are added up, for shares (section 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from .reading import require


class Errors(NamedTuple):
    """Integer weights, not below 0, of the errors of a function g of X.

    TC(X|g) has the weight ``mediation``, H(g|X_S) the weight next to the places S of features.
    """

    mediation: int
    rest: tuple[tuple[tuple[int, ...], int], ...]

    @classmethod
    def summed(cls, width: int) -> Errors:
        """Return the summed error: TC(X|g) and H(g|X_-i) for each i, all with the weight 1."""
        places = range(width)
        return cls(1, tuple((tuple(j for j in places if j != i), 1) for i in places))

    def check(self, width: int) -> None:
        """Refuse other weights and places."""
        weights = [self.mediation, *(weight for _, weight in self.rest)]
        proper = all(type(weight) is int and weight >= 0 for weight in weights) and any(weights)
        require(proper, "errors", "expected integer weights, none below 0 and one above")
        for kept, _ in self.rest:
            proper = len(kept) > 0 and set(kept) <= set(range(width))
            require(proper, "errors", "expected places of features, one at least")

    def families(self, keys: list[tuple[str, ...]]) -> Counter[tuple[int, ...]]:
        """Return the partitions of the outcomes that the errors count, with their weights."""
        times = self.mediation
        alone = [((i,), times) for i in range(len(keys[0]))]
        found: Counter[tuple[int, ...]] = Counter()
        for pair in zip_longest(alone, self.rest):
            for kept, weight in filter(None, pair):
                if weight:
                    found[_numbered(tuple(key[i] for i in kept) for key in keys)] += weight
        return found


def _numbered(values: Iterable[object]) -> tuple[int, ...]:
    numbers: dict[object, int] = {}
    return tuple(numbers.setdefault(value, len(numbers)) for value in values)
