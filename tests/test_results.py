"""Results exist only with a certificate that the trusted checker has accepted."""

import copy
import pickle
from types import SimpleNamespace

import pytest

from natlat_sym import CertificateRejected, Theorem, claim, decide, prove, verify
from natlat_sym.certified.certificates import Certificate


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
