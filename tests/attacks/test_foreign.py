"""Ids of another venture in every field, and fields that no form has."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.db.models import F

from core.models import Membership, Role
from tests.attacks.hostile import forms_in
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.world import OBJECTS, make_world, workspace_routes

APPS = ("core", "discovery", "interviews", "forecasts", "milestones", "decisions")
LONG = "Long enough for every text that asks for forty characters, and no longer."
SENTINELS = ("zqxmass", "7777777", "2001-02-03")
AN_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds(client):
    """Ours, whose owner is signed in, and a foreign one with the same kinds of rows."""
    with time_machine.travel(NOW, tick=False):
        ours = make_world(make_workspace("Acme", slug="acme"))
        foreign = make_world(make_workspace("Other", slug="other"))
        owner = make_member(ours.workspace, Role.OWNER, user=make_user()).user
        client.force_login(owner)
        yield ours, foreign


def all_models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def posts_of(client, world):
    """Every POST form that the pages of a venture draw, filled so that it may pass."""
    found = {}
    for route in workspace_routes():
        answer = client.get(world.url(route))
        if answer.status_code == 200:
            for form in forms_in(answer.content, world.url(route)):
                if form.method == "post" and form.path.startswith("/w/"):
                    found[form.path] = form
    return [(form, filled(form)) for form in found.values()]


def filled(form):
    sent = {}
    for field in form.fields:
        if field.kind in ("checkbox", "radio"):
            sent.setdefault(field.name, field.values[0])
        elif field.kind == "select":
            sent[field.name] = next((v for v in field.values if v), "")
        else:
            sent[field.name] = field.values[0] or meant(field)
    return sent


def meant(field):
    name = field.name.rsplit("-", 1)[-1]
    if field.kind == "date" or name in ("review_on", "predict_by"):
        return "2026-12-24" if name in ("review_on", "predict_by") else "2026-10-26"
    known = {
        "email": "a.new@example.com",
        "expected": "100",
        "low": "",
        "high": "",
        "value": "12",
        "period": "2026-W40",
        "currency": "USD",
        "first_shipped_on": "2026-10-26",
        "proof_url": "https://example.com/a",
        "text": "three hours lost",
    }
    if field.kind in ("text", "textarea", "email") or name in known:
        return known.get(name, LONG if field.kind == "textarea" else uuid4().hex[:12])
    return ""


def ask(client, path, sent):
    """The answer, and what the database holds then; afterwards it is undone."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        status = client.post(path, sent).status_code
        seen = crossings(), texts_in_database()
        transaction.set_rollback(True)
    return status, *seen


def crossings():
    """Rows that point into another venture than their own."""
    found = []
    for model in all_models():
        names = {field.name for field in model._meta.get_fields()}
        for field in model._meta.fields if "workspace" in names else ():
            if field.is_relation and has_workspace(field.related_model):
                rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
                wrong = rows.exclude(**{f"{field.name}__workspace": F("workspace")})
                found += [f"{model.__name__}.{field.name}"] * wrong.count()
    return found + owners_from_outside()


def has_workspace(model):
    return any(field.name == "workspace" for field in model._meta.fields)


def owners_from_outside():
    team = set(Membership.objects.values_list("workspace", "user"))
    metrics = apps.get_model("forecasts.Metric").objects.exclude(owner=None)
    pairs = metrics.values_list("workspace", "owner")
    return [f"Metric.owner {pair}" for pair in pairs if pair not in team]


def texts_in_database():
    """Where a sentinel of ours ended up."""
    found = []
    for model in all_models():
        for row in model._base_manager.all().values():
            for name, value in row.items():
                if any(sentinel in str(value) for sentinel in SENTINELS):
                    found.append(f"{model.__name__}.{name}")
    return found


def ids_of(world):
    """One id of each kind; the ventures' own and a user's too."""
    kinds = sorted(set(OBJECTS.values()), key=lambda model: model.__name__)
    found = {str(world.id_of(model)) for model in kinds}
    return sorted(found | {str(world.workspace.pk), str(world.by.pk)})


def test_no_form_takes_an_id_of_another_venture(client, worlds):
    ours, foreign = worlds
    segment = str(foreign.id_of(OBJECTS["discovery:segment_edit"]))
    wrong, passed = [], 0
    for form, sent in posts_of(client, ours):
        chosen = {f.name for f in form.fields if any(map(AN_ID.fullmatch, f.values))}
        for name in sorted(chosen - {"form_key", "csrfmiddlewaretoken"}):
            for pk in ids_of(foreign):
                status, crossed, _ = ask(client, form.path, sent | {name: pk})
                passed += status in (200, 302, 303)
                if status >= 500 or crossed:
                    wrong.append((form.path, name, status, crossed))
        path = f"{form.path.partition('?')[0]}?segment={segment}"
        status, crossed, _ = ask(client, path, sent)
        if status >= 500 or crossed:
            wrong.append((path, "segment", status, crossed))

    assert wrong == []


def test_no_form_takes_a_field_that_it_does_not_draw(client, worlds):
    ours, _ = worlds
    names = {field.name for model in all_models() for field in model._meta.fields}
    names |= {f"{name}_id" for name in names}
    wrong, accepted = [], 0
    for form, sent in posts_of(client, ours):
        own = {field.name for field in form.fields} | {
            f.name.rsplit("-", 1)[-1] for f in form.fields
        }
        for sentinel in SENTINELS:
            extra = dict.fromkeys(names - own, sentinel)
            status, _, found = ask(client, form.path, sent | extra)
            accepted += status == 303
            if status >= 500 or found:
                wrong.append((form.path, sentinel, status, found))

    assert wrong == []
    assert accepted > 40


def test_no_list_offers_what_another_venture_has(client, worlds):
    ours, foreign = worlds
    strange = set(ids_of(foreign))
    offered = [
        (form.path, field.name)
        for form, _ in posts_of(client, ours)
        for field in form.fields
        if strange & set(field.values)
    ]

    assert offered == []
