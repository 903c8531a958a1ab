"""The report for the board, and the dashboard of those who advise, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Schema, Status
from ninja.errors import HttpError

from core import clock
from core.api import (
    PolicyRouter,
    Refusal,
    bound,
    cleaned,
    form_body,
    sent,
    token_may,
)
from core.models import ROLE_PERMISSIONS, Permission, Role
from core.weeks import week_named
from interviews.masked_pages import names_in
from portfolio.actions.reading import ask_advisors, mark_read
from portfolio.api.shapes import ToldAskOut, ToldOut, asked, told
from portfolio.digest import wording
from portfolio.forms.sharing import AskForm, ReadForm, WantedForm
from portfolio.models import Ask
from portfolio.report_text import text_of
from portfolio.reports.shared import Read, Visitor, Wanted, shared_page, visitor_of
from portfolio.reports.weekly import Week, week_asked, week_report

if TYPE_CHECKING:
    from portfolio.reports.changes import Changes

router = PolicyRouter(tags=["report and dashboard"])


class ReportOut(ToldOut):
    """One week. `as_of`: its end, or now while it lasts. `earlier` and `later` name the
    weeks beside it that can be told of. `text`: the same in plain words."""

    week: str
    starts_on: date
    ends_on: date
    is_over: bool
    as_of: datetime
    earlier: str
    later: str
    text: str


class ReadOut(Schema):
    who: str
    at: datetime
    seen_until: datetime


class SharedOut(ToldOut):
    """`since` and `until`: between which moments it is told. `is_first`: this reader
    never marked it as read, so that nothing is told as new. `read`: their last mark;
    `read_by`: the marks of others, for members who see people."""

    since: datetime
    until: datetime
    is_first: bool
    open_threads: int
    read: ReadOut | None
    read_by: list[ReadOut]


AskIn: Any = form_body(AskForm, name="AskIn")
ReadIn: Any = form_body(ReadForm, name="ReadIn")


# --- the report ------------------------------------------------------------------
@router.get(
    "/report",
    response={200: ReportOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def board_report(request, week: str = "", segment: UUID | None = None):
    """The page of one week, of the current one unless named like `2026-W44`; no names
    of customers stand in it, whoever asks."""
    now, workspace = clock.now(), request.workspace
    asked_for = week_told(workspace, week, now)
    request.names = names_in(workspace)
    scores = Permission.SCORE in request.may
    found = week_report(
        workspace,
        Visitor(user=request.user, scores=scores),
        asked_for,
        now=now,
        names=request.names,
        segment=str(segment or ""),
    )
    refuse_unknown(segment, found.changes)
    period = asked_for.period
    return told(found.changes, found.segment) | {
        "ask": asked(found.ask, found.asked_by, found.asked_at),
        "week": asked_for.name,
        "starts_on": period.start,
        "ends_on": period.end,
        "is_over": asked_for.is_over,
        "as_of": found.as_of,
        "earlier": asked_for.earlier,
        "later": asked_for.later,
        "text": text_of(found),
    }


def week_told(workspace: Any, name: str, now: datetime) -> Week:
    """422 for what names no week, 404 for one that cannot be told of: in the words of
    the page."""
    wanted = week_named(name, workspace.week_start)
    week = week_asked(workspace, wanted, now)
    wrong = "" if wanted else name
    if week.is_told and not wrong:
        return week
    context = {"week": week, "wrong": wrong, "report": None}
    words = wording.plain("portfolio/_report_summary.html", context)
    raise BadRequest(words) if wrong else HttpError(404, words)


def refuse_unknown(segment: UUID | None, seen: Changes) -> None:
    if segment and segment not in {one.key for one in seen.segments}:
        raise Http404


# --- the dashboard ---------------------------------------------------------------
@router.get(
    "/shared",
    response={200: SharedOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def shared_get(request, since: date | None = None, segment: UUID | None = None):
    """Where it stands, and what changed since this token's member marked it as read or
    since the start of a day. Whoever sees people reads it as an advisor does who was
    away for a week."""
    now, workspace = clock.now(), request.workspace
    is_founder = Permission.SEE_PEOPLE in request.may
    visitor = visitor_of(request.user, request.may)
    if is_founder:
        request.may = ROLE_PERMISSIONS[Role.ADVISOR]
    request.names = names_in(workspace)
    wanted = Wanted(str(segment or ""), day_told(workspace, since, now))
    page = shared_page(workspace, visitor, now=now, names=request.names, wanted=wanted)
    refuse_unknown(segment, page.changes)
    return told(page.changes, page.segment) | {
        "ask": asked(page.ask, page.asked_by, page.asked_at),
        "since": page.changes.since,
        "until": page.changes.until,
        "is_first": page.changes.is_first,
        "open_threads": page.open_threads,
        "read": page.own and marked(page.own),
        "read_by": [marked(one) for one in page.others] if is_founder else [],
    }


def day_told(workspace: Any, since: date | None, now: datetime) -> date | None:
    """422 for a day that cannot be compared with: the page says nothing of one."""
    day: date | None = cleaned(WantedForm({"since": since}))["since"]
    if day and day > workspace.today(now):
        raise BadRequest(_("This day has not come yet."))
    return day


def marked(read: Read) -> dict[str, Any]:
    return {"who": read.who, "at": read.at, "seen_until": read.seen_until}


@router.post("/shared/read", response={201: ReadOut}, auth=token_may(Permission.VIEW))
def shared_mark(request, body: ReadIn):
    """Marks it as read, which founders see; `until` is the moment the dashboard told of.
    Marks go forward: an earlier moment than the last one takes nothing back."""
    now, seen = clock.now(), cleaned(bound(ReadForm, sent(body)))["until"]
    row = mark_read(request.workspace, by=request.user, now=now, seen_until=seen)
    return Status(201, marked(Read(str(row.by), row.read_at, row.seen_until)))


@router.put("/ask", response=ToldAskOut, auth=token_may(Permission.DECIDE))
def ask_put(request, body: AskIn):
    """What the founders ask of those who advise; an empty `text` asks for nothing."""
    now, workspace = clock.now(), request.workspace
    standing = Ask.objects.in_workspace(workspace).first()
    shown = {"text": standing.text if standing else ""}
    text = cleaned(bound(AskForm, sent(body), initial=shown))["text"]
    row = ask_advisors(workspace, by=request.user, now=now, text=text)
    return {"text": row.text, "by": str(row.by), "at": row.asked_at}
