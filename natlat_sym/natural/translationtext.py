"""A translation as text: its errors, its hypotheses, its table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.errors import Undecided
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import show
from natlat_sym.exact.render import amount_rows, decimal, text_table, wrapped
from natlat_sym.natural.features import in_brief, is_wide, legend
from natlat_sym.natural.hypotheses import share

if TYPE_CHECKING:
    from natlat_sym.exact.infinity import Infinity
    from natlat_sym.natural.translation import Translation

_WIDE = 24  # characters: longer fractions are rounded
Named = list[tuple[str, str, "Bits | Infinity"]]


def translation_text(t: Translation) -> str:
    """Return the whole report."""
    parts = [_sentence(t), text_table(error_rows(t), right=[2]), ""]
    if is_wide(t.features):
        parts.insert(1, legend(t.features))
    parts += [text_table(_hypothesis_rows(t), right=[2, 3, 4]), _looseness(t), ""]
    head, rows = table_cells(t)
    return "\n".join([*parts, text_table([head, *rows], right=range(1, len(head)))])


def error_rows(t: Translation) -> list[tuple[str, str, str, str]]:
    """Return the errors, the bounds and the divergences as rows of a table, its head first."""
    target, source, features = t.target, t.source, ",".join(t.features)
    named: Named = [
        ("stochastic", f"I({target};{features}|{source})", t.stochastic),
        *_bounds(t, t.bound, t.dual_bound),
        ("  beside", f"I({target};{features})", t.information),
        ("deterministic", f"H({target}|{source})", t.deterministic),
        *_bounds(t, t.deterministic_bound, t.deterministic_dual_bound),
        ("  beside", f"H({target})", t.entropy),
        ("independence", f"I({target};{source}|{features})", t.independence),
    ]
    texts = ["first law from second", "second law from first"]
    texts += ["third law from first", "third law from second"]
    for text, value in zip(texts, [*(t.divergence or ()), *(t.apart or ())], strict=False):
        named.append(("predictive divergence", text, value))
    return amount_rows((kind, in_brief(text, t.features), value) for kind, text, value in named)


def table_cells(t: Translation) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return head and rows of P[L|M]: fractions, or six decimals where fractions are long."""
    labels = sorted({label for _, law in t.rows for label, _ in law}, key=str)
    masses = [[dict(law).get(label, Fraction(0)) for label in labels] for _, law in t.rows]
    exact = all(len(show(mass)) <= _WIDE for row in masses for mass in row)
    write = show if exact else mass_text
    head = (f"P[{t.target}|{t.source}]", *map(str, labels))
    return head, [
        (str(given), *map(write, row)) for (given, _), row in zip(t.rows, masses, strict=True)
    ]


def mass_text(mass: Fraction) -> str:
    """Return a mass with six decimals; a function of parameters as it is.

    Examples
    --------
    >>> mass_text(Fraction(1, 3))
    '0.333333'
    """
    return decimal(Bits(mass)) if isinstance(mass, Fraction) else show(mass)


def _sentence(t: Translation) -> str:
    if t.is_function:
        kind = "a function"
    elif t.is_stochastic_function:
        kind = "a stochastic function, not a function,"
    else:
        kind = "not a stochastic function"
    where = "this law" if t.divergence is None else f"P[X] of {t.under}"
    return f"under {where} {t.target} is {kind} of {t.source}"


def _bounds(t: Translation, plain: Bits, dual: Bits) -> Named:
    bounds: Named = [("  at most", "bound of the theorem", plain)]
    return bounds if len(t.groups) < 3 else [*bounds, ("  at most", "bound with DTC", dual)]


def _hypothesis_rows(t: Translation) -> list[tuple[str, ...]]:
    both = t.divergence is not None
    rows: list[tuple[str, ...]] = [
        ("hypothesis", "form", "bits", "counts", *(["its own law"] if both else []))
    ]
    for hypothesis in t.hypotheses:
        own = [] if not both else ["" if hypothesis.own is None else decimal(hypothesis.own)]
        text, value = in_brief(hypothesis.form, t.features), decimal(hypothesis.value)
        rows.append((hypothesis.kind, text, value, str(hypothesis.times), *own))
    return rows


def _looseness(t: Translation) -> str:
    try:
        slack, kind = t.slack, t.weakest
    except Undecided:
        return "how loose the bound is depends on the parameters"
    if not slack:
        return "the bound on the stochastic error is attained"
    if kind is None:
        return "which hypothesis is the weak one depends on the parameters"
    part, whole = share(t.hypotheses, kind), t.least_bound
    return wrapped(
        f"the bound is {decimal(slack)} bits above the stochastic error; the weak hypothesis "
        f"is {kind}, which makes {decimal(part)} of its {decimal(whole)} bits"
    )
