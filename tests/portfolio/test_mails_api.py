"""Which mails somebody gets, and how often the digest, over the API."""

import pytest
import time_machine

from core.models import MailChoice, Role
from portfolio.models import DigestSettings, DigestSubscription
from tests.api_client import Asking
from tests.factories import NOW
from tests.helpers import soup

pytestmark = pytest.mark.django_db
EVERY = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR, Role.OBSERVER]


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asking(client, workspace):
    return lambda role=Role.FOUNDER: Asking(client, workspace, role)


@pytest.mark.parametrize("role", EVERY)
def test_everybody_says_how_often_they_want_it(asking, role):
    call = asking(role)
    before = call.get("/digest").json()

    answer = call.put("/digest", {"rhythm": "daily"})

    assert before["rhythm"] == ("monthly" if role == Role.OBSERVER else "weekly")
    assert (answer.status_code, answer.json()["rhythm"]) == (200, "daily")
    row = DigestSubscription.objects.get()
    assert (row.user, row.rhythm) == (call.by, "daily")
    assert answer.json()["next_due"].startswith(f"{row.next_due:%Y-%m-%dT%H:%M}")


def test_never_is_never_until_somebody_says_other(asking):
    call = asking()

    off = call.put("/digest", {"rhythm": "off"}).json()
    DigestSubscription.objects.update(
        rhythm="weekly", unsubscribed_at=NOW, next_due=None
    )
    gone = call.get("/digest").json()
    on = call.put("/digest", {"rhythm": "weekly"}).json()

    assert (off["rhythm"], off["next_due"]) == ("off", None)
    assert (gone["rhythm"], gone["next_due"]) == ("off", None)
    assert (on["rhythm"], on["next_due"] is None) == ("weekly", False)
    assert DigestSubscription.objects.get().unsubscribed_at is None


def test_a_rhythm_there_is_not_is_refused(asking):
    answer = asking().put("/digest", {"rhythm": "hourly"})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["rhythm"]


@pytest.mark.parametrize("role", EVERY)
def test_those_who_manage_keep_words_out_of_mails(workspace, asking, role):
    answer = asking(role).put("/digest/words", {"is_wordless": True})

    may = role in (Role.OWNER, Role.FOUNDER)
    assert answer.status_code == (200 if may else 403)
    kept = DigestSettings.objects.filter(workspace=workspace, is_wordless=True)
    assert kept.exists() == may
    if may:
        assert answer.json()["is_wordless"]


@pytest.mark.parametrize("role", EVERY)
def test_topics_are_those_of_the_page(client, workspace, asking, role):
    call = asking(role)
    client.force_login(call.by)

    told = call.get("/mails").json()["topics"]
    page = soup(client.get(f"/w/{workspace.slug}/settings/digest/"))

    for one in told:
        box = page.find("input", attrs={"name": one["topic"], "type": "checkbox"})
        assert box.has_attr("checked") == one["is_wanted"]
        assert one["without"] in " ".join(page.get_text(" ").split())
    assert told


def test_what_is_left_out_stays_as_it_is(workspace, asking):
    call = asking()
    call.put("/mails", {"comments": False, "gates": False})

    told = call.put("/mails", {"gates": True}).json()["topics"]

    off = [one["topic"] for one in told if not one["is_wanted"]]
    assert off == ["comments"]
    assert [row.topic for row in MailChoice.objects.filter(user=call.by)] == off


def test_a_topic_that_is_not_offered_is_refused(asking):
    answer = asking(Role.OBSERVER).put("/mails", {"alerts": True})

    assert answer.status_code == 422
    assert "alerts" in answer.json()["detail"]


def test_when_nobody_who_decides_hears_of_stops_it_says_so(asking):
    call = asking()

    told = call.put("/mails", {"alerts": False}).json()

    assert told["is_unheard"]
    assert not call.put("/mails", {"alerts": True}).json()["is_unheard"]
