"""Certificates for every n as Coq, one n at a time: the runs are written out as single lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

from natlat_sym.certified.coqtext import Lemma, Line, legend, relation, weighted
from natlat_sym.check.alln import FamilyReader, read_ends
from natlat_sym.check.polynomials import NOBODY, Ends, Family, Scope, Size
from natlat_sym.check.polynomials import Line as Affine
from natlat_sym.check.reading import Group

SIZES = 3  # instances, from the least n on
Place = tuple[int, int]  # bit mask of the further variables, number of features


def family_lemmas(data: Mapping[str, Any], name: str) -> list[Lemma]:
    """Return lemmas for the three least n (and m) of a certificate of kind ``all-n``.

    Parameters
    ----------
    data : mapping
        The certificate as JSON values.
    name : str
        The lemmas are called ``name_n2``, ``name_n3``, ..., with a budget ``name_n3_m1``.

    Returns
    -------
    list of Lemma

    Examples
    --------
    >>> from natlat_sym import prove_for_all_n
    >>> data = prove_for_all_n("(n-1) H(X[n]) <= n H(X[n-1])").certificate.data
    >>> print(family_lemmas(data, "han")[0])
    (* for all n >= 2: (n-1) H(X[n]) <= n H(X[n-1]) *)
    (* here n = 2 *)
    Lemma han_n2 : forall h : N -> nat -> R,
      averaged 2 h ->
      0 <= 2 * h 0%N 1%nat - h 0%N 2%nat.
    Proof.
      intros h [z [mono sub]].
      (* I(X[1];X[1]|X[k]), k = 0 *)
      pose proof (sub 0 0 0 1%nat 1%nat 0%nat ltac:(lia))%N as t0. cbn in t0.
      assert (sum0 : 2 * h 0%N 1%nat - h 0%N 2%nat =
        (2 * h 0%N 1%nat - h 0%N 2%nat)) by field.
      lra.
    Qed.
    """
    sizes = range(data["least"], data["least"] + SIZES)
    spots = [(n, m) for n in sizes for m in range(1, n)] if "budget" in data else []
    instances = [_Instance(data, n, m) for n, m in spots[:SIZES] or [(n, 0) for n in sizes]]
    return [instance.lemma(f"{name}_{instance.place}") for instance in instances]


class _Instance:
    """One n (and m) of a family."""

    def __init__(self, data: Mapping[str, Any], n: int, m: int) -> None:
        self.data, self.n, self.m = data, n, m
        self.scope = Scope(dict(data))
        self.place = f"n{n}_m{m}" if self.scope.budget else f"n{n}"
        self.relation, self.claim = self._read(data["claim"])
        self.given = [self._read(text) for text in data["given"]]
        forms = [self.claim, *(form for _, form in self.given)]
        groups = [key[0] for form in forms for key in form if isinstance(key, tuple) and key]
        lines = [line for part in ("proof", "converse") for line in data.get(part, [])]
        terms = [line for line in lines if "(" in line.get("term", "")]
        groups += [names for line in terms for names, _ in self._blocks(line)[1]]
        self.bits = {name: 1 << i for i, name in enumerate(sorted(set().union(*groups)))}
        self.symbols: set[str] = set()

    def lemma(self, name: str) -> Lemma:
        """Return the lemma for this n."""
        data = self.data
        difference = self._form(self.claim)
        sums = [list(self._lines(data[p])) for p in ("proof", "converse") if p in data]
        premises = [f"0 {relation(sign)} {self._form(form)}" for sign, form in self.given]
        stated = [f"{self.scope.shown}: {data['claim']}"]
        stated += [f"given {text}" for text in data["given"]]
        here = f"here n = {self.n}" + (f" and m = {self.m}" if self.scope.budget else "")
        return Lemma(
            name,
            [*stated, ", ".join([here, *legend(self.bits)])],
            "N -> nat -> R",
            f"averaged {self.n} h",
            sorted(self.symbols),
            premises,
            relation(self.relation),
            difference,
            sums,
        )

    def _read(self, text: str) -> tuple[str, Family]:
        return FamilyReader(text, "claim", self.scope).statement()

    def _ends(self, line: Mapping[str, Any]) -> Ends | None:
        run = [line[name] for name in ("first", "drop", "part") if name in line]
        return read_ends(run, "run", self.scope) if run else None

    def _blocks(self, line: Mapping[str, Any]) -> tuple[str, list[tuple[Group, Size]]]:
        """Return the head of the term of a line and its groups, the condition last."""
        reader = FamilyReader(line["term"], "term", self.scope, self._ends(line))
        head = reader.advance()
        reader.expect("(")
        blocks = [reader.block()]
        while reader.skip(";"):
            blocks.append(reader.block())
        blocks.append(reader.block() if reader.skip("|") else NOBODY)
        return head, blocks

    def _form(self, form: Family) -> str:
        total: dict[Any, Fraction] = {}
        for key, value in form.items():
            place: Any = key
            if isinstance(key, tuple) and key:
                place = self._mask(key[0]), self._count(key[1], 0)
            elif isinstance(key, str):
                self.symbols.add(key)
            powers = (x * self.n**i * self.m**t for (i, t, _), x in value.items())
            weight = sum(powers, Fraction(0))
            total[place] = total.get(place, Fraction(0)) + weight
        return self._written(total)

    def _written(self, total: Mapping[Any, Fraction]) -> str:
        places = sorted(key for key in total if isinstance(key, tuple) and key and key != (0, 0))
        parts = [(total[key], f"h {key[0]}%N {key[1]}%nat") for key in places]
        parts += [
            (total[key], f"e_{key}") for key in sorted(k for k in total if isinstance(k, str))
        ]
        parts += [(total[()], "1")] if () in total else []
        return weighted(part for part in parts if part[0])

    def _lines(self, lines: list[dict[str, Any]]) -> Iterator[Line]:
        for line in lines:
            if "given" in line:
                weight = self._weight(line["weight"], 0, 0)
                yield Line(weight, self._form(self.given[line["given"]][1]))
                continue
            ends = self._ends(line)
            first, last = (self._at(end) for end in ends) if ends else (0, 0)
            for k in range(first, last + 1):
                weight = self._weight(line["weight"], k - first, last - k)
                if weight:
                    yield self._line(line, weight, k)

    def _line(self, line: Mapping[str, Any], weight: Fraction, k: int) -> Line:
        term = line["term"]
        if "(" not in term:
            key: Any = () if term == "1" else term
            self.symbols |= {key} if key else set()
            return Line(weight, self._written({key: Fraction(1)}))
        head, blocks = self._blocks(line)
        groups = [(self._mask(names), self._count(size, k)) for names, size in blocks]
        *fronts, (given, below) = groups
        total: dict[Any, Fraction] = {}
        for mask, count in fronts:
            place = mask | given, count + below
            total[place] = total.get(place, Fraction(0)) + 1
        if len(fronts) > 1:
            place = fronts[0][0] | fronts[1][0] | given, sum(count for _, count in groups)
            total[place] = total.get(place, Fraction(0)) - 1
        total[given, below] = total.get((given, below), Fraction(0)) - 1
        numbers = [str(mask) for mask, _ in groups] + [f"{count}%nat" for _, count in groups]
        step = " ".join(["mono" if head == "H" else "sub", *numbers, "ltac:(lia)"])
        note = f"{term}, k = {k}" if "[k" in term else term
        return Line(weight, self._written(total), step, note)

    def _weight(self, rows: list[list[Any]], up: int, down: int) -> Fraction:
        spare = [self.n - self.m - 1, self.m - 1]
        bases = (up, down, *(spare if self.scope.budget else [self.n - self.scope.least]))
        total = Fraction(0)
        for c, *powers in rows:
            total += Fraction(c) * prod(base**p for base, p in zip(bases, powers, strict=True))
        return total

    def _mask(self, names: Group) -> int:
        return sum(self.bits[name] for name in names)

    def _count(self, size: Size, k: int) -> int:
        times, line = size
        return times * k + self._at(line)

    def _at(self, line: Affine) -> int:
        a, c, d = line
        return a + c * self.n + d * self.m
