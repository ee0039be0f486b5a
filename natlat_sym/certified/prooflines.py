"""The lines of a proof: multipliers of terms and hypotheses; sums, substitution, averages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TypeVar

from natlat_sym.errors import InvalidInput
from natlat_sym.search.elementals import Term, disjoint_terms, merge_terms
from natlat_sym.statements.forms import Claim, Form

Weights = Mapping[str, Fraction]  # term text (or symbol, or "1") to positive weight
Names = tuple[str, ...]
MAX_IMAGES = 10_000
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Lines:
    """Multipliers of one proof: of terms (by text) and of hypotheses (by claim).

    Attributes
    ----------
    terms : mapping of str to Fraction
        Non-negative terms, symbols and ``"1"`` with positive weights.
    given : mapping of Claim to Fraction
        Hypotheses with non-zero weights.
    classes : tuple of tuples of str
        Variables that may be exchanged; when there are any, each line stands for its average.
    """

    terms: Weights
    given: Mapping[Claim, Fraction]
    classes: tuple[tuple[str, ...], ...] = ()

    def to_json(self, given: Sequence[Claim]) -> list[dict[str, object]]:
        """Return the canonical lines; hypotheses by their place in ``given``."""
        place = {hypothesis: i for i, hypothesis in enumerate(given)}
        cited = sorted((place[hypothesis], weight) for hypothesis, weight in self.given.items())
        lines: list[dict[str, object]] = [
            {"weight": str(self.terms[term]), "term": term} for term in sorted(self.terms)
        ]
        return [*lines, *({"weight": str(weight), "given": i} for i, weight in cited)]


def add_lines(parts: Iterable[Lines]) -> Lines:
    """Add proofs line by line, and shorten the sum by the chain rule."""
    terms: dict[str, Fraction] = {}
    given: dict[Claim, Fraction] = {}
    for part in parts:
        for term, weight in part.terms.items():
            terms[term] = terms.get(term, Fraction(0)) + weight
        for hypothesis, weight in part.given.items():
            given[hypothesis] = given.get(hypothesis, Fraction(0)) + weight
    return substitute_lines(Lines(terms, {h: w for h, w in given.items() if w}), {})


def spread_lines(lines: Lines, given: Sequence[Claim]) -> Lines:
    """Write out lines that stand for averages.

    Parameters
    ----------
    lines : Lines
        With classes of variables to exchange, or without.
    given : sequence of Claim
        All hypotheses of the theorem; exchanges permute them.

    Returns
    -------
    Lines
        Without classes, proving the same.

    Raises
    ------
    InvalidInput
        When an average has more than 10,000 members.

    Examples
    --------
    >>> lines = Lines({"I(A;B)": Fraction(3)}, {}, (("A", "B", "C"),))
    >>> {term: str(weight) for term, weight in spread_lines(lines, ()).terms.items()}
    {'I(A;B)': '1', 'I(A;C)': '1', 'I(B;C)': '1'}
    """
    if not lines.classes:
        return lines
    moves = [
        dict(zip(names, moved, strict=True))
        for names in lines.classes
        for moved in ((names[1], names[0], *names[2:]), (*names[1:], names[0]))
    ]
    terms: dict[str, Fraction] = {}
    for text, weight in lines.terms.items():
        images = _orbit(text, [partial(_moved_term, move) for move in moves])
        for image in images:
            terms[image] = terms.get(image, Fraction(0)) + weight / len(images)
    place: dict[Form, tuple[Claim, int]] = {}
    for sign in (-1, 1):
        signed = {h.difference * sign: (h, sign) for h in given if sign > 0 or h.relation == "="}
        place.update(signed)
    cited: dict[Claim, Fraction] = {}
    for hypothesis, weight in lines.given.items():
        start = hypothesis.difference
        forms = _orbit(start, [partial(_moved_form, move) for move in moves])
        for form in forms:
            moved, sign = place[form]
            cited[moved] = cited.get(moved, Fraction(0)) + sign * weight / len(forms)
    return Lines(dict(sorted(terms.items())), {h: w for h, w in cited.items() if w})


def _orbit(start: T, moves: Sequence[Callable[[T], T]]) -> list[T]:
    found = {start: None}
    waiting = [start]
    while waiting:
        item = waiting.pop()
        for move in moves:
            image = move(item)
            if image not in found:
                found[image] = None
                waiting.append(image)
        if len(found) > MAX_IMAGES:
            raise InvalidInput(
                f"expected averages of at most {MAX_IMAGES} terms to write out, got more; prove the"
                " instance itself"
            )
    return list(found)


def _moved_form(move: Mapping[str, str], form: Form) -> Form:
    return form.substitute(move)


def _moved_term(move: Mapping[str, str], text: str) -> str:
    if "(" not in text:
        return text
    front, bar, behind = text[2:-1].partition("|")
    groups = [
        ",".join(sorted(move.get(name, name) for name in part.split(",")))
        for part in (*front.split(";"), *([behind] if bar else []))
    ]
    blocks = sorted(groups[: len(groups) - bool(bar)])
    return f"{text[0]}({';'.join(blocks)}{bar}{groups[-1] if bar else ''})"


def substitute_lines(lines: Lines, groups: Mapping[str, tuple[str, ...]]) -> Lines:
    """Replace variables by groups in every line, and shorten the result.

    Examples
    --------
    >>> lines = Lines({"I(M;X|Y)": Fraction(1)}, {})
    >>> dict(substitute_lines(lines, {"M": ("X", "Z")}).terms)
    {'H(X|Y)': Fraction(1, 1)}
    """
    units = {text: w for text, w in lines.terms.items() if "(" not in text}
    parsed = [(w, *_term_sets(text, groups)) for text, w in lines.terms.items() if "(" in text]
    names = sorted({name for _, _, *sets in parsed for group in sets for name in group})
    bit = {name: 1 << i for i, name in enumerate(names)}
    weights: dict[Term, Fraction] = {}
    for weight, kind, *sets in parsed:
        masks = [sum(bit[name] for name in group) for group in sets]
        for term in disjoint_terms(masks[0], masks[1], masks[2], kind):
            weights[term] = weights.get(term, Fraction(0)) + weight
    merged = {term.text(names): weight for term, weight in merge_terms(weights).items()}
    given: dict[Claim, Fraction] = {}
    for hypothesis, weight in lines.given.items():
        replaced = hypothesis.substitute(groups) if groups else hypothesis
        given[replaced] = given.get(replaced, Fraction(0)) + weight
    kept = {h: w for h, w in given.items() if w and h.difference}
    return Lines({**units, **merged}, kept)


def _term_sets(
    text: str, groups: Mapping[str, tuple[str, ...]]
) -> tuple[str, set[str], set[str], set[str]]:
    front, _, behind = text[2:-1].partition("|")
    first, _, second = front.partition(";")
    sets = [
        {new for name in part.split(",") if name for new in groups.get(name, (name,))}
        for part in (first, second, behind)
    ]
    return text[0], sets[0], sets[1], sets[2]
