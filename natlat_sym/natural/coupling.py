"""Two agents under one named law: both latents grafted on one predictive law, through the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.infinity import Infinity
from natlat_sym.exact.naming import find_names
from natlat_sym.laws.lawbuild import show_outcome
from natlat_sym.natural.features import Group, as_features, fresh_name
from natlat_sym.statements.measures import kl

if TYPE_CHECKING:
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist

Features = str | Iterable[str | Iterable[str]] | None
Divergences = tuple["Bits | Infinity", "Bits | Infinity"]
FIRST, SECOND, THIRD = "the first law", "the second law", "the third law"


@dataclass(frozen=True, slots=True)
class Coupling:
    """Two latents and the features they share, jointly.

    Attributes
    ----------
    law : Dist
        P[X] of the named law, with P[L|X] and P[M|X] of the agents, independent given X.
    under : str
        Which law P[X] is from: ``"the first law"``, ``"the second law"`` or ``"the third law"``.
    source, target : str
        M, under a new name where both laws use the same, and L.
    groups : tuple of tuple of str
        The features.
    source_law, target_law : Dist
        The agents' own laws of the features with M, and with L.
    divergence : pair of (Bits or oo)
        D(first||second) and D(second||first) of the predictive laws.
    apart : pair of (Bits or oo), or None
        For a third law: its divergence from the first, and from the second.
    """

    law: Dist
    under: str
    source: str
    target: str
    groups: tuple[Group, ...]
    source_law: Dist
    target_law: Dist
    divergence: Divergences
    apart: Divergences | None


def couple(
    first: Dist,
    second: Dist,
    source: str,
    target: str,
    features: Features = None,
    under: Dist | str = "first",
) -> Coupling:
    """Couple a latent of one law and a latent of another through the features they share.

    Parameters
    ----------
    first, second : Dist
        One holds the source M, the other the target L; where both hold both names, the target is
        read from the first.
    source, target : str
        M and L.
    features : iterable of groups, optional
        Default: every variable that all laws share.
    under : "first", "second" or Dist
        The law whose P[X] is used.

    Returns
    -------
    Coupling

    Raises
    ------
    UnknownVariable, OverlappingSets
        For a name a law lacks, or a latent among the features.
    InvalidInput
        When P[X] has an outcome that one of the agents rules out.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> one = Dist.uniform("X L", [("0", "a"), ("1", "b")])
    >>> two = Dist.uniform("X M", [("0", "u"), ("1", "u")])
    >>> couple(one, two, "M", "L").law
    Dist.from_dict({('0', 'a', 'u'): '1/2', ('1', 'b', 'u'): '1/2'}, 'X L M')
    """
    swapped = _swapped(first, second, source, target)
    holder, reader = (second, first) if swapped else (first, second)
    find_names((target,), holder.names)
    find_names((source,), reader.names)
    named, base = _named(first, second, under)
    if features is None:
        features = _shared(holder, (first, second, base), (source, target))
    groups = as_features(holder, features, apart_from=(target,), least=1)
    as_features(reader, groups, apart_from=(source,), least=1)
    as_features(base, groups, least=1)
    names = tuple(name for group in groups for name in group)
    predictive = base.marginal(names)
    target_law, source_law = holder.marginal((*names, target)), reader.marginal((*names, source))
    roles = [("target", target_law), ("source", source_law)]
    for which, (role, agent) in zip(
        (SECOND, FIRST) if swapped else (FIRST, SECOND), roles, strict=True
    ):
        _require_support(predictive, named, agent.marginal(names), which, role)
    fresh = fresh_name(source, target_law.names)
    if fresh != source:
        source_law = source_law.rename({source: fresh})
    law = predictive.couple(target_law, graft=True).couple(source_law, graft=True)
    one, two = first.marginal(names), second.marginal(names)
    return Coupling(
        law=law,
        under=named,
        source=fresh,
        target=target,
        groups=groups,
        source_law=source_law,
        target_law=target_law,
        divergence=(kl(one, two), kl(two, one)),
        apart=(kl(predictive, one), kl(predictive, two)) if named == THIRD else None,
    )


def _shared(holder: Dist, laws: tuple[Dist, Dist, Dist], latents: tuple[str, str]) -> list[str]:
    """Return the variables that all laws share, the latents aside."""
    first, second, _ = laws
    names = [
        name
        for name in holder.names
        if name not in latents and all(name in law.names for law in laws)
    ]
    if not names:
        raise InvalidInput(
            f"expected laws that share a feature, {', '.join(first.names)} and "
            f"{', '.join(second.names)} do not, or the law they are under lacks it"
        )
    return names


def _swapped(first: Dist, second: Dist, source: str, target: str) -> bool:
    """Tell whether the first law holds the source and the second the target, and not otherwise."""
    usual = target in first.names and source in second.names
    return not usual and source in first.names and target in second.names


def _named(first: Dist, second: Dist, under: Dist | str) -> tuple[str, Dist]:
    if isinstance(under, str):
        if under not in ("first", "second"):
            raise InvalidInput(f"expected under='first', 'second' or a law, got {under!r}")
        return (FIRST, first) if under == "first" else (SECOND, second)
    return THIRD, under


def _require_support(predictive: Dist, named: str, agent: Dist, which: str, role: str) -> None:
    known = set(agent.support)
    for outcome in predictive.support:
        if outcome not in known:
            raise InvalidInput(
                f"expected {which} to allow every outcome of the features that {named} does, "
                f"{show_outcome(outcome)} has mass {predictive.mass(outcome)} and 0; the {role} "
                "latent is undefined there",
                outcome=outcome,
            )
