"""The example of `make verify`: what its sentences say follows from its numbers."""

import re
import runpy
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "real_inputs.py"


@pytest.fixture(scope="module")
def parts():
    return runpy.run_path(str(EXAMPLE))


def test_the_language_is_read_ten_times_better_with_every_letter(parts, capsys):
    parts["languages"]()
    shown = capsys.readouterr().out
    rows = re.findall(r"^(en .*?)  (\d) (.*)$", shown, re.MULTILINE)
    table = {
        (name.strip(), int(n)): [Fraction(x) for x in cells.split()] for name, n, cells in rows
    }
    assert len(table) == 10
    errors = [table["en ru el ko th", n][3] for n in range(2, 7)]
    assert all(9 < before / after < 15 for before, after in pairwise(errors))
    assert errors[-1] < Fraction(7, 10**6)
    assert "to within 7 millionths of a bit" in shown
    assert all(cells[2] == 0 for cells in table.values())
    for entropy, shared, _, _, left in (table["en fr de", n] for n in range(2, 7)):
        assert shared < Fraction(1, 10**6)
        assert left > Fraction(999, 1000) * entropy


def test_the_majority_is_no_natural_latent_of_the_survey(parts, capsys):
    parts["survey"]()
    shown = capsys.readouterr().out
    assert "33,144 respondents, 123 distinct rows" in shown
    lost = [Fraction(x) for x in re.findall(r"redundancy without \w+ +([\d.]+)", shown)]
    assert len(lost) == 7
    assert Fraction(127, 1000) < max(lost) < Fraction(128, 1000)
    (mediation,) = re.findall(r"mediation TC\(X\|M\) +([\d.]+)", shown)
    assert Fraction(mediation) > Fraction(1, 2)
