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
    weigh = Bits.total if score == "sum" else max

    def points(found: Sequence[Blocks]) -> list[tuple[Bits, Bits]]:
        errors = [exact.of(blocks) for blocks in found]
        seen: dict[tuple[Bits, ...], Bits] = {}
        return [(one[0], seen.setdefault(one[1:], weigh(one[1:]))) for one in errors]

    front, extent = search.partitions(), "all"
    if score == "max":
        best = search.partitions(worst=True)
        if best is None:
            raise InvalidInput(f"expected at most {MAX_TIES} best partitions, got more")
    else:
        best = front or best_sums(costs.mediation + sum(costs.redundancy), costs.slack)
    values = [weigh(point) for point in points(best)]
    least = min(set(values))
    best = [blocks for blocks, value in zip(best, values, strict=True) if value == least]
    if front is None:
        extent = "hull" if score == "sum" else "best"
        front = [*best, *(_hull(search, points) if score == "sum" else _trivial(len(weights)))]
        front = list(dict.fromkeys(front))
    places = exact_front(points(front))
    return Solved(best, [[front[place] for place in row] for row in places], extent)


def _trivial(cells: int) -> list[Blocks]:
    return [((1 << cells) - 1,), tuple(1 << cell for cell in range(cells))]


def _hull(
    search: FrontSearch, points: Callable[[Sequence[Blocks]], list[tuple[Bits, Bits]]]
) -> Iterator[Blocks]:
    """Yield the partitions with the least weighted sum of the errors, for some weights."""
    for line in search.lines:
        try:
            found = best_sums(line.cost, search.goals.slack * int(line.weights.sum()))
        except InvalidInput:  # too many ties
            continue
        weights = line.weights.tolist()
        values = [Bits.combine(zip(weights, point, strict=True)) for point in points(found)]
        least = min(set(values))
        yield from (one for one, value in zip(found, values, strict=True) if value == least)
