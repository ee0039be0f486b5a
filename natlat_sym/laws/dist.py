"""Exact joint laws of named finite variables, and how they are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import dyadic
from natlat_sym.exact.naming import Names, read_names
from natlat_sym.exact.scalars import over_common
from natlat_sym.explained import explained
from natlat_sym.laws.joins import Joins
from natlat_sym.laws.lawbuild import (
    Label,
    Outcome,
    read_array,
    read_label,
    read_masses,
    read_outcome,
    require_one,
    settle,
    show_outcome,
    tabulate,
)


class Dist(Joins):
    """An immutable exact joint law of named finite variables.

    Inside are integer weights over one common denominator, so marginals and entropies are integer
    work.  Outcomes of mass zero and labels that never occur are not kept; labels are sorted.  Two
    laws are equal when they have the same variables in the same order and the same masses.

    Build one with :meth:`from_dict`, :meth:`from_weights`, :meth:`from_samples`,
    :meth:`from_array`, :meth:`uniform`, :meth:`mixture` or :meth:`from_floats`.

    Examples
    --------
    >>> p = Dist.from_dict({("0", "0"): "1/2", ("0", "1"): "1/6", ("1", "1"): "1/3"}, "X Y")
    >>> print(p)
    X  Y  mass
    0  0  1/2
    0  1  1/6
    1  1  1/3
    >>> print(p.entropy("X"))
    -2/3 + log2(3)
    """

    __slots__ = ()

    def __init__(self, *arguments: object, **options: object) -> None:
        raise TypeError(
            "a law is built by Dist.from_dict({outcome: mass}, names), from_weights, "
            "from_samples, from_array, uniform, mixture or from_floats"
        )

    @classmethod
    def _of_weights(cls, names: Sequence[str], weights: Mapping[Outcome, int]) -> Self:
        return cls._of(names, *tabulate(names, weights))

    @classmethod
    def from_dict(
        cls, masses: Mapping[Any, object], names: Names, parameters: object = None
    ) -> Self:
        """Return the law with these exact masses.

        Parameters
        ----------
        masses : mapping of outcome to exact number
            An outcome is a tuple of labels, or a bare label when there is one name.  A mass is an
            int, a Fraction, or text such as ``"3/8"`` or ``"0.375"``.
        names : str or iterable of str
            ``"X1 X2"``, ``"X1,X2"`` or a list.
        parameters : str, list of str or mapping, optional
            Ranges such as ``"0 < e < 1/2"``; masses given as text may then use the parameters.
            Functions made with `parameter` need no declaration.

        Returns
        -------
        Dist

        Raises
        ------
        NotNormalised
            When the masses do not sum to exactly 1.
        InexactInput
            For a float.
        InvalidInput
            For a negative mass, a wrong or repeated outcome, a bad or repeated name.

        Examples
        --------
        >>> Dist.from_dict({("0", "0"): "1/3", ("1", "1"): "2/3"}, "X Y").mass(("1", "1"))
        Fraction(2, 3)
        """
        listed = read_names(names)
        found = read_masses(masses, listed, parameters)
        require_one(found.values(), "the law", "use Dist.from_weights to divide by the sum")
        weights, _ = over_common(list(found.values()))
        return cls._of_weights(listed, dict(zip(found, weights, strict=True)))

    @classmethod
    def from_weights(
        cls, weights: Mapping[Any, object], names: Names, parameters: object = None
    ) -> Self:
        """Return the law proportional to non-negative exact weights.

        Parameters
        ----------
        weights : mapping of outcome to exact number
            As in :meth:`from_dict`; divided by their sum.
        names : str or iterable of str
            The variables.
        parameters : str, list of str or mapping, optional
            As in :meth:`from_dict`.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            As :meth:`from_dict`, and when no weight is positive.

        Examples
        --------
        >>> print(Dist.from_weights({"a": 3, "b": 1}, "X").probability({"X": "a"}))
        3/4
        """
        listed = read_names(names)
        found = read_masses(weights, listed, parameters)
        scaled, _ = over_common(list(found.values()))
        return cls._of_weights(listed, dict(zip(found, scaled, strict=True)))

    @classmethod
    @explained
    def from_floats(
        cls, masses: Mapping[Any, float], names: Names, normalise: bool = False
    ) -> Self:
        """Return the law of floats taken as the dyadic rationals they exactly are.

        Parameters
        ----------
        masses : mapping of outcome to float
            Finite and non-negative.
        names : str or iterable of str
            The variables.
        normalise : bool
            Divide by the sum; otherwise the floats must sum to exactly 1 as rationals.

        Returns
        -------
        Dist

        Raises
        ------
        NotNormalised
            When they do not sum to exactly 1 and `normalise` is false.
        InvalidInput
            As :meth:`from_dict`, and for nan or an infinity.

        Examples
        --------
        >>> Dist.from_floats({"a": 0.25, "b": 0.75}, "X").mass("b")
        Fraction(3, 4)
        >>> Dist.from_floats({"a": 0.1, "b": 0.9}, "X", normalise=True).total == 2**55
        False
        """
        listed = read_names(names)
        found = read_masses({outcome: dyadic(mass) for outcome, mass in masses.items()}, listed)
        if not normalise:
            require_one(
                found.values(), "the law", "pass normalise=True to divide exactly by the sum"
            )
        weights, _ = over_common(list(found.values()))
        return cls._of_weights(listed, dict(zip(found, weights, strict=True)))

    @classmethod
    @explained
    def from_samples(cls, rows: Iterable[Any], names: Names) -> Self:
        """Return the exact empirical law of samples: counts over the number of rows.

        Parameters
        ----------
        rows : iterable of outcomes
            One sample each; bare labels when there is one name.
        names : str or iterable of str
            The variables.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When there is no row, or a row has the wrong number of labels.

        Examples
        --------
        >>> Dist.from_samples([("a", "x"), ("a", "y"), ("b", "x")], "U V").mass(("a", "x"))
        Fraction(1, 3)
        """
        listed = read_names(names)
        if hasattr(rows, "columns"):
            raise InvalidInput(
                f"expected rows, got a {type(rows).__name__} with columns; nl.read_table reads one"
            )
        tally = Counter(row if isinstance(row, tuple | str) else _plain(row) for row in rows)
        if not tally:
            raise InvalidInput("expected at least one sample, got none")
        weights: dict[Outcome, int] = {}
        for row, times in tally.items():
            outcome = read_outcome(row, listed)
            weights[outcome] = weights.get(outcome, 0) + times
        return cls._of_weights(listed, weights)

    @classmethod
    @explained
    def from_array(
        cls, array: Any, names: Names, alphabets: Sequence[Sequence[Label]] | None = None
    ) -> Self:
        """Return the law proportional to an integer array with one axis for each variable.

        Parameters
        ----------
        array : ndarray of int, shape (k1, ..., kn)
            Weights; Python integers of any size in an object array.
        names : str or iterable of str, n names
            The variables.
        alphabets : sequence of n sequences of labels, optional
            Labels along each axis; ``"0"``, ``"1"``, ... by default.

        Returns
        -------
        Dist

        Raises
        ------
        InexactInput
            For an array of floats.
        InvalidInput
            For a wrong shape, a negative weight, repeated labels.

        Examples
        --------
        >>> import numpy as np
        >>> print(Dist.from_array(np.array([[1, 0], [0, 3]]), "X Y"))
        X  Y  mass
        0  0  1/4
        1  1  3/4
        """
        listed = read_names(names)
        table = read_array(array, listed)
        if alphabets is None:
            alphabets = [[str(code) for code in range(size)] for size in table.shape]
        labels = [
            [read_label(label, name) for label in alphabet]
            for name, alphabet in zip(listed, alphabets, strict=False)
        ]
        if [len(set(alphabet)) for alphabet in labels] != list(table.shape):
            raise InvalidInput(
                f"expected alphabets of {', '.join(map(str, table.shape))} different labels, "
                f"got {', '.join(str(len(set(alphabet))) for alphabet in labels)}",
                alphabets=alphabets,
            )
        return cls._of(listed, *settle(labels, table))

    @classmethod
    @explained
    def uniform(cls, names: Names, outcomes: Iterable[Any]) -> Self:
        """Return the uniform law on some outcomes.

        Parameters
        ----------
        names : str or iterable of str
            The variables.
        outcomes : iterable of outcomes
            All different.

        Returns
        -------
        Dist

        Raises
        ------
        InvalidInput
            When an outcome is repeated, of the wrong length, or there is none.

        Examples
        --------
        >>> Dist.uniform("X Y", [("0", "0"), ("1", "1")]).mass(("0", "0"))
        Fraction(1, 2)
        """
        listed = read_names(names)
        weights: dict[Outcome, int] = {}
        for given in outcomes:
            outcome = read_outcome(given, listed)
            if outcome in weights:
                raise InvalidInput(
                    f"expected different outcomes, {show_outcome(outcome)} is repeated; "
                    "use Dist.from_samples to count repetitions",
                    outcome=outcome,
                )
            weights[outcome] = 1
        return cls._of_weights(listed, weights)


def _plain(row: Any) -> Any:
    if hasattr(row, "tolist"):
        row = row.tolist()
    return tuple(row) if isinstance(row, list) else row
