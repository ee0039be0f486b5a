"""Pictures of nets and of supports, as text and as self-contained SVG; no drawing library needed.

The pictures are drawn from exact objects and never measured back; coordinates are the only place
where a number is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import pairwise
from math import copysign
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import show
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.components import common_part
from natlat_sym.nets.dags import dag

if TYPE_CHECKING:
    import networkx as nx

    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.translation import Translation

# Okabe and Ito's palette, told apart with any colour vision; dashes tell components apart too.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
_FONT = 'font-family="serif" font-size="15"'
_GAP_X, _GAP_Y, _MARGIN, _NODE_HEIGHT = 92, 66, 24, 28
_LINE = 16  # of the text under a net


@dataclass(frozen=True)
class Picture:
    """An SVG picture that notebooks show; ``str`` is the SVG text.

    Examples
    --------
    >>> picture("X -> Y").svg.startswith("<svg")
    True
    """

    svg: str
    text: str

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<picture of {self.text}>"

    def _repr_svg_(self) -> str:
        return self.svg


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
    width, height, body = _drawn(net)
    if caption:
        height += 26
        body.append(_text(width / 2, height - 8, caption))
    return Picture(_svg(width, height, body), arrows(net))


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
    return Picture(_svg(right, top, body), " | ".join(texts))


def support(dist: Dist, x: str, y: str) -> Picture:
    """Draw the support of two variables: a node per value, an edge per outcome.

    Parameters
    ----------
    dist : Dist
    x, y : str
        Two variables; every edge is labelled with its exact mass.

    Returns
    -------
    Picture
        The connected components, drawn in different colours and dashes, are the common part.

    Raises
    ------
    InvalidInput
        For more than 40 outcomes, which no one can read.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> support(Dist.uniform("X Y", [("0", "0"), ("1", "1")]), "X", "Y")
    <picture of the support of X and Y, 2 components>
    """
    pair = dist.marginal([x, y])
    if len(pair) > 40:
        raise InvalidInput(f"expected at most 40 outcomes to draw, got {len(pair)}", size=len(pair))
    labelled = common_part(pair, x, y)
    columns = [{label: i for i, label in enumerate(pair.alphabet(name))} for name in (x, y)]
    step, left, right, top = 44, 60, 320, 52
    body = [_text(left, 24, x), _text(right, 24, y)]
    for outcome, mass in pair.items():
        color = labelled.labelling(*outcome)
        y1, y2 = (top + step * columns[i][outcome[i]] for i in (0, 1))
        shade = PALETTE[color % len(PALETTE)]
        dash = DASHES[color // len(PALETTE) % len(DASHES)]
        body.append(
            f'<line x1="{left}" y1="{y1}" x2="{right}" y2="{y2}" stroke="{shade}" '
            f'stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        spot = 0.3
        body.append(_text(left + spot * (right - left), y1 + spot * (y2 - y1) - 4, show(mass), 12))
    for place, column in ((left, columns[0]), (right, columns[1])):
        for label, row in column.items():
            body.append(
                f'<circle cx="{place}" cy="{top + step * row}" r="14" fill="white" stroke="black"/>'
            )
            body.append(_text(place, top + step * row + 5, str(label)))
    height = top + step * max(map(len, columns))
    count = labelled.labelling.count
    word = "component" if count == 1 else "components"
    return Picture(_svg(right + 60, height, body), f"the support of {x} and {y}, {count} {word}")


def _drawn(net: nx.DiGraph) -> tuple[float, float, list[str]]:
    """Return width, height and parts of the drawing of a net."""
    places = _layout(net)
    width = max(x + _half_width(net, node) for node, (x, _) in places.items()) + 15 + _MARGIN
    height = max(y for _, y in places.values()) + _NODE_HEIGHT
    body = [_arrow(*_clipped(net, places, tail, head)) for tail, head in net.edges]
    for node, (x, y) in places.items():
        half = _half_width(net, node)
        body.append(
            f'<rect x="{x - half:g}" y="{y - 14:g}" width="{2 * half:g}" height="{_NODE_HEIGHT}" '
            f'rx="14" fill="white" stroke="black"/>'
        )
        body.append(_text(x, y + 5, _label(net, node)))
    return width, height, body


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
        body.append(_text(width / 2, height + _LINE * (row + 0.8), line, 12))
    return _Panel(width, height + _LINE * len(lines) + 8, body)


def _frame(width: float, height: float) -> str:
    return (
        f'<rect x="2" y="2" width="{width - 4:g}" height="{height - 4:g}" rx="6" fill="none" '
        'stroke="#bbbbbb"/>'
    )


def translation_table(translation: Translation) -> Picture:
    """Draw the table P[L|M] of a translation: a shaded square per mass, a row per label of M.

    Parameters
    ----------
    translation : Translation

    Returns
    -------
    Picture
        Rows grow with the square root of P[m]; the text of a cell is its
        mass, rounded to three decimals where it has more.

    Raises
    ------
    InvalidInput
        For more than 400 cells, or masses that depend on parameters.

    Examples
    --------
    >>> from natlat_sym import Dist, translate
    >>> p = Dist.uniform("X1 X2 M L", [("0", "0", "0", "a"), ("1", "1", "1", "b")])
    >>> translation_table(translate(p, "M", "L"))
    <picture of P[L|M]>
    """
    table, weights = translation.table, translation.law.marginal([translation.source])
    labels = sorted({label for row in table.values() for label in row}, key=str)
    require_numbers(weights, purpose="to draw")
    if len(table) * len(labels) > 400:
        raise InvalidInput(f"expected at most 400 cells to draw, got {len(table) * len(labels)}")
    left, top, width = 110.0, 64.0, 64
    body = [
        _text(left + width * len(labels) / 2, 22, f"P[{translation.target}|{translation.source}]")
    ]
    body += [
        _text(left + width * (i + 0.5), top - 10, str(label)) for i, label in enumerate(labels)
    ]
    y = top
    for given, row in table.items():
        height = 24 + 48 * float(weights.mass(given)) ** 0.5
        body.append(_text(left / 2, y + height / 2 + 5, str(given)))
        for i, label in enumerate(labels):
            mass = row.get(label, Fraction(0))
            body += _cell(left + width * i, y, width, height, mass)
        y += height
    return Picture(
        _svg(left + width * len(labels) + _MARGIN, y + _MARGIN, body),
        f"P[{translation.target}|{translation.source}]",
    )


def _cell(x: float, y: float, width: float, height: float, mass: Fraction) -> list[str]:
    shade = (
        f'<rect x="{x:g}" y="{y:.1f}" width="{width:g}" height="{height:.1f}" fill="{PALETTE[0]}" '
        f'fill-opacity="{float(mass):.3f}" stroke="black" stroke-width="0.5"/>'
    )
    exact = show(mass)
    text = exact if len(exact) <= 6 else f"{float(mass):.3f}"
    colour = ' fill="white"' if mass > Fraction(1, 2) else ""
    label = _text(x + width / 2, y + height / 2 + 5, text, 13).replace("<text", f"<text{colour}", 1)
    return [shade, label]


def _layout(net: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Return a place for each node: by generations, under its parents where there is room."""
    import networkx as nx

    rows = [sorted(row, key=list(net).index) for row in nx.topological_generations(net)]
    room = {node: _half_width(net, node) + 15 for node in net}
    widest = max(sum(2 * room[node] for node in row) for row in rows)
    places: dict[str, tuple[float, float]] = {}
    for depth, row in enumerate(rows):
        under = {
            node: sum(places[parent][0] for parent in net.pred[node]) / max(net.in_degree(node), 1)
            for node in row
        }
        row.sort(key=under.__getitem__)
        x = _MARGIN + (widest - sum(2 * room[node] for node in row)) / 2
        centred = {}
        for node in row:
            centred[node] = x + room[node]
            x += 2 * room[node]
        apart = all(under[b] - under[a] >= room[a] + room[b] for a, b in pairwise(row))
        fits = apart and all(under[node] - room[node] >= _MARGIN for node in row)
        for node in row:
            place = under[node] if fits and depth else centred[node]
            places[node] = (place, float(_MARGIN + _GAP_Y * depth))
    return places


def _half_width(net: nx.DiGraph, node: str) -> float:
    return max(18.0, 5.0 + 4.5 * len(_label(net, node)))


def _label(net: nx.DiGraph, node: str) -> str:
    return ",".join(net.nodes[node]["variables"])


def _clipped(
    net: nx.DiGraph, places: dict[str, tuple[float, float]], tail: str, head: str
) -> tuple[float, float, float, float]:
    (x1, y1), (x2, y2) = places[tail], places[head]
    # Edges go downwards: leave the tail at its bottom, meet the head on its upper outline.
    radius, aside = _NODE_HEIGHT / 2, (x1 - x2) * 0.12
    corner = min(max(abs(aside) - (_half_width(net, head) - radius), 0.0), 0.7 * radius)
    aside = copysign(min(abs(aside), _half_width(net, head) - 0.3 * radius), aside)
    return x1, y1 + radius, x2 + aside, y2 - 1 - (radius**2 - corner**2) ** 0.5


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    # An edge over several rows is bent, lest it run behind the nodes between.
    bend = _GAP_X * 0.8 if y2 - y1 > _GAP_Y else 0.0
    return (
        f'<path d="M {x1:g} {y1:g} Q {(x1 + x2) / 2 + bend:g} {(y1 + y2) / 2:g} {x2:g} {y2:g}" '
        'fill="none" stroke="black" marker-end="url(#head)"/>'
    )


def _text(x: float, y: float, text: str, size: int = 15) -> str:
    font = _FONT.replace("15", str(size))
    shown = escape("".join(char if char.isprintable() else "\ufffd" for char in text))
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle" {font}>{shown}</text>'


def _svg(width: float, height: float, body: list[str]) -> str:
    head = (
        '<defs><marker id="head" markerWidth="9" markerHeight="7" refX="8" refY="3.5" '
        'orient="auto"><polygon points="0 0, 9 3.5, 0 7"/></marker></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{head}{"".join(body)}</svg>'
    )
