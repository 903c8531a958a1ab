"""Small functions, files with one subject. No exceptions list."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTION, FILE = 40, 400
TREES = (
    "benchmarks",
    "config",
    "core",
    "decisions",
    "discovery",
    "forecasts",
    "interviews",
    "milestones",
    "portfolio",
    "tests",
)


def sources():
    return [
        path
        for tree in TREES
        for path in (ROOT / tree).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_files_are_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text().splitlines())) > FILE
    }

    assert long == {}


def test_functions_are_short():
    long = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION:
                    long[f"{path.relative_to(ROOT)}::{node.name}"] = lines

    assert long == {}


def test_views_write_only_through_actions():
    """A view that saves would skip the log, the transaction and the reactions."""
    writes = {"save", "update", "delete", "create", "bulk_create", "get_or_create"}
    found = []
    for path in sources():
        if "views" not in path.relative_to(ROOT).with_suffix("").parts:
            continue
        if path.relative_to(ROOT).parts[0] == "tests":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writes
                and not isinstance(node.func.value, ast.Dict | ast.Name)
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []
