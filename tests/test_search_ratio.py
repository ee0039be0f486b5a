"""The search for laws with a high price of determinism."""

import importlib.util
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from natlat_sym import Dist, ProofError, gap, read_law, write_law

PATH = Path(__file__).resolve().parent.parent / "scripts" / "search_ratio.py"
SPEC = importlib.util.spec_from_file_location("search_ratio", PATH)
script = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(script)


def test_the_worst_binary_law_is_found_and_certified(tmp_path, capsys):
    """T/tau = 1.8183762 at 2 x 2 is known from a study of its own (case C35)."""
    path = tmp_path / "law.json"
    arguments = ["--shape", "2x2", "--starts", "3", "-o", str(path)]
    assert script.main(arguments) == 0
    assert capsys.readouterr().out == "factor 1.8183762\n"
    law = read_law(path)
    assert gap(law, "L", "1.818376").ratio == Fraction("1.818376")
    with pytest.raises(ProofError, match="not shown"):
        gap(law, "L", "1.818377")


def test_a_stored_law_is_the_only_start(tmp_path, capsys):
    path = tmp_path / "start.json"
    write_law(Dist.from_array([[7, 1], [1, 6]], "X Y"), path)
    assert script.main(["--start", str(path), "--symmetry", "exchange", "reversal"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("factor 1.8179")  # with this symmetry, as P14 says
    assert "start 2" not in err


def test_shares_bound_every_partition_of_a_proposal():
    """The bound of the script against all 15 partitions of four outcomes, in floats."""
    ascent = script.Ascent((2, 2), [], 2)
    dice = np.random.default_rng(3)
    masses = dice.dirichlet(np.ones(4))
    ascent.partitions(masses)
    walk = script.LabelWalk(masses, ascent.features, ascent.features, "sum")
    labels = {
        tuple(np.unique(row, return_inverse=True)[1].tolist()) for row in np.ndindex(4, 4, 4, 4)
    }
    least = min(walk.value(np.array(row)) for row in labels)
    assert least - 1e-6 < ascent.bound(masses, dice, 0.0) < least + 1e-6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--shape", "4"], "expected a shape such as 4x4, got '4'"),
        (["--shape", "2x3", "--symmetry", "exchange"], "expected as many rows as columns"),
        (["--labels", "0", "--shape", "2x2", "--starts", "1"], "expected at least one label"),
    ],
)
def test_other_arguments_are_refused(arguments, said, capsys):
    with pytest.raises(SystemExit) as caught:
        script.main(arguments)
    assert said in f"{caught.value} {capsys.readouterr().err}"
