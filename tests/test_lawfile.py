"""Law files: strict reading, exact writing, and the message of every refusal."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

import natlat_sym as nl
from natlat_sym import Dist, read_law, write_law
from natlat_sym.laws.lawfile import law_to_json
from natlat_sym.testing import laws

F = Fraction
GOOD = {
    "format": "natlat-law/1",
    "variables": ["X1", "X2"],
    "mass": [[["0", "0"], "3/8"], [["1", "1"], "0.625"]],
}
LAW = Dist.from_dict({("0", "0"): "3/8", ("1", "1"): "5/8"}, "X1 X2")


def changed(**members):
    return json.dumps({key: value for key, value in (GOOD | members).items() if value is not None})


@given(laws("X Y Z"))
def test_round_trip(tmp_path_factory, p):
    path = tmp_path_factory.mktemp("laws") / "p.json"
    write_law(p, path)
    assert read_law(path) == read_law(str(path)) == read_law(path.read_text()) == p
    assert read_law(law_to_json(p)) == read_law(json.dumps(law_to_json(p))) == p
    assert json.loads(path.read_text()) == law_to_json(p)


def test_what_is_written(tmp_path):
    write_law(LAW, tmp_path / "p.json")
    assert (tmp_path / "p.json").read_text() == (
        '{\n  "format": "natlat-law/1",\n  "variables": ["X1", "X2"],\n  "mass": [\n'
        '    [["0", "0"], "3/8"],\n    [["1", "1"], "5/8"]\n  ]\n}\n'
    )


def test_what_is_read():
    assert read_law(json.dumps(GOOD)) == read_law(GOOD) == LAW
    assert read_law("\ufeff  " + json.dumps(GOOD)) == LAW
    assert read_law(changed(parameters={})) == LAW
    assert read_law(changed(mass=None, weights=[[["0", "0"], 3], [["1", "1"], "5"]])) == LAW
    assert read_law(changed(mass=[[["0", "0"], 1], [["1", "1"], "0"]])).support == (("0", "0"),)
    long = "1" + "0" * 5000
    weights = [[["0", "0"], long], [["1", "1"], long]]
    text = changed(mass=None, weights=weights)
    assert read_law(text).total == 2
    assert read_law(text.replace(f'"{long}"', long)).total == 2


def test_a_byte_order_mark_and_unicode(tmp_path):
    p = Dist.uniform("X", ["π", "\n"])
    write_law(p, tmp_path / "p.json")
    content = (tmp_path / "p.json").read_bytes()
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf" + content)
    assert read_law(tmp_path / "bom.json") == p
    assert "π" in content.decode()


def test_labels_that_are_not_text():
    p = Dist.uniform("X Y", [(10, "a"), (9, "b")])
    assert law_to_json(p)["mass"] == [[["10", "a"], "1/2"], [["9", "b"], "1/2"]]
    with pytest.raises(nl.InvalidInput, match="expected labels of X that differ as text, got 1, 1"):
        law_to_json(Dist.uniform("X", [1, "1"]))


REFUSED = [
    ('{"format": "natlat-law/1", "variables"', nl.SyntaxInvalid,
     "expected a law as JSON, the text stops being JSON at line 1, column 39: the end is missing"),
    (changed()[:-1], nl.SyntaxInvalid, "the end is missing"),
    ("{'format': 1}", nl.SyntaxInvalid, "stops being JSON at line 1, column 2: Expecting"),
    ('{"a":' + "[" * 100_000, nl.SyntaxInvalid, "nested too deeply"),
    (changed(format="natlat-law/2"), nl.InvalidInput,
     'expected a law with "format": "natlat-law/1", got the format \'natlat-law/2\''),
    (changed(format=None), nl.InvalidInput, 'expected a law with "format".*, got no format'),
    (changed(colour="red"), nl.InvalidInput,
     "expected only the keys format, variables, parameters, mass, weights in a law, got 'colour'"),
    (changed()[:-1] + ', "format": "natlat-law/1"}', nl.InvalidInput,
     "expected each key once, 'format' is repeated in the law"),
    (changed(parameters={"e": "zero"}), nl.InvalidInput,
     "expected a range of a parameter such as .*, got 'zero'"),
    (changed(parameters={"d": "0 < e < 1/2"}), nl.InvalidInput, "expected a range of d, got"),
    (changed(parameters=["e"]), nl.InvalidInput, 'expected "parameters" to be an object such as'),
    (changed(mass=None), nl.InvalidInput, 'expected either "mass" or "weights" in a law'),
    (changed(weights=[]), nl.InvalidInput, 'expected either "mass" or "weights" in a law'),
    (changed(mass=[[["0", "0"], 0.375], [["1", "1"], "5/8"]]), nl.InexactInput,
     "expected an exact mass in entry 1 of 'mass', got the float 0.375; write .* \"0.375\""),
    (changed(mass=[[["0", "0"], 1e400]]), nl.InexactInput, "got the float Infinity"),
    (changed(mass=[[["0", "0"], "1/2"], [["1", "1"], "1/3"]]), nl.NotNormalised,
     'that sum to 1, they sum to 5/6; use "weights" instead of "mass" to divide by the sum'),
    (changed(mass=[]), nl.NotNormalised, "they sum to 0"),
    (changed(mass=None, weights=[]), nl.InvalidInput, "positive weight, got none"),
    (changed(mass=[[["0", "0"], "3/2"], [["1", "1"], "-1/2"]]), nl.InvalidInput,
     "expected a mass of at least 0 in entry 2 of 'mass', got -1/2"),
    (changed(mass=[[["0"], "1"]]), nl.InvalidInput,
     r"expected 2 labels \(X1, X2\) in entry 1 of 'mass', got 1 labels"),
    (changed(mass=[["00", "1"]]), nl.InvalidInput, "expected 2 labels .*, got the text '00'"),
    (changed(mass=[[["0", 0], "1"]]), nl.InvalidInput,
     "expected labels that are text in entry 1 of 'mass', got 0; write \"0\""),
    (changed(mass=[[["0", 0.5], "1"]]), nl.InvalidInput, 'got 0.5; write "0.5"'),
    (changed(mass=[[["0", "0"], "1/2"], [["0", "0"], "1/2"]]), nl.InvalidInput,
     r"expected different outcomes, \(0, 0\) is repeated in entry 2 of 'mass'"),
    (changed(mass=[[["0", "0"]]]), nl.InvalidInput, "expected a pair .* in entry 1 of 'mass'"),
    (changed(mass=[[["0", "0"], None]]), nl.InvalidInput, "a mass such as .*, got nothing"),
    (changed(mass=[[["0", "0"], True]]), nl.InvalidInput, "got the truth value True"),
    (changed(mass=[[["0", "0"], "half"]]), nl.InvalidInput,
     "expected a rational mass in entry 1 of 'mass' such as .*, got 'half'"),
    (changed(mass={"00": "1"}), nl.InvalidInput, 'expected "mass" to be a list .*, got an object'),
    (changed(variables="X1 X2"), nl.InvalidInput,
     "expected \"variables\" to be a list of names, got the text 'X1 X2'"),
    (changed(variables=None), nl.InvalidInput, '"variables" to be a list of names, got nothing'),
    (changed(variables=["X1", "X1"]), nl.InvalidInput, "'X1' is repeated in X1, X1"),
    (changed(variables=["X1", "X 2"]), nl.InvalidInput, "got 'X 2'; write 'X_2'"),
    (changed(variables=["X1", 0.5]), nl.InvalidInput, "expected a variable name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "error", "message"), REFUSED)
def test_refusals(text, error, message):
    with pytest.raises(error, match=message) as caught:
        read_law(text)
    assert "\n" not in str(caught.value)


def test_files_that_are_not_laws(tmp_path):
    with pytest.raises(nl.UnreadableFile, match=r"expected a law file, '.*' is a directory"):
        read_law(tmp_path)
    with pytest.raises(nl.UnreadableFile, match=r"expected a law file, '.*p\.json' does not exist"):
        read_law(tmp_path / "p.json")
    path = tmp_path / "list.json"
    path.write_text("[1]")
    with pytest.raises(nl.InvalidInput, match="expected a law, a JSON object, got a list"):
        read_law(path)
    path.write_text("")
    with pytest.raises(nl.SyntaxInvalid, match=r"'.*list.json' stops being JSON at line 1"):
        read_law(path)
    with pytest.raises(nl.UnreadableFile, match="expected a path that can be written"):
        write_law(LAW, tmp_path / "no" / "p.json")


def test_repeated_outcomes_after_normalising_stay_repeated():
    data = {**GOOD, "mass": None, "weights": [[["0", "0"], 1], [["0", "0"], 0]]}
    del data["mass"]
    with pytest.raises(nl.InvalidInput, match="is repeated in entry 2 of 'weights'"):
        read_law(data)
