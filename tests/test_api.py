"""The public names: complete, lazy, and never the name of a module."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

import natlat_sym as nl

SUBMODULES = {"draw", "rules", "testing", "zoo"}
NAMES = [
    "Argument",
    "BayesNet",
    "Bits",
    "BitsFunction",
    "CertificateRejected",
    "Claim",
    "DTC",
    "Dist",
    "Evaluation",
    "Experiment",
    "FieldMismatch",
    "Form",
    "GraphicalProof",
    "H",
    "Held",
    "I",
    "InexactInput",
    "InvalidInput",
    "ModelLaw",
    "NatlatError",
    "NoWitnessFound",
    "NotADag",
    "NotDerivable",
    "NotNormalised",
    "O",
    "OverlappingSets",
    "ProofError",
    "Quotation",
    "Refutation",
    "RuleRefused",
    "StepFailed",
    "SyntaxInvalid",
    "TC",
    "Theorem",
    "Undecided",
    "UnknownVariable",
    "UnreadableFile",
    "__version__",
    "all_dags",
    "arrows",
    "as_dag",
    "bayes_net",
    "best_latent",
    "best_summed_latent",
    "binary_optimum",
    "bound",
    "cite",
    "claim",
    "claim_for_n",
    "common_part",
    "conjecture",
    "copies",
    "cpdag",
    "d_connected",
    "d_separated",
    "dag",
    "dag_error",
    "dag_form",
    "decide",
    "decide_on_range",
    "draw",
    "dyadic",
    "evaluate",
    "evaluate_for_all_n",
    "exact_nets",
    "factor_terms",
    "find_natural_latent",
    "form",
    "from_model",
    "gap",
    "garbling",
    "kl",
    "latent_bounds",
    "latent_floor",
    "limits",
    "markov_class",
    "markov_classes",
    "markov_equivalent",
    "measure",
    "mediation",
    "minimal_i_map",
    "minimal_i_maps",
    "model_inclusion",
    "natural_latent",
    "near_best_latent",
    "net_bound",
    "oo",
    "parameter",
    "propose_latent",
    "prove",
    "prove_for_all_n",
    "prove_inclusion",
    "prove_on_range",
    "quote",
    "ratio_limit",
    "read_law",
    "read_net",
    "read_table",
    "redundancy",
    "refute",
    "refute_for_all_n",
    "refute_for_some_n",
    "resample",
    "resample_features",
    "rules",
    "standard_form",
    "sufficient_statistic",
    "suppose",
    "symmetries",
    "testing",
    "translate",
    "variables",
    "verify",
    "write_law",
    "write_net",
    "wyner_latent",
    "zoo",
]


def test_the_public_names_are_these():
    assert sorted(nl.__all__) == sorted(NAMES)
    assert dir(nl) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_loads_twice_as_the_same_object(name):
    assert getattr(nl, name) is getattr(nl, name)


def test_no_function_is_named_like_a_module():
    modules = {path.stem for path in Path(nl.__file__).parent.glob("[!_]*")}
    assert set(NAMES) & modules == SUBMODULES


def test_unknown_names_raise():
    with pytest.raises(AttributeError, match="module 'natlat_sym' has no attribute 'proove'"):
        _ = nl.proove


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SUBMODULES])
def test_every_public_object_is_documented(name):
    if name == "__version__":
        assert nl.__version__.count(".") == 2
        return
    value = getattr(nl, name)
    assert (value.__doc__ or "").strip(), name
    if not isinstance(value, type) and callable(value):
        assert ">>>" in value.__doc__, f"{name} has no example"


def test_every_error_is_a_natlat_error_and_a_builtin_error():
    errors = [
        value
        for name in NAMES
        if isinstance(value := getattr(nl, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 17
    for error in errors:
        assert issubclass(error, nl.NatlatError)
        if error is not nl.NatlatError:
            builtins = ValueError, TypeError, ArithmeticError, KeyError
            assert issubclass(error, builtins), error


def asks_for_a_law(name):
    """Whether the first argument of a public function is a law."""
    value = getattr(nl, name)
    if isinstance(value, type) or not callable(value):
        return False
    first = next(iter(inspect.signature(value).parameters.values()), None)
    return first is not None and first.annotation == "Dist"


@pytest.mark.parametrize("name", [name for name in NAMES if asks_for_a_law(name)])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("survey.csv", r"got the text 'survey.csv'; nl.read_law reads a law file, nl.read_table"),
        (Path("law.json"), r"got a value of type PosixPath; nl.read_law"),
        ({"0": 1}, r"got a value of type dict; nl.Dist.from_dict makes one"),
        (np.eye(2), r"got a value of type ndarray; nl.Dist.from_array"),
        (3, r"got a value of type int; nl.Dist.from_dict"),
    ],
)
def test_what_is_no_law_is_refused_with_the_way_to_make_one(name, given, message):
    value = getattr(nl, name)
    kinds = inspect.signature(value).parameters.values()
    needed = [p for p in kinds if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
    with pytest.raises(nl.InvalidInput, match=rf"expected a law \(nl.Dist\), {message}"):
        value(*[given] * len(needed))


def test_many_functions_ask_for_a_law():
    assert len([name for name in NAMES if asks_for_a_law(name)]) > 20


def test_help_on_the_package_lists_every_name():
    listed = set(re.findall(r"\w+", nl.__doc__))
    assert [name for name in nl.__all__ if name not in listed] == ["__version__"]
