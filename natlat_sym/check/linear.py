"""Kinds "linear" (section 4) and "symmetric" (section 11): a sum of non-negative terms."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .reading import (
    _MINUS,
    _PLUS,
    _TERM,
    MAX_NAMES,
    NAME,
    ONE,
    WEAK,
    Linear,
    Reader,
    Rejected,
    add_term,
    as_list,
    as_members,
    as_rational,
    read_given,
    read_statement,
    require,
)


def expand_term(term: object, where: str) -> Linear:
    """Expand a non-negative term; this is the only function that decides what is one."""
    require(type(term) is str, where, "expected a string")
    text, total = str(term), Linear()
    if text == "1" or (re.fullmatch(NAME, text) and "a" <= text[0] <= "z" and text != "log2"):
        return {ONE if text == "1" else text: Fraction(1)}
    match = _TERM.fullmatch(text)
    if not match or (text[0] == "I") != (match[2] is not None):
        raise Rejected(f"{where}: expected H(A|C), I(A;B|C), a symbol or 1, got {text[:60]!a}")
    groups = [part.split(",") if part else [] for part in match.groups()]
    ascending = all(a < b for group in groups for a, b in pairwise(group))
    require(ascending, where, "names inside a group must ascend")
    everything = [name for group in groups for name in group]
    require(len(set(everything)) == len(everything), where, "a variable occurs twice")
    first, second, given = map(frozenset, groups)
    for key, value in ((first | given, _PLUS), (given, _MINUS)):
        add_term(total, key, value, where)
    if second:
        require(match[1] < match[2], where, "the blocks must ascend")
        for key, value in ((second | given, _PLUS), (first | second | given, _MINUS)):
            add_term(total, key, value, where)
    return total


def sum_lines(
    value: object, where: str, given: list[tuple[str, Linear]]
) -> tuple[Linear, set[int]]:
    """Return the sum of the lines of a proof, and the hypotheses that they use."""
    total, order = Linear(), []
    for number, line in enumerate(as_list(value, where)):
        spot = f"{where}[{number}]"
        cites = type(line) is dict and "given" in line
        text, cited = as_members(line, spot, "weight", "given" if cites else "term")
        weight = as_rational(text, f"{spot}.weight")
        if cites:
            proper = type(cited) is int and 0 <= cited < len(given)
            require(proper, f"{spot}.given", f"expected an index below {len(given)}")
            relation, expansion = given[cited]
            order.append((1, cited, ""))
        else:
            relation, expansion = ">=", expand_term(cited, f"{spot}.term")
            order.append((0, 0, cited))
        require(weight, f"{spot}.weight", "must not be 0")
        require(weight > 0 or relation == "=", f"{spot}.weight", "must be above 0")
        for key, coefficient in expansion.items():
            add_term(total, key, weight * coefficient, spot)
    require(all(a < b for a, b in pairwise(order)), where, "the lines are not in canonical order")
    return total, {index for is_given, index, _ in order if is_given}


def check_linear(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that the claim is a sum of non-negative terms and hypotheses."""
    relation, claim = read_statement(Reader(data["claim"], "claim"), WEAK)
    given = read_given(data["given"], False)
    names: set[str] = set()
    for form in (claim, *(form for _, form in given)):
        names.update(*(key for key in form if type(key) is frozenset))
    require(len(names) <= MAX_NAMES, "claim", f"more than {MAX_NAMES} variables")
    classes = _classes(data["classes"]) if "classes" in data else []
    images = _images(claim, given, classes)
    twice = relation == "="
    require(("converse" in data) == twice, "converse", "needed just when the claim is an equality")
    used: set[int] = set()
    for part, sign in (("proof", 1), ("converse", -1))[: 1 + twice]:
        total, cited = sum_lines(data[part], part, given)
        used |= cited
        goal = {key: sign * value for key, value in claim.items()}
        same = _typed(total, classes) == _typed(goal, classes)
        require(same, part, "the lines do not sum to the claim")
    while not used.issuperset(reached := {image[i] for image in images for i in used}):
        used |= reached
    for index in range(len(given)):
        require(index in used, f"given[{index}]", "the hypothesis is not used")
    return data["claim"], data["given"]


def _classes(value: object) -> list[list[str]]:
    classes = [as_list(part, "classes") for part in as_list(value, "classes")]
    names = [name for part in classes for name in part]
    proper = all(type(name) is str and re.fullmatch(NAME, name) for name in names)
    require(proper, "classes", "expected names of variables")
    require(len(names) <= MAX_NAMES, "classes", f"more than {MAX_NAMES} variables")
    require(len(set(names)) == len(names), "classes", "a name is repeated")
    require(classes and min(map(len, classes)) > 1, "classes", "expected two names or more in each")
    require(all(a < b for c in classes for a, b in pairwise(c)), "classes", "names must ascend")
    return classes


def _images(
    claim: Linear, given: list[tuple[str, Linear]], classes: list[list[str]]
) -> list[list[int]]:
    """Return where hypotheses go under exchanges that generate all of them."""
    place: dict[object, int] = {}
    for index, (relation, form) in enumerate(given):
        place.setdefault((relation == "=", frozenset(form.items())), index)
    found = []
    for names in classes:
        for moved in ([names[1], names[0], *names[2:]], [*names[1:], names[0]]):
            move = dict(zip(names, moved, strict=True))
            require(_moved(claim, move) == claim, "claim", "an exchange changes it")
            image = []
            for index, (relation, form) in enumerate(given):
                key = frozenset(_moved(form, move).items())
                goal = place.get((relation == "=", key))
                if goal is None and relation == "=":
                    goal = place.get((True, frozenset((k, -v) for k, v in key)))
                if goal is None:
                    raise Rejected(f"given[{index}]: an exchange makes it no hypothesis")
                image.append(goal)
            found.append(image)
    return found


def _moved(form: Linear, move: dict[str, str]) -> Linear:
    return {
        frozenset(move.get(n, n) for n in key) if type(key) is frozenset else key: value
        for key, value in form.items()
    }


def _typed(form: Linear, classes: list[list[str]]) -> Linear:
    """Add up the joint entropies that hold equally many variables of each class."""
    if not classes:
        return form
    total: Linear = {}
    everything = frozenset(name for names in classes for name in names)
    for key, value in form.items():
        if type(key) is frozenset:
            counts = tuple(len(key.intersection(names)) for names in classes)
            add_term(total, (key - everything, counts), value, "classes")
        else:
            add_term(total, key, value, "classes")
    return total
