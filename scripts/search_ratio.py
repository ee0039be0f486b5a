"""Search for laws on which every function of two features does much worse than a latent.

Usage: python scripts/search_ratio.py [--shape 4x4 | --start LAW] [--symmetry exchange reversal]
                                      [--labels 2] [--seed 0] [--starts N] [--seconds 60] [-o LAW]

The factor is T/tau, of the least summed errors of functions and of stochastic latents.  Tau is
taken from above, by a latent that a fixed point settles; T from below, by shares of the outcomes
in what every block of them costs.  Both have slopes in the masses, so a linear program in the
shares and in small changes of the masses proposes the next law; it is kept when its factor is
higher, and otherwise the changes have to be smaller.  Random starts follow one another until there
were so many or the time is over; or the first two variables of a law are the only start.  All is in
floats, and nothing is claimed of what is printed.  The law that is written has the latent L; all
its masses are counts, and `gap(read_law(FILE), "L", RATIO)` makes a certificate of it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from natlat_sym import Dist, read_law, write_law
from natlat_sym.natural.majorants import error, settled, starting
from natlat_sym.search.blockwalk import NEARNESS, BlockCosts, trivial_shares, xlog
from natlat_sym.search.labelwalk import LabelWalk, starts
from natlat_sym.search.lp import Program, linear_program

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST, LEAST, GROWTH = 0.3, 1e-6, 1.5  # by how much the masses may change in a step
PATIENCE, SLOW = 20, 1e-6  # a start is over when so many steps gain no more than this
POOL, NEAREST, SCATTERED, ROUNDS, SEEN, TINY = 4000, 40, 12, 400, 1e-8, 1e-6
SCALE = 1024.0  # the solver keeps to absolute tolerances
COUNTS, PARTS = 10**8, 10**5  # the total that is written, and into how much an outcome is split
NATS = 2 / np.log(2)


def orbits(shape: tuple[int, int], symmetry: Sequence[str]) -> Integers:
    """Return for each cell, by rows, the number of its class under some symmetries.

    >>> orbits((2, 2), ["exchange"]).tolist()
    [0, 1, 1, 2]
    >>> orbits((2, 3), ["reversal"]).tolist()
    [0, 1, 2, 2, 1, 0]
    """
    cells = np.arange(shape[0] * shape[1]).reshape(shape)
    images = [cells]
    if "exchange" in symmetry:
        images += [image.T for image in images]
    if "reversal" in symmetry:
        images += [image[::-1, ::-1] for image in images]
    least = np.min(images, axis=0).reshape(-1)
    return np.asarray(np.unique(least, return_inverse=True)[1].reshape(-1))


class Ascent:
    """Laws of one shape with symmetries, and the blocks of outcomes that matter for them."""

    def __init__(
        self,
        shape: tuple[int, int],
        symmetry: Sequence[str],
        labels: int,
        end: float = float("inf"),
    ) -> None:
        self.shape, self.labels, self.end = shape, labels, end
        self.orbits = orbits(shape, symmetry)
        self.classes = np.eye(self.orbits.max() + 1)[self.orbits]
        places = np.indices(shape).reshape(2, -1)
        self.features = [places[0], places[1]]
        self.pool = np.vstack([np.eye(places.shape[1]), np.ones((1, places.shape[1]))])

    def latent(self, masses: Floats, near: Floats | None, dice: np.random.Generator) -> Floats:
        """Return a good latent, labels first; from a near one where there is one."""
        table = masses.reshape(self.shape)
        if near is not None:
            return settled(table, near[None])
        return settled(table, starting(table, self.labels, 12, dice))

    def bound(self, masses: Floats, dice: np.random.Generator, needed: float) -> float:
        """Return what shares give that no block is seen to break; or less than needed, or 0.

        The blocks that broke shares on the way are kept for the laws to come.
        """
        costs = BlockCosts(masses, self.features, self.features)
        for step in range(ROUNDS):
            shares = self._solved(masses)
            if (least := self.least(masses, shares)) <= needed:
                return least
            if time.monotonic() > self.end:
                return 0.0
            short = costs.of(self.pool) - self.pool @ shares
            near = self.pool[np.argsort(short, kind="stable")[:NEAREST]]
            tries = [near, dice.integers(0, 2, (SCATTERED, len(masses))).astype(np.float64)]
            if not step:
                tries += [np.eye(len(masses))]
            rows = np.vstack(tries)
            low = costs.lowered(rows[rows.sum(axis=1) > 0], shares)
            broken = low[costs.of(low) - low @ shares < -SEEN]
            if not len(broken):
                break
            self.pool = np.unique(np.vstack([self.pool, broken]), axis=0)
        else:
            return 0.0
        self.density = shares / masses
        short = costs.of(self.pool) - self.pool @ shares
        small = self.pool.sum(axis=1) == 1
        order = np.argsort(np.where(small, -1.0, short), kind="stable")
        self.pool = self.pool[np.sort(order[:POOL])]
        return least

    def partitions(self, masses: Floats) -> None:
        """Take the blocks of good partitions into the pool, and begin with the shares of one."""
        walk = LabelWalk(masses, self.features, self.features, "sum")
        found = [walk.improve(labels) for labels in starts(walk)]
        rows = [np.eye(labels.max() + 1)[labels].T for labels in found]
        self.pool = np.unique(np.vstack([self.pool, *rows]), axis=0)
        costs = BlockCosts(masses, self.features, self.features)
        self.density = costs.slopes(min(found, key=walk.value)).sum(axis=1) / masses

    def _solved(self, masses: Floats) -> Floats:
        """Return the best shares for the blocks of the pool, near those of the last law."""
        costs = BlockCosts(masses, self.features, self.features)
        sizes = self.classes.sum(axis=0)
        guess = (masses * self.density) @ self.classes / sizes
        start = trivial_shares(costs) @ self.classes / sizes
        spans = (np.abs(start - guess) + masses @ self.classes / sizes)[:, None]
        ones, none = np.eye(len(sizes)), np.zeros((len(self.pool), 1))
        rows = np.vstack(
            [
                np.hstack([self.pool @ self.classes, none]),
                np.hstack([ones, spans]),
                np.hstack([-ones, spans]),
                np.hstack([0 * sizes, 1.0]),
            ]
        )
        cost = np.concatenate([costs.of(self.pool), guess, -guess, [0.0]])
        return _duals(rows, cost, np.append(sizes, NEARNESS))[:-1][self.orbits]

    def _changes(self, masses: Floats, goal: Floats, reach: float) -> Floats:
        """Return changes of the masses, in nats, that raise a goal and the best shares together.

        What the shares of a block may sum to is its cost, with the slopes of that.
        """
        costs = BlockCosts(masses, self.features, self.features)
        held = self.pool * masses
        logs = np.log2(held.sum(axis=1, keepdims=True)) + np.log2(masses) - NATS
        for codes, ones in zip(costs.classes, costs.ones, strict=True):
            logs = logs - np.log2(np.maximum(held @ ones, 1e-300))[:, codes]
        sizes = self.classes.sum(axis=0)
        both = np.vstack([np.eye(len(sizes)), -np.eye(len(sizes))])
        rows = np.vstack(
            [
                np.hstack([self.pool @ self.classes, -(held * logs) @ self.classes]),
                np.hstack([0 * both, both]),
            ]
        )
        cost = np.concatenate([costs.of(self.pool), np.full(len(both), reach)])
        found = _duals(rows, cost, np.concatenate([sizes, goal @ self.classes]))
        return found[len(sizes) :][self.orbits]

    def least(self, masses: Floats, shares: Floats) -> float:
        """Return the bound of the summed error of every function that shares give."""
        alone = sum(xlog(np.bincount(codes, masses)).sum() for codes in self.features)
        return float(shares.sum() + alone)

    def proposed(self, masses: Floats, channel: Floats, factor: float, reach: float) -> Floats:
        """Return masses that raise the bound less the factor times the latent's error the most."""
        table = masses.reshape(self.shape)
        x, y = (np.log2(table.sum(axis=side, keepdims=True)) for side in (1, 0))
        parts = channel * table
        inner = 3 * np.log2(np.maximum(parts, 1e-300))
        inner = inner + np.log2(parts.sum(axis=(1, 2), keepdims=True))
        for side in (1, 2):
            inner = inner - 2 * np.log2(parts.sum(axis=side, keepdims=True))
        slope = x + y - 2 * np.log2(table) + (channel * inner).sum(axis=0)
        goal = masses * (x + y + NATS - factor * slope).reshape(-1)
        following = masses * np.exp(self._changes(masses, goal, reach))
        return np.asarray(following / following.sum())

    def climb(
        self, masses: Floats, dice: np.random.Generator
    ) -> Iterator[tuple[float, Floats, Floats]]:
        """Yield higher and higher factors, each with its law and latent."""
        self.partitions(masses)
        channel = self.latent(masses, None, dice)
        best = self._factor(masses, channel, dice)
        yield best, masses, channel
        reach, past = FIRST, [0.0] * PATIENCE
        while reach > LEAST and best - past[-PATIENCE] > SLOW and time.monotonic() < self.end:
            trial = self.proposed(masses, channel, best, reach)
            other = self.latent(trial, channel, dice)
            factor = self._factor(trial, other, dice, best)
            if factor > best:
                best, masses, channel = factor, trial, other
                reach = min(FIRST, reach * GROWTH)
                past.append(best)
                yield best, masses, channel
            else:
                reach /= 2

    def _factor(
        self, masses: Floats, channel: Floats, dice: np.random.Generator, best: float = 0.0
    ) -> float:
        """Return the factor, or one that is not above the best so far."""
        score = error(masses.reshape(self.shape), channel)
        return self.bound(masses, dice, best * score) / score if score > TINY else 0.0


def _duals(rows: Floats, cost: Floats, goal: Floats) -> Floats:
    """Return y with the largest ``goal @ y`` such that ``rows @ y <= cost``."""
    there = rows != 0
    ends = np.cumsum([0, *there.sum(axis=1)]).astype(np.int32)
    matrix = (ends, np.nonzero(there)[1].astype(np.int32), rows[there])
    program = Program(SCALE * cost, np.zeros(len(cost)), goal, matrix, True)
    return np.array(linear_program(program).getSolution().row_dual) / SCALE


def random_masses(ascent: Ascent, dice: np.random.Generator) -> Floats:
    """Return a mixture of two products, one the mirror image of the other, with noise."""
    rows, columns = (dice.normal(0, 2, size) for size in ascent.shape)
    front = np.add.outer(rows, columns)
    back = np.add.outer(rows[::-1], columns[::-1])
    logs = np.logaddexp(front, back) + dice.normal(0, 0.5, ascent.shape)
    logs = ascent.classes.T @ logs.reshape(-1) / ascent.classes.sum(axis=0)
    masses = np.maximum(np.exp(logs - logs.max()), 1e-4)[ascent.orbits]
    return np.asarray(masses / masses.sum())


def stored_masses(law: Dist, ascent: Ascent) -> Floats:
    """Return the masses of the first two variables of a law, made as symmetrical as asked."""
    table = np.zeros(ascent.shape)
    sides = [sorted(law.alphabet(name), key=str) for name in law.names[:2]]
    for (x, y), mass in law.marginal(law.names[:2]).items():
        table[sides[0].index(x), sides[1].index(y)] = float(mass)
    if not table.all():
        raise SystemExit("expected a law to start from without zeros")
    means = ascent.classes.T @ table.reshape(-1) / ascent.classes.sum(axis=0)
    return np.asarray(means[ascent.orbits])


def rounded(masses: Floats, channel: Floats, shape: tuple[int, int]) -> Dist:
    """Return the law of X, Y and L in counts."""
    rows: dict[tuple[str, ...], int] = {}
    width = len(str(max(shape) - 1))
    for cell, mass in enumerate(masses):
        x, y = divmod(cell, shape[1])
        parts = np.floor(channel[:, x, y] * PARTS).astype(int)
        parts[int(parts.argmax())] += PARTS - int(parts.sum())
        for label, part in enumerate(parts.tolist()):
            key = (f"{x:0{width}}", f"{y:0{width}}", f"l{label}")
            rows[key] = max(1, round(mass * COUNTS)) * part
    return Dist.from_weights(rows, "X Y L")


def search(arguments: argparse.Namespace) -> tuple[float, Dist]:
    """Return the highest factor found, and its law."""
    if arguments.labels < 1:
        raise SystemExit(f"expected at least one label, got {arguments.labels}")
    dice = np.random.default_rng(arguments.seed)
    shape, start = arguments.shape, None
    if arguments.start:
        start = read_law(arguments.start)
        shape = tuple(len(start.alphabet(name)) for name in start.names[:2])
    if shape[0] != shape[1] and "exchange" in arguments.symmetry:
        raise SystemExit("expected as many rows as columns for the symmetry 'exchange'")
    end = time.monotonic() + arguments.seconds
    found: list[tuple[float, Floats, Floats]] = [(0.0, np.ones(1), np.ones(1))]
    shown = 0.0
    for turn in range(1, (1 if start else arguments.starts) + 1):
        ascent = Ascent(shape, arguments.symmetry, arguments.labels, end)
        masses = stored_masses(start, ascent) if start else random_masses(ascent, dice)
        for step in ascent.climb(masses, dice):
            found = [max(*found, step, key=lambda one: one[0])]
            if time.monotonic() > shown + 2:
                shown = time.monotonic()
                print(f"start {turn}: {step[0]:.7f}", file=sys.stderr, flush=True)
            if time.monotonic() > end:
                break
        if time.monotonic() > end:
            break
    factor, masses, channel = found[0]
    if not factor:
        raise SystemExit("no start had a latent and shares; try another --seed")
    return factor, rounded(masses, channel, shape)


def _shape(text: str) -> tuple[int, int]:
    rows, _, columns = text.partition("x")
    if not (rows.isdecimal() and columns.isdecimal() and min(int(rows), int(columns)) > 1):
        raise argparse.ArgumentTypeError(f"expected a shape such as 4x4, got {text!r}")
    return int(rows), int(columns)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments, search, and write the law."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shape", type=_shape, default=(4, 4), metavar="ROWSxCOLUMNS")
    parser.add_argument("--start", type=Path, metavar="LAW")
    parser.add_argument("--symmetry", nargs="*", default=[], choices=["exchange", "reversal"])
    parser.add_argument("--labels", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--starts", type=int, default=10**6)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("-o", "--output", type=Path, metavar="LAW")
    arguments = parser.parse_args(argv)
    best, law = search(arguments)
    print(f"factor {best:.7f}")
    if arguments.output:
        write_law(law, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
