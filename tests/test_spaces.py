"""The three spaces of the search give the same answers, and symmetric proofs are checked."""

import json
from fractions import Fraction
from random import Random

import pytest

from natlat_sym import CertificateRejected, InvalidInput, NotDerivable, prove, verify
from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.prooflines import Lines, spread_lines
from natlat_sym.search import lp, prover
from natlat_sym.search.elementals import Term
from natlat_sym.search.prover import Derivation, Problem, derive
from natlat_sym.search.spaces import all_subsets, ring
from natlat_sym.search.symmetry import exchangeable, orbits
from natlat_sym.search.system import System


def drop_one(count, mediation):
    """``H(R|L) <= mediation * TC + sum_i H(R|X_-i)`` for so many features."""
    names = [f"X{i}" for i in range(1, count + 1)]
    rest = (",".join(name for name in names if name != left) for left in names)
    redundancy = " + ".join(f"H(R|{group})" for group in rest)
    return f"H(R|L) <= {mediation} TC({';'.join(names)}|L) + {redundancy}"


def random_problem(dice, count=6):
    """A few random sets; sometimes moved around so that the problem is symmetric."""
    top = (1 << count) - 1
    forms = []
    for _ in range(3):
        form = {}
        for _ in range(dice.randint(1, 3)):
            a, b, c = (dice.randint(1, top) for _ in range(3))
            first, second = a | c, b | c
            scale = dice.choice([1, 1, 2, -1])
            for mask, sign in ((first, 1), (second, 1), (first | second, -1), (c, -1)):
                form[mask] = form.get(mask, Fraction(0)) + sign * scale
        forms.append({mask: value for mask, value in form.items() if value})
    given = tuple((dice.random() < 0.4, form) for form in forms[1:] if form)
    return Problem(tuple("ABCDEF"[:count]), (), forms[0], given)


def symmetric_problem(dice):
    """The sum of a random form over the exchanges of B, C, D and of E, F."""
    base = random_problem(dice)
    orders = [(a, b, c) for a in (1, 2, 3) for b in (1, 2, 3) for c in (1, 2, 3)]
    orders = [(*o, *rest) for o in orders if len(set(o)) == 3 for rest in ((4, 5), (5, 4))]
    total = {}
    for order in orders:
        for mask, value in base.goal.items():
            moved = mask & 1 | sum(1 << new for old, new in enumerate(order, 1) if mask >> old & 1)
            total[moved] = total.get(moved, Fraction(0)) + value
    return Problem(base.variables, (), {m: v for m, v in total.items() if v}, ())


def answer(problem, space, monkeypatch):
    monkeypatch.setattr(prover, "best_space", lambda _: space)
    found = derive(problem)
    if not isinstance(found, Derivation):
        values = found.values
        for first, second, given in map(all_subsets(6).term, range(len(all_subsets(6).rows))):
            expansion = Term(first, second, given).expansion()
            assert sum(sign * values.get(mask, 0) for mask, sign in expansion.items()) >= 0
        assert sum(v * values.get(m, 0) for m, v in problem.goal.items()) < 0
        for equal, form in problem.given:
            value = sum(v * values.get(m, 0) for m, v in form.items())
            assert value == 0 if equal else value >= 0
    return isinstance(found, Derivation)


@pytest.mark.parametrize("seed", range(60))
def test_rings_lose_nothing(seed, monkeypatch):
    problem = random_problem(Random(seed))
    forms = [problem.goal, *(form for _, form in problem.given)]
    space = ring(6, {mask for form in forms for mask in form})
    assert answer(problem, space, monkeypatch) == answer(problem, all_subsets(6), monkeypatch)


@pytest.mark.parametrize("seed", range(40))
def test_orbits_lose_nothing(seed, monkeypatch):
    problem = symmetric_problem(Random(seed))
    classes = exchangeable(6, problem.goal, [])
    assert len(classes) <= 3
    space = orbits(tuple(classes))
    assert answer(problem, space, monkeypatch) == answer(problem, all_subsets(6), monkeypatch)


def test_hypotheses_are_exchanged_among_themselves():
    goal = {0b111: 1}
    assert exchangeable(3, goal, [{0b001: 1}]) == [0b001, 0b110]
    assert exchangeable(3, goal, [{0b001: 1}, {0b010: 1}, {0b100: 1}]) == [0b111]
    assert exchangeable(3, goal, [{0b001: 1, 8: -1}, {0b010: 1, 9: -1}]) == [1, 2, 4]


@pytest.mark.parametrize("count", [6, 16, 64])
def test_many_features(count):
    theorem = prove(drop_one(count, count - 1))
    assert theorem.certificate.kind == "symmetric"
    assert verify(theorem).claim == str(theorem.claim)
    with pytest.raises(NotDerivable) as caught:
        prove(drop_one(count, Fraction(1000 * count - 1001, 1000)))
    assert caught.value.polymatroid


def test_the_proof_for_many_features_is_short():
    theorem = prove(drop_one(8, 7))
    assert len(json.loads(theorem.certificate.text)["proof"]) <= 2 * 8
    assert "averaged over the orders of X1,X2,...,X8" in str(theorem.certificate)


def test_hypotheses_of_a_symmetric_proof_stay_together():
    names = [f"X{i}" for i in range(1, 7)]
    rest = [",".join(n for n in names if n != left) for left in names]
    given = [f"H(R|{group}) <= b" for group in rest]
    theorem = prove(f"H(R|L) <= 5 TC({';'.join(names)}|L) + 6 b", given)
    assert theorem.certificate.kind == "symmetric"
    assert theorem.assumptions == tuple(given)
    small = theorem.instantiate({"X6": "", "X5": ""})
    assert small.certificate.kind == "linear"


def test_sets_that_are_never_separated_are_one_variable():
    left, right = ",".join("ABCDEFGH"), ",".join("HIJKLMNOP")
    theorem = prove(f"H({left},{right}) <= H({left}) + H({right})")
    assert str(theorem.certificate).splitlines()[1:] == [
        "  =  1 * H(H)",
        "  +  1 * I(A,B,C,D,E,F,G;I,J,K,L,M,N,O,P|H)  >= 0",
    ]


def test_too_many_variables_are_refused_with_the_way_out():
    names = "ABCDEFGHIJKLM"
    claim = " + ".join(f"{i} H({name})" for i, name in enumerate(names, 1))
    with pytest.raises(InvalidInput, match=r"at most 12 variables.*got 13 variables; join"):
        prove(f"H({','.join(names)}) <= {claim}")


# ---- the checker's rule ----

HAN = {
    "claim": "2 H(A,B,C) <= H(A,B) + H(A,C) + H(B,C)",
    "given": [],
    "classes": [["A", "B", "C"]],
    "proof": [{"weight": "1", "term": "I(A;B)"}, {"weight": "2", "term": "I(A;B|C)"}],
}


def test_a_line_stands_for_its_average():
    certificate = Certificate.seal("symmetric", **HAN)
    assert certificate.claim == HAN["claim"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"claim": "2 H(A,B,C) <= 2 H(A,B) + H(B,C)"}, "claim: an exchange changes it"),
        ({"claim": "H(A) <= H(A)"}, "proof: the lines do not sum to the claim"),
        ({"classes": []}, "classes: expected two names or more"),
        ({"classes": [["A"]]}, "classes: expected two names or more"),
        ({"classes": [["A", "C", "B"]]}, "classes: names must ascend"),
        ({"classes": [["A", "B"], ["B", "C"]]}, "classes: a name is repeated"),
        ({"classes": [["A", "B"]]}, "proof: the lines do not sum to the claim"),
        ({"classes": [["A", "B", 1]]}, "classes: expected names of variables"),
        ({"classes": [["A", "B", "C", "D"]]}, "claim: an exchange changes it"),
        ({"given": ["H(A) <= 1"]}, r"given\[0\]: an exchange makes it no hypothesis"),
        ({"given": ["H(A) <= 1", "H(B) <= 1", "H(C) <= 1"]}, r"given\[0\]: .* not used"),
    ],
)
def test_symmetric_certificates_are_refused(change, reason):
    with pytest.raises(CertificateRejected, match=reason):
        Certificate.seal("symmetric", **{**HAN, **change})


def test_an_asymmetric_claim_is_not_proved_by_averages():
    content = {
        "claim": "H(B) <= H(A)",
        "given": [],
        "classes": [["A", "B"]],
        "proof": [],
    }
    with pytest.raises(CertificateRejected, match="an exchange changes it"):
        Certificate.seal("symmetric", **content)


def test_an_equality_may_change_its_sign():
    content = {
        "claim": "I(A;B) >= 0",
        "given": ["H(A) = H(B)"],
        "classes": [["A", "B"]],
        "proof": [{"weight": "1", "term": "I(A;B)"}, {"weight": "5", "given": 0}],
    }
    assert Certificate.seal("symmetric", **content).assumptions == ("H(A) = H(B)",)
    content["given"] = ["H(A) <= H(B)"]
    with pytest.raises(CertificateRejected, match="an exchange makes it no hypothesis"):
        Certificate.seal("symmetric", **content)


def test_averages_are_written_out():
    lines = Lines({"I(A;L|B)": Fraction(6), "e": Fraction(1)}, {}, (("A", "B", "C"),))
    spread = spread_lines(lines, ())
    assert spread.terms["I(B;L|C)"] == 1
    assert len(spread.terms) == 7
    assert spread.terms["e"] == 1
    many = Lines({"I(A;B|C,D,E,F,G)": Fraction(1)}, {}, (tuple("ABCDEFGHIJKLMNOP"),))
    with pytest.raises(InvalidInput, match="averages of at most 10000"):
        spread_lines(many, ())


@pytest.mark.parametrize(
    ("false", "given"),
    [(drop_one(3, 1), []), ("I(A;C) <= a", ["I(A;C|B) = 0", "H(B|A) <= a"])],
)
def test_the_interior_point_method_leaves_a_polymatroid(false, given, monkeypatch):
    """Neither the simplex method nor the exact fallback is needed for one."""
    monkeypatch.setattr(lp, "SIMPLEX_UP_TO", 0)
    monkeypatch.setattr(System, "_exactly", lambda self: pytest.fail("the fallback was used"))
    tried = []
    ray = System.exact_ray
    monkeypatch.setattr(
        System, "exact_ray", lambda self, found: tried.append(0) or ray(self, found)
    )
    with pytest.raises(NotDerivable) as caught:
        prove(false, given)
    assert tried == [0]
    assert caught.value.polymatroid
    assert prove(drop_one(3, 2)).certificate
