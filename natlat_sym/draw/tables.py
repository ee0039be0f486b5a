"""Pictures of laws: the support of two variables, and the table of a translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.draw.canvas import DASHES, PALETTE, Picture, fitted, svg, text_at
from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import show
from natlat_sym.explained import explained
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.components import common_part

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.translation import Translation

_STEP, _LINE, _TOP, _BETWEEN = 44, 14, 52, 260  # of a support
_HALO = 'stroke="white" stroke-width="5" paint-order="stroke"'  # text on lines
_LETTER = 8.0  # width of a character of a label
_MARGIN = 24.0
_DARK = Fraction(9, 10)  # above it white letters stand out more than black ones
_SPOTS = (7, 5, 10, 13, 15, 9, 11, 4, 16, 6, 14, 8, 12)  # of a mass on its line, in twentieths


@explained
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
    labelling = common_part(pair, x, y).labelling
    columns = [{label: i for i, label in enumerate(pair.alphabet(name))} for name in (x, y)]
    left = _MARGIN + max(36.0, *map(_half_width, columns[0]))
    right = left + _BETWEEN
    most = max(
        n for i in (0, 1) for n in Counter(outcome[i] for outcome, _ in pair.items()).values()
    )
    step = max(_STEP, _LINE * most)
    lines, masses = [], []
    taken: list[_Box] = []
    for outcome, mass in pair.items():
        y1, y2 = (_TOP + step * columns[i][outcome[i]] for i in (0, 1))
        lines.append(_line((left, y1), (right, y2), labelling(*outcome)))
        text = show(mass)
        taken.append(_free_spot((left, y1), (right, y2), 3.4 * len(text), taken))
        masses.append(text_at(taken[-1].x, taken[-1].y + 4, text, 12, _HALO))
    body = [text_at(left, 24, x), text_at(right, 24, y), *lines, *masses]
    for middle, column in ((left, columns[0]), (right, columns[1])):
        for label, row in column.items():
            body += _value(middle, _TOP + step * row, label)
    width = right + max(36.0, *map(_half_width, columns[1])) + _MARGIN
    word = "component" if labelling.count == 1 else "components"
    text = f"the support of {x} and {y}, {labelling.count} {word}"
    return Picture(svg(width, _TOP + step * max(map(len, columns)), body), text)


@dataclass(frozen=True)
class _Box:
    """The middle of a text, and half its width."""

    x: float
    y: float
    half: float

    def near(self, other: _Box) -> bool:
        """Whether the two texts would touch."""
        return abs(self.x - other.x) < self.half + other.half and abs(self.y - other.y) < 12


def _free_spot(
    tail: tuple[float, float], head: tuple[float, float], half: float, taken: Sequence[_Box]
) -> _Box:
    """Return the first place on a line that is free; the first of all where none is."""
    (x1, y1), (x2, y2) = tail, head
    spots = [_Box(x1 + s / 20 * (x2 - x1), y1 + s / 20 * (y2 - y1), half) for s in _SPOTS]
    return next((spot for spot in spots if not any(map(spot.near, taken))), spots[0])


def _line(tail: tuple[float, float], head: tuple[float, float], component: int) -> str:
    shade = PALETTE[component % len(PALETTE)]
    dash = DASHES[component % len(DASHES)]  # neighbours differ in grey, too
    return (
        f'<line x1="{tail[0]:g}" y1="{tail[1]:g}" x2="{head[0]:g}" y2="{head[1]:g}" '
        f'stroke="{shade}" stroke-width="2" stroke-dasharray="{dash}"/>'
    )


def _value(x: float, y: float, label: Hashable) -> list[str]:
    half = _half_width(label)
    box = (
        f'<rect x="{x - half:g}" y="{y - 14:g}" width="{2 * half:g}" height="28" rx="14" '
        'fill="white" stroke="black"/>'
    )
    return [box, text_at(x, y + 5, fitted(label))]


def _half_width(label: Hashable) -> float:
    return max(14.0, 8 + _LETTER * len(fitted(label)) / 2)


@explained
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
    source, target = translation.source, translation.target
    table, weights = translation.table, translation.law.marginal([source])
    labels = sorted({label for row in table.values() for label in row}, key=str)
    require_numbers(weights, purpose="to draw")
    if len(table) * len(labels) > 400:
        raise InvalidInput(f"expected at most 400 cells to draw, got {len(table) * len(labels)}")
    rows, columns = [fitted(given) for given in table], [fitted(label) for label in labels]
    width = max(64.0, _LETTER * max(map(len, columns)) + 12)
    left, top = 60 + _LETTER * max(map(len, rows)), 86.0
    middle, right = left + width * len(labels) / 2, left + width * len(labels)
    body = [text_at(middle, 22, f"P[{target}|{source}]"), text_at(middle, 50, target)]
    body += [text_at(left + width * (i + 0.5), top - 10, text) for i, text in enumerate(columns)]
    y = top
    for text, (given, row) in zip(rows, table.items(), strict=True):
        height = 24 + 48 * float(weights.mass(given)) ** 0.5
        body.append(text_at((left + 40) / 2, y + height / 2 + 5, text))
        for i, label in enumerate(labels):
            body += _cell(left + width * i, y, width, height, row.get(label, Fraction(0)))
        y += height
    turned = f'transform="rotate(-90 {_MARGIN:g} {(top + y) / 2:g})"'
    body.append(text_at(_MARGIN, (top + y) / 2, source, style=turned))
    side = max(right, middle + _LETTER * (len(source) + len(target) + 3) / 2)
    return Picture(svg(side + _MARGIN, y + _MARGIN, body), f"P[{target}|{source}]")


def _cell(x: float, y: float, width: float, height: float, mass: Fraction) -> list[str]:
    shade = (
        f'<rect x="{x:g}" y="{y:.1f}" width="{width:g}" height="{height:.1f}" fill="{PALETTE[0]}" '
        f'fill-opacity="{float(mass):.3f}" stroke="black" stroke-width="0.5"/>'
    )
    exact = show(mass)
    text = exact if len(exact) <= 6 else f"{float(mass):.3f}"
    colour = 'fill="white"' if mass > _DARK else ""
    return [shade, text_at(x + width / 2, y + height / 2 + 5, text, 13, colour)]
