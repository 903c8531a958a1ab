"""What the page of one metric shows, in one dataclass."""

from dataclasses import dataclass
from datetime import date

from core.charts.line import LineChart
from forecasts.headline import Headline
from forecasts.models import Forecast, Revision
from forecasts.pictures import chart_of
from forecasts.reports import headline_of, metric_history
from forecasts.table import Row, Table, Window, table_of, window_of
from forecasts.told import Telling, tellings_about


@dataclass(frozen=True, slots=True)
class MetricPage:
    """`plan` is the forecast in force now, None before the first or after the last;
    `revisions` come newest first.
    """

    table: Table
    window: Window
    chart: LineChart | None
    headline: Headline
    plan: Forecast | None
    revisions: tuple[Revision, ...]
    first_due: Row | None
    tellings: tuple[Telling, ...]

    @property
    def baseline(self) -> Revision | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def times_revised(self) -> int:
        return sum(revision.number > 0 for revision in self.revisions)


def metric_page(metric, today: date, *, until: date | None = None) -> MetricPage:
    history = metric_history(metric)
    table = table_of(history, today)
    window = window_of(table.rows, until or today)
    revisions = tuple(
        Revision.objects.filter(forecast__metric=metric)
        .select_related("forecast", "by")
        .order_by("-forecast__number", "-number")
    )
    said = headline_of(metric, table)
    plans = (revision.forecast for revision in revisions)
    return MetricPage(
        table=table,
        window=window,
        chart=chart_of(history, table, window.rows, said.sentence),
        headline=said,
        plan=next((plan for plan in plans if plan.retired_at is None), None),
        revisions=revisions,
        first_due=next(iter(table.due), None),
        tellings=tellings_about(metric, history),
    )
