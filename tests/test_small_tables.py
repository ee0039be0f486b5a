"""The exhaustive comparison of best latents with brute force: small cases, and that it can fail."""

import dataclasses
import doctest
import importlib.util
import math
from fractions import Fraction
from itertools import pairwise, permutations, product
from pathlib import Path

import numpy as np
import pytest

from natlat_sym import Bits, Dist, best_latent

PATH = Path(__file__).resolve().parent.parent / "scripts" / "check_small_tables.py"


def loaded():
    spec = importlib.util.spec_from_file_location("check_small_tables", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = loaded()


def classes(rows, columns, total):
    """Count tables of a shape and total up to symmetry by Burnside's lemma: the mean of the tables
    that a symmetry fixes, one count for each of its cycles."""
    cells = list(product(range(rows), range(columns)))
    moves = [
        {(x, y): (p[x], q[y])[::turn] for x, y in cells}
        for p in permutations(range(rows))
        for q in permutations(range(columns))
        for turn in ((1, -1) if rows == columns else (1,))
    ]
    fixed = 0
    for move in moves:
        ways, left = [1] + [0] * total, set(cells)
        while left:
            cell, length = left.pop(), 1
            while (cell := move[cell]) in left:
                left.remove(cell)
                length += 1
            for size in range(length, total + 1):
                ways[size] += ways[size - length]
        fixed += ways[total]
    return fixed // len(moves)


@pytest.mark.parametrize(
    ("rows", "columns", "total"), [(2, 2, 12), (2, 3, 8), (2, 4, 8), (2, 5, 7), (3, 3, 6)]
)
def test_every_small_table_agrees(rows, columns, total):
    lines = []
    expected = sum(classes(rows, columns, size) for size in range(1, total + 1))
    assert script.check_shape(rows, columns, total, lines.append) == expected
    assert lines[-1] == f"{rows}x{columns}, total {total}: {expected} tables agree"


def test_classes_by_hand():
    assert [classes(2, 2, size) for size in range(1, 7)] == [1, 3, 4, 8, 10, 16]
    assert [classes(2, 3, size) for size in range(1, 6)] == [1, 4, 7, 16, 26]
    assert [classes(3, 3, size) for size in range(1, 5)] == [1, 3, 7, 16]


@pytest.mark.parametrize(("rows", "columns", "total"), [(2, 2, 5), (2, 3, 4), (3, 3, 3)])
def test_the_classes_cover_every_table(rows, columns, total):
    """Permuting rows and columns, and transposing squares, gives each table from one class."""
    orders = list(product(script.permutations(range(rows)), script.permutations(range(columns))))
    seen = []
    for table in script.tables(rows, columns, total):
        square = [table, tuple(zip(*table, strict=True))] if rows == columns else [table]
        orbit = {tuple(tuple(t[r][c] for c in cs) for r in rs) for t in square for rs, cs in orders}
        seen.append(orbit)
    cells = rows * columns
    assert sum(map(len, seen)) == math.comb(total + cells - 1, cells - 1)
    assert all(not one & two for one, two in pairwise(seen))
    assert len(set().union(*seen)) == sum(map(len, seen))


@pytest.mark.parametrize("cells", range(1, 8))
def test_the_partitions_are_all_of_them(cells):
    found = script.partitions(cells)
    bell = [1, 1, 2, 5, 15, 52, 203, 877][cells]
    assert len({frozenset(row) for row in found.tolist()}) == len(found) == bell
    assert (np.bitwise_or.reduce(found, axis=1) == 2**cells - 1).all()
    assert (found.sum(axis=1) == 2**cells - 1).all()


def test_powers_of_known_scores():
    """Two equal bits as their own latent cost nothing; as a constant one bit, by four counts."""
    brute = script.BruteForce(((2, 0), (0, 2)))
    assert brute.power([0b01, 0b10]) == 1
    assert brute.power([0b11]) == 2**4
    assert brute.least() == (1, {frozenset([0b01, 0b10])})
    assert script.power_of(Bits("31/10 - 3/2*log2(3)"), 20) == Fraction(2**62, 3**30)
    assert script.power_of(Bits("1/3"), 20) is None


TIE = ((14, 1), (1, 4))


def test_a_wrong_answer_is_noticed():
    found = best_latent(Dist.from_array(TIE, "X Y"))
    assert script.disagreement(TIE, found) == ""
    more = dataclasses.replace(found, score=found.score + Bits(Fraction(1, 10**30)))
    assert "the score is" in script.disagreement(TIE, more)
    fewer = dataclasses.replace(found, latents=found.latents[:1])
    assert script.disagreement(TIE, fewer) == "expected 2 partitions that attain the score, got 1"


def test_a_wrong_dynamic_programming_is_noticed(monkeypatch):
    found = best_latent(Dist.from_array(TIE, "X Y"))
    monkeypatch.setattr(script, "best_sums", lambda costs, slack: [(len(costs) - 1,)])
    assert "dynamic programming" in script.disagreement(TIE, found)


def test_the_command(capsys, monkeypatch):
    assert script.main(["--shape", "2x2", "3x2", "--total", "2"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2x2: all 4 tables of total 1 to 2 agree",
        "2x3: all 5 tables of total 1 to 2 agree",
    ]
    monkeypatch.setattr(
        script, "best_latent", lambda law: dataclasses.replace(best_latent(law), score=Bits(1))
    )
    assert script.main(["--shape", "2x2", "--total", "2"]) == 1
    assert "check_small_tables: table ((" in capsys.readouterr().err


def test_the_command_stops_on_interrupt(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(script, "best_latent", interrupted)
    assert script.main(["--shape", "2x2"]) == 130
    assert capsys.readouterr().err == "check_small_tables: stopped\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--shape", "22"], "expected rows x columns such as 2x3, got '22'"),
        (["--shape", "0x3"], "expected rows x columns such as 2x3, got '0x3'"),
        (["--total", "13"], "expected a total from 1 to 12, got '13'"),
        (["--total", "-1"], "expected a total from 1 to 12, got '-1'"),
    ],
)
def test_other_arguments_are_refused(arguments, message, capsys):
    with pytest.raises(SystemExit, match="2"):
        script.main(arguments)
    assert message in capsys.readouterr().err


def test_the_examples_of_the_script():
    failed, attempted = doctest.testmod(script)
    assert (failed, attempted) == (0, 3)
