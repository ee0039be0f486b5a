"""The automatic version of the calculus: whether nets imply a net, with the sharp coefficients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

from natlat_sym.certified.bounds import Bounds, bound
from natlat_sym.certified.problems import read_given
from natlat_sym.certified.refutations import refute
from natlat_sym.certified.results import Refutation
from natlat_sym.errors import InvalidInput, NotDerivable, NoWitnessFound
from natlat_sym.exact.field import show
from natlat_sym.exact.render import text_table
from natlat_sym.explained import explained
from natlat_sym.nets.dags import arrows, dag_form
from natlat_sym.rules.held import Held
from natlat_sym.statements.forms import Claim, Form, as_form, symbol


@dataclass(frozen=True)
class NetBound:
    """Whether given nets imply a goal within a linear error, and the least such errors.

    Attributes
    ----------
    goal : str
        The net.
    given : tuple of Claim
        What the nets within their errors say.
    bounds : Bounds or None
        Every least error, each with its certificate; None when there is no linear bound.
    chain : Form or None
        The error that a chain of rules gave.
    refutation : Refutation or None
        When there is no bound: a law with all errors 0 under which the goal fails.
    """

    goal: str
    given: tuple[Claim, ...]
    bounds: Bounds | None
    chain: Form | None = None
    refutation: Refutation | None = None
    polymatroid: Mapping[str, Fraction] | None = None

    @property
    def status(self) -> str:
        """``derivable``, ``refuted`` by a law, or ``undecided``."""
        if self.bounds is not None:
            return "derivable"
        return "undecided" if self.refutation is None else "refuted"

    @property
    def sharp(self) -> tuple[Form, ...]:
        """The least errors: no other bound that Shannon's inequalities give lies below one."""
        corners = self.bounds.corners if self.bounds else ()
        return tuple(corner.theorem.claim.rhs for corner in corners)

    @property
    def chain_is_sharp(self) -> bool:
        """Whether the chain's error is one of the least."""
        return self.chain in self.sharp

    def to_json(self) -> dict[str, object]:
        """Return the answer as JSON values."""
        answer: dict[str, object] = {
            "goal": self.goal,
            "given": [str(claim) for claim in self.given],
            "status": self.status,
        }
        if self.chain is not None:
            answer["chain"] = {name: show(value) for name, value in self.chain.symbols.items()}
        if self.bounds is not None:
            answer |= self.bounds.to_json()
        return answer

    def __str__(self) -> str:
        rows = [("  given", str(claim)) for claim in self.given]
        if self.chain is not None:
            note = (
                "" if not self.bounds else "  (sharp)" if self.chain_is_sharp else "  (not sharp)"
            )
            rows.append(("  by the rules", f"within {self.chain}{note}"))
        for corner in self.bounds.corners if self.bounds else ():
            error = corner.theorem.claim.rhs
            law = "attained by a law" if corner.attained else "no law found that attains it"
            law = "every coefficient needed by a law" if corner.sharp else law
            rows.append(("  least", f"within {error}, {law}" if error else "exactly"))
        if self.refutation is not None:
            rows.append(("  refuted", "a law has all errors 0 and this one above 0"))
        elif self.bounds is None:
            rows.append(("  undecided", "no linear bound from Shannon inequalities, no law found"))
        return f"{self.goal}  {self.status}\n{text_table(rows)}"


@explained
def net_bound(goal: Any, given: Iterable[Held | Claim | str] | Held | Claim | str = ()) -> NetBound:
    """Decide whether nets imply a net within a linear error, and find the least errors.

    Parameters
    ----------
    goal : Held, str, nx.DiGraph, mapping, or iterable of pairs
        A net; one that rules have concluded brings its premises and its error with it.
    given : Held, claims, or iterable of these
        Nets that hold within error symbols or exactly, or hypotheses such as
        ``"I(X1;X2|L) <= a"``.

    Returns
    -------
    NetBound
        Derivable, with every error that is least among those that Shannon's inequalities give, or
        refuted by a law with all errors 0, or undecided.

    Raises
    ------
    InvalidInput
        When nothing is given.

    Notes
    -----
    A net that rules have concluded stands for what they started from.  A net that was taken without
    a hypothesis, its error being its own form, gets an error symbol.

    Examples
    --------
    >>> from natlat_sym import suppose
    >>> given = [suppose("X1 <- L -> X2", "m"), suppose("R <- X1 -> R#2", "r")]
    >>> print(net_bound("R <- L -> X2", given))
    R <- L -> X2  derivable
      given  KL(X1 <- L -> X2) <= m
      given  KL(R <- X1 -> R#2) <= r
      least  within m + r, every coefficient needed by a law
    >>> net_bound("R <- L -> R#2", given).status
    'refuted'
    """
    items = [given] if isinstance(given, (Held, Claim, str)) else list(given)
    chain = None
    if isinstance(goal, Held):
        items = [goal, *items]
    claims, replaced = _hypotheses(items)
    if isinstance(goal, Held):
        chain = _chain_error(goal, replaced)
    net = goal.net if isinstance(goal, Held) else goal
    if not claims:
        raise InvalidInput("expected nets or claims to start from, got none", given=items)
    wanted, text = dag_form(net), arrows(net)
    try:
        return NetBound(text, claims, bound(wanted, claims), chain)
    except NotDerivable as error:
        polymatroid: Any = error.polymatroid
    exact = [_exactly(claim) for claim in claims]
    try:
        law = refute(wanted <= 0, given=exact)
    except NoWitnessFound:
        return NetBound(text, claims, None, chain, polymatroid=polymatroid)
    return NetBound(text, claims, None, chain, law, polymatroid)


def _hypotheses(items: list[Any]) -> tuple[tuple[Claim, ...], dict[Held, Form]]:
    """Return all that is assumed as claims, and symbols for the errors of nets that assume nothing.

    A net that rules have concluded stands for what it was concluded from.
    """
    claims: list[Claim] = []
    replaced: dict[Held, Form] = {}
    nets = [step for item in items if isinstance(item, Held) for step in item.ancestry()]
    taken = {name for step in nets for name in step.error.symbols}
    fresh = (f"e{number}" for number in count(1))
    for item in items:
        if not isinstance(item, Held):
            claims += read_given(item)
            continue
        for leaf in item.ancestry():
            if not leaf.premises and not leaf.theorem.given and leaf not in replaced:
                replaced[leaf] = symbol(next(name for name in fresh if name not in taken))
                claims.append(leaf.error <= replaced[leaf])
        claims += item.theorem.given
    return tuple(dict.fromkeys(claims)), replaced


def _chain_error(held: Held, replaced: Mapping[Held, Form]) -> Form:
    if not held.premises:
        return replaced.get(held, held.error)
    return sum((_chain_error(premise, replaced) for premise in held.premises), as_form(0))


def _exactly(claim: Claim) -> Claim:
    """Return a hypothesis with every error symbol and constant 0."""
    difference = claim.difference - claim.difference.constant
    for name, weight in difference.symbols.items():
        difference = difference - weight * symbol(name)
    return Claim(-difference, "=" if claim.relation == "=" else "<=", as_form(0))
