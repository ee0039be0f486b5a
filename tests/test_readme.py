"""The README does what it says: Python blocks as doctests, shell blocks compared."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
SHELL = re.findall(r"```console\n(.*?)```", TEXT, flags=re.DOTALL)


def shell_cases() -> list[tuple[str, str]]:
    cases = []
    for block in SHELL:
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, flags=re.M):
            cases.append((command, shown))
    return cases


def test_there_is_something_to_test():
    assert len(PYTHON) >= 3
    assert len(shell_cases()) >= 5


def test_python_blocks_run_as_one_session():
    examples = doctest.DocTestParser().get_doctest("\n".join(PYTHON), {}, "README", "README.md", 0)
    assert len(examples.examples) >= 8
    failures = []
    runner = doctest.DocTestRunner()
    runner.run(examples, out=failures.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(failures)


@pytest.mark.parametrize(("command", "shown"), shell_cases(), ids=lambda text: text[:60])
def test_shell_blocks_show_what_the_commands_print(command, shown, tmp_path):
    if not command.startswith("natlat "):
        assert command.split()[0] in ("make", "git", "cd", "python"), command
        return
    program = f'natlat() {{ "{sys.executable}" -m natlat_sym "$@"; }}\n{command}\n'
    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout + done.stderr == shown
