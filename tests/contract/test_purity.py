"""Pure modules import no Django, read no clock and touch no database."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARK = "PURE"
IMPURE = {"django", "celery", "socket", "subprocess", "requests", "redis", "sqlite3"}
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}
ALWAYS_PURE = [
    "core/charts",
    "core/numbers.py",
    "core/weeks.py",
    "forecasts/drift",
    "interviews/qualifying.py",
    "milestones/support.py",
    "milestones/standing.py",
    "milestones/rounds.py",
    "milestones/statistics",
    "decisions/alerting.py",
]
APPS = (
    "core",
    "discovery",
    "interviews",
    "forecasts",
    "milestones",
    "decisions",
    "portfolio",
)


def pure_modules():
    named = set()
    for entry in ALWAYS_PURE:
        path = ROOT / entry
        named |= set(path.rglob("*.py")) if path.is_dir() else {path}
    marked = {
        path
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if (ast.get_docstring(ast.parse(path.read_text())) or "").startswith(MARK)
    }
    return sorted(named | marked)


@pytest.mark.parametrize(
    "path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_pure_module_imports_nothing_impure_and_reads_no_clock(path):
    tree = ast.parse(path.read_text())
    imports = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imports.add((node.module or "").split(".")[0])
    clocks = [
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in {"datetime", "date", "time", "timezone"}
    ]

    assert imports & IMPURE == set()
    assert clocks == []
