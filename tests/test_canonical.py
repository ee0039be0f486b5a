"""Certificates are a function of the claim, not of the solver's path, release or a hash seed."""

import highspy
import pytest

from natlat_sym import bound, prove, prove_for_all_n, refute

MAIN = "H(R|M) <= I(X1;X2|M) + H(R|X1) + H(R|X2)"
SOFT = "I(L;X1,X2|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 I(L;M|X1,X2)"
CHAIN = "KL(A -> B -> C -> D -> E -> F) = 0"
SHARED = "5 H(A,B,C,D,E,F) <= " + " + ".join(
    f"H({','.join(set_)})" for set_ in ("BCDEF", "ACDEF", "ABDEF", "ABCEF", "ABCDF", "ABCDE")
)
ERRORS = ["TC(X1;X2;X3|L) <= a", "H(R|X1) <= b", "H(R|X2) <= c", "H(R|X3) <= d"]
RESULTS = {
    "main": lambda: [prove(MAIN)],
    "soft": lambda: [prove(SOFT)],
    "net": lambda: [prove("I(A;F|C) = 0", CHAIN)],
    "symmetric": lambda: [prove(SHARED)],
    "every n": lambda: [prove_for_all_n("H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])")],
    "laws": lambda: [
        refute("I(X;Y|Z) <= I(X;Y)"),
        refute("I(A;B) <= I(A;B|C) + I(A;B|D) + I(C;D)"),
        refute("H(R|L) <= TC(X1;X2;X3|L) + H(R|X2,X3) + H(R|X1,X3) + H(R|X1,X2)"),
        refute("TC(A;B;C;D) <= I(A;B,C,D) + I(B;A,C,D)"),
    ],
    "bounds": lambda: [
        part
        for corner in bound("H(R|L)", ERRORS).corners
        for part in (corner.theorem, *corner.needed.values())
    ],
}
CORE = highspy.Highs.__base__
PATHS = {
    "interior point": {"solver": "ipm"},
    "primal simplex": {"solver": "simplex", "simplex_strategy": 4},
    "another seed": {"random_seed": 12345, "simplex_strategy": 1},
    "presolve": {"presolve": "on"},
}


def texts(make):
    return [result.certificate.text for result in make()]


@pytest.mark.parametrize("name", RESULTS)
def test_the_path_of_the_solver_leaves_no_trace(name, monkeypatch):
    usual = texts(RESULTS[name])
    assert usual
    run = CORE.run
    for options in PATHS.values():

        def otherwise(self, options=options):
            for option, value in options.items():
                self.setOptionValue(option, value)
            return run(self)

        with monkeypatch.context() as patch:
            patch.setattr(CORE, "run", otherwise)
            assert texts(RESULTS[name]) == usual
