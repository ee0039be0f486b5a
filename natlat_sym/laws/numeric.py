"""Questions that only a law of numbers answers: a law with parameters is sent to a point first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput

if TYPE_CHECKING:
    from natlat_sym.laws.law import Law


def require_numbers(*laws: Law, purpose: str = "", otherwise: str = "") -> None:
    """Refuse laws with parameters, and name a point of the range to take first.

    Parameters
    ----------
    laws : Law
        What was asked about.
    purpose : str
        What for: ``"to draw"``.
    otherwise : str
        What else can be done: ``"use prove_on_range for a whole range"``.

    Raises
    ------
    InvalidInput
        When one of the laws has a parameter.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_dict({"0": "e", "1": "1 - e"}, "X", "0 < e < 1/5")
    >>> require_numbers(law.at(e="1/10"))
    >>> require_numbers(law)
    Traceback (most recent call last):
    natlat_sym.errors.InvalidInput: expected a law without parameters, got e; take a point first: \
law.at(e="1/10") (--set e=1/10)
    """
    ranges = {name: interval for law in laws for name, interval in law.parameters.items()}
    if not ranges:
        return
    point = ", ".join(f'{name}="{ranges[name].inside()}"' for name in sorted(ranges))
    words = f"expected a law without parameters {purpose}".rstrip()
    message = f"{words}, got {', '.join(sorted(ranges))}; take a point first: law.at({point})"
    message += f" (--set {','.join(sorted(f'{n}={ranges[n].inside()}' for n in ranges))})"
    raise InvalidInput(f"{message}, or {otherwise}" if otherwise else message, ranges=ranges)
