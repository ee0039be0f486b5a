"""Named laws with their sources and exact values: ``zoo.law("C05")``.

Examples
--------
>>> from natlat_sym import zoo
>>> zoo.entry("C05").title
'L, X1, X2 fair and independent, M = L xor X1'
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.explained import explained
from natlat_sym.zoo import catalogue as zoo_catalogue
from natlat_sym.zoo import counterexamples as zoo_counterexamples
from natlat_sym.zoo import families as zoo_families
from natlat_sym.zoo import nets as zoo_nets
from natlat_sym.zoo import real as zoo_real
from natlat_sym.zoo.entry import Entry
from natlat_sym.zoo.families import TinyMixture
from natlat_sym.zoo.laws import path
from natlat_sym.zoo.real import language_law

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

__all__ = ["Entry", "TinyMixture", "entry", "language_law", "law", "names", "path"]

_ENTRIES = (
    *zoo_catalogue.ENTRIES,
    *zoo_counterexamples.ENTRIES,
    *zoo_families.ENTRIES,
    *zoo_real.ENTRIES,
    *zoo_nets.ENTRIES,
)
_BY_NAME = {key: entry for entry in _ENTRIES for key in (entry.id, entry.name)}


def names() -> tuple[str, ...]:
    """Return the names of all laws, in catalogue order.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> names()[0], "gss" in names()
    ('copied-coin', True)
    """
    return tuple(entry.name for entry in _ENTRIES)


@explained
def entry(name: str) -> Entry:
    """Return one entry: the law with its source, roles and exact values.

    Parameters
    ----------
    name : str
        An identifier such as ``C05``, or a name such as ``related-beyond-the-data``.

    Returns
    -------
    Entry

    Raises
    ------
    InvalidInput
        With the nearest name.

    Examples
    --------
    >>> entry("C11").values["I(X1;X2|L)"]
    '0'
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        pass
    folded = {_folded(key): key for key in _BY_NAME}
    close = difflib.get_close_matches(_folded(name), folded, n=1, cutoff=0.4)
    hint = (
        f"did you mean {folded[close[0]]!r}?" if close else "natlat zoo or zoo.names() lists them"
    )
    raise InvalidInput(f"expected the name of a law in the zoo, got {name!r}; {hint}", name=name)


def _folded(name: str) -> str:
    """Return a name in lower case and its number without leading zeros: ``C01`` is ``c1``."""
    return re.sub(r"^([a-z]+)0+(?=\d)", r"\1", name.casefold())


@explained
def law(name: str) -> Dist:
    """Return a named law.

    Parameters
    ----------
    name : str
        An identifier or a name, as for ``entry``.

    Returns
    -------
    Dist

    Raises
    ------
    InvalidInput
        With the nearest name.

    Examples
    --------
    >>> law("xor").names
    ('X', 'Y', 'Z')
    """
    return entry(name).law
