"""What is measured on laws: divergences between laws, errors of nets, values of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from natlat_sym.errors import InvalidInput, UnknownVariable
from natlat_sym.exact.bits import Bits, oo
from natlat_sym.exact.naming import find_names
from natlat_sym.laws.expected import as_law
from natlat_sym.nets.dags import dag, dag_form
from natlat_sym.parameters.amounts import log_sum
from natlat_sym.statements.forms import Form
from natlat_sym.statements.notation import form as read_form

if TYPE_CHECKING:
    from natlat_sym.exact.infinity import Infinity
    from natlat_sym.laws.dist import Dist


def kl(p: Dist, q: Dist) -> Bits | Infinity:
    """Return the Kullback-Leibler divergence D(p||q), in bits.

    Parameters
    ----------
    p, q : Dist
        Laws of the same variables, in any order.

    Returns
    -------
    Bits or oo
        Exact; ``oo`` when p gives mass to an outcome to which q gives none.

    Raises
    ------
    UnknownVariable
        When the two laws have different variables.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.from_dict({"h": "3/4", "t": "1/4"}, "X")
    >>> print(kl(p, Dist.uniform("X", "ht")))
    -1 + 3/4*log2(3)
    """
    as_law(p)
    as_law(q)
    if sorted(p.names) != sorted(q.names):
        raise UnknownVariable(
            f"expected two laws of the same variables, got {', '.join(p.names)} and "
            f"{', '.join(q.names)}",
            names=(p.names, q.names),
        )
    weights = q.weights() if p.names == q.names else q.marginal(p.names).weights()
    terms: dict[Any, Any] = {}
    for outcome, weight in p.weights().items():
        other = weights.get(outcome)
        if other is None:
            return oo
        terms[weight] = terms.get(weight, 0) + weight
        terms[other] = terms.get(other, 0) - weight
    terms[q.total] = terms.get(q.total, 0) + p.total
    terms[p.total] = terms.get(p.total, 0) - p.total
    return log_sum(terms, p.total)


def dag_error(dist: Dist, spec: Any) -> Bits:
    """Return the error of a Bayes net on a law: the divergence to its factorisation, in bits.

    Parameters
    ----------
    dist : Dist
    spec : str, nx.DiGraph, mapping, or iterable of pairs
        The net, as `dag` takes it.

    Returns
    -------
    Bits
        Exact and never negative; 0 just when the law factors along the net.

    Raises
    ------
    UnknownVariable, NotADag, InvalidInput
        For a variable that the law lacks, a cycle, and what is no law or net.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> dag_error(Dist.uniform("X Y", [("0", "0"), ("1", "1")]), "X; Y")
    Bits('1')
    """
    as_law(dist)
    net = dag(spec)
    for node in net:
        # A complete net has the form 0, which would not notice an unknown variable.
        find_names(net.nodes[node]["variables"], dist.names)
    return dag_form(net)(dist)


def measure(dist: Dist, form: str | Form) -> Bits:
    """Return the exact value of a form on a law, in bits.

    Parameters
    ----------
    dist : Dist
    form : str or Form

    Returns
    -------
    Bits

    Raises
    ------
    UnknownVariable, SyntaxInvalid, InvalidInput
        For a variable that the law lacks, text outside the notation, and a form with error
        symbols, whose values `Form` takes: ``form(law, symbols={"a": "1/2"})``.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> measure(Dist.uniform("X Y", [("0", "0"), ("1", "1")]), "I(X;Y)")
    Bits('1')
    """
    as_law(dist)
    return require_entropies(read_form(form))(dist)


def require_entropies(form: Form) -> Form:
    """Return a form; refuse one with error symbols, which have no value on a law.

    Examples
    --------
    >>> print(require_entropies(read_form("H(X|Y)")))
    H(X|Y)
    """
    for name in form.symbols:
        raise InvalidInput(
            f"expected a form in entropies, got {form} with the error symbol {name!r}, which has "
            f"no value on a law; form({str(form)!r})(law, symbols={{{name!r}: ...}})"
            " gives it one",
            form=form,
        )
    return form
