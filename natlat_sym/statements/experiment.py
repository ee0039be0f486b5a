"""Resolving a disagreement by experiment: how many rows tell two predictive laws apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits, oo
from natlat_sym.exact.field import exact, show
from natlat_sym.explained import explained
from natlat_sym.laws.lawbuild import read_outcome, show_outcome
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.statements.chernoff import chernoff_bounds
from natlat_sym.statements.measures import kl

if TYPE_CHECKING:
    from natlat_sym.exact.infinity import Infinity
    from natlat_sym.laws.dist import Dist

MAX_WAYS = 200_000


@dataclass(frozen=True)
class Experiment:
    """Two laws of the same variables, and the rows that tell which of them is right.

    Attributes
    ----------
    p, q : Dist
        What the two agents predict for each row.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> fair = Dist.uniform("X", ["h", "t"])
    >>> bent = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
    >>> test = Experiment(bent, fair)
    >>> print(test.divergence, test.odds({"h": 10, "t": 2}), test.rows_for_odds(20))
    -1 + 3/4*log2(3) 59049/4096 106
    """

    p: Dist
    q: Dist

    @property
    def divergence(self) -> Bits | Infinity:
        """D(p||q): what a row says for p, on average, when p is right; in bits."""
        return kl(self.p, self.q)

    @property
    def reverse(self) -> Bits | Infinity:
        """D(q||p), in bits a row."""
        return kl(self.q, self.p)

    @explained
    def odds(self, counts: Mapping[Any, int], prior: object = 1) -> Fraction | Infinity:
        """Return the posterior odds of p against q after some data, exact.

        Parameters
        ----------
        counts : mapping of outcome to int
            How often each row was seen.
        prior : exact number
            The odds before.

        Returns
        -------
        Fraction or oo

        Raises
        ------
        InvalidInput
            When both laws exclude the data, or a count is negative.
        """
        top = bottom = Fraction(1)
        other = self.q.marginal(self.p.names)
        for given, count in counts.items():
            if count < 0:
                raise InvalidInput(f"expected counts of at least 0, got {count}", count=count)
            outcome = read_outcome(given, self.p.names)
            one, two = self.p.mass(outcome), other.mass(outcome)
            if count and not one and not two:
                raise InvalidInput(
                    f"expected data that one of the laws allows, both exclude "
                    f"{show_outcome(outcome)}",
                    outcome=outcome,
                )
            top, bottom = top * one**count, bottom * two**count
        if not bottom:
            if not top:
                raise InvalidInput("expected data that one of the laws allows, both exclude it")
            return oo
        return exact(prior) * top / bottom

    def rows_for_odds(self, bits: object) -> int:
        """Return how many rows bring the expected log odds to a threshold when p is right.

        Parameters
        ----------
        bits : exact number
            The threshold, in bits.

        Returns
        -------
        int
            The least n with n * D(p||q) >= bits, decided exactly.

        Raises
        ------
        InvalidInput
            When the two laws are equal.
        """
        require_numbers(self.p, self.q, purpose="to count rows")
        step, goal = self.divergence, exact(bits)
        if step == 0:
            raise InvalidInput("expected two different laws, no number of rows tells these apart")
        if goal <= 0:
            return 0
        if not isinstance(step, Bits):
            return 1
        rows = int(2 * goal / sum(step.bounds(30), Fraction(0)))
        while rows * step < goal:
            rows += 1
        while rows > 1 and (rows - 1) * step >= goal:
            rows -= 1
        return rows

    @explained
    def chernoff(self, digits: int = 12) -> tuple[Fraction, Fraction]:
        """Return rigorous bounds of the Chernoff information, in bits a row.

        Parameters
        ----------
        digits : int
            The bounds are about ``10**-digits`` apart.

        Returns
        -------
        (Fraction, Fraction)
            Around ``-min over 0 <= s <= 1 of log2(sum p^s q^(1-s))``.

        Notes
        -----
        The logarithm is convex in s.  The sign of its slope is proved at both ends of a short
        interval by interval arithmetic (mpmath), and the tangent bounds the minimum inside.
        """
        require_numbers(self.p, self.q, purpose="to count rows")
        pairs = self._pairs()
        if not pairs:
            raise InvalidInput("expected two laws with a common outcome; one row tells these apart")
        if all(one == two for one, two in pairs) and sum(one for one, _ in pairs) == 1:
            return Fraction(0), Fraction(0)
        return chernoff_bounds(pairs, digits)

    def rows_for_error(self, probability: object) -> int:
        """Return a number of rows that surely brings the error probability below a threshold.

        Parameters
        ----------
        probability : exact number
            Of deciding wrongly, both laws being equally likely before.

        Returns
        -------
        int
            Enough by Chernoff's bound ``1/2 * 2**(-n*C)``; `least_rows_for_error` is exact.
        """
        wanted = _probability(probability)
        require_numbers(self.p, self.q, purpose="to count rows")
        if not self._pairs():
            return 1
        rate, _ = self.chernoff()
        if rate <= 0:
            raise InvalidInput("expected two different laws, no number of rows tells these apart")
        need = Bits.log2(1 / (2 * wanted))
        rows = max(0, int(need.bounds(12)[1] / rate))
        while rows * rate < need:
            rows += 1
        return rows

    @explained
    def error_probability(self, rows: int) -> Fraction:
        """Return how likely the better guess is wrong after some rows, exact.

        Parameters
        ----------
        rows : int
            At least 0.

        Returns
        -------
        Fraction
            ``1/2 * sum of min(p, q)`` over all data, both laws being equally likely before.

        Raises
        ------
        InvalidInput
            When there are too many ways in which the rows can fall.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> bent = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
        >>> print(Experiment(bent, Dist.uniform("X", ["h", "t"])).error_probability(3))
        21/64
        """
        require_numbers(self.p, self.q, purpose="to count rows")
        classes = self._classes()
        if rows < 0 or comb(rows + len(classes) - 1, rows) > MAX_WAYS:
            raise InvalidInput(
                f"expected rows that can fall in at most {MAX_WAYS} ways, got {rows} rows of "
                f"{len(classes)} kinds",
                rows=rows,
            )
        return _least_masses(classes, rows, (Fraction(1), Fraction(1))) / 2

    def least_rows_for_error(self, probability: object) -> int:
        """Return the least number of rows that brings the error probability to a threshold.

        Parameters
        ----------
        probability : exact number
            Of deciding wrongly, both laws being equally likely before.

        Returns
        -------
        int

        Raises
        ------
        InvalidInput
            When the laws are equal, or the rows can fall in too many ways to add up.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> bent = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
        >>> test = Experiment(bent, Dist.uniform("X", ["h", "t"]))
        >>> test.least_rows_for_error("1/10"), test.rows_for_error("1/10")
        (24, 47)
        """
        wanted = _probability(probability)
        low, high = -1, self.rows_for_error(wanted)  # enough at high, not at low
        while high - low > 1:
            middle = (low + high) // 2
            if self.error_probability(middle) <= wanted:
                high = middle
            else:
                low = middle
        return high

    def _classes(self) -> list[tuple[Fraction, Fraction]]:
        """Return the masses under p and q of the outcomes with one likelihood ratio each."""
        other = self.q.marginal(self.p.names)
        outcomes = dict.fromkeys([*self.p.support, *other.support])
        sums: dict[Fraction | None, tuple[Fraction, Fraction]] = {}
        for outcome in outcomes:
            one, two = self.p.mass(outcome), other.mass(outcome)
            ratio = one / two if two else None
            left, right = sums.get(ratio, (Fraction(0), Fraction(0)))
            sums[ratio] = left + one, right + two
        return list(sums.values())

    def _pairs(self) -> list[tuple[Fraction, Fraction]]:
        other = self.q.marginal(self.p.names)
        found = [(mass, other.mass(outcome)) for outcome, mass in self.p.items()]
        return [(one, two) for one, two in found if two]


def _probability(value: object) -> Fraction:
    wanted = exact(value)
    if not 0 < wanted < 1:
        raise InvalidInput(f"expected a probability between 0 and 1, got {show(wanted)}")
    return wanted


def _least_masses(
    classes: list[tuple[Fraction, Fraction]], rows: int, so_far: tuple[Fraction, Fraction]
) -> Fraction:
    """Return the sum of the lesser mass over all data of some rows, by kinds of outcomes."""
    (one, two), *rest = classes
    if not rest:
        return min(so_far[0] * one**rows, so_far[1] * two**rows)
    total = Fraction(0)
    for count in range(rows + 1):
        times = comb(rows, count)
        left, right = (x * times * y**count for x, y in zip(so_far, (one, two), strict=True))
        if left or right:
            total += _least_masses(rest, rows - count, (left, right))
    return total
