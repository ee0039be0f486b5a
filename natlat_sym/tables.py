"""Tables of samples: CSV, TSV and Parquet files read as exact empirical laws."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from natlat_sym.dist import Dist
from natlat_sym.errors import InvalidInput, UnknownVariable, UnreadableFile
from natlat_sym.field import integer
from natlat_sym.files import read_text
from natlat_sym.lawbuild import tabulate
from natlat_sym.naming import Names, fixed_name, read_names, refuse_repeated

_BOM = b"\xef\xbb\xbf"
Row = tuple[str, ...]


def read_table(
    path: str | os.PathLike[str],
    count: str | None = None,
    columns: Names | None = None,
    delimiter: str | None = None,
) -> Dist:
    """Return the exact empirical law of a table of samples: counts over the number of rows.

    Parameters
    ----------
    path : path
        CSV or TSV with a header line (UTF-8, a byte-order mark is skipped; quoted cells may hold
        delimiters and line ends), or ``.parquet`` when duckdb is installed.
    count : str, optional
        The column that says how many times a row counts.
    columns : str or iterable of str, optional
        The variables, in this order; by default all columns but `count`.
    delimiter : str, optional
        One character; by default a tab for ``.tsv`` and what the header uses otherwise.

    Returns
    -------
    Dist
        Labels are the cells as text, empty cells included.  Blank lines are skipped.

    Raises
    ------
    UnreadableFile
        For a missing file, a directory, or text that is not UTF-8.
    UnknownVariable
        For a column the table does not have.
    InvalidInput
        For an empty table, a ragged row or a bad count (with the line), a header name that is not
        a variable name (with the nearest one that is).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "votes.csv")
    ...     _ = path.write_text("X1,X2,n\\nyes,no,3\\nyes,yes,1\\n")
    ...     print(read_table(path, count="n"))
    X1   X2   mass
    yes  no   3/4
    yes  yes  1/4
    """
    names, tally = count_rows(path, count, columns, delimiter)
    return Dist._of(names, *tabulate(names, tally))


def count_rows(
    path: str | os.PathLike[str],
    count: str | None = None,
    columns: Names | None = None,
    delimiter: str | None = None,
) -> tuple[tuple[str, ...], dict[Row, int]]:
    """Return the variables of a table and how many times each distinct row occurs.

    Parameters
    ----------
    path, count, columns, delimiter
        As for :func:`read_table`.

    Returns
    -------
    (tuple of str, dict of row to int)
        Unlike the law, the counts are not in lowest terms.

    Raises
    ------
    InvalidInput
        As :func:`read_table`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "coins.csv")
    ...     _ = path.write_text("X\\nh\\nt\\nh\\nt\\n")
    ...     count_rows(path)
    (('X',), {('h',): 2, ('t',): 2})
    """
    file = Path(path)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise InvalidInput(f"expected a delimiter of one character, got {delimiter!r}")
    if file.suffix.lower() == ".parquet":
        header, rows = _parquet_rows(file)
    else:
        header, rows = _text_rows(file, delimiter)
    chosen = _columns(header, count, columns, file)
    place = None if count is None else header.index(count)
    places = [header.index(name) for name in chosen]
    tally: dict[Row, int] = {}
    for row, times in rows.items():
        key = tuple([row[index] for index in places])
        if place is not None:
            times *= _count_cell(row, place, header, file, delimiter)
        tally[key] = tally.get(key, 0) + times
    if not any(tally.values()):
        reason = f"every count in {count!r} is 0" if tally else "it has a header but no rows"
        raise InvalidInput(f"expected a table with at least one sample, {_where(file)}: {reason}")
    return chosen, tally


def _columns(header: Row, count: str | None, columns: Names | None, file: Path) -> tuple[str, ...]:
    refuse_repeated(header, f"column names in {_where(file)}")
    asked = [name for name in header if name != count] if columns is None else read_names(columns)
    for name in asked if count is None else (*asked, count):
        if name not in header:
            raise UnknownVariable(
                f"expected a column {name!r} in {_where(file)}, it has {', '.join(header)}",
                name=name,
                known=header,
            )
    if count in asked:
        raise InvalidInput(f"expected {count!r} to be the count or a variable, not both")
    for name in asked:
        if fixed_name(name) != name:
            raise InvalidInput(
                f"expected variable names in the header of {_where(file)} (a letter, then letters, "
                f"digits, _ or '), got {name!r}; rename the column to {fixed_name(name)!r}",
                name=name,
            )
    return tuple(asked)


def _text_rows(file: Path, delimiter: str | None) -> tuple[Row, Counter[Row]]:
    """Count the distinct rows of a text table, below its header."""
    header_line, lines = _raw_lines(file)
    quoted = any(b'"' in line or b"\r" in line.rstrip(b"\r\n") for line in (header_line, *lines))
    try:
        head = header_line.removeprefix(_BOM).decode("utf-8").rstrip("\r\n")
        delimiter = delimiter or _usual_delimiter(file, head)
        if quoted:
            return _quoted_rows(file, delimiter)
        header = tuple(head.split(delimiter))
        rows: Counter[Row] = Counter()
        for line, times in lines.items():
            if text := line.decode("utf-8").rstrip("\r\n"):
                rows[tuple(text.split(delimiter))] += times
    except UnicodeDecodeError:
        read_text(file, "a table in UTF-8")
        raise
    _check_rows(header, rows, file, delimiter)
    return header, rows


def _raw_lines(file: Path) -> tuple[bytes, Counter[bytes]]:
    """Return the header line and how many times each raw line below it occurs."""
    try:
        with file.open("rb") as stream:
            header = stream.readline()
            lines = Counter(stream)
    except OSError:
        read_text(file, "a table")
        raise
    if not header.removeprefix(_BOM).strip():
        raise InvalidInput(
            f"expected a table with a header line, {_where(file)} "
            + ("is empty" if not header and not lines else "starts with an empty line")
        )
    if any(b"\0" in line for line in (header, *lines)):
        raise UnreadableFile(
            f"expected a table in UTF-8, {_where(file)} holds zero bytes; save it as UTF-8 text",
            path=str(file),
        )
    return header, lines


def _quoted_rows(file: Path, delimiter: str) -> tuple[Row, Counter[Row]]:
    with _Reader(file, delimiter) as numbered:
        header = next(numbered)[1]
        rows = Counter(row for _, row in numbered if row)
    _check_rows(header, rows, file, delimiter)
    return header, rows


class _Reader:
    """The numbered rows of a text table with quoted cells: (line it ends on, cells)."""

    def __init__(self, file: Path, delimiter: str) -> None:
        self.file, self.delimiter = file, delimiter

    def __enter__(self) -> Iterator[tuple[int, Row]]:
        self.stream = self.file.open(encoding="utf-8-sig", newline="")
        return self._rows()

    def __exit__(self, *problem: object) -> None:
        self.stream.close()

    def _rows(self) -> Iterator[tuple[int, Row]]:
        reader = csv.reader(self.stream, delimiter=self.delimiter, strict=True)
        try:
            for row in reader:
                yield reader.line_num, tuple(row)
        except csv.Error as error:
            raise InvalidInput(
                f"expected a table with quoted cells closed, {_where(self.file)} line "
                f"{reader.line_num}: {error}",
                line=reader.line_num,
            ) from None


def _check_rows(header: Row, rows: Iterable[Row], file: Path, delimiter: str) -> None:
    for row in rows:
        if len(row) != len(header):
            line = _line_of(row, file, delimiter)
            raise InvalidInput(
                f"expected {len(header)} cells ({', '.join(header)}) in every row, {_where(file)} "
                f"line {line} has {len(row)}",
                line=line,
            )


def _line_of(row: Row, file: Path, delimiter: str) -> int:
    """Return the line on which a row first ends."""
    with _Reader(file, delimiter) as numbered:
        return next(line for line, found in numbered if found == row)


def _count_cell(row: Row, place: int, header: Row, file: Path, delimiter: str | None) -> int:
    cell = row[place].strip()
    if cell.isascii() and cell.isdigit():
        return integer(cell)
    where = f"row {', '.join(row)}"
    if file.suffix.lower() != ".parquet":
        delimiter = delimiter or _usual_delimiter(file, _first_line(file))
        where = f"line {_line_of(row, file, delimiter)}"
    raise InvalidInput(
        f"expected a count, an integer of at least 0, in column {header[place]!r} of "
        f"{_where(file)}, {where} has {row[place]!r}",
        cell=row[place],
    )


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return stream.readline()


def _usual_delimiter(file: Path, header: str) -> str:
    if file.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    return next((mark for mark in ",\t;" if mark in header), ",")


def _parquet_rows(file: Path) -> tuple[Row, Counter[Row]]:
    try:
        import duckdb
    except ImportError:
        raise InvalidInput(
            f"expected a text table, {_where(file)} is Parquet, which needs duckdb; "
            "pip install 'natlat-sym[tables]', or save it as CSV"
        ) from None
    if not file.is_file():
        read_text(file, "a table")
    with duckdb.connect() as connection:
        try:
            table = connection.read_parquet(str(file))
            header = tuple(table.columns)
            quoted = ['"' + name.replace('"', '""') + '"' for name in header]
            cells = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in quoted)
            found: Sequence[Any] = table.aggregate(f"{cells}, count(*)").fetchall()
        except duckdb.Error as error:
            raise UnreadableFile(
                f"expected a Parquet table, {_where(file)}: {str(error).splitlines()[0]}",
                path=str(file),
            ) from None
    return header, Counter({tuple(row[:-1]): row[-1] for row in sorted(found)})


def _where(file: Path) -> str:
    return repr(str(file))
