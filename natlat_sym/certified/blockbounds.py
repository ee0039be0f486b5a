"""Lower bounds of the summed error on large supports, by merged values of the features.

With A_i a function of X_i, and V any latent of the features,

    TC(X|V) + sum_i I(V;X_i|X_-i)
        >= TC(X|V,A) + sum_i I(V;X_i|X_-i,A) - sum_i I(A_i;X_-i|A_-i)

(proofs, P14, for two and for three features).  The first two terms on the right are means over the
blocks A = a: the summed error of V on the law given a.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.laws.dist import Dist
from natlat_sym.natural.candidates import codes_of
from natlat_sym.search.merging import Merging
from natlat_sym.statements.measures import measure

if TYPE_CHECKING:
    from natlat_sym.natural.features import Group

MOST_OUTCOMES, MOST_FEATURES, PLACES = 64, 3, 15
Least = Callable[[Dist], Fraction]


def block_bound(
    law: Dist, groups: tuple[Group, ...], least: Least, progress: Callable[[str], None]
) -> Fraction:
    """Return a lower bound of the summed error of every function of two or three features.

    Parameters
    ----------
    law : Dist
        Of the features.
    groups : tuple of tuple of str
        The features.
    least : callable
        A proved lower bound of the summed error of every function, for the law of a block.
    progress : callable

    Returns
    -------
    Fraction
        In bits; 0 for more features, and where nothing better came out.

    Examples
    --------
    >>> law = Dist.from_array([[3, 1], [1, 3]], "X Y")
    >>> block_bound(law, (("X",), ("Y",)), lambda law: Fraction(1, 10), lambda _: None)
    Fraction(1, 10)
    """
    if len(groups) > MOST_FEATURES:
        return Fraction(0)
    features = [np.array(codes_of(law, group)) for group in groups]
    masses = np.array([float(mass) for _, mass in law.items()])
    merging = Merging(masses, features, MOST_OUTCOMES)
    classes = merging.best()
    merged = [row[codes] for row, codes in zip(classes, features, strict=True)]
    weights = list(law.weights().values())
    cells = list(zip(*(codes.tolist() for codes in [*features, *merged]), strict=True))
    names = [f"{kind}{i}" for kind, i in product("XA", range(len(groups)))]
    whole = Dist.from_weights(dict(zip(cells, weights, strict=True)), names)
    total, bound = sum(weights), -_lost(whole, len(groups))
    blocks = merging.blocks(classes)
    count = int(blocks.max()) + 1
    seen: dict[Dist, Fraction] = {}
    for block in range(count):
        inside = np.flatnonzero(blocks == block)
        columns = [np.unique(codes[inside], return_inverse=True)[1] for codes in features]
        counts = [weights[j] for j in inside.tolist()]
        places = zip(*(column.reshape(-1).tolist() for column in columns), strict=True)
        part = Dist.from_weights(dict(zip(places, counts, strict=True)), names[: len(groups)])
        if part not in seen:
            progress(f"block {block + 1} of {count}: a lower bound of its summed error")
            seen[part] = least(part)
        bound += Fraction(sum(counts), total) * seen[part]
    return max(bound, Fraction(0))


def _lost(whole: Dist, count: int) -> Fraction:
    """Return an upper bound of what is lost, in bits."""
    lost = Fraction(0)
    for i in range(count):
        rest = [j for j in range(count) if j != i]
        values, merged = (",".join(f"{kind}{j}" for j in rest) for kind in "XA")
        lost += measure(whole, f"I(A{i};{values}|{merged})").bounds(PLACES)[1]
    return lost
