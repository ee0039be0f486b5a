"""Laws: construction, refusals, transformations, and the rules of entropy on random laws."""

import copy
import pickle
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from math import lcm

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natlat_sym as nl
from natlat_sym import Bits, Dist
from natlat_sym.testing import laws

F = Fraction
NOISY = Dist.uniform("L", ["0", "1"]).extend("X1", "L", flip="1/10").extend("X2", "L", flip="1/10")


def subsets(names):
    return list(chain.from_iterable(combinations(names, k) for k in range(len(names) + 1)))


# Independent oracle: Fractions in a dictionary, and equality of products of integer powers.


def oracle_marginal(p, names):
    places = [p.names.index(name) for name in names]
    found = Counter()
    for outcome, mass in p.items():
        found[tuple(outcome[place] for place in places)] += mass
    return dict(found)


def is_entropy(value, masses):
    """Exact test that value = -sum q log2 q, by multiplying integer powers out."""
    masses = list(masses)
    scale = lcm(value.rational.denominator, *(c.denominator for _, c in value.atoms))
    scale = lcm(scale, *(q.denominator for q in masses))
    left, right = Fraction(2) ** int(scale * value.rational), Fraction(1)
    for atom, coefficient in value.atoms:
        left *= Fraction(atom) ** int(scale * coefficient)
    for q in masses:
        right *= q ** int(-scale * q)
    return left == right


@given(laws("X Y Z", max_labels=3))
def test_marginals_and_entropies_against_fractions(p):
    found = p.entropies(subsets(p.names))
    for names in subsets(p.names):
        expected = oracle_marginal(p, names)
        marginal = p.marginal(names)
        assert dict(marginal.items()) == expected
        assert found[frozenset(names)] == p.entropy(names) == marginal.entropy(names)
        assert is_entropy(p.entropy(names), expected.values())


@given(laws("X Y Z"))
def test_chain_rule_and_signs(p):
    assert p.entropy("X Y Z") == p.entropy("X") + p.entropy("Y", "X") + p.entropy("Z", "X Y")
    assert p.entropy("X") >= 0
    assert p.entropy("X", given="Y Z") >= 0
    assert p.entropy("X", given="Y") <= p.entropy("X")
    assert p.entropy("X Y", given="Y") == p.entropy("X", given="Y")
    assert p.entropy("") == 0 == p.entropy("X", given="X")


@given(laws("X Y Z"))
def test_marginalising_commutes(p):
    assert p.marginal("X Y").marginal("Y") == p.marginal("Y")
    assert p.marginal("Z X").marginal("X Z") == p.marginal("X Z")
    assert p.marginal("X Y Z") == p
    assert p.marginal("") == Dist.from_dict({(): 1}, "")


@given(laws("X Y"), laws("Z W"))
def test_products_add_entropies(p, q):
    both = p * q
    assert both.names == ("X", "Y", "Z", "W")
    assert both.entropy("X Y Z W") == p.entropy("X Y") + q.entropy("Z W")
    assert both.entropy("X Z") == p.entropy("X") + q.entropy("Z")
    assert both.marginal("X Y") == p
    assert both.marginal("Z W") == q
    assert (q * p).marginal("X Y Z W") == both


@given(laws("X Y L"), st.data())
def test_coupling_is_conditionally_independent(p, data):
    channel = {
        outcome: {"a": F(data.draw(st.integers(0, 4)), 4)} for outcome in p.marginal("X Y").support
    }
    for row in channel.values():
        row["b"] = 1 - row["a"]
    q = p.marginal("X Y").extend("M", "X Y", channel)
    joint = p.couple(q)
    assert joint.names == ("X", "Y", "L", "M")
    assert joint.marginal("X Y L") == p
    assert joint.marginal("X Y M") == q
    h = joint.entropy
    assert h("L", "X Y") + h("M", "X Y") == h("L M", "X Y")
    for (x, y, level, m), mass in joint.items():
        expected = p.mass((x, y, level)) * q.mass((x, y, m)) / p.marginal("X Y").mass((x, y))
        assert mass == expected


@given(laws("X Y"), st.permutations(["a", "b", "c"]))
def test_relabelling_changes_no_entropy(p, letters):
    q = p.relabel("X", lambda label: letters[int(label)])
    assert [q.entropy(names) for names in subsets("XY")] == [
        p.entropy(names) for names in subsets("XY")
    ]
    assert q.relabel("X", {letter: str(i) for i, letter in enumerate(letters)}) == p
    assert p.rename({"X": "A"}).rename({"A": "X"}) == p


@given(laws("X Y"))
def test_pushing_and_functions(p):
    assert p.push(lambda outcome: outcome, "X Y") == p
    swapped = p.push(lambda outcome: outcome[::-1], "Y X")
    assert swapped == p.marginal("Y X")
    total = p.with_function("S", lambda x, y: int(x) + int(y), of="X Y")
    assert total.entropy("S", given="X Y") == 0
    assert total.marginal("S") == p.push(lambda o: int(o[0]) + int(o[1]), "S")
    assert total.marginal("X Y") == p
    merged = p.relabel("Y", lambda label: "same")
    assert merged.marginal("X") == p.marginal("X")
    assert merged.entropy("Y") == 0


@given(laws("X Y"), laws("X Y"), st.integers(0, 7))
def test_mixtures(p, q, part):
    share = F(part, 7)
    mixed = Dist.mixture([(1 - share, p), (share, q)])
    assert mixed == p.mix(q, share) == p.mix(q.marginal("Y X"), share)
    for outcome in (*p.support, *q.support):
        expected = (1 - share) * p.mass(outcome) + share * q.mass(outcome)
        assert mixed.mass(outcome) == expected
    assert mixed.entropy("X Y") >= (1 - share) * p.entropy("X Y") + share * q.entropy("X Y")


@given(laws("X Y Z"))
def test_conditioning(p):
    for label in p.alphabet("X"):
        mass = p.probability({"X": label})
        q = p.given({"X": label})
        assert q.names == ("Y", "Z")
        for (y, z), found in q.items():
            assert found == p.mass((label, y, z)) / mass
            assert found == p.probability({"Y": y, "Z": z}, given={"X": label})
    conditional = [(p.probability({"X": a}), p.given({"X": a})) for a in p.alphabet("X")]
    assert Bits.combine((w, q.entropy("Y Z")) for w, q in conditional) == p.entropy("Y Z", "X")
    assert Dist.mixture(conditional) == p.marginal("Y Z")


@given(laws("X Y"))
def test_round_trips(p):
    assert eval(repr(p), {"Dist": Dist}) == p
    assert hash(eval(repr(p), {"Dist": Dist})) == hash(p)
    assert pickle.loads(pickle.dumps(p)) == p
    assert copy.deepcopy(p) == p
    assert Dist.from_dict(p.to_dict(), p.names) == p
    assert Dist.from_weights(p.weights(), p.names) == p
    assert sum(p.to_dict().values()) == 1
    assert len(p) == len(p.support) == len(set(p.support))
    assert p.total == lcm(*(mass.denominator for mass in p.to_dict().values()))
    assert hash(pickle.loads(pickle.dumps(p))) == hash(p)


@given(laws("X Y", max_labels=5), st.integers(1, 1 << 70))
def test_size_of_the_weights_does_not_matter(p, factor):
    big = Dist.from_weights({o: w * factor for o, w in p.weights().items()}, p.names)
    assert big == p
    shape = [len(p.alphabet(name)) for name in p.names]
    array = np.zeros(shape, dtype=object)
    for outcome, weight in p.weights().items():
        place = tuple(p.alphabet(n).index(c) for n, c in zip(p.names, outcome, strict=True))
        array[place] = weight * factor
    assert Dist.from_array(array, p.names, [p.alphabet(name) for name in p.names]) == p


def test_worked_example_two_noisy_readings():
    """Fair latent, two readings wrong one time in ten: by hand from h(1/10) and h(9/50)."""
    p = NOISY
    flip = Bits("log2(10) - 9/10*log2(9)")
    both = Bits.log2(50) - Bits.log2(41) * F(41, 50) - Bits.log2(9) * F(9, 50)
    assert p.entropy("X1", given="L") == flip
    assert p.entropy("X1", given="X2") == both
    assert p.entropy("X1 X2", given="L") == 2 * flip
    assert p.probability({"X1": "0", "X2": "0"}) == F(41, 100)
    assert p.probability({"L": "0"}, given={"X1": "0", "X2": "0"}) == F(81, 82)


def test_a_total_beyond_2_63_at_2_12_outcomes():
    p = Dist.uniform("L", ["0", "1"])
    features = [f"X{i}" for i in range(1, 12)]
    for name in features:
        p = p.extend(name, "L", flip="1/10000")
    assert len(p) == 2**12
    assert p.total == 2 * 10_000**11 > 1 << 63
    conditional = [p.entropy(name, "L") for name in features]
    assert Bits.total(conditional) - p.entropy(features, "L") == 0
    assert conditional[0] == Bits("log2(10000) - 9999/10000*log2(9999)")
    assert p.entropy("L") == 1


def test_mass_probability_and_alphabets():
    p = Dist.from_dict({("b", 10): "1/2", ("a", 9): F(1, 4), ("a", 10): Decimal("0.25")}, "X,Y")
    assert p.names == ("X", "Y")
    assert p.alphabet("X") == ("a", "b")
    assert p.alphabet("Y") == (9, 10)
    assert p.support == (("a", 9), ("a", 10), ("b", 10))
    assert p.mass(("a", 9)) == F(1, 4)
    assert p.mass(("b", 9)) == p.mass(("z", 9)) == 0
    assert p.probability({}) == 1
    assert p.probability({"X": "a"}, given={"X": "a"}) == 1
    assert p.probability({"X": "a"}, given={"X": "b"}) == 0
    assert p.probability({"X": "nowhere"}) == 0
    assert p.weights() == {("a", 9): 1, ("a", 10): 1, ("b", 10): 2}


def test_zero_masses_are_not_kept():
    p = Dist.from_dict({("0", "0"): 1, ("1", "5"): 0}, ["X", "Y"])
    assert p.support == (("0", "0"),)
    assert p.alphabet("Y") == ("0",)
    assert p == Dist.uniform("X Y", [("0", "0")])
    assert Dist.from_array(np.array([[0, 0], [1, 3]]), "X Y").alphabet("X") == ("1",)


def test_labels_of_many_kinds_have_one_order():
    labels = ["b", "a", 10, 9, ("x", 1), ("a", 2), frozenset({"q", "p"}), None]
    p = Dist.uniform("X", [(label,) for label in labels])
    assert p.alphabet("X") == (9, 10, "a", "b", ("a", 2), ("x", 1), frozenset({"p", "q"}), None)
    assert p.mass((("x", 1),)) == F(1, 8)
    assert Dist.from_samples(np.array([[1, 2], [1, 3]]), "X Y").support == ((1, 2), (1, 3))


def test_arrays_with_many_labels_are_sorted_as_text():
    p = Dist.from_array(np.arange(1, 13), "X")
    assert p.alphabet("X")[:4] == ("0", "1", "10", "11")
    assert p.mass("11") == F(12, 78)
    q = Dist.from_array(np.array([[1, 2], [3, 4]]), "X Y", [["b", "a"], ["u", "v"]])
    assert q.mass(("b", "v")) == F(2, 10)
    assert Dist.from_array(np.array([2**63, 2**63], dtype=np.uint64), "X").mass("0") == F(1, 2)
    assert Dist.from_array(np.array([True, False, True]), "X").total == 2


def test_the_array_may_change_afterwards():
    array = np.array([1, 3])
    p = Dist.from_array(array, "X")
    array[0] = 100
    assert p.mass("0") == F(1, 4)


def test_samples():
    rows = [["a", "x"], ("a", "x"), ("b", "y")]
    assert Dist.from_samples(rows, "U V").mass(("a", "x")) == F(2, 3)
    assert Dist.from_samples("hthh", "Coin").mass("h") == F(3, 4)


def test_floats_have_one_door():
    p = Dist.from_floats({"a": 0.1, "b": 0.9}, "X", normalise=True)
    exact = F(3602879701896397, 36028797018963968), F(8106479329266893, 9007199254740992)
    assert p.mass("a") == exact[0] / sum(exact)
    assert Dist.from_floats({"a": 0.25, "b": 0.75}, "X").mass("a") == F(1, 4)
    with pytest.raises(nl.NotNormalised, match="pass normalise=True to divide exactly"):
        Dist.from_floats({"a": 0.1, "b": 0.9}, "X")
    with pytest.raises(nl.InvalidInput, match="expected a finite float, got nan"):
        Dist.from_floats({"a": float("nan")}, "X")


def test_channels():
    coin = Dist.uniform("L", ["0", "1"])
    mapped = coin.extend("X", "L", {"0": {"a": 1}, ("1",): {"a": "1/3", "b": "2/3"}})
    assert mapped.to_dict() == {("0", "a"): F(1, 2), ("1", "a"): F(1, 6), ("1", "b"): F(1, 3)}
    called = coin.extend("X", "L", lambda label: {label: "1/2", "?": "1/2"})
    assert called.alphabet("X") == ("0", "1", "?")
    assert coin.extend("X", "", {(): {"0": "1/2", "1": "1/2"}}).entropy("X", "L") == 1
    assert coin.extend("X", "L", flip=0).entropy("X L") == 1
    two = mapped.extend("Y", "X L", lambda x, level: {x + level: 1})
    assert two.alphabet("Y") == ("a0", "a1", "b1")
    assert two.with_function("Z", {"a0": 0, "a1": 1, "b1": 1}, "Y").marginal("Z").mass(1) == F(1, 2)


def test_grafting_uses_the_channel_only():
    p = Dist.from_dict({"0": "1/4", "1": "3/4"}, "X")
    q = Dist.from_dict({("0", "a"): "1/2", ("1", "a"): "1/8", ("1", "b"): "3/8"}, "X M")
    joint = p.couple(q, graft=True)
    assert joint.to_dict() == {("0", "a"): F(1, 4), ("1", "a"): F(3, 16), ("1", "b"): F(9, 16)}


def test_a_tuple_may_be_one_label():
    pairs = PAIR.push(lambda outcome: outcome, "S")
    assert pairs.support == ((("0", "0"),), (("1", "1"),))
    assert pairs.mass(("0", "0")) == F(1, 2)


def test_printing():
    p = Dist.from_dict({("0", "<b>"): "1/2", ("1", "c"): "1/2"}, "X1 Long")
    assert str(p) == "X1  Long  mass\n0   <b>   1/2\n1   c     1/2"
    assert repr(p) == "Dist.from_dict({('0', '<b>'): '1/2', ('1', 'c'): '1/2'}, 'X1 Long')"
    assert p._repr_html_() == (
        "<table>\n<tr><th>X1</th><th>Long</th><th>mass</th></tr>\n"
        "<tr><td>0</td><td>&lt;b&gt;</td><td>1/2</td></tr>\n"
        "<tr><td>1</td><td>c</td><td>1/2</td></tr>\n</table>"
    )
    many = Dist.uniform("X", range(2000))
    assert str(many).splitlines()[-1] == "... 2000 outcomes"
    assert "... 2000 outcomes" in many._repr_html_()
    assert repr(many) == "<Dist of X: 2000 outcomes>"
    assert repr(Dist.uniform("X", [("a", "b"), ("c", "d")])) == (
        "Dist.from_dict({(('a', 'b'),): '1/2', (('c', 'd'),): '1/2'}, 'X')"
    )


def test_laws_are_immutable():
    with pytest.raises(AttributeError, match="a law is immutable, cannot set 'names'"):
        NOISY.names = ("A",)
    with pytest.raises(AttributeError, match="a law is immutable, cannot delete 'counts'"):
        del NOISY.counts
    with pytest.raises(TypeError, match=r"a law is built by Dist.from_dict\("):
        Dist({"a": 1}, "X")
    assert NOISY != 3
    assert NOISY.marginal("X1 X2") != NOISY.marginal("X2 X1")
    with pytest.raises(TypeError, match="unsupported operand"):
        NOISY * 3


def test_entropies_are_kept():
    p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    assert p.entropy("X") is p.entropies([{"X"}])[frozenset({"X"})]


COIN = Dist.uniform("X", ["0", "1"])
PAIR = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
REFUSED = [
    (lambda: Dist.from_dict({"a": 0.5, "b": 0.5}, "X"), nl.InexactInput,
     r'a float mass 0\.5 is not exact; write "1/2" or "0\.5" as text, or use Dist\.from_floats'),
    (lambda: Dist.from_dict({"a": "1/2", "b": "1/3"}, "X"), nl.NotNormalised,
     "they sum to 5/6; use Dist.from_weights to divide by the sum"),
    (lambda: Dist.from_dict({"a": "3/2", "b": "-1/2"}, "X"), nl.InvalidInput,
     r"expected a mass of at least 0, outcome \(b\) has -1/2"),
    (lambda: Dist.from_dict({"a": "x"}, "X"), nl.InvalidInput,
     "expected a rational mass such as 3/8, 0.125 or -2, got 'x'"),
    (lambda: Dist.from_dict({"a": True}, "X"), nl.InvalidInput, "got the truth value True"),
    (lambda: Dist.from_dict([("a", 1)], "X"), nl.InvalidInput,
     "expected a mapping of outcome to mass, got list"),
    (lambda: Dist.from_dict({"00": 1}, "X Y"), nl.InvalidInput,
     r"expected an outcome with 2 labels \(X, Y\) such as \('0', '0'\), got '00'"),
    (lambda: Dist.from_dict({("0", "0", "0"): 1}, "X Y"), nl.InvalidInput, "with 2 labels"),
    (lambda: Dist.from_dict({"a": "1/2", ("a",): "1/2"}, "X"), nl.InvalidInput,
     r"expected different outcomes, \(a\) is given twice"),
    (lambda: Dist.from_dict({0.5: 1}, "X"), nl.InexactInput,
     'expected a label of X that is text or an integer, got the float 0.5; write it as text'),
    (lambda: Dist.uniform("X", [[["a"]]]), nl.InvalidInput, "expected a hashable label of X"),
    (lambda: Dist.from_weights({"a": 0}, "X"), nl.InvalidInput,
     "expected at least one outcome with a positive weight, got none"),
    (lambda: Dist.from_dict({}, "X"), nl.NotNormalised, "they sum to 0"),
    (lambda: Dist.uniform("X", []), nl.InvalidInput, "positive weight, got none"),
    (lambda: Dist.uniform("X", ["a", "a"]), nl.InvalidInput,
     r"expected different outcomes, \(a\) is repeated; use Dist.from_samples"),
    (lambda: Dist.from_samples([], "X"), nl.InvalidInput, "expected at least one sample"),
    (lambda: Dist.uniform("X X", [("0", "1")]), nl.InvalidInput,
     "expected different variables, 'X' is repeated in X, X"),
    (lambda: Dist.uniform(["X 1"], ["0"]), nl.InvalidInput,
     "expected a variable name .*, got 'X 1'; write 'X_1'"),
    (lambda: Dist.uniform("1X", ["0"]), nl.InvalidInput, "got '1X'; write 'V1X'"),
    (lambda: Dist.uniform(7, ["0"]), nl.InvalidInput, "expected names of variables, got 7"),
    (lambda: Dist.uniform([7], ["0"]), nl.InvalidInput, "got 7; write 'V7'"),
    (lambda: Dist.from_array(np.array([0.5, 0.5]), "X"), nl.InexactInput,
     "expected an array of integer weights, got float64"),
    (lambda: Dist.from_array(np.array(["a"]), "X"), nl.InvalidInput, "integer weights, got <U1"),
    (lambda: Dist.from_array(np.array([0.5, 1], dtype=object), "X"), nl.InexactInput, "a float"),
    (lambda: Dist.from_array(np.array([F(1, 2)], dtype=object), "X"), nl.InvalidInput,
     "expected an integer weight, got 1/2"),
    (lambda: Dist.from_array(np.array([1, -1]), "X"), nl.InvalidInput,
     "expected weights of at least 0, got -1"),
    (lambda: Dist.from_array(np.zeros((2, 2), dtype=int), "X Y"), nl.InvalidInput, "got none"),
    (lambda: Dist.from_array(np.array([1, 2]), "X Y"), nl.InvalidInput,
     r"expected an array with 2 axes \(X, Y\), got shape \(2,\)"),
    (lambda: Dist.from_array(np.array([1, 2]), "X", [["a", "a"]]), nl.InvalidInput,
     "expected alphabets of 2 different labels, got 1"),
    (lambda: COIN.marginal("Y"), nl.UnknownVariable, "expected one of the variables X, got 'Y'"),
    (lambda: PAIR.rename({"X": "A", "Y": "B"}).marginal("AA"), nl.UnknownVariable,
     "got 'AA'; did you mean 'A'"),
    (lambda: PAIR.entropy("X X"), nl.InvalidInput, "'X' is repeated in X, X"),
    (lambda: PAIR.entropy("Z"), nl.UnknownVariable, "got 'Z'"),
    (lambda: PAIR.entropies([{"X", "Z"}]), nl.UnknownVariable, "got 'Z'"),
    (lambda: PAIR.alphabet("Z"), nl.UnknownVariable, "got 'Z'"),
    (lambda: PAIR.probability({"Z": "0"}), nl.UnknownVariable, "got 'Z'"),
    (lambda: PAIR.probability({"X": 0}), nl.InvalidInput,
     "expected a label of X, got 0; the label is '0'"),
    (lambda: PAIR.probability({"X": "0"}, given={"Y": "7"}), nl.InvalidInput,
     "expected a condition of positive mass, Y = 7 has mass 0"),
    (lambda: PAIR.given({"X": "0", "Y": "1"}), nl.InvalidInput,
     "expected an event of positive mass, X = 0, Y = 1 has mass 0"),
    (lambda: PAIR.mass("0"), nl.InvalidInput, "expected an outcome with 2 labels"),
    (lambda: PAIR.rename({"X": "Y"}), nl.InvalidInput, "'Y' is repeated in Y, Y"),
    (lambda: PAIR.rename({"Z": "Y"}), nl.UnknownVariable, "got 'Z'"),
    (lambda: COIN.relabel("X", {"0": "a"}), nl.InvalidInput,
     r"expected a row of X for every outcome of its parents, \(1\) has none"),
    (lambda: PAIR.push(lambda o: o[0], "S T"), nl.InvalidInput, "with 2 labels"),
    (lambda: COIN.with_function("X", str, "X"), nl.InvalidInput, "'X' is repeated in X, X"),
    (lambda: COIN.extend("Y", "X"), nl.InvalidInput, "expected either a channel or flip="),
    (lambda: COIN.extend("Y", "X", {"0": {"a": 1}}), nl.InvalidInput,
     r"expected a row of Y for every outcome of its parents, \(1\) has none"),
    (lambda: COIN.extend("Y", "X", lambda x: {"a": "1/2"}), nl.NotNormalised,
     r"expected masses of Y given \(0\) that sum to 1, they sum to 1/2; make the row sum to 1"),
    (lambda: COIN.extend("Y", "X", lambda x: {"a": 2, "b": -1}), nl.InvalidInput,
     r"expected a mass of at least 0 for Y given \(0\), label b has -1"),
    (lambda: COIN.extend("Y", "X", lambda x: {"a": 1.0}), nl.InexactInput, "a float mass 1.0"),
    (lambda: COIN.extend("Y", "X", lambda x: "a"), nl.InvalidInput,
     r"expected a mapping of label to mass for Y given \(0\), got 'a'"),
    (lambda: COIN.extend("Y", "X", flip="3/2"), nl.InvalidInput,
     "expected a flip mass between 0 and 1, got 3/2"),
    (lambda: Dist.uniform("X", "abc").extend("Y", "X", flip="1/2"), nl.InvalidInput,
     "expected a variable with two labels to flip, X has a, b, c"),
    (lambda: PAIR.extend("Z", "X Y", flip="1/2"), nl.InvalidInput,
     "expected one variable to flip, got 2"),
    (lambda: COIN * PAIR, nl.OverlappingSets, "different variables, both have X"),
    (lambda: COIN.mix(COIN, 2), nl.InvalidInput, "expected a weight between 0 and 1, got 2"),
    (lambda: COIN.mix(PAIR, "1/2"), nl.InvalidInput,
     "expected laws over the variables X, got one over X, Y"),
    (lambda: Dist.mixture([]), nl.InvalidInput, r"expected at least one \(weight, law\) pair"),
    (lambda: Dist.mixture([(2, COIN), (-1, COIN)]), nl.InvalidInput, "got -1"),
    (lambda: Dist.mixture([("1/2", COIN)]), nl.NotNormalised, "they sum to 1/2"),
    (lambda: PAIR.couple(COIN.mix(Dist.uniform("X", "0"), "1/2")), nl.InvalidInput,
     r"to agree on X, outcome \(0\) has mass 1/2 in one and 3/4 in the other; pass graft=True"),
    (lambda: PAIR.couple(Dist.uniform("X Z", [("0", "0")]), graft=True), nl.InvalidInput,
     r"expected a channel from every outcome of X, the other law never takes \(1\)"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "error", "message"), REFUSED)
def test_refusals_say_what_and_how_to_fix(act, error, message):
    with pytest.raises(error, match=message):
        act()


def test_operands_ride_on_the_exception():
    with pytest.raises(nl.UnknownVariable) as caught:
        PAIR.marginal("Z")
    assert (caught.value.name, caught.value.known) == ("Z", ("X", "Y"))
    with pytest.raises(nl.NotNormalised) as caught:
        Dist.from_dict({"a": "1/3"}, "X")
    assert caught.value.total == F(1, 3)
