"""Law files: JSON with rational masses as text, read strictly and written back exactly."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from natlat_sym.errors import InexactInput, InvalidInput, NotNormalised, SyntaxInvalid
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.files import read_text, write_aside
from natlat_sym.exact.naming import read_names
from natlat_sym.exact.render import shortened
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.lawbuild import read_mass, show_outcome

FORMAT = "natlat-law/1"
_KEYS = ("format", "variables", "parameters", "mass", "weights")


@explained
def read_law(source: str | os.PathLike[str] | Mapping[str, Any]) -> Dist:
    """Return the exact law of a law file.

    Parameters
    ----------
    source : path, JSON text, or the parsed object
        Text that starts with ``{`` is JSON; any other text is a path.

    Returns
    -------
    Dist
        Labels are text.

    Raises
    ------
    UnreadableFile
        When the path cannot be read as text.
    SyntaxInvalid
        When the text is not JSON, with the line and column.
    NotNormalised
        When ``mass`` does not sum to exactly 1.
    InvalidInput
        For anything else outside the format; `InexactInput` for a mass that is a JSON float.

    Notes
    -----
    ``{"format": "natlat-law/1", "variables": ["X", "Y"], "mass": [[["0", "0"], "3/8"], ...]}``;
    ``"weights"`` in place of ``"mass"`` is divided by its sum.

    Examples
    --------
    >>> text = '''{"format": "natlat-law/1", "variables": ["X"],
    ...            "mass": [[["a"], "1/4"], [["b"], "0.75"]]}'''
    >>> read_law(text).mass("b")
    Fraction(3, 4)
    """
    data: object = source
    if not isinstance(source, Mapping):
        inline = isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{")
        data = _parse(str(source) if inline else read_text(source, "a law file"), source, inline)
    if not isinstance(data, Mapping):
        raise InvalidInput(
            f"expected a law, a JSON object, got {_kind(data)}; see the format {FORMAT}"
        )
    return _law(data)


def law_to_json(dist: Dist) -> dict[str, Any]:
    """Return a law as the object its JSON file holds.

    Parameters
    ----------
    dist : Dist
        Labels that are not text are written as their ``str``.

    Returns
    -------
    dict
        Keys ``format``, ``variables``, ``mass``; masses as text in lowest terms.

    Raises
    ------
    InvalidInput
        When two labels of a variable look the same as text.

    Examples
    --------
    >>> law_to_json(Dist.uniform("X", ["a", "b"]))["mass"]
    [[['a'], '1/2'], [['b'], '1/2']]
    """
    for name, alphabet in zip(dist.names, dist.alphabets, strict=True):
        texts = [str(label) for label in alphabet]
        if len(set(texts)) < len(texts):
            raise InvalidInput(
                f"expected labels of {name} that differ as text, got {', '.join(texts)}; "
                "relabel them first",
                name=name,
            )
        if any(not isinstance(label, str) for label in alphabet):
            dist = dist.relabel(name, str)
    mass = [[list(outcome), show(value)] for outcome, value in dist.items()]
    ranges = {name: interval.shown(name) for name, interval in dist.parameters.items()}
    declared = {"parameters": ranges} if ranges else {}
    return {"format": FORMAT, "variables": list(dist.names), **declared, "mass": mass}


@explained
def write_law(dist: Dist, path: str | os.PathLike[str]) -> None:
    """Write a law file, one outcome a line.

    Parameters
    ----------
    dist : Dist
        The law.
    path : path
        Replaced only when the new file is complete.

    Raises
    ------
    UnreadableFile
        When the path cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_law(p, pathlib.Path(folder, "p.json"))
    ...     read_law(pathlib.Path(folder, "p.json")) == p
    True
    """
    as_law(dist)
    data = law_to_json(dist)
    lines = ",\n    ".join(json.dumps(entry, ensure_ascii=False) for entry in data["mass"])
    parameters = (
        f'  "parameters": {json.dumps(data["parameters"])},\n' if "parameters" in data else ""
    )
    variables = json.dumps(data["variables"])
    write_aside(
        path,
        f'{{\n  "format": "{FORMAT}",\n  "variables": {variables},\n{parameters}'
        f'  "mass": [\n    {lines}\n  ]\n}}\n',
    )


def _parse(text: str, source: object, inline: bool) -> object:
    where = "the text" if inline else repr(os.fspath(source))  # type: ignore[call-overload]
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_without_repeats,
            parse_int=_integer,
            parse_float=_Float,
            parse_constant=_Float,
        )
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip()
        hint = "the end is missing" if cut else error.msg
        raise SyntaxInvalid(
            f"expected a law as JSON, {where} stops being JSON at line {error.lineno}, column "
            f"{error.colno}: {hint}",
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise SyntaxInvalid(f"expected a law as JSON, {where} is nested too deeply") from None


class _Float(str):
    """A JSON number with a point or an exponent, kept as it was written."""

    __slots__ = ()


def _integer(text: str) -> int:
    return exact(text, "number").numerator


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidInput(f"expected each key once, {key!r} is repeated in the law", key=key)
        found[key] = value
    return found


def _law(data: Mapping[str, Any]) -> Dist:
    if data.get("format") != FORMAT:
        got = f"the format {data['format']!r}" if "format" in data else "no format"
        raise InvalidInput(f'expected a law with "format": "{FORMAT}", got {got}')
    for key in data:
        if key not in _KEYS:
            raise InvalidInput(
                f"expected only the keys {', '.join(_KEYS)} in a law, got {key!r}", key=key
            )
    parameters = _parameters(data.get("parameters"))
    if ("mass" in data) == ("weights" in data):
        raise InvalidInput('expected either "mass" or "weights" in a law, got both or neither')
    kind = "mass" if "mass" in data else "weights"
    names = _names(data.get("variables"))
    masses = _masses(data[kind], names, kind, parameters)
    if kind == "weights":
        return Dist.from_weights(masses, names)
    try:
        return Dist.from_dict(masses, names)
    except NotNormalised as error:
        total = error.operands["total"]
        raise NotNormalised(
            f"expected masses of the law that sum to 1, they sum to {shortened(show(total))}; "  # type: ignore[arg-type]
            'use "weights" instead of "mass" to divide by the sum',
            total=total,
        ) from None


def _names(variables: object) -> tuple[str, ...]:
    if not isinstance(variables, list | tuple):
        raise InvalidInput(
            f'expected "variables" to be a list of names, got {_kind(variables)}; '
            'write ["X1", "X2"]',
            variables=variables,
        )
    return read_names(variables)


def _parameters(declared: object) -> Any:
    """Return the ranges a law file declares."""
    if not declared:
        return None
    if not isinstance(declared, Mapping):
        raise InvalidInput(
            'expected "parameters" to be an object such as {"e": "0 < e < 1/2"}, got '
            f"{_kind(declared)}"
        )
    from natlat_sym.parameters.ranges import Ranges

    return Ranges.read(declared)


def _masses(
    entries: object, names: tuple[str, ...], kind: str, parameters: Any
) -> dict[tuple[str, ...], Fraction]:
    if not isinstance(entries, list | tuple):
        raise InvalidInput(
            f'expected "{kind}" to be a list of [[label, ...], number] pairs, got {_kind(entries)}'
        )
    found: dict[tuple[str, ...], Fraction] = {}
    for place, entry in enumerate(entries, start=1):
        outcome, mass = _entry(entry, names, f"entry {place} of {kind!r}", parameters)
        if outcome in found:
            raise InvalidInput(
                f"expected different outcomes, {show_outcome(outcome)} is repeated in "
                f"entry {place} of {kind!r}",
                outcome=outcome,
            )
        found[outcome] = mass
    return found


def _entry(
    entry: object, names: tuple[str, ...], where: str, parameters: Any
) -> tuple[tuple[str, ...], Fraction]:
    if not isinstance(entry, list | tuple) or len(entry) != 2:
        raise InvalidInput(f"expected a pair [[label, ...], number] in {where}, got {_kind(entry)}")
    labels, mass = entry
    if not isinstance(labels, list | tuple) or len(labels) != len(names):
        got = f"{len(labels)} labels" if isinstance(labels, list | tuple) else _kind(labels)
        raise InvalidInput(
            f"expected {len(names)} labels ({', '.join(names)}) in {where}, got {got}",
            outcome=labels,
        )
    for label in labels:
        if type(label) is not str:
            raise InvalidInput(
                f'expected labels that are text in {where}, got {label}; write "{label}"',
                label=label,
            )
    if isinstance(mass, _Float | float):
        raise InexactInput(
            f'expected an exact mass in {where}, got the float {mass}; write it as text: "{mass}"',
            mass=mass,
        )
    if not isinstance(mass, str | int | Fraction):
        raise InvalidInput(f'expected a mass such as "3/8" in {where}, got {_kind(mass)}')
    value = read_mass(mass, parameters) if parameters else exact(mass, f"mass in {where}")
    if value < 0:
        raise InvalidInput(
            f"expected a mass of at least 0 in {where}, got {show(value)}", mass=value
        )
    return tuple(labels), value


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", type(None): "nothing", bool: "a truth value"}
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return names.get(type(value), str(value))
