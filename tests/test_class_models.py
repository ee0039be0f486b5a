"""Models trained on the bundled survey: what is stored was trained, and what translates."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from natlat_sym import Bits, form, kl, zoo
from natlat_sym.cli import main
from natlat_sym.natural.coupling import couple
from natlat_sym.zoo import nets as zoo_nets

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "train_class_models.py"
SIZES = {"A2": "2", "B3": "3", "C4": "4", "D5": "5", "E5": "5b"}
SURVEY = zoo.law("gss")
ANSWERS = ",".join(SURVEY.names)


def agent(latent):
    return zoo.law(f"gss-classes-{SIZES[latent]}")


def training():
    spec = importlib.util.spec_from_file_location("train_class_models", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parameters(latent):
    net = zoo_nets.bundled_net(f"gss_classes_{latent.lower()}")
    shares = np.array([float(mass) for mass in net.rows[latent][()]])
    yes = [[float(net.rows[i][(c,)][1]) for i in SURVEY.names] for c in net.labels[latent]]
    return shares, np.array(yes)


@pytest.mark.parametrize(
    ("latent", "bits"),
    [("A2", 3.797805), ("B3", 3.497834), ("C4", 3.453407), ("D5", 3.446065), ("E5", 3.451701)],
)
def test_the_stored_models_are_where_training_ends(latent, bits):
    rows, counts = training().table()
    shares, yes = parameters(latent)
    reached, next_shares, next_yes = training().step(rows, counts, shares, yes)
    assert abs(-reached - bits) < 2e-4
    assert np.abs(next_shares - shares).max() < 2e-3
    assert np.abs(next_yes - yes).max() < 5e-3
    # Cross entropy is divergence and entropy: the exact value agrees with the floating one.
    law = agent(latent).marginal(SURVEY.names)
    exact = kl(SURVEY, law) + SURVEY.entropy(SURVEY.names)
    assert abs(float(exact) + reached) < 1e-9


def test_training_again_gives_the_stored_model():
    module = training()
    _, shares, yes = module.fit(*module.table(), 2, 1)
    stored_shares, stored_yes = parameters("A2")
    assert np.abs(shares - stored_shares).max() < 1e-3
    assert np.abs(np.clip(yes, 0.001, 0.999) - stored_yes).max() < 1e-3
    net = module.as_net("A2", stored_shares, stored_yes)
    assert net == zoo_nets.bundled_net("gss_classes_a2")


# Measured elsewhere, with models of two, three and four classes fitted to the same table.
@pytest.mark.parametrize(
    ("target", "source", "left"),
    [
        ("A2", "B3", "0.154"), ("A2", "C4", "0.125"), ("B3", "A2", "0.538"), ("B3", "C4", "0.180"),
        ("C4", "A2", "0.713"), ("C4", "B3", "0.384"),
    ],
)  # fmt: skip
def test_what_translates(target, source, left):
    law = couple(agent(target), agent(source), source, target, under=SURVEY).law
    found = form(f"I({target};{ANSWERS}|{source})")(law)
    assert abs(float(found) - float(left)) < 1e-3
    whole = float(form(f"I({target};{ANSWERS})")(law))
    assert abs(whole - {"A2": 0.949, "B3": 1.333, "C4": 1.537}[target]) < 1e-3


def test_from_the_command_line(capsys, tmp_path):
    picture = tmp_path / "table.svg"
    code = main(
        [
            "translate",
            "zoo:gss-classes-2",
            "zoo:gss-classes-3",
            "--from",
            "B3",
            "--to",
            "A2",
            "--under",
            "zoo:gss",
            "--svg",
            str(picture),
        ]
    )
    shown = capsys.readouterr()
    assert code == 0
    assert shown.err == f"natlat translate: picture in {picture}\n"
    assert shown.out.splitlines()[:5] == [
        "first law   zoo:gss-classes-2",
        "second law  zoo:gss-classes-3",
        "third law   zoo:gss",
        "under P[X] of the third law A2 is not a stochastic function of B3",
        f"X = {', '.join(SURVEY.names)}",
    ]
    assert "c2        0.905" in shown.out
    assert picture.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["zoo:C01", "--under", "zoo:C02"], "expected two sources with --under"),
        (["zoo:C14", "zoo:C14b", "--under", "zoo:gss"], "expected laws that share a feature, X1"),
    ],
)
def test_bad_laws_to_be_under(capsys, argv, says):
    assert main(["translate", *argv, "--from", "M", "--to", "L"]) == 2
    assert says in capsys.readouterr().err


def test_two_sources_in_json_with_a_net_and_a_table(capsys, tmp_path):
    net, table = tmp_path / "agent.bif", tmp_path / "agent.csv"
    net.write_text(
        "network n {} variable X1 {type discrete [2] {0, 1};} variable X2 {type discrete [2] {0, "
        "1};} variable M {type discrete [2] {u, v};} probability (M) {table 0.5, 0.5;} probability "
        "(X1 | M) {(u) 0.8, 0.2; (v) 0.25, 0.75;} "
        "probability (X2 | M) {(u) 0.5, 0.5; (v) 0.9, 0.2;}"
    )
    table.write_text("X1,X2,L,n\n0,0,a,3\n0,1,a,1\n1,1,b,4\n")
    arguments = ["translate", str(net), str(table), "--from", "M", "--to", "L", "--count", "n"]
    assert main(arguments) == 2
    assert "P[X2|M=v] summed to 1.1" in capsys.readouterr().err
    assert main([*arguments, "--normalise", "--under", "second", "--json"]) == 0
    shown = capsys.readouterr()
    assert shown.err.endswith("the farthest off: P[X2|M=v] summed to 1.1\n")
    data = json.loads(shown.out)
    assert data["under"] == "the second law"
    assert data["sources"] == {"first law": str(net), "second law": str(table)}
    assert data["entropy"]["exact"] == "1"
    assert set(data["predictive_divergence"]) == {"first_from_second", "second_from_first"}
    assert data["hypotheses"][0]["own"] == {"exact": "0", "approx": "0"}
    assert [label for label, _ in data["table_approx"]] == ["u", "v"]


def test_the_example_script(capsys):
    spec = importlib.util.spec_from_file_location(
        "trained_models", SCRIPT.parent.parent / "examples" / "trained_models.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(["A2", "B3"])
    assert capsys.readouterr().out.splitlines() == [
        "to  from  I(to;X|from)  of I(to;X)   bound  weak hypothesis",
        "A2  B3          0.1541      0.9491  0.2990  redundancy",
        "B3  A2          0.5385      1.3335  0.6834  redundancy",
    ]


TWO_MODELS = [
    "zoo:gss-classes-2", "zoo:gss-classes-3", "--from", "B3", "--to", "A2", "--under", "zoo:gss"
]  # fmt: skip


def test_brief_json_of_two_models_is_readable(capsys):
    assert main(["translate", *TWO_MODELS, "--json", "--brief"]) == 0
    shown = capsys.readouterr()
    assert len(shown.out) < 10_000
    assert shown.err == ""
    data = json.loads(shown.out)
    assert data["stochastic"] == {"exact": None, "approx": "0.154076171698"}
    assert data["independence"] == {"exact": "0", "approx": "0"}
    assert data["table"][0] == ["c1", {"c1": None, "c2": None}]
    assert data["table_approx"][0] == ["c1", {"c1": "0.003870", "c2": "0.996130"}]


def test_json_has_every_exact_text_unless_it_shall_be_brief(capsys):
    argv = ["errors", "zoo:gss-classes-2", "--latent", "A2", "--json"]
    assert main([*argv, "--brief"]) == 0
    brief = json.loads(capsys.readouterr().out)
    assert main(argv) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    whole = json.loads(shown.out)
    assert brief["worst"]["weak"]["exact"] is None
    text = whole["worst"]["weak"]["exact"]
    assert len(text) > 4096
    assert Bits(text).approx(12) == brief["worst"]["weak"]["approx"]
    assert brief["mediation"] == whole["mediation"] == {"exact": "0", "approx": "0"}
