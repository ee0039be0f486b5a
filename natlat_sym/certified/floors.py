"""The least summed error of any stochastic latent of two features, between certified bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from natlat_sym.certified.certificates import Certificate, law_json, require_about
from natlat_sym.errors import CertificateRejected, InvalidInput, ProofError
from natlat_sym.exact.enclosure import enclose
from natlat_sym.exact.field import exact, show
from natlat_sym.exact.render import bound_text, quantity
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.features import Group, as_features, group_text
from natlat_sym.statements.measures import measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from natlat_sym.exact.bits import Bits
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.stochastic import StochasticLatent

MAX_ROWS = 4  # of the feature with fewer values, as in the checker
DIGITS = 9
_ONE = 1 << 40  # entries of the matrix are multiples of its inverse


@dataclass(frozen=True, repr=False)
class Floor:
    """On a law every latent of two features has at least a stated summed error.

    Attributes
    ----------
    law : Dist
        Of the features.
    features : tuple of tuple of str
        The two features.
    bound : Fraction
        In bits.
    certificate : Certificate
        Its evidence, of kind ``floor``.
    """

    law: Dist
    features: tuple[Group, ...]
    bound: Fraction
    certificate: Certificate

    def __post_init__(self) -> None:
        groups = [list(group) for group in self.features]
        found = {"law": law_json(self.law), "features": groups, "floor": show(self.bound)}
        require_about(self.certificate, ("floor",), f"a floor of {self.bound}", **found)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """None: the law is there."""
        return ()

    def __str__(self) -> str:
        return self.certificate.claim

    def __repr__(self) -> str:
        return f"Floor({str(self)!r})"


@dataclass(frozen=True, repr=False)
class LatentBounds:
    """What the best stochastic latent of two features costs, from below and from above.

    Attributes
    ----------
    features : tuple of tuple of str
        The two features.
    floor : Floor
        No latent, whatever its values, has a smaller summed error.
    latent : StochasticLatent
        One that is measured exactly.
    """

    features: tuple[Group, ...]
    floor: Floor
    latent: StochasticLatent

    @property
    def lower(self) -> Fraction:
        """The certified lower bound, in bits."""
        return self.floor.bound

    @property
    def certificate(self) -> Certificate:
        """The evidence for the lower bound."""
        return self.floor.certificate

    @property
    def upper(self) -> Bits:
        """The summed error of the latent, exact."""
        return self.latent.score

    @property
    def gap(self) -> Bits:
        """How far the two bounds are apart."""
        return self.upper - self.lower

    def to_json(self) -> dict[str, object]:
        """Return the bounds as JSON values."""
        from natlat_sym.exact.bits import Bits

        return {
            "features": [group_text(group) for group in self.features],
            "lower": quantity(Bits(self.lower)),
            "upper": quantity(self.upper),
            "latent": self.latent.to_json(),
        }

    def __str__(self) -> str:
        names = " and ".join(map(group_text, self.features))
        low = bound_text(self.lower, DIGITS, up=False)
        high = bound_text(self.upper.bounds(DIGITS + 4)[1], DIGITS, up=True)
        return (
            f"every latent of {names} has a summed error of at least {low} bits,"
            f" {self.latent.latent} at most {high}"
        )

    def __repr__(self) -> str:
        return f"LatentBounds({str(self)!r})"


@explained
def latent_bounds(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    labels: int | None = None,
    digits: int = DIGITS,
    starts: int = 16,
) -> LatentBounds:
    """Bound the least summed error I(X;Y|V) + I(V;X|Y) + I(V;Y|X) over all stochastic latents V.

    Parameters
    ----------
    dist : Dist
        Of the features; one of them takes at most 4 values.
    features : iterable of groups, optional
        Two; default: all variables.
    labels : int, optional
        Latents with up to so many values are tried; default: one more than the feature with
        fewer values has.
    digits : int
        The bounds shall be about ``10**-digits`` bits apart; what was reached is in ``gap``.
    starts : int
        How many random starts for each number of labels.

    Returns
    -------
    LatentBounds
        The lower bound is accepted by the trusted checker and holds for every latent; the upper
        bound is the exact error of a rational latent.  That one is optimal is not claimed.

    Raises
    ------
    InvalidInput
        For other features, or a larger law.
    ProofError
        When no lower bound above 0 was found.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_dict({("0", "0"): "2/5", ("0", "1"): "1/5", ("1", "1"): "2/5"}, "X Y")
    >>> print(latent_bounds(law))  # log2(5) - 2 = 0.321928094887...
    every latent of X and Y has a summed error of at least 0.321928094 bits, L at most 0.321928095
    """
    as_law(dist)
    from natlat_sym.natural.majorants import best_guess
    from natlat_sym.natural.stochastic import measured_latent

    groups = as_features(dist, features)
    law = dist.marginal([name for group in groups for name in group])
    table, groups = _table(law, groups)
    channel, matrix = best_guess(table, labels or len(table) + 1, starts)
    latent = measured_latent(law, groups, _flat(law, groups, channel))
    slack = Fraction(1, 5 * 10**digits)
    reason = ""
    while slack < 1:
        rows = [
            [Fraction(int(Fraction(float(m)) * (1 - slack) * _ONE), _ONE) for m in row]
            for row in matrix
        ]
        try:
            found = _sealed(law, groups, rows, _value_of(law, groups, rows, digits))
            return LatentBounds(as_features(dist, features), found, latent)
        except CertificateRejected as refusal:
            reason, slack = str(refusal.reason), 16 * slack
    raise ProofError(f"expected a lower bound above 0 bits: {reason}")


def _table(law: Dist, groups: tuple[Group, ...]) -> tuple[NDArray[np.float64], tuple[Group, ...]]:
    """Return the masses as an array, the feature with fewer values first."""
    import numpy as np

    require_numbers(law, purpose="for a lower bound")
    if len(groups) != 2:
        raise InvalidInput(
            f"expected two features, got {len(groups)};"
            " join variables to groups: features=['X1 X2', 'Y']"
        )
    values = [_values(law, group) for group in groups]
    if len(values[0]) > len(values[1]):
        values, groups = values[::-1], groups[::-1]
    if len(values[0]) > MAX_ROWS:
        raise InvalidInput(
            f"expected a feature with at most {MAX_ROWS} values, got {len(values[0])}",
            values=len(values[0]),
        )
    table = np.zeros((len(values[0]), len(values[1])))
    for outcome, mass in law.items():
        table[_place(law, groups, values, outcome)] = float(mass)
    return table, groups


Value = tuple[str, ...]


def _value(law: Dist, group: Group, outcome: tuple[object, ...]) -> Value:
    return tuple(str(outcome[law.names.index(name)]) for name in group)


def _values(law: Dist, group: Group) -> list[Value]:
    return sorted({_value(law, group, outcome) for outcome in law.support})


def _place(
    law: Dist,
    groups: tuple[Group, ...],
    values: list[list[Value]],
    outcome: tuple[object, ...],
) -> tuple[int, int]:
    x, y = (held.index(_value(law, g, outcome)) for held, g in zip(values, groups, strict=True))
    return x, y


def _flat(
    law: Dist, groups: tuple[Group, ...], channel: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the channel with a row for each outcome."""
    import numpy as np

    values = [_values(law, group) for group in groups]
    return np.array([channel[(slice(None), *_place(law, groups, values, o))] for o in law.support])


@explained
def latent_floor(
    dist: Dist,
    matrix: Sequence[Sequence[object]],
    bound: object,
    features: str | Iterable[str | Iterable[str]] | None = None,
) -> Floor:
    """State that every latent of two features has at least a summed error, by a matrix.

    Parameters
    ----------
    dist : Dist
        Of the features.
    matrix : rows of exact numbers
        M with ``sum_y (sum_x M_xy s_x**2)**3 <= (sum_x s_x**3)**2`` for all s >= 0; a row for each
        value of the first feature, ascending, at most 4.
    bound : exact number
        Above 0 and at most ``H(X|Y) + H(Y|X) + 3 sum p log2(M)``, in bits.
    features : iterable of groups, optional
        Two; default: all variables.

    Returns
    -------
    Floor
        Accepted by the trusted checker.

    Raises
    ------
    ProofError
        When it is not so, or too near to be shown.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> law = Dist.from_array([[2, 1], [1, 2]], "X Y")
    >>> print(latent_floor(law, [["0.839", "0.419"], ["0.419", "0.839"]], "0.07"))
    on some law every latent of X; Y has a summed error of at least 7/100
    """
    as_law(dist)
    groups = as_features(dist, features)
    law = dist.marginal([name for group in groups for name in group])
    rows = [[exact(entry, "matrix") for entry in row] for row in matrix]
    floor_ = exact(bound, "bound")
    try:
        return _sealed(law, groups, rows, floor_)
    except CertificateRejected as error:
        raise ProofError(
            f"expected every latent of {' and '.join(map(group_text, groups))} to have a summed"
            f" error of at least {show(floor_)}: {error.reason}"
        ) from error


def _sealed(
    law: Dist, groups: tuple[Group, ...], rows: Sequence[Sequence[Fraction]], bound: Fraction
) -> Floor:
    certificate = Certificate.seal(
        "floor",
        law=law_json(law),
        features=[list(group) for group in groups],
        matrix=[[show(entry) for entry in row] for row in rows],
        floor=show(bound),
    )
    return Floor(law, groups, bound, certificate)


def _value_of(
    law: Dist, groups: tuple[Group, ...], rows: Sequence[Sequence[Fraction]], digits: int
) -> Fraction:
    """Return a number with few digits, just below what the matrix gives."""
    values = [_values(law, group) for group in groups]
    first, second = (",".join(group) for group in groups)
    psi = measure(law, f"H({first}|{second}) + H({second}|{first})")
    weights = law.weights()
    logs: dict[int, int] = {}
    for outcome, weight in weights.items():
        x, y = _place(law, groups, values, outcome)
        for number, sign in ((rows[x][y].numerator, 3), (rows[x][y].denominator, -3)):
            logs[number] = logs.get(number, 0) + sign * weight
    places = 4 * digits + 16
    low = Fraction(enclose({sum(weights.values()): logs}, places)[0], 1 << places)
    scale: int = 10 ** (digits + 3)
    return Fraction(floor((psi.bounds(digits + 4)[0] + low) * scale), scale)
