"""Founders score blind: whatever the other claimed, no answer of the product differs.

One founder scores 0 or 5 with the same words; everything the other can ask for, page,
part, file or API, must be the same both times.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils.html import escape

from core.models import Role
from milestones.actions import claim_score
from milestones.actions.noting import note_due
from milestones.models import Question, Score
from tests.contract.test_access import undone
from tests.contract.test_api import READS, token_of, url_of
from tests.contract.test_api import ask as ask_api
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import body_of
from tests.world import make_world, workspace_routes

REASON = "CANARY-REASON: I heard it from three of them, and so did my brother."
LATER = NOW + timedelta(hours=1)
# Made anew for every answer.
FRESH = re.compile(
    rb'(name="(csrfmiddlewaretoken|form_key)" value=")[^"]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}'
    rb"-[0-9a-f]{12}"
)
# What a page replaces in itself, and the history of a score, which other pages ask for.
PART = re.compile(rb'hx-target="#([\w-]+)"|id="(history)"')

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world(make_workspace("Acme", slug="acme"))


@pytest.fixture
def ben(world):
    """Scores too, and has not scored this round."""
    return make_member(world.workspace, Role.OWNER).user


def claim(world, value):
    question = Question.objects.in_workspace(world.workspace).get(number=1)
    claims = Score.objects.filter(question=question, kind=Score.Kind.CLAIMED)
    latest = claims.get(superseded_by=None)
    claim_score(
        question,
        by=world.by,
        value=value,
        reason=REASON,
        follows=latest.pk,
        now=NOW + timedelta(minutes=30),
    )
    note_due(LATER)


def pages(client, world):
    found = {}
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        url = world.url(route)
        page = found[route.name] = body_of(client.get(url))
        parts = {part or history for part, history in PART.findall(page)}
        if b"<html" not in page:
            parts.add(b"")  # it is a part itself, and may be for htmx alone
        for target in parts:
            headers = {"HX-Request": "true", "HX-Target": target.decode()}
            found[route.name, target] = body_of(client.get(url, headers=headers))
    return {name: FRESH.sub(b"", body) for name, body in found.items()}


def answers(client, world, token):
    return {
        operation: ask_api(client, "get", url_of(path, world), token).content
        for _method, path, operation, _permission in READS
    }


def everything(client, world, value, token):
    with undone():
        claim(world, value)
        found = pages(client, world) | answers(client, world, token)
        transaction.set_rollback(True)
    return found


def test_no_answer_depends_on_a_score_the_reader_must_not_know(client, world, ben):
    token = token_of(world.workspace, Role.OWNER)
    client.force_login(ben)

    with time_machine.travel(LATER, tick=False):
        low, high = (everything(client, world, value, token) for value in (0, 5))

    assert [name for name in low if low[name] != high[name]] == []
    assert [
        name for name, body in low.items() if escape(REASON[:13]).encode() in body
    ] == []


@pytest.mark.parametrize("path", ["questions/", "questions/1/history/"])
def test_the_author_sees_the_difference(client, world, path):
    """So that the test above could fail."""
    client.force_login(world.by)
    found = set()
    for value in (0, 5):
        with time_machine.travel(LATER, tick=False), undone():
            claim(world, value)
            body = client.get(f"/w/{world.workspace.slug}/{path}").content
            found.add(FRESH.sub(b"", body))
            transaction.set_rollback(True)

    assert len(found) == 2
