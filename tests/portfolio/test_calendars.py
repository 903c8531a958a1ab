"""The dates of a venture by a secret address: what stands there, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import remove_member
from core.models import ActivityEntry, Membership
from core.tokens import WELL_FORMED, hashed
from decisions.models import FollowUp
from discovery.actions.erasing import erase_person
from milestones.models import Checkpoint
from portfolio.actions.calendars import issue_calendar
from portfolio.calendar.dates import dates_of
from portfolio.models import CalendarFeed
from tests.contract.filled_with_a_name import (
    NAME,
    PARTS,
    add_what_the_world_lacks,
    fill_with_the_name,
)
from tests.decisions.cases import LATER, decide, next_rule, stop_on
from tests.factories import (
    NOW,
    TODAY,
    make_organisation,
    make_person,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.portfolio.guests import by_link
from tests.portfolio.test_calendar_text import unfolded
from tests.sharing import make_link
from tests.world import make_world

pytestmark = pytest.mark.django_db
SETTINGS = "/w/acme/settings/calendar/"


def address_in(response):
    """The path of the feed that this page shows."""
    shown = response.context["address"]
    return "/calendar/" + shown.rpartition("/calendar/")[2]


def titles(workspace, now=NOW):
    return [(entry.day, entry.title) for entry in dates_of(workspace, now=now)]


# --- what stands in it ----------------------------------------------------------------
def test_nothing_in_a_new_venture(workspace):
    assert titles(workspace) == []


def test_a_stop_stands_on_the_day_by_which_it_is_to_be_decided(workspace, owner):
    alert = stop_on(workspace, owner=owner, name="Orders")

    [entry] = [one for one in dates_of(workspace, now=NOW) if "Decide" in one.title]
    assert (entry.day, entry.title) == (alert.evaluate_by, "Decide: Orders")
    assert entry.uid == f"alert-{alert.pk}@{workspace.pk}"
    assert entry.url == f"http://127.0.0.1:8000/w/acme/alerts/{alert.pk}/"


def test_after_a_decision_what_follows_takes_its_place(workspace, owner):
    alert = stop_on(workspace, owner=owner, name="Orders")
    prediction = {"prediction": "Orders double.", "predict_by": LATER}
    decide(alert, by=owner, kind="persevere", **prediction, **next_rule(alert))
    said = [title for _day, title in titles(workspace)]

    assert "Decide: Orders" not in said
    assert "Follow-up: Tell the staff." in said
    assert "Look back at a decision: keep going, with a prediction and a date" in said
    assert [t for t in said if t.startswith("Stop rule: Orders must be at least 4,000")]

    FollowUp.objects.update(ended_at=NOW, ended_by=owner, outcome="Told.")
    assert "Follow-up: Tell the staff." not in [t for _day, t in titles(workspace)]


def test_numbers_of_a_day_stand_together_on_the_day_after_their_period(
    workspace, owner
):
    stop_on(workspace, owner=owner, name="Orders")
    stop_on(workspace, owner=owner, name="Visits")
    entries = [e for e in dates_of(workspace, now=NOW) if "due" in e.title]

    assert {entry.title for entry in entries} == {"2 numbers are due"}
    assert len({entry.uid for entry in entries}) == len(entries) > 1
    assert all("Orders (" in e.detail and "Visits (" in e.detail for e in entries)
    assert max(entry.day for entry in entries) <= TODAY + timedelta(days=36)
    assert dates_of(workspace, now=NOW) == dates_of(workspace, now=NOW)


def test_checkpoints_and_planned_stops_until_they_are_over():
    world = make_world(make_workspace("Acme", slug="acme"))
    said = [title for _day, title in titles(world.workspace)]
    assert [title for title in said if title.startswith("Planned stop: ")]
    assert [title for title in said if title.startswith("Checkpoint: ")]

    Checkpoint.objects.update(reached_on=TODAY)
    said = [title for _day, title in titles(world.workspace)]
    assert not [title for title in said if title.startswith("Checkpoint: ")]


@pytest.mark.parametrize("before", range(62, 80))
def test_a_name_at_the_end_of_a_long_title_is_none(workspace, owner, before):
    make_person(workspace, NAME)
    alert = stop_on(workspace, owner=owner, name="Orders")
    prediction = {"prediction": "Orders double.", "predict_by": LATER}
    decide(alert, by=owner, kind="persevere", **prediction, **next_rule(alert))
    FollowUp.objects.update(what=f"{'x' * before} {NAME} is told.")

    said = " ".join(title for _day, title in titles(workspace)).casefold()

    assert "x" * before in said
    for part in PARTS:
        assert part[:4] not in said


def test_of_names_it_says_what_the_dashboard_says(client, workspace, owner):
    """Of the venture, which may be called like a firm, and of what it counts."""
    firm = make_organisation(workspace, "Zephyrson")
    make_person(workspace, NAME, organisation=firm)
    workspace.name = "Zephyrson Rota"
    workspace.save(update_fields=["name"])
    stop_on(workspace, owner=owner, name=f"Orders of {NAME} and Zephyrson")
    make_link(workspace)
    seen = soup(client.get(by_link(client, "share_dashboard")))
    name = seen.select_one("#forecasts .metric-name").get_text(strip=True)
    said = client.get(made_address(client, owner)).content.decode()
    feed = "\n".join(unfolded(said))

    assert "quirina" not in feed.casefold()
    assert f"SUMMARY:Decide: {name}" in feed
    assert f"X-WR-CALNAME:{seen.select_one('.top-venture').get_text()}" in feed


def made_address(client, user):
    client.force_login(user)
    return address_in(client.post(SETTINGS))


def test_no_name_of_an_interviewee_stands_in_it():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        add_what_the_world_lacks(world)
        make_person(world.workspace, NAME)
        fill_with_the_name(world.workspace)
        entries = dates_of(world.workspace, now=NOW)

    assert len(entries) > 5
    for entry in entries:
        said = f"{entry.title} {entry.detail}".casefold()
        assert not [part for part in PARTS if part in said]


def test_it_costs_the_same_for_one_row_and_for_many(client, owner):
    def queries(rows):
        workspace = make_workspace(f"Rows {rows}", slug=f"rows-{rows}")
        world = make_world(workspace, rows=rows)
        _feed, token = issue_calendar(workspace, by=world.by, now=NOW)
        client.get(f"/calendar/{token}.ics")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/calendar/{token}.ics").status_code == 200
        return len(seen)

    assert queries(1) == queries(20) <= 15


# --- who reads it ---------------------------------------------------------------------
@pytest.fixture
def feed(client, advisor):
    client.force_login(advisor)
    path = address_in(client.post(SETTINGS))
    client.logout()
    return path


def test_the_address_is_shown_once_and_kept_as_a_hash(client, advisor):
    client.force_login(advisor)
    response = client.post(SETTINGS)

    token = address_in(response).removeprefix("/calendar/").removesuffix(".ics")
    assert WELL_FORMED.fullmatch(token)
    assert token in text_of(response)
    assert token not in client.get(SETTINGS).content.decode()
    assert CalendarFeed.objects.get().token_hash == hashed(token)


def test_it_is_read_without_signing_in(client, workspace, owner, feed):
    stop_on(workspace, owner=owner, name="Orders")
    response = client.get(feed)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "sessionid" not in response.cookies
    assert "SUMMARY:Decide: Orders" in unfolded(response.content.decode())


def test_reading_notes_the_day_and_nothing_else(client, feed):
    before = ActivityEntry.objects.count()
    for _again in range(3):
        client.get(feed)
        assert client.head(feed).status_code == 200

    assert CalendarFeed.objects.get().last_used_on is not None
    assert ActivityEntry.objects.count() == before
    assert client.post(feed).status_code == 405


def test_a_new_address_ends_the_old_one(client, advisor, feed):
    client.force_login(advisor)
    other = address_in(client.post(SETTINGS))

    assert client.get(feed).status_code == 404
    assert client.get(other).status_code == 200
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_withdrawn_it_is_gone(client, advisor, feed):
    client.force_login(advisor)
    client.post(f"{SETTINGS}revoke/")

    assert client.get(feed).status_code == 404
    assert "None." in text_of(client.get(SETTINGS))


def test_who_left_reads_no_more(client, owner, advisor, feed):
    remove_member(Membership.objects.get(user=advisor), by=owner, now=NOW)

    assert client.get(feed).status_code == 404


def test_whose_account_was_closed_reads_no_more(client, advisor, feed):
    type(advisor).objects.filter(pk=advisor.pk).update(is_active=False)

    assert client.get(feed).status_code == 404


@pytest.mark.parametrize("token", ["x" * 43, "short", "x" * 44, "a.b"])
def test_a_wrong_address_is_the_same_as_one_that_ended(client, token, feed):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_each_has_their_own(client, owner, advisor, feed):
    client.force_login(owner)
    mine = address_in(client.post(SETTINGS))
    client.post(f"{SETTINGS}revoke/")

    assert client.get(mine).status_code == 404
    assert client.get(feed).status_code == 200


def test_an_erased_person_is_gone_from_it_at_once(workspace, owner):
    person = make_person(workspace, NAME)
    stop_on(workspace, owner=owner, name=f"Orders of {NAME}")
    erase_person(person, by=owner, now=NOW)

    said = " ".join(title for _day, title in titles(workspace)).casefold()
    assert not [part for part in PARTS if part in said]


def test_the_token_stands_in_no_log(client, feed, caplog):
    client.get(feed.replace("calendar/", "calendar/x"))

    token = feed.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in caplog.text
