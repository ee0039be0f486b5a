"""Sharp constants: the literature's values, and nothing below them is derivable."""

from fractions import Fraction

import pytest

from natlat_sym import InvalidInput, NotDerivable, bound, claim, decide, verify
from natlat_sym.cli import main

TWO = ["I(X1;X2|M) <= a", "H(R|X1) <= b", "H(R|X2) <= b"]
WEAK_3 = ["TC(X1;X2;X3|L) <= a", "H(R|X2,X3) <= b", "H(R|X1,X3) <= b", "H(R|X1,X2) <= b"]
STRONG_3 = ["TC(X1;X2;X3|L) <= a", "H(R|X1) <= b", "H(R|X2) <= b", "H(R|X3) <= b"]
SOFT = [
    "I(X1;X2|M) <= a", "I(L;X1|X2) <= b", "I(L;X2|X1) <= c", "I(L;M|X1,X2) <= d"
]  # fmt: skip
SOFT_3 = [
    "DTC(X1;X2;X3|M) <= a", "I(L;X1|X2,X3) <= b", "I(L;X2|X1,X3) <= b", "I(L;X3|X1,X2) <= b",
    "I(L;M|X1,X2,X3) <= c",
]  # fmt: skip


def corners(found):
    return [tuple(value for _, value in corner.coefficients) for corner in found.corners]


@pytest.mark.parametrize(
    ("form", "given", "expected"),
    [
        ("H(R|M)", TWO, [(1, 2)]),
        ("H(R|L)", WEAK_3, [(2, 3)]),
        ("H(R|L)", STRONG_3, [(Fraction(1, 2), Fraction(3, 2))]),
        ("I(L;X1,X2|M)", SOFT, [(1, 1, 1, 2)]),
        ("I(L;X1,X2,X3|M)", SOFT_3, [(1, 3, 3)]),
        ("H(L|M)", [*SOFT[:3], "H(L|X1,X2) <= d"], [(1, 1, 1, 2)]),
        ("H(R|L)", ["DTC(X1;X2;X3|L) <= a", *WEAK_3[1:]], [(1, 3)]),
        ("H(X,Y)", ["H(X) <= 1", "H(Y) <= a"], [(1, 1)]),
        ("I(X;Y) - H(X)", ["H(Z) <= a"], [(0,)]),
    ],
)
def test_known_constants(form, given, expected):
    assert corners(bound(form, given)) == expected


def test_errors_kept_apart_give_every_corner():
    given = ["TC(X1;X2;X3|L) <= a", "H(R|X1) <= b", "H(R|X2) <= c", "H(R|X3) <= d"]
    half = Fraction(1, 2)
    assert corners(bound("H(R|L)", given)) == [
        (half, half, half, half),
        (1, 0, 1, 1),
        (1, 1, 0, 1),
        (1, 1, 1, 0),
    ]
    four = [
        "TC(X1;X2;X3;X4|L) <= a", "H(R|X1) <= b", "H(R|X2) <= c", "H(R|X3) <= d", "H(R|X4) <= e"
    ]  # fmt: skip
    assert len(bound("H(R|L)", four).corners) == 11


def test_the_interior_point_method_finds_the_same_corners(monkeypatch):
    given = ["TC(X1;X2;X3|L) <= a", "H(R|X1) <= b", "H(R|X2) <= c", "H(R|X3) <= d"]
    by_simplex = corners(bound("H(R|L)", given))
    monkeypatch.setattr("natlat_sym.search.lp.SIMPLEX_UP_TO", 0)
    assert corners(bound("H(R|L)", given)) == by_simplex


@pytest.mark.parametrize("given", [TWO, WEAK_3, STRONG_3], ids=["two", "weak", "strong"])
def test_every_corner_is_proved_and_attained(given):
    mediator = "M" if given is TWO else "L"
    for corner in bound(f"H(R|{mediator})", given).corners:
        assert verify(corner.theorem).claim == str(corner.theorem.claim)
        assert corner.sharp
        assert list(corner.needed) == [name for name, value in corner.coefficients if value]
        for name, evaluation in corner.needed.items():
            law = evaluation.law
            symbols = {
                "a": claim(given[0]).lhs(law),
                "b": max(claim(text).lhs(law) for text in given[1:]),
            }
            assert corner.theorem.claim.excess(law, symbols) == 0
            assert symbols[name] > 0


def test_a_law_that_attains_a_bound_need_not_need_every_coefficient():
    """2 on the last error is right, and no law of few outcomes that the search meets shows it."""
    errors = ["I(X1;X2|M) <= e", "I(L;X1|X2) <= r", "I(L;X2|X1) <= r", "I(L;M|X1,X2) <= t"]
    (corner,) = bound("I(L;X1,X2|M)", errors).corners
    assert corner.attained
    assert not corner.sharp
    assert corner.needed["t"] is None
    assert str(corner).splitlines()[-1] == "  no law found that attains it with t > 0"


@pytest.mark.parametrize("lower", ["2 a + 299/100 b", "199/100 a + 3 b"])
def test_lower_coefficients_are_refuted(lower):
    assert decide(f"H(R|L) <= {lower}", WEAK_3).status == "refuted"


def test_no_bound_at_all():
    with pytest.raises(NotDerivable, match=r"no linear bound on H\(R\): a polymatroid") as caught:
        bound("H(R)", ["H(X) <= a"])
    assert caught.value.polymatroid == {"H(R)": 1, "H(R,X)": 1}


@pytest.mark.parametrize(
    ("form", "given", "message"),
    [
        ("H(X) + a", ["H(X) <= a"], "expected a form of entropies to bound, got H(X) + a"),
        ("H(X)", [], "expected hypotheses, such as I(X1;X2|L) <= a, got none"),
    ],
)
def test_bad_input(form, given, message):
    with pytest.raises(InvalidInput) as caught:
        bound(form, given)
    assert message in str(caught.value)


def test_exact_hypotheses_give_0_or_nothing():
    found = bound("H(X)", "H(X) = 0")
    assert str(found) == "H(X) <= 0"
    assert [corner.coefficients for corner in found.corners] == [()]
    with pytest.raises(NotDerivable, match="a polymatroid has all errors 0"):
        bound("H(X)", "H(Y) = 0")


def given_options(texts):
    return [part for text in texts for part in ("--given", text)]


def test_command(capsys):
    assert main(["bound", "H(R|L)", *given_options(WEAK_3)]) == 0
    assert capsys.readouterr().out.startswith("H(R|L) <= 2 a + 3 b\n")
    assert main(["bound", "H(R|L)", *given_options(STRONG_3)]) == 0
    assert capsys.readouterr().out.startswith("H(R|L) <= 1/2 a + 3/2 b\n")
    assert main(["bound", "H(R)", "--given", "H(X) <= a"]) == 1
    assert capsys.readouterr().out.startswith("no linear bound on H(R)")


def test_a_form_that_is_its_own_hypothesis():
    found = bound("H(X)", "H(X) <= a")
    assert str(found) == "H(X) <= a\n  attained: some law has H(X) = 1"
    twice = bound("I(X;Y)", ["I(X;Y) <= a", "H(X) <= b"])
    assert sorted(corners(twice)) == [(0, 1), (1, 0)]
