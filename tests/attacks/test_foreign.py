"""Ids of another venture in every field, and fields that no form has."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction

from core.models import Membership, Role
from tests.attacks.hostile import forms_in
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.helpers import body_of
from tests.world import OBJECTS, make_world, workspace_routes

APPS = ("core", "discovery", "interviews", "forecasts", "milestones", "decisions")
LONG = "Long enough for every text that asks for forty characters, and no longer."
SENTINELS = {"words": "zqxmass", "number": "7777777", "day": "2001-02-03"}
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
            for form in forms_in(body_of(answer), world.url(route)):
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


def ask(client, path, sent, look):
    """The status, and what `look` finds where something was taken; then it is undone."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        status = client.post(path, sent).status_code
        seen = look() if status < 400 else []
        transaction.set_rollback(True)
    return status, seen


def crossings():
    """Rows that point into another venture than their own."""
    found = []
    for model in all_models():
        names = {field.name for field in model._meta.get_fields()}
        for field in model._meta.fields if "workspace" in names else ():
            if field.is_relation and has_workspace(field.related_model):
                rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
                wrong = rows.exclude(
                    **{f"{field.name}__workspace": models.F("workspace")}
                )
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
                if any(text in str(value) for text in SENTINELS.values()):
                    found.append(f"{model.__name__}.{name}")
    return found


def ids_of(world):
    """{id: its kind}, one of each; the ventures' own and a user's too."""
    kinds = {str(world.id_of(model)): model.__name__ for model in OBJECTS.values()}
    more = {str(world.workspace.pk): "Workspace", str(world.by.pk): "User"}
    return kinds | more


def strange_for(field, ours, foreign):
    """Foreign ids that a field may be sent: of the kind that it offers, or of any."""
    offered = {ours[value] for value in field.values if value in ours}
    return [pk for pk, kind in foreign.items() if not offered or kind in offered]


def takes_ids(field):
    return field.name not in ("form_key", "csrfmiddlewaretoken") and any(
        map(AN_ID.fullmatch, field.values)
    )


def test_no_form_offers_or_takes_an_id_of_another_venture(client, worlds):
    ours, foreign = worlds
    segment = str(foreign.id_of(OBJECTS["discovery:segment_edit"]))
    known, strange = ids_of(ours), ids_of(foreign)
    wrong, offered, tried = [], [], 0
    for form, sent in posts_of(client, ours):
        offered += [
            (form.path, field.name)
            for field in form.fields
            if set(strange) & set(field.values)
        ]
        path = f"{form.path.partition('?')[0]}?segment={segment}"
        tries = [(path, "segment", sent)] + [
            (form.path, field.name, sent | {field.name: pk})
            for field in form.fields
            if takes_ids(field)
            for pk in strange_for(field, known, strange)
        ]
        tried += len(tries)
        for path, name, body in tries:
            status, crossed = ask(client, path, body, crossings)
            if status >= 500 or crossed:
                wrong.append((path, name, status, crossed))

    assert (wrong, offered) == ([], [])
    assert tried > 200


def sentinel_for(field):
    if isinstance(field, models.DateField):
        return SENTINELS["day"]
    is_number = isinstance(field, models.IntegerField | models.DecimalField)
    return SENTINELS["number" if is_number else "words"]


def test_no_form_takes_a_field_that_it_does_not_draw(client, worlds):
    ours, _ = worlds
    fields = [field for model in all_models() for field in model._meta.fields]
    extra = {field.name: sentinel_for(field) for field in fields}
    extra |= {f"{field.name}_id": SENTINELS["words"] for field in fields}
    wrong, accepted = [], 0
    for form, sent in posts_of(client, ours):
        own = {field.name for field in form.fields}
        own |= {name.rsplit("-", 1)[-1] for name in own}
        more = {name: text for name, text in extra.items() if name not in own}
        status, found = ask(client, form.path, sent | more, texts_in_database)
        accepted += status == 303
        if status >= 500 or found:
            wrong.append((form.path, status, found))

    assert wrong == []
    assert accepted > 15
