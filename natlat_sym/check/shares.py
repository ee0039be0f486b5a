"""Blocks of outcomes that are not shown to cost their shares (section 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from .errors import Errors
from .laws import weighted_log
from .moves import Move, carried, keeping, orbit
from .reading import Rejected, require

COARSE = 64  # bits of the logarithms
LINES, ROUNDS, GOAL = 256, 5, 1 << 14  # they guide the search; others are sound too
Outcome = tuple[str, ...]


class Broken(Rejected):
    """More blocks are not shown to cost their shares than may be; they are in ``blocks``."""

    def __init__(self, blocks: list[list[Outcome]]) -> None:
        super().__init__("shares: a block costs less than its shares")
        self.blocks = blocks


class _Logs(dict[int, tuple[int, int]]):
    """Integers that enclose n*log2(n) * 2**COARSE, for each n that was asked for."""

    def __missing__(self, n: int) -> tuple[int, int]:
        self[n] = weighted_log(n, COARSE)
        return self[n]


Parts = list[dict[int, int]]  # for each family what each outcome costs there


class _Choice(NamedTuple):
    """The cheapest choice among the open outcomes of a class: the first so many of the order."""

    base: int
    order: list[int]
    least: int
    held: int
    mass: int


class _Bound(NamedTuple):
    """A lower bound of what the blocks of a case cost less their shares, and how it came."""

    least: int
    parts: Parts
    at: int
    gains: Parts
    choices: list[list[_Choice]]

    def held(self) -> list[set[int]]:
        """Return the outcomes that each family chooses."""
        return [
            {j for choice in family for j in choice.order[: choice.held]} for family in self.choices
        ]


class _Case:
    """The blocks that hold some outcomes, leave others out, and are free on the open ones."""

    def __init__(self, members: list[list[list[int]]], parts: Parts, left: int) -> None:
        self.open = [[list(row) for row in family] for family in members]
        self.base = [[0] * len(family) for family in members]
        self.parts = parts
        self.whole, self.left, self.cost, self.at = 0, left, 0, left // 2
        self.block: list[int] = []

    def twin(self) -> _Case:
        """Return a case that can be narrowed apart from this one."""
        other = copy(self)
        other.open = [[list(row) for row in family] for family in self.open]
        other.base = [list(family) for family in self.base]
        other.block = list(self.block)
        return other


class _Blocks:
    """What every block of outcomes costs less its shares."""

    def __init__(self, cells: dict[Outcome, tuple[int, int]], total: int, errors: Errors) -> None:
        self.keys, self.weights = list(cells), [weight for weight, _ in cells.values()]
        width, times = len(self.keys[0]), errors.mediation
        self.total, self.spread = total, times * (width - 1)
        self.step = self.total // LINES + 1
        self.log = _Logs()
        self.own = [times * self.log[w][0] - share for w, share in cells.values()]
        families = errors.families(self.keys)
        self.codes, self.times = list(families), list(families.values())
        places = range(len(self.weights))
        self.members = [
            [[j for j in places if codes[j] == n] for n in range(max(codes) + 1)]
            for codes in self.codes
        ]

    def require_same(self, moves: Sequence[Move]) -> None:
        """Refuse permutations that may change what a block costs less its shares."""
        families = dict(zip(self.codes, self.times, strict=True))
        for move in moves:
            same = all(self.own[j] == self.own[to] for j, to in enumerate(move))
            same &= all(self.weights[j] == self.weights[to] for j, to in enumerate(move))
            for codes, times in families.items():
                same &= families.get(carried(codes, move)) == times
            require(same, "symmetries", "one changes the counts, the shares or the features")

    def support(self, at: int) -> tuple[int, int]:
        """Return a, b with spread * m*log2(m) >= a + b*m for 0 <= m <= total."""
        low, high = self.log[at]
        slope = self.log[at + 1][0] - high
        slack = self.log[at + 1][1] - low - slope
        return self.spread * (low - slack * self.total - slope * at), self.spread * slope

    def start(self) -> _Case:
        """Return the case of all blocks; each family but the first pays for its chords."""
        parts: Parts = []
        for codes, times, members in zip(self.codes, self.times, self.members, strict=True):
            sums = [sum(self.weights[j] for j in row) for row in members]
            drops = [times * self.log[m][1] // m for m in sums]
            parts.append({j: w * drops[codes[j]] for j, w in enumerate(self.weights)})
        rest = zip(self.own, *(part.values() for part in parts[1:]), strict=True)
        parts[0] = {j: own - sum(others) for j, (own, *others) in enumerate(rest)}
        return _Case(self.members, parts, sum(self.weights))

    def decide(self, case: _Case, j: int, held: bool) -> None:
        """Narrow a case to the blocks with or without an outcome."""
        weight = self.weights[j]
        case.left -= weight
        if held:
            case.whole += weight
            case.cost += self.own[j]
            case.block.append(j)
        for number, codes in enumerate(self.codes):
            row, base = case.open[number][codes[j]], case.base[number]
            row.remove(j)
            base[codes[j]] += weight if held else 0
            if not row:
                case.cost -= self.times[number] * self.log[base[codes[j]]][1]

    def cheapest(
        self, base: int, order: list[int], gain: dict[int, int], times: int
    ) -> tuple[int, int, int]:
        """Return the least of sum gain - times * f(base + weights), the outcomes in order."""
        weights, log = self.weights, self.log
        spent, mass = 0, base
        best = (-times * log[base][1], 0, base)
        for number, j in enumerate(order, 1):
            mass += weights[j]
            spent += gain[j]
            value = spent - times * log[mass][1]
            if value < best[0]:
                best = value, number, mass
        return best

    def choices(self, case: _Case, gains: Parts) -> list[list[_Choice]]:
        """Return the cheapest choice in each class of each family."""
        fine = 2 * self.total.bit_length()  # enough to tell fractions of two weights apart
        found = []
        for gain, rows, bases, times in zip(gains, case.open, case.base, self.times, strict=True):
            ratio = {j: (gain[j] << fine) // self.weights[j] for row in rows for j in row}
            classes = []
            for row, base in zip(rows, bases, strict=True):
                if row:
                    order = sorted(row, key=ratio.__getitem__)
                    classes.append(_Choice(base, order, *self.cheapest(base, order, gain, times)))
            found.append(classes)
        return found

    def least(self, case: _Case) -> _Bound:
        """Bound what the blocks of a case cost less their shares, by the parts as they are."""
        constant, slope = self.support(case.at)
        first = {j: cost + slope * self.weights[j] for j, cost in case.parts[0].items()}
        gains = [first, *case.parts[1:]]
        choices = self.choices(case, gains)
        least = case.cost + sum(choice.least for family in choices for choice in family)
        if case.left:
            least += constant + slope * case.whole
        else:
            least += self.spread * self.log[case.whole][0]
        return _Bound(least, case.parts, case.at, gains, choices)

    def shift(self, case: _Case, bound: _Bound) -> None:
        """Move costs of outcomes between families that disagree on them."""
        count = len(self.times)
        sets = bound.held()
        votes = Counter(j for held in sets for j in held)
        apart = {j: n for j, n in votes.items() if n < count}
        share = sum(self.weights[j] * n * (count - n) for j, n in apart.items())
        if share:
            step = ((self.total << COARSE) // GOAL - bound.least) // share
            case.parts = [dict(part) for part in case.parts]
            for part, held in zip(case.parts, sets, strict=True):
                for j, n in apart.items():
                    part[j] += step * self.weights[j] * (count * (j in held) - n)
        mass = sum(row.mass - row.base for family in bound.choices for row in family)
        mass = case.whole + mass // count
        case.at = (2 * case.at + mass) // (3 * self.step) * self.step

    def best(self, case: _Case) -> _Bound:
        """Return the best bound of some rounds."""
        found: list[_Bound] = []
        for _ in range(ROUNDS):
            found.append(self.least(case))
            if found[-1].least >= 0 or not case.left:
                break
            self.shift(case, found[-1])
        bound = max(found, key=lambda bound: bound.least)
        case.parts, case.at = bound.parts, bound.at
        return bound

    def agreed(self, bound: _Bound) -> dict[int, bool]:
        """Return on what all blocks agree that cost less than their shares."""
        places: dict[int, list[tuple[int, _Choice, int]]] = {}
        for number, family in enumerate(bound.choices):
            for choice in family:
                for place, j in enumerate(choice.order):
                    places.setdefault(j, []).append((number, choice, place))
        found = {}
        for j, where in places.items():
            for side in (False, True):
                other = [spot for spot in where if (spot[2] < spot[1].held) != side]
                for exact in (False, True):
                    least = bound.least
                    for number, choice, place in other:
                        least += self.turned(choice, place, bound.gains[number], number, exact)
                    if least < 0:
                        break
                else:
                    found[j] = not side
        return found

    def turned(
        self, choice: _Choice, place: int, gain: dict[int, int], number: int, exact: bool
    ) -> int:
        """Return what a class costs more with an outcome on the other side, or at most."""
        j, times, held = choice.order[place], self.times[number], place < choice.held
        weight = self.weights[j]
        if not exact:
            mass, spent = (-weight, -gain[j]) if held else (weight, gain[j])
            mass += choice.mass
            return spent + times * (self.log[choice.mass][1] - self.log[mass][1])
        others = choice.order[:place] + choice.order[place + 1 :]
        base, spent = (choice.base, 0) if held else (choice.base + weight, gain[j])
        return spent + self.cheapest(base, others, gain, times)[0] - choice.least

    def widest(self, case: _Case, bound: _Bound) -> int:
        """Return the open outcome about whose classes, and about which, least is known."""
        gaps: Counter[int] = Counter()
        for rows, bases, times in zip(case.open, case.base, self.times, strict=True):
            for row, base in zip(rows, bases, strict=True):
                more = sum(self.weights[j] for j in row)
                for j in row:
                    gaps[j] += times * more * more * self.weights[j] // (2 * base + more)
        sets = bound.held()
        votes = Counter(j for held in sets for j in held)
        apart = {j for j, n in votes.items() if n < len(sets)}
        return max(gaps, key=lambda j: ((1 + 2 * (j in apart)) * gaps[j], self.weights[j]))


def near_part(
    cells: dict[Outcome, tuple[int, int]],
    total: int,
    cases: int,
    errors: Errors,
    reach: int,
    most: int,
    moves: Sequence[Move],
) -> tuple[list[list[Outcome]], int]:
    """Return the blocks not shown to cost their shares and the reach, and how many cases are left.

    More than ``most`` of them are refused.  Of blocks that the moves, permutations of the outcomes,
    take to one another some may be left out, but not all.
    """
    kinds = [_Blocks(cells, total, errors)]
    alone = errors._replace(mediation=0)
    if kinds[0].spread > errors.mediation and any(weight for _, weight in alone.rest):
        kinds.append(_Blocks(cells, total, alone))  # the TC in a block is at least 0
    for blocks in kinds:
        blocks.require_same(moves)
    found: list[list[Outcome]] = []
    stack = [([blocks.start() for blocks in kinds], list(moves))]
    for case in stack[0][0]:
        case.cost -= reach
    while stack:
        twins, moves = stack.pop()  # the moves take the blocks of a case to blocks of it
        cases -= 1
        require(cases >= 0, "shares", "not shown with so many cases")
        bounds: list[_Bound] = []
        for blocks, case in zip(kinds, twins, strict=True):
            bounds.append(blocks.best(case))
            if bounds[-1].least >= 0:
                break
        if bounds[-1].least >= 0:
            continue
        if not twins[0].left:
            if twins[0].block:
                found.append([kinds[0].keys[j] for j in twins[0].block])
            if len(found) > most:
                raise Broken(found)
            continue
        agreed: dict[int, bool] = {}
        for blocks, bound in zip(kinds, bounds, strict=True):
            agreed.update(blocks.agreed(bound))
        ways = [(twins, agreed)]
        if not agreed:  # a move takes each block with some of the orbit to one with j
            j = kinds[0].widest(twins[0], bounds[0])
            others = [case.twin() for case in twins]
            ways = [(twins, dict.fromkeys(sorted(orbit(j, moves)), False)), (others, {j: True})]
        for narrowed, decided in ways:
            for blocks, case in zip(kinds, narrowed, strict=True):
                for j, held in decided.items():
                    blocks.decide(case, j, held)
            stack.append((narrowed, keeping(moves, decided)))
    return found, cases
