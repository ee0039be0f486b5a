"""Fitted models as exact laws: what is read, what is rounded, what is refused."""

import math
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from natlat_sym import Dist, NatlatError, form, from_model, read_net, translate, write_net, zoo
from natlat_sym.errors import InvalidInput
from natlat_sym.nets.bayesnet import bayes_net

SURVEY = zoo.law("gss")


def survey_rows():
    rows = np.array([[int(label) for label in row] for row in SURVEY.support])
    return rows, np.array(list(SURVEY.weights().values()), dtype=float)


def table(masses):
    """Rows of masses divided by their sum, as the rationals the floats are."""
    exact = [Fraction(float(mass)) for mass in masses]
    return tuple(mass / sum(exact) for mass in exact)


LATENT_CLASS = SimpleNamespace(
    weights_=np.array([0.3, 0.7]),
    probabilities_=[np.array([[0.9, 0.1], [0.2, 0.8]]), [[0.5, 0.25, 0.25], [0.1, 0.6, 0.3]]],
)


def test_a_latent_class_model():
    found = from_model(LATENT_CLASS, latent="M", features="A B")
    assert found.latent == "M"
    assert found.law.names == ("M", "A", "B")
    law = found.law
    assert tuple(law.probability({"M": m}) for m in "01") == table([0.3, 0.7])
    for m, row in zip("01", ([0.5, 0.25, 0.25], [0.1, 0.6, 0.3]), strict=True):
        assert tuple(law.probability({"B": b}, given={"M": m}) for b in "012") == table(row)
    assert form("I(A;B|M)")(law) == 0
    # 0.3 + 0.7, 0.9 + 0.1 and 0.2 + 0.8 are sums of dyadic rationals near 1, not 1.
    sums = [[0.3, 0.7], [0.9, 0.1], [0.2, 0.8], [0.5, 0.25, 0.25], [0.1, 0.6, 0.3]]
    off = sum(sum(map(Fraction, row)) != 1 for row in sums)
    assert 0 < off < 5
    assert len(found.net.adjusted) == off
    assert str(found).startswith(
        f"floats read as the dyadic rationals they are; {off} of 5 rows did not sum to 1 and were "
        "divided exactly by their sum; the farthest off: P["
    )


def test_rounding_to_small_rationals():
    found = from_model(LATENT_CLASS, denominator=7)
    # 0.3 * 7 = 2.1, 0.7 * 7 = 4.9: the larger remainder goes up.
    assert found.net.rows["L"][()] == (Fraction(2, 7), Fraction(5, 7))
    assert found.net.adjusted == ()
    assert str(found) == (
        "floats read as the dyadic rationals they are, masses rounded to multiples of 1/7"
    )


def test_a_rounded_model_on_disk(tmp_path):
    net = from_model(LATENT_CLASS, denominator=100).net
    write_net(net, tmp_path / "agent.bif")
    assert read_net(tmp_path / "agent.bif") == net


def test_the_protocol():
    law = zoo.law("C11")
    assert from_model(SimpleNamespace(natlat_law=lambda: law)).law is law
    net = bayes_net({"L": "ab", "X": "01"}, {"X": "L"}, {
        "L": {(): ("1/2", "1/2")}, "X": {("a",): (1, 0), ("b",): ("1/3", "2/3")}
    })  # fmt: skip
    found = from_model(SimpleNamespace(natlat_law=lambda: net))
    assert (found.law, found.latent, found.net, str(found)) == (net.law(), "L", net, "an exact law")
    assert from_model(SimpleNamespace(natlat_law=lambda: found)) is found
    assert from_model(SimpleNamespace(natlat_law=lambda: net), keep="X").law == net.law("X")
    assert from_model(SimpleNamespace(natlat_law=lambda: law), keep="X1").law.names == ("X1",)


# scikit-learn


def test_a_categorical_classifier_is_a_generative_model():
    naive_bayes = pytest.importorskip("sklearn.naive_bayes")
    rows = np.array([[0, 2], [1, 1], [1, 0], [0, 2], [1, 1]])
    model = naive_bayes.CategoricalNB().fit(rows, ["no", "yes", "yes", "no", "no"])
    found = from_model(model, features=["X1", "X2"])
    shares = tuple(found.law.probability({"L": label}) for label in ("no", "yes"))
    assert shares == table([math.exp(v) for v in model.class_log_prior_])
    assert found.net.labels["X2"] == ("0", "1", "2")
    for place, label in enumerate(("no", "yes")):
        row = table([math.exp(v) for v in model.feature_log_prob_[1][place]])
        assert found.net.rows["X2"][label,] == row
    # Its own posterior, in floats, from the exact law.
    asked = model.predict_proba([[1, 2]])[0]
    exact = [
        float(found.law.probability({"L": label}, given={"X1": "1", "X2": "2"}))
        for label in ("no", "yes")
    ]
    assert exact == pytest.approx(asked, abs=1e-12)


def test_a_bernoulli_classifier_of_the_survey():
    naive_bayes = pytest.importorskip("sklearn.naive_bayes")
    rows, counts = survey_rows()
    majority = (rows.sum(axis=1) >= 4).astype(int)
    model = naive_bayes.BernoulliNB().fit(rows, majority, sample_weight=counts)
    found = from_model(model, "L", SURVEY.names, denominator=1000)
    assert form(f"TC({';'.join(SURVEY.names)}|L)")(found.law) == 0
    yes = found.law.probability({"abany": "1"}, given={"L": "1"})
    assert abs(float(yes) - math.exp(model.feature_log_prob_[1][0])) <= 0.001
    # Compared with another agent, under the law of the data.
    both = translate(found.law, "A2", "L", other=zoo.law("gss-classes-2"), under=SURVEY)
    assert 0 < both.stochastic < both.information
    assert both.hypotheses[0].own == 0


def test_a_gaussian_mixture_needs_data():
    mixture = pytest.importorskip("sklearn.mixture")
    rows, counts = survey_rows()
    repeated = np.repeat(rows, counts.astype(int), axis=0)[::40]
    model = mixture.GaussianMixture(2, random_state=0, reg_covar=0.05).fit(repeated)
    with pytest.raises(InvalidInput, match="got GaussianMixture: it has no finite variables of it"):
        from_model(model)
    found = from_model(model, "M", data=SURVEY)
    assert found.net is None
    assert found.law.marginal(SURVEY.names) == SURVEY
    assert str(found).startswith("P[M|X] from predict_proba on 123 outcomes of the data; floats")
    asked = model.predict_proba(rows.astype(float))
    for outcome, masses in list(zip(SURVEY.support, asked, strict=True))[::17]:
        event = dict(zip(SURVEY.names, outcome, strict=True))
        expected = dict(zip("01", table(masses), strict=True))
        given = found.law.given(event)
        assert {k: given.probability({"M": k}) for k in given.alphabet("M")} == {
            k: mass for k, mass in expected.items() if mass
        }
    rounded = from_model(model, "M", data=SURVEY, denominator=50)
    assert rounded.law.total <= 33144 * 50
    assert "multiples of 1/50; 0 of 123 rows" in str(rounded)


@pytest.mark.parametrize("kind", ["MultinomialNB", "GaussianNB", "LogisticRegression"])
def test_other_models_are_refused_in_one_sentence(kind):
    naive_bayes = pytest.importorskip("sklearn.naive_bayes")
    linear_model = pytest.importorskip("sklearn.linear_model")
    made = getattr(naive_bayes, kind, None) or getattr(linear_model, kind)
    model = made().fit([[0, 1], [1, 0], [1, 1]], [0, 1, 1])
    with pytest.raises(InvalidInput, match=f"got {kind}: ") as caught:
        from_model(model)
    assert "\n" not in str(caught.value)


# pgmpy, in its own words where it is not there


class FakeTable:
    def __init__(self, variable, states, values, parents=()):
        self.variable, self.variables = variable, [variable, *parents]
        self.state_names, self.values = states, values

    def get_values(self):
        return np.array(self.values)


FAKE = SimpleNamespace(
    get_cpds=lambda: [
        FakeTable("dis-ease", {"dis-ease": ["yes", "no"]}, [[0.1], [0.9]]),
        FakeTable(
            "test",
            {"test": ["+", "-"], "dis-ease": ["no", "yes"], "age": [1, 2]},
            [[0.05, 0.1, 0.9, 0.8], [0.95, 0.9, 0.1, 0.2]],
            ["dis-ease", "age"],
        ),
        FakeTable("age", {"age": [1, 2]}, [[0.5], [0.5]]),
    ]
)


def test_a_network_by_its_tables():
    found = from_model(FAKE)
    net = found.net
    assert dict(net.parents) == {"dis_ease": (), "test": ("dis_ease", "age"), "age": ()}
    assert net.rows["test"]["yes", "2"] == table([0.8, 0.2])
    assert net.rows["test"]["no", "1"] == table([0.05, 0.95])
    assert found.latent is None
    assert from_model(FAKE, keep="test").law == net.law("test")
    tenths = from_model(FAKE, denominator=20).law
    assert tenths.probability({"test": "+"}, given={"dis_ease": "yes"}) == Fraction(17, 20)


def test_the_real_thing():
    models = pytest.importorskip("pgmpy.models")
    from pgmpy.factors.discrete import TabularCPD

    model = models.DiscreteBayesianNetwork([("A", "C"), ("B", "C")])
    model.add_cpds(
        TabularCPD("A", 2, [[0.25], [0.75]], state_names={"A": ["x", "y"]}),
        TabularCPD("B", 2, [[0.5], [0.5]], state_names={"B": ["x", "y"]}),
        TabularCPD(
            "C", 2, [[0.125, 0.5, 0.25, 1.0], [0.875, 0.5, 0.75, 0.0]],
            evidence=["A", "B"], evidence_card=[2, 2],
            state_names={"C": ["0", "1"], "A": ["x", "y"], "B": ["x", "y"]},
        ),
    )  # fmt: skip
    found = from_model(model)
    assert found.net.adjusted == ()
    assert found.law.probability({"C": "0"}, given={"A": "x", "B": "y"}) == Fraction(1, 2)
    assert found.law.probability({"C": "0"}, given={"A": "y", "B": "x"}) == Fraction(1, 4)


@pytest.mark.parametrize(
    ("model", "options", "says"),
    [
        (SimpleNamespace(), {}, "got SimpleNamespace: it has none of these"),
        (LATENT_CLASS, {"features": "A"}, "expected 2 names of features, got 1"),
        (LATENT_CLASS, {"denominator": 0}, "a denominator of at least 1, got 0"),
        (LATENT_CLASS, {"data": SURVEY}, "with data= it needs predict_proba"),
        (SimpleNamespace(natlat_law=lambda: 3), {}, "return a Dist or a BayesNet, got int"),
        (
            SimpleNamespace(weights_=[0.5, 0.5], probabilities_=[[[1.0]]]),
            {},
            "expected 2 rows of X1, got 1",
        ),
        (
            SimpleNamespace(weights_=[math.nan, 0.5], probabilities_=[[[1.0], [1.0]]]),
            {},
            "expected a finite float, got nan",
        ),
        (
            SimpleNamespace(weights_=[-0.5, 1.5], probabilities_=[[[1.0], [1.0]]]),
            {},
            "2 masses of at least 0 in P[L], got -1/2, 3/2",
        ),
        (
            SimpleNamespace(predict_proba=None),
            {"data": Dist.uniform("X", ["a", "b"])},
            "expected labels of the data that are numbers",
        ),
    ],
)
def test_what_is_refused(model, options, says):
    with pytest.raises(NatlatError) as caught:
        from_model(model, **options)
    assert says in str(caught.value)
