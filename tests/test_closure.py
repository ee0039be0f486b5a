"""Exact independences: the smaller space loses nothing, and proofs are lifted to the hypotheses."""

from fractions import Fraction
from random import Random

import pytest

from natlat_sym import NotDerivable, prove, verify
from natlat_sym.search import prover
from natlat_sym.search.closure import Closure
from natlat_sym.search.elementals import Term
from natlat_sym.search.independences import sources
from natlat_sym.search.prover import Derivation, Problem, derive
from natlat_sym.search.spaces import all_subsets, closed

COUNT = 5
TOP = (1 << COUNT) - 1


def scaled(term, scale):
    return {mask: Fraction(sign) * scale for mask, sign in term.expansion().items()}


def added(*forms):
    total = {}
    for form in forms:
        for mask, value in form.items():
            total[mask] = total.get(mask, Fraction(0)) + value
    return {mask: value for mask, value in total.items() if value}


def random_term(dice):
    places = list(range(COUNT))
    dice.shuffle(places)
    cut = sorted(dice.sample(range(1, COUNT + 1), 3))
    a, b, c = (sum(1 << p for p in places[i:j]) for i, j in zip([0, *cut], cut, strict=False))
    return Term(a, 0 if dice.random() < 0.25 else b, c)


def random_problem(dice):
    """A random goal under a few exact independences and functions, of either relation."""
    given = []
    for _ in range(dice.randint(1, 4)):
        form = scaled(random_term(dice), dice.choice([1, 2, Fraction(1, 3)]))
        equality = dice.random() < 0.7
        flip = -1 if not equality or dice.random() < 0.5 else 1
        given.append((equality, {mask: flip * value for mask, value in form.items()}))
    parts = [scaled(random_term(dice), dice.choice([1, 1, 2, -1, -1])) for _ in range(3)]
    return Problem(tuple("ABCDE"), (), added(*parts), tuple(given))


def total(problem, found):
    forms = [scaled(term, weight) for term, weight in found.terms.items()]
    for index, weight in found.given.items():
        equality, form = problem.given[index]
        assert equality or weight > 0
        forms.append({mask: weight * value for mask, value in form.items()})
    assert all(weight > 0 for weight in found.terms.values())
    return added(*forms)


@pytest.mark.parametrize("seed", range(120))
def test_nothing_is_lost_and_proofs_are_lifted(seed, monkeypatch):
    problem = random_problem(Random(seed))
    space = closed(COUNT, problem.given)
    assert space is not None
    assert len(space.members) <= TOP
    answers = []
    for chosen in (space, all_subsets(COUNT)):
        monkeypatch.setattr(prover, "best_space", lambda _, chosen=chosen: chosen)
        found = derive(problem)
        answers.append(isinstance(found, Derivation))
        if answers[-1]:
            assert total(problem, found) == added(problem.goal)
            continue
        for number in range(len(all_subsets(COUNT).rows)):
            form = scaled(all_subsets(COUNT).term(number), 1)
            assert sum(v * found.values.get(m, 0) for m, v in form.items()) >= 0
        for equality, form in problem.given:
            value = sum(v * found.values.get(m, 0) for m, v in form.items())
            assert value == 0 if equality else value >= 0
        assert sum(v * found.values.get(m, 0) for m, v in problem.goal.items()) < 0
    assert answers[0] == answers[1]


def test_both_answers_occur():
    found = [isinstance(derive(random_problem(Random(seed))), Derivation) for seed in range(120)]
    assert 20 < sum(found) < 100


def chain(names, last="I(X1;X2)"):
    given = [
        f"I({','.join(names[: i - 1])};{names[i]}|{names[i - 1]}) = 0" for i in range(2, len(names))
    ]
    return f"I(X1;{names[-1]}) <= {last}", given


@pytest.mark.parametrize("count", [6, 9])
def test_a_markov_chain(count):
    names = [f"X{i}" for i in range(1, count + 1)]
    claim, given = chain(names)
    theorem = prove(claim, given)
    assert verify(theorem).status == "verified"
    assert theorem.certificate.kind == "linear"
    assert set(theorem.assumptions) == set(given)
    with pytest.raises(NotDerivable) as caught:
        prove(*chain(names, "999/1000 I(X1;X2)"))
    assert caught.value.polymatroid


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("I(A;F|C) = 0", ["KL(A -> B -> C -> D -> E -> F) = 0"]),
        ("I(A;F|C) <= 0", ["KL(A -> B -> C -> D -> E -> F) <= 0"]),
        ("I(A,B;E,F|C,D) = 0", ["KL(A -> C; B -> D; C -> D; C -> E; D -> F) = 0"]),
        ("H(F|A,B) = 0", ["H(C|A) = 0", "H(D|B,C) = 0", "0 = H(E|D)", "H(F|E,A) <= 0"]),
        ("I(A;B|C) = I(A;B|C,F)", ["I(A,B,C;D,E,F) = 0"]),
        ("TC(A;B;C;D;E;F) <= I(E;F)", ["TC(A;B;C;D) = 0", "I(A,B,C,D;E,F) = 0"]),
    ],
)
def test_nets_functions_and_independence_as_hypotheses(claim, given):
    theorem = prove(claim, given)
    assert verify(theorem).assumptions == tuple(str(hypothesis) for hypothesis in theorem.given)


def test_the_closure_of_a_chain_is_small():
    assert sources(3, [(True, {1: Fraction(1), 2: Fraction(-1)}), (True, {8: Fraction(1)})]) == []
    links = [Term((1 << i) - 1, 1 << i + 1, 1 << i) for i in range(1, 7)]
    closure = Closure(8, [(True, scaled(term, 1)) for term in links])
    assert len(closure.basis) == 8 + 28  # single variables and pairs


def test_inequalities_that_leave_room_are_no_sources():
    form = scaled(Term(1, 2, 4), 1)
    assert sources(3, [(False, form)]) == []
    assert len(sources(3, [(False, {mask: -value for mask, value in form.items()})])) == 1
    assert sources(3, [(True, {**form, 8: Fraction(1)})]) == []
