"""Data frames of pandas and polars as tables of samples, without importing either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import Names
from natlat_sym.laws.columns import Coded, Row, chosen_columns, count_of
from natlat_sym.laws.dist import Dist

WHERE = "the data frame"


def is_frame(value: object) -> bool:
    """Tell whether a value offers what a data frame of pandas or polars does.

    Examples
    --------
    >>> is_frame("rows.csv"), is_frame([("a", "b")])
    (False, False)
    """
    return hasattr(value, "columns") and (
        hasattr(value, "itertuples") or hasattr(value, "iter_rows")
    )


def law_of_frame(
    frame: Any, count: str | None = None, columns: Names | Mapping[str, str] | None = None
) -> Dist:
    """Return the exact empirical law of the rows of a data frame.

    Parameters
    ----------
    frame : data frame
    count, columns
        As for `read_table`.

    Returns
    -------
    Dist
        Labels are the cells as text, the empty text for a missing one.

    Raises
    ------
    UnknownVariable, InvalidInput
        As for `read_table`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = [("yes", 3), (None, 1)]
    >>> print(law_of_frame(SimpleNamespace(columns=["X", "n"], iter_rows=lambda: rows), "n"))
    X    mass
         1/4
    yes  3/4
    """
    header = tuple(map(str, frame.columns))
    chosen = chosen_columns(header, count, columns, WHERE)
    coded = Coded(range(len(chosen)))
    used = [header.index(name) for name in (*chosen, *([] if count is None else [count]))]
    cells = list(zip(*_rows(frame), strict=True))
    tally: Counter[Row] = Counter()
    if cells:
        tally.update(zip(*[_texts(cells[place]) for place in used], strict=True))
    if not tally:
        raise InvalidInput(f"expected a table with at least one sample, {WHERE} has no rows")
    rows = list(tally.items())
    if count is not None:
        rows = [(row[:-1], times * _count(row[-1], count)) for row, times in rows]
        rows = [(row, times) for row, times in rows if times]
    if not rows:
        raise InvalidInput(f"expected at least one sample, every count in {count!r} is 0")
    coded.add(rows)
    return coded.law(tuple(chosen.values()))


def _count(cell: str, column: str) -> int:
    number = count_of(cell)
    if number is None:
        raise InvalidInput(
            f"expected a count, an integer of at least 0, in column {column!r} of {WHERE}, got "
            f"{cell!r}",
            cell=cell,
        )
    return number


def _rows(frame: Any) -> Iterable[Any]:
    if hasattr(frame, "itertuples"):
        return frame.itertuples(index=False, name=None)  # type: ignore[no-any-return]
    return frame.iter_rows()  # type: ignore[no-any-return]


class _Known(dict[Any, str]):
    """Cells with their text; each is written out once."""

    def __missing__(self, cell: Any) -> str:
        text = self[cell] = _text(cell)
        return text


def _texts(column: tuple[Any, ...]) -> list[str]:
    """Return the texts of cells.

    Of different types 1, 1.0 and True are equal, but not as text; of floats 0.0 and -0.0 are.
    """
    kinds = set(map(type, column))
    if len(kinds) == 1 and kinds <= {str, int, bool}:
        return list(map(_Known().__getitem__, column))
    return list(map(_text, column))


def _text(cell: Any) -> str:
    """Return a cell as a table on disk has it; what is missing (None, nan, NA) is empty."""
    missing = cell is None or type(cell).__name__ in ("NAType", "NaTType") or cell != cell
    return "" if missing else str(cell)
