"""Certificates as Coq: each linear proof a lemma about any function with Shannon's two properties.

A set of variables is a bit mask, joint entropy any function ``h`` from masks to the reals that is
0 at the empty set, monotone and submodular.  Coq checks that the lines of the certificate add up to
the claim (``field``), and that non-negative lines make it hold (``lra``); nothing else of this
package is used, so it is a second opinion on the linear step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.prooflines import Lines, spread_lines
from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import show
from natlat_sym.statements.forms import Claim, Form
from natlat_sym.statements.notation import claim as read_claim
from natlat_sym.statements.notation import form as read_form

PREAMBLE = """\
(* Joint entropies, in bits.  A set of variables is a bit mask; each lemma says which bit is which.
   [entropic h] holds for the joint entropies of any law, by Shannon's inequalities.
   [averaged n h] holds for n exchangeable features beside some variables: [h a j] is the average
   of the entropy of the variables [a] and j of the features over all choices of these. *)
Require Import Reals Lra Lia NArith.
Open Scope R_scope.

Definition entropic (h : N -> R) : Prop :=
  h 0%N = 0 /\\
  (forall a c, 0 <= h (N.lor a c) - h c) /\\
  (forall a b c, 0 <= h (N.lor a c) + h (N.lor b c) - h (N.lor (N.lor a b) c) - h c).

Definition averaged (n : nat) (h : N -> nat -> R) : Prop :=
  h 0%N 0%nat = 0 /\\
  (forall a c i k, (i + k <= n)%nat -> 0 <= h (N.lor a c) (i + k)%nat - h c k) /\\
  (forall a b c i j k, (i + j + k <= n)%nat ->
     0 <= h (N.lor a c) (i + k)%nat + h (N.lor b c) (j + k)%nat
          - h (N.lor (N.lor a b) c) (i + j + k)%nat - h c k).
"""
EXPORTED = ("linear", "symmetric", "all-n")
RESERVED = {
    *("as", "at", "cofix", "else", "end", "exists", "fix", "for", "forall", "fun", "if", "in"),
    *("let", "match", "mod", "return", "Prop", "Set", "SProp", "then", "Type", "using", "where"),
    *("with", "averaged", "entropic"),
}


@dataclass(frozen=True)
class Line:
    """A weighted line of a proof: what it adds, and the step that makes it non-negative."""

    weight: Fraction
    body: str
    step: str = ""
    note: str = ""


@dataclass(frozen=True)
class Lemma:
    """A lemma: comments, what is quantified and assumed, the claim, and the sums that prove it."""

    name: str
    comments: Sequence[str]
    domain: str
    assumed: str
    symbols: Sequence[str]
    premises: Sequence[str]
    relation: str
    difference: str
    sums: Sequence[Sequence[Line]]

    def __str__(self) -> str:
        names = [f"e_{name}" for name in self.symbols]
        bound = f"(h : {self.domain}) ({' '.join(names)} : R)" if names else f"h : {self.domain}"
        premises = [self.assumed, *(f"0 <= {name}" for name in names), *self.premises]
        head = [f"(* {text} *)" for text in self.comments]
        head.append(f"Lemma {self.name} : forall {bound},")
        head += [f"  {premise} ->" for premise in premises]
        head.append(f"  0 {self.relation} {self.difference}.")
        facts = ["[z [mono sub]]", *(f"g{i}" for i in range(len(premises) - 1))]
        body = ["Proof.", f"  intros {' '.join(['h', *names, *facts])}."]
        steps = dict.fromkeys((line.step, line.note) for lines in self.sums for line in lines)
        for number, (step, note) in enumerate(pair for pair in steps if pair[0]):
            body.append(f"  (* {note} *)")
            body.append(f"  pose proof ({step})%N as t{number}. cbn in t{number}.")
        for number, lines in enumerate(self.sums):
            total = weighted((line.weight, f"({line.body})") for line in lines)
            left = f"- ({self.difference})" if number else self.difference
            body.append(f"  assert (sum{number} : {left} =\n    {total}) by field.")
        return "\n".join([*head, *body, "  lra.", "Qed."])


def coq_text(certificate: Certificate, name: str = "claim") -> str:
    """Return a certificate as Coq source, without the preamble.

    Parameters
    ----------
    certificate : Certificate
        Of kind ``linear``; ``symmetric`` with averages that can be written out; or ``all-n``,
        which becomes a lemma for each of the three least n.
    name : str
        Of the lemma.

    Returns
    -------
    str

    Raises
    ------
    InvalidInput
        For another kind: a law is evaluated, which is no linear step.

    Examples
    --------
    >>> from natlat_sym import prove
    >>> print(coq_text(prove("H(X|Y) <= H(X)").certificate, "less"))
    (* H(X|Y) <= H(X) *)
    (* X = 1, Y = 2 *)
    Lemma less : forall h : N -> R,
      entropic h ->
      0 <= h 1%N + h 2%N - h 3%N.
    Proof.
      intros h [z [mono sub]].
      (* I(X;Y) *)
      pose proof (sub 1 2 0)%N as t0. cbn in t0.
      assert (sum0 : h 1%N + h 2%N - h 3%N =
        (h 1%N + h 2%N - h 3%N)) by field.
      lra.
    Qed.
    """
    if certificate.kind not in EXPORTED:
        raise InvalidInput(
            f"expected a certificate of kind {', '.join(EXPORTED[:-1])} or {EXPORTED[-1]} to "
            f"export, got kind {certificate.kind}, which evaluates a law and has no linear step",
            kind=certificate.kind,
        )
    return lemma_text(certificate.data, name)


def lemma_text(data: Mapping[str, Any], name: str) -> str:
    """Return the lemmas of a certificate that is given as JSON values, accepted or not."""
    if data["kind"] == "all-n":
        from natlat_sym.certified.coqfamily import family_lemmas

        return "\n\n".join(map(str, family_lemmas(data, name)))
    return str(_linear_lemma(data, name))


def lemma_name(text: str) -> str:
    """Return a text as an identifier of Coq.

    Examples
    --------
    >>> lemma_name("P05.four-features"), lemma_name("match")
    ('P05_four_features', 'c_match')
    """
    name = re.sub(r"[^A-Za-z0-9_]", "_", text)
    return name if name[:1].isalpha() and name not in RESERVED else f"c_{name}"


def weighted(parts: Iterable[tuple[Fraction, str]]) -> str:
    """Return a sum of weighted expressions.

    Examples
    --------
    >>> weighted([(Fraction(-1), "h 1%N"), (Fraction(1, 2), "h 2%N")])
    '- h 1%N + (1/2) * h 2%N'
    """
    text = ""
    for value, body in parts:
        size = abs(value)
        number = show(size) if size.denominator == 1 else f"({show(size)})"
        piece = body if size == 1 else f"{number} * {body}"
        sign = "-" if value < 0 else "+"
        text += f" {sign} {piece}" if text else f"{'- ' if value < 0 else ''}{piece}"
    return text or "0"


def legend(bits: Mapping[str, int]) -> list[str]:
    """Return the comment that says which variable is which bit."""
    return [", ".join(f"{name} = {bit}" for name, bit in bits.items())] if bits else []


def _linear_lemma(data: Mapping[str, Any], name: str) -> Lemma:
    claim = read_claim(data["claim"])
    given = [read_claim(text) for text in data["given"]]
    parts = [_spread(data, part, given) for part in ("proof", "converse") if part in data]
    forms = [claim.difference, *(h.difference for h in given)]
    terms = {text: read_form(text) for part in parts for text in part.terms}
    names = sorted({n for form in (*forms, *terms.values()) for n in form.variables})
    bits = {variable: 1 << i for i, variable in enumerate(names)}
    sums = []
    for part in parts:
        lines = [
            Line(weight, _form(terms[text], bits), _step(text, bits), text)
            for text, weight in part.terms.items()
        ]
        lines += [Line(w, _form(h.difference, bits)) for h, w in part.given.items()]
        sums.append(lines)
    return Lemma(
        name,
        [data["claim"], *(f"given {text}" for text in data["given"]), *legend(bits)],
        "N -> R",
        "entropic h",
        sorted({symbol for form in (*forms, *terms.values()) for symbol in form.symbols}),
        [f"0 {relation(h.relation)} {_form(h.difference, bits)}" for h in given],
        relation(claim.relation),
        _form(claim.difference, bits),
        sums,
    )


def relation(text: str) -> str:
    """Return how a difference compares with 0."""
    return "=" if text == "=" else "<="


def _spread(data: Mapping[str, Any], part: str, given: Sequence[Claim]) -> Lines:
    """Return the lines of a part, averages written out."""
    terms = {line["term"]: Fraction(line["weight"]) for line in data[part] if "term" in line}
    cited = {given[x["given"]]: Fraction(x["weight"]) for x in data[part] if "given" in x}
    return spread_lines(Lines(terms, cited, tuple(map(tuple, data.get("classes", ())))), given)


def _form(form: Form, bits: Mapping[str, int]) -> str:
    masks = {sum(bits[n] for n in names): value for names, value in form.entropies.items()}
    parts = [(value, f"h {mask}%N") for mask, value in sorted(masks.items())]
    parts += [(value, f"e_{name}") for name, value in sorted(form.symbols.items())]
    return weighted([*parts, *([(form.constant, "1")] if form.constant else [])])


def _step(term: str, bits: Mapping[str, int]) -> str:
    if "(" not in term:
        return ""
    front, _, behind = term[2:-1].partition("|")
    masks = [sum(bits[n] for n in block.split(",")) for block in front.split(";")]
    given = sum(bits[n] for n in behind.split(",")) if behind else 0
    rule = "mono" if term[0] == "H" else "sub"
    return " ".join([rule, *map(str, [*masks, given])])
