"""What a SOURCE argument names: a zoo law, a law file, a table, a Bayes net, or stdin."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.files import read_text

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

_TABLES = {".csv", ".tsv", ".parquet"}
# Alphabets that are looked at for labels that may not be meant, and from where on all different.
LABELS, MANY = 10_000, 20
COUNTS = {"count", "counts", "freq", "frequency", "multiplicity", "n"}
_NUMBER = re.compile(r"([-+]?)([0-9]+)(?:\.([0-9]*))?", re.ASCII)
_NETS = {".bif", ".xmlbif", ".xbif", ".xml"}


def load_source(
    source: str,
    count: str | None = None,
    keep: Sequence[str] | None = None,
    needed: Sequence[str] | None = None,
    normalise: bool = False,
    among: Sequence[str] | None = None,
) -> Dist:
    """Return the exact law a SOURCE argument names.

    Parameters
    ----------
    source : str
        ``zoo:NAME``, ``-`` (a law on stdin), or a path: ``.json`` is a law, ``.csv``, ``.tsv``
        and ``.parquet`` are tables of samples, ``.bif``, ``.xmlbif``, ``.xbif`` and ``.xml`` are
        Bayes nets (``.gz`` may follow), anything else is told apart by its first character.
    count : str, optional
        The column that holds multiplicities, for tables.
    keep : sequence of str, optional
        The variables to keep; default all.
    needed : sequence of str, optional
        For tables and Bayes nets without ``keep``: the variables to keep, because nothing else is
        asked for.
    normalise : bool
        Divide the rows of a Bayes net that do not sum to 1 by their sum; stderr says which.
    among : sequence of str, optional
        Keep those of these variables that the source has.

    Returns
    -------
    Dist

    Raises
    ------
    InvalidInput
        With what was expected and the nearest fix.

    Examples
    --------
    >>> load_source("zoo:C01").names
    ('X1', 'X2', 'L', 'M')
    """
    if is_net(source):
        _refuse_count(source, count)
        return _net_law(source, keep or needed, normalise, among)
    if normalise:
        raise InvalidInput(
            f"--normalise is for the rows of a Bayes net (.bif, .xmlbif), {source!r} is none"
        )
    columns = None if among is not None else keep or needed
    law = _law(source, count, columns)
    if among is not None:
        return law.marginal([name for name in among if name in law.names])
    return law if keep is None else law.marginal(keep)


def is_net(source: str) -> bool:
    """Tell whether a SOURCE is a file that holds a Bayes net.

    Examples
    --------
    >>> is_net("asia.bif.gz"), is_net("zoo:asia"), is_net("law.json")
    (True, False, False)
    """
    path = Path(source)
    suffix = Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix
    return not source.startswith("zoo:") and suffix.lower() in _NETS


def _net_law(
    source: str, keep: Sequence[str] | None, normalise: bool, among: Sequence[str] | None
) -> Dist:
    from natlat_sym.nets.bayesfile import read_net

    net = read_net(Path(source), normalise)
    if net.adjusted:
        print(f"natlat: {source}: {net.adjustment()}", file=sys.stderr)
    return net.law(keep if among is None else [name for name in among if name in net.labels])


def _law(source: str, count: str | None, columns: Sequence[str] | None) -> Dist:
    from natlat_sym.laws.lawfile import read_law

    if source.startswith("zoo:"):
        _refuse_count(source, count)
        from natlat_sym import zoo

        return zoo.law(source.removeprefix("zoo:"))
    if source == "-":
        _refuse_count(source, count)
        return read_law(_law_text(_stdin_text(), "on stdin"))
    if _is_pipe(source):  # can be read once only
        _refuse_count(source, count)
        return read_law(_law_text(read_text(source, "a law"), "through a pipe"))
    suffix = Path(source).suffix.lower()
    if suffix in _TABLES or (suffix != ".json" and not _looks_like_json(source)):
        from natlat_sym.laws.tables import read_table, table_header

        if count is None:
            _mention_counts(source, table_header(source))
        table = read_table(source, count=count, columns=columns or None)
        _mention_labels(source, table)
        return table
    _refuse_count(source, count)
    return read_law(source)


def _stdin_text() -> str:
    return "" if sys.stdin is None else sys.stdin.read().removeprefix("\ufeff")


def _is_pipe(source: str) -> bool:
    try:
        return Path(source).is_fifo()
    except OSError:
        return False  # reading it says why


def _law_text(text: str, where: str) -> str:
    if text.lstrip().startswith("{"):
        return text
    start = text.strip().splitlines()[:1]
    raise InvalidInput(
        f"expected a law (JSON) {where}, got text that starts {start[0][:40]!r}; a table is read "
        "from a file"
        if start
        else f"expected a law (JSON) {where}, got nothing"
    )


def _mention_counts(source: str, header: Sequence[str]) -> None:
    """Say on stderr when a column looks like multiplicities that were not asked for."""
    if found := [name for name in header if name.lower() in COUNTS]:
        print(
            f"natlat: {source}: every row counts once; --count {found[0]} if that column says how "
            "often a row occurs",
            file=sys.stderr,
        )


def _mention_labels(source: str, table: Dist) -> None:
    """Say on stderr which labels may not be meant: empty ones, and numbers as text."""

    def say(words: str, names: list[str]) -> None:
        shown = ", ".join(names[:6]) + (", ..." if len(names) > 6 else "")
        print(f"natlat: {source}: {words} {shown}", file=sys.stderr)

    labels = {name: list(map(str, table.alphabet(name))) for name in table.names}
    alike = {name: _same_number(listed) for name, listed in labels.items()}
    if holed := [name for name in table.names if "" in labels[name]]:
        say("empty cells are a label of their own in", holed)
    if twice := [f"{name} ({pair})" for name, pair in alike.items() if pair]:
        say("labels are told apart by their text in", twice)
    if single := [name for name in table.names if MANY <= len(labels[name]) == table.total]:
        say("every row has a label of its own (numbers are labels: round or bin them) in", single)


def _same_number(labels: Sequence[str]) -> str:
    """Return two labels that are the same number, or the same but for blanks."""
    seen: dict[object, str] = {}
    for label in labels[:LABELS]:
        text = label.strip()
        number = _NUMBER.fullmatch(text)
        key = _digits(number) if number else text
        if (other := seen.setdefault(key, label)) != label:
            return f"{other!r} and {label!r}"
    return ""


def _digits(number: re.Match[str]) -> tuple[str, str, str]:
    return number[1].lstrip("+"), number[2].lstrip("0"), (number[3] or "").rstrip("0")


def _looks_like_json(source: str) -> bool:
    return read_text(source, "a law or a table").lstrip().startswith("{")


def is_table(source: str) -> bool:
    """Tell whether a SOURCE is a file that holds a table of samples, by its name.

    Examples
    --------
    >>> is_table("rows.csv"), is_table("zoo:gss")
    (True, False)
    """
    return not source.startswith("zoo:") and Path(source).suffix.lower() in _TABLES


def _refuse_count(source: str, count: str | None) -> None:
    if count is not None:
        raise InvalidInput(
            f"--count names a column of a table; {source!r} is a law or a net, which has masses "
            "instead",
            count=count,
        )
