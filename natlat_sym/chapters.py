"""A proof script, run: its header, its results, what each of them says."""

from __future__ import annotations

import contextlib
import re
import runpy
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from natlat_sym import check
from natlat_sym.certified.quoted import Quotation
from natlat_sym.errors import InvalidInput, NatlatError, ProofError
from natlat_sym.rules.graphical import GraphicalProof

FIELDS = ("Claim", "Reading", "Source", "Uses")
CERTIFIED = ("proved", "on a range", "refuted", "witnessed")
_STATUS = {
    "linear": "proved",
    "symmetric": "proved",
    "all-n": "proved",
    "all-n-law": "witnessed",
    "refutation": "refuted",
    "law": "witnessed",
    "gap": "witnessed",
    "range": "on a range",
    "floor": "witnessed",
}
_TITLE = re.compile(r"(P\d+)\s+·\s+(\S.*)")
_FIELD = re.compile(rf"({'|'.join(FIELDS)})\s{{2,}}(\S.*)")


@dataclass(frozen=True)
class Entry:
    """One line of the proof map.

    Attributes
    ----------
    id : str
        ``P03.two-features``.
    claim : str
        What is proved, refuted, witnessed or quoted.
    status : str
        ``proved``, ``on a range`` (a law with a parameter has it for every value), ``refuted`` or
        ``witnessed`` (some explicit law has the stated values), each by a certificate;
        ``cites`` (a theorem proved elsewhere) or ``conjecture`` (open).
    assumptions : tuple of str
        The hypotheses the claim rests on.
    certificate : str or None
        The certificate, JSON text; a quoted statement has none.
    source : str or None
        Where a quoted statement is from.
    chain : str or None
        The rules that a graphical proof went through, line by line.
    picture : str or None
        The same as a strip of nets, SVG.
    """

    id: str
    claim: str
    status: str
    assumptions: tuple[str, ...]
    certificate: str | None
    source: str | None = None
    chain: str | None = None
    picture: str | None = None

    @property
    def filename(self) -> str:
        return f"{self.id}.json"

    def to_json(self) -> dict[str, object]:
        """Return what the map says of it as JSON values."""
        return {
            "id": self.id,
            "claim": self.claim,
            "status": self.status,
            "assumptions": list(self.assumptions),
            "source": self.source,
        }


@dataclass(frozen=True)
class Chapter:
    """One proof script after it ran: its header and its entries."""

    id: str
    title: str
    script: str
    fields: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    seconds: float

    def field(self, name: str) -> str:
        return dict(self.fields).get(name, "")


def run_script(path: Path) -> Chapter:
    """Run a proof script and have the trusted checker read what it made.

    Parameters
    ----------
    path : Path
        The script; what it prints goes to stderr.

    Returns
    -------
    Chapter

    Raises
    ------
    InvalidInput
        When header or ``RESULTS`` are not as they should be.
    ProofError
        When the script fails; the message names the script.
    """
    started = time.perf_counter()
    scope = run_file(path)
    header, title, fields = _header(path, scope.get("__doc__") or "")
    results = scope.get("RESULTS")
    if not isinstance(results, dict) or not results:
        raise InvalidInput(f"{path.name}: expected a non-empty mapping RESULTS at the end")
    entries = tuple(_entry(f"{header}.{name}", result) for name, result in results.items())
    return Chapter(header, title, path.name, fields, entries, time.perf_counter() - started)


def run_file(path: Path) -> dict[str, object]:
    """Run a Python file and return its names; a failure becomes a ProofError that names it."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return runpy.run_path(str(path), run_name="__proof__")
    except Exception as error:
        kind = "" if isinstance(error, NatlatError) else f"{type(error).__name__}: "
        raise ProofError(f"{path.name}: {kind}{error}", script=str(path)) from error


def _header(path: Path, doc: object) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    lines = str(doc).strip().splitlines()
    opening = _TITLE.fullmatch(lines[0].strip().rstrip(".")) if lines else None
    if not opening:
        raise InvalidInput(f"{path.name}: expected a docstring that opens with 'P01 · title'")
    if opening[1].lower() != path.name.split("_")[0]:
        raise InvalidInput(f"{path.name}: the docstring says {opening[1]}, the file name does not")
    found: dict[str, list[str]] = {}
    current = ""
    for line in lines[1:]:
        match = _FIELD.match(line)
        if match:
            current = match[1]
            found[current] = [match[2].strip()]
        elif line.startswith(" ") and current:
            found[current].append(line.strip())
        else:
            current = ""
    missing = [name for name in FIELDS if name not in found]
    if missing:
        raise InvalidInput(f"{path.name}: the docstring lacks the field {missing[0]!r}")
    return opening[1], opening[2], tuple((name, " ".join(found[name])) for name in FIELDS)


def _entry(identifier: str, result: object) -> Entry:
    if isinstance(result, Quotation):
        return Entry(identifier, result.claim, result.status, (), None, result.source)
    certificate = getattr(result, "certificate", None)
    if certificate is None:
        raise InvalidInput(
            f"{identifier}: expected what prove, refute, evaluate, gap, quote or conjecture"
            f" returned, got {result!r}"
        )
    text = certificate.text
    checked = check.verify(text)
    status = _STATUS[checked["kind"]]
    given = tuple(checked["assumptions"])
    entry = Entry(identifier, checked["claim"], status, given, text)
    if isinstance(result, GraphicalProof):
        return replace(entry, chain=str(result), picture=result.picture().svg)
    return entry
