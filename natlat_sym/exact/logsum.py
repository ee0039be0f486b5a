"""Sums of rational multiples of log2 of integers, before and after the normal form.

A raw sum is a mapping of denominator to integer coefficients of integers,
``{d: {a: k}}`` for sum of k/d * log2(a): entropies arrive in this shape, and adding them is integer
work.  The normal form is a rational and pairwise coprime odd integers with rational coefficients.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd

from natlat_sym.exact import sieve
from natlat_sym.exact.coprime import refine
from natlat_sym.exact.integers import SMALL, Effort, perfect_root, split

Raw = Mapping[int, Mapping[int, int]]
Atoms = tuple[tuple[int, Fraction], ...]


def combine(parts: Iterable[tuple[int | Fraction, Raw]]) -> dict[int, dict[int, int]]:
    """Return the weighted sum of raw sums, coefficients of equal integers added.

    Parameters
    ----------
    parts : iterable of (rational, raw sum)
        Weights and what they multiply.

    Returns
    -------
    dict
        A raw sum without zero coefficients.

    Examples
    --------
    >>> combine([(1, {2: {3: 1}}), (Fraction(1, 2), {1: {3: 1, 5: 4}})])
    {2: {3: 2, 5: 4}}
    """
    total: dict[int, dict[int, int]] = {}
    for weight, raw in parts:
        for den, terms in raw.items():
            top, bottom = weight.numerator, weight.denominator * den
            common = gcd(top, bottom)
            top //= common
            into = total.setdefault(bottom // common, {})
            for atom, k in terms.items():
                into[atom] = into.get(atom, 0) + top * k
    cleaned = {den: {a: k for a, k in terms.items() if k} for den, terms in total.items()}
    return {den: terms for den, terms in cleaned.items() if terms}


def is_small(raw: Raw, limit: int = sieve.LIMIT) -> bool:
    """Tell whether the normal form is cheap: every integer below a limit.

    Parameters
    ----------
    raw : raw sum
        Without zero coefficients.
    limit : int
        By default that of the sieve.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_small({1: {10: 1}}), is_small({1: {10**9: 1}})
    (True, False)
    """
    return all(max(terms) < limit for terms in raw.values())


def normal_form(raw: Raw) -> tuple[Fraction, Atoms]:
    """Return the normal form of a raw sum.

    Parameters
    ----------
    raw : raw sum
        Without zero coefficients.

    Returns
    -------
    (Fraction, tuple of (int, Fraction))
        The rational part, and odd pairwise coprime integers above 1, ascending, with non-zero
        coefficients: primes where factoring is cheap.  The sum is rational exactly when there is
        no atom, because logarithms of pairwise coprime integers above 1 are independent.

    Examples
    --------
    >>> normal_form({4: {12: 1, 9: 2}})
    (Fraction(1, 2), ((3, Fraction(5, 4)),))
    """
    primes, rest = _factored(raw)
    if rest:
        # Cofactors have no prime below SMALL: those primes need no gcd.
        tiny = {p: c for p, c in primes.items() if p < SMALL}
        large = {p: c for p, c in primes.items() if p >= SMALL}
        primes = tiny | _reduced(refine(large, _roots(rest)), known=large.keys() | rest.keys())
    rational = primes.pop(2, Fraction(0))
    return rational, tuple(sorted((a, c) for a, c in primes.items() if c))


def prime_form(raw: Raw) -> dict[int, dict[int, int]] | None:
    """Return a raw sum over one denominator as one of primes alone: its normal form in integers.

    Parameters
    ----------
    raw : raw sum
        Integer coefficients by denominator.

    Returns
    -------
    dict or None
        Without zero coefficients; None when there are more denominators or a factor resists.

    Examples
    --------
    >>> prime_form({4: {12: 1, 9: 2}})
    {4: {3: 5, 2: 2}}
    """
    if len(raw) != 1:
        return None
    ((den, terms),) = raw.items()
    found, left = _factored_terms(terms, Effort())
    if left:
        return None
    kept = {p: k for p, k in found.items() if k}
    return {den: kept} if kept else {}


def as_fractions(raw: Raw) -> tuple[Fraction, Atoms]:
    """Return the normal form whose raw sum this is.

    Parameters
    ----------
    raw : raw sum
        Of pairwise coprime integers; every one but 2 below a single denominator.

    Returns
    -------
    (Fraction, tuple of (int, Fraction))
        As `normal_form`.

    Examples
    --------
    >>> as_fractions({4: {3: 5, 2: 2}})
    (Fraction(1, 2), ((3, Fraction(5, 4)),))
    """
    rational = Fraction(0)
    atoms: list[tuple[int, Fraction]] = []
    for den, terms in raw.items():
        rational += Fraction(terms.get(2, 0), den)
        atoms += [(a, Fraction(k, den)) for a, k in terms.items() if a != 2]
    return rational, tuple(sorted(atoms))


def as_raw(rational: Fraction, atoms: Atoms) -> dict[int, dict[int, int]]:
    """Return a normal form as a raw sum.

    Parameters
    ----------
    rational : Fraction
        The rational part.
    atoms : tuple of (int, Fraction)
        Integers inside log2, ascending, with their coefficients.

    Returns
    -------
    dict

    Examples
    --------
    >>> as_raw(Fraction(1, 2), ((3, Fraction(5, 4)),))
    {2: {2: 1}, 4: {3: 5}}
    """
    raw: dict[int, dict[int, int]] = {}
    for atom, c in ((2, rational), *atoms):
        if c:
            raw.setdefault(c.denominator, {})[atom] = c.numerator
    return raw


def _factored(raw: Raw) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    primes: dict[int, list[Fraction]] = {}
    rest: dict[int, list[Fraction]] = {}
    effort = Effort()
    for den, terms in raw.items():
        found, left = _factored_terms(terms, effort)
        for target, sums in ((primes, found), (rest, left)):
            for atom, k in sums.items():
                if k:
                    target.setdefault(atom, []).append(Fraction(k, den))
    return _added(primes), _added(rest)


def _factored_terms(
    terms: Mapping[int, int], effort: Effort
) -> tuple[dict[int, int], dict[int, int]]:
    small = {a: k for a, k in terms.items() if a < sieve.LIMIT}
    found: dict[int, int] = {}
    left: dict[int, int] = {}
    if small and sieve.worthwhile(len(small), max(small)):
        found = sieve.prime_sums(small)
        terms = {a: k for a, k in terms.items() if a >= sieve.LIMIT}
    for atom in sorted(terms):
        k = terms[atom]
        primes, cofactors = split(atom, effort)
        for factor, exponent in primes.items():
            found[factor] = found.get(factor, 0) + k * exponent
        for factor, exponent in cofactors.items():
            left[factor] = left.get(factor, 0) + k * exponent
    return found, left


def _added(lists: dict[int, list[Fraction]]) -> dict[int, Fraction]:
    return {atom: _total(values) for atom, values in lists.items()}


def _total(values: list[Fraction]) -> Fraction:
    """Return a sum by halves, so that long denominators meet late."""
    while len(values) > 1:
        values = [sum(values[i : i + 2], Fraction(0)) for i in range(0, len(values), 2)]
    return values[0]


def _roots(terms: Mapping[int, Fraction]) -> dict[int, Fraction]:
    roots: dict[int, Fraction] = {}
    for n, c in terms.items():
        root, power = perfect_root(n, least=SMALL)
        roots[root] = roots.get(root, Fraction(0)) + c * power
    return roots


def _reduced(terms: Mapping[int, Fraction], known: Iterable[int]) -> dict[int, Fraction]:
    """Factor the pieces that gcds have brought out; factors of coprime pieces stay coprime."""
    seen = set(known)
    result: dict[int, Fraction] = {}
    effort = Effort()
    for n, c in terms.items():
        if n in seen:
            result[n] = c
            continue
        for powers in split(n, effort):
            for factor, exponent in powers.items():
                root, power = perfect_root(factor, least=SMALL)
                result[root] = c * exponent * power
    return result
