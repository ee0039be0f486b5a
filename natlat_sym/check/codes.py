"""Kind "all-n-law" (section 15): a law of n features for every n, by its joint entropies."""

from __future__ import annotations

from typing import Any

from .alln import FamilyReader
from .polynomials import (
    MAX_SHIFT,
    Line,
    Poly,
    Scope,
    constant,
    line_poly,
    product,
    put,
    sum_of_lines,
    sum_polys,
)
from .reading import (
    Group,
    as_texts,
    require,
)


def check_all_n_law(data: dict[str, Any]) -> tuple[str, list[str]]:
    """Check that the heights of a law satisfy all claims, for every n."""
    scope, texts = Scope(data), as_texts(data["claims"], "claims")
    names = data["names"]
    require(type(names) is dict, "names", "expected an object")
    proper = all(type(kind) is str and kind in ("all", "constant") for kind in names.values())
    require(proper, "names", "expected 'all' or 'constant'")
    require(texts, "claims", "expected some statements")
    require(scope.least > 1, "least", f"expected 2 to {MAX_SHIFT}")
    used: set[str] = set()
    work = 0
    for number, text in enumerate(texts):
        where = f"claims[{number}]"
        reader = FamilyReader(text, where, scope, work=work)
        relation, form = reader.statement()
        work = reader.work
        value: Poly = {}
        for key, weight in form.items():
            joint = type(key) is tuple and key != ()
            require(joint or (key == () and not scope.budget), where, "a symbol or a constant")
            height = constant(1)
            if joint:
                used |= key[0]
                height = _height(key[0], key[1][1], names, scope, where)
            value = sum_polys(value, product(weight, height))
        value = put(put(value, 1, scope.m), 0, scope.n)
        proper = not value if relation == "=" else all(x > 0 for x in value.values())
        strict = relation in ("<", ">") and (0, 0, 0) not in value
        require(proper and not strict, where, "the statement is not seen to hold on the laws")
    require(used == set(names), "names", "expected just the names that occur")
    return f"{scope.shown} some law of n features has {' and '.join(texts)}", []


def _height(group: Group, line: Line, names: dict[str, str], scope: Scope, where: str) -> Poly:
    """Return a joint entropy of a code from which any n-m (or n-1) features tell all the others."""
    for name in sorted(group):
        require(name in names, where, f"the law has no variable {name}")
    a, c, d = line
    code = (0, 1, -1) if scope.budget else (-1, 1, 0)
    if any(names[name] == "all" for name in group):
        return line_poly(*code)
    if scope.never_negative(sum_of_lines(code, (-a, -c, -d))):
        return line_poly(*line)
    proper = scope.never_negative((a - code[0], c - code[1], d - code[2]))
    require(proper, where, "a joint entropy that depends on how n and m compare")
    return line_poly(*code)
