"""Time the prover on the standard cases, in the same run as psitip and minitip where installed.

Usage: python bench/prover.py [--quick]

Each case is a claim about all laws, proved exactly and re-checked by the trusted checker; psitip
and minitip answer from one floating linear program.  "Symmetry off" leaves the closure under exact
independences, which psitip has too; "all joint entropies" leaves no reduction.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from peers import MINITIP, PSITIP, minitip_proof, psitip_corners, psitip_proof

from natlat_sym import Claim, NotDerivable, Theorem, bound, copies, prove
from natlat_sym.exact.render import text_table
from natlat_sym.search import prover, spaces

PATIENCE = 2.0  # seconds; a peer that takes longer is run once
PEERS = ({"psitip": psitip_proof} if PSITIP else {}) | (
    {"minitip": minitip_proof} if MINITIP else {}
)

Case = tuple[str, str, list[str]]
Ratios = dict[str, list[float]]


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


def strong(count: int) -> Case:
    """Bound the entropy of a redund of every single feature, an error symbol for each."""
    names = features(count)
    errors = [f"H(R|{name}) <= b{i}" for i, name in enumerate(names, 1)]
    return f"det{count} strong", "H(R|L)", [f"TC({';'.join(names)}|L) <= a", *errors]


def weak(count: int) -> Case:
    """Bound what a stochastic redund shares with the features, an error symbol for each."""
    names = features(count)
    every = ",".join(names)
    errors = [f"I(R;{name}|{others(names, name)}) <= b{i}" for i, name in enumerate(names, 1)]
    given = [f"TC({';'.join(names)}|L) <= a", *errors, f"I(L;R|{every}) = 0"]
    return f"sto{count} weak", f"I(R;{every}|L)", given


BOUNDS = [strong(2), weak(2), strong(3), weak(3), strong(4)]


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


def shown(seconds: float) -> str:
    """Return a time for people."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def compare(title: str, cases: list[Case], run: Callable[..., object], repeat: int) -> Ratios:
    """Print median times, runs of all tools alternating; return the ratios by peer."""
    rows = [("case", "variables", "time", *(cell for peer in PEERS for cell in (peer, "ratio")))]
    ratios: Ratios = {peer: [] for peer in PEERS}
    for name, claim, given in cases:
        theorem = run(claim, given)
        forms = [theorem.claim.difference, *(h.difference for h in theorem.given)]
        count = len({name for form in forms for name in form.variables})
        asked = {peer: ask(claim, given) for peer, ask in PEERS.items()}
        mine, others = alternating(lambda c=claim, g=given: run(c, g), asked, repeat)
        cells = []
        for peer, seconds in others.items():
            ratios[peer] += [seconds / mine]
            cells += [shown(seconds), f"{seconds / mine:.1f}x"]
        rows.append((name, str(count), shown(mine), *cells))
    print(f"\n{title}\n")
    print(text_table(rows, right=range(1, len(rows[0]))), flush=True)
    return ratios


def alternating(
    mine: Callable[[], object], peers: Mapping[str, Callable[[], object]], repeat: int
) -> tuple[float, dict[str, float]]:
    """Return median seconds of one run after the other; a slow peer is run once."""
    times: list[float] = []
    others: dict[str, list[float]] = {peer: [] for peer in peers}
    for _ in range(repeat):
        times.append(timed(mine))
        for peer, seconds in others.items():
            if not seconds or seconds[0] < PATIENCE:
                seconds.append(timed(peers[peer]))
    return statistics.median(times), {a: statistics.median(b) for a, b in others.items()}


def verdict(ratios: Ratios, **targets: float) -> None:
    """Print the geometric mean of ratios beside what it shall be."""
    for peer, values in ratios.items():
        mean = statistics.geometric_mean(values)
        target = f"; target {targets[peer]:g}x" if peer in targets else ""
        print(f"geometric mean {mean:.1f}x {peer}{target}")


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


def coefficients(repeat: int) -> None:
    """Print the times to find all corners of a bound, with and without laws that attain them."""
    head = ("problem", "variables", "corners", "time", "with laws")
    rows = [(*head, "psitip", "ratio") if PSITIP else head]
    for name, form, given in BOUNDS:
        found = bound(form, given)
        mine = {tuple(value for _, value in corner.coefficients) for corner in found.corners}
        peer = psitip_corners(form, given)
        if peer and peer() != mine:
            raise RuntimeError(f"psitip has other corners for {name}")
        asked = {"laws": lambda f=form, g=given: with_laws(f, g)} | (
            {"psitip": peer} if peer else {}
        )
        seconds, other = alternating(lambda f=form, g=given: bound(f, g), asked, repeat)
        cells = [shown(other["psitip"]), f"{other['psitip'] / seconds:.1f}x"] if peer else []
        count = str(len({name for claim in found.given for name in claim.difference.variables}))
        times = (shown(seconds), shown(other["laws"]))
        rows.append((name, count, str(len(mine)), *times, *cells))
    print("\nAll corners of a bound, the same from both; target 4x for four features\n")
    print(text_table(rows, right=range(1, len(rows[0]))), flush=True)


def with_laws(form: str, given: list[str]) -> None:
    """Find all corners, and laws that attain them."""
    for corner in bound(form, given).corners:
        if corner.attained is None:
            raise RuntimeError(f"no law for {corner.theorem.claim}")


def copy_lemma(every: int) -> tuple[str, str, str]:
    """Prove the inequalities of Dougherty, Freiling and Zeger from copies of variables."""
    path = Path(__file__).parent.parent / "tests" / "cases" / "copy_lemma.json"
    cases = json.loads(path.read_text(encoding="utf-8"))["inequalities"][::every]
    seconds = sum(timed(lambda c=case: prove(c["claim"], copied(c["steps"]))) for case in cases)
    goal = "60 s" if every == 1 else ""
    return f"{len(cases)} inequalities by the copy lemma, all proved", shown(seconds), goal


def copied(steps: list[dict[str, Any]]) -> list[Claim]:
    """Return the hypotheses of copies of A, B, C and D, one step after the other."""
    names, given = list("ABCD"), []
    for step in steps:
        used = {*step["over"].split(","), *",".join(step["copies"]).split(",")}
        given += copies(step["copies"], step["over"], [name for name in names if name not in used])
        names += step["copies"].values()
    return given


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
    parser.add_argument(
        "--quick", action="store_true", help="nothing that takes more than a few seconds"
    )
    quick = parser.parse_args().quick
    start = started()  # before a peer is loaded: a child's peak memory is at least its parent's
    for peer in ("psitip", "minitip"):
        if peer not in PEERS:
            print(f"{peer} is not installed, so there are no ratios to it")
    small = [deterministic(2), stochastic(2), deterministic(3), han(4), markov(5), scattered(5)]
    verdict(compare("Up to five variables", small, prove, 7), psitip=3, minitip=1)
    eight = [deterministic(6), stochastic(6), han(8), scattered(8), markov(8)]
    verdict(
        compare("Eight variables, symmetry off", eight, without_symmetry, 5), psitip=8, minitip=2
    )
    verdict(
        compare("Eight variables, all 255 joint entropies", eight, all_entropies, 5),
        psitip=8,
        minitip=2,
    )
    ten = [deterministic(8), stochastic(8), han(10), markov(10)]
    if not quick:
        found = compare("Ten variables, symmetry off", ten, without_symmetry, 3)
        verdict(found, psitip=5, minitip=3)
    chains = [markov(8), markov(10)]
    found = compare("Markov chains, closed under the independences", chains, prove, 5)
    verdict(found, psitip=3, minitip=10)
    compare("With symmetry", [deterministic(6), stochastic(6)], prove, 5)
    if not quick:
        found = compare("Eight features, with symmetry", ten[:2], prove, 3)
        verdict(found, psitip=1000, minitip=300)
    coefficients(5)
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
    rows.append(copy_lemma(20 if quick else 1))
    single([*rows, start])
    near_misses()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
