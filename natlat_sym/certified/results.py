"""The results of the package: theorems, refutations, evaluations, each with its certificate.

Search may be clever and wrong; an object of this module exists only after the trusted checker has
accepted its certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from natlat_sym.certified.certificates import Certificate, law_json, require_about
from natlat_sym.certified.nonshannon import citation
from natlat_sym.certified.prooflines import Lines, spread_lines, substitute_lines
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.naming import read_names
from natlat_sym.exact.render import quantity
from natlat_sym.explained import explained
from natlat_sym.laws.dist import Dist
from natlat_sym.statements.forms import Claim

Polymatroid = Mapping[str, Fraction]
PROOFS = ("linear", "symmetric")  # the kinds of a theorem


@dataclass(frozen=True, repr=False)
class Theorem:
    """A claim that holds for every law that satisfies the hypotheses.

    Made by `prove` and by `Argument.qed`; constructing one takes a `Certificate`, which the trusted
    checker accepted when it was made, and a copy or an unpickled one is made, hence checked, again.

    Parameters
    ----------
    claim : Claim
        The claim.
    given : tuple of Claim
        The hypotheses it rests on, each of them used.
    certificate : Certificate
        Its evidence.

    Examples
    --------
    >>> from natlat_sym import prove
    >>> theorem = prove("I(X;Z) <= I(X;Y)", given="I(X;Z|Y) = 0")
    >>> print(theorem)
    ⊢ I(X;Z) <= I(X;Y)  given I(X;Z|Y) = 0
    >>> print(theorem.certificate)
    right - left
      =  1 * I(X;Y|Z)
      -  1 * I(X;Z|Y)  given I(X;Z|Y) = 0  >= 0
    """

    claim: Claim
    given: tuple[Claim, ...]
    certificate: Certificate

    def __post_init__(self) -> None:
        claim, given = str(self.claim), [str(h) for h in self.given]
        require_about(self.certificate, PROOFS, claim, claim=claim, given=given)

    def __reduce__(self) -> tuple[type[Theorem], tuple[object, ...]]:
        return Theorem, (self.claim, self.given, self.certificate)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The hypotheses as text."""
        return self.certificate.assumptions

    @explained
    def instantiate(self, groups: Mapping[str, str | Iterable[str]]) -> Theorem:
        """Replace variables by groups of variables, in claim, hypotheses and proof.

        Parameters
        ----------
        groups : mapping of str to group
            For instance ``{"M": "X2,X3"}``; an empty group makes the variable constant.

        Returns
        -------
        Theorem
            Re-checked.

        Examples
        --------
        >>> from natlat_sym import prove
        >>> theorem = prove("H(R|M) <= I(X1;X2|M) + H(R|X1) + H(R|X2)")
        >>> print(theorem.instantiate({"M": "X1,X2"}))
        ⊢ H(R|X1,X2) <= I(X1;X2|X1,X2) + H(R|X1) + H(R|X2)
        """
        replaced = {name: tuple(read_names(group)) for name, group in groups.items()}
        parts = [substitute_lines(lines, replaced) for lines in proof_lines(self)]
        order = [hypothesis.substitute(replaced) for hypothesis in self.given]
        return make_theorem(self.claim.substitute(replaced), parts, order)

    def to_latex(self) -> str:
        """Return the statement in LaTeX, without dollar signs."""
        given = r",\ ".join(hypothesis.to_latex() for hypothesis in self.given)
        return rf"{given} \vdash {self.claim.to_latex()}" if given else self.claim.to_latex()

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"

    def __str__(self) -> str:
        sources = [citation(hypothesis) for hypothesis in self.given]
        shown = [
            f"{text} [{source}]" if source else text
            for text, source in zip(self.assumptions, sources, strict=True)
        ]
        given = f"  given {', '.join(shown)}" if shown else ""
        return f"⊢ {self.claim}{given}"

    def __repr__(self) -> str:
        given = f", given={list(self.assumptions)!r}" if self.given else ""
        return f"prove({str(self.claim)!r}{given})"


@dataclass(frozen=True, repr=False)
class Refutation:
    """An explicit law that satisfies the hypotheses and violates the claim.

    Parameters
    ----------
    claim : Claim
        The claim that fails.
    given : tuple of Claim
        The hypotheses the law satisfies.
    law : Dist
        The law.
    symbols : mapping of str to Bits
        Values of the error symbols.
    excess : Bits
        By how much the claim fails, in bits; above 0.
    certificate : Certificate
        Its evidence.

    Examples
    --------
    >>> from natlat_sym import refute
    >>> print(refute("H(X) <= H(X|Y)"))
    not every law has H(X) <= H(X|Y)
    X,Y  mass
    0,0   1/2
    1,1   1/2
    <BLANKLINE>
    not H(X) <= H(X|Y)  (by 1)
    """

    claim: Claim
    given: tuple[Claim, ...]
    law: Dist
    symbols: Mapping[str, Bits]
    excess: Bits
    certificate: Certificate

    def __post_init__(self) -> None:
        members = {"claim": str(self.claim), "given": [str(h) for h in self.given]}
        values = {name: str(value) for name, value in self.symbols.items()} or None
        found = {"law": law_json(self.law), "symbols": values, "excess": str(self.excess)}
        require_about(self.certificate, ("refutation",), self.claim, **members, **found)

    def __str__(self) -> str:
        return f"{self.certificate.claim}\n{self.certificate}"

    def __repr__(self) -> str:
        return f"Refutation({self.certificate.claim!r})"


@dataclass(frozen=True, repr=False)
class Evaluation:
    """Exact values of forms on an explicit law.

    Parameters
    ----------
    law : Dist
        The law.
    statements : tuple of str
        What holds on it.
    certificate : Certificate
        Its evidence.

    Examples
    --------
    >>> from natlat_sym import Dist, evaluate
    >>> print(evaluate(Dist.uniform("X", ["0", "1"]), "H(X)"))
    some law has H(X) = 1
    """

    law: Dist
    statements: tuple[str, ...]
    certificate: Certificate

    def __post_init__(self) -> None:
        claims, law = list(self.statements), law_json(self.law)
        require_about(self.certificate, ("law",), " and ".join(claims), claims=claims, law=law)

    def __str__(self) -> str:
        return self.certificate.claim

    def __repr__(self) -> str:
        return f"Evaluation({str(self)!r})"


@dataclass(frozen=True)
class Decision:
    """The answer to a claim: proved, refuted by a law, or undecided; with its evidence.

    Attributes
    ----------
    claim : Claim
        What was asked.
    theorem : Theorem or None
        When proved.
    refutation : Refutation or None
        When refuted.
    polymatroid : mapping or None
        When not proved: a point that satisfies the Shannon inequalities and the hypotheses and
        violates the claim; entropies (and symbols, and ``1``) by their text.
    contradiction : Theorem or None
        When no law satisfies the hypotheses, so that any claim holds: 0 >= 1.
    """

    claim: Claim
    theorem: Theorem | None = None
    refutation: Refutation | None = None
    polymatroid: Polymatroid | None = None
    contradiction: Theorem | None = None

    def __post_init__(self) -> None:
        for found, kinds in ((self.theorem, PROOFS), (self.refutation, ("refutation",))):
            if found is not None:
                require_about(found.certificate, kinds, self.claim, claim=str(self.claim))

    @property
    def status(self) -> str:
        """``proved``, ``refuted`` or ``undecided``."""
        if self.theorem is not None:
            return "proved"
        return "undecided" if self.refutation is None else "refuted"

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the answer, if there is one."""
        found = self.theorem or self.refutation
        return None if found is None else found.certificate

    def to_json(self) -> dict[str, object]:
        """Return the answer as JSON values: status and certificate, witness or polymatroid."""
        answer: dict[str, object] = {"status": self.status, "claim": str(self.claim)}
        if self.contradiction is not None:
            answer["contradiction"] = self.contradiction.certificate.data
        if self.certificate is not None:
            answer["certificate"] = self.certificate.data
        if self.refutation is not None:
            answer["witness"] = self.certificate.data["law"] if self.certificate else None
            answer["excess"] = quantity(self.refutation.excess)
        elif self.polymatroid is not None:
            answer["polymatroid"] = {text: str(v) for text, v in self.polymatroid.items()}
        return answer

    def __str__(self) -> str:
        if self.theorem is not None:
            return f"proved  {self.theorem}\n{self.theorem.certificate}{self._warning()}"
        if self.refutation is not None:
            return f"refuted  {self.refutation}"
        if self.contradiction is not None:
            return f"undecided  {self.claim}{self._warning()}"
        point = dict(self.polymatroid or {})
        unit = point.pop("1", Fraction(0)) or Fraction(1)
        values = ", ".join(f"{text} = {value / unit}" for text, value in point.items())
        return (
            f"undecided  {self.claim}\n"
            "not a consequence of the Shannon inequalities, and no small law was found that"
            f" violates it\npolymatroid  {values}"
        )

    def _warning(self) -> str:
        if self.contradiction is None:
            return ""
        listed = " and ".join(map(str, self.contradiction.given))
        return f"\nno law satisfies {listed}, so that any claim follows"


def make_theorem(claim: Claim, parts: Sequence[Lines], order: Iterable[Claim]) -> Theorem:
    """Seal the lines of a proof (and of a converse) into a theorem.

    Parameters
    ----------
    claim : Claim
        What the lines prove.
    parts : sequence of Lines
        One, or two for an equality.
    order : iterable of Claim
        All hypotheses that may be cited; those that are come in this order.

    Returns
    -------
    Theorem

    Raises
    ------
    CertificateRejected
        When the lines do not add up to the claim.
    """
    order = tuple(order)
    if len({part.classes for part in parts}) > 1:
        parts = [spread_lines(part, order) for part in parts]
    classes = parts[0].classes
    cited = {h for part in parts for h in part.given}
    cited |= {h for p in parts for h in spread_lines(Lines({}, p.given, p.classes), order).given}
    used = tuple(dict.fromkeys(hypothesis for hypothesis in order if hypothesis in cited))
    content: dict[str, object] = {"claim": str(claim), "given": [str(h) for h in used]}
    if classes:
        content["classes"] = [list(names) for names in classes]
    for name, part in zip(("proof", "converse"), parts, strict=False):
        content[name] = part.to_json(used)
    return Theorem(claim, used, Certificate.seal("symmetric" if classes else "linear", **content))


def proof_lines(theorem: Theorem) -> list[Lines]:
    """Return the lines of a theorem's proof, and of its converse for an equality, written out."""
    data = theorem.certificate.data
    parts = []
    for name in ("proof", "converse"):
        lines = data.get(name)
        if lines is not None:
            terms = {line["term"]: Fraction(line["weight"]) for line in lines if "term" in line}
            given = {
                theorem.given[line["given"]]: Fraction(line["weight"])
                for line in lines
                if "given" in line
            }
            classes = tuple(tuple(names) for names in data.get("classes", ()))
            parts.append(spread_lines(Lines(terms, given, classes), theorem.given))
    return parts
