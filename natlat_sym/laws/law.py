"""What a law answers: its variables, outcomes, masses, probabilities and entropies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Self

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.naming import Names, find_names
from natlat_sym.exact.scalars import Scalar, divided
from natlat_sym.explained import explained
from natlat_sym.laws.counts import Counts
from natlat_sym.laws.lawbuild import Label, Outcome, outcomes, read_outcome, show_event
from natlat_sym.laws.lawtext import law_html, law_repr, law_text

_CACHED = 1 << 16


class Law:
    """The reading half of :class:`natlat_sym.laws.dist.Dist`: nothing here makes another law."""

    __slots__ = ("_entropies", "_hash", "_places", "alphabets", "counts", "names")

    names: tuple[str, ...]
    alphabets: tuple[tuple[Label, ...], ...]
    counts: Counts
    _entropies: dict[frozenset[int], Bits]
    _places: tuple[dict[Label, int], ...]
    _hash: int | None

    @classmethod
    def _of(
        cls, names: Iterable[str], alphabets: Iterable[tuple[Label, ...]], counts: Counts
    ) -> Self:
        """Make a law from parts in canonical form: labels sorted and occurring, lowest terms."""
        law = object.__new__(cls)
        put = object.__setattr__
        put(law, "names", tuple(names))
        put(law, "alphabets", tuple(alphabets))
        put(law, "counts", counts)
        put(law, "_entropies", {frozenset(): Bits(0)})
        codes = (enumerate(alphabet) for alphabet in law.alphabets)
        put(law, "_places", tuple({label: code for code, label in pairs} for pairs in codes))
        put(law, "_hash", None)
        return law

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a law is immutable, cannot set {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a law is immutable, cannot delete {name!r}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self)._of, (self.names, self.alphabets, self.counts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Law):
            return NotImplemented
        return (
            self.names == other.names
            and self.alphabets == other.alphabets
            and self.counts == other.counts
        )

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash((self.names, self.alphabets, self.counts)))
        return self._hash  # type: ignore[return-value]

    def __len__(self) -> int:
        return self.counts.size

    @property
    def total(self) -> int:
        """Least common denominator of the masses."""
        return self.counts.total

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Ranges of the parameters that occur in the masses, by name; empty for most laws."""
        functions: list[Any] = [w for w in self.counts.weights.tolist() if isinstance(w, Scalar)]
        return functions[0].ranges if functions else {}

    @property
    def support(self) -> tuple[Outcome, ...]:
        """Outcomes of positive mass, ordered by the alphabets."""
        return tuple(outcomes(self.counts, self.alphabets))

    def alphabet(self, name: str) -> tuple[Label, ...]:
        """Return the labels of a variable that occur, in order.

        Parameters
        ----------
        name : str
            A variable of this law.

        Returns
        -------
        tuple of labels

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.uniform("X", ["b", "a"]).alphabet("X")
        ('a', 'b')
        """
        (place,) = find_names([name], self.names)
        return self.alphabets[place]

    def weights(self) -> dict[Outcome, int]:
        """Return the integer weight of each outcome: its mass times :attr:`total`.

        Returns
        -------
        dict
            In the order of :attr:`support`.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.from_dict({"a": "1/3", "b": "2/3"}, "X").weights()
        {('a',): 1, ('b',): 2}
        """
        return dict(zip(self.support, self.counts.weights.tolist(), strict=True))

    def items(self) -> Iterator[tuple[Outcome, Fraction]]:
        """Iterate over (outcome, mass), in the order of :attr:`support`.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> list(Dist.uniform("X Y", [("0", "0"), ("1", "1")]).items())
        [(('0', '0'), Fraction(1, 2)), (('1', '1'), Fraction(1, 2))]
        """
        total = self.total
        for outcome, weight in self.weights().items():
            yield outcome, divided(weight, total)

    def to_dict(self) -> dict[Outcome, Fraction]:
        """Return the masses by outcome; ``Dist.from_dict(p.to_dict(), p.names)`` is ``p`` again.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.uniform("X", ["a", "b"]).to_dict()
        {('a',): Fraction(1, 2), ('b',): Fraction(1, 2)}
        """
        return dict(self.items())

    def mass(self, outcome: object) -> Fraction:
        """Return the exact mass of one full outcome, 0 outside the support.

        Parameters
        ----------
        outcome : tuple of labels, or a bare label when there is one variable
            One label for each variable.

        Returns
        -------
        Fraction

        Raises
        ------
        InvalidInput
            When the number of labels is wrong.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.uniform("X Y", [("0", "0"), ("1", "1")]).mass(("0", "0"))
        Fraction(1, 2)
        """
        key = 0
        for label, places in zip(read_outcome(outcome, self.names), self._places, strict=True):
            if label not in places:
                return Fraction(0)
            key = key * len(places) + places[label]
        return divided(self.counts.weight(key), self.total)

    @explained
    def probability(
        self, event: Mapping[str, object], given: Mapping[str, object] | None = None
    ) -> Fraction:
        """Return the exact probability of an event, conditional when asked.

        Parameters
        ----------
        event : mapping of variable to label
            All these at once.
        given : mapping of variable to label, optional
            The condition.

        Returns
        -------
        Fraction

        Raises
        ------
        InvalidInput
            When the condition has mass 0, or a label is of the wrong type (``1`` for ``"1"``);
            `UnknownVariable` for a name the law does not have.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")])
        >>> p.probability({"X": "0"}), p.probability({"X": "0"}, given={"Y": "1"})
        (Fraction(2, 3), Fraction(1, 2))
        """
        condition = dict(given or {})
        below = self._event_table(condition).total
        self._event_table(event)
        if any(condition.get(name, label) != label for name, label in event.items()):
            return Fraction(0)
        if below == 0:
            raise InvalidInput(
                f"expected a condition of positive mass, {show_event(condition)} has mass 0",
                event=condition,
            )
        return divided(self._event_table(condition | dict(event)).total, below)

    def _event_table(self, event: Mapping[str, object]) -> Counts:
        """Table of the other variables inside an event; total 0 when the event is impossible."""
        codes = {}
        for place, (name, label) in zip(
            find_names(list(event), self.names), event.items(), strict=True
        ):
            alphabet = self.alphabets[place]
            if label not in alphabet:
                for known in alphabet:
                    if str(known) == str(label):
                        raise InvalidInput(
                            f"expected a label of {name}, got {label!r}; the label is {known!r}",
                            name=name,
                            label=label,
                        )
            codes[place] = self._places[place].get(label, -1)
        return self.counts.select(codes) if codes else self.counts

    def entropy(self, names: Names, given: Names = ()) -> Bits:
        """Return the exact (conditional) joint entropy.

        Parameters
        ----------
        names : str or iterable of str
            The group; ``"X1 X2"`` or ``"X1,X2"``; may be empty.
        given : str or iterable of str
            The condition; may overlap the group.

        Returns
        -------
        Bits
            In bits, exact.

        Raises
        ------
        UnknownVariable
            For a name the law does not have.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")])
        >>> print(p.entropy("X Y"), p.entropy("X", given="Y"), sep="; ")
        log2(3); 2/3
        """
        group = frozenset(find_names(names, self.names))
        condition = frozenset(find_names(given, self.names))
        found = self._entropies_of({group | condition, condition})
        joint = found[group | condition]
        return joint - found[condition] if condition else joint

    @explained
    def entropies(self, groups: Iterable[Names]) -> dict[frozenset[str], Bits]:
        """Return the exact joint entropies of many groups, sharing the work between them.

        Parameters
        ----------
        groups : iterable of groups
            Each ``"X1 X2"`` or an iterable of names; may be empty.

        Returns
        -------
        dict of frozenset of names to Bits

        Raises
        ------
        UnknownVariable
            For a name the law does not have.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
        >>> sorted(map(str, p.entropies(["X", "Y", "X Y"]).values()))
        ['1', '1', '1']
        """
        known = {name: place for place, name in enumerate(self.names)}
        places = [
            frozenset([known[name] for name in group])
            if isinstance(group, frozenset) and group <= known.keys()
            else frozenset(find_names(_in_order(group), self.names))
            for group in groups
        ]
        found = self._entropies_of(set(places))
        return {frozenset(self.names[place] for place in group): found[group] for group in places}

    def _entropies_of(self, groups: set[frozenset[int]]) -> dict[frozenset[int], Bits]:
        found = {group: self._entropies[group] for group in groups if group in self._entropies}
        if missing := groups - found.keys():
            fresh = self.counts.entropies(missing)
            found |= fresh
            if len(self._entropies) + len(fresh) <= _CACHED:
                self._entropies.update(fresh)
        return found

    def __str__(self) -> str:
        return law_text(self)

    def __repr__(self) -> str:
        return law_repr(self)

    def _repr_html_(self) -> str:
        return law_html(self)


def _in_order(group: Any) -> Names:
    return sorted(group) if isinstance(group, set | frozenset) else group
