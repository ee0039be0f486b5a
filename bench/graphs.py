"""Time d-separation on random nets against networkx, and pyAgrum where installed.

    python bench/graphs.py            up to 2000 nodes, under a minute
    python bench/graphs.py --quick    up to 100 nodes

Random nets of mean degree 3; thirty questions about two nodes given a tenth of all nodes; mean time
for a question in milliseconds, best of three rounds.  Every engine must give the same answers.

ours     `d_separated` on the same nx.DiGraph, which is read anew only when it has changed
first    the same on a graph that was never seen before
all      `d_connected`, all targets of one source at once
table    one networkx question for each target, against one call of `d_connected`
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

import networkx as nx

from natlat_sym import d_connected, d_separated
from natlat_sym.exact.render import text_table

SIZES = (10, 100, 1000, 2000)
Question = tuple[str, str, list[str]]


def random_net(size: int) -> nx.DiGraph:
    """Return a net with half again as many edges as nodes."""
    dice = random.Random(size)
    net = nx.DiGraph()
    net.add_nodes_from(f"V{i}" for i in range(size))
    while net.number_of_edges() < 3 * size // 2:
        tail, head = sorted(dice.sample(range(size), 2))
        net.add_edge(f"V{tail}", f"V{head}")
    return net


def questions(net: nx.DiGraph) -> list[Question]:
    """Return thirty pairs of nodes with a tenth of all nodes given."""
    dice = random.Random(len(net))
    picked = [dice.sample(list(net), 2 + len(net) // 10) for _ in range(30)]
    return [(nodes[0], nodes[1], nodes[2:]) for nodes in picked]


def timed(
    ask: Callable[[str, str, list[str]], object], asked: list[Question]
) -> tuple[float, list]:
    """Return milliseconds for each question, and the answers."""
    best, answers = float("inf"), []
    for _ in range(3):
        start = time.perf_counter()
        answers = [ask(*question) for question in asked]
        best = min(best, time.perf_counter() - start)
    return 1000 * best / len(asked), answers


def peers(net: nx.DiGraph) -> dict[str, Callable[[str, str, list[str]], bool]]:
    """Return the other engines that are installed, with the net in their own form."""
    found: dict[str, Callable[[str, str, list[str]], bool]] = {}
    try:
        import pyagrum

        other = pyagrum.DAG()
        number = {node: other.addNode() for node in net}
        for tail, head in net.edges:
            other.addArc(number[tail], number[head])
        found["pyAgrum"] = lambda a, b, z: bool(
            other.dSeparation({number[a]}, {number[b]}, {number[v] for v in z})
        )
    except ImportError:
        pass
    return found


def measure(size: int) -> list[str]:
    """Return one row of the table."""
    net = random_net(size)
    asked = questions(net)
    fresh = iter([net.copy() for _ in range(3 * len(asked))])
    theirs, wanted = timed(lambda a, b, z: nx.is_d_separator(net, {a}, {b}, set(z)), asked)
    mine, answers = timed(lambda a, b, z: d_separated(net, a, b, z), asked)
    first, again = timed(lambda a, b, z: d_separated(next(fresh), a, b, z), asked)
    every, tables = timed(lambda a, b, z: d_connected(net, a, z), asked)
    listed = [b not in table for (_, b, _), table in zip(asked, tables, strict=True)]
    others = {name: timed(ask, asked) for name, ask in peers(net).items()}
    for found in (answers, again, listed, *(found for _, found in others.values())):
        if found != wanted:
            raise SystemExit(f"different answers on {size} nodes")
    return [
        str(size),
        *(f"{value:.3f}" for value in (theirs, mine, first, every)),
        f"{theirs / mine:.1f}x",
        f"{theirs * size / every:.0f}x",
        ", ".join(f"{name} {value:.3f}" for name, (value, _) in others.items()) or "not installed",
    ]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="up to 100 nodes")
    quick = parser.parse_args().quick
    head = ["nodes", "networkx", "ours", "first", "all", "networkx/ours", "table", "others"]
    rows = [measure(size) for size in (SIZES[:2] if quick else SIZES)]
    print(text_table([head, *rows], right=range(7)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
