"""Time tables of 10^6 rows and dozens of columns: reading, exact errors, the exact common part.

    python bench/tables.py            10^6 rows, some minutes (nearly all of it making the tables)
    python bench/tables.py --quick    10^5 rows, some seconds

Each column is a noisy reading of one latent.  With little noise a table of 10^6 rows has some
10^4 distinct ones, with much noise nearly every row is distinct.  Every step is a process of its
own; columns are its time in seconds and the peak of its memory in megabytes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

KINDS = (("few distinct rows", 24, 2, 4, 0.05), ("all rows distinct", 30, 5, 6, 0.3))
STEPS = {
    "read": "natlat_sym.read_table(path)",
    "errors": "natlat_sym.natural_latent(natlat_sym.read_table(path), None, 'L')",
    "find weak": "natlat_sym.find_natural_latent(natlat_sym.read_table(path))",
    "find strong": "natlat_sym.find_natural_latent(natlat_sym.read_table(path), None, 'strong')",
}


def write_table(
    path: Path, rows: int, columns: int, labels: int, latents: int, noise: float
) -> int:
    """Write a table of noisy readings of a latent; return the number of distinct rows."""
    rng = np.random.default_rng(1)
    latent = rng.integers(0, latents, rows)
    cells = np.empty((rows, columns + 1), dtype=np.int8)
    for place in range(columns):
        reading = (latent * (place % labels + 1) + place) % labels
        wrong = rng.random(rows) < noise
        cells[:, place] = np.where(wrong, rng.integers(0, labels, rows), reading)
    cells[:, columns] = latent
    header = ",".join([*(f"X{place + 1}" for place in range(columns)), "L"])
    with path.open("w", encoding="utf-8") as stream:
        stream.write(header + "\n")
        np.savetxt(stream, cells, fmt="%d", delimiter=",")
    return len({row.tobytes() for row in cells})


def step(path: Path, code: str) -> tuple[float, float]:
    """Return seconds and peak megabytes of one step in a fresh process."""
    start = time.perf_counter()
    script = f"import natlat_sym; path = {str(path)!r}; {code}; import resource; "
    script += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return time.perf_counter() - start, int(done.stdout) / unit


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="10^5 rows")
    rows = 10**5 if parser.parse_args().quick else 10**6
    print(f"\nTables of {rows} rows; a fresh process for each step, seconds and megabytes")
    print(f"{'table':>20}{'columns':>9}{'distinct':>10}" + "".join(f"{s:>18}" for s in STEPS))
    with tempfile.TemporaryDirectory() as folder:
        for name, columns, labels, latents, noise in KINDS:
            path = Path(folder, "table.csv")
            distinct = write_table(path, rows, columns, labels, latents, noise)
            measured = [step(path, code) for code in STEPS.values()]
            cells = "".join(f"{seconds:>10.1f} /{memory:>6.0f}" for seconds, memory in measured)
            print(f"{name:>20}{columns + 1:>9}{distinct:>10}{cells}", flush=True)


if __name__ == "__main__":
    main()
