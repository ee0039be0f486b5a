"""Named families of laws with a parameter, and the tiny mixtures at any size."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.zoo.entry import Entry

if TYPE_CHECKING:
    from natlat_sym.parameters.functions import BitsFunction
    from natlat_sym.parameters.ratios import Ratio


def parameter(text: str) -> Ratio:
    """Declare a parameter; the field is loaded when a family is made."""
    from natlat_sym.parameters.declared import parameter

    return parameter(text)


def noisy_copy() -> Dist:
    """Return a fair coin X1 = L and a copy X2 of it that is wrong with probability e."""
    coin = Dist.uniform("X1", ["0", "1"]).extend("X2", "X1", flip=parameter("0 < e < 1/2"))
    return coin.with_function("L", lambda x: x, of="X1")


def common_cause() -> Dist:
    """Return a fair coin L and two readings, wrong with probability a and b."""
    a, b = parameter("0 < a < 1/2"), parameter("0 < b < 1/2")
    law = Dist.uniform("L", ["0", "1"]).extend("X1", "L", flip=a).extend("X2", "L", flip=b)
    return law.marginal("X1 X2 L")


def tosses() -> Dist:
    """Return a coin of bias r or 1-r, each half of the time, tossed twice; L = the bias."""
    r = parameter("0 < r < 1/2")
    law = Dist.uniform("L", ["low", "high"])
    rows = {"low": {"0": 1 - r, "1": r}, "high": {"0": r, "1": 1 - r}}
    return law.extend("X1", "L", rows).extend("X2", "L", rows).marginal("X1 X2 L")


def resampled() -> Dist:
    """Return R_eta: X1 = 0 but for a rare branch, X2 = L; and G drawn again from P[L|X1]."""
    n = parameter("0 < n < 1/2")
    base = {("0", "0", "0"): 1 - 2 * n, ("1", "1", "1"): n, ("1", "0", "0"): n}
    law = Dist.from_dict(base, "X1 X2 L")
    half = {"0": "1/2", "1": "1/2"}
    return law.extend("G", "X1", {"0": {"0": 1}, "1": half})


def mixed_blocks() -> Dist:
    """Return two uniform 2 x 2 blocks with a part d of the uniform law; L = the block of X1."""
    d = parameter("0 < d < 1")
    weights: dict[tuple[str, ...], Any] = {}
    for x, y in product("0123", repeat=2):
        same = (x in "01") == (y in "01")
        weights[x, y, "a" if x in "01" else "b"] = d / 16 + (1 - d) / 8 * int(same)
    return Dist.from_dict(weights, "X1 X2 L")


def timescales() -> Dist:
    """Return one step of a chain with two wells: X1 moves freely inside, leaves with chance e.

    ``f`` is what is left of the place inside the well: 0 for complete mixing.
    """
    e, f = parameter("0 < e < 1/2"), parameter("0 < f < 1")
    weights: dict[tuple[str, ...], Any] = {}
    for x, y in product(("a0", "a1", "b0", "b1"), repeat=2):
        stays = (1 - e) * ((1 + f) / 2 if x == y else (1 - f) / 2)
        weights[x, y, x[0]] = (stays if x[0] == y[0] else e / 2) / 4
    return Dist.from_dict(weights, "X1 X2 L")


def two_tosses() -> Dist:
    """Return a coin of bias r or 1-r in two batches of two tosses; X1, X2 = the heads of each."""
    r = parameter("0 < r < 1/2")
    law = Dist.uniform("L", ["low", "high"])
    rows: dict[str, dict[str, Any]] = {
        "low": {"0": (1 - r) ** 2, "1": 2 * r * (1 - r), "2": r**2},
        "high": {"0": r**2, "1": 2 * r * (1 - r), "2": (1 - r) ** 2},
    }
    return law.extend("X1", "L", rows).extend("X2", "L", rows).marginal("X1 X2 L")


def path_of_any_length() -> Dist:
    """Return a path of m = 1/t points, m a multiple of 8, as far as L and T can tell its points.

    On the path X1 is uniform on the points 0..m-1, and X2 = X1 or X1 + 1 with a fair coin.  Here X1
    is the eighth of the path it lies in, and X2 as well, but for the first point of each eighth,
    which X1 may reach from the eighth before.  L is the quarter of X1; T is whether X1 lies in the
    last three eighths, so that it halves the third quarter.
    """
    t = parameter("0 < t <= 1/8")
    weights: dict[tuple[str, ...], Any] = {}
    for eighth in range(8):
        label = str(eighth // 2), str(int(eighth >= 5))
        weights[str(eighth), f"in {eighth}", *label] = Fraction(1, 8) - t
        for first in (eighth, eighth + 1):
            weights[str(eighth), f"first of {first}", *label] = t / 2
    return Dist.from_dict(weights, "X1 X2 L T")


def rare_branch() -> Dist:
    """Return a fair coin D and T, which shows D but for a branch of probability p."""
    p = parameter("0 < p < 1")
    masses = {
        ("0", "0"): (1 - p) / 2,
        ("1", "1"): (1 - p) / 2,
        ("0", "e"): p / 2,
        ("1", "e"): p / 2,
    }
    return Dist.from_dict(masses, "D T")


def refreshed_copy() -> Dist:
    """Return a fair coin X1 and a copy X2 that is tossed again with probability e."""
    e = parameter("0 <= e < 1")
    return Dist.uniform("X1", ["0", "1"]).extend("X2", "X1", flip=e / 2)


def symmetric_pair() -> Dist:
    """Return two fair coins with correlation r."""
    r = parameter("0 < r < 1")
    masses = {(x, y): (1 + r if x == y else 1 - r) / 4 for x, y in product("01", repeat=2)}
    return Dist.from_dict(masses, "X1 X2")


_STANDARD, _HERE = "standard example", "worked out for this collection"
_XY = ("X1", "X2")
_H = "-(1 - {0})*log2(1 - {0}) - {0}*log2({0})"
_HALF = "1 - (2 - {0})/2*log2(2 - {0}) - {0}/2*log2({0})"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "S01", "noisy-copy", "a fair coin X1 = L and a copy X2, wrong with probability e",
        "no common part for any e > 0", _STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("I(X1;X2)", "1 + (1 - e)*log2(1 - e) + e*log2(e)"),
            ("H(L|X2)", _H.format("e")),
        ),
        noisy_copy,
    ),
    Entry(
        "S02", "common-cause", "a fair coin L and two readings, wrong with probability a and b",
        "an exact mediator with a redundancy error", _STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("H(L|X1)", _H.format("a")), ("H(L|X2)", _H.format("b")),
            (
                "I(X1;X2)",
                "1 + (1 - a - b + 2*a*b)*log2(1 - a - b + 2*a*b)"
                " + (a + b - 2*a*b)*log2(a + b - 2*a*b)",
            ),
        ),
        common_cause,
    ),
    Entry(
        "S03", "tosses", "a coin of bias r or 1-r tossed twice; L = the bias",
        "a finite stand-in for a biased coin", _STANDARD, _XY, ("L",),
        (("I(X1;X2|L)", "0"), ("H(L|X1)", _H.format("r"))), tosses,
    ),
    Entry(
        "S04", "resampled-rarely", "X1 = 0 but for a rare branch n, X2 = L; G drawn from P[L|X1]",
        "resampling does not keep errors within a constant factor", _HERE, _XY, ("L", "G"),
        (
            ("I(X1;X2|L)", "0"), ("I(L;X1|X2)", "0"), ("I(L;X2|X1)", "2*n"), ("I(G;X2|X1)", "0"),
            (
                "I(G;X1|X2)",
                "1 - 2*n + (1 - n)*log2(1 - n) - (2 - 3*n)/2*log2(2 - 3*n) - n/2*log2(n)",
            ),
        ),
        resampled,
    ),
    Entry(
        "S05", "blocks-mixed", "two uniform 2 x 2 blocks with a part d of the uniform law",
        "an exact natural latent that becomes approximate", _HERE, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"), ("H(L|X2)", _HALF.format("d")),
            ("I(X1;X2)", "(2 - d)/2*log2(2 - d) + d/2*log2(d)"),
        ),
        mixed_blocks,
    ),
    Entry(
        "S06", "timescales", "one step of a chain with two wells, left with chance e; L = the well",
        "separation of timescales: slow label, fast place", _HERE, _XY, ("L",),
        (("H(L|X1)", "0"), ("H(L|X2)", _H.format("e"))), timescales,
    ),
    Entry(
        "S07", "rare-branch", "a fair coin D; T shows it but for a branch of probability p",
        "an average hides a rare failure", _HERE, ("D", "T"), (),
        (("H(D|T)", "p"), ("H(D)", "1")), rare_branch,
    ),
    Entry(
        "S08", "refreshed-copy", "a fair coin X1 and a copy X2, tossed again with probability e",
        "the Gacs-Korner part is brittle: 1 bit at e = 0, none for e > 0",
        "Gacs and Korner (1973)", _XY, (), (("H(X1|X2)", _HALF.format("e")),), refreshed_copy,
    ),
    Entry(
        "S09", "symmetric-pair", "two fair coins with correlation r", "a one-parameter test",
        _STANDARD, _XY, (), (("I(X1;X2)", "(1 + r)/2*log2(1 + r) + (1 - r)/2*log2(1 - r)"),),
        symmetric_pair,
    ),
    Entry(
        "S10", "path-of-any-length", "a path of 1/t points, X2 one step on or not; L its quarters, "
        "T a threshold in the third", "no label with few boundaries tells every threshold", _HERE,
        _XY, ("L", "T"),
        (
            ("H(L|X1)", "0"), ("H(T|X1)", "0"), ("H(L|X2)", "3*t"), ("H(T|X2)", "t"),
            ("H(T|L)", "1/4"),
        ),
        path_of_any_length,
    ),
    Entry(
        "S11", "two-tosses", "a coin of bias r or 1-r in two batches of two tosses; L = the bias",
        "longer batches of a biased coin", _STANDARD, _XY, ("L",),
        (
            ("I(X1;X2|L)", "0"),
            (
                "H(L|X1)",
                "2*r - 2*r^2 - (2 - 4*r + 2*r^2)*log2(1 - r) - 2*r^2*log2(r)"
                " + (1 - 2*r + 2*r^2)*log2(1 - 2*r + 2*r^2)",
            ),
        ),
        two_tosses,
    ),
)  # fmt: skip


class TinyMixture:
    """Two agents' laws: a copy of N bits and independent bits, mixed a little with each other.

    P is (1-d) times "X2 = X1, uniform on 2**N symbols" plus d times "independent and uniform"; Q
    has the weights exchanged.  Only two different masses occur, so every amount is exact for any
    N, as a function of d.

    Parameters
    ----------
    bits : int
        N, at least 1.

    References
    ----------
    Wentworth and Lorell, Natural Latents Are Not Robust To Tiny Mixtures (2024).

    Examples
    --------
    >>> tiny = TinyMixture(1)
    >>> print(tiny.mediation_of_nothing().at(d="1/4"))
    -2 + 3/8*log2(3) + 5/8*log2(5)
    """

    @explained
    def __init__(self, bits: int) -> None:
        self.bits, self.symbols = bits, 2**bits
        d = parameter("0 < d < 1/2")
        self.d = d
        self._p = self._masses(1 - d)
        self._q = self._masses(d)

    def _masses(self, copied: Ratio) -> tuple[tuple[Ratio, int], tuple[Ratio, int]]:
        """Return the mass of an equal and of an unequal pair, each with their number."""
        count = self.symbols
        off = (1 - copied) / count**2
        return (copied / count + off, count), (off, count * (count - 1))

    def laws(self) -> tuple[Dist, Dist]:
        """Return both laws written out; 4**N outcomes each."""
        labels = [format(i, f"0{self.bits}b") for i in range(self.symbols)]
        found = []
        for (same, _), (other, _) in (self._p, self._q):
            masses: dict[Any, Any] = {
                (x, y): same if x == y else other for x, y in product(labels, repeat=2)
            }
            found.append(Dist.from_dict(masses, "X1 X2"))
        return found[0], found[1]

    def agreement(self) -> tuple[Dist, Dist]:
        """Return the laws of S under P and Q, with S = 1 when X1 = X2: all that tells P from Q."""
        laws = [{"1": same * n, "0": other * m} for (same, n), (other, m) in (self._p, self._q)]
        return Dist.from_dict(laws[0], "S"), Dist.from_dict(laws[1], "S")

    def divergence(self) -> BitsFunction:
        """Return D(P||Q), in bits a row."""
        return _divergence(self._p, self._q)

    def reverse_divergence(self) -> BitsFunction:
        """Return D(Q||P), in bits a row."""
        return _divergence(self._q, self._p)

    def mediation_of_nothing(self, under_p: bool = False) -> Any:
        """Return I(X1;X2), the mediation error of the empty latent, under Q (or under P)."""
        return 2 * self.bits - _entropy(self._p if under_p else self._q)

    def redundancy_of_everything(self) -> Any:
        """Return H(X1|X2) under P, the redundancy error of the latent L = X1."""
        return _entropy(self._p) - self.bits


def _entropy(masses: tuple[tuple[Ratio, int], ...]) -> BitsFunction:
    return -_logs([(mass * count, mass) for mass, count in masses])


def _divergence(p: tuple[tuple[Ratio, int], ...], q: tuple[tuple[Ratio, int], ...]) -> BitsFunction:
    terms = []
    for (mass, count), (other, _) in zip(p, q, strict=True):
        terms += [(mass * count, mass), (-mass * count, other)]
    return _logs(terms)


def _logs(terms: list[tuple[Ratio, Ratio]]) -> BitsFunction:
    from natlat_sym.parameters.functions import BitsFunction

    parts = [(weight, BitsFunction.log2(argument)) for weight, argument in terms]
    return BitsFunction.combine(parts, terms[0][0].ranges)
