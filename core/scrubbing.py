"""Taking a person out of everything a venture has written.

Which fields may name somebody stands in core/field_classes.py; nothing here knows the
tables of another app.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Cast

from core.activity import written
from core.field_classes import names_people
from core.models import AppendOnlyModel, FormKey, ImportRow
from core.removing import remove_within

if TYPE_CHECKING:
    from core.models import Workspace

AT_ONCE = 500
AROUND = 40
MOST_PLACES = 20
NO_ADDRESS = "https://removed.invalid/"
# Addresses of the team's own accounts and invitations are not an interviewee's.
OF_THE_TEAM = {"core.Invitation", "core.Delivery"}


@dataclass(frozen=True)
class Search:
    """`everywhere` is looked for in all rows, `nearby` in those about the person:
    label of the model → their ids."""

    everywhere: re.Pattern[str] | None
    nearby: re.Pattern[str] | None
    about: dict[str, set[Any]] = field(default_factory=dict)
    # rows of the person, emptied by hand
    own: frozenset[Any] = frozenset()
    # rows whose words consent hides: a trial counts them and shows nothing of them
    hidden: dict[str, set[Any]] = field(default_factory=dict)

    def pattern_for(self, label: str, pk: Any) -> re.Pattern[str] | None:
        is_about = pk in self.about.get(label, ())
        return self.nearby if is_about else self.everywhere


@dataclass
class Found:
    """How many rows of each model name them; of a trial also the first of the words
    that go, and where a part of the name stays."""

    rows: Counter[str] = field(default_factory=Counter)
    ids: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    named: list[tuple[str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)


def scrub(workspace: Workspace, search: Search, *, is_trial: bool = False) -> Found:
    """Inside `core.erasure.erasing()`. A trial only says what it would do, with one
    query; otherwise a write follows for each row that names the person."""
    found = Found()
    changes: dict[tuple[type[models.Model], UUID], dict[str, Any]] = {}
    for model, pk, name, value in texts(workspace):
        if pk in search.own:
            continue
        pattern = search.pattern_for(model._meta.label, pk)
        after = remove_within(value, pattern)
        if after != value:
            changes.setdefault((model, pk), {})[name] = after
        if is_trial and pk not in search.hidden.get(model._meta.label, ()):
            found.named.extend(around_hit(model, value, pattern, found.named))
            # a part of the name that may be somebody else's
            found.places.extend(around_hit(model, after, search.nearby, found.places))
    for (model, pk), changed in changes.items():
        found.rows[model._meta.label] += 1
        found.ids.setdefault(model, []).append(pk)
        if not is_trial:
            write(model, pk, changed)
    if not is_trial:
        forget_on_the_way(search.everywhere)
        for model, ids in found.ids.items():
            written(model, ids)
    return found


def texts(workspace: Workspace) -> Iterator[tuple[type[models.Model], UUID, str, Any]]:
    """Every text of a venture that may name somebody: model, id, field, value."""
    columns = list(columns_of_ventures())
    arms = [
        models.QuerySet(model)
        .filter(workspace=workspace)
        .order_by()
        .values_list(
            models.Value(number, output_field=models.IntegerField()),
            Cast("pk", models.TextField()),
            Cast(column.name, models.TextField()),
        )
        for number, (model, column) in enumerate(columns)
    ]
    for number, pk, text in arms[0].union(*arms[1:], all=True).iterator(AT_ONCE):
        model, column = columns[number]
        is_json = isinstance(column, models.JSONField)
        yield model, UUID(pk), column.name, json.loads(text) if is_json else text


def columns_of_ventures() -> Iterator[
    tuple[type[models.Model], models.Field[Any, Any]]
]:
    for model in apps.get_models():
        names = {column.name for column in model._meta.concrete_fields}
        if "workspace" in names and model._meta.label not in OF_THE_TEAM:
            for column in names_people(model):
                yield model, column


def around_hit(model, value, pattern, known) -> Iterator[tuple[str, str]]:
    """What it is, and the words around the first hit, as long as there is room."""
    if pattern is None or len(known) >= MOST_PLACES or not isinstance(value, str):
        return
    hit = pattern.search(value)
    if hit:
        start, end = max(0, hit.start() - AROUND), hit.end() + AROUND
        yield str(model._meta.verbose_name), " ".join(value[start:end].split())


def write(model, pk, changed):
    fields = {name: fitting(model, pk, name, text) for name, text in changed.items()}
    if model is ImportRow:
        # half a row must not become a person
        fields |= {"cells": [], "before": {}, "problems": []}
        waits = models.QuerySet(ImportRow).filter(
            pk=pk, outcome__in=("waiting", "problem")
        )
        waits.update(outcome=ImportRow.Outcome.SKIPPED)
    names = {column.name for column in model._meta.concrete_fields}
    if "rev" in names and not issubclass(model, AppendOnlyModel):
        fields["rev"] = models.F("rev") + 1
    models.QuerySet(model).filter(pk=pk).update(**fields)


def fitting(model, pk, name, value):
    """As long as the column allows, and as it must look."""
    column = model._meta.get_field(name)
    if isinstance(column, models.URLField):
        return NO_ADDRESS
    if isinstance(column, models.EmailField):
        return ""
    if not isinstance(value, str):
        return value
    room = column.max_length
    if is_part_of_a_key(model, name):
        value = f"{value[: room - 9]} {pk.hex[:8]}"
    return value[:room] if room else value


def is_part_of_a_key(model, name):
    return any(
        name in rule.fields
        for rule in model._meta.constraints
        if hasattr(rule, "fields")
    )


# --- what belongs to no venture --------------------------------------------------
def forget_on_the_way(pattern: re.Pattern[str] | None) -> None:
    """Addresses with a search in them, and messages that nobody has read yet."""
    if pattern is None:
        return
    for key in FormKey.objects.filter(outcome__contains="?"):
        if pattern.search(unquote_plus(key.outcome)):
            key.outcome = key.outcome.partition("?")[0]
            key.save(update_fields=["outcome"])
    for session in Session.objects.iterator(chunk_size=AT_ONCE):
        content = session.get_decoded()
        if "_messages" in content and pattern.search(str(content["_messages"])):
            del content["_messages"]
            store = session.get_session_store_class()
            session.session_data = store().encode(content)
            session.save(update_fields=["session_data"])
