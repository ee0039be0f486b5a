"""Nets that hold within an error, each with the theorem that says so and how it was reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from natlat_sym.certified.prooflines import Lines
from natlat_sym.certified.results import Theorem, proof_lines
from natlat_sym.certified.theorems import combine
from natlat_sym.errors import InvalidInput, RuleRefused
from natlat_sym.nets.dags import arrows, dag, dag_form
from natlat_sym.statements.forms import Claim, Form, as_form

if TYPE_CHECKING:
    import networkx as nx

    from natlat_sym.certified.certificates import Certificate


@dataclass(frozen=True, repr=False)
class Held:
    """A Bayes net that holds within an error, for every law that satisfies what is given.

    Made by `suppose` and by the functions of `natlat_sym.rules`; one whose theorem says something
    else is refused.

    Attributes
    ----------
    arrows : str
        The net.
    error : Form
        What its error is at most: a linear form in error symbols and entropies, in bits.
    rule : str
        The name of the function that made it.
    arguments : tuple of Held, str and Fraction
        What the function was given.
    why : str
        The reason, in words.
    step : Theorem
        The inequality between the net's error and those of the premises.
    theorem : Theorem
        The net's error is at most `error`.

    Examples
    --------
    >>> held = suppose("X1 <- L -> X2", "m")
    >>> print(held)
    X1 <- L -> X2  within m
    >>> print(held.theorem)
    ⊢ KL(X1 <- L -> X2) <= m  given KL(X1 <- L -> X2) <= m
    """

    arrows: str
    error: Form
    rule: str
    arguments: tuple[Held | str, ...]
    why: str
    step: Theorem
    theorem: Theorem

    def __post_init__(self) -> None:
        claim = self.theorem.claim
        stated = (dag_form(self.arrows), self.error)
        if claim.relation == ">=" or (claim.lhs, claim.rhs) != stated:
            raise InvalidInput(
                f"expected a theorem that {self.arrows} holds within {self.error}, got {claim}; "
                "suppose(...) and the rules make such nets",
                theorem=self.theorem,
            )

    @cached_property
    def net(self) -> nx.DiGraph:
        """The net as a frozen graph."""
        return dag(self.arrows)

    @property
    def form(self) -> Form:
        """The error of the net itself, as a form."""
        return self.theorem.claim.lhs

    @property
    def premises(self) -> tuple[Held, ...]:
        """The nets it was concluded from."""
        return tuple(item for item in self.arguments if isinstance(item, Held))

    @property
    def exact(self) -> bool:
        """Whether the error is not only bounded by the form but equal to it."""
        return self.theorem.claim.relation == "="

    @property
    def certificate(self) -> Certificate:
        """The certificate of the theorem."""
        return self.theorem.certificate

    @property
    def title(self) -> str:
        """The name of the rule for people."""
        return self.rule.replace("_", " ").capitalize()

    def ancestry(self) -> tuple[Held, ...]:
        """Return everything it rests on, premises before conclusions, each once, itself last."""
        found: dict[Held, None] = {}
        for premise in self.premises:
            found |= dict.fromkeys(premise.ancestry())
        return (*found, self)

    def __str__(self) -> str:
        return f"{self.arrows}  {'error' if self.exact else 'within'} {self.error}"

    def __repr__(self) -> str:
        shown = [repr(item) for item in self.arguments]
        why = [f"why={self.why!r}"] if self.why else []
        name = "suppose" if self.rule == "suppose" else f"rules.{self.rule}"
        return f"{name}({', '.join([*shown, *why])})"

    def _repr_latex_(self) -> str:
        return self.theorem._repr_latex_()


def suppose(net: Any, error: Form | str | int | Fraction | None = None, why: str = "") -> Held:
    """Take a net as given, within an error.

    Parameters
    ----------
    net : str, nx.DiGraph, mapping, or iterable of pairs
    error : Form, str or rational, optional
        A bound such as ``"a"`` (an error symbol), ``0``, or ``"a + 1/2 b"``: a hypothesis.  Without
        one, or when it is another way to write the net's error, nothing is assumed and the error
        is this form.
    why : str
        A remark.

    Returns
    -------
    Held

    Raises
    ------
    InvalidInput
        For a number below 0, which bounds no error.

    Examples
    --------
    >>> print(suppose("X1 <- L -> X2"))
    X1 <- L -> X2  error KL(X1 <- L -> X2)
    >>> print(suppose("X1 <- L -> X2", "I(X1;X2|L)"))
    X1 <- L -> X2  error I(X1;X2|L)
    """
    form = dag_form(net)
    bound = form if error is None else read_bound(error)
    text = arrows(net)
    arguments: tuple[str, ...] = (text,) if error is None else (text, str(bound))
    if form == bound:
        theorem = certify(form.eq(bound))
    else:
        claim = form <= bound
        theorem = certify(claim, given={claim: 1})
    return Held(text, bound, "suppose", arguments, why, theorem, theorem)


def read_bound(error: Form | str | int | Fraction) -> Form:
    """Return what an error is at most as a form; refuse a number below 0."""
    bound = as_form(error)
    if bound.constant < 0 and not bound - bound.constant:
        raise InvalidInput(
            f"expected an error of at least 0 bits, got {bound}; write 0 for a net that holds "
            "exactly, or an error symbol such as a",
            error=bound,
        )
    return bound


def conclude(
    rule: str,
    net: Any,
    arguments: Sequence[Held | str],
    why: str = "",
    slack: Iterable[Form] | None = None,
    given: Mapping[Claim, int | Fraction] = MappingProxyType({}),
) -> Held:
    """Return the net that a rule concludes, once the trusted checker has accepted the step.

    Parameters
    ----------
    rule : str
        The name of the rule's function.
    net : str, nx.DiGraph, mapping, or iterable of pairs
        What is concluded; its error is at most (or equal to) the sum of those of the premises.
    arguments : sequence of Held and str
        Those of the function; the nets among them are the premises, each counted once.
    why : str
        The reason, in words.
    slack : iterable of Form, optional
        Informations that sum to what the premises' errors are more than the net's; without any,
        the step is an equality.
    given : mapping of Claim to int or Fraction
        Hypotheses of an equality, and how often each is added.

    Returns
    -------
    Held

    Raises
    ------
    CertificateRejected
        When the slack is not the difference.
    """
    premises = [item for item in arguments if isinstance(item, Held)]
    form = dag_form(net)
    claim = Claim(form, "=" if slack is None else "<=", _sum(item.form for item in premises))
    step = certify(claim, slack or (), given)
    exact = slack is None and all(premise.exact for premise in premises)
    error = _sum(premise.error for premise in premises)
    parts = [proof_lines(theorem) for theorem in (step, *(item.theorem for item in premises))]
    # An equality as a step of an inequality: its converse shows that the right side is no less.
    below = [part[-1] for part in parts]
    above = [[part[0] for part in parts], below] if exact else [below]
    theorem = combine(Claim(form, "=" if exact else "<=", error), above)
    return Held(arrows(net), error, rule, tuple(arguments), why, step, theorem)


def certify(
    claim: Claim,
    slack: Iterable[Form] = (),
    given: Mapping[Claim, int | Fraction] = MappingProxyType({}),
) -> Theorem:
    """Prove a claim by saying what it adds up from; no linear program is solved.

    Parameters
    ----------
    claim : Claim
    slack : iterable of Form
        Entropies and mutual informations, each written as one, that are left over in ``<=``.
    given : mapping of Claim to int or Fraction
        Hypotheses, and how often each is added.

    Returns
    -------
    Theorem

    Raises
    ------
    CertificateRejected
        When they do not add up to the claim.

    Examples
    --------
    >>> from natlat_sym import H, I
    >>> print(certify(H("X|Y") <= H("X"), slack=[I("X;Y")]))
    ⊢ H(X|Y) <= H(X)
    """
    terms: dict[str, Fraction] = {}
    for form in filter(None, slack):
        terms[str(form)] = terms.get(str(form), Fraction(0)) + 1
    forth = {hypothesis: Fraction(weight) for hypothesis, weight in given.items()}
    if claim.relation != "=":
        return combine(claim, [[Lines(terms, forth)]])
    back = {hypothesis: -weight for hypothesis, weight in forth.items()}
    return combine(claim, [[Lines({}, forth)], [Lines({}, back)]])


def refuse(rule: str, condition: str, *nets: Any) -> NoReturn:
    """Raise that a rule does not apply.

    Parameters
    ----------
    rule : str
        The name of the rule's function.
    condition : str
        What was expected, and what came.
    *nets : str, nx.DiGraph, mapping, or iterable of pairs
        The nets in question.

    Raises
    ------
    RuleRefused

    Examples
    --------
    >>> refuse("bookkeep", "expected equal variables", "X; Y", "X; Z")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.RuleRefused: bookkeep: expected equal variables; the nets are X; Y and X; Z
    """
    texts = tuple(dict.fromkeys(map(arrows, nets)))
    raise RuleRefused(
        f"{rule}: {condition}; the net{'s are' if len(texts) > 1 else ' is'} {' and '.join(texts)}",
        rule=rule,
        condition=condition,
        nets=texts,
    )


def read_held(item: object) -> Held:
    """Return a net that holds; anything else is refused with the fix.

    Parameters
    ----------
    item : Held

    Returns
    -------
    Held

    Raises
    ------
    InvalidInput
    """
    if not isinstance(item, Held):
        raise InvalidInput(
            f"expected a net that holds, such as suppose('X1 <- L -> X2', 'a'), got {item!r}",
            item=item,
        )
    return item


def _sum(forms: Iterator[Form]) -> Form:
    return sum(forms, as_form(0))
