"""Shares in other sums of errors than the summed one: the trusted checker takes integer weights."""

from collections import Counter
from fractions import Fraction
from itertools import compress, product
from math import log2
from random import Random

import pytest

from natlat_sym import check


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
