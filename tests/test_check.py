"""The trusted checker by itself: every rule with inputs it accepts and inputs it rejects."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import check
from natlat_sym.check import Rejected, Unreadable, laws, verify
from natlat_sym.check.laws import enclose_log2, sign_of
from natlat_sym.check.reading import MAX_BYTES

CHECKER = Path(check.__file__).parent
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in CHECKER.glob("*.py")}


def seal(kind, **members):
    content = {"format": "natlat-certificate/1", "kind": kind, **members}
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    digest = "sha256:" + hashlib.sha256(plain.encode()).hexdigest()
    return json.dumps({**content, "digest": digest})


def linear(claim, proof, given=(), **more):
    lines = [
        {"weight": weight, "given" if type(head) is int else "term": head} for weight, head in proof
    ]
    return seal("linear", claim=claim, given=list(given), proof=lines, **more)


def law(variables, mass):
    rows = [[list(outcome), value] for outcome, value in mass.items()]
    return {"format": "natlat-law/1", "variables": variables.split(), "mass": rows}


COIN = law("X Y", {"00": "1/2", "11": "1/2"})
TILTED = law("X Y", {"00": "3/4", "11": "1/4"})


def claims(*texts, on=COIN):
    return seal("law", law=on, claims=list(texts))


def rejected(text, message):
    with pytest.raises(Rejected) as caught:
        verify(text)
    assert message in str(caught.value), str(caught.value)


# ---- kind linear ----

ACCEPTED = [
    linear("H(X|Y) <= H(X)", [("1", "I(X;Y)")]),
    linear("I(X;Z) <= I(X;Y)", [("1", "I(X;Y|Z)"), ("-1", 0)], ["I(X;Z|Y) = 0"]),
    linear("2 H(X) <= 2 a", [("2", 0)], ["H(X) <= a"]),
    linear("H(X) <= a + b", [("1", "b"), ("1", 0)], ["H(X) <= a"]),
    linear("H(X) <= 3/2", [("1/2", "1"), ("1", 0)], ["H(X) <= 1"]),
    linear("0 <= H(X)", [("1", "H(X)")]),
    linear("H(X,Y) = H(X) + H(Y|X)", [], converse=[]),
    linear(
        "I(X;Y) = 0",
        [("1", "I(X;Y)")],
        ["I(X;Y) <= 0"],
        converse=[{"weight": "1", "given": 0}],
    ),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_right_certificates_are_accepted(text):
    data = json.loads(text)
    assert verify(text) == {
        "status": "verified",
        "kind": "linear",
        "claim": data["claim"],
        "assumptions": data["given"],
    }


GIVEN = ["H(X|Y) = 0"]
VIOLATIONS = [
    # the sum, and the converse
    (linear("H(X) <= H(X|Y)", [("1", "I(X;Y)")]), "proof: the lines do not sum to the claim"),
    (linear("H(X|Y) >= H(X)", [("1", "I(X;Y)")]), "proof: the lines do not sum to the claim"),
    (linear("H(X) <= a", [("1", "a")]), "proof: the lines do not sum to the claim"),
    (linear("H(X|Y) <= H(X) - 1", [("1", "I(X;Y)")]), "do not sum"),
    (linear("H(X) = 0", [("1", "H(X)")]), "converse: needed just when"),
    (linear("H(X) >= 0", [("1", "H(X)")], converse=[]), "converse: needed just when"),
    (linear("H(X) = 0", [("1", "H(X)")], converse=[]), "converse: the lines do not sum"),
    # weights
    (linear("H(X) <= 0", [("-1", "H(X)")]), "proof[0].weight: must be above 0"),
    (linear("H(X) >= H(X)", [("0", "H(X)")]), "proof[0].weight: must not be 0"),
    (linear("H(X) <= 0", [("-1", 0)], ["H(X) >= 0"]), "proof[0].weight: must be above 0"),
    *(
        (linear("H(X) >= 0", [(weight, "H(X)")]), "proof[0].weight")
        for weight in ["+1", "01", "2/2", "1/1", "1e0", "1.0", " 1", "1 ", "-0", "", "١", "1/0"]
    ),
    (linear("2 H(X) >= 0", [("4/2", "H(X)")]), "proof[0].weight: not in lowest terms"),
    (linear("H(X) >= 0", [(1, "H(X)")]), "proof[0].weight: expected a rational"),
    (linear("H(X) >= 0", [("9" * 1001, "H(X)")]), "proof[0].weight: a number above 1000 digits"),
    # terms
    (linear("I(X;Y;Z) >= 0", [("1", "I(X;Y;Z)")]), "proof[0].term: expected H(A|C)"),
    (linear("0 <= -H(X)", [("1", "-H(X)")]), "proof[0].term: expected H(A|C)"),
    (linear("TC(X;Y) >= 0", [("1", "TC(X;Y)")]), "proof[0].term: expected H(A|C)"),
    (linear("H(X) >= 0", [("1", "H(X;Y)")]), "proof[0].term: expected H(A|C)"),
    (linear("H(X) >= 0", [("1", "I(X)")]), "proof[0].term: expected H(A|C)"),
    (linear("H(X) >= 0", [("1", "H( X)")]), "proof[0].term: expected H(A|C)"),
    (linear("H(X) >= 0", [("1", "X")]), "proof[0].term: expected H(A|C)"),
    (linear("1 >= 0", [("1/2", "2")]), "proof[0].term: expected H(A|C)"),
    (linear("log2 >= 0", [("1", "log2")]), "claim: expected '('"),
    (linear("H(X) >= 0", [("1", ["H(X)"])]), "proof[0].term: expected a string"),
    (linear("H(X,Y) >= 0", [("1", "H(Y,X)")]), "proof[0].term: names inside a group must ascend"),
    (linear("H(X) >= 0", [("1", "H(X,X)")]), "proof[0].term: names inside a group must ascend"),
    (linear("I(X;Y) >= 0", [("1", "I(Y;X)")]), "proof[0].term: the blocks must ascend"),
    (linear("H(X) >= 0", [("1", "I(X;X)")]), "proof[0].term: a variable occurs twice"),
    (linear("H(X|X) >= 0", [("1", "H(X|X)")]), "proof[0].term: a variable occurs twice"),
    # order and repetition
    (
        linear("H(X) + H(Y) >= 0", [("1", "H(Y)"), ("1", "H(X)")]),
        "proof: the lines are not in canonical order",
    ),
    (
        linear("2 H(X) >= 0", [("1", "H(X)"), ("1", "H(X)")]),
        "proof: the lines are not in canonical order",
    ),
    (
        linear("H(Y|X) - H(X|Y) >= 0", [("-1", 0), ("1", "H(Y|X)")], GIVEN),
        "proof: the lines are not in canonical order",
    ),
    # hypotheses
    (linear("H(X) >= 0", [("1", "H(X)")], GIVEN), "given[0]: the hypothesis is not used"),
    (linear("H(X|Y) <= 0", [("-1", 1)], GIVEN), "proof[0].given: expected an index below 1"),
    (linear("H(X|Y) <= 0", [("-1", -1)], GIVEN), "proof[0].given: expected an index below 1"),
    (
        linear("H(X|Y) <= 0", [("-1/2", 0), ("-1/2", 1)], GIVEN * 2),
        "given: a statement is repeated",
    ),
    (linear("H(X) <= 1", [("1", 0)], ["H(X) < 1"]), "given[0]: the relation '<' is not allowed"),
    (linear("H(X) < 1", [("1", 0)], ["H(X) <= 1"]), "claim: the relation '<' is not allowed"),
    (linear("H(X) <= log2(3)", [("1", 0)], ["H(X) <= log2(3)"]), "claim: log2 is not allowed"),
    (
        linear("H(X) <= 1", [("1", 0)], ["H(X) <= 1 + log2(3) - log2(3)"]).replace("1 + ", "1 +  "),
        "digest",
    ),
]


@pytest.mark.parametrize(("text", "message"), VIOLATIONS)
def test_each_condition_of_linear_is_seen_to_fire(text, message):
    rejected(text, message)


def test_true_is_not_an_index():
    text = linear("H(X|Y) <= 0", [("-1", 0)], GIVEN)
    assert verify(text)
    data = json.loads(text)
    data["proof"][0]["given"] = False
    del data["format"], data["digest"]
    rejected(seal(**data), "proof[0].given: expected an index below 1")


def test_a_line_has_exactly_its_members():
    for line in ({"weight": "1"}, {"term": "H(X)"}, {"weight": "1", "term": "H(X)", "given": 0}, 7):
        text = seal("linear", claim="H(X) >= 0", given=[], proof=[line])
        rejected(text, "proof[0]")


# ---- notation ----

EXPANSIONS = [
    ("H(A,B|C)", {"ABC": 1, "C": -1}),
    ("I(A;B|C)", {"AC": 1, "BC": 1, "ABC": -1, "C": -1}),
    ("I(A;B;C)", {"A": 1, "B": 1, "C": 1, "AB": -1, "AC": -1, "BC": -1, "ABC": 1}),
    ("I(A,B;B,C)", {"AB": 1, "BC": 1, "ABC": -1}),
    ("TC(A;B;C|D)", {"AD": 1, "BD": 1, "CD": 1, "D": -2, "ABCD": -1}),
    ("DTC(A;B;C)", {"ABC": -2, "AB": 1, "AC": 1, "BC": 1}),
    ("O(A;B;C)", {"A": 1, "B": 1, "C": 1, "AB": -1, "AC": -1, "BC": -1, "ABC": 1}),
    ("KL(A <- L -> B)", {"AL": 1, "BL": 1, "L": -1, "ABL": -1}),
    ("KL(A -> B -> C)", {"AB": 1, "BC": 1, "B": -1, "ABC": -1}),
    ("KL(Y <- X -> Y#2)", {"XY": 1, "X": -1}),
    ("KL(A; B)", {"A": 1, "B": 1, "AB": -1}),
    ("KL((A,B) -> C <- D)", {"AB": 1, "D": 1, "ABD": -1}),
    ("KL(A -> B; A -> B; A)", {}),
    ("2 H(A) - 1/3*H(B) + 0.25 H(A)", {"A": Fraction(9, 4), "B": Fraction(-1, 3)}),
    ("-3/2 H(A) + 3/2 H(A)", {}),
]


@pytest.mark.parametrize(("text", "wanted"), EXPANSIONS)
def test_expansions_by_hand(text, wanted):
    target = " ".join(
        f"{'+' if c > 0 else '-'} {abs(Fraction(c))} H({','.join(group)})"
        for group, c in wanted.items()
    )
    assert verify(linear(f"{text} = {('0 ' + target).strip()}", [], converse=[]))
    rejected(linear(f"{text} = 0 {target} + H(A)", [], converse=[]), "do not sum")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2H(X) >= 0", "expected a name, a number or a sign"),
        ("1e5 H(X) >= 0", "expected a name, a number or a sign"),
        ("01 H(X) >= 0", "expected a name, a number or a sign"),
        ("1. H(X) >= 0", "expected a name, a number or a sign"),
        ("+ H(X) >= 0", "expected H, I, TC"),
        ("H(X)", "expected a relation"),
        ("H(X) >= 0 >= 0", "expected the end"),
        ("H(X) >= ", "expected H, I, TC"),
        ("X >= 0", "expected H, I, TC"),
        ("H() >= 0", "expected a name"),
        ("H(X >= 0", "expected ')'"),
        ("H(X|) >= 0", "expected a name"),
        ("H(X;Y) >= 0", "H cannot have 2 blocks"),
        ("I(X) >= 0", "I cannot have 1 blocks"),
        ("1/0 H(X) >= 0", "a denominator is zero"),
        ("KL(A -> B -> A) >= 0", "a directed cycle"),
        ("KL(A -> A) >= 0", "a directed cycle"),
        ("KL() >= 0", "expected a node"),
        ("H(X)\t>= 0", "expected a name, a number or a sign"),
        ("H(X)\u00a0>= 0", "expected a name, a number or a sign"),
        ("H(Х) >= 0", "expected a name, a number or a sign"),
        ("١ H(X) >= 0", "expected a name, a number or a sign"),
        ("H(X) ≥ 0", "expected a name, a number or a sign"),
        ("I(" + ";".join("ABCDEFGHJKLMN") + ") >= 0", "I cannot have 13 blocks"),
        ("9" * 1001 + " H(X) >= 0", "a number above 1000 digits"),
        (" + ".join(["I(A;B;C;D;E;F;G;J;K;L)"] * 40) + " >= 0", "the expansion is too large"),
        (7, "claim: expected a string"),
        (None, "claim: expected a string"),
    ],
)
def test_what_is_outside_the_notation_is_rejected(text, message):
    rejected(linear(text, []), message)


def test_blanks_and_stars_do_not_change_the_meaning():
    assert verify(linear("  2   H( X | Y )<=2*H(X)  ", [("2", "I(X;Y)")]))


def test_growing_denominators_are_stopped():
    primes = [p for p in range(3, 30_000) if all(p % d for d in range(2, int(p**0.5) + 1))]
    text = " + ".join(f"1/{p} H(X)" for p in primes)
    rejected(linear(f"{text} >= 0", []), "denominators grow too large")


# ---- laws ----

BIASED = "2 - 3/4*log2(3)"  # the entropy of (3/4, 1/4)


@pytest.mark.parametrize(
    "text",
    [
        claims("H(X) = 1", "I(X;Y) = 1", "H(X|Y) = 0", "H(X) > 0", "H(X) <= 1", "H(Y) < 1.5"),
        claims(f"H(X) = {BIASED}", "H(X) > 0.811278", "H(X) < 0.811279", on=TILTED),
        claims("H(X) - I(X;Y) = 0", "H(X) < log2(3)", "1 >= H(X)", on=TILTED),
    ],
)
def test_values_on_a_law(text):
    data = json.loads(text)
    result = verify(text)
    assert result["claim"] == "some law has " + " and ".join(data["claims"])
    assert result["assumptions"] == []


def edit(value, **changes):
    return {**value, **changes}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (claims("H(X) = 2"), "claims[0]: the statement does not hold on the law"),
        (claims("H(X) < 1"), "claims[0]: the statement does not hold on the law"),
        (claims("H(X) > 1"), "claims[0]: the statement does not hold on the law"),
        (claims("H(X) <= 0.99"), "claims[0]: the statement does not hold on the law"),
        (claims("H(X) >= log2(3)"), "claims[0]: the statement does not hold on the law"),
        (claims("H(X) = log2(3) - 1/2", on=TILTED), "does not hold"),
        (claims(), "claims: expected some statements"),
        (claims("H(X) = 1", "H(X) = 1"), "claims: a statement is repeated"),
        (claims("H(Z) = 1"), "claims[0]: the law has no variable Z"),
        (claims("H(X) <= a"), "claims[0]: the symbol a has no value here"),
        (claims("H(X) <= log2(1)"), "log2 needs an integer above 1"),
        (claims("H(X) <= log2(2.5)"), "log2 needs an integer above 1"),
        (claims("H(X) <= log2(2.0)"), "log2 needs an integer above 1"),
        (claims("H(X) = 1", on=edit(COIN, format="natlat-law/2")), "law.format"),
        (claims("H(X) = 1", on=edit(COIN, parameters={})), "law: member 'parameters' is not"),
        (claims("H(X) = 1", on=edit(COIN, variables=["X", "X"])), "law.variables: a name is rep"),
        (claims("H(X) = 1", on=edit(COIN, variables=["X", "2"])), "law.variables: expected names"),
        (claims("H(X) = 1", on=law("X Y", {"00": "1/2", "11": "1/4"})), "law.mass: the masses do"),
        (claims("H(X) = 1", on=law("X Y", {"11": "1/2", "00": "1/2"})), "outcomes must ascend"),
        (claims("H(X) = 1", on=law("X Y", {"0": "1/2", "11": "1/2"})), "law.mass[0]: expected one"),
        (claims("H(X) = 1", on=law("X Y", {"00": "1", "11": "0"})), "law.mass[1]: a mass must be"),
        (claims("H(X) = 1", on=law("X Y", {"00": "3/2", "11": "-1/2"})), "law.mass[1]: a mass"),
        (claims("H(X) = 1", on=law("X Y", {"00": "0.5", "11": "1/2"})), "expected a rational"),
        (claims("H(X) = 1", on=law("X Y", {})), "law.mass: the masses do not sum to 1"),
        (claims("H(X) = 1", on=edit(COIN, mass=[[["0", 0], "1"]])), "law.mass[0]: expected one"),
        (claims("H(X) = 1", on=edit(COIN, mass=[[["0", "0"], "1", "1"]])), "expected [outcome"),
        (claims("H(X) = 1", on=edit(COIN, mass=[[["0", "0"], "1/2"]] * 2)), "outcomes must ascend"),
        (claims("H(X) = 1", on=[]), "law: expected an object"),
    ],
)
def test_each_condition_of_laws_is_seen_to_fire(text, message):
    rejected(text, message)


def test_too_much_work_on_a_law_is_refused(monkeypatch):
    text = claims("H(X) + H(Y) > 1", "H(X,Y) = 1")
    assert verify(text)
    monkeypatch.setattr(laws, "MAX_CELLS", 15)  # 2 * (1 + 1) + 2, twice; then 2 * (1 + 2) + 2
    rejected(text, "claims[1]: too many entropies of too large a law")
    text = claims("H(X) > 0", "2 H(X) > 0")
    monkeypatch.setattr(laws, "MAX_CELLS", 8)  # 2 * (1 + 1) + 2, and log2(2) at each use
    assert verify(text)
    monkeypatch.setattr(laws, "MAX_CELLS", 7)
    rejected(text, "claims[1]: too many entropies of too large a law")


# ---- signs ----


@given(st.dictionaries(st.integers(2, 60), st.fractions(-2, 2, max_denominator=9), max_size=5))
@settings(max_examples=300)
def test_signs_agree_with_many_digits(value):
    value = {a: c for a, c in value.items() if c}
    with mpmath.workdps(80):
        total = sum(
            (mpmath.mpf(c.numerator) / c.denominator * mpmath.log(a, 2) for a, c in value.items()),
            mpmath.mpf(0),
        )
    wanted = 0 if abs(total) < mpmath.mpf(10) ** -60 else 1 if total > 0 else -1
    assert sign_of(value, "value") == wanted


@pytest.mark.parametrize("k", [1, 10, 100, 300])
def test_tiny_gaps_have_a_sign(k):
    a = 10**k
    assert sign_of({a + 1: Fraction(1), a: Fraction(-1)}, "value") == 1
    assert sign_of({a - 1: Fraction(1), a: Fraction(-1)}, "value") == -1
    squares = {a * a - 1: Fraction(1), a - 1: Fraction(-1), a + 1: Fraction(-1)}
    assert sign_of(squares, "value") == 0


def test_zero_without_factoring():
    p, q = 2**521 - 1, 2**607 - 1
    value = {p * q: Fraction(1, 3), p: Fraction(-1, 3), q: Fraction(-1, 3)}
    assert sign_of(value, "value") == 0
    assert sign_of({**value, 3: Fraction(1, 10**40)}, "value") == 1


def test_a_gap_beyond_the_stated_precision_is_refused_and_not_guessed():
    a = 2**5000
    with pytest.raises(Rejected, match="the sign is too hard to decide"):
        sign_of({a + 1: Fraction(1), 2: Fraction(-5000)}, "value")
    many = {10**900 + i: Fraction((-1) ** i) for i in range(1000)}
    with pytest.raises(Rejected, match="too many or too large logarithms"):
        sign_of(many, "value")


def test_what_a_first_enclosure_shows_needs_no_coprime_base():
    many = {10**900 + i: Fraction(1) for i in range(1000)}
    assert sign_of(many, "value") == 1
    assert sign_of({a: -c for a, c in many.items()}, "value") == -1


@given(st.integers(2, 10**30), st.sampled_from([1, 7, 64, 200]))
@settings(max_examples=200)
def test_logarithms_are_enclosed(a, precision):
    low, high = enclose_log2(a, precision)
    with mpmath.workdps(120):
        exact = mpmath.log(a, 2) * mpmath.mpf(2) ** precision
        assert low <= exact + mpmath.mpf(10) ** -20
        assert exact <= high + mpmath.mpf(10) ** -20
    assert high - low >= 1


# ---- refutations ----


def refutation(claim="H(X) <= H(X|Y)", given=(), excess="1", on=COIN, **more):
    return seal("refutation", claim=claim, given=list(given), law=on, excess=excess, **more)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (refutation(), "not every law has H(X) <= H(X|Y)"),
        (refutation("H(X|Y) >= H(X)"), "not every law has H(X|Y) >= H(X)"),
        (refutation("H(X) = 0"), "not every law has H(X) = 0"),
        (refutation("0 = H(X)"), "not every law has 0 = H(X)"),
        (
            refutation("H(X) <= 0", ["H(X|Y) = 0", "H(Y|X) <= 0"], BIASED, TILTED),
            "not every law with H(X|Y) = 0 and H(Y|X) <= 0 has H(X) <= 0",
        ),
        (
            refutation("H(X) <= 2 a", ["I(X;Y) <= 4 a"], "1/2", symbols={"a": "1/4"}),
            "not every law with I(X;Y) <= 4 a has H(X) <= 2 a",
        ),
    ],
)
def test_refutations(text, statement):
    result = verify(text)
    assert (result["claim"], result["assumptions"]) == (statement, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (refutation(excess="2"), "excess: the claim does not fail by this amount"),
        (refutation(excess="0"), "excess: must be above 0"),
        (refutation("H(X|Y) <= H(X)", excess="-1"), "excess: must be above 0"),
        (refutation("H(X|Y) <= H(X)"), "excess: the claim does not fail by this amount"),
        (refutation(excess="1 + H(X)"), "excess: expected an exact number and nothing else"),
        (refutation(excess="a"), "excess: expected an exact number and nothing else"),
        (refutation(given=["H(Y) = 0"]), "given[0]: the hypothesis does not hold on the law"),
        (refutation(given=["H(Y) >= 2"]), "given[0]: the hypothesis does not hold on the law"),
        (refutation(given=["H(Y) < 2"]), "given[0]: the relation '<' is not allowed"),
        (refutation("H(X) < 1"), "claim: the relation '<' is not allowed"),
        (refutation("H(Z) <= 0"), "claim: the law has no variable Z"),
        (refutation("H(X) <= a"), "symbols: needed just when symbols occur"),
        (refutation(symbols={}), "symbols: needed just when symbols occur"),
        (refutation("H(X) <= a", symbols={"b": "0"}), "symbols: member 'a' is missing"),
        (refutation("H(X) <= a", symbols={"a": "0", "b": "0"}), "symbols: member 'b' is not"),
        (refutation("H(X) <= a", symbols={"a": "-1"}, excess="2"), "symbols.a: must not be below"),
    ],
)
def test_each_condition_of_refutations_is_seen_to_fire(text, message):
    rejected(text, message)


# ---- the file ----


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "certificate: expected an object"),
        ("7", "certificate: expected an object"),
        ("{}", "format: expected 'natlat-certificate/1'"),
        ('{"a": 1, "a": 1}', "JSON: member 'a' is repeated"),
        ('{"a": 1.5}', "JSON: the float 1.5 is not exact"),
        ('{"a": 1e5}', "JSON: the float 1e5 is not exact"),
        ('{"a": NaN}', "JSON: the float NaN is not exact"),
        ('{"a": -0}', "JSON: an improper zero"),
        ('{"a": {"b": [{"c": 1, "\\u0063": 2}]}}', "JSON: member 'c' is repeated"),
        ('{"a": ' + "9" * 1001 + "}", "JSON: a number above 1000 digits"),
        ("[" * 100_000 + "]" * 100_000, "JSON: nested too deeply"),
        (seal("nothing"), "kind: unknown kind 'nothing'"),
        (seal(["linear"]), "kind: unknown kind"),
        (seal("linear", claim="H(X) >= 0", given=[]), "certificate: member 'proof' is missing"),
        (seal("law", law=COIN, claims=["H(X) = 1"], note="x"), "member 'note' is not allowed"),
        (seal("linear", claim="1 >= 0", given=[], proof={}), "proof: expected a list"),
        (seal("linear", claim="1 >= 0", given="", proof=[]), "given: expected a list"),
        (ACCEPTED[0].replace("natlat-certificate/1", "natlat-certificate/2"), "format: expected"),
        (ACCEPTED[0].replace("sha256:", "sha256:0"), "digest: does not match the content"),
        (ACCEPTED[0].replace('"H(X|Y)', '"H(X|Y) '), "digest: does not match the content"),
    ],
)
def test_each_condition_of_the_file_is_seen_to_fire(text, message):
    rejected(text, message)


@pytest.mark.parametrize("text", ["", "{", '{"a"', "H(X) >= 0", "\ufeff{}", "{}{}", "\x00"])
def test_what_is_not_json_is_unreadable(text):
    with pytest.raises(Unreadable, match="JSON: "):
        verify(text)


def test_a_file_that_is_too_long_is_unreadable():
    with pytest.raises(Unreadable, match="longer than 4194304 bytes"):
        verify(" " * (MAX_BYTES + 1))


def test_a_file_that_is_too_long_is_not_cut(tmp_path):
    """Bytes count, not characters, so that no rest of a file goes unread."""
    text = claims("H(X) = 0", on=law("X", {"\u00e9": "1"}))
    short = json.dumps(json.loads(text), ensure_ascii=False).encode()
    assert b"\xc3\xa9" in short
    assert verify(short.decode())
    path = tmp_path / "long.json"
    path.write_bytes(short + b" " * (MAX_BYTES + 1 - len(short)) + b"and more")
    code, out, err = run(path)
    assert (code, out) == (2, "")
    assert "longer than 4194304 bytes" in err


def run(*arguments, options=("-I", "-S")):
    done = subprocess.run(
        [sys.executable, *options, str(CHECKER), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_command_line(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(ACCEPTED[1])
    bad.write_text(VIOLATIONS[0][0])
    shown = "verified  I(X;Z) <= I(X;Y)\n  given I(X;Z|Y) = 0\n"
    assert run(good) == (0, shown, "")
    assert run(good, options=("-O",)) == (0, shown, "")
    refused = "rejected  proof: the lines do not sum to the claim\n"
    assert run(bad) == (1, refused, "")
    assert run(bad, options=("-O", "-I", "-S")) == (1, refused, "")
    assert run(good, bad) == (1, shown + refused, "")
    code, out, err = run(good, bad, tmp_path)
    assert (code, out) == (2, shown + refused)
    assert err.startswith("check: cannot read ")
    code, out, err = run("--json", good)
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "schema": "natlat/1",
        "status": "verified",
        "kind": "linear",
        "claim": "I(X;Z) <= I(X;Y)",
        "assumptions": ["I(X;Z|Y) = 0"],
    }
    code, out, err = run("--json", bad)
    assert (code, json.loads(out)["status"]) == (1, "rejected")


def test_usage_and_unreadable_files(tmp_path):
    assert run() == (2, "", "usage: python -m natlat_sym.check [--json] FILE...\n")
    assert run("--help")[0] == 2
    truncated, binary = tmp_path / "truncated.json", tmp_path / "binary.json"
    truncated.write_text(ACCEPTED[0][:-9])
    binary.write_bytes(b"\xff\xfe{}")
    for path in (truncated, binary, tmp_path, tmp_path / "none.json", "/dev/zero"):
        code, out, err = run(path)
        assert (code, out) == (2, "")
        assert err.startswith("check: cannot read ")
        assert err.count("\n") == 1


def foreign(source):
    """Modules that are neither in the standard library nor in the checker's own folder."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            names = [] if name.startswith(".") and name[1:] in SOURCES else [name]
        yield from (name for name in names if name.split(".")[0] not in sys.stdlib_module_names)


def test_only_the_standard_library_and_the_folder_are_imported():
    assert len(SOURCES) > 10
    assert [name for source in SOURCES.values() for name in foreign(source)] == []
    source = "import json, sympy\nfrom . import bits\nfrom ..laws import d\nfrom .linear import x"
    assert list(foreign(source)) == ["sympy", ".", "..laws"]


def test_the_folder_runs_alone_under_any_name(tmp_path):
    good = tmp_path / "good.json"
    good.write_text(ACCEPTED[0])
    for name in ("hashlib", "fractions", "itertools", "linear", "natlat_sym"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('a module beside the folder')")
    for name in ("checker", "json", "one.two"):
        folder = tmp_path / name
        shutil.copytree(CHECKER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "hashlib.py").write_text("raise ImportError('a module in the folder')")
        for options in (["-I", "-S"], ["-OO"]):
            done = subprocess.run(
                [sys.executable, *options, str(folder), str(good)],
                capture_output=True,
                text=True,
                check=False,
                cwd=tmp_path,
            )
            assert (done.returncode, done.stdout[:10], done.stderr) == (0, "verified  ", "")


def test_no_assertions_and_no_evaluation():
    def forbidden(source):
        for node in ast.walk(ast.parse(source)):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if isinstance(node, ast.Assert) or called in {"eval", "exec", "compile", "float"}:
                yield node

    assert not [node for source in SOURCES.values() for node in forbidden(source)]
    assert len(list(forbidden("assert x\neval('1')"))) == 2


# ---- no input keeps the checker busy, or is read in two ways ----


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (linear(f"KL({' -> '.join(f'Y#{i}' for i in range(1001))}) >= 0", []), "more than 1000"),
        (linear("KL(Y#0.5) >= 0", []), "claim: expected an integer up to 1000"),
        (linear("KL(Y#1.0; Y#1) >= 0", []), "claim: expected an integer up to 1000"),
        (linear(f"DTC({';'.join(['A'] * 257)}) >= 0", []), "DTC cannot have 257 blocks"),
        (linear("H(X) >= log2(3) - log2(3)", [("1", "H(X)")]), "log2 is not allowed here"),
        (linear("H(X) <= log2(2)", [("1", 0)], ["H(X) <= 1"]), "log2 is not allowed here"),
        (linear("0 >= 0", [], [7]), "given: expected strings"),
        (linear("0 >= 0", [], [["H(X) = 0"]]), "given: expected strings"),
        (claims("H(X) = 1", 7), "claims: expected strings"),
        (
            seal(
                "symmetric",
                claim="0 >= 0",
                given=[],
                classes=[[f"A{i:03}", f"B{i:03}"] for i in range(129)],
                proof=[],
            ),
            "classes: more than 256 variables",
        ),
    ],
)
def test_long_or_ambiguous_input_is_rejected(text, message):
    rejected(text, message)


def test_wide_laws_are_bounded(monkeypatch):
    names = [f"V{i}" for i in range(60)]
    wide = {"format": "natlat-law/1", "variables": names, "mass": [[["0"] * 60, "1"]]}
    groups = [",".join(names[:k]) for k in range(1, 60)]
    text = claims(" + ".join(f"H({group})" for group in groups) + " >= 0", on=wide)
    assert verify(text)
    monkeypatch.setattr(laws, "MAX_CELLS", 5000)  # fewer than the labels that are read
    rejected(text, "too many entropies of too large a law")


@pytest.mark.parametrize("value", [None, 7, b"{}", ["{}"]])
def test_only_text_is_read(value):
    rejected(value, "JSON: expected text")


def over(claim, weights, levels=({"cuts": [], "signs": "+"},), span="0 < e < 1"):
    rows = [[[f"{i:05}"], weight] for i, weight in enumerate(weights)]
    spread = {"variables": ["X"], "weights": rows}
    return seal("range", range=span, law=spread, claim=claim, levels=list(levels))


TWELVE = "I(" + ";".join("ABCDEFGHJKLM") + ")"
PRIMES = [p for p in range(2, 300) if all(p % d for d in range(2, p))]
SQUARES = {
    "format": "natlat-law/1",
    "variables": ["X", "Y"],
    "mass": [
        [[f"{p:03}", f"{q:03}"], str(Fraction(p * q, sum(PRIMES) ** 2))]
        for p in PRIMES
        for q in PRIMES
    ],
}
CLOSE = f"log2({10**900 + 1}) - log2({10**900})"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            linear("0 >= 0", [], [f"{' + '.join([TWELVE] * 4)} <= {i}" for i in range(1000)]),
            "given[2]: the expansion is too large",
        ),
        (
            claims(*(f"{' + '.join([TWELVE] * 4)} <= {i}" for i in range(1000))),
            "claims[0]: the law has no variable",
        ),
        (
            linear(
                f"KL({'; '.join(f'A{j}->A{i}' for i in range(640) for j in range(i))}) >= 0", []
            ),
            "claim: the expansion is too large",
        ),
        (
            claims(" + ".join(f"log2({3 + k * (2**61 - 1)})" for k in range(30_000)) + " >= 0"),
            "claims[0]: the expansion is too large",
        ),
        (
            claims(*(f"{k} H(X,Y) = {k} H(X) + {k} H(Y)" for k in range(1, 40)), on=SQUARES),
            "claims[0]: too many or too large logarithms",
        ),
        (
            refutation(
                " + ".join(f"a{k}" for k in range(200)) + " <= 0",
                excess="1",
                symbols={f"a{k}": CLOSE for k in range(200)},
            ),
            "symbols.a0: the sign is too hard to decide",
        ),
        (over("H(X) >= 0", [f"e + {i}" for i in range(1, 50)]), "too many different polynomials"),
        (over("H(X) >= 0", [f"(e + {i})^39" for i in range(1, 999)]), "the expansion is too large"),
        (over("H(X) >= 0", [f"e + {2**2049}"]), "the polynomials grow too large"),
        (
            over("H(X) >= 0", ["e", "1"], span=f"0 < e < 1/{2**64}"),
            "a point with more than 64 bits",
        ),
        (
            over("H(X) >= 0", ["e", "1"], [{"cuts": [f"1/{2**64}"], "signs": "++"}]),
            "a point with more than 64 bits",
        ),
        (
            over(
                "H(X) >= 0",
                ["e", "1"],
                [{"cuts": [str(Fraction(k, 1009)) for k in range(1, 202)], "signs": "+" * 202}] * 2,
            ),
            "levels: more than 400 intervals",
        ),
    ],
)
def test_no_input_keeps_the_checker_busy(text, message):
    """The limits of section 8 that hold its time, each with an input that took long without it."""
    rejected(text, message)
