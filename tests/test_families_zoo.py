"""Families with a parameter: the closed forms of the literature, and their values at points."""

import math
from fractions import Fraction

import pytest

import natlat_sym as nl
from natlat_sym.parameters.functions import BitsFunction
from natlat_sym.zoo import TinyMixture
from natlat_sym.zoo import entry as family
from natlat_sym.zoo.families import ENTRIES as FAMILIES

H_E = "-e*log2(e) - (1 - e)*log2(1 - e)"


def value(text, name):
    return nl.form(text)(family(name).law)


def function(text, name):
    return BitsFunction(text, family(name).law.parameters)


@pytest.mark.parametrize(
    ("name", "form", "closed"),
    [
        ("noisy-copy", "I(X1;X2)", f"1 - ({H_E})"),
        ("noisy-copy", "H(L|X2)", H_E),
        ("noisy-copy", "I(L;X1|X2)", H_E),
        ("noisy-copy", "I(X1;X2|L)", "0"),
        ("common-cause", "I(X1;X2|L)", "0"),
        ("common-cause", "H(L|X1)", "-a*log2(a) - (1 - a)*log2(1 - a)"),
        (
            "common-cause",
            "I(X1;X2)",
            "1 + (a + b - 2*a*b)*log2(a + b - 2*a*b) + (1 - a - b + 2*a*b)*log2(1 - a - b + 2*a*b)",
        ),
        ("tosses", "I(X1;X2|L)", "0"),
        ("tosses", "H(L|X1)", "-r*log2(r) - (1 - r)*log2(1 - r)"),
        ("resampled-rarely", "I(X1;X2|L)", "0"),
        ("resampled-rarely", "I(L;X1|X2)", "0"),
        ("resampled-rarely", "I(L;X2|X1)", "2*n"),
        ("resampled-rarely", "I(G;X2|X1)", "0"),
        (
            "resampled-rarely",
            "I(G;X1|X2)",
            "(1 - n)*(-n/(2 - 2*n)*log2(n/(2 - 2*n))"
            " - (2 - 3*n)/(2 - 2*n)*log2((2 - 3*n)/(2 - 2*n))) - n",
        ),
        ("blocks-mixed", "I(X1;X2|L)", "0"),
        ("blocks-mixed", "H(L|X2)", "-d/2*log2(d/2) - (1 - d/2)*log2(1 - d/2)"),
        ("blocks-mixed", "I(X1;X2)", "1 + d/2*log2(d/2) + (1 - d/2)*log2(1 - d/2)"),
        ("rare-branch", "H(D|T)", "p"),
        ("timescales", "H(L|X2)", H_E),
        ("refreshed-copy", "H(X1|X2)", "-e/2*log2(e/2) - (1 - e/2)*log2(1 - e/2)"),
        (
            "symmetric-pair",
            "I(X1;X2)",
            "(1 + r)/2*log2(1 + r) + (1 - r)/2*log2(1 - r)",
        ),
    ],
)
def test_closed_forms(name, form, closed):
    assert value(form, name) == function(closed, name)


def test_both_resampling_errors_are_one():
    assert value("I(G;X1|X2)", "resampled-rarely") == value("I(X1;X2|G)", "resampled-rarely")


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda entry: entry.name)
def test_families_agree_with_their_points(entry):
    law = entry.law
    assert entry.title
    assert entry.shows
    assert entry.source
    for share in (Fraction(1, 3), Fraction(1, 10**9), Fraction(1, 10**30)):
        point = {n: i.low + (i.high - i.low) * share for n, i in law.parameters.items()}
        here = law.at(**point)
        for text in (f"H({law.names[0]}|{law.names[1]})", f"H({','.join(law.names)})"):
            assert nl.form(text)(law).at(**point) == nl.form(text)(here)


@pytest.mark.parametrize(
    ("name", "form", "point", "exact"),
    [
        ("noisy-copy", "I(X1;X2)", "1/10", "9/5*log2(3) - log2(5)"),
        ("noisy-copy", "I(X1;X2)", "1/4", "3/4*log2(3) - 1"),
        ("tosses", "I(L;X1|X2)", "1/4", "1 + 3/8*log2(3) - 5/8*log2(5)"),
        ("resampled-rarely", "I(G;X1|X2)", "1/4", "1/2 + 3/4*log2(3) - 5/8*log2(5)"),
        ("blocks-mixed", "H(L|X2)", "1/16", "5 - 31/32*log2(31)"),
        ("blocks-mixed", "H(L|X2)", "1/256", "9 - 511/512*log2(511)"),
    ],
)
def test_values_at_points(name, form, point, exact):
    (parameter,) = family(name).law.parameters
    assert value(form, name).at(**{parameter: point}) == nl.Bits(exact)


def test_two_readings_at_points():
    amount = value("I(X1;X2)", "common-cause")
    assert amount.at(a="1/10", b="1/10") == nl.Bits("9/25*log2(3) - 2*log2(5) + 41/50*log2(41)")
    assert amount.at(a="1/10", b="1/5") == nl.Bits("-2*log2(5) + 13/50*log2(13) + 37/50*log2(37)")


def test_resampling_is_not_linear():
    before, after = value("I(L;X2|X1)", "resampled-rarely"), value("I(G;X1|X2)", "resampled-rarely")
    ratio = nl.ratio_limit(after, before, "n -> 0+")
    assert str(ratio) == "1/4*log2(1/n)  as n -> 0+, limit oo"
    assert float(after.at(n=Fraction(1, 2**20))) == pytest.approx(9.7478e-6, rel=1e-4)
    small = {"n": nl.parameter("0 < n < 1/100")}
    assert after.substitute(small) > before.substitute(small)
    with pytest.raises(nl.Undecided, match="changes its sign"):
        after < 2 * before


def test_the_common_part_is_brittle():
    law = family("refreshed-copy").law
    assert nl.common_part(law, "X1", "X2").entropy == 0
    assert nl.common_part(law.at(e=0), "X1", "X2").entropy == 1
    assert str(nl.limits(nl.H("X1|X2")(law), "e -> 0+").limit) == "0"


def test_the_slow_label_mediates_when_the_place_is_forgotten():
    law = family("timescales").law
    error = nl.I("X1;X2|L")(law)
    assert str(nl.limits(error.substitute({"e": Fraction(1, 100)}), "f -> 0+").limit) == "0"
    assert error.substitute({"e": Fraction(1, 100)}) > 0


def test_where_the_constant_latent_is_best():
    r = nl.parameter("0 < r < 1")
    a, b = (1 + r) / 4, (1 - r) / 4
    half = Fraction(1, 2)
    top = half**2 - a**3 / half**2 - b**3 / half**2
    edge = ((a * a - b * b) ** 2) / half**2
    middle = half * half
    assert top * top * middle - edge**3 == (1 - r**2) ** 2 * (1 - 4 * r**2) / 256


# ---- tiny mixtures ----


@pytest.mark.parametrize("bits", [1, 2, 3])
def test_two_masses_say_it_all(bits):
    tiny = TinyMixture(bits)
    p, q = tiny.laws()
    assert tiny.divergence() == nl.kl(p, q)
    assert tiny.reverse_divergence() == nl.kl(q, p)
    assert tiny.mediation_of_nothing() == nl.I("X1;X2")(q)
    assert tiny.mediation_of_nothing(under_p=True) == nl.I("X1;X2")(p)
    assert tiny.redundancy_of_everything() == nl.H("X1|X2")(p)


@pytest.mark.parametrize("bits", [1, 2, 5, 40])
def test_the_formulas_of_the_literature(bits):
    tiny, k = TinyMixture(bits), 2**bits
    ranges = "0 < d < 1/2"
    same = f"((1 - d) + d/{k})"
    other = f"(d + (1 - d)/{k})"
    ratio = f"log2((1 - d)*{k} + d) - log2(d*{k} + 1 - d)"
    off = f"{k - 1}/{k}"
    assert tiny.divergence() == BitsFunction(
        f"{same}*({ratio}) + d*{off}*(log2(d) - log2(1 - d))", ranges
    )
    assert tiny.reverse_divergence() == BitsFunction(
        f"-{other}*({ratio}) + (1 - d)*{off}*(log2(1 - d) - log2(d))", ranges
    )
    assert tiny.mediation_of_nothing() == BitsFunction(
        f"{other}*log2(d*{k} + 1 - d) + (1 - d)*{off}*log2(1 - d)", ranges
    )
    assert tiny.redundancy_of_everything() == BitsFunction(
        f"-{same}*log2({same}) - (1 - {same})*(log2(1 - {same}) - log2({k - 1}))", ranges
    )


@pytest.mark.parametrize(
    ("bits", "small", "values"),
    [
        (1, 2, (0.2266282, 0.2909692, 0.0455660, 0.5435644)),
        (2, 3, (1.0042458, 1.3615753, 0.0315063, 0.5974547)),
        (4, 12, (3.9907354, 10.9963593, 6.442e-7, 0.0039923)),
        (10, 20, (9.9985632, 19.9706745, 6.709e-10, 2.996e-5)),
        (40, 10, (9.9790619, 9.9790619, 0.0278887, 0.0502363)),
        (1000, 50, (50.0, 50.0, 8.425e-13, 9.339e-13)),
    ],
)
def test_the_table_of_the_literature(bits, small, values):
    tiny = TinyMixture(bits)
    d = Fraction(1, 2**small)
    amounts = (
        tiny.divergence(),
        tiny.reverse_divergence(),
        tiny.mediation_of_nothing(),
        tiny.redundancy_of_everything(),
    )
    for amount, known in zip(amounts, values, strict=True):
        assert float(amount.at(d=d)) == pytest.approx(known, rel=2e-4)


@pytest.mark.parametrize("bits", [1, 3, 50])
def test_the_divergence_is_never_more_than_either_size(bits):
    tiny = TinyMixture(bits)
    assert tiny.divergence() < bits
    assert tiny.divergence() < BitsFunction("-log2(d)", "0 < d < 1/2")


@pytest.mark.parametrize("bits", [1, 8])
def test_errors_vanish_and_latents_stay_apart(bits):
    tiny = TinyMixture(bits)
    assert str(nl.limits(tiny.mediation_of_nothing(), "d -> 0+").limit) == "0"
    redundancy = nl.limits(tiny.redundancy_of_everything(), "d -> 0+")
    assert (redundancy.term.power, redundancy.term.logs) == (1, 1)
    assert str(nl.limits(tiny.divergence(), "d -> 0+").limit) == str(bits)
    reverse = nl.limits(tiny.reverse_divergence(), "d -> 0+")
    assert reverse.term.logs == 1
    assert reverse.limit == nl.oo


def test_floats_lose_what_is_exact():
    """The table that shows where binary floating point returns 0 or the wrong sign."""
    tiny = TinyMixture(4)
    exact = tiny.mediation_of_nothing()
    naive = []
    for power in (10, 30, 60):
        d, k = 2.0**-power, 16
        same, other = d / k + (1 - d) / k**2, (1 - d) / k**2
        naive.append(8 + k * same * math.log2(same) + k * (k - 1) * other * math.log2(other))
    assert naive[0] > 0
    assert naive[2] == 0
    for power in (10, 30, 60, 300):
        assert exact.at(d=Fraction(1, 2**power)) > 0


def test_tiny_mixtures_of_one_bit_exactly():
    tiny, at = TinyMixture(1), {"d": Fraction(1, 4)}
    assert tiny.divergence().at(**at) == nl.Bits("-1/8*log2(3) - 7/8*log2(5) + 7/8*log2(7)")
    assert tiny.reverse_divergence().at(**at) == nl.Bits("3/8*log2(3) + 5/8*log2(5) - 5/8*log2(7)")
    assert tiny.mediation_of_nothing().at(**at) == nl.Bits("-2 + 3/8*log2(3) + 5/8*log2(5)")
    assert tiny.redundancy_of_everything().at(**at) == nl.Bits("3 - 7/8*log2(7)")


@pytest.mark.parametrize(("power", "factor"), [(4, 1.08), (10, 2.61), (20, 5.11)])
def test_the_factor_of_resampling(power, factor):
    at = {"n": Fraction(1, 2**power)}
    before, after = value("I(L;X2|X1)", "resampled-rarely"), value("I(G;X1|X2)", "resampled-rarely")
    assert float(after.at(**at)) / float(before.at(**at)) == pytest.approx(factor, abs=0.006)


@pytest.mark.parametrize("points", [2, 5, 12, 64])
def test_the_path_shares_all_but_one_bit_and_its_end(points):
    rows = [(str(x), str(y)) for x in range(points) for y in (x, x + 1)]
    law = nl.Dist.uniform("X1 X2", rows)
    assert nl.I("X1;X2")(law) == nl.Bits.log2(points) - 1 + Fraction(1, points)


def test_one_empty_cell_has_a_closed_optimum():
    """The law (a, v, 0, a) with v < 1/3: the best score is Psi - (1+v) lg(1+v) + v lg v."""
    v = nl.parameter("0 < v < 1/3")
    law = nl.Dist.from_dict(
        {("0", "0"): (1 - v) / 2, ("0", "1"): v, ("1", "1"): (1 - v) / 2}, "X1 X2"
    )
    psi = nl.H("X1|X2")(law) + nl.H("X2|X1")(law)
    least = psi - BitsFunction("(1 + v)*log2(1 + v) - v*log2(v)", "0 < v < 1/3")
    assert least.at(v="1/5") == nl.Bits("log2(5) - 2")
    assert nl.I("X1;X2")(law).at(v="1/5") == nl.Bits("log2(5) - 6/5*log2(3)")
    for point in ("1/5", "1/10", "3/10", "1/1000"):
        assert nl.binary_optimum(law.at(v=point)).exact == least.at(v=point)
    assert least > 0
    assert least < nl.I("X1;X2")(law)
