"""No false claim is ever proved: ten thousand random claims against many laws."""

from fractions import Fraction
from random import Random

import numpy as np

from natlat_sym import Dist, verify
from natlat_sym.certified.problems import shannon_problem
from natlat_sym.certified.theorems import prove
from natlat_sym.search.prover import Derivation, derive
from natlat_sym.statements.notation import H

NAMES = "ABCD"
MASKS = 1 << len(NAMES)
CLAIMS = 10_000


def random_laws(dice):
    """Laws with few and with many outcomes, deterministic relations included."""
    laws = []
    for _ in range(150):
        size = dice.choice([2, 3, 4, 6, 9])
        rows = {tuple(str(dice.randrange(2)) for _ in NAMES): 0 for _ in range(size)}
        laws.append(Dist.from_weights({row: dice.randint(1, 9) for row in rows}, list(NAMES)))
    return laws


def heights(law):
    groups = [",".join(n for i, n in enumerate(NAMES) if m >> i & 1) for m in range(1, MASKS)]
    return [0.0, *(float(H(group)(law)) for group in groups)]


def random_form(dice):
    """A sum of a few information terms with small coefficients, most of them positive."""
    form = {}
    for _ in range(dice.randint(1, 4)):
        a, b, c = (dice.randrange(MASKS) for _ in range(3))
        scale = Fraction(dice.choice([1, 1, 2, -1, -1]), dice.choice([1, 1, 2, 3]))
        for mask, sign in ((a | c, 1), (b | c, 1), (a | b | c, -1), (c, -1)):
            if mask:
                form[mask] = form.get(mask, Fraction(0)) + sign * scale
    return {mask: value for mask, value in form.items() if value}


def test_no_random_claim_is_proved_and_fails_on_a_law():
    dice = Random(0)
    laws = random_laws(dice)
    table = np.array([heights(law) for law in laws])
    proved = refuted = 0
    for number in range(CLAIMS):
        row = random_form(dice)
        total = sum(
            (
                value * H([n for i, n in enumerate(NAMES) if mask >> i & 1])
                for mask, value in row.items()
            ),
            0 * H("A"),
        )
        problem = shannon_problem(total, ())
        vector = np.zeros(MASKS)
        vector[list(row)] = [float(value) for value in row.values()]
        least = float((table @ vector).min())
        if isinstance(derive(problem), Derivation):
            proved += 1
            assert least > -1e-9
            if number % 20 == 0:
                theorem = prove(total >= 0)
                assert verify(theorem).status == "verified"
                assert all(theorem.claim.holds(law) for law in laws[:5])
        refuted += least < -1e-9
    assert proved > 1000
    assert refuted > 2000
    assert proved + refuted > CLAIMS * 0.9
