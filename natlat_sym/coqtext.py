"""Certificates as Coq: each linear proof a lemma about any function with Shannon's two properties.

A set of variables is a bit mask, joint entropy any function ``h`` from masks to the reals that is
0 at the empty set, monotone and submodular.  Nothing else of this package is used, so Coq's own
linear arithmetic over the reals is a second opinion on the sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from natlat_sym.certificates import Certificate
from natlat_sym.errors import InvalidInput
from natlat_sym.field import show
from natlat_sym.forms import Claim, Form
from natlat_sym.notation import claim as read_claim
from natlat_sym.prooflines import Lines, spread_lines

PREAMBLE = """\
(* Every lemma holds for any function h on sets of variables (bit masks) that is 0 at the empty
   set, monotone and submodular; joint entropy is one by Shannon's inequalities. *)
Require Import Reals Lra NArith.
Open Scope R_scope.

Definition entropic (h : N -> R) : Prop :=
  h 0%N = 0 /\\
  (forall a c, 0 <= h (N.lor a c) - h c) /\\
  (forall a b c, 0 <= h (N.lor a c) + h (N.lor b c) - h (N.lor (N.lor a b) c) - h c).
"""


def coq_text(certificate: Certificate, name: str = "claim") -> str:
    """Return a linear certificate as Coq source, without the preamble.

    Parameters
    ----------
    certificate : Certificate
        Of kind ``linear``, or ``symmetric`` with averages that can be written out.
    name : str
        Of the lemma.

    Returns
    -------
    str

    Raises
    ------
    InvalidInput
        For another kind: a law is no lemma.

    Examples
    --------
    >>> from natlat_sym import prove
    >>> print(coq_text(prove("H(X|Y) <= H(X)").certificate, "less"))
    (* H(X|Y) <= H(X) *)
    Lemma less : forall h : N -> R, entropic h ->
      0 <= h 1%N + h 2%N - h 3%N.
    Proof.
      intros h [z [mono sub]].
      pose proof (sub 1 2 0)%N as t0. cbn in t0.
      lra.
    Qed.
    """
    if certificate.kind not in ("linear", "symmetric"):
        raise InvalidInput(
            f"expected a linear or symmetric certificate to export, got kind {certificate.kind}",
            kind=certificate.kind,
        )
    data = certificate.data
    claim = read_claim(data["claim"])
    given = [read_claim(text) for text in data["given"]]
    forms = [claim.difference, *(h.difference for h in given)]
    used = _terms(data, given)
    names = sorted({n for form in forms for n in form.variables} | set(_names_of(used)))
    symbols = sorted({s for form in forms for s in form.symbols})
    bits = {variable: 1 << i for i, variable in enumerate(names)}
    head = [f"(* {text} *)" for text in (data["claim"], *(f"given {g}" for g in data["given"]))]
    quantified = f" ({' '.join(map(_symbol, symbols))} : R)" if symbols else ""
    assumed = [f"0 <= {_symbol(s)}" for s in symbols]
    assumed += [_statement(h, bits) for h in given]
    arrows = "".join(f"\n  {text} ->" for text in assumed)
    statement = f"Lemma {name} : forall (h : N -> R){quantified}, entropic h ->{arrows}"
    if not quantified:
        statement = statement.replace("forall (h : N -> R)", "forall h : N -> R")
    intros = " ".join(["h", *map(_symbol, symbols), "[z [mono sub]]"])
    intros += "".join(f" g{i}" for i in range(len(assumed)))
    steps = [f"  {_instance(term, bits, f't{i}')}" for i, term in enumerate(used)]
    goal = _statement(claim, bits)
    body = ["Proof.", f"  intros {intros}.", *steps, "  lra.", "Qed."]
    return "\n".join([*head, f"{statement}\n  {goal}.", *body])


def lemma_name(text: str) -> str:
    """Return a text as an identifier of Coq.

    Examples
    --------
    >>> lemma_name("P05.four-features")
    'P05_four_features'
    """
    name = re.sub(r"[^A-Za-z0-9_]", "_", text)
    return name if name[:1].isalpha() else f"c_{name}"


def _terms(data: Mapping[str, Any], given: Sequence[Claim]) -> list[str]:
    """Return the terms of the proof and of its converse, averages written out."""
    found: dict[str, None] = {}
    classes = tuple(map(tuple, data.get("classes", ())))
    for part in ("proof", "converse"):
        texts = [line["term"] for line in data.get(part, []) if "(" in line.get("term", "")]
        lines = Lines(dict.fromkeys(texts, Fraction(1)), {}, classes)
        found |= dict.fromkeys(spread_lines(lines, given).terms)
    return list(found)


def _names_of(terms: Sequence[str]) -> list[str]:
    inner = (term[2:-1].replace("|", ",").replace(";", ",") for term in terms)
    return [name for text in inner for name in text.split(",")]


def _symbol(name: str) -> str:
    return f"e_{name.replace(chr(39), '_')}"


def _statement(claim: Claim, bits: Mapping[str, int]) -> str:
    relation = "=" if claim.relation == "=" else "<="
    return f"0 {relation} {_form(claim.difference, bits)}"


def _form(form: Form, bits: Mapping[str, int]) -> str:
    parts: list[tuple[Fraction, str]] = []
    masks = {sum(bits[n] for n in names): value for names, value in form.entropies.items()}
    parts += [(value, f"h {mask}%N") for mask, value in sorted(masks.items())]
    parts += [(value, _symbol(name)) for name, value in sorted(form.symbols.items())]
    if form.constant:
        parts.append((form.constant, "1"))
    text = ""
    for value, body in parts:
        size = abs(value)
        scale = "" if size == 1 else f"{_number(size)} * "
        sign = "-" if value < 0 else "+"
        text += f" {sign} {scale}{body}" if text else f"{'- ' if value < 0 else ''}{scale}{body}"
    return text or "0"


def _number(value: Fraction) -> str:
    return show(value) if value.denominator == 1 else f"({show(value)})"


def _instance(term: str, bits: Mapping[str, int], name: str) -> str:
    front, _, behind = term[2:-1].partition("|")
    masks = [sum(bits[n] for n in block.split(",")) for block in front.split(";")]
    given = sum(bits[n] for n in behind.split(",")) if behind else 0
    rule = "mono" if term[0] == "H" else "sub"
    numbers = " ".join(map(str, [*masks, given]))
    return f"pose proof ({rule} {numbers})%N as {name}. cbn in {name}."
