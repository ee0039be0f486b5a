"""Linear forms and claims: expansions, algebra, printing, and values on laws."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from natlat_sym import DTC, TC, Bits, Claim, Dist, Form, H, I, O, claim, dag_form, form
from natlat_sym.check.reading import ONE, Reader
from natlat_sym.errors import InexactInput, InvalidInput, SyntaxInvalid, UnknownVariable
from natlat_sym.statements.forms import as_form, entropy, information, latex_name, piece, symbol
from natlat_sym.testing import claims, forms, laws

PARITY = Dist.uniform("X1 X2 X3", map(tuple, ["000", "011", "101", "110"]))


def joints(**weights: int) -> dict[frozenset[str], Fraction]:
    """``joints(A=1, AB=-1)`` is H(A) - H(A,B)."""
    return {frozenset(names): Fraction(weight) for names, weight in weights.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H(A,B|C)", joints(ABC=1, C=-1)),
        ("I(A;B|C)", joints(AC=1, BC=1, ABC=-1, C=-1)),
        ("I(A;B;C)", joints(A=1, B=1, C=1, AB=-1, AC=-1, BC=-1, ABC=1)),
        ("TC(A;B;C|D)", joints(AD=1, BD=1, CD=1, ABCD=-1, D=-2)),
        ("DTC(A;B;C)", joints(ABC=-2, AB=1, AC=1, BC=1)),
        ("O(A;B;C)", joints(A=1, B=1, C=1, AB=-1, AC=-1, BC=-1, ABC=1)),
        ("I(A,B;B,C)", joints(AB=1, BC=1, ABC=-1)),
        ("I(A;A|A)", {}),
        ("H(A|A)", {}),
        ("KL(A <- B -> C)", joints(AB=1, BC=1, B=-1, ABC=-1)),
        ("KL(A -> B; A#2)", joints(A=1)),
    ],
)
def test_expansions_by_hand(text, expected):
    assert form(text).entropies == expected


@pytest.mark.parametrize("head", ["I", "TC", "DTC", "O"])
def test_one_block_is_refused_because_commas_were_meant_to_be_semicolons(head):
    with pytest.raises(SyntaxInvalid, match=rf"expected ',' or ';' \({head}\(A;B\) has two blocks"):
        form(f"{head}(A,B|C)")
    measure = {"I": I, "TC": TC, "DTC": DTC, "O": O}[head]
    with pytest.raises(InvalidInput, match=rf"separated by ';', got 1; write {head}\(A;B;C\)"):
        measure(["A", "B", "C"], given="D")


def test_the_sign_of_interaction_information():
    assert form("I(A;B;C|D)") == form("I(A;B|D) - I(A;B|C,D)")
    assert form("I(X1;X2;X3)")(PARITY) == -1
    assert form("I(A;B;C;D)") == form("I(A;B;C) - I(A;B;C|D)")


def test_parity_has_the_values_of_the_catalogue():
    assert TC("X1;X2;X3")(PARITY) == 1
    assert DTC("X1;X2;X3")(PARITY) == 2
    assert O("X1;X2;X3")(PARITY) == -1
    assert [H(f"X{i}|{a},{b}")(PARITY) for i, a, b in [(1, "X2", "X3"), (2, "X1", "X3")]] == [0, 0]


def test_noisy_copy_has_the_values_of_the_catalogue():
    tenth = {("0", "0"): 9, ("0", "1"): 1, ("1", "0"): 1, ("1", "1"): 9}
    law = Dist.from_weights(tenth, "X1 X2").with_function("L", lambda a: a, "X1")
    assert I("X1;X2")(law) == Bits("9/5*log2(3) - log2(5)")
    assert I("X1;X2|L")(law) == 0
    assert H("L|X1")(law) == 0
    assert I("L;X1|X2")(law) == H("L|X2")(law) == 1 - Bits("9/5*log2(3) - log2(5)")


@given(laws("A B C"))
def test_chain_rules_hold_for_values(law):
    assert H("A,B,C")(law) == H("A")(law) + H("B|A")(law) + H("C|A,B")(law)
    assert I("A;B,C")(law) == I("A;B")(law) + I("A;C|B")(law)
    assert I("A;B|C")(law) >= 0


@given(forms("A B C"), forms("A B C"), laws("A B C"))
@settings(max_examples=50)
def test_values_are_linear(f, g, law):
    values = {"a": Fraction(1, 3), "b": 2, "e": 0}
    assert (2 * f - g / 3)(law, values) == 2 * f(law, values) - g(law, values) / 3


@given(forms("A B C"), forms("A B C"), forms("A B C"))
def test_the_algebra_of_forms(f, g, h):
    zero = as_form(0)
    assert f + g == g + f
    assert (f + g) + h == f + (g + h)
    assert f - f == zero
    assert f + 0 == 0 + f == f
    assert -f + f == zero
    assert -f == f * -1
    assert 3 * f == f + f + f
    assert hash(f + g) == hash(g + f)
    assert bool(f - g) == (f != g)


@given(forms("X1 X2 L"))
def test_text_reads_back_and_repr_evaluates(f):
    text = str(f)
    assert text.isascii()
    assert form(text) == f
    assert str(form(text)) == text
    assert eval(repr(f)) == f
    assert str(eval(repr(f))) == text


@given(forms("X1 X2 L"))
def test_the_checker_reads_what_is_printed(f):
    expected = {**f.entropies, **f.symbols}
    if f.constant:
        expected[ONE] = f.constant
    for text in (str(f), str(f.expanded())):
        assert Reader(text, "test").form() == expected


@given(claims("X1 X2 L"))
def test_the_checker_reads_claims_as_they_are(wanted):
    relation, difference = Reader(str(wanted), "test").statement()
    expected = {**wanted.difference.entropies, **wanted.difference.symbols}
    if wanted.difference.constant:
        expected[ONE] = wanted.difference.constant
    assert (relation, difference) == (wanted.relation, expected)
    assert claim(str(wanted)) == eval(repr(wanted)) == wanted


@given(forms("A B C"))
def test_copies_are_equal(f):
    for other in (pickle.loads(pickle.dumps(f)), copy.copy(f), copy.deepcopy(f)):
        assert other == f
        assert hash(other) == hash(f)
        assert str(other) == str(f)


def test_expanded_is_the_same_form_in_joint_entropies():
    f = form("I(X1;X2|L) - 2 e + 1/2")
    assert str(f.expanded()) == "-H(L) + H(L,X1) + H(L,X2) - H(L,X1,X2) - 2 e + 1/2"
    assert f.expanded() == f
    assert f.variables == ("L", "X1", "X2")


@given(forms("A B C"))
def test_substitution_acts_on_expansions(f):
    groups = {"A": ("B", "D"), "B": (), "C": ("C",)}
    expected = as_form(f.constant)
    for name, weight in f.symbols.items():
        expected += weight * symbol(name)
    for key, weight in f.entropies.items():
        image = sorted({new for old in key for new in groups[old]})
        expected += weight * entropy(image) if image else 0
    assert f.substitute(groups) == expected
    assert f.substitute({"A": "B D", "B": "", "C": "C"}) == expected


def test_substitution_keeps_the_way_of_writing():
    assert str(form("1/2 I(L;X1|M)").substitute({"M": "X2,X3"})) == "1/2 I(L;X1|X2,X3)"
    assert str(claim("H(L|M) <= e").substitute({"L": "X1"})) == "H(X1|M) <= e"
    assert str(form("H(A|B)").substitute({"B": ()})) == "H(A)"
    assert str(form("I(A;B)").substitute({"B": ()})) == "0"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("H(X1,X2|L)", r"H(X_{1},X_{2} \mid L)"),
        ("-2/3 I(X;Y) + e", r"-\tfrac{2}{3}\, I(X;Y) + e"),
        ("TC(X;Y;Z) - 1", r"\mathrm{TC}(X;Y;Z) - 1"),
        ("KL(Y <- X -> Y#2)", r"D_{\mathrm{KL}}(Y \leftarrow X \to Y\#2)"),
        ("0", "0"),
    ],
)
def test_latex(text, latex):
    assert form(text).to_latex() == latex
    assert form(text)._repr_latex_() == f"${latex}$"


def test_latex_of_claims_and_names():
    assert claim("H(R|M) >= 2 e").to_latex() == r"H(R \mid M) \ge 2\, e"
    assert claim("H(R|M) <= 0")._repr_latex_() == r"$H(R \mid M) \le 0$"
    assert claim("H(R) = 1").to_latex() == "H(R) = 1"
    names = ["X12", "X_1", "Noise", "a_b", "L'", "X_", "X1'"]
    assert [latex_name(name) for name in names] == [
        "X_{12}", "X_{1}", r"\mathrm{Noise}", r"\mathrm{a\_b}", "L'", r"\mathrm{X\_}", "X'_{1}",
    ]  # fmt: skip


def test_forms_and_claims_are_immutable():
    f, wanted = form("H(X)"), claim("H(X) <= 1")
    with pytest.raises(AttributeError, match="a form is immutable, 'constant' cannot be set"):
        f.constant = 1
    with pytest.raises(AttributeError, match="a form is immutable, 'symbols' cannot be deleted"):
        del f.symbols
    with pytest.raises(AttributeError, match="a claim is immutable, 'lhs' cannot be set"):
        wanted.lhs = f
    with pytest.raises(TypeError, match="does not support item assignment"):
        f.entropies[frozenset("Y")] = 1
    with pytest.raises(TypeError, match=r"write a form as form\("):
        Form()


def test_equal_terms_are_merged_and_zeros_dropped():
    assert str(form("H(X) + 2 H(Y) + H(X) - 2 H(Y)")) == "2 H(X)"
    assert str(form("H(X) - H(X) + e - e")) == "0"
    assert form("KL(X1 <- L -> X2)") == form("I(X1;X2|L)")


def test_comparing_makes_claims():
    assert str(H("X") <= 1) == "H(X) <= 1"
    assert str(H("X") <= "H(X,Y)") == "H(X) <= H(X,Y)"
    assert str(H("X") >= 0) == "H(X) >= 0"
    assert H("X") != "H(X)"
    with pytest.raises(InvalidInput, match="claims are made with <= or >=, a strict"):
        H("X") < 1
    with pytest.raises(TypeError, match=r"the claim H\(X\) <= 1 has no truth value of its own"):
        bool(H("X") <= 1)
    with pytest.raises(TypeError, match="a <= b <= c is two claims"):
        0 <= H("X") <= 1
    with pytest.raises(SyntaxInvalid, match="expected one of <=, >=, =, got '<'"):
        Claim(H("X"), "<", as_form(1))
    assert Claim("H(X)", "<=", 1) == claim("H(X) <= 1")


def test_claims_on_a_law():
    law = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    assert claim("H(X|Y) = 0").holds(law)
    assert not claim("H(X) <= 1/2").holds(law)
    assert claim("H(X) <= 1/2").excess(law) == Fraction(1, 2)
    assert claim("H(X) >= 3").excess(law) == 2
    assert claim("H(X) = 3").excess(law) == 2
    assert claim("H(X) >= 1/2").excess(law) == Fraction(-1, 2)
    assert claim("H(X) <= 2 e").holds(law, {"e": "1/2"})
    assert claim("H(X) <= b + a").symbols == ("a", "b")


@given(claims("X Y"), laws("X Y"))
@settings(max_examples=50)
def test_a_claim_holds_just_when_its_excess_is_not_positive(wanted, law):
    values = {"a": 0, "b": "1/2", "e": 3}
    assert wanted.holds(law, values) == (wanted.excess(law, values) <= 0)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"expected a value for the error symbol 'e', give symbols=\{'e': \.\.\.\}"),
        ({"e": -1}, "expected an error symbol 'e' that is not negative, got -1"),
    ],
)
def test_symbols_need_values(values, message):
    with pytest.raises(InvalidInput, match=message):
        form("H(X) + e")(Dist.uniform("X", "01"), values)


def test_unknown_variables_are_named_with_the_nearest():
    law = Dist.uniform("Noise X", [("0", "0")])
    with pytest.raises(UnknownVariable, match="variables Noise, X, got 'Noisy'; did you mean 'No"):
        form("H(X,Noisy)")(law)


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (lambda: H("X") * 0.5, InexactInput, "a float coefficient 0.5 is not exact"),
        (lambda: H("X") / 0, InvalidInput, "expected a divisor other than 0"),
        (lambda: H("X") + True, InvalidInput, "expected a rational constant, got the truth value"),
        (lambda: entropy([]), InvalidInput, r"expected variables in every block of H\(...\)"),
        (lambda: information([["X"]]), InvalidInput, r"2 blocks or more in I\(...\).* got 1"),
        (
            lambda: information([[f"X{i}"] for i in range(13)]),
            InvalidInput,
            r"expected at most 12 blocks in I\(...\), got 13; join some blocks",
        ),
        (lambda: symbol("E"), SyntaxInvalid, "a name that starts in lower case .* got 'E'"),
        (lambda: symbol("log2"), SyntaxInvalid, "is not log2, got 'log2'"),
        (lambda: entropy(["X 1"]), InvalidInput, "expected a variable name .* got 'X 1'"),
    ],
)
def test_what_is_refused(build, kind, message):
    with pytest.raises(kind, match=message):
        build()


def test_builders_take_text_or_names():
    assert entropy("X1 X2") == entropy(["X1", "X2"]) == entropy(["X1", "X2", "X1"])
    assert str(entropy(["X1", "X1"], ["L", "L"])) == "H(X1|L)"
    assert piece("KL(A; B)", "KL", information([["A"], ["B"]]).entropies) == dag_form("A; B")


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_total_and_dual_total_correlation_by_their_definitions(n):
    names = [f"X{i}" for i in range(n)]
    text = ";".join(names)
    whole = form(f"H({','.join(names)}|L)")
    alone = sum(form(f"H({name}|L)") for name in names)
    rest = sum(
        form(f"H({name}|{','.join([*others, 'L'])})")
        for others in combinations(names, n - 1)
        for name in set(names) - set(others)
    )
    assert TC(text, given="L") == alone - whole
    assert DTC(text, given="L") == whole - rest
    assert O(text, given="L") == alone - 2 * whole + rest
