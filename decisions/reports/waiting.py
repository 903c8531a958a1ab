"""Who took an open alert up, until when it is put off, and who was told that it waits."""

from dataclasses import dataclass
from datetime import date

from decisions.models import Acknowledgement, Escalation, Snooze
from decisions.waiting import is_snoozed


@dataclass(frozen=True)
class Waiting:
    taken_up: Acknowledgement | None
    snooze: Snooze | None
    is_snoozed: bool
    escalations: tuple[Escalation, ...]

    @property
    def can_snooze(self) -> bool:
        return self.snooze is None


def waiting_of(alert, today: date) -> Waiting:
    taken_up = Acknowledgement.objects.filter(alert=alert)
    found = snooze_of(alert)
    return Waiting(
        taken_up=taken_up.select_related("owner", "by").first(),
        snooze=found,
        is_snoozed=is_snoozed(found, today),
        escalations=tuple(Escalation.objects.filter(alert=alert)),
    )


def snooze_of(alert) -> Snooze | None:
    return Snooze.objects.filter(alert=alert).select_related("by").first()
