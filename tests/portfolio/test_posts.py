"""What channels are told of stops and of the week, and how often."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from core.actions import change_settings
from core.activity import log
from core.deliveries import call_due
from core.deliveries.calling import document
from core.models import Channel, Delivery
from decisions.actions.escalating import escalate_due
from decisions.actions.telling import LATE
from milestones.actions.noting import note_moment
from portfolio.actions.digest_readers import change_digest_settings
from portfolio.actions.digests import plan_due
from portfolio.models import Ask, Digest, DigestSubscription
from portfolio.posts import alerts, digests
from portfolio.reports.digests import recipients_of, sent_of
from tests.channels import make_channel
from tests.contract.filled_with_a_name import NAME, PARTS, fill_with_the_name
from tests.decisions.cases import decide, stop_on
from tests.decisions.exits import as_false, put_right
from tests.factories import NOW, make_organisation, make_person, make_workspace
from tests.helpers import soup
from tests.portfolio.guests import by_link
from tests.sharing import make_link
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
SUNDAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def posts(**fields):
    rows = Delivery.objects.filter(channel__isnull=False, **fields)
    return list(rows.order_by("planned_at", "transition", "pk"))


def happened(channel):
    return [row.transition for row in posts(channel=channel)]


@pytest.fixture
def channel(workspace, owner):
    return make_channel(workspace, by=owner)


@pytest.fixture
def alert(channel, workspace, owner):
    return stop_on(workspace, owner=owner, name="Orders & <returns>")


# --- alerts ---------------------------------------------------------------------------
def test_a_stop_is_told_once_to_each_channel_that_wants_it(workspace, owner, channel):
    deaf = make_channel(workspace, by=owner, wants_alerts=False)
    gone = make_channel(workspace, by=owner, url="", revoked_at=NOW)
    theirs = make_channel(make_workspace("Other", slug="other"), by=owner)

    alert = stop_on(workspace, owner=owner)

    [row] = posts()
    assert row.key == f"alert_post:{alert.pk}:channel-{channel.pk}:opened"
    assert happened(deaf) == happened(gone) == happened(theirs) == []


def test_its_end_is_told(alert, channel, owner):
    decide(alert, by=owner)

    assert happened(channel) == ["decided", "opened"]


def test_set_aside_it_is_told_too(alert, channel, owner):
    put_right(alert)
    as_false(alert, owner)

    assert sorted(happened(channel)) == ["opened", "set_aside"]


def test_waiting_too_long_is_told_once_for_each_level(alert, channel):
    for days in (5, 5, 30, 30):
        escalate_due(NOW + timedelta(days=days))

    assert happened(channel) == ["opened", "not_taken_up", "not_decided"]


def test_the_words_and_the_numbers(alert, channel, owner):
    [row] = posts()
    post = alerts.render(row)

    assert post.event == "alert.raised"
    assert post.path == f"/w/acme/alerts/{alert.pk}/"
    assert post.text == (
        f"Acme: stop and evaluate Orders & <returns>. {alert.reason} "
        "Decide by 2026-11-16."
    )
    assert post.data["alert"] == str(alert.pk)
    assert (post.data["rule"], post.data["about"]) == (alert.rule, "metric")
    assert post.data["decide_by"] == "2026-11-16"
    assert post.data["decision"] is None
    json.dumps(post.data)


def test_the_decision_is_named(alert, owner):
    decision = decide(alert, by=owner)
    [row] = posts(transition="decided")
    post = alerts.render(row)

    assert post.event == "alert.decided"
    kind = decision.get_kind_display()
    assert post.text == f"Acme: decided on Orders & <returns>: {kind}."
    assert post.data["decision"] == decision.kind


def test_a_level_is_named(alert):
    escalate_due(NOW + timedelta(days=30))
    [row] = posts(transition="not_decided")
    post = alerts.render(row)

    assert (post.event, post.data["level"]) == ("alert.escalated", "not_decided")


def test_what_is_decided_needs_no_alarm_any_more(alert, channel, owner):
    decide(alert, by=owner)
    told = {row.transition: alerts.recheck(row, NOW) for row in posts()}

    assert told == {"opened": "decided", "decided": None}


def test_who_wants_no_alerts_any_more_gets_none(alert, channel):
    Channel.objects.update(wants_alerts=False)
    [row] = posts()

    assert alerts.recheck(row, NOW) == "off"


def test_without_words_only_numbers_are_left(alert, workspace, owner):
    change_digest_settings(workspace, by=owner, now=NOW, is_wordless=True)
    post = alerts.render(posts()[0])

    assert "Orders" not in post.text + json.dumps(post.data)
    assert alert.reason in post.text


def test_a_name_within_a_title_is_a_pseudonym(channel, workspace, owner):
    make_person(workspace, NAME)
    alert = stop_on(workspace, owner=owner, name=f"Orders of {NAME}")
    post = alerts.render(posts(subject_id=alert.pk)[0])

    said = (post.text + json.dumps(post.data)).casefold()
    assert not [part for part in PARTS if part in said]


def test_of_names_a_post_says_what_the_dashboard_says(
    client, channel, workspace, owner
):
    firm = make_organisation(workspace, "Zephyrson")
    make_person(workspace, NAME, organisation=firm)
    workspace.name = "Zephyrson Rota"
    workspace.save(update_fields=["name"])
    alert = stop_on(workspace, owner=owner, name=f"Orders of {NAME} and Zephyrson")
    make_link(workspace)
    seen = soup(client.get(by_link(client, "share_dashboard")))
    name = seen.select_one("#forecasts .metric-name").get_text(strip=True)
    delivery = posts(subject_id=alert.pk)[0]
    sent = document(delivery, alerts.render(delivery))

    assert "quirina" not in json.dumps(sent).casefold()
    assert sent["data"]["name"] == name
    assert sent["venture"]["name"] == seen.select_one(".top-venture").get_text()
    assert sent["text"].startswith(
        f"{sent['venture']['name']}: stop and evaluate {name}."
    )


# --- digests --------------------------------------------------------------------------
@pytest.fixture
def reader(workspace, owner, channel):
    log(workspace, by=owner, verb="venture.created", subject=workspace, now=SUNDAY)
    Channel.objects.update(wants_digest=True)
    plan_due(SUNDAY)
    return DigestSubscription.objects.get(channel=channel)


def test_once_a_week_in_the_morning_of_the_venture(reader, channel, workspace):
    local = reader.next_due.astimezone(workspace.zone)
    assert (local.isoweekday(), 9 <= local.hour < 11) == (1, True)
    for _again in range(3):
        plan_due(MONDAY_NOON)

    [row] = posts()
    key = f"digest_post:{workspace.pk}:channel-{channel.pk}:2026-W45"
    assert (row.key, row.period) == (key, "2026-W45")
    assert Digest.objects.get(subscription=reader).key == key


def test_a_venture_that_moves_takes_its_channels_along(reader, workspace, owner):
    change_settings(workspace, by=owner, now=SUNDAY, timezone="Pacific/Apia")
    plan_due(SUNDAY)

    reader.refresh_from_db()
    assert reader.zone == "Pacific/Apia"


@pytest.mark.parametrize(
    "change", [{"wants_digest": False}, {"revoked_at": SUNDAY, "url": ""}]
)
def test_not_for_who_wants_none(reader, change):
    Channel.objects.update(**change)
    plan_due(MONDAY_NOON)

    assert posts() == []


def test_asked_again_before_it_leaves(reader):
    plan_due(MONDAY_NOON)
    [row] = posts()
    assert digests.recheck(row, MONDAY_NOON) is None
    assert digests.recheck(row, MONDAY_NOON + timedelta(days=4)) == "late"
    row.channel.wants_digest = False
    assert digests.recheck(row, MONDAY_NOON) == "off"


@pytest.mark.django_db(transaction=True)
def test_a_week_that_was_missed_is_noted(reader):
    call_due(SUNDAY)
    back = reader.next_due + timedelta(days=8)
    for minute in range(3):
        plan_due(back + timedelta(minutes=minute))
    call_due(back)

    missed, due = posts()
    assert (missed.period, missed.state, missed.reason) == (
        "2026-W45",
        "skipped",
        "late",
    )
    assert due.period == "2026-W46"


def test_it_says_what_the_mail_says(reader, owner, workspace):
    plan_due(MONDAY_NOON)
    with time_machine.travel(MONDAY_NOON, tick=False):
        post = digests.render(posts()[0])

    assert (post.event, post.path) == ("digest.weekly", "/w/acme/")
    lines = post.text.split("\n")
    assert lines[0] == post.data["subject"] == "Acme: quiet week: no interview yet"
    assert lines[-1] == "No score moved, no stop was raised, nothing was decided."
    digest = Digest.objects.get(subscription=reader)
    assert [part["key"] for part in post.data["sections"]] == [
        part["key"] for part in digest.content["sections"]
    ]
    json.dumps(post.data)


def test_what_founders_ask_in_their_own_words_stays_inside(reader, workspace, owner):
    Ask(workspace=workspace, text="Two introductions.", by=owner, asked_at=NOW).save()
    plan_due(MONDAY_NOON)
    with time_machine.travel(MONDAY_NOON, tick=False):
        post = digests.render(posts()[0])

    assert "introductions" not in post.text + json.dumps(post.data)


def test_channels_are_no_readers_in_the_settings_but_seen_among_what_went(
    reader, workspace
):
    plan_due(MONDAY_NOON)

    whom = [one.who for one in recipients_of(workspace, now=MONDAY_NOON)]
    assert whom == ["Olga Owner"]
    sent = sent_of(workspace, now=MONDAY_NOON)
    assert "Our program" in [one.who for one in sent]


# --- of people nothing ----------------------------------------------------------------
def test_no_name_of_an_interviewee_and_no_note_leaves_by_a_channel():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        note_moment(world.workspace, NOW)
        make_person(world.workspace, NAME)
        fill_with_the_name(world.workspace)
        channel = Channel.objects.get()
        stop_on(world.workspace, owner=world.by, name=f"Orders of {NAME}")
        Channel.objects.update(wants_digest=True)
        plan_due(NOW - WEEK)
        plan_due(NOW + timedelta(days=1))
        said = [
            json.dumps([post.text, post.data])
            for kind, module in (("alert_post", alerts), ("digest_post", digests))
            for post in map(module.render, posts(channel=channel, kind=kind))
        ]

    assert len(said) == 2
    for text in said:
        assert not [part for part in PARTS if part in text.casefold()]
        assert "rota" not in text


def test_every_event_is_described():
    text = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text()

    for event in (*alerts.EVENTS.values(), "digest.weekly", "channel.tested"):
        assert f"`{event}`" in text
    for level in LATE:
        assert f"`{level}`" in text
