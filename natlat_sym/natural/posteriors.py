"""Latents made from posteriors: resampled ones, the standard form, minimal sufficient statistics.

Each function returns the law with the new latent as one more variable, to be measured like any
other with `natural_latent`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import find_names, read_names, refuse_repeated
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.natural.features import as_features, as_group

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.features import Group

MAX_OUTCOMES = 1 << 18
Label = Hashable


@explained
def resample(dist: Dist, latent: str, given: str | Iterable[str], name: str = "G") -> Dist:
    """Return the law with a fresh draw of a latent, from P[latent|given].

    The draw is independent of everything else given those variables: the one-sided resampling of a
    latent from one feature, say.

    Parameters
    ----------
    dist : Dist
        The law.
    latent : str
        L, what is drawn again.
    given : str or iterable of str
        What the draw looks at.
    name : str
        The new variable.

    Returns
    -------
    Dist

    Raises
    ------
    UnknownVariable, InvalidInput
        For a name the law lacks, or a new name that is taken.

    Examples
    --------
    >>> from natlat_sym import Dist, I
    >>> p = Dist.uniform("X1 X2", [("0", "0"), ("1", "0"), ("1", "1")])
    >>> p = p.with_function("L", str, of="X2")
    >>> print(I("G;X2|X1")(resample(p, "L", given="X1")))
    0
    """
    as_law(dist)
    group = as_group(given)
    if latent in group:
        raise InvalidInput(
            f"expected a latent apart from what it is drawn from, {latent!r} is both", name=latent
        )
    find_names((latent, *group), dist.names)
    refuse_repeated((*dist.names, *read_names([name])))
    return dist.couple(dist.marginal((*group, latent)).rename({latent: name}))


def resample_features(
    dist: Dist, features: str | Iterable[str | Iterable[str]] | None = None, name: str = "R"
) -> Dist:
    """Return the law with all features drawn again at once, each from P[Xi|X_-i].

    The draws are independent of each other given X; together they are one latent.

    Parameters
    ----------
    dist : Dist
        The law.
    features : iterable of groups, optional
        Default: all variables.
    name : str
        The new variable; its labels are the drawn labels joined by commas.

    Returns
    -------
    Dist

    Raises
    ------
    InvalidInput
        When the draws have more than 262,144 outcomes, or the name is taken.

    References
    ----------
    J. Wentworth and D. Lorell, "Calculating Natural Latents via Resampling" (2024).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2", [("0", "0"), ("1", "1")])
    >>> print(resample_features(p))
    X1  X2  R    mass
    0   0   0,0  1/2
    1   1   1,1  1/2
    """
    as_law(dist)
    groups = as_features(dist, features)
    names = tuple(n for group in groups for n in group)
    refuse_repeated((*dist.names, *read_names([name])))
    predictive = dist.marginal(names)
    law = predictive
    fresh: list[str] = []
    for place, group in enumerate(groups):
        again = {n: f"{n}'again{place}" for n in group}
        fresh += again.values()
        law = law.couple(predictive.rename(again))
        if len(law) > MAX_OUTCOMES:
            raise InvalidInput(
                f"expected at most {MAX_OUTCOMES:,} outcomes of features and fresh draws, got "
                f"{len(law):,} after {place + 1} of {len(groups)} features; name fewer features"
            )
    joined = law.with_function(name, _joined, of=fresh).marginal((*names, name))
    return dist.couple(joined)


def _joined(*labels: Label) -> Label:
    texts = [str(label) for label in labels]
    plain = all(isinstance(label, str) and "," not in label for label in labels)
    return ",".join(texts) if plain else labels


@explained
def sufficient_statistic(
    dist: Dist, of: str | Iterable[str], about: str | Iterable[str], name: str = "T"
) -> Dist:
    """Return the law with the minimal sufficient statistic of some variables about others.

    The coarsest function of `of` that tells all about `about`: two outcomes have one label exactly
    when their conditional laws are the same, as rationals.

    Parameters
    ----------
    dist : Dist
        The law.
    of, about : str or iterable of str
        Groups of variables, which may overlap.
    name : str
        The new variable; its labels are ``"0"``, ``"1"``, ... in the order of the support.

    Returns
    -------
    Dist

    Raises
    ------
    UnknownVariable, InvalidInput
        For a name the law lacks, or a new name that is taken.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"), ("2", "1")])
    >>> print(sufficient_statistic(p, "X", about="Y").entropy("T"))
    -8/5 + log2(5)
    """
    as_law(dist)
    group, target = as_group(of), as_group(about)
    find_names(dict.fromkeys((*group, *target)), dist.names)
    classes = _classes(dist, group, target)
    return dist.with_function(name, lambda *labels: classes[labels], of=group)


@explained
def standard_form(
    dist: Dist,
    latent: str,
    features: str | Iterable[str | Iterable[str]] | None = None,
    name: str = "S",
) -> Dist:
    """Return the law with the standard form of a latent: the class of x by its posterior P[L|X=x].

    A function of the features that tells all that L tells about them, without the noise of L apart
    from them.

    Parameters
    ----------
    dist : Dist
        The law.
    latent : str
        L.
    features : iterable of groups, optional
        Default: every other variable.
    name : str
        The new variable; its labels are ``"0"``, ``"1"``, ... in the order of the support.

    Returns
    -------
    Dist

    Raises
    ------
    UnknownVariable, OverlappingSets, InvalidInput
        For a name the law lacks, a latent among the features, a new name that is taken.

    References
    ----------
    J. Wentworth and D. Lorell, "Natural Latents: The Math" (2023).

    Examples
    --------
    >>> from natlat_sym import zoo
    >>> law = standard_form(zoo.law("C04"), "L")  # the block and an independent coin
    >>> print(law.entropy("L", given="X1 X2"), law.entropy("S", given="X1 X2"))
    1 0
    """
    as_law(dist)
    groups = as_features(dist, features, apart_from=(latent,), least=1)
    names = tuple(n for group in groups for n in group)
    return sufficient_statistic(dist, names, (latent,), name)


def _classes(dist: Dist, group: Group, target: Group) -> dict[tuple[Label, ...], str]:
    """Number the outcomes of a group by their conditional laws of another, first met first."""
    both = tuple(dict.fromkeys((*group, *target)))
    places = [both.index(n) for n in group], [both.index(n) for n in target]
    rows: dict[tuple[Label, ...], dict[tuple[Label, ...], Fraction]] = {}
    for outcome, mass in dist.marginal(both).items():
        x, y = (tuple([outcome[i] for i in side]) for side in places)
        rows.setdefault(x, {})[y] = mass
    numbers: dict[frozenset[tuple[tuple[Label, ...], Fraction]], str] = {}
    found = {}
    for x, _ in dist.marginal(group).items():
        row = rows[x]
        total = sum(list(row.values())[1:], next(iter(row.values())))
        posterior = frozenset((y, mass / total) for y, mass in row.items())
        found[x] = numbers.setdefault(posterior, str(len(numbers)))
    return found
