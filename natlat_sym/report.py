"""One self-contained HTML page of a folder of proofs: claims, map, certificates, pictures.

The page needs no network and no script, and is the same for the same proofs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from natlat_sym.certified.certificates import Certificate
from natlat_sym.chapters import Chapter, Entry
from natlat_sym.draw import picture
from natlat_sym.exact.render import html_table
from natlat_sym.maptext import STATUS_WORDS, tally

if TYPE_CHECKING:
    import networkx as nx

LONG = 1 << 16  # characters of a certificate: a longer one is shown in part
_LINES = 40

_STYLE = """
body { font: 17px/1.5 Georgia, serif; color: #1a1a1a; background: #fff; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 14px/1.45 ui-monospace, Menlo, Consolas, monospace; }
pre { overflow-x: auto; background: #f6f6f4; padding: 0.6rem 0.8rem; margin: 0.4rem 0; }
pre.claim { white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 0.8rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.7rem 0.3rem 0;
  border-top: 1px solid #ddd; }
section { margin-top: 3rem; border-top: 2px solid #1a1a1a; }
article { margin: 1rem 0; padding-left: 0.8rem; border-left: 3px solid #bbb; }
article.proved, article.range { border-color: #009e73; }
article.refuted, article.witnessed { border-color: #0072b2; }
article.cites, article.conjecture { border-color: #e69f00; }
article p { margin: 0.2rem 0; }
.status { font-variant: small-caps; }
figure { display: inline-block; margin: 0.6rem 1rem 0.6rem 0; max-width: 100%; overflow-x: auto; }
figcaption { color: #555; font-size: 14px; }
summary { cursor: pointer; color: #444; }
a { color: #0050a0; }
@media print { details > * { display: block; } pre { white-space: pre-wrap; } }
"""
# Nothing may be fetched, whatever a claim or a header holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_html(chapters: Sequence[Chapter]) -> str:
    """Return chapters whose certificates have been re-checked as one page.

    Parameters
    ----------
    chapters : sequence of Chapter
        As `run_proofs` returns them in a map that is sound.

    Returns
    -------
    str
        HTML; every picture and certificate is in it.  A certificate of more than 65536 characters
        is shown in part, with its digest and the name of its file.

    Examples
    --------
    >>> from natlat_sym import prove
    >>> text = prove("H(X|Y) <= H(X)").certificate.text
    >>> entry = Entry("P01.main", "H(X|Y) <= H(X)", "proved", (), text)
    >>> fields = (("Claim", "H(X|Y) <= H(X)"), ("Reading", "It helps."), ("Uses", "nothing"))
    >>> page = report_html([Chapter("P01", "Less", "p01_less.py", fields, (entry,), 0.1)])
    >>> page.startswith("<!DOCTYPE html>"), "H(X|Y) &lt;= H(X)" in page
    (True, True)
    """
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>Proof map</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        *_opening(chapters),
    ]
    for chapter in chapters:
        parts += _section(chapter)
    parts.append("</body>\n</html>\n")
    return _own_markers("\n".join(parts))


def _opening(chapters: Sequence[Chapter]) -> Iterator[str]:
    entries = [entry for chapter in chapters for entry in chapter.entries]
    yield f"<h1>Proof map</h1>\n<p>{escape(tally(entries))}.</p>"
    yield html_table(("status", "what it says"), STATUS_WORDS.items())
    yield "<h2>Chapters</h2>"
    if uses := _uses(chapters):
        text = "An arrow leads from a chapter to those that use it, unless they do through others."
        yield _figure(uses, text)
    yield "<ol>"
    for chapter in chapters:
        count = len(chapter.entries)
        link = f'<a href="#{escape(chapter.id)}">{escape(chapter.id)}</a>'
        yield f"<li>{link} {escape(chapter.title)} ({count} result{'s' * (count != 1)})</li>"
    yield "</ol>"


def _uses(chapters: Sequence[Chapter]) -> nx.DiGraph:
    """Return an arrow from each chapter to those that use it directly.

    Chapters that stand alone are left out, and arrows that a longer way through others implies.
    """
    import networkx as nx

    known = {chapter.id for chapter in chapters}
    uses = nx.DiGraph()
    for chapter in chapters:
        for name in re.findall(r"P\d+", chapter.field("Uses")):
            if name in known:
                uses.add_edge(name, chapter.id)
    direct = nx.DiGraph()
    direct.add_nodes_from(chapter.id for chapter in chapters if chapter.id in uses)
    direct.add_edges_from(nx.transitive_reduction(uses).edges)
    return direct


def _section(chapter: Chapter) -> Iterator[str]:
    yield f'<section id="{escape(chapter.id)}">'
    yield f"<h2>{escape(chapter.id)} · {escape(chapter.title)}</h2>"
    yield f'<pre class="claim">{escape(chapter.field("Claim"))}</pre>'
    yield f"<p>{escape(chapter.field('Reading'))}</p>"
    source, uses = escape(chapter.field("Source")), escape(chapter.field("Uses"))
    yield f"<p>Source: {source}<br>Uses: {uses}<br>"
    yield f"Script: <code>{escape(chapter.script)}</code></p>"
    drawn = dict.fromkeys(net for entry in chapter.entries for net in _nets(entry.claim))
    for net in drawn:
        yield _figure(net, f"KL({net})")
    for entry in chapter.entries:
        yield from _article(entry)
    yield "</section>"


def _article(entry: Entry) -> Iterator[str]:
    kind = entry.status.split()[-1]
    yield f'<article id="{escape(entry.id)}" class="{escape(kind)}">'
    head = f"<b>{escape(entry.id)}</b> <span class='status'>{escape(entry.status)}</span>"
    yield f"<p>{head}</p>\n<p><code>{escape(entry.claim)}</code></p>"
    for text in entry.assumptions:
        yield f"<p>given <code>{escape(text)}</code></p>"
    if entry.source:
        yield f"<p>source: {escape(entry.source)}</p>"
    if entry.picture:
        yield f"<figure>{entry.picture}</figure>"
    if entry.chain:
        yield f"<pre>{escape(entry.chain)}</pre>"
    if entry.certificate is not None:
        yield from _evidence(entry, entry.certificate)
    yield "</article>"


def _evidence(entry: Entry, text: str) -> Iterator[str]:
    shown = _shortened(str(Certificate(text)))
    yield f"<details><summary>evidence</summary>\n<pre>{escape(shown, quote=False)}</pre>"
    if len(text) <= LONG:
        plain = escape(text, quote=False)  # a tenth of it is quotes
        yield f"<details><summary>certificate</summary>\n<pre>{plain}</pre></details>"
    else:
        digest = json.loads(text)["digest"]
        name = f"<code>certificates/{escape(entry.filename)}</code>"
        yield f"<p>The certificate, {len(text)} characters, is {name}, {escape(digest)}.</p>"
    yield "</details>"


def _shortened(text: str) -> str:
    lines = text.splitlines()
    left_out = len(lines) - 2 * _LINES
    if left_out <= 2 * _LINES:
        return text
    return "\n".join([*lines[:_LINES], f"... {left_out} lines ...", *lines[-_LINES:]])


def _nets(claim: str) -> Iterator[str]:
    """Yield what stands between the parentheses of every KL(...)."""
    for match in re.finditer(r"\bKL\(", claim):
        depth, end = 1, match.end()
        while depth and end < len(claim):
            depth += {"(": 1, ")": -1}.get(claim[end], 0)
            end += 1
        yield claim[match.end() : end - 1]


def _figure(net: object, caption: str) -> str:
    return f"<figure>{picture(net).svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _own_markers(page: str) -> str:
    """Number the arrow heads of the pictures: one that is shown twice would repeat its id."""
    pictures = page.split("<svg ")
    for number, part in enumerate(pictures[1:], 1):
        pictures[number] = re.sub(
            r'(?<=id=")head-\w+(?=")|(?<=url\(#)head-\w+(?=\))', f"head{number}", part
        )
    return "<svg ".join(pictures)
