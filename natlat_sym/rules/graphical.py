"""Graphical proofs: chains of rules of the calculus, with reasons, pictures and one certificate."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from natlat_sym.certified.results import Theorem, proof_lines
from natlat_sym.certified.theorems import combine
from natlat_sym.draw import Picture, strip
from natlat_sym.errors import StepFailed
from natlat_sym.exact.render import text_table
from natlat_sym.nets.arrowtext import latex_arrows
from natlat_sym.rules.held import Held, read_held
from natlat_sym.statements.atoms import latex_words
from natlat_sym.statements.forms import Claim
from natlat_sym.statements.notation import claim as read_claim

if TYPE_CHECKING:
    from natlat_sym.certified.certificates import Certificate
    from natlat_sym.rules.netbounds import NetBound

_COLUMN = 30  # characters of a line under a net


@dataclass(frozen=True, repr=False)
class GraphicalProof:
    """How a net was reached from given ones, rule by rule.

    Parameters
    ----------
    name : str
        What the proof is called.
    conclusion : Held
        The last net; it knows the rules and nets it came from.

    Examples
    --------
    >>> from natlat_sym import rules, suppose
    >>> start = suppose("X1 <- L -> X2", "m")
    >>> hung = rules.dangly_bit(start, rules.copy("R", of="X1", error="r"), why="X1 tells R")
    >>> proof = GraphicalProof("one leaf", rules.marginalize(hung, "R <- L -> X2"))
    >>> print(proof)
    one leaf
      1  X1 <- L -> X2          within m      given
      2  R <- X1 -> R#2         within r      Copy, given H(R|X1) <= r
      3  L -> X1 -> R; L -> X2  within m + r  Dangly bit 1, 2: X1 tells R
      4  R <- L -> X2           within m + r  Marginalize 3
    >>> print(proof.qed("I(R;X2|L) <= m + r"))
    ⊢ I(R;X2|L) <= m + r  given KL(X1 <- L -> X2) <= m, H(R|X1) <= r
    """

    name: str
    conclusion: Held

    def __post_init__(self) -> None:
        read_held(self.conclusion)

    @cached_property
    def steps(self) -> tuple[Held, ...]:
        """All nets, premises before conclusions."""
        return self.conclusion.ancestry()

    @property
    def certificate(self) -> Certificate:
        """The certificate of the theorem."""
        return self.conclusion.certificate

    def qed(self, claim: Claim | str | None = None) -> Theorem:
        """Return the theorem, with one certificate: the sum of those of the steps.

        Parameters
        ----------
        claim : Claim or str, optional
            Another way to write what was reached, such as ``"H(R|L) <= m + 2 r"``.

        Returns
        -------
        Theorem

        Raises
        ------
        StepFailed
            When the claim is not what was reached.
        """
        theorem = self.conclusion.theorem
        if claim is None:
            return theorem
        wanted = read_claim(claim)
        parts = proof_lines(theorem)
        own = Claim(theorem.claim.lhs, "<=", theorem.claim.rhs)
        if wanted.relation == "=" and wanted.difference in (
            (theorem.claim.difference,) if self.conclusion.exact else ()
        ):
            return combine(wanted, [[part] for part in parts])
        if wanted.relation == "=" or wanted.difference != own.difference:
            raise StepFailed(
                f"{self.name}: expected another way to write {theorem.claim}, got {wanted}",
                claim=wanted,
                reached=theorem.claim,
            )
        return combine(wanted, [[parts[-1]]])

    def sharp(self) -> NetBound:
        """Return the sharp coefficients of the conclusion, next to those of the chain."""
        from natlat_sym.rules.netbounds import net_bound

        return net_bound(self.conclusion)

    def picture(self, width: float = 900) -> Picture:
        """Draw the proof as a strip of nets.

        Parameters
        ----------
        width : float
            Where the strip goes on in a new row.

        Returns
        -------
        Picture
        """
        panels = [
            (step.arrows, [f"{number}.  {_within(step)}", *textwrap.wrap(reason, _COLUMN)])
            for number, step, reason in self._lines()
        ]
        return strip(panels, width)

    def _lines(self) -> list[tuple[int, Held, str]]:
        number = {step: place for place, step in enumerate(self.steps, 1)}
        lines = []
        for step in self.steps:
            reason = _rule(step, [number[premise] for premise in step.premises])
            lines.append((number[step], step, f"{reason}: {step.why}" if step.why else reason))
        return lines

    def __str__(self) -> str:
        rows = [
            (f"  {number}", step.arrows, _within(step), reason)
            for number, step, reason in self._lines()
        ]
        return f"{self.name}\n{text_table(rows, right=[0])}"

    def __repr__(self) -> str:
        return f"GraphicalProof({self.name!r}, {self.conclusion!r})"

    def _repr_svg_(self) -> str:
        return self.picture().svg

    def _repr_latex_(self) -> str:
        rows = []
        for _, step, reason in self._lines():
            sign = "=" if step.exact else r"\le"
            net, words = latex_arrows(step.arrows), latex_words(reason)
            rows.append(
                rf"D_{{\mathrm{{KL}}}}({net}) &{sign} {step.error.to_latex()} && \text{{{words}}}"
            )
        body = r" \\ ".join(rows)
        return rf"$\begin{{aligned}}{body}\end{{aligned}}$"


def _rule(step: Held, premises: Sequence[int]) -> str:
    """Return the name of the rule, the numbers of its premises, and what it rests on itself."""
    if step.rule == "suppose":
        return "given"
    inherited = {claim for premise in step.premises for claim in premise.theorem.given}
    given = [str(claim) for claim in step.theorem.given if claim not in inherited]
    name = f"{step.title} {', '.join(map(str, premises))}".strip()
    return f"{name}, given {', '.join(given)}" if given else name


def _within(step: Held) -> str:
    return f"{'error' if step.exact else 'within'} {step.error}"
