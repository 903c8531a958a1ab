"""Layers point one way, for imports and for foreign keys."""

import ast
from pathlib import Path

from django.apps import apps

ORDER = [
    "core",
    "discovery",
    "interviews",
    "forecasts",
    "milestones",
    "decisions",
    "portfolio",
    "config",
]
ROOT = Path(__file__).resolve().parents[2]
# core may ask settings for dotted paths; config.celery is found through Celery itself.
MODULES = sorted(
    path
    for app in ORDER
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def test_the_order_names_every_app():
    ours = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert ours == set(ORDER)


def test_imports_point_left():
    wrong = {}
    for path in MODULES:
        name = path.relative_to(ROOT)
        right = ORDER[ORDER.index(name.parts[0]) + 1 :]
        if found := set(imported_apps(path)) & set(right):
            wrong[str(name)] = found

    assert wrong == {}
    assert len(MODULES) > 100


def test_foreign_keys_point_left():
    wrong = []
    for model in apps.get_models():
        app = model._meta.app_label
        if app not in ORDER:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            other = field.related_model._meta.app_label
            if other in ORDER and ORDER.index(other) > ORDER.index(app):
                wrong.append(f"{model._meta.label}.{field.name} → {other}")

    assert wrong == []
