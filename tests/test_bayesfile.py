"""Bayes nets from BIF and XMLBIF files: the law of the printed decimals, or one clear error."""

import gzip
import math
from fractions import Fraction
from importlib import resources
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import Dist, I, read_net, zoo
from natlat_sym.cli import main
from natlat_sym.errors import (
    InvalidInput,
    NotADag,
    NotNormalised,
    SyntaxInvalid,
    UnknownVariable,
    UnreadableFile,
)
from natlat_sym.nets.bayesfile import write_net
from natlat_sym.nets.bayesnet import bayes_net
from natlat_sym.zoo import nets as zoo_nets

DATA = resources.files("natlat_sym") / "data"
HEAD = """network "n" { property x = "a ; b"; }
// a comment
variable a-1 { property y; type discrete[2] { "t u", f }; }
variable b { type discrete [ 3 ] { x, y, 5.0 }; property position = (1, 2); }
"""
BIF = (
    HEAD
    + """/* two
lines */ probability ( b ) { table 0.2 0.3 0.5; }
probability ( a-1 | b ) { default 0.5, 0.5; (x) 1, 0; ("5.0") 1e-1, 0.9; property z; }
"""
)
# The example of the format's own description, in both formats.
DOG_XML = """<?xml version="1.0"?>
<!DOCTYPE BIF [ <!ELEMENT BIF (NETWORK)*> ]>
<BIF VERSION="0.3"><NETWORK><NAME>Dog-Problem</NAME>
<VARIABLE TYPE="nature"><NAME>light-on</NAME><OUTCOME>true</OUTCOME><OUTCOME>false</OUTCOME>
  <PROPERTY>position = (218, 195)</PROPERTY></VARIABLE>
<VARIABLE TYPE="nature"><NAME>bowel-problem</NAME><OUTCOME>true</OUTCOME><OUTCOME>false</OUTCOME>
</VARIABLE>
<VARIABLE TYPE="nature"><NAME>dog-out</NAME><OUTCOME>true</OUTCOME><OUTCOME>false</OUTCOME>
</VARIABLE>
<VARIABLE TYPE="nature"><NAME>hear-bark</NAME><OUTCOME>true</OUTCOME><OUTCOME>false</OUTCOME>
</VARIABLE>
<VARIABLE TYPE="nature"><NAME>family-out</NAME><OUTCOME>true</OUTCOME><OUTCOME>false</OUTCOME>
</VARIABLE>
<DEFINITION><FOR>light-on</FOR><GIVEN>family-out</GIVEN>
  <TABLE>0.6 0.4 0.05 0.95</TABLE></DEFINITION>
<DEFINITION><FOR>bowel-problem</FOR><TABLE>0.01 0.99</TABLE></DEFINITION>
<DEFINITION><FOR>dog-out</FOR><GIVEN>bowel-problem</GIVEN><GIVEN>family-out</GIVEN>
  <TABLE>0.99 0.01 <!-- out at once --> 0.97 0.03 0.9 0.1 0.3 0.7</TABLE></DEFINITION>
<DEFINITION><FOR>hear-bark</FOR><GIVEN>dog-out</GIVEN><TABLE>0.7 0.3 0.01 0.99</TABLE></DEFINITION>
<DEFINITION><FOR>family-out</FOR><TABLE>0.15 0.85</TABLE></DEFINITION>
</NETWORK></BIF>"""
DOG_BIF = """network "Dog-Problem" { }
variable "light-on" { type discrete[2] { "true" "false" }; property "position = (218, 195)"; }
variable "bowel-problem" { type discrete[2] { "true" "false" }; }
variable "dog-out" { type discrete[2] { "true" "false" }; }
variable "hear-bark" { type discrete[2] { "true" "false" }; }
variable "family-out" { type discrete[2] { "true" "false" }; }
probability ( "light-on" "family-out" ) { table 0.6 0.05 0.4 0.95; }
probability ( "bowel-problem" ) { table 0.01 0.99; }
probability ( "dog-out" "bowel-problem" "family-out" )
  { table 0.99 0.97 0.9 0.3 0.01 0.03 0.1 0.7; }
probability ( "hear-bark" "dog-out" ) { table 0.7 0.01 0.3 0.99; }
probability ( "family-out" ) { table 0.15 0.85; }"""


def brute_force(net):
    """Every outcome with its mass by the chain rule."""
    names = list(net.labels)
    masses = {}
    for outcome in product(*net.labels.values()):
        at = dict(zip(names, outcome, strict=True))
        masses[outcome] = math.prod(
            net.rows[n][tuple(at[p] for p in net.parents[n])][net.labels[n].index(at[n])]
            for n in names
        )
    return Dist.from_dict(masses, names)


def test_every_part_of_the_format():
    net = read_net(BIF)
    assert dict(net.labels) == {"a_1": ("t u", "f"), "b": ("x", "y", "5.0")}
    assert dict(net.parents) == {"a_1": ("b",), "b": ()}
    half = Fraction(1, 2)
    assert net.rows["a_1"] == {
        ("x",): (1, 0), ("y",): (half, half), ("5.0",): (Fraction(1, 10), Fraction(9, 10))
    }  # fmt: skip
    assert net.adjusted == ()
    assert net.adjustment() == ""
    assert net.law("a_1").mass("f") == Fraction(3, 20) + Fraction(9, 20)
    assert str(net) == "b -> a_1"
    assert repr(net) == "<Bayes net of a_1, b>"
    assert sorted(net.dag().edges) == [("b", "a_1")]


def test_the_same_net_in_both_formats():
    xml, bif = read_net(DOG_XML), read_net(DOG_BIF)
    assert xml == bif
    assert xml.rows["dog_out"]["true", "false"] == (Fraction(97, 100), Fraction(3, 100))
    assert xml.law() == brute_force(xml)
    # Heard barking, out by the net's own numbers: 7/10 P(out) / (7/10 P(out) + P(in)/100).
    out = Fraction(15, 100) * (Fraction(99, 10_000) + Fraction(9, 10) * Fraction(99, 100))
    out += Fraction(85, 100) * (Fraction(97, 10_000) + Fraction(3, 10) * Fraction(99, 100))
    heard = Fraction(7, 10) * out + (1 - out) / 100
    law = xml.law("dog_out hear_bark")
    assert law.probability({"dog_out": "true"}, given={"hear_bark": "true"}) == (
        Fraction(7, 10) * out / heard
    )


@pytest.mark.parametrize("name", ["asia", "cancer", "earthquake"])
def test_the_bundled_nets(name):
    net = read_net(Path(str(DATA / f"{name}.bif")))
    assert net.law() == brute_force(net) == zoo.law(name)
    assert net.adjusted == ()


def test_what_asia_is_known_for():
    asia = zoo.law("asia")
    assert asia.probability({"tub": "yes"}) == Fraction(104, 10_000)
    assert asia.probability({"lung": "yes"}) == Fraction(55, 1000)
    assert asia.probability({"either": "yes"}) == Fraction(64_828, 1_000_000)
    assert I("xray;dysp|either")(asia) == 0
    assert I("tub;lung")(asia) == 0
    assert I("tub;lung|either")(asia) > 0


@st.composite
def nets(draw):
    names = [f"V{k}" for k in range(draw(st.integers(1, 5)))]
    labels = {n: tuple("abc"[: draw(st.integers(1, 3))]) for n in names}
    parents, rows = {}, {}
    for k, name in enumerate(names):
        parents[name] = tuple(p for p in names[:k] if draw(st.booleans()))[:3]
        rows[name] = {}
        for key in product(*(labels[p] for p in parents[name])):
            cuts = draw(st.lists(st.integers(0, 40), min_size=len(labels[name]) - 1,
                                 max_size=len(labels[name]) - 1))  # fmt: skip
            edges = [0, *sorted(cuts), 40]
            rows[name][key] = [Fraction(b - a, 40) for a, b in pairwise(edges)]
    order = draw(st.permutations(names))
    return bayes_net({n: labels[n] for n in order}, parents, rows)


@given(nets(), st.data())
@settings(max_examples=40)
def test_any_variables_of_any_net(net, data):
    keep = data.draw(st.lists(st.sampled_from(list(net.labels)), min_size=1, unique=True))
    assert net.law(keep) == brute_force(net).marginal(keep)


@given(nets())
@settings(max_examples=20)
def test_a_written_net_reads_back(tmp_path_factory, net):
    path = tmp_path_factory.mktemp("nets") / "net.bif"
    write_net(net, path, "a comment\nof two lines")
    assert read_net(path) == net
    packed = path.with_suffix(".bif.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read_net(packed) == net


def test_a_few_variables_of_a_long_chain():
    names = [f"V{k}" for k in range(300)]
    flip = {("0",): ("0.9", "0.1"), ("1",): ("0.1", "0.9")}
    net = bayes_net(
        dict.fromkeys(names, "01"),
        {name: names[k - 1 : k] if k else () for k, name in enumerate(names)},
        {name: flip if k else {(): ("0.5", "0.5")} for k, name in enumerate(names)},
    )
    law = net.law("V0 V299")
    assert law.mass(("0", "0")) == (1 + Fraction(8, 10) ** 299) / 4


def test_too_many_outcomes(monkeypatch):
    monkeypatch.setattr("natlat_sym.nets.netlaw.MAX_CELLS", 20)
    with pytest.raises(InvalidInput, match="at most 20 outcomes to list, got more; keep fewer"):
        zoo_nets.bundled_net("asia").law()
    assert len(zoo_nets.bundled_net("asia").law("xray dysp")) == 4


UNEVEN = BIF.replace("0.2 0.3 0.5", "0.2 0.3 0.499")


def test_rows_that_do_not_sum_to_one():
    with pytest.raises(NotNormalised) as caught:
        read_net(UNEVEN)
    assert str(caught.value) == (
        "expected rows that sum to 1, P[b] summed to 0.999; pass normalise=True (--normalise) to "
        "divide such rows by their sum exactly"
    )
    assert (caught.value.name, caught.value.total) == ("b", Fraction(999, 1000))
    net = read_net(UNEVEN, normalise=True)
    assert net.rows["b"][()] == (Fraction(200, 999), Fraction(300, 999), Fraction(499, 999))
    assert [(row.name, row.given, row.total) for row in net.adjusted] == [
        ("b", (), Fraction(999, 1000))
    ]
    assert net.adjustment() == (
        "1 of 4 rows did not sum to 1 and were divided exactly by their sum; the farthest off: "
        "P[b] summed to 0.999"
    )


def test_the_row_of_a_choice_is_named():
    text = BIF.replace("1e-1, 0.9", "0.1, 0.9000000000000000000001")
    with pytest.raises(NotNormalised, match=r"P\[a_1\|b=5.0\] summed to 1 \+ 1.0e-22; pass"):
        read_net(text)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (BIF.replace("0.2 0.3 0.5", "0.2 0.3"), SyntaxInvalid, "expected 3 numbers in the table"),
        (BIF.replace("0.2", "-0.2"), InvalidInput, "3 masses of at least 0 in P[b], got -1/5"),
        (BIF.replace("0.2", "half"), InvalidInput, "got 'half'"),
        (BIF.replace("default 0.5, 0.5;", ""), InvalidInput, "expected a row P[a_1|b=y]"),
        (BIF.replace("(x) 1, 0", "(q) 1, 0"), SyntaxInvalid, "one row of a_1 for each choice"),
        (
            BIF.replace("( a-1 | b )", "( a-1 | c )"),
            SyntaxInvalid,
            "declared variable in a BIF file, got 'c'",
        ),
        (
            BIF.replace("probability ( b )", "chance ( b )"),
            SyntaxInvalid,
            "'network' or 'variable' or 'probability' in a BIF file, got 'chance'",
        ),
        (HEAD, SyntaxInvalid, "expected a table of a_1 in a BIF file, there is none"),
        (BIF[:-20], SyntaxInvalid, "got the end"),
        ("network n {}", SyntaxInvalid, "expected variables in a BIF file, got none"),
        (
            BIF.replace("variable b", "variable a_1"),
            SyntaxInvalid,
            "'a_1' and 'a-1' are both read as a_1",
        ),
        (
            BIF + "probability ( b ) { table 0.2 0.3 0.5; }",
            SyntaxInvalid,
            "one table of b in a BIF file, got two",
        ),
        (
            BIF.replace("type discrete[2]", "type continuous[2]"),
            SyntaxInvalid,
            "expected 'discrete'",
        ),
        (
            BIF.replace('type discrete[2] { "t u", f };', ""),
            SyntaxInvalid,
            "a type of the variable a_1",
        ),
        (BIF.replace("x, y, 5.0 }", "x, x, 5.0 }"), InvalidInput, "different labels of b"),
        ("<BIF><NETWORK>", SyntaxInvalid, "text that is not XML"),
        (
            DOG_XML.replace("0.6 0.4 0.05 0.95", "0.6 0.4"),
            SyntaxInvalid,
            "4 numbers in the table of light_on",
        ),
        (
            DOG_XML.replace('TYPE="nature"', 'TYPE="decision"', 1),
            SyntaxInvalid,
            "light-on is decision",
        ),
        (
            DOG_XML.replace("<FOR>light-on</FOR>", ""),
            SyntaxInvalid,
            "expected 1 FOR in each DEFINITION",
        ),
        (
            DOG_XML.replace("<TABLE>0.15 0.85", "<TABLE>0.15 0.86"),
            NotNormalised,
            "P[family_out] summed to 1.01",
        ),
    ],
)
def test_bad_files_are_refused_in_one_sentence(text, kind, says):
    with pytest.raises(kind) as caught:
        read_net(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nets_that_cannot_be():
    with pytest.raises(NotADag, match="without a directed cycle, A is on or below one"):
        bayes_net({"A": "01", "B": "01"}, {"A": "B", "B": "A"}, {})
    with pytest.raises(UnknownVariable, match="parents of A among A, got 'B'"):
        bayes_net({"A": "01"}, {"A": "B"}, {})
    with pytest.raises(NotNormalised, match=r"expected a positive mass in P\[A\]"):
        bayes_net({"A": "01"}, {}, {"A": {(): (0, 0)}}, normalise=True)
    with pytest.raises(InvalidInput, match="at least one variable to keep"):
        read_net(BIF).law([])
    with pytest.raises(UnknownVariable, match="did you mean 'b'"):
        read_net(BIF).law("bb")
    with pytest.raises(InvalidInput, match="masses of A with finite decimals, got 1/3"):
        write_net(bayes_net({"A": "01"}, {}, {"A": {(): ("1/3", "2/3")}}), "unwritten.bif")
    with pytest.raises(InvalidInput, match="a label that a BIF file can hold"):
        write_net(bayes_net({"A": ['"']}, {}, {"A": {(): (1,)}}), "unwritten.bif")
    assert not Path("unwritten.bif").exists()


def test_a_path_that_looks_like_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("network.bif").write_text(BIF)
    assert read_net("network.bif") == read_net(BIF) == read_net("// a comment\n" + BIF)


def test_unreadable_files(tmp_path):
    with pytest.raises(UnreadableFile, match=r"expected a Bayes net, .*does not exist"):
        read_net(tmp_path / "none.bif")
    (tmp_path / "not.bif.gz").write_bytes(b"plain")
    with pytest.raises(UnreadableFile, match="expected a Bayes net"):
        read_net(tmp_path / "not.bif.gz")


# The command line


@pytest.fixture
def places(tmp_path):
    (tmp_path / "dog.xmlbif").write_text(DOG_XML)
    (tmp_path / "uneven.bif").write_text(UNEVEN)
    (tmp_path / "asia.bif").write_text((DATA / "asia.bif").read_text())
    return tmp_path


def run(capsys, *argv):
    code = main(list(map(str, argv)))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_commands_take_nets(capsys, places):
    asia = places / "asia.bif"
    code, out, err = run(capsys, "errors", asia, "--latent", "either", "--features", "xray,dysp")
    assert (code, err) == (0, "")
    assert "mediation             TC(xray;dysp|either)   0.000000  0" in out
    assert run(capsys, "measure", asia, "I(tub;lung)") == (0, "I(tub;lung)  0  0\n", "")
    assert run(capsys, "find", asia, "--features", "either,tub,lung", "--keep", "either,tub,lung")[
        1
    ].startswith("no exact natural latent of either, tub, lung")
    code, out, err = run(
        capsys, "translate", places / "dog.xmlbif", "--from", "dog_out", "--to", "hear_bark",
        "--features", "family_out,bowel_problem",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "hear_bark is a stochastic function, not a function, of dog_out" in out
    code, out, _ = run(capsys, "best", asia, "--keep", "tub,lung,either")
    assert code == 0
    assert "least summed error of a function of tub, lung, either" in out


def test_the_command_line_refuses_or_normalises(capsys, places):
    code, out, err = run(capsys, "measure", places / "uneven.bif", "H(b)")
    assert (code, out) == (2, "")
    assert err == (
        "natlat measure: expected rows that sum to 1, P[b] summed to 0.999; pass normalise=True "
        "(--normalise) to divide such rows by their sum exactly\n"
    )
    code, out, err = run(capsys, "measure", places / "uneven.bif", "H(b)", "--normalise")
    assert code == 0
    assert out.startswith("H(b)  ")
    assert err.endswith("the farthest off: P[b] summed to 0.999\n")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["asia.bif", "H(tub)", "--count", "n"], "--count names a column of a table"),
        (["zoo:asia", "H(tub)", "--normalise"], "--normalise is for the rows of a Bayes net"),
        (["asia.bif", "H(tubb)"], "did you mean 'tub'"),
        (["asia.bif", "H(tub)", "--keep", "lung"], "expected one of the variables lung, got 'tub'"),
    ],
)
def test_bad_options(capsys, places, argv, says):
    source = argv[0] if ":" in argv[0] else places / argv[0]
    code, out, err = run(capsys, "measure", source, *argv[1:])
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


# Every net another package ships, where that package is there.

CLEAN = {
    "andes", "asia", "cancer", "child", "earthquake", "hailfinder", "link", "pigs", "survey",
    "win95pts",
}  # fmt: skip
OFF = {"alarm": 6, "hepar2": 62, "insurance": 1, "sachs": 35, "water": 1}


@pytest.mark.parametrize("name", sorted(CLEAN | set(OFF)))
def test_nets_of_another_package(name):
    pgmpy = pytest.importorskip("pgmpy", reason="optional peer")
    path = Path(pgmpy.__file__).parent / "utils" / "example_models" / f"{name}.bif.gz"
    if name in CLEAN:
        assert read_net(path).adjusted == ()
        return
    with pytest.raises(NotNormalised, match="summed to"):
        read_net(path)
    assert len(read_net(path, normalise=True).adjusted) == OFF[name]
