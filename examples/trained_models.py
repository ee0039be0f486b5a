"""Which latents of models trained on one spreadsheet translate into each other, and which don't.

Usage: python examples/trained_models.py [LATENT...]

Prints, for every two of the agents (by default A2 B3 C4 D5 E5), how much the target tells about the
answers that the source does not, I(target;X|source), exactly measured under the law of the survey,
and how far the bound of the theorem is above it.
"""

from __future__ import annotations

import sys

from natlat_sym import translate, zoo
from natlat_sym.exact.render import text_table

AGENTS = {"A2": "2", "B3": "3", "C4": "4", "D5": "5", "E5": "5b"}


def main(names: list[str]) -> None:
    survey = zoo.law("gss")
    laws = {name: zoo.law(f"gss-classes-{AGENTS[name]}") for name in names}
    rows = [("to", "from", "I(to;X|from)", "of I(to;X)", "bound", "weak hypothesis")]
    for target in names:
        for source in names:
            if source == target:
                continue
            found = translate(
                laws[target],
                source,
                target,
                other=laws[source],
                under=survey,
                features=survey.names,
            )
            rows.append(
                (
                    target,
                    source,
                    f"{found.stochastic:.4f}",
                    f"{found.information:.4f}",
                    f"{found.least_bound:.4f}",
                    found.weakest or "",
                )
            )
    print(text_table(rows, right=range(2, 5)))


if __name__ == "__main__":
    main(sys.argv[1:] or list(AGENTS))
