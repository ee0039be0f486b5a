"""Wyner's common information from above: an exact mediator of two groups that tells little."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import brief, decimal
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.components import common_part
from natlat_sym.natural.features import Group, as_group, fresh_name, group_text
from natlat_sym.natural.posteriors import sufficient_statistic
from natlat_sym.statements.forms import information

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 100, 1000, 1_000_000)
ROUNDS = 60
Key = tuple[object, ...]
Rows = dict[str, Fraction]
Number = TypeVar("Number", Fraction, float)


@dataclass(frozen=True)
class WynerLatent:
    """An exact mediator W of two groups, and how much it tells about them.

    Attributes
    ----------
    law : Dist
        The law with W as one more variable: I(X;Y|W) = 0, exactly.
    latent : str
        W.
    groups : pair of tuples of str
        X and Y.
    information : Bits
        I(X,Y;W), an upper bound on Wyner's common information; that it is the least is not claimed.
    floor : Bits
        I(X;Y), a lower bound on it.

    Examples
    --------
    >>> from natlat_sym import zoo
    >>> print(wyner_latent(zoo.law("C03"), "X1", "X2"))
    common information of X1 and X2 after Wyner: at most 0.918296 bits, exactly -2/3 + log2(3)
    at least I(X1;X2) = 0.918296 bits, exactly -2/3 + log2(3)
    """

    law: Dist
    latent: str
    groups: tuple[Group, Group]
    information: Bits
    floor: Bits

    def __str__(self) -> str:
        one, two = map(group_text, self.groups)
        return (
            f"common information of {one} and {two} after Wyner: at most "
            f"{decimal(self.information)} bits, exactly {brief(self.information)}\n"
            f"at least I({one};{two}) = {decimal(self.floor)} bits, exactly {brief(self.floor)}"
        )


@explained
def wyner_latent(
    dist: Dist, first: str | Iterable[str], second: str | Iterable[str], name: str = "W"
) -> WynerLatent:
    """Return a latent that mediates exactly between two groups and tells little about them.

    Component by component of the support, because the common part is a function of any mediator.
    Inside a component the candidates are the minimal sufficient statistic of either group about the
    other, and where a group has two outcomes there, mixtures of up to three laws of it that floats
    propose and small rationals replace.

    Parameters
    ----------
    dist : Dist
        The law.
    first, second : str or iterable of str
        X and Y, groups without common variables.
    name : str
        The new variable.

    Returns
    -------
    WynerLatent
        Its mediation is exact; its information is an upper bound.

    Raises
    ------
    UnknownVariable, InvalidInput
        For a name the law lacks, overlapping groups, a law with parameters.

    References
    ----------
    A. D. Wyner, "The common information of two dependent random variables" (1975).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> golden = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "0")])
    >>> wyner_latent(golden, "X", "Y").information
    Bits('2/3')
    """
    as_law(dist)
    groups = as_group(first), as_group(second)
    if set(groups[0]) & set(groups[1]):
        raise InvalidInput("expected two groups without common variables", groups=groups)
    require_numbers(dist, purpose="to look for a latent")
    both = (*groups[0], *groups[1])
    law = dist.marginal(both)
    label = fresh_name("Block", both)
    blocks = common_part(law, *groups).extend(law, label)
    channel: dict[Key, Rows] = {}
    for block in blocks.alphabet(label):
        inside = blocks.given({label: block})
        for outcome, row in _best(inside, groups).items():
            channel[outcome] = {f"{block}.{w}": mass for w, mass in row.items()}
    found = dist.extend(name, both, channel)
    if information(groups, (name,))(found) != 0:
        raise ArithmeticError("a proposed mediator that does not mediate")
    return WynerLatent(
        law=found,
        latent=name,
        groups=groups,
        information=information((both, (name,)))(found),
        floor=information(groups)(dist),
    )


def _best(law: Dist, groups: tuple[Group, Group]) -> dict[Key, Rows]:
    """Return the best of the candidates inside one component, as a channel from the outcomes."""
    name = fresh_name("W", law.names)
    candidates = [
        _channel_of(sufficient_statistic(law, groups[k], groups[1 - k], name), law) for k in (0, 1)
    ]
    for k in (0, 1):
        if len(law.marginal(groups[k])) == 2:
            candidates += _mixtures(law, groups[k], groups[1 - k])
    sizes = [information((law.names, (name,)))(law.extend(name, law.names, c)) for c in candidates]
    return candidates[min(range(len(sizes)), key=sizes.__getitem__)]


def _channel_of(extended: Dist, law: Dist) -> dict[Key, Rows]:
    return {
        outcome[: len(law.names)]: {str(outcome[-1]): Fraction(1)}
        for outcome in extended.marginal((*law.names, extended.names[-1])).support
    }


# ---- a group with two outcomes: mixtures of laws of it ----


class _Binary:
    """Mixtures q_1, ..., q_3 of chances of the first outcome of A, and how B chooses among them.

    Parameters are numbers from 0 to 1: how far q_1 is below the least chance P[a|b] and q_3 above
    the largest, where q_2 is between them, and for each b how much of the most that q_2 can have.
    """

    def __init__(self, law: Dist, binary: Group, rest: Group) -> None:
        self.places = [law.names.index(n) for n in binary], [law.names.index(n) for n in rest]
        self.law = law
        self.top = law.marginal(binary).support[0]
        joint: dict[Key, dict[Key, Fraction]] = {}
        for outcome, mass in law.items():
            a, b = (tuple([outcome[i] for i in side]) for side in self.places)
            joint.setdefault(b, {})[a] = mass
        self.keys = list(joint)
        self.masses = [sum(row.values(), Fraction(0)) for row in joint.values()]
        self.chances = [
            row.get(self.top, Fraction(0)) / mass
            for row, mass in zip(joint.values(), self.masses, strict=True)
        ]
        self.floats = [(float(m), float(c)) for m, c in zip(self.masses, self.chances, strict=True)]

    def parts(
        self, point: Sequence[Number], chances: Sequence[Number]
    ) -> tuple[list[Number], list[list[Number]]]:
        """Return the chances q, and for each b the masses of the three labels."""
        low, high = min(chances), max(chances)
        first, last = low * (1 - point[0]), high + (1 - high) * point[2]
        middle = first + (last - first) * point[1]
        rows: list[list[Number]] = []
        for chance, share in zip(chances, point[3:], strict=True):
            if chance <= middle:
                most = (chance - first) / (middle - first) if middle > first else 1
            else:
                most = (last - chance) / (last - middle)
            held = share * most
            rest = chance - held * middle
            upper = (rest - (1 - held) * first) / (last - first)
            rows.append([1 - held - upper, held, upper])
        return [first, middle, last], rows

    def size(self, point: Sequence[float]) -> float:
        """Return minus H(A,B|W) in nats; I(A,B;W) but for a constant."""
        chances = [chance for _, chance in self.floats]
        q, rows = self.parts(point, chances)
        total = 0.0
        for k in range(3):
            whole = sum(mass * row[k] for (mass, _), row in zip(self.floats, rows, strict=True))
            for (mass, _), row in zip(self.floats, rows, strict=True):
                part = mass * row[k]
                if part > 0 and whole > 0:
                    total += part * math.log(part / whole)
            for chance in (q[k], 1 - q[k]):
                if chance > 0 and whole > 0:
                    total += whole * chance * math.log(chance)
        return total

    def channel(self, point: Sequence[Fraction]) -> dict[Key, Rows]:
        """Return P[W|A,B] of a rational point."""
        q, rows = self.parts(point, self.chances)
        found: dict[Key, Rows] = {}
        for outcome in self.law.support:
            a, b = (tuple([outcome[i] for i in side]) for side in self.places)
            place = self.keys.index(b)
            right = a == self.top
            whole = self.chances[place] if right else 1 - self.chances[place]
            row = {}
            for k in range(3):
                mass = rows[place][k] * (q[k] if right else 1 - q[k]) / whole
                if mass:
                    row[str(k)] = mass
            found[outcome] = row
        return found


def _mixtures(law: Dist, binary: Group, rest: Group) -> list[dict[Key, Rows]]:
    model = _Binary(law, binary, rest)
    if min(model.chances) == max(model.chances):
        return [{outcome: {"0": Fraction(1)} for outcome in law.support}]
    size = 3 + len(model.keys)
    starts = [
        [a, 0.5, c, *[r] * (size - 3)] for a, c, r in product((0.0, 0.4), (0.0, 0.4), (0.0, 0.6))
    ]
    points = sorted((_descended(model.size, start) for start in starts), key=model.size)[:2]
    return [
        model.channel([Fraction(x).limit_denominator(d) for x in point])
        for point in points
        for d in DENOMINATORS
    ]


def _descended(size: Callable[[Sequence[float]], float], start: Sequence[float]) -> list[float]:
    """Walk along the axes with shrinking steps; every number stays between 0 and 1."""
    point, step = list(start), 0.25
    value = size(point)
    for _ in range(ROUNDS):
        moved = False
        for place, sign in product(range(len(point)), (1, -1)):
            trial = list(point)
            trial[place] = min(1.0, max(0.0, trial[place] + sign * step))
            new = size(trial)
            if new < value - 1e-15:
                point, value, moved = trial, new, True
        if not moved:
            step /= 2
    return point
