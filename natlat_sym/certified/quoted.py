"""Statements that stand in the map without a proof: theorems of others, and conjectures."""

from __future__ import annotations

from dataclasses import dataclass

from natlat_sym.errors import InvalidInput

STATUSES = ("cites", "conjecture")


@dataclass(frozen=True, repr=False)
class Quotation:
    """A statement in words that nothing here proves; it is never counted as proved.

    Made by `quote` and `conjecture`.  It has no certificate, so nothing can be derived from it.

    Parameters
    ----------
    claim : str
        The statement.
    source : str
        Who states it, and where; for a theorem, who proves it.
    status : str
        ``cites`` (proved elsewhere) or ``conjecture`` (open).

    Raises
    ------
    InvalidInput
        When a text is empty or not one line, or the status another word.
    """

    claim: str
    source: str
    status: str

    def __post_init__(self) -> None:
        for name, text in (("claim", self.claim), ("source", self.source)):
            if not isinstance(text, str) or not text.strip() or text.splitlines() != [text]:
                raise InvalidInput(f"expected one line of text as {name}, got {text!r}")
        if self.status not in STATUSES:
            raise InvalidInput(f"expected one of {', '.join(STATUSES)}, got {self.status!r}")

    @property
    def assumptions(self) -> tuple[str, ...]:
        """None are listed: the statement is not derived from anything here."""
        return ()

    def __str__(self) -> str:
        return f"{self.status}: {self.claim} [{self.source}]"

    def __repr__(self) -> str:
        door = "quote" if self.status == "cites" else "conjecture"
        return f"{door}({self.claim!r}, {self.source!r})"


def quote(claim: str, source: str) -> Quotation:
    """Quote a theorem that is proved elsewhere and not here.

    Parameters
    ----------
    claim : str
        The statement, one line.
    source : str
        Who proves it, and where.

    Returns
    -------
    Quotation
        With status ``cites``.

    Examples
    --------
    >>> print(quote("T <= 96 tau for two features", "Lorell (2026), in Lean"))
    cites: T <= 96 tau for two features [Lorell (2026), in Lean]
    """
    return Quotation(claim, source, "cites")


def conjecture(claim: str, source: str) -> Quotation:
    """Record a statement that is open.

    Parameters
    ----------
    claim : str
        The statement, one line.
    source : str
        Who asks, and where.

    Returns
    -------
    Quotation
        With status ``conjecture``.

    Examples
    --------
    >>> conjecture("T <= 2 tau for two features", "Harwood and Gillen").status
    'conjecture'
    """
    return Quotation(claim, source, "conjecture")
