"""Laws made from several laws: products, couplings, mixtures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from natlat_sym.errors import InvalidInput, OverlappingSets
from natlat_sym.exact.field import scalar, show
from natlat_sym.exact.naming import find_names
from natlat_sym.explained import explained
from natlat_sym.laws.channels import attach, conditional_rows, superposed
from natlat_sym.laws.law import Law
from natlat_sym.laws.lawbuild import require_one, settle, show_outcome
from natlat_sym.laws.transforms import Transforms


class Joins(Transforms):
    """The part of :class:`natlat_sym.laws.dist.Dist` that makes one law out of several."""

    __slots__ = ()

    @explained
    def product(self, other: Joins) -> Self:
        """Return the law of independent copies; ``p * q`` is the same.

        Parameters
        ----------
        other : Dist
            Over other variables.

        Returns
        -------
        Dist

        Raises
        ------
        OverlappingSets
            When the laws share a variable.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> coins = Dist.uniform("X", ["h", "t"]) * Dist.uniform("Y", ["h", "t"])
        >>> print(coins.entropy("X Y"))
        2
        """
        if shared := [name for name in self.names if name in other.names]:
            raise OverlappingSets(
                f"expected laws over different variables, both have {', '.join(shared)}; "
                "use couple to join them there, or rename",
                shared=tuple(shared),
            )
        return self.couple(other)

    def __mul__(self, other: object) -> Self:
        return self.product(other) if isinstance(other, Joins) else NotImplemented

    @explained
    def couple(self, other: Joins, graft: bool = False) -> Self:
        """Return the coupling of two laws, conditionally independent given what they share.

        Parameters
        ----------
        other : Dist
            Its other variables follow this law's variables.
        graft : bool
            Use only the channel of `other` from the shared variables to its own; otherwise both
            laws of the shared variables must agree exactly.

        Returns
        -------
        Dist
            The product when nothing is shared.

        Raises
        ------
        InvalidInput
            Naming an outcome of the shared variables whose masses differ, or (with `graft`) that
            `other` never takes.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> one = Dist.uniform("X L", [("0", "a"), ("1", "b")])
        >>> two = Dist.uniform("X M", [("0", "0"), ("1", "0")])
        >>> one.couple(two)
        Dist.from_dict({('0', 'a', '0'): '1/2', ('1', 'b', '0'): '1/2'}, 'X L M')
        """
        shared = [name for name in self.names if name in other.names]
        mine = self.marginal(shared)
        if not graft:
            _require_same(mine, other.marginal(shared))
        axes = find_names(shared, other.names)
        rows, tail = conditional_rows(other, axes)
        for outcome in mine.support:
            if outcome not in rows:
                raise InvalidInput(
                    f"expected a channel from every outcome of {', '.join(shared)}, the other law "
                    f"never takes {show_outcome(outcome)}",
                    outcome=outcome,
                )
        own = find_names(shared, self.names)
        parents = self.counts.places(own)
        table = attach(self.counts, parents, [rows[outcome] for outcome in mine.support], tail)
        rest = [place for place in range(len(other.names)) if place not in axes]
        names = [*self.names, *(other.names[place] for place in rest)]
        alphabets = [*self.alphabets, *(other.alphabets[place] for place in rest)]
        return self._of(names, *settle(alphabets, table))

    @classmethod
    @explained
    def mixture(cls, parts: Iterable[tuple[object, Joins]]) -> Self:
        """Return the mixture of laws over the same variables.

        Parameters
        ----------
        parts : iterable of (weight, Dist)
            Exact weights that sum to 1; the variables in the order of the first law.

        Returns
        -------
        Dist

        Raises
        ------
        NotNormalised
            When the weights do not sum to exactly 1.
        InvalidInput
            For a negative weight, no part, or different variables.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> zero, one = Dist.uniform("X", ["0"]), Dist.uniform("X", ["1"])
        >>> Dist.mixture([("1/4", zero), ("3/4", one)]).mass("1")
        Fraction(3, 4)
        """
        listed = [(scalar(weight, "weight of mass"), law) for weight, law in parts]
        if not listed:
            raise InvalidInput("expected at least one (weight, law) pair, got none")
        names = listed[0][1].names
        for weight, law in listed:
            if weight < 0:
                raise InvalidInput(
                    f"expected weights of at least 0, got {show(weight)}", mass=weight
                )
            if set(law.names) != set(names):
                raise InvalidInput(
                    f"expected laws over the variables {', '.join(names)}, got one over "
                    f"{', '.join(law.names)}",
                    names=law.names,
                )
        require_one([weight for weight, _ in listed], "the mixture", "make the weights sum to 1")
        kept = [(weight, law.marginal(names)) for weight, law in listed if weight]
        return cls._of(names, *settle(*superposed(kept)))

    def mix(self, other: Joins, weight: object) -> Self:
        """Return (1 - weight) of this law plus `weight` of another.

        Parameters
        ----------
        other : Dist
            Over the same variables.
        weight : exact number
            Between 0 and 1.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            For other variables, or a weight outside 0 to 1.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> coin = Dist.uniform("X", ["0", "1"])
        >>> coin.mix(Dist.uniform("X", ["0"]), "1/2").mass("0")
        Fraction(3, 4)
        """
        share = scalar(weight, "weight of mass")
        if not 0 <= share <= 1:
            raise InvalidInput(f"expected a weight between 0 and 1, got {show(share)}", mass=share)
        return self.mixture([(1 - share, self), (share, other)])


def _require_same(mine: Law, theirs: Law) -> None:
    if mine == theirs:
        return
    for outcome in (*mine.support, *theirs.support):
        left, right = mine.mass(outcome), theirs.mass(outcome)
        if left != right:
            raise InvalidInput(
                f"expected both laws to agree on {', '.join(mine.names)}, outcome "
                f"{show_outcome(outcome)} has mass {show(left)} in one and {show(right)} in the "
                "other; pass graft=True to use the first law for them",
                outcome=outcome,
                masses=(left, right),
            )
