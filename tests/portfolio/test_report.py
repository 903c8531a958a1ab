"""The report for the board: one week, as it stood at its end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role, Workspace
from decisions.models import Alert, Commitment, GateCheck
from forecasts.models import Metric
from interviews.masked_pages import names_in
from milestones.actions.noting import note_moment
from portfolio.models import Ask
from portfolio.reports.changes import SharedForecast
from portfolio.reports.gathering import changes_of
from tests.factories import (
    NOW,
    make_actual,
    make_forecast,
    make_member,
    make_metric,
    make_workspace,
    weeks,
)
from tests.helpers import soup, text_of
from tests.portfolio.test_shared import score
from tests.sharing import TOKEN, make_link, open_link
from tests.world import make_world

pytestmark = pytest.mark.django_db
URL = "/w/acme/report/"
LAST_WEEK = f"{URL}?week=2026-W44"
MOST_QUERIES = 15
WEEK = timedelta(days=7)


@pytest.fixture
def world():
    """Opened in September, with all of its rows of Monday of week 45, 12:00."""
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        since = NOW - timedelta(days=60)
        Workspace.objects.filter(pk=world.workspace.pk).update(created_at=since)
        world.workspace.created_at = since
        note_moment(world.workspace, NOW)
        yield world


def member_of(world, role):
    return make_member(world.workspace, role).user


def report_to(client, user, url=URL):
    client.force_login(user)
    return client.get(url)


def copied(page):
    return soup(page).select_one("#report-text").get_text()


# --- which week --------------------------------------------------------------------
def test_the_current_week_is_told_as_of_now(client, world):
    page = text_of(report_to(client, world.by))

    assert "Acme, week 45" in page
    assert "2–8 Nov 2026. As of 2 Nov 2026, " in page
    assert "(UTC)" in page
    assert "This week so far" in page


def test_a_week_that_is_over_is_told_as_of_its_end(client, world):
    page = report_to(client, world.by, LAST_WEEK)

    assert "26 Oct – 1 Nov 2026. As of 1 Nov 2026, 23:59" in text_of(page)
    assert "In that week" in text_of(page)
    ways = {a["rel"][0]: a["href"] for a in soup(page).select("main nav a[rel]")}
    assert ways == {"prev": "?week=2026-W43", "next": "?week=2026-W45"}


def test_sundays_begin_the_week_where_the_venture_says_so(client, world):
    Workspace.objects.filter(pk=world.workspace.pk).update(week_start=7)

    assert "25–31 Oct 2026" in text_of(report_to(client, world.by, LAST_WEEK))


@pytest.mark.parametrize(
    ("week", "said", "way"),
    [
        ("2026-W50", "This week has not begun.", "?week=2026-W45"),
        ("1999-W01", "That was before this venture was opened here.", "?week=2026-W36"),
        ("44", "“44” names no week. One is named like 2026-W44.", "?"),
    ],
)
def test_a_week_that_cannot_be_told_of_says_why(client, world, week, said, way):
    response = report_to(client, world.by, f"{URL}?week={week}")

    assert response.status_code == 404
    assert said in text_of(response)
    assert soup(response).select(f"main nav a[href='{way}']")
    assert not soup(response).select("#report-text")


def test_the_first_week_has_none_before_it_and_the_last_none_after(client, world):
    first = soup(report_to(client, world.by, f"{URL}?week=2026-W36"))
    last = soup(report_to(client, world.by))

    assert not first.select("main nav a[rel=prev]")
    assert not last.select("main nav a[rel=next]")


def test_others_find_no_report(client, world):
    stranger = make_member(make_workspace("Other", slug="other")).user

    assert report_to(client, stranger).status_code == 404


# --- what it tells -----------------------------------------------------------------
def test_it_tells_what_the_dashboard_tells(client, world):
    advisor = member_of(world, Role.ADVISOR)
    later = score(world, 4)
    with time_machine.travel(later, tick=False):
        report = soup(report_to(client, advisor))
        board = soup(client.get("/w/acme/shared/?since=2026-11-02"))

    for part in ("questions", "forecasts", "commitments", "counts", "open-stops"):
        told, seen = (
            " ".join(page.select_one(f"#{part}").get_text(" ").split())
            for page in (report, board)
        )
        for link in ("Ask for evidence on question", "Score it yourself (question"):
            assert link not in told
        if part != "questions":
            assert told == seen
    bars = [
        [bar["aria-label"] for bar in page.select("#questions svg.bar")]
        for page in (report, board)
    ]
    assert bars[0] == bars[1]
    assert len(bars[0]) == 11
    assert "counts as 1, was 0" in report.get_text()
    assert "Two introductions." in report.select_one("#asked").get_text()


def test_it_counts_scores_up_and_down_apart(client, world):
    advisor = member_of(world, Role.ADVISOR)
    page = soup(report_to(client, advisor, "/w/acme/shared/?since=2026-10-01"))

    assert "▲ 1 score up" in " ".join(page.select_one("#counts").get_text().split())
    assert "score down" not in page.select_one("#counts").get_text()


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISOR])
def test_it_bears_no_name_and_no_word_of_a_customer(client, world, role):
    page = report_to(client, member_of(world, role))

    for part in (soup(page).select_one("main").get_text(), copied(page)):
        for secret in ("-person", "-organisation", "-notes", "rota", "@example.com"):
            assert secret not in part


def test_the_text_says_what_the_page_says(client, world):
    page = report_to(client, member_of(world, Role.ADVISOR))
    text = copied(page)

    assert text.startswith("Acme, week 45\n2–8 Nov 2026. As of ")
    assert "<" not in text
    assert "&" not in text
    said = " ".join(text.split())
    main = soup(page).select_one(".sheets")
    for row in main.select(".board-text, .metric-now, #asked blockquote p"):
        words = " ".join(row.get_text(" ").split()).partition(": ")[2]
        words = words or " ".join(row.get_text(" ").split())
        assert words in said
    assert text.count("\n\n\n") == 0
    assert "STOP AND EVALUATE: CANARY-acme-metric-0" in text


def test_a_founder_who_owes_a_score_does_not_read_it_here(client, world):
    late = make_member(world.workspace, Role.FOUNDER, is_leadership=True).user
    page = report_to(client, late)

    assert "Score it to see" in soup(page).select_one("#question-1").get_text()
    assert "Score it to see" in copied(page)


def test_by_a_link(client, world):
    make_link(world.workspace, by=world.by)
    place = open_link(client)

    page = client.get(f"{place}report/")

    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Acme, week 45" in text_of(page)
    assert "/w/acme/" not in page.content.decode()
    assert client.get(f"{place}report/?week=1999-W01").status_code == 404


def test_a_link_to_the_questions_tells_of_them_alone(client, world):
    make_link(world.workspace, by=world.by, scope="questions", token=TOKEN)

    page = client.get(f"{open_link(client)}report/").content.decode()

    assert "CANARY-acme-metric-0" not in page
    assert "What problems" in page or "problems customers have" in page


# --- as it stood -------------------------------------------------------------------
def told(workspace, until):
    return changes_of(
        workspace,
        since=until - WEEK,
        until=until,
        names=names_in(workspace),
        is_past=True,
    )


def test_what_was_decided_later_was_still_open(world):
    alert = Alert.objects.in_workspace(world.workspace).stops().open().first()
    until = alert.raised_at + timedelta(hours=1)
    later = until + WEEK
    Alert.objects.filter(pk=alert.pk).update(
        state=Alert.State.FALSE_DATA, closed_at=later, recovered_at=later
    )

    [then] = [one for one in told(world.workspace, until).stops if one.key == alert.pk]
    now = [one.key for one in told(world.workspace, later).stops]

    assert not then.has_recovered
    assert alert.pk not in now


def test_what_became_a_stop_later_was_none(world):
    alert = Alert.objects.in_workspace(world.workspace).stops().open().first()
    grown = alert.raised_at + timedelta(days=2)
    Alert.objects.filter(pk=alert.pk).update(grown_at=grown)

    before = told(world.workspace, grown - timedelta(hours=1))
    after = told(world.workspace, grown)

    assert alert.pk not in [one.key for one in before.stops]
    assert alert.pk in [one.key for one in after.stops]


def test_numbers_that_came_later_were_not_known(workspace):
    metric = make_metric(workspace, name="Orders")
    periods = weeks(date(2026, 9, 7), 6)
    registered = NOW - timedelta(days=90)
    make_forecast(metric, [(*one, 100) for one in periods], registered_at=registered)
    ends = [NOW.replace(month=9, day=14) + n * WEEK for n in range(6)]
    for (start, end), value, at in zip(
        periods, (100, 101, 20, 20, 20, 20), ends, strict=True
    ):
        make_actual(metric, start, end, value, recorded_at=at)

    early = forecast_at(workspace, ends[1] + timedelta(hours=1))
    late = forecast_at(workspace, ends[5] + timedelta(hours=1))

    assert "101 orders/day actual" in early.sentence
    assert early.state == "on_track"
    assert "20 orders/day actual" in late.sentence
    assert late.state == "watch"


def forecast_at(workspace, until) -> SharedForecast:
    Metric.objects.filter(workspace=workspace).update(created_at=until - WEEK)
    [found] = told(workspace, until).forecasts
    return found


def test_a_commitment_stood_elsewhere_before_it_was_signed(world):
    row = Commitment.objects.in_workspace(world.workspace).first()
    signed = NOW + timedelta(days=2)
    Commitment.objects.filter(pk=row.pk).update(
        status="signed", signed_at=signed, signed_by=world.by
    )
    chips = [
        {one.key: one.chip for one in told(world.workspace, at).gates}[row.pk]
        for at in (NOW, signed)
    ]

    assert chips[1] == "signed"
    assert chips[0] != "signed"
    assert GateCheck.objects.filter(commitment=row).exists() == (chips[0] != "proposed")


def test_what_was_cancelled_later_was_there(world):
    row = Commitment.objects.in_workspace(world.workspace).first()
    end = NOW + timedelta(days=2)
    Commitment.objects.filter(pk=row.pk).update(status="cancelled", closed_at=end)

    assert row.pk in [one.key for one in told(world.workspace, NOW).gates]
    assert row.pk not in [one.key for one in told(world.workspace, end).gates]


def test_what_was_asked_for_then_stands_there(client, world):
    Ask(
        workspace=world.workspace, text="A clinic.", by=world.by, asked_at=NOW - WEEK
    ).save()

    page = soup(report_to(client, world.by, LAST_WEEK))

    assert "A clinic." in page.select_one("#asked").get_text()
    assert "Two introductions." not in page.select_one("#asked").get_text()


# --- what it costs -----------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISOR])
@pytest.mark.parametrize("url", [URL, LAST_WEEK, "/w/acme/shared/"])
def test_it_asks_the_database_no_more_than_other_pages(client, world, role, url):
    user = member_of(world, role)
    report_to(client, user, url)

    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    most = MOST_QUERIES - (url == URL)
    assert len(queries) <= most
