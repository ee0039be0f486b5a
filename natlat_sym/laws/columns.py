"""Columns of a table: which are chosen, and their cells as small numbers with weights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from natlat_sym.errors import InvalidInput, UnknownVariable
from natlat_sym.exact.field import integer
from natlat_sym.exact.naming import Names, fixed_name, read_names, refuse_repeated
from natlat_sym.exact.weights import LIMIT, Array
from natlat_sym.laws.counts import Counts
from natlat_sym.laws.dist import Dist

Row = tuple[str, ...]
Rows = list[tuple[Row, int]]  # with how many samples each stands for


class Coded:
    """The cells of some columns, each label as a small number, with the weight of every row.

    Parameters
    ----------
    places : sequence of int
        Which cells of a row are kept.

    Examples
    --------
    >>> coded = Coded([1])
    >>> coded.add([(("7", "yes"), 3), (("8", "no"), 1)])
    >>> print(coded.law(("X",)))
    X    mass
    no   1/4
    yes  3/4
    """

    def __init__(self, places: Sequence[int]) -> None:
        self.places = places
        self.codes: list[_Codes] = [_Codes() for _ in places]
        self.parts: list[list[Array]] = [[] for _ in places]
        self.weights: list[Array] = []

    def add(self, rows: Rows) -> None:
        """Take more rows with their weights."""
        if not rows:
            return
        listed, times = zip(*rows, strict=True)
        cells = list(zip(*listed, strict=True))
        for place, codes, parts in zip(self.places, self.codes, self.parts, strict=True):
            column = list(map(codes.__getitem__, cells[place]))
            parts.append(np.array(column, dtype=np.min_scalar_type(len(codes))))
        self.weights.append(np.array(times, dtype=np.int64 if max(times) < LIMIT else object))

    def law(self, names: Sequence[str]) -> Dist:
        """Return the law of the columns, with sorted labels, in lowest terms."""
        alphabets, columns = [], []
        for codes, parts in zip(self.codes, self.parts, strict=True):
            alphabet = tuple(sorted(codes))
            new = np.empty(len(codes), dtype=np.min_scalar_type(len(codes)))
            new[[codes[label] for label in alphabet]] = np.arange(len(codes))
            alphabets.append(alphabet)
            columns.append(new[np.concatenate(parts)])
            parts.clear()
        shape = [len(alphabet) for alphabet in alphabets]
        table = Counts.from_codes(shape, columns, np.concatenate(self.weights))
        return Dist._of(tuple(names), alphabets, table.reduced())


class _Codes(dict[str, int]):
    """Numbers of labels, in the order in which they are first met."""

    def __missing__(self, label: str) -> int:
        code = self[label] = len(self)
        return code


def chosen_columns(
    header: Row, count: str | None, columns: Names | Mapping[str, str] | None, where: str
) -> dict[str, str]:
    """Return the columns that make a law, with their variables.

    Parameters
    ----------
    header : tuple of str
    count : str or None
        The column of counts.
    columns : str, iterable of str, mapping or None
        The columns, all but the count by default; a mapping says their variables.
    where : str
        What the table is called in messages.

    Returns
    -------
    dict of column to variable

    Raises
    ------
    UnknownVariable, InvalidInput
        For a column that is missing or repeated, and for a name that is none.

    Examples
    --------
    >>> chosen_columns(("age (years)", "L"), None, {"age (years)": "age", "L": "L"}, "'a.csv'")
    {'age (years)': 'age', 'L': 'L'}
    """
    if columns is None:
        chosen = {name: name for name in header if name != count}
        refuse_repeated(header, f"column names in {where}")
    elif isinstance(columns, Mapping):
        chosen = dict(columns)
        refuse_repeated(read_names(list(chosen.values())))
    else:
        chosen = {name: name for name in read_names(columns)}
    used = [*chosen] if count is None else [*chosen, count]
    for name in used:
        if name not in header:
            raise UnknownVariable(
                f"expected a column {name!r} in {where}, it has {', '.join(header)}",
                name=name,
                known=header,
            )
    refuse_repeated([name for name in header if name in used], f"column names in {where}")
    if count in chosen:
        raise InvalidInput(f"expected {count!r} to be the count or a variable, not both")
    for name in chosen.values():
        if fixed_name(name) != name:
            raise InvalidInput(
                f"expected variable names in the header of {where} (a letter, then letters, "
                f"digits, _ or '), got {name!r}; rename the column to {fixed_name(name)!r}, or "
                "choose other columns (columns=, --keep)",
                name=name,
            )
    return chosen


def count_of(cell: str) -> int | None:
    """Return the count that a cell holds, None when it holds another thing.

    Parameters
    ----------
    cell : str

    Returns
    -------
    int or None

    Examples
    --------
    >>> count_of(" 12"), count_of("3.0"), count_of("0.5"), count_of("-1")
    (12, 3, None, None)
    """
    found = re.fullmatch(r"\s*([0-9]+)(?:\.0*)?\s*", cell, re.ASCII)
    return integer(found[1]) if found else None
