"""Corners of up-closed polyhedra, against brute force over all choices of facets."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from natlat_sym.search.polyhedra import UpClosed


def solve(rows, right):
    """The unique solution of a square system, or None (Gauss, exact)."""
    table = [[Fraction(x) for x in row] + [Fraction(b)] for row, b in zip(rows, right, strict=True)]
    size = len(table)
    for column in range(size):
        pivot = next((r for r in range(column, size) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [x / table[column][column] for x in table[column]]
        for r in range(size):
            if r != column:
                factor = table[r][column]
                table[r] = [x - factor * y for x, y in zip(table[r], table[column], strict=True)]
    return tuple(row[-1] for row in table)


def brute_force(dimension, cuts):
    unit = [(tuple(int(i == j) for j in range(dimension)), 0) for i in range(dimension)]
    facets = [*unit, *cuts]
    found = set()
    for chosen in combinations(facets, dimension):
        point = solve([normal for normal, _ in chosen], [bound for _, bound in chosen])
        if point is not None and all(
            sum(a * x for a, x in zip(normal, point, strict=True)) >= bound
            for normal, bound in facets
        ):
            found.add(point)
    return tuple(sorted(found))


@st.composite
def regions(draw):
    dimension = draw(st.integers(1, 4))
    normals = st.tuples(*[st.integers(0, 4)] * dimension).filter(any)
    cuts = draw(st.lists(st.tuples(normals, st.integers(-2, 6)), max_size=6))
    return dimension, cuts


@given(regions())
def test_corners_are_those_of_brute_force(region):
    dimension, cuts = region
    polyhedron = UpClosed(dimension)
    for normal, bound in cuts:
        polyhedron.cut(normal, bound)
    assert polyhedron.vertices() == brute_force(dimension, cuts)


def test_without_cuts_the_origin_is_the_only_corner():
    assert UpClosed(3).vertices() == ((0, 0, 0),)


def test_a_cut_that_no_point_meets_leaves_no_corner():
    region = UpClosed(2)
    region.cut((0, 0), 1)
    assert region.vertices() == ()
