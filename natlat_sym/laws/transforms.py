"""Laws made from a law: marginals, conditions, functions, channels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.naming import Names, find_names, read_names, refuse_repeated
from natlat_sym.exact.scalars import over_common
from natlat_sym.exact.weights import Array
from natlat_sym.explained import explained
from natlat_sym.laws.channels import (
    attach,
    flipped,
    read_channel,
    read_function,
)
from natlat_sym.laws.law import Law
from natlat_sym.laws.lawbuild import (
    Label,
    Outcome,
    outcomes,
    read_outcome,
    settle,
    show_event,
    tabulate,
)


class Transforms(Law):
    """The part of :class:`natlat_sym.laws.dist.Dist` that makes new laws out of one."""

    __slots__ = ()

    def marginal(self, names: Names) -> Self:
        """Return the law of some of the variables, in the order given.

        Parameters
        ----------
        names : str or iterable of str
            May be empty.

        Returns
        -------
        Dist

        Raises
        ------
        UnknownVariable
            For a name the law does not have.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> print(Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")]).marginal("Y"))
        Y  mass
        0  1/3
        1  2/3
        """
        axes = find_names(names, self.names)
        if axes == tuple(range(len(self.names))):
            return self
        table = self.counts.marginal(axes).reduced()
        return self._of(
            [self.names[axis] for axis in axes], [self.alphabets[axis] for axis in axes], table
        )

    @explained
    def given(self, event: Mapping[str, object]) -> Self:
        """Return the conditional law of the remaining variables.

        Parameters
        ----------
        event : mapping of variable to label
            The condition.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When the event has mass 0; `UnknownVariable` for a name the law does not have.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")])
        >>> p.given({"X": "0"})
        Dist.from_dict({'0': '1/2', '1': '1/2'}, 'Y')
        """
        table = self._event_table(event)
        if table.total == 0:
            raise InvalidInput(
                f"expected an event of positive mass, {show_event(event)} has mass 0", event=event
            )
        rest = [place for place, name in enumerate(self.names) if name not in event]
        names = [self.names[place] for place in rest]
        return self._of(names, *settle([self.alphabets[place] for place in rest], table))

    def at(self, **values: object) -> Self:
        """Return the law at a point of its parameters.

        Parameters
        ----------
        values : exact numbers by name
            Inside their ranges or at an end, where the support may shrink.

        Returns
        -------
        Dist
            With rational masses, or with the parameters that were given no value.

        Raises
        ------
        InvalidInput
            For no value or an unknown parameter, or a point outside the ranges.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> coin = Dist.from_dict({"h": "1 - e", "t": "e"}, "X", parameters="0 < e < 1/2")
        >>> coin.at(e="1/3")
        Dist.from_dict({'h': '2/3', 't': '1/3'}, 'X')
        """
        if not self.parameters:
            if values:
                raise InvalidInput(f"expected no values, the law has no parameter {min(values)}")
            return self
        items: Iterable[tuple[Outcome, Any]] = self.items()
        if values and not values.keys() >= self.parameters.keys():
            from natlat_sym.parameters.declared import with_values

            some = {outcome: with_values(mass, values) for outcome, mass in items}
            return self.from_dict(some, self.names)  # type: ignore[attr-defined,no-any-return]
        masses = {outcome: mass.at(**values) for outcome, mass in items}
        weights, _ = over_common(list(masses.values()))
        return self._of(self.names, *tabulate(self.names, dict(zip(masses, weights, strict=True))))

    @explained
    def rename(self, names: Mapping[str, str]) -> Self:
        """Return the same law under new variable names.

        Parameters
        ----------
        names : mapping of old name to new name
            Variables left out keep their names.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When two variables would get one name; `UnknownVariable` for an unknown old name.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.uniform("X Y", [("0", "1")]).rename({"X": "A"}).names
        ('A', 'Y')
        """
        find_names(list(names), self.names)
        new = read_names([names.get(name, name) for name in self.names])
        return self._of(new, self.alphabets, self.counts)

    def relabel(self, name: str, labels: Mapping[Any, Any] | Callable[[Any], Any]) -> Self:
        """Return the law with new labels of one variable; equal new labels are merged.

        Parameters
        ----------
        name : str
            The variable.
        labels : mapping or function of the old label
            The new labels.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When a label that occurs has no new one.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> Dist.uniform("X", ["a", "b"]).relabel("X", str.upper).alphabet("X")
        ('A', 'B')
        """
        (place,) = find_names([name], self.names)
        new, rows = read_function(labels, [(label,) for label in self.alphabets[place]], name)
        relabelled = list(self.alphabets)
        relabelled[place] = tuple(new[code] for row in rows for code in row)
        return self._of(self.names, *settle(relabelled, self.counts))

    @explained
    def push(self, function: Callable[[Outcome], Any], names: Names) -> Self:
        """Return the law of a function of the outcome.

        Parameters
        ----------
        function : callable
            Takes the outcome tuple; returns a tuple of labels, or one label for one name.
        names : str or iterable of str
            The new variables.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When a value has the wrong number of labels.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> dice = Dist.uniform("A B", [(a, b) for a in range(1, 7) for b in range(1, 7)])
        >>> dice.push(sum, "S").mass(7)
        Fraction(1, 6)
        """
        listed = read_names(names)
        weights: dict[Outcome, int] = {}
        for outcome, weight in self.weights().items():
            value = read_outcome(function(outcome), listed)
            weights[value] = weights.get(value, 0) + weight
        return self._of(listed, *tabulate(listed, weights))

    def with_function(
        self, name: str, function: Mapping[Any, Any] | Callable[..., Any], of: Names
    ) -> Self:
        """Return the law with one more variable, a function of others.

        Parameters
        ----------
        name : str
            The new variable.
        function : callable or mapping
            ``function(*labels)``, or a mapping of the label (the tuple, for several variables).
        of : str or iterable of str
            The variables it is a function of.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When a mapping misses an outcome, or the name is taken.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> p = Dist.uniform("X Y", [("0", "0"), ("0", "1"), ("1", "1")])
        >>> print(p.with_function("Same", lambda x, y: str(x == y), of="X Y").entropy("Same"))
        -2/3 + log2(3)
        """
        return self._with(name, find_names(of, self.names), function, read_function)

    @explained
    def extend(
        self,
        name: str,
        of: Names,
        channel: Mapping[Any, Any] | Callable[..., Any] | None = None,
        *,
        flip: object = None,
    ) -> Self:
        """Return the law with one more variable, drawn from a channel P[name | of].

        Parameters
        ----------
        name : str
            The new variable.
        of : str or iterable of str
            Its parents.
        channel : mapping or callable
            Label (tuple of labels, for several parents) to ``{new label: exact mass}``.
        flip : exact number
            Instead of a channel: the one parent, which has two labels, is read wrongly with this
            probability.

        Returns
        -------
        Dist

        Raises
        ------
        NotNormalised
            When a row does not sum to exactly 1.
        InvalidInput
            When a row is missing or has a negative mass, or the name is taken.

        Examples
        --------
        >>> from natlat_sym.laws.dist import Dist
        >>> coin = Dist.uniform("L", ["0", "1"])
        >>> coin.extend("X", "L", flip="1/4").mass(("0", "1"))
        Fraction(1, 8)
        >>> coin.extend("X", "L", {"0": {"a": 1}, "1": {"a": "1/3", "b": "2/3"}}).mass(("1", "b"))
        Fraction(1, 3)
        """
        axes = find_names(of, self.names)
        if (channel is None) == (flip is None):
            raise InvalidInput("expected either a channel or flip=, got both or neither")
        if channel is None:
            if len(axes) != 1:
                raise InvalidInput(f"expected one variable to flip, got {len(axes)}", of=of)
            channel = flipped(self.alphabets[axes[0]], flip, self.names[axes[0]])
        return self._with(name, axes, channel, read_channel)

    def _with(self, name: str, axes: tuple[int, ...], rule: Any, read: Callable[..., Any]) -> Self:
        names = (*self.names, *read_names([name]))
        refuse_repeated(names)
        parents = self.counts.marginal(axes)
        labels, rows = read(rule, outcomes(parents, [self.alphabets[axis] for axis in axes]), name)
        table = attach(self.counts, self.counts.places(axes), rows, (len(labels),))
        return self._of(names, (*self.alphabets, labels), table.reduced())

    def _annexed(self, name: str, alphabet: Sequence[Label], codes: Array) -> Self:
        """Return the law with one more variable, given by its code at every outcome."""
        names = (*self.names, *read_names([name]))
        refuse_repeated(names)
        table = self.counts.annexed(codes, len(alphabet))
        return self._of(names, (*self.alphabets, tuple(alphabet)), table)
