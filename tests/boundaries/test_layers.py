"""The house's rules that a reader can't see in one file: layers, who writes states, who reads the clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = (
    "accounts", "assessments", "audit", "core", "deployments", "dogs", "network", "notifications", "ok9", "pages",
    "portal", "promotion", "resources",
)  # fmt: skip
VAGUE = {"utils", "helpers", "services", "signals", "common", "misc"}


def modules(*names: str) -> Iterator[tuple[str, ast.Module]]:
    """Each app's modules with these file or folder names, with their path and tree; all without a name."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = {*path.relative_to(ROOT).parts[1:-1], path.stem}
            if "migrations" not in parts and (not names or parts & set(names)):
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_imports_point_downwards() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_only_actions_write_a_state() -> None:
    wrong = []
    for path, tree in modules():
        if "actions" in Path(path).stem or "actions" in Path(path).parts:
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in [part for t in targets for part in getattr(t, "elts", [t])]:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    wrong.append(f"{path}:{target.lineno}")
    assert wrong == []


@pytest.mark.parametrize("layer", ["actions", "rules", "queries", "emails", "states", "models"])
def test_the_clock_is_not_read_below_the_doorways(layer: str) -> None:
    wrong = []
    for path, tree in modules(layer):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            argless = name in ("localdate", "localtime") and not node.args and not node.keywords
            if name in ("now", "today", "utcnow") or argless:
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


def test_doorways_never_use_the_unwalled_manager() -> None:
    """Walls and writers do; so do the outbox, whose rows are the system's, and the demonstration's seed."""
    allowed = {"actions.py", "models.py", "outbox.py", "seed.py", "notifications/queries.py"}
    wrong = []
    for path, tree in modules():
        used = any(isinstance(node, ast.Attribute) and node.attr == "unscoped" for node in ast.walk(tree))
        if used and not {path, Path(path).name} & allowed and not {"actions", "models"} & set(Path(path).parts):
            wrong.append(path)
    assert wrong == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path, _tree in modules() if {*Path(path).parts, Path(path).stem} & VAGUE] == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [path for path, tree in modules() if tree.body and not ast.get_docstring(tree)] == []
