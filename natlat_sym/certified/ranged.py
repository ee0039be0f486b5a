"""Claims about a law with a parameter, for the whole range at once, with a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from natlat_sym.certified.certificates import Certificate, require_about
from natlat_sym.certified.rangetext import readable
from natlat_sym.errors import CertificateRejected, InvalidInput, ProofError, Undecided
from natlat_sym.exact.field import show
from natlat_sym.exact.infinity import Infinity
from natlat_sym.exact.render import told
from natlat_sym.laws.expected import as_law
from natlat_sym.parameters.curves import curve_of
from natlat_sym.parameters.functions import AmountParser, BitsFunction
from natlat_sym.parameters.lines import WIDTHS
from natlat_sym.parameters.ratios import as_ratio
from natlat_sym.parameters.rolle import signs_taken
from natlat_sym.parameters.signs import shown_point
from natlat_sym.parameters.signtable import sign_levels
from natlat_sym.statements.measures import kl
from natlat_sym.statements.notation import form

if TYPE_CHECKING:
    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist
    from natlat_sym.parameters.ranges import Ranges

_WANTED = {"<=": {0, 1}, ">=": {0, 1}, "<": {1}, ">": {1}, "=": {0}}
LONG = 60  # characters of an exact amount in a sentence
SMALL = 20  # denominators tried for a point where a claim fails
COARSE = Fraction(1, 1 << 10)  # mostly enough, and short to write
_MEASURES = ("H", "I", "TC", "DTC", "O", "KL", "D")


@dataclass(frozen=True, repr=False)
class RangeTheorem:
    """A claim that holds on a family of laws for every value of its parameter in the range.

    Attributes
    ----------
    law : Dist
        With one parameter.
    claim : str
        What holds.
    certificate : Certificate
        Its evidence, of kind ``range``.
    """

    law: Dist
    claim: str
    certificate: Certificate

    def __post_init__(self) -> None:
        said = {"claim": self.claim, "law": _weighted(self.law)}
        require_about(self.certificate, ("range",), self.claim, **said)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """None: the laws are there."""
        return ()

    def __str__(self) -> str:
        return f"⊢ {self.claim}  for all {self.law.parameters}"

    def __repr__(self) -> str:
        return f"RangeTheorem({str(self)!r})"


@dataclass(frozen=True)
class RangeDecision:
    """The answer to a claim about a whole range: proved, refuted at a point, or undecided.

    Attributes
    ----------
    claim : str
        What was asked.
    theorem : RangeTheorem or None
        When proved.
    point : Fraction or None
        When refuted: where the claim fails.
    excess : Bits or None
        When refuted: by how much, in bits; 0 where a strict claim is an equality.
    reason : str
        When undecided: why.
    parameter : str
        When refuted: its name.
    """

    claim: str
    theorem: RangeTheorem | None = None
    point: Fraction | None = None
    excess: Bits | None = None
    reason: str = ""
    parameter: str = ""

    @property
    def status(self) -> str:
        """``proved``, ``refuted`` or ``undecided``."""
        if self.theorem is not None:
            return "proved"
        return "undecided" if self.point is None else "refuted"

    @property
    def certificate(self) -> Certificate | None:
        """The certificate, when proved."""
        return None if self.theorem is None else self.theorem.certificate

    def to_json(self) -> dict[str, object]:
        """Return the answer as JSON values."""
        from natlat_sym.exact.render import quantity

        found: dict[str, object] = {"status": self.status, "claim": self.claim}
        if self.theorem is not None:
            found["certificate"] = self.theorem.certificate.data
        elif self.point is not None and self.excess is not None:
            found |= {"point": show(self.point), "excess": quantity(self.excess)}
        else:
            found["reason"] = self.reason
        return found

    def __str__(self) -> str:
        if self.theorem is not None:
            return f"proved  {self.theorem}\n{self.theorem.certificate}"
        if self.point is not None:
            place = shown_point({self.parameter: self.point})
            excess = str(self.excess)
            shown = excess if len(excess) <= LONG or self.excess is None else told(self.excess)
            return f"refuted  {self.claim} fails at {place}, by {shown}"
        return f"undecided  {self.claim}\n{self.reason}"


def prove_on_range(law: Dist, claim: str, other: Dist | None = None) -> RangeTheorem:
    """Prove a claim about a law with one parameter, for every value in its range.

    Parameters
    ----------
    law : Dist
        With one parameter, of a bounded range.
    claim : str
        Forms such as ``I(X;Y|L)``, ``log2`` of polynomials, and ``D(X,Y)``, the divergence of the
        law of some variables from that of `other`; coefficients are polynomials in the parameter:
        ``"I(X;Y) <= (1 - e) H(X) + 2 e"``.  Relations: ``<= >= = < >``.
    other : Dist, optional
        A second law, for ``D``; with the same parameter, or none.

    Returns
    -------
    RangeTheorem
        Accepted by the trusted checker.

    Raises
    ------
    ProofError
        When the claim is false somewhere, with the point; or not an exact statement about the law.
    Undecided
        When neither was found.

    Examples
    --------
    >>> from natlat_sym import Dist, parameter
    >>> coin = Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=parameter("0 < e < 1/2"))
    >>> print(prove_on_range(coin, "I(X;Y) <= 1 - 2*e"))
    ⊢ I(X;Y) <= 1 - 2*e  for all 0 < e < 1/2
    """
    as_law(law)
    found = decide_on_range(law, claim, other)
    if found.theorem is not None:
        return found.theorem
    if found.point is not None:
        name = next(iter(law.parameters))
        raise ProofError(
            f"expected a claim that holds for all {law.parameters}, {claim} fails at"
            f" {shown_point({name: found.point})}, by {found.excess}",
            decision=found,
        )
    raise Undecided(f"{claim} was not decided for {law.parameters}: {found.reason}", decision=found)


def decide_on_range(law: Dist, claim: str, other: Dist | None = None) -> RangeDecision:
    """Decide a claim about a law with one parameter: proved, refuted at a point, or undecided.

    Parameters
    ----------
    law, claim, other
        As in `prove_on_range`.

    Returns
    -------
    RangeDecision

    Raises
    ------
    InvalidInput, SyntaxInvalid
        For a law without just one parameter, and text outside the notation.  What cannot be
        decided is no error: the status is ``undecided``.

    Examples
    --------
    >>> from natlat_sym import Dist, parameter
    >>> coin = Dist.uniform("X", ["0", "1"]).extend("Y", "X", flip=parameter("0 < e < 1/2"))
    >>> print(decide_on_range(coin, "I(X;Y) <= 1 - 3*e"))
    refuted  I(X;Y) <= 1 - 3*e fails at e = 1/3, by 5/3 - log2(3)
    """
    as_law(law)
    ranges = _one_range(law, other)
    claim = readable(claim, next(iter(ranges)))
    relation, difference = _ClaimParser(claim, ranges, law, other).difference()
    try:
        found = signs_taken(difference)
    except Undecided as error:
        return RangeDecision(claim, reason=str(error))
    (name,) = ranges
    bad = sorted(found.keys() - _WANTED[relation])
    for sign in bad:
        point = found[sign]
        if point is not None:
            simple = _simple_point(difference, name, sign, point[name])
            excess = difference.at(**{name: simple})  # decided again, exactly
            if simple in ranges[name] and excess.sign() == sign:
                return RangeDecision(claim, None, simple, excess if sign > 0 else -excess, "", name)
    if bad:
        return RangeDecision(claim, reason="it fails only where the parameter is irrational")
    return _certified(law, claim, other, difference, name)


def _simple_point(function: BitsFunction, name: str, sign: int, known: Fraction) -> Fraction:
    """Return a point with a small denominator where the function has a sign, else a known one."""
    interval = function.ranges[name]
    low, high = interval.low or Fraction(0), interval.high or Fraction(0)
    grid = (
        Fraction(above, below)
        for below in range(2, SMALL)
        for above in range(floor(low * below), ceil(high * below) + 1)
    )
    for point in chain(grid, (known.limit_denominator(10**digits) for digits in range(2, 17))):
        inside = point in interval and point not in (low, high)
        if inside and function.at(**{name: point}).sign() == sign:
            return point
    return known


def _certified(
    law: Dist, claim: str, other: Dist | None, difference: BitsFunction, name: str
) -> RangeDecision:
    ranges = difference.ranges
    scaled = difference * as_ratio(law.total, ranges)
    if any(not f.denominator.is_ground for f in scaled.terms.values()):
        raise InvalidInput(
            f"expected polynomials in {name} as coefficients, got {claim!r}; multiply by the"
            " denominators",
            claim=claim,
        )
    members: dict[str, object] = {"range": ranges[name].shown(name), "law": _weighted(law)}
    if other is not None:
        members["other"] = _weighted(other)
    reason = ""
    for width in (COARSE, *WIDTHS):
        levels = sign_levels(curve_of(scaled, name), ranges[name], width)
        try:
            certificate = Certificate.seal(
                "range", **members, claim=claim, levels=[level.to_json() for level in levels]
            )
        except CertificateRejected as error:
            reason = str(error)
        else:
            return RangeDecision(claim, RangeTheorem(law, claim, certificate))
    return RangeDecision(claim, reason=reason)


def _one_range(law: Dist, other: Dist | None) -> Ranges:
    ranges: Any = law.parameters or (other.parameters if other is not None else {})
    if other is not None and other.parameters:
        ranges = ranges.joined(other.parameters)
    if len(ranges) != 1:
        fix = (
            "give the others values with law.at (--set)"
            if ranges
            else "measure the form on this one"
        )
        raise InvalidInput(
            f"expected a law with one parameter, got {', '.join(ranges) or 'none'}; {fix}",
            parameters=tuple(ranges),
        )
    (interval,) = ranges.values()
    if interval.low is None or interval.high is None:
        raise InvalidInput(f"expected a bounded range, got {ranges}", parameters=tuple(ranges))
    return ranges  # type: ignore[no-any-return]


def _weighted(law: Dist) -> dict[str, object]:
    weights = law.weights()
    rows: list[list[object]] = [[list(outcome), str(weight)] for outcome, weight in weights.items()]
    return {"variables": list(law.names), "weights": sorted(rows, key=lambda row: row[:1])}


class _ClaimParser(AmountParser):
    """Amounts in which forms of a law occur, and a relation between two of them."""

    def __init__(self, text: str, ranges: Ranges, law: Dist, other: Dist | None) -> None:
        self.law, self.other = law, other
        super().__init__(text, ranges)

    def difference(self) -> tuple[str, BitsFunction]:
        """Return the relation, and what is at least 0 when the claim holds."""
        left = self.sum()
        relation = self.token
        if relation not in _WANTED:
            raise self.fail("a relation")
        self.advance()
        right = self.sum()
        if self.kind:
            raise self.fail("the end")
        if relation[0] == "<":
            left, right = right, left
        return relation, BitsFunction.taken(left - right, self.ranges)

    def product(self) -> Any:
        value = super().product()
        while self.kind == 1:  # 2 H(X)
            value = value * super().product()
        return value

    def atom(self) -> Any:
        head, start = self.token, self.at - len(self.token)
        if head not in _MEASURES:
            return super().atom()
        stop = self.text.find("(", self.at)
        depth = 1 if stop == self.at else 0
        while depth and stop + 1 < len(self.text):
            stop += 1
            depth += {"(": 1, ")": -1}.get(self.text[stop], 0)
        if depth or stop < self.at:
            raise self.fail(f"variables in parentheses after {head}")
        text = self.text[start : stop + 1]
        self.at = stop + 1
        self.advance()
        return form(text)(self.law) if head != "D" else self.divergence(text[2:-1])

    def divergence(self, group: str) -> Any:
        if self.other is None:
            raise InvalidInput("expected a second law for D, got one law", claim=self.text)
        value = kl(self.law.marginal(group), self.other.marginal(group))
        if isinstance(value, Infinity):
            raise InvalidInput(f"expected a finite divergence, D({group}) is infinite")
        return value
