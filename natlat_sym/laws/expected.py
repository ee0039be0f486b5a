"""What functions about a law say when something else is given."""

from __future__ import annotations

import os

from natlat_sym.errors import InvalidInput
from natlat_sym.laws.law import Law


def as_law(value: object) -> None:
    """Refuse what is no law, with the function that makes one of it.

    Examples
    --------
    >>> as_law("survey.csv")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.InvalidInput: expected a law (nl.Dist), got the text 'survey.csv'; ...
    """
    if isinstance(value, Law):
        return
    kind = type(value).__name__
    got = f"the text {value[:40]!r}" if isinstance(value, str) else f"a value of type {kind}"
    if isinstance(value, str | os.PathLike):
        fix = "nl.read_law reads a law file, nl.read_table a table"
    elif hasattr(value, "columns"):
        fix = "nl.read_table makes one of a data frame"
    elif hasattr(value, "shape"):
        fix = "nl.Dist.from_array and nl.Dist.from_samples make one of numbers and of rows"
    else:
        fix = "nl.Dist.from_dict makes one of outcomes and masses"
    raise InvalidInput(f"expected a law (nl.Dist), got {got}; {fix}", value=value)
