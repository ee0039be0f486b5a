"""The exact best partitions of a support and the exact front, with all ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.natural.blockerrors import ExactErrors, exact_front
from natlat_sym.natural.fronts import FrontSearch
from natlat_sym.natural.goals import goals_of
from natlat_sym.natural.partitions import MAX_TIES, best_sums, block_costs

if TYPE_CHECKING:
    from natlat_sym.natural.partitions import Blocks

Labels = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Solved:
    """What is best among all partitions.

    Attributes
    ----------
    best : list of tuples of masks
        All partitions that attain the least score.
    front : list of lists of tuples of masks
        The front by ascending mediation error; partitions with the same errors together.
    extent : str
        ``all``, or what the front is restricted to: ``hull`` or ``best``.
    """

    best: list[Blocks]
    front: list[list[Blocks]]
    extent: str


def solved(
    weights: Sequence[int],
    features: Labels,
    survivors: Labels,
    common: Sequence[int],
    score: str,
    progress: Callable[[str], None],
) -> Solved:
    """Return the best partitions and the front, decided exactly.

    Parameters
    ----------
    weights : sequence of int
        Of each cell.
    features, survivors : sequences of labels per cell
    common : labels per cell
        The finest label that every survivor tells without error.
    score : "sum" or "max"
    progress : callable

    Returns
    -------
    Solved

    Raises
    ------
    InvalidInput
        When too many partitions may attain the least score.
    """
    costs = block_costs(weights, features, survivors)
    search = FrontSearch(goals_of(costs, score, weights, features, common), progress)
    exact = ExactErrors(weights, features, survivors)
    front, extent = search.partitions(), "all"
    if score == "max":
        best = search.partitions(worst=True)
        if best is None:
            raise InvalidInput(f"expected at most {MAX_TIES} best partitions, got more")
    else:
        best = front or best_sums(costs.mediation + sum(costs.redundancy), costs.slack)
    if front is None and score == "sum":
        front, extent = list(_hull(search, exact)), "hull"
    elif front is None:
        front, extent = trivial(len(weights)), "best"
    return settled(best, front, extent, exact, score)


def settled(
    near: Sequence[Blocks], front: Sequence[Blocks], extent: str, exact: ExactErrors, score: str
) -> Solved:
    """Return the exact best of partitions that may be it, and the exact front of these and others.

    Parameters
    ----------
    near : sequence of tuples of masks
        All partitions that may attain the least score.
    front : sequence of tuples of masks
        What else may be on the front.
    extent : str
        What that is.
    exact : ExactErrors
    score : "sum" or "max"

    Returns
    -------
    Solved
    """
    weigh = Bits.total if score == "sum" else max
    orbits = exact.alike(near)
    values = [weigh(point) for point in _points(exact, orbits, score)]
    least = min(set(values))
    best = [one for row, value in zip(orbits, values, strict=True) if value == least for one in row]
    chosen = list(dict.fromkeys([*(() if extent == "all" else best), *front]))
    orbits = exact.alike(chosen)
    places = exact_front(_points(exact, orbits, score))
    return Solved(best, [[one for k in row for one in orbits[k]] for row in places], extent)


def trivial(cells: int) -> list[Blocks]:
    """Return the partitions into one block and into single cells."""
    return [((1 << cells) - 1,), tuple(1 << cell for cell in range(cells))]


def _points(
    exact: ExactErrors, orbits: Sequence[Sequence[Blocks]], score: str
) -> list[tuple[Bits, Bits]]:
    """Return mediation and the redundancy it is weighed against, the same all over an orbit."""
    weigh = Bits.total if score == "sum" else max
    errors = [exact.of(row[0]) for row in orbits]
    seen: dict[tuple[Bits, ...], Bits] = {}
    return [(one[0], seen.setdefault(one[1:], weigh(one[1:]))) for one in errors]


def _hull(search: FrontSearch, exact: ExactErrors) -> Iterator[Blocks]:
    """Yield the partitions with the least weighted sum of the errors, for some weights."""
    for line in search.lines:
        try:
            found = best_sums(line.cost, search.goals.slack * int(line.weights.sum()))
        except InvalidInput:  # too many ties
            continue
        yield from least_weighted(exact, found, line.weights.tolist())


def least_weighted(
    exact: ExactErrors, found: Sequence[Blocks], weights: Sequence[int]
) -> list[Blocks]:
    """Return the partitions with exactly the least weighted sum of mediation and redundancy.

    Parameters
    ----------
    exact : ExactErrors
    found : sequence of tuples of masks
    weights : pair of int
        Of mediation, and of the sum of the redundancies.

    Returns
    -------
    list of tuples of masks
    """
    orbits = exact.alike(found)
    points = _points(exact, orbits, "sum")
    values = [Bits.combine(zip(weights, point, strict=True)) for point in points]
    least = min(set(values))
    return [one for row, value in zip(orbits, values, strict=True) if value == least for one in row]
