"""Bayes nets with exact tables, and the exact joint law of some of their variables."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput, NotADag, NotNormalised, UnknownVariable
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.naming import Names, find_names, read_names
from natlat_sym.exact.scalars import over_common
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.nets.netlaw import Factor, Key, eliminated

if TYPE_CHECKING:
    import networkx as nx

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class Adjusted:
    """A row of a table that did not sum to 1 and was divided by its sum.

    Examples
    --------
    >>> print(Adjusted("B", (("A", "yes"),), Fraction(999, 1000)))
    P[B|A=yes] summed to 999/1000
    """

    name: str
    given: tuple[tuple[str, Hashable], ...]
    total: Fraction

    def __str__(self) -> str:
        return f"{_row_text(self.name, self.given)} summed to {show(self.total)}"


@dataclass(frozen=True)
class BayesNet:
    """A Bayes net of finite variables with exact tables; `bayes_net` makes one.

    Attributes
    ----------
    labels : mapping of str to tuple of labels
        By variable, in the order of the source.
    parents : mapping of str to tuple of str
    rows : mapping of str to mapping of parent labels to masses
        One mass for each label; each row sums to exactly 1.
    adjusted : tuple of Adjusted
        The rows that did not, and were divided by their sum.

    Examples
    --------
    >>> net = bayes_net({"A": ("0", "1"), "B": ("0", "1")}, {"A": (), "B": ("A",)},
    ...     {"A": {(): ("1/4", "3/4")}, "B": {("0",): (1, 0), ("1",): ("1/2", "1/2")}})
    >>> print(net)
    A -> B
    >>> print(net.law("B"))
    B  mass
    0  5/8
    1  3/8
    """

    labels: Mapping[str, tuple[Hashable, ...]]
    parents: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Mapping[Key, Row]]
    adjusted: tuple[Adjusted, ...] = ()

    def dag(self) -> nx.DiGraph:
        """Return the graph, a plain networkx graph with the variables as nodes."""
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from(self.labels)
        graph.add_edges_from((p, name) for name, above in self.parents.items() for p in above)
        return graph

    def law(self, keep: Names | None = None) -> Dist:
        """Return the exact joint law of some of the variables.

        Parameters
        ----------
        keep : str or iterable of str, optional
            Default: all.  Only they and their ancestors are multiplied out, and the others are
            summed out one by one, so that a few variables of a large net are cheap.

        Returns
        -------
        Dist

        Raises
        ------
        UnknownVariable
            With the nearest name.
        InvalidInput
            When more than 1,048,576 outcomes would have to be listed.
        """
        kept = tuple(self.labels) if keep is None else read_names(keep)
        if not kept:
            raise InvalidInput("expected at least one variable to keep, got none")
        find_names(kept, tuple(self.labels))
        return eliminated([self._factor(name) for name in self._ancestors(kept)], kept)

    def adjustment(self) -> str:
        """Return one sentence on the rows that were divided by their sum; empty when none was."""
        if not self.adjusted:
            return ""
        count = sum(map(len, self.rows.values()))
        worst = max(self.adjusted, key=lambda row: abs(row.total - 1))
        return (
            f"{len(self.adjusted)} of {count} rows did not sum to 1 and were divided exactly by "
            f"their sum; the farthest off: {_short(worst)}"
        )

    def __str__(self) -> str:
        from natlat_sym.nets.dags import arrows

        return arrows(self.dag())

    def __repr__(self) -> str:
        return f"<Bayes net of {', '.join(self.labels)}>"

    def _ancestors(self, kept: Iterable[str]) -> list[str]:
        found: set[str] = set()
        waiting = list(kept)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.parents[name]
        return [name for name in self.labels if name in found]

    def _factor(self, name: str) -> Factor:
        table = self.rows[name]
        weights, _ = over_common([mass for row in table.values() for mass in row])
        flat = iter(weights)
        cells = {
            (*given, label): weight
            for given in table
            for label, weight in zip(self.labels[name], flat, strict=False)
            if weight
        }
        return (*self.parents[name], name), cells


@explained
def bayes_net(
    labels: Mapping[str, Iterable[Hashable]],
    parents: Mapping[str, Iterable[str]],
    rows: Mapping[str, Mapping[Key, Iterable[object]]],
    normalise: bool = False,
) -> BayesNet:
    """Return a Bayes net after checking it.

    Parameters
    ----------
    labels : mapping of str to labels
        By variable.
    parents : mapping of str to names
    rows : mapping of str to mapping of parent labels to masses
        Exact numbers, as for `Dist.from_dict`.
    normalise : bool
        Divide rows that do not sum to 1 by their sum, exactly; otherwise they are refused.

    Returns
    -------
    BayesNet

    Raises
    ------
    NotNormalised
        Naming the row, when one does not sum to exactly 1.
    NotADag
        When a variable is its own ancestor.
    InvalidInput
        For an unknown parent, a missing row, a wrong number of masses, a negative mass.

    Examples
    --------
    >>> coin = bayes_net({"A": ("h", "t")}, {"A": ()}, {"A": {(): ("0.3", "0.6")}}, normalise=True)
    >>> print(coin.adjustment())
    1 of 1 rows did not sum to 1 and were divided exactly by their sum; the farthest off: P[A] \
summed to 0.9
    """
    names = read_names(list(labels))
    kept = {name: tuple(labels[name]) for name in names}
    above = {name: tuple(parents.get(name, ())) for name in names}
    for name in names:
        if len(set(kept[name])) < len(kept[name]) or not kept[name]:
            raise InvalidInput(f"expected different labels of {name}, got {kept[name]!r}")
        for parent in above[name]:
            if parent not in kept:
                raise UnknownVariable(
                    f"expected parents of {name} among {', '.join(names)}, got {parent!r}",
                    name=parent,
                )
    _refuse_cycles(above)
    adjusted: list[Adjusted] = []
    tables: dict[str, Mapping[Key, Row]] = {}
    for name in names:
        found: dict[Key, Row] = {}
        for key in product(*(kept[parent] for parent in above[name])):
            given = tuple(zip(above[name], key, strict=True))
            row = _read_row(rows.get(name, {}).get(key), name, given, len(kept[name]))
            total = sum(row, Fraction(0))
            if total != 1:
                entry = Adjusted(name, given, total)
                _refuse_sum(entry, normalise)
                adjusted.append(entry)
            found[key] = row if total == 1 else tuple(mass / total for mass in row)
        tables[name] = MappingProxyType(found)
    return BayesNet(
        MappingProxyType(kept), MappingProxyType(above), MappingProxyType(tables), tuple(adjusted)
    )


def _read_row(
    masses: Iterable[object] | None, name: str, given: tuple[tuple[str, Hashable], ...], size: int
) -> Row:
    where = _row_text(name, given)
    if masses is None:
        raise InvalidInput(f"expected a row {where}, the net has none", name=name, given=given)
    row = tuple(exact(mass, f"mass in {where}") for mass in masses)
    if len(row) != size or min(row) < 0:
        raise InvalidInput(
            f"expected {size} masses of at least 0 in {where}, got {', '.join(map(show, row))}",
            name=name,
            given=given,
        )
    return row


def _refuse_sum(row: Adjusted, normalise: bool) -> None:
    if not row.total:
        raise NotNormalised(f"expected a positive mass in {_row_text(row.name, row.given)}")
    if not normalise:
        raise NotNormalised(
            f"expected rows that sum to 1, {_short(row)}; pass normalise=True (--normalise) to "
            "divide such rows by their sum exactly",
            name=row.name,
            given=row.given,
            total=row.total,
        )


def _refuse_cycles(parents: Mapping[str, tuple[str, ...]]) -> None:
    done: set[str] = set()
    left = list(parents)
    while left:
        free = [name for name in left if done.issuperset(parents[name])]
        if not free:
            raise NotADag(f"expected a net without a directed cycle, {left[0]} is on or below one")
        done.update(free)
        left = [name for name in left if name not in done]


def _row_text(name: str, given: tuple[tuple[str, Hashable], ...]) -> str:
    condition = ",".join(f"{parent}={label}" for parent, label in given)
    return f"P[{name}|{condition}]" if condition else f"P[{name}]"


def _short(row: Adjusted) -> str:
    """Return the row with its sum, a long one as its distance from 1."""
    total = finite_decimal(row.total)
    if total is None or len(total) > 20:
        off = float(row.total - 1)
        total = f"1 {'-' if off < 0 else '+'} {abs(off):.1e}"
    return f"{_row_text(row.name, row.given)} summed to {total}"


def finite_decimal(value: Fraction) -> str | None:
    """Return a rational of at least 0 as a decimal; None when it has no finite one.

    Examples
    --------
    >>> finite_decimal(Fraction(3, 8)), finite_decimal(Fraction(2)), finite_decimal(Fraction(1, 3))
    ('0.375', '2.0', None)
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    text = show(value.numerator * 10**places // value.denominator).zfill(places + 1)
    return f"{text[: len(text) - places]}.{text[len(text) - places :] or '0'}"
