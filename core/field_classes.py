"""What each field of the database holds, so that nothing personal is forgotten.

Every app says it of its own text-like fields in `<app>/field_classes.py`: a dict CLASSES
of "Model.field". Numbers, dates, flags, ids, keys to other rows and closed choices are
operational by their type.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models

TEXT_LIKE = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
)


class FieldClass(StrEnum):
    """PERSONAL says who somebody is, CONFIDENTIAL is what was said or thought and may
    name people, OPERATIONAL says nothing about anybody, SECRET lets somebody in."""

    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"
    OPERATIONAL = "operational"
    SECRET = "secret"  # noqa: S105  a class of fields


# What may name a person whom we were asked to forget.
NAMES_PEOPLE = (FieldClass.PERSONAL, FieldClass.CONFIDENTIAL)


def must_be_named(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, TEXT_LIKE) and not field.choices


def named() -> dict[str, FieldClass]:
    """ "app.Model.field" → class, as the apps say it."""
    found: dict[str, FieldClass] = dict(installed())
    for app in apps.get_app_configs():
        if app.name != "core" and (app.path.startswith(str(root()))):
            found |= of_app(app.name, app.label)
    return found | of_app("core", "core")


def root() -> str:
    return apps.get_app_config("core").path.removesuffix("core")


def of_app(name: str, label: str) -> dict[str, FieldClass]:
    try:
        module = import_module(f"{name}.field_classes")
    except ModuleNotFoundError:
        return {}
    classes = getattr(module, "CLASSES", {})
    return {f"{label}.{field}": kind for field, kind in classes.items()}


def installed() -> Iterator[tuple[str, FieldClass]]:
    """Tables that come with Django and allauth."""
    yield "auth.Permission.name", FieldClass.OPERATIONAL
    yield "auth.Permission.codename", FieldClass.OPERATIONAL
    yield "auth.Group.name", FieldClass.OPERATIONAL
    yield "contenttypes.ContentType.app_label", FieldClass.OPERATIONAL
    yield "contenttypes.ContentType.model", FieldClass.OPERATIONAL
    yield "sessions.Session.session_key", FieldClass.SECRET
    yield "sessions.Session.session_data", FieldClass.SECRET
    yield "account.EmailAddress.email", FieldClass.PERSONAL
    yield "account.EmailConfirmation.key", FieldClass.SECRET


def to_be_named() -> dict[str, models.Field[Any, Any]]:
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if must_be_named(field)
    }


def names_people(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Its fields that may hold somebody's name."""
    known = named()
    return [
        field
        for field in model._meta.concrete_fields
        if known.get(f"{model._meta.label}.{field.name}") in NAMES_PEOPLE
    ]


# --- core's own ------------------------------------------------------------------
CLASSES: dict[str, FieldClass] = {
    "User.email": FieldClass.PERSONAL,
    "User.password": FieldClass.SECRET,
    "User.name": FieldClass.PERSONAL,
    "User.timezone": FieldClass.OPERATIONAL,
    "ActivityEntry.verb": FieldClass.OPERATIONAL,
    "ActivityEntry.subject_type": FieldClass.OPERATIONAL,
    "ActivityEntry.data": FieldClass.OPERATIONAL,
    "Delivery.key": FieldClass.OPERATIONAL,
    "Delivery.kind": FieldClass.OPERATIONAL,
    "Delivery.address": FieldClass.PERSONAL,
    "Delivery.period": FieldClass.OPERATIONAL,
    "Delivery.transition": FieldClass.OPERATIONAL,
    "Delivery.payload": FieldClass.SECRET,
    "Delivery.off_hash": FieldClass.SECRET,
    "Delivery.message_id": FieldClass.OPERATIONAL,
    "Delivery.reason": FieldClass.OPERATIONAL,
    "Channel.name": FieldClass.CONFIDENTIAL,
    "Channel.host": FieldClass.OPERATIONAL,
    "Channel.url": FieldClass.SECRET,
    "Channel.secret": FieldClass.SECRET,
    "StoredFile.name": FieldClass.CONFIDENTIAL,
    "StoredFile.content_type": FieldClass.OPERATIONAL,
    "StoredFile.sha256": FieldClass.OPERATIONAL,
    "ImportRun.kind": FieldClass.OPERATIONAL,
    "ImportRun.file_name": FieldClass.CONFIDENTIAL,
    "ImportRun.header": FieldClass.CONFIDENTIAL,
    "ImportRun.mapping": FieldClass.OPERATIONAL,
    "ImportRun.choices": FieldClass.CONFIDENTIAL,
    "ImportRun.result": FieldClass.CONFIDENTIAL,
    "ImportRun.failure": FieldClass.CONFIDENTIAL,
    "ImportRow.cells": FieldClass.PERSONAL,
    "ImportRow.problems": FieldClass.PERSONAL,
    "ImportRow.made": FieldClass.OPERATIONAL,
    "ImportRow.before": FieldClass.PERSONAL,
    "Heartbeat.name": FieldClass.OPERATIONAL,
    "Heartbeat.host": FieldClass.OPERATIONAL,
    "Tick.name": FieldClass.OPERATIONAL,
    "Installation.mail_pause_reason": FieldClass.OPERATIONAL,
    "FormKey.key": FieldClass.OPERATIONAL,
    "FormKey.outcome": FieldClass.CONFIDENTIAL,
    "Workspace.slug": FieldClass.OPERATIONAL,
    "Workspace.name": FieldClass.CONFIDENTIAL,
    "Workspace.currency": FieldClass.OPERATIONAL,
    "Workspace.timezone": FieldClass.OPERATIONAL,
    "Invitation.email": FieldClass.PERSONAL,
    "Invitation.token_hash": FieldClass.SECRET,
    "OneTimeLink.token_hash": FieldClass.SECRET,
    "ApiToken.name": FieldClass.CONFIDENTIAL,
    "ApiToken.token_hash": FieldClass.SECRET,
}
