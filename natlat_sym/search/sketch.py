"""A law in the making, as the searches for counterexamples propose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Labelling = tuple[int, ...]  # a label for each point, numbered by first occurrence


@dataclass(frozen=True)
class Sketch:
    """Points with weights, and a labelling of them for each variable.

    Attributes
    ----------
    weights : tuple of int
        One positive integer per point.
    labels : tuple of labellings
        One per variable, in the order of the problem.
    origin : str
        The family it was found in.
    """

    weights: tuple[int, ...]
    labels: tuple[Labelling, ...]
    origin: str

    def outcomes(self) -> dict[tuple[str, ...], int]:
        """Return weights by outcome; labels are texts ``"0"``, ``"1"``, ..."""
        found: dict[tuple[str, ...], int] = {}
        for point, weight in enumerate(self.weights):
            outcome = tuple(str(labelling[point]) for labelling in self.labels)
            found[outcome] = found.get(outcome, 0) + weight
        return found


def numbered(labels: Sequence[object]) -> Labelling:
    """Number labels by first occurrence.

    Examples
    --------
    >>> numbered("abca")
    (0, 1, 2, 0)
    """
    seen: dict[object, int] = {}
    return tuple(seen.setdefault(label, len(seen)) for label in labels)
