"""Natural latents of a law: the exact errors of a candidate latent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from natlat_sym.errors import Undecided
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.naming import find_names
from natlat_sym.exact.render import amount_rows, brief, decimal, html_table, quantity, text_table
from natlat_sym.laws.expected import as_law
from natlat_sym.natural.existence import FoundLatent, find_natural_latent
from natlat_sym.natural.features import Group, as_features, group_text, in_brief, is_wide, legend
from natlat_sym.nets.dags import dag_form, mediation, redundancy
from natlat_sym.nets.natural import deletion_budget
from natlat_sym.statements.forms import Form, dual_total_correlation, entropy

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist

__all__ = ["FoundLatent", "NaturalLatent", "evaluated", "find_natural_latent", "natural_latent"]

Errors = tuple[tuple[str, Bits], ...]

_KINDS = (
    ("weak", "weak", False),
    ("strong", "strong", False),
    ("deterministic_weak", "weak", True),
    ("deterministic_strong", "strong", True),
)


@dataclass(frozen=True, slots=True)
class NaturalLatent:
    """The natural-latent errors of one latent under one law, all exact, in bits.

    Parameters
    ----------
    dist : Dist
        The law.
    latent : str
        The latent L.
    groups : tuple of tuple of str
        The features X1, ..., Xn.
    mediation : Bits
        TC(X1;...;Xn|L), the error of the net L -> Xi for all i.
    dual_mediation : Bits
        DTC(X1;...;Xn|L), the mediation error that pairs with weak redundancy.
    entropy, entropy_given_features : Bits
        H(L) and H(L|X).
    weak_errors, strong_errors : tuple of (feature text, Bits)
        See ``weak`` and ``strong``.
    deterministic_weak_errors, deterministic_strong_errors : tuple of (feature text, Bits)
        See ``deterministic_weak`` and ``deterministic_strong``.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 L", [("0", "0", "0"), ("1", "1", "1")])
    >>> report = natural_latent(p, ["X1", "X2"], "L")
    >>> report.mediation, report.weak
    (Bits('0'), {'X1': Bits('0'), 'X2': Bits('0')})
    """

    dist: Dist
    latent: str
    groups: tuple[Group, ...]
    mediation: Bits
    dual_mediation: Bits
    entropy: Bits
    entropy_given_features: Bits
    weak_errors: Errors
    strong_errors: Errors
    deterministic_weak_errors: Errors
    deterministic_strong_errors: Errors

    @property
    def features(self) -> tuple[str, ...]:
        """The features as text, a group as ``X1,X2``."""
        return tuple(map(group_text, self.groups))

    @property
    def weak(self) -> dict[str, Bits]:
        """I(L;Xi|X_-i) by the feature dropped."""
        return dict(self.weak_errors)

    @property
    def strong(self) -> dict[str, Bits]:
        """I(L;X_-i|Xi) by the one feature kept."""
        return dict(self.strong_errors)

    @property
    def deterministic_weak(self) -> dict[str, Bits]:
        """H(L|X_-i) by the feature dropped."""
        return dict(self.deterministic_weak_errors)

    @property
    def deterministic_strong(self) -> dict[str, Bits]:
        """H(L|Xi) by the one feature kept."""
        return dict(self.deterministic_strong_errors)

    @property
    def worst(self) -> dict[str, Bits]:
        """The largest redundancy error of each kind, where that does not depend on parameters."""
        found = {}
        for kind, errors in self._kinds():
            with contextlib.suppress(Undecided):
                found[kind] = max(value for _, value in errors)
        return found

    @property
    def verdict(self) -> dict[str, bool]:
        """What holds exactly.

        ``mediates``: TC(X|L) = 0.
        ``weakly_redundant``: I(L;Xi|X_-i) = 0 for every i.
        ``strongly_redundant``: I(L;X_-i|Xi) = 0 for every i.
        ``natural_weak``, ``natural_strong``: it mediates and is weakly, or strongly, redundant.
        ``deterministic``: H(L|X) = 0, the latent is a function of the features.
        """
        mediates = self.mediation == 0
        weak = not any(value for _, value in self.weak_errors)
        strong = not any(value for _, value in self.strong_errors)
        return {
            "mediates": mediates,
            "weakly_redundant": weak,
            "strongly_redundant": strong,
            "natural_weak": mediates and weak,
            "natural_strong": mediates and strong,
            "deterministic": self.entropy_given_features == 0,
        }

    def budget(self, lost: int, deterministic: bool = False) -> dict[tuple[str, ...], Bits]:
        """Return the redundancy errors for any number of lost features.

        Parameters
        ----------
        lost : int
            How many features are lost, from 1 to n - 1.
        deterministic : bool
            False for I(L;X_D|X_-D), True for H(L|X_-D).

        Returns
        -------
        dict
            From each set D of lost features, as a tuple of texts, to its error in bits.

        Raises
        ------
        InvalidInput
            When ``lost`` is out of range.

        Examples
        --------
        >>> from natlat_sym import Dist
        >>> p = Dist.uniform("X1 X2 X3 L", [("0", "0", "0", "0"), ("0", "1", "0", "1")])
        >>> natural_latent(p, None, "L").budget(2, deterministic=True)[("X1", "X2")]
        Bits('1')
        """
        forms = _redundancy_forms(self.groups, self.latent, lost, deterministic)
        values = evaluated(self.dist, [form for _, form in forms])
        return {
            tuple(map(group_text, dropped)): value
            for (dropped, _), value in zip(forms, values, strict=True)
        }

    def to_json(self, longest: int | None = None) -> dict[str, object]:
        """Return the report as JSON values: quantities, exact up to a number of characters."""
        amount = partial(quantity, longest=longest)
        return {
            "latent": self.latent,
            "features": list(self.features),
            "mediation": amount(self.mediation),
            "dual_mediation": amount(self.dual_mediation),
            "redundancy": {
                kind: {feature: amount(value) for feature, value in errors}
                for kind, errors in self._kinds()
            },
            "worst": {kind: amount(value) for kind, value in self.worst.items()},
            "entropy": amount(self.entropy),
            "entropy_given_features": amount(self.entropy_given_features),
            "verdict": self.verdict,
        }

    def __str__(self) -> str:
        features = self.features
        rows = amount_rows((kind, in_brief(text, features), v) for kind, text, v in self._rows())
        head = f"X\n{legend(features)}" if is_wide(features) else ", ".join(features)
        return f"latent {self.latent} of {head}\n{text_table(rows, right=[2])}\n{self._sentence()}"

    def _repr_html_(self) -> str:
        rows = [(label, text, decimal(value), brief(value)) for label, text, value in self._rows()]
        return html_table(("error", "form", "bits", "exact"), rows)

    def _kinds(self) -> tuple[tuple[str, Errors], ...]:
        return (
            ("weak", self.weak_errors),
            ("strong", self.strong_errors),
            ("deterministic_weak", self.deterministic_weak_errors),
            ("deterministic_strong", self.deterministic_strong_errors),
        )

    def _rows(self) -> list[tuple[str, str, Bits]]:
        latent, everything = self.latent, ",".join(self.features)
        blocks = ";".join(self.features)
        rows = [
            ("mediation", f"TC({blocks}|{latent})", self.mediation),
            ("dual mediation", f"DTC({blocks}|{latent})", self.dual_mediation),
        ]
        for kind, errors in self._kinds():
            for feature, value in errors:
                rest = ",".join(other for other in self.features if other != feature)
                lost, kept = (feature, rest) if "weak" in kind else (rest, feature)
                deterministic = kind.startswith("deterministic")
                text = f"H({latent}|{kept})" if deterministic else f"I({latent};{lost}|{kept})"
                rows.append((kind.replace("_", " "), text, value))
        rows.append(("entropy", f"H({latent})", self.entropy))
        rows.append(("given features", f"H({latent}|{everything})", self.entropy_given_features))
        return rows

    def _sentence(self) -> str:
        verdict = self.verdict
        strengths = [name for name in ("weak", "strong") if verdict[f"natural_{name}"]]
        if strengths:
            head = f"{self.latent} is an exact natural latent ({' and '.join(strengths)})"
        elif verdict["mediates"]:
            head = f"{self.latent} mediates exactly and is not redundant"
        elif verdict["weakly_redundant"]:
            head = f"{self.latent} is redundant exactly and does not mediate"
        else:
            head = f"{self.latent} neither mediates nor is redundant exactly"
        tail = "a function" if verdict["deterministic"] else "not a function"
        return f"{head}; it is {tail} of the features."


def natural_latent(
    dist: Dist, features: str | Iterable[str | Iterable[str]] | None, latent: str
) -> NaturalLatent:
    """Return the exact natural-latent errors of a candidate latent.

    Parameters
    ----------
    dist : Dist
        A law over the features and the latent.
    features : iterable of str or of iterables of str, or None
        The features, at least two, each a variable or a group; None means every other variable.
    latent : str
        The latent.

    Returns
    -------
    NaturalLatent
        Every error is exact, in bits; ``str`` gives a table, ``to_json`` the values.

    Raises
    ------
    UnknownVariable, OverlappingSets, InvalidInput
        For a name the law lacks, features that share a variable, fewer than two features.

    References
    ----------
    J. Wentworth and D. Lorell, "Natural Latents: The Math" (2023).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X1 X2 L", [("0", "0", "0"), ("0", "1", "0"), ("1", "1", "1")])
    >>> print(natural_latent(p, ["X1", "X2"], "L"))
    latent L of X1, X2
    error                 form              bits  exact
    mediation             TC(X1;X2|L)   0.000000  0
    dual mediation        DTC(X1;X2|L)  0.000000  0
    weak                  I(L;X1|X2)    0.666667  2/3
    weak                  I(L;X2|X1)    0.000000  0
    strong                I(L;X2|X1)    0.000000  0
    strong                I(L;X1|X2)    0.666667  2/3
    deterministic weak    H(L|X2)       0.666667  2/3
    deterministic weak    H(L|X1)       0.000000  0
    deterministic strong  H(L|X1)       0.000000  0
    deterministic strong  H(L|X2)       0.666667  2/3
    entropy               H(L)          0.918296  -2/3 + log2(3)
    given features        H(L|X1,X2)    0.000000  0
    L mediates exactly and is not redundant; it is a function of the features.
    """
    as_law(dist)
    find_names((latent,), dist.names)
    groups = as_features(dist, features, apart_from=[latent])
    everything = tuple(name for group in groups for name in group)
    summary = [
        dag_form(mediation(groups, latent)),
        dual_total_correlation(groups, (latent,)),
        entropy((latent,)),
        entropy((latent,), everything),
    ]
    nets = [
        (kind, dropped, form)
        for kind, lost, deterministic in _KINDS
        for dropped, form in _redundancy_forms(groups, latent, lost, deterministic)
    ]
    values = evaluated(dist, [*summary, *(form for _, _, form in nets)])
    errors: dict[str, dict[str, Bits]] = {kind: {} for kind, _, _ in _KINDS}
    for (kind, dropped, _), value in zip(nets, values[len(summary) :], strict=True):
        named = dropped if "weak" in kind else [group for group in groups if group not in dropped]
        errors[kind][group_text(named[0])] = value
    mediates, dual, whole, rest = values[: len(summary)]
    order = tuple(map(group_text, groups))
    weak, strong, deterministic_weak, deterministic_strong = (
        tuple((feature, errors[kind][feature]) for feature in order) for kind, _, _ in _KINDS
    )
    return NaturalLatent(
        dist=dist,
        latent=latent,
        groups=groups,
        mediation=mediates,
        dual_mediation=dual,
        entropy=whole,
        entropy_given_features=rest,
        weak_errors=weak,
        strong_errors=strong,
        deterministic_weak_errors=deterministic_weak,
        deterministic_strong_errors=deterministic_strong,
    )


def _redundancy_forms(
    groups: tuple[Group, ...], latent: str, lost: str | int, deterministic: bool
) -> list[tuple[tuple[Group, ...], Form]]:
    budget = deletion_budget(lost, len(groups))
    return [
        (dropped, dag_form(net))
        for dropped, net in redundancy(groups, latent, budget, deterministic)
    ]


def evaluated(dist: Dist, forms: list[Form]) -> list[Bits]:
    """Evaluate forms after one batch that shares the work for their joint entropies.

    Examples
    --------
    >>> from natlat_sym import Dist, H, I
    >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> evaluated(p, [H("X"), I("X;Y"), H("X|Y")])
    [Bits('1'), Bits('1'), Bits('0')]
    """
    dist.entropies({names for form in forms for names in form.entropies})
    return [form(dist) for form in forms]
