"""Natural-latent reports and the exact existence decision."""

import copy
import json
import pickle
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import (
    Bits,
    Dist,
    best_latent,
    find_natural_latent,
    form,
    garbling,
    natural_latent,
    near_best_latent,
    translate,
    zoo,
)
from natlat_sym.errors import InvalidInput, OverlappingSets, UnknownVariable

H10 = Bits("1 - 9/5*log2(3) + log2(5)")  # binary entropy of 1/10
VERDICT = [
    "mediates", "weakly_redundant", "strongly_redundant", "natural_weak", "natural_strong",
    "deterministic",
]  # fmt: skip


@st.composite
def laws(draw, names="X1 X2 X3 L", labels="01", least=2):
    outcome = st.tuples(*[st.sampled_from(labels)] * len(names.split()))
    weights = draw(st.dictionaries(outcome, st.integers(1, 4), min_size=least, max_size=8))
    return Dist.from_weights(dict(sorted(weights.items())), names)


def report(name, latent="L", features=("X1", "X2")):
    return natural_latent(zoo.law(name), list(features), latent)


def verdict(found):
    return [found.verdict[key] for key in VERDICT]


def test_two_readings_of_a_coin():
    found = report("C11")
    weak = Bits("36/25*log2(3) + log2(5) - 41/50*log2(41)")
    assert found.mediation == 0
    assert found.dual_mediation == 0
    assert found.weak == {"X1": weak, "X2": weak}
    assert found.strong == {"X1": weak, "X2": weak}
    assert found.deterministic_weak == {"X1": H10, "X2": H10}
    assert found.deterministic_strong == {"X1": H10, "X2": H10}
    assert found.entropy == 1
    # H(L|X) = H(L|X1) - I(L;X2|X1)
    assert found.entropy_given_features == H10 - weak
    assert verdict(found) == [True, False, False, False, False, False]


def test_the_dropped_and_the_kept_feature_are_told_apart():
    # L = X1, X2 a noisy copy: without X1 something is lost, without X2 nothing.
    found = report("C10")
    assert found.weak == {"X1": H10, "X2": Bits(0)}
    assert found.strong == {"X1": Bits(0), "X2": H10}
    assert found.deterministic_weak == {"X1": H10, "X2": Bits(0)}
    assert found.deterministic_strong == {"X1": Bits(0), "X2": H10}
    assert found.worst == dict.fromkeys(
        ("weak", "strong", "deterministic_weak", "deterministic_strong"), H10
    )


@pytest.mark.parametrize(
    ("name", "latent", "features", "expected"),
    [
        ("C01", "L", 2, [True] * 6),
        ("C02", "L", 2, [True] * 6),
        ("C02", "M", 2, [True, False, False, False, False, True]),
        ("C03", "L", 2, [True] * 6),
        ("C04", "L", 2, [True, True, True, True, True, False]),
        ("C05", "M", 2, [True, True, True, True, True, False]),
        ("C08", "L", 3, [False, True, True, False, False, True]),
        ("C08", "M", 3, [True, True, False, True, False, True]),
        ("C09", "L", 3, [True, True, False, True, False, True]),
        ("C28", "L", 2, [False, True, True, False, False, True]),
        ("C28", "M", 2, [True, False, False, False, False, True]),
    ],
)
def test_verdicts(name, latent, features, expected):
    names = [f"X{i}" for i in range(1, features + 1)]
    assert verdict(report(name, latent, names)) == expected


def test_strong_redundancy_errors_of_the_ring():
    found = report("C09", features=("X1", "X2", "X3"))
    assert found.weak == dict.fromkeys(("X1", "X2", "X3"), Bits(0))
    # One feature holds two of the three coins, the other two features tell the third.
    assert found.strong == dict.fromkeys(("X1", "X2", "X3"), Bits(1))
    assert found.budget(1) == {(f"X{i}",): Bits(0) for i in (1, 2, 3)}
    assert found.budget(2) == {
        ("X1", "X2"): Bits(1), ("X1", "X3"): Bits(1), ("X2", "X3"): Bits(1)
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="from 1 to 2, got 3"):
        found.budget(3)


def test_budget_two_of_four():
    found = report("C08b", "M", ("X1", "X2", "X3", "X4"))
    # Two bits of even parity are left: one of the three bits of M is missing.
    assert set(found.budget(2, deterministic=True).values()) == {Bits(1)}
    assert set(found.budget(3, deterministic=True).values()) == {Bits(2)}
    assert len(found.budget(2)) == 6


def test_features_may_be_groups_and_default_to_all_others():
    law = zoo.law("C09")
    found = natural_latent(law, [("X1", "X2"), "X3"], "L")
    assert found.features == ("X1,X2", "X3")
    assert found.weak == {"X1,X2": Bits(1), "X3": Bits(0)}
    assert natural_latent(law, None, "L").features == ("X1", "X2", "X3")
    assert natural_latent(law, "X1 X2 X3", "L") == natural_latent(law, None, "L")
    assert natural_latent(law, ["X1,X2", "X3"], "L") == found


@given(laws())
@settings(max_examples=40)
def test_errors_are_the_forms_of_the_definition(law):
    found = natural_latent(law, "X1 X2 X3", "L")
    assert found.mediation == form("TC(X1;X2;X3|L)")(law)
    assert found.dual_mediation == form("DTC(X1;X2;X3|L)")(law)
    assert found.weak["X2"] == form("I(L;X2|X1,X3)")(law)
    assert found.strong["X2"] == form("I(L;X1,X3|X2)")(law)
    assert found.deterministic_weak["X3"] == form("H(L|X1,X2)")(law)
    assert found.deterministic_strong["X3"] == form("H(L|X3)")(law)
    # H(L|X_-i) = I(L;Xi|X_-i) + H(L|X)
    for feature in found.features:
        split = found.weak[feature] + found.entropy_given_features
        assert found.deterministic_weak[feature] == split
    # strong redundancy implies weak redundancy
    assert found.worst["weak"] <= found.worst["strong"]
    assert not found.verdict["strongly_redundant"] or found.verdict["weakly_redundant"]
    # dual total correlation and total correlation bound each other
    assert found.dual_mediation <= 2 * found.mediation
    assert found.mediation <= 2 * found.dual_mediation


def test_report_as_text():
    text = str(report("C10b"))
    assert text.splitlines() == [
        "latent L of X1, X2",
        "error                 form              bits  exact",
        "mediation             TC(X1;X2|L)   0.000000  0",
        "dual mediation        DTC(X1;X2|L)  0.000000  0",
        "weak                  I(L;X1|X2)    0.811278  2 - 3/4*log2(3)",
        "weak                  I(L;X2|X1)    0.000000  0",
        "strong                I(L;X2|X1)    0.000000  0",
        "strong                I(L;X1|X2)    0.811278  2 - 3/4*log2(3)",
        "deterministic weak    H(L|X2)       0.811278  2 - 3/4*log2(3)",
        "deterministic weak    H(L|X1)       0.000000  0",
        "deterministic strong  H(L|X1)       0.000000  0",
        "deterministic strong  H(L|X2)       0.811278  2 - 3/4*log2(3)",
        "entropy               H(L)          1.000000  1",
        "given features        H(L|X1,X2)    0.000000  0",
        "L mediates exactly and is not redundant; it is a function of the features.",
    ]


def wide_law(count):
    """Sensors that copy L, but for one that is wrong with chance 7/100 each."""
    names = [f"Sensor{i}" for i in range(1, count + 1)]
    weights = {}
    for label in "01":
        weights[*label * count, label] = 93 * count
        for place in range(count):
            row = [label] * count
            row[place] = "10"[int(label)]
            weights[*row, label] = 7
    return Dist.from_weights(weights, [*names, "L"]), names


@pytest.mark.parametrize("count", [4, 12, 30])
def test_a_report_on_many_features_keeps_to_100_columns(count):
    law, names = wide_law(count)
    report = natural_latent(law, names, "L")
    lines = str(report).splitlines()
    assert max(map(len, lines)) <= 100
    legend = "\n".join(lines[1 : lines.index(next(s for s in lines if s.startswith("error ")))])
    assert legend.replace("\n ", "") == f"X = {', '.join(names)}"
    rows = [line.split("  ") for line in lines if line.startswith(("mediation", "weak", "strong"))]
    forms = [next(filter(None, map(str.strip, row[1:]))) for row in rows]
    assert forms[:2] == ["TC(X|L)", "I(L;Sensor1|rest)"]
    assert forms[-1] == f"I(L;rest|Sensor{count})"
    assert sum("H(L|X but Sensor" in line for line in lines) == count
    for name, value in report.weak.items():  # nothing is lost: each row is there, in decimals
        assert any(f"I(L;{name}|rest)" in line and f"{value:.6f}" in line for line in lines)


def test_a_translation_of_many_features_keeps_to_100_columns():
    law, names = wide_law(12)
    lines = str(translate(law, "L", "Sensor1", names[1:])).splitlines()
    assert max(map(len, lines)) <= 100
    assert sum("I(Sensor1;Sensor" in line and "|rest)" in line for line in lines) == 11


@pytest.mark.parametrize(
    ("name", "latent", "sentence"),
    [
        ("C04", "L", "L is an exact natural latent (weak and strong); it is not a function"),
        ("C28", "L", "L is redundant exactly and does not mediate; it is a function"),
        ("C07", "L", "L neither mediates nor is redundant exactly; it is not a function"),
    ],
)
def test_the_verdict_in_words(name, latent, sentence):
    assert str(report(name, latent)).splitlines()[-1] == f"{sentence} of the features."


def test_html_escapes_and_shows_every_row():
    html = report("C10b")._repr_html_()
    assert html.count("<tr>") == 13
    assert "<td>2 - 3/4*log2(3)</td>" in html


def test_report_as_json():
    data = json.loads(json.dumps(report("C10").to_json()))
    assert list(data) == [
        "latent", "features", "mediation", "dual_mediation", "redundancy", "worst", "entropy",
        "entropy_given_features", "verdict",
    ]  # fmt: skip
    assert list(data["redundancy"]) == [
        "weak", "strong", "deterministic_weak", "deterministic_strong"
    ]  # fmt: skip
    assert data["redundancy"]["weak"]["X1"] == {
        "exact": "1 - 9/5*log2(3) + log2(5)",
        "approx": "0.468995593589",
    }
    assert list(data["verdict"]) == VERDICT


def test_reports_are_values():
    found = report("C10")
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(copy.deepcopy(found)) == hash(found)
    with pytest.raises(AttributeError):
        found.mediation = Bits(0)
    found.weak.clear()
    assert found.weak["X1"] == H10


@pytest.mark.parametrize(
    ("features", "latent", "error", "message"),
    [
        (["X1", "X2"], "Z", UnknownVariable, "got 'Z'"),
        (["X1", "X9"], "L", UnknownVariable, "got 'X9'"),
        (["X1", "X1"], "L", OverlappingSets, "'X1' is in two of them"),
        (["X1", "L"], "L", OverlappingSets, "'L' is both"),
        (["X1"], "L", InvalidInput, "at least 2 features, got 1: X1"),
        ([], "L", InvalidInput, "at least 2 features, got 0: none"),
    ],
)
def test_bad_roles(features, latent, error, message):
    with pytest.raises(error, match=message):
        natural_latent(zoo.law("C01"), features, latent)


# Existence


@st.composite
def block_laws(draw, features):
    """Independent features inside each block, with labels that no other block has."""
    shares = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    weights = {}
    for block, share in enumerate(shares):
        margins = [
            draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)) for _ in range(features)
        ]
        for codes in product(*[range(len(margin)) for margin in margins]):
            weight = Fraction(share)
            for margin, code in zip(margins, codes, strict=True):
                weight *= Fraction(margin[code], sum(margin))
            weights[(*(f"{block}{code}" for code in codes), str(block))] = weight
    names = [*(f"X{i}" for i in range(1, features + 1)), "B"]
    return Dist.from_weights(weights, names), len(shares)


@given(st.integers(2, 3).flatmap(block_laws), st.sampled_from(["weak", "strong"]))
@settings(max_examples=50)
def test_independent_blocks_are_found(case, strength):
    law, blocks = case
    features = [name for name in law.names if name != "B"]
    found = find_natural_latent(law, features, strength)
    assert found.exists
    assert found.witness is None
    assert found.labels == blocks
    assert found.mediation == 0
    extended = found.extend(law)
    assert extended.entropy("L", given="B") == 0
    assert extended.entropy("B", given="L") == 0
    checked = natural_latent(extended, features, "L")
    assert checked.verdict["natural_strong"]
    assert checked.verdict["deterministic"]


@given(laws("X1 X2 X3"), st.sampled_from([1, 2]))
@settings(max_examples=60)
def test_what_is_found_is_redundant_and_mediates_just_when_it_exists(law, budget):
    found = find_natural_latent(law, redundancy=budget)
    checked = natural_latent(found.extend(law), "X1 X2 X3", "L")
    assert set(checked.budget(budget, deterministic=True).values()) == {Bits(0)}
    assert checked.mediation == found.mediation
    assert checked.entropy == found.entropy
    assert found.exists == (found.mediation == 0)
    if found.witness is not None:
        point = found.witness
        label = str(point.label)
        inside = found.extend(law).given({"L": label})
        assert inside.mass(point.outcome) == point.joint
        independent = Fraction(1)
        for name, value in zip(law.names, point.outcome, strict=True):
            independent *= inside.probability({name: value})
        assert independent == point.product
        assert point.joint != point.product


@given(laws("X1 X2", labels="012"))
@settings(max_examples=60)
def test_two_features_exist_just_when_common_part_is_all_they_share(law):
    # Gács-Körner = mutual information: the two classical answers coincide.
    found = find_natural_latent(law)
    shared = form("I(X1;X2)")(law)
    assert found.entropy <= shared
    assert found.exists == (found.entropy == shared)


@given(laws("X1 X2 X3"))
@settings(max_examples=40)
def test_the_weak_label_is_at_least_as_fine_as_the_strong_one(law):
    weak, strong = (find_natural_latent(law, redundancy=word) for word in ("weak", "strong"))
    both = strong.extend(weak.extend(law, "W"), "S")
    assert both.entropy("S", given="W") == 0
    # A strong natural latent is weakly natural too, so the weak search must succeed as well.
    assert not strong.exists or weak.exists


def partitions(size):
    """All labellings of `size` points, numbered by first occurrence."""
    if size == 0:
        yield ()
        return
    for labels in partitions(size - 1):
        for label in range(max(labels, default=-1) + 2):
            yield (*labels, label)


def natural_partitions(weights, kept_sets):
    """Labels of exact natural latents that are functions of the outcome, from the definition."""
    points = list(weights)
    for labels in partitions(len(points)):
        redundant = all(
            len(
                {
                    (tuple(p[i] for i in kept), label)
                    for p, label in zip(points, labels, strict=True)
                }
            )
            == len({tuple(p[i] for i in kept) for p in points})
            for kept in kept_sets
        )
        if redundant and all(
            independent(
                {p: weights[p] for p, at in zip(points, labels, strict=True) if at == label}
            )
            for label in set(labels)
        ):
            yield labels


def independent(weights):
    axes = range(len(next(iter(weights))))
    total = sum(weights.values())
    values = [sorted({point[axis] for point in weights}) for axis in axes]
    for point in product(*values):
        expected = 1
        for axis in axes:
            expected *= sum(w for p, w in weights.items() if p[axis] == point[axis])
        if weights.get(point, 0) * total ** (len(point) - 1) != expected:
            return False
    return True


@pytest.mark.parametrize(
    ("shape", "strength", "kept_sets"),
    [
        ((3, 3), "weak", [(0,), (1,)]),
        ((2, 2, 2), "weak", [(0, 1), (0, 2), (1, 2)]),
        ((2, 2, 2), "strong", [(0,), (1,), (2,)]),
    ],
)
def test_all_small_supports_against_all_partitions(shape, strength, kept_sets):
    cells = list(product(*[range(size) for size in shape]))
    found = 0
    for mask in range(1, 1 << len(cells)):
        weights = {cell: 1 for place, cell in enumerate(cells) if mask >> place & 1}
        latent = find_natural_latent(
            Dist.from_weights(weights, [f"X{i}" for i, _ in enumerate(shape)]), None, strength
        )
        natural = list(natural_partitions(weights, kept_sets))
        assert natural == ([latent.labelling.labels] if latent.exists else [])
        found += latent.exists
    assert 0 < found < 1 << len(cells)


@pytest.mark.parametrize("redundancy", ["weak", "strong", 2])
def test_many_features_in_independent_blocks(redundancy):
    """Two blocks over 20 features, three of which vary inside them: a small law in a huge box."""
    names = [f"X{i}" for i in range(20)]
    weights = {}
    for block in "ab":
        for code in product(range(2), range(3), range(2)):
            outcome = [f"{block}{i % 5}" for i in range(20)]
            for place, digit in zip((3, 11, 19), code, strict=True):
                outcome[place] = f"{block}v{digit}"
            weights[tuple(outcome)] = prod(1 + digit for digit in code) * (2 if block == "a" else 7)
    law = Dist.from_weights(weights, names)
    found = find_natural_latent(law, None, redundancy)
    assert (found.exists, found.labels, found.mediation) == (True, 2, 0)
    assert found.entropy == Bits("log2(9) - 7/9*log2(7) - 2/9")
    report = natural_latent(found.extend(law), None, "L")
    assert report.verdict["natural_strong"]
    weights[next(iter(weights))] += 1
    moved = find_natural_latent(Dist.from_weights(weights, names), None, redundancy)
    assert (moved.exists, moved.labels) == (False, 2)
    assert (
        moved.mediation
        == natural_latent(moved.extend(Dist.from_weights(weights, names)), None, "L").mediation
        > 0
    )


def test_the_blocks_of_the_catalogue():
    found = find_natural_latent(zoo.law("C03"), "X1 X2")
    assert found.exists
    assert found.entropy == Bits("-2/3 + log2(3)")
    assert str(found).splitlines() == [
        "an exact natural latent of X1, X2 exists: 2 components, entropy 0.918296 bits, exactly",
        "  -2/3 + log2(3)",
        "",
        "X1  X2  label",
        "0   0   0",
        "0   1   0",
        "1   0   0",
        "1   1   0",
        "2   2   1",
        "2   3   1",
    ]


def test_thousands_of_uniform_blocks():
    # All weights are 1 here: the entropies of large uniform tables take a path of their own.
    outcomes = [(3 * b + i, 3 * b + j) for b in range(2_000) for i in range(3) for j in range(3)]
    found = find_natural_latent(Dist.uniform("X Y", outcomes))
    assert found.exists
    assert (found.labels, found.entropy, found.mediation) == (2_000, Bits.log2(2_000), 0)


def test_a_weak_natural_latent_that_is_not_strong():
    law = zoo.law("C09")
    weak, strong = (find_natural_latent(law, "X1 X2 X3", word) for word in ("weak", "strong"))
    assert (weak.exists, weak.entropy) == (True, Bits(3))
    assert (strong.exists, strong.entropy, strong.mediation) == (False, Bits(0), Bits(3))


def test_a_law_with_a_parameter_has_no_decimals_and_long_fractions_have():
    found = str(find_natural_latent(zoo.law("S01").marginal("X1 X2")))
    assert "its mediation error is\n  1 + (1 - e)*log2(1 - e) + e*log2(e) bits\n" in found
    found = str(find_natural_latent(zoo.law("gss")))
    told = " ".join(found.split())
    assert "has probability 229/2762, and 0.000354347 if the features were independent" in told


def test_no_latent_and_why():
    found = find_natural_latent(zoo.law("golden-mean"))
    assert not found.exists
    assert found.witness.outcome == ("0", "0")
    assert (found.witness.joint, found.witness.product) == (Fraction(1, 3), Fraction(2, 9))
    assert str(found).splitlines() == [
        "no exact natural latent of X, Y exists",
        "best common part: 1 component, entropy 0 bits; its mediation error is 0.251629 bits,"
        " exactly",
        "  -4/3 + log2(3)",
        "witness: inside component 0, outcome (0, 0) has probability 1/3, and 2/9 if the features"
        " were",
        "  independent",
    ]


def test_a_dependence_of_10_to_the_minus_30_is_seen():
    tiny = Fraction(1, 10**30)
    quarter = Fraction(1, 4)
    law = Dist.from_dict(
        {
            ("0", "0"): quarter + tiny, ("0", "1"): quarter - tiny,
            ("1", "0"): quarter - tiny, ("1", "1"): quarter + tiny,
        },
        "X Y",
    )  # fmt: skip
    found = find_natural_latent(law)
    assert not found.exists
    assert found.witness.joint - found.witness.product == tiny
    assert 0 < found.mediation < Bits("1") / 10**50


def test_a_long_support_is_shown_in_part():
    law = Dist.uniform("X Y", [(f"{i:02}", f"{i:02}") for i in range(25)])
    assert str(find_natural_latent(law)).splitlines()[-1] == "... 5 more outcomes"


def test_found_as_json():
    data = json.loads(json.dumps(find_natural_latent(zoo.law("C10"), "X1 X2").to_json()))
    assert list(data) == [
        "exists", "features", "budget", "latent", "entropy", "mediation", "witness"
    ]  # fmt: skip
    assert data["exists"] is False
    assert data["latent"][0] == [["0", "0"], 0]
    assert data["witness"] == {
        "outcome": ["0", "0"], "label": 0, "joint": "9/20", "product": "1/4"
    }  # fmt: skip
    assert find_natural_latent(zoo.law("C03"), "X1 X2").to_json()["witness"] is None


@pytest.mark.parametrize(
    ("redundancy", "message"),
    [
        ("weakly", "expected redundancy 'weak', 'strong' or a whole number, got 'weakly'"),
        (7, "from 1 to 3, got 7"),
        (0, "from 1 to 3, got 0"),
    ],
)
def test_bad_budgets(redundancy, message):
    with pytest.raises(InvalidInput, match=message):
        find_natural_latent(zoo.law("C01"), redundancy=redundancy)


def sensors(count, law):
    """Return a law of many features with long names, all of them copies of the first ones."""
    names = [f"Sensor{i}" for i in range(1, count + 1)]
    rows = {tuple(row[i % len(row)] for i in range(count)): mass for row, mass in law.items()}
    return Dist.from_dict(rows, names), names


@pytest.mark.parametrize("count", [12, 40])
def test_outcomes_of_many_variables_keep_to_100_columns(count):
    law, names = sensors(count, zoo.law("C07").marginal("X1 X2"))
    answers = [
        find_natural_latent(law),
        best_latent(law),
        near_best_latent(law),
        garbling(law, names[0], names[1], names[2:]),
        garbling(law, names[0], names[2], names[3:]),
    ]
    for answer in answers:
        lines = str(answer).splitlines()
        assert max(map(len, lines)) <= 100
    assert str(answers[0]).count("outcome  ") == str(answers[1]).count("outcome  ") == 1
    first = ",".join(law.support[0])
    assert any(line.startswith(first[:30]) for line in str(answers[0]).splitlines())


def test_a_channel_to_many_labels_is_a_list():
    labels = [f"value{i:02}" for i in range(30)]
    same = {label: {label: 1} for label in labels}
    law = Dist.uniform("S", labels)
    law = law.extend("L", "S", same).extend("M", "S", same)
    lines = str(garbling(law, "M", "L", "S")).splitlines()
    assert lines[1:3] == ["M        L        mass", "value00  value00     1"]
    assert len(lines) == 32
