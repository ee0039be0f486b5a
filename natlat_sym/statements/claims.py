"""Claims: what two linear forms say about every law."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from natlat_sym.errors import SyntaxInvalid
from natlat_sym.exact.bits import Bits
from natlat_sym.explained import explained
from natlat_sym.statements.atoms import Group
from natlat_sym.statements.linear import Form, Substitution, Symbols, as_form

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

RELATIONS = ("<=", ">=", "=")


class Claim:
    """A claim ``F <= G``, ``F >= G`` or ``F = G`` about every law; true or false of one law.

    Parameters
    ----------
    lhs, rhs : Form, str or rational
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

    def __init__(self, lhs: Form | str, relation: str, rhs: Form | str) -> None:
        if relation not in RELATIONS:
            raise SyntaxInvalid(f"expected one of <=, >=, =, got {relation!r}", relation=relation)
        sides = ("lhs", as_form(lhs)), ("relation", relation), ("rhs", as_form(rhs))
        for name, value in sides:
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

    @explained
    def holds(self, dist: Dist, symbols: Symbols = MappingProxyType({})) -> bool:
        """Tell exactly whether the claim is true of one law, or on the whole range of a family.

        Parameters
        ----------
        dist : Dist
        symbols : mapping of str to exact number or function of parameters
            Values of the error symbols, such as what a form returned on the same law.

        Returns
        -------
        bool

        Raises
        ------
        Undecided
            When it is true of some laws of a family and not of others.

        Examples
        --------
        >>> from natlat_sym import Dist, claim
        >>> claim("H(X|Y) = 0").holds(Dist.uniform("X Y", [("0", "0"), ("1", "1")]))
        True
        """
        value = self.difference(dist, symbols)
        return value == 0 if self.relation == "=" else value >= 0

    @explained
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

    @explained
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
