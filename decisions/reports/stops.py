"""The red block: one query, on every page of a venture."""

from dataclasses import dataclass

from django.db.models import Count, Window

from decisions.models import Alert


@dataclass(frozen=True)
class OpenStops:
    """The stop that has waited longest, and how many others wait."""

    first: Alert
    others: int

    @property
    def mark(self) -> str:
        """Changes when the block would read differently."""
        first = self.first
        return f"{first.pk}.{first.state}.{first.recovered_at is None}.{self.others}"


def open_stops_of(workspace) -> OpenStops | None:
    stops = Alert.objects.in_workspace(workspace).open().stops()
    counted = stops.annotate(total=Window(Count("pk"))).select_related("metric")
    first = counted.order_by("raised_at", "pk").first()
    return OpenStops(first, first.total - 1) if first else None
