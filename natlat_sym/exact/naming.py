"""Variable names: reading them, finding them in a law, and the nearest name that is right."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from typing import Any

from natlat_sym.errors import InvalidInput, UnknownVariable

Names = str | Iterable[str]
Groups = str | Iterable[str | Iterable[str]]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_']*")
_GREEK = re.compile(r"GREEK (CAPITAL|SMALL) LETTER (?:FINAL )?(\w+)")
_SEPARATORS = re.compile(r"[\s,]+")


def read_names(names: Names, what: str = "variables") -> tuple[str, ...]:
    """Return variable names from ``"X1 X2"``, ``"X1,X2"`` or an iterable of names.

    Parameters
    ----------
    names : str or iterable of str
        The names.
    what : str
        What the names are, for the error message.

    Returns
    -------
    tuple of str
        In the order given, a set in the order of its names; all different.

    Raises
    ------
    InvalidInput
        For text that is not a name (with the nearest one that is), or a repeated name.

    Examples
    --------
    >>> read_names("X1, X2 L")
    ('X1', 'X2', 'L')
    """
    if isinstance(names, str):
        listed: list[object] = [name for name in _SEPARATORS.split(names) if name]
    elif isinstance(names, Iterable):
        listed = in_order(names)
    else:
        raise InvalidInput(f"expected names of {what}, got {names!r}; write 'X1 X2'", names=names)
    for name in listed:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise InvalidInput(
                f"expected a variable name (a letter, then letters, digits, _ or '), got {name!r}; "
                f"write {fixed_name(str(name))!r}",
                name=name,
            )
    found = tuple(str(name) for name in listed)
    refuse_repeated(found, what)
    return found


def read_groups(groups: Groups, what: str = "features") -> tuple[tuple[str, ...], ...]:
    """Return groups of variables, such as features, from text or an iterable.

    Parameters
    ----------
    groups : str or iterable of str or of iterables of str
        Text lists single variables, ``"X1 X2"`` or ``"X1,X2"``; in an iterable each member is a
        group, ``["X1", ("X2", "X3")]``.
    what : str
        What the groups are, for the error message.

    Returns
    -------
    tuple of tuple of str
        In the order given, a set in the order of its members' names.

    Raises
    ------
    InvalidInput
        For text that is not a name, a repeated name in a group, or a group without any.

    Examples
    --------
    >>> read_groups("X1 X2"), read_groups([("X2", "X1"), "X3"])
    ((('X1',), ('X2',)), (('X2', 'X1'), ('X3',)))
    """
    if isinstance(groups, str):
        groups = [name for name in _SEPARATORS.split(groups) if name]
    if not isinstance(groups, Iterable):
        raise InvalidInput(
            f"expected {what} such as 'X1 X2' or ['X1', ('X2', 'X3')], got {groups!r}", names=groups
        )
    found = tuple(read_names(group, f"variables in each of the {what}") for group in groups)
    if () in found:
        raise InvalidInput(f"expected {what} of one variable or more, got an empty one")
    if isinstance(groups, Set):
        found = tuple(sorted(found))
    return found


def in_order(names: Iterable[Any]) -> list[Any]:
    """Return names as a list; a set, which has no order of its own, is sorted by its text.

    Parameters
    ----------
    names : iterable

    Returns
    -------
    list

    Examples
    --------
    >>> in_order({"X2", "X1"}), in_order(("X2", "X1"))
    (['X1', 'X2'], ['X2', 'X1'])
    """
    return sorted(names, key=str) if isinstance(names, Set) else list(names)


def refuse_repeated(names: Sequence[str], what: str = "variables") -> None:
    """Raise when a name occurs twice.

    Parameters
    ----------
    names : sequence of str
        The names.
    what : str
        What the names are, for the error message.

    Raises
    ------
    InvalidInput
        Naming the first repeated one.

    Examples
    --------
    >>> refuse_repeated(["X1", "X1"])
    Traceback (most recent call last):
        ...
    natlat_sym.errors.InvalidInput: expected different variables, 'X1' is repeated in X1, X1
    """
    if len(set(names)) == len(names):
        return
    for place, name in enumerate(names):
        if name in names[:place]:
            raise InvalidInput(
                f"expected different {what}, {name!r} is repeated in {', '.join(names)}", name=name
            )


def fixed_name(text: str) -> str:
    """Return the nearest variable name to a text.

    Parameters
    ----------
    text : str
        What somebody wrote.

    Returns
    -------
    str

    Examples
    --------
    >>> fixed_name("body mass (g)"), fixed_name("2nd")
    ('body_mass_g', 'V2nd')
    >>> fixed_name("Λ₁"), fixed_name("größe")
    ('Lambda1', 'grosse')
    """
    name = re.sub(r"[^A-Za-z0-9']+", "_", _latin(text)).strip("_'")
    return name if _NAME.fullmatch(name) else f"V{name}"


def _latin(text: str) -> str:
    """Return text with accents off, subscripts on the line and Greek letters by their names."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(_spelled(c) for c in plain if not unicodedata.combining(c))


def _spelled(character: str) -> str:
    found = _GREEK.fullmatch(unicodedata.name(character, ""))
    if found is None:
        return character
    name = {"LAMDA": "LAMBDA"}.get(found[2], found[2])
    return name.title() if found[1] == "CAPITAL" else name.lower()


def find_names(names: Names, known: Sequence[str]) -> tuple[int, ...]:
    """Return the places of names among the variables of a law.

    Parameters
    ----------
    names : str or iterable of str
        The names asked for.
    known : sequence of str
        The variables of the law.

    Returns
    -------
    tuple of int

    Raises
    ------
    UnknownVariable
        With the known names, and the nearest one.

    Examples
    --------
    >>> find_names("L X1", ("X1", "X2", "L"))
    (2, 0)
    """
    places = {name: place for place, name in enumerate(known)}
    asked = read_names(names)
    for name in asked:
        if name not in places:
            hint = nearest(name, known)
            raise UnknownVariable(
                f"expected one of the variables {_some(known) or '(none)'}, got {name!r}{hint}",
                name=name,
                known=tuple(known),
            )
    return tuple(places[name] for name in asked)


def nearest(name: str, known: Sequence[str]) -> str:
    """Return the end of a message that proposes the known name most like another one.

    Parameters
    ----------
    name : str
        One that is not known.
    known : sequence of str

    Returns
    -------
    str
        Empty where none is alike.

    Examples
    --------
    >>> nearest("smok", ["smoke", "lung"]), nearest("l", ["X", "L"]), nearest("dog", ["X"])
    ("; did you mean 'smoke'?", "; did you mean 'L'?", '')
    """
    same = [one for one in known if one.casefold() == name.casefold()]
    close = same or difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _some(names: Sequence[str]) -> str:
    """Return names as a list, a long one cut short."""
    return ", ".join(names if len(names) <= 24 else [*names[:20], f"... ({len(names)} in all)"])
