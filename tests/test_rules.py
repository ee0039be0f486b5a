"""Every rule of the calculus: an instance, exact values on random laws, and what it refuses."""

import re
from dataclasses import replace
from itertools import combinations, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natlat_sym import (
    CertificateRejected,
    Dist,
    Held,
    InvalidInput,
    RuleRefused,
    UnknownVariable,
    claim,
    dag_error,
    dag_form,
    decide,
    form,
    kl,
    mediation,
    parameter,
    prove,
    redundancy,
    rules,
    suppose,
    verify,
)
from natlat_sym.rules.held import conclude
from natlat_sym.testing import dags, laws

NAMES = "X Y Z"


def own(*nets: str) -> list[Held]:
    """Nets whose errors are their own forms: what is concluded holds for every law."""
    return [suppose(net) for net in nets]


def sound_on(held: Held, law: Dist) -> None:
    """The step and the whole hold exactly on a law, whatever the prover thinks of them."""
    assert held.step.claim.holds(law)
    assert held.theorem.claim.holds(law)
    assert dag_error(law, held.arrows) <= held.error(law)


# ---- what holds ----


def test_what_is_supposed():
    held = suppose("X1 <- L -> X2", "a + 1/2 b", why="said so")
    assert str(held) == "X1 <- L -> X2  within a + 1/2 b"
    assert held.theorem.assumptions == ("KL(X1 <- L -> X2) <= a + 1/2 b",)
    assert (held.exact, held.premises, held.ancestry()) == (False, (), (held,))
    exact = suppose("X1 <- L -> X2", "TC(X1;X2|L)")
    assert exact.theorem.given == ()
    assert exact.exact
    assert suppose("X; Y", 0).theorem.assumptions == ("KL(X; Y) <= 0",)
    for negative in ("-1", -1, "H(X) - 1 - H(X)"):
        message = "expected an error of at least 0 bits, got -1; write 0 for a net that holds"
        with pytest.raises(InvalidInput, match=message):
            suppose("X; Y", negative)
        with pytest.raises(InvalidInput, match=message):
            rules.copy("Y", of="X", error=negative)
    assert str(suppose("X; Y", "a - 1")) == "X; Y  within a - 1"
    for item in (held, exact, suppose(nx.DiGraph([("X", "Y")]))):
        assert eval(repr(item), {"suppose": suppose}) == item
    assert "within" in str(held)
    assert held._repr_latex_() == held.theorem._repr_latex_()


def test_a_net_without_its_theorem_is_refused():
    held = suppose("X1 <- L -> X2", "m")
    for change in ({"error": form("1/2 m")}, {"arrows": "X1; X2"}):
        with pytest.raises(InvalidInput, match=r"expected a theorem that X1.* holds within"):
            replace(held, **change)
    assert replace(held, why="said so").theorem == held.theorem


def test_a_step_that_does_not_add_up_is_no_step():
    with pytest.raises(CertificateRejected):
        conclude("bookkeep", "X; Z", own("X -> Y -> Z"), slack=[])
    with pytest.raises(CertificateRejected):
        conclude("bookkeep", "X -> Y -> Z; X -> Z", own("X; Y; Z"), slack=[form("I(X;Y)")])


CHAINS = {
    "reroot": lambda: rules.reroot(suppose("X -> Y -> Z", "a"), "X <- Y -> Z", why="one class"),
    "bookkeep": lambda: rules.bookkeep(suppose("X -> Z <- Y", "a"), "X -> Y -> Z; X -> Z"),
    "add_edge": lambda: rules.add_edge(suppose("X -> Y -> Z", "a"), "X", "Z"),
    "merge": lambda: rules.merge(suppose("X <- L -> Y; L -> Z", "a"), "Y", "Z"),
    "marginalize": lambda: rules.marginalize(suppose("X -> Y -> Z -> W", "a"), "X -> Y -> W"),
    "frankenstein": lambda: rules.frankenstein(
        "X -> Y -> Z", suppose("X -> Y; X -> Z", "a"), suppose("X; Y -> Z", "b")
    ),
    "stitch": lambda: rules.stitch(
        suppose("(X1,X2) -> Y -> Z", "a"), suppose("X1 -> Y <- X2", "b"), suppose("Y -> Z", "c")
    ),
    "joint_independence": lambda: rules.joint_independence(
        "X; Y; Z", suppose("X; (Y,Z)", "a"), suppose("Y; (X,Z)", "b"), suppose("Z; (X,Y)", "c")
    ),
    "chain_rule": lambda: rules.chain_rule(
        "X; Y; Z", suppose("X; Y", "a"), suppose("Z; (X,Y)", "b")
    ),
    "copy": lambda: rules.copy("Y", of="X", error="a", why="X tells Y"),
    "dangly_bit": lambda: rules.dangly_bit(
        suppose("X -> L -> Y", "a"), rules.copy("Y", of="X", error="b")
    ),
    "resample": lambda: rules.resample("L", "M", over="X1 X2"),
    "swap_latent": lambda: rules.swap_latent(suppose("X1 <- L -> X2", "a"), "L", "M", "X1 X2"),
}
CONCLUDED = {
    "reroot": "X <- Y -> Z  within a",
    "bookkeep": "X -> Y -> Z; X -> Z  within a",
    "add_edge": "X -> Y -> Z; X -> Z  within a",
    "merge": "X <- L -> (Y,Z)  within a",
    "marginalize": "X -> Y -> W  within a",
    "frankenstein": "X -> Y -> Z  within a + b",
    "stitch": "X1 -> Y -> Z; X2 -> Y  within a + b + c",
    "joint_independence": "X; Y; Z  within a + b",
    "chain_rule": "X; Y; Z  within a + b",
    "copy": "Y <- X -> Y#2  within a",
    "dangly_bit": "X -> L -> Y; X -> Y#2  within a + b",
    "resample": "L <- (X1,X2) -> M  error 0",
    "swap_latent": "X1 <- M -> X2  within a",
}


@pytest.mark.parametrize("rule", CHAINS)
def test_every_rule_has_a_certified_instance(rule):
    held = CHAINS[rule]()
    assert str(held) == CONCLUDED[rule]
    assert held.rule == rule
    for theorem in (held.step, held.theorem):
        assert verify(theorem).status == "verified"
        assert prove(theorem.claim, theorem.given).claim == theorem.claim  # by linear programs too
    assert (held.theorem.claim.lhs, held.theorem.claim.rhs) == (dag_form(held.arrows), held.error)
    assert held.exact == (rule == "resample")
    assert eval(repr(held), {"suppose": suppose, "rules": rules}) == held
    assert hash(held) == hash(CHAINS[rule]())


def test_every_rule_of_the_module_is_tested():
    others = {"Transfer", "transfer", "transfer_theorem", "frankenstein_terms"}
    assert set(rules.__all__) - others == set(CHAINS) == set(CONCLUDED)


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("reroot", "KL(X <- Y -> Z) = KL(X -> Y -> Z)"),
        ("chain_rule", "KL(X; Y; Z) = KL(X; Y) + KL(Z; (X,Y))"),
        ("copy", "KL(Y <- X -> Y#2) = H(Y|X)"),
        ("dangly_bit", "KL(X -> L -> Y; X -> Y#2) = KL(X -> L -> Y) + KL(Y <- X -> Y#2)"),
        ("swap_latent", "KL(X1 <- M -> X2) = KL(X1 <- L -> X2)"),
        ("frankenstein", "KL(X -> Y -> Z) <= KL(X -> Y; X -> Z) + KL(X; Y -> Z)"),
    ],
)
def test_exact_rules_are_equalities(rule, step):
    assert CHAINS[rule]().step.claim == claim(step)


def test_exact_rules_on_exact_premises_keep_the_error_exact():
    held = rules.reroot(suppose("X -> Y -> Z"), "X <- Y -> Z")
    assert str(held) == "X <- Y -> Z  error KL(X -> Y -> Z)"
    assert str(held.theorem) == "⊢ KL(X <- Y -> Z) = KL(X -> Y -> Z)"
    hung = rules.dangly_bit(held, rules.copy("Z", of="X"))
    assert hung.exact
    assert hung.error == form("I(X;Z|Y) + H(Z|X)")
    assert not rules.add_edge(hung, "X", "Z").exact


# ---- random laws ----


@given(dags(NAMES), dags(NAMES), laws(NAMES, max_labels=2))
@settings(max_examples=40)
def test_one_net_rules_on_random_nets_and_laws(net, goal, law):
    for rule in (rules.reroot, rules.bookkeep, rules.marginalize):
        try:
            held = rule(suppose(net), goal)
        except RuleRefused:
            copied = any(sum(len(n) for _, n in g.nodes("variables")) > 3 for g in (net, goal))
            assert copied or dag_form(net) != dag_form(goal)
            continue
        sound_on(held, law)
        assert rule is not rules.reroot or dag_error(law, goal) == dag_error(law, net)


@given(dags(NAMES), laws(NAMES, max_labels=2))
@settings(max_examples=15)
def test_edges_and_merging_on_random_nets_and_laws(net, law):
    for first, second in product(net, repeat=2):
        for rule in (rules.add_edge, rules.merge):
            try:
                sound_on(rule(suppose(net), first, second), law)
            except RuleRefused as error:
                reason = error.condition
            else:
                reason = "expected no directed cycle"
            assert "expected no directed cycle" in reason or "expected two nodes or more" in reason


PAIRS = list(combinations("WXYZ", 2))
CHOICE = st.tuples(*[st.booleans() for _ in PAIRS])


def on_one_order(chosen: tuple[bool, ...]) -> nx.DiGraph:
    net = nx.DiGraph()
    net.add_nodes_from("WXYZ")
    net.add_edges_from(pair for pair, keep in zip(PAIRS, chosen, strict=True) if keep)
    return net


@given(CHOICE, CHOICE, st.tuples(*[st.booleans()] * 4), laws("W X Y Z", max_labels=2))
@settings(max_examples=30)
def test_frankenstein_on_random_nets_and_laws(first, second, from_first, law):
    one, two = on_one_order(first), on_one_order(second)
    goal = nx.DiGraph()
    goal.add_nodes_from("WXYZ")
    for node, left in zip("WXYZ", from_first, strict=True):
        goal.add_edges_from((tail, node) for tail in (one if left else two).predecessors(node))
    held = rules.frankenstein(goal, suppose(one), suppose(two))
    sound_on(held, law)
    sharp = rules.frankenstein_terms(goal, suppose(one), suppose(two))
    assert sharp.claim.holds(law)
    assert sharp.claim.rhs(law) <= held.error(law)


@st.composite
def plain(draw, names):
    """Nets with one variable at each node."""
    order = draw(st.permutations(names))
    net = nx.DiGraph()
    net.add_nodes_from(order)
    net.add_edges_from(pair for pair in combinations(order, 2) if draw(st.booleans()))
    return net


@given(plain("XUVW"), plain("UVWZ"), st.lists(st.booleans(), min_size=3, max_size=3), st.data())
@settings(max_examples=60)
def test_stitching_holds_just_where_it_is_allowed(left, right, from_left, data):
    sides = dict(zip("XUVWZ", [True, *from_left, False], strict=True))
    goal, unused = nx.DiGraph(), nx.DiGraph()
    goal.add_nodes_from(sides)
    for net, side in ((left, True), (right, False)):
        for tail, head in net.edges:
            (goal if sides[head] == side else unused).add_edge(tail, head)
    nets = own("X -> (U,V,W) -> Z", left, right)
    outside = [{tail, head} for tail, head in unused.edges if tail in "XZ"]
    if not nx.is_directed_acyclic_graph(goal):
        return
    if not outside and nx.is_directed_acyclic_graph(unused):
        held = rules.stitch(*nets, goal)
        assert set(held.net.edges) == set(goal.edges)
        sound_on(held, data.draw(laws("X U V W Z", max_labels=2)))
        return
    with pytest.raises(RuleRefused, match=r"not taken|expected every node with its parents"):
        rules.stitch(*nets, goal)
    same = outside[0] if outside else {tail for tail, _ in nx.find_cycle(unused)}
    rows = [tuple(str(int(name in same) * bit) for name in "XUVWZ") for bit in (0, 1)]
    law = Dist.uniform("X U V W Z", rows)
    assert dag_error(law, goal) > sum((premise.form(law) for premise in nets), form("0")(law))


def test_stitching_takes_parents_from_both_sides():
    nets = own("X -> (Y1,Y2) -> Z", "X -> Y1; Y2", "Z -> Y2; Y1")
    assert rules.stitch(*nets).arrows == "X -> Y1; Z -> Y2"
    swapped = rules.stitch(*own("X -> Y -> Z", "X; Y", "Z -> Y"))
    assert swapped.arrows == "Z -> Y; X"
    # A variable that sits at a node more in one of the nets.
    assert rules.stitch(*own("X -> Y -> Z", "X -> Y -> Y#2", "Y -> Z")).arrows == (
        "X -> Y -> Y#2; Y -> Z"
    )


@given(laws("A B C D", max_labels=2))
@settings(max_examples=10)
def test_joining_rules_on_random_laws(law):
    sound_on(rules.stitch(*own("(A,B) -> C -> D", "A -> C <- B", "C -> D")), law)
    sound_on(rules.stitch(*own("A -> (B,C) -> D", "A -> B; C", "B -> D; C")), law)
    three = own("A; (B,C,D)", "B; (A,C,D)", "D; (A,B,C)")
    sound_on(rules.joint_independence("A; B; C; D", *three), law)
    sound_on(rules.chain_rule("A -> B -> C -> D", *own("A -> B -> C", "(A,B) -> C -> D")), law)
    hung = rules.dangly_bit(suppose("A -> B -> C"), rules.copy("D", of="A B"))
    sound_on(hung, law)
    again = rules.dangly_bit(hung, rules.copy("C", of="B"))
    sound_on(again, law)
    assert dag_error(law, again.arrows) == dag_error(law, hung.arrows) + form("H(C|B)")(law)
    assert dag_error(law, rules.copy("B", of="A C").arrows) == form("H(B|A,C)")(law)


@given(laws("X1 X2 L", max_labels=2))
@settings(max_examples=10)
def test_resampling_on_random_laws(law):
    both = coupled(law)
    for fact in rules.swap_latent(*own("X1 <- L -> X2"), "L", "M", "X1 X2").theorem.given:
        assert fact.holds(both)
    assert dag_error(both, rules.resample("L", "M", "X1 X2").arrows) == 0
    for net in ("X1 <- L -> X2", "X1 -> X2 -> L", "X1 -> L; X2"):
        swapped = rules.swap_latent(suppose(net), "L", "M", "X1 X2")
        assert dag_error(both, swapped.arrows) == dag_error(both, net)


def coupled(law: Dist) -> Dist:
    """Draw M given X1, X2 as L is, independently of L."""
    below: dict[tuple[str, str], int] = {}
    weights = law.weights()
    for (a, b, _), weight in weights.items():
        below[a, b] = below.get((a, b), 0) + weight
    rows = {
        (a, b, c, m): weight * other * (product_of(below) // below[a, b])
        for (a, b, c), weight in weights.items()
        for (a2, b2, m), other in weights.items()
        if (a, b) == (a2, b2)
    }
    return Dist.from_weights(rows, "X1 X2 L M")


def product_of(numbers: dict[tuple[str, str], int]) -> int:
    total = 1
    for number in numbers.values():
        total *= number
    return total


@given(dags(NAMES), laws(NAMES, max_labels=2), laws(NAMES, max_labels=2))
@settings(max_examples=40)
def test_factorization_transfer_on_random_laws(net, p, q):
    try:
        found = rules.transfer(net, p, q)
    except RuleRefused:
        assert dag_error(q, net) > 0
        return
    assert found.divergence == kl(p, q)
    assert found.error == dag_error(p, net)
    assert found.error <= found.divergence
    if found.symbols:
        assert found.theorem.claim.holds(p, found.symbols)
        assert all(given.holds(p, found.symbols) for given in found.theorem.given)
        assert found.symbols["d"] == found.divergence


def test_factorization_transfer_by_hand():
    bits = [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")]
    even = Dist.uniform("X Y", bits)
    equal = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    found = rules.transfer("X; Y", equal, even, "t")
    assert str(found) == "X; Y  within t; here 1 <= 1"
    assert str(rules.add_edge(found.held, "X", "Y")) == "X -> Y  within t"
    with pytest.raises(
        RuleRefused, match=re.escape("factors exactly, its error is 1 bits; the net")
    ):
        rules.transfer("X; Y", even, equal)
    with pytest.raises(InvalidInput, match="a symbol other than those of the cross entropies"):
        rules.transfer("X; Y", equal, even, "c2")
    with pytest.raises(UnknownVariable):
        rules.transfer("X; Y", even, Dist.uniform("X Z", bits))
    assert str(rules.transfer("X -> Y", even, equal).divergence) == "oo"


def test_factorization_transfer_on_a_family_of_laws():
    q = Dist.uniform("X", ["0", "1"]).product(Dist.uniform("Y", ["0", "1"]))
    p = q.mix(Dist.uniform("X Y", [("0", "0"), ("1", "1")]), parameter("0 < e < 1"))
    found = rules.transfer("X; Y", p, q)
    assert found.error == found.divergence == kl(p, q)  # both margins are uniform
    assert found.error > 0


# ---- what is refused ----


@pytest.mark.parametrize(
    ("apply", "message"),
    [
        (
            lambda: rules.reroot(suppose("X -> Z <- Y"), "X -> Z -> Y"),
            "reroot: expected Markov equivalent nets, but X -> Z -> Y says I(X;Y|Z) = 0 and "
            "X -> Z; Y -> Z does not; the nets are X -> Z; Y -> Z and X -> Z -> Y",
        ),
        (
            lambda: rules.reroot(suppose("X -> Y; Z"), "X -> Y -> Z"),
            "reroot: expected Markov equivalent nets, but X -> Y; Z says I(X,Y;Z) = 0 and "
            "X -> Y -> Z does not",
        ),
        (
            lambda: rules.reroot(suppose("X -> Y -> Z"), "X -> Y"),
            "reroot: expected nets of the same variables, but Z is in one only (marginalize drops "
            "variables); the nets are X -> Y -> Z and X -> Y",
        ),
        (
            lambda: rules.bookkeep(suppose("X -> Y -> Z"), "X -> Y <- Z"),
            "bookkeep: expected a net that says no more, but X -> Y; Z -> Y says I(X;Z) = 0 and "
            "X -> Y -> Z does not; the nets are X -> Y -> Z and X -> Y; Z -> Y",
        ),
        (
            lambda: rules.marginalize(suppose("X1 <- L -> X2"), "X1; X2"),
            "marginalize: expected a net that says no more, but X1; X2 says I(X1;X2) = 0 and "
            "X1 <- L -> X2 does not; the nets are X1 <- L -> X2 and X1; X2",
        ),
        (
            lambda: rules.marginalize(suppose("X -> Y"), "X -> Q"),
            "marginalize: expected a net over X, Y, but Q is not there; the nets are X -> Y and "
            "X -> Q",
        ),
        (
            lambda: rules.add_edge(suppose("X -> Y -> Z"), "Z", "X"),
            "add_edge: expected no directed cycle, but X comes before Z already; the net is "
            "X -> Y -> Z",
        ),
        (
            lambda: rules.add_edge(suppose("X -> Y"), "X", "Q"),
            "add_edge: expected one of the nodes X, Y, got 'Q'; the net is X -> Y",
        ),
        (
            lambda: rules.merge(suppose("X -> Y -> Z"), "X", "Z"),
            "merge: expected no directed cycle, but merging makes one through",
        ),
        (
            lambda: rules.merge(suppose("Y <- X -> Y#2"), "Y", "Y#2"),
            "merge: expected two nodes or more with different variables, but Y sits at two",
        ),
        (
            lambda: rules.merge(suppose("X -> Y"), "X"),
            "merge: expected two nodes or more with different variables, but there are 1",
        ),
        (
            lambda: rules.frankenstein("X -> Y", *own("X -> Y", "Y -> X")),
            "frankenstein: expected a common topological order, but together they have ",
        ),
        (
            lambda: rules.frankenstein("X -> Y -> Z", *own("X -> Y; X -> Z", "X -> Y; Z")),
            "frankenstein: expected Z to have its parents (Y) in some premise; the nets are "
            "X -> Y -> Z and Y <- X -> Z and X -> Y; Z",
        ),
        (
            lambda: rules.frankenstein("X -> Y", *own("X -> Y -> Z")),
            "frankenstein: expected nets with the same nodes, but Z is in one only; the nets are "
            "X -> Y and X -> Y -> Z",
        ),
        (
            lambda: rules.stitch(*own("X -> Y; Z", "X -> Y", "Z -> Y")),
            "stitch: expected what is not taken to lie in the blanket, but Y takes its parents on "
            "the left and leaves Z -> Y on the right; the nets are X -> Y and Z -> Y",
        ),
        (
            lambda: rules.stitch(
                *own("X -> (Y,W) -> Z", "X -> Y -> W; X -> W", "Y -> Z -> W"),
                "X -> Y -> Z -> W",
            ),
            "stitch: expected what is not taken to lie in the blanket, but W takes its parents on "
            "the right and leaves X -> W on the left; the nets are ",
        ),
        (
            lambda: rules.stitch(*own("X -> (Y,W) -> Z", "X -> Y -> W", "W -> Y -> Z"), "X -> Y"),
            "stitch: expected W with its parents of one net; the nets are X -> Y and",
        ),
        (
            lambda: rules.stitch(
                *own("X -> (Y,W) -> Z", "X -> Y; W", "Y -> W; W -> Z"), "X -> Y; W -> Z; X -> Z"
            ),
            "stitch: expected every node with its parents of one net, as in W -> Z; X -> Y; the",
        ),
        (
            lambda: rules.stitch(*own("X -> (V,W) -> Z", "V -> W; X", "W -> V; Z"), "V; W; X; Z"),
            "stitch: expected no directed cycle, but the parents not taken make V -> W -> V; the",
        ),
        (
            lambda: rules.stitch(*own("X -> Z -> Y", "X -> Y", "Y -> Z")),
            "stitch: expected a blanket that separates, but X -> Y -> Z says I(X;Z|Y) = 0 and "
            "X -> Z -> Y does not",
        ),
        (
            lambda: rules.stitch(*own("X -> Y", "X -> Y", "Y -> Z")),
            "stitch: expected a blanket that speaks of Z; the nets are",
        ),
        (
            lambda: rules.stitch(*own("X -> Y -> Z", "X -> Y", "(Y,Z)")),
            "stitch: expected each variable of the blanket at a node that both nets have, but Y "
            "is at none; the nets are X -> Y and (Y,Z)",
        ),
        (
            lambda: rules.joint_independence("X; Y; Z", *own("X; (Y,Z)")),
            "joint_independence: expected for all nodes but one that it is independent of the "
            "rest, but Y and Z have no such premise; the nets are X; Y; Z and X; (Y,Z)",
        ),
        (
            lambda: rules.joint_independence("X; Y; Z", *own("X; (Y,Z)", "Y; X")),
            "joint_independence: expected for all nodes but one that it is independent",
        ),
        (
            lambda: rules.joint_independence("X -> Y", *own("X; Y")),
            "joint_independence: expected a net without edges; the net is X -> Y",
        ),
        (
            lambda: rules.chain_rule("X; Y; Z", *own("X; Y")),
            "chain_rule: expected the premise (X,Y); Z; the nets are X; Y; Z and X; Y",
        ),
        (
            lambda: rules.chain_rule("X; Y", *own("X; Y", "X -> Y -> Z")),
            "chain_rule: expected local statements of the net only, but X -> Y -> Z is none",
        ),
        (
            lambda: rules.copy("X", of="X Y"),
            "copy: expected a variable outside X, Y, got X; the net is",
        ),
        (
            lambda: rules.dangly_bit(*own("X -> Y", "X -> Y -> Z")),
            "dangly_bit: expected a second net such as Y <- X -> Y#2; the nets are X -> Y and "
            "X -> Y -> Z",
        ),
        (
            lambda: rules.dangly_bit(suppose("(X1,Y) -> Z"), rules.copy("R", of="X1")),
            "dangly_bit: expected nodes that hold just X1, to hang R on them; the nets are "
            "(X1,Y) -> Z and R <- X1 -> R#2",
        ),
        (
            lambda: rules.resample("L", "X1", over="X1 X2"),
            "resample: expected a new name for the copy of L, got X1; the net is",
        ),
        (
            lambda: rules.swap_latent(suppose("X1 <- L -> X2; L -> S"), "L", "M", "X1 X2"),
            "swap_latent: expected a net of L and X1, X2 only, but S is in it, which M is "
            "independent of given these; the net is S <- L -> X1; L -> X2",
        ),
        (
            lambda: rules.swap_latent(suppose("X1 <- L -> X2"), "K", "M", "X1 X2"),
            "swap_latent: expected a net with K; the net is X1 <- L -> X2",
        ),
        (
            lambda: rules.swap_latent(suppose("X1 <- L -> X2"), "L", "X1", "X1 X2"),
            "swap_latent: expected a new name for the copy of L, got X1",
        ),
    ],
)
def test_a_rule_is_refused_where_its_condition_fails(apply, message):
    with pytest.raises(RuleRefused, match=re.escape(message)) as caught:
        apply()
    assert caught.value.nets
    assert all(net in str(caught.value) for net in caught.value.nets)


@pytest.mark.parametrize(
    "false",
    [
        "KL(X -> Z -> Y) <= KL(X -> Z <- Y)",
        "KL(X; Y) <= KL(X <- L -> Y)",
        "KL(X; Y; Z) <= KL(X; (Y,Z))",
        "KL(X -> Y -> Z) <= KL(X -> Y; Z -> Y)",
        "KL(L -> S; X <- L -> Y) <= KL(X <- L -> Y)",
    ],
)
def test_what_is_refused_is_false(false):
    assert decide(false).status == "refuted"


def test_where_separation_does_not_tell_it_says_so():
    # R is independent of its own copy, so it is constant, and no way leads over it.
    with pytest.raises(RuleRefused, match=re.escape("A -> R -> B; R#2 does not by separation")):
        rules.marginalize(suppose("A -> R -> B; R#2"), "A; B")
    assert decide("KL(A; B) <= KL(A -> R -> B; R#2)").status == "proved"
    more = "has more copies of a variable than X -> Y, not all under copies"
    with pytest.raises(RuleRefused, match=re.escape(more)):
        rules.bookkeep(suppose("X -> Y"), "Y <- X -> Y#2")
    assert decide("KL(Y <- X -> Y#2) <= KL(X -> Y)").status == "refuted"


def test_a_free_copy_may_be_added_and_dropped():
    held = rules.bookkeep(suppose("X -> Y -> Z", "a"), "X -> Y -> Y#2 -> Z")
    assert str(held) == "X -> Y -> Y#2 -> Z  within a"
    assert held.step.claim.relation == "="
    assert str(rules.bookkeep(held, "X <- Y -> Z")) == "X <- Y -> Z  within a"
    assert str(rules.reroot(suppose("X -> Y", "a"), "Y -> Y#2; Y#2 -> X").arrows) == (
        "Y -> Y#2 -> X"
    )


def test_what_is_no_net_that_holds_is_refused_with_the_fix():
    for apply in (
        lambda: rules.reroot("X -> Y", "X -> Y"),
        lambda: rules.frankenstein("X -> Y", "X -> Y"),
        lambda: rules.chain_rule("X; Y", "X; Y"),
    ):
        with pytest.raises(InvalidInput, match=r"expected a net that holds, such as suppose\("):
            apply()
    with pytest.raises(InvalidInput, match="expected at least one net to take parents from"):
        rules.frankenstein("X -> Y")


# ---- particulars ----


def test_forty_features_are_no_trouble():
    names = [f"X{i}" for i in range(1, 41)]
    held = suppose(mediation(names, "L"), "m")
    held = rules.dangly_bit(held, rules.copy("R", of=names[:20], error="r"))
    held = rules.dangly_bit(held, rules.copy("R", of=names[20:], error="r"))
    end = rules.marginalize(held, "R <- L -> R#2")
    assert str(end) == "R <- L -> R#2  within m + 2 r"
    assert verify(end.theorem).status == "verified"


def test_frankenstein_counts_only_what_it_needs():
    premises = own("X -> Y; X -> Z", "X -> Y; Z", "X -> Y -> Z")
    assert rules.frankenstein("X -> Y -> Z", *premises).premises == (premises[2],)
    sharp = rules.frankenstein_terms(
        "X; Y -> Z", *own("X -> Z; Y", "Y -> Z; X -> Y"), *own("X; Y -> Z")
    )
    assert sharp.claim.rhs == form("I(X;Y) + I(X;Z|Y)")


def test_frankenstein_terms_are_sharper():
    one, two = own("X -> Y; X -> Z", "X; Y -> Z")
    sharp = rules.frankenstein_terms("X -> Y -> Z", one, two)
    assert str(sharp) == "⊢ KL(X -> Y -> Z) = I(Z;X|Y)"
    assert sharp.claim.rhs != rules.frankenstein("X -> Y -> Z", one, two).error


def test_joint_independence_needs_all_but_one():
    assert prove("TC(A;B;C;D) <= I(A;B,C,D) + I(B;A,C,D) + I(C;A,B,D)").given == ()
    assert decide("TC(A;B;C) <= I(A;B,C)").status == "refuted"


def test_a_leaf_hangs_on_several_nodes_and_gets_the_next_free_name():
    hung = rules.dangly_bit(suppose("A -> B; R"), rules.copy("R", of="A B"))
    assert hung.arrows == "A -> B -> R#2; A -> R#2; R"
    again = rules.dangly_bit(hung, rules.copy("R", of="A"))
    assert "R#3" in again.net
    grouped = rules.dangly_bit(suppose("(A,B) -> C"), rules.copy("R", of="A B"))
    assert grouped.arrows == "C <- (A,B) -> R"
    both = rules.dangly_bit(suppose("A -> (A,B) -> C"), rules.copy("R", of="A B"))
    assert both.arrows == "A -> (A,B) -> C; (A,B) -> R"


def test_groups_are_copied_variable_by_variable():
    pair = rules.copy("R S", of="X1", error="r")
    assert pair.theorem.assumptions == ("H(R,S|X1) <= r",)
    hung = rules.dangly_bit(suppose("X1 <- L -> X2", "m"), pair)
    hung = rules.dangly_bit(hung, rules.copy("R S", of="X2", error="r"))
    ended = rules.marginalize(hung, redundancy(["L", "X1"], "R S", deterministic=True)[1][1])
    assert ended.error == form("m + 2 r")
    assert prove("H(R,S|L) <= m + 2 r", ended.theorem.given).claim.lhs == ended.form


def test_swapped_latents_keep_groups_and_copies():
    net = suppose("(X1,L) -> X2 -> L#2", "a")
    assert rules.swap_latent(net, "L", "M", "X1 X2").arrows == "(X1,M) -> X2 -> M"
