"""One named law: where it comes from, what it shows, and the exact values it must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from natlat_sym.exact.bits import Bits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from natlat_sym.laws.dist import Dist

MATH = "Wentworth and Lorell, Natural Latents: The Math (2023)"
ONTOLOGIES = (
    "Wentworth and Lorell, Natural Latents: Latent Variables Stable Across Ontologies (2025)"
)
STANDARD = "standard example"
HERE = "worked out for this collection"


@dataclass(frozen=True, slots=True)
class Entry:
    """A named law with its source and its exact values.

    Parameters
    ----------
    id : str
        Short identifier, such as ``C05``.
    name : str
        A name in words, such as ``related-beyond-the-data``.
    title : str
        What the law is.
    shows : str
        What it is an example of.
    source : str
        Where it comes from.
    features, latents : tuple of str
        The roles of its variables.
    pairs : tuple of (form text, exact value text)
        Known values, in bits.
    build : callable
        Makes the law.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> coin = Entry("F0", "coin", "a fair coin", "one bit", "folklore", ("X",), (),
    ...              (("H(X)", "1"),), lambda: Dist.uniform("X", [("0",), ("1",)]))
    >>> len(coin.law), coin.values["H(X)"]
    (2, '1')
    """

    id: str
    name: str
    title: str
    shows: str
    source: str
    features: tuple[str, ...]
    latents: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    build: Callable[[], Dist]

    @property
    def law(self) -> Dist:
        """The law, made on first use."""
        return _built(self.build)

    @property
    def values(self) -> Mapping[str, str]:
        """Exact values in bits, by form."""
        return MappingProxyType(dict(self.pairs))

    def exact_values(self) -> dict[str, Bits]:
        """Return the values as exact amounts; functions where the law has parameters."""
        ranges = self.law.parameters
        if not ranges:
            return {form: Bits(text) for form, text in self.pairs}
        from natlat_sym.parameters.functions import BitsFunction

        return {form: cast(Bits, BitsFunction(text, ranges)) for form, text in self.pairs}


@cache
def _built(build: Callable[[], Dist]) -> Dist:
    return build()
