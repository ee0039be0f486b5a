"""Claims about a whole range: proved with a certificate, refuted at a point, or undecided."""

import hashlib
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import natlat_sym as nl
from natlat_sym import check
from natlat_sym.check import univariate
from natlat_sym.cli import main
from natlat_sym.zoo import TinyMixture, entry

E = nl.parameter("0 < e < 1/2")
COPY = nl.Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=E)
CLOSED = nl.Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=nl.parameter("0 <= e <= 1/2"))


def sealed(data):
    rest = {name: value for name, value in data.items() if name != "digest"}
    plain = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return json.dumps({**rest, "digest": "sha256:" + hashlib.sha256(plain.encode()).hexdigest()})


@pytest.mark.parametrize(
    "claim",
    [
        "I(X;Y) <= 1 - 2*e",
        "I(X;Y) < 1",
        "H(Y|X) = -(1 - e)*log2(1 - e) - e*log2(e)",
        "H(Y|X) > 4*e*(1 - e)",
        "7213/10000*(1 - 2*e)^2 <= I(X;Y)",
        "KL(X; Y) = TC(X;Y)",
        "DTC(X;Y) >= I(X;Y)",
        "e H(X) <= H(Y|X)",
    ],
)
def test_a_binary_channel(claim):
    theorem = nl.prove_on_range(COPY, claim)
    assert check.verify(theorem.certificate.text)["claim"] == (
        f"on a family of laws for all 0 < e < 1/2: {claim}"
    )
    assert nl.verify(theorem).kind == "range"


@pytest.mark.parametrize(
    ("law", "claim", "point"),
    [
        (COPY, "I(X;Y) <= 1 - 3*e", "1/3"),
        (COPY, "I(X;Y) > 1/3", "1/3"),
        (CLOSED, "I(X;Y) < 1", "0"),
        (CLOSED, "I(X;Y) > 0", "1/2"),
        (COPY, "I(X;Y) = 1 - 2*e", "1/3"),
    ],
)
def test_a_false_claim_has_a_point(law, claim, point):
    found = nl.decide_on_range(law, claim)
    assert found.status == "refuted"
    assert found.point == Fraction(point)
    with pytest.raises(nl.ProofError, match=f"fails at e = {point}, by"):
        nl.prove_on_range(law, claim)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("H(X|Y) >= 4 e (1 - e)", "H(X|Y) >= 4*e*(1 - e)"),
        ("I(X;Y) <= 1 - 2e", "I(X;Y) <= 1 - 2*e"),
        ("H(X|Y) <= -2 e log2(e)", "H(X|Y) <= -2*e log2(e)"),
        ("H(X|Y) <= (1-e) e + H(X)", "H(X|Y) <= (1-e)*e + H(X)"),
        ("I(X;Y) >= 1/2 (1 - 2e)**2", "I(X;Y) >= 1/2*(1 - 2*e)^2"),
        ("2 H(X) + e H(Y) >= 2(1 - e)", "2 H(X) + e H(Y) >= 2*(1 - e)"),
    ],
)
def test_products_may_be_written_without_a_star(typed, written):
    theorem = nl.prove_on_range(COPY, typed)
    assert theorem.claim == theorem.certificate.data["claim"] == written
    assert check.verify(theorem.certificate.text)["status"] == "verified"


def test_a_point_is_named_and_simple():
    law = entry("common-cause").law.at(b="1/10")
    found = nl.decide_on_range(law, "I(X1;X2) <= 1/2")
    assert str(found).startswith("refuted  I(X1;X2) <= 1/2 fails at a = 1/100, by -1/2 + 81/250*l")
    assert found.excess == nl.I("X1;X2")(law.at(a="1/100")) - nl.Bits("1/2")
    law = entry("blocks-mixed").law
    found = nl.decide_on_range(law, "I(X1;X2) <= 1 - 31/1000")
    assert ", exactly " in str(found)


def test_the_point_and_the_excess_are_exact():
    found = nl.decide_on_range(COPY, "I(X;Y) <= 1 - 3*e")
    there = COPY.at(e=found.point)
    assert found.excess == nl.I("X;Y")(there) - 1 + 3 * found.point
    assert found.excess > 0


def test_closed_ends_belong_to_the_claim():
    assert nl.decide_on_range(CLOSED, "I(X;Y) <= 1 - 2*e").status == "proved"
    assert nl.decide_on_range(CLOSED, "I(X;Y) >= 0").status == "proved"
    shut = nl.prove_on_range(CLOSED, "I(X;Y) <= 1").certificate.data
    assert shut["range"] == "0 <= e <= 1/2"


def test_a_zero_that_only_touches_at_an_irrational_point_is_undecided():
    law = nl.Dist.from_dict({"a": E, "b": 1 - E}, "X")
    found = nl.decide_on_range(law, "(8*e^2 - 1)^2*H(X) >= 0")
    assert found.status == "undecided"
    assert found.reason
    with pytest.raises(nl.Undecided, match="was not decided for 0 < e < 1/2"):
        nl.prove_on_range(law, "(8*e^2 - 1)^2*H(X) >= 0")


# ---- divergence between two families: kl(p, q) <= e as a theorem ----


@pytest.mark.parametrize("bits", [1, 2, 3])
def test_tiny_mixtures_diverge_by_at_most_either_size(bits):
    p, q = TinyMixture(bits).laws()
    assert nl.prove_on_range(p, f"D(X1,X2) <= {bits}", q)
    assert nl.prove_on_range(p, "D(X1,X2) <= -log2(d)", q)
    assert nl.prove_on_range(q, f"I(X1;X2) <= {bits}*d")
    assert nl.decide_on_range(p, f"D(X1,X2) <= {bits} - 1", q).status == "refuted"


def test_a_divergence_below_the_parameter():
    fair = nl.Dist.uniform("X", ["0", "1"])
    bent = nl.Dist.from_dict({"0": (1 + E) / 2, "1": (1 - E) / 2}, "X")
    theorem = nl.prove_on_range(bent, "D(X) <= e^2", fair)
    assert theorem.certificate.claim == (
        "on a family of laws, P the law and Q the other, for all 0 < e < 1/2: D(X) <= e^2"
    )
    assert nl.decide_on_range(bent, "D(X) <= e^2/2", fair).status == "refuted"
    assert nl.prove_on_range(fair, "D(X) >= e^2/2", bent)


def test_every_family_of_the_zoo_with_one_parameter_has_certificates():
    for name, claim in [
        ("noisy-copy", "I(X1;X2|L) = 0"),
        ("tosses", "H(L|X1) = -r*log2(r) - (1 - r)*log2(1 - r)"),
        ("resampled-rarely", "I(L;X2|X1) = 2*n"),
        ("resampled-rarely", "I(G;X1|X2) = I(X1;X2|G)"),
        ("resampled-rarely", "I(G;X1|X2) >= -n/2*log2(n) - n"),
        ("blocks-mixed", "I(X1;X2) = 1 + d/2*log2(d) - d/2 + (2 - d)/2*log2(2 - d) - (2 - d)/2"),
        ("rare-branch", "H(D|T) = p"),
        ("refreshed-copy", "H(X1|X2) >= e/2"),
        ("symmetric-pair", "I(X1;X2) >= r^2/2"),
    ]:
        assert nl.prove_on_range(entry(name).law, claim)


# ---- what is refused ----


@pytest.mark.parametrize(
    ("law", "claim", "error", "message"),
    [
        (COPY, "I(X;Y) <=", nl.SyntaxInvalid, "expected a number, the parameter"),
        (COPY, "I(X;Y) + 1", nl.SyntaxInvalid, "expected a relation"),
        (COPY, "I(X;Y) <= a", nl.SyntaxInvalid, "log2 and the parameter e in .*, got 'a'$"),
        (COPY, "I(X;Y) <= f(e)", nl.SyntaxInvalid, "and the parameter e in .*, got 'f'$"),
        (COPY, "I(X;Y) <= 2e3", nl.SyntaxInvalid, "and the parameter e in .*, got 'e3'$"),
        (COPY, "I(X;Y) <= 1/e", nl.SyntaxInvalid, "expected a number"),
        (COPY, "I(X;Y) <= e*log2(1/e)", nl.SyntaxInvalid, r"write log2\(1/e\) as -log2\(e\)$"),
        (COPY, 7, nl.SyntaxInvalid, "expected a claim as text, got 7"),
        (COPY, "I(X;Z) <= 1", nl.UnknownVariable, "Z"),
        (COPY, "D(X) <= 1", nl.InvalidInput, "expected a second law for D"),
        (COPY, "log2(1 - 4*e) <= 1", nl.InvalidInput, "vanishes inside the range"),
        (nl.Dist.uniform("X", "ab"), "H(X) <= 1", nl.InvalidInput, "one parameter, got none"),
        (entry("common-cause").law, "H(L) = 1", nl.InvalidInput, "one parameter, got a, b"),
    ],
)
def test_other_questions_are_refused(law, claim, error, message):
    with pytest.raises(error, match=message):
        nl.prove_on_range(law, claim)


def test_an_infinite_divergence_is_refused():
    one = nl.Dist.uniform("X", ["0"])
    coin = nl.Dist.from_dict({"0": E, "1": 1 - E}, "X")
    with pytest.raises(nl.InvalidInput, match="infinite"):
        nl.prove_on_range(coin, "D(X) <= 1", one)


def base(claim="I(X;Y) <= 1 - 2*e"):
    return nl.prove_on_range(COPY, claim).certificate.data


TWO = {"variables": ["X"], "weights": [[["0"], "e"], [["1"], "1 - e"]]}
FAIR = {"variables": ["X"], "weights": [[["0"], "1"], [["1"], "1"]]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"range": "0 < e < 1"}, "a sign is|is not shown|no finite limit|shown"),
        ({"range": "0<e<1/2"}, "range: expected a range"),
        ({"range": "1/2 < e < 0"}, "range: expected a range with room"),
        ({"range": "0 < e < 2/4"}, "range: not in lowest terms"),
        ({"range": "0 < log2 < 1/2"}, "range: expected"),
        ({"range": 1}, "range: expected"),
        ({"range": "0 < d < 1/2"}, "expected a number, the parameter or a bracket"),
        ({"claim": "I(X;Y) <= 1 - 3*e"}, "is not shown"),
        ({"claim": "I(X;Y) < 1 - 2*e", "range": "0 < e <= 1/2"}, "fails at e = 1/2"),
        ({"claim": "I(X;Y) = 1 - 2*e"}, "the two sides differ"),
        ({"claim": "H(X) = 1"}, "levels: not needed"),
        ({"claim": "H(X) < 1"}, "both sides are equal"),
        ({"claim": "I(X;Y) <= 1 - 2*e^0"}, "improper exponent"),
        ({"claim": "I(X;Y) <= 1 - 2*e^500"}, "improper exponent"),
        ({"claim": "I(X;Y) <= (1 - 2*e)^39*e"}, "grow too large"),
        ({"claim": "I(X;Y) <= 1 - 2*e/0"}, "denominator is zero"),
        ({"claim": "I(X;Y) <= log2(e)"}, "shown"),
        ({"claim": "I(X;Y) <= log2(1 - 4*e)"}, "vanish"),
        ({"claim": "I(X;Y) <= D(X)"}, "other: D needs a second law"),
        ({"other": FAIR}, "needed just when D occurs"),
        ({"claim": "I(X;Z) <= 1"}, "the law has no variable Z"),
        ({"claim": "I(X;Y) <= e H(X) 2"}, "expected"),
        ({"levels": []}, "expected a level"),
        ({"levels": [{"cuts": [], "signs": "+"}]}, "not shown"),
        ({"levels": [{"cuts": [], "signs": "-"}]}, "shown"),
        ({"levels": [{"cuts": [], "signs": "?"}]}, "the claim is not shown"),
        ({"levels": [{"cuts": [], "signs": ""}]}, "a sign for each interval"),
        ({"levels": [{"cuts": ["1/4"], "signs": "+"}]}, "a sign for each interval"),
        ({"levels": [{"cuts": ["1/4", "1/8"], "signs": "+++"}]}, "cuts must ascend"),
        ({"levels": [{"cuts": ["1/2"], "signs": "++"}]}, "cuts must ascend"),
        ({"levels": [{"cuts": [], "signs": "+"}] * 41}, "not too many"),
        ({"law": {"variables": ["X"], "weights": [[["0"], "1 - 4*e"]]}}, "vanish"),
        ({"law": {"variables": ["X"], "weights": [[["0"], "0"]]}}, "vanish"),
        ({"law": {"variables": ["X"], "weights": [[["0"], "-1"]]}}, "must be above 0"),
        ({"law": {"variables": ["X"], "weights": []}}, "no weight"),
        ({"law": {"variables": ["X"], "weights": [[["0"], "H(X)"]]}}, "expected a number"),
        ({"law": {"variables": ["X", "X"], "weights": []}}, "a name is repeated"),
    ],
)
def test_the_checker_says_what_is_wrong(change, reason):
    with pytest.raises(check.Rejected, match=reason):
        check.verify(sealed({**base(), **change}))


@pytest.mark.parametrize(
    ("other", "range_", "reason"),
    [
        ({"variables": ["X"], "weights": [[["0"], "1"]]}, "0 < e < 1/2", "divergence is infinite"),
        (TWO, "0 <= e < 1/2", "infinite at an end"),
    ],
)
def test_an_infinite_divergence_is_no_number(other, range_, reason):
    data = {**base(), "law": FAIR, "other": other, "claim": "D(X) >= 0", "range": range_}
    with pytest.raises(check.Rejected, match=reason):
        check.verify(sealed(data))


def test_no_weight_at_a_closed_end():
    law = {"variables": ["X"], "weights": [[["0"], "e"], [["1"], "e"]]}
    data = {**base(), "law": law, "claim": "H(X) = 1", "levels": []}
    assert check.verify(sealed(data))["status"] == "verified"
    with pytest.raises(check.Rejected, match="no weight at an end"):
        check.verify(sealed({**data, "range": "0 <= e < 1/2"}))


def lies(data):
    for k, level in enumerate(data["levels"]):
        for place, sign in enumerate(level["signs"]):
            for other in set("+-") - {sign}:
                signs = level["signs"][:place] + other + level["signs"][place + 1 :]
                levels = [*data["levels"]]
                levels[k] = {**level, "signs": signs}
                yield {**data, "levels": levels}
        yield {**data, "levels": data["levels"][:k] + data["levels"][k + 1 :]}
    for turned in ("<= 1 - 3*e", "> 1 - 2*e", "<= 1 - 2*e - 1/1000000000000"):
        yield {**data, "claim": data["claim"].replace("<= 1 - 2*e", turned)}


def test_lies_are_rejected_with_a_fresh_digest():
    data = base()
    assert check.verify(sealed(data))["status"] == "verified"
    count = 0
    for edited in lies(data):
        if edited["levels"] == data["levels"] and edited["claim"] == data["claim"]:
            continue
        count += 1
        with pytest.raises(check.Rejected):
            check.verify(sealed(edited))
    assert count >= 8


# ---- decisions against the rational path ----


@st.composite
def questions(draw):
    cells = [(x, y) for x in "01" for y in "01"]
    weights = {cell: draw(st.integers(1, 3)) + draw(st.integers(-1, 2)) * E for cell in cells}
    form = draw(st.sampled_from(["I(X;Y)", "H(X|Y)", "H(X,Y)", "H(X) - H(Y)"]))
    a, b = draw(st.integers(-4, 4)), draw(st.integers(-3, 3))
    return nl.Dist.from_weights(weights, "X Y"), form, Fraction(a, 4), Fraction(b, 2)


@settings(max_examples=30)
@given(questions())
def test_answers_agree_with_rational_laws(question):
    law, form, a, b = question
    if not law.parameters:
        return
    found = nl.decide_on_range(law, f"{form} <= {a} + {b}*e".replace("+ -", "- "))
    points = [Fraction(k, 40) for k in range(1, 20)]
    signs = [(a + b * x - nl.form(form)(law.at(e=x))).sign() for x in points]
    if found.status == "proved":
        assert min(signs) >= 0
    elif found.status == "refuted":
        at = found.point
        assert nl.form(form)(law.at(e=at)) - a - b * at == found.excess > 0
    else:
        assert found.reason


# ---- the command line ----


def test_the_command_writes_a_certificate_that_checks(tmp_path, capsys):
    path = tmp_path / "claim.json"
    claim = "I(X1;X2) <= 1 - 2*e"
    assert main(["prove", claim, "--on", "zoo:noisy-copy", "-o", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("proved  ⊢ I(X1;X2) <= 1 - 2*e  for all 0 < e < 1/2")
    assert main(["check", str(path)]) == 0
    assert "on a family of laws for all 0 < e < 1/2" in capsys.readouterr().out
    assert main(["prove", "I(X1;X2) > 1/2", "--on", "zoo:noisy-copy", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["point"]) == ("refuted", "1/3")


def test_two_laws_on_the_command_line(tmp_path, capsys):
    paths = []
    for name, law in zip("pq", TinyMixture(1).laws(), strict=True):
        paths.append(str(tmp_path / f"{name}.json"))
        nl.write_law(law, paths[-1])
    assert main(["prove", "D(X1,X2) <= -log2(d)", "--on", paths[0], "--other", paths[1]]) == 0
    assert "D(X1,X2) <= -log2(d)" in capsys.readouterr().out
    assert main(["prove", "H(X1) <= 1", "--other", paths[0]]) == 2
    assert "--on SOURCE" in capsys.readouterr().err
    assert main(["prove", "H(X1) <= 1", "--on", paths[0], "--given", "H(X2) = 0"]) == 2
    assert "no --given" in capsys.readouterr().err


# ---- polynomials of the checker, in whole numbers, against fractions ----

POLYNOMIALS = st.lists(st.fractions(-3, 3, max_denominator=9), min_size=1, max_size=6)
POINTS = st.fractions(-2, 2, max_denominator=12)


def by_hand(a, x):
    return sum((c * x**i for i, c in enumerate(a)), Fraction(0))


@given(POLYNOMIALS, POINTS, POINTS, st.fractions(0, 1, max_denominator=20))
def test_bounds_of_a_polynomial(a, low, high, part):
    low, high = sorted((low, high))
    least, most = univariate.spread(tuple(a), low, high)
    inner = low + part * (high - low)
    assert least <= by_hand(a, inner) <= most
    assert univariate.value_at(tuple(a), inner) == by_hand(a, inner)


@given(st.lists(POINTS, max_size=3), st.sampled_from([1, -1, 2]), POINTS, POINTS)
def test_the_sign_of_a_polynomial_between_two_points(roots, factor, low, high):
    low, high = min(low, high), max(low, high) + Fraction(1, 7)
    a = univariate.uni([factor])
    for root in roots:
        a = univariate.multiply(a, univariate.uni([-root, 1]))
    if any(low < root < high for root in roots):
        with pytest.raises(check.Rejected, match="vanish"):
            univariate.one_sign(a, low, high, "weight")
    else:
        sign = univariate.one_sign(a, low, high, "weight")
        assert sign == (1 if by_hand(a, (low + high) / 2) > 0 else -1)
