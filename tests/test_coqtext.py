"""Certificates as Coq: what is written, and, where coqc is installed, that it compiles."""

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from natlat_sym import InvalidInput, evaluate, prove, zoo
from natlat_sym.coqtext import PREAMBLE, coq_text, lemma_name

ROOT = Path(__file__).resolve().parent.parent
needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")


def script():
    spec = importlib.util.spec_from_file_location("crosscheck", ROOT / "scripts/crosscheck.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_hypotheses_and_symbols_are_quantified():
    theorem = prove(
        "H(R|M) <= 1/2 a + 2 b", ["I(X1;X2|M) <= 1/2 a", "H(R|X1) <= b", "H(R|X2) <= b"]
    )
    text = coq_text(theorem.certificate, "mdr")
    assert "forall (h : N -> R) (e_a e_b : R), entropic h ->" in text
    assert text.count("0 <= e_") == 2
    assert "(1/2) * e_a" in text
    assert text.count(" ->\n") == 5 + 1
    assert text.count("pose proof") == text.count("cbn in")


def test_every_stored_proof_is_written():
    text, count = script().source(ROOT / "proofs" / "certificates")
    assert count > 30
    assert text.count("Qed.") == count == len(set(re.findall(r"^Lemma (\w+)", text, re.MULTILINE)))


def test_names_are_identifiers():
    assert lemma_name("P05.four-features") == "P05_four_features"
    assert lemma_name("1'x") == "c_1_x"


def test_a_law_is_no_lemma():
    certificate = evaluate(zoo.law("C05"), "H(L)").certificate
    with pytest.raises(InvalidInput, match="symmetric certificate to export, got kind law"):
        coq_text(certificate)


@needs_coq
def test_coq_agrees_with_every_stored_proof():
    text, _ = script().source(ROOT / "proofs" / "certificates")
    done = script().compiles(text)
    assert done.returncode == 0, done.stderr


@needs_coq
@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("I(X;Z) <= I(X;Y)", ["I(X;Z|Y) = 0"]),
        ("TC(A;B;C) = I(A;B) + I(A,B;C)", []),
        ("2 H(A,B,C,D,E,F) <= H(A,B,C,D) + H(C,D,E,F) + H(A,B,E,F)", []),
    ],
)
def test_coq_compiles_and_refuses(claim, given):
    text = coq_text(prove(claim, given).certificate, "it")
    assert script().compiles(f"{PREAMBLE}\n{text}\n").returncode == 0
    wrong = re.sub(r"(\n  0 (?:<=|=) )(?=[^\n]*\.\nProof)", r"\g<1>-1 + ", text)
    assert wrong != text
    assert script().compiles(f"{PREAMBLE}\n{wrong}\n").returncode != 0
