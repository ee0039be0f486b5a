"""Certified ratios between functions of the features and a stochastic latent."""

import json
import runpy
from collections import Counter
from fractions import Fraction
from itertools import combinations, compress, product
from math import gcd, log2
from pathlib import Path
from random import Random

import pytest

from natlat_sym import (
    Bits,
    CertificateRejected,
    Dist,
    InexactInput,
    InvalidInput,
    ProofError,
    best_latent,
    best_summed_latent,
    check,
    form,
    gap,
)
from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.gapshares import walked_shares
from natlat_sym.search.shares import block_shares

SCORE = form("I(X;Y|L) + I(L;X|Y) + I(L;Y|X)")


def random_law(seed):
    dice = Random(seed)
    weights = {}
    for x in "012"[: dice.choice([2, 3])]:
        for y in "01":
            for label in "ab":
                weights[x, y, label] = dice.randint(0, 12)
    return Dist.from_weights(weights, "X Y L")


@pytest.mark.parametrize("seed", range(15))
def test_the_checker_knows_the_least_function(seed):
    """The factor just below the exact one is accepted, the one just above is not."""
    law = random_law(seed)
    least, score = best_latent(law, ["X", "Y"]).score, SCORE(law)
    if not least or not score:
        return
    low, high = least.bounds(30), score.bounds(30)
    ratio = Fraction(low[0] / high[1]).limit_denominator(10**9)
    below, above = ratio - Fraction(1, 10**6), ratio + Fraction(1, 10**6)
    assert gap(law, "L", below).ratio == below
    with pytest.raises(ProofError, match="not shown by these bounds"):
        gap(law, "L", above)


def test_three_features():
    rows = ["000", "001", "010", "111", "110"]
    law = Dist.uniform("X1 X2 X3 L", [(*row, "c") for row in rows])
    least = best_latent(law, ["X1", "X2", "X3"]).score
    constant = form("TC(X1;X2;X3)")(law)
    ratio = Fraction(least.bounds(20)[0] / constant.bounds(20)[1]).limit_denominator(10**6)
    assert 0 < ratio <= 1
    below = ratio - Fraction(1, 10**4)
    assert gap(law, "L", below).ratio == below
    with pytest.raises(ProofError):
        gap(law, "L", ratio + Fraction(1, 10**4))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"ratio": "2"}, "ratio: not shown"),
        ({"ratio": "-1"}, "ratio: must be above 0"),
        ({"ratio": "0"}, "ratio: must be above 0"),
        ({"ratio": 1}, "ratio: expected a rational"),
        ({"features": ["X"]}, "features: expected two to eight"),
        ({"features": ["X", "X"]}, "features: expected those of the law"),
        ({"features": ["X", "Z"]}, "features: expected those of the law"),
        ({"features": "XY"}, "features: expected a list"),
        ({"latent": "X"}, "features: expected those of the law"),
        ({"latent": ["L"]}, "features: expected two to eight"),
    ],
)
def test_other_certificates_are_refused(change, reason):
    data = json.loads(gap(random_law(1), "L", "1/1000").certificate.text)
    members = {k: v for k, v in data.items() if k not in ("format", "kind", "digest")}
    with pytest.raises(CertificateRejected, match=reason):
        Certificate.seal("gap", **{**members, **change})


def twelve():
    dice = Random(7)
    table = {}
    for x in "012":
        for y in "0123":
            for label in "ab":
                near = (x == y) == (label == "a")
                table[x, y, label] = dice.randint(1, 40) if near else dice.randint(1, 4)
    return Dist.from_weights(table, "X Y L")


def test_shares_come_within_a_millionth():
    """The linear program over blocks is tight here, and the checker needs no partition."""
    law = twelve()
    least, score = best_latent(law, ["X", "Y"]).score, SCORE(law)
    ratio = Fraction(least.bounds(30)[0] / score.bounds(30)[1]).limit_denominator(10**9)
    found = gap(law, "L", ratio - Fraction(1, 10**5))
    assert "shares" in found.certificate.data
    with pytest.raises(ProofError, match="not shown by these bounds"):
        gap(law, "L", ratio + Fraction(1, 10**6))


@pytest.mark.parametrize("seed", range(6))
def test_shares_bound_every_partition(seed):
    """On six outcomes: accepted shares sum to at most the least error of all functions."""
    law = random_law(seed)
    cells = {tuple(map(str, o)): w for o, w in law.marginal("X Y").weights().items()}
    columns = [[int(key[place]) for key in sorted(cells)] for place in (0, 1)]
    shares = block_shares([cells[key] for key in sorted(cells)], columns, columns)
    low = check.shared_least(cells, [str(share) for share in shares])
    least = best_latent(law, ["X", "Y"]).score
    assert low <= least.bounds(20)[1]
    for place in range(len(shares)):
        raised = list(shares)
        raised[place] += Fraction(1, 10)
        with pytest.raises(check.Rejected, match="costs less than its shares"):
            check.shared_least(cells, [str(share) for share in raised])


def spread(values):
    return sum(value * log2(value) for value in values)


def room(cells, shares):
    """Return by how much all shares can be raised: all blocks are tried, in floats."""
    keys, total, width = sorted(cells), sum(cells.values()), len(next(iter(cells)))
    found = []
    for held in list(product((False, True), repeat=len(keys)))[1:]:
        block = list(compress(keys, held))
        cost = (width - 1) * spread([sum(cells[key] for key in block)])
        cost += spread(cells[key] for key in block)
        for i, rest in product(range(width), (False, True)):
            sums = Counter()
            for key in block:
                sums[key[:i] + key[i + 1 :] if rest else key[i]] += cells[key]
            cost -= spread(sums.values())
        found.append((cost / total - float(sum(compress(shares, held)))) / len(block))
    return Fraction(min(found))


@pytest.mark.parametrize("shape", [(2, 4), (3, 3), (2, 2, 2)])
@pytest.mark.parametrize("seed", range(6))
def test_shares_are_accepted_up_to_the_cheapest_block(seed, shape):
    dice = Random(seed)
    cells = {
        tuple(map(str, key)): dice.choice([1, 2, 30, 400]) for key in product(*map(range, shape))
    }
    shares = [Fraction(dice.randint(-3000, 0), 500) for _ in cells]
    more, margin = room(cells, shares), Fraction(1, 10**9)
    check.shared_least(cells, [str(share + more - margin) for share in shares])
    with pytest.raises(check.Rejected, match="costs less than its shares"):
        check.shared_least(cells, [str(share + more + margin) for share in shares])


def spread_and_rest(law, block):
    """What a block costs, in exact amounts and straight from the formula of section 12."""

    def logs(places):
        sums = Counter()
        for key in block:
            sums[tuple(key[place] for place in places)] += law[key]
        return Bits.total(count * Bits.log2(count) for count in sums.values())

    width = len(block[0])
    rest = [[j for j in range(width) if j != i] for i in range(width)]
    cost = (width - 1) * logs([]) + logs(range(width))
    return cost - Bits.total([logs([i]) for i in range(width)] + [logs(r) for r in rest])


@pytest.mark.parametrize("seed", range(8))
def test_the_checker_finds_the_broken_block_or_there_is_none(seed):
    """All blocks of a few outcomes by brute force, for shares just below what some block costs."""
    dice = Random(seed)
    width = dice.choice([2, 2, 3])
    keys = sorted(dice.sample(list(product("abc", repeat=width)), 7))
    law = {key: dice.randint(1, 9) for key in keys}
    law = {key: weight // gcd(*law.values()) for key, weight in law.items()}
    total = sum(law.values())
    blocks = [b for size in range(1, 8) for b in combinations(keys, size)]
    costs = {block: spread_and_rest(law, block) for block in blocks}
    for _ in range(6):
        shares = {key: costs[key,].bounds(9)[0] / total for key in keys}
        shares = {key: share - Fraction(dice.randint(1, 40), 100) for key, share in shares.items()}
        broken = [b for b in blocks if costs[b] < total * sum(shares[key] for key in b)]
        texts = [str(shares[key]) for key in keys]
        if broken:
            with pytest.raises(check.Broken) as caught:
                check.shared_least(law, texts)
            assert [tuple(sorted(block)) in broken for block in caught.value.blocks] == [True]
        else:
            assert check.shared_least(law, texts) is not None


def test_parts_without_a_common_value_are_checked_one_by_one():
    """Forty 2 x 2 tables side by side: the sum of their bounds, in few steps."""
    one = {("0", "0"): 3, ("0", "1"): 1, ("1", "0"): 1, ("1", "1"): 3}
    shares = block_shares([3, 1, 1, 3], [[0, 0, 1, 1], [0, 1, 0, 1]], [[0, 1, 0, 1], [0, 0, 1, 1]])
    law = {(f"{k:02}{x}", f"{k:02}{y}"): w for k in range(40) for (x, y), w in one.items()}
    wide = [str(share / 40) for share in shares] * 40
    size = 2 * 2 * len(law)
    single = check.shared_least(one, [str(share) for share in shares])
    assert 0 < single - Fraction(1, 10**30) < check.shared_least(law, wide, 1_000 * size)
    with pytest.raises(check.Rejected, match="not shown with so many cases"):
        check.shared_least(law, wide, 30 * size)


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        (lambda held: held[:-1], "shares: expected one for each outcome"),
        (lambda held: [str(Fraction(held[0]) + 1), *held[1:]], "costs less than its shares"),
        (lambda held: [str(Fraction(held[0]) - 1), *held[1:]], "ratio: not shown"),
        (lambda held: held[::-1], "costs less than its shares|not shown"),
        (lambda held: ["0.5", *held[1:]], r"shares\[0\]: expected a rational"),
        (lambda held: "1", "shares: expected a list"),
    ],
)
def test_other_shares_are_refused(shares, reason):
    data = json.loads(gap(twelve(), "L", "1/1000").certificate.text)
    data["ratio"] = "1/2"
    members = {k: v for k, v in data.items() if k not in ("format", "kind", "digest")}
    with pytest.raises(CertificateRejected, match=reason):
        Certificate.seal("gap", **{**members, "shares": shares(members["shares"])})


PROOFS = Path(__file__).resolve().parent.parent / "proofs"


def no_solver(*_):
    raise RuntimeError("a linear program was solved")


def test_the_stored_certificates_need_no_linear_program(monkeypatch):
    """Another solver, or none, leaves every byte as it is."""
    monkeypatch.setattr("natlat_sym.search.shares.linear_program", no_solver)
    with pytest.raises(RuntimeError, match="a linear program was solved"):
        gap(twelve(), "L", "1/1000")
    results = runpy.run_path(str(PROOFS / "p14_price_of_determinism.py"))["RESULTS"]
    for name in (
        "known-gap",
        "higher-gap",
        "four-by-four-gap",
        "twelve-by-twelve-gap",
        "known-floor",
    ):
        stored = (PROOFS / "certificates" / f"P14.{name}.json").read_bytes()
        assert results[name].certificate.text.encode() == stored
    assert "shares" in results["four-by-four-gap"].certificate.data


def test_given_shares_are_checked_and_kept(monkeypatch):
    proposed = gap(twelve(), "L", "1/1000").certificate
    shares = [Fraction(text) for text in proposed.data["shares"]]
    monkeypatch.setattr("natlat_sym.search.shares.linear_program", no_solver)
    assert gap(twelve(), "L", "1/1000", shares=shares).certificate.text == proposed.text
    lowered = [shares[0] - Fraction(1, 1000), *shares[1:]]
    other = gap(twelve(), "L", "1/1000", shares=map(str, lowered)).certificate
    assert [Fraction(text) for text in other.data["shares"]] == lowered
    raised = [shares[0] + Fraction(1, 10), *shares[1:]]
    with pytest.raises(ProofError, match="a block costs less than its shares"):
        gap(twelve(), "L", "1/1000", shares=raised)
    with pytest.raises(ProofError, match="ratio: not shown"):
        gap(twelve(), "L", "1/2", shares=[share - 1 for share in shares])
    with pytest.raises(InvalidInput, match=r"expected 12 shares, .*, got 11"):
        gap(twelve(), "L", "1/1000", shares=shares[1:])
    with pytest.raises(InexactInput, match="share"):
        gap(twelve(), "L", "1/1000", shares=map(float, shares))


def eighteen():
    """Two noisy readings of a label, six and three values, with little noise at the ends."""
    row = (0, 1, 2, 4, 9, 40)
    table = {}
    for x in range(6):
        for y in range(3):
            table[str(x), str(y), "a"] = 1 + row[5 - x] * row[5 - y]
            table[str(x), str(y), "b"] = 1 + row[x] * row[y]
    return Dist.from_weights(table, "X Y L")


def test_shares_are_proposed_above_sixteen_outcomes():
    """A law of 18 outcomes; the best function is known from another search, exactly."""
    law, said = eighteen(), []
    least, score = best_summed_latent(law, ["X", "Y"]).score, SCORE(law)
    ratio = Fraction(least.bounds(30)[0] / score.bounds(30)[1]).limit_denominator(10**9)
    found = gap(law, "L", ratio - Fraction(1, 10**4), progress=said.append)
    assert len(found.certificate.data["shares"]) == 18
    assert said[0] == "18 outcomes: a good partition by merging and moving"
    assert said[-1].startswith("the checker looks for blocks that cost less than their shares")
    again = gap(law, "L", found.ratio, shares=found.certificate.data["shares"])
    assert again.certificate.text == found.certificate.text
    with pytest.raises(ProofError, match=r"times the summed error of L: \S+ bits are needed"):
        gap(law, "L", ratio + Fraction(1, 10**4))


def test_blocks_that_the_checker_finds_repair_the_shares(monkeypatch):
    """Without rounds of the walk the first proposal is broken, and what is found mends it."""
    dice, said = Random(4), []
    cells = {(str(x), str(y)): dice.randint(1, 9) ** 2 for x in range(6) for y in range(3)}
    law = Dist.from_weights(cells, "X Y")
    monkeypatch.setattr("natlat_sym.certified.gapshares.ROUNDS", 0)
    monkeypatch.setattr("natlat_sym.certified.gapshares.MORE", 0)
    needed = best_summed_latent(law).score.bounds(9)[0] - Fraction(1, 10**5)
    shares = walked_shares(law, float(needed), said.append)
    assert said[-1].endswith("turn 3")
    assert check.shared_least(cells, [str(share) for share in shares]) > needed - Fraction(1, 10**8)


def test_outcomes_that_a_symmetry_exchanges_get_equal_shares():
    """Both features read the label alike, and the labels are alike: a law of 25 outcomes."""
    row = (40, 9, 4, 2, 1)
    table = {}
    for x, y in product(range(5), repeat=2):
        table[str(x), str(y), "a"] = row[x] * row[y]
        table[str(x), str(y), "b"] = row[4 - x] * row[4 - y]
    found = gap(Dist.from_weights(table, "X Y L"), "L", "1/2").certificate.data["shares"]
    shares = dict(zip(product(range(5), repeat=2), found, strict=True))
    assert all(shares[x, y] == shares[y, x] == shares[4 - x, 4 - y] for x, y in shares)


def test_three_features_above_sixteen_outcomes():
    dice = Random(3)
    table = {}
    for key in product("012", repeat=3):
        near = len(set(key))
        for label in "012":
            table[*key, label] = dice.randint(1, 4) + 60 * (near == 1 and key[0] == label)
    law = Dist.from_weights(table, "X1 X2 X3 L")
    assert "shares" in gap(law, "L", "1/20").certificate.data


def test_large_supports_are_refused():
    wide = Dist.uniform("X Y L", [(str(i), str(i), "c") for i in range(513)])
    for shares in ([0] * 513, None):
        with pytest.raises(ProofError, match=r"more than (512|10) outcomes"):
            gap(wide, "L", 1, shares=shares)
    with pytest.raises(InvalidInput, match="expected a latent among"):
        gap(wide, "M", 1)
