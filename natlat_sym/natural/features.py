"""Features of a law: groups of variables, and how many of them may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput, OverlappingSets
from natlat_sym.exact.naming import find_names, in_order, read_groups

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

Group = tuple[str, ...]


def as_group(group: str | Iterable[str]) -> Group:
    """Return a group of variables as a tuple of names.

    Parameters
    ----------
    group : str or iterable of str
        ``"X"``, ``"X,Y"``, ``"X Y"`` or the names.

    Returns
    -------
    tuple of str
        Repeats removed.

    Raises
    ------
    InvalidInput
        When the group is empty.

    Examples
    --------
    >>> as_group("X,Y"), as_group(["X"])
    (('X', 'Y'), ('X',))
    """
    names = group.replace(",", " ").split() if isinstance(group, str) else in_order(group)
    found = tuple(dict.fromkeys(names))
    if not found:
        raise InvalidInput("expected a group of one variable or more, got an empty one")
    return found


def as_features(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None,
    apart_from: Sequence[str] = (),
    least: int = 2,
) -> tuple[Group, ...]:
    """Return features as disjoint groups of variables of a law.

    Parameters
    ----------
    dist : Dist
        The law they must belong to.
    features : iterable of str or of iterables of str, or None
        A text such as ``"X1 X2"`` lists single variables; None means every variable of the law
        but the latents.
    apart_from : sequence of str
        The latents: no feature may hold one.
    least : int
        How many features there must be.

    Returns
    -------
    tuple of tuple of str

    Raises
    ------
    UnknownVariable, OverlappingSets, InvalidInput
        For a name the law lacks, a name in two features or in a latent, too few features.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 L", [("0", "0", "0")])
    >>> as_features(p, None, apart_from=["L"])
    (('X1',), ('X2',))
    """
    if features is None:
        features = [name for name in dist.names if name not in apart_from]
    groups = read_groups(features)
    names = [name for group in groups for name in group]
    find_names(dict.fromkeys(names), dist.names)
    for name in names:
        if names.count(name) > 1:
            raise OverlappingSets(
                f"expected features without common variables, {name!r} is in two of them; "
                "name each variable once",
                name=name,
            )
        if name in apart_from:
            raise OverlappingSets(
                f"expected features apart from the latent, {name!r} is both; leave it out of the "
                "features",
                name=name,
            )
    if len(groups) < least:
        raise InvalidInput(
            f"expected at least {least} feature{'s' * (least != 1)}, got {len(groups)}: "
            f"{', '.join(map(group_text, groups)) or 'none'}",
            features=groups,
        )
    return groups


def group_text(group: Group) -> str:
    """Return a group as the notation writes it: ``X,Y``.

    Examples
    --------
    >>> group_text(("X", "Y"))
    'X,Y'
    """
    return ",".join(group)


def fresh_name(name: str, taken: Iterable[str]) -> str:
    """Return the name with as many primes as it takes to be new.

    Examples
    --------
    >>> fresh_name("L", ["X", "L", "L'"])
    "L''"
    """
    used = set(taken)
    while name in used:
        name += "'"
    return name
