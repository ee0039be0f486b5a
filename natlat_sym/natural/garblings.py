"""Blackwell's order: is one latent's channel a garbling of another's, whatever the joint law?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import show
from natlat_sym.exact.render import COLUMNS, shortened, text_table, wrapped
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.blackwell import Decision, Label, Question, Stochastic
from natlat_sym.natural.features import Group, as_group, group_text, is_wide, legend

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True)
class Garbling:
    """Whether P[L|X] = sum over m of P[m|X] T[L|m] for some channel T, with the evidence.

    Attributes
    ----------
    source, target, given : tuple of str
        M, L and X.
    channel : mapping or None
        T, by label of M, when there is one.
    decision : mapping or None
        Otherwise weights w(x, l) of a decision problem that L answers better than M can: the sum of
        w(x, l) P[l|x] is above the sum over m of the largest, over l, of sum_x w(x, l) P[m|x].
    gap : Fraction
        By how much; 0 when there is a channel.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.uniform("S", ["0", "1"]).extend("A", "S", flip="1/10")
    >>> law = law.extend("B", "A", flip="1/10")
    >>> garbling(law, "A", "B", given="S").exists, garbling(law, "B", "A", given="S").exists
    (True, False)
    """

    source: Group
    target: Group
    given: Group
    channel: Stochastic | None
    decision: Decision | None
    gap: Fraction

    @property
    def exists(self) -> bool:
        """Whether the target is a garbling of the source."""
        return self.channel is not None

    def to_json(self) -> dict[str, object]:
        """Return the answer as JSON values."""
        return {
            "exists": self.exists,
            "channel": [
                [
                    list(map(str, m)),
                    [[list(map(str, label)), show(mass)] for label, mass in row.items()],
                ]
                for m, row in (self.channel or {}).items()
            ],
            "decision": [
                [list(map(str, x)), list(map(str, label)), show(weight)]
                for (x, label), weight in (self.decision or {}).items()
            ],
            "gap": show(self.gap),
        }

    def __str__(self) -> str:
        m, target, x = (
            shortened(group_text(g), 36) for g in (self.source, self.target, self.given)
        )
        wide = [legend(self.given)] if is_wide(self.given) else []
        x = "X" if wide else x
        if self.channel is not None:
            head = f"P[{target}|{x}] is a garbling of P[{m}|{x}], by the channel P[{target}|{m}]:"
            return "\n".join([wrapped(head), *wide, self._channel_table(m, target)])
        rows = [
            (shortened(_text(key), 40), shortened(_text(label), 36), show(weight))
            for (key, label), weight in (self.decision or {}).items()
        ]
        head = (
            f"P[{target}|{x}] is no garbling of P[{m}|{x}]: in the decision problem below {target}"
            f" earns {show(self.gap)} more than any use of {m}"
        )
        table = text_table([(x, target, "weight"), *rows], right=[2])
        return "\n".join([wrapped(head), *wide, table])

    def _channel_table(self, m: str, target: str) -> str:
        """Return the channel with a column per label, or a row per mass where those are many."""
        channel = self.channel or {}
        labels = sorted({label for row in channel.values() for label in row}, key=str)
        rows = [
            (_text(key), *(show(row.get(label, Fraction(0))) for label in labels))
            for key, row in channel.items()
        ]
        table = text_table([(m, *map(_text, labels)), *rows])
        if max(map(len, table.split("\n"))) <= COLUMNS:
            return table
        masses = [
            (shortened(_text(key), 40), shortened(_text(label), 36), show(mass))
            for key, row in channel.items()
            for label, mass in row.items()
            if mass
        ]
        return text_table([(m, target, "mass"), *masses], right=[2])


@explained
def garbling(
    dist: Dist,
    source: str | Iterable[str],
    target: str | Iterable[str],
    given: str | Iterable[str],
    other: Dist | None = None,
) -> Garbling:
    """Decide whether one channel is a garbling of another (Blackwell's order), exactly.

    Parameters
    ----------
    dist : Dist
        A law of all variables; only P[source|given] and P[target|given] matter.
    source : str or iterable of str
        M, the latent that may be more informative.
    target : str or iterable of str
        L, the latent that may be a garbled version of it.
    given : str or iterable of str
        X, what both are channels from.
    other : Dist, optional
        The law that holds the source, when two agents have a law each.

    Returns
    -------
    Garbling
        With the channel, or with a decision problem that proves there is none.

    Raises
    ------
    InvalidInput
        For a law with parameters, and for two laws when that of the source rules out a value of X.

    Notes
    -----
    Where P[M|X] has full column rank, as it mostly has, one elimination over the integers decides;
    otherwise linear programming over the rationals, among the solutions of the equations.

    References
    ----------
    Blackwell, Equivalent comparisons of experiments (1953).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.uniform("S", ["0", "1"]).with_function("A", lambda s: s, of="S")
    >>> garbling(law.with_function("B", lambda s: "b", of="S"), "A", "B", given="S").exists
    True
    """
    as_law(dist)
    groups = as_group(source), as_group(target), as_group(given)
    require_numbers(dist, *([] if other is None else [other]), purpose="to look for a channel")
    left = _conditional(dist if other is None else other, groups[2], groups[0])
    right = _conditional(dist, groups[2], groups[1])
    if missing := [x for x in right if x not in left]:
        raise InvalidInput(
            f"expected the law of {group_text(groups[0])} to allow every value of "
            f"{group_text(groups[2])}, {_text(missing[0])} has mass 0 there"
        )
    left = {x: left[x] for x in right}
    channel, weights = Question(left, right).answer()
    if channel is not None:
        return Garbling(*groups, channel, None, Fraction(0))
    return Garbling(*groups, None, weights, _gap(weights, left, right))


def _gap(weights: Decision, left: Stochastic, right: Stochastic) -> Fraction:
    """Return what the target earns above any use of the source; positive, or the search lied."""
    bets: dict[tuple[Label, ...], list[tuple[tuple[Label, ...], Fraction]]] = {}
    for (x, label), weight in weights.items():
        if weight:
            bets.setdefault(label, []).append((x, weight))
    zero = Fraction(0)
    earned = sum((w * right[x].get(label, zero) for label in bets for x, w in bets[label]), zero)
    idle = len(bets) < len({label for _, label in weights})  # a label on which nothing is bet
    best = zero
    for m in {m for row in left.values() for m in row}:
        values = [sum((w * left[x].get(m, zero) for x, w in bet), zero) for bet in bets.values()]
        best += max([*values, zero] if idle else values)
    gap = earned - best
    if gap <= 0:
        raise ArithmeticError("a separating decision problem that separates nothing")
    return gap


def _conditional(dist: Dist, given: Group, group: Group) -> Stochastic:
    rows: dict[tuple[Label, ...], dict[tuple[Label, ...], int]] = {}
    for outcome, weight in dist.marginal([*given, *group]).weights().items():
        x, label = outcome[: len(given)], outcome[len(given) :]
        rows.setdefault(x, {})[label] = weight
    sums = {x: sum(row.values()) for x, row in rows.items()}
    return {
        x: {label: Fraction(weight, sums[x]) for label, weight in row.items()}
        for x, row in rows.items()
    }


def _text(labels: tuple[Label, ...]) -> str:
    return ",".join(map(str, labels))
