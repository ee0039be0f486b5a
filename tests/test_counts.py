"""The integer engine: dense, sparse and big tables agree, and no sum wraps."""

import pickle
from collections import Counter
from contextlib import contextmanager
from itertools import combinations, product
from math import log2, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natlat_sym.exact.bits import Bits
from natlat_sym.exact.primeterms import prime_terms
from natlat_sym.exact.weights import LIMIT, as_weights, exact_sum, safe_product
from natlat_sym.laws import counts as counts_module
from natlat_sym.laws import keys as keys_module
from natlat_sym.laws.counts import Counts
from natlat_sym.laws.keys import as_integers, as_keys, side_by_side, starts_of

HUGE = 1 << 70


@st.composite
def cells(draw, most=9):
    """A shape and a dictionary from code tuples to positive weights of any size."""
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    code = st.tuples(*[st.integers(0, size - 1) for size in shape])
    near = st.sampled_from([1, LIMIT - 1, LIMIT, LIMIT + 1, (1 << 63) - 1, HUGE])
    weight = st.one_of(st.integers(1, most), near)
    return shape, draw(st.dictionaries(code, weight, min_size=1, max_size=30))


def key_of(code, shape):
    key = 0
    for digit, size in zip(code, shape, strict=True):
        key = key * size + digit
    return key


@contextmanager
def boxes(kind):
    """Inside, a box of four cells already takes more than one word, when keys shall be wide."""
    with pytest.MonkeyPatch.context() as patch:
        if kind == "wide keys":
            patch.setattr(keys_module, "BOX", 4)
            patch.setattr(counts_module, "DENSE_CELLS", 3)
        yield


def build(shape, table, kind):
    if kind == "dense":
        flat = np.zeros(prod(shape), dtype=object)
        for code, weight in table.items():
            flat[key_of(code, shape)] = weight
        found = Counts(shape, as_weights(flat))
        assert found.dense
        return found
    keys = sorted(key_of(code, shape) for code in table)
    by_key = {key_of(code, shape): weight for code, weight in table.items()}
    weights = as_weights([by_key[key] for key in keys])
    return Counts(shape, weights, as_keys(keys, shape))


def as_table(counts):
    """Back to a dictionary from code tuples, by Python integer arithmetic."""
    found = {}
    keys = as_integers(counts.keys, counts.shape)
    for key, weight in zip(keys, counts.weights.tolist(), strict=True):
        code = []
        for size in reversed(counts.shape):
            key, digit = divmod(key, size)
            code.append(digit)
        found[tuple(reversed(code))] = weight
    return found


def summed(table, axes):
    found = Counter()
    for code, weight in table.items():
        found[tuple(code[axis] for axis in axes)] += weight
    return dict(found)


def plain_entropy(weights):
    total = sum(weights)
    terms = Counter({total: total})
    for weight in weights:
        terms[weight] -= weight
    return Bits.from_terms(terms, total)


KINDS = ["dense", "sparse", "wide keys"]


@given(cells(), st.sampled_from(KINDS), st.data())
def test_marginals_in_any_order(drawn, kind, data):
    shape, table = drawn
    axes = data.draw(st.lists(st.integers(0, len(shape) - 1), unique=True))
    with boxes(kind):
        counts = build(shape, table, kind)
        marginal = counts.marginal(axes)
        assert as_table(marginal) == summed(table, axes)
        places = counts.places(axes).tolist()
        where = dict(zip(as_table(counts), places, strict=True))
        expected = sorted({tuple(code[axis] for axis in axes) for code in table})
        assert all(expected[where[code]] == tuple(code[a] for a in axes) for code in table)
    assert marginal.total == counts.total == sum(table.values())
    assert marginal.shape == tuple(shape[axis] for axis in axes)


@given(cells(), st.sampled_from(KINDS))
def test_entropies_of_every_subset(drawn, kind):
    shape, table = drawn
    groups = [
        frozenset(group) for size in range(len(shape) + 1)
        for group in combinations(range(len(shape)), size)
    ]  # fmt: skip
    with boxes(kind):
        found = build(shape, table, kind).entropies(groups)
    assert found.keys() == set(groups)
    for group in groups:
        assert found[group] == plain_entropy(summed(table, sorted(group)).values())


@given(cells(), st.sampled_from(KINDS), st.data())
def test_a_slice_a_weight_and_a_copy(drawn, kind, data):
    shape, table = drawn
    axes = data.draw(st.lists(st.integers(0, len(shape) - 1), unique=True, max_size=2))
    codes = {axis: data.draw(st.integers(0, shape[axis] - 1)) for axis in axes}
    expected = {
        tuple(c for axis, c in enumerate(code) if axis not in codes): weight
        for code, weight in table.items()
        if all(code[axis] == wanted for axis, wanted in codes.items())
    }
    with boxes(kind):
        counts = build(shape, table, kind)
        assert as_table(counts.select(codes)) == expected
        assert pickle.loads(pickle.dumps(counts)) == counts
        assert as_table(counts.head(2)) == dict(sorted(table.items())[:2])
        for code in product(*map(range, shape)):
            assert counts.weight(key_of(code, shape)) == table.get(code, 0)


@given(cells(), st.sampled_from(KINDS), st.data())
def test_every_cell_knows_the_weight_of_its_projection(drawn, kind, data):
    shape, table = drawn
    axes = data.draw(st.lists(st.integers(0, len(shape) - 1), unique=True))
    totals = summed(table, axes)
    with boxes(kind):
        sums, own = build(shape, table, kind).gathered(axes)
    assert sorted(sums.tolist()) == sorted(totals.values())
    expected = [totals[tuple(code[axis] for axis in axes)] for code in sorted(table)]
    assert own.tolist() == expected


@given(cells(), st.sampled_from(KINDS), st.data())
def test_one_more_axis(drawn, kind, data):
    shape, table = drawn
    codes = data.draw(st.lists(st.integers(0, 2), min_size=len(table), max_size=len(table)))
    expected = {(*code, more): table[code] for code, more in zip(sorted(table), codes, strict=True)}
    with boxes(kind):
        assert as_table(build(shape, table, kind).annexed(np.array(codes), 3)) == expected


@given(cells())
def test_dense_and_sparse_are_equal(drawn):
    dense, sparse = (build(*drawn, kind) for kind in ("dense", "sparse"))
    assert dense == sparse
    assert hash(dense) == hash(sparse)


@given(cells(), st.data())
def test_recoding_merges(drawn, data):
    shape, table = drawn
    kind = data.draw(st.sampled_from(KINDS))
    maps = [data.draw(st.lists(st.integers(0, 1), min_size=s, max_size=s)) for s in shape]
    expected = Counter()
    for code, weight in table.items():
        expected[tuple(maps[axis][digit] for axis, digit in enumerate(code))] += weight
    with boxes(kind):
        counts = build(shape, table, kind)
        recoded = counts.recoded([np.array(m) for m in maps], [2] * len(shape))
        assert as_table(recoded) == dict(expected)
        again = Counts.from_pairs(shape, as_integers(counts.keys, shape), counts.weights)
        assert again == counts


@given(cells(), st.integers(1, 1 << 40))
def test_lowest_terms(drawn, factor):
    shape, table = drawn
    counts = Counts.from_pairs(
        shape, [key_of(code, shape) for code in table], [w * factor for w in table.values()]
    )
    once = Counts.from_pairs(shape, [key_of(code, shape) for code in table], table.values())
    assert counts.reduced() == once.reduced()
    assert counts.total == factor * once.total


@given(st.lists(st.integers(0, 1 << 80)))
def test_sums_and_products_never_wrap(values):
    weights = as_weights(values)
    assert exact_sum(weights) == sum(values)
    squares = safe_product(weights, weights)
    assert squares.tolist() == [value * value for value in values]
    for array in (weights, squares):
        assert array.dtype == object or max(array.tolist(), default=0) < LIMIT


def test_a_total_beyond_2_63_does_not_wrap():
    """A fair latent and eleven readings that are wrong one time in ten: 2**12 outcomes.

    Each weight fits in an int64 and the total, 2 * 10**11 * 10**8, does not.
    """
    k = 11
    scale = 10**8
    codes = np.arange(1 << (k + 1))
    wrong = np.array([bin((c & (2**k - 1)) ^ ((2**k - 1) * (c >> k))).count("1") for c in codes])
    weights = np.array([9 ** (k - int(w)) * scale for w in wrong.tolist()], dtype=np.int64)
    assert int(weights.sum()) != 2 * 10**k * scale, "numpy wraps here"
    counts = Counts.from_cells((2,) * (k + 1), weights)
    assert counts.total == 2 * 10**k * scale
    latent = frozenset([0])
    groups = [frozenset([0, i]) for i in range(1, k + 1)]
    everything = frozenset(range(k + 1))
    h = counts.entropies([latent, everything, *groups])
    assert h[latent] == 1
    assert h[groups[0]] == 1 + Bits("log2(10) - 9/10*log2(9)")
    tc_given_latent = Bits.combine(
        [*((1, h[g] - h[latent]) for g in groups), (-1, h[everything] - h[latent])]
    )
    assert tc_given_latent == 0
    for group in groups:
        assert counts.marginal(sorted(group)).total == counts.total


def test_large_tables_share_marginals_and_stay_exact():
    rng = np.random.default_rng(7)
    flat = rng.integers(0, 50, size=2**13)
    flat[rng.random(2**13) < 0.5] = 0
    shape = (2, 4, 2, 2, 8, 2, 2, 2, 2, 2)
    assert prod(shape) == 2**13
    counts = Counts.from_cells(shape, flat)
    box = flat.reshape(shape)
    groups = [frozenset(g) for size in (0, 1, 2, 9, 10) for g in combinations(range(10), size)]
    found = counts.entropies(groups)
    assert set(found) == set(groups)
    for group in groups:
        dropped = tuple(axis for axis in range(10) if axis not in group)
        assert found[group] == plain_entropy([w for w in box.sum(axis=dropped).flat if w])


def test_sparse_over_an_astronomic_box():
    shape = (10,) * 40
    codes = [(3,) * 40, (7,) * 40, (3,) * 39 + (7,)]
    counts = Counts.from_pairs(shape, [key_of(code, shape) for code in codes], [1, 2, 5])
    assert not counts.dense
    assert as_table(counts) == dict(zip(codes, [1, 2, 5], strict=True))
    assert as_table(counts.marginal((39, 0))) == {(3, 3): 1, (7, 7): 2, (7, 3): 5}
    assert as_table(counts.select({39: 7})) == {(7,) * 39: 2, (3,) * 39: 5}
    assert counts.marginal(range(20)).size == 2


def test_equal_keys_are_brought_together_also_when_their_mixtures_collide(monkeypatch):
    shape = (10,) * 40
    keys = as_keys([10**39, 5, 10**39, 5, 5, 10**20], shape)
    for mix in (keys_module._MIX, np.zeros(1, dtype=np.uint64)):
        monkeypatch.setattr(keys_module, "_MIX", mix)
        order, starts = side_by_side(keys)
        runs = [sorted(run.tolist()) for run in np.split(order, starts[1:])]
        assert sorted(runs) == [[0, 2], [1, 3, 4], [5]]
    assert starts_of(np.array([2, 2, 5])).tolist() == [0, 2]


def test_entropies_over_an_astronomic_box():
    rng = np.random.default_rng(3)
    shape = (5,) * 30
    codes = rng.integers(0, 5, size=(30, 400))
    codes[:, 200:] = np.where(rng.random((30, 200)) < 0.05, 4 - codes[:, :200], codes[:, :200])
    weights = rng.integers(1, 4, size=400)
    counts = Counts.from_codes(shape, list(codes), weights)
    table = Counter()
    for code, weight in zip(codes.T.tolist(), weights.tolist(), strict=True):
        table[tuple(code)] += weight
    assert as_table(counts) == table
    groups = [frozenset(range(30)) - {axis} for axis in range(30)]
    groups += [frozenset(), frozenset(range(30)), frozenset(range(0, 30, 2)), frozenset([3, 29])]
    found = counts.entropies(groups)
    for group in groups:
        assert found[group] == plain_entropy(summed(table, sorted(group)).values())


def test_dense_only_when_it_fills_the_box():
    assert Counts.from_pairs((1000, 1000), [5, 999_999], [1, 1]).dense is False
    assert Counts.from_pairs((4, 4), [5], [1]).dense is True
    assert Counts.from_cells((100, 100), np.eye(100, dtype=np.int64)).dense is False
    assert Counts.from_cells((100, 100), np.ones((100, 100), dtype=np.int64)).dense is True


@pytest.mark.parametrize("values", [[3, 3, 1, 1, 1], [5 * 10**12, 7, 7], [LIMIT * 9, 7, 7, 2]])
def test_histogram(values):
    weights = as_weights(values * 40)
    found, copies = Counts((len(weights),), weights).histogram()
    assert dict(zip(found.tolist(), copies.tolist(), strict=True)) == Counter(values * 40)
    assert found.tolist() == sorted(found.tolist())


def test_entropy_against_logarithms():
    weights = list(range(1, 200))
    total = sum(weights)
    expected = sum(w / total * log2(total / w) for w in weights)
    counts = Counts((199,), as_weights(weights))
    assert abs(float(counts.entropy()) - expected) < 1e-12


def test_counts_are_immutable():
    counts = Counts.from_pairs((2,), [0, 1], [1, 2])
    with pytest.raises(AttributeError, match="Counts are immutable, cannot set 'total'"):
        counts.total = 5
    with pytest.raises(AttributeError, match="Counts are immutable, cannot delete 'shape'"):
        del counts.shape
    with pytest.raises(ValueError, match="read-only"):
        counts.marginal([0])._weights[0] = 9
    assert (counts == 3) is False


def test_one_cell_and_the_head():
    counts = Counts.from_pairs((1000, 1000), [7, 500_000], [3, 4])
    assert (counts.weight(7), counts.weight(8), counts.weight(999_999)) == (3, 0, 0)
    assert counts.head(1).keys.tolist() == [7]
    assert counts.head(5) is counts


def factors(n):
    found, divisor = Counter(), 2
    while n > 1:
        while n % divisor == 0:
            found[divisor] += 1
            n //= divisor
        divisor += 1
    return found


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=300))
def test_logarithms_over_primes(coefficients):
    expected = Counter()
    for n, c in enumerate(coefficients[1:], start=1):
        for prime, exponent in factors(n).items():
            expected[prime] += c * exponent
    bound = sum(map(abs, coefficients))
    found = prime_terms(np.array(coefficients), bound)
    assert found == {prime: c for prime, c in expected.items() if c}


def test_logarithms_over_primes_refuse_what_could_wrap():
    assert prime_terms(np.array([0, 0, 1]), LIMIT // 2 - 1) == {2: 1}
    assert prime_terms(np.array([0, 0, 1]), LIMIT // 2) is None


def test_many_different_counts_have_the_entropy_of_their_definition():
    weights = np.arange(1, 5001)
    total = int(weights.sum())
    expected = Bits.total(Bits.log2(n) * n for n in weights.tolist())
    counts = Counts((5000,), weights)
    assert counts.entropy() * total == total * Bits.log2(total) - expected


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(1, 1 << 50)), max_size=6))
def test_a_sum_has_one_normal_form_however_it_is_merged(parts):
    """Parts brought to their normal form first, against the merged sum alone."""
    values = [(c, Counts((3,), as_weights([n, n + 1, 12])).entropy()) for c, n in parts]
    apart = Bits.combine(values)
    merged = pickle.loads(pickle.dumps(Bits.combine(values)))
    assert (apart.rational, apart.atoms) == (merged.rational, merged.atoms)
    assert apart == merged
    assert hash(apart) == hash(merged)
    assert str(apart - merged) == "0"


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8),
    st.lists(st.integers(2, 99), min_size=3, max_size=9),
)
def test_masses_over_a_long_denominator_are_cancelled_first(numerators, denominators):
    """The entropy of weights with one long common denominator, from its definition."""
    bottom = prod(denominators) ** 200
    weights = [bottom // d * n for n, d in zip(numerators, denominators, strict=False)]
    weights.append(bottom * 99)
    total = sum(weights)
    assert total.bit_length() > 512
    table = Counts((len(weights),), as_weights(weights))
    by_definition = Bits.from_terms({total: total}, total) - Bits.combine(
        [(weight, Bits.from_terms({weight: 1}, total)) for weight in weights]
    )
    assert table.entropy() == by_definition
