from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym.exact.simplex import nonnegative_solution, solve_sparse

small = st.integers(-3, 3)


def combine(columns, weights):
    total = {}
    for j, weight in weights.items():
        for row, value in columns[j].items():
            total[row] = total.get(row, 0) + weight * value
    return {row: value for row, value in total.items() if value}


def dot(vector, column):
    return sum(vector.get(row, 0) * value for row, value in column.items())


def check(columns, target):
    found = nonnegative_solution(columns, target)
    assert bool(found) is (found.separator is None)
    if found:
        assert all(value > 0 for value in found.solution.values())
        assert combine(columns, found.solution) == {r: v for r, v in target.items() if v}
    else:
        assert all(dot(found.separator, column) >= 0 for column in columns)
        assert dot(found.separator, target) < 0
    return found


@given(st.lists(st.lists(small, min_size=4, max_size=4), max_size=7), st.lists(small, min_size=4))
@settings(max_examples=300)
def test_the_answer_carries_its_evidence(rows, target):
    columns = [{i: v for i, v in enumerate(row) if v} for row in rows]
    check(columns, dict(enumerate(target[:4])))


@given(
    st.lists(st.lists(small, min_size=5, max_size=5), min_size=1, max_size=7),
    st.lists(st.fractions(0, 3, max_denominator=7), min_size=7, max_size=7),
)
@settings(max_examples=300)
def test_a_non_negative_combination_is_always_found(rows, weights):
    columns = [{i: v for i, v in enumerate(row) if v} for row in rows]
    assert check(columns, combine(columns, dict(enumerate(weights[: len(columns)]))))


@pytest.mark.parametrize("k", [1, 5, 13, 30])
def test_a_gap_of_ten_to_the_minus_k_is_seen(k):
    tiny = Fraction(1, 10**k)
    columns = [{0: 1, 1: 1}, {0: -1, 1: -1}]
    assert not check(columns, {0: 1, 1: 1 + tiny})
    assert check([*columns, {1: 1}], {0: 1, 1: 1 + tiny}).solution == {0: 1, 2: tiny}
    assert not check([*columns, {1: 1}], {0: 1, 1: 1 - tiny})


def test_a_classic_cycling_example_ends():
    # Beale 1955, rows and costs as equations with slack; the optimum is 1/20.
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    columns = [
        {0: quarter, 1: half, 3: Fraction(3, 4)},
        {0: -60, 1: -90, 3: -150},
        {0: Fraction(-1, 25), 1: Fraction(-1, 50), 2: 1, 3: Fraction(1, 50)},
        {0: 9, 1: 3, 3: -6},
        {0: 1},
        {1: 1},
        {2: 1},
        {3: -1},
    ]
    assert check(columns, {2: 1, 3: Fraction(1, 20)})
    assert not check(columns, {2: 1, 3: Fraction(1, 20) + Fraction(1, 10**20)})


def test_no_columns_and_no_target():
    assert nonnegative_solution([], {}).solution == {}
    assert nonnegative_solution([], {3: Fraction(2)}).separator == {3: Fraction(-1)}


@given(
    st.lists(st.lists(small, min_size=5, max_size=5), max_size=5),
    st.lists(st.fractions(-3, 3, max_denominator=9), min_size=5, max_size=5),
)
@settings(max_examples=300)
def test_sparse_solutions_solve(rows, weights):
    columns = [{i: v for i, v in enumerate(row) if v} for row in rows]
    target = combine(columns, dict(enumerate(weights[: len(columns)])))
    found = solve_sparse(columns, target)
    assert found is not None
    assert combine(columns, found) == target


def test_sparse_solve_says_no():
    assert solve_sparse([{0: 1, 1: 1}], {0: 1, 1: 2}) is None
    assert solve_sparse([{0: 1}], {0: 1, 7: 1}) is None
    assert solve_sparse([{0: 1}], {0: 1, 7: 0}) == {0: 1}
