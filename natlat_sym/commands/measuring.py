"""Commands about a law: measured, decided, searched, translated; and the bundled laws."""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING

from natlat_sym.cli import FALSIFIED, LONGEST, VERIFIED
from natlat_sym.commands.inputs import (
    Result,
    at_point,
    features_of,
    law_of,
    listed,
    one_of,
    patient,
    strength_of,
)
from natlat_sym.exact.render import COLUMNS, approximate, brief, quantity, shortened, text_table

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.latents import NaturalLatent
    from natlat_sym.natural.translation import Translation
    from natlat_sym.zoo import Entry


def run_errors(arguments: argparse.Namespace) -> Result:
    """Exact natural-latent errors of a latent."""
    from natlat_sym.natural.latents import natural_latent

    features = features_of(arguments)
    law = law_of(arguments, features and [*features, arguments.latent])
    report = natural_latent(law, features, arguments.latent)
    if arguments.json:
        return Result(VERIFIED, "", _payload(arguments, report))
    return Result(VERIFIED, str(report), {})


def _payload(
    arguments: argparse.Namespace, report: NaturalLatent | Translation
) -> dict[str, object]:
    """Return a report as JSON; with --brief without the texts that no one reads."""
    return report.to_json(longest=LONGEST if arguments.brief else None)


def run_measure(arguments: argparse.Namespace) -> Result:
    """Exact values of forms on a law."""
    from natlat_sym.errors import InvalidInput
    from natlat_sym.statements.notation import form

    forms = [(text, form(text)) for text in arguments.forms]
    if held := [(text, symbol) for text, read in forms for symbol in read.symbols]:
        raise InvalidInput(
            f"expected forms in entropies, {held[0][0]!r} holds the error symbol {held[0][1]!r}, "
            "which has no value on a law"
        )
    law = law_of(arguments, sorted({name for _, f in forms for name in f.variables}))
    values = [(text, f(law)) for text, f in forms]
    rounded = [approximate(value) for _, value in values]
    heads = [
        (shortened(text, 48), *([number or ""] if any(rounded) else []))
        for (text, _), number in zip(values, rounded, strict=True)
    ]
    room = COLUMNS - sum(max(map(len, column)) + 2 for column in zip(*heads, strict=True))
    exact = [brief(value, room) for _, value in values]
    lines = [text_table([(*head, text) for head, text in zip(heads, exact, strict=True)])]
    if any(text != str(value) for (_, value), text in zip(values, exact, strict=True)):
        lines.append("--json gives the exact texts in full")
    payload = [{"form": text, **quantity(value)} for text, value in values]
    return Result(VERIFIED, "\n".join(lines), {"values": payload})


def run_limit(arguments: argparse.Namespace) -> Result:
    """Leading behaviour of a form on a parametric law."""
    from natlat_sym.errors import InvalidInput
    from natlat_sym.exact.naming import nearest
    from natlat_sym.parameters.leading import limits
    from natlat_sym.statements.notation import form

    law, name = law_of(arguments), arguments.at.partition("->")[0].strip()
    known = list(law.parameters)
    if name.isidentifier() and name not in known:
        fix = nearest(name, known) or f"; write --at {f'{known[0]} -> 0+'!r}" if known else ""
        raise InvalidInput(
            f"expected a parameter of the law after --at, it has {', '.join(known) or 'none'},"
            f" got {name!r}{fix or '; natlat measure gives the value of a form on it'}"
        )
    found = limits(form(arguments.form)(law), arguments.at)
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

    features = features_of(arguments)
    found = find_natural_latent(
        law_of(arguments, features), features, strength_of(arguments.redundancy)
    )
    code = VERIFIED if found.exists else FALSIFIED
    payload = found.to_json() if arguments.json else {}  # as long as the support
    return Result(code, str(found), payload)


def run_best(arguments: argparse.Namespace) -> Result:
    """The best deterministic latent, exact; on large supports a good one with bounds."""
    from natlat_sym.certified.nearbest import near_best_latent
    from natlat_sym.errors import Undecided
    from natlat_sym.natural.best import best_latent
    from natlat_sym.natural.features import as_features
    from natlat_sym.natural.partitions import MAX_CELLS
    from natlat_sym.search.covers import best_summed_latent
    from natlat_sym.search.fewblocks import MAX_OUTCOMES

    features, strength = features_of(arguments), strength_of(arguments.redundancy)
    law = law_of(arguments, features)
    cells = len(law.marginal([name for group in as_features(law, features) for name in group]))
    if cells <= MAX_CELLS:
        found = best_latent(law, features, arguments.score, strength, patient())
        return Result(VERIFIED, str(found), found.to_json())
    if cells <= MAX_OUTCOMES and arguments.score == "sum":
        with contextlib.suppress(Undecided):
            found = best_summed_latent(law, features, strength, patient())
            return Result(VERIFIED, str(found), found.to_json())
    near = near_best_latent(law, features, arguments.score, strength, progress=patient())
    return Result(VERIFIED, str(near), near.to_json())


def run_translate(arguments: argparse.Namespace) -> Result:
    """Whether one latent is a (stochastic) function of another."""
    from natlat_sym.errors import InvalidInput
    from natlat_sym.natural.translation import translate

    features = features_of(arguments)
    names = arguments.source_latent, arguments.target_latent
    if not arguments.other:
        if arguments.under != "first":
            raise InvalidInput("expected two sources with --under: one law is under itself")
        law = law_of(arguments, features and [*features, *dict.fromkeys(names)])
        return _translated(arguments, translate(law, *names, features), {})
    sources = {"first law": arguments.source, "second law": arguments.other}
    under: Dist | str = arguments.under
    if under not in ("first", "second"):
        sources["third law"] = arguments.under
        under = one_of(arguments, arguments.under)
    laws = [one_of(arguments, source) for source in (arguments.source, arguments.other)]
    law, other, *third = at_point(arguments, *laws, *([] if isinstance(under, str) else [under]))
    under = third[0] if third else under
    result = translate(law, *names, features, other=other, under=under)
    return _translated(arguments, result, sources)


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
        return Result(VERIFIED, "", {**_payload(arguments, result), **named})
    return Result(VERIFIED, "\n".join([*_source_lines(sources), str(result)]), {})


def _source_lines(sources: dict[str, str]) -> list[str]:
    return [text_table(sources.items())] if sources else []


def run_garbling(arguments: argparse.Namespace) -> Result:
    """Whether one channel is a garbled version of another."""
    from natlat_sym.natural.garblings import garbling

    names = arguments.source_latent, arguments.target_latent
    given = listed(arguments.given)
    if arguments.other:
        laws = [one_of(arguments, source) for source in (arguments.source, arguments.other)]
        law, other = at_point(arguments, *laws)
        shared = [name for name in law.names if name in other.names and name not in names]
        given = given or shared
        found = garbling(law, *names, given=given, other=other)
    else:
        law = law_of(arguments, given and [*given, *dict.fromkeys(names)])
        given = given or [name for name in law.names if name not in names]
        found = garbling(law, *names, given=given)
    payload = {"from": names[0], "to": names[1], "given": given, **found.to_json()}
    return Result(VERIFIED if found.exists else FALSIFIED, str(found), payload)


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
