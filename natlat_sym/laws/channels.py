"""Joining tables: outcomes given to a stochastic row each, and tables added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import scalar, show
from natlat_sym.exact.scalars import common_multiple, over_common
from natlat_sym.exact.weights import Array, as_weights, safe_product
from natlat_sym.laws.counts import Counts
from natlat_sym.laws.keys import as_integers, as_keys, assemble, pieces
from natlat_sym.laws.lawbuild import (
    Label,
    Outcome,
    outcomes,
    read_label,
    require_one,
    show_outcome,
    sorted_labels,
)

if TYPE_CHECKING:
    from natlat_sym.laws.law import Law

Row = Mapping[int, int]


def attach(table: Counts, parents: Array, rows: Sequence[Row], tail: Sequence[int]) -> Counts:
    """Give every non-zero cell new axes by the row of its parent.

    All rows must have the same sum, so that the table keeps its proportions.

    >>> coin = Counts.from_pairs((2,), [0, 1], [1, 1])
    >>> attach(coin, np.array([0, 1]), [{0: 3, 1: 1}, {0: 1, 1: 3}], (2,)).weights.tolist()
    [3, 1, 1, 3]
    """
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    codes = [code for row in rows for code in row]
    weights = as_weights([weight for row in rows for weight in row.values()])
    shape = (*table.shape, *tail)
    repeats = lengths[parents]
    source = np.repeat(np.arange(parents.size), repeats)
    place = np.arange(source.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    place += starts[parents][source]
    old, new = table.keys[..., source], as_keys(codes, tail)[..., place]
    keys = assemble([*pieces(old, table.shape), *pieces(new, tail)], shape)
    return Counts.from_pairs(shape, keys, safe_product(table.weights[source], weights[place]))


def read_channel(
    channel: Mapping[Any, Any] | Callable[..., Any], parents: Sequence[Outcome], name: str
) -> tuple[tuple[Label, ...], list[Row]]:
    """Return the alphabet of the new variable and one integer row for each parent outcome."""
    masses = [_read_row(_look_up(channel, parent, name), parent, name) for parent in parents]
    labels = sorted_labels({label for row in masses for label in row})
    place = {label: code for code, label in enumerate(labels)}
    flat, _ = over_common([mass for row in masses for mass in row.values()])
    weights = iter(flat)
    return labels, [{place[label]: next(weights) for label in row} for row in masses]


def _look_up(channel: Any, parent: Outcome, name: str) -> Any:
    if not isinstance(channel, Mapping):
        return channel(*parent)
    for key in (parent, *parent) if len(parent) == 1 else (parent,):
        if key in channel:
            return channel[key]
    raise InvalidInput(
        f"expected a row of {name} for every outcome of its parents, "
        f"{show_outcome(parent)} has none",
        outcome=parent,
        name=name,
    )


def _read_row(row: Any, parent: Outcome, name: str) -> dict[Label, Fraction]:
    where = f"{name} given {show_outcome(parent)}"
    if not isinstance(row, Mapping):
        raise InvalidInput(
            f"expected a mapping of label to mass for {where}, got {row!r}; "
            'write {"0": "1/4", "1": "3/4"}',
            row=row,
        )
    masses: dict[Label, Fraction] = {}
    for given, value in row.items():
        label, mass = read_label(given, name), scalar(value, "mass")
        if mass < 0:
            raise InvalidInput(
                f"expected a mass of at least 0 for {where}, label {label} has {show(mass)}",
                mass=mass,
            )
        masses[label] = masses.get(label, Fraction(0)) + mass
    require_one(masses.values(), where, "make the row sum to 1")
    return {label: mass for label, mass in masses.items() if mass}


def read_function(
    function: Mapping[Any, Any] | Callable[..., Any], parents: Sequence[Outcome], name: str
) -> tuple[tuple[Label, ...], list[Row]]:
    """Return the alphabet of a function of the parents, and its rows of one entry."""
    values = [read_label(_look_up(function, parent, name), name) for parent in parents]
    labels = sorted_labels(set(values))
    place = {label: code for code, label in enumerate(labels)}
    return labels, [{place[value]: 1} for value in values]


def flipped(alphabet: Sequence[Label], noise: object, name: str) -> dict[Label, dict[Label, Any]]:
    """Return the binary symmetric channel on a two-letter alphabet."""
    mass = scalar(noise, "flip mass")
    if len(alphabet) != 2:
        raise InvalidInput(
            f"expected a variable with two labels to flip, {name} has "
            f"{', '.join(map(str, alphabet))}; give a channel instead",
            labels=tuple(alphabet),
        )
    if not 0 <= mass <= 1:
        raise InvalidInput(f"expected a flip mass between 0 and 1, got {show(mass)}", mass=mass)
    one, two = alphabet
    return {one: {one: 1 - mass, two: mass}, two: {one: mass, two: 1 - mass}}


def conditional_rows(law: Law, axes: Sequence[int]) -> tuple[dict[Outcome, Row], list[int]]:
    """Rows of the other variables for each outcome of these axes, over one common sum."""
    rest = [axis for axis in range(len(law.names)) if axis not in axes]
    table = law.counts
    tail = [table.shape[axis] for axis in rest]
    marginal = table.marginal(axes)
    parents = table.places(axes).tolist()
    sums = marginal.weights.tolist()
    common = common_multiple(sums)
    scale = [common // value for value in sums]
    rows: list[dict[int, int]] = [{} for _ in sums]
    keys = as_integers(table.rekeyed(rest), tail)
    for parent, key, weight in zip(parents, keys, table.weights.tolist(), strict=True):
        rows[parent][key] = weight * scale[parent]
    alphabets = [law.alphabets[axis] for axis in axes]
    return dict(zip(outcomes(marginal, alphabets), rows, strict=True)), tail


def superposed(
    parts: Sequence[tuple[Fraction, Law]],
) -> tuple[list[tuple[Label, ...]], Counts]:
    """Return the weighted sum of laws over the same variables in the same order."""
    alphabets = [
        sorted_labels({label for _, law in parts for label in law.alphabets[axis]})
        for axis in range(len(parts[0][1].names))
    ]
    shape = [len(alphabet) for alphabet in alphabets]
    scale, _ = over_common([weight / law.total for weight, law in parts])
    keys: list[Array] = []
    weights: list[Array] = []
    for factor, (_, law) in zip(scale, parts, strict=True):
        maps = [
            np.array([new.index(label) for label in old], dtype=np.int64)
            for new, old in zip(alphabets, law.alphabets, strict=True)
        ]
        table = law.counts.recoded(maps, shape)
        keys.append(table.keys)
        weights.append(safe_product(table.weights, as_weights([factor])))
    return alphabets, Counts.from_pairs(
        shape, np.concatenate(keys, axis=-1), np.concatenate(weights)
    )
