"""Commands about claims: proved, bounded, re-checked, exported; and the folder of proofs."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from natlat_sym.cli import FALSIFIED, UNDECIDED, VERIFIED
from natlat_sym.commands.inputs import Result, at_point

if TYPE_CHECKING:
    from natlat_sym.certified.certificates import Certificate


def run_prove(arguments: argparse.Namespace) -> Result:
    """Proved, refuted by an explicit law, or undecided."""
    from natlat_sym.certified.nonshannon import cite
    from natlat_sym.certified.problems import read_given
    from natlat_sym.certified.theorems import decide
    from natlat_sym.errors import InvalidInput
    from natlat_sym.statements.notation import claim as read_claim

    if arguments.all_n:
        return _prove_for_all_n(arguments)
    if arguments.on or arguments.other:
        return _prove_on_range(arguments)
    if arguments.point:
        raise InvalidInput("expected --on SOURCE beside --set: a claim about all laws has none")
    given = read_given(arguments.given)
    forms = [read_claim(arguments.claim).difference, *(claim.difference for claim in given)]
    names = sorted({name for form in forms for name in form.variables})
    cited = [claim for name in arguments.cite for claim in cite(name, names)]
    decision = decide(arguments.claim, [*given, *cited])
    code = {"proved": VERIFIED, "refuted": FALSIFIED, "undecided": UNDECIDED}[decision.status]
    _write_certificate(arguments, decision.certificate)
    return Result(code, str(decision), decision.to_json())


def _prove_for_all_n(arguments: argparse.Namespace) -> Result:
    from natlat_sym.certified.families import prove_for_all_n
    from natlat_sym.errors import NotDerivable

    stated = (arguments.claim, arguments.given, arguments.all_n)
    payload: dict[str, object] = {"status": "proved", "claim": arguments.claim}
    try:
        theorem = prove_for_all_n(*stated)
    except NotDerivable as error:
        return _refute_family(arguments, error)
    _write_certificate(arguments, theorem.certificate)
    payload["certificate"] = theorem.certificate.data
    return Result(VERIFIED, f"proved  {theorem}\n{theorem.certificate}", payload)


def _refute_family(arguments: argparse.Namespace, reason: Exception) -> Result:
    """Refuted for every n from some n on, or for one n; else undecided."""
    from natlat_sym.certified.familylaws import refute_for_all_n
    from natlat_sym.certified.instances import refute_for_some_n
    from natlat_sym.errors import NoWitnessFound

    stated = (arguments.claim, arguments.given, arguments.all_n)
    payload: dict[str, object] = {"status": "refuted", "claim": arguments.claim}
    try:
        found = refute_for_all_n(*stated)
    except NoWitnessFound:
        single = refute_for_some_n(*stated)
        if single is None:
            return Result(UNDECIDED, f"undecided  {reason}", {**payload, "status": "undecided"})
        certificate = single.refutation.certificate
        payload |= {"n": single.n, "m": single.m, "witness": certificate.data["law"]}
        shown = f"refuted  {single}\n{certificate}"
    else:
        certificate, shown = found.certificate, f"refuted  {found}\n{found.certificate}"
    _write_certificate(arguments, certificate)
    return Result(FALSIFIED, shown, {**payload, "certificate": certificate.data})


def _prove_on_range(arguments: argparse.Namespace) -> Result:
    from natlat_sym.certified.ranged import decide_on_range
    from natlat_sym.errors import InvalidInput
    from natlat_sym.sources import load_source

    if arguments.given or arguments.cite:
        raise InvalidInput("expected no --given and no --cite beside --on: the law is there")
    laws = [load_source(source) for source in (arguments.on, arguments.other) if source]
    if not arguments.on:
        raise InvalidInput("expected --on SOURCE beside --other SOURCE, got --other alone")
    law, *others = at_point(arguments, *laws)
    decision = decide_on_range(law, arguments.claim, *others)
    code = {"proved": VERIFIED, "refuted": FALSIFIED, "undecided": UNDECIDED}[decision.status]
    _write_certificate(arguments, decision.certificate)
    return Result(code, str(decision), decision.to_json())


def _write_certificate(arguments: argparse.Namespace, certificate: Certificate | None) -> None:
    if arguments.output and certificate is not None:
        certificate.write(arguments.output)
        print(f"natlat prove: certificate in {arguments.output}", file=sys.stderr)


def run_export(arguments: argparse.Namespace) -> Result:
    """A certificate as lemmas of Coq."""
    from pathlib import Path

    from natlat_sym.certified.certificates import Certificate
    from natlat_sym.certified.coqtext import PREAMBLE, coq_text, lemma_name
    from natlat_sym.exact.files import read_text, write_aside

    path = Path(arguments.file)
    certificate = Certificate(read_text(path, "a certificate"))
    text = f"{PREAMBLE}\n{coq_text(certificate, lemma_name(path.stem))}"
    if arguments.output:
        write_aside(arguments.output, text + "\n")
        print(f"natlat export: Coq source in {arguments.output}", file=sys.stderr)
    shown = certificate.claim if arguments.output else text
    return Result(VERIFIED, shown, {"claim": certificate.claim, "coq": text})


def run_bound(arguments: argparse.Namespace) -> Result:
    """The least linear bounds on a form, each with its certificate."""
    from natlat_sym.certified.bounds import bound
    from natlat_sym.errors import NotDerivable

    try:
        bounds = bound(arguments.form, arguments.given)
    except NotDerivable as error:
        nothing: dict[str, object] = {"bounds": [], "certificates": [], "attained": []}
        return Result(FALSIFIED, str(error), {**nothing, "reason": str(error)})
    return Result(VERIFIED, str(bounds), bounds.to_json())


def run_check(arguments: argparse.Namespace) -> Result:
    """Re-check a certificate with the trusted checker alone."""
    from natlat_sym import check
    from natlat_sym.errors import CertificateRejected, UnreadableFile
    from natlat_sym.exact.files import read_text

    try:
        checked = check.verify(read_text(arguments.file, "a certificate"))
    except check.Unreadable as error:
        raise UnreadableFile(
            f"expected a certificate, {arguments.file!r} is not one: {error}", path=arguments.file
        ) from error
    except check.Rejected as error:
        if not arguments.json:
            raise CertificateRejected(f"rejected: {error}") from error
        print(f"natlat check: rejected: {error}", file=sys.stderr)
        rejected: dict[str, object] = {"status": "rejected", "claim": None, "assumptions": []}
        return Result(FALSIFIED, "", {**rejected, "reason": str(error)})
    given = [f"  given {text}" for text in checked["assumptions"]]
    text = "\n".join([f"verified  {checked['claim']}", *given])
    payload = {name: checked[name] for name in ("status", "claim", "assumptions")}
    return Result(VERIFIED, text, payload)


def run_proofs(arguments: argparse.Namespace) -> Result:
    """Run the proof scripts and print the proof map."""
    from natlat_sym.maptext import chapter_text, tally
    from natlat_sym.proofmap import run_proofs as run

    proof_map = run(
        arguments.folder,
        update=arguments.update,
        progress=lambda line: print(line, file=sys.stderr, flush=True),
    )
    lines = [f"{chapter_text(chapter)}\n" for chapter in proof_map.chapters]
    lines += [f"fault: {fault}" for fault in proof_map.faults]
    faults = len(proof_map.faults)
    lines.append(tally(proof_map.entries) if proof_map.sound else f"faults: {faults}")
    payload = {
        "results": [entry.to_json() for entry in proof_map.entries],
        "chapters": [
            {"id": chapter.id, "title": chapter.title, "seconds": round(chapter.seconds, 3)}
            for chapter in proof_map.chapters
        ],
        "faults": list(proof_map.faults),
    }
    return Result(VERIFIED if proof_map.sound else FALSIFIED, "\n".join(lines), payload)


def run_report(arguments: argparse.Namespace) -> Result:
    """Run the proof scripts and write all of it on one page; nothing is written on a fault."""
    from natlat_sym.exact.files import write_aside
    from natlat_sym.maptext import tally
    from natlat_sym.proofmap import run_proofs as run
    from natlat_sym.report import report_html

    proof_map = run(
        arguments.folder, progress=lambda line: print(line, file=sys.stderr, flush=True)
    )
    payload: dict[str, object] = {
        "file": arguments.output if proof_map.sound else None,
        "results": len(proof_map.entries),
        "faults": list(proof_map.faults),
    }
    if not proof_map.sound:
        lines = [f"fault: {fault}" for fault in proof_map.faults]
        return Result(FALSIFIED, "\n".join([*lines, "no page written"]), payload)
    write_aside(arguments.output, report_html(proof_map.chapters))
    text = f"{tally(proof_map.entries)}\npage in {arguments.output}"
    return Result(VERIFIED, text, payload)
