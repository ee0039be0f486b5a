"""Certificates as Coq: what is written, and, where coqc is installed, that it compiles."""

import copy
import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from natlat_sym import InvalidInput, evaluate, prove, prove_for_all_n, refute, zoo
from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.coqtext import PREAMBLE, coq_text, lemma_name, lemma_text
from natlat_sym.errors import CertificateRejected

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "proofs" / "certificates"
needs_coq = pytest.mark.skipif(
    shutil.which("coqc") is None, reason="coqc is not installed; make crosscheck installs it"
)
SAMPLE = [
    prove("H(R|M) <= 1/2 a + 2 b", ["I(X1;X2|M) <= 1/2 a", "H(R|X1) <= b", "H(R|X2) <= b"]),
    prove("I(X;Z) <= I(X;Y)", ["I(X;Z|Y) = 0"]),
    prove("TC(A;B;C) = I(A;B) + I(A,B;C)"),
    prove("I(A;C) = 0", ["I(A;C|B) = 0", "I(A;B) = 0"]),
    prove("KL(M <- L -> M#2) <= KL(M <- X1 <- L -> X2 -> M#2)"),
    prove("2 H(A,B,C,D,E,F) <= H(A,B,C,D) + H(C,D,E,F) + H(A,B,E,F) + e' + 1"),
    prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])"),
    prove_for_all_n("H(R|L) <= (n-1) TC(X|L) + n e", "H(R|X[n-1]) <= e"),
]


def script():
    spec = importlib.util.spec_from_file_location("crosscheck", ROOT / "scripts/crosscheck.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_hypotheses_and_symbols_are_quantified():
    text = coq_text(SAMPLE[0].certificate, "mdr")
    assert "(* M = 1, R = 2, X1 = 4, X2 = 8 *)" in text
    assert "forall (h : N -> R) (e_a e_b : R),\n  entropic h ->" in text
    assert text.count("0 <= e_") == 2
    assert "(1/2) * e_a" in text
    assert text.count(" ->\n") == 5 + 1
    assert text.count("pose proof") == text.count("cbn in")


def test_a_family_is_written_for_its_three_least_n():
    text = coq_text(SAMPLE[6].certificate, "han")
    assert re.findall(r"^Lemma (\w+)", text, re.MULTILINE) == ["han_n2", "han_n3", "han_n4"]
    assert "averaged 4 h ->\n  0 <= 4 * h 0%N 3%nat - 3 * h 0%N 4%nat." in text
    assert "(* I(X[1];X[1]|X[k]), k = 2 *)" in text


def test_every_stored_certificate_is_written_or_named():
    text, written, left = script().source(STORED)
    files = len(list(STORED.glob("*.json")))
    assert sum(written.values()) + sum(left.values()) == files
    assert set(left).isdisjoint({"linear", "symmetric", "all-n"})
    lemmas = re.findall(r"^Lemma (\w+)", text, re.MULTILINE)
    assert len(lemmas) == len(set(lemmas)) == text.count("Qed.")
    assert len(lemmas) == written["linear"] + written["symmetric"] + 3 * written["all-n"]
    assert script().counted(written).startswith(f"{written['all-n']} all-n, ")


def test_names_are_identifiers():
    assert lemma_name("P05.four-features") == "P05_four_features"
    assert lemma_name("1'x") == "c_1_x"
    assert lemma_name("fun") == "c_fun"


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (lambda: evaluate(zoo.law("C05"), "H(L)"), "law"),
        (lambda: refute("I(X;Y|Z) <= I(X;Y)"), "refutation"),
    ],
)
def test_a_law_is_no_lemma(made, kind):
    message = f"linear, symmetric or all-n to export, got kind {kind}, which evaluates a law"
    with pytest.raises(InvalidInput, match=message):
        coq_text(made().certificate)


# ---- with coqc ----


def edits(data):
    """Yield certificates with one lie, and which sum must not come out: a number, or all."""
    for number, part in enumerate(name for name in ("proof", "converse") if name in data):
        for place, line in enumerate(data[part]):
            lie = copy.deepcopy(data)
            del lie[part][place]
            yield lie, number
            lie = copy.deepcopy(data)
            if data["kind"] == "all-n":
                lie[part][place]["weight"][0][0] = "7/3"
            else:
                lie[part][place]["weight"] = "7/3"
            yield lie, number
            if ";" in line.get("term", "") and data["kind"] == "linear":
                lie = copy.deepcopy(data)
                lie[part][place]["term"] = "H(Q)"
                yield lie, number
    lie = copy.deepcopy(data)
    left, sign, right = re.split("(<=|>=|=)", data["claim"])
    more = "H(X[1])" if data["kind"] == "all-n" else "H(A)"
    lie["claim"] = f"{left}{sign} {right} + 1/7 {more}"
    yield lie, ""


@needs_coq
def test_coq_compiles_a_sample():
    parts = [coq_text(one.certificate, f"it{i}") for i, one in enumerate(SAMPLE)]
    for path in sorted(STORED.glob("*.json"))[::7]:
        certificate = Certificate(path.read_text(encoding="utf-8"))
        if certificate.kind in ("linear", "symmetric"):
            parts.append(coq_text(certificate, lemma_name(path.stem)))
    done = script().compiles("\n\n".join([PREAMBLE, *parts]))
    assert done.returncode == 0, done.stderr


@needs_coq
def test_coq_refuses_every_single_lie():
    """All in one file: each false sum is marked Fail, so the file compiles when all are refused."""
    parts = [PREAMBLE]
    for i, theorem in enumerate(SAMPLE):
        for j, (lie, number) in enumerate(edits(theorem.certificate.data)):
            with pytest.raises(CertificateRejected):
                Certificate.seal(**{k: v for k, v in lie.items() if k not in ("format", "digest")})
            *_, lemma = lemma_text(lie, f"lie{i}_{j}").split("\n\n")  # of a family, the largest n
            wrong = lemma.replace(f"  assert (sum{number}", f"  Fail assert (sum{number}")
            assert "  Fail assert" in wrong
            parts.append(re.sub(r"  lra\.\nQed\.$", "Abort.", wrong))
    assert len(parts) > 50
    done = script().compiles("\n\n".join(parts))
    assert done.returncode == 0, done.stderr


@needs_coq
@pytest.mark.parametrize("place", [1, 6])
def test_the_file_of_a_lie_does_not_compile(place):
    data = SAMPLE[place].certificate.data
    assert script().compiles(f"{PREAMBLE}\n{lemma_text(data, 'it')}\n").returncode == 0
    lie, _ = list(edits(data))[1]
    assert script().compiles(f"{PREAMBLE}\n{lemma_text(lie, 'it')}\n").returncode != 0
