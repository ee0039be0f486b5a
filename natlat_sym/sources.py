"""What a SOURCE argument names: a zoo law, a law file, a table of samples, or stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.files import read_text

if TYPE_CHECKING:
    from natlat_sym.dist import Dist

_TABLES = {".csv", ".tsv", ".parquet"}
_NETS = {".bif", ".xmlbif", ".xbif"}


def load_source(source: str, count: str | None = None) -> Dist:
    """Return the exact law a SOURCE argument names.

    Parameters
    ----------
    source : str
        ``zoo:NAME``, ``-`` (a law on stdin), or a path: ``.json`` is a law, ``.csv``, ``.tsv``
        and ``.parquet`` are tables of samples, anything else is told apart by its first character.
    count : str, optional
        The column that holds multiplicities, for tables.

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
    if source.startswith("zoo:"):
        _refuse_count(source, count)
        from natlat_sym import zoo

        return zoo.law(source.removeprefix("zoo:"))
    if source == "-":
        _refuse_count(source, count)
        from natlat_sym.lawfile import read_law

        return read_law(_law_text(sys.stdin.read()))
    suffix = Path(source).suffix.lower()
    if suffix in _NETS:
        raise InvalidInput(
            f"expected a law (.json) or a table (.csv, .tsv, .parquet), {source!r} is a Bayes net; "
            "write its joint law as JSON first",
            path=source,
        )
    if suffix in _TABLES or (suffix != ".json" and not _looks_like_json(source)):
        from natlat_sym.tables import read_table

        return read_table(source, count=count)
    _refuse_count(source, count)
    from natlat_sym.lawfile import read_law

    return read_law(source)


def _law_text(text: str) -> str:
    if text.lstrip().startswith("{"):
        return text
    start = text.strip().splitlines()[:1]
    raise InvalidInput(
        f"expected a law (JSON) on stdin, got text that starts {start[0][:40]!r}"
        if start
        else "expected a law (JSON) on stdin, got nothing"
    )


def _looks_like_json(source: str) -> bool:
    return read_text(source, "a law or a table").lstrip().startswith("{")


def _refuse_count(source: str, count: str | None) -> None:
    if count is not None:
        raise InvalidInput(
            f"--count names a column of a table; {source!r} is a law, which has masses instead",
            count=count,
        )
