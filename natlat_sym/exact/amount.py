"""The engine under exact amounts: lazy sums, the normal form, sign, and integer parts.

Sums are remembered, not merged, until a question needs them; so a running total of 10**5 terms
is linear work.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import NoReturn, Self

from natlat_sym.exact.enclosure import enclose
from natlat_sym.exact.logsum import (
    Atoms,
    Raw,
    as_fractions,
    as_raw,
    combine,
    is_small,
    normal_form,
    prime_form,
)

FIRST = 64
_LCM_BITS = 4096
# How far the raw sum is in its normal form: primes over one denominator, or coprime integers.
_PRIMES, _COPRIME = 2, 1
# Few parts with integers below this are factored one by one: they are shared by other sums.
_FEW, _CHEAP = 256, 1 << 48
_LONG = 200  # logarithms: a sum of more is not for reading


class Amount:
    """A number sum of k/d * log2(a), immutable, held as a raw sum or a weighted sum of others."""

    __slots__ = ("_form", "_hash", "_parts", "_raw", "_settled", "_window")

    _raw: Raw
    _parts: tuple[tuple[int | Fraction, Amount], ...]
    _settled: int
    _form: tuple[Fraction, Atoms] | None
    _window: tuple[int, int, int] | None
    _hash: int | None

    @classmethod
    def _make(cls, raw: Raw, parts: tuple[tuple[int | Fraction, Amount], ...] = ()) -> Self:
        self = object.__new__(cls)
        put = object.__setattr__
        put(self, "_raw", raw)
        put(self, "_parts", parts)
        put(self, "_settled", 0)
        put(self, "_form", None)
        put(self, "_window", None)
        put(self, "_hash", None)
        return self

    def _put(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable, cannot set {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable, cannot delete {name!r}")

    def _merged(self) -> Raw:
        """Return the raw sum, merging what is still pending below this value."""
        if self._parts:
            raw = combine((weight, leaf._raw) for weight, leaf in _leaves(self))
            self._put("_raw", raw)
            self._put("_parts", ())
        return self._raw

    def _settle(self) -> Raw:
        """Return the raw sum brought to its normal form, where possible without a fraction."""
        if not self._settled:
            primes = self._prime_sum() if self._parts else None
            if primes is None:
                primes = prime_form(self._merged())
            self._put("_settled", _PRIMES if primes is not None else _COPRIME)
            if primes is None:
                self._put("_form", normal_form(self._raw))
                primes = as_raw(*self._form)  # type: ignore[misc]
            self._put("_raw", primes)
            self._put("_parts", ())
        return self._raw

    def _prime_sum(self) -> Raw | None:
        """Merge the normal forms of the parts, which are often shared, where these are cheap."""
        leaves = _leaves(self)
        if len(leaves) <= _FEW and all(
            leaf._settled or is_small(leaf._raw, _CHEAP) for _, leaf in leaves
        ):
            merged = combine((weight, leaf._settle()) for weight, leaf in leaves)
            if len(merged) <= 1 and all(leaf._settled == _PRIMES for _, leaf in leaves):
                return merged
        return None

    def _normal(self) -> tuple[Fraction, Atoms]:
        """Return the rational part and the atoms, computed once."""
        if self._form is None:
            raw = self._settle()
            if self._form is None:
                self._put("_form", as_fractions(raw))
        return self._form  # type: ignore[return-value]

    def _enclosure(self, precision: int) -> tuple[int, int]:
        """Return integers around the value times 2**precision."""
        window = self._window
        if window is None or window[0] < precision:
            raw = self._merged()
            if not self._settled and is_small(raw):
                self._settle()
            window = (precision, *enclose(self._raw, precision))
            self._put("_window", window)
        known, low, high = window
        return low >> known - precision, -(-high >> known - precision)

    @property
    def is_long(self) -> bool:
        """Whether the normal form is not at hand and would hold hundreds of long integers."""
        if self._settled:
            return False
        raw = self._merged()
        return sum(map(len, raw.values())) > _LONG and not is_small(raw, _CHEAP)

    def sign(self) -> int:
        """Return -1, 0 or 1, decided exactly.

        Returns
        -------
        int

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> (Bits("log2(9)") - 2 * Bits("log2(3)")).sign()
        0
        """
        if not (raw := self._merged()):
            return 0
        # Where the normal form may be dear, a first enclosure settles all but (near) zeros.
        if not self._settled and not is_small(raw):
            low, high = self._enclosure(FIRST)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
        if _is_rational(self._settle()):
            rational = self._normal()[0]
            return (rational > 0) - (rational < 0)
        precision = FIRST
        while True:
            # Not zero, by the normal form: some enclosure excludes zero.
            low, high = self._enclosure(precision)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            precision *= 2

    def exact_rational(self) -> Fraction | None:
        """Return the value if it is rational, else None.

        Returns
        -------
        Fraction or None

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits("log2(8)/2").exact_rational(), Bits("log2(3)").exact_rational()
        (Fraction(3, 2), None)
        """
        if not self._settled and self._surely_irrational():
            return None
        return self._normal()[0] if _is_rational(self._settle()) else None

    def _surely_irrational(self) -> bool:
        """Tell it from an enclosure where the normal form may be dear.

        With d the common denominator, 2**(d*x) is rational, so d*x is irrational or an integer.
        """
        raw = self._merged()
        common = lcm(*raw)
        if not raw or is_small(raw) or common.bit_length() > _LCM_BITS:
            return False
        precision = FIRST + common.bit_length()
        low, high = self._enclosure(precision)
        return (low * common - 1) >> precision == high * common >> precision

    def scaled_floor(self, scale: Fraction) -> int:
        """Return the integer part (floor) of the value times a positive rational.

        Parameters
        ----------
        scale : Fraction
            Positive.

        Returns
        -------
        int

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits("log2(3)").scaled_floor(Fraction(1000))
        1584
        """
        clear = self.clear_floor(scale)
        if clear is not None:
            return clear
        rational = self.exact_rational()
        top, bottom = scale.numerator, scale.denominator
        if rational is not None:
            return rational.numerator * top // (rational.denominator * bottom)
        more = 32
        base = max(0, top.bit_length() - bottom.bit_length())
        while True:
            # An irrational value is strictly between two integers: some enclosure fits between.
            low, high = self._enclosure(base + more)
            divisor = bottom << base + more
            floor = low * top // divisor
            if floor == high * top // divisor:
                return floor
            more *= 2

    def clear_floor(self, scale: Fraction) -> int | None:
        """Return the floor of the value times a scale where an enclosure alone decides it.

        Parameters
        ----------
        scale : Fraction
            Positive.

        Returns
        -------
        int or None
            Then the product is strictly between two integers.  None where the normal form is cheap
            enough to decide first, and where the product is very near an integer.

        Examples
        --------
        >>> from natlat_sym.exact.bits import Bits
        >>> Bits.log2(10**60 + 1).clear_floor(Fraction(1))
        199
        """
        if self._settled or is_small(self._merged()):
            return None
        top, bottom = scale.numerator, scale.denominator
        precision = 64 + max(0, top.bit_length() - bottom.bit_length())
        low, high = self._enclosure(precision)
        divisor = bottom << precision
        floor = low * top // divisor
        return floor if floor * divisor < low * top and high * top < (floor + 1) * divisor else None


def _is_rational(settled: Raw) -> bool:
    """Tell whether a normal form has no logarithm but that of 2."""
    return all(len(terms) == 1 and 2 in terms for terms in settled.values())


def _leaves(root: Amount) -> list[tuple[int | Fraction, Amount]]:
    """Return the merged values below a pending sum with their total weights.

    A pending sum that occurs often is visited once, after everything that uses it.
    """
    order: list[Amount] = []
    seen: set[int] = set()
    stack: list[tuple[Amount, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack += [(part, False) for _, part in node._parts if part._parts]
    weights: dict[int, int | Fraction] = {id(root): 1}
    leaves: list[tuple[int | Fraction, Amount]] = []
    for node in reversed(order):
        weight = weights[id(node)]
        for factor, part in node._parts:
            if part._parts:
                weights[id(part)] = weights.get(id(part), 0) + weight * factor
            else:
                leaves.append((weight * factor, part))
    return leaves
