"""Results exist only with a certificate that the trusted checker has accepted."""

import copy
import pickle
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from natlat_sym import (
    Bits,
    CertificateRejected,
    Dist,
    Theorem,
    claim,
    decide,
    evaluate,
    evaluate_for_all_n,
    gap,
    latent_floor,
    parameter,
    prove,
    prove_for_all_n,
    prove_on_range,
    refute,
    verify,
)
from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.results import Decision


def test_a_theorem_needs_a_certificate_and_not_something_like_it():
    false = claim("H(X) <= 0")
    forged = SimpleNamespace(claim="H(X) <= 0", assumptions=(), kind="linear")
    with pytest.raises(CertificateRejected, match="expected a Certificate, got SimpleNamespace"):
        Theorem(false, (), forged)
    other = prove("H(X|Y) <= H(X)").certificate
    with pytest.raises(CertificateRejected, match=r"the certificate is about H\(X\|Y\) <= H\(X\)"):
        Theorem(false, (), other)


def test_copies_and_pickles_are_the_same_theorem():
    theorem = prove("I(X;Z) <= I(X;Y)", given="I(X;Z|Y) = 0")
    assert pickle.loads(pickle.dumps(theorem)) == theorem == copy.deepcopy(theorem)


def test_an_edited_pickle_is_checked_again():
    honest = prove("H(X|Y) <= H(X)").certificate
    data = pickle.dumps(honest, protocol=0)
    assert pickle.loads(data) == honest
    edited = data.replace(b"H(X|Y) <= H(X)", b"H(X) <= H(X|Y)")
    assert edited != data
    with pytest.raises(CertificateRejected):
        pickle.loads(edited)


def test_text_that_proves_nothing_makes_no_certificate():
    with pytest.raises(CertificateRejected, match="expected an object"):
        Certificate("[]")


def test_hypotheses_that_no_law_satisfies_are_told_of():
    found = decide("H(X) <= -1", ["H(X) = 1", "H(X) = 2", "H(Y) <= 1/2"])
    assert found.status == "proved"
    end = "\nno law satisfies H(X) = 1 and H(X) = 2, so that any claim follows"
    assert str(found).endswith(end)
    proof = verify(found.contradiction)
    assert (proof.claim, proof.assumptions) == ("0 >= 1", ("H(X) = 1", "H(X) = 2"))
    assert found.to_json()["contradiction"] == found.contradiction.certificate.data
    found = decide("H(Y) <= H(X)", "H(X) <= -1")
    assert found.status == "undecided"
    assert str(found) == (
        "undecided  H(Y) <= H(X)\nno law satisfies H(X) <= -1, so that any claim follows"
    )
    for given in ("H(X) <= 1", "H(X) <= a", "H(X) = 0", "H(X) >= 1"):
        found = decide("H(X) >= 0", given)
        assert found.contradiction is None
        assert "contradiction" not in found.to_json()


def test_every_result_is_about_what_its_certificate_says():
    """A result that is made, or made from another, with words its certificate does not bear."""
    coin = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    tilted = Dist.from_weights({("0", "0"): 3, ("1", "1"): 1}, "X Y")
    channel = coin.marginal("X").extend("Y", "X", flip=parameter("0 < e < 1/2"))
    table = {("0", "0", "a"): 9, ("0", "1", "a"): 1, ("1", "0", "a"): 1, ("1", "1", "b"): 9}
    square = Dist.from_array([[2, 1], [1, 2]], "X Y")
    family, ranged = prove_for_all_n("H(X[1]) <= H(X[n])"), prove_on_range(channel, "I(X;Y) < 1")
    refutation = refute("H(X) <= H(X|Y)", law=coin)
    floor = latent_floor(square, [["0.839", "0.419"], ["0.419", "0.839"]], "0.07")
    edits = [
        (refutation, {"claim": claim("H(X) >= 0")}),
        (refutation, {"given": (claim("H(X) >= 0"),)}),
        (refutation, {"law": tilted}),
        (refutation, {"excess": Bits(2)}),
        (refutation, {"symbols": {"a": Bits(0)}}),
        (evaluate(coin, "H(X)"), {"statements": ("H(X) = 2",)}),
        (evaluate(coin, "H(X)"), {"law": tilted}),
        (family, {"claim": "H(X[1]) >= H(X[n])"}),
        (family, {"given": ("H(X[1]) = 0",)}),
        (family, {"least": 1}),
        (evaluate_for_all_n("H(X[n]) = n-1"), {"statements": ("H(X[n]) = n",)}),
        (ranged, {"claim": "I(X;Y) < 0"}),
        (ranged, {"law": channel.marginal("X")}),
        (gap(Dist.from_weights(table, "X Y L"), "L", "1/2"), {"ratio": Fraction(2)}),
        (floor, {"bound": Fraction(1)}),
        (floor, {"law": coin}),
    ]
    for result, edit in edits:
        assert replace(result) == result
        with pytest.raises(CertificateRejected, match="rejected: the certificate is about"):
            replace(result, **edit)
        with pytest.raises(CertificateRejected, match="expected a Certificate, got NoneType"):
            replace(result, certificate=None)
        with pytest.raises(CertificateRejected, match="rejected: the certificate is about"):
            replace(result, certificate=prove("H(Z) >= 0").certificate)


def test_a_decision_is_about_what_was_asked():
    with pytest.raises(CertificateRejected, match=r"about H\(X\) >= 0, not about H\(X\) <= 0"):
        Decision(claim("H(X) <= 0"), theorem=prove("H(X) >= 0"))
    with pytest.raises(
        CertificateRejected, match=r"every law has H\(X\) <= 0, not about H\(X\) >= 0"
    ):
        Decision(claim("H(X) >= 0"), refutation=refute("H(X) <= 0"))


def test_a_refutation_prints_the_claim_and_the_law():
    found = refute("I(X;Y|Z) <= I(X;Y)", given="H(X) <= 1")
    claim_line, *rest = str(found).splitlines()
    assert claim_line == "not every law with H(X) <= 1 has I(X;Y|Z) <= I(X;Y)"
    assert rest == [
        "X,Y,Z  mass",
        "0,0,0   1/4",
        "0,1,1   1/4",
        "1,0,1   1/4",
        "1,1,0   1/4",
        "",
        "not I(X;Y|Z) <= I(X;Y)  (by 1)",
    ]
    assert repr(found) == f"Refutation({claim_line!r})"
    assert str(decide(found.claim, found.given)) == f"refuted  {found}"
