"""The log of who did what, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from core.models import ActivityEntry
from core.nudge import nudge

if TYPE_CHECKING:
    from core.models import User, Workspace


def log(
    workspace: Workspace | None,
    *,
    by: User | None,
    verb: str,
    subject: models.Model | None = None,
    now: datetime,
    **data: object,
) -> ActivityEntry:
    """Adds a line, and queues on commit what config/reactions.py names for the verb.

    Called after the row was written. `data` may hold ids, counts and codes; never names,
    notes or tokens.
    """
    entry = ActivityEntry(
        workspace=workspace,
        by=by,
        verb=verb,
        subject_type=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        data=data,
        at=now,
    )
    entry.save()
    if subject is not None:
        written(type(subject), [subject.pk])
    for task in import_string(settings.REACTIONS).get(verb, []):
        transaction.on_commit(partial(nudge, task, str(entry.pk)), robust=True)
    return entry


def written(model: type[models.Model], ids: Iterable[UUID]) -> None:
    """Those rows were written or removed; what depends on them follows at once.

    `log` says so of its subject. Who writes many rows under one entry, or removes one,
    says it of each.
    """
    for path in settings.AFTER_WRITTEN:
        import_string(path)(model, ids)
