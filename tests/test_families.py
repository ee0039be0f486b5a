"""Theorems for every n: cross-checked with the prover for one n, laws, and edited certificates."""

import hashlib
import json
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from natlat_sym import (
    CertificateRejected,
    Dist,
    InvalidInput,
    NotDerivable,
    NoWitnessFound,
    ProofError,
    SyntaxInvalid,
    check,
    claim_for_n,
    evaluate_for_all_n,
    prove,
    prove_for_all_n,
    refute_for_all_n,
    refute_for_some_n,
    verify,
)
from natlat_sym import (
    claim as read_claim,
)
from natlat_sym.certified import families
from natlat_sym.certified.certificates import Certificate
from natlat_sym.check import polynomials
from natlat_sym.check.alln import FamilyReader
from natlat_sym.check.polynomials import Scope

THEOREMS = [
    ("(n-1) H(X[n]) <= n H(X[n-1])", ()),
    ("n H(X[1]|X[n-1]) <= H(X[n])", ()),
    ("DTC(X|L) <= (n-1) TC(X|L)", ()),
    ("TC(X|L) <= (n-1) DTC(X|L)", ()),
    ("TC(X|L) = TC(X) + I(L;X[n]) - n I(L;X[1])", ()),
    ("H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])", ()),
    ("H(R|L) <= DTC(X|L) + n H(R|X[n-1])", ()),
    ("(n-1) H(R|L) <= TC(X|L) + n H(R|X[1])", ()),
    ("I(R;X[n]|L) <= (n-1) TC(X|L) + n I(R;X[1]|X[n-1]) + n I(L;R|X[n])", ()),
    ("I(R;X[n]|L) <= DTC(X|L) + n I(R;X[1]|X[n-1]) + n I(L;R|X[n])", ()),
    ("I(R;X[n]|L) <= (n-1) TC(X|L) + n I(R;X[1]|X[n-1])", ("I(L;R|X[n]) = 0",)),
    ("H(R|L) <= (n-1) a + n b", ("TC(X|L) <= a", "H(R|X[n-1]) <= b")),
]
FALSE = [
    "H(R|L) <= TC(X|L) + n H(R|X[n-1])",
    "H(R|L) <= (n-2) TC(X|L) + n H(R|X[n-1])",
    "H(R|L) <= (n-1) TC(X|L) + (n-1) H(R|X[n-1])",
    "n H(R|L) <= TC(X|L) + n H(R|X[1])",
    "n H(X[n]) <= n H(X[n-1])",
    "TC(X|L) <= DTC(X|L)",
    "H(R|L) <= (n-1) TC(X|L)",
    "I(R;X[n]|L) <= DTC(X|L) + n I(R;X[1]|X[n-1]) + (n-1) I(L;R|X[n])",
]


def spelled_out(text, n, m=0):
    """A statement about X[...] for one n and m, in the notation of the other prover."""
    relation = next(sign for sign in ("<=", ">=", "=", "<", ">") if sign in text)
    scope = Scope({"features": "X", "least": 2, **({"budget": "m"} if m else {})})
    sides = [FamilyReader(side, "", scope).form() for side in text.split(relation)]
    written = []
    for side in sides:
        total = {}
        for key, weight in side.items():
            value = sum(x * n**i * m**t for (i, t, _), x in weight.items())
            if not isinstance(key, tuple) or not key:
                name = key if isinstance(key, str) else "1"
                total[name] = total.get(name, 0) + value
                continue
            names, (_, (a, c, d)) = key
            choices = list(combinations([f"X{i}" for i in range(1, n + 1)], a + c * n + d * m))
            for choice in choices:
                joint = ",".join(sorted({*names, *choice}))
                if joint:
                    atom = f"H({joint})"
                    total[atom] = total.get(atom, 0) + Fraction(value, len(choices))
        pieces = [f"{x}" if atom == "1" else f"{x}*{atom}" for atom, x in total.items() if x]
        written.append(" + ".join(pieces).replace("+ -", "- ") or "0")
    return f"{written[0]} {relation} {written[1]}"


@pytest.mark.parametrize(("claim", "given"), THEOREMS, ids=[text for text, _ in THEOREMS])
def test_theorems_are_proved_and_agree_with_the_prover_for_one_n(claim, given):
    theorem = prove_for_all_n(claim, given)
    assert verify(theorem.certificate).claim == f"for all n >= 2: {claim}"
    assert verify(theorem.certificate).assumptions == tuple(given)
    for n in (2, 3, 4):
        prove(spelled_out(claim, n), [spelled_out(text, n) for text in given])


@pytest.mark.parametrize("claim", FALSE)
def test_false_claims_are_not_proved(claim):
    with pytest.raises(NotDerivable, match=r"no proof of .* for every n was found"):
        prove_for_all_n(claim)


def test_the_false_claims_are_false_for_some_n():
    for claim in FALSE:
        for n in (2, 3, 4):
            try:
                prove(spelled_out(claim, n))
            except NotDerivable:
                break
        else:
            pytest.fail(f"{claim} was proved for n = 2, 3 and 4")


def test_unused_hypotheses_are_left_out():
    theorem = prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])", "H(L|X[n]) = 0")
    assert theorem.given == ()


def test_printing():
    theorem = prove_for_all_n("I(R;X[n]|L) = 0", ["TC(X|L) = 0", "I(R;X[1]|X[n-1]) = 0",
                                                  "I(L;R|X[n]) = 0"])  # fmt: skip
    assert str(theorem) == (
        "⊢ for all n >= 2: I(R;X[n]|L) = 0"
        "  given TC(X|L) = 0, I(R;X[1]|X[n-1]) = 0, I(L;R|X[n]) = 0"
    )
    assert eval(repr(theorem)).certificate == theorem.certificate
    text = str(theorem.certificate)
    first = "  =  sum over k = 0..n-1 of 1 * I(R;X[1]|L,X[k])"
    assert text.startswith(f"left - right, for every n >= 2\n{first}\n  >= 0\n")
    assert "right - left, for every n >= 2" in text


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("H(X[n+1]) <= H(X[n])", "more features than n"),
        ("H(X[k]) <= 1", "expected a size: a number, n, or k in a run"),
        ("H(X[1.0]) <= 1", "expected an integer up to 20"),
        ("H(X[21]) <= 1", "expected an integer up to 20"),
        ("2* <= H(X[n])", "expected a number, n, H, I, TC, DTC or a symbol in lower case"),
        ("H(X,X[1]) <= 1", "more features than n"),
        ("H(X[n],X[1]) <= 1", "more features than n"),
        ("H(X[2],X[1-2]) <= H(X[1])", "more features than n, or fewer than none"),
        ("H(X[3]) <= 1", "more features than n"),
        ("H(X[n-3]) <= 1", "more features than n"),
        ("TC(Y|L) <= 1", "expected the features X"),
        ("I(L) <= 1", "I: a wrong block count"),
        ("H(X[1]) < 1", "the relation '<' is not allowed here"),
        ("n^10 H(X[1]) <= 1", "expected an integer up to 9"),
        ("n^0 H(X[1]) <= 1", "an improper exponent"),
        ("(H(L)) H(X[1]) <= 1", "a factor holds n and numbers only"),
        ("1/0 H(X[1]) <= 1", "a denominator is zero"),
        ("KL(A -> B) <= 1", "is not H, I, TC, DTC or a symbol"),
        ("", "expected a number, n, H, I, TC, DTC or a symbol in lower case"),
    ],
)
def test_text_outside_the_notation(claim, message):
    with pytest.raises(SyntaxInvalid) as caught:
        prove_for_all_n(claim)
    assert message in str(caught.value)


def test_too_many_names():
    with pytest.raises(InvalidInput, match="at most 3 variables beside the features, got A, B, C"):
        prove_for_all_n("H(A,B,C,D|X[n]) >= 0")


# ---- edits ----


def sealed(data):
    rest = {name: value for name, value in data.items() if name != "digest"}
    plain = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    digest = "sha256:" + hashlib.sha256(plain.encode("ascii")).hexdigest()
    return json.dumps({**rest, "digest": digest})


def edits(data):
    """Every certificate one edit away that says or shows something else."""

    def with_line(part, number, line):
        lines = list(data[part])
        lines[number : number + 1] = [] if line is None else [line]
        return {**data, part: lines}

    for part in ("proof", "converse"):
        for number, line in enumerate(data.get(part, [])):
            yield with_line(part, number, None)
            yield {**data, part: [*data[part], line]}
            for place, monomial in enumerate(line["weight"]):
                for spot, value in enumerate(monomial):
                    changed = [*monomial]
                    changed[spot] = value + 1 if spot else str(Fraction(value) + 1)
                    weight = list(line["weight"])
                    weight[place] = changed
                    yield with_line(part, number, {**line, "weight": weight})
                yield with_line(part, number, {**line, "weight": line["weight"] + [monomial]})
            if "first" in line:
                yield with_line(part, number, {**line, "first": line["first"] + 1})
                yield with_line(part, number, {**line, "drop": line["drop"] + 1})
                yield with_line(part, number, {**line, "drop": line["drop"] - 1})
            if "term" in line:
                for old, new in (("X[1]", "X[2]"), ("L", "R"), ("k", "k+1"), ("n-1", "n")):
                    if old in line["term"]:
                        yield with_line(
                            part, number, {**line, "term": line["term"].replace(old, new, 1)}
                        )
            else:
                yield with_line(part, number, {**line, "given": line["given"] + 1})
    for index in range(len(data["given"])):
        yield {**data, "given": [*data["given"][:index], *data["given"][index + 1 :]]}
    yield {**data, "given": [*data["given"], "H(L|X[n]) = 0"]}
    yield {**data, "features": "Y"}
    yield {**data, "least": 1}
    yield {**data, "least": 0}
    yield {**data, "kind": "linear"}
    for name in set(data) - {"digest"}:
        yield {other: value for other, value in data.items() if other != name}
    yield {**data, "note": "x"}


@pytest.mark.parametrize(("claim", "given"), THEOREMS, ids=[text for text, _ in THEOREMS])
def test_every_edit_is_rejected_also_with_a_fresh_digest(claim, given):
    theorem = prove_for_all_n(claim, given)
    data = theorem.certificate.data
    count = accepted_weaker = 0
    for edited in edits(data):
        count += 1
        with pytest.raises(check.Rejected):
            check.verify(json.dumps(edited))
        try:
            result = check.verify(sealed(edited))
        except check.Rejected:
            continue
        # Only "least" may be lowered without losing truth, and then the statement says so.
        assert edited["least"] == 1
        assert result["claim"] == f"for all n >= 1: {claim}"
        accepted_weaker += 1
    assert count >= 12
    assert accepted_weaker <= 1


@pytest.mark.parametrize(
    "edit",
    [
        ("(n-1)", "(n-2)"),
        ("(n-1)", "n"),
        ("n H(R|X[n-1])", "H(R|X[n-1])"),
        ("TC(X|L)", "TC(X|R)"),
        ("<=", ">="),
        ("<=", "="),
        ("H(R|L)", "H(L|R)"),
        ("X[n-1]", "X[n]"),
        ("TC", "DTC"),
    ],
)
def test_an_edited_claim_is_rejected(edit):
    data = prove_for_all_n("H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])").certificate.data
    data["claim"] = data["claim"].replace(*edit, 1)
    with pytest.raises(CertificateRejected):
        Certificate(sealed(data))


def test_a_proof_that_is_right_only_for_large_n_is_rejected():
    data = prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])").certificate.data
    # Identities at every n but one: subtract a term that lives at n = 2 alone.
    data["claim"] = "(n-1) H(X[n]) <= n H(X[n-1]) + (n-3) (n-4) (n-5) H(X[1])"
    with pytest.raises(CertificateRejected):
        Certificate(sealed(data))


def test_hostile_input_ends():
    nested = "(" * 2000 + "n" + ")" * 2000 + " H(X[1]) <= n H(X[1])"
    data = prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])").certificate.data
    for claim in (nested, "n" * 50 + " H(X[1]) <= 0", "((n^9)^9) H(X[1]) <= 0"):
        with pytest.raises(check.Rejected):
            check.verify(sealed({**data, "claim": claim}))
    powers = [["1", 9, 9, 9]]
    line = {**data["proof"][0], "weight": powers, "first": 20, "drop": 20}
    with pytest.raises(check.Rejected):
        check.verify(sealed({**data, "proof": [line]}))


# ---- a budget m beside n ----

BUDGETS = [
    "m H(R|L) <= (n-m) TC(X|L) + n H(R|X[n-m])",
    "m H(R|L) <= m DTC(X|L) + n H(R|X[n-m])",
    "m I(R;X[n]|L) <= (n-m) TC(X|L) + n I(R;X[m]|X[n-m]) + n I(L;R|X[n])",
    "(n-m) H(X[n]) <= n H(X[n-m])",
    "H(X[n]) = H(X[n-m]) + H(X[m]|X[n-m])",
]
FALSE_BUDGETS = [
    "m H(R|L) <= (n-m-1) TC(X|L) + n H(R|X[n-m])",
    "m H(R|L) <= (n-m) TC(X|L) + (n-1) H(R|X[n-m])",
    "(n-m) H(X[n]) <= (n-1) H(X[n-m])",
    "m H(R|L) <= (m-1) DTC(X|L) + n H(R|X[n-m])",
]


@pytest.mark.parametrize("claim", BUDGETS)
def test_budgets_are_proved_and_agree_with_the_prover_for_one_n_and_m(claim):
    theorem = prove_for_all_n(claim)
    assert verify(theorem).claim == f"for all n >= 2 and 1 <= m <= n-1: {claim}"
    for n in (2, 3, 4):
        for m in range(1, n):
            prove(spelled_out(claim, n, m))


@pytest.mark.parametrize("claim", FALSE_BUDGETS)
def test_false_budgets_are_not_proved(claim):
    with pytest.raises(NotDerivable):
        prove_for_all_n(claim)
    refuted = 0
    for n in (2, 3, 4):
        for m in range(1, n):
            try:
                prove(spelled_out(claim, n, m))
            except NotDerivable:
                refuted += 1
    assert refuted


def test_every_edit_of_a_budget_is_rejected():
    data = prove_for_all_n(BUDGETS[0]).certificate.data
    assert {line.get("part") for line in data["proof"]} == {None, "lower", "upper"}
    rejected = 0
    for edited in edits(data):
        with pytest.raises(check.Rejected):
            check.verify(sealed(edited))
        rejected += 1
    for number, line in enumerate(data["proof"]):
        for part in ("lower", "upper", "middle", ["lower"], None):
            changed = {**line, "part": part}
            if part is None:
                changed.pop("part")
            if changed != line:
                proof = [*data["proof"][:number], changed, *data["proof"][number + 1 :]]
                with pytest.raises(check.Rejected):
                    check.verify(sealed({**data, "proof": proof}))
                rejected += 1
    assert rejected > 60
    for budget in ("k", "n", 1, True, None, []):
        with pytest.raises(check.Rejected, match="budget: expected 'm'"):
            check.verify(sealed({**data, "budget": budget}))


def test_a_budget_is_printed():
    theorem = prove_for_all_n(BUDGETS[0])
    assert str(theorem.certificate).splitlines()[1:4] == [
        "  =  (n-m) * H(R|L,X[n])",
        "  +  n * I(L;R|X[n-m])",
        "  +  sum over k = 0..n-m-2 of (m + m k) * I(X[1];X[1]|L,R,X[k])",
    ]
    assert theorem._repr_latex_() == (
        r"$m H(R\mid L) \le (n-m) \mathrm{TC}(X\mid L) + n H(R\mid X_{[n-m]})$"
    )
    assert r"\sum_{k=0}^{n-m-2} (m + m k)\, I(X_{[1]};X" in theorem.certificate.to_latex()


# ---- the checker refuses what has no meaning, or a false one ----


def all_n(**changes):
    content = {"claim": "0 <= 0", "features": "X", "least": 2, "given": [], "proof": []}
    return sealed({"format": "natlat-certificate/1", "kind": "all-n", **content, **changes})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"claim": "H(X[k]) <= 0"}, "claim: expected a size"),
        ({"claim": "H(X_1) >= 0"}, "claim: X_1 may be taken for one of the features"),
        ({"claim": "0 <= 0", "given": ["H(X[k]) <= 0"]}, r"given\[0\]: expected a size"),
        ({"claim": "H(X[n-m]) >= 0"}, "claim: expected a size"),
        ({"claim": "H(X[m]) <= 0", "least": 1, "budget": "m"}, "least: expected 2 to 20"),
        ({"claim": "H(X[m+1],X[1]) <= 0", "budget": "m"}, "more features than n"),
        ({"claim": "H(X[1-m]) <= 0", "budget": "m"}, "fewer than none"),
        ({"claim": "H(X[n-m-1]) <= 0", "least": 2, "budget": "m"}, "do not sum"),
        ({"claim": "m <= 1", "budget": "m"}, "do not sum"),
        ({"least": True}, "least: expected 1 to 20"),
        ({"features": "x"}, "features: expected a name"),
    ],
)
def test_statements_without_meaning_are_rejected(changes, reason):
    with pytest.raises(check.Rejected, match=reason):
        check.verify(all_n(**changes))


RUN = {"term": "I(X[1];X[1]|X[k])", "weight": [["1", 0, 0, 0]], "first": 0, "drop": 2}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"drop": 4}, "the run may end before it starts"),
        ({"first": 2}, "the run may end before it starts"),
        ({"drop": 1}, "more features than n"),
        ({"term": "I(X[1];X[1]|X[k-1])"}, "fewer than none"),
        ({"term": "I(X[1];X[1]|X[n-2])"}, "each size of a run must contain k"),
        ({"term": "H(A,X[k])"}, "each size of a run must contain k"),
        ({"term": "H(X[k],X[k])"}, "more than one k"),
        ({"first": True}, "expected 'first' and 'drop'"),
        ({"part": "lower"}, "an improper part"),
        ({"weight": [["-1", 0, 0, 0]]}, "must be above 0"),
        ({"weight": [["1", -1, 0, 0]]}, "expected exponents"),
        ({"weight": [["1", True, 0, 0]]}, "expected exponents"),
        ({"weight": [["1", 5, 5, 0]]}, "a degree above 9"),
        ({"weight": [["1", 0, 0]]}, "expected 3 exponents"),
        ({"weight": [[]]}, "expected 3 exponents"),
        ({"weight": []}, "monomials must ascend"),
        ({"weight": [["1", 0, 0, 0]] * 401}, "too many monomials"),
    ],
)
def test_improper_runs_are_rejected(changes, reason):
    with pytest.raises(check.Rejected, match=reason):
        check.verify(all_n(proof=[{**RUN, **changes}]))


def test_work_is_bounded():
    many = [{"weight": [["1", 0, 0, 0]], "term": f"H(A{i})"} for i in range(51)]
    with pytest.raises(check.Rejected, match="more than 50 lines"):
        check.verify(all_n(proof=many))
    with pytest.raises(check.Rejected, match="numbers grow too large"):
        check.verify(all_n(claim="9" * 160 + " H(A) >= 0"))
    for given in (["(" * 60 + "n" + ")" * 60 + f" H(A) <= {i}" for i in range(20)],
                  [f"{' + '.join(['H(A)'] * 60)} <= {i}" for i in range(20)]):  # fmt: skip
        with pytest.raises(check.Rejected, match=r"given\[16\]: too many measures and paren"):
            check.verify(all_n(given=given))


# ---- laws for every n: against codes built by hand ----

CODE = {"L": "all", "M": "constant"}
PARITY = ["TC(X|M) = 1", "DTC(X|M) = n-1", "H(L|X[n-1]) = 0", "H(L|M) > n-2"]
BUDGET = ["m H(L|M) = (n-m) TC(X|M)", "H(L|X[n-m]) = 0", "TC(X|M) > 0", "H(X[n-m-1]) < H(X[n])"]


def code(n, m, q):
    """Values of the polynomials of degree below n - m at n points of the field of q elements."""
    rows = []
    for coefficients in product(range(q), repeat=n - m):
        row = [sum(c * x**i for i, c in enumerate(coefficients)) % q for x in range(n)]
        rows.append((*map(str, row), "".join(map(str, row)), "c"))
    return Dist.uniform([*(f"X{i}" for i in range(1, n + 1)), "L", "M"], rows)


def test_parity():
    found = evaluate_for_all_n(PARITY, CODE)
    assert verify(found).claim == str(found)
    for n in (2, 3, 4):
        bits = [(*b, str(sum(map(int, b)) % 2)) for b in product("01", repeat=n - 1)]
        names = [*(f"X{i}" for i in range(1, n + 1)), "L", "M"]
        law = Dist.uniform(names, [(*b, "".join(b), "c") for b in bits])
        for text in PARITY[:3]:
            assert read_claim(spelled_out(text, n)).holds(law), text


@pytest.mark.parametrize(("n", "m", "q"), [(2, 1, 2), (3, 1, 3), (3, 2, 3), (4, 2, 5), (4, 3, 5)])
def test_codes(n, m, q):
    assert "for all n >= 2 and 1 <= m <= n-1 some law" in str(evaluate_for_all_n(BUDGET, CODE))
    law = code(n, m, q)
    for text in BUDGET[:2]:
        assert read_claim(spelled_out(text, n, m)).holds(law), text
    assert read_claim(spelled_out("TC(X|M) <= 0 H(M)", n, m)).excess(law) > 0
    assert read_claim(spelled_out("H(X[n]) <= H(X[n-m-1])", n, m)).excess(law) > 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("H(L|M) = n", "is not seen to hold"),
        ("H(L|M) > n-1", "is not seen to hold"),
        ("H(L|M) >= TC(X|M) + 1", "is not seen to hold"),
        ("H(L|M) < TC(X|M)", "is not seen to hold"),
        ("H(L|M) <= a", "a symbol or a constant"),
        ("H(L|N) >= 0", "the law has no variable N"),
        ("H(L) >= 0", "expected just the names that occur"),
        ("H(L,M|X[n-m]) = 1", "a symbol or a constant"),
        ("H(L,M,X[m]) >= H(X[m])", "depends on how n and m compare"),
    ],
)
def test_what_is_not_seen_to_hold(text, reason):
    with pytest.raises(ProofError, match=reason):
        evaluate_for_all_n(text, CODE)


def test_refutations_for_every_n():
    found = refute_for_all_n("H(L|M) <= TC(X|M) + n H(L|X[n-1])")
    assert found.certificate.data["names"] == CODE
    assert found.certificate.data["least"] == 3
    found = refute_for_all_n("m H(R|L) <= (n-m-1) TC(X|L) + n H(R|X[n-m])")
    assert found.statements == ("m H(R|L) > (n-m-1) TC(X|L) + n H(R|X[n-m])",)
    found = refute_for_all_n("H(X[n]) = 0", "TC(X) <= 1")
    assert found.statements == ("TC(X) <= 1", "H(X[n]) > 0")
    with pytest.raises(NoWitnessFound, match="no code violates H"):
        refute_for_all_n("H(X[n]) <= n H(X[1])")


@pytest.mark.parametrize(
    "changes",
    [
        {"least": 1},
        {"names": {"L": "all", "M": "nothing"}},
        {"names": {"L": "all"}},
        {"names": []},
        {"names": {"L": ["all"], "M": "constant"}},
        {"claims": []},
        {"claims": ["H(L,M) >= 0", "H(L,M) >= 0"]},
        {"claims": [7]},
        {"budget": "m"},
        {"given": []},
    ],
)
def test_improper_certificates_are_rejected(changes):
    data = evaluate_for_all_n(["TC(X|M) = 1", "H(L) = n-1"], CODE).certificate.data
    with pytest.raises(check.Rejected):
        check.verify(sealed({**data, **changes}))
    assert Fraction(data["least"]) == 2


BARE = [
    ("I(M;X|L) <= n H(M|X)", "I(M;X[n]|L) <= n H(M|X[n])"),
    ("TC(X|L) <= (n-1) DTC( X | L)", "TC(X|L) <= (n-1) DTC(X | L)"),
    ("H(X , L|X[1]) >= TC(X)", "H(X[n] , L|X[1]) >= TC(X)"),
    ("H(X',Xa) >= H(X [1])", "H(X',Xa) >= H(X [1])"),
]


@pytest.mark.parametrize(("text", "written"), BARE)
def test_all_features_may_be_written_without_a_size(text, written):
    assert families.family_text(text, "X") == families.family_text(written, "X") == written


@pytest.mark.parametrize("name", ["X1", "X_1", "X12", "Xi", "X_i", "Xn"])
def test_a_single_feature_is_not_read_as_another_variable(name):
    message = rf"expected X\[1\] for one feature, X\[n-1\] for all but one .* got {name}$"
    for attempt in (prove_for_all_n, refute_for_all_n, refute_for_some_n):
        with pytest.raises(SyntaxInvalid, match=message):
            attempt(f"H(R|L) <= n H(R|{name})")
        with pytest.raises(SyntaxInvalid, match=message):
            attempt("H(R|L) <= TC(X|L)", [f"H(R|{name}) = 0"])


@pytest.mark.parametrize(("claim", "given"), THEOREMS, ids=[text for text, _ in THEOREMS])
def test_claims_for_one_n_are_the_written_out_ones(claim, given):
    for n in (2, 3, 4):
        for text in (claim, *given):
            found = claim_for_n(text, n)
            wanted = read_claim(spelled_out(families.family_text(text, "X"), n))
            assert (found.relation, found.difference) == (wanted.relation, wanted.difference)


def test_claims_for_one_n_and_m():
    text = "m H(R|L) <= (n-m) TC(X|L) + n H(R|X[n-m]) + 2 a"
    for n, m in ((2, 1), (4, 1), (4, 3)):
        wanted = read_claim(spelled_out(text, n, m)).difference
        assert claim_for_n(text, n, m).difference == wanted
    with pytest.raises(InvalidInput, match="expected a deletion budget m from 1 to 2, got None"):
        claim_for_n(text, 3)
    for n in (1, 13, "3", True):
        with pytest.raises(InvalidInput, match="expected a number of features from 2 to 12, got"):
            claim_for_n("H(X) >= 0", n)


def test_refutations_for_one_n():
    found = refute_for_some_n("H(R|L) <= TC(X|L) + H(R|X[1])")
    assert (found.n, found.m) == (2, None)
    stated = read_claim(spelled_out(found.claim, 2))
    assert stated.excess(found.refutation.law) == found.refutation.excess > 0
    found = refute_for_some_n("H(R|X[n-m]) <= H(R|X[n]) + a", "H(R|X[n]) <= a")
    assert (found.n, found.m) == (2, 1)
    assert refute_for_some_n("H(X) <= n H(X[1])") is None


@drawn(
    st.dictionaries(st.tuples(*[st.integers(0, 3)] * 3), st.integers(-5, 5), max_size=6),
    st.integers(0, 2),
    st.tuples(*[st.integers(-4, 4)] * 3),
    st.tuples(*[st.integers(-3, 3)] * 3),
)
def test_a_polynomial_in_the_place_of_a_letter(terms, place, line, point):
    value = {powers: Fraction(x) for powers, x in terms.items() if x}
    moved = polynomials.put(value, place, polynomials.line_poly(*line))

    def at(poly, n, m, k):
        return sum((x * n**i * m**t * k**j for (i, t, j), x in poly.items()), Fraction(0))

    inner = list(point)
    inner[place] = line[0] + line[1] * point[0] + line[2] * point[1]
    assert at(moved, *point) == at(value, *inner)
