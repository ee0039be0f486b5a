"""Time the prover on the standard cases, against psitip in the same run when it is installed.

Usage: python bench/prover.py [--quick]

Each case is a claim about all laws, proved exactly and re-checked by the trusted checker; psitip
answers from one floating linear program.  "Symmetry off" leaves the closure under exact
independences, which psitip has too; "all joint entropies" leaves no reduction.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib.util
import operator
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from natlat_sym import NotDerivable, Theorem, bound, prove
from natlat_sym.exact.render import text_table
from natlat_sym.search import prover, spaces

PATIENCE = 2.0  # seconds; a peer that takes longer is run once

Case = tuple[str, str, list[str]]


def others(names: list[str], name: str) -> str:
    """Return all names but one, joined."""
    return ",".join(other for other in names if other != name)


def features(count: int) -> list[str]:
    """Return X1, ..., X_count."""
    return [f"X{i}" for i in range(1, count + 1)]


def deterministic(count: int) -> Case:
    """Return the mediator theorem: a redund is a function of every mediator."""
    names = features(count)
    redundancy = " + ".join(f"H(R|{others(names, name)})" for name in names)
    claim = f"H(R|L) <= {count - 1} TC({';'.join(names)}|L) + {redundancy}"
    return f"det{count}", claim, []


def stochastic(count: int) -> Case:
    """Return the stochastic form of it."""
    names = features(count)
    every = ",".join(names)
    redundancy = " + ".join(f"I(R;{name}|{others(names, name)})" for name in names)
    claim = f"I(R;{every}|L) <= {count - 1} TC({';'.join(names)}|L) + {redundancy}"
    return f"sto{count}", claim, [f"I(L;R|{every}) = 0"]


def han(count: int) -> Case:
    """Return Han's inequality for all features but one."""
    names = features(count)
    right = " + ".join(f"H({others(names, name)})" for name in names)
    return f"han{count}", f"{count - 1} H({','.join(names)}) <= {right}", []


def markov(count: int) -> Case:
    """Return data processing along a Markov chain."""
    names = features(count)
    given = [f"I({','.join(names[:i])};{names[i + 1]}|{names[i]}) = 0" for i in range(1, count - 1)]
    return f"markov{count}", f"I(X1;X{count}) <= I(X1;X2)", given


def scattered(count: int) -> Case:
    """A sum of random terms, written out in joint entropies."""
    dice = random.Random(count)
    names = features(count)
    terms = []
    for _ in range(2 * count):
        picked = dice.sample(names, dice.randint(2, count))
        cut = dice.randint(1, len(picked) - 1)
        given = f"|{','.join(picked[cut + 1 :])}" if picked[cut + 1 :] else ""
        terms.append(f"I({','.join(picked[:cut])};{picked[cut]}{given})")
    return f"rand{count}", f"{' + '.join(terms)} >= 0", []


def timed(run: Callable[[], object]) -> float:
    """Return the seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def median_of(run: Callable[[], object], repeat: int) -> float:
    """Return the median seconds of some runs."""
    return statistics.median(timed(run) for _ in range(repeat))


def without_symmetry(claim: str, given: list[str]) -> Theorem:
    """Prove without looking for variables that may be exchanged."""
    chosen = prover.exchangeable
    prover.exchangeable = lambda count, *_: [1 << i for i in range(count)]
    try:
        return prove(claim, given)
    finally:
        prover.exchangeable = chosen


def all_entropies(claim: str, given: list[str]) -> Theorem:
    """Prove in the space of all subsets: neither symmetry nor independences are used."""
    chosen = prover.best_space
    prover.best_space = lambda problem: spaces.all_subsets(len(problem.variables))
    try:
        return prove(claim, given)
    finally:
        prover.best_space = chosen


def psitip_run(claim: str, given: list[str]) -> Callable[[], None] | None:
    """Return what makes psitip decide the same claim; None when it is not installed."""
    try:
        import psitip
    except ImportError:
        return None
    gc.collect()
    gc.freeze()  # what the peer has loaded shall not slow down garbage collection on either side
    from natlat_sym.certified.theorems import read_given
    from natlat_sym.statements.notation import claim as read_claim

    forms = [read_claim(claim).difference, *(c.difference for c in read_given(given))]
    names = sorted({name for form in forms for name in form.variables})
    variables = dict(zip(names, psitip.rv(*names), strict=True))

    def expression(form: object) -> object:
        total = None
        for group, value in sorted(form.entropies.items(), key=lambda item: sorted(item[0])):
            joint = psitip.H(*[sum(variables[name] for name in sorted(group))])
            term = joint * float(value)
            total = term if total is None else total + term
        return total

    def run() -> None:
        goal = expression(forms[0]) >= 0
        hypotheses = [expression(form) == 0 for form in forms[1:]]
        if hypotheses:
            goal = functools.reduce(operator.and_, hypotheses) >> goal
        if not bool(goal):
            raise RuntimeError(f"psitip does not prove {claim[:60]}")

    return run


def shown(seconds: float) -> str:
    """Return a time for people."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def compare(title: str, cases: list[Case], run: Callable[..., object], repeat: int) -> list[float]:
    """Print median times, runs of both tools alternating; return the ratios to the peer."""
    rows = [("case", "variables", "time", "psitip", "ratio")]
    ratios = []
    for name, claim, given in cases:
        theorem = run(claim, given)
        forms = [theorem.claim.difference, *(h.difference for h in theorem.given)]
        count = len({name for form in forms for name in form.variables})
        peer = psitip_run(claim, given)
        times, peers = [], []
        for _ in range(repeat):
            times.append(timed(lambda c=claim, g=given: run(c, g)))
            if peer and (not peers or peers[0] < PATIENCE):
                peers.append(timed(peer))
        mine = statistics.median(times)
        other = statistics.median(peers) if peers else None
        ratios += [other / mine] if other else []
        ratio = (shown(other), f"{other / mine:.1f}x") if other else ("not installed", "")
        rows.append((name, str(count), shown(mine), *ratio))
    print(f"\n{title}\n")
    print(text_table(rows, right=[1, 2, 3, 4]), flush=True)
    return ratios


def verdict(ratios: list[float], target: float) -> None:
    """Print the geometric mean of ratios beside what it shall be."""
    if ratios:
        mean = statistics.geometric_mean(ratios)
        print(f"geometric mean {mean:.1f}x; target {target:g}x")


def single(rows: list[tuple[str, str, str]]) -> None:
    """Print times that stand beside a target of their own."""
    print("\nSingle targets\n")
    print(text_table([("what", "measured", "target"), *rows], right=[1, 2]), flush=True)


def started() -> tuple[str, str, str]:
    """Import the prover in a fresh interpreter: seconds and peak memory."""
    code = (
        "import time, resource; start = time.perf_counter(); import natlat_sym;"
        " natlat_sym.prove('I(X;Y) >= 0'); print(time.perf_counter() - start,"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    seconds, memory = sorted(tuple(map(float, run.stdout.split())) for run in runs)[1]
    measured = f"{shown(seconds)}, {memory:.0f} MB"
    return "import and first proof, memory", measured, "600 ms, 150 MB"


def corners() -> None:
    """Find all corners of four features under strong redundancy, with laws that attain them."""
    given = ["TC(X1;X2;X3;X4|L) <= a", *(f"H(R|X{i}) <= b{i}" for i in range(1, 5))]
    if len(bound("H(R|L)", given).corners) != 11:
        raise RuntimeError("expected 11 corners")


def near_misses() -> None:
    """Claims that are false by a factor 1 - 10**-k, and true without it."""
    start = time.perf_counter()
    right = 0
    for k in range(1, 31):
        scale = f"{10**k - 1}/{10**k}"
        prove(f"H(R|M) <= I(X1;X2|M) + H(R|X1) + H(R|X2) + 1/{10**k} H(R)")
        try:
            prove(f"H(R|M) <= {scale} I(X1;X2|M) + H(R|X1) + H(R|X2)")
        except NotDerivable:
            right += 1
    print(
        f"\nnear misses 10^-1 to 10^-30: {right} of 30 right, {shown(time.perf_counter() - start)}"
    )


def main() -> int:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    if importlib.util.find_spec("psitip") is None:
        print(
            "psitip is not installed, so there are no ratios: its dependencies need cddlib and GMP"
        )
    parser.add_argument(
        "--quick", action="store_true", help="nothing that takes more than a few seconds"
    )
    quick = parser.parse_args().quick
    start = started()  # before a peer is loaded: a child's peak memory is at least its parent's
    small = [deterministic(2), stochastic(2), deterministic(3), han(4), markov(5), scattered(5)]
    verdict(compare("Up to five variables", small, prove, 7), 3)
    eight = [deterministic(6), stochastic(6), han(8), scattered(8), markov(8)]
    verdict(compare("Eight variables, symmetry off", eight, without_symmetry, 5), 8)
    verdict(compare("Eight variables, all 255 joint entropies", eight, all_entropies, 5), 8)
    ten = [deterministic(8), stochastic(8), han(10), markov(10)]
    if not quick:
        verdict(compare("Ten variables, symmetry off", ten, without_symmetry, 3), 5)
    chains = [markov(8), markov(10)]
    verdict(compare("Markov chains, closed under the independences", chains, prove, 5), 3)
    symmetric = [deterministic(6), stochastic(6)]
    compare("With symmetry", symmetric, prove, 5)
    if not quick:
        verdict(compare("Eight features, with symmetry", ten[:2], prove, 3), 1000)
    rows = [
        (case[0], shown(median_of(lambda c=case: prove(*c[1:]), 3)), goal)
        for case, goal in ((deterministic(64), "250 ms"), (han(60), ""), (deterministic(200), ""))
    ]
    for k, goal in () if quick else ((9, "5 s"), (10, "20 s")):
        _, claim, given = deterministic(k)
        seconds = timed(lambda c=claim, g=given: all_entropies(c, g))
        rows.append((f"det{k}, {k + 2} variables, all entropies", shown(seconds), goal))
    printed = median_of(lambda: str(prove(*deterministic(6)[1:]).certificate), 3)
    rows.append(("det6, proof printed", shown(printed), "300 ms"))
    rows.append(("11 corners for four features, with laws", shown(median_of(corners, 3)), ""))
    single([*rows, start])
    near_misses()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
