"""Divergences between laws and errors of nets, against factorisations built by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from natlat_sym import Bits, Dist, dag_error, evaluate, form, kl, measure, oo
from natlat_sym.errors import InvalidInput, UnknownVariable
from natlat_sym.testing import dags, laws


def factorisation(law: Dist, net) -> dict[tuple[str, ...], Fraction]:
    """Return the masses on the support of the law: a product of exact conditionals, copies and all.

    For a net with copies this is the restriction of the factorisation over nodes to equal copies.
    """
    mass = {}
    for outcome, _ in law.items():
        label = dict(zip(law.names, outcome, strict=True))
        product = Fraction(1)
        for node in net:
            own = net.nodes[node]["variables"]
            above = {n for tail in net.predecessors(node) for n in net.nodes[tail]["variables"]}
            both = {name: label[name] for name in {*own, *above}}
            upper = {name: label[name] for name in above}
            below = law.probability(upper) if upper else Fraction(1)
            product *= law.probability(both) / below
        mass[outcome] = product
    return mass


@given(dags("A B C"), laws("A B C"))
@settings(max_examples=60)
def test_the_error_of_a_net_is_the_divergence_to_its_factorisation(net, law):
    product = factorisation(law, net)
    expected = Bits(0)
    for outcome, mass in law.items():
        expected += mass * Bits.log2(mass / product[outcome])
    assert dag_error(law, net) == expected
    assert expected >= 0


@given(laws("X L Y"))
@settings(max_examples=60)
def test_the_error_of_a_chain_is_kl_to_the_factorised_law(law):
    factored = law.marginal("X L").couple(law.marginal("L Y"))
    assert dag_error(law, "X -> L -> Y") == kl(law, factored.marginal("X L Y"))
    assert dag_error(factored, "X -> L -> Y") == 0


@given(laws("X Y"))
def test_a_second_copy_costs_the_conditional_entropy(law):
    assert dag_error(law, "Y <- X -> Y#2") == law.entropy("Y", "X")


@given(laws("X"), laws("X"))
def test_gibbs(p, q):
    divergence = kl(p, q)
    if set(p.support) <= set(q.support):
        by_hand = sum(
            (mass * Bits.log2(mass / q.mass(outcome)) for outcome, mass in p.items()), Bits(0)
        )
        assert divergence == by_hand
        assert divergence >= 0
        assert (divergence == 0) == (dict(p.items()) == dict(q.items()))
    else:
        assert divergence is oo


@given(laws("X Y"), laws("X Y"))
def test_the_order_of_the_variables_does_not_matter(p, q):
    assert kl(p, q) == kl(p.marginal("Y X"), q) == kl(p, q.marginal("Y X"))
    assert kl(p, q) >= kl(p.marginal("X"), q.marginal("X"))


def test_two_coins_by_hand():
    p = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
    q = Dist.uniform("X", "ht")
    assert kl(p, q) == Bits("-1 + 3/4*log2(3)")
    assert kl(q, p) == Bits("1 - 1/2*log2(3)")
    assert kl(p, Dist.uniform("X", "h")) is oo
    assert kl(Dist.uniform("X", "h"), p) == Bits("2 - log2(3)")


def test_and_or_has_the_values_of_the_catalogue():
    table = [(a, b, str(int(a) & int(b)), str(int(a) | int(b))) for a in "01" for b in "01"]
    law = Dist.uniform("L M X1 X2", table)
    assert dag_error(law.marginal("L X1 X2"), "X1 <- L -> X2") == 0
    assert measure(law, "I(M;X1|X2)") == measure(law, "I(M;X2|X1)") == Bits("-1 + 3/4*log2(3)")
    assert measure(law, "I(L;M|X1,X2)") == Fraction(1, 2)
    assert measure(law, form("I(M;X1,X2|L)")) == 1


def test_an_exclusive_or_needs_the_third_diagram():
    rows = [(a, b, c, str(int(a) ^ int(b))) for a in "01" for b in "01" for c in "01"]
    law = Dist.uniform("L X1 X2 M", rows)
    assert measure(law, "I(X1;X2|L)") == 0
    assert measure(law, "I(M;X1|X2)") == measure(law, "I(M;X2|X1)") == 0
    assert measure(law, "I(L;M|X1,X2)") == measure(law, "I(M;X1,X2|L)") == 1


def test_what_is_refused():
    p, q = Dist.uniform("X", "01"), Dist.uniform("Y", "01")
    with pytest.raises(UnknownVariable, match="expected two laws of the same variables, got X and"):
        kl(p, q)
    with pytest.raises(UnknownVariable, match="expected one of the variables X, got 'Y'"):
        dag_error(p, "X -> Y")


@pytest.mark.parametrize("function", [measure, evaluate])
def test_functions_without_symbols_name_the_one_that_takes_them(function):
    p = Dist.uniform("X", "01")
    with pytest.raises(InvalidInput) as caught:
        function(p, "H(X) + e")
    assert str(caught.value) == (
        "expected a form in entropies, got H(X) + e with the error symbol 'e', which has no value"
        " on a law; form('H(X) + e')(law, symbols={'e': ...}) gives it one"
    )
    assert form("H(X) + e")(p, symbols={"e": "1/2"}) == Fraction(3, 2)
