"""Graphical proofs: bookkeeping by the machine, pictures, sharp coefficients beside them."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from natlat_sym import (
    GraphicalProof,
    InvalidInput,
    StepFailed,
    Theorem,
    bound,
    claim,
    dag_error,
    form,
    net_bound,
    rules,
    suppose,
    verify,
)
from natlat_sym.cli import main
from natlat_sym.draw import strip
from natlat_sym.proofmap import run_proofs
from natlat_sym.testing import laws

SVG = "{http://www.w3.org/2000/svg}"


def theorem_one(mediation="m", redundancy="r"):
    """The four steps of the paper: marginalize, dangly bit, dangly bit, marginalize."""
    start = suppose("X1 <- L -> X2; L -> X3", mediation)
    pair = rules.marginalize(start, "X1 <- L -> X2", why="forget X3")
    one = rules.dangly_bit(pair, rules.copy("R", of="X1", error=redundancy))
    two = rules.dangly_bit(one, rules.copy("R", of="X2", error=redundancy))
    end = rules.marginalize(two, "R <- L -> R#2", why="forget X1 and X2")
    return GraphicalProof("Theorem 1", end)


def test_the_errors_of_theorem_one_step_by_step():
    proof = theorem_one()
    assert str(proof) == "\n".join(
        [
            "Theorem 1",
            "  1  X1 <- L -> X2; L -> X3        within m        given",
            "  2  X1 <- L -> X2                 within m        Marginalize 1: forget X3",
            "  3  R <- X1 -> R#2                within r        Copy, given H(R|X1) <= r",
            "  4  L -> X1 -> R; L -> X2         within m + r    Dangly bit 2, 3",
            "  5  R <- X2 -> R#2                within r        Copy, given H(R|X2) <= r",
            "  6  L -> X1 -> R; L -> X2 -> R#2  within m + 2 r  Dangly bit 4, 5",
            "  7  R <- L -> R#2                 within m + 2 r  Marginalize 6: forget X1 and X2",
        ]
    )
    errors = [str(step.error) for step in proof.steps]
    assert errors == ["m", "m", "r", "m + r", "r", "m + 2 r", "m + 2 r"]


def test_what_is_reached_is_a_theorem_in_any_words():
    proof = theorem_one()
    theorem = proof.qed()
    assert isinstance(theorem, Theorem)
    assert theorem.claim == claim("KL(R <- L -> R#2) <= m + 2 r")
    assert theorem.assumptions == (
        "KL(X1 <- L -> X2; L -> X3) <= m",
        "H(R|X1) <= r",
        "H(R|X2) <= r",
    )
    assert str(proof.qed("H(R|L) <= m + 2 r").claim) == "H(R|L) <= m + 2 r"
    assert verify(proof.certificate).claim == str(theorem.claim)
    for wrong in ("H(R|L) <= m + r", "H(R|L) = m + 2 r"):
        with pytest.raises(StepFailed, match=re.escape("Theorem 1: expected another way to write")):
            proof.qed(wrong)


def test_equalities_may_be_reworded_as_either():
    held = rules.reroot(suppose("X -> Y -> Z"), "X <- Y -> Z")
    proof = GraphicalProof("same", held)
    assert str(proof.qed()) == "⊢ KL(X <- Y -> Z) = KL(X -> Y -> Z)"
    assert str(proof.qed("I(X;Z|Y) = KL(X -> Y -> Z)")) == "⊢ I(X;Z|Y) = KL(X -> Y -> Z)"
    assert str(proof.qed("KL(X <- Y -> Z) <= I(X;Z|Y)")) == "⊢ KL(X <- Y -> Z) <= I(X;Z|Y)"
    assert "error I" not in str(proof)
    assert "&=" in proof._repr_latex_()


@given(laws("X1 X2 X3 L R", max_labels=2))
@settings(max_examples=10)
def test_every_step_holds_on_random_laws(law):
    proof = GraphicalProof("own forms", theorem_one(None, None).conclusion)
    for step in proof.steps:
        assert step.step.claim.holds(law)
        assert dag_error(law, step.arrows) <= step.error(law)
    assert form("H(R|L)")(law) <= form("TC(X1;X2;X3|L) + H(R|X1) + H(R|X2)")(law)


def test_unconditional_proofs_have_no_hypotheses():
    proof = theorem_one(None, None)
    assert proof.qed().given == ()
    assert proof.conclusion.error == form("TC(X1;X2;X3|L) + H(R|X1) + H(R|X2)")


def test_printing():
    proof = theorem_one()
    scope = {"GraphicalProof": GraphicalProof, "rules": rules, "suppose": suppose}
    assert eval(repr(proof), scope) == proof
    latex = proof._repr_latex_()
    assert latex.startswith(r"$\begin{aligned}D_{\mathrm{KL}}(X_{1} \leftarrow L \to X_{2}; L \to")
    assert r"R\#2) &\le m + 2\, r && \text{Marginalize 6: forget X1 and X2}\end{aligned}$" in latex
    odd = rules.marginalize(suppose("X -> Y -> Z", "a"), "X -> Y", why="50% of a_1 & {R#2}")
    assert (
        r"\text{Marginalize 1: 50\% of a\_1 \& \{R\#2\}}" in GraphicalProof("", odd)._repr_latex_()
    )
    with pytest.raises(InvalidInput, match="expected a net that holds"):
        GraphicalProof("nothing", "X -> Y")


# ---- pictures ----


def test_the_strip_shows_every_net_with_its_error_and_rule():
    proof = theorem_one()
    root = ElementTree.fromstring(proof._repr_svg_())
    texts = [element.text for element in root.iter(f"{SVG}text")]
    for number, step in enumerate(proof.steps, 1):
        assert f"{number}.  within {step.error}" in texts
    assert texts.count("L") == sum("L" in step.net for step in proof.steps)
    assert {"Marginalize 6: forget X1 and", "X2", "Dangly bit 4, 5"} <= set(texts)
    edges = sum(len(step.net.edges) for step in proof.steps)
    assert len(list(root.iter(f"{SVG}path"))) == edges
    assert proof.picture() == proof.picture()


def test_a_strip_goes_on_in_a_new_row_and_stays_inside():
    panels = [("X -> Y -> Z", ["first", "a <line> & more"]), ("X; Y; Z; W", ["second"])] * 3
    for width, rows in ((200, 6), (520, 3), (5000, 1)):
        root = ElementTree.fromstring(strip(panels, width).svg)
        places = [
            tuple(map(float, group.attrib["transform"][10:-1].split()))
            for group in root.findall(f"{SVG}g")
        ]
        assert len(places) == 6
        assert len({top for _, top in places}) == rows
        for (left, top), group in zip(places, root.findall(f"{SVG}g"), strict=True):
            frame = group.find(f"{SVG}rect")
            assert left + float(frame.attrib["width"]) < float(root.attrib["width"])
            assert top + float(frame.attrib["height"]) < float(root.attrib["height"])
    assert strip(panels).text == " | ".join(["X -> Y -> Z", "W; X; Y; Z"] * 3)
    with pytest.raises(InvalidInput, match="expected at least one net to draw"):
        strip([])


# ---- the automatic version ----


def test_the_chain_of_theorem_one_is_sharp():
    found = theorem_one().sharp()
    assert str(found) == "\n".join(
        [
            "R <- L -> R#2  derivable",
            "  given         KL(X1 <- L -> X2; L -> X3) <= m",
            "  given         H(R|X1) <= r",
            "  given         H(R|X2) <= r",
            "  by the rules  within m + 2 r  (sharp)",
            "  least         within m + 2 r, every coefficient needed by a law",
        ]
    )
    assert found.status == "derivable"
    assert found.sharp == (form("m + 2 r"),)
    assert found.to_json()["chain"] == {"m": "1", "r": "2"}


def test_a_chain_that_loses_something_is_seen():
    one, two = suppose("X -> Y; X -> Z", "a"), suppose("X; Y -> Z", "b")
    found = net_bound(rules.frankenstein("X -> Y -> Z", one, two))
    assert found.chain == form("a + b")
    assert not found.chain_is_sharp
    assert found.sharp == (form("b"),)
    assert "by the rules  within a + b  (not sharp)" in str(found)


def test_nets_without_hypotheses_get_symbols():
    found = net_bound(theorem_one(None, "e1").conclusion)
    assert found.chain == form("2 e1 + e2")
    assert found.sharp == (found.chain,)
    assert str(found.given[0]) == "KL(X1 <- L -> X2; L -> X3) <= e2"


def test_copies_of_latents_bring_what_holds_of_them():
    swapped = rules.swap_latent(suppose("X1 <- L -> X2", "m"), "L", "M", "X1 X2")
    assert net_bound(swapped).sharp == (form("m"),)
    third = rules.resample("L", "M", over="X1 X2")
    reads = [suppose("X1 -> X2 -> M", "r"), suppose("X2 -> X1 -> M", "r")]
    found = net_bound("M <- L -> (X1,X2)", [suppose("X1 <- L -> X2", "m"), *reads, third])
    assert found.sharp == (form("m + 2 r"),)
    assert (
        net_bound("M <- L -> (X1,X2)", [suppose("X1 <- L -> X2", "m"), *reads]).status == "refuted"
    )


def test_several_corners():
    given = [
        suppose("X1 <- L -> X2; L -> X3", "a"),
        *(
            rules.copy("R", of=f"X{i}", error=symbol)
            for i, symbol in ((1, "b"), (2, "c"), (3, "d"))
        ),
    ]
    found = net_bound("R <- L -> R#2", given)
    assert [str(error) for error in found.sharp] == [
        "1/2 a + 1/2 b + 1/2 c + 1/2 d",
        "a + c + d",
        "a + b + d",
        "a + b + c",
    ]
    assert found.sharp[0].symbols["a"] == Fraction(1, 2)


def test_what_no_linear_error_gives():
    refuted = net_bound("X1; X2", suppose("X1 <- L -> X2", "a"))
    assert refuted.status == "refuted"
    assert refuted.refutation.law.entropy("X1") > 0
    assert dag_error(refuted.refutation.law, "X1 <- L -> X2") == 0
    assert "refuted  a law has all errors 0 and this one above 0" in str(refuted)
    assert refuted.to_json()["status"] == "refuted"
    assert (refuted.sharp, refuted.chain_is_sharp) == ((), False)


def test_what_is_left_undecided():
    # Zhang and Yeung (1997): these independences imply the goal, but no Shannon inequality does,
    # so there is neither a linear bound nor a law that refutes it.
    found = net_bound("A; B", ["I(A;B|C) <= a", "I(A;B|D) <= a", "I(C;D) <= a", "I(C;D|A) <= a"])
    assert found.status == "undecided"
    assert found.polymatroid["H(A)"] > 0
    assert "no linear bound from Shannon inequalities, no law found" in str(found)


def test_premises_that_hold_exactly():
    given = [suppose("X1; X2", 0), "H(X3|X2) = 0"]
    found = net_bound("X1; X3", given)
    assert (found.status, found.sharp) == ("derivable", (form("0"),))
    assert str(found).endswith("least  exactly")
    assert str(found.bounds.corners[0].theorem.claim) == "KL(X1; X3) <= 0"
    assert net_bound("X1 -> X2 -> X3", ["KL(X1 <- X2 -> X3) = 0"]).sharp == (form("0"),)
    assert net_bound("X1; X2", "I(X1;X2) <= 1/2").sharp == (form("1/2"),)
    refuted = net_bound("X1; X2", suppose("X1 <- L -> X2", 0))
    assert refuted.status == "refuted"
    assert dag_error(refuted.refutation.law, "X1 <- L -> X2") == 0


def test_nothing_given_is_refused():
    with pytest.raises(InvalidInput, match="expected nets or claims to start from, got none"):
        net_bound("X; Y")


def test_net_bound_is_bound_on_nets():
    given = ["KL(X1 <- L -> X2) <= a", "KL(R <- X1 -> R#2) <= b", "KL(R <- X2 -> R#2) <= b"]
    found = net_bound("R <- L -> R#2", given)
    assert found.bounds.to_json() == bound("KL(R <- L -> R#2)", given).to_json()


def test_the_command_prints_nets(capsys):
    options = [part for text in ("X1 <- L -> X2", "R <- X1 -> R#2") for part in ("--given", text)]
    options = [
        text if text == "--given" else f"KL({text}) <= e{i}" for i, text in enumerate(options)
    ]
    assert main(["bound", "KL(R <- L -> X2)", *options]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "KL(R <- L -> X2) <= e1 + e3"


def test_the_proof_map_takes_graphical_proofs(tmp_path):
    (tmp_path / "p01_pictures.py").write_text(
        '"""P01 · Pictures.\n\nClaim    c\nReading  r\nSource   s\nUses     u\n"""\n'
        "from natlat_sym import GraphicalProof, rules, suppose\n"
        'held = rules.marginalize(suppose("X -> Y -> Z", "a"), "X -> Y", why="w")\n'
        'RESULTS = {"main": GraphicalProof("P01", held)}\n'
    )
    chapters = run_proofs(tmp_path, update=True)
    assert chapters.sound
    assert [entry.claim for entry in chapters.entries] == ["KL(X -> Y) <= a"]
