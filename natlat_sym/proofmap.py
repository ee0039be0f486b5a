"""Run a folder of proof scripts, keep their certificates, draw the map.

A proof script is a Python file ``pNN_*.py`` whose docstring opens with ``PNN · title`` and has
the fields *Claim*, *Reading*, *Source* and *Uses*, and which ends with a mapping ``RESULTS`` from
short names to theorems, refutations, evaluations and quoted statements.  Each result has a stored
certificate; the trusted checker reads it again in a process that cannot import anything but the
standard library.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from natlat_sym import check
from natlat_sym.chapters import Chapter, Entry, run_file, run_script
from natlat_sym.errors import ProofError, UnreadableFile
from natlat_sym.exact.files import require_writable, write_aside
from natlat_sym.maptext import map_markdown

HEADLINE = "headline.py"


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
        Holds ``pNN_*.py``, ``certificates/``, ``README.md`` (the map), and perhaps
        ``headline.py``, which fails when a pinned statement is not what is proved.
    update : bool
        Write the certificates and the map instead of comparing them; nothing is written when a
        script fails.
    progress : callable
        Told one line per script.

    Returns
    -------
    ProofMap
        With one fault per script that fails and per missing, stale, extra or rejected file.

    Raises
    ------
    UnreadableFile
        When there is no such folder, or no proof script in it, or it cannot be updated.
    InvalidInput
        When a script lacks a header or ``RESULTS``.
    """
    root = Path(folder)
    scripts = sorted(root.glob("p[0-9]*_*.py"))
    if not root.is_dir():
        raise UnreadableFile(
            f"expected a folder of proof scripts, {str(root)!r} is not one; the source of "
            "natlat_sym has them in its folder proofs"
        )
    if not scripts:
        raise UnreadableFile(
            f"expected proof scripts named pNN_*.py in {str(root)!r}, found none", path=str(root)
        )
    if update:
        _require_writable(root)
    chapters, failed = _run_all(root, scripts, progress)
    expected = dict(_expected_files(chapters))
    if failed:
        failed.append("certificates and map: not compared, since a script fails")
        return ProofMap(tuple(chapters), tuple(failed))
    if update:
        _store(root, expected)
    faults = [*_compare(root, expected), *_recheck(root, chapters)]
    return ProofMap(tuple(chapters), tuple(faults))


def _run_all(
    root: Path, scripts: Sequence[Path], progress: Callable[[str], None]
) -> tuple[list[Chapter], list[str]]:
    """Run the scripts and the headline; return chapters and what failed."""
    chapters: list[Chapter] = []
    failed: list[str] = []
    for number, path in enumerate(scripts, 1):
        place = f"[{number}/{len(scripts)}]"
        try:
            chapter = run_script(path)
        except ProofError as error:
            failed.append(f"fails: {error}")
            progress(f"{place} {failed[-1]}")
            continue
        chapters.append(chapter)
        count = f"{len(chapter.entries)} results"
        progress(f"{place} {chapter.id}  {count}  {chapter.seconds:.2f} s  {chapter.title}")
    if (root / HEADLINE).is_file():
        try:
            run_file(root / HEADLINE)
        except ProofError as error:
            failed.append(f"fails: {error}")
            progress(failed[-1])
    return chapters, failed


def _expected_files(chapters: Sequence[Chapter]) -> Iterator[tuple[str, str]]:
    for chapter in chapters:
        for entry in chapter.entries:
            if entry.certificate is not None:
                yield f"certificates/{entry.filename}", entry.certificate
    yield "README.md", map_markdown(chapters)


def _require_writable(root: Path) -> None:
    """Refuse a folder that cannot be updated before its scripts run."""
    require_writable(root / "README.md")
    if (root / "certificates").exists():
        require_writable(root / "certificates" / "P00.json")


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


def _recheck(root: Path, chapters: Sequence[Chapter]) -> list[str]:
    """Re-check the stored files in a process without site-packages: no sympy, no natlat_sym."""
    entries = [entry for chapter in chapters for entry in chapter.entries if entry.certificate]
    files = [str(root / "certificates" / entry.filename) for entry in entries]
    present = [name for name in files if os.path.isfile(name)]
    if not present:
        return []
    command = [sys.executable, "-I", "-S", os.path.dirname(check.__file__), *present]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [line for line in done.stdout.splitlines() if line.startswith("rejected")]
    lines = said or done.stderr.strip().splitlines()
    return [f"the trusted checker says: {line}" for line in lines]
