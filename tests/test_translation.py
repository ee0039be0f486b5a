"""Is one latent a (stochastic) function of another: one law, and two laws coupled by the data."""

import copy
import json
import pickle
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from natlat_sym import Bits, Dist, form, kl, oo, translate, zoo
from natlat_sym.errors import InvalidInput, OverlappingSets, UnknownVariable

COPY = Dist.uniform("X1 X2 L", [("0", "0", "a"), ("1", "1", "b")])


@st.composite
def laws(draw, names, labels="01"):
    outcome = st.tuples(*[st.sampled_from(labels)] * len(names.split()))
    weights = draw(st.dictionaries(outcome, st.integers(1, 4), min_size=2, max_size=9))
    return Dist.from_weights(dict(sorted(weights.items())), names)


def test_a_latent_related_beyond_the_data():
    found = translate(zoo.law("C05"), "M", "L", ["X1", "X2"])
    assert (found.stochastic, found.deterministic, found.independence) == (1, 1, 1)
    # TC(X|M) = 0, both redundancies of L are 0, and the third diagram counts twice.
    assert found.bound == 2
    # H(L|X1) = H(L|X2) = 1.
    assert found.deterministic_bound == 2
    assert not found.is_function
    assert not found.is_stochastic_function


def test_the_bound_is_sharp():
    found = translate(zoo.law("C07"), "L", "M", "X1 X2")
    value = Bits("9/32*log2(3) + 15/64*log2(5) - 7/64*log2(7) - 11/64*log2(11)")
    assert found.stochastic == value
    assert found.bound == value
    assert found.independence > 0


@pytest.mark.parametrize(
    ("name", "exact", "bound"), [("C30", 1, 1), ("C30b", 1, 1), ("C30c", 2, 2)]
)
def test_the_deterministic_bound_is_sharp(name, exact, bound):
    found = translate(zoo.law(name), "L", "M", "X1 X2")
    assert (found.deterministic, found.deterministic_bound) == (exact, bound)


@pytest.mark.parametrize(("name", "features"), [("C08", 3), ("C08b", 4)])
def test_weak_redundancy_costs_a_factor(name, features):
    # Parity: TC(X|L) = 1 and H(M|X_-i) = 0, yet H(M|L) = n - 1.
    names = [f"X{i}" for i in range(1, features + 1)]
    found = translate(zoo.law(name), "L", "M", names)
    assert (found.deterministic, found.deterministic_bound) == (features - 1, features - 1)
    assert (found.stochastic, found.bound) == (features - 1, features - 1)


def test_a_stochastic_function_that_is_not_a_function():
    # L = the block and a coin, B = the block alone.
    law = zoo.law("C04").with_function("B", lambda label: label[0], of="L")
    forth, back = translate(law, "B", "L", "X1 X2"), translate(law, "L", "B", "X1 X2")
    assert forth.is_stochastic_function
    assert not forth.is_function
    assert forth.deterministic == 1
    assert forth.table == {
        "a": {"a0": Fraction(1, 2), "a1": Fraction(1, 2)},
        "b": {"b0": Fraction(1, 2), "b1": Fraction(1, 2)},
    }
    assert back.is_function
    assert back.is_stochastic_function
    assert back.table == {label: {label[0]: Fraction(1)} for label in ("a0", "a1", "b0", "b1")}


@given(laws("X1 X2 L M"))
@settings(max_examples=60)
def test_the_theorems_bound_every_law_of_two_features(law):
    found = translate(law, "M", "L", "X1 X2")
    assert found.stochastic == form("I(L;X1,X2|M)")(law)
    assert found.deterministic == form("H(L|M)")(law)
    assert found.independence == form("I(L;M|X1,X2)")(law)
    assert 0 <= found.stochastic <= found.bound
    assert found.stochastic <= found.deterministic <= found.deterministic_bound
    assert found.is_function == (found.deterministic == 0)
    for row in found.table.values():
        assert sum(row.values()) == 1


@given(laws("X1 X2 X3 L M"))
@settings(max_examples=40)
def test_the_theorems_bound_every_law_of_three_features(law):
    found = translate(law, "M", "L", "X1 X2 X3")
    mediation = form("TC(X1;X2;X3|M)")(law)
    redundancy = form("I(L;X1|X2,X3) + I(L;X2|X1,X3) + I(L;X3|X1,X2)")(law)
    assert found.bound == 2 * mediation + redundancy + 3 * found.independence
    assert found.stochastic <= found.bound
    assert found.deterministic <= found.deterministic_bound


@given(laws("X1 X2 L M"))
@settings(max_examples=30)
def test_one_feature_and_a_group(law):
    single = translate(law, "M", "L", ["X1"])
    assert single.bound == form("I(L;X1) + I(L;M|X1)")(law)
    assert single.stochastic <= single.bound
    assert single.deterministic <= single.deterministic_bound
    group = translate(law, "M", "L", [("X1", "X2")])
    assert group.features == ("X1,X2",)
    assert group.stochastic == form("I(L;X1,X2|M)")(law)


def test_features_default_to_the_other_variables():
    assert translate(zoo.law("C05"), "M", "L").features == ("X1", "X2")


def test_a_latent_and_itself():
    found = translate(COPY, "L", "L")
    assert found.is_function
    assert found.table == {"a": {"a": Fraction(1)}, "b": {"b": Fraction(1)}}
    assert found.stochastic == 0


# Two laws


def test_two_agents_with_the_same_predictions():
    other = Dist.uniform("X1 X2 M", [("0", "0", "u"), ("1", "1", "v")])
    found = translate(COPY, "M", "L", other=other)
    assert found.is_function
    assert found.table == {"u": {"a": Fraction(1)}, "v": {"b": Fraction(1)}}
    assert found.divergence == (Bits(0), Bits(0))
    assert found.independence == 0


def test_the_coupling_goes_through_the_data_only():
    # One law in which L and M are related beyond the data, taken apart and put together again.
    law = zoo.law("C05")
    together = translate(law, "M", "L", "X1 X2")
    apart = translate(law.marginal("X1 X2 L"), "M", "L", "X1 X2", other=law.marginal("X1 X2 M"))
    assert together.independence == 1
    assert apart.independence == 0
    assert apart.stochastic == 0


def test_tiny_mixtures():
    # The first agent's L = X1 is natural under its law, the second agent's constant under its own.
    found = translate(zoo.law("C14"), "M", "L", other=zoo.law("C14b"))
    assert found.deterministic == 1
    assert found.divergence == (
        Bits("-1/8*log2(3) - 7/8*log2(5) + 7/8*log2(7)"),
        Bits("3/8*log2(3) + 5/8*log2(5) - 5/8*log2(7)"),
    )
    assert found.law.marginal("X1 X2") == zoo.law("C14").marginal("X1 X2")
    data = found.to_json()["predictive_divergence"]
    assert data["first_from_second"]["exact"] == "-1/8*log2(3) - 7/8*log2(5) + 7/8*log2(7)"
    assert "second law from first  0.290969" in str(found)


def test_both_agents_call_their_latent_l():
    other = Dist.uniform("X1 X2 L", [("0", "0", "u"), ("1", "1", "v")])
    found = translate(COPY, "L", "L", other=other)
    assert (found.source, found.target) == ("L'", "L")
    assert found.is_function
    assert found.table == {"u": {"a": Fraction(1)}, "v": {"b": Fraction(1)}}


def test_a_wider_second_law():
    other = Dist.uniform("X1 X2 M", [("0", "0", "u"), ("1", "1", "v"), ("0", "1", "w")])
    found = translate(COPY, "M", "L", other=other)
    assert found.divergence == (Bits("-1 + log2(3)"), oo)
    assert found.to_json()["predictive_divergence"]["second_from_first"] == {
        "exact": "oo", "approx": "oo"
    }  # fmt: skip
    # The roles follow the names: the first law holds the source here, and its P[X] is used.
    with pytest.raises(InvalidInput, match=r"\(0, 1\) has mass 1/3 and 0; the target latent is"):
        translate(other, "M", "L", other=COPY)
    assert translate(other, "M", "L", other=COPY, under="second").is_function


@given(laws("X1 X2 L"), laws("X1 X2 M"))
@settings(max_examples=40)
def test_grafted_laws_obey_the_theorems(first, second):
    allowed = set(second.marginal("X1 X2").support)
    assume(set(first.marginal("X1 X2").support) <= allowed)
    found = translate(first, "M", "L", other=second)
    assert found.independence == 0
    assert found.stochastic <= found.bound
    assert found.law.marginal("X1 X2 L") == first
    for outcome in first.marginal("X1 X2").support:
        event = dict(zip(("X1", "X2"), outcome, strict=True))
        assert found.law.given(event).marginal("M") == second.given(event)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((COPY, "M", "L"), {}, UnknownVariable, "got 'M'"),
        ((COPY, "X1", "Z"), {}, UnknownVariable, "got 'Z'"),
        ((COPY, "X1", "L", ["X1"]), {}, OverlappingSets, "'X1' is both"),
        ((COPY, "M", "L"), {"other": COPY}, UnknownVariable, "got 'M'"),
        ((COPY, "L", "M"), {"other": COPY}, UnknownVariable, "got 'M'"),
        ((COPY, "L", "X1", ["L"]), {}, OverlappingSets, "'L' is both"),
        ((COPY.marginal("X1 L"), "X1", "L"), {}, InvalidInput, "at least 1 feature, got 0: none"),
    ],
)
def test_bad_roles(arguments, options, error, message):
    with pytest.raises(error, match=message):
        translate(*arguments, **options)


def test_as_text():
    law = Dist.uniform("X1 X2 M L", [("0", "0", "0", "a"), ("1", "1", "1", "b")])
    assert str(translate(law, "M", "L")).splitlines() == [
        "under this law L is a function of M",
        "error          form                      bits  exact",
        "stochastic     I(L;X1,X2|M)          0.000000  0",
        "  at most      bound of the theorem  0.000000  0",
        "  beside       I(L;X1,X2)            1.000000  1",
        "deterministic  H(L|M)                0.000000  0",
        "  at most      bound of the theorem  0.000000  0",
        "  beside       H(L)                  1.000000  1",
        "independence   I(L;M|X1,X2)          0.000000  0",
        "",
        "hypothesis    form              bits  counts",
        "mediation     TC(X1;X2|M)   0.000000       1",
        "redundancy    I(L;X1|X2)    0.000000       1",
        "redundancy    I(L;X2|X1)    0.000000       1",
        "independence  I(L;M|X1,X2)  0.000000       2",
        "the bound on the stochastic error is attained",
        "",
        "P[L|M]  a  b",
        "0       1  0",
        "1       0  1",
    ]


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("C01", "M", "L is a function of M"),
        ("C04", "X1", "L is a stochastic function, not a function, of X1"),
        ("C11", "X1", "L is not a stochastic function of X1"),
    ],
)
def test_the_verdict_in_words(name, source, words):
    text = str(translate(zoo.law(name), source, "L", ["X2"]))
    assert text.splitlines()[0] == f"under this law {words}"


def test_as_json():
    data = json.loads(json.dumps(translate(zoo.law("C05"), "M", "L", "X1 X2").to_json()))
    assert list(data) == [
        "from", "to", "features", "under", "stochastic", "deterministic", "bound",
        "deterministic_bound", "dual_bound", "deterministic_dual_bound", "independence",
        "information", "entropy", "hypotheses", "weakest", "predictive_divergence", "is_function",
        "is_stochastic_function", "table", "table_approx",
    ]  # fmt: skip
    assert data["bound"] == {"exact": "2", "approx": "2.00000000000"}
    assert data["predictive_divergence"] is None
    assert data["table"] == [["0", {"0": "1/2", "1": "1/2"}], ["1", {"0": "1/2", "1": "1/2"}]]


def test_html():
    html = translate(zoo.law("C05"), "M", "L", "X1 X2")._repr_html_()
    assert html.count("<tr>") == 8 + 3
    assert "<th>P[L|M]</th>" in html
    assert "<td>I(L;X1,X2|M)</td>" in html


def test_translations_are_values():
    found = translate(COPY, "X1", "L", ["X2"])
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(copy.deepcopy(found)) == hash(found)
    with pytest.raises(AttributeError):
        found.bound = Bits(0)


# Hypotheses, named laws


NOISY = zoo.law("C11")


def grafted(base, first, second, names="X1 X2"):
    """P[X] of one law with the channels of two others, from the definition."""
    masses = {}
    for x, mass in base.marginal(names).items():
        event = dict(zip(names.split(), x, strict=True))
        one, two = first.given(event), second.given(event)
        for label, p in one.items():
            for other, q in two.items():
                masses[(*x, *label, *other)] = mass * p * q
    return Dist.from_dict(masses, [*names.split(), *first.names[-1:], *second.names[-1:]])


@pytest.mark.parametrize("under", ["first", "second", "third"])
def test_every_error_is_under_the_named_law(under):
    first = zoo.law("C10").marginal("X1 X2").with_function("L", lambda x, y: x + y, of="X1 X2")
    second = NOISY.rename({"L": "M"})
    third = Dist.from_weights({"00": 3, "01": 1, "10": 2, "11": 5}, "Z").push(
        lambda z: tuple(z[0]), "X1 X2"
    )
    base = {"first": first, "second": second, "third": third}[under]
    named = base if under == "third" else under
    law = grafted(base, first, second)
    found = translate(first, "M", "L", other=second, under=named)
    assert found.law == law
    assert found.under == f"the {under} law"
    assert found.stochastic == form("I(L;X1,X2|M)")(law)
    assert found.information == form("I(L;X1,X2)")(law)
    assert found.entropy == form("H(L)")(law)
    kinds = [(h.kind, h.lost, h.times) for h in found.hypotheses]
    assert kinds == [
        ("mediation", None, 1), ("redundancy", "X1", 1), ("redundancy", "X2", 1),
        ("independence", None, 2),
    ]  # fmt: skip
    assert all(form(h.form)(law) == h.value for h in found.hypotheses)
    assert sum((h.share for h in found.hypotheses), Bits(0)) == found.bound
    # M mediates under its own law, and only there; L's errors are those of its own law.
    assert [h.own for h in found.hypotheses] == [
        0, form("I(L;X1|X2)")(first), form("I(L;X2|X1)")(first), None,
    ]  # fmt: skip
    assert found.independence == 0
    pairs = (first, second) if found.apart else ()
    assert found.apart == (tuple(kl(third, p.marginal("X1 X2")) for p in pairs) or None)
    assert (found.apart is None) == (under != "third")


def test_the_roles_follow_the_names():
    second = zoo.law("C11").rename({"L": "M"})
    first = zoo.law("C01").marginal("X1 X2 L")
    usual = translate(first, "M", "L", other=second)
    swapped = translate(second, "M", "L", other=first, under="second")
    assert swapped.law.marginal(usual.law.names) == usual.law
    assert swapped.table == usual.table
    assert swapped.divergence == usual.divergence[::-1]


def test_the_weak_hypothesis_is_named():
    # Parity: M constant does not mediate, L = X is redundant.  TC = 1 counts twice, DTC = 2 once.
    found = translate(zoo.law("C08"), "L", "M", "X1 X2 X3")
    assert (found.bound, found.dual_bound, found.slack) == (2, 2, 0)
    assert found.weakest is None
    assert str(found).count("the bound on the stochastic error is attained") == 1
    loose = translate(zoo.law("C05"), "M", "L", "X1 X2")
    assert (loose.slack, loose.weakest) == (1, "independence")
    assert (
        "the bound is 1.000000 bits above the stochastic error; the weak hypothesis is "
        "independence, which makes 2.000000 of its 2.000000 bits"
    ) in str(loose).replace("\n  ", " ")


def test_the_smaller_bound_counts_dual_mediation():
    # C09: M constant; TC(X) = 3 counts twice, DTC(X) = 3 once.
    law = zoo.law("C09").with_function("M", lambda *_: "", of="X1")
    found = translate(law, "M", "L", "X1 X2 X3")
    assert (found.bound, found.dual_bound) == (6, form("DTC(X1;X2;X3)")(law))
    assert found.hypotheses[0].form == "DTC(X1;X2;X3|M)"
    assert found.hypotheses[0].times == 1
    assert found.stochastic == 3
    assert "  at most      bound with DTC" in str(found)


@given(laws("X1 X2 X3 L M"))
@settings(max_examples=40)
def test_the_bounds_with_dual_total_correlation(law):
    found = translate(law, "M", "L", "X1 X2 X3")
    dual = form("DTC(X1;X2;X3|M)")(law)
    redundancy = form("I(L;X1|X2,X3) + I(L;X2|X1,X3) + I(L;X3|X1,X2)")(law)
    lost = form("H(L|X2,X3) + H(L|X1,X3) + H(L|X1,X2)")(law)
    assert found.dual_bound == dual + redundancy + 3 * found.independence
    assert found.deterministic_dual_bound == dual + lost
    assert found.stochastic <= found.dual_bound
    assert found.deterministic <= found.deterministic_dual_bound
    assert sum((h.share for h in found.hypotheses), Bits(0)) == min(found.bound, found.dual_bound)


def test_a_law_with_a_parameter():
    found = translate(zoo.law("resampled-rarely"), "G", "L", "X1 X2")
    assert found.bound >= found.stochastic
    assert "P[L|G]" in str(found)
    assert found.hypotheses[1].value == 0


def test_long_lists_of_features_are_called_x():
    names = [f"feature{k}" for k in range(4)]
    law = Dist.uniform([*names, "L", "M"], [("0",) * 6, ("1",) * 6])
    lines = str(translate(law, "M", "L")).splitlines()
    assert lines[1] == "X = feature0, feature1, feature2, feature3"
    assert lines[3].startswith("stochastic     I(L;X|M) ")
    assert "redundancy    I(L;feature1|rest)  0.000000       1" in lines


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"under": "second"}, "expected under= together with other="),
        ({"other": COPY.rename({"L": "M"}), "under": "both"}, "expected under='first', 'second'"),
    ],
)
def test_bad_options(options, says):
    with pytest.raises(InvalidInput, match=says):
        translate(COPY.with_function("M", str, of="L"), "M", "L", **options)


def test_the_table_as_a_picture():
    from natlat_sym.draw import translation_table

    drawn = translation_table(translate(zoo.law("C04"), "X1", "L", ["X2"]))
    assert repr(drawn) == "<picture of P[L|X1]>"
    assert drawn.svg.count("<rect") == 1 + 3 * 4
    assert drawn.svg.count(">1/2</text>") == 6
    assert drawn.svg.count(">L</text>") == drawn.svg.count(">X1</text>") == 1  # the two axes
    long = translate(COPY.extend("M", "L", flip="1/1000001"), "M", "L", "X1 X2")
    assert ">0.000</text>" in translation_table(long).svg
    wide = Dist.uniform("X M", [(str(k), str(k)) for k in range(30)])
    wide = wide.with_function("L", str, of="M")
    with pytest.raises(InvalidInput, match="at most 400 cells"):
        translation_table(translate(wide, "M", "L"))
    with pytest.raises(InvalidInput, match="without parameters to draw"):
        translation_table(translate(zoo.law("resampled-rarely"), "G", "L", "X1 X2"))
