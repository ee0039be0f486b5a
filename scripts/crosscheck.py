"""Compile every linear proof under a folder with Coq: a second opinion on the certificates.

Usage: python scripts/crosscheck.py [FOLDER]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from natlat_sym.certificates import Certificate
from natlat_sym.coqtext import PREAMBLE, coq_text, lemma_name

ROOT = Path(__file__).resolve().parent.parent


def source(folder: Path) -> tuple[str, int]:
    """Return one Coq file with a lemma for each linear certificate, and their number."""
    parts = [PREAMBLE]
    for path in sorted(folder.glob("*.json")):
        certificate = Certificate(path.read_text(encoding="utf-8"))
        if certificate.kind in ("linear", "symmetric"):
            parts.append(coq_text(certificate, lemma_name(path.stem)))
    return "\n".join(parts), len(parts) - 1


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
    text, count = source(folder)
    done = compiles(text)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        return 1
    print(f"{count} linear proofs compiled by Coq")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
