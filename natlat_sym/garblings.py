"""Blackwell's order: is one latent's channel a garbling of another's, whatever the joint law?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from natlat_sym.eliminate import reduced
from natlat_sym.errors import InvalidInput
from natlat_sym.features import Group, as_group, group_text
from natlat_sym.field import over_common, show
from natlat_sym.render import text_table
from natlat_sym.simplex import nonnegative_solution

if TYPE_CHECKING:
    from natlat_sym.dist import Dist

Label = Hashable
Decision = dict[tuple[tuple[Label, ...], tuple[Label, ...]], Fraction]
Stochastic = dict[tuple[Label, ...], dict[tuple[Label, ...], Fraction]]


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
        m, target, x = map(group_text, (self.source, self.target, self.given))
        if self.channel is not None:
            labels = sorted({label for row in self.channel.values() for label in row}, key=str)
            rows = [
                (_text(key), *(show(row.get(label, Fraction(0))) for label in labels))
                for key, row in self.channel.items()
            ]
            head = f"P[{target}|{x}] is a garbling of P[{m}|{x}], by the channel P[{target}|{m}]:"
            return f"{head}\n{text_table([(m, *map(_text, labels)), *rows])}"
        rows = [
            (_text(key), _text(label), show(weight))
            for (key, label), weight in (self.decision or {}).items()
        ]
        return (
            f"P[{target}|{x}] is no garbling of P[{m}|{x}]: in the decision problem below {target} "
            f"earns {show(self.gap)} more than any use of {m}\n"
            + text_table([(x, target, "weight"), *rows], right=[2])
        )


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
    otherwise linear programming over the rationals.

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
    groups = as_group(source), as_group(target), as_group(given)
    if dist.parameters or (other is not None and other.parameters):
        raise InvalidInput("expected a law without parameters, take a point first: law.at(...)")
    left = _conditional(dist if other is None else other, groups[2], groups[0])
    right = _conditional(dist, groups[2], groups[1])
    if missing := [x for x in right if x not in left]:
        raise InvalidInput(
            f"expected the law of {group_text(groups[0])} to allow every value of "
            f"{group_text(groups[2])}, {_text(missing[0])} has mass 0 there"
        )
    left = {x: left[x] for x in right}
    question = _Question(left, right)
    channel, weights = question.by_elimination() or question.by_programming()
    if channel is not None:
        return Garbling(*groups, channel, None, Fraction(0))
    return Garbling(*groups, None, weights, _gap(weights, left, right))


class _Question:
    """Is there T >= 0 with rows that sum to 1 and P[M|x] T = P[L|x] for every x?"""

    def __init__(self, left: Stochastic, right: Stochastic) -> None:
        self.left, self.right = left, right
        self.points = list(left)
        self.sources = sorted({m for row in left.values() for m in row}, key=str)
        self.targets = sorted({label for row in right.values() for label in row}, key=str)
        # Each equation by its own scale, all right-hand sides by one: short integers on the left.
        self.scales: list[int] = []
        coefficients, sides = [], []
        for x in self.points:
            whole, scale = over_common([left[x].get(m, Fraction(0)) for m in self.sources])
            coefficients.append(whole)
            sides.append([scale * right[x].get(label, Fraction(0)) for label in self.targets])
            self.scales.append(scale)
        flat, self.common = over_common([value for row in sides for value in row])
        values = iter(flat)
        self.matrix = [[*row, *islice(values, len(self.targets))] for row in coefficients]

    def by_elimination(self) -> tuple[Stochastic | None, Decision] | None:
        """Decide it where at most one T solves the equations; None otherwise.

        Such a T has rows that sum to 1 by itself, because both channels have.
        """
        count = len(self.sources)
        system = reduced(self.matrix, count)
        wrong = system.inconsistent()
        if wrong is not None:
            return None, self._weights(wrong, None)
        if not system.unique:
            return None
        columns = [system.solution(side) for side in range(len(self.targets))]
        for side, column in enumerate(columns):
            for place, mass in enumerate(column):
                if mass < 0:
                    return None, self._weights(side, place)
        return {
            m: {
                label: column[place] / self.common
                for label, column in zip(self.targets, columns, strict=True)
                if column[place]
            }
            for place, m in enumerate(self.sources)
        }, {}

    def _weights(self, side: int, place: int | None) -> Decision:
        """Return a decision problem about one label of L, worth nothing to any use of M.

        With u A = e_m and (u B)_l < 0, or u A = 0 and (u B)_l < 0, betting -u(x) on l pays L and
        not M.
        """
        count = len(self.sources)
        equations = [[row[k] for row in self.matrix] for k in range(count)]
        goal = [int(k == place) for k in range(count)]
        if place is None:
            equations.append([row[count + side] for row in self.matrix])
            goal.append(-1)
        system = [[*row, value] for row, value in zip(equations, goal, strict=True)]
        found = reduced(system, len(self.points)).solution(0)
        bets = {x: -u * scale for x, u, scale in zip(self.points, found, self.scales, strict=True)}
        return {
            (x, label): bets[x] if label == self.targets[side] else Fraction(0)
            for x in self.points
            for label in self.targets
        }

    def by_programming(self) -> tuple[Stochastic | None, Decision]:
        """Decide it by linear programming over the rationals."""
        size, count = len(self.targets), len(self.points) * len(self.targets)
        columns = []
        for k, m in enumerate(self.sources):
            for j in range(size):
                place = {
                    i * size + j: self.left[x][m]
                    for i, x in enumerate(self.points)
                    if m in self.left[x]
                }
                columns.append({**place, count + k: Fraction(1)})
        goal = {
            i * size + j: self.right[x][label]
            for i, x in enumerate(self.points)
            for j, label in enumerate(self.targets)
            if label in self.right[x]
        }
        goal |= {count + k: Fraction(1) for k in range(len(self.sources))}
        answer = nonnegative_solution(columns, goal)
        if answer.solution is not None:
            channel: Stochastic = {m: {} for m in self.sources}
            for column, value in answer.solution.items():
                channel[self.sources[column // size]][self.targets[column % size]] = value
            return channel, {}
        vector = answer.separator or {}
        return None, {
            (x, label): -vector.get(i * size + j, Fraction(0))
            for i, x in enumerate(self.points)
            for j, label in enumerate(self.targets)
        }


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
