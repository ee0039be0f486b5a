"""Results exist only with a certificate that the trusted checker has accepted."""

import copy
import pickle
from types import SimpleNamespace

import pytest

from natlat_sym import CertificateRejected, Theorem, claim, prove
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
