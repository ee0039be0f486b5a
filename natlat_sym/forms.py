"""Linear forms in joint entropies, and the claims two of them make.

A form is a rational combination of joint entropies, error symbols and the constant 1.  What was
written (``I(X1;X2|L)``) is kept for printing; equality and hash are those of the expansion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from natlat_sym.bits import Bits
from natlat_sym.errors import InvalidInput, SyntaxInvalid, UnknownVariable
from natlat_sym.field import exact, show

if TYPE_CHECKING:
    from natlat_sym.dist import Dist

Group = tuple[str, ...]
Key = frozenset[str]
Symbols = Mapping[str, object]
Substitution = Mapping[str, Sequence[str]]

RELATIONS = ("<=", ">=", "=")
_MID = r" \mid "


class Atom:
    """A named piece of a form: how it is written, and what it expands to.

    `blocks` and `given` are None for a piece (a net, say) that a substitution must expand first.
    """

    __slots__ = ("blocks", "given", "head", "latex", "terms", "text")

    def __init__(
        self,
        text: str,
        latex: str,
        terms: Mapping[Key, Fraction],
        head: str = "",
        blocks: tuple[Group, ...] | None = None,
        given: Group = (),
    ) -> None:
        self.text = text
        self.latex = latex
        self.terms = terms
        self.head = head
        self.blocks = blocks
        self.given = given


class Form:
    """A linear form: rational multiples of joint entropies, error symbols and 1, in bits.

    Made by `form`, `H`, `I`, `TC`, `DTC`, `O` and `dag_form`; added, subtracted and scaled by
    rationals; called on a law for its exact value.  ``<=`` and ``>=`` make a `Claim`; ``==``
    compares expansions.

    Examples
    --------
    >>> from natlat_sym import H, I
    >>> difference = H("X1") - I("X1;X2")
    >>> print(difference)
    H(X1) - I(X1;X2)
    >>> difference == H("X1|X2")
    True
    """

    __slots__ = ("_pieces", "constant", "entropies", "symbols")

    entropies: Mapping[Key, Fraction]
    symbols: Mapping[str, Fraction]
    constant: Fraction

    def __init__(self, *arguments: object, **options: object) -> None:
        raise TypeError("write a form as form('2 H(A) - I(A;B)') or with H, I, TC, DTC, O")

    @classmethod
    def _of(
        cls,
        pieces: Iterable[tuple[Fraction, Atom]],
        symbols: Mapping[str, Fraction] = MappingProxyType({}),
        constant: Fraction = Fraction(0),
    ) -> Form:
        merged: dict[str, tuple[Fraction, Atom]] = {}
        for weight, atom in pieces:
            before = merged.get(atom.text, (Fraction(0), atom))[0]
            merged[atom.text] = (before + weight, atom)
        kept = tuple(piece for piece in merged.values() if piece[0])
        total: dict[Key, Fraction] = {}
        for weight, atom in kept:
            for key, value in atom.terms.items():
                total[key] = total.get(key, Fraction(0)) + weight * value
        self = object.__new__(cls)
        for name, value in (
            ("_pieces", kept),
            ("entropies", MappingProxyType(_sorted_terms(total))),
            ("symbols", MappingProxyType({a: c for a, c in sorted(symbols.items()) if c})),
            ("constant", constant),
        ):
            object.__setattr__(self, name, value)
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a form is immutable, {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a form is immutable, {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (str(self),)

    @property
    def variables(self) -> Group:
        """The variables of the expansion, sorted."""
        return tuple(sorted(frozenset().union(*self.entropies)))

    def __call__(self, dist: Dist, symbols: Symbols = MappingProxyType({})) -> Bits:
        """Return the exact value on a law, in bits; error symbols need values."""
        missing = [name for name in self.symbols if name not in symbols]
        if missing:
            raise InvalidInput(
                f"expected a value for the error symbol {missing[0]!r}, give "
                f"symbols={{{missing[0]!r}: ...}}",
                symbol=missing[0],
            )
        _require_known(self.variables, dist)
        values = dist.entropies(self.entropies)
        parts: list[tuple[int | Fraction, Bits]] = [
            (weight, values[key]) for key, weight in self.entropies.items()
        ]
        parts += [(weight, Bits(symbols[name])) for name, weight in self.symbols.items()]
        return Bits.combine([*parts, (self.constant, Bits(1))])

    def _combined(self, other: object, sign: int) -> Form:
        right = as_form(other)
        symbols = dict(self.symbols)
        for name, value in right.symbols.items():
            symbols[name] = symbols.get(name, Fraction(0)) + sign * value
        pieces = [*self._pieces, *((sign * weight, atom) for weight, atom in right._pieces)]
        return Form._of(pieces, symbols, self.constant + sign * right.constant)

    def __add__(self, other: object) -> Form:
        return self._combined(other, 1)

    __radd__ = __add__

    def __sub__(self, other: object) -> Form:
        return self._combined(other, -1)

    def __rsub__(self, other: object) -> Form:
        return as_form(other) - self

    def __neg__(self) -> Form:
        return self * -1

    def __mul__(self, factor: object) -> Form:
        scale = exact(factor, "coefficient")
        return Form._of(
            [(scale * weight, atom) for weight, atom in self._pieces],
            {name: scale * value for name, value in self.symbols.items()},
            scale * self.constant,
        )

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Form:
        scale = exact(divisor, "divisor")
        if scale == 0:
            raise InvalidInput("expected a divisor other than 0", divisor=divisor)
        return self * (1 / scale)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Form):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        entropies, symbols, constant = self._identity()
        return hash((frozenset(entropies.items()), frozenset(symbols.items()), constant))

    def _identity(self) -> tuple[dict[Key, Fraction], dict[str, Fraction], Fraction]:
        return dict(self.entropies), dict(self.symbols), self.constant

    def __bool__(self) -> bool:
        """Tell whether the form is not identically zero."""
        return bool(self.entropies or self.symbols or self.constant)

    def __le__(self, other: object) -> Claim:
        return Claim(self, "<=", as_form(other))

    def __ge__(self, other: object) -> Claim:
        return Claim(self, ">=", as_form(other))

    def __lt__(self, other: object) -> NoReturn:
        raise InvalidInput("claims are made with <= or >=, a strict < or > is not a closed claim")

    __gt__ = __lt__

    def eq(self, other: object) -> Claim:
        """Return the claim that two forms are equal on every law.

        Parameters
        ----------
        other : Form, str or rational

        Returns
        -------
        Claim

        Examples
        --------
        >>> from natlat_sym import H
        >>> print(H("X,Y").eq("H(X) + H(Y|X)"))
        H(X,Y) = H(X) + H(Y|X)
        """
        return Claim(self, "=", as_form(other))

    def substitute(self, groups: Substitution) -> Form:
        """Return the form with each variable replaced by a group of variables.

        Parameters
        ----------
        groups : mapping of str to sequence of str
            An empty group makes the variable constant.

        Returns
        -------
        Form

        Examples
        --------
        >>> from natlat_sym import I
        >>> print(I("L;X1|M").substitute({"M": ("X2", "X3")}))
        I(L;X1|X2,X3)
        """
        pieces = [
            piece for weight, atom in self._pieces for piece in _substituted(weight, atom, groups)
        ]
        return Form._of(pieces, self.symbols, self.constant)

    def expanded(self) -> Form:
        """Return the same form written in joint entropies.

        Returns
        -------
        Form

        Examples
        --------
        >>> from natlat_sym import I
        >>> print(I("X1;X2|L").expanded())
        -H(L) + H(L,X1) + H(L,X2) - H(L,X1,X2)
        """
        pieces = [(weight, _joint(key)) for key, weight in self.entropies.items()]
        return Form._of(pieces, self.symbols, self.constant)

    def __str__(self) -> str:
        return _written(self._written_terms(lambda atom: atom.text), show, " ")

    def __repr__(self) -> str:
        return f"form({str(self)!r})"

    def to_latex(self) -> str:
        r"""Return the form as LaTeX.

        Returns
        -------
        str

        Examples
        --------
        >>> from natlat_sym import I
        >>> print((I("X1;X2|L") / 3).to_latex())
        \tfrac{1}{3}\, I(X_{1};X_{2} \mid L)
        """
        return _written(self._written_terms(lambda atom: atom.latex), _latex_number, r"\, ")

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def _written_terms(self, write: Callable[[Atom], str]) -> list[tuple[Fraction, str]]:
        terms = [(weight, write(atom)) for weight, atom in self._pieces]
        terms += [(weight, name) for name, weight in self.symbols.items()]
        if self.constant:
            terms.append((self.constant, ""))
        return terms


class Claim:
    """A claim ``F <= G``, ``F >= G`` or ``F = G`` about every law; true or false of one law.

    Parameters
    ----------
    lhs, rhs : Form
    relation : str

    Examples
    --------
    >>> from natlat_sym import Dist, claim
    >>> wanted = claim("I(X1;X2) <= H(X1)")
    >>> wanted.holds(Dist.uniform("X1 X2", [("0", "0"), ("1", "1")]))
    True
    """

    __slots__ = ("lhs", "relation", "rhs")

    lhs: Form
    relation: str
    rhs: Form

    def __init__(self, lhs: Form, relation: str, rhs: Form) -> None:
        if relation not in RELATIONS:
            raise SyntaxInvalid(f"expected one of <=, >=, =, got {relation!r}", relation=relation)
        for name, value in (("lhs", lhs), ("relation", relation), ("rhs", rhs)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a claim is immutable, {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a claim is immutable, {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[object, ...]:
        return Claim, (self.lhs, self.relation, self.rhs)

    @property
    def difference(self) -> Form:
        """What the claim says is at least 0: ``rhs - lhs`` for ``<=``, ``lhs - rhs`` for ``>=``.

        For ``=`` it is ``lhs - rhs``, and the claim says that it is 0.
        """
        return self.rhs - self.lhs if self.relation == "<=" else self.lhs - self.rhs

    @property
    def variables(self) -> Group:
        """The variables of both sides, sorted."""
        return tuple(sorted({*self.lhs.variables, *self.rhs.variables}))

    @property
    def symbols(self) -> Group:
        """The error symbols of both sides, sorted."""
        return tuple(sorted({*self.lhs.symbols, *self.rhs.symbols}))

    def holds(self, dist: Dist, symbols: Symbols = MappingProxyType({})) -> bool:
        """Tell exactly whether the claim is true of one law.

        Parameters
        ----------
        dist : Dist
        symbols : mapping of str to exact number
            Values of the error symbols.

        Returns
        -------
        bool

        Examples
        --------
        >>> from natlat_sym import Dist, claim
        >>> claim("H(X|Y) = 0").holds(Dist.uniform("X Y", [("0", "0"), ("1", "1")]))
        True
        """
        value = self.difference(dist, symbols)
        return value == 0 if self.relation == "=" else value >= 0

    def excess(self, dist: Dist, symbols: Symbols = MappingProxyType({})) -> Bits:
        """Return by how much the claim fails on a law, in bits: positive just when it does.

        Parameters
        ----------
        dist : Dist
        symbols : mapping of str to exact number

        Returns
        -------
        Bits
            Minus the difference; for an equality its absolute value.

        Examples
        --------
        >>> from natlat_sym import Dist, claim
        >>> claim("H(X) <= H(X|Y)").excess(Dist.uniform("X Y", [("0", "0"), ("1", "1")]))
        Bits('1')
        """
        value = self.difference(dist, symbols)
        return abs(value) if self.relation == "=" else -value

    def substitute(self, groups: Substitution) -> Claim:
        """Return the claim with each variable replaced by a group; see `Form.substitute`."""
        return Claim(self.lhs.substitute(groups), self.relation, self.rhs.substitute(groups))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Claim):
            return NotImplemented
        return (self.lhs, self.relation, self.rhs) == (other.lhs, other.relation, other.rhs)

    def __hash__(self) -> int:
        return hash((self.lhs, self.relation, self.rhs))

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"the claim {self} has no truth value of its own; prove(claim) asks about every law, "
            "claim.holds(dist) about one (and a <= b <= c is two claims)"
        )

    def __str__(self) -> str:
        return f"{self.lhs} {self.relation} {self.rhs}"

    def __repr__(self) -> str:
        return f"claim({str(self)!r})"

    def to_latex(self) -> str:
        """Return the claim as LaTeX."""
        sign = {"<=": r"\le", ">=": r"\ge", "=": "="}[self.relation]
        return f"{self.lhs.to_latex()} {sign} {self.rhs.to_latex()}"

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"


def as_form(value: object) -> Form:
    """Return a form from a form, its text, or a rational constant.

    Parameters
    ----------
    value : Form, str or rational

    Returns
    -------
    Form

    Examples
    --------
    >>> as_form(0)
    form('0')
    """
    if isinstance(value, Form):
        return value
    if isinstance(value, str):
        from natlat_sym.notation import form

        return form(value)
    return Form._of((), {}, exact(value, "constant"))


def symbol(name: str) -> Form:
    """Return the form that is one error symbol, a number that is never negative.

    Parameters
    ----------
    name : str
        Starts with a lower-case letter.

    Returns
    -------
    Form

    Examples
    --------
    >>> symbol("e") + 1
    form('e + 1')
    """
    return Form._of((), {name: Fraction(1)})


def entropy(group: Sequence[str], given: Sequence[str] = ()) -> Form:
    """Return H(group|given), in bits.

    Parameters
    ----------
    group, given : sequences of str
        Variable names; `group` is not empty.

    Returns
    -------
    Form

    Examples
    --------
    >>> entropy(["X1", "X2"], given=["L"])
    form('H(X1,X2|L)')
    """
    return _measure("H", (tuple(group),), tuple(given))


def information(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return I(A;B|C) for two blocks, interaction information for more.

    Parameters
    ----------
    blocks : sequence of sequences of str
        Two or more groups, which may overlap.
    given : sequence of str

    Returns
    -------
    Form
        With the sign ``I(A;B;C) = I(A;B) - I(A;B|C)``.

    Examples
    --------
    >>> information([["A"], ["B"], ["C"]]) == information([["A"], ["B"]]) - information(
    ...     [["A"], ["B"]], ["C"]
    ... )
    True
    """
    return _measure("I", tuple(map(tuple, blocks)), tuple(given))


def total_correlation(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return TC(B1;...;Bn|C) = sum of H(Bi|C) minus H(B1..Bn|C).

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> total_correlation([["A"], ["B"]]) == information([["A"], ["B"]])
    True
    """
    return _measure("TC", tuple(map(tuple, blocks)), tuple(given))


def dual_total_correlation(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return DTC(B1;...;Bn|C) = H(B1..Bn|C) minus the sum of H(Bi|the other blocks, C).

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> dual_total_correlation([["A"], ["B"]]) == information([["A"], ["B"]])
    True
    """
    return _measure("DTC", tuple(map(tuple, blocks)), tuple(given))


def o_information(blocks: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Form:
    """Return O(B1;...;Bn|C) = TC - DTC.

    Parameters
    ----------
    blocks : sequence of sequences of str
    given : sequence of str

    Returns
    -------
    Form

    Examples
    --------
    >>> o_information([["A"], ["B"]]) == as_form(0)
    True
    """
    return _measure("O", tuple(map(tuple, blocks)), tuple(given))


def piece(text: str, latex: str, terms: Mapping[Key, Fraction]) -> Form:
    """Return a form that prints as one named piece, such as ``KL(X1 <- L -> X2)``.

    Parameters
    ----------
    text, latex : str
        How it is written.
    terms : mapping of frozenset of str to Fraction
        What it expands to.

    Returns
    -------
    Form

    Examples
    --------
    >>> piece("KL(A; B)", "KL", information([["A"], ["B"]]).entropies)
    form('KL(A; B)')
    """
    return Form._of([(Fraction(1), Atom(text, latex, terms))])


def _measure(head: str, blocks: tuple[Group, ...], given: Group) -> Form:
    if any(not block for block in blocks):
        raise InvalidInput(f"expected variables in every block of {head}(...), one block is empty")
    least = 2 if head == "I" else 1
    if len(blocks) < least:
        raise InvalidInput(
            f"expected at least {least} blocks in {head}(...), separated by ';', got {len(blocks)}"
        )
    blocks = tuple(tuple(dict.fromkeys(block)) for block in blocks)
    given = tuple(dict.fromkeys(given))
    text = f"{head}({_joined(blocks, given, str, '|')})"
    latex = rf"\mathrm{{{head}}}" if len(head) > 1 else head
    latex = f"{latex}({_joined(blocks, given, latex_name, _MID)})"
    terms = _sorted_terms(_expand(head, [frozenset(b) for b in blocks], frozenset(given)))
    return Form._of([(Fraction(1), Atom(text, latex, terms, head, blocks, given))])


def _expand(head: str, blocks: list[Key], given: Key) -> dict[Key, Fraction]:
    total: dict[Key, Fraction] = {}

    def add(key: Key, weight: int) -> None:
        total[key] = total.get(key, Fraction(0)) + weight

    whole = given.union(*blocks)
    if head in ("H", "I"):
        for size in range(1, len(blocks) + 1):
            for part in combinations(blocks, size):
                add(given.union(*part), (-1) ** (size + 1))
        add(given, -1)
    if head in ("TC", "O"):
        for block in blocks:
            add(given | block, 1)
        add(given, 1 - len(blocks))
        add(whole, -1)
    if head in ("DTC", "O"):
        sign = 1 if head == "DTC" else -1
        for index in range(len(blocks)):
            add(given.union(*blocks[:index], *blocks[index + 1 :]), sign)
        add(whole, sign * (1 - len(blocks)))
        add(given, -sign)
    return total


def _joint(key: Key) -> Atom:
    names = tuple(sorted(key))
    return entropy(names)._pieces[0][1]


def _substituted(weight: Fraction, atom: Atom, groups: Substitution) -> list[tuple[Fraction, Atom]]:
    def replaced(names: Iterable[str]) -> Group:
        return tuple(dict.fromkeys(new for old in names for new in groups.get(old, (old,))))

    if atom.blocks is not None:
        blocks = tuple(replaced(block) for block in atom.blocks)
        if all(blocks):
            return list((_measure(atom.head, blocks, replaced(atom.given)) * weight)._pieces)
    joints = ((replaced(sorted(key)), value) for key, value in atom.terms.items())
    return [(weight * value, _joint(frozenset(names))) for names, value in joints if names]


def _sorted_terms(terms: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    kept = [(key, value) for key, value in terms.items() if key and value]
    return dict(sorted(kept, key=lambda item: (len(item[0]), sorted(item[0]))))


def _joined(blocks: tuple[Group, ...], given: Group, write: Callable[[str], str], bar: str) -> str:
    text = ";".join(",".join(map(write, block)) for block in blocks)
    return f"{text}{bar}{','.join(map(write, given))}" if given else text


def latex_name(name: str) -> str:
    """Return a variable name as LaTeX: trailing digits become a subscript, primes stay.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> latex_name("X12"), latex_name("Noise"), latex_name("L'")
    ('X_{12}', '\\\\mathrm{Noise}', "L'")
    """
    bare = name.rstrip("'")
    primes = name[len(bare) :]
    stem = bare.rstrip("0123456789").rstrip("_")
    index = bare[len(stem) :].lstrip("_")
    letters = stem if len(stem) == 1 else rf"\mathrm{{{stem}}}".replace("_", r"\_")
    return f"{letters}{primes}_{{{index}}}" if index else f"{letters}{primes}"


def _latex_number(value: Fraction) -> str:
    if value.denominator == 1:
        return show(value)
    return rf"\tfrac{{{show(value.numerator)}}}{{{show(value.denominator)}}}"


def _written(
    terms: list[tuple[Fraction, str]], number: Callable[[Fraction], str], blank: str
) -> str:
    parts = []
    for weight, text in terms:
        size = abs(weight)
        body = number(size) if not text else text if size == 1 else f"{number(size)}{blank}{text}"
        sign = "-" if weight < 0 else "+"
        parts.append(f" {sign} {body}" if parts else f"-{body}" if weight < 0 else body)
    return "".join(parts) or "0"


def _require_known(names: Group, dist: Dist) -> None:
    for name in names:
        if name not in dist.names:
            raise UnknownVariable(
                f"expected variables of the law ({', '.join(dist.names)}), got {name!r}",
                name=name,
                known=dist.names,
            )


def _rebuild(text: str) -> Any:
    return as_form(text)
