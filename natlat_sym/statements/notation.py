"""The notation: one grammar for Python strings, the command line, files and prints."""

from __future__ import annotations

from collections.abc import Iterable

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.exact.naming import read_names
from natlat_sym.statements import forms
from natlat_sym.statements.forms import Claim, Form, Group
from natlat_sym.statements.reader import RELATION_SIGNS, Reader

GroupLike = str | Iterable[str]


def form(text: str | Form) -> Form:
    """Read a linear form such as ``2 H(A) - 1/3*I(A;B|C) + e``.

    Parameters
    ----------
    text : str or Form
        A form is returned as it is.

    Returns
    -------
    Form
        Coefficients are exact; decimals are read as the rationals they spell.

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there.

    Examples
    --------
    >>> form("0.25 H(A) - 1/3*I(A;B|C)")
    form('1/4 H(A) - 1/3 I(A;B|C)')
    """
    if isinstance(text, Form):
        return text
    reader = Reader(text)
    value = reader.form()
    if reader.text_of("sign") in RELATION_SIGNS:
        raise reader.fail("'+', '-' or the end (a relation makes a claim of a form)")
    reader.end()
    return value


def claim(text: str | Claim) -> Claim:
    """Read a claim or a hypothesis: two forms with ``<=``, ``>=`` or ``=`` between them.

    Parameters
    ----------
    text : str or Claim
        A claim is returned as it is.

    Returns
    -------
    Claim

    Raises
    ------
    SyntaxInvalid
        With the position and what was expected there.

    Examples
    --------
    >>> claim("H(R|M) <= e + 2 r")
    claim('H(R|M) <= e + 2 r')
    """
    if isinstance(text, Claim):
        return text
    reader = Reader(text)
    left = reader.form()
    relation = reader.relation()
    right = reader.form()
    if reader.text_of("sign") in RELATION_SIGNS:
        raise reader.fail("the end; a chain of relations is two claims")
    reader.end()
    return Claim(left, relation, right)


def variables(names: str) -> tuple[str, ...]:
    """Read variable names, as ``sympy.symbols`` does.

    Parameters
    ----------
    names : str
        Names separated by blanks or commas.

    Returns
    -------
    tuple of str

    Raises
    ------
    InvalidInput
        For a name that is none, or one that is repeated.

    Examples
    --------
    >>> X1, X2, L = variables("X1 X2 L")
    >>> L
    'L'
    """
    return read_names(names)


def H(group: GroupLike, *more: GroupLike, given: GroupLike = ()) -> Form:
    """Return the joint entropy of some variables, in bits.

    Parameters
    ----------
    group : str or iterable of str
        ``"X1,X2|L"``, or names; further arguments join the group.
    given : str or iterable of str
        What is conditioned on.

    Returns
    -------
    Form

    Raises
    ------
    SyntaxInvalid, InvalidInput
        For text outside the notation, or a name that is none.

    Examples
    --------
    >>> H("X1,X2|L") == H("X1", "X2", given="L")
    True
    """
    blocks, condition = _blocks("H", (group, *more), given)
    return forms.entropy([name for block in blocks for name in block], condition)


def I(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return conditional mutual information, in bits; interaction information for three blocks.

    Parameters
    ----------
    *blocks : str or iterable of str
        ``"X1;X2|L"`` as one string, or one argument per block.
    given : str or iterable of str

    Returns
    -------
    Form
        Of three blocks or more I(A;B;C) = I(A;B) - I(A;B|C), which may be negative.

    Raises
    ------
    SyntaxInvalid, InvalidInput
        For text outside the notation, a name that is none, or fewer than two blocks.

    References
    ----------
    Bell, The co-information lattice (2003), for three blocks or more and their sign.

    Examples
    --------
    >>> I("X1;X2|L") == I("X1", "X2", given="L")
    True
    """
    return forms.information(*_blocks("I", blocks, given))


def TC(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return total correlation: the mediation error of a latent that is conditioned on.

    Parameters
    ----------
    *blocks : str or iterable of str
        ``"X1;X2;X3|L"`` as one string, or one argument per block.
    given : str or iterable of str

    Returns
    -------
    Form

    Raises
    ------
    SyntaxInvalid, InvalidInput
        For text outside the notation, a name that is none, or fewer than two blocks.

    References
    ----------
    Watanabe, Information theoretical analysis of multivariate correlation (1960).

    Examples
    --------
    >>> TC("X1", "X2", given="L") == I("X1;X2|L")
    True
    """
    return forms.total_correlation(*_blocks("TC", blocks, given))


def DTC(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return dual total correlation, the mediation error that pairs with weak redundancy.

    Parameters
    ----------
    *blocks : str or iterable of str
    given : str or iterable of str

    Returns
    -------
    Form

    Raises
    ------
    SyntaxInvalid, InvalidInput
        For text outside the notation, a name that is none, or fewer than two blocks.

    References
    ----------
    Han, Nonnegative entropy measures of multivariate symmetric correlations (1978).

    Examples
    --------
    >>> DTC("X1", "X2", given="L") == I("X1;X2|L")
    True
    """
    return forms.dual_total_correlation(*_blocks("DTC", blocks, given))


def O(*blocks: GroupLike, given: GroupLike = ()) -> Form:
    """Return O-information, TC - DTC.

    Parameters
    ----------
    *blocks : str or iterable of str
    given : str or iterable of str

    Returns
    -------
    Form

    Raises
    ------
    SyntaxInvalid, InvalidInput
        For text outside the notation, a name that is none, or fewer than two blocks.

    References
    ----------
    Rosas, Mediano, Gastpar and Jensen, Quantifying high-order interdependencies (2019).

    Examples
    --------
    >>> O("X", "Y", "Z") == TC("X;Y;Z") - DTC("X;Y;Z")
    True
    """
    return forms.o_information(*_blocks("O", blocks, given))


def _blocks(
    head: str, blocks: tuple[GroupLike, ...], given: GroupLike
) -> tuple[list[Group], Group]:
    condition = read_names(given, "the condition")
    written = [block for block in blocks if isinstance(block, str) and set(";|") & set(block)]
    if not written:
        return [read_names(block) for block in blocks], condition
    text = written[0]
    if len(blocks) > 1:
        raise SyntaxInvalid(
            f"expected one text with ';' and '|', or one argument per block, got {text!r} and "
            f"{len(blocks) - 1} more",
            text=text,
        )
    if condition and "|" in text:
        raise SyntaxInvalid(
            f"expected the condition once, got {text!r} and given={given!r}", text=text
        )
    reader = Reader(text)
    listed, inside = reader.blocks(head)
    if reader.kind:
        raise reader.fail("',' or the end")
    return listed, inside or condition
