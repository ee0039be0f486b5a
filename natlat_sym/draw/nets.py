"""Pictures of nets: one, or several in a strip, as SVG and as Mermaid text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import copysign
from typing import TYPE_CHECKING, Any

from natlat_sym.draw.canvas import HEADED, Picture, svg, text_at
from natlat_sym.draw.layers import layered
from natlat_sym.errors import InvalidInput
from natlat_sym.explained import explained
from natlat_sym.nets.dags import dag

if TYPE_CHECKING:
    import networkx as nx

_GAP_Y, _MARGIN, _NODE_HEIGHT = 66, 24, 28
_RADIUS = _NODE_HEIGHT / 2
_LINE, _LETTER = 16, 8.0  # of the text under a net

Point = tuple[float, float]


def mermaid(spec: Any) -> str:
    """Return a net as Mermaid text, which code hosts draw.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs

    Returns
    -------
    str

    Examples
    --------
    >>> print(mermaid("X1 <- L -> X2"))
    graph TD
      n0["X1"]
      n1["L"]
      n2["X2"]
      n1 --> n0
      n1 --> n2
    """
    net = dag(spec)
    index = {node: f"n{number}" for number, node in enumerate(net)}
    lines = [f'  {index[node]}["{_label(net, node)}"]' for node in net]
    lines += [f"  {index[tail]} --> {index[head]}" for tail, head in net.edges]
    return "\n".join(["graph TD", *lines])


@explained
def picture(spec: Any, caption: str = "") -> Picture:
    """Draw a net from top to bottom, by topological generations.

    Parameters
    ----------
    spec : str, nx.DiGraph, mapping, or iterable of pairs
    caption : str
        Written under the net.

    Returns
    -------
    Picture

    Examples
    --------
    >>> picture("X1 <- L -> X2", caption="mediation")
    <picture of X1 <- L -> X2>
    """
    from natlat_sym.nets.dags import arrows

    net = dag(spec)
    inside, height, body = _drawn(net)
    width = max(inside, _LETTER * len(caption) + 16)
    if caption:
        height += 26
        body = [f'<g transform="translate({(width - inside) / 2:g} 0)">', *body, "</g>"]
        body.append(text_at(width / 2, height - 8, caption))
    return Picture(svg(width, height, body), arrows(net))


@explained
def strip(panels: Iterable[tuple[Any, Iterable[str]]], width: float = 900) -> Picture:
    """Draw several nets side by side, each in a frame with lines of text under it.

    Parameters
    ----------
    panels : iterable of (net, lines)
        Each net as `dag` takes it; the lines are written below it, one under the other.
    width : float
        Where the strip goes on in a new row.

    Returns
    -------
    Picture

    Examples
    --------
    >>> strip([("X -> Y", ["1. given", "within a"]), ("X <- Y", ["2. Reroot 1", "within a"])])
    <picture of X -> Y | Y -> X>
    """
    from natlat_sym.nets.dags import arrows

    rows: list[list[_Panel]] = [[]]
    texts: list[str] = []
    for spec, captions in panels:
        net = dag(spec)
        panel = _panel(net, list(captions))
        if rows[-1] and sum(other.width for other in rows[-1]) + panel.width > width:
            rows.append([])
        rows[-1].append(panel)
        texts.append(arrows(net))
    if not texts:
        raise InvalidInput("expected at least one net to draw, got none")
    body: list[str] = []
    top = right = 0.0
    for row in rows:
        left, height = 0.0, max(panel.height for panel in row)
        for panel in row:
            body.append(f'<g transform="translate({left:g} {top:g})">')
            body += [_frame(panel.width, height), *panel.body, "</g>"]
            left += panel.width
        top, right = top + height, max(right, left)
    return Picture(svg(right, top, body), " | ".join(texts))


def _drawn(net: nx.DiGraph) -> tuple[float, float, list[str]]:
    """Return width, height and parts of the drawing of a net."""
    layout = layered(net, {node: _half_width(net, node) + 15 for node in net})
    places = {
        node: (_MARGIN + x, float(_MARGIN + _GAP_Y * layout.layer[node]))
        for node, x in layout.across.items()
    }
    height = max(y for _, y in places.values()) + _NODE_HEIGHT
    body = []
    for (tail, head), way in layout.way.items():
        top = places[tail][1]
        passed = [(_MARGIN + x, top + _GAP_Y * depth) for depth, x in enumerate(way, 1)]
        body.append(_arrow(places[tail], passed, places[head], _half_width(net, head)))
    for node, (x, y) in places.items():
        half = _half_width(net, node)
        body.append(
            f'<rect x="{x - half:g}" y="{y - 14:g}" width="{2 * half:g}" height="{_NODE_HEIGHT}" '
            f'rx="14" fill="white" stroke="black"/>'
        )
        body.append(text_at(x, y + 5, _label(net, node)))
    return layout.width + 2 * _MARGIN, height, body


def _arrow(tail: Point, passed: Sequence[Point], head: Point, half: float) -> str:
    """Return an arrow from below its tail to the outline of its head, by the points passed."""
    (x1, y1), (x2, y2) = tail, head
    # Edges go downwards: leave the tail at its bottom, meet the head on its upper outline.
    before = passed[-1][0] if passed else x1
    aside = (before - x2) * (0.3 if passed else 0.12)
    corner = min(max(abs(aside) - (half - _RADIUS), 0.0), 0.7 * _RADIUS)
    aside = copysign(min(abs(aside), half - 0.3 * _RADIUS), aside)
    end = x2 + aside, y2 - 1 - (_RADIUS**2 - corner**2) ** 0.5
    start = x1, y1 + _RADIUS
    way = _bent([start, *passed, end]) if passed else f"L {end[0]:g} {end[1]:g}"
    return f'<path d="M {start[0]:g} {start[1]:g} {way}" fill="none" stroke="black" {HEADED}/>'


def _bent(points: Sequence[Point]) -> str:
    """Return a smooth way that passes every point downwards, level with the nodes beside it."""
    parts = []
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points), 2):
        if number > 2:
            parts.append(f"L {x1:g} {y1 + _RADIUS:g}")
            y1 += _RADIUS
        if number < len(points):
            y2 -= _RADIUS
        middle = (y1 + y2) / 2
        parts.append(f"C {x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}")
    return " ".join(parts)


@dataclass(frozen=True)
class _Panel:
    width: float
    height: float
    body: list[str]


def _panel(net: nx.DiGraph, lines: list[str]) -> _Panel:
    """Return the drawing of a net with lines of text under it."""
    inside, height, parts = _drawn(net)
    width = max([inside, *(6.8 * len(line) + 16 for line in lines)])
    body = [f'<g transform="translate({(width - inside) / 2:g} 0)">', *parts, "</g>"]
    for row, line in enumerate(lines):
        body.append(text_at(width / 2, height + _LINE * (row + 0.8), line, 12))
    return _Panel(width, height + _LINE * len(lines) + 8, body)


def _frame(width: float, height: float) -> str:
    return (
        f'<rect x="2" y="2" width="{width - 4:g}" height="{height - 4:g}" rx="6" fill="none" '
        'stroke="#bbbbbb"/>'
    )


def _half_width(net: nx.DiGraph, node: Hashable) -> float:
    return max(18.0, 5.0 + 4.5 * len(_label(net, node)))


def _label(net: nx.DiGraph, node: Hashable) -> str:
    return ",".join(net.nodes[node]["variables"])
