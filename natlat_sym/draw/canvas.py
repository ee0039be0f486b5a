"""What every picture is made of: SVG text on a white ground, colours and dashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

# Okabe and Ito's palette, told apart with any colour vision; dashes tell components apart too.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
HEADED = 'marker-end="url(#head)"'  # of a path that ends in an arrow head, before `svg`
_MOST = 20  # characters of a label that are shown


@dataclass(frozen=True)
class Picture:
    """An SVG picture that notebooks show; ``str`` is the SVG text.

    Examples
    --------
    >>> Picture("<svg/>", "nothing")
    <picture of nothing>
    """

    svg: str
    text: str

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<picture of {self.text}>"

    def _repr_svg_(self) -> str:
        return self.svg


def text_at(x: float, y: float, text: str, size: int = 15, style: str = "") -> str:
    """Return a line of text that is centred at x.

    Parameters
    ----------
    x, y : float
        The middle of the line, at its foot.
    text : str
        A character that cannot be shown becomes U+FFFD.
    size : int
    style : str
        More attributes.

    Returns
    -------
    str

    Examples
    --------
    >>> text_at(10, 20, "a < b", 12)
    '<text x="10" y="20" text-anchor="middle" font-family="serif" font-size="12">a &lt; b</text>'
    """
    shown = escape("".join(char if char.isprintable() else "\ufffd" for char in text))
    more = style and f" {style}"
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="middle" font-family="serif" '
        f'font-size="{size}"{more}>{shown}</text>'
    )


def fitted(label: object) -> str:
    """Return the text of a label, its end left out when it is long.

    Examples
    --------
    >>> fitted("yes"), fitted("a label that is far too long")
    ('yes', 'a label that is far…')
    """
    text = str(label)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def svg(width: float, height: float, body: Iterable[str]) -> str:
    """Return an SVG picture on a white ground, so that it reads on a dark page too.

    The id of its arrow heads is made from the picture, so that another one on the same page, or a
    later version of it, does not take their place.

    Examples
    --------
    >>> svg(20, 10, []).endswith('<rect class="ground" width="20" height="10" fill="white"/></svg>')
    True
    """
    ground = f'<rect class="ground" width="{width:g}" height="{height:g}" fill="white"/>'
    drawn = "".join(body)
    heads = ""
    if HEADED in drawn:
        own = f"head-{hashlib.sha256(f'{ground}{drawn}'.encode()).hexdigest()[:12]}"
        drawn = drawn.replace(HEADED, HEADED.replace("#head", f"#{own}"))
        heads = _heads(own)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{heads}{ground}{drawn}</svg>'
    )


def _heads(own: str) -> str:
    return (
        f'<defs><marker id="{own}" markerWidth="9" markerHeight="7" refX="8" refY="3.5" '
        'orient="auto"><polygon points="0 0, 9 3.5, 0 7"/></marker></defs>'
    )
