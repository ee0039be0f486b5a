"""Other provers of information inequalities, asked the same questions where they are installed.

psitip (a Python package) is asked in process, minitip (a command on the PATH) as a process.
"""

from __future__ import annotations

import functools
import gc
import importlib.util
import operator
import shutil
import subprocess
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from natlat_sym import Form
from natlat_sym.certified.problems import read_given
from natlat_sym.statements.notation import claim as read_claim
from natlat_sym.statements.notation import form as read_form

PSITIP = importlib.util.find_spec("psitip") is not None
MINITIP = shutil.which("minitip")


def loaded() -> Any:
    """Return psitip, imported once."""
    import psitip

    gc.collect()
    gc.freeze()  # what the peer has loaded shall not slow down garbage collection on either side
    return psitip


def expressions(forms: Iterable[Form]) -> Callable[[Form], Any]:
    """Return what writes a form as an expression of psitip."""
    psitip = loaded()
    names = sorted({name for form in forms for name in form.variables})
    variables = dict(zip(names, psitip.rv(*names), strict=True))

    def expression(form: Form) -> Any:
        total = None
        for group, value in sorted(form.entropies.items(), key=lambda item: sorted(item[0])):
            joint = psitip.H(*[sum(variables[name] for name in sorted(group))])
            term = joint * float(value)
            total = term if total is None else total + term
        return total

    return expression


def psitip_proof(claim: str, given: list[str]) -> Callable[[], None] | None:
    """Return what makes psitip decide a claim; None when it is not installed."""
    if not PSITIP:
        return None
    forms = [read_claim(claim).difference, *(c.difference for c in read_given(given))]
    expression = expressions(forms)

    def run() -> None:
        goal = expression(forms[0]) >= 0
        hypotheses = [expression(form) == 0 for form in forms[1:]]
        if hypotheses:
            goal = functools.reduce(operator.and_, hypotheses) >> goal
        if not bool(goal):
            raise RuntimeError(f"psitip does not prove {claim[:60]}")

    return run


def psitip_corners(form: str, given: list[str]) -> Callable[[], set[tuple[Fraction, ...]]] | None:
    """Return what makes psitip find the corners of a bound; None when it is not installed.

    It projects the cone of the Shannon inequalities on the form and its errors; the facets that the
    form has a part in are the corners, rounded here from its floats.
    """
    if not PSITIP:
        return None
    psitip = loaded()
    wanted, claims = read_form(form), read_given(given)
    errors = {next(iter(c.rhs.symbols)): c.lhs for c in claims if c.rhs.symbols}
    exact = [c.difference for c in claims if not c.rhs.symbols]
    expression = expressions([wanted, *errors.values(), *exact])
    top, *reals = psitip.real("wanted", *sorted(errors))

    def run() -> set[tuple[Fraction, ...]]:
        sides = [(top, expression(wanted))]
        sides += [
            (real, expression(errors[a])) for real, a in zip(reals, sorted(errors), strict=True)
        ]
        held = [expression(form) == 0 for form in exact]
        region = functools.reduce(operator.and_, held, psitip.universe()).discover(sides)
        facets = [facet for facet in region.exprs_ge if facet.get_coeff(top) < 0]
        return {
            tuple(
                Fraction(facet.get_coeff(real) / -facet.get_coeff(top)).limit_denominator(1000)
                for real in reals
            )
            for facet in facets
        }

    return run


def minitip_proof(claim: str, given: list[str]) -> Callable[[], None] | None:
    """Return what makes minitip decide a claim, process start included; None without it."""
    if MINITIP is None:
        return None
    forms = [read_claim(claim).difference, *(c.difference for c in read_given(given))]
    names = sorted({name for form in forms for name in form.variables})
    letters = {name: chr(ord("a") + place) for place, name in enumerate(names)}

    def written(form: Form, relation: str) -> str:
        terms = [
            f"{float(value):+.12f}{''.join(sorted(letters[name] for name in group))}"
            for group, value in form.entropies.items()
        ]
        return f"{''.join(terms)}{relation}0"

    asked = [written(forms[0], ">="), *(written(form, "=") for form in forms[1:])]

    def run() -> None:
        said = subprocess.run([MINITIP, "-q", "-e", *asked], check=False).returncode
        if said in (1, 2):  # false, or a syntax error; it gives up after 10 s
            raise RuntimeError(f"minitip does not prove {claim[:60]}")

    return run
