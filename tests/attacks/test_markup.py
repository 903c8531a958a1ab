"""Every text of a venture holds markup; no page may take a word of it for its own."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models
from django.db.models.functions import Cast, Concat, Substr

from core.erasure import erasing
from core.models import Role
from interviews.models import Interview
from tests.decisions.cases import decide, stop_on
from tests.factories import NOW, make_interview, make_member, make_user, make_workspace
from tests.world import make_world, workspace_routes

APPS = ("core", "discovery", "interviews", "forecasts", "milestones", "decisions")
# What is not free text: addresses, codes, hashes and names of rows.
NOT_WORDS = {
    *("slug", "timezone", "currency", "password", "token_hash", "key", "verb", "kind"),
    *("subject_type", "payload", "state", "transition", "period", "outcome", "address"),
    *("database_id", "message_id", "codec", "outbound_hold", "host", "status"),
}
MARKUP = (
    "'\"><zqx-tag zqx-attr=1 onclick=a() style=color:red hx-get=/ >"
    "</textarea></title></select></text></svg></script><zqx-tag>javascript:a()"
    '&lt;zqx-tag&gt; https://a.example/"zqx-attr=\'1\' \n\n> x" onx="zqx'
)
SHORT = "'\"><zqx-tag zqx-attr=1>"
SCRIPTED = ("on", "hx-on", "data-hx-on")
LEADING = ("href", "src", "action", "formaction", "xlink:href")
UNSAFE = ("javascript:", "data:text")
ADDRESS = "javascript:zqx()//"

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        workspace = make_workspace("Acme", slug="acme")
        world = make_world(workspace, rows=2)
        decide(stop_on(workspace, name="Decided"), by=world.by)
        make_interview(workspace, by=world.by, state=Interview.State.DRAFT)
        spoil(
            *(model for app in APPS for model in apps.get_app_config(app).get_models())
        )
        yield world


def spoil(*spoilt):
    with erasing():
        for model in spoilt:
            for field in model._meta.local_fields:
                if is_words(field):
                    write_markup(model, field)


def is_words(field):
    is_text = isinstance(field, models.CharField | models.TextField)
    is_plain = not field.choices and not field.is_relation and not field.primary_key
    return is_text and is_plain and field.name not in NOT_WORDS


def write_markup(model, field):
    """By a plain queryset: some tables only grow. What is unique keeps its own part."""
    room = field.max_length or 4000
    text = MARKUP if room >= len(MARKUP) + 40 else SHORT
    if isinstance(field, models.URLField):
        text = ADDRESS
    own = Cast("pk", models.TextField())
    spoilt = Substr(Concat(models.Value(text), own), 1, room)
    # what is empty says something too: a proof that is missing, a first row
    filled = models.QuerySet(model).exclude(**{field.name: ""})
    filled.update(**{field.name: spoilt})


def pages_for(client, world):
    """(address, soup) of every page a venture shows, linked ones included."""
    waiting = [world.url(route) for route in workspace_routes()]
    waiting += ["/ventures/", "/me/"]
    known = {alike(url) for url in waiting}
    while waiting:
        url = waiting.pop()
        answer = client.get(url)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        soup = BeautifulSoup(answer.content, "html.parser")
        yield url, soup
        links = {
            link["href"].split("#")[0] for link in soup.select("a[href^='/w/acme/']")
        }
        for link in sorted(links):
            if alike(link) not in known:
                known.add(alike(link))
                waiting.append(link)


def alike(url):
    """Pages that differ in the values of their query alone count once."""
    path, _, query = url.partition("?")
    return path, frozenset(pair.partition("=")[0] for pair in query.split("&"))


def made_by_users(soup):
    """Elements, attributes and addresses that the templates would not have written."""
    found = []
    for tag in soup.find_all():
        if tag.name.startswith("zqx"):
            found.append(tag.name)
        for name, value in tag.attrs.items():
            if name == "style" or "zqx" in name or name.startswith(SCRIPTED):
                found.append(f"{tag.name} {name}")
            if "zqx" in str(value) and name.startswith(("hx-", "data-hx-")):
                found.append(f"{tag.name} {name}")
            if name in LEADING and str(value).strip().lower().startswith(UNSAFE):
                found.append(f"{tag.name} {name}={value}")
    return found


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISOR])
def test_no_page_takes_words_for_markup(client, world, role):
    user = make_user(name=SHORT)
    make_member(world.workspace, role, user=user)
    client.force_login(user)

    found, shown = {}, 0
    for url, soup in pages_for(client, world):
        shown += "zqx-tag" in soup.get_text()
        if made := made_by_users(soup):
            found[url] = made

    assert found == {}
    assert shown > 15


def test_what_was_typed_into_a_refused_form_stays_text(client, world):
    """The page that gives a form back after a failed check of its origin."""
    client.handler.enforce_csrf_checks = True
    client.force_login(world.by)

    answer = client.post("/w/acme/segments/new/", {"name": MARKUP, f"x{SHORT}": MARKUP})

    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 403
    assert made_by_users(soup) == []
    assert "zqx-tag" in soup.get_text()
