"""Shares before the trusted checker: sums of errors with integer weights, and symmetries."""

from collections import Counter
from fractions import Fraction
from itertools import compress, product
from math import log2
from random import Random

import pytest

from natlat_sym import check
from natlat_sym.natural.automorphisms import automorphisms


def spread(counts):
    return sum(count * log2(count) for count in counts)


def cost(cells, block, errors):
    """Return what a block adds to the errors, straight from the formula of section 12."""

    def sums(kept):
        found = Counter()
        for key in block:
            found[tuple(key[i] for i in kept)] += cells[key]
        return spread(found.values())

    width = len(block[0])
    mediation = (width - 1) * sums(()) + sums(range(width)) - sum(sums((i,)) for i in range(width))
    return errors.mediation * mediation - sum(weight * sums(kept) for kept, weight in errors.rest)


def room(cells, shares, errors):
    """Return by how much all shares can be raised: all blocks are tried, in floats."""
    keys, total = sorted(cells), sum(cells.values())
    found = []
    for held in list(product((False, True), repeat=len(keys)))[1:]:
        block = list(compress(keys, held))
        left = cost(cells, block, errors) / total - float(sum(compress(shares, held)))
        found.append(left / len(block))
    return Fraction(min(found))


SINGLE, PAIRS = [(0,), (1,)], [(1, 2), (0, 2), (0, 1)]


@pytest.mark.parametrize(
    ("shape", "mediation", "rest"),
    [
        ((2, 4), 3, zip(SINGLE, (1, 5), strict=True)),
        ((3, 3), 0, zip(SINGLE, (2, 1), strict=True)),
        ((3, 3), 7, zip(SINGLE, (0, 0), strict=True)),
        ((3, 3), 4, [((1,), 3)]),
        ((2, 2, 2), 2, zip(PAIRS, (1, 0, 4), strict=True)),
        ((2, 2, 2), 1, [*zip(PAIRS, (1, 1, 1), strict=True), ((0,), 2), ((2,), 1)]),
        ((2, 2, 2), 5, ()),
        ((2, 2, 2), 0, [((1,), 1), ((0, 2), 1)]),
    ],
)
def test_shares_are_accepted_up_to_the_cheapest_block(shape, mediation, rest):
    dice, errors = Random(repr(shape)), check.Errors(mediation, tuple(rest))
    for _ in range(3):
        cells = {
            tuple(map(str, key)): dice.choice([1, 2, 30, 400])
            for key in product(*map(range, shape))
        }
        shares = [Fraction(dice.randint(-3000, 0), 500) for _ in cells]
        more, margin = room(cells, shares, errors), Fraction(1, 10**9)
        low = [str(share + more - margin) for share in shares]
        check.shared_least(cells, low, errors=errors)
        high = [str(share + more + margin) for share in shares]
        with pytest.raises(check.Broken) as caught:
            check.shared_least(cells, high, errors=errors)
        block = sorted(caught.value.blocks[0])
        raised = dict(zip(sorted(cells), map(Fraction, high), strict=True))
        total = sum(cells.values())
        assert cost(cells, block, errors) / total < sum(raised[key] for key in block) + 1e-12


def test_the_summed_error_has_the_weights_one():
    cells = {("0", "0"): 3, ("0", "1"): 1, ("1", "0"): 1, ("1", "1"): 3}
    shares = ["-9/4"] * 4
    low = check.shared_least(cells, shares)
    errors = check.Errors.summed(2)
    assert errors == check.Errors(1, (((1,), 1), ((0,), 1)))
    assert check.shared_least(cells, shares, errors=errors) == low
    twice = check.Errors(2, (((1,), 2), ((0,), 2)))
    assert check.shared_least(cells, ["-9/2"] * 4, errors=twice) == 2 * low


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        ((-1, (((0,), 1),)), "integer weights, none below 0"),
        ((1, (((0,), -1),)), "integer weights, none below 0"),
        ((Fraction(1, 2), (((0,), 1),)), "integer weights"),
        ((True, (((0,), 1),)), "integer weights"),
        ((0, (((0,), 0),)), "none below 0 and one above"),
        ((1, (((), 1),)), "places of features, one at least"),
        ((1, (((0, 2), 1),)), "places of features"),
    ],
)
def test_other_weights_are_refused(errors, reason):
    cells = {("0", "0"): 3, ("1", "1"): 3}
    with pytest.raises(check.Rejected, match=f"errors: expected {reason}|{reason}"):
        check.shared_least(cells, ["-9", "-9"], errors=check.Errors(*errors))


# ---- symmetries ----

EVEN = {(str(r), str(c)): 9 if r == c else 2 for r, c in product(range(3), repeat=2)}
COINS = {key: [20, 3, 3, 5][key.count("1")] for key in product("01", repeat=3)}
TURNED = {(str(r), str(c)): [9, 3, 1][(c - r) % 3] for r, c in product(range(3), repeat=2)}


def symmetries_of(cells):
    keys = sorted(cells)
    columns = [[int(key[k]) for key in keys] for k in range(len(keys[0]))]
    return [list(move) for move in automorphisms([cells[key] for key in keys], columns)[0]]


def images(block, keys, moves):
    """All sets that permutations take a block to."""
    found = {frozenset(block)}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        new = {frozenset(keys[move[keys.index(key)]] for key in here) for move in moves} - found
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("cells", [EVEN, COINS, TURNED], ids=["even", "coins", "turned"])
@pytest.mark.parametrize("reach", [Fraction(1, 50), Fraction(1, 5), Fraction(2)])
def test_a_symmetry_takes_each_cheap_block_to_one_that_is_listed(cells, reach):
    keys, total, moves = sorted(cells), sum(cells.values()), symmetries_of(cells)
    assert moves
    orbits = {key: images([key], keys, moves) for key in keys}
    level = {frozenset(orbit): Random(len(orbit)).random() for orbit in orbits.values()}
    errors = check.Errors.summed(len(keys[0]))
    shares = [Fraction(-level[frozenset(orbits[key])]).limit_denominator(100) for key in keys]
    shares = [share + room(cells, shares, errors) for share in shares]
    texts = [str(share.limit_denominator(10**9) - Fraction(1, 10**8)) for share in shares]
    whole = check.near_blocks(cells, texts, reach=reach, most=1 << 9)
    some = check.near_blocks(cells, texts, reach=reach, most=1 << 9, symmetries=moves)
    assert len(some) < len(whole) or len(whole) < 2
    listed = set().union(*(images(block, keys, moves) for block in some))
    assert listed <= set(map(frozenset, whole))
    for held in list(product((False, True), repeat=len(keys)))[1:]:
        block = list(compress(keys, held))
        spent = float(sum(Fraction(text) for text in compress(texts, held)))
        if cost(cells, block, errors) / total < spent + float(reach) - 1e-9:
            assert frozenset(block) in listed
    assert check.shared_least(cells, texts) == check.shared_least(cells, texts, symmetries=moves)


def test_a_cheap_block_is_seen_whatever_the_symmetries():
    keys, moves = sorted(EVEN), symmetries_of(EVEN)
    with pytest.raises(check.Broken) as caught:
        check.shared_least(EVEN, ["9"] * 9, symmetries=moves)
    assert set(caught.value.blocks[0]) <= set(keys)


@pytest.mark.parametrize(
    ("moves", "reason"),
    [
        ("012345678", "expected a list"),
        ([3], "expected a list"),
        ([[0, 1, 2]], "expected the places 0 to 8 in some order"),
        ([[0, 1, 2, 3, 4, 5, 6, 7, 7]], "expected the places 0 to 8"),
        ([[False, True, 2, 3, 4, 5, 6, 7, 8]], "expected the places 0 to 8"),
        ([[0.0, 1, 2, 3, 4, 5, 6, 7, 8]], "expected the places 0 to 8"),
        ([[1, 0, 2, 3, 4, 5, 6, 7, 8]], "one changes the counts, the shares or the features"),
        # counts stay, values of X do not: (0, 1) and (1, 2) are exchanged
        ([[0, 5, 2, 3, 4, 1, 6, 7, 8]], "one changes the counts, the shares or the features"),
    ],
)
def test_what_is_no_symmetry_is_refused(moves, reason):
    with pytest.raises(check.Rejected, match=reason):
        check.shared_least(EVEN, ["-9"] * 9, symmetries=moves)


def test_symmetries_must_keep_the_shares():
    moves = symmetries_of(EVEN)
    assert check.shared_least(EVEN, ["-9"] * 9, symmetries=moves) < 0
    with pytest.raises(check.Rejected, match="one changes the counts, the shares"):
        check.shared_least(EVEN, ["-9"] * 8 + ["-8"], symmetries=moves)


def test_symmetries_must_keep_each_sum_of_errors():
    # X and Y may be exchanged in the summed error, not where only H(g|X) counts
    other = [[0, 3, 6, 1, 4, 7, 2, 5, 8]]
    assert check.shared_least(EVEN, ["-9"] * 9, symmetries=other) < 0
    one = check.Errors(1, (((0,), 1),))
    with pytest.raises(check.Rejected, match="one changes the counts, the shares"):
        check.shared_least(EVEN, ["-9"] * 9, errors=one, symmetries=other)
