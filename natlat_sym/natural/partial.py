"""Many partial partitions at once, with the sums of their costs so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from natlat_sym.natural.goals import Flags, Goals
    from natlat_sym.natural.subsets import Integers, Masks


@dataclass(frozen=True, eq=False)
class Partial:
    """Partial partitions: what is left, the errors so far, which are zero, and the blocks."""

    left: Masks
    values: Integers
    free: Flags
    kept: Flags
    blocks: Masks

    def __len__(self) -> int:
        return len(self.left)

    def at(self, places: Integers) -> Partial:
        return Partial(
            self.left[places],
            self.values[places],
            self.free[places],
            self.kept[places],
            self.blocks[places],
        )

    def grown(self, goals: Goals, blocks: Masks) -> Partial:
        """Return each with one more block, in the column of its lowest cell; 0 adds none."""
        low = np.frexp((blocks & -blocks).astype(np.float64))[1] - 1
        added = self.blocks.copy()
        added[np.arange(len(low)), low] |= blocks.astype(np.uint16)
        return Partial(
            self.left ^ blocks,
            self.values + goals.costs[blocks],
            self.free & goals.free[blocks],
            self.kept & goals.kept[blocks],
            added,
        )


def joined(parts: list[Partial]) -> Partial:
    """Return partial partitions one after the other."""
    names = ("left", "values", "free", "kept", "blocks")
    return Partial(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
