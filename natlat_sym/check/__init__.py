"""The trusted checker of natlat-certificate/1; proofs/CERTIFICATE.md defines the format.

The folder runs alone, ``python check FILE...``: standard library only, no assertions, no repairs.
A module per kind of certificate, so that who trusts a proof of kind "linear" reads `reading`,
`linear` and `files`.

Examples
--------
>>> verify('{"format": "natlat/2"}')
Traceback (most recent call last):
    ...
natlat_sym.check.reading.Rejected: format: expected 'natlat-certificate/1', got 'natlat/2'
"""

from .errors import Errors
from .files import main, verify
from .least import near_blocks, shared_least
from .reading import Rejected, Unreadable
from .shares import Broken

__all__ = [
    "Broken",
    "Errors",
    "Rejected",
    "Unreadable",
    "main",
    "near_blocks",
    "shared_least",
    "verify",
]
