"""The command ``natlat``: results on stdout, progress and errors on stderr, exit codes 0 1 2 3."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

VERIFIED, FALSIFIED, BAD_INPUT, UNDECIDED, DEFECT, INTERRUPTED = 0, 1, 2, 3, 70, 130
_PLAIN = {"⊢": "|-", "·": "-", "≤": "<=", "≥": ">="}  # where an output cannot show a sign
LONGEST = 4096  # characters of an exact amount that --json --brief prints

_EXIT_CODES = """\
exit codes: 0 verified or true, 1 falsified, rejected or not existing, 2 bad input, 3 undecided

A SOURCE is a law (JSON), a table of samples (CSV, TSV, Parquet; --count COLUMN when rows carry
multiplicities), a Bayes net (BIF, XMLBIF), zoo:NAME for a bundled law, or - for a law on stdin. All
values are exact, in bits.
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"natlat {version('natlat-sym')}")
        parser.exit(VERIFIED)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; ``sys.argv[1:]`` when not given.

    Returns
    -------
    int
        0 verified, 1 falsified, 2 bad input, 3 undecided, 70 a defect, 130 interrupted.

    Examples
    --------
    >>> main(["measure", "zoo:C01", "I(X1;X2|L)"])
    I(X1;X2|L)  0  0
    0
    """
    _be_plain_where_needed()
    arguments = _parser().parse_args(_with_signs(sys.argv[1:] if argv is None else argv))
    if sys.stdout is None:
        _say(arguments, "expected an output that can be written: it is closed")
        return BAD_INPUT
    try:
        return _run(arguments)
    except BrokenPipeError:
        _silence()
        return VERIFIED
    except OSError as error:
        _silence()
        _say(arguments, f"expected an output that can be written: {error.strerror}")
        return BAD_INPUT
    except KeyboardInterrupt:
        _say(arguments, "interrupted")
        return INTERRUPTED


def _with_signs(argv: Sequence[str]) -> list[str]:
    """Let ``-H(X)`` be a form and no option: what holds a blank is none."""
    return [f" {text}" if re.match(r"-(?!\d+$)[^-oh]", text) else text for text in argv]


def _be_plain_where_needed() -> None:
    """Let an output that cannot encode a sign show one that it can."""

    def plain(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        sign = error.object[error.start]
        return _PLAIN.get(sign, ascii(sign)[1:-1]), error.start + 1

    codecs.register_error("natlat", plain)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="natlat")


def _silence() -> None:
    """Send what is left of stdout nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(arguments: argparse.Namespace, message: str) -> None:
    print(f"natlat {arguments.command}: {message}", file=sys.stderr)


def _run(arguments: argparse.Namespace) -> int:
    from natlat_sym import commands
    from natlat_sym.errors import CertificateRejected, NatlatError
    from natlat_sym.exact.files import require_writable

    command: Callable[[argparse.Namespace], commands.Result] = getattr(
        commands, f"run_{arguments.command}"
    )
    try:
        for option in ("output", "svg"):  # before any long work
            if (place := getattr(arguments, option, None)) is not None:
                require_writable(place)
        result = command(arguments)
    except NatlatError as error:
        _complain(arguments, str(error))
        return FALSIFIED if isinstance(error, CertificateRejected) else BAD_INPUT
    except Exception as error:
        defect = f"{type(error).__name__}: {error}"
        _complain(arguments, f"a defect of natlat, please report it with --debug: {defect}")
        return DEFECT
    if arguments.json:
        print(json.dumps({"schema": "natlat/1", **result.payload}, indent=1, ensure_ascii=False))
    else:
        print(result.text)
    sys.stdout.flush()
    return result.code


def _complain(arguments: argparse.Namespace, message: str) -> None:
    """Say in one line what is wrong, or show the traceback of the error at hand when asked to."""
    if arguments.debug:
        import traceback

        traceback.print_exc()
    else:
        _say(arguments, message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="natlat",
        description="Exact verification of natural latents.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=text, description=text)
        sub.add_argument("--json", action="store_true", help="one JSON object on stdout")
        sub.add_argument("--debug", action="store_true", help="show the traceback of an error")
        return sub

    _add_law_commands(add)
    _add_proof_commands(add)
    zoo = add("zoo", "list the bundled laws, or show one with its source and exact values")
    zoo.add_argument("name", nargs="?", metavar="NAME")
    return parser


def _add_law_commands(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    errors = add("errors", "exact natural-latent errors of a latent, in bits")
    _add_source(errors)
    errors.add_argument("--latent", required=True, metavar="L")
    _add_features(errors)
    _add_brief(errors)

    measure = add("measure", "exact values of forms on a law, in bits")
    _add_source(measure)
    measure.add_argument(
        "forms", nargs="+", type=str.strip, metavar="FORM", help="e.g. 'I(X1;X2|L)'"
    )

    limit = add("limit", "leading behaviour of a form on a law with a parameter, exact")
    _add_source(limit)
    limit.add_argument("form", type=str.strip, metavar="FORM", help="e.g. 'I(X1;X2|L)'")
    limit.add_argument("--at", required=True, metavar="DIRECTION", help="e.g. 'e -> 0+'")

    find = add("find", "decide whether an exact natural latent exists, and give it")
    _add_source(find)
    _add_features(find)
    find.add_argument(
        "--redundancy", default="weak", metavar="weak|strong|M", help="features dropped at a time"
    )

    best = add(
        "best",
        "the best latent that is a function of the features, or a good one with bounds",
    )
    _add_source(best)
    _add_features(best)
    best.description = (
        "The best latent that is a function of the features, and the front of mediation against"
        " redundancy: over all partitions of a support of up to 16 outcomes, exact, with all ties;"
        " up to 20 outcomes the least summed error and corners of the front; up to 128 outcomes the"
        " least summed error alone, where a best partition has few blocks to choose from."
        " Else a good latent, with an upper and a proved lower bound."
    )
    best.add_argument(
        "--score",
        choices=("sum", "max"),
        default="sum",
        help="of all errors; the front has the sum, or the largest, of the redundancy errors",
    )
    best.add_argument(
        "--redundancy", default="weak", metavar="weak|strong|M", help="features dropped at a time"
    )

    _add_translate(add)
    _add_garbling(add)


def _add_translate(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    translate = add("translate", "is one latent a (stochastic) function of another? exact errors")
    _add_source(translate)
    translate.add_argument("other", nargs="?", metavar="SOURCE2", help="the other agent's law")
    translate.add_argument("--from", dest="source_latent", required=True, metavar="M")
    translate.add_argument("--to", dest="target_latent", required=True, metavar="L")
    translate.add_argument(
        "--under",
        default="first",
        metavar="first|second|SOURCE",
        help="with two sources: whose P[X] all errors are measured under",
    )
    translate.add_argument("--svg", metavar="FILE", help="draw the table P[L|M] there")
    _add_features(translate)
    _add_brief(translate)


def _add_garbling(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    garbling = add("garbling", "is P[L|X] a garbled version of P[M|X]? (Blackwell's order)")
    _add_source(garbling)
    garbling.add_argument("other", nargs="?", metavar="SOURCE2", help="the law that holds M")
    garbling.add_argument("--from", dest="source_latent", required=True, metavar="M")
    garbling.add_argument("--to", dest="target_latent", required=True, metavar="L")
    garbling.add_argument(
        "--given",
        metavar="X1,X2",
        help="what both are channels from (default: all other variables)",
    )


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="law, table, Bayes net, zoo:NAME or -")
    parser.add_argument("--count", metavar="COLUMN", help="table column with multiplicities")
    parser.add_argument("--keep", metavar="X1,X2", help="keep only these variables of the source")
    parser.add_argument(
        "--normalise",
        action="store_true",
        help="divide the rows of a Bayes net that do not sum to 1 by their sum, exactly",
    )
    _add_set(parser)


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        dest="point",
        action="append",
        default=[],
        metavar="e=1/4",
        help="a value for a parameter of the law; may be repeated",
    )


def _add_features(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--features", metavar="X1,X2", help="the observed features (default: all other variables)"
    )


def _add_brief(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--brief",
        action="store_true",
        help=f"with --json: null in place of exact texts of more than {LONGEST} characters",
    )


def _add_proof_commands(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    prove = add("prove", "prove a claim for every law, refute it by a law, or say undecided")
    prove.add_argument("claim", type=str.strip, metavar="CLAIM", help="e.g. 'I(X;Z) <= I(X;Y)'")
    prove.add_argument("--given", action="append", default=[], metavar="HYP", help="a hypothesis")
    prove.add_argument(
        "--cite", action="append", default=[], metavar="NAME", help="use a cited inequality"
    )
    prove.add_argument("-o", dest="output", metavar="FILE", help="write the certificate there")
    prove.add_argument(
        "--all-n", metavar="X", help="X stands for n exchangeable features; prove it for every n"
    )
    prove.add_argument(
        "--on", metavar="SOURCE", help="about this law with a parameter, for its whole range"
    )
    prove.add_argument(
        "--other", metavar="SOURCE", help="with --on: a second law, for D(X1,X2) in the claim"
    )
    _add_set(prove)

    bound = add("bound", "the least bounds on a form in the error symbols of the hypotheses")
    bound.add_argument("form", type=str.strip, metavar="FORM", help="e.g. 'H(R|L)'")
    bound.add_argument(
        "--given", action="append", required=True, metavar="HYP", help="e.g. 'I(X1;X2|L) <= a'"
    )

    check = add("check", "re-check a certificate with the trusted checker alone")
    check.add_argument("file", metavar="FILE")

    export = add("export", "write a proof for another proof assistant")
    export.add_argument("file", metavar="FILE")
    export.add_argument("--to", choices=("coq",), required=True, help="the proof assistant")
    export.add_argument("-o", dest="output", metavar="FILE", help="write it there")

    proofs = add("proofs", "run the proof scripts, re-check all certificates, print the map")
    proofs.add_argument("folder", nargs="?", default="proofs", metavar="DIR")
    proofs.add_argument("--update", action="store_true", help="write certificates and map")

    report = add("report", "one self-contained page of all proofs, with certificates and pictures")
    report.add_argument("folder", nargs="?", default="proofs", metavar="DIR")
    report.add_argument("-o", dest="output", required=True, metavar="FILE", help="an HTML file")
