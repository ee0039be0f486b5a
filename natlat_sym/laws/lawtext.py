"""A law as text, as HTML, and as the expression that makes it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from natlat_sym.exact.field import show
from natlat_sym.exact.scalars import divided
from natlat_sym.laws.lawbuild import outcomes

if TYPE_CHECKING:
    from natlat_sym.laws.law import Law

_SHOWN = 24
_EVALUABLE = 1024


def law_text(law: Law) -> str:
    """Return the first outcomes with their masses, as aligned columns."""
    rows = _rows(law)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    if len(law) > _SHOWN:
        lines.append(f"... {len(law)} outcomes")
    return "\n".join(lines)


def law_repr(law: Law) -> str:
    """Return an expression that makes the law, unless it has too many outcomes."""
    if len(law) > _EVALUABLE:
        return f"<{type(law).__name__} of {', '.join(law.names)}: {len(law)} outcomes>"
    bare = len(law.names) == 1 and not any(isinstance(a, tuple) for a in law.alphabets[0])
    masses = {(outcome[0] if bare else outcome): show(mass) for outcome, mass in law.items()}
    ranges = f", parameters={str(law.parameters)!r}" if law.parameters else ""
    return f"{type(law).__name__}.from_dict({masses!r}, {' '.join(law.names)!r}{ranges})"


def law_html(law: Law) -> str:
    """Return the first outcomes with their masses, as an HTML table."""
    head, *rows = _rows(law)
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = [f"<tr>{cells}</tr>"]
    for row in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    if len(law) > _SHOWN:
        lines.append(f'<tr><td colspan="{len(head)}">... {len(law)} outcomes</td></tr>')
    return "\n".join(["<table>", *lines, "</table>"])


def _rows(law: Law) -> list[list[str]]:
    """Return the header and the first rows of the mass table, as text."""
    table = law.counts.head(_SHOWN)
    shown = outcomes(table, law.alphabets)
    masses = [show(divided(weight, law.total)) for weight in table.weights.tolist()]
    rows = [[*map(str, outcome), mass] for outcome, mass in zip(shown, masses, strict=True)]
    return [[*law.names, "mass"], *rows]
