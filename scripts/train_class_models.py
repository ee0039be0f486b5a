"""Train latent-class models on the bundled survey and store them as small exact Bayes nets.

Usage: python scripts/train_class_models.py [--check]

Every agent sees the same table and fits its own classes by expectation maximisation, in floats and
from its own random start.  What is stored, and what every exact statement is about, is the model
with its parameters rounded to thousandths, no chance below one.
"""

from __future__ import annotations

import argparse
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

from natlat_sym import BayesNet, bayes_net, read_net, write_net, zoo

DATA = Path(__file__).resolve().parent.parent / "natlat_sym" / "data"
# Name of the latent, number of classes, seed of the start.  The last two ended in different optima.
AGENTS = (("A2", 2, 1), ("B3", 3, 2), ("C4", 4, 3), ("D5", 5, 0), ("E5", 5, 3))
DIGITS = 1000


def table() -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct rows of answers, 0 or 1, and how often each was given."""
    weights = zoo.law("gss").weights()
    answers = np.array([[int(label) for label in row] for row in weights], dtype=float)
    return answers, np.array(list(weights.values()), dtype=float)


def step(
    rows: np.ndarray, counts: np.ndarray, shares: np.ndarray, yes: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return bits per respondent of a model, and its parameters after one more step."""
    logs = np.log2(shares) + rows @ np.log2(yes).T + (1 - rows) @ np.log2(1 - yes).T
    top = logs.max(axis=1, keepdims=True)
    whole = top[:, 0] + np.log2(np.exp2(logs - top).sum(axis=1))
    held = np.exp2(logs - whole[:, None]) * counts[:, None]
    sizes = held.sum(axis=0)
    bits = float((counts * whole).sum() / counts.sum())
    return bits, sizes / counts.sum(), np.clip((held.T @ rows) / sizes[:, None], 1e-6, 1 - 1e-6)


def fit(
    rows: np.ndarray, counts: np.ndarray, classes: int, seed: int
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return bits per respondent, class shares and chances of a yes, the largest class first."""
    dice = np.random.default_rng(seed)
    shares, yes = np.full(classes, 1 / classes), dice.uniform(0.2, 0.8, (classes, rows.shape[1]))
    last = -np.inf
    for _ in range(5000):
        bits, shares, yes = step(rows, counts, shares, yes)
        if bits - last < 1e-10:
            break
        last = bits
    order = np.argsort(-shares)
    return bits, shares[order], yes[order]


def rounded(shares: np.ndarray) -> list[Fraction]:
    """Return thousandths that sum to 1: floors, and one more for the largest remainders."""
    whole = np.floor(shares * DIGITS).astype(int)
    short = DIGITS - int(whole.sum())
    for place in np.argsort(whole - shares * DIGITS)[:short]:
        whole[place] += 1
    return [Fraction(int(value), DIGITS) for value in whole]


def as_net(latent: str, shares: np.ndarray, yes: np.ndarray) -> BayesNet:
    """Return the model as a net: the class, and under it the seven answers."""
    items = zoo.law("gss").names
    labels = {latent: [f"c{k}" for k in range(1, len(shares) + 1)], **dict.fromkeys(items, "01")}
    tables: dict[str, dict] = {latent: {(): rounded(shares)}}
    for place, item in enumerate(items):
        kept = np.clip(yes[:, place], 1 / DIGITS, 1 - 1 / DIGITS)
        chances = [rounded(np.array([1 - p, p])) for p in kept]
        tables[item] = {(label,): c for label, c in zip(labels[latent], chances, strict=True)}
    return bayes_net(labels, {item: [latent] for item in items}, tables)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is stored")
    check = parser.parse_args().check
    rows, counts = table()
    faults = 0
    for latent, classes, seed in AGENTS:
        bits, shares, yes = fit(rows, counts, classes, seed)
        net, path = as_net(latent, shares, yes), DATA / f"gss_classes_{latent.lower()}.bif"
        print(f"{latent}: {classes} classes, seed {seed}, {-bits:.6f} bits per respondent")
        if check:
            faults += read_net(path) != net
        else:
            comment = (
                f"A latent-class model with {classes} classes of seven items of the US General "
                f"Social\nSurvey, fitted by scripts/train_class_models.py from seed {seed}; "
                "rounded to thousandths."
            )
            write_net(net, path, comment)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
