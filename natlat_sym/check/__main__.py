"""Run the checker: ``python -m natlat_sym.check FILE...``, or ``python check FILE...`` alone."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

if __package__:
    from .files import main
else:  # the folder was run by its path: nothing beside it, and nothing in it, hides a library
    folder = Path(__file__).resolve().parent
    sys.path = [path for path in sys.path if Path(path).resolve() != folder]
    spec = spec_from_file_location("_trusted_check", folder / "__init__.py")
    if spec is None or spec.loader is None:
        raise SystemExit("check: the folder has no __init__.py")
    package = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(package)
    main = package.main

sys.exit(main(sys.argv[1:]))
