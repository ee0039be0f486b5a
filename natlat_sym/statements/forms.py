"""Linear forms in joint entropies: what builds them, and the names they are used by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.statements.atoms import Atom, Group, Key, latex_name, measure_atom
from natlat_sym.statements.claims import RELATIONS, Claim
from natlat_sym.statements.linear import Form, Substitution, Symbols, as_form

__all__ = [
    "RELATIONS",
    "Atom",
    "Claim",
    "Form",
    "Group",
    "Key",
    "Substitution",
    "Symbols",
    "as_form",
    "dual_total_correlation",
    "entropy",
    "information",
    "latex_name",
    "o_information",
    "piece",
    "symbol",
    "total_correlation",
]

_SYMBOL = re.compile(r"[a-z][A-Za-z0-9_']*")


def symbol(name: str) -> Form:
    """Return the form that is one error symbol, a number that is never negative.

    Parameters
    ----------
    name : str
        Starts with a lower-case letter.

    Returns
    -------
    Form

    Examples
    --------
    >>> symbol("e") + 1
    form('e + 1')
    """
    if not _SYMBOL.fullmatch(name) or name == "log2":
        raise SyntaxInvalid(
            f"expected an error symbol, a name that starts in lower case and is not log2, "
            f"got {name!r}",
            name=name,
        )
    return Form._of((), {name: Fraction(1)})


def entropy(group: Sequence[str], given: Sequence[str] = ()) -> Form:
    """Return H(group|given), in bits.

    Parameters
    ----------
    group, given : sequences of str
        Variable names; `group` is not empty.

    Returns
    -------
    Form

    Examples
    --------
    >>> entropy(["X1", "X2"], given=["L"])
    form('H(X1,X2|L)')
    """
    return _measure("H", [group], given)


def information(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return I(A;B|C) for two blocks, interaction information for more.

    Parameters
    ----------
    blocks : sequence of sequences of str
        Two or more groups, which may overlap.
    given : sequence of str

    Returns
    -------
    Form
        With the sign ``I(A;B;C) = I(A;B) - I(A;B|C)``.

    Examples
    --------
    >>> information([["A"], ["B"], ["C"]]) == information([["A"], ["B"]]) - information(
    ...     [["A"], ["B"]], ["C"]
    ... )
    True
    """
    return _measure("I", blocks, given)


def total_correlation(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return TC(B1;...;Bn|C) = sum of H(Bi|C) minus H(B1..Bn|C).

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> total_correlation([["A"], ["B"]]) == information([["A"], ["B"]])
    True
    """
    return _measure("TC", blocks, given)


def dual_total_correlation(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return DTC(B1;...;Bn|C) = H(B1..Bn|C) minus the sum of H(Bi|the other blocks, C).

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> dual_total_correlation([["A"], ["B"]]) == information([["A"], ["B"]])
    True
    """
    return _measure("DTC", blocks, given)


def o_information(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return O(B1;...;Bn|C) = TC - DTC.

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> o_information([["A"], ["B"]]) == as_form(0)
    True
    """
    return _measure("O", blocks, given)


def piece(text: str, latex: str, terms: Mapping[Key, Fraction]) -> Form:
    """Return a form that prints as one named piece, such as ``KL(X1 <- L -> X2)``.

    Parameters
    ----------
    text, latex : str
        How it is written.
    terms : mapping of frozenset of str to Fraction
        What it expands to.

    Returns
    -------
    Form

    Examples
    --------
    >>> piece("KL(A; B)", "KL", information([["A"], ["B"]]).entropies)
    form('KL(A; B)')
    """
    return Form._of([(Fraction(1), Atom(text, latex, MappingProxyType(dict(terms))))])


def _measure(head: str, blocks: Sequence[Sequence[str]], given: Sequence[str]) -> Form:
    return Form._of([(Fraction(1), measure_atom(head, blocks, given))])
