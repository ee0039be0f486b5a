"""Certificates: sealed JSON text that the trusted checker has accepted, shown for people."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from natlat_sym import check
from natlat_sym.certified.familylatex import latex_family, latex_statement
from natlat_sym.certified.familytext import show_family
from natlat_sym.errors import CertificateRejected, UnreadableFile
from natlat_sym.exact.files import write_aside
from natlat_sym.exact.render import text_table
from natlat_sym.explained import explained
from natlat_sym.laws.lawfile import law_to_json
from natlat_sym.statements.notation import claim as read_claim
from natlat_sym.statements.notation import form as read_form

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


def checked(text: str) -> dict[str, Any]:
    """Run the trusted checker on certificate text.

    Parameters
    ----------
    text : str
        The certificate, JSON text.

    Returns
    -------
    dict
        ``status``, ``kind``, ``claim``, ``assumptions``.

    Raises
    ------
    UnreadableFile
        When the text is not JSON.
    CertificateRejected
        With the checker's reason.

    Examples
    --------
    >>> checked("[]")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.CertificateRejected: rejected: certificate: expected an object
    """
    try:
        return check.verify(text)
    except check.Unreadable as error:
        raise UnreadableFile(f"expected a certificate: {error}") from error
    except check.Rejected as error:
        raise CertificateRejected(f"rejected: {error}", reason=str(error)) from error


@dataclass(frozen=True)
class Certificate:
    """Evidence for one statement, accepted by the trusted checker when this object was made.

    Parameters
    ----------
    text : str
        JSON text in the format natlat-certificate/1.

    Attributes
    ----------
    kind : str
        ``linear``, ``symmetric``, ``law``, ``refutation``, ``gap``, ``all-n``, ``all-n-law`` or
        ``range``.
    claim : str
        The statement, as the checker prints it.
    assumptions : tuple of str
        The hypotheses the statement rests on.

    Raises
    ------
    CertificateRejected
        When the checker does not accept the text.

    Examples
    --------
    >>> from natlat_sym import prove
    >>> print(prove("H(X|Y) <= H(X)").certificate)
    right - left
      =  1 * I(X;Y)  >= 0
    """

    text: str
    kind: str = field(init=False)
    claim: str = field(init=False)
    assumptions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        result = checked(self.text)
        object.__setattr__(self, "kind", result["kind"])
        object.__setattr__(self, "claim", result["claim"])
        object.__setattr__(self, "assumptions", tuple(result["assumptions"]))

    def __reduce__(self) -> tuple[type[Certificate], tuple[str]]:
        return Certificate, (self.text,)

    @classmethod
    def seal(cls, kind: str, **members: object) -> Certificate:
        """Add format and digest to the members of a certificate, and check it.

        Parameters
        ----------
        kind : str
            ``linear``, ``law`` or ``refutation``.
        **members
            The members that this kind has, as JSON values.

        Returns
        -------
        Certificate
        """
        content = {"format": "natlat-certificate/1", "kind": kind, **members}
        plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        digest = "sha256:" + hashlib.sha256(plain.encode("ascii")).hexdigest()
        lines = [
            f" {json.dumps(name)}: {_layout(value)}"
            for name, value in {**content, "digest": digest}.items()
        ]
        return cls("{\n" + ",\n".join(lines) + "\n}\n")

    @property
    def data(self) -> dict[str, Any]:
        """The certificate as fresh JSON values."""
        return dict(json.loads(self.text))

    @explained
    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the certificate to a file.

        Parameters
        ----------
        path : path
            Where to.
        """
        write_aside(path, self.text)

    def __str__(self) -> str:
        data = self.data
        if self.kind in ("linear", "symmetric"):
            return "\n".join(_show_part(data, *part) for part in _parts(data))
        if self.kind == "all-n":
            return show_family(data)
        if self.kind == "range":
            return _show_range(data)
        if self.kind == "all-n-law":
            names = [f"{name} is {what}" for name, what in data["names"].items()]
            return "\n".join([", ".join(names), "", *data["claims"]]).lstrip()
        rows = [(",".join(outcome), mass) for outcome, mass in data["law"]["mass"]]
        head = ",".join(data["law"]["variables"])
        values = [f"{name} = {value}" for name, value in data.get("symbols", {}).items()]
        stated = data.get("claims") or [self.claim]
        if self.kind == "refutation":
            stated = [f"not {data['claim']}  (by {data['excess']})"]
        return "\n".join([text_table([(head, "mass"), *rows], right=[1]), "", *values, *stated])

    def to_latex(self) -> str:
        """Return the sum of a proof as a LaTeX ``aligned`` block.

        Returns
        -------
        str
            Without dollar signs; the statement itself for the other kinds.
        """
        data = self.data
        if self.kind == "all-n":
            return latex_family(data)
        if self.kind == "all-n-law":
            parts = [latex_statement(claim, data["features"]) for claim in data["claims"]]
            return r",\quad ".join(parts)
        if self.kind not in ("linear", "symmetric"):
            return rf"\text{{{self.claim}}}".replace("_", r"\_")
        body = r" \\ ".join(_latex_part(data, *part) for part in _parts(data))
        return rf"\begin{{aligned}}{body}\end{{aligned}}"

    def _repr_latex_(self) -> str:
        return f"${self.to_latex()}$"


def law_json(law: Dist) -> dict[str, Any]:
    """Return a law as it stands in a certificate, outcomes in ascending order."""
    data = law_to_json(law)
    return {**data, "mass": sorted(data["mass"])}


def require_about(sealed: object, kinds: Sequence[str], said: object, **members: object) -> None:
    """Refuse a result unless its certificate is of a kind and has the members that it says.

    Parameters
    ----------
    sealed : Certificate
        What nothing but a `Certificate` is, is not sure to have been checked.
    kinds : sequence of str
        Of these kinds.
    said : object
        For the message: what the result says.
    **members
        JSON values; None for a member that there is not.

    Raises
    ------
    CertificateRejected
        When it is about something else.

    Examples
    --------
    >>> require_about(None, ["linear"], "H(X) >= 0")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.CertificateRejected: rejected: expected a Certificate, got NoneType
    """
    if type(sealed) is not Certificate:
        raise CertificateRejected(f"rejected: expected a Certificate, got {type(sealed).__name__}")
    data = sealed.data
    fits = all(data.get(name) == value for name, value in members.items())
    if sealed.kind not in kinds or not fits:
        raise CertificateRejected(
            f"rejected: the certificate is about {sealed.claim}, not about {said}"
        )


def _layout(value: object) -> str:
    """Write lists one element a line, the rest on one line."""
    for long in ("mass", "weights"):
        if isinstance(value, dict) and long in value:
            rest = {name: part for name, part in value.items() if name != long}
            return json.dumps(rest)[:-1] + f', "{long}": {_layout(value[long])}}}'
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(json.dumps(part) for part in value) + "]"
    return json.dumps(value)


def _show_range(data: Mapping[str, Any]) -> str:
    """Return the laws of a range certificate, and the signs of the derivatives."""
    parts = []
    for name in ("law", "other"):
        if name in data:
            rows = [(",".join(outcome), weight) for outcome, weight in data[name]["weights"]]
            parts += [text_table([(",".join(data[name]["variables"]), "weight"), *rows]), ""]
    low, *_, high = data["range"].split()
    lines = []
    for number, level in enumerate(data["levels"]):
        points = [low, *level["cuts"], high]
        cells = zip(pairwise(points), level["signs"], strict=True)
        shown = ", ".join(f"{sign} on ({a}, {b})" for (a, b), sign in cells)
        lines.append(f"derivative {number}: {shown}")
    return "\n".join([*parts, *(lines or ["both sides are the same function"])])


# ---- linear certificates for people ----


def _parts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    upward = read_claim(data["claim"]).relation == "<="
    orders = "; ".join(map(_listed, data.get("classes", [])))
    tail = f", averaged over the orders of {orders}" if orders else ""
    first = (("right - left" if upward else "left - right") + tail, "proof")
    return [first, ("right - left" + tail, "converse")] if "converse" in data else [first]


def _listed(names: Sequence[str]) -> str:
    shown = names if len(names) <= 6 else [*names[:2], "...", names[-1]]
    return ",".join(shown)


def _show_part(data: Mapping[str, Any], head: str, part: str) -> str:
    lines = [_line(data, line) for line in data[part]]
    if not lines:
        return f"{head}\n  =  0, identically"
    width = max(len(str(abs(weight))) for weight, _, _ in lines)
    bodies = [f"{abs(weight)!s:>{width}} * {body}" for weight, body, _ in lines]
    signs = ["+" if weight > 0 else "-" for weight, _, _ in lines]
    signs[0] = "=" if signs[0] == "+" else "= -"
    right = max(map(len, bodies))
    notes = [f"given {hypothesis}" if hypothesis else "" for _, _, hypothesis in lines]
    notes[-1] = f"{notes[-1]}  >= 0".lstrip() if notes[-1] else ">= 0"
    shown = [
        f"  {sign}  {body:<{right}}  {note}".rstrip()
        for sign, body, note in zip(signs, bodies, notes, strict=True)
    ]
    return "\n".join([head, *shown])


def _line(data: Mapping[str, Any], line: Mapping[str, Any]) -> tuple[Fraction, str, str]:
    weight = Fraction(line["weight"])
    if "term" in line:
        return weight, line["term"], ""
    hypothesis = read_claim(data["given"][line["given"]])
    body = str(hypothesis.difference)
    simple = not any(sign in body for sign in ("+", "-", "*", " "))
    return weight, body if simple else f"({body})", str(hypothesis)


def _latex_part(data: Mapping[str, Any], head: str, part: str) -> str:
    head, _, tail = head.partition(",")
    left, right = (rf"\text{{{side}}}" for side in head.split(" - "))
    pieces = []
    for line in data[part]:
        weight, _, _ = _line(data, line)
        if "term" in line:
            body = read_form(line["term"]).to_latex()
        else:
            hypothesis = read_claim(data["given"][line["given"]])
            body = rf"\left({hypothesis.difference.to_latex()}\right)"
        pieces.append(f"{'-' if weight < 0 else '+'} {_latex_number(abs(weight))}{body}")
    text = " ".join(pieces).removeprefix("+ ") or "0"
    note = rf"\quad\text{{({tail.strip()})}}" if tail else ""
    return rf"{left} - {right} &= {text} \ge 0{note}"


def _latex_number(weight: Fraction) -> str:
    if weight == 1:
        return ""
    if weight.denominator == 1:
        return rf"{weight}\,"
    return rf"\tfrac{{{weight.numerator}}}{{{weight.denominator}}}\,"
