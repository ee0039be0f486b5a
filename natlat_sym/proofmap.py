"""Run a folder of proof scripts, keep their certificates, draw the map.

A proof script is a Python file ``pNN_*.py`` whose docstring opens with ``PNN · title`` and has
the fields *Claim*, *Reading*, *Source* and *Uses*, and which ends with a mapping ``RESULTS`` from
short names to theorems, refutations and evaluations.  Each result has a stored certificate; the
trusted checker reads it again in a process that cannot import anything but the standard library.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from natlat_sym import check
from natlat_sym.errors import InvalidInput, ProofError, UnreadableFile
from natlat_sym.files import write_aside

if TYPE_CHECKING:
    from natlat_sym.theorems import Evaluation, Refutation, Theorem

FIELDS = ("Claim", "Reading", "Source", "Uses")
_STATUS = {
    "linear": "proved",
    "symmetric": "proved",
    "all-n": "proved",
    "refutation": "refuted",
    "law": "witnessed",
    "gap": "witnessed",
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
        What is proved, refuted or witnessed, in the notation.
    status : str
        ``proved``, ``refuted`` or ``witnessed`` (some explicit law has the stated values).
    assumptions : tuple of str
        The hypotheses the claim rests on.
    certificate : str
        The certificate, JSON text.
    """

    id: str
    claim: str
    status: str
    assumptions: tuple[str, ...]
    certificate: str

    @property
    def filename(self) -> str:
        return f"{self.id}.json"


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


@dataclass(frozen=True)
class ProofMap:
    """All chapters of a folder, and what is wrong with the stored files (nothing, one hopes)."""

    chapters: tuple[Chapter, ...]
    faults: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    @property
    def sound(self) -> bool:
        return not self.faults


def run_proofs(
    folder: str | os.PathLike[str],
    update: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> ProofMap:
    """Run every proof script of a folder and check the stored certificates and map.

    Parameters
    ----------
    folder : path
        Holds ``pNN_*.py``, ``certificates/`` and ``README.md`` (the map).
    update : bool
        Write the certificates and the map instead of comparing them.
    progress : callable
        Told one line per script.

    Returns
    -------
    ProofMap
        With one fault per missing, stale, extra or rejected file.

    Raises
    ------
    UnreadableFile
        When there is no such folder, or no proof script in it.
    ProofError
        When a script fails; the message names the script.
    """
    root = Path(folder)
    scripts = sorted(root.glob("p[0-9]*_*.py"))
    if not root.is_dir():
        raise UnreadableFile(f"expected a folder of proof scripts, {str(root)!r} is not one")
    if not scripts:
        raise UnreadableFile(
            f"expected proof scripts named pNN_*.py in {str(root)!r}, found none", path=str(root)
        )
    chapters = tuple(_run_script(path, progress) for path in scripts)
    expected = dict(_expected_files(chapters))
    if update:
        _store(root, expected)
    faults = [*_compare(root, expected), *_recheck(root, chapters)]
    return ProofMap(chapters, tuple(faults))


def _run_script(path: Path, progress: Callable[[str], None]) -> Chapter:
    started = time.perf_counter()
    try:
        scope = runpy.run_path(str(path), run_name="__proof__")
    except Exception as error:
        raise ProofError(f"{path.name}: {error}", script=str(path)) from error
    header, title, fields = _header(path, scope.get("__doc__") or "")
    results = scope.get("RESULTS")
    if not isinstance(results, dict) or not results:
        raise InvalidInput(f"{path.name}: expected a non-empty mapping RESULTS at the end")
    entries = tuple(_entry(f"{header}.{name}", result) for name, result in results.items())
    seconds = time.perf_counter() - started
    progress(f"{header}  {len(entries)} results  {seconds:.2f} s  {title}")
    return Chapter(header, title, path.name, fields, entries, seconds)


def _header(path: Path, doc: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    lines = doc.strip().splitlines()
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


def _entry(identifier: str, result: Theorem | Refutation | Evaluation) -> Entry:
    text = result.certificate.text
    checked = check.verify(text)
    status = _STATUS[checked["kind"]]
    return Entry(identifier, checked["claim"], status, tuple(checked["assumptions"]), text)


def _expected_files(chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, str]]:
    for chapter in chapters:
        for entry in chapter.entries:
            yield f"certificates/{entry.filename}", entry.certificate
    yield "README.md", map_markdown(chapters)


def _store(root: Path, expected: dict[str, str]) -> None:
    folder = root / "certificates"
    folder.mkdir(exist_ok=True)
    for name, text in expected.items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_aside(path, text)
    for path in sorted(folder.glob("*.json")):
        if f"certificates/{path.name}" not in expected:
            path.unlink()


def _compare(root: Path, expected: dict[str, str]) -> Iterator[str]:
    for name, text in expected.items():
        path = root / name
        if not path.is_file():
            yield f"missing: {name} (natlat proofs --update writes it)"
        elif path.read_text(encoding="utf-8") != text:
            yield f"stale: {name} is not what the scripts give (natlat proofs --update)"
    for path in sorted((root / "certificates").glob("*")):
        if f"certificates/{path.name}" not in expected:
            yield f"extra: certificates/{path.name} belongs to no script"


def _recheck(root: Path, chapters: tuple[Chapter, ...]) -> list[str]:
    """Re-check the stored files in a process without site-packages: no sympy, no natlat_sym."""
    names = [entry.filename for chapter in chapters for entry in chapter.entries]
    files = [str(root / "certificates" / name) for name in names]
    present = [name for name in files if os.path.isfile(name)]
    if not present:
        return []
    command = [sys.executable, "-I", "-S", check.__file__, *present]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [line for line in done.stdout.splitlines() if line.startswith("rejected")]
    lines = said or done.stderr.strip().splitlines()
    return [f"the trusted checker says: {line}" for line in lines]


def map_markdown(chapters: tuple[Chapter, ...]) -> str:
    """Return the proof map as Markdown, one table row per result."""
    lines = [
        "# Proof map",
        "",
        "Generated by `natlat proofs --update`; a stale map fails the tests. Each row has a",
        "certificate in `certificates/`, re-checked by `natlat_sym/check.py` alone; the format is",
        "in [CERTIFICATE.md](CERTIFICATE.md). *proved*: for every law of finite variables, from",
        "the Shannon inequalities. *refuted*: an explicit rational law violates it. *witnessed*:",
        "an explicit rational law has it.",
        "",
    ]
    for chapter in chapters:
        lines += [
            f"## {chapter.id} · {chapter.title}",
            "",
            f"[`{chapter.script}`]({chapter.script}) — {chapter.field('Reading')}",
            "",
            f"Source: {chapter.field('Source')} Uses: {chapter.field('Uses')}",
            "",
            "| id | claim | status | given |",
            "| --- | --- | --- | --- |",
        ]
        for entry in chapter.entries:
            given = "<br>".join(f"`{_cell(text)}`" for text in entry.assumptions) or "nothing"
            link = f"[{entry.id}](certificates/{entry.filename})"
            lines.append(f"| {link} | `{_cell(entry.claim)}` | {entry.status} | {given} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
