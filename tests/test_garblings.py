"""Blackwell's order: elimination and linear programming agree; every answer shows its reason."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import Dist, garbling, zoo
from natlat_sym.cli import main
from natlat_sym.errors import InvalidInput
from natlat_sym.exact.eliminate import reduced
from natlat_sym.exact.simplex import solve_sparse
from natlat_sym.natural.blackwell import Question
from natlat_sym.natural.coupling import couple
from natlat_sym.natural.garblings import _conditional, _gap

CASES = Path(__file__).parent / "cases" / "distributions.jsonl"


@st.composite
def channels(draw, inputs, outputs, top=4):
    rows = []
    for _ in range(inputs):
        row = draw(st.lists(st.integers(0, top), min_size=outputs, max_size=outputs))
        rows.append(
            [Fraction(v, sum(row)) for v in row]
            if sum(row)
            else [Fraction(1), *[0] * (outputs - 1)]
        )
    return rows


def law_of(first, second):
    inputs = [str(k) for k in range(len(first))]
    law = Dist.uniform("S", inputs)
    for name, rows in (("M", first), ("L", second)):
        table = {
            s: {f"{name}{j}": p for j, p in enumerate(row)}
            for s, row in zip(inputs, rows, strict=True)
        }
        law = law.extend(name, "S", table)
    return law


def times(first, second):
    return [
        [sum(a * second[k][j] for k, a in enumerate(row)) for j in range(len(second[0]))]
        for row in first
    ]


def shows_its_reason(law, found):
    """Check the channel or the decision problem from their definitions."""
    left, right = (_conditional(law, ("S",), (name,)) for name in "ML")
    if found.exists:
        for row in found.channel.values():
            assert sum(row.values()) == 1
            assert min(row.values()) > 0
        for s, masses in right.items():
            made = {}
            for m, p in left[s].items():
                for label, q in found.channel[m].items():
                    made[label] = made.get(label, 0) + p * q
            assert {k: v for k, v in made.items() if v} == masses
        return
    # The best any rule from M to L earns, rule by rule of one label of M, against L itself.
    labels = {label for _, label in found.decision}
    earned = sum(w * right[s].get(label, 0) for (s, label), w in found.decision.items())
    best = sum(
        max(
            sum(found.decision[s, label] * row.get(m, 0) for s, row in left.items())
            for label in labels
        )
        for m in {m for row in left.values() for m in row}
    )
    assert found.gap == earned - best > 0


@given(st.data())
@settings(max_examples=80)
def test_both_ways_agree(data):
    inputs, sources, targets = (data.draw(st.integers(1, 4)) for _ in range(3))
    first = data.draw(channels(inputs, sources))
    if data.draw(st.booleans()):
        second = times(first, data.draw(channels(sources, targets)))
    else:
        second = data.draw(channels(inputs, targets))
    law = law_of(first, second)
    found = garbling(law, "M", "L", given="S")
    shows_its_reason(law, found)
    left, right = (_conditional(law, ("S",), (name,)) for name in "ML")
    question = Question(left, right)
    ways = [question.by_programming]
    if question.system.inconsistent() is None:
        ways.append(question.by_kernel)
    for way in ways:
        channel, weights = way()
        assert (channel is not None) == found.exists
        if channel is None:
            assert _gap(weights, left, right) > 0
        else:
            shows_its_reason(law, replace(found, channel=channel))
    quick = question.by_elimination()
    assert quick is None or (quick[0] is not None) == found.exists


@pytest.mark.parametrize("size", [2, 5, 8, 16])
@pytest.mark.parametrize("off", [0, Fraction(1, 10**9), Fraction(1, 10**40)])
def test_near_misses_of_full_rank_are_decided_by_elimination(size, off):
    dice = Random(size)
    weights = [[dice.randint(1, 9) + 20 * (i == j) for j in range(size)] for i in range(size)]
    first = [[Fraction(w, sum(row)) for w in row] for row in weights]
    # The identity channel, bent: the first label of M is read wrongly with a negative chance.
    bent = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    bent[0][0], bent[0][1] = 1 + off, -off
    law = law_of(first, times(first, bent))
    left, right = (_conditional(law, ("S",), (name,)) for name in "ML")
    assert Question(left, right).by_elimination() is not None
    found = garbling(law, "M", "L", given="S")
    assert found.exists == (off == 0)
    shows_its_reason(law, found)


@pytest.mark.parametrize("off", [0, Fraction(1, 10**9)])
def test_near_misses_of_a_channel_with_dependent_labels(off):
    # The third label of M is as likely as the first two together, whatever the input.
    dice, size = Random(5), 10
    weights = [[dice.randint(1, 9) + 20 * (i == j) for j in range(size)] for i in range(size)]
    for row in weights:
        row[2] = row[0] + row[1]
    first = [[Fraction(w, sum(row)) for w in row] for row in weights]
    bent = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    bent[4][4], bent[4][5] = 1 + off, -off
    law = law_of(first, times(first, bent))
    left, right = (_conditional(law, ("S",), (name,)) for name in "ML")
    assert Question(left, right).by_elimination() is None
    found = garbling(law, "M", "L", given="S")
    assert found.exists == (off == 0)
    shows_its_reason(law, found)


def test_more_inputs_than_the_channel_explains():
    # Two equal rows of M and different rows of L: no T at all, not even a signed one.
    half = Fraction(1, 2)
    law = law_of([[half, half], [half, half], [1, 0]], [[1, 0], [half, half], [1, 0]])
    found = garbling(law, "M", "L", given="S")
    assert not found.exists
    shows_its_reason(law, found)


def test_the_case_of_the_collection():
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    (case,) = [case for case in cases if case["quantity"].startswith("BLACKWELL")]
    assert case["quantity"] == "BLACKWELL(A>=B|S)"
    masses = {tuple(outcome.split(",")): mass for outcome, mass in case["outcomes"].items()}
    law = Dist.from_dict(masses, case["variables"])
    assert garbling(law, "A", "B", given="S").exists is (case["expected"] == "true")
    assert garbling(law, "B", "A", given="S").exists


@given(st.data())
@settings(max_examples=60)
def test_elimination_against_fractions(data):
    rows, count = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    entry = st.one_of(st.integers(-3, 3), st.just(10**40))
    matrix = data.draw(
        st.lists(
            st.lists(entry, min_size=count + 1, max_size=count + 1), min_size=rows, max_size=rows
        )
    )
    system = reduced(matrix, count)
    columns = [{i: row[j] for i, row in enumerate(matrix) if row[j]} for j in range(count)]
    expected = solve_sparse(columns, {i: row[count] for i, row in enumerate(matrix)})
    assert (system.inconsistent() is None) == (expected is not None)
    if expected is not None:
        found = system.solution(0)
        for row in matrix:
            assert sum(a * x for a, x in zip(row, found, strict=False)) == row[count]
        if system.unique:
            assert found == [expected.get(j, 0) for j in range(count)]


def test_from_the_command_line(capsys):
    assert main(["garbling", "zoo:C11", "--from", "X1", "--to", "X2", "--given", "L"]) == 0
    assert "by the channel P[X2|X1]:" in capsys.readouterr().out
    assert (
        main(["garbling", "zoo:C15", "--from", "X1", "--to", "X2", "--given", "L", "--json"]) == 1
    )
    data = json.loads(capsys.readouterr().out)
    assert list(data)[:5] == ["schema", "from", "to", "given", "exists"]
    assert data["exists"] is False
    assert Fraction(data["gap"]) > 0
    assert (
        main(["garbling", "zoo:asia", "--from", "dysp", "--to", "xray", "--given", "either"]) == 1
    )


def test_two_laws(capsys):
    one, two = zoo.law("gss-classes-2"), zoo.law("gss-classes-3")
    items = zoo.law("gss").names
    apart = garbling(one, "B3", "A2", items, other=two)
    together = garbling(couple(one, two, "B3", "A2").law, "B3", "A2", items)
    assert apart == together
    assert not apart.exists
    narrow = Dist.uniform("X M", [("0", "a")])
    with pytest.raises(InvalidInput, match="the law of M to allow every value of X, 1 has mass 0"):
        garbling(Dist.uniform("X L", [("0", "a"), ("1", "b")]), "M", "L", "X", other=narrow)
    arguments = ["--from", "M", "--to", "L", "--given", "X1,X2"]
    assert main(["garbling", "zoo:C14", "zoo:C14b", *arguments]) == 1
    assert "P[L|X1,X2] is no garbling of P[M|X1,X2]" in capsys.readouterr().out
    arguments = ["--from", "L", "--to", "M"]
    assert main(["garbling", "zoo:C14b", "zoo:C14", *arguments]) == 0
    assert main(["garbling", "zoo:C14b", "zoo:C14", *arguments, "--given", "X1,Z"]) == 2
    assert "got 'Z'" in capsys.readouterr().err
    assert main(["garbling", "zoo:C14b", "zoo:C14", *arguments, "--keep", "X1,X2"]) == 0
    assert "by the channel P[M|L]:" in capsys.readouterr().out
