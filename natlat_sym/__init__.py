"""natlat_sym: exact verification of natural latents.

Laws of finite variables are exact, amounts of information are exact numbers
``c + sum c_i*log2(a_i)`` in bits, and a claim about every law is a theorem only after a small
checker has accepted its certificate.  Names load on first use, so importing the package costs
almost nothing.

The names by purpose; ``help`` on each says the rest.

Numbers: Bits, oo, dyadic; with parameters: parameter, BitsFunction, limits, ratio_limit.

Laws: Dist, kl, Experiment; from files and models: read_law, write_law, read_table, read_net,
write_net, bayes_net, BayesNet, from_model, ModelLaw; bundled: zoo.

Forms: H, I, TC, DTC, O, form, claim, variables, Form, Claim; on a law: measure.

Nets: dag, as_dag, arrows, mediation, redundancy, dag_form, factor_terms, dag_error, d_separated,
d_connected, markov_equivalent, markov_class, markov_classes, all_dags, cpdag, model_inclusion,
prove_inclusion, minimal_i_map, minimal_i_maps, exact_nets; pictures: draw.

Latents of a law: natural_latent measures one, translate and garbling compare two;
find_natural_latent, common_part, best_latent, best_summed_latent, near_best_latent,
propose_latent, binary_optimum, latent_bounds find or bound them; resample, resample_features,
standard_form, sufficient_statistic, wyner_latent make others; symmetries of a law.

Claims about every law: prove, refute, decide, bound, Theorem, Refutation, Argument; for every
number of features: prove_for_all_n, refute_for_all_n, refute_for_some_n, evaluate_for_all_n,
claim_for_n; about one law: evaluate, Evaluation, prove_on_range, decide_on_range, gap,
latent_floor; beyond Shannon: cite, copies; in words only: quote, conjecture, Quotation; check
again: verify.

Pictures as arguments: suppose, Held, rules, GraphicalProof, net_bound.

Errors: NatlatError; InvalidInput with InexactInput, NotNormalised, UnknownVariable, NotADag,
OverlappingSets, SyntaxInvalid, UnreadableFile; FieldMismatch; Undecided; ProofError with
NotDerivable, StepFailed, RuleRefused, NoWitnessFound; CertificateRejected.  Tests: testing.

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
    "Bits": "exact.bits",
    "oo": "exact.bits",
    "dyadic": "exact.field",
    "BitsFunction": "parameters.functions",
    "parameter": "parameters.declared",
    "limits": "parameters.leading",
    "ratio_limit": "parameters.leading",
    "Dist": "laws.dist",
    "read_table": "laws.tables",
    "read_law": "laws.lawfile",
    "read_net": "nets.bayesfile",
    "write_net": "nets.bayesfile",
    "bayes_net": "nets.bayesnet",
    "BayesNet": "nets.bayesnet",
    "write_law": "laws.lawfile",
    "Form": "statements.forms",
    "Claim": "statements.forms",
    "dag": "nets.dags",
    "as_dag": "nets.dags",
    "arrows": "nets.dags",
    "dag_form": "nets.dags",
    "factor_terms": "nets.dags",
    "mediation": "nets.dags",
    "redundancy": "nets.dags",
    "d_separated": "nets.dags",
    "d_connected": "nets.dags",
    "markov_equivalent": "nets.equivalence",
    "markov_class": "nets.equivalence",
    "markov_classes": "nets.equivalence",
    "all_dags": "nets.equivalence",
    "cpdag": "nets.equivalence",
    "model_inclusion": "nets.inclusion",
    "minimal_i_map": "nets.imaps",
    "minimal_i_maps": "nets.imaps",
    "exact_nets": "nets.imaps",
    "prove_inclusion": "certified.netproofs",
    "H": "statements.notation",
    "cite": "certified.nonshannon",
    "copies": "certified.nonshannon",
    "I": "statements.notation",
    "TC": "statements.notation",
    "DTC": "statements.notation",
    "O": "statements.notation",
    "form": "statements.notation",
    "claim": "statements.notation",
    "variables": "statements.notation",
    "kl": "statements.measures",
    "dag_error": "statements.measures",
    "measure": "statements.measures",
    "Experiment": "statements.experiment",
    "common_part": "natural.components",
    "natural_latent": "natural.latents",
    "best_latent": "natural.best",
    "symmetries": "natural.symmetries",
    "best_summed_latent": "search.covers",
    "propose_latent": "natural.stochastic",
    "binary_optimum": "natural.binary",
    "garbling": "natural.garblings",
    "resample": "natural.posteriors",
    "resample_features": "natural.posteriors",
    "standard_form": "natural.posteriors",
    "sufficient_statistic": "natural.posteriors",
    "wyner_latent": "natural.wyner",
    "gap": "certified.gaps",
    "prove_on_range": "certified.ranged",
    "decide_on_range": "certified.ranged",
    "latent_bounds": "certified.floors",
    "near_best_latent": "certified.nearbest",
    "latent_floor": "certified.floors",
    "find_natural_latent": "natural.latents",
    "translate": "natural.translation",
    "from_model": "natural.models",
    "ModelLaw": "natural.models",
    "prove": "certified.theorems",
    "prove_for_all_n": "certified.families",
    "claim_for_n": "certified.instances",
    "refute_for_some_n": "certified.instances",
    "evaluate_for_all_n": "certified.familylaws",
    "refute_for_all_n": "certified.familylaws",
    "refute": "certified.theorems",
    "decide": "certified.theorems",
    "evaluate": "certified.theorems",
    "verify": "certified.theorems",
    "Theorem": "certified.theorems",
    "Refutation": "certified.theorems",
    "Evaluation": "certified.theorems",
    "bound": "certified.bounds",
    "Argument": "certified.arguments",
    "Quotation": "certified.quoted",
    "conjecture": "certified.quoted",
    "quote": "certified.quoted",
    "Held": "rules.held",
    "suppose": "rules.held",
    "net_bound": "rules.netbounds",
    "GraphicalProof": "rules.graphical",
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
    from natlat_sym.certified.arguments import Argument
    from natlat_sym.certified.bounds import bound
    from natlat_sym.certified.families import prove_for_all_n
    from natlat_sym.certified.familylaws import evaluate_for_all_n, refute_for_all_n
    from natlat_sym.certified.floors import latent_bounds, latent_floor
    from natlat_sym.certified.gaps import gap
    from natlat_sym.certified.instances import claim_for_n, refute_for_some_n
    from natlat_sym.certified.nearbest import near_best_latent
    from natlat_sym.certified.netproofs import prove_inclusion
    from natlat_sym.certified.nonshannon import cite, copies
    from natlat_sym.certified.quoted import Quotation, conjecture, quote
    from natlat_sym.certified.ranged import decide_on_range, prove_on_range
    from natlat_sym.certified.theorems import (
        Evaluation,
        Refutation,
        Theorem,
        decide,
        evaluate,
        prove,
        refute,
        verify,
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
    from natlat_sym.exact.bits import Bits, oo
    from natlat_sym.exact.field import dyadic
    from natlat_sym.laws.dist import Dist
    from natlat_sym.laws.lawfile import read_law, write_law
    from natlat_sym.laws.tables import read_table
    from natlat_sym.natural.best import best_latent
    from natlat_sym.natural.binary import binary_optimum
    from natlat_sym.natural.components import common_part
    from natlat_sym.natural.garblings import garbling
    from natlat_sym.natural.latents import find_natural_latent, natural_latent
    from natlat_sym.natural.models import ModelLaw, from_model
    from natlat_sym.natural.posteriors import (
        resample,
        resample_features,
        standard_form,
        sufficient_statistic,
    )
    from natlat_sym.natural.stochastic import propose_latent
    from natlat_sym.natural.symmetries import symmetries
    from natlat_sym.natural.translation import translate
    from natlat_sym.natural.wyner import wyner_latent
    from natlat_sym.nets.bayesfile import read_net, write_net
    from natlat_sym.nets.bayesnet import BayesNet, bayes_net
    from natlat_sym.nets.dags import (
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
    from natlat_sym.nets.equivalence import (
        all_dags,
        cpdag,
        markov_class,
        markov_classes,
        markov_equivalent,
    )
    from natlat_sym.nets.imaps import exact_nets, minimal_i_map, minimal_i_maps
    from natlat_sym.nets.inclusion import model_inclusion
    from natlat_sym.parameters.declared import parameter
    from natlat_sym.parameters.functions import BitsFunction
    from natlat_sym.parameters.leading import limits, ratio_limit
    from natlat_sym.rules.graphical import GraphicalProof
    from natlat_sym.rules.held import Held, suppose
    from natlat_sym.rules.netbounds import net_bound
    from natlat_sym.search.covers import best_summed_latent
    from natlat_sym.statements.experiment import Experiment
    from natlat_sym.statements.forms import Claim, Form
    from natlat_sym.statements.measures import dag_error, kl, measure
    from natlat_sym.statements.notation import DTC, TC, H, I, O, claim, form, variables

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
