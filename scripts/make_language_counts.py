"""Make natlat_sym/data/language_scripts.json from the letter counts that langdetect ships.

A profile of langdetect holds integer counts of character 1-, 2- and 3-grams for one language.
From the 1-grams this keeps the letters (Unicode category L*) and adds their counts up by script.
The script of a letter is the first word of its Unicode name when that is Latin, Cyrillic, Greek,
Hangul or Thai, and "Other" otherwise (for instance CJK ideographs).

Usage: python scripts/make_language_counts.py [OUTPUT]
"""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib import resources
from pathlib import Path

LANGUAGES = ("de", "el", "en", "fr", "ko", "ru", "th")
SCRIPTS = ("Latin", "Cyrillic", "Greek", "Hangul", "Thai")
OUTPUT = Path(__file__).resolve().parent.parent / "natlat_sym" / "data" / "language_scripts.json"


def script_of(letter: str) -> str:
    """Return the script class of one letter."""
    first = unicodedata.name(letter, "OTHER").split()[0].capitalize()
    return first if first in SCRIPTS else "Other"


def script_counts(frequencies: dict[str, int]) -> dict[str, int]:
    """Add up the counts of single letters by script; other n-grams are ignored."""
    counts = dict.fromkeys((*SCRIPTS, "Other"), 0)
    for gram, count in frequencies.items():
        if len(gram) == 1 and unicodedata.category(gram).startswith("L"):
            counts[script_of(gram)] += count
    return {script: count for script, count in counts.items() if count}


def make() -> dict[str, object]:
    """Return the whole table, read from the installed package."""
    folder = resources.files("langdetect") / "profiles"
    counts = {}
    for language in LANGUAGES:
        profile = json.loads((folder / language).read_text(encoding="utf-8"))
        counts[language] = script_counts(profile["freq"])
    return {
        "source": "letter 1-gram counts of the language profiles of langdetect 1.0.9",
        "licence": "langdetect is distributed under the Apache License 2.0",
        "rule": (
            "letters (Unicode category L*) by script: the first word of the Unicode name when it "
            "is Latin, Cyrillic, Greek, Hangul or Thai, else Other"
        ),
        "counts": counts,
    }


def render(table: dict[str, object]) -> str:
    """Return the table as the text of the bundled file."""
    return json.dumps(table, indent=1, ensure_ascii=True) + "\n"


def main(arguments: list[str]) -> int:
    output = Path(arguments[0]) if arguments else OUTPUT
    output.write_text(render(make()), encoding="utf-8")
    print(f"wrote {output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
