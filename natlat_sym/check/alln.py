"""Kind "all-n" (section 10): n exchangeable features, every n at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .polynomials import (
    MAX_ATOMS,
    MAX_DEGREE,
    MAX_LINES,
    MAX_SHIFT,
    NOBODY,
    Ends,
    Family,
    K,
    Line,
    N,
    Poly,
    Scope,
    Size,
    add_poly,
    constant,
    less,
    line_poly,
    product,
    put,
    sum_of_lines,
    sum_polys,
)
from .reading import (
    WEAK,
    Group,
    Reader,
    as_list,
    as_members,
    as_rational,
    as_texts,
    read_statement,
    require,
)


class FamilyReader(Reader):
    """Recursive descent over forms whose coefficients are polynomials in n (and m)."""

    def __init__(
        self, text: object, where: str, scope: Scope, run: Ends | None = None, work: int = 0
    ) -> None:
        self.scope, self.run = scope, run
        self.letters = {"n": (0, 1, 0), **({"m": (0, 0, 1)} if scope.budget else {})}
        super().__init__(text, where, work=work)

    def spend(self, work: int) -> None:
        self.work += work
        require(self.work <= MAX_ATOMS, self.where, "too many measures and parentheses")

    def less(self, left: Any, right: Any) -> Any:
        for key, value in right.items():
            add_poly(left, key, product(constant(-1), value))
        return {key: value for key, value in left.items() if value}

    def form(self) -> Any:
        total: Family = {}
        sign = -1 if self.skip("-") else 1
        while sign:
            weight, star, alone = constant(sign), "", False
            while (factor := self.factor()) is not None:
                weight, alone = product(weight, factor), True
                proper = all(i + t <= MAX_DEGREE for i, t, _ in weight)
                require(proper, self.where, f"a degree above {MAX_DEGREE}")
                star = self.skip("*")
            if self.kind == 1:
                for key, value in self.measure():
                    add_poly(total, key, product(weight, value))
            elif alone and not star:
                add_poly(total, (), weight)
            else:
                raise self.fail("a number, n, H, I, TC, DTC or a symbol in lower case")
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return total

    def factor(self) -> Poly | None:
        if self.kind == 2:
            number = self.number()
            if self.skip("/"):
                below = self.number()
                require(below, self.where, "a denominator is zero")
                number /= below
            return constant(number)
        if self.kind == 1 and self.token in self.letters:
            letter = line_poly(*self.letters[self.advance()])
            exponent = self.integer(MAX_DEGREE) if self.skip("^") else 1
            require(exponent, self.where, "an improper exponent")
            return product(*[letter] * exponent)
        if not self.skip("("):
            return None
        self.spend(1)
        value = self.form()
        require(set(value) <= {()}, self.where, "a factor holds n and numbers only")
        self.expect(")")
        return dict(value.get((), {}))

    def measure(self) -> Iterator[tuple[Any, Poly]]:
        self.spend(1)
        head = self.advance()
        if head not in ("H", "I", "TC", "DTC"):
            proper = "a" <= head[:1] <= "z" and head not in ("n", "k", "log2")
            require(proper, self.where, f"{head[:60]!a} is not H, I, TC, DTC or a symbol")
            yield head, constant(1)
            return
        self.expect("(")
        if head in ("H", "I"):
            for key, value in self.information(head):
                yield key, constant(value)
        else:
            if self.kind != 1 or self.advance() != self.scope.features:
                raise self.fail(f"the features {self.scope.features}")
            names, size = self.block() if self.skip("|") else NOBODY
            require((names, size) == (names, NOBODY[1]), self.where, f"{head} given names only")
            total = head == "TC"
            minus_one, one_less_n = line_poly(-1, 0, 0), line_poly(1, -1, 0)
            yield (names, (0, (1, 0, 0) if total else (-1, 1, 0))), N
            yield (names, (0, (0, 1, 0))), minus_one if total else one_less_n
            yield (names, NOBODY[1]), one_less_n if total else minus_one
        self.expect(")")

    def information(self, head: str) -> list[tuple[tuple[Group, Size], int]]:
        blocks = [self.block()]
        while self.skip(";"):
            blocks.append(self.block())
        given = self.block() if self.skip("|") else NOBODY
        require(len(blocks) == "HI".index(head) + 1, self.where, f"{head}: a wrong block count")
        whole = self.join(given, *blocks)
        found = [(self.join(given, blocks[0]), 1), (given, -1)]
        return found if head == "H" else [*found, (self.join(given, blocks[1]), 1), (whole, -1)]

    def join(self, *blocks: tuple[Group, Size]) -> tuple[Group, Size]:
        """Different places of one atom hold different features, so sizes add."""
        k, line = sum(b for _, (b, _) in blocks), sum_of_lines(*(line for _, (_, line) in blocks))
        require(k < 2, self.where, "a size with more than one k")
        ends = self.run if k and self.run else ((0, 0, 0), (0, 0, 0))
        first, last = (sum_of_lines(line, end) for end in ends)
        fits = self.scope.never_negative(first)
        fits = fits and self.scope.never_negative((-last[0], 1 - last[1], -last[2]))
        require(fits, self.where, "more features than n, or fewer than none")
        return frozenset(name for names, _ in blocks for name in names), (k, line)

    def block(self) -> tuple[Group, Size]:
        names: set[str] = set()
        total, first = NOBODY, True
        while first or self.skip(","):
            first = False
            if self.kind != 1:
                raise self.fail("a name")
            name = self.advance()
            if name != self.scope.features:
                single = name.rstrip("_0123456789") == self.scope.features
                require(not single, self.where, f"{name} may be taken for one of the features")
                names.add(name)
                continue
            self.expect("[")
            total = self.join(total, self.join((frozenset(), self.size())))
            self.expect("]")
        return frozenset(names), total[1]

    def size(self) -> Size:
        k, line, sign = 0, (0, 0, 0), 1
        while sign:
            if self.kind == 2:
                step = (self.integer(MAX_SHIFT), 0, 0)
            elif self.kind == 1 and self.token in self.letters:
                step = self.letters[self.advance()]
            elif self.run and self.token == "k" and sign == 1:
                k, step = k + len(self.advance()), (0, 0, 0)
            else:
                raise self.fail(f"a size: a number, {', '.join(self.letters)}, or k in a run")
            line = sum_of_lines(line, (sign * step[0], sign * step[1], sign * step[2]))
            sign = {"+": 1, "-": -1, "": 0}[self.skip("+", "-")]
        return k, line


class _Sum:
    """Forms added up: values at points, and tails.

    A tail w that starts at u stands for w(j) at every place j >= u.  It is the tail that starts at
    u + a less the values in between, so every tail is moved to a start c*n + d*m.  What is left is
    zero for every n and m when all values and all tails are zero.
    """

    def __init__(self) -> None:
        self.left: Family = {}

    def add(self, form: Family, weight: Poly) -> None:
        for key, value in form.items():
            if key != NOBODY:
                add_poly(self.left, key, product(weight, value))

    def tail(self, names: Group, start: Line, weight: Poly) -> None:
        a, c, d = start
        add_poly(self.left, (names, "from", c, d), weight)
        for i in range(min(a, 0), max(a, 0)):
            value = put(weight, 2, line_poly(i, c, d))
            self.add({(names, (0, (i, c, d))): value}, constant(1 if a < 0 else -1))

    def run(self, form: Family, ends: Ends, weight: Poly) -> None:
        for (names, (_, line)), sign in form.items():
            a, c, d = line
            moved = product(sign, put(weight, 2, sum_polys(K, line_poly(-a, -c, -d))))
            self.tail(names, sum_of_lines(ends[0], line), moved)
            self.tail(names, sum_of_lines(ends[1], line, (1, 0, 0)), product(constant(-1), moved))


def _weight(value: object, where: str, scope: Scope, run: Ends | None, signed: bool) -> Poly:
    """Read [[c, p, q, ...], ...]: the sum of c (k-first)**p (last-k)**q ... (section 10)."""
    bases: list[Poly] = [{}, {}, *scope.spare]
    if run:
        bases[:2] = less(K, line_poly(*run[0])), less(line_poly(*run[1]), K)
    monomials = []
    rows = as_list(value, where)
    require(len(rows) <= MAX_SHIFT**2, where, "too many monomials")
    for row in rows:
        coefficient, *powers = as_list(row, where) or [None]
        require(len(powers) == len(bases), where, f"expected {len(bases)} exponents")
        c = as_rational(coefficient, where)
        require(all(type(p) is int and p >= 0 for p in powers), where, "expected exponents")
        require(sum(powers) <= MAX_DEGREE, where, f"a degree above {MAX_DEGREE}")
        require(c > 0 or (c and signed), where, "a coefficient must be above 0")
        require(run or not any(powers[:2]), where, "only a run has an index k")
        factors = [base for base, p in zip(bases, powers, strict=True) for _ in range(p)]
        monomials.append(product(constant(c), *factors))
    order = [row[1:] for row in rows]
    require(order and all(a < b for a, b in pairwise(order)), where, "monomials must ascend")
    return sum_polys(*monomials)


def read_ends(parts: list[Any], where: str, scope: Scope) -> Ends:
    """Return the first and the last k of a run."""
    first, drop, *part = parts
    proper = all(type(x) is int and 0 <= x <= MAX_SHIFT for x in (first, drop))
    require(proper, where, f"expected 'first' and 'drop' from 0 to {MAX_SHIFT}")
    require(not part or (scope.budget and part[0] in ("lower", "upper")), where, "an improper part")
    start, end = {"": (0, 1), "lower": (0, 0), "upper": (1, 1)}["".join(part)]
    cut = (0, 1, -1)  # n - m
    begin = sum_of_lines((first, 0, 0), cut if start else (0, 0, 0))
    last = sum_of_lines((-drop, 0, 0), (0, 1, 0) if end else cut)
    length = sum_of_lines(last, (1 - begin[0], -begin[1], -begin[2]))
    require(scope.never_negative(length), where, "the run may end before it starts")
    return begin, last


def _family_lines(
    value: object, where: str, given: list[tuple[str, Family]], scope: Scope, total: _Sum
) -> set[int]:
    used: set[int] = set()
    order: list[tuple[object, ...]] = []
    lines = as_list(value, where)
    require(len(lines) <= MAX_LINES, where, f"more than {MAX_LINES} lines")
    for number, line in enumerate(lines):
        spot = f"{where}[{number}]"
        require(type(line) is dict, spot, "expected an object")
        runs = [name for name in ("first", "drop", "part") if name in line]
        if "given" in line:
            weight, cited = as_members(line, spot, "weight", "given")
            proper = type(cited) is int and 0 <= cited < len(given)
            require(proper, f"{spot}.given", f"expected an index below {len(given)}")
            relation, form = given[cited]
            multiplier = _weight(weight, f"{spot}.weight", scope, None, relation == "=")
            total.add(form, multiplier)
            used.add(cited)
            order.append((1, cited))
            continue
        weight, term, *rest = as_members(line, spot, "weight", "term", *runs)
        require(not runs or runs[:2] == ["first", "drop"], spot, "expected 'first' and 'drop'")
        ends = read_ends(rest, spot, scope) if runs else None
        form = family_term(term, f"{spot}.term", scope, ends)
        multiplier = _weight(weight, f"{spot}.weight", scope, ends, False)
        if ends:
            proper = all(type(key) is tuple and key and key[1][0] == 1 for key in form)
            require(proper, spot, "each size of a run must contain k")
            total.run(form, ends, multiplier)
        else:
            total.add(form, multiplier)
        order.append((0, term, *(rest or [-1, 0])))
    require(all(a < b for a, b in pairwise(order)), where, "the lines are not in canonical order")
    return used


def family_term(term: object, where: str, scope: Scope, run: Ends | None) -> Family:
    """Expand a non-negative term: H(A|C) or I(A;B|C), a symbol, or 1."""
    if term == "1":
        return {(): constant(1)}
    reader = FamilyReader(term, where, scope, run)
    head = reader.advance() if reader.kind == 1 else ""
    letters = (*reader.letters, "k", "log2")
    if not reader.kind and "a" <= head[:1] <= "z" and head not in letters:
        return {head: constant(1)}
    if head not in ("H", "I"):
        raise reader.fail("H(A|C), I(A;B|C), a symbol or 1")
    reader.expect("(")
    form: Family = {}
    for key, value in reader.information(head):
        add_poly(form, key, constant(value))
    reader.expect(")")
    if reader.kind:
        raise reader.fail("the end")
    return {key: value for key, value in form.items() if value}


def check_all_n(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check a sum of non-negative terms, for every n at once."""
    scope = Scope(data)
    relation, claim = read_statement(FamilyReader(data["claim"], "claim", scope), WEAK)
    texts = as_texts(data["given"], "given")
    given, work = [], 0
    for i, text in enumerate(texts):
        reader = FamilyReader(text, f"given[{i}]", scope, work=work)
        given.append(read_statement(reader, WEAK))
        work = reader.work
    twice = relation == "="
    require(("converse" in data) == twice, "converse", "needed just when the claim is an equality")
    used: set[int] = set()
    for part, sign in (("proof", -1), ("converse", 1))[: 1 + twice]:
        total = _Sum()
        total.add(claim, constant(sign))
        used |= _family_lines(data[part], part, given, scope, total)
        require(not any(total.left.values()), part, "the lines do not sum to the claim")
    for index in range(len(texts)):
        require(index in used, f"given[{index}]", "the hypothesis is not used")
    return f"{scope.shown}: {data['claim']}", texts
