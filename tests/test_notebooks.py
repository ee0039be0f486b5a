"""Every notebook runs, and shows exactly what is stored in it."""

import importlib.util
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def _runner():
    spec = importlib.util.spec_from_file_location(
        "run_notebooks", ROOT / "scripts" / "run_notebooks.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_notebooks_are_there():
    assert [path.name for path in NOTEBOOKS] == [
        "01_two_agents_one_spreadsheet.ipynb",
        "02_families_and_tiny_mixtures.ipynb",
        "03_arguing_in_pictures.ipynb",
        "04_two_trained_models.ipynb",
    ]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_reproduced(path):
    runner = _runner()
    stored = nbformat.read(path, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert sum(bool(runner.outputs(cell)) for cell in code) >= 5
    fresh = runner.execute(path)
    assert runner.differences(stored, fresh) == []
    # Storing them again would change nothing.
    assert nbformat.writes(fresh) + "\n" == path.read_text(encoding="utf-8")


def test_streams_are_stored_the_same_however_the_kernel_cuts_them():
    def stream(name, text):
        return nbformat.v4.new_output("stream", name=name, text=text)

    value = nbformat.v4.new_output("display_data", data={"text/plain": "1"})
    whole = [stream("stdout", "one\ntwo\n"), value, stream("stdout", "3\n"), stream("stderr", "4")]
    cut = [stream("stdout", "o"), stream("stdout", "ne\ntw"), stream("stdout", "o\n"), *whole[1:]]
    merged = _runner().merged
    assert merged(cut) == merged(whole) == whole


def test_a_changed_output_is_noticed():
    runner = _runner()
    stored = nbformat.read(NOTEBOOKS[0], as_version=4)
    edited = nbformat.from_dict(stored)
    cell = next(cell for cell in edited.cells if cell.cell_type == "code" and cell.outputs)
    cell.outputs = []
    assert len(runner.differences(stored, edited)) == 1
