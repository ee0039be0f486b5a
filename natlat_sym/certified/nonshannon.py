"""Help from outside the Shannon inequalities: cited theorems, and copies of variables.

What is used from here is a hypothesis of the theorem that uses it, and so it travels with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, permutations

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import read_names
from natlat_sym.explained import explained
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.notation import H, I
from natlat_sym.statements.notation import claim as read_claim

Names = str | Iterable[str]
_CITED = {
    "Zhang-Yeung": (
        "Zhang and Yeung 1998",
        read_claim("I(A;B) <= 2 I(A;B|C) + I(A;C|B) + I(B;C|A) + I(A;B|D) + I(C;D)"),
    ),
}


@explained
def cite(theorem: str, variables: Names) -> tuple[Claim, ...]:
    """Return all instances of a cited inequality over some variables, to be used as hypotheses.

    Parameters
    ----------
    theorem : str
        ``"Zhang-Yeung"``: the inequality of their Theorem 3, which is no Shannon inequality.
    variables : names
        At least four.

    Returns
    -------
    tuple of Claim
        Each holds for every law.  A theorem that uses one lists it among its hypotheses.

    Raises
    ------
    InvalidInput
        For a name that is not known, or too few variables.

    References
    ----------
    Zhang and Yeung, On characterization of entropy function via information inequalities (1998).

    Examples
    --------
    >>> len(cite("Zhang-Yeung", "A B C D"))
    12
    >>> print(cite("Zhang-Yeung", "A B C D")[0])
    I(A;B) <= 2 I(A;B|C) + I(A;C|B) + I(B;C|A) + I(A;B|D) + I(C;D)
    """
    known = {name.lower(): claim for name, (_, claim) in _CITED.items()}
    if theorem.lower() not in known:
        raise InvalidInput(f"expected one of {', '.join(_CITED)}, got {theorem!r}", name=theorem)
    names = read_names(variables)
    pattern = known[theorem.lower()]
    old = sorted(pattern.difference.variables)
    if len(names) < len(old):
        raise InvalidInput(
            f"expected at least {len(old)} variables for {theorem}, got {', '.join(names)}",
            names=names,
        )
    found: dict[Form, Claim] = {}
    for chosen in permutations(names, len(old)):
        instance = pattern.substitute({a: (b,) for a, b in zip(old, chosen, strict=True)})
        found.setdefault(instance.difference, instance)
    return tuple(found.values())


def citation(claim: Claim) -> str | None:
    """Return where a claim is from, when it is an instance of a cited inequality.

    Examples
    --------
    >>> citation(cite("Zhang-Yeung", "P Q R S")[0])
    'Zhang and Yeung 1998'
    """
    names = sorted(claim.difference.variables)
    for theorem, (source, pattern) in _CITED.items():
        same = len(names) == len(pattern.difference.variables)
        if same and claim.difference in {c.difference for c in cite(theorem, names)}:
            return source
    return None


@explained
def copies(renamed: Mapping[str, str], over: Names, rest: Names = ()) -> tuple[Claim, ...]:
    """Return what holds of conditionally independent copies of variables (the copy lemma).

    Parameters
    ----------
    renamed : mapping of str to str
        Each variable that is copied to the name of its copy; a group such as ``"C,D"`` is copied
        as one variable.
    over : names
        The variables that originals and copies share: given these, the copies are independent of
        everything else, and together with them they have the law of the originals.
    rest : names
        The remaining variables of the claim, earlier copies included.

    Returns
    -------
    tuple of Claim
        Hypotheses: the independence, that copies have the entropies of the originals, and that
        nothing changes when copies and originals change places.  Every law can be extended by such
        copies, so a claim without them that is proved from these holds for every law; the
        hypotheses stay listed with the theorem.

    Raises
    ------
    InvalidInput
        When a name has two parts to play.

    References
    ----------
    Dougherty, Freiling and Zeger, Non-Shannon information inequalities in four random variables
    (2011), section II.

    Examples
    --------
    >>> for claim in copies({"C": "K"}, over="A", rest="B"):
    ...     print(claim)
    I(K;B,C|A) = 0
    H(K) = H(C)
    H(A,K) = H(A,C)
    >>> for claim in copies({"C": "K", "D": "L"}, over="A")[-3:]:
    ...     print(claim)
    H(D,K) = H(C,L)
    H(C,D,K) = H(C,K,L)
    H(C,D,L) = H(D,K,L)
    """
    shared, others = read_names(over), read_names(rest)
    originals = {copy: frozenset(read_names(group)) for group, copy in renamed.items()}
    olds = sorted(frozenset().union(*originals.values()))
    everything = [*olds, *renamed.values(), *shared, *others]
    twice = sorted({name for name in everything if everything.count(name) > 1})
    if twice or not renamed:
        raise InvalidInput(
            f"expected each variable in one part, got {twice[0]} in two"
            if twice
            else "expected a variable to copy, got none",
            names=tuple(everything),
        )
    claims = [I(sorted(originals), sorted([*olds, *others]), given=sorted(shared)).eq(0)]
    for moved in _subsets(originals, 1):
        claims += [
            H(sorted([*moved, *part])).eq(H(sorted({*part, *_originals(originals, moved)})))
            for part in _subsets(shared)
        ]
    for one, other in combinations(_subsets(originals, 1), 2):
        mixed = {*one, *_originals(originals, other)}, {*other, *_originals(originals, one)}
        claims += [
            H(sorted({*mixed[0], *part})).eq(H(sorted({*mixed[1], *part})))
            for part in _subsets(shared)
            if len(part) < len(shared)  # the whole of it is implied
        ]
    return tuple(claims)


def _subsets(names: Iterable[str], least: int = 0) -> list[tuple[str, ...]]:
    items = tuple(names)
    return [part for k in range(least, len(items) + 1) for part in combinations(items, k)]


def _originals(originals: Mapping[str, frozenset[str]], copied: Iterable[str]) -> frozenset[str]:
    """Return what some copies are copies of."""
    return frozenset().union(*(originals[copy] for copy in copied))
