"""Families at their edges: ends, vanishing masses, tiny numbers, many cells, mixtures."""

from fractions import Fraction

import pytest

import natlat_sym as nl
from natlat_sym.parameters.functions import BitsFunction
from natlat_sym.zoo import TinyMixture, entry

E = nl.parameter("0 <= e <= 1/2")
D = nl.parameter("0 < d < 1")
COPY = nl.Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=E)
ERRORS = {"m": "I(X;R|Y)", "a": "H(R|X)"}
TINY = [Fraction(1, 10**9), Fraction(1, 10**30), Fraction(1, 10**300)]


# ---- the ends of the range ----


@pytest.mark.parametrize(
    ("point", "cells", "information", "labels"), [("0", 2, 1, 2), ("1/2", 4, 0, 1)]
)
def test_both_ends_of_a_channel(point, cells, information, labels):
    there = COPY.at(e=point)
    assert len(there) == cells
    assert nl.I("X;Y")(there) == nl.I("X;Y")(COPY).at(e=point) == information
    found = nl.find_natural_latent(there)
    assert (found.exists, found.labels) == (True, labels)


def test_inside_the_range_there_is_another_answer():
    """A family that had no exact latent used to end in a TypeError."""
    found = nl.find_natural_latent(COPY)
    assert len(COPY) == 4
    assert (found.exists, found.labels) == (False, 1)
    assert found.witness.joint == (1 - E) / 2
    assert found.witness.product == Fraction(1, 4)
    assert nl.common_part(COPY, "X", "Y").entropy == 0
    assert "(1 - e)/2" in str(found.to_json())


def test_a_closed_end_counts_and_an_open_one_does_not():
    shut = nl.H("Y|X")(COPY)
    assert shut >= 0
    with pytest.raises(nl.Undecided, match="zero at e = 0"):
        shut > 0
    e = nl.parameter("0 < e < 1/2")
    assert nl.H("Y|X")(nl.Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=e)) > 0


def test_a_divergence_grows_without_bound_at_an_end():
    p = nl.Dist.from_dict({"a": E, "b": 1 - E}, "X")
    q = nl.Dist.from_dict({"a": 1 - E, "b": E}, "X")
    value = nl.kl(q, p)
    assert value >= 0
    assert nl.kl(q.at(e=0), p.at(e=0)) == nl.oo
    with pytest.raises(nl.InvalidInput, match="has no value at e = 0; take a limit"):
        value.at(e=0)
    assert nl.limits(value, "e -> 0+").limit == nl.oo
    assert value.at(e="1/2") == 0


def test_masses_that_vanish_at_both_ends():
    law = nl.Dist.from_dict({"a": D, "b": 1 - D}, "X")
    for end in (0, 1):
        assert len(law.at(d=end)) == 1
        assert nl.H("X")(law).at(d=end) == 0
        assert str(nl.limits(nl.H("X")(law), f"d -> {end}").limit) == "0"


def test_constants_have_decimals_and_functions_have_none():
    from natlat_sym.exact.render import quantity

    assert quantity(nl.H("X")(COPY)) == {"exact": "1", "approx": "1.00000000000"}
    assert quantity(nl.I("X;Y|X")(COPY)) == {"exact": "0", "approx": "0"}
    assert quantity(nl.H("Y|X")(COPY))["approx"] is None


# ---- parameters that cancel ----


def test_a_parameter_may_cancel_in_a_marginal():
    law = nl.Dist.from_dict(
        {("0", "0"): D / 2, ("0", "1"): (1 - D) / 2, ("1", "0"): (1 - D) / 2, ("1", "1"): D / 2},
        "X Y",
    )
    assert nl.H("X")(law) == 1
    assert law.marginal("X").parameters == {}
    assert nl.H("X,Y")(law) - nl.H("Y|X")(law) == nl.Bits(1)


def test_one_of_two_parameters_may_cancel():
    law = entry("common-cause").law
    assert list(law.parameters) == ["a", "b"]
    assert list(law.marginal("L X1").parameters) == ["a"]
    assert law.marginal("X1 L").at(a="1/10") == law.at(a="1/10", b="1/5").marginal("X1 L")
    assert law.marginal("L").parameters == {}
    assert nl.evaluate(law.marginal("L"), "H(L) = 1")


def test_a_common_factor_cancels_in_weights():
    law = nl.Dist.from_weights({"a": D * (1 - D), "b": 2 * D * (1 - D)}, "X")
    assert law == nl.Dist.from_dict({"a": "1/3", "b": "2/3"}, "X")
    assert law.parameters == {}


# ---- 10^-9, 10^-30, 10^-300 ----


@pytest.mark.parametrize("tiny", TINY)
@pytest.mark.parametrize("name", ["noisy-copy", "resampled-rarely", "blocks-mixed", "rare-branch"])
def test_tiny_points_are_exact(name, tiny):
    law = entry(name).law
    ((parameter, interval),) = law.parameters.items()
    for point in (interval.low + tiny, interval.high - tiny):
        here = law.at(**{parameter: point})
        for first, second in zip(law.names, law.names[1:], strict=False):
            for text in (f"H({first}|{second})", f"I({first};{second})"):
                value = nl.form(text)(law)
                assert value.at(**{parameter: point}) == nl.form(text)(here)
                assert value.at(**{parameter: point}) >= 0


@pytest.mark.parametrize("tiny", TINY)
def test_a_tiny_error_is_between_proved_bounds(tiny):
    copy = entry("noisy-copy").law
    assert nl.prove_on_range(copy, "H(L|X2) > -e*log2(e)")
    assert nl.prove_on_range(copy, "H(L|X2) < -e*log2(e) + 3/2*e")
    value = nl.H("L|X2")(copy).at(e=tiny)
    low = tiny * nl.Bits.log2(1 / tiny)
    assert low < value < low + Fraction(3, 2) * tiny


# ---- thousands of cells ----


def test_two_thousand_cells():
    size = 45
    e = nl.parameter("0 < e < 1")
    weights = {
        (str(x), str(y)): (1 + x * y % 5) * (1 - e) + int(x == y) * e
        for x in range(size)
        for y in range(size)
    }
    law = nl.Dist.from_weights(weights, "X Y")
    assert len(law) == size**2
    here = law.at(e="1/1000")
    for text in ("I(X;Y)", "H(X|Y)"):
        assert nl.form(text)(law).at(e="1/1000") == nl.form(text)(here)


def test_sixty_four_cells_of_a_tiny_mixture():
    p, q = TinyMixture(3).laws()
    assert (len(p), len(q)) == (64, 64)
    assert str(nl.I("X1;X2")(p)) == "(8 - 7*d)/8*log2(8 - 7*d) + 7*d/8*log2(d)"


# ---- mixtures of two components ----


def test_components_with_disjoint_support_stay_apart():
    one = nl.Dist.uniform("X", ["a", "b"])
    two = nl.Dist.from_dict({"c": "1/4", "d": "3/4"}, "X")
    mixed = one.mix(two, D)
    binary = BitsFunction("-d*log2(d) - (1 - d)*log2(1 - d)", "0 < d < 1")
    assert nl.H("X")(mixed) == binary + (1 - D) * nl.H("X")(one) + D * nl.H("X")(two)
    which = mixed.with_function("T", lambda x: x in "ab", of="X")
    assert nl.H("T|X")(which) == 0
    assert nl.H("T")(which) == binary
    assert nl.kl(one, mixed) == BitsFunction("-log2(1 - d)", "0 < d < 1")
    assert nl.kl(mixed, one) == nl.oo
    assert nl.limits(nl.kl(two, mixed), "d -> 0+").limit == nl.oo


def test_components_with_equal_support_run_together():
    one = nl.Dist.from_dict({"a": "1/4", "b": "3/4"}, "X")
    two = nl.Dist.from_dict({"a": "3/4", "b": "1/4"}, "X")
    mixed = one.mix(two, D)
    assert nl.kl(mixed, one) == BitsFunction(
        "(1 + 2*d)/4*log2(1 + 2*d) + (3 - 2*d)/4*(log2(3 - 2*d) - log2(3))", "0 < d < 1"
    )
    assert nl.kl(mixed, one) > 0
    vanishing = nl.limits(nl.kl(mixed, one), "d -> 0+")
    assert (vanishing.term.power, vanishing.term.logs) == (2, 0)
    assert nl.kl(mixed, nl.Dist.uniform("X", ["a", "b"])).at(d="1/2") == 0
    assert nl.prove_on_range(mixed, "D(X) <= d*log2(3)", one)


def test_the_same_component_twice_leaves_no_parameter():
    one = nl.Dist.from_dict({"a": "1/4", "b": "3/4"}, "X")
    assert one.mix(one, D) == one


# ---- error symbols whose values are functions of the parameters ----


def test_a_claim_with_symbolic_errors_on_a_family():
    shared = nl.I("X;Y")(COPY)
    assert nl.claim("I(X;Y) = a").holds(COPY, {"a": shared})
    assert not nl.claim("I(X;Y) = a").holds(COPY, {"a": shared / 2})
    # I(X;Y) = 1 - h(e), and h(e) >= 2 e below 1/2: concave, equal at both ends.
    assert nl.claim("I(X;Y) <= 1 - 2 b").holds(COPY, {"b": E})
    assert not nl.claim("H(X|Y) <= b - 2").holds(COPY, {"b": E})
    with pytest.raises(nl.Undecided, match="changes its sign"):
        nl.claim("I(X;Y) <= b").holds(COPY, {"b": E})
    at_one_point = COPY.at(e="1/4")
    assert nl.claim("I(X;Y) <= a").holds(at_one_point, {"a": shared + 1})
    # H(R|Y) = I(R;X|Y) + H(R|X,Y), with the errors of the family itself.
    law = COPY.extend("R", "X", flip=E)
    errors = {name: nl.form(text)(law) for name, text in ERRORS.items()}
    assert nl.claim("H(R|Y) <= m + a").holds(law, errors)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (E - 1, nl.InvalidInput, "an error symbol 'a' that is not negative, got -1 \\+ e"),
        (E - Fraction(1, 4), nl.Undecided, "changes its sign for 0 <= e <= 1/2"),
        (0.5, nl.InexactInput, "0.5 is not exact"),
    ],
)
def test_errors_below_0_are_refused(value, error, message):
    with pytest.raises(error, match=message):
        nl.claim("I(X;Y) <= a").holds(COPY, {"a": value})


# ---- what asks for numbers says so ----


@pytest.mark.parametrize(
    "ask",
    [
        lambda: nl.evaluate(COPY, "H(X) = 1"),
        lambda: nl.gap(COPY.with_function("L", lambda x: x, of="X"), "L", "1/2"),
        lambda: nl.best_latent(COPY),
        lambda: nl.Experiment(COPY, COPY.at(e="1/4")).rows_for_odds(10),
        lambda: nl.Experiment(COPY, COPY.at(e="1/4")).chernoff(),
        lambda: nl.Experiment(COPY, COPY.at(e="1/4")).rows_for_error("1/10"),
        lambda: nl.propose_latent(COPY),
        lambda: nl.near_best_latent(COPY),
        lambda: nl.binary_optimum(COPY),
        lambda: nl.wyner_latent(COPY, "X", "Y"),
        lambda: nl.garbling(COPY, "X", "Y", given="Y"),
        lambda: nl.garbling(COPY.at(e="1/4"), "X", "Y", given="Y", other=COPY),
        lambda: nl.latent_bounds(COPY),
    ],
)
def test_numbers_are_asked_for_in_words(ask):
    wanted = (
        r"^expected a law without parameters.*, got e; take a point first: law\.at\(e=\"1/4\"\)"
    )
    with pytest.raises(nl.InvalidInput, match=wanted):
        ask()


def test_the_point_that_is_named_lies_in_the_range():
    law = nl.Dist.from_dict({"0": "d", "1": "e - d", "2": "1 - e"}, "X", "0 < d < 1/5, 1/2 < e < 1")
    with pytest.raises(
        nl.InvalidInput, match=r'got d, e; .* law\.at\(d="1/10", e="3/4"\) \(--set d=1/10,e=3/4\)$'
    ):
        nl.best_latent(law.with_function("Y", lambda x: x, of="X"))
    assert (
        nl.best_latent(law.at(d="1/10", e="3/4").with_function("Y", lambda x: x, of="X")).score == 0
    )
