"""The class of linear forms in joint entropies, error symbols and the constant 1.

What was written (``I(X1;X2|L)``) is kept for printing; equality and hash are those of the
expansion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.naming import find_names, read_names
from natlat_sym.explained import explained
from natlat_sym.parameters.amounts import as_amount, weighted_sum
from natlat_sym.statements.atoms import (
    Atom,
    Group,
    Key,
    latex_number,
    measure_atom,
    sorted_terms,
    written,
)

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.statements.claims import Claim

Symbols = Mapping[str, object]
Substitution = Mapping[str, str | Sequence[str]]


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

    _pieces: tuple[tuple[Fraction, Atom], ...]
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
            before = merged.get(atom.text)
            merged[atom.text] = (before[0] + weight if before else weight, atom)
        kept = tuple(item for item in merged.values() if item[0])
        total: dict[Key, Fraction] = {}
        for weight, atom in kept:
            once = weight == 1
            for key, value in atom.terms.items():
                part = value if once else weight * value
                total[key] = total[key] + part if key in total else part
        self = object.__new__(cls)
        fields: dict[str, Any] = {
            "_pieces": kept,
            "entropies": MappingProxyType(sorted_terms(total)),
            "symbols": MappingProxyType({a: c for a, c in sorted(symbols.items()) if c}),
            "constant": constant,
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)
        return self

    @classmethod
    def _total(cls, parts: Iterable[tuple[Fraction, Form]]) -> Form:
        """Add multiples of many forms at once: one merge, however many there are."""
        pieces: list[tuple[Fraction, Atom]] = []
        symbols: dict[str, Fraction] = {}
        constant = Fraction(0)
        for scale, form in parts:
            once = scale == 1
            pieces += [(w if once else scale * w, atom) for w, atom in form._pieces]
            for name, value in form.symbols.items():
                symbols[name] = symbols.get(name, Fraction(0)) + scale * value
            constant += scale * form.constant
        return cls._of(pieces, symbols, constant)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a form is immutable, {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a form is immutable, {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[object, ...]:
        return as_form, (str(self),)

    @property
    def variables(self) -> Group:
        """The variables of the expansion, sorted."""
        return tuple(sorted(frozenset().union(*self.entropies)))

    @explained
    def __call__(self, dist: Dist, symbols: Symbols = MappingProxyType({})) -> Bits:
        """Return the exact value on a law, in bits; error symbols need values."""
        missing = [name for name in self.symbols if name not in symbols]
        if missing:
            raise InvalidInput(
                f"expected a value for the error symbol {missing[0]!r}, give "
                f"symbols={{{missing[0]!r}: ...}}",
                symbol=missing[0],
            )
        find_names(self.variables, dist.names)
        values = dist.entropies(self.entropies)
        parts: list[tuple[int | Fraction, Bits]] = [
            (weight, values[key]) for key, weight in self.entropies.items()
        ]
        parts += [(weight, _symbol_value(name, symbols)) for name, weight in self.symbols.items()]
        return weighted_sum([*parts, (self.constant, Bits(1))])

    def _combined(self, other: object, sign: int) -> Form:
        return Form._total([(Fraction(1), self), (Fraction(sign), as_form(other))])

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
        return Form._total([(exact(factor, "coefficient"), self)])

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
        from natlat_sym.statements.claims import Claim

        return Claim(self, "<=", as_form(other))

    def __ge__(self, other: object) -> Claim:
        from natlat_sym.statements.claims import Claim

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
        from natlat_sym.statements.claims import Claim

        return Claim(self, "=", as_form(other))

    @explained
    def substitute(self, groups: Substitution) -> Form:
        """Return the form with each variable replaced by a group of variables.

        Parameters
        ----------
        groups : mapping of str to names
            Each ``"X2,X3"`` or a sequence; an empty group makes the variable constant.

        Returns
        -------
        Form

        Examples
        --------
        >>> from natlat_sym import I
        >>> print(I("L;X1|M").substitute({"M": ("X2", "X3")}))
        I(L;X1|X2,X3)
        """
        read = {name: read_names(group) for name, group in groups.items()}
        pieces = [
            item for weight, atom in self._pieces for item in _substituted(weight, atom, read)
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
        return written(self._written_terms(lambda atom: atom.text), show, " ")

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
        return written(self._written_terms(lambda atom: atom.latex), latex_number, r"\, ")

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def _written_terms(self, write: Callable[[Atom], str]) -> list[tuple[Fraction, str]]:
        terms = [(weight, write(atom)) for weight, atom in self._pieces]
        terms += [(weight, name) for name, weight in self.symbols.items()]
        if self.constant:
            terms.append((self.constant, ""))
        return terms


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
        from natlat_sym.statements.notation import form

        return form(value)
    return Form._of((), {}, exact(value, "constant"))


def _joint(key: Key) -> Atom:
    names = tuple(sorted(key))
    return measure_atom("H", [names], ())


def _substituted(
    weight: Fraction, atom: Atom, groups: Mapping[str, Group]
) -> list[tuple[Fraction, Atom]]:
    def replaced(names: Iterable[str]) -> Group:
        return tuple(dict.fromkeys(new for old in names for new in groups.get(old, (old,))))

    if atom.blocks is not None:
        blocks = tuple(replaced(block) for block in atom.blocks)
        if all(blocks):
            return [(weight, measure_atom(atom.head, blocks, replaced(atom.given)))]
    joints = ((replaced(sorted(key)), value) for key, value in atom.terms.items())
    return [(weight * value, _joint(frozenset(names))) for names, value in joints if names]


def _symbol_value(name: str, symbols: Symbols) -> Bits:
    value = as_amount(symbols[name])
    if not value >= 0:
        raise InvalidInput(
            f"expected an error symbol {name!r} that is not negative, got {value}", symbol=name
        )
    return value
