"""Pictures of nets, supports and translations, as text and self-contained SVG; no drawing library.

The pictures are drawn from exact objects and never measured back; coordinates are the only place
where a number is rounded.
"""

from natlat_sym.draw.canvas import DASHES, PALETTE, Picture
from natlat_sym.draw.nets import mermaid, picture, strip
from natlat_sym.draw.tables import support, translation_table

__all__ = [
    "DASHES",
    "PALETTE",
    "Picture",
    "mermaid",
    "picture",
    "strip",
    "support",
    "translation_table",
]
