"""Conditional independence as a statement: its form, and whether a law satisfies it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from natlat_sym.exact.naming import find_names
from natlat_sym.statements.forms import Claim, Form, Group, as_form, information

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True, slots=True)
class Independence:
    """The statement that two groups of variables are independent given a third.

    Parameters
    ----------
    a, b : tuple of str
        Not empty.
    given : tuple of str

    Examples
    --------
    >>> statement = Independence(("X1",), ("X2", "X3"), ("L",))
    >>> print(statement)
    I(X1;X2,X3|L) = 0
    """

    a: Group
    b: Group
    given: Group = ()

    @property
    def form(self) -> Form:
        """The conditional mutual information that vanishes."""
        return information([self.a, self.b], self.given)

    @property
    def claim(self) -> Claim:
        """The statement as a claim, to be proved or assumed."""
        return Claim(self.form, "=", as_form(0))

    def holds(self, dist: Dist) -> bool:
        """Tell exactly whether a law satisfies it.

        Parameters
        ----------
        dist : Dist
            With parameters: whether it holds for all their values.

        Returns
        -------
        bool
            By ``P(a,b,c) P(c) = P(a,c) P(b,c)`` for all outcomes that occur, which implies it for
            the others; whole numbers or polynomials, no logarithms.

        Raises
        ------
        UnknownVariable
            For a name the law does not have.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> p = Dist.uniform("X Y Z", [("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"),
        ...                            ("1", "1", "0")])
        >>> Independence(("X",), ("Y",)).holds(p), Independence(("X",), ("Y",), ("Z",)).holds(p)
        (True, False)
        """
        a, b, c = (set(find_names(names, dist.names)) for names in (self.a, self.b, self.given))
        whole = dist.counts.marginal(sorted(a | b | c))
        place = {axis: index for index, axis in enumerate(sorted(a | b | c))}
        parts = [
            whole.gathered(sorted(place[axis] for axis in group))[1] for group in (c, a | c, b | c)
        ]
        joint = whole.weights
        if whole.total >= 1 << 31:
            joint, *parts = (values.astype(object) for values in (joint, *parts))
        return bool(np.all(joint * parts[0] == parts[1] * parts[2]))

    def __str__(self) -> str:
        return str(self.claim)
