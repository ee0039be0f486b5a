"""Compile every linear proof under a folder with Coq: a second opinion on the certificates.

Usage: python scripts/crosscheck.py [FOLDER]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.coqtext import EXPORTED, PREAMBLE, coq_text, lemma_name

ROOT = Path(__file__).resolve().parent.parent


def source(folder: Path) -> tuple[str, Counter[str], Counter[str]]:
    """Return one Coq file, the kinds it has lemmas for, and the kinds it leaves out."""
    parts = [PREAMBLE]
    written: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for path in sorted(folder.glob("*.json")):
        certificate = Certificate(path.read_text(encoding="utf-8"))
        if certificate.kind in EXPORTED:
            parts.append(coq_text(certificate, lemma_name(path.stem)))
            written[certificate.kind] += 1
        else:
            left[certificate.kind] += 1
    return "\n\n".join(parts), written, left


def counted(kinds: Counter[str]) -> str:
    """Return how many there are of each kind.

    >>> counted(Counter({"law": 2, "gap": 1}))
    '1 gap, 2 law'
    """
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none"


def compiles(text: str) -> subprocess.CompletedProcess[str]:
    """Run coqc on a text in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificates.v")
        path.write_text(text, encoding="utf-8")
        return subprocess.run(
            ["coqc", str(path)], capture_output=True, text=True, check=False, cwd=folder
        )


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "proofs" / "certificates"
    if shutil.which("coqc") is None:
        print("crosscheck: coqc is not installed; the Debian package is coq", file=sys.stderr)
        return 2
    text, written, left = source(folder)
    done = compiles(text)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        return 1
    print(f"compiled by Coq: {counted(written)} (all-n for its three least n each)")
    print(f"no linear step, a law is evaluated: {counted(left)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
