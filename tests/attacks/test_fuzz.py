"""Every page and form of a venture, filled with what nobody should send.

The drawn forms say which fields there are; Hypothesis says what goes into them. A few
requests follow each other on the same rows, then everything is undone.
`FIELDPROOF_STORM=1` sends the full number of requests.
"""

import os
from dataclasses import dataclass
from traceback import format_exception
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Role
from tests.attacks.hostile import ANY, Form, forms_in
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.helpers import body_of
from tests.world import make_world, workspace_routes

REQUESTS = 30_000 if os.environ.get("FIELDPROOF_STORM") == "1" else 2_000
IN_A_ROW = 8
# Some fields stay as they were drawn, or nothing would ever pass the first check.
MOST_SPOILT = 4
URLENCODED = "application/x-www-form-urlencoded"
EXTRA = (
    *("page", "segment", "as_of", "until", "show", "sort", "q", "kind", "format"),
    *("paragraph", "more", "first", "count", "decimal", "form_key", "both", "over"),
    *("workspace", "workspace_id", "id", "pk", "role", "by", "rev", "next", "metric"),
    *("p0-period", "p59-expected", "evidence", "back", "add_anyway", "later"),
)

pytestmark = [pytest.mark.django_db, pytest.mark.storm]


@dataclass(frozen=True)
class Answer:
    status: int
    trouble: str


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        owner = make_user("owner@example.com")
        workspace = make_workspace("Acme", slug="acme", timezone="Asia/Tokyo")
        make_member(workspace, Role.OWNER, user=owner, is_leadership=True)
        yield make_world(workspace), owner


def targets_of(client, world):
    """Every page as a form without fields, and every form that those pages draw."""
    pages = [world.url(route) for route in workspace_routes()]
    found = {("get", url): Form("get", url, ()) for url in pages}
    found |= {("post", url): Form("post", url, ()) for url in pages}
    for url in pages:
        answer = client.get(url)
        if answer.status_code == 200:
            for form in forms_in(body_of(answer), url):
                if form.path.startswith("/w/"):
                    found[form.method, form.path] = form
    return list(found.values())


values = st.one_of(st.sampled_from(ANY), st.sampled_from(ANY), st.text(max_size=40))


@st.composite
def filled(draw, targets):
    """(form, what is sent): as drawn, but for a few fields spoilt, doubled or gone."""
    form = draw(st.sampled_from(targets))
    sent = {field.name: [field.values[0]] for field in form.fields}
    for field in form.fields:
        if field.kind in ("select", "radio", "checkbox") and draw(st.booleans()):
            sent[field.name] = [draw(st.sampled_from(field.values))]
    names = st.sampled_from([*sent, *EXTRA])
    for name in draw(st.lists(names, max_size=MOST_SPOILT)):
        sent[name] = draw(st.lists(values, max_size=2) if draw(st.booleans()) else one)
    return form, [(name, text) for name, texts in sent.items() for text in texts]


one = values.map(lambda value: [value])


def ask(client, form, pairs, *, with_htmx):
    body = urlencode(pairs, errors="surrogatepass")
    headers = {"HX-Request": "true"} if with_htmx else {}
    if form.method == "get":
        path, _, query = form.path.partition("?")
        response = client.get(f"{path}?{query}&{body}"[:60_000], headers=headers)
    else:
        response = client.post(
            form.path, body, content_type=URLENCODED, headers=headers
        )
    return Answer(response.status_code, trouble_in(response))


def trouble_in(response):
    """The traceback for whoever reads the failure; none may reach a page."""
    content = body_of(response)
    if b"Traceback (most recent" in content:
        return "a traceback on the page"
    if response.status_code < 500:
        return ""
    raised = getattr(response, "exc_info", None)
    return "".join(format_exception(raised[1])) if raised else "no exception"


def test_no_input_breaks_a_page(client, world):
    place, owner = world
    client.force_login(owner)
    client.raise_request_exception = False
    targets = targets_of(client, place)
    sent = [0]

    @settings(
        max_examples=REQUESTS // IN_A_ROW,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(
            st.tuples(filled(targets), st.booleans()),
            min_size=IN_A_ROW,
            max_size=IN_A_ROW,
        )
    )
    def bombard(requests):
        with undone():
            for (form, pairs), with_htmx in requests:
                answer = ask(client, form, pairs, with_htmx=with_htmx)
                sent[0] += 1
                assert not answer.trouble, (form.method, form.path, answer)
            transaction.set_rollback(True)

    bombard()

    assert len(targets) > 100
    assert sent[0] >= REQUESTS


def undone():
    """Durable blocks inside are allowed."""
    block = transaction.atomic()
    block._from_testcase = True
    return block
