"""``python -m natlat_sym`` is the command ``natlat``."""

from natlat_sym.cli import main

raise SystemExit(main())
