"""A second checker for kind "linear", written from proofs/CERTIFICATE.md alone, and what both say.

It shares nothing with the trusted one: a term of a form is read by one regular expression.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pytest

from natlat_sym.check import Rejected, verify
from natlat_sym.check.reading import ONE, WEAK, Reader

FOLDER = Path(__file__).resolve().parent.parent / "proofs" / "certificates"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json"))]
STORED = [text for text in TEXTS if json.loads(text)["kind"] == "linear"]

NAME = "[A-Za-z][A-Za-z0-9_']*"
WHOLE = r"(?:0|[1-9][0-9]*)"
END = r"(?![A-Za-z0-9_.'])"
NUMBER = rf"{WHOLE}(?:\.[0-9]+)?{END}"
GROUP = rf"{NAME}(?:,{NAME})*"
NODE = rf"(?:{NAME}(?:#{WHOLE}{END})?|\({GROUP}\))"
CHAIN = rf"{NODE}(?:(?:->|<-){NODE})*"
SYMBOL = rf"(?!log2\b){NAME.replace('A-Z', '', 1)}"
BLOCKS = rf"\({GROUP}(?:;{GROUP})*(?:\|{GROUP})?\)"
ATOM = rf"H\({GROUP}(?:\|{GROUP})?\)|(?:I|TC|DTC|O){BLOCKS}|KL\({CHAIN}(?:;{CHAIN})*\)|{SYMBOL}"
TERM = re.compile(rf"([+-])(?:({NUMBER})(?:/({NUMBER}))?)?(\*?)({ATOM})?")
LINE = re.compile(rf"H\(({GROUP})(?:\|({GROUP}))?\)|I\(({GROUP});({GROUP})(?:\|({GROUP}))?\)")
RATIONAL = re.compile(rf"-?{WHOLE}(?:/[1-9][0-9]*)?")


def need(condition):
    if not condition:
        raise ValueError("a condition fails")


def less(form, first, second, times):
    """Add times H(first | second)."""
    form[frozenset(first | second)] += times
    form[frozenset(second)] -= times


def expand(form, text, times):
    """Add an atom, by the table of section 3."""
    head, bracket, inside = text.partition("(")
    if not bracket:
        form[head] += times
        return
    if head == "KL":
        expand_graph(form, inside[:-1], times)
        return
    body, _, condition = inside[:-1].partition("|")
    given = set(condition.split(",")) - {""}
    blocks = [set(block.split(",")) for block in body.split(";")]
    need(head == "H" or (2 <= len(blocks) <= 12 if head == "I" else len(blocks) <= 256))
    for size in range(1, len(blocks) + 1 if head in "HI" else 0):
        for part in combinations(blocks, size):
            less(form, set().union(*part), given, times * (-1) ** (size + 1))
    for i, block in enumerate(blocks):
        others = set().union(*blocks[:i], *blocks[i + 1 :])
        less(form, block, given, times * (head in ("TC", "O")))
        less(form, block, others | given, times * ((head == "O") - (head == "DTC")))
    whole = set().union(*blocks)
    less(form, whole, given, times * ((head == "DTC") - (head == "TC") - 2 * (head == "O")))


def expand_graph(form, text, times):
    parents = {}
    for chain in text.split(";"):
        parts = re.split("(->|<-)", chain)
        for node in parts[::2]:
            parents.setdefault(node, set())
        for left, arrow, right in zip(parts[:-1:2], parts[1::2], parts[2::2], strict=True):
            source, target = (left, right) if arrow == "->" else (right, left)
            parents[target].add(source)
    held = {node: set(node.strip("()").split("#")[0].split(",")) for node in parents}
    need(len(held) <= 1000 and all(int(n.split("#")[1]) <= 1000 for n in held if "#" in n))
    reached = {node: set(sources) for node, sources in parents.items()}
    for middle in reached:
        for sources in reached.values():
            sources |= reached[middle] if middle in sources else set()
    need(not any(node in sources for node, sources in reached.items()))
    for node, sources in parents.items():
        less(form, held[node], set().union(*(held[source] for source in sources)), times)
    less(form, set().union(*held.values()), set(), -times)


def parse(text, sign, form):
    """Add a form, with a sign."""
    need(text)
    text = text if text[0] == "-" else f"+{text}"
    at = 0
    while at < len(text):
        match = TERM.match(text, at)
        need(match and (match[2] or match[5]) and bool(match[4]) <= bool(match[2] and match[5]))
        need(not match[3] or Fraction(match[3]))
        size = [len(number or "") for number in match.group(2, 3)]
        need(max(size) <= 1000)
        weight = sign * (-1 if match[1] == "-" else 1) * Fraction(match[2] or 1)
        weight /= Fraction(match[3] or 1)
        expand(form, match[5] or "one", weight) if match[5] else form.update({1: weight})
        at = match.end()


def statement(text):
    """Return the relation and the difference."""
    need(type(text) is str and text.isascii())
    text = re.sub(r"(?<![A-Za-z0-9_'.])([0-9.]+) +(?=[A-Za-z])", r"\1*", text)
    need(not re.search(r"[\w.'] +[\w.']|[<>-] +[=>-]", text))
    sides = re.fullmatch("([^=]+?)(<=|>=|=)([^=]+)", text.replace(" ", ""))
    need(sides)
    form = Counter()
    sign = 1 if sides[2] == "<=" else -1
    parse(sides[3], sign, form)
    parse(sides[1], -sign, form)
    return sides[2], form


def rational(text):
    need(type(text) is str and RATIONAL.fullmatch(text) and text != "-0" and text[-2:] != "/1")
    value = Fraction(text)
    need(str(value) == text and max(map(len, text.strip("-").split("/"))) <= 1000)
    return value


def line_form(term):
    form = Counter()
    need(type(term) is str)
    match = LINE.fullmatch(term)
    if not match:
        need(term == "1" or re.fullmatch(SYMBOL, term))
        form[1 if term == "1" else term] = 1
        return form
    groups = [part.split(",") for part in match.groups() if part]
    need(all(group == sorted(set(group)) for group in groups))
    need(len({name for group in groups for name in group}) == sum(map(len, groups)))
    need(not match[3] or match[3] < match[4])
    expand(form, term, 1)
    return form


def clean(form):
    return {key: value for key, value in form.items() if value and key != frozenset()}


def second_checker(text):
    """Return the claim of a certificate of kind "linear" that is accepted; else raise."""
    seen = []

    def members(pairs):
        seen.append(len(dict(pairs)) == len(pairs))
        return dict(pairs)

    data = json.loads(text, object_pairs_hook=members, parse_float=need, parse_constant=need)
    need(all(seen) and len(text.encode()) <= 4_194_304)
    digest = data.pop("digest")
    plain = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    need(digest == "sha256:" + hashlib.sha256(plain.encode()).hexdigest())
    need((data.pop("format"), data.pop("kind")) == ("natlat-certificate/1", "linear"))
    relation, claim = statement(data["claim"])
    parts = {"proof": 1, "converse": -1} if relation == "=" else {"proof": 1}
    need(set(data) == {"claim", "given", *parts} and type(data["given"]) is list)
    given = [statement(text) for text in data["given"]]
    need(len(given) == len(set(data["given"])) <= 1000)
    used = set()
    for part, sign in parts.items():
        total, keys = Counter(), []
        need(type(data[part]) is list)
        for line in data[part]:
            need(type(line) is dict)
            weight = rational(line["weight"])
            if set(line) == {"weight", "given"}:
                need(type(line["given"]) is int and 0 <= line["given"] < len(given))
                kind, form = given[line["given"]]
                need(weight > 0 or (weight and kind == "="))
                keys.append((1, line["given"]))
                used.add(line["given"])
            else:
                need(set(line) == {"weight", "term"} and weight > 0)
                form = line_form(line["term"])
                keys.append((0, line["term"]))
            for key, value in form.items():
                total[key] += weight * value
        need(all(a < b for a, b in pairwise(keys)))
        need(clean(total) == clean({key: sign * value for key, value in claim.items()}))
    need(used == set(range(len(given))))
    names = {
        name
        for f in (claim, *(f for _, f in given))
        for key in clean(f)
        if type(key) is frozenset
        for name in key
    }
    need(len(names) <= 256)
    return data["claim"]


@pytest.mark.parametrize("text", STORED, ids=lambda text: json.loads(text)["claim"])
def test_both_accept_every_stored_certificate(text):
    assert second_checker(text) == verify(text)["claim"]


PIECES = [
    *"HIXYaZ,;|()<>=-+*/0123.'_#^[] ",
    "<=",
    ">=",
    "<-",
    "->",
    "log2",
    "KL(",
    "TC(",
    "O(",
    "1/2",
]


def edited(dice, text):
    """Drop, add and replace characters."""
    parts = list(text)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        place, keep = dice.randrange(len(parts) + 1), dice.randrange(2)
        parts[place : place + keep] = dice.choice([[], [dice.choice(PIECES)]])
    return "".join(parts)


def mutant(dice, data):
    """Return the text of a certificate with a few edits and a right digest."""
    data = json.loads(json.dumps(data))
    part = dice.choice([name for name in ("claim", "given", "proof", "proof") if data[name]])
    if part == "claim":
        data["claim"] = edited(dice, data["claim"])
    elif part == "given":
        place = dice.randrange(len(data["given"]))
        data["given"][place] = edited(dice, data["given"][place])
    else:
        line = dice.choice(data["proof"])
        name = dice.choice(sorted(line))
        other = dice.choice([line[name], True, 0, -1, None])
        line[name] = edited(dice, line[name]) if type(line[name]) is str else other
        if dice.randrange(5) == 0:
            dice.shuffle(data["proof"])
    del data["digest"]
    plain = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return json.dumps({**data, "digest": f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"})


def verdict(checker, text, *refusals):
    try:
        checker(text)
    except refusals:
        return False
    return True


def test_both_say_the_same_of_edited_certificates():
    dice = Random(1)
    short = [json.loads(text) for text in STORED if len(text) < 3_000]
    count = Counter()
    for _ in range(1_500):
        text = mutant(dice, dice.choice(short))
        said = verdict(verify, text, Rejected)
        assert verdict(second_checker, text, ValueError, KeyError, TypeError) == said, text
        count[said] += 1
    assert min(count.values()) > 100


def random_group(dice):
    return ",".join(dice.choices("ABCDEx", k=dice.choice([1, 1, 2, 3])))


def random_atom(dice):
    head = dice.choice(["H", "I", "TC", "DTC", "O", "KL", "a"])
    if head == "KL":
        nodes = ["A", "B", "A#2", "(C,D)", "E", "(D,A)"]
        ends = sorted(dice.sample(range(6), 3))
        first = "->".join(nodes[i] for i in ends)
        return f"KL({first}; {nodes[ends[2]]} <- {nodes[ends[0]]}; {dice.choice(nodes)})"
    if head == "a":
        return dice.choice(["a", "b'", "log2_"])
    count = {"H": 1, "I": dice.choice([2, 3])}.get(head, dice.choice([1, 2, 3]))
    given = f" | {random_group(dice)}" if dice.randrange(2) else ""
    return f"{head}({'; '.join(random_group(dice) for _ in range(count))}{given})"


def test_both_expand_statements_alike():
    dice = Random(2)
    for _ in range(600):
        parts = []
        for _ in range(dice.choice([1, 2, 3])):
            weight = dice.choice(["", "2 ", "1/3*", "0.5 ", "3/2 ", "0 "])
            parts += [weight + random_atom(dice), dice.choice([" + ", " - "])]
        text = (
            f"{dice.choice(['', '-'])}{''.join(parts)}3/4 {dice.choice(WEAK)} {random_atom(dice)}"
        )
        relation, form = Reader(text, "claim").statement()
        assert (relation, {1 if key == ONE else key: x for key, x in form.items()}) == (
            statement(text)[0],
            clean(statement(text)[1]),
        )
