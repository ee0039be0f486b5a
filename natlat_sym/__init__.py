"""natlat_sym: exact verification of natural latents.

Laws of finite variables are exact, amounts of information are exact numbers
``c + sum c_i*log2(a_i)`` in bits, and a claim about every law is a theorem only after a small
checker has accepted its certificate.  Names load on first use, so importing the package costs
almost nothing.

Examples
--------
>>> import natlat_sym as nl
>>> p = nl.Dist.from_dict({("0", "0"): "1/2", ("1", "1"): "1/2"}, "X1 X2")
>>> print(nl.I("X1;X2")(p))
1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

_HOME = {
    "Bits": "bits",
    "oo": "bits",
    "BitsFunction": "functions",
    "parameter": "ratios",
    "limits": "leading",
    "ratio_limit": "leading",
    "Dist": "dist",
    "read_table": "tables",
    "read_law": "lawfile",
    "read_net": "bayesfile",
    "write_net": "bayesfile",
    "bayes_net": "bayesnet",
    "BayesNet": "bayesnet",
    "write_law": "lawfile",
    "Form": "forms",
    "Claim": "forms",
    "dag": "dags",
    "as_dag": "dags",
    "arrows": "dags",
    "dag_form": "dags",
    "factor_terms": "dags",
    "mediation": "dags",
    "redundancy": "dags",
    "d_separated": "dags",
    "d_connected": "dags",
    "markov_equivalent": "equivalence",
    "markov_class": "equivalence",
    "markov_classes": "equivalence",
    "all_dags": "equivalence",
    "cpdag": "equivalence",
    "model_inclusion": "inclusion",
    "minimal_i_map": "imaps",
    "minimal_i_maps": "imaps",
    "exact_nets": "imaps",
    "prove_inclusion": "netproofs",
    "H": "notation",
    "cite": "nonshannon",
    "copies": "nonshannon",
    "I": "notation",
    "TC": "notation",
    "DTC": "notation",
    "O": "notation",
    "form": "notation",
    "claim": "notation",
    "variables": "notation",
    "kl": "measures",
    "dag_error": "measures",
    "measure": "measures",
    "Experiment": "experiment",
    "common_part": "components",
    "natural_latent": "latents",
    "best_latent": "best",
    "propose_latent": "stochastic",
    "binary_optimum": "binary",
    "garbling": "garblings",
    "resample": "posteriors",
    "resample_features": "posteriors",
    "standard_form": "posteriors",
    "sufficient_statistic": "posteriors",
    "wyner_latent": "wyner",
    "gap": "gaps",
    "prove_on_range": "ranged",
    "decide_on_range": "ranged",
    "latent_bounds": "floors",
    "near_best_latent": "nearbest",
    "latent_floor": "floors",
    "find_natural_latent": "latents",
    "translate": "translation",
    "from_model": "models",
    "ModelLaw": "models",
    "prove": "theorems",
    "prove_for_all_n": "families",
    "evaluate_for_all_n": "familylaws",
    "refute_for_all_n": "familylaws",
    "refute": "theorems",
    "decide": "theorems",
    "evaluate": "theorems",
    "verify": "theorems",
    "Theorem": "theorems",
    "Refutation": "theorems",
    "Evaluation": "theorems",
    "bound": "bounds",
    "Argument": "arguments",
    "Quotation": "quoted",
    "conjecture": "quoted",
    "quote": "quoted",
    "Held": "held",
    "suppose": "held",
    "net_bound": "netbounds",
    "GraphicalProof": "graphical",
    "NatlatError": "errors",
    "InvalidInput": "errors",
    "InexactInput": "errors",
    "NotNormalised": "errors",
    "UnknownVariable": "errors",
    "NotADag": "errors",
    "OverlappingSets": "errors",
    "SyntaxInvalid": "errors",
    "UnreadableFile": "errors",
    "FieldMismatch": "errors",
    "Undecided": "errors",
    "ProofError": "errors",
    "NotDerivable": "errors",
    "StepFailed": "errors",
    "RuleRefused": "errors",
    "NoWitnessFound": "errors",
    "CertificateRejected": "errors",
}
_SUBMODULES = ("zoo", "draw", "rules", "testing")

__all__ = [*sorted([*_HOME, *_SUBMODULES]), "__version__"]

if TYPE_CHECKING:
    from natlat_sym import draw, rules, testing, zoo
    from natlat_sym.arguments import Argument
    from natlat_sym.bayesfile import read_net, write_net
    from natlat_sym.bayesnet import BayesNet, bayes_net
    from natlat_sym.best import best_latent
    from natlat_sym.binary import binary_optimum
    from natlat_sym.bits import Bits, oo
    from natlat_sym.bounds import bound
    from natlat_sym.components import common_part
    from natlat_sym.dags import (
        arrows,
        as_dag,
        d_connected,
        d_separated,
        dag,
        dag_form,
        factor_terms,
        mediation,
        redundancy,
    )
    from natlat_sym.dist import Dist
    from natlat_sym.equivalence import (
        all_dags,
        cpdag,
        markov_class,
        markov_classes,
        markov_equivalent,
    )
    from natlat_sym.errors import (
        CertificateRejected,
        FieldMismatch,
        InexactInput,
        InvalidInput,
        NatlatError,
        NotADag,
        NotDerivable,
        NotNormalised,
        NoWitnessFound,
        OverlappingSets,
        ProofError,
        RuleRefused,
        StepFailed,
        SyntaxInvalid,
        Undecided,
        UnknownVariable,
        UnreadableFile,
    )
    from natlat_sym.experiment import Experiment
    from natlat_sym.families import prove_for_all_n
    from natlat_sym.familylaws import evaluate_for_all_n, refute_for_all_n
    from natlat_sym.floors import latent_bounds, latent_floor
    from natlat_sym.forms import Claim, Form
    from natlat_sym.functions import BitsFunction
    from natlat_sym.gaps import gap
    from natlat_sym.garblings import garbling
    from natlat_sym.graphical import GraphicalProof
    from natlat_sym.held import Held, suppose
    from natlat_sym.imaps import exact_nets, minimal_i_map, minimal_i_maps
    from natlat_sym.inclusion import model_inclusion
    from natlat_sym.latents import find_natural_latent, natural_latent
    from natlat_sym.lawfile import read_law, write_law
    from natlat_sym.leading import limits, ratio_limit
    from natlat_sym.measures import dag_error, kl, measure
    from natlat_sym.models import ModelLaw, from_model
    from natlat_sym.nearbest import near_best_latent
    from natlat_sym.netbounds import net_bound
    from natlat_sym.netproofs import prove_inclusion
    from natlat_sym.nonshannon import cite, copies
    from natlat_sym.notation import DTC, TC, H, I, O, claim, form, variables
    from natlat_sym.posteriors import (
        resample,
        resample_features,
        standard_form,
        sufficient_statistic,
    )
    from natlat_sym.quoted import Quotation, conjecture, quote
    from natlat_sym.ranged import decide_on_range, prove_on_range
    from natlat_sym.ratios import parameter
    from natlat_sym.stochastic import propose_latent
    from natlat_sym.tables import read_table
    from natlat_sym.theorems import (
        Evaluation,
        Refutation,
        Theorem,
        decide,
        evaluate,
        prove,
        refute,
        verify,
    )
    from natlat_sym.translation import translate
    from natlat_sym.wyner import wyner_latent

    __version__: str


def __getattr__(name: str) -> object:
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    elif name in _SUBMODULES:
        value = import_module(f"{__name__}.{name}")
    elif name == "__version__":
        from importlib.metadata import version

        value = version("natlat-sym")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
