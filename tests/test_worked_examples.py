"""Worked examples of the literature, at their size, against published values and plain sums."""

import math
from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest

import natlat_sym as nl

log2 = math.log2


def entropy_given(rows):
    """H(first|second) in floats, from weights by pair."""
    total = sum(rows.values())
    columns = {}
    for (_, column), weight in rows.items():
        columns[column] = columns.get(column, 0) + weight
    shares = [(w / total, w / columns[column]) for (_, column), w in rows.items()]
    return -math.fsum(mass * log2(share) for mass, share in shares if mass and share)


def given(rows):
    law = nl.Dist.from_weights({(a, str(b)): w for (a, b), w in rows.items() if w}, "F N")
    return nl.H("F|N")(law)


# ---- a coin of unknown bias: 1000 and 1000 flips, the bias uniform ----


def test_what_two_batches_of_a_thousand_flips_share():
    # H(N1,N2) comes from P = C(n,a) C(n,b) / ((2n+1) C(2n,a+b)), where N1 and N1 + N2 are uniform.
    def shared(n):
        one = sum((nl.Bits.log2(comb(n, a)) for a in range(n + 1)), nl.Bits(0))
        both = sum((nl.Bits.log2(comb(2 * n, s)) for s in range(2 * n + 1)), nl.Bits(0))
        uniform = 2 * nl.Bits.log2(n + 1) - nl.Bits.log2(2 * n + 1)
        return uniform + one * 2 / (n + 1) - both / (2 * n + 1)

    for n in (1, 2, 5):
        cells = [(a, b) for a in range(n + 1) for b in range(n + 1)]
        whole = math.factorial(2 * n)
        law = nl.Dist.from_weights(
            {
                (str(a), str(b)): comb(n, a) * comb(n, b) * whole // comb(2 * n, a + b)
                for a, b in cells
            },
            "N1 N2",
        )
        assert nl.I("N1;N2")(law) == shared(n)
    assert f"{shared(1000):.5f}" == "3.88287"


def test_whether_the_bias_is_above_one_half():
    # Whether the bias is above 1/2: P(N=a, L>1/2) = P(Bin(n+1,1/2) <= a) / (n+1).
    n, below, rows = 1000, 0, {}
    for a in range(n + 1):
        below += comb(n + 1, a)
        rows["high", a], rows["low", a] = below, 2 ** (n + 1) - below
    assert f"{given(rows):.7f}" == "0.0411775"


# ---- a coin of two possible biases ----


def redundancy_error(tosses):
    return nl.I("L;X1|X2")(nl.zoo.laws.coin_batches(tosses))


def test_longer_batches_are_less_redundant_at_first():
    errors = [redundancy_error(n) for n in range(1, 9)]
    rising = [one < two for one, two in pairwise(errors)]
    assert rising == [True, True, True, False, False, False, False]
    assert errors[0] == nl.zoo.entry("C12").exact_values()["I(L;X1|X2)"]
    assert errors[1] == nl.zoo.entry("C12b").exact_values()["I(L;X1|X2)"]
    for n, error in enumerate(errors, 1):
        # Both batches tell what their sum tells.
        def left_open(tosses):
            rows = {}
            for k in range(tosses + 1):
                rows["1/4", k] = comb(tosses, k) * 3 ** (tosses - k)
                rows["3/4", k] = comb(tosses, k) * 3**k
            return entropy_given(rows)

        assert float(error) == pytest.approx(left_open(n) - left_open(2 * n), abs=1e-12)
    with pytest.raises(nl.InvalidInput, match="expected at least 1 toss in a batch, got 0"):
        nl.zoo.laws.coin_batches(0)


@pytest.mark.parametrize("bias", ["1/4", "1/10", "2/5"])
def test_two_tosses_of_any_bias(bias):
    law = nl.zoo.law("two-tosses").at(r=bias)
    if bias == "1/4":
        assert nl.I("L;X1|X2")(law) == redundancy_error(2)
    r = nl.Bits(bias).rational
    rows = {("low", 0): (1 - r) ** 2, ("low", 1): 2 * r * (1 - r), ("low", 2): r**2}
    rows |= {("high", 2 - k): w for (_, k), w in rows.items()}
    assert float(nl.H("L|X1")(law)) == pytest.approx(entropy_given(rows), abs=1e-12)


# ---- a path of any length ----


@pytest.mark.parametrize("points", [8, 16, 64])
def test_the_path_of_any_length_is_the_path_of_every_length(points):
    whole, family = nl.zoo.laws.path(points, 3), nl.zoo.law("path-of-any-length")
    law = family.at(t=f"1/{points}")
    for text in ("H(L|X1)", "H(L|X2)", "H(T|X2)", "H(T|L)", "H(L)", "H(T)", "I(X1;X2|L,T)"):
        if "I(" not in text:
            assert nl.form(text)(law) == nl.form(text)(whole)


def test_every_label_of_a_path_costs_its_changes_and_leaves_a_threshold_open():
    points = 6
    growths = [[0]]
    for _ in range(points - 1):
        growths = [[*labels, new] for labels in growths for new in range(max(labels) + 2)]
    assert len(growths) == 203  # all partitions of six points
    for labels in growths:
        rows = [(str(x), str(x + step), labels[x]) for x in range(points) for step in (0, 1)]
        law = nl.Dist.uniform("X1 X2 W", [(x, y, str(w)) for x, y, w in rows])
        changes = sum(one != two for one, two in pairwise(labels))
        assert nl.H("W|X2")(law) == Fraction(changes, points)
        largest = max(labels.count(w) for w in labels)
        assert largest * (changes + 1) >= points
        word = max(labels, key=labels.count)
        half = [x for x in range(points) if labels[x] == word][largest // 2]
        told = law.with_function("T", lambda x, half=half: str(int(int(x) >= half)), of="X1")
        # The largest set, halved as nearly as may be.
        parts = {"0": largest // 2, "1": largest - largest // 2}
        coin = nl.Dist.from_weights({side: size for side, size in parts.items() if size}, "A")
        assert nl.H("T|W")(told) >= nl.H("A")(coin) * Fraction(largest, points)


# ---- Harwood's coins: 32 labels, 200 and 200 tosses ----


def coins(tosses, shown=5):
    rows = {}
    for coin in range(32):
        label = format(coin, "05b")[:shown]
        for heads in range(tosses + 1):
            chance = (2 * coin + 1) ** heads * (63 - 2 * coin) ** (tosses - heads)
            cell = label, heads
            rows[cell] = rows.get(cell, 0) + comb(tosses, heads) * chance
    return rows


def test_thirty_two_coins_at_full_size():
    one, both = coins(200), coins(400)
    stochastic = given(one) - given(both)  # I(L;N1|N2)
    assert float(stochastic) == pytest.approx(entropy_given(one) - entropy_given(both), abs=1e-9)
    assert nl.Bits("47/100") < stochastic < nl.Bits("48/100")
    assert nl.Bits("179/100") < given(one) < nl.Bits("180/100")  # H(L|N2): no redund
    assert given(coins(200, shown=1)) < nl.Bits("9/100")  # its first bit is one


# ---- dice ----


def test_a_loaded_die_is_known_from_some_hundred_rolls():
    rows = {}
    for sixes in range(301):
        rows["fair", sixes] = comb(300, sixes) * 5 ** (300 - sixes)
        rows["loaded", sixes] = comb(300, sixes) * 3**300
    assert nl.Bits(0) < given(rows) < nl.Bits("1/1000000000")
