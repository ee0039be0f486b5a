"""Certified lower bounds on the error of every latent, against the known optimum and by lies."""

import json
from fractions import Fraction
from random import Random

import pytest

from natlat_sym import (
    Bits,
    CertificateRejected,
    Dist,
    I,
    InvalidInput,
    best_latent,
    binary_optimum,
    form,
    latent_bounds,
)
from natlat_sym.certified.certificates import Certificate
from natlat_sym.laws.lawfile import law_to_json

SCORE = form("I(X;Y|L) + I(L;X|Y) + I(L;Y|X)")


def law_of(table):
    return Dist.from_array(table, "X Y")


@pytest.mark.parametrize("seed", range(8))
def test_two_by_two_against_the_exact_optimum(seed):
    dice = Random(seed)
    law = law_of([[dice.randint(1, 30) for _ in range(2)] for _ in range(2)])
    found = latent_bounds(law, starts=4) if I("X;Y")(law) else None
    low, high = binary_optimum(law).bounds(12)
    if found:
        assert found.lower <= high
        assert found.upper >= low
        assert low - found.lower < Fraction(1, 10**8)


@pytest.mark.parametrize(
    ("table", "exact"),
    [
        ([[2, 1], [0, 2]], "-2 + log2(5)"),
        ([[2, 1], [0, 1]], "2 + 3/4*log2(3) - 5/4*log2(5)"),
    ],
)
def test_zero_cells_have_a_log_rational_optimum(table, exact):
    found = latent_bounds(law_of(table))
    assert 0 < Bits(exact) - found.lower < Fraction(1, 10**8)
    assert 0 <= found.upper - Bits(exact) < Fraction(1, 10**8)


def test_the_laws_of_the_literature():
    tilted = latent_bounds(
        Dist.from_dict(
            {("0", "0"): "3/5", ("0", "1"): "1/20", ("1", "0"): "1/20", ("1", "1"): "3/10"}, "X Y"
        )
    )
    assert f"{float(tilted.lower):.7f}" == "0.2533796"
    tie = latent_bounds(law_of([[14, 1], [1, 4]]))
    assert f"{float(tie.lower):.7f}" == "0.2215951"
    three = latent_bounds(law_of([[6453, 671, 224], [354, 2032, 6403], [2066, 1116, 681]]))
    # The published latent has 0.2908038; nothing can be better than 0.2908015.
    assert f"{float(three.lower):.7f}" == "0.2908016"
    assert three.upper - three.lower < Fraction(1, 10**8)


@pytest.mark.parametrize("shape", [(2, 3), (2, 4), (3, 3), (4, 2)])
def test_no_latent_is_below(shape):
    dice = Random(str(shape))
    rows, columns = shape
    for _ in range(2):
        table = [[dice.randint(0, 9) for _ in range(columns)] for _ in range(rows)]
        table[0][0] += 9
        table[-1][-1] += 9
        law = law_of(table)
        found = latent_bounds(law, digits=6, starts=4)
        assert 0 <= found.gap < Fraction(1, 10**4)
        assert found.lower <= best_latent(law).score
        for _ in range(20):
            channel = {o: {"a": Fraction(dice.randint(0, 8), 8)} for o in law.support}
            rows_ = {o: {**c, "b": 1 - c["a"]} for o, c in channel.items()}
            assert SCORE(law.extend("L", "X Y", rows_)) >= found.lower


def test_groups_and_printing():
    law = Dist.from_weights(
        {("0", "0", "0"): 5, ("0", "1", "0"): 1, ("1", "1", "1"): 4, ("1", "0", "1"): 2}, "A B Y"
    )
    found = latent_bounds(law, [["B"], ["A", "Y"]], starts=2)
    assert found.features == (("B",), ("A", "Y"))
    assert "every latent of B and A,Y has a summed error of at least 0." in str(found)
    assert found.certificate.kind == "floor"
    assert set(found.to_json()) == {"features", "lower", "upper", "latent"}


def edited(**change):
    data = json.loads(latent_bounds(law_of([[3, 1], [1, 2]]), starts=1).certificate.text)
    members = {k: v for k, v in data.items() if k not in ("format", "kind", "digest")}
    for name, value in change.items():
        members[name] = value(members[name]) if callable(value) else value
    return Certificate.seal("floor", **members)


def scaled(factor):
    return lambda rows: [[str(Fraction(m) * factor) for m in row] for row in rows]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"floor": "1"}, "floor: not shown by these bounds"),
        ({"floor": "0"}, "floor: must be above 0"),
        ({"floor": "0.1"}, "floor: expected a rational"),
        ({"matrix": scaled(Fraction(10001, 10000))}, "matrix: the inequality fails"),
        ({"matrix": scaled(Fraction(9, 10))}, "floor: not shown by these bounds"),
        ({"matrix": scaled(-1)}, "matrix: an entry is below 0"),
        ({"matrix": lambda rows: rows[:1]}, "matrix: expected a row and a column"),
        ({"matrix": lambda rows: [row[:1] for row in rows]}, "matrix: expected a row"),
        ({"matrix": [["0", "1/2"], ["1/2", "1/2"]]}, "matrix: an entry is 0 on an outcome"),
        ({"matrix": scaled(Fraction(1, 2**300))}, "matrix: too long numbers"),
        ({"features": [["X"], ["X"]]}, "features: expected two lists"),
        ({"features": [["X", "Y"], []]}, "features: expected two lists"),
        ({"features": [["X"], ["Y"], []]}, "features: expected two lists"),
        ({"features": ["X", "Y"]}, "features: expected a list"),
    ],
)
def test_other_certificates_are_refused(change, reason):
    with pytest.raises(CertificateRejected, match=reason):
        edited(**change)


def test_an_inequality_that_touches_at_a_point_between_halvings_is_not_shown():
    """Since 27 + 64 + 125 = 216, both sides agree at s = (3, 4, 5), and nothing is below."""
    cubes = (3, 4, 5)
    law = law_of([[a**3 * b**3 for b in cubes] for a in cubes])
    with pytest.raises(CertificateRejected, match="matrix: not shown with so many pieces"):
        Certificate.seal(
            "floor",
            law=law_to_json(law),
            features=[["X"], ["Y"]],
            matrix=[[str(Fraction(a * b, 36)) for b in cubes] for a in cubes],
            floor="1/10",
        )


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: latent_bounds(Dist.uniform("X Y Z", [("0", "0", "0"), ("1", "1", "1")])),
            "two features",
        ),
        (
            lambda: latent_bounds(Dist.uniform("X Y", [(x, x) for x in "12345"])),
            "at most 4 values, got 5",
        ),
        (
            lambda: latent_bounds(
                Dist.from_dict({("0", "0"): "e", ("1", "1"): "1 - e"}, "X Y", "0 < e < 1")
            ),
            "without parameters",
        ),
    ],
)
def test_bad_questions(ask, message):
    with pytest.raises(InvalidInput, match=message):
        ask()
