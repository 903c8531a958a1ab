"""Which tables there are, in the order of their foreign keys.

settings.BACKUP_LEAVES_OUT names those that no archive holds, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from core.models import Workspace

Model = type[models.Model]
# Made by migrating, the same everywhere.
OF_THE_CODE = ("contenttypes", "auth")


def all_tables() -> list[Model]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def whole() -> list[Model]:
    """What a backup holds, those that are pointed at first."""
    kept = [model for model in all_tables() if not is_left_out(model)]
    return in_order(kept)


def is_left_out(model: Model) -> bool:
    label = model._meta.label
    return label in settings.BACKUP_LEAVES_OUT or model._meta.app_label in OF_THE_CODE


def emptied() -> list[Model]:
    """What goes before a backup comes in: also sessions and signs of life."""
    return [m for m in all_tables() if m._meta.app_label not in OF_THE_CODE]


def in_order(found: Iterable[Model]) -> list[Model]:
    """Sorted by label, but after what their foreign keys point at."""
    left = sorted(found, key=lambda model: model._meta.label)
    ordered: dict[Model, None] = {}

    def place(model: Model, above: tuple[Model, ...]) -> None:
        if model in ordered or model in above or model not in left:
            return
        for field in keys_of(model):
            place(field.related_model, (*above, model))
        ordered[model] = None

    for model in left:
        place(model, ())
    return list(ordered)


def keys_of(model: Model) -> list[models.ForeignKey[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    ]


def of_ventures() -> dict[Model, str]:
    """Table → the way from its row to the venture, as a lookup."""
    kept = whole()
    ways: dict[Model, str] = {Workspace: "pk"}
    is_growing = True
    while is_growing:
        new = {m: way for m in kept if m not in ways and (way := way_of(m, ways))}
        ways |= new
        is_growing = bool(new)
    return {model: ways[model] for model in kept if model in ways}


def way_of(model: Model, ways: dict[Model, str]) -> str:
    """By the key to the venture itself, else by a key that is never empty."""
    fields = keys_of(model)
    for field in fields:
        if field.related_model is Workspace:
            return f"{field.name}"
    for field in fields:
        way = ways.get(field.related_model)
        if way and not field.null:
            return f"{field.name}__{way}"
    return ""
