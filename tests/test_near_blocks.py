"""The blocks that cost less than their shares and a little more: none of all is left out."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from math import log2
from random import Random

import pytest

from natlat_sym import check

MARGIN = Fraction(1, 10**9)  # the costs here are floats


def costs(law):
    """What each block costs, in bits, straight from the formula of section 12."""
    keys, total, width = sorted(law), sum(law.values()), len(next(iter(law)))

    def logs(block, places):
        sums = Counter()
        for key in block:
            sums[tuple(key[place] for place in places)] += law[key]
        return sum(count * log2(count) for count in sums.values()) / total

    rest = [[j for j in range(width) if j != i] for i in range(width)]
    return {
        block: (width - 1) * logs(block, [])
        + logs(block, range(width))
        - sum(logs(block, [i]) + logs(block, rest[i]) for i in range(width))
        for size in range(1, len(keys) + 1)
        for block in combinations(keys, size)
    }


def connected(block):
    seen, left = [block[0]], set(block[1:])
    for key in seen:
        near = [other for other in left if any(map(str.__eq__, key, other))]
        seen += near
        left -= set(near)
    return not left


@pytest.mark.parametrize("seed", range(12))
def test_all_blocks_by_brute_force(seed):
    dice = Random(seed)
    width, size = (2, 3, 2, 4)[seed % 4], (7, 8, 11, 9)[seed % 4]
    cells = list(product("abcd"[: 2 if width > 2 else 4], repeat=width))
    keys = sorted(dice.sample(cells, min(size, len(cells))))
    law = {key: dice.choice([1, 2, 3, 40]) for key in keys[1:]} | {keys[0]: 1}
    cost = costs(law)
    joined = {frozenset(block) for block in cost if connected(block)}
    for reach in (Fraction(0), Fraction(1, 10), Fraction(1)):
        shares = {key: Fraction(cost[key,]) - Fraction(dice.randint(1, 60), 100) for key in keys}
        dear = {frozenset(b): value - sum(map(shares.get, b)) for b, value in cost.items()}
        low = {block for block, value in dear.items() if value < reach - MARGIN}
        high = {block for block, value in dear.items() if value < reach + MARGIN}
        texts = [str(shares[key]) for key in keys]
        found = check.near_blocks(law, texts, reach=reach, most=1 << len(keys))
        assert low & joined <= set(map(frozenset, found)) <= high
        assert len(set(map(frozenset, found))) == len(found)
        if found:
            with pytest.raises(check.Broken) as caught:
                check.near_blocks(law, texts, reach=reach, most=len(found) - 1)
            assert set(map(frozenset, caught.value.blocks)) <= high


def test_what_is_refused():
    law = {(a, b): 1 + (a == b) for a, b in product("abc", repeat=2)}
    texts = ["0"] * 9
    with pytest.raises(check.Rejected, match="not shown with so many cases"):
        check.near_blocks(law, texts, 9 * 4 * 20, None, Fraction(1), 600)
    with pytest.raises(check.Rejected, match="places of features, one at least"):
        check.shared_least({("a",): 1, ("b",): 1}, ["0", "0"])
