"""The page of a sales learning curve: where it stands, and what that allows.

The phase needs what question 8 counts, so the page stands here and not beside the
figures (forecasts/selling/).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404

from core.charts.yields import YieldChart
from core.numbers import show
from core.weeks import Cadence, label, period_of
from forecasts.learning_curve import Allowance, Quarter, allowance
from forecasts.models import SalesCurve
from forecasts.selling import Change, CurveCourse, curve_of
from forecasts.selling.explaining import Explained, Figure, course_figures, explained
from forecasts.selling.pictures import chart_of
from forecasts.selling.planned import Plan, plan_of
from forecasts.selling.table import Row, rows_of
from forecasts.selling.words import PHASES, sentence
from milestones.reports.counting import effective_of

QUESTION_8 = 8


@dataclass(frozen=True)
class SalesPage:
    """One curve. `latest` is the row of the last quarter that can be judged; `shown`
    explains the quarter that was asked for, or that one. `changes` newest first."""

    loaded: CurveCourse
    phase: str
    sentence: str
    rows: tuple[Row, ...]
    latest: Row | None
    plan: Plan
    chart: YieldChart | None
    shown: Explained | None
    figures: tuple[Figure, ...]
    allowance: Allowance
    changes: tuple[tuple[str, Change], ...]

    @property
    def allowed(self) -> str:
        """The consequence of the phase in one line."""
        most, later = self.allowance.most, self.allowance.not_yet
        number = "No upper bound on reps" if most is None else _at_most(most)
        return " ".join((f"{number}.", *(["Not yet:", *later] if later else [])))

    @property
    def kinds(self) -> str:
        return ", ".join(self.loaded.kinds)

    @property
    def curve(self) -> SalesCurve:
        return self.loaded.curve


def _at_most(most: Decimal) -> str:
    if not most:
        return "No reps"
    return f"At most {show(most)} reps by full time"


def curves_of(workspace) -> list[SalesCurve]:
    """Those still open first."""
    rows = SalesCurve.objects.in_workspace(workspace)
    rows = rows.select_related("workspace__selling_settings")
    return sorted(rows, key=lambda row: row.closed_at is not None)


def chosen(curves: Sequence[SalesCurve], key: str) -> SalesCurve | None:
    """The one with this id, or the first; 404 for one of another venture."""
    if not key:
        return curves[0] if curves else None
    for curve in curves:
        if str(curve.pk) == key:
            return curve
    raise Http404


def loaded_of(
    workspace, curve: SalesCurve, *, now: datetime, with_names: bool
) -> CurveCourse:
    return curve_of(
        curve,
        today=workspace.today(now),
        question_8=effective_of(workspace, QUESTION_8, curve.segment_id, now),
        with_names=with_names,
    )


def table_of(loaded: CurveCourse) -> tuple[Row, ...]:
    changed = [change.start for change in loaded.changes]
    return rows_of(loaded.course, loaded.currency, changed)


def sales_page(loaded: CurveCourse, quarter: str, plan: str) -> SalesPage:
    """`quarter`: the first day of the one to explain, and `plan`: the metric that says
    what was to be spent, both as typed."""
    course, currency = loaded.course, loaded.currency
    rows, said = table_of(loaded), sentence(course, currency)
    latest = course.latest
    wanted = quarter_in(course.quarters, quarter) or latest
    planned = plan_of(loaded.curve, rows, plan)
    by_start = {row.start: row for row in rows}
    return SalesPage(
        loaded=loaded,
        phase=PHASES[course.phase],
        sentence=said,
        rows=rows,
        latest=by_start[latest.start] if latest else None,
        plan=planned,
        chart=chart_of(
            course,
            rows,
            name=str(loaded.curve),
            sentence=said,
            planned=planned.planned,
        ),
        shown=explained(wanted, course, currency) if wanted else None,
        figures=course_figures(course, currency),
        allowance=allowance(course),
        changes=tuple(
            (label(period_of(change.start, Cadence.QUARTERLY)), change)
            for change in reversed(loaded.changes)
        ),
    )


def quarter_in(quarters: Sequence[Quarter], typed: str) -> Quarter | None:
    """Nonsense is no quarter; one that is not over explains nothing yet."""
    try:
        start = date.fromisoformat(typed)
    except ValueError:
        return None
    known = (
        one for one in quarters if one.start == start and one.standing != "unfinished"
    )
    return next(known, None)
