"""The notation: what is read, and what refused with which words."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from natlat_sym import DTC, TC, H, I, NatlatError, O, claim, form, variables
from natlat_sym.errors import InvalidInput, NotADag, SyntaxInvalid
from natlat_sym.statements.forms import as_form


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2 H(A) - 1/3*I(A;B) + 0", "2 H(A) - 1/3 I(A;B)"),
        ("0.25 H(A)", "1/4 H(A)"),
        ("H( A , B | C )", "H(A,B|C)"),
        ("(H(A) - 2 (H(B) - e))/2", "1/2 H(A) - H(B) + e"),
        ("-H(A) + 1/2", "-H(A) + 1/2"),
        ("2H(A) + 0.5I(A;B)/2 + 3b + 2(a + e)", "2 H(A) + 1/4 I(A;B) + 2 a + 3 b + 2 e"),
        ("2*(H(A) + 1)", "2 H(A) + 2"),
        ("6/2/3 H(A)/2", "1/2 H(A)"),
        ("e + H(A) + a", "H(A) + a + e"),
        ("KL(X2 <- L->X1;Y ; (B,A)<-L)", "KL((B,A) <- L -> X1; L -> X2; Y)"),
        ("KL(X → Y ← Z)", "KL(X -> Y; Z -> Y)"),
        ("H(L')", "H(L')"),
        ("007 H(A)", "7 H(A)"),
        ("0", "0"),
        ("\tH(A)\n  + 1", "H(A) + 1"),
    ],
)
def test_forms_are_read_and_printed(text, printed):
    assert str(form(text)) == printed
    assert str(form(printed)) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("H(R|M)<=e+2 r", "H(R|M) <= e + 2 r"),
        ("H(X) ≤ 1", "H(X) <= 1"),
        ("H(X) ≥ 1", "H(X) >= 1"),
        ("0 = H(X)", "0 = H(X)"),
    ],
)
def test_claims_are_read_and_printed(text, printed):
    assert str(claim(text)) == printed
    assert claim(claim(text)) == claim(printed)


WRONG = [
    ("X", "expected H(X) or a symbol in lower case, got 'X' at column 1 of 'X'"),
    ("X <- L -> Y", "symbol in lower case (the error of a net is KL(X1 <- L -> X2)), got 'X' at"),
    ("MI(X;Y)", "expected H, I, TC, DTC, O or KL (write I(...)), got 'MI' at column 1"),
    ("h(X)", "expected H, I, TC, DTC, O or KL (write H(...)), got 'h' at column 1"),
    ("foo(X)", "expected H, I, TC, DTC, O or KL, got 'foo' at column 1"),
    ("H(X|)", "expected a variable, got ')' at column 5 of 'H(X|)'"),
    ("H()", "expected a variable, got ')' at column 3 of 'H()'"),
    ("H(X,)", "expected a variable, got ')' at column 5"),
    ("H(1)", "expected a variable, got '1' at column 3"),
    ("H(é)", "expected a variable (names have Latin letters; write 'e'), got 'é' at column 3"),
    ("H(Λ₁|X)", "expected a variable (names have Latin letters; write 'Lambda1'), got 'Λ' at col"),
    ("H(X) + ε", "or e (names have Latin letters; write 'epsilon'), got 'ε' at column 8"),
    ("H(X₁)", "expected ',' '|' or ')' (names have Latin letters; write 'X1'), got '₁' at column"),
    ("H(X;Y)", "(H has one block; I(A;B) has two), got ';' at column 4"),
    ("I(X)", "expected ',' or ';' (I(A;B) has two blocks or more), got ')' at column 4"),
    ("H(X Y)", "expected ',' '|' or ')', got 'Y' at column 5"),
    ("H(X|Y|Z)", "expected ',' or ')', got '|' at column 6"),
    ("2 3 H(X)", "expected '+', '-' or the end, got '3' at column 3"),
    ("H(X)H(Y)", "expected '+', '-' or the end, got 'H' at column 5"),
    ("1e5 H(X)", "(write numbers as 2, 1/8 or 0.25), got '1' at column 1"),
    ("2e3 H(X)", "(write numbers as 2, 1/8 or 0.25), got '2' at column 1"),
    ("TC(X1,X2,X3)", "expected ',' or ';' (TC(X1;X2;X3) has two blocks or more), got ')'"),
    (
        "KL(R <- X -> R)",
        "expected every edge once, got X -> R twice in 'KL(R <- X -> R)'; for a "
        "second node that holds R write R#2",
    ),
    ("KL((A,B) -> C; (A,B) -> C)", "write C#2"),
    ("KL(A -> (B,C); (B,C) <- A)", "got A -> (B,C) twice in 'KL(A -> (B,C); (B,C) <- A)'"),
    (".5 H(X)", "(write numbers as 2, 1/8 or 0.25), got '.' at column 1"),
    ("H(X) \u2212 H(Y)", "expected '+', '-' or the end (write '-'), got '\u2212' at column 6"),
    ("2\u00b7H(X)", "(write '*')"),
    ("H(X) <= H(Y)", "(a relation makes a claim of a form), got '<=' at column 6"),
    ("", "expected a term such as 2 H(A), I(A;B|C) or e, got the end at column 1 of ''"),
    ("-", "expected a term such as 2 H(A), I(A;B|C) or e, got the end at column 2"),
    ("2 *", "expected a term such as 2 H(A), I(A;B|C) or e, got the end"),
    ("(H(X)", "expected ')', got the end at column 6"),
    ("H(X))", "expected '+', '-' or the end, got ')' at column 5"),
    ("H(X", "expected ',' '|' or ')', got the end at column 4"),
    ("H(X)/0", "expected a divisor other than 0, got '0' at column 6"),
    ("1/0.00", "expected a divisor other than 0, got '0.00' at column 3"),
    ("2/H(X)", "expected a number after '/', got 'H' at column 3"),
    ("KL()", "expected a node such as L, (X1,X2) or Y#2, got the end at column 4 of 'KL()'"),
    ("KL(X1 -> )", "expected a node such as L, (X1,X2) or Y#2, got the end at column 10"),
    ("KL(X; ;Y)", "expected a node such as L, (X1,X2) or Y#2, got ';' at column 7"),
    ("KL(X Y)", "expected '->', '<-', ';' or the end of the net, got 'Y' at column 6"),
    ("KL(X -> Y#02)", "got '2' at column 12 of 'KL(X -> Y#02)'"),
    ("KL(())", "expected names inside (...), got none at column 5"),
    ("KL(X -> Y", "expected ')' after the net, got the end at column 10"),
    ("log2", "expected a form (log2 belongs to exact numbers, not to forms), got 'log2'"),
    ("(" * 60 + "e" + ")" * 60, "expected at most 50 nested parentheses, got '(' at column 52"),
    ("9" * 5000 + " H(X)", "expected a number of at most 1000 digits, got '999"),
    ("H(X)/" + "9" * 5000, "expected a number of at most 1000 digits, got '999"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_wrong_forms(text, message):
    with pytest.raises(SyntaxInvalid, match=re.escape(message)) as caught:
        form(text)
    assert len(str(caught.value)) < 700
    assert caught.value.operands["text"] == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("H(X) <= H(Y) <= H(Z)", "a chain of relations is two claims, got '<=' at column 14"),
        ("H(X) < H(Y)", "expected <=, >= or = (write '<='), got '<' at column 6"),
        ("H(X) > H(Y)", "expected <=, >= or = (write '>='), got '>' at column 6"),
        ("H(X) == H(Y)", "expected <=, >= or = (write '='), got '==' at column 6"),
        ("H(X) ~ H(Y)", "expected <=, >= or = (write '='), got '~' at column 6"),
        ("H(X)", "expected <=, >= or =, got the end at column 5 of 'H(X)'"),
        ("", "expected a term such as 2 H(A), I(A;B|C) or e, got the end at column 1 of ''"),
        ("X = Y", "expected H(X) or a symbol in lower case, got 'X' at column 1"),
    ],
)
def test_wrong_claims(text, message):
    with pytest.raises(SyntaxInvalid, match=re.escape(message)):
        claim(text)


def test_other_refusals():
    with pytest.raises(NotADag, match="without directed cycles, got the cycle X -> Y -> X"):
        form("KL(X -> Y -> X)")
    with pytest.raises(InvalidInput, match=r"at most 12 blocks in I\(\.\.\.\), got 13"):
        form(f"I({';'.join(f'X{i}' for i in range(13))})")
    with pytest.raises(SyntaxInvalid, match="expected text in the notation, got 5"):
        form(5)


@given(st.text(alphabet="HITCDOKLXYe#2013.|;,()+-*/<>=' ~é", max_size=40))
@example("KL(X#" + "9" * 5000 + ")")
def test_any_text_is_read_or_refused_in_words(text):
    for read in (form, claim):
        try:
            value = read(text)
        except NatlatError as error:
            refused = str(error)
        else:
            refused = ""
            assert read(str(value)) == value
        assert refused.startswith("expected") or not refused


def test_long_texts_are_read():
    total = form(" + ".join(f"H(X{i})" for i in range(5000)))
    assert len(total.entropies) == 5000
    chain = form(f"KL({' -> '.join(f'X{i}' for i in range(300))})")
    assert len(chain.entropies) == 2 * 299
    assert form("-" + "-".join(["1"] * 3000)).constant == -3000


def test_builders_take_one_text_or_an_argument_per_block():
    assert H("X1,X2|L") == H("X1", "X2", given="L") == H("X1 X2", given=["L"]) == form("H(X1,X2|L)")
    assert I("X1;X2|L") == I("X1", "X2", given="L") == I("X1;X2", given="L")
    assert I("A,B;C") == I("A B", "C") == I(["A", "B"], ["C"])
    assert TC("A", "B", "C", given="L M") == form("TC(A;B;C|L,M)")
    assert DTC("A;B;C") == form("DTC(A;B;C)")
    assert O("A;B;C") == form("O(A;B;C)")
    assert str(I("X1", "X2", given="L")) == "I(X1;X2|L)"


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: I("X;Y|L", given="M"), "expected the condition once, got 'X;Y|L' and given='M'"),
        (lambda: I("X|L", "Y"), "or one argument per block, got 'X|L' and 1 more"),
        (lambda: H("X1;X2"), "expected ',' '|' or ')' (H has one block"),
        (lambda: I("X;Y)"), "expected ',' or the end, got ')' at column 4 of 'X;Y)'"),
        (lambda: I("X"), "expected 2 blocks or more in I(...)"),
        (lambda: H(""), "expected variables in every block of H(...), one block is empty"),
        (lambda: H("X-1"), "expected a variable name"),
    ],
)
def test_wrong_builders(build, message):
    with pytest.raises(InvalidInput, match=re.escape(message)):
        build()


def test_names_and_constants():
    assert variables("X1, X2 L") == ("X1", "X2", "L")
    assert as_form("1/3").constant == as_form(Fraction(1, 3)).constant == Fraction(1, 3)
    assert form(form("H(X)")) == form("H(X)")
