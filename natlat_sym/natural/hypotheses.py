"""The hypotheses of the translation theorem: how far each fails, and what it adds to the bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.errors import Undecided
from natlat_sym.exact.bits import Bits
from natlat_sym.natural.features import Group, group_text
from natlat_sym.natural.latents import evaluated
from natlat_sym.statements.forms import (
    Form,
    as_form,
    dual_total_correlation,
    entropy,
    information,
    total_correlation,
)

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One hypothesis under the named law.

    Attributes
    ----------
    kind : str
        ``"mediation"`` by M, ``"redundancy"`` of L or ``"independence"`` of both given X.
    form : str
        The error, in the notation.
    value : Bits
        Its exact size, in bits.
    times : int
        How often the bound counts it.
    lost : str or None
        For redundancy, the feature that is lost.
    own : Bits or None
        The same error under the agent's own law, where there are two laws.
    """

    kind: str
    form: str
    value: Bits
    times: int
    lost: str | None = None
    own: Bits | None = None

    @property
    def share(self) -> Bits:
        """What it adds to the bound."""
        return self.times * self.value


@dataclass(frozen=True, slots=True)
class Measured:
    """Every quantity of a translation under one law, exact, in bits."""

    stochastic: Bits
    deterministic: Bits
    independence: Bits
    information: Bits
    entropy: Bits
    bounds: tuple[Bits, Bits]
    dual_bounds: tuple[Bits, Bits]
    hypotheses: tuple[Hypothesis, ...]


def measured(
    law: Dist,
    source: str,
    target: str,
    groups: tuple[Group, ...],
    own: tuple[Dist, Dist] | None = None,
) -> Measured:
    """Evaluate the errors, the bounds and the hypotheses of a translation.

    Parameters
    ----------
    law : Dist
        Of the features and both latents.
    source, target : str
        M and L.
    groups : tuple of tuple of str
        The features.
    own : (Dist, Dist), optional
        The laws of the agents that M and L come from.

    Returns
    -------
    Measured

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 M L", [("0", "0", "0", "a"), ("1", "1", "1", "b")])
    >>> measured(p, "M", "L", (("X1",), ("X2",))).stochastic
    Bits('0')
    """
    everything = tuple(name for group in groups for name in group)
    count, wanted, given = len(groups), (target,), (source,)
    pieces = [
        total_correlation(groups, given) if count > 1 else as_form(0),
        dual_total_correlation(groups, given) if count > 1 else as_form(0),
        information((wanted, given), everything),
    ]
    rests = [tuple(n for n in everything if n not in group) for group in groups]
    weak = [information((wanted, group), rest) for group, rest in zip(groups, rests, strict=True)]
    lost = [entropy(wanted, rest) for rest in rests]
    whole = [
        information((wanted, everything), given),
        entropy(wanted, given),
        information((wanted, everything)),
        entropy(wanted),
    ]
    values = evaluated(law, [*whole, *pieces, *weak, *lost])
    stochastic, deterministic, informed, size, total, dual, third = values[:7]
    missing, unread = values[7 : 7 + count], values[7 + count :]
    redundancy, reading = _sum(missing), _sum(unread)
    apart = count * third
    return Measured(
        stochastic=stochastic,
        deterministic=deterministic,
        independence=third,
        information=informed,
        entropy=size,
        bounds=((count - 1) * total + redundancy + apart, (count - 1) * total + reading),
        dual_bounds=(dual + redundancy + apart, dual + reading),
        hypotheses=_hypotheses(groups, source, target, (total, dual, third), (missing, weak), own),
    )


def _hypotheses(
    groups: tuple[Group, ...],
    source: str,
    target: str,
    pieces: tuple[Bits, Bits, Bits],
    weak: tuple[Sequence[Bits], Sequence[Form]],
    own: tuple[Dist, Dist] | None,
) -> tuple[Hypothesis, ...]:
    """List the hypotheses, mediation counted in the way that gives the smaller bound."""
    count, (total, dual, third), (missing, forms) = len(groups), pieces, weak
    plain = count < 3 or _at_most((count - 1) * total, dual)
    name, value, times = ("TC", total, count - 1) if plain else ("DTC", dual, 1)
    blocks = ";".join(map(group_text, groups))
    found = []
    if count > 1:
        form = (total_correlation if plain else dual_total_correlation)(groups, (source,))
        kept = evaluated(own[0], [form])[0] if own else None
        text = f"{name}({blocks}|{source})"
        found.append(Hypothesis("mediation", text, value, times, own=kept))
    before = evaluated(own[1], list(forms)) if own else [None] * count
    for group, error, kept in zip(groups, missing, before, strict=True):
        rest = ",".join(group_text(other) for other in groups if other != group)
        text = f"I({target};{group_text(group)}{'|' * bool(rest)}{rest})"
        found.append(Hypothesis("redundancy", text, error, 1, group_text(group), kept))
    everything = ",".join(map(group_text, groups))
    text = f"I({target};{source}|{everything})"
    found.append(Hypothesis("independence", text, third, count))
    return tuple(found)


def weakest(hypotheses: Sequence[Hypothesis]) -> str | None:
    """Return the kind of hypothesis that adds most to the bound.

    None where that depends on parameters.

    Examples
    --------
    >>> weakest([Hypothesis("mediation", "TC(X;Y|M)", Bits(1), 2),
    ...          Hypothesis("redundancy", "I(L;X|Y)", Bits(1), 1)])
    'mediation'
    """
    kinds = tuple(dict.fromkeys(hypothesis.kind for hypothesis in hypotheses))
    try:
        return max(kinds, key=lambda kind: share(hypotheses, kind))
    except Undecided:
        return None


def share(hypotheses: Sequence[Hypothesis], kind: str) -> Bits:
    """Return what one kind of hypothesis adds to the bound.

    Examples
    --------
    >>> share([Hypothesis("mediation", "TC(X;Y|M)", Bits(1), 2)], "mediation")
    Bits('2')
    """
    return _sum([h.share for h in hypotheses if h.kind == kind])


def _sum(values: Sequence[Bits]) -> Bits:
    return sum(values[1:], values[0])


def _at_most(one: Bits, other: Bits) -> bool:
    try:
        return one <= other
    except Undecided:
        return True
