"""Laws from real inputs: a trained language model's letter counts, and a survey spreadsheet."""

from __future__ import annotations

import json
import math
from functools import cache, partial
from importlib import resources
from itertools import product

from natlat_sym.errors import InvalidInput
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.laws.tables import read_table
from natlat_sym.zoo.entry import Entry

LETTERS = range(1, 7)
_FIVE = ("en", "ru", "el", "ko", "th")
_LATIN = ("en", "fr", "de")


@explained
def language_law(letters: int, languages: tuple[str, ...]) -> Dist:
    """Return the law of the scripts of n letters drawn from a language drawn uniformly.

    Parameters
    ----------
    letters : int
        n; features X1..Xn are the scripts of the letters, independent given the language.
    languages : tuple of str
        Codes among de, el, en, fr, ko, ru, th.

    Returns
    -------
    Dist
        Over X1..Xn and the language L, with the exact rational masses of the model.

    Raises
    ------
    InvalidInput
        For a language without counts, or fewer than one letter.

    Examples
    --------
    >>> language_law(1, ("en", "de")).mass(("Latin", "de"))
    Fraction(1, 2)
    """
    table = _script_counts()
    unknown = [language for language in languages if language not in table]
    if unknown or letters < 1:
        raise InvalidInput(
            f"expected one letter or more and languages among {', '.join(sorted(table))}, got "
            f"{letters!r} and {', '.join(map(repr, languages))}",
            letters=letters,
            languages=languages,
        )
    totals = {language: sum(table[language].values()) for language in languages}
    common = math.lcm(*(total**letters for total in totals.values()))
    weights = {}
    for language in languages:
        scale = common // totals[language] ** letters
        for scripts in product(table[language].items(), repeat=letters):
            weight = scale * math.prod(count for _, count in scripts)
            weights[(*(script for script, _ in scripts), language)] = weight
    return Dist.from_weights(weights, [*(f"X{i}" for i in range(1, letters + 1)), "L"])


def survey_law() -> Dist:
    """Return the law of the seven yes/no items of the survey.

    Returns
    -------
    Dist
        33,144 respondents; ``"1"`` is yes, ``"0"`` no.

    Examples
    --------
    >>> survey_law().names[:2], survey_law().total
    (('abany', 'abdefect'), 33144)
    """
    source = resources.files("natlat_sym") / "data" / "gss_abortion_counts.csv"
    with resources.as_file(source) as path:
        return read_table(path, count="count")


def survey_with_majority() -> Dist:
    """Return the survey law with M = the majority answer: ``"1"`` for four or more yes of seven.

    Examples
    --------
    >>> survey_with_majority().names[-1]
    'M'
    """
    law = survey_law()
    return law.with_function("M", lambda *answers: str(int(answers.count("1") >= 4)), of=law.names)


@cache
def _script_counts() -> dict[str, dict[str, int]]:
    source = resources.files("natlat_sym") / "data" / "language_scripts.json"
    counts: dict[str, dict[str, int]] = json.loads(source.read_text(encoding="utf-8"))["counts"]
    return counts


def _language_entry(name: str, languages: tuple[str, ...], entropy: str, letters: int) -> Entry:
    features = tuple(f"X{i}" for i in range(1, letters + 1))
    plural = "letter" if letters == 1 else "letters"
    pairs = [("H(L)", entropy)]
    if letters > 1:
        pairs.append((f"TC({';'.join(features)}|L)", "0"))
    return Entry(
        f"{name}-{letters}",
        f"{name}-{letters}",
        f"the scripts of {letters} {plural}; L = the language, one of {' '.join(languages)}",
        "an almost natural latent found in a trained model"
        if name == "language"
        else "control: the script says almost nothing about the language",
        "letter counts of the language-identification package langdetect (Apache License 2.0)",
        features,
        ("L",),
        tuple(pairs),
        partial(language_law, letters, languages),
    )


_GSS = "US General Social Survey, abortion items, through the R data set gss_abortion"
_ITEMS = ("abany", "abdefect", "abnomore", "abhlth", "abpoor", "abrape", "absingle")

ENTRIES: tuple[Entry, ...] = (
    *(_language_entry("language", _FIVE, "log2(5)", letters) for letters in LETTERS),
    *(_language_entry("language-control", _LATIN, "log2(3)", letters) for letters in LETTERS),
    Entry(
        "gss", "gss", "seven yes/no items of a survey, 33,144 respondents",
        "a real spreadsheet: no exact common part", _GSS, _ITEMS, (), (), survey_law,
    ),
    Entry(
        "gss-majority", "gss-majority", "the survey with M = the majority answer of the seven",
        "a candidate latent of a real spreadsheet", _GSS, _ITEMS, ("M",),
        ((f"H(M|{','.join(_ITEMS)})", "0"),), survey_with_majority,
    ),
)  # fmt: skip
