"""Fitted models as exact laws: a small protocol for what other libraries train in floats."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.field import dyadic
from natlat_sym.exact.naming import Names, fixed_name, read_names
from natlat_sym.laws.dist import Dist
from natlat_sym.natural.features import fresh_name
from natlat_sym.nets.bayesnet import BayesNet, bayes_net
from natlat_sym.nets.netlaw import Key

if TYPE_CHECKING:
    from natlat_sym.nets.bayesnet import Row

_ACCEPTED = (
    "a model with natlat_law(), a pgmpy network (get_cpds), a scikit-learn CategoricalNB or "
    "BernoulliNB (feature_log_prob_), a latent-class model (weights_ and probabilities_), or, with "
    "data=, any model with predict_proba"
)


@dataclass(frozen=True)
class ModelLaw:
    """The exact law of a fitted model, and what was done to its floats.

    Attributes
    ----------
    law : Dist
        Of the features and the latent.
    latent : str or None
        The latent; None where the model does not say which variable it is.
    net : BayesNet or None
        The model as a net, where it is one; `write_net` stores it.
    note : str
        How floats were read, and how many rows were divided by their sum; for people.
    """

    law: Dist
    latent: str | None
    net: BayesNet | None
    note: str

    def __str__(self) -> str:
        return self.note


def from_model(
    model: Any,
    latent: str = "L",
    features: Names | None = None,
    data: Dist | None = None,
    keep: Names | None = None,
    denominator: int | None = None,
) -> ModelLaw:
    """Return the exact law of a model that was fitted in floats.

    Floats are taken as the dyadic rationals they exactly are, rows of masses are divided exactly by
    their sum, and the result says so.

    Parameters
    ----------
    model : object
        One of these, told apart by what it offers, without importing its library:

        * a method ``natlat_law()`` that returns a `Dist`, a `BayesNet` or a `ModelLaw`;
        * ``get_cpds()``: a discrete network of pgmpy;
        * ``feature_log_prob_``, ``class_log_prior_``: scikit-learn's CategoricalNB and BernoulliNB,
          read as generative models whose latent is the class;
        * ``weights_`` of shape (k,) and ``probabilities_``, a sequence with an array of shape
          (k, number of labels) for each feature: a latent-class model;
        * ``predict_proba``, together with `data`: any model at all, used as a channel P[L|X] from
          the outcomes of the data, such as scikit-learn's GaussianMixture.
    latent : str
        The name of the latent.
    features : names, optional
        Names of the features; default what the model calls them, else X1, X2, ...
    data : Dist, optional
        A law of the features; its labels, read as numbers, are what the model is asked about.  The
        law returned has P[X] of the data.
    keep : names, optional
        For networks: the variables to keep.
    denominator : int, optional
        Round every mass to a multiple of 1/denominator that keeps rows exact, such as 1000: large
        models are then far quicker to compare.

    Returns
    -------
    ModelLaw

    Raises
    ------
    InvalidInput
        For a model with none of these, or with other numbers of labels than it says.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> fitted = SimpleNamespace(weights_=[0.5, 0.5],
    ...     probabilities_=[[[0.9, 0.1], [0.2, 0.8]], [[0.7, 0.3], [0.1, 0.9]]])
    >>> found = from_model(fitted, denominator=10)
    >>> print(found)
    floats read as the dyadic rationals they are, masses rounded to multiples of 1/10
    >>> found.law.probability({"X1": "0"}, given={"L": "0"})
    Fraction(9, 10)
    """
    if denominator is not None and denominator < 1:
        raise InvalidInput(f"expected a denominator of at least 1, got {denominator}")
    if data is not None:
        return _as_channel(model, latent, features, data, denominator)
    if hasattr(model, "natlat_law"):
        return _own_law(model.natlat_law(), latent, keep)
    if hasattr(model, "get_cpds"):
        net = _network(model, denominator)
        return ModelLaw(net.law(keep), None, net, _note(net, denominator))
    labels, shares, tables = _mixture(model)
    names = _feature_names(model, features, len(tables))
    net = _mixture_net(labels, shares, tables, latent, names, denominator)
    return ModelLaw(net.law(), latent, net, _note(net, denominator))


def _own_law(given: object, latent: str, keep: Names | None) -> ModelLaw:
    if isinstance(given, ModelLaw):
        return given
    if isinstance(given, BayesNet):
        law = given.law(keep)
        net: BayesNet | None = given
        note = given.adjustment()
    elif isinstance(given, Dist):
        law, net, note = (given if keep is None else given.marginal(keep)), None, ""
    else:
        raise InvalidInput(
            f"expected natlat_law() to return a Dist or a BayesNet, got {type(given).__name__}"
        )
    return ModelLaw(law, latent if latent in law.names else None, net, note or "an exact law")


# ---- mixtures: a class, and the features independent given it ----

_Tables = list[list[list[float]]]


def _mixture(model: Any) -> tuple[list[str], list[float], _Tables]:
    """Return labels of the classes, their shares, and a table of masses by feature and class."""
    if hasattr(model, "feature_log_prob_") and hasattr(model, "class_log_prior_"):
        shares = [math.exp(float(value)) for value in model.class_log_prior_]
        logs = model.feature_log_prob_
        if isinstance(logs, list):  # one array for each feature
            tables = [[[math.exp(float(v)) for v in row] for row in array] for array in logs]
        elif hasattr(model, "binarize"):  # log chances of a 1
            chances = [[math.exp(float(v)) for v in row] for row in logs]
            tables = [[[1 - row[i], row[i]] for row in chances] for i in range(len(chances[0]))]
        else:
            raise _refused(model, "its features are counts, not finite variables")
    elif hasattr(model, "weights_") and hasattr(model, "probabilities_"):
        shares = [float(value) for value in model.weights_]
        tables = [[[float(v) for v in row] for row in array] for array in model.probabilities_]
    elif hasattr(model, "predict_proba"):
        raise _refused(
            model,
            "it has no finite variables of its own; pass data=, a law of the features, to use its "
            "predict_proba on their outcomes",
        )
    else:
        raise _refused(model, "it has none of these")
    names = getattr(model, "classes_", None)
    labels = [str(k) for k in range(len(shares))] if names is None else [str(c) for c in names]
    return labels, shares, tables


def _refused(model: object, why: str) -> InvalidInput:
    return InvalidInput(f"expected {_ACCEPTED}; got {type(model).__name__}: {why}", model=model)


def _feature_names(model: Any, features: Names | None, count: int) -> tuple[str, ...]:
    if features is None:
        given = getattr(model, "feature_names_in_", None)
        names = [f"X{i}" for i in range(1, count + 1)] if given is None else map(str, given)
        features = [fixed_name(name) for name in names]
    found = read_names(features, "features")
    if len(found) != count:
        raise InvalidInput(f"expected {count} names of features, got {len(found)}", names=found)
    return found


def _mixture_net(
    labels: Sequence[str],
    shares: Sequence[float],
    tables: _Tables,
    latent: str,
    names: Sequence[str],
    denominator: int | None,
) -> BayesNet:
    every: dict[str, Sequence[Hashable]] = {latent: labels}
    rows: dict[str, dict[Key, Row]] = {latent: {(): _exact_row(shares, denominator)}}
    for name, table in zip(names, tables, strict=True):
        if len(table) != len(labels):
            raise InvalidInput(f"expected {len(labels)} rows of {name}, got {len(table)}")
        every[name] = [str(k) for k in range(len(table[0]))]
        rows[name] = {
            (label,): _exact_row(row, denominator) for label, row in zip(labels, table, strict=True)
        }
    return bayes_net(every, {name: (latent,) for name in names}, rows, normalise=True)


def _exact_row(masses: Iterable[float], denominator: int | None) -> tuple[Fraction, ...]:
    """Return floats as the rationals they are; rounded, they are divided by their sum first."""
    row = tuple(dyadic(mass) for mass in masses)
    total = sum(row, Fraction(0))
    if denominator is None or total <= 0 or min(row) < 0:
        return row
    scaled = [mass / total * denominator for mass in row]
    whole = [math.floor(value) for value in scaled]
    order = sorted(range(len(row)), key=lambda k: (whole[k] - scaled[k], k))
    for place in order[: denominator - sum(whole)]:
        whole[place] += 1
    return tuple(Fraction(value, denominator) for value in whole)


def _note(net: BayesNet, denominator: int | None) -> str:
    rounded = f", masses rounded to multiples of 1/{denominator}" if denominator else ""
    adjusted = f"; {net.adjustment()}" if net.adjusted else ""
    return f"floats read as the dyadic rationals they are{rounded}{adjusted}"


# ---- networks ----


def _network(model: Any, denominator: int | None) -> BayesNet:
    """Read the tables of a pgmpy network: values of shape (labels, choices of the parents)."""
    spelled = [str(cpd.variable) for cpd in model.get_cpds()]
    fixed = {name: fixed_name(name) for name in spelled}
    labels: dict[str, Sequence[Hashable]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    rows: dict[str, dict[Key, Row]] = {}
    for cpd in model.get_cpds():
        name, above = fixed[str(cpd.variable)], [str(v) for v in cpd.variables[1:]]
        states: Mapping[Any, Sequence[object]] = cpd.state_names
        labels[name] = [str(label) for label in states[cpd.variable]]
        parents[name] = tuple(fixed.get(parent, parent) for parent in above)
        choices = product(*([str(s) for s in states[v]] for v in cpd.variables[1:]))
        columns = zip(*cpd.get_values(), strict=True)
        rows[name] = {
            key: _exact_row(column, denominator)
            for key, column in zip(choices, columns, strict=True)
        }
    return bayes_net(labels, parents, rows, normalise=True)


# ---- any model, as a channel from the outcomes of the data ----


def _as_channel(
    model: Any, latent: str, features: Names | None, data: Dist, denominator: int | None
) -> ModelLaw:
    if not hasattr(model, "predict_proba"):
        raise _refused(model, "with data= it needs predict_proba")
    names = data.names if features is None else read_names(features, "features")
    law = data.marginal(names)
    answers = model.predict_proba(_numbers(law))
    found = getattr(model, "classes_", None)
    labels = [str(k) for k in range(len(answers[0]))] if found is None else list(map(str, found))
    channel, off = {}, 0
    for outcome, masses in zip(law.support, answers, strict=True):
        row = _exact_row(masses, denominator)
        total = sum(row, Fraction(0))
        off += total != 1
        channel[outcome] = {
            label: mass / total for label, mass in zip(labels, row, strict=True) if mass
        }
    name = fresh_name(latent, names)
    rounded = f", masses rounded to multiples of 1/{denominator}" if denominator else ""
    note = (
        f"P[{name}|X] from predict_proba on {len(law)} outcomes of the data; floats read as the "
        f"dyadic rationals they are{rounded}; {off} of {len(law)} rows did not sum to 1 and were "
        "divided exactly by their sum"
    )
    return ModelLaw(law.extend(name, names, channel), name, None, note)


def _numbers(law: Dist) -> Any:
    """Return the outcomes as an array of floats for a model to look at."""
    import numpy as np

    try:
        return np.array([[float(label) for label in outcome] for outcome in law.support])
    except (TypeError, ValueError):
        raise InvalidInput(
            "expected labels of the data that are numbers, as the model was fitted on; use "
            "Dist.relabel to write them so"
        ) from None
