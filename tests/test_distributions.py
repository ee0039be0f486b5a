"""Values collected from the literature and other packages, all to come out exactly equal.

Each line of ``cases/distributions.jsonl`` names its source; the expected value is a sympy
expression in bits, a rational, a truth value, or ``oo``.
"""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from natlat_sym import (
    Bits,
    Dist,
    common_part,
    form,
    garbling,
    kl,
    oo,
    sufficient_statistic,
    wyner_latent,
)

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "distributions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
COUNTS = {
    "TC": 10, "H": 7, "I": 9, "GK": 7, "DTC": 1, "O": 1, "coI": 1, "KL": 2, "P": 1, "FUNC": 1,
    "INDEP": 1, "SIGN": 1, "WYNER": 2, "CAEKL": 1, "JMSS": 1, "JSD": 1, "H(MSS": 1, "BLACKWELL": 1,
}  # fmt: skip


def head(case):
    quantity = case["quantity"]
    return "H(MSS" if quantity.startswith("H(MSS") else quantity.partition("(")[0]


def body(case):
    return re.fullmatch(r"\w+\((.*)\)", case["quantity"]).group(1)


def law(case, key="outcomes"):
    masses = {tuple(outcome.split(",")): mass for outcome, mass in case[key].items()}
    return Dist.from_dict(masses, case["variables"])


def expected_bits(case):
    import sympy

    if case["expected"] == "oo":
        return oo
    return Bits.from_sympy(sympy.sympify(case["expected"]))


def value_of(case):
    """The quantity on the law, by the public functions."""
    p = law(case)
    kind, inside = head(case), body(case)
    match kind:
        case "H" | "I" | "TC" | "DTC" | "O":
            return form(case["quantity"])(p)
        case "coI":  # interaction information of three blocks: I(A;B) - I(A;B|C)
            return form(f"I({inside})")(p)
        case "KL":
            return kl(p, law(case, "outcomes_q"))
        case "GK":
            groups, _, given = inside.partition("|")
            return common_part(p, *groups.split(";"), given=given).entropy
        case "WYNER":
            return wyner_latent(p, *inside.split(";")).information
        case "JMSS":
            names = inside.split(";")
            for name in names:
                rest = [other for other in names if other != name]
                p = sufficient_statistic(p, name, about=rest, name=f"T{name}")
            return p.entropy([f"T{name}" for name in names])
        case "H(MSS":
            of, _, about = case["quantity"].removeprefix("H(MSS(").rstrip(")").partition("->")
            return sufficient_statistic(p, of, about=about, name="T").entropy("T")
        case "BLACKWELL":
            sides, _, given = inside.partition("|")
            return garbling(p, *sides.split(">="), given=given).exists
        case "FUNC":
            target, _, of = inside.partition("<-")
            return p.entropy(target, given=of) == 0
        case "INDEP":
            return form(f"I({inside})")(p) == 0
        case "SIGN":
            return form(inside)(p).sign()
        case "P":
            event, given = (
                dict(part.split("=") for part in side.split(",")) for side in inside.split("|")
            )
            return p.probability(event, given=given)
        case "JSD":
            parts = list(
                zip(inside.split(";")[1].split(","), (p, law(case, "outcomes_q")), strict=True)
            )
            mixed = Dist.mixture(parts).entropy(p.names)
            return mixed - Bits.combine((Fraction(w), q.entropy(q.names)) for w, q in parts)
        case "CAEKL":  # the least rate of what a partition of the variables shares
            rates = [
                Bits.combine(
                    [*((1, p.entropy(block)) for block in blocks), (-1, p.entropy(p.names))]
                )
                / (len(blocks) - 1)
                for blocks in partitions(inside.split(";"))
                if len(blocks) > 1
            ]
            return min(rates)
    raise AssertionError(kind)


def partitions(items):
    """All partitions of a list into blocks."""
    if not items:
        yield []
        return
    first, *rest = items
    for blocks in partitions(rest):
        yield [[first], *blocks]
        for place, block in enumerate(blocks):
            yield [*blocks[:place], [first, *block], *blocks[place + 1 :]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_value(case):
    found = value_of(case)
    match head(case):
        case "FUNC" | "INDEP" | "BLACKWELL":
            assert found is {"true": True, "false": False}[case["expected"]]
        case "P" | "SIGN":
            assert found == Fraction(case["expected"])
        case _:
            assert found == expected_bits(case)


def test_every_line_is_accounted_for():
    found = {}
    for case in CASES:
        found[head(case)] = found.get(head(case), 0) + 1
    assert found == COUNTS
    assert len(CASES) == 49
