"""Features of a law: groups of variables, and how many of them may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput, OverlappingSets
from natlat_sym.exact.naming import find_names, in_order, read_groups
from natlat_sym.exact.render import COLUMNS, shortened, text_table, wrapped

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

Group = tuple[str, ...]

_WIDE = 24  # characters: longer lists of features are called X


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


def is_wide(features: Sequence[str]) -> bool:
    """Whether a list of features is too long to be written out in every form.

    Examples
    --------
    >>> is_wide(["X1", "X2"]), is_wide([f"X{i}" for i in range(1, 11)])
    (False, True)
    """
    return len(",".join(features)) > _WIDE


def in_brief(form: str, features: Sequence[str]) -> str:
    """Return a form with a long list of features written X, and one without a feature as a rest.

    Parameters
    ----------
    form : str
    features : sequence of str
        All features as text.

    Returns
    -------
    str
        The form as it is when the list is short.

    Examples
    --------
    >>> features = [f"Sensor{i}" for i in range(1, 5)]
    >>> in_brief("TC(Sensor1;Sensor2;Sensor3;Sensor4|L)", features)
    'TC(X|L)'
    >>> in_brief("I(L;Sensor2|Sensor1,Sensor3,Sensor4)", features)
    'I(L;Sensor2|rest)'
    >>> in_brief("H(L|Sensor1,Sensor3,Sensor4)", features)
    'H(L|X but Sensor2)'
    """
    if not is_wide(features):
        return form
    for mark in ",;":
        form = form.replace(mark.join(features), "X")
    for feature in features:
        rest = ",".join(other for other in features if other != feature)
        form = form.replace(f";{feature}|{rest})", f";{feature}|rest)")
        form = form.replace(f";{rest}|{feature})", f";rest|{feature})")
        form = form.replace(f"|{rest})", f"|X but {feature})")
    return shortened(form, _WIDE + 20)


def legend(features: Sequence[str]) -> str:
    """Return what X stands for where forms are written in brief, on lines of up to 100 columns."""
    return wrapped(f"X = {', '.join(features)}")


def outcome_table(
    names: Sequence[str],
    heads: Sequence[str],
    rows: Iterable[tuple[Iterable[object], Sequence[str]]],
) -> str:
    """Return outcomes and what is said of each as a table, of 100 columns where that can be.

    Parameters
    ----------
    names : sequence of str
        The variables.
    heads : sequence of str
        The titles of what follows the outcomes.
    rows : iterable of (outcome, cells)

    Returns
    -------
    str
        A column per variable, or one for the whole outcome where those take too many.

    Examples
    --------
    >>> print(outcome_table(["X", "Y"], ["label"], [(("0", "1"), ["0"])]))
    X  Y  label
    0  1  0
    >>> print(outcome_table([f"Sensor{i}" for i in range(12)], ["label"], [("0" * 12, ["0"])]))
    outcome                  label
    0,0,0,0,0,0,0,0,0,0,0,0  0
    """
    listed = [(tuple(map(str, outcome)), tuple(cells)) for outcome, cells in rows]
    table = text_table([(*names, *heads), *((*outcome, *cells) for outcome, cells in listed)])
    if max(map(len, table.split("\n"))) <= COLUMNS:
        return table
    columns = zip(heads, *(cells for _, cells in listed), strict=True)
    room = max(36, COLUMNS - sum(max(map(len, column)) + 2 for column in columns))
    whole = [(shortened(",".join(outcome), room), *cells) for outcome, cells in listed]
    return text_table([("outcome", *heads), *whole])


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
