"""Imports point downwards, the checker stands alone, and a seeded offender is caught."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "natlat_sym"
# Each folder or single module of the package, from the bottom up; a room may use its own floor.
LAYERS = [
    {"errors", "explained", "check"},
    {"exact"},
    {"parameters"},
    {"laws"},
    {"statements", "nets"},
    {"natural"},
    {"search"},
    {"certified"},
    {"zoo", "draw", "testing"},
    {"rules"},
    {"sources", "chapters", "maptext", "proofmap", "report", "commands", "cli", "__main__",
     "__init__"},
]  # fmt: skip
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
HEAVY = {"sympy", "networkx", "highspy", "matplotlib", "duckdb", "ibis", "hypothesis", "mpmath"}
MAY_USE = {"hypothesis": {"testing"}, "sympy": {"parameters.polynomials", "parameters.roots"}}


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(source: str, only_top: bool = False) -> set[str]:
    """Modules a source imports; type-checking blocks aside."""
    found: set[str] = set()
    stack: list[ast.AST] = [ast.parse(source)]
    while stack:
        node = stack.pop()
        if _is_type_checking(node):
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError("relative imports hide the layer")
            if node.module == "natlat_sym":
                found.update(f"natlat_sym.{alias.name}" for alias in node.names)
            elif node.module:
                found.add(node.module)
        if only_top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        stack.extend(ast.iter_child_nodes(node))
    return found


def violations(name: str, source: str) -> list[str]:
    room = name.split(".")[0]
    below = LEVEL[room]
    wrong = []
    for module in sorted(imported(source)):
        if module.startswith("natlat_sym."):
            target = module.split(".")[1]
            if target in LEVEL and LEVEL[target] > below:
                wrong.append(f"{name} (L{below}) imports {target} (L{LEVEL[target]})")
    for module in sorted(imported(source, only_top=True)):
        root = module.split(".")[0]
        if root in HEAVY and name not in MAY_USE.get(root, ()):
            wrong.append(f"{name} imports {root} at the top")
    return wrong


def modules() -> list[Path]:
    """All files but the checker's: it is the lowest layer, and `test_check` sees to its imports."""
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "check")


def module_name(path: Path) -> str:
    """Name of a module below the package; a folder has the name of its ``__init__``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def test_every_module_has_a_layer():
    assert {module_name(path).split(".")[0] for path in modules()} == set(LEVEL) - {"check"}


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_point_downwards(path):
    assert violations(module_name(path), path.read_text(encoding="utf-8")) == []


def test_the_guard_fires():
    assert violations("exact.bits", "from natlat_sym.natural.latents import natural_latent\n") == [
        "exact.bits (L1) imports natural (L5)"
    ]
    assert violations("laws.dist", "def f():\n    from natlat_sym import zoo\n") == [
        "laws.dist (L3) imports zoo (L8)"
    ]
    source = "import networkx as nx\n"
    assert violations("nets.dags", source) == ["nets.dags imports networkx at the top"]
    allowed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import networkx\n"
    assert violations("nets.dags", allowed) == []
    assert violations("parameters.roots", "import sympy\n") == []
    assert violations("parameters.signs", "import sympy\n") == [
        "parameters.signs imports sympy at the top"
    ]


def test_a_relative_import_is_refused():
    with pytest.raises(ValueError, match="relative imports hide the layer"):
        imported("from . import bits")


def test_no_assert_statement_in_the_package():
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Assert)], path.name


def too_long(source: str) -> list[str]:
    """Modules above 350 lines, and functions above 50 without their docstring."""
    found = ["module"] if source.count("\n") > 350 else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            described = node.body[0] if ast.get_docstring(node) else None
            lines = node.end_lineno - node.lineno + 1
            lines -= described.end_lineno - described.lineno + 1 if described else 0
            found += [node.name] if lines > 50 else []
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=module_name)
def test_modules_and_functions_are_small(path):
    assert too_long(path.read_text(encoding="utf-8")) == []


def test_what_is_too_long_is_seen():
    long = "def f():\n" + "    x = 1\n" * 50
    assert too_long(long) == ["f"]
    assert too_long('def f():\n    """' + "a\n" * 50 + '"""\n    return 1\n') == []
    assert too_long("x = 1\n" * 351) == ["module"]


def _loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_import_is_lazy():
    loaded = _loaded_after("import natlat_sym, natlat_sym.cli, natlat_sym.check")
    assert "natlat_sym" in loaded
    assert loaded.isdisjoint(HEAVY | {"numpy", "pandas"})


def test_evaluating_a_law_needs_no_sympy():
    statement = (
        "import natlat_sym as nl\n"
        "p = nl.Dist.from_dict({('0','0'): '1/3', ('1','1'): '2/3'}, 'X Y')\n"
        "print(nl.I('X;Y')(p), file=__import__('sys').stderr)"
    )
    assert "sympy" not in _loaded_after(statement)
