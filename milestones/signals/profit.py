"""Question 9: which numbers of the business model were seen, and which are guesses?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.numbers import show
from forecasts.models import Actual, Metric
from interviews.models import Grade, Stance
from milestones.known import stood
from milestones.models import EvidenceLink
from milestones.signals.shape import Signal
from milestones.signals.words import DASH, k_of_n
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

INPUTS = (Metric.Kind.MONEY, Metric.Kind.RATIO)
LEAST_INPUTS = 3


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    return (graded(scope, now),)


def graded(scope: Scope, now) -> Signal:
    """All of at least three, or it cannot be said: half a model has no sign."""
    metrics = inputs_of(scope.workspace, now)
    title = _("Inputs of break-even, graded")
    lacks = _(
        "Metrics marked as inputs of the model, and fixed costs: they are not kept yet, "
        "so money and ratios are taken and no break-even is computed."
    )
    if not metrics:
        sentence = _("No metric counts money or a ratio yet.")
        return Signal("graded_inputs", title, sentence, lacks=lacks)
    grades, values = grades_in(scope, now), newest_values(metrics, now)
    best = grades[Stance.SUPPORTS]
    seen = sum(best.get(one.pk, 0) >= Grade.BEHAVIOUR for one in metrics)
    is_whole = seen == len(metrics) and seen >= LEAST_INPUTS
    text = _("%(k)s inputs rest on something seen (E4 or better for it here).")
    return Signal(
        key="graded_inputs",
        title=title,
        verdict=Verdict.SUPPORTS if is_whole else Verdict.CANNOT_SAY,
        sentence=text % {"k": k_of_n(seen, len(metrics))},
        header=(_("Input"), _("Latest"), _("Best for it"), _("Best against it")),
        rows=tuple(input_row(one, values, grades) for one in metrics),
        lacks=lacks,
    )


def inputs_of(workspace, now) -> list[Metric]:
    rows = Metric.objects.in_workspace(workspace).filter(
        stood(now, since="created_at", until="closed_at"),
        kind__in=INPUTS,
        is_vanity=False,
    )
    return list(rows)


def grades_in(scope: Scope, now) -> dict:
    """Stance → metric → the best grade with which one of its numbers speaks so about
    question 9."""
    links = EvidenceLink.objects.filter(
        scope.of_question(9),
        stood(now, since="linked_at"),
        actual__isnull=False,
    )
    best: dict = {stance: {} for stance in Stance}
    for metric, stance, grade in links.values_list(
        "actual__metric_id", "stance", "grade"
    ):
        best[stance][metric] = max(best[stance].get(metric, 0), grade)
    return best


def newest_values(metrics, now) -> dict:
    rows = Actual.objects.filter(metric__in=metrics, recorded_at__lte=now)
    ordered = rows.order_by("period_end", "recorded_at", "pk")
    return dict(ordered.values_list("metric_id", "value"))


def input_row(metric, values: dict, grades: dict):
    value = values.get(metric.pk)
    return (
        metric.name,
        DASH if value is None else show(value, metric.unit),
        grade_name(grades[Stance.SUPPORTS].get(metric.pk)),
        grade_name(grades[Stance.CONTRADICTS].get(metric.pk)),
    )


def grade_name(grade: int | None) -> str:
    return DASH if grade is None else f"E{grade}"
