"""Reads what a `Changes` holds, in eight queries and one for the names it hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from decisions.counted_together import Pool
from decisions.gate_limits import USUAL
from decisions.gates import GateClass
from decisions.models import Alert, Commitment, CoSignature, Escalation, Override
from decisions.models.commitments import Status
from decisions.reports.commitment_list import class_of
from decisions.reports.commitments import STATUS_CHIPS
from decisions.reports.together import (
    does_count,
    gate_limits_of,
    piece_of,
    which_count,
)
from decisions.waiting import is_snoozed
from forecasts.models import Metric
from forecasts.reports import MetricRow, metric_rows
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
    Overridden,
    Reason,
    SharedAlert,
    SharedForecast,
    SharedGate,
    SharedQuestion,
    SharedSegment,
    Stood,
    Talks,
)

if TYPE_CHECKING:
    from core.models import User, Workspace
    from interviews.masking import Names

MOST_ALERTS, MOST_GATES, MOST_FORECASTS = 40, 30, 24
NOT_SHOWN = (Status.IDEA, Status.ENDED, Status.CANCELLED)
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
) -> Changes:
    """`names` hides those of the venture: interviews.masked_pages.names_in."""
    look = Look(reader.key, reader.scores, since, until)
    say, today = names.mask, workspace.today(until)
    boards = boards_between(workspace, look)
    is_whole = reader.sees_all
    draws = is_whole and reader.draws_forecasts
    return Changes(
        venture=workspace.name,
        since=since,
        until=until,
        is_first=reader.is_first,
        is_noted=all(board.is_noted for board in boards),
        segments=tuple(segment_of(board, look, say) for board in boards),
        alerts=tuple(alerts_of(workspace, look, say)) if is_whole else (),
        gates=tuple(gates_of(workspace, look, say)) if is_whole else (),
        forecasts=tuple(forecasts_of(workspace, today, say)) if draws else (),
        talks=talks_of(workspace, look),
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
    """Open ones, and what was decided since; the longest waiting stop first."""
    late = Escalation.objects.filter(
        alert=OuterRef("pk"), level=Escalation.Level.NOT_DECIDED
    )
    told = Q(closed_at__isnull=True) | Q(decision__decided_at__gt=look.since)
    rows = Alert.objects.in_workspace(workspace).with_subjects().filter(told)
    rows = rows.select_related("snooze", "decision__by").annotate(is_late=Exists(late))
    rows = rows.filter(raised_at__lte=look.now).defer("decision__snapshot")
    today = workspace.today(look.now)
    for row in rows.order_by("raised_at", "pk")[:MOST_ALERTS]:
        snooze = getattr(row, "snooze", None)
        is_put_off = is_snoozed(snooze, today)
        yield SharedAlert(
            key=row.pk,
            name=say(row.subject_name),
            reason=say(row.reason),
            is_stop=row.severity == Alert.Severity.STOP,
            raised_at=row.raised_at,
            decide_by=row.evaluate_by,
            is_new=row.raised_at > look.since,
            is_late=row.is_late,
            has_recovered=row.recovered_at is not None,
            put_off_until=snooze.until if is_put_off else None,
            put_off_because=say(snooze.reason) if is_put_off else "",
            decided=decided_of(row, say),
            about=row.subject_kind,
        )


def decided_of(row: Any, say: Say) -> Decided | None:
    decision = getattr(row, "decision", None)
    if decision is None:
        return None
    kind = str(decision.get_kind_display())
    return Decided(kind, team_name(decision.by, say), decision.decided_at)


def team_name(user: User, say: Say) -> str:
    """Never their address, which stands in for a name elsewhere."""
    return say(user.name) or _("a founder")


# --- gates -----------------------------------------------------------------------------
def gates_of(workspace: Workspace, look: Look, say: Say) -> Iterable[SharedGate]:
    """Whatever is before its signature or signed; ideas and what is over are left out.
    What counts together with them comes in the same query."""
    rows = with_signatures(Commitment.objects.in_workspace(workspace).with_marks())
    rows = rows.filter(~Q(status__in=NOT_SHOWN) | which_count(look.now))
    rows = rows.filter(created_at__lte=look.now)
    found = list(rows.select_related("workspace__gate_settings"))
    limits = gate_limits_of(found[0].workspace) if found else USUAL
    for row in found:
        row.workspace = workspace
    pool = Pool(piece_of(row) for row in found if does_count(row, look.now))
    shown = [row for row in found if row.status not in NOT_SHOWN]
    shown.sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    for row in shown[:MOST_GATES]:
        yield gate_of(row, class_of(row, pool, limits), look, say)


def with_signatures(rows: Any) -> Any:
    """What of these very terms was overridden, and what an advisor stands for."""
    mine = Override.objects.filter(commitment=OuterRef("pk"), terms=OuterRef("terms"))
    signed = CoSignature.objects.filter(
        commitment=OuterRef("pk"), terms=OuterRef("terms")
    )
    return rows.annotate(
        override_at=Subquery(mine.values("overridden_at")[:1]),
        override_by=Subquery(mine.values("by__name")[:1]),
        override_waits=Subquery(mine.values("needs_cosign")[:1]),
        override_signed=Exists(signed.filter(override__isnull=False)),
        terms_signed=Exists(signed.filter(override__isnull=True)),
    )


def gate_of(row: Any, gate_class: str, look: Look, say: Say) -> SharedGate:
    is_of_these = row.check_terms == row.terms
    overridden = overridden_of(row, look, say)
    return SharedGate(
        key=row.pk,
        title=say(row.title),
        money=row.money,
        gate_class=gate_class,
        chip=STATUS_CHIPS[row.status],
        met=row.check_met if is_of_these else None,
        asked=row.check_asked if is_of_these else None,
        is_waiting=waits_for_advisor(row, gate_class),
        is_held=row.status == Status.HELD,
        overridden=overridden,
        is_new=row.created_at > look.since,
    )


def waits_for_advisor(row: Any, gate_class: str) -> bool:
    """An override of class D comes into force with an advisor's signature; without one,
    a gate of class D asks for it. `row` comes `with_signatures`."""
    is_d = gate_class == GateClass.D
    if not row.is_open or row.status == Status.IDEA:
        return False
    if row.override_at is not None:
        return (is_d or row.override_waits) and not row.override_signed
    return is_d and not row.terms_signed


def overridden_of(row: Any, look: Look, say: Say) -> Overridden | None:
    if row.override_at is None:
        return None
    return Overridden(
        by=say(row.override_by or "") or _("a founder"),
        at=row.override_at,
        is_new=row.override_at > look.since,
        is_cosigned=row.override_signed,
    )


# --- numbers and talks -----------------------------------------------------------------
def forecasts_of(workspace, today, say: Say) -> Iterable[SharedForecast]:
    rows = Metric.objects.in_workspace(workspace).open().select_related("standing")
    metrics = list(rows[:MOST_FORECASTS])
    for metric in metrics:
        metric.workspace = workspace
        metric.name, metric.provenance = say(metric.name), say(metric.provenance)
    for row in metric_rows(metrics, today):
        yield forecast_of(row)


def forecast_of(row: MetricRow) -> SharedForecast:
    return SharedForecast(
        key=row.metric.pk,
        name=row.metric.name,
        provenance=row.metric.provenance,
        sentence=row.headline.sentence,
        state=row.headline.state,
        spark=row.spark,
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
