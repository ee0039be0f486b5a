"""The best deterministic latent: the minimum over all partitions of the support, exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from natlat_sym.errors import InvalidInput
from natlat_sym.exact.bits import Bits
from natlat_sym.exact.render import decimal, quantity, shortened, spread, text_table, wrapped
from natlat_sym.explained import explained
from natlat_sym.laws.expected import as_law
from natlat_sym.laws.numeric import require_numbers
from natlat_sym.natural.blockerrors import ExactErrors
from natlat_sym.natural.candidates import Candidate, codes_of
from natlat_sym.natural.components import components
from natlat_sym.natural.features import (
    Group,
    as_features,
    group_text,
    outcome_table,
)
from natlat_sym.natural.labelling import Labelling
from natlat_sym.natural.partitions import MAX_CELLS, labels_of, numbered, survivor_places
from natlat_sym.natural.solved import Solved, solved
from natlat_sym.natural.symmetries import Symmetries, symmetries_of
from natlat_sym.nets.natural import deletion_budget

if TYPE_CHECKING:
    from natlat_sym.laws.dist import Dist
    from natlat_sym.natural.partitions import Blocks
    from natlat_sym.natural.solved import Labels

_SHOWN = 12
MAX_COSTS, MAX_CHOICES = 1 << 25, 32
MAX_SHOWN = 30  # of the front, besides what has a name


@dataclass(frozen=True)
class BestLatent:
    """The best deterministic latents of some features, with the exact value they attain.

    Attributes
    ----------
    features : tuple of tuple of str
        What shall be mediated.
    kind : str
        ``sum`` or ``max``: what is minimised over all errors.
    score : Bits
        The minimum, exact.
    latents : tuple of Candidate
        All that attain it, up to renaming of the labels.
    front : tuple of Candidate
        No other latent has less mediation error and less redundancy error (their sum, or the
        largest one for ``max``); by ascending mediation error, one for each pair of errors.
    ties : tuple of int
        How many latents there are for each element of ``front``.
    orbits : tuple of int
        How many of these are not the same up to symmetry of the law.
    representatives : tuple of Candidate
        One of ``latents`` from each orbit: symmetries take these to all the others.
    symmetries : Symmetries
        Of the law of the features.
    extent : str
        ``all``: the front is whole.  Where more than 100,000 partitions tie, or above 16 outcomes,
        ``hull``: only the corners of its convex hull for some weights (for ``sum``), or ``best``:
        only the best and the trivial latents are compared (for ``max``, and above 20 outcomes).

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.from_array([[14, 1], [1, 4]], "X1 X2")
    >>> found = best_latent(p)
    >>> print(found.score, len(found.latents))
    31/10 - 3/2*log2(3) - log2(5) + 7/10*log2(7) 2
    """

    features: tuple[Group, ...]
    kind: str
    score: Bits
    latents: tuple[Candidate, ...]
    front: tuple[Candidate, ...]
    ties: tuple[int, ...]
    orbits: tuple[int, ...]
    representatives: tuple[Candidate, ...]
    symmetries: Symmetries
    extent: str

    @property
    def complete(self) -> bool:
        """Whether the front is whole."""
        return self.extent == "all"

    def to_json(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {
            "features": [group_text(group) for group in self.features],
            "kind": self.kind,
            "score": quantity(self.score),
            "latent": self.latents[0].to_json()["latent"],
            "ties": len(self.latents),
            "ties_up_to_symmetry": len(self.representatives),
            "symmetries": self.symmetries.order,
            "front": [
                {**candidate.to_json(), "ties": ties, "ties_up_to_symmetry": orbits}
                for candidate, ties, orbits in zip(self.front, self.ties, self.orbits, strict=True)
            ],
            "front_complete": self.complete,
            "front_extent": self.extent,
        }

    def __str__(self) -> str:
        features = ", ".join(map(group_text, self.features))
        head = f"least {SCORES[self.kind]} error of a function of {features}:"
        lines = [wrapped(f"{head} {decimal(self.score)} bits, exactly {shortened(self.score)}")]
        even = self.symmetries.order > 1
        count = f"attained by {len(self.latents)} partition{'s' * (len(self.latents) != 1)}"
        count += " of the support" + f", {len(self.representatives)} up to symmetry" * (
            even and len(self.latents) > 1
        )
        lines.append(f"{count}:")
        variables, chosen = self.representatives[0].labelling.names, self.representatives[:_SHOWN]
        rows = [
            (outcome, [str(c.labelling.labels[place]) for c in chosen])
            for place, outcome in enumerate(self.representatives[0].labelling.outcomes)
        ]
        heads = [f"label {k}" for k in range(1, len(chosen) + 1)]
        lines += [outcome_table(variables, heads, rows), ""]
        lines.append(f"{EXTENTS[self.extent]}: mediation against redundancy")
        lines += self._front_lines(even)
        return "\n".join(lines)

    def _front_lines(self, even: bool) -> list[str]:
        ties = ("ties", "orbits") if even else ("ties",)
        table = [("labels", "mediation", "redundancy", *ties, "exact", "latent")]
        names = [self._name(candidate) for candidate in self.front]
        shown = spread([bool(name) for name in names], MAX_SHOWN)
        longest = max(len(names[place]) for place in shown)
        room = min(30, (59 - longest - 8 * even) // 2)  # of 100 columns, for each exact text
        for place in shown:
            c, value = self.front[place], self.front[place].against(self.kind)
            exact = f"{shortened(c.mediation, room)}; {shortened(value, room)}"
            row = (str(c.labelling.count), decimal(c.mediation), decimal(value))
            counts = (self.ties[place], self.orbits[place])[: len(ties)]
            table.append((*row, *map(str, counts), exact, names[place]))
        lines = [text_table(table, right=range(3 + len(ties)))]
        if len(shown) < len(names):
            lines.append(f"and {len(names) - len(shown)} more between these")
        return lines

    def _name(self, candidate: Candidate) -> str:
        best = candidate.value(self.kind) == self.score
        return " = ".join(filter(None, [candidate.name, "best" if best else ""]))


SCORES = {"sum": "summed", "max": "worst"}
EXTENTS = {
    "all": "front",
    "hull": "corners of the convex hull of the front, for some weights",
    "best": "front, of these and the trivial latents only",
}


@explained
def best_latent(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None = None,
    score: str = "sum",
    redundancy: str | int = "weak",
    progress: Callable[[str], None] = lambda _: None,
) -> BestLatent:
    """Return the best latents that are functions of the features, over all partitions.

    Parameters
    ----------
    dist : Dist
        At most 16 outcomes.
    features : iterable of groups, optional
        Default: all variables.
    score : "sum" or "max"
        Minimise the sum of mediation error and all redundancy errors, or the largest of them.
    redundancy : "weak", "strong" or int
        How many features may be lost; an error H(label|rest) for each choice.
    progress : callable
        Is given a line of text now and then; 16 outcomes take some seconds.

    Returns
    -------
    BestLatent
        The minimum and the front are exact, and all ties are known: bounds in integers leave a few
        partitions out of all, and these are compared exactly.

    Raises
    ------
    InvalidInput
        For a larger support, too many choices of the features that are left, or too many ties.

    References
    ----------
    For two features the sum is the score D of Harwood and Gillen.

    Examples
    --------
    >>> from natlat_sym import Dist
    >>> p = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
    >>> best_latent(p).score
    Bits('0')
    """
    as_law(dist)
    if score not in SCORES:
        raise InvalidInput(f"expected the score 'sum' or 'max', got {score!r}", score=score)

    def solve(weights: list[int], rows: Labels, kept: Labels, common: Sequence[int]) -> Solved:
        return solved(weights, rows, kept, common, score, progress)

    return best_of(dist, features, redundancy, score, MAX_CELLS, solve)


def _check_size(cells: int, choices: int, most: int) -> None:
    if cells > most:
        summed = "best_summed_latent often finds the least sum up to 128 outcomes, and "
        raise InvalidInput(
            f"expected a support of at most {most} outcomes, got {cells};"
            f" {summed if most == MAX_CELLS else ''}near_best_latent gives an upper and a lower"
            " bound",
            cells=cells,
        )
    allowed = max(MAX_COSTS >> cells, MAX_CHOICES)
    if choices > allowed:
        raise InvalidInput(
            f"expected at most {allowed} choices of the features that are left, with"
            f" {cells} outcomes, got {choices}; join some features"
        )


def best_of(
    dist: Dist,
    features: str | Iterable[str | Iterable[str]] | None,
    redundancy: str | int,
    score: str,
    most: int,
    solve: Callable[..., Solved],
) -> BestLatent:
    """Return the best latents that a search over partitions of masks finds.

    Parameters
    ----------
    dist, features, redundancy, score
        As for `best_latent`.
    most : int
        The largest support.
    solve : callable
        From the weights of the outcomes, the labels of each feature, those of each survivor, and
        those of the common part, returns the best partitions and the front.

    Returns
    -------
    BestLatent
    """
    groups = as_features(dist, features)
    lost = deletion_budget(redundancy, len(groups))
    law = dist.marginal(tuple(name for group in groups for name in group))
    require_numbers(law, purpose="to compare partitions")
    _check_size(len(law), comb(len(groups), lost), most)
    kept = survivor_places(len(groups), lost)
    survivors = [tuple(n for place in one for n in groups[place]) for one in kept]
    weights, shown = list(law.weights().values()), tuple(map(group_text, survivors))
    columns = [codes_of(law, group) for group in groups]
    codes = [codes_of(law, group) for group in survivors]
    common = components(law, groups, lost).labels
    found = solve(weights, columns, codes, common)
    errors = ExactErrors(weights, columns, codes)

    def candidate(labels: tuple[int, ...], blocks: Blocks) -> Candidate:
        mediation, *rest = errors.of(blocks)
        return Candidate(
            Labelling(law, groups, labels), mediation, tuple(zip(shown, rest, strict=True))
        )

    even = symmetries_of(law, groups)
    named = {tuple(numbered(column)) for column in [*columns, common]}
    labelled = [[(labels_of(blocks, len(law)), blocks) for blocks in ties] for ties in found.front]
    corners = [min(ties, key=lambda one: (one[0] not in named, one[0])) for ties in labelled]
    best = {labels_of(blocks, len(law)): blocks for blocks in found.best}
    latents = {labels: candidate(labels, best[labels]) for labels in sorted(best)}
    representatives = tuple(latents[row[0]] for row in even.alike(latents))
    return BestLatent(
        features=groups,
        kind=score,
        score=representatives[0].value(score),
        latents=tuple(latents.values()),
        front=tuple(candidate(*one) for one in corners),
        ties=tuple(map(len, found.front)),
        orbits=tuple(len(even.alike(labels for labels, _ in ties)) for ties in labelled),
        representatives=representatives,
        symmetries=even,
        extent=found.extent,
    )
