"""Every public name refuses arguments of a wrong type with an error of the project.

Each is called with arguments that are right, and then with each of these in turn replaced by what
is none.  A call may also succeed: a list of names may be a text, a number a text.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

import networkx as nx
import pytest

import natlat_sym as nl
from natlat_sym.explained import explained

LAW = nl.Dist.uniform("X Y L", [("0", "0", "0"), ("1", "1", "1")])
PAIR = LAW.marginal("X Y")
NET = nx.DiGraph([("L", "X"), ("L", "Y")])
BAYES = nl.bayes_net({"X": ["a", "b"]}, {"X": []}, {"X": {(): ["1/2", "1/2"]}})
HELD = nl.suppose("X <- L -> Y")
MORE = nl.suppose("X -> Y -> L")
MADE = nl.translate(LAW, "L", "X", ["Y"])
THEOREM = nl.prove("H(X) <= H(X,Y)")
E = nl.parameter("0 < e < 1/2")
NOISY = nl.Dist.from_dict({("0", "0"): 1 - E, ("0", "1"): E}, "X Y")
AMOUNT = nl.H("Y")(NOISY)
EXPERIMENT = nl.Experiment(PAIR, nl.Dist.uniform("X Y", [("0", "0"), ("1", "1"), ("0", "1")]))
FORM, CLAIM = nl.I("X;Y"), nl.claim("H(X) <= H(X,Y)")
ALL_N = "H(L|M) <= (n-1) TC(X|M) + n H(L|X[n-1])"

CALLS = {
    nl.Argument: ("name", "H(X)", "H(X) <= 1"),
    nl.Bits: ("1/2",),
    nl.Bits.combine: ([(1, nl.Bits(1))],),
    nl.Bits.from_latex: ("1",),
    nl.Bits.from_sympy: (1,),
    nl.Bits.from_terms: ({2: 1}, 1),
    nl.Bits.log2: (3,),
    nl.Bits.total: ([nl.Bits(1)],),
    nl.Bits(1).bounds: (3,),
    nl.Bits(1).decimal: (3,),
    nl.Bits(1).approx: (3,),
    nl.BitsFunction: ("e", AMOUNT.ranges),
    AMOUNT.at: (),
    AMOUNT.substitute: ({"e": "1/4"},),
    nl.Claim: (FORM, "<=", FORM),
    CLAIM.excess: (PAIR, {}),
    CLAIM.holds: (PAIR, {}),
    CLAIM.substitute: ({"X": "Z"},),
    nl.DTC: ("X", "Y"),
    nl.Dist.from_array: ([[1, 2], [3, 4]], "X Y", [["a", "b"], ["c", "d"]]),
    nl.Dist.from_dict: ({("0", "0"): 1}, "X Y"),
    nl.Dist.from_floats: ({("0", "0"): 1.0}, "X Y", False),
    nl.Dist.from_samples: ([("0", "0")], "X Y"),
    nl.Dist.from_weights: ({("0", "0"): 1}, "X Y"),
    nl.Dist.uniform: ("X Y", [("0", "0")]),
    nl.Experiment: (PAIR, PAIR),
    EXPERIMENT.error_probability: (2,),
    EXPERIMENT.least_rows_for_error: ("1/4",),
    EXPERIMENT.rows_for_error: ("1/4",),
    EXPERIMENT.rows_for_odds: (3,),
    EXPERIMENT.odds: ({("0", "0"): 1}, 1),
    EXPERIMENT.chernoff: (3,),
    FORM.__call__: (LAW,),
    FORM.eq: (FORM,),
    FORM.substitute: ({"X": "Z"},),
    nl.H: ("X",),
    nl.I: ("X", "Y"),
    nl.O: ("X", "Y"),
    nl.TC: ("X", "Y"),
    nl.Quotation: ("claim", "source", "open"),
    THEOREM.instantiate: ({"X": "Z"},),
    nl.all_dags: ("X Y",),
    nl.arrows: (NET,),
    nl.as_dag: (NET,),
    nl.bayes_net: ({"X": ["a", "b"]}, {"X": []}, {"X": {(): ["1/2", "1/2"]}}),
    BAYES.law: ("X",),
    nl.best_latent: (PAIR, ["X", "Y"], "sum", "weak"),
    nl.best_summed_latent: (PAIR, ["X", "Y"], "weak"),
    nl.binary_optimum: (nl.Dist.from_array([[4, 1], [1, 4]], "X Y"),),
    nl.bound: ("H(X)", ["H(X) <= a"]),
    nl.cite: ("zhang-yeung", "A B C D"),
    nl.claim_for_n: (ALL_N, 2),
    nl.claim: ("H(X) <= H(X,Y)",),
    nl.common_part: (PAIR, "X", "Y"),
    nl.conjecture: ("claim", "source"),
    nl.copies: ({"X": "X'"}, "Y", "Z"),
    nl.cpdag: (NET,),
    nl.d_connected: (NET, "X", "L"),
    nl.d_separated: (NET, "X", "Y", "L"),
    nl.dag: (NET,),
    nl.dag_error: (LAW, NET),
    nl.dag_form: (NET,),
    nl.decide: ("H(X) <= H(X,Y)", ["H(Y) = 0"]),
    nl.decide_on_range: (NOISY, "H(Y) >= 0"),
    nl.dyadic: (0.5,),
    nl.draw.mermaid: (NET,),
    nl.draw.picture: (NET, "caption"),
    nl.draw.strip: ([(NET, ["caption"])], 900),
    nl.draw.support: (PAIR, "X", "Y"),
    nl.draw.translation_table: (MADE,),
    nl.evaluate: (PAIR, ["H(X) = 1"]),
    nl.evaluate_for_all_n: (["H(L) <= H(L)"], {"L": "all"}, "X", 2),
    nl.exact_nets: (PAIR,),
    nl.factor_terms: (NET,),
    nl.find_natural_latent: (PAIR, ["X", "Y"], "weak"),
    nl.form: ("H(X)",),
    nl.from_model: (BAYES, "L"),
    nl.gap: (LAW, "L", "1/2", ["X", "Y"], None),
    nl.garbling: (LAW, "X", "Y", "L"),
    nl.kl: (PAIR, PAIR),
    nl.latent_bounds: (PAIR, ["X", "Y"], 2, 3, 2),
    nl.latent_floor: (PAIR, [["1/2", "0"], ["0", "1/2"]], "0", ["X", "Y"]),
    nl.limits: (AMOUNT, "e -> 0+"),
    nl.markov_class: (NET,),
    nl.markov_classes: ("X Y",),
    nl.markov_equivalent: (NET, NET),
    nl.measure: (PAIR, "H(X)"),
    nl.mediation: (["X", "Y"], "L"),
    nl.minimal_i_map: (PAIR, "X Y"),
    nl.minimal_i_maps: (PAIR,),
    nl.model_inclusion: (NET, NET),
    nl.natural_latent: (LAW, ["X", "Y"], "L"),
    nl.near_best_latent: (PAIR, ["X", "Y"], "sum", "weak", 2),
    nl.net_bound: ("X <- L -> Y", [HELD]),
    nl.parameter: ("0 < e < 1",),
    nl.propose_latent: (PAIR, ["X", "Y"], 2, "weak", 1),
    nl.prove: ("H(X) <= H(X,Y)", ["H(Y) = 0"]),
    nl.prove_for_all_n: (ALL_N, [], "X", 2),
    nl.prove_inclusion: (NET, NET),
    nl.prove_on_range: (NOISY, "H(Y) >= 0"),
    nl.quote: ("claim", "source"),
    nl.ratio_limit: (AMOUNT, AMOUNT, "e -> 0+"),
    nl.read_law: ("law.json",),
    nl.read_net: ("net.bif",),
    nl.read_table: ("table.csv", "n", ["X"], ","),
    nl.redundancy: (["X", "Y"], "L", "weak"),
    nl.refute: ("H(X,Y) <= H(X)", [], PAIR, {}),
    nl.refute_for_some_n: ("H(L) <= H(M)", [], "X"),
    nl.refute_for_all_n: ("H(L) <= H(M)", [], "X", 2),
    nl.resample: (LAW, "L", "X", "G"),
    nl.resample_features: (PAIR, ["X", "Y"], "R"),
    nl.rules.add_edge: (MORE, "X", "L"),
    nl.rules.bookkeep: (HELD, "X <- L -> Y"),
    nl.rules.chain_rule: ("X -> Y -> L", MORE),
    nl.rules.copy: ("X", "Y", "a"),
    nl.rules.dangly_bit: (HELD, HELD),
    nl.rules.frankenstein: ("X <- L -> Y", HELD, HELD),
    nl.rules.frankenstein_terms: ("X <- L -> Y", HELD, HELD),
    nl.rules.joint_independence: ("X; Y", HELD),
    nl.rules.marginalize: (HELD, "X <- L"),
    nl.rules.merge: (HELD, "X", "Y"),
    nl.rules.reroot: (HELD, "X -> L -> Y"),
    nl.rules.resample: ("L", "M", "X Y"),
    nl.rules.stitch: (HELD, HELD, HELD, "X <- L -> Y"),
    nl.rules.swap_latent: (HELD, "L", "M", "X Y"),
    nl.rules.transfer: ("X <- L -> Y", LAW, LAW, "d"),
    nl.rules.transfer_theorem: ("X <- L -> Y", "d"),
    nl.standard_form: (LAW, "L", ["X", "Y"], "S"),
    nl.sufficient_statistic: (PAIR, "X", "Y", "T"),
    nl.suppose: ("X <- L -> Y", "a"),
    nl.symmetries: (PAIR, ["X", "Y"]),
    nl.testing.claims: ("X Y",),
    nl.testing.dags: ("X Y",),
    nl.testing.forms: ("X Y",),
    nl.testing.laws: ("X Y", 2, 3),
    nl.translate: (LAW, "L", "X", ["Y"], None, "first"),
    nl.variables: ("X Y",),
    nl.verify: (THEOREM.certificate,),
    nl.write_law: (PAIR, "/nowhere/law.json"),
    nl.write_net: (BAYES, "/nowhere/net.bif"),
    nl.wyner_latent: (PAIR, "X", "Y", "W"),
    nl.zoo.TinyMixture: (1,),
    nl.zoo.entry: ("C01",),
    nl.zoo.language_law: (3, ("english", "french")),
    nl.zoo.law: ("C01",),
    nl.zoo.path: (4, 1),
    PAIR.couple: (PAIR,),
    PAIR.entropies: ([["X"]],),
    THEOREM.certificate.write: ("certificate.json",),
    nl.common_part(PAIR, "X", "Y").extend: (PAIR,),
    nl.find_natural_latent(PAIR).extend: (PAIR,),
    PAIR.extend: ("Z", "X", {"0": {"0": 1}, "1": {"1": 1}}),
    PAIR.given: ({"X": "0"},),
    PAIR.marginal: (["X"],),
    PAIR.mass: (("0", "0"),),
    PAIR.mixture: ([(1, PAIR)],),
    PAIR.probability: ({"X": "0"},),
    PAIR.product: (nl.Dist.uniform("Z", ["0"]),),
    PAIR.push: (lambda outcome: outcome[0], "Z"),
    PAIR.rename: ({"X": "Z"},),
}
NOT_CALLED = {
    "Dist": "says by itself which of its constructors to use",
    "Form": "says by itself how to write one",
    "oo": "a value",
    **dict.fromkeys(
        ("BayesNet", "Evaluation", "GraphicalProof", "Held", "ModelLaw", "Refutation", "Theorem"),
        "made by functions, of parts that are right",
    ),
    **dict.fromkeys(
        ("draw.Picture", "rules.Transfer", "zoo.Entry"),
        "made by functions, of parts that are right",
    ),
    "zoo.names": "has no arguments",
}
WRONG = {
    "None": None,
    "an int": 7,
    "a text": "no such thing!",
    "a float": 0.5,
    "a list": [1, 2],
    "an empty list": [],
    "a law": LAW,
    "a graph": NET,
    "an object": object(),
    "a dictionary": {1: 2},
}


def names_of(module):
    return getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    ]


def public():
    """Names and values of what can be called, without exceptions."""
    for name in nl.__all__:
        value = getattr(nl, name)
        if inspect.ismodule(value):
            yield from ((f"{name}.{one}", getattr(value, one)) for one in names_of(value))
        elif callable(value) and not (inspect.isclass(value) and issubclass(value, Exception)):
            yield name, value


def test_every_public_name_is_called_or_has_a_reason_not_to_be():
    missing = {
        name
        for name, value in public()
        if callable(value) and value not in CALLS and name not in NOT_CALLED
    }
    assert missing == set()


def said_of(function, *arguments):
    """Return the bare error of a call, or one of the project that is no sentence; else nothing."""
    try:
        result = function(*arguments)
        if hasattr(result, "__next__"):
            next(result, None)
    except nl.RuleRefused:
        return ""  # shows the nets it speaks of below one another
    except nl.NatlatError as error:
        return "" if str(error).splitlines() == [str(error)] else f"not one line: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("function", CALLS, ids=lambda f: f.__qualname__)
def test_wrong_types_are_refused_in_one_sentence(function, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a text may be a path that is written
    right = CALLS[function]
    bare = {
        (place, what): said
        for place in range(len(right))
        for what, value in WRONG.items()
        if (said := said_of(function, *right[:place], value, *right[place + 1 :]))
    }
    assert bare == {}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nl.limits(AMOUNT, 3), "expected text as at of limits, got 3; write it in quotes"),
        (
            lambda: nl.read_law(None),
            "expected text or a path or a dictionary as source of read_law, got None;"
            " write it in quotes",
        ),
        (
            lambda: nl.refute("H(X) <= 1", law=NET),
            "expected a law (nl.Dist) as dist of __call__, got a value of type DiGraph;"
            " nl.Dist.from_dict makes one of outcomes and masses",
        ),
        (
            lambda: nl.evaluate_for_all_n(["H(X) >= 0", 2]),
            "expected text in statements of evaluate_for_all_n, got 2; write it in quotes",
        ),
        (
            lambda: PAIR.rename("X"),
            "expected a dictionary as names of rename, got 'X'; write {key: value, ...}",
        ),
        (
            lambda: nl.bound("H(X)", None),
            "expected a list or a claim (nl.Claim) or text as given of bound, got None;"
            " write [..., ...]",
        ),
        (
            lambda: nl.Bits.combine([(1, nl.Bits(1)), 7]),
            "expected a tuple in parts of combine, got 7; write (..., ...)",
        ),
        (lambda: nl.quote(None, "x"), "expected one line of text as claim, got None"),
    ],
)
def test_the_sentence_names_the_argument(call, message):
    with pytest.raises(nl.InvalidInput) as caught:
        call()
    assert str(caught.value) == message


@explained
def halves(
    numbers: Sequence[int], by: Mapping[str, int] | None = None, *more: float
) -> list[float]:
    """Divide numbers by what is called two."""
    return [number / (by or {"two": 2})["two"] for number in (*numbers, *more)]


def test_a_call_that_succeeds_is_left_alone():
    assert halves([4], None, 3.0) == [2, 1.5]
    assert halves((True,)) == [0.5]
    assert (halves.__name__, halves.__doc__[:6]) == ("halves", "Divide")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3,), "expected a list as numbers of halves, got 3; write [..., ...]"),
        ((["a"],), "expected a whole number in numbers of halves, got 'a'; give an int"),
        (([1], {2: 2}), "expected text in by of halves, got 2; write it in quotes"),
        (([1], None, "x"), "expected a number as more of halves, got 'x'; give an int or a float"),
    ],
)
def test_the_argument_that_does_not_fit_is_found(arguments, message):
    with pytest.raises(nl.InvalidInput) as caught:
        halves(*arguments)
    assert str(caught.value) == message
    assert isinstance(caught.value.__cause__, Exception)


def test_a_defect_stays_what_it_is():
    """Where all arguments fit, or the call itself is wrong, the bare error is not covered up."""
    with pytest.raises(ZeroDivisionError):
        halves([1], {"two": 0})
    with pytest.raises(KeyError, match="two"):
        halves([1], {"three": 3})
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        halves()
