"""Bayes nets in the XMLBIF format, versions 0.2 and 0.3."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.nets.bayesfile import Parts


def parse_xmlbif(text: str) -> Parts:
    """Return what an XMLBIF file says, its numbers as the texts they are.

    In a table the labels of the variable itself run fastest, then the last parent.

    Parameters
    ----------
    text : str
        The file.

    Returns
    -------
    Parts

    Raises
    ------
    SyntaxInvalid
        For text that is not XML, or is without a net; for variables that are not random.

    Examples
    --------
    >>> parse_xmlbif('''<BIF><NETWORK><NAME>n</NAME>
    ... <VARIABLE TYPE="nature"><NAME>A</NAME><OUTCOME>yes</OUTCOME><OUTCOME>no</OUTCOME></VARIABLE>
    ... <DEFINITION><FOR>A</FOR><TABLE>0.25 0.75</TABLE></DEFINITION></NETWORK></BIF>''').rows
    {'A': {(): ('0.25', '0.75')}}
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise SyntaxInvalid(f"expected an XMLBIF file, got text that is not XML: {error}") from None
    parts = Parts("an XMLBIF file")
    for variable in root.iter("VARIABLE"):
        kind = variable.get("TYPE", "nature")
        (spelled,) = _texts(variable, "NAME", 1)
        if kind not in ("nature", "discrete"):
            raise SyntaxInvalid(
                f"expected variables of the type nature in an XMLBIF file, {spelled} is {kind}"
            )
        labels = _texts(variable, "OUTCOME") or _texts(variable, "VALUE")
        parts.labels[parts.new_name(spelled)] = labels
    for table in (*root.iter("DEFINITION"), *root.iter("PROBABILITY")):
        (spelled,) = _texts(table, "FOR", 1)
        name = parts.old_name(spelled)
        parts.start_table(name, tuple(map(parts.old_name, _texts(table, "GIVEN"))))
        (numbers,) = _texts(table, "TABLE", 1)
        masses, size = tuple(numbers.split()), len(parts.labels[name])
        choices = parts.choices(name)
        if len(masses) != size * len(choices):
            raise SyntaxInvalid(
                f"expected {size * len(choices)} numbers in the table of {name} in an XMLBIF file, "
                f"got {len(masses)}"
            )
        parts.rows[name] = {
            key: masses[place * size : (place + 1) * size] for place, key in enumerate(choices)
        }
    return parts.finish()


def _texts(element: ElementTree.Element, tag: str, count: int | None = None) -> tuple[str, ...]:
    """Return the texts of the children with a tag, comments left out."""
    found = tuple(_text(child.itertext()) for child in element.iter(tag))
    if count is not None and len(found) != count:
        raise SyntaxInvalid(
            f"expected {count} {tag} in each {element.tag} of an XMLBIF file, got {len(found)}"
        )
    return found


def _text(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())
