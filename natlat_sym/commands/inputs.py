"""What the commands share: their result, and the laws and names their arguments stand for."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


@dataclass(frozen=True)
class Result:
    """What a command has to say: exit code, text for people, object for machines."""

    code: int
    text: str
    payload: dict[str, object]


def law_of(arguments: argparse.Namespace, needed: list[str] | None = None) -> Dist:
    """Return the law of the first source; of a Bayes net only the variables that are needed."""
    from natlat_sym.sources import load_source

    law = load_source(
        arguments.source,
        arguments.count,
        keep=listed(arguments.keep),
        needed=needed,
        normalise=arguments.normalise,
    )
    return at_point(arguments, law)[0]


def one_of(arguments: argparse.Namespace, source: str) -> Dist:
    """Load one of several sources: the options are for those they fit."""
    from natlat_sym.sources import is_net, is_table, load_source

    asked = getattr(arguments, "features", None) or getattr(arguments, "given", None)
    kept = listed(arguments.keep or asked)
    if kept is not None:
        kept = list(dict.fromkeys([*kept, arguments.source_latent, arguments.target_latent]))
    return load_source(
        source,
        arguments.count if is_table(source) else None,
        normalise=arguments.normalise and is_net(source),
        among=kept,
    )


def at_point(arguments: argparse.Namespace, *laws: Dist) -> list[Dist]:
    """Return the laws with the values that ``--set e=1/4`` gives their parameters."""
    values: dict[str, str] = {}
    for text in (part for item in arguments.point for part in item.split(",")):
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or name in values:
            raise InvalidInput(
                f"expected one value for a parameter, such as --set e=1/4, got {text!r}", text=text
            )
        values[name] = value
    known = {name for law in laws for name in law.parameters}
    if unknown := sorted(values.keys() - known):
        shown = f"the parameters are {', '.join(sorted(known))}" if known else "it has none"
        raise InvalidInput(f"expected a parameter of the law, got {unknown[0]!r}; {shown}")
    return [
        law.at(**{name: value for name, value in values.items() if name in law.parameters})
        if values.keys() & law.parameters.keys()
        else law
        for law in laws
    ]


def features_of(arguments: argparse.Namespace) -> list[str] | None:
    """Return the features that were named, None for the default."""
    return listed(arguments.features)


def strength_of(text: str) -> str | int:
    """Return ``weak``, ``strong`` or how many features are dropped at a time."""
    return int(text) if text.isdecimal() else text


def listed(text: str | None) -> list[str] | None:
    """Return the names in a list such as ``X1,X2`` or ``X1 X2``."""
    return None if text is None else re.split(r"\s*,\s*|\s+", text.strip())


def patient(seconds: float = 1.0) -> Callable[[str], None]:
    """Return a progress for stderr: a line in so many seconds at most, the first after as many."""
    last = time.monotonic()

    def progress(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    return progress
