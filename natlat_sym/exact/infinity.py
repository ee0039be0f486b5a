"""The infinite amount of information: what a divergence is when the supports say so."""

from __future__ import annotations

import math
import numbers
from typing import Any, NoReturn

from natlat_sym.errors import FieldMismatch
from natlat_sym.exact.amount import Amount


class Infinity:
    """The one infinite amount ``oo``: above every finite amount, equal to itself only.

    Examples
    --------
    >>> from natlat_sym.exact.bits import Bits, oo
    >>> oo > Bits("log2(3)"), str(oo), oo + 1
    (True, 'oo', oo)
    """

    __slots__ = ()
    _only: Infinity | None = None

    def __new__(cls) -> Infinity:
        """Return the one instance."""
        if cls._only is None:
            cls._only = object.__new__(cls)
        return cls._only

    def __reduce__(self) -> tuple[type[Infinity], tuple[()]]:
        return Infinity, ()

    def __str__(self) -> str:
        return "oo"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format("oo", spec if spec.endswith("s") else "")

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def to_latex(self) -> str:
        r"""Return LaTeX.

        Returns
        -------
        str

        Examples
        --------
        >>> print(Infinity().to_latex())
        \infty
        """
        return r"\infty"

    def approx(self, significant: int = 12) -> str:
        """Return ``oo``, as the decimal approximations of finite amounts are asked for.

        Parameters
        ----------
        significant : int
            Without effect.

        Returns
        -------
        str

        Examples
        --------
        >>> Infinity().approx()
        'oo'
        """
        return "oo"

    def decimal(self, places: int) -> str:
        """Return ``oo``, as for `approx`.

        Parameters
        ----------
        places : int
            Without effect.

        Returns
        -------
        str

        Examples
        --------
        >>> Infinity().decimal(3)
        'oo'
        """
        return "oo"

    def sign(self) -> int:
        """Return 1.

        Returns
        -------
        int

        Examples
        --------
        >>> Infinity().sign()
        1
        """
        return 1

    def _sympy_(self) -> Any:
        import sympy

        return sympy.oo

    def __float__(self) -> float:
        return math.inf

    def __bool__(self) -> bool:
        return True

    def __hash__(self) -> int:
        return hash((Infinity, "oo"))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __lt__(self, other: object) -> bool:
        return False if self._comparable(other) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self is not other if self._comparable(other) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self is other if self._comparable(other) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return True if self._comparable(other) else NotImplemented

    def _comparable(self, other: object) -> bool:
        if isinstance(other, float):
            return math.isfinite(other)
        return self is other or _is_finite(other)

    def __add__(self, other: object) -> Infinity:
        return self if self is other or _is_finite(other) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other: object) -> Infinity:
        if self is other:
            raise _undefined("oo - oo")
        return self if _is_finite(other) else NotImplemented

    def __rsub__(self, other: object) -> NoReturn:
        raise _undefined(f"{other} - oo")

    def __neg__(self) -> NoReturn:
        raise _undefined("-oo")

    def __pos__(self) -> Infinity:
        return self

    __abs__ = __pos__

    def __mul__(self, other: object) -> Infinity:
        if not isinstance(other, numbers.Rational):
            return NotImplemented
        if other <= 0:
            raise _undefined(f"{other} * oo")
        return self

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Infinity:
        if not isinstance(other, numbers.Rational):
            return NotImplemented
        if other <= 0:
            raise _undefined(f"oo / {other}")
        return self


def _is_finite(other: object) -> bool:
    return isinstance(other, Amount | numbers.Rational)


def _undefined(text: str) -> FieldMismatch:
    return FieldMismatch(
        f"{text} has no meaning: oo is an infinite divergence; compare it, or treat it apart"
    )
