"""Where nodes and edges of a net go: layers from top to bottom, edges beside the nodes between.

An edge over several layers gets a place in each layer on its way, like a narrow node.  The order in
a layer is by the mean of the neighbours, swept up and down while edges cross less; places are the
closest to the means of the neighbours that keep that order apart.  Parts of a net that no edge
joins stand side by side.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

_SWEEPS = 8
_NARROW = 10.0  # half of the room for an edge that passes a layer

Row = list[Hashable]


@dataclass(frozen=True)
class Layout:
    """Places of the nodes, and of the edges where they pass a layer.

    Attributes
    ----------
    across : dict of node to float
        The middle of each node.
    layer : dict of node to int
        From the top, at 0.
    way : dict of (tail, head) to tuple of float
        Where the edge is in each of the layers between, from top to bottom.
    width : float
        Of all, from 0.
    """

    across: dict[Hashable, float]
    layer: dict[Hashable, int]
    way: dict[tuple[Hashable, Hashable], tuple[float, ...]]
    width: float


@dataclass(frozen=True)
class _Pass:
    """An edge in a layer between its ends."""

    tail: Hashable
    head: Hashable
    layer: int


def layered(net: nx.DiGraph, room: Mapping[Hashable, float]) -> Layout:
    """Lay out an acyclic net by topological generations.

    Parameters
    ----------
    net : nx.DiGraph
    room : mapping of node to float
        Half the width that each node takes.

    Returns
    -------
    Layout

    Examples
    --------
    >>> import networkx as nx
    >>> found = layered(nx.DiGraph([("A", "B"), ("B", "C"), ("A", "C")]), dict.fromkeys("ABC", 20))
    >>> found.layer, len(found.way["A", "C"]), len(found.way["A", "B"])
    ({'A': 0, 'B': 1, 'C': 2}, 1, 0)
    """
    import networkx as nx

    parts = [_joined(net.subgraph(part), room) for part in nx.weakly_connected_components(net)]
    index = {node: place for place, node in enumerate(net)}
    parts.sort(key=lambda part: min(map(index.__getitem__, part.across)))
    across: dict[Hashable, float] = {}
    way: dict[tuple[Hashable, Hashable], tuple[float, ...]] = {}
    width = 0.0
    for part in parts:
        across.update((node, width + x) for node, x in part.across.items())
        way.update((edge, tuple(width + x for x in xs)) for edge, xs in part.way.items())
        width += part.width
    layer = {node: depth for part in parts for node, depth in part.layer.items()}
    return Layout(
        across={node: across[node] for node in net},
        layer=layer,
        way={edge: way[edge] for edge in net.edges},
        width=width,
    )


def _joined(net: nx.DiGraph, room: Mapping[Hashable, float]) -> Layout:
    """Lay out a net that hangs together."""
    import networkx as nx

    rows: list[Row] = [list(row) for row in nx.topological_generations(net)]
    layer = {node: depth for depth, row in enumerate(rows) for node in row}
    index = {node: place for place, node in enumerate(net)}
    for row in rows:
        row.sort(key=index.__getitem__)
    ways = {
        (tail, head): [_Pass(tail, head, depth) for depth in range(layer[tail] + 1, layer[head])]
        for tail, head in net.edges
    }
    steps = nx.DiGraph()
    for (tail, head), between in ways.items():
        nx.add_path(steps, [tail, *between, head])
        for point in between:
            rows[point.layer].append(point)
    steps.add_nodes_from(net)
    rows = _ordered(rows, steps)
    half = {node: room.get(node, _NARROW) for row in rows for node in row}
    across = _placed(rows, steps, half)
    left = min(across[node] - half[node] for node in half)
    return Layout(
        across={node: x - left for node, x in across.items() if node in layer},
        layer=layer,
        way={edge: tuple(across[p] - left for p in between) for edge, between in ways.items()},
        width=max(across[node] + half[node] for node in half) - left,
    )


def _ordered(rows: list[Row], steps: nx.DiGraph) -> list[Row]:
    """Return the order of each layer in which fewest edges cross, of those that sweeps meet."""
    best, least = rows, _crossings(rows, steps)
    for sweep in range(_SWEEPS):
        if not least:
            break
        rows = [list(row) for row in rows]
        down = sweep % 2 == 0
        near = steps.pred if down else steps.succ
        for depth in range(len(rows)) if down else reversed(range(len(rows))):
            place = {node: index for row in rows for index, node in enumerate(row)}
            mean = {
                node: _mean([place[v] for v in near[node]], place[node]) for node in rows[depth]
            }
            rows[depth].sort(key=mean.__getitem__)
        if (count := _crossings(rows, steps)) < least:
            best, least = rows, count
    return best


def _crossings(rows: Iterable[Row], steps: nx.DiGraph) -> int:
    place = {node: index for row in rows for index, node in enumerate(row)}
    found = 0
    for row in rows:
        lines = [(place[node], place[below]) for node in row for below in steps.succ[node]]
        found += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(lines, 2))
    return found


def _placed(
    rows: Sequence[Row], steps: nx.DiGraph, half: Mapping[Hashable, float]
) -> dict[Hashable, float]:
    """Return places near the neighbours above and below in turn, the ones above last."""
    across: dict[Hashable, float] = {}
    for row in rows:
        across.update(zip(row, _apart([0.0] * len(row), [half[node] for node in row]), strict=True))
    for sweep in range(2 * _SWEEPS + 1):
        down = sweep % 2 == 0
        near = steps.pred if down else steps.succ
        for row in rows if down else reversed(rows):
            wanted = [_middle(node, near[node], across) for node in row]
            across.update(zip(row, _apart(wanted, [half[node] for node in row]), strict=True))
    return across


def _apart(wanted: Sequence[float], half: Sequence[float]) -> list[float]:
    """Return the places closest to those wanted, in their order and far enough apart."""
    offsets = [0.0]
    for first, second in pairwise(half):
        offsets.append(offsets[-1] + first + second)
    blocks: list[tuple[float, int]] = []  # mean and size: pooled where they would overlap
    for place, offset in zip(wanted, offsets, strict=False):
        mean, size = place - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    starts = [mean for mean, size in blocks for _ in range(size)]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]


def _middle(node: Hashable, near: Iterable[Hashable], across: Mapping[Hashable, float]) -> float:
    """Return the mean place of the neighbours; edges that pass by hardly pull at a node."""
    weights = {v: 0.1 if isinstance(v, _Pass) and not isinstance(node, _Pass) else 1 for v in near}
    if not weights:
        return across[node]
    return sum(weight * across[v] for v, weight in weights.items()) / sum(weights.values())


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
