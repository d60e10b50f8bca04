"""A file imports only from its own layer and the layers before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GUARD = Path(__file__).parent.parent / "guard"

# Left may not import right; entries are modules or packages below `guard`.
LAYERS = (
    ("records", "terminal", "visible"),
    ("source", "disk"),
    ("diagnostics",),
    ("addresses",),
    ("values",),
    ("syntax",),
    ("config",),
    ("lang",),
    ("aws",),
    ("inventory",),
    ("rules", "rule_table", "explanations"),
    ("waiver",),
    ("ledger",),
    ("findings", "plan_findings"),
    ("worlds",),
    ("suppress",),
    ("ignores",),
    ("baseline",),
    ("reports",),
    ("audit",),
    ("settings",),
    ("options",),
    ("in_force",),
    ("reading",),
    ("history",),
    ("judging",),
    ("pipeline",),
    ("privileges",),
    ("commands",),
    ("cli",),
    ("process",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

FILES = sorted(path for path in GUARD.rglob("*.py") if path != GUARD / "__init__.py")


def layer_of(dotted: str) -> str:
    return dotted.split(".")[1]


def imported(path: Path) -> set[str]:
    """The layers that a file imports from."""
    tree = ast.parse(path.read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("guard."):
            names.add(layer_of(node.module))
        elif isinstance(node, ast.ImportFrom) and node.module == "guard":
            names.update(alias.name for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.Import):
            names.update(layer_of(alias.name) for alias in node.names if alias.name.startswith("guard."))
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GUARD).as_posix())
def test_a_file_imports_only_from_layers_before_it(path: Path) -> None:
    own = path.relative_to(GUARD).parts[0].removesuffix(".py")
    later = {name for name in imported(path) if RANK[name] > RANK[own]}
    assert not later, f"{path} is in layer {own} and imports from {sorted(later)}"


def test_every_file_has_a_layer() -> None:
    own = {path.relative_to(GUARD).parts[0].removesuffix(".py") for path in FILES}
    assert own <= set(RANK)
