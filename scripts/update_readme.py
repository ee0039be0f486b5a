"""Run the blocks of the README again and store what they print now.

Usage: python scripts/update_readme.py
"""

from __future__ import annotations

import code
import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def python_block(text: str, session: code.InteractiveInterpreter) -> str:
    """Return a block of ``>>>`` lines with fresh results; all blocks are one session."""
    shown = []
    for lines in re.findall(r"^>>> .*\n(?:\.\.\. .*\n)*", text, flags=re.MULTILINE):
        source = "\n".join(line[4:] for line in lines.splitlines())
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            session.runsource(source + "\n", symbol="single")
        result = printed.getvalue().rstrip("\n")
        shown += [lines, *(f"{line or '<BLANKLINE>'}\n" for line in result.splitlines())]
    return "".join(shown) + "\n"


def console_block(text: str) -> str:
    """Return a block of ``$`` lines, those that start with natlat with fresh output."""
    shown = ""
    for command in re.findall(r"^\$ (.*)$", text, flags=re.MULTILINE):
        shown += f"$ {command}\n"
        if command.startswith("natlat "):
            program = f'natlat() {{ "{sys.executable}" -m natlat_sym "$@"; }}\n{command}\n'
            done = subprocess.run(
                ["bash", "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
            )
            shown += done.stdout + done.stderr
    return shown


def main() -> int:
    session = code.InteractiveInterpreter()
    text = README.read_text(encoding="utf-8")

    def fresh(match: re.Match[str]) -> str:
        kind, body = match.groups()
        inner = python_block(body, session) if kind == "python" else console_block(body)
        return f"```{kind}\n{inner}```"

    text = re.sub(r"```(python|console)\n(.*?)```", fresh, text, flags=re.DOTALL)
    README.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
