"""Families come out the same over sympy's own integers and over flint's, and like rational laws."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
from fractions import Fraction
from sympy.external.gmpy import GROUND_TYPES
import natlat_sym as nl
from natlat_sym.zoo.families import ENTRIES, TinyMixture

print(GROUND_TYPES)
for entry in ENTRIES:
    law = entry.law
    point = {n: i.low + (i.high - i.low) * Fraction(2, 7) for n, i in law.parameters.items()}
    here = law.at(**point)
    for text in [f"H({a}|{b})" for a in law.names for b in law.names if a != b]:
        value = nl.form(text)(law)
        amount = value.at(**point) if hasattr(value, "at") else value
        if amount != nl.form(text)(here):
            raise SystemExit(f"{entry.name}: {text} is {amount} at {point}")
        print(entry.name, text, value, hash(value) == hash(value + 0))
for amount in (TinyMixture(3).divergence(), TinyMixture(90).mediation_of_nothing()):
    print(amount, amount > 0, nl.limits(amount, "d -> 0+"))
law = nl.zoo.law("noisy-copy")
print(nl.prove_on_range(law, "I(X1;X2) <= 1 - 2*e").certificate.text)
p, q = TinyMixture(1).laws()
print(nl.prove_on_range(p, "D(X1,X2) <= -log2(d)", q).certificate.text)
print(nl.decide_on_range(p, "D(X1,X2) <= -log2(d) - 1/1000", q))
"""


def output(ground):
    environment = {**os.environ, "SYMPY_GROUND_TYPES": ground}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")
    used, _, rest = done.stdout.partition("\n")
    assert used == ground
    return rest


def test_flint_changes_nothing():
    pytest.importorskip("flint")
    own = output("python")
    assert own == output("flint")
    assert len(own.splitlines()) > 40
