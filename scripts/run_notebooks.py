"""Execute the notebooks and compare every text, LaTeX and HTML output with the stored one.

Usage: python scripts/run_notebooks.py [--update] [NOTEBOOK...]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
COMPARED = ("text/plain", "text/latex", "text/html", "image/svg+xml")


def execute(path: Path) -> nbformat.NotebookNode:
    """Return the notebook with fresh outputs; an error in a cell raises."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = merged(cell.outputs)
    notebook.metadata.pop("language_info", None)
    return notebook


def merged(shown: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return outputs with what follows on one stream in one piece; how it was cut is chance."""
    found: list[nbformat.NotebookNode] = []
    for output in shown:
        last = found[-1] if found else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            found.append(output)
    return found


def outputs(cell: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """Return what a cell shows: (kind, text) pairs."""
    shown: list[tuple[str, str]] = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            shown.append((output.name, output.text))
        elif output.output_type in ("execute_result", "display_data"):
            shown += [(kind, output.data[kind]) for kind in COMPARED if kind in output.data]
        else:
            shown.append((output.output_type, str(output.get("evalue", ""))))
    return shown


def differences(stored: nbformat.NotebookNode, fresh: nbformat.NotebookNode) -> list[str]:
    """Return one line per code cell whose outputs differ."""
    found = []
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        if old.cell_type == "code" and outputs(old) != outputs(new):
            found.append(f"cell {number}: stored {outputs(old)!r}, now {outputs(new)!r}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="store the fresh outputs")
    parser.add_argument("notebooks", nargs="*", type=Path)
    arguments = parser.parse_args()
    faults = 0
    for path in arguments.notebooks or sorted(FOLDER.glob("*.ipynb")):
        fresh = execute(path)
        if arguments.update:
            nbformat.write(fresh, path)
            continue
        for line in differences(nbformat.read(path, as_version=4), fresh):
            print(f"{path.name}: {line}", file=sys.stderr)
            faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
