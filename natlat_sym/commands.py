"""What each subcommand does: a few lines around one public function, text and JSON alike."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.cli import FALSIFIED, LONGEST, UNDECIDED, VERIFIED
from natlat_sym.exact.render import approximate, quantity, text_table

if TYPE_CHECKING:
    from natlat_sym.certified.certificates import Certificate
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.latents import NaturalLatent
    from natlat_sym.natural.translation import Translation
    from natlat_sym.zoo import Entry


@dataclass(frozen=True)
class Result:
    """What a command has to say: exit code, text for people, object for machines."""

    code: int
    text: str
    payload: dict[str, object]


def run_errors(arguments: argparse.Namespace) -> Result:
    """Exact natural-latent errors of a latent."""
    from natlat_sym.natural.latents import natural_latent

    features = _features(arguments)
    law = _law(arguments, features and [*features, arguments.latent])
    report = natural_latent(law, features, arguments.latent)
    if arguments.json:
        return Result(VERIFIED, "", _readable(arguments, report))
    return Result(VERIFIED, str(report), {})


def _readable(
    arguments: argparse.Namespace, report: NaturalLatent | Translation
) -> dict[str, object]:
    """Return a report as JSON; texts that no one reads are left out, unless they are asked for."""
    if arguments.exact:
        return report.to_json()
    payload = report.to_json(longest=LONGEST)
    if _leaves_out(payload):
        text = f"exact texts of more than {LONGEST} characters are null; --exact prints them"
        print(f"natlat {arguments.command}: {text}", file=sys.stderr)
    return payload


def _leaves_out(value: object) -> bool:
    """Tell whether the exact text of some quantity is missing."""
    if isinstance(value, dict):
        missing = "exact" in value and value["exact"] is None
        return missing or any(map(_leaves_out, value.values()))
    return isinstance(value, list) and any(map(_leaves_out, value))


def run_measure(arguments: argparse.Namespace) -> Result:
    """Exact values of forms on a law."""
    from natlat_sym.statements.notation import form

    forms = [(text, form(text)) for text in arguments.forms]
    law = _law(arguments, sorted({name for _, f in forms for name in f.variables}))
    values = [(text, f(law)) for text, f in forms]
    rows = [(text, str(value), approximate(value) or "") for text, value in values]
    payload = [{"form": text, **quantity(value)} for text, value in values]
    return Result(VERIFIED, text_table(rows), {"values": payload})


def run_limit(arguments: argparse.Namespace) -> Result:
    """Leading behaviour of a form on a parametric law."""
    from natlat_sym.parameters.leading import limits
    from natlat_sym.statements.notation import form

    found = limits(form(arguments.form)(_law(arguments)), arguments.at)
    payload: dict[str, object] = {
        "form": arguments.form,
        "at": found.at,
        "leading": found.leading,
        "limit": str(found.limit),
    }
    return Result(VERIFIED, f"{arguments.form} = {found}", payload)


def run_find(arguments: argparse.Namespace) -> Result:
    """Whether an exact natural latent exists."""
    from natlat_sym.natural.latents import find_natural_latent

    features = _features(arguments)
    found = find_natural_latent(
        _law(arguments, features), features, _strength(arguments.redundancy)
    )
    code = VERIFIED if found.exists else FALSIFIED
    payload = found.to_json() if arguments.json else {}  # as long as the support
    return Result(code, str(found), payload)


def run_best(arguments: argparse.Namespace) -> Result:
    """The best deterministic latent, exact; on large supports a good one with bounds."""
    from natlat_sym.certified.nearbest import near_best_latent
    from natlat_sym.natural.best import SIZES, best_latent
    from natlat_sym.natural.features import as_features

    features, strength = _features(arguments), _strength(arguments.redundancy)
    law = _law(arguments, features)
    names = [name for group in as_features(law, features) for name in group]
    if len(law.marginal(names)) <= SIZES[arguments.score]:
        found = best_latent(law, features, arguments.score, strength)
        return Result(VERIFIED, str(found), found.to_json())
    near = near_best_latent(law, features, arguments.score, strength)
    return Result(VERIFIED, str(near), near.to_json())


def run_translate(arguments: argparse.Namespace) -> Result:
    """Whether one latent is a (stochastic) function of another."""
    from natlat_sym.errors import InvalidInput
    from natlat_sym.natural.translation import translate

    features = _features(arguments)
    names = arguments.source_latent, arguments.target_latent
    if not arguments.other:
        if arguments.under != "first":
            raise InvalidInput("expected two sources with --under: one law is under itself")
        law = _law(arguments, features and [*features, *dict.fromkeys(names)])
        return _translated(arguments, translate(law, *names, features), {})
    sources = {"first law": arguments.source, "second law": arguments.other}
    under: Dist | str = arguments.under
    if under not in ("first", "second"):
        sources["third law"] = arguments.under
        under = _one_of(arguments, arguments.under)
    law, other = (_one_of(arguments, source) for source in (arguments.source, arguments.other))
    result = translate(law, *names, features, other=other, under=under)
    return _translated(arguments, result, sources)


def _one_of(arguments: argparse.Namespace, source: str) -> Dist:
    """Load one of several sources: the options are for those they fit."""
    from natlat_sym.sources import is_net, is_table, load_source

    asked = getattr(arguments, "features", None) or getattr(arguments, "given", None)
    kept = _listed(arguments.keep or asked)
    if kept is not None:
        kept = list(dict.fromkeys([*kept, arguments.source_latent, arguments.target_latent]))
    return load_source(
        source,
        arguments.count if is_table(source) else None,
        normalise=arguments.normalise and is_net(source),
        among=kept,
    )


def _translated(
    arguments: argparse.Namespace, result: Translation, sources: dict[str, str]
) -> Result:
    if arguments.svg:
        from natlat_sym.draw import translation_table
        from natlat_sym.exact.files import write_aside

        write_aside(arguments.svg, f"{translation_table(result)}\n")
        print(f"natlat translate: picture in {arguments.svg}", file=sys.stderr)
    named: dict[str, object] = {"sources": sources} if sources else {}
    if arguments.json:
        return Result(VERIFIED, "", {**_readable(arguments, result), **named})
    return Result(VERIFIED, "\n".join([*_source_lines(sources), str(result)]), {})


def _source_lines(sources: dict[str, str]) -> list[str]:
    return [text_table(sources.items())] if sources else []


def run_garbling(arguments: argparse.Namespace) -> Result:
    """Whether one channel is a garbled version of another."""
    from natlat_sym.natural.garblings import garbling

    names = arguments.source_latent, arguments.target_latent
    given = _listed(arguments.given)
    if arguments.other:
        law, other = (_one_of(arguments, source) for source in (arguments.source, arguments.other))
        shared = [name for name in law.names if name in other.names and name not in names]
        given = given or shared
        found = garbling(law, *names, given=given, other=other)
    else:
        law = _law(arguments, given and [*given, *dict.fromkeys(names)])
        given = given or [name for name in law.names if name not in names]
        found = garbling(law, *names, given=given)
    payload = {"from": names[0], "to": names[1], "given": given, **found.to_json()}
    return Result(VERIFIED if found.exists else FALSIFIED, str(found), payload)


def run_prove(arguments: argparse.Namespace) -> Result:
    """Proved, refuted by an explicit law, or undecided."""
    from natlat_sym.certified.nonshannon import cite
    from natlat_sym.certified.theorems import decide, read_given
    from natlat_sym.statements.notation import claim as read_claim

    if arguments.all_n:
        return _prove_for_all_n(arguments)
    if arguments.on or arguments.other:
        return _prove_on_range(arguments)
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
    from natlat_sym.certified.familylaws import refute_for_all_n
    from natlat_sym.errors import NotDerivable, NoWitnessFound

    stated = (arguments.claim, arguments.given, arguments.all_n)
    payload: dict[str, object] = {"status": "proved", "claim": arguments.claim}
    try:
        theorem = prove_for_all_n(*stated)
    except NotDerivable as error:
        try:
            found = refute_for_all_n(*stated)
        except NoWitnessFound:
            return Result(UNDECIDED, f"undecided  {error}", {**payload, "status": "undecided"})
        _write_certificate(arguments, found.certificate)
        payload |= {"status": "refuted", "certificate": found.certificate.data}
        return Result(FALSIFIED, f"refuted  {found}\n{found.certificate}", payload)
    _write_certificate(arguments, theorem.certificate)
    payload["certificate"] = theorem.certificate.data
    return Result(VERIFIED, f"proved  {theorem}\n{theorem.certificate}", payload)


def _prove_on_range(arguments: argparse.Namespace) -> Result:
    from natlat_sym.certified.ranged import decide_on_range
    from natlat_sym.errors import InvalidInput
    from natlat_sym.sources import load_source

    if arguments.given or arguments.cite:
        raise InvalidInput("expected no --given and no --cite beside --on: the law is there")
    laws = [load_source(source) for source in (arguments.on, arguments.other) if source]
    if not arguments.on:
        raise InvalidInput("expected --on SOURCE beside --other SOURCE, got --other alone")
    decision = decide_on_range(laws[0], arguments.claim, *laws[1:])
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
        raise CertificateRejected(f"rejected: {error}") from error
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


def run_zoo(arguments: argparse.Namespace) -> Result:
    """List the bundled laws, or show one."""
    from natlat_sym import zoo

    if arguments.name is None:
        entries = [zoo.entry(name) for name in zoo.names()]
        rows = [(entry.id, entry.name, entry.title) for entry in entries]
        payload = [{"id": e.id, "name": e.name, "title": e.title} for e in entries]
        return Result(VERIFIED, text_table(rows), {"entries": payload})
    entry = zoo.entry(arguments.name.removeprefix("zoo:"))
    return Result(VERIFIED, _zoo_text(entry), _zoo_payload(entry))


def _zoo_text(entry: Entry) -> str:
    head = [
        f"{entry.id}  {entry.name}: {entry.title}",
        f"shows   {entry.shows}",
        f"source  {entry.source}",
        "",
        str(entry.law),
        "",
    ]
    return "\n".join([*head, text_table(sorted(entry.values.items()) or [("", "")])])


def _zoo_payload(entry: Entry) -> dict[str, object]:
    from natlat_sym.laws.lawfile import law_to_json

    return {
        "id": entry.id,
        "name": entry.name,
        "title": entry.title,
        "shows": entry.shows,
        "source": entry.source,
        "law": law_to_json(entry.law),
        "values": [{"form": f, **quantity(value)} for f, value in entry.exact_values().items()],
    }


def _strength(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _law(arguments: argparse.Namespace, needed: list[str] | None = None) -> Dist:
    """Return the law of the first source; of a Bayes net only the variables that are needed."""
    from natlat_sym.sources import load_source

    return load_source(
        arguments.source,
        arguments.count,
        keep=_listed(arguments.keep),
        needed=needed,
        normalise=arguments.normalise,
    )


def _features(arguments: argparse.Namespace) -> list[str] | None:
    return _listed(arguments.features)


def _listed(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",")]
