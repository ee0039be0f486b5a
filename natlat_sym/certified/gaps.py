"""How much worse functions of the features can be than a stochastic latent: certified ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from natlat_sym.certified.certificates import Certificate, law_json, require_about
from natlat_sym.certified.gapshares import walked_shares
from natlat_sym.check.least import MAX_SHARED_CELLS
from natlat_sym.errors import CertificateRejected, InvalidInput, ProofError
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.naming import read_names
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.features import group_text
from natlat_sym.natural.partitions import MAX_CELLS
from natlat_sym.search.shares import block_shares
from natlat_sym.statements.forms import information, total_correlation

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist


ENUMERATED = 10  # outcomes up to which the checker tries all partitions
ROOM = 1e-7  # bits of the proposed bound above the one to be shown


@dataclass(frozen=True, repr=False)
class Gap:
    """On a law every function of the features has at least so many times a latent's summed error.

    Attributes
    ----------
    law : Dist
        Of the features and the latent.
    latent : str
        The stochastic latent.
    ratio : Fraction
        The factor.
    certificate : Certificate
        Its evidence, of kind ``gap``.
    """

    law: Dist
    latent: str
    ratio: Fraction
    certificate: Certificate

    def __post_init__(self) -> None:
        found = {"law": law_json(self.law), "latent": self.latent, "ratio": show(self.ratio)}
        require_about(self.certificate, ("gap",), f"{self.ratio} times {self.latent}", **found)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """None: the law is there."""
        return ()

    def __str__(self) -> str:
        return self.certificate.claim

    def __repr__(self) -> str:
        return f"Gap({str(self)!r})"


@explained
def gap(
    law: Dist,
    latent: str,
    ratio: object,
    features: str | Iterable[str] | None = None,
    shares: Iterable[object] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Gap:
    """State that every function of the features does worse than a latent, at least by a factor.

    Compared is the summed error TC(X|V) + sum_i I(V;Xi|X_-i), in bits: mediation and weak
    redundancy.

    Parameters
    ----------
    law : Dist
        Of the features and the latent; the features take at most 512 tuples of values.
    latent : str
        The latent.
    ratio : exact number
        The factor, above 0.
    features : names, optional
        Default: all other variables.
    shares : exact numbers, optional
        What every block of outcomes shall cost at least, summed over its outcomes: in bits, one
        for each tuple of values that the features take, ascending as text.  Given, they make the
        certificate the same on every machine.  Default: for up to 10 tuples none, up to 16 the
        proposal of a linear program over all blocks, above that of cutting planes that the
        checker repairs.
    progress : callable
        Is given a line of text now and then where the shares are proposed by cutting planes.

    Returns
    -------
    Gap
        Accepted by the trusted checker, which tries all partitions of the support; for more than
        10 tuples it shows instead that no block costs less than given shares of its outcomes.

    Raises
    ------
    InvalidInput
        For another number of shares, and for other names.
    ProofError
        When it is not so, or too near to be shown; when a block costs less than its shares.

    Notes
    -----
    The proposal by cutting planes takes seconds up to some 60 tuples. At 144 it takes a minute or
    two where the ratio leaves half a percent of room or the law has symmetries (as the 12 x 12 law
    of P14), and much longer otherwise; give shares there. With many more, or with three features
    of many values, the checker may have too many cases to look at, and a `ProofError` says so.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> table = {("0", "0", "a"): 9, ("0", "1", "a"): 1, ("1", "0", "a"): 1, ("1", "1", "b"): 9}
    >>> print(gap(Dist.from_weights(table, "X Y L"), "L", "1/2"))
    on some law every function of X,Y has a summed error of at least 1/2 times that of L
    """
    as_law(law)
    names = read_names(features) if features is not None else None
    chosen = [name for name in names or law.names if name != latent]
    if latent not in law.names:
        raise InvalidInput(f"expected a latent among {', '.join(law.names)}, got {latent!r}")
    require_numbers(law, purpose="for a gap")
    factor = exact(ratio, "ratio")
    kept = law.marginal([*chosen, latent])
    members: dict[str, object] = {"law": law_json(kept), "features": chosen, "latent": latent}
    members["ratio"] = show(factor)
    features_alone = kept.marginal(chosen)
    if shares is not None:
        members["shares"] = _given(shares, len(features_alone))
    try:
        if shares is None and ENUMERATED < len(features_alone) <= MAX_SHARED_CELLS:
            proposed = _proposed(kept, latent, factor, progress)
            members["shares"] = [show(share) for share in proposed]
        certificate = Certificate.seal("gap", **members)
    except ProofError as error:
        raise _refused(chosen, factor, latent, str(error)) from error
    except CertificateRejected as error:
        raise _refused(chosen, factor, latent, str(error.reason)) from error
    return Gap(kept, latent, factor, certificate)


def _refused(features: Sequence[str], ratio: Fraction, latent: str, reason: str) -> ProofError:
    return ProofError(
        f"expected every function of {group_text(tuple(features))} to have at least"
        f" {show(ratio)} times the summed error of {latent}: {reason}",
        ratio=ratio,
    )


def _proposed(
    law: Dist, latent: str, ratio: Fraction, progress: Callable[[str], None]
) -> list[Fraction]:
    """Return the shares of the outcomes in the order of the checker."""
    names = [name for name in law.names if name != latent]
    features = law.marginal(names)
    if len(features) <= MAX_CELLS:
        return _shares(features)
    forms = [total_correlation([(name,) for name in names], (latent,))]
    for name in names:
        forms.append(information([(latent,), (name,)], [n for n in names if n != name]))
    score = Bits.total([form(law) for form in forms])
    return walked_shares(features, float(ratio * score) + ROOM, progress)


def _given(shares: Iterable[object], outcomes: int) -> list[str]:
    texts = [show(exact(share, "share")) for share in shares]
    if len(texts) != outcomes:
        raise InvalidInput(
            f"expected {outcomes} shares, one for each outcome of the features, got {len(texts)}"
        )
    return texts


def _shares(law: Dist) -> list[Fraction]:
    """Return the shares of the outcomes in the order of the checker."""
    weights = law.weights()
    outcomes = sorted(weights, key=lambda outcome: [str(part) for part in outcome])
    columns = []
    survivors = []
    for place in range(len(law.names)):
        columns.append(_codes([outcome[place] for outcome in outcomes]))
        rest = [(*outcome[:place], *outcome[place + 1 :]) for outcome in outcomes]
        survivors.append(_codes(rest))
    return block_shares([weights[outcome] for outcome in outcomes], columns, survivors)


def _codes(values: Sequence[object]) -> list[int]:
    seen: dict[object, int] = {}
    return [seen.setdefault(value, len(seen)) for value in values]
