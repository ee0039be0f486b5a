"""Time the prover on the standard cases, against psitip in the same run when it is installed.

Usage: python bench/prover.py [--quick]

Each case is a claim about all laws, proved exactly and re-checked by the trusted checker; psitip
answers from one floating linear program.  ``unreduced`` switches the symmetry off.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import operator
import random
import statistics
import time
from collections.abc import Callable

from natlat_sym import NotDerivable, Theorem, prove, prover, spaces
from natlat_sym.render import text_table

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


def best_of(run: Callable[[], object], repeat: int) -> float:
    """Return the least seconds of some runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def unreduced(claim: str, given: list[str]) -> Theorem:
    """Prove in the space of all subsets."""
    chosen = prover.best_space
    prover.best_space = lambda problem: spaces.all_subsets(len(problem.variables))
    try:
        return prove(claim, given)
    finally:
        prover.best_space = chosen


def psitip_time(claim: str, given: list[str], repeat: int) -> float | None:
    """Time psitip on the same claim, in its own words; None when it is not installed."""
    try:
        import psitip
    except ImportError:
        return None
    from natlat_sym.notation import claim as read_claim
    from natlat_sym.theorems import read_given

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

    return best_of(run, repeat)


def shown(seconds: float) -> str:
    """Return a time for people."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def compare(title: str, cases: list[Case], run: Callable[..., object], repeat: int) -> None:
    """Print the times of some cases, with the ratio to the peer where there is one."""
    rows = [("case", "variables", "time", "psitip", "ratio")]
    ratios = []
    for name, claim, given in cases:
        theorem = run(claim, given)
        forms = [theorem.claim.difference, *(h.difference for h in theorem.given)]
        count = len({name for form in forms for name in form.variables})
        mine = best_of(lambda c=claim, g=given: run(c, g), repeat)
        peer = psitip_time(claim, given, 1)
        ratio = peer / mine if peer else None
        ratios += [ratio] if ratio else []
        rows.append(
            (
                name,
                str(count),
                shown(mine),
                shown(peer) if peer else "not installed",
                f"{ratio:.0f}x" if ratio else "",
            )
        )
    print(f"\n{title}\n")
    print(text_table(rows, right=[1, 2, 3, 4]))
    if ratios:
        print(f"geometric mean {statistics.geometric_mean(ratios):.0f}x")


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
    parser.add_argument("--quick", action="store_true", help="nothing above 10 variables unreduced")
    quick = parser.parse_args().quick
    small = [deterministic(2), stochastic(2), deterministic(3), han(4), markov(5), scattered(5)]
    compare("Up to five variables", small, prove, 5)
    eight = [deterministic(6), stochastic(6), han(8), scattered(8), markov(8)]
    compare("Eight variables, unreduced", eight, unreduced, 2)
    if not quick:
        ten = [deterministic(8), stochastic(8), han(10), markov(10), deterministic(9)]
        compare("Ten and eleven variables, unreduced", ten, unreduced, 1)
        _, claim, given = deterministic(10)
        seconds = best_of(lambda: unreduced(claim, given), 1)
        print(f"\ndet10, 12 variables, unreduced: {shown(seconds)}")
    chains = [markov(8), markov(10)]
    compare("Exact Markov chains, closed under the independences", chains, prove, 2)
    symmetric = [deterministic(6), stochastic(6), *([] if quick else [deterministic(8)])]
    compare("With symmetry", symmetric, prove, 3)
    large = [deterministic(64), han(60), deterministic(200)]
    times = [(case[0], shown(best_of(lambda c=case: prove(*c[1:]), 2))) for case in large]
    print("\nMany features\n")
    print(text_table([("case", "time"), *times], right=[1]))
    near_misses()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
