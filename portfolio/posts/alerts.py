"""A stop was raised, waits too long, was decided or set aside: told to a channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.deliveries import Post
from core.models import Delivery
from decisions.actions.telling import DECIDED, LATE, RAISED, SET_ASIDE
from decisions.models import Alert
from interviews.masked_pages import names_in
from milestones.reports.moving import Look
from portfolio.digest.reading import Reading, alert_name, alert_reason
from portfolio.models import DigestSettings
from portfolio.reports.changes import SharedAlert
from portfolio.reports.gathering import alert_of, with_what_became

EVENTS: Final = {
    RAISED: "alert.raised",
    DECIDED: "alert.decided",
    SET_ASIDE: "alert.set_aside",
    **dict.fromkeys(LATE, "alert.escalated"),
}


def render(delivery: Delivery) -> Post:
    workspace, now = delivery.workspace, clock.now()
    # nobody's look in particular: all that is known of it until now
    look = Look("", scores=False, since=now, now=now)
    rows = Alert.objects.filter(pk=delivery.subject_id)
    row = with_what_became(rows, look).get()
    say = names_in(workspace).mask
    alert = alert_of(row, look, say, workspace.today(now))
    rules = DigestSettings.objects.filter(workspace=delivery.workspace_id)
    reading = Reading(is_wordless=rules.filter(is_wordless=True).exists())
    slug = delivery.workspace.slug
    return Post(
        event=EVENTS[delivery.transition],
        text=text_of(row, alert, reading, delivery),
        path=reverse("decisions:alert_detail", args=[slug, row.pk]),
        data=data_of(row, alert, reading, delivery),
    )


def text_of(row: Any, alert: SharedAlert, reading: Reading, delivery: Delivery) -> str:
    words = {"venture": delivery.workspace.name, "name": alert_name(alert, reading)}
    if delivery.transition == DECIDED and alert.decided:
        words["kind"] = alert.decided.kind
        return _("%(venture)s: decided on %(name)s: %(kind)s.") % words
    if delivery.transition == SET_ASIDE:
        words["how"] = row.get_state_display()
        return _("%(venture)s: the stop on %(name)s is over (%(how)s).") % words
    head = _("%(venture)s: stop and evaluate %(name)s.") % words
    said = [head, alert_reason(alert, reading)]
    if delivery.transition in LATE:
        label = str(LATE[delivery.transition].label)
        said.insert(1, f"{label[:1].upper()}{label[1:]}.")
    said.append(_("Decide by %s.") % alert.decide_by.isoformat())
    return " ".join(filter(None, said))


def data_of(
    row: Any, alert: SharedAlert, reading: Reading, delivery: Delivery
) -> dict[str, Any]:
    is_late = delivery.transition in LATE
    is_decided = delivery.transition == DECIDED and alert.decided
    return {
        "alert": str(row.pk),
        "rule": row.rule,
        "about": row.subject_kind,
        "about_id": str(row.subject_id),
        "name": alert_name(alert, reading),
        "reason": alert_reason(alert, reading),
        "odds": row.odds,
        "period_start": row.period_start and row.period_start.isoformat(),
        "period_end": row.period_end and row.period_end.isoformat(),
        "raised_at": row.raised_at.isoformat(),
        "decide_by": row.evaluate_by.isoformat(),
        "level": delivery.transition if is_late else None,
        "decision": row.decision.kind if is_decided else None,
        "set_aside": row.state if delivery.transition == SET_ASIDE else None,
    }


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """That a stop waits is told only while it does."""
    if not delivery.channel.wants_alerts:
        return "off"
    alert = Alert.objects.filter(pk=delivery.subject_id).first()
    if alert is None:
        return "gone"
    is_over = alert.closed_at is not None
    tells_end = delivery.transition in (DECIDED, SET_ASIDE)
    return "decided" if is_over and not tells_end else None
