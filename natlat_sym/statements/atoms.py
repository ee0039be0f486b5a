"""What forms are made of: named pieces, their expansion into joint entropies, their LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import show
from natlat_sym.exact.naming import read_names

Group = tuple[str, ...]
Key = frozenset[str]

# Interaction information has 2**blocks - 1 terms; the checker's format stops here too.
MOST_BLOCKS = 12
_MID = r" \mid "


@dataclass(frozen=True, slots=True)
class Atom:
    """A named piece of a form: how it is written, and what it expands to.

    `blocks` and `given` are None for a piece (a net, say) that a substitution must expand first.
    """

    text: str
    latex: str
    terms: Mapping[Key, Fraction]
    head: str = ""
    blocks: tuple[Group, ...] | None = None
    given: Group = ()


def measure_atom(head: str, blocks: Sequence[Sequence[str]], given: Sequence[str]) -> Atom:
    """Return the piece ``head(blocks|given)``.

    Parameters
    ----------
    head : str
        One of H, I, TC, DTC, O.
    blocks : sequence of groups
        One for H, two to twelve for I, at least two for the others.
    given : group

    Returns
    -------
    Atom

    Raises
    ------
    InvalidInput
        For an empty block or a number of blocks that the measure cannot have.

    Examples
    --------
    >>> measure_atom("TC", [["A", "B"], ["C"]], ["D"]).text
    'TC(A,B;C|D)'
    """
    groups = [_names(block) for block in blocks]
    condition = _names(given)
    if not all(groups):
        raise InvalidInput(f"expected variables in every block of {head}(...), one block is empty")
    if head != "H" and len(groups) < 2:
        between = ";".join(groups[0]) if groups and len(groups[0]) > 1 else "A;B"
        raise InvalidInput(
            f"expected 2 blocks or more in {head}(...), separated by ';', got {len(groups)}; "
            f"write {head}({between})"
        )
    if head == "I" and len(groups) > MOST_BLOCKS:
        raise InvalidInput(
            f"expected at most {MOST_BLOCKS} blocks in I(...), got {len(groups)}; "
            "join some blocks with ','"
        )
    text = f"{head}({_joined(groups, condition, str, '|')})"
    latex = rf"\mathrm{{{head}}}" if len(head) > 1 else head
    latex = f"{latex}({_joined(groups, condition, latex_name, _MID)})"
    terms = sorted_terms(_expand(head, [frozenset(b) for b in groups], frozenset(condition)))
    return Atom(text, latex, MappingProxyType(terms), head, tuple(groups), condition)


def _names(group: str | Iterable[str]) -> Group:
    """Return the names of a group; a name may be repeated, text is split."""
    listed = group if isinstance(group, str) else dict.fromkeys(group)
    return read_names(listed)


def _expand(head: str, blocks: list[Key], given: Key) -> dict[Key, Fraction]:
    total: dict[Key, int] = {}

    def add(key: Key, weight: int) -> None:
        total[key] = total.get(key, 0) + weight

    whole = given.union(*blocks)
    if head in ("H", "I"):
        for size in range(1, len(blocks) + 1):
            for part in combinations(blocks, size):
                add(given.union(*part), (-1) ** (size + 1))
        add(given, -1)
    if head in ("TC", "O"):
        for block in blocks:
            add(given | block, 1)
        add(given, 1 - len(blocks))
        add(whole, -1)
    if head in ("DTC", "O"):
        sign = 1 if head == "DTC" else -1
        for index in range(len(blocks)):
            add(given.union(*blocks[:index], *blocks[index + 1 :]), sign)
        add(whole, sign * (1 - len(blocks)))
        add(given, -sign)
    return {key: Fraction(weight) for key, weight in total.items()}


def sorted_terms(terms: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """Return an expansion without zeros and the empty set, small sets first.

    Parameters
    ----------
    terms : mapping of frozenset of str to Fraction

    Returns
    -------
    dict

    Examples
    --------
    >>> list(sorted_terms({frozenset("B"): Fraction(1), frozenset("A"): Fraction(0)}))
    [frozenset({'B'})]
    """
    kept = [(key, value) for key, value in terms.items() if key and value]
    return dict(sorted(kept, key=lambda item: (len(item[0]), sorted(item[0]))))


def _joined(blocks: Sequence[Group], given: Group, write: Callable[[str], str], bar: str) -> str:
    text = ";".join(",".join(map(write, block)) for block in blocks)
    return f"{text}{bar}{','.join(map(write, given))}" if given else text


def latex_words(text: str) -> str:
    r"""Return words for ``\text{...}``, characters that mean something to LaTeX escaped.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(latex_words("R#2 & a_1 <= 100%"))
    R\#2 \& a\_1 <= 100\%
    """
    shown = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(shown.get(c, f"\\{c}" if c in "#&%$_{}" else c) for c in text)


def latex_name(name: str) -> str:
    """Return a variable name as LaTeX: trailing digits become a subscript, primes stay.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> latex_name("X12"), latex_name("Noise"), latex_name("L'")
    ('X_{12}', '\\\\mathrm{Noise}', "L'")
    """
    bare = name.rstrip("'")
    primes = name[len(bare) :]
    stem = bare.rstrip("0123456789")
    index = bare[len(stem) :]
    stem = stem.rstrip("_") if index else stem
    letters = stem if len(stem) == 1 else rf"\mathrm{{{stem}}}".replace("_", r"\_")
    return f"{letters}{primes}_{{{index}}}" if index else f"{letters}{primes}"


def latex_number(value: Fraction) -> str:
    r"""Return a rational that is not negative as LaTeX.

    Parameters
    ----------
    value : Fraction

    Returns
    -------
    str

    Examples
    --------
    >>> print(latex_number(Fraction(1, 3)))
    \tfrac{1}{3}
    """
    if value.denominator == 1:
        return show(value)
    return rf"\tfrac{{{show(value.numerator)}}}{{{show(value.denominator)}}}"


def written(
    terms: list[tuple[Fraction, str]], number: Callable[[Fraction], str], blank: str
) -> str:
    """Return a sum of weighted texts, the empty text standing for the number 1.

    Parameters
    ----------
    terms : list of (Fraction, str)
    number : callable
        Writes an absolute value.
    blank : str
        Between a coefficient and its text.

    Returns
    -------
    str

    Examples
    --------
    >>> written([(Fraction(-1), "H(X)"), (Fraction(1, 2), "")], show, " ")
    '-H(X) + 1/2'
    """
    parts: list[str] = []
    for weight, text in terms:
        size = abs(weight)
        body = number(size) if not text else text if size == 1 else f"{number(size)}{blank}{text}"
        sign = "-" if weight < 0 else "+"
        parts.append(f" {sign} {body}" if parts else f"-{body}" if weight < 0 else body)
    return "".join(parts) or "0"
