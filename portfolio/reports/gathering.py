"""Reads what a `Changes` holds, in nine queries and one for the names it hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from decisions.models import Alert, Escalation
from decisions.subjects import SHOWN
from decisions.waiting import is_snoozed
from forecasts.models import Metric
from forecasts.reports import MetricRow, metric_rows
from forecasts.told import is_taken_back_last, latest_told, with_told
from interviews.models import Interview
from interviews.qualifying import BY_CODE
from milestones.reports.board import Row
from milestones.reports.moving import Look, Moved, Waiting, boards_between
from milestones.standing import Standing
from milestones.standing import Status as QuestionStatus
from portfolio.reports.changes import (
    Asked,
    Changes,
    Decided,
    Reason,
    SharedAlert,
    SharedForecast,
    SharedQuestion,
    SharedSegment,
    SharedTakenBack,
    SharedTold,
    Stood,
    Talks,
)
from portfolio.reports.past_forecasts import rows_at
from portfolio.reports.shared_gates import gates_of
from portfolio.reports.shared_phases import phases_of

if TYPE_CHECKING:
    from core.models import User, Workspace
    from interviews.masking import Names

MOST_ALERTS, MOST_FORECASTS = 40, 24
Say = Callable[[str], str]


@dataclass(frozen=True)
class Reader:
    """For whom: `key` of the account, empty for whoever has none. `is_first`: there is
    no earlier moment to compare with. `scores`: see `Look`. `parts` names what the
    reader may see; `draws_forecasts` is off where only what changed is told."""

    key: str = ""
    scores: bool = False
    is_first: bool = False
    sees_all: bool = True
    draws_forecasts: bool = True


NOBODY = Reader()


def changes_of(
    workspace: Workspace,
    *,
    since: datetime,
    until: datetime,
    names: Names,
    reader: Reader = NOBODY,
    is_past: bool = False,
) -> Changes:
    """`names` hides those of the venture: interviews.masked_pages.names_in. `is_past`:
    it is told how it stood then, as far as that is known: see docs/architecture.md."""
    look, say = Look(reader.key, reader.scores, since, until), names.mask
    boards = boards_between(workspace, look)
    is_whole = reader.sees_all
    draws = is_whole and reader.draws_forecasts
    alerts = tuple(alerts_of(workspace, look, say)) if is_whole else ()
    gates = gates_of(workspace, look, say, is_past=is_past) if is_whole else ()
    told = past_forecasts_of if is_past else forecasts_of
    return Changes(
        venture=workspace.name,
        since=since,
        until=until,
        is_first=reader.is_first,
        is_noted=all(board.is_noted for board in boards),
        segments=tuple(segment_of(board, look, say) for board in boards),
        alerts=alerts,
        gates=tuple(gates),
        forecasts=tuple(told(workspace, until, say)) if draws else (),
        talks=talks_of(workspace, look),
        phases=tuple(phases_of(workspace, look, say)) if is_whole else (),
    )


# --- questions -------------------------------------------------------------------------
def segment_of(board: Moved, look: Look, say: Say) -> SharedSegment:
    segment = board.segment
    return SharedSegment(
        key=segment and segment.pk,
        name=say(segment.name) if segment else "",
        questions=tuple(question_of(row, board, look) for row in board.rows),
        interviews=board.interviews,
    )


def question_of(row: Row, board: Moved, look: Look) -> SharedQuestion:
    """What was asked of a score says how it stands: not before one's own is given."""
    was = row.was or row
    waiting = board.challenges.get(row.question.number)
    return SharedQuestion(
        key=board.keys.get(row.question.number),
        number=row.question.number,
        wording=row.question.wording,
        now=stood(row.standing),
        was=stood(was.standing),
        bar=row.bar,
        sentence=row.sentence,
        supporting=row.supporting,
        against=row.against,
        new_against=row.against - was.against,
        asked=asked_of(waiting, look) if waiting and not row.owes_score else None,
        is_hidden=row.owes_score,
    )


def stood(standing: Standing) -> Stood:
    return Stood(
        standing.claimed,
        standing.supported,
        standing.effective,
        QuestionStatus(standing.status).value,
    )


def asked_of(waiting: Waiting, look: Look) -> Asked:
    return Asked(
        count=waiting.count,
        since=waiting.since,
        by=waiting.by or _("an advisor"),
        days=(look.now - waiting.since).days,
        is_new=waiting.since > look.since,
    )


# --- alerts ----------------------------------------------------------------------------
def alerts_of(workspace: Workspace, look: Look, say: Say) -> Iterable[SharedAlert]:
    """Open ones, and what was decided since; the longest waiting stop first. Of a moment
    that is over, as it was then; only its reason may have been said anew."""
    was_open = Q(closed_at__isnull=True) | Q(closed_at__gt=look.now)
    told = was_open | Q(decision__decided_at__gt=look.since)
    rows = Alert.objects.in_workspace(workspace).filter(told)
    rows = with_what_became(rows.filter(raised_at__lte=look.now), look)
    today = workspace.today(look.now)
    for row in rows.order_by("raised_at", "pk")[:MOST_ALERTS]:
        yield alert_of(row, look, say, today)


def with_what_became(rows: Any, look: Look) -> Any:
    """All that `alert_of` reads, without a query for each row."""
    late = Escalation.objects.filter(
        alert=OuterRef("pk"), level=Escalation.Level.NOT_DECIDED, at__lte=look.now
    )
    rows = rows.with_subjects().select_related("snooze", "decision__by")
    return rows.annotate(is_late=Exists(late)).defer("decision__snapshot")


def alert_of(row: Any, look: Look, say: Say, today: date) -> SharedAlert:
    snooze = getattr(row, "snooze", None)
    is_put_off = is_snoozed(snooze, today) and snooze.snoozed_at <= look.now
    return SharedAlert(
        key=row.pk,
        name=Truncator(say(row.subject_name)).chars(SHOWN),
        reason=say(row.reason),
        is_stop=row.severity == Alert.Severity.STOP and came(row.stands_since, look),
        raised_at=row.raised_at,
        decide_by=row.evaluate_by,
        is_new=row.raised_at > look.since,
        is_late=row.is_late,
        has_recovered=came(row.recovered_at, look),
        put_off_until=snooze.until if is_put_off else None,
        put_off_because=say(snooze.reason) if is_put_off else "",
        decided=decided_of(row, look, say),
        about=row.subject_kind,
    )


def came(at: datetime | None, look: Look) -> bool:
    return at is not None and at <= look.now


def decided_of(row: Any, look: Look, say: Say) -> Decided | None:
    decision = getattr(row, "decision", None)
    if decision is None or not came(decision.decided_at, look):
        return None
    kind = str(decision.get_kind_display())
    return Decided(kind, team_name(decision.by, say), decision.decided_at)


def team_name(user: User, say: Say) -> str:
    """Never their address, which stands in for a name elsewhere."""
    return say(user.name) or _("a founder")


# --- numbers and talks -----------------------------------------------------------------
def forecasts_of(workspace, until, say: Say) -> Iterable[SharedForecast]:
    rows = Metric.objects.in_workspace(workspace).open().select_related("standing")
    metrics = said(with_told(rows)[:MOST_FORECASTS], workspace, say)
    for row in metric_rows(metrics, workspace.today(until)):
        told, back = told_about(row.metric, say), taken_back_of(row.metric, say)
        yield replace(forecast_of(row), told=told, taken_back=back)


def past_forecasts_of(workspace, until, say: Say) -> Iterable[SharedForecast]:
    """Without what investors were told: that is compared with today."""
    followed = Q(closed_at__isnull=True) | Q(closed_at__gt=until)
    rows = Metric.objects.in_workspace(workspace).filter(followed)
    metrics = said(rows.filter(created_at__lte=until)[:MOST_FORECASTS], workspace, say)
    return map(forecast_of, rows_at(workspace, metrics, until))


def said(rows, workspace, say: Say) -> list[Metric]:
    metrics = list(rows)
    for metric in metrics:
        metric.workspace = workspace
        metric.name, metric.provenance = say(metric.name), say(metric.provenance)
    return metrics


def forecast_of(row: MetricRow) -> SharedForecast:
    return SharedForecast(
        key=row.metric.pk,
        name=row.metric.name,
        provenance=row.metric.provenance,
        sentence=row.headline.sentence,
        state=row.headline.state,
        spark=row.spark,
    )


def told_about(metric: Any, say: Say) -> SharedTold | None:
    """What investors were told of it last. `metric` comes `with_told`."""
    told = latest_told(metric)
    if told is None:
        return None
    return SharedTold(
        to=say(metric.told_to),
        on=metric.told_on,
        sentence=told.sentence,
        is_behind=told.is_behind,
    )


def taken_back_of(metric: Any, say: Say) -> SharedTakenBack | None:
    """Readers saw it; that it counts no more stands here until they are told anew."""
    if not is_taken_back_last(metric):
        return None
    return SharedTakenBack(
        to=say(metric.back_to),
        told_on=metric.back_told_on,
        on=metric.workspace.today(metric.back_at),
        reason=say(metric.back_reason),
    )


def talks_of(workspace: Workspace, look: Look) -> Talks:
    finished = Interview.objects.in_workspace(workspace).finished()
    held = finished.filter(held_at__lte=look.now)
    last = held.qualifying().order_by("-held_at", "pk").values("pk")[:1]
    rows = held.filter(Q(held_at__gt=look.since) | Q(pk__in=list_of(last)))
    found = rows.values_list("held_at", "qualifies", "reasons_against")
    here = [row for row in found if row[0] > look.since]
    counted = [at for at, qualifies, _reasons in found if qualifies]
    why = Counter(code for *_rest, codes in here for code in codes[:1])
    return Talks(
        qualifying=sum(qualifies for _at, qualifies, _reasons in here),
        not_counted=sum(not qualifies for _at, qualifies, _reasons in here),
        reasons=tuple(
            Reason(BY_CODE[code].sentence, count) for code, count in why.most_common()
        ),
        silent_days=(look.now - max(counted)).days if counted else None,
    )


def list_of(last: Any) -> Any:
    """In a subquery of its own: not every database limits one that is asked with IN."""
    return Interview.objects.filter(pk=Subquery(last)).values("pk")
