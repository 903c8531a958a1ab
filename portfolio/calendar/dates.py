"""What is due in a venture, day by day: titles, numbers and our own sentences, with
pseudonyms for every name, whoever reads it: a calendar is kept by others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import show
from decisions.models import Alert, Decision, FollowUp, StopRule
from discovery.models import ModelVersion
from forecasts.reports import numbers_due
from interviews.masked_pages import names_in
from milestones.models import Checkpoint, ScheduledStop
from portfolio.calendar.ics import Entry

if TYPE_CHECKING:
    from core.models import Workspace

AHEAD: Final = timedelta(days=35)
MOST, MOST_NUMBERS = 200, 200
SHOWN: Final = 80
Say = Callable[[str], str]


class Page:
    """Addresses and names of one venture: what all entries share."""

    def __init__(self, workspace: Workspace, say: Say) -> None:
        self.workspace, self.say = workspace, say

    def entry(
        self,
        key: str,
        day: date,
        title: str,
        name: str,
        *args: object,
        detail: str = "",
    ) -> Entry:
        """`key` is unique within the venture; `name` and `args` lead to the page."""
        path = reverse(name, args=[self.workspace.slug, *args])
        return Entry(
            uid=f"{key}@{self.workspace.pk}",
            day=day,
            title=self.say(title),
            detail=self.say(detail),
            url=settings.APP_ORIGIN + path,
        )


def dates_of(workspace: Workspace, *, now: datetime) -> list[Entry]:
    """The earliest first: eight queries and those for the names. Nothing that is done."""
    page = Page(workspace, names_in(workspace).mask)
    today = workspace.today(now)
    found = [
        *numbers(page, today),
        *stops(page),
        *reviews(page),
        *follow_ups(page),
        *checkpoints(page),
        *planned_stops(page),
        *stop_rules(page, today),
    ]
    return sorted(found, key=lambda entry: (entry.day, entry.uid))


def numbers(page: Page, today: date) -> Iterator[Entry]:
    """One entry for all numbers of a day, the day after their period."""
    due = numbers_due(page.workspace, today + AHEAD, most=MOST_NUMBERS)
    due.sort(key=lambda one: one.period.end)
    for end, group in groupby(due, key=lambda one: one.period.end):
        said = [f"{one.metric.name} ({one.label})" for one in group]
        day, count = end + timedelta(days=1), len(said)
        title = ngettext("%d number is due", "%d numbers are due", count) % count
        key, detail = f"numbers-{day.isoformat()}", "\n".join(said)
        yield page.entry(key, day, title, "forecasts:due_list", detail=detail)


def stops(page: Page) -> Iterator[Entry]:
    rows = Alert.objects.in_workspace(page.workspace).open().with_subjects()
    for row in rows.stops().order_by("evaluate_by", "pk")[:MOST]:
        title = _("Decide: %s") % row.name_in_mails
        where = ("decisions:alert_detail", row.pk)
        yield page.entry(f"alert-{row.pk}", row.evaluate_by, title, *where)


def reviews(page: Page) -> Iterator[Entry]:
    rows = Decision.objects.filter(workspace=page.workspace, review=None)
    rows = rows.defer("snapshot", "reasons", "dissent").order_by("review_on", "pk")
    for row in rows[:MOST]:
        title = _("Look back at a decision: %s") % row.get_kind_display()
        where = ("decisions:decision_review", row.pk)
        yield page.entry(f"review-{row.pk}", row.review_on, title, *where)


def follow_ups(page: Page) -> Iterator[Entry]:
    rows = FollowUp.objects.in_workspace(page.workspace).open()
    rows = rows.select_related("decision").defer("decision__snapshot")
    for row in rows[:MOST]:
        # masked first: a name that was cut in two would be found no more
        title = _("Follow-up: %s") % page.say(row.what)[:SHOWN]
        where = ("decisions:alert_detail", row.decision.alert_id)
        yield page.entry(f"follow-up-{row.pk}", row.due_on, title, *where)


def checkpoints(page: Page) -> Iterator[Entry]:
    """Those of the newest version of the model that are not reached."""
    newest = ModelVersion.objects.filter(workspace=OuterRef("workspace"))
    newest = newest.order_by("-number").values("pk")[:1]
    rows = Checkpoint.objects.in_workspace(page.workspace).filter(reached_on=None)
    for row in rows.filter(model_version=Subquery(newest))[:MOST]:
        title = _("Checkpoint: %s") % row.get_kind_display()
        where = "milestones:checkpoint_list"
        yield page.entry(f"checkpoint-{row.pk}", row.planned_on, title, where)


def planned_stops(page: Page) -> Iterator[Entry]:
    rows = ScheduledStop.objects.in_workspace(page.workspace).filter(held_on=None)
    for row in rows.select_related("checkpoint")[:MOST]:
        words = {
            "days": row.days,
            "what": row.checkpoint.get_kind_display().lower(),
        }
        title = _("Planned stop: %(days)d days after %(what)s") % words
        where = "milestones:checkpoint_list"
        yield page.entry(f"planned-stop-{row.pk}", row.due_on, title, where)


def stop_rules(page: Page, today: date) -> Iterator[Entry]:
    """Kill criteria whose day is still ahead."""
    rows = StopRule.objects.in_workspace(page.workspace).filter(by_on__gte=today)
    for row in rows.select_related("metric")[:MOST]:
        words = {
            "name": row.metric.name,
            "how": row.get_comparison_display(),
            "mark": show(row.mark, row.metric.unit),
        }
        title = _("Stop rule: %(name)s must be %(how)s %(mark)s") % words
        where = ("decisions:metric_stop_rules", row.metric_id)
        yield page.entry(f"stop-rule-{row.pk}", row.by_on, title, *where)
