"""The text of a claim about a law with a parameter: what may be left out, and what is wrong."""

from __future__ import annotations

import re

from natlat_sym import check
from natlat_sym.check.ranges import RangeReader
from natlat_sym.errors import SyntaxInvalid


def readable(claim: str, name: str) -> str:
    """Return a claim as certificates write it, after the checker's reader has read it.

    Parameters
    ----------
    claim : str
    name : str
        The parameter.

    Returns
    -------
    str

    Raises
    ------
    SyntaxInvalid
        For text outside the notation, with the fix for what is nearly in it.

    Examples
    --------
    >>> readable("I(X;Y) <= 1 - 2e", "e")
    'I(X;Y) <= 1 - 2*e'
    """
    written = with_stars(claim, name)
    try:
        RangeReader(written, "claim", name).difference()
    except check.Rejected as error:
        raise SyntaxInvalid(why_unread(str(error), written, name), text=claim) from error
    return written


def with_stars(claim: str, name: str) -> str:
    """Return a claim as certificates write it.

    Parameters
    ----------
    claim : str
    name : str
        The parameter.

    Returns
    -------
    str

    Raises
    ------
    SyntaxInvalid
        For what is no text.

    Examples
    --------
    >>> with_stars("H(X|Y) >= 2 e (1 - e)**2", "e")
    'H(X|Y) >= 2*e*(1 - e)^2'
    """
    if not isinstance(claim, str):
        raise SyntaxInvalid(f"expected a claim as text, got {claim!r}; write str(...)", text=claim)
    number = r"(?<![\w'.])[0-9]+(?:\.[0-9]+)?"
    parameter = rf"(?<![\w']){re.escape(name)}(?![\w'])"
    factor = rf"(?:{number}|{parameter}|\))"
    claim = re.sub(rf"({factor})\s*(?={parameter})", r"\1*", claim.replace("**", "^"))
    claim = re.sub(rf"({number})({re.escape(name)})(?![\w'])", r"\1*\2", claim)
    return re.sub(rf"({number}|{parameter})\s*(?=\()", r"\1*", claim)


def why_unread(reason: str, claim: str, name: str) -> str:
    """Return why a claim was not read, with the fix for what is written otherwise.

    Parameters
    ----------
    reason : str
        What the checker's reader says.
    claim, name : str
        The claim, and the parameter.

    Returns
    -------
    str

    Examples
    --------
    >>> why_unread("claim: a symbol", "H(X) <= a", "e")
    "expected forms, log2 and the parameter e in 'H(X) <= a', got 'a'"
    """
    reason = reason.removeprefix("claim: ")
    if re.search(r"log2\([^()]*/", claim):
        fix = f"write log2(1/{name}) as -log2({name})"
        return f"expected log2 of polynomials in {name}, {reason}; {fix}"
    outside = re.sub(r"[A-Z]\w*\((?:[^()]|\([^()]*\))*\)", "", claim)
    other = [word for word in re.findall(r"[A-Za-z][\w']*", outside) if word not in (name, "log2")]
    if other:
        return f"expected forms, log2 and the parameter {name} in {claim!r}, got {other[0]!r}"
    return reason
