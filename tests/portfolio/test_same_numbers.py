"""One venture, told by its pages, the dashboard, the digest, the report, files and the API:
every number is the same wherever it stands."""

import csv
import io
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.actions.tokens import issue_token
from core.models import Delivery, Role
from core.numbers import show
from decisions.models import Commitment
from decisions.tasks import judge_due
from forecasts.models import Metric
from milestones.actions.noting import note_moment
from portfolio.digest.mails import render
from portfolio.models import DigestSubscription
from tests.factories import NOW, make_member
from tests.helpers import soup, text_of
from tests.portfolio.digests import make_digest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def told(client, sample):
    """As an advisor reads it, everywhere."""
    judge_due(NOW)
    note_moment(sample, NOW)
    member = make_member(sample, Role.ADVISOR)
    member.refresh_from_db()
    client.force_login(member.user)
    return Told(client, sample, member)


class Told:
    def __init__(self, client, venture, member):
        self.client, self.venture, self.member = client, venture, member
        _row, self.token = issue_token(member, by=member.user, now=NOW, name="Read")
        self.dashboard = soup(client.get(self.path("shared/?since=2026-10-26")))
        self.report = soup(client.get(self.path("report/")))
        self.text = self.report.select_one("#report-text").get_text()
        row = DigestSubscription.objects.create(
            workspace=venture, user=member.user, confirmed_at=NOW, created_at=NOW
        )
        self.digest = make_digest(row, content=None)
        self.mail = render(Delivery.objects.get(key=self.digest.key))
        self.digest.refresh_from_db()

    def path(self, rest):
        return f"/w/{self.venture.slug}/{rest}"

    def page(self, rest):
        return text_of(self.client.get(self.path(rest)))

    def api(self, path):
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.get(f"/api/v1{path}", headers=headers).json()

    @property
    def html(self):
        return packed(BeautifulSoup(self.mail.html, "html.parser").get_text(" "))


def packed(text):
    return " ".join(text.split())


def bars(page):
    return [bar["aria-label"] for bar in page.select(".board-row svg.bar")]


def test_the_eleven_questions(told):
    rows = told.api("/questions")["questions"]
    board = soup(told.client.get(told.path("questions/")))

    assert len(rows) == 11
    assert bars(told.dashboard) == bars(told.report) == bars(board)
    told_in_text = re.findall(r"Counts as (\d) of 5\.", told.text)
    assert [str(row["effective"]) for row in rows] == told_in_text
    assert len({row["effective"] for row in rows}) > 1
    for row in rows:
        line = told.report.select_one(f"#question-{row['number']}")
        said = packed(line.get_text(" "))
        counts = f"{row['supporting']} for · {row['against']} against"
        if row["supporting"] or row["against"]:
            assert counts in said
            assert counts.replace(" ·", ",") in told.text
            same = told.dashboard.select_one(f"#question-{row['number']}")
            assert counts in packed(same.get_text(" "))


def test_the_moves_of_the_week(told):
    sections = {part["key"]: part["items"] for part in told.digest.content["sections"]}
    moved = [item for item in sections["moved"] if item["level"] is not None]
    rows = {row["number"]: row for row in told.api("/questions")["questions"]}

    since = packed(told.dashboard.select_one("#since").get_text(" "))
    assert moved
    for item in moved:
        number = int(item["text"].partition(" ")[0])
        assert item["level"] == rows[number]["effective"]
        assert item["detail"].partition(". ")[0].rstrip(".") in since
        for mail in (packed(told.mail.text), told.html):
            assert packed(item["detail"]) in mail


def test_the_talks(told):
    said = packed(told.dashboard.select_one("#since").get_text(" "))
    [talks] = [p for p in told.digest.content["sections"] if p["key"] == "talks"]
    [item] = talks["items"]

    assert item["text"] in said
    assert item["text"] in packed(told.mail.text)
    assert item["text"] in told.html


def test_the_stops(told):
    alerts = told.api("/alerts")["items"]
    stops = [
        one for one in alerts if one["severity"] == "stop" and not one["closed_at"]
    ]

    assert stops
    for stop in stops:
        reason = packed(stop["reason"])
        assert reason in packed(told.dashboard.get_text(" "))
        assert reason in packed(told.report.select_one(".sheets").get_text(" "))
        assert reason in packed(told.text)
        assert reason in told.html
        assert reason in packed(told.mail.text)
        assert reason in packed(told.page(f"alerts/{stop['id']}/"))


def test_the_forecasts(told):
    metrics = told.api("/metrics")["items"]

    assert len(metrics) == Metric.objects.in_workspace(told.venture).open().count() > 2
    for metric in metrics:
        latest = told.api(f"/metrics/{metric['id']}/actuals?size=100")["items"][-1]
        value = show(Decimal(latest["value"]), metric["unit"])
        lines = [
            packed(row.get_text(" "))
            for page in (told.dashboard, told.report)
            for row in page.select("#forecasts .metric-row")
            if metric["name"] in row.get_text()
        ]
        assert len(lines) == 2
        assert lines[0] == lines[1]
        assert f"{value} actual" in lines[0]
        [line] = [one for one in told.text.split("\n") if metric["name"] + ":" in one]
        assert f"{value} actual" in line
        assert f"{value} actual" in told.page(f"forecasts/{metric['id']}/")
        table = told.client.get(
            reverse("forecasts:metric_csv", args=[told.venture.slug, metric["id"]])
        )
        rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert Decimal(latest["value"]) in actuals_of(rows)


def actuals_of(rows):
    return [Decimal(row["actual"]) for row in rows if row["actual"]]


def test_the_commitments(told):
    rows = told.api("/commitments")["items"]
    standing = {row["id"]: row for row in rows}

    shown = 0
    for row in Commitment.objects.in_workspace(told.venture):
        assert str(row.pk) in standing
        for page in (told.dashboard, told.report):
            lines = [
                packed(line.get_text(" "))
                for line in page.select("#commitments .row")
                if row.title in line.get_text()
            ]
            assert all(row.money in line for line in lines)
            shown += len(lines)
        if f"{row.title}, {row.money}" in told.text:
            shown += 1
        assert row.money in told.page(f"commitments/{row.pk}/")
    assert shown >= 3


def test_the_week_and_the_dashboard_of_the_api(told):
    """Every sentence and number of either stands on its page, and in the plain text."""
    week = told.api("/report")
    board = told.api("/shared?since=2026-10-26")
    pages = [
        (week, packed(told.report.select_one(".sheets").get_text(" "))),
        (board, packed(told.dashboard.get_text(" "))),
    ]

    assert week["text"] == told.text
    for seen, page in pages:
        for one in seen["segment"]["questions"]:
            counts = f"{one['supporting']} for · {one['against']} against"
            assert counts in page or not (one["supporting"] or one["against"])
        assert len(seen["forecasts"]) > 2
        assert all(one["sentence"] in page for one in seen["forecasts"])
        assert seen["stops"]
        assert all(packed(one["reason"]) in page for one in seen["stops"])
        assert seen["commitments"]
        assert all(
            f"{one['title']} {one['money']}" in page for one in seen["commitments"]
        )
        assert f"{seen['talks']['qualifying']} talk" in page
        assert f"{seen['segment']['scored']} of 11 scored" in page
        moved = [one["moved"] for one in seen["moved"]]
        assert all(words in page for words in moved)
    assert moved
    parts = ("segment", "segments", "forecasts", "commitments", "stops")
    for part in parts:
        here, there = (without_past(seen[part]) for seen in (week, board))
        assert here == there


def without_past(part):
    """Both are told as of now; what they are compared with is not the same day."""
    if isinstance(part, list):
        return [without_past(one) for one in part]
    if not isinstance(part, dict):
        return part
    past = ("was", "new_against", "is_new")
    return {key: without_past(one) for key, one in part.items() if key not in past}


def test_the_questions_of_the_week_are_those_of_the_board(told):
    board = told.api("/questions")["questions"]
    week = told.api("/report")["segment"]["questions"]

    names = ("number", "wording", "supporting", "against")
    for here, there in zip(week, board, strict=True):
        assert [here[name] for name in names] == [there[name] for name in names]
        for name in ("claimed", "supported", "effective", "status"):
            assert here["now"][name] == there[name]
