"""Factoring, coprime bases and the sieve, against sympy and against their definitions."""

import random
from fractions import Fraction
from itertools import combinations
from math import gcd, prod

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym.errors import InvalidInput
from natlat_sym.exact import sieve
from natlat_sym.exact.coprime import coprime_base, refine
from natlat_sym.exact.integers import (
    CERTIFIED,
    Effort,
    integer_root,
    is_prime,
    perfect_root,
    primes_below,
    split,
)
from natlat_sym.exact.logsum import combine, normal_form

# Primes of 300 digits, the next ones after 10**299 and 2*10**299 (sympy.nextprime).
P300 = 10**299 + 669
Q300 = 2 * 10**299 + 1347


def value(primes, leftover):
    return prod(n**e for part in (primes, leftover) for n, e in part.items())


def pairwise_coprime(numbers):
    return all(gcd(a, b) == 1 for a, b in combinations(numbers, 2))


def test_primes_below():
    assert list(primes_below(10_000)) == list(sympy.primerange(10_000))
    assert primes_below(2) == ()


def test_is_prime_agrees_with_sympy():
    assert [n for n in range(-3, 5000) if is_prime(n)] == list(sympy.primerange(5000))
    near = [2**k + d for k in (20, 32, 40, 61, 64, 80) for d in range(-40, 41)]
    assert [is_prime(n) for n in near] == [sympy.isprime(n) for n in near]


@pytest.mark.parametrize(
    "n",
    [
        561,
        1373653,
        3215031751,
        3825123056546413051,
        318665857834031151167461,
        CERTIFIED,
    ],
)
def test_strong_pseudoprimes_to_few_bases(n):
    # Least strong pseudoprimes to the first k primes; from 13 bases on they pass, and only
    # numbers below are ever trusted as primes.
    assert not sympy.isprime(n)
    assert is_prime(n) is (n >= CERTIFIED)


@given(st.integers(1, 2**32 - 1))
def test_below_two_to_the_32_everything_is_factored(n):
    primes, leftover = split(n)
    assert leftover == {}
    assert primes == sympy.factorint(n)


@pytest.mark.parametrize("p", [65521, 65519, 1031, 1021, 32749])
def test_semiprimes_below_two_to_the_32(p):
    assert split(p * 65521) == (
        ({p: 1, 65521: 1}, {}) if p != 65521 else ({65521: 2}, {})
    )  # 65521 is the largest prime below 2**16


@settings(max_examples=60)
@given(st.integers(2**32, 2**90))
def test_split_is_a_coprime_factorisation(n):
    primes, leftover = split(n)
    assert value(primes, leftover) == n
    assert all(sympy.isprime(p) for p in primes)
    assert pairwise_coprime([*primes, *leftover])


def test_split_without_effort_keeps_exact_pieces():
    n = 4294967311 * 4294967357 * 9
    primes, leftover = split(n, Effort(0))
    assert primes == {3: 2}
    assert leftover == {4294967311 * 4294967357: 1}
    assert split(n)[0] == {3: 2, 4294967311: 1, 4294967357: 1}


def test_split_of_a_600_digit_product_gives_up_at_once():
    assert sympy.isprime(P300)
    assert split(12 * P300 * Q300) == ({2: 2, 3: 1}, {P300 * Q300: 1})


def test_split_finds_powers_of_what_it_cannot_factor():
    assert split(P300**6 * 5) == ({5: 1}, {P300: 6})


@pytest.mark.parametrize("n", [0, -4])
def test_split_refuses(n):
    with pytest.raises(InvalidInput, match=f"expected a positive integer to factor, got {n}"):
        split(n)


@given(st.integers(2, 10**9), st.integers(1, 12))
def test_perfect_roots(base, power):
    root, found = perfect_root(base**power)
    assert root**found == base**power
    assert found % power == 0
    expected = sympy.perfect_power(base**power)
    assert (root, found) == (expected or (base**power, 1))


@given(st.integers(0, 10**60), st.integers(1, 40))
def test_integer_roots(n, k):
    root = integer_root(n, k)
    assert root**k <= n < (root + 1) ** k


positive = st.lists(st.integers(1, 10**6), max_size=12)


@given(positive)
def test_coprime_base_divides_all(numbers):
    base = coprime_base(numbers)
    assert pairwise_coprime(base)
    assert all(b > 1 for b in base)
    for n in numbers:
        for b in base:
            while n % b == 0:
                n //= b
        assert n == 1


def test_coprime_base_refuses():
    with pytest.raises(InvalidInput, match="expected positive integers, got 0"):
        coprime_base([3, 0])


coefficient = st.integers(-3, 3).map(Fraction)


@given(st.dictionaries(st.integers(1, 5000), coefficient, max_size=10))
def test_refining_keeps_the_product(terms):
    found = refine({}, terms)
    assert pairwise_coprime(found)
    assert all(found.values())
    assert prod(Fraction(n) ** c.numerator for n, c in found.items()) == prod(
        Fraction(n) ** c.numerator for n, c in terms.items()
    )


def test_refining_many_against_known_primes():
    primes = list(sympy.primerange(2000, 9000))
    known = {p: Fraction(1) for p in primes}
    others = {p * q: Fraction(-1) for p, q in zip(primes[::2], primes[1::2], strict=False)}
    expected = {p: Fraction(1) for p in primes[2 * len(others) :]}
    assert refine(known, others) == expected


def test_refining_random_products_of_hidden_primes():
    rng = random.Random(5)
    hidden = [sympy.nextprime(10**40 + rng.randrange(10**39)) for _ in range(30)]
    terms = {}
    truth = dict.fromkeys(hidden, Fraction(0))
    for _ in range(60):
        chosen = rng.sample(hidden, 3)
        c = Fraction(rng.randrange(-5, 6))
        terms[prod(chosen)] = c
        for p in chosen:
            truth[p] += c
    found = refine({}, terms)
    assert pairwise_coprime(found)
    for p in hidden:
        assert sum(c for n, c in found.items() if n % p == 0) == truth[p]


def exponents(terms):
    total = {}
    for n, k in terms.items():
        for p, e in sympy.factorint(n).items():
            total[p] = total.get(p, 0) + k * e
    return {p: k for p, k in total.items() if k}


@given(st.dictionaries(st.integers(1, 3000), st.integers(-(10**40), 10**40), min_size=1))
def test_sieve_sums_are_exact_for_any_coefficients(terms):
    assert sieve.prime_sums(terms) == exponents(terms)


@pytest.mark.parametrize("size", [2**56, 2**62, 2**63 - 1, 2**63, 2**64, 2**126])
def test_sieve_sums_do_not_wrap(size):
    # Powers of two and of three make the largest exponents: 23 * size per term.
    terms = {2**23: size, 2**22: size, 3**15: -size, 5: -size, 7: size - 1}
    expected = {2: 45 * size, 3: -15 * size, 5: -size, 7: size - 1}
    assert sieve.prime_sums(terms) == expected


def test_sieve_and_factoring_agree():
    rng = random.Random(3)
    terms = {rng.randrange(1, 2**24): rng.randrange(-99, 99) for _ in range(400)}
    slow = {}
    for n, k in terms.items():
        for p, e in split(n)[0].items():
            slow[p] = slow.get(p, 0) + k * e
    assert sieve.prime_sums(terms) == {p: k for p, k in slow.items() if k}
    assert sieve.worthwhile(400, 2**16)
    assert not sieve.worthwhile(400, 2**24)


def test_a_piece_that_gcds_bring_out_is_factored():
    n = (10**30 + 57) * 1009 * 1000003  # the prime 1009 is below 1024, 10**30 + 57 is prime
    rational, atoms = normal_form({1: {n * P300: 1, P300: -1}})
    assert rational == 0
    assert atoms == ((1009, 1), (1000003, 1), (10**30 + 57, 1))


def test_normal_form_drops_what_cancels():
    raw = combine(
        [(1, {1: {P300 * Q300: 3}}), (-3, {1: {P300: 1}}), (Fraction(-3), {1: {Q300: 1}})]
    )
    assert normal_form(raw) == (0, ())


def test_normal_form_of_nothing():
    assert normal_form({}) == (0, ())
    assert normal_form({3: {1: 5, 4: 2}}) == (Fraction(4, 3), ())
