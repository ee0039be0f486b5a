"""Theorems for every n: cross-checked with the prover for one n, laws, and edited certificates."""

import hashlib
import json
from fractions import Fraction
from itertools import combinations

import pytest

from natlat_sym import (
    CertificateRejected,
    InvalidInput,
    NotDerivable,
    SyntaxInvalid,
    check,
    prove,
    prove_for_all_n,
    verify,
)
from natlat_sym.certificates import Certificate

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


def spelled_out(text, n):
    """A statement about X[...] for one n, in the notation of the other prover (independent)."""
    relation = next(sign for sign in ("<=", "=") if sign in text)
    sides = [check._FamilyReader(side, "", "X", 1).sum() for side in text.split(relation)]
    written = []
    for side in sides:
        total = {}
        for key, weight in side.items():
            value = sum(x * n**i for (i, _), x in weight.items())
            if not isinstance(key, tuple) or not key:
                assert isinstance(key, str) or not value
                total[key] = total.get(key, 0) + value
                continue
            names, (a, _, c) = key
            choices = list(combinations([f"X{i}" for i in range(1, n + 1)], a + c * n))
            for choice in choices:
                joint = ",".join(sorted({*names, *choice}))
                if joint:
                    atom = f"H({joint})"
                    total[atom] = total.get(atom, 0) + Fraction(value, len(choices))
        pieces = [f"{x}*{atom}" for atom, x in total.items() if x]
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
        ("H(X[n+1]) <= H(X[n])", "expected ']'"),
        ("H(X) <= 1", "expected '['"),
        ("H(X[n],X[1]) <= 1", "more features than n"),
        ("H(X[3]) <= 1", "more features than n"),
        ("H(X[n-3]) <= 1", "more features than n"),
        ("TC(Y|L) <= 1", "expected the features X"),
        ("I(L) <= 1", "I: a wrong block count"),
        ("H(X[1]) < 1", "expected <=, >= or ="),
        ("n^10 H(X[1]) <= 1", "an improper exponent"),
        ("(H(L)) H(X[1]) <= 1", "a factor holds n and numbers only"),
        ("1/0 H(X[1]) <= 1", "a denominator is zero"),
        ("KL(X1 -> X2) <= 1", "is not H, I, TC, DTC or a symbol"),
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
