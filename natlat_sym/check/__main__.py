"""Run the checker: ``python -m natlat_sym.check FILE...``, or ``python check FILE...`` alone."""

import sys
from importlib import import_module
from pathlib import Path

if not __package__:  # the folder was run by its path
    folder = Path(__file__).resolve().parent
    sys.path[0] = str(folder.parent)
    __package__ = folder.name

sys.exit(import_module(__package__).main(sys.argv[1:]))
