"""Who took an open alert up, until when it is put off, and who was told that it waits."""

from dataclasses import dataclass
from datetime import date

from decisions.models import Alert, Escalation, Snooze
from decisions.waiting import is_snoozed


@dataclass(frozen=True)
class Waiting:
    """`is_taken_up`: the alert's owner answers for it until its day."""

    is_taken_up: bool
    snooze: Snooze | None
    is_snoozed: bool
    escalations: tuple[Escalation, ...]

    @property
    def can_snooze(self) -> bool:
        return self.snooze is None


def waiting_of(alert, today: date) -> Waiting:
    """One query: `alert_or_404` brings the snooze with the alert."""
    found = snooze_of(alert)
    return Waiting(
        is_taken_up=alert.state == Alert.State.ACKNOWLEDGED,
        snooze=found,
        is_snoozed=is_snoozed(found, today),
        escalations=tuple(Escalation.objects.filter(alert=alert)),
    )


def snooze_of(alert) -> Snooze | None:
    return getattr(alert, "snooze", None)
