"""The red block: one query, on every page of a venture."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, When, Window

from decisions.models import Alert
from decisions.subjects import NAMED
from decisions.waiting import is_snoozed

# What the block says, and no column more.
SHOWN = (
    *("subject_kind", "family", "state", "reason", "raised_at", "recovered_at"),
    *("metric", "snooze__until", "snooze__reason"),
    *("snooze__by__name", "snooze__by__email", *NAMED),
)


@dataclass(frozen=True)
class OpenStops:
    """The stop that has waited longest, and how many others wait."""

    first: Alert
    others: int
    today: date

    @property
    def is_snoozed(self) -> bool:
        """Put off: said in a quieter block, on every page all the same."""
        return is_snoozed(getattr(self.first, "snooze", None), self.today)

    @property
    def mark(self) -> str:
        """Changes when the block would read differently."""
        first = self.first
        parts = (first.pk, first.state, first.recovered_at is None, self.is_snoozed)
        return ".".join(map(str, (*parts, self.others)))


def open_stops_of(workspace, now) -> OpenStops | None:
    """Those that are put off come after the others."""
    today = workspace.today(now)
    stops = Alert.objects.in_workspace(workspace).open().stops()
    counted = stops.annotate(total=Window(Count("pk"))).with_subjects()
    counted = counted.select_related("snooze__by").only(*SHOWN)
    is_put_off = Case(When(snooze__until__gt=today, then=1), default=0)
    first = counted.order_by(is_put_off, "raised_at", "pk").first()
    return OpenStops(first, first.total - 1, today) if first else None
