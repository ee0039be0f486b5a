"""Tables of samples: CSV, TSV and Parquet files read as exact empirical laws."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from natlat_sym.errors import InvalidInput, UnreadableFile
from natlat_sym.exact.files import read_text
from natlat_sym.exact.naming import Names
from natlat_sym.explained import explained
from natlat_sym.laws.columns import Coded, Row, Rows, chosen_columns, count_of
from natlat_sym.laws.dist import Dist
from natlat_sym.laws.frames import is_frame, law_of_frame

_BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_LINES = 1 << 15


@explained
def read_table(
    path: str | os.PathLike[str] | Any,
    count: str | None = None,
    columns: Names | Mapping[str, str] | None = None,
    delimiter: str | None = None,
) -> Dist:
    """Return the exact empirical law of a table of samples: counts over the number of rows.

    Parameters
    ----------
    path : path or data frame
        CSV or TSV with a header line (UTF-8, a byte-order mark is skipped; quoted cells may hold
        delimiters and line ends), or ``.parquet`` when duckdb is installed; a data frame of pandas
        or polars, whose cells are labels as ``str`` writes them, the empty text for a missing one.
    count : str, optional
        The column that says how many times a row counts.
    columns : str, iterable of str or mapping, optional
        The variables, in this order; by default all columns but `count`.  A mapping of column to
        variable, such as ``{"age (years)": "age"}``, gives names to columns that have none.
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
    if is_frame(path):
        return law_of_frame(path, count, columns)
    if not isinstance(path, str | os.PathLike):
        raise InvalidInput(
            f"expected the path of a table, or a data frame, got a value of type "
            f"{type(path).__name__}; nl.Dist.from_samples takes rows"
        )
    file = Path(path)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise InvalidInput(f"expected a delimiter of one character, got {delimiter!r}")
    parquet = file.suffix.lower() == ".parquet"
    header, parts = _parquet_rows(file) if parquet else _text_rows(file, delimiter)
    chosen = chosen_columns(header, count, columns, _where(file))
    coded = Coded([header.index(name) for name in chosen])
    seen = False
    for rows in parts:
        seen = seen or bool(rows)
        if count is not None:
            rows = _counted(rows, header, count, file, delimiter)
        coded.add(rows)
    if not coded.weights:
        reason = f"every count in {count!r} is 0" if seen else "it has a header but no rows"
        raise InvalidInput(f"expected a table with at least one sample, {_where(file)}: {reason}")
    return coded.law(tuple(chosen.values()))


def table_header(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the names of the columns of a table, as they are written.

    Parameters
    ----------
    path : path
        As for `read_table`.

    Returns
    -------
    tuple of str

    Raises
    ------
    UnreadableFile, InvalidInput
        As for `read_table`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "votes.csv")
    ...     _ = path.write_text("X1,body mass\\n1,3\\n")
    ...     table_header(path)
    ('X1', 'body mass')
    """
    file = Path(path)
    parquet = file.suffix.lower() == ".parquet"
    return (_parquet_rows(file) if parquet else _text_rows(file, None))[0]


def _text_rows(file: Path, delimiter: str | None) -> tuple[Row, Iterator[Rows]]:
    """Return the header of a text table, and the distinct rows below it part by part."""
    quoted = _is_quoted(file)
    start = _header_line(file)
    delimiter = delimiter or _usual_delimiter(file, start)
    if quoted:
        parts = _quoted_parts(file, delimiter)
        ((header, _),) = next(parts)
    else:
        parts = _plain_parts(file, delimiter)
        header = tuple(start.split(delimiter))
    return header, _checked(header, parts, file, delimiter)


def _is_quoted(file: Path) -> bool:
    """Tell whether some cells are quoted, or some lines end in a bare carriage return."""
    quoted, zero, last = False, False, b""
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                zero = zero or b"\0" in block
                joined = last + block
                bare = joined.count(b"\r", 0, -1) != joined.count(b"\r\n")
                quoted = quoted or bare or b'"' in block
                last = b"\r" if block.endswith(b"\r") else b""
    except OSError:
        read_text(file, "a table")
        raise
    if zero:
        raise UnreadableFile(
            f"expected a table in UTF-8, {_where(file)} holds zero bytes; save it as UTF-8 text",
            path=str(file),
        )
    return quoted or last == b"\r"


def _header_line(file: Path) -> str:
    with file.open("rb") as stream:
        line = stream.readline()
        start = line.removeprefix(_BOM)
        if not start.strip():
            empty = "is empty" if not line and not stream.read(1) else "starts with an empty line"
            raise InvalidInput(f"expected a table with a header line, {_where(file)} {empty}")
    return _decoded(start, file).rstrip("\r\n")


def _decoded(text: bytes, file: Path) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        read_text(file, "a table in UTF-8")
        raise


def _plain_parts(file: Path, delimiter: str) -> Iterator[Rows]:
    """Yield the rows of many lines at a time; equal lines among them are cut into cells once."""
    with file.open("rb") as stream:
        stream.readline()
        while lines := Counter(islice(stream, _LINES)):
            text = _decoded(b"\n".join([line.rstrip(b"\r\n") for line in lines]), file)
            pairs = zip(text.split("\n"), lines.values(), strict=True)
            yield [(tuple(line.split(delimiter)), times) for line, times in pairs if line]


def _quoted_parts(file: Path, delimiter: str) -> Iterator[Rows]:
    """Yield the header as a part of its own, then the distinct rows of many at a time."""
    with _Reader(file, delimiter) as numbered:
        yield [(next(numbered)[1], 1)]
        while rows := Counter(row for _, row in islice(numbered, _LINES)):
            del rows[()]
            yield list(rows.items())


def _checked(header: Row, parts: Iterator[Rows], file: Path, delimiter: str) -> Iterator[Rows]:
    for rows in parts:
        if {len(row) for row, _ in rows} - {len(header)}:
            row = next(row for row, _ in rows if len(row) != len(header))
            line = _line_of(row, file, delimiter)
            raise InvalidInput(
                f"expected {len(header)} cells ({', '.join(header)}) in every row, "
                f"{_where(file)} line {line} has {len(row)}",
                line=line,
            )
        yield rows


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


def _line_of(row: Row, file: Path, delimiter: str) -> int:
    """Return the line on which a row first ends."""
    with _Reader(file, delimiter) as numbered:
        return next(line for line, found in numbered if found == row)


def _counted(rows: Rows, header: Row, count: str, file: Path, delimiter: str | None) -> Rows:
    """Return the rows that stand for some samples, multiplied by their counts."""
    place = header.index(count)
    found = []
    for row, times in rows:
        number = count_of(row[place])
        if number is None:
            raise InvalidInput(
                f"expected a count, an integer of at least 0, in column {count!r} of "
                f"{_where(file)}, {_row_text(row, file, delimiter)} has {row[place]!r}",
                cell=row[place],
            )
        if number:
            found.append((row, times * number))
    return found


def _row_text(row: Row, file: Path, delimiter: str | None) -> str:
    if file.suffix.lower() == ".parquet":
        return f"row {', '.join(row)}"
    delimiter = delimiter or _usual_delimiter(file, _header_line(file))
    return f"line {_line_of(row, file, delimiter)}"


def _usual_delimiter(file: Path, header: str) -> str:
    if file.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    return next((mark for mark in ",\t;" if mark in header), ",")


def _parquet_rows(file: Path) -> tuple[Row, Iterator[Rows]]:
    try:
        import duckdb
    except ImportError:
        raise InvalidInput(
            f"expected a text table, {_where(file)} is Parquet, which needs duckdb; "
            "pip install 'natlat-sym[tables]', or save it as CSV"
        ) from None
    if not file.is_file():
        read_text(file, "a table")
    parts = _parquet_parts(duckdb, file)
    ((header, _),) = next(parts)
    return header, parts


def _parquet_parts(duckdb: Any, file: Path) -> Iterator[Rows]:
    """Yield the header as a part of its own, then the distinct rows of many at a time."""
    with duckdb.connect() as connection:
        try:
            source, place = "from read_parquet(?)", [str(file)]
            found = connection.execute(f"select * {source} limit 0", place)
            names = tuple([column[0] for column in found.description])
            yield [(names, 1)]
            quoted = ['"' + name.replace('"', '""') + '"' for name in names]
            cells = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in quoted)
            found = connection.execute(
                f"select {cells}, count(*) {source} group by all order by all", place
            )
            while rows := found.fetchmany(_LINES):
                yield [(row[:-1], row[-1]) for row in rows]
        except duckdb.Error as error:
            raise UnreadableFile(
                f"expected a Parquet table, {_where(file)}: {str(error).splitlines()[0]}",
                path=str(file),
            ) from None


def _where(file: Path) -> str:
    return repr(str(file))
