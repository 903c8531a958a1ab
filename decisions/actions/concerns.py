"""What rules say of their subjects, kept as episodes: opened, made graver, let go of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core.activity import log
from decisions.actions.alerts import (
    clear_for_long,
    closed_about,
    doubled_about,
    evaluate_by,
    mark_recovery,
    open_alert,
    stand_still,
)
from decisions.actions.exits import reopen
from decisions.alerting import Concern, Family
from decisions.models import Alert, AlertObservation
from decisions.subjects import SubjectKind, key_of

NOTHING_LEFT = "The rule finds nothing any more."
CLEAR = "on_track"
SEEN_AS = {"review": "better", "watch": "watch", "stop": "stop"}


@dataclass
class Found:
    """Concerns by what an episode is one of: family and subject."""

    workspace: Any
    by_episode: dict[tuple[str, str], tuple[dict, Concern]] = field(
        default_factory=dict
    )

    def add(self, concern: Concern | None, **about) -> None:
        """`about`: the row under the name of its kind; nothing for the venture. Of two
        about one thing the one that opens counts, then the graver.
        """
        if concern is None:
            return
        kind, row = next(
            iter(about.items()), (SubjectKind.VENTURE.value, self.workspace)
        )
        key = (concern.rule.family.value, key_of(kind, row.pk))
        known = self.by_episode.get(key)
        if known is None or weight(concern) > weight(known[1]):
            self.by_episode[key] = (about, concern)


def weight(concern: Concern) -> tuple[bool, bool]:
    return concern.opens, concern.severity == Alert.Severity.STOP


def follow(found: Found, episodes: Iterable[Alert], *, now) -> list[Alert]:
    """Brings the open episodes in line with what was found; returns those that became
    stops, or were opened.
    """
    waiting, changed = dict(found.by_episode), []
    for alert in episodes:
        _, concern = waiting.pop((alert.family, alert.subject_key), ({}, None))
        if observe_concern(alert, concern, now=now):
            changed.append(alert)
    for (family, key), (about, concern) in waiting.items():
        if not concern.opens:
            continue
        doubled = doubled_about(found.workspace, family, key)
        if doubled is not None:
            changed += outgrown(doubled, concern, now=now)
        elif not is_answered(found.workspace, family, key, concern):
            alert = open_alert(found.workspace, about=about, concern=concern, now=now)
            changed += [alert] if alert else []
    return changed


@transaction.atomic
def outgrown(doubled, concern, *, now) -> list[Alert]:
    """What doubles another stays with it, unless it has become graver than that one: then
    it waits for a decision of its own."""
    other = doubled.exits.select_related("doubles").first().doubles
    if not concern.severity.is_graver_than(other.severity):
        return []
    reopen(doubled, by=None, now=now)
    return [doubled] if observe_concern(doubled, concern, now=now) else []


def is_answered(workspace, family, key, concern) -> bool:
    """A decision was taken when it was so already: the old evidence raises nothing."""
    closed = closed_about(workspace, family, key).first()
    return bool(closed) and workspace.today(closed.closed_at) >= concern.since


@transaction.atomic
def observe_concern(alert, concern: Concern | None, *, now) -> bool:
    """True when it became a stop. What lies in the band changes nothing."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if alert.closed_at is not None:
        return False
    is_over = clear_for_long(alert, is_clear=concern is None, now=now)
    note(alert, concern, now=now)
    if concern is None:
        if is_over:
            mark_recovery(alert, has_recovered=True, now=now)
        return False
    if not concern.opens:
        return False
    mark_recovery(alert, has_recovered=False, now=now)
    if not concern.severity.is_graver_than(alert.severity):
        return False
    sharpen(alert, concern, now=now)
    return True


def sharpen(alert, concern, *, now):
    """The same episode, graver. A watch told nobody: a stop does."""
    alert.severity, alert.reason = concern.severity.value, concern.reason
    alert.rule = concern.rule.code
    alert.evaluate_by = evaluate_by(alert.workspace, concern.severity, now)
    changed = ["severity", "reason", "rule", "evaluate_by"]
    if alert.severity != Alert.Severity.STOP:
        alert.save(update_fields=changed)
        return
    alert.grown_at = now
    alert.save(update_fields=[*changed, "grown_at"])
    stand_still(alert, now=now)
    log(alert.workspace, by=None, verb="alert.sharpened", subject=alert, now=now)


def note(alert, concern, *, now):
    """One observation whenever the state is another, at most one a day."""
    state = SEEN_AS[concern.severity] if concern else CLEAR
    last = alert.observations.order_by("observed_at", "evidence_rev").last()
    before = last.state if last else SEEN_AS[alert.severity]
    rev = alert.workspace.today(now).toordinal()
    if state == before or alert.observations.filter(evidence_rev=rev).exists():
        return
    AlertObservation(
        workspace=alert.workspace,
        alert=alert,
        evidence_rev=rev,
        state=state,
        period_end=concern.period[1] if concern and concern.period else None,
        why=concern.reason if concern else NOTHING_LEFT,
        observed_at=now,
    ).save()


def elsewhere() -> list[str]:
    """Families that are followed here; shortfalls keep the verdict beside them."""
    return [family.value for family in Family if family is not Family.SHORTFALL]
