"""From names, labels and masses to integer tables: what every door into a law shares."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

import numpy as np

from natlat_sym.errors import InexactInput, InvalidInput, NotNormalised
from natlat_sym.exact.field import exact, is_float, scalar, show
from natlat_sym.exact.render import shortened
from natlat_sym.exact.scalars import divided, lowest, over_common
from natlat_sym.exact.weights import Array, as_weights
from natlat_sym.laws.counts import Counts

Label = Hashable
Outcome = tuple[Any, ...]


def read_label(label: object, name: str) -> Label:
    """Return a label of a variable, numpy scalars as Python values.

    >>> read_label("0", "X1")
    '0'
    """
    if type(label) in (str, int):
        return label
    if is_float(label):
        raise InexactInput(
            f"expected a label of {name} that is text or an integer, got the float {label}; "
            f'write it as text: "{label}"',
            label=label,
        )
    plain = label.item() if isinstance(label, np.generic) else label
    try:
        hash(plain)
    except TypeError:
        raise InvalidInput(
            f"expected a hashable label of {name}, got {plain!r}; write it as text or a tuple",
            label=label,
        ) from None
    return plain


def read_outcome(outcome: object, names: Sequence[str]) -> Outcome:
    """Return an outcome as a tuple of labels, one for each variable.

    >>> read_outcome("heads", ["X"]), read_outcome(("0", "1"), ["X", "Y"])
    (('heads',), ('0', '1'))
    """
    listed = isinstance(outcome, tuple | list)
    if len(names) == 1 and not (listed and len(outcome) == 1):  # type: ignore[arg-type]
        return (read_label(outcome, names[0]),)
    if not listed or len(outcome) != len(names):  # type: ignore[arg-type]
        example = tuple("0" for _ in names)
        raise InvalidInput(
            f"expected an outcome with {len(names)} labels ({', '.join(names)}) such as "
            f"{example!r}, got {outcome!r}",
            outcome=outcome,
            names=tuple(names),
        )
    return tuple(map(read_label, outcome, names))  # type: ignore[call-overload]


def sorted_labels(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return labels in the fixed order of an alphabet: integers, then text, then tuples, others.

    >>> sorted_labels({"b", 10, "a", 9})
    (9, 10, 'a', 'b')
    """
    return tuple(sorted(labels, key=_rank))


def _rank(label: object) -> tuple[Any, ...]:
    if isinstance(label, int):
        return 0, label
    if isinstance(label, str):
        return 1, label
    if isinstance(label, tuple):
        return 2, tuple(_rank(part) for part in label)
    if isinstance(label, frozenset):
        return 3, tuple(sorted(_rank(part) for part in label))
    return 4, type(label).__name__, repr(label)


def read_mass(mass: object, parameters: object) -> Fraction:
    """Return an exact mass; text may use the declared parameters.

    >>> read_mass("3/8", None)
    Fraction(3, 8)
    """
    if isinstance(mass, str) and parameters:
        from natlat_sym.parameters.declared import read_ratio
        from natlat_sym.parameters.ranges import Ranges

        return cast(Fraction, read_ratio(mass, Ranges.read(parameters)))
    return scalar(mass, "mass")


def read_masses(
    masses: Mapping[Any, object], names: Sequence[str], parameters: object = None
) -> dict[Outcome, Fraction]:
    """Return non-negative exact masses by outcome.

    >>> read_masses({"a": "1/2"}, ["X"])
    {('a',): Fraction(1, 2)}
    """
    if hasattr(masses, "keys") and hasattr(masses, "items"):  # a series of pandas, say
        masses = dict(masses.items())
    if not isinstance(masses, Mapping):
        raise InvalidInput(
            f"expected a mapping of outcome to mass, got {type(masses).__name__}; "
            'write {("0", "0"): "1/2", ("1", "1"): "1/2"}',
            masses=masses,
        )
    found: dict[Outcome, Fraction] = {}
    for given, mass in masses.items():
        outcome = read_outcome(given, names)
        value = read_mass(mass, parameters)
        if value < 0:
            raise InvalidInput(
                f"expected a mass of at least 0, outcome {show_outcome(outcome)} has {show(value)}",
                outcome=outcome,
                mass=value,
            )
        if outcome in found:
            raise InvalidInput(
                f"expected different outcomes, {show_outcome(outcome)} is given twice",
                outcome=outcome,
            )
        found[outcome] = value
    return found


def require_one(masses: Iterable[Fraction], what: str, fix: str) -> None:
    """Raise unless exact masses sum to one.

    >>> require_one([Fraction(1, 2)], "the law", "use Dist.from_weights")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.NotNormalised: expected masses of the law that sum to 1, they sum to 1/2; \
use Dist.from_weights
    """
    weights, bottom = over_common(list(masses))
    total = divided(sum(weights), bottom)
    if total != 1:
        raise NotNormalised(
            f"expected masses of {what} that sum to 1, they sum to {shortened(show(total))}; {fix}",
            total=total,
        )


def tabulate(
    names: Sequence[str], weights: Mapping[Outcome, int]
) -> tuple[tuple[tuple[Label, ...], ...], Counts]:
    """Code outcomes with integer weights: alphabets of the labels that occur, and the table.

    >>> tabulate(["X"], {("b",): 4, ("a",): 2})[0]
    (('a', 'b'),)
    """
    kept = {outcome: weight for outcome, weight in weights.items() if weight}
    if not kept:
        raise InvalidInput("expected at least one outcome with a positive weight, got none")
    columns = list(zip(*kept, strict=True)) if names else []
    alphabets = tuple(sorted_labels(set(column)) for column in columns)
    codes = []
    for column, alphabet in zip(columns, alphabets, strict=True):
        places = {label: code for code, label in enumerate(alphabet)}
        codes.append(np.array([places[label] for label in column], dtype=np.int64))
    shape = [len(alphabet) for alphabet in alphabets]
    return alphabets, Counts.from_codes(shape, codes, lowest(kept.values()))


def outcomes(table: Counts, alphabets: Sequence[Sequence[Label]]) -> list[Outcome]:
    """Return the outcomes of the non-zero cells, in the order of the keys."""
    if not alphabets:
        return [()]
    columns = (
        [alphabet[code] for code in table.digits(axis).tolist()]
        for axis, alphabet in enumerate(alphabets)
    )
    return list(zip(*columns, strict=True))


def settle(
    alphabets: Sequence[Sequence[Label]], table: Counts
) -> tuple[tuple[tuple[Label, ...], ...], Counts]:
    """Drop the labels that do not occur, sort and merge the others, reduce to lowest terms.

    >>> settle([["b", "a", "c"]], Counts.from_pairs((3,), [0, 1], [2, 2]))[0]
    (('a', 'b'),)
    """
    found: list[tuple[Label, ...]] = []
    maps: list[Array | None] = []
    full = table.size == np.prod(table.shape, dtype=object)
    for axis, labels in enumerate(alphabets):
        codes = range(len(labels)) if full else table.marginal((axis,)).keys.tolist()
        alphabet = sorted_labels({labels[code] for code in codes})
        places = {label: code for code, label in enumerate(alphabet)}
        new = [places.get(label, 0) for label in labels]
        found.append(alphabet)
        maps.append(None if new == list(range(len(alphabet))) else np.array(new, dtype=np.int64))
    return tuple(found), table.recoded(maps, [len(alphabet) for alphabet in found]).reduced()


def read_array(array: Array, names: Sequence[str]) -> Counts:
    """Return an integer array with one axis for each variable as a table.

    >>> read_array(np.array([[1, 0], [0, 1]]), ["X", "Y"]).total
    2
    """
    cells = np.array(array)
    if cells.dtype == object:
        flat = np.empty(cells.size, dtype=object)
        flat[:] = [int(exact_weight(cell)) for cell in cells.reshape(-1).tolist()]
        cells = flat.reshape(cells.shape)
    elif cells.dtype.kind == "f":
        raise InexactInput(
            f"expected an array of integer weights, got {cells.dtype}; "
            "use counts, or Dist.from_floats with a mapping",
            dtype=cells.dtype,
        )
    elif cells.dtype.kind not in "iub":
        raise InvalidInput(
            f"expected an array of integer weights, got {cells.dtype}", dtype=cells.dtype
        )
    if cells.ndim != len(names):
        raise InvalidInput(
            f"expected an array with {len(names)} axes ({', '.join(names)}), "
            f"got shape {cells.shape}",
            shape=cells.shape,
        )
    if cells.size and cells.min() < 0:
        raise InvalidInput(f"expected weights of at least 0, got {cells.min()}", mass=cells.min())
    if not cells.any():
        raise InvalidInput("expected at least one outcome with a positive weight, got none")
    return Counts.from_cells(cells.shape, as_weights(cells))


def exact_weight(value: object) -> int:
    """Return an integer weight.

    >>> exact_weight("12")
    12
    """
    weight = exact(value, "weight of mass")
    if weight.denominator != 1:
        raise InvalidInput(f"expected an integer weight, got {show(weight)}", mass=weight)
    return weight.numerator


def show_outcome(outcome: Outcome) -> str:
    """Return an outcome as it is printed in messages: labels between parentheses.

    >>> show_outcome(("0", 1))
    '(0, 1)'
    """
    return f"({', '.join(str(label) for label in outcome)})"


def show_event(event: Mapping[str, object]) -> str:
    """Return an event as it is printed in messages.

    >>> show_event({"X": "1", "Y": "0"})
    'X = 1, Y = 0'
    """
    return ", ".join(f"{name} = {label}" for name, label in event.items())
