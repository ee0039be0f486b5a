"""Bayes nets on disk, BIF and XMLBIF: read as exactly what their printed decimals spell."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

from natlat_sym.errors import InvalidInput, SyntaxInvalid, UnreadableFile
from natlat_sym.exact.field import show
from natlat_sym.exact.files import read_text, write_aside
from natlat_sym.exact.naming import fixed_name
from natlat_sym.explained import explained
from natlat_sym.nets.bayesnet import BayesNet, bayes_net, finite_decimal
from natlat_sym.nets.netlaw import Key

_TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"[^\"]*\"|[{}()\[\]|;,]|[^\s{}()\[\]|;,\"]+", re.DOTALL)


@explained
def read_net(source: str | os.PathLike[str], normalise: bool = False) -> BayesNet:
    """Read a Bayes net in the BIF or the XMLBIF format.

    Parameters
    ----------
    source : path or text
        A file, perhaps compressed (``.gz``); text that holds a brace or starts with ``<`` is the
        file itself.
    normalise : bool
        Divide rows whose printed decimals do not sum to 1 by their sum, exactly; the net lists
        them in ``adjusted``.  Otherwise they are refused.

    Returns
    -------
    BayesNet
        ``net.law("X1 X2")`` is the exact joint law of some of its variables.  Signs that names of
        variables cannot have become underscores.

    Raises
    ------
    NotNormalised
        Naming the row, with the fix.
    SyntaxInvalid
        With what was expected and what came.
    UnreadableFile
        When the file cannot be read.

    Examples
    --------
    >>> net = read_net('''network n {} variable A { type discrete [2] { yes, no }; }
    ... variable B { type discrete [2] { yes, no }; }
    ... probability ( A ) { table 0.25, 0.75; }
    ... probability ( B | A ) { (yes) 1.0, 0.0; (no) 0.5, 0.5; }''')
    >>> print(net.law("B"))
    B    mass
    no   3/8
    yes  5/8
    """
    inline = isinstance(source, str) and ("{" in source or source.lstrip().startswith("<"))
    text = str(source) if inline else _file_text(Path(source))
    if not text.strip():
        raise InvalidInput(f"expected a Bayes net, {str(source)!r} is empty")
    if text.lstrip().startswith("<"):
        from natlat_sym.nets.bayesxml import parse_xmlbif

        parts = parse_xmlbif(text)
    else:
        parts = _Reader(text).run()
    return bayes_net(parts.labels, parts.parents, parts.rows, normalise)


def _file_text(path: Path) -> str:
    if path.suffix != ".gz":
        return read_text(path, "a Bayes net")
    try:
        return gzip.decompress(path.read_bytes()).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"expected a Bayes net, {os.fspath(path)!r} cannot be read: {error}", path=str(path)
        ) from error


@explained
def write_net(net: BayesNet, path: str | os.PathLike[str], comment: str = "") -> None:
    """Write a Bayes net as a BIF file that reads back as exactly the same net.

    Parameters
    ----------
    net : BayesNet
        Its masses must have finite decimals.
    path : path
        Replaced only when the new file is whole.
    comment : str
        Lines for the top of the file.

    Raises
    ------
    InvalidInput
        For a mass such as 1/3, or a label the format cannot hold.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> net = read_net("network n {} variable A {type discrete [2] {h, t};} probability (A) "
    ...                "{table 0.25, 0.75;}")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "coin.bif")
    ...     write_net(net, path)
    ...     read_net(path) == net
    True
    """
    lines = [f"// {line}".rstrip() for line in comment.splitlines()]
    lines += ["network unknown {", "}"]
    for name, labels in net.labels.items():
        listed = ", ".join(map(_label_text, labels))
        lines += [f"variable {name} {{", f"  type discrete [ {len(labels)} ] {{ {listed} }};", "}"]
    for name, rows in net.rows.items():
        above = net.parents[name]
        lines.append(f"probability ( {name}{' | ' * bool(above)}{', '.join(above)} ) {{")
        for key, masses in rows.items():
            head = f"({', '.join(map(_label_text, key))})" if above else "table"
            lines.append(f"  {head} {', '.join(_decimal(mass, name) for mass in masses)};")
        lines.append("}")
    write_aside(path, "\n".join(lines) + "\n")


def _label_text(label: object) -> str:
    text = str(label)
    if _TOKEN.fullmatch(text) and text not in "{}()[]|;,":
        return text
    if '"' in text or "\n" in text:
        raise InvalidInput(f"expected a label that a BIF file can hold, got {text!r}", label=label)
    return f'"{text}"'


def _decimal(mass: Fraction, name: str) -> str:
    text = finite_decimal(mass)
    if text is None:
        raise InvalidInput(
            f"expected masses of {name} with finite decimals, got {show(mass)}", name=name
        )
    return text


class Parts:
    """What a file says, before it is checked."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.labels: dict[str, tuple[str, ...]] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self.rows: dict[str, dict[Key, tuple[str, ...]]] = {}
        self.spelled: dict[str, str] = {}

    def new_name(self, spelled: str) -> str:
        """Return the name a new variable gets here."""
        name = fixed_name(spelled)
        if name in self.labels:
            raise SyntaxInvalid(
                f"expected different variables in {self.what}, {spelled!r} and "
                f"{next(s for s, n in self.spelled.items() if n == name)!r} are both read as "
                f"{name}; rename one"
            )
        self.spelled[spelled] = name
        return name

    def old_name(self, spelled: str) -> str:
        """Return the name of a variable declared before."""
        if spelled not in self.spelled:
            raise SyntaxInvalid(f"expected a declared variable in {self.what}, got {spelled!r}")
        return self.spelled[spelled]

    def start_table(self, name: str, above: tuple[str, ...]) -> None:
        """Note the parents of a variable; a second table for one is refused."""
        if name in self.parents:
            raise SyntaxInvalid(f"expected one table of {name} in {self.what}, got two")
        self.parents[name] = above

    def choices(self, name: str) -> list[Key]:
        """Return the choices of the parents' labels, the last parent running fastest."""
        return list(product(*(self.labels[parent] for parent in self.parents[name])))

    def finish(self) -> Parts:
        """Return the parts after checking that every variable has a table."""
        for name in self.labels:
            if name not in self.parents:
                raise SyntaxInvalid(f"expected a table of {name} in {self.what}, there is none")
        if not self.labels:
            raise SyntaxInvalid(f"expected variables in {self.what}, got none")
        return self


class _Reader:
    """Recursive descent over the blocks of a BIF file."""

    def __init__(self, text: str) -> None:
        found = (match[0] for match in _TOKEN.finditer(text))
        self.tokens = [token for token in found if not token.startswith(("//", "/*"))]
        self.at = 0
        self.parts = Parts("a BIF file")

    def fail(self, expected: str) -> SyntaxInvalid:
        got = repr(self.tokens[self.at]) if self.at < len(self.tokens) else "the end"
        return SyntaxInvalid(f"expected {expected} in a BIF file, got {got} as word {self.at + 1}")

    def take(self, *wanted: str) -> str:
        if self.at >= len(self.tokens) or (wanted and self.tokens[self.at] not in wanted):
            raise self.fail(" or ".join(map(repr, wanted)) or "another word")
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found

    def skip_to(self, end: str) -> None:
        while not self.skip(end):
            self.take()

    def listed(self, end: str) -> Iterator[str]:
        while not self.skip(end):
            yield self.take().strip('"')
            self.skip(",")

    def run(self) -> Parts:
        while self.at < len(self.tokens):
            kind = self.take("network", "variable", "probability")
            if kind == "network":
                self.skip_to("{")
                self.skip_to("}")
            elif kind == "variable":
                self.variable()
            else:
                self.probability()
        return self.parts.finish()

    def variable(self) -> None:
        name = self.parts.new_name(self.take().strip('"'))
        self.take("{")
        while not self.skip("}"):
            if self.take("type", "property") == "type":
                self.take("discrete")
                self.take("[")
                self.take()
                self.take("]")
                self.take("{")
                self.parts.labels[name] = tuple(self.listed("}"))
            self.skip_to(";")
        if name not in self.parts.labels:
            raise self.fail(f"a type of the variable {name} before")

    def probability(self) -> None:
        self.take("(")
        name = self.parts.old_name(self.take().strip('"'))
        self.skip("|")
        self.parts.start_table(name, tuple(map(self.parts.old_name, self.listed(")"))))
        self.take("{")
        rows: dict[Key, tuple[str, ...]] = {}
        default: tuple[str, ...] | None = None
        choices = dict.fromkeys(self.parts.choices(name))
        while not self.skip("}"):
            kind = self.take("table", "default", "property", "(")
            if kind == "table":
                rows |= self.table(name, list(choices))
            elif kind == "property":
                self.skip_to(";")
            elif kind == "default":
                default = tuple(self.listed(";"))
            else:
                key = tuple(self.listed(")"))
                if key not in choices or key in rows:
                    raise self.fail(f"one row of {name} for each choice of its parents before")
                rows[key] = tuple(self.listed(";"))
        if default is not None:
            rows = {key: rows.get(key, default) for key in choices}
        self.parts.rows[name] = rows

    def table(self, name: str, choices: list[Key]) -> dict[Key, tuple[str, ...]]:
        """Read all rows at once: the labels of the variable itself run slowest."""
        masses, size = tuple(self.listed(";")), len(self.parts.labels[name])
        if len(masses) != size * len(choices):
            raise self.fail(f"{size * len(choices)} numbers in the table of {name} before")
        return {key: masses[place :: len(choices)] for place, key in enumerate(choices)}
