"""Question 10: do our forecasts hold, do numbers come in, and were plans made easier?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forecasts.calibration import (
    ENOUGH,
    EXPECTED_SHARE,
    Calibration,
    calibration,
    ended_periods,
    is_worse,
    made_easier,
    pooled,
)
from forecasts.models import Actual, Metric
from forecasts.reports import all_points, histories
from milestones.known import not_yet
from milestones.signals.shape import Signal
from milestones.signals.words import DASH, HALF, bounds, joined, k_of_n, share, strips
from milestones.statistics.wilson import wilson
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import date, datetime

    from forecasts.history import History
    from milestones.scope import Scope

LOWERED_TO = 0.75


@dataclass(frozen=True)
class Record:
    """What one metric's history says. `ended` periods had a forecast; `missing` have no
    number yet, which is counted while the metric is followed."""

    name: str
    calibration: Calibration
    is_short: bool
    ended: int
    missing: int
    revisions: int
    kept: float | None


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    records = records_in(scope.workspace, now)
    if not records:
        title = _("Do our ranges hold?")
        sentence = _("No number has a forecast yet.")
        return (Signal("calibration", title, sentence, lacks=_("Forecasts.")),)
    return (calibrated(records), overdue(records), revised(records))


def records_in(workspace, now) -> list[Record]:
    rows = Metric.objects.in_workspace(workspace).filter(
        created_at__lte=now, is_vanity=False
    )
    metrics = list(rows.select_related("workspace"))
    found = histories(
        metrics,
        points=all_points(metrics).filter(revision__registered_at__lte=now),
        actuals=Actual.objects.filter(metric__in=metrics, recorded_at__lte=now),
    )
    open_ones = set(rows.filter(not_yet(now, "closed_at")).values_list("pk", flat=True))
    today = workspace.today(now)
    return [
        record_of(found[one.pk], today, is_open=one.pk in open_ones)
        for one in metrics
        if found[one.pk].planned
    ]


def record_of(history: History, today: date, *, is_open: bool) -> Record:
    found = calibration(history, today)
    ended = ended_periods(history, today)
    missing = [key for key in ended if history.current(key) is None]
    orders = {point.order for point in history.planned}
    return Record(
        name=history.name,
        calibration=found,
        is_short=found.bias is not None and is_worse(found.bias, history.direction),
        ended=len(ended) if is_open else len(ended) - len(missing),
        missing=len(missing) if is_open else 0,
        revisions=sum(revision > 0 for _plan, revision in orders),
        kept=made_easier(history),
    )


# --- calibration -----------------------------------------------------------------
def calibrated(records: list[Record]) -> Signal:
    every = pooled(record.calibration for record in records)
    return Signal(
        key="calibration",
        title=_("Do our ranges hold?"),
        verdict=calibration_verdict(every),
        sentence=joined(
            calibration_sentence(every), bias_sentence(records), left_out(every)
        ),
        header=(
            *(_("Number"), _("Inside its range")),
            *(_("Actual against promise"), _("Left out")),
        ),
        rows=tuple(calibration_row(record) for record in records),
        figure=strips(
            [share(_("Inside"), every.inside, every.counted)], threshold=EXPECTED_SHARE
        )
        if every.counted
        else None,
        lacks=few(every),
        is_instrument=every.is_enough,
    )


def calibration_verdict(every: Calibration) -> Verdict:
    """Ranges that hold more often than they promise are wider than they need be."""
    if not every.is_enough:
        return Verdict.CANNOT_SAY
    interval = wilson(every.inside, every.counted)
    if interval.high < EXPECTED_SHARE:
        return Verdict.CONTRADICTS
    is_fair = interval.low >= HALF and interval.low <= EXPECTED_SHARE
    return Verdict.SUPPORTS if is_fair else Verdict.CANNOT_SAY


def calibration_sentence(every: Calibration) -> str:
    if not every.counted:
        return _("No period with a forecast registered in time has its number yet.")
    text = ngettext(
        "%(k)s of %(n)s number lies in the range promised first, where 8 of 10 should.",
        "%(k)s of %(n)s numbers lie in the range promised first, where 8 of 10 should.",
        every.counted,
    )
    numbers = {"k": every.inside, "n": every.counted}
    is_wide = (
        every.is_enough and wilson(every.inside, every.counted).low > EXPECTED_SHARE
    )
    return joined(
        text % numbers,
        bounds(every.inside, every.counted),
        _("Fewer than 10 periods: too few to say.") if not every.is_enough else "",
        _("The ranges are wider than they need be.") if is_wide else "",
    )


def bias_sentence(records: list[Record]) -> str:
    """By metric: their units differ, so nothing is summed."""
    known = [record for record in records if record.calibration.bias is not None]
    if not known:
        return ""
    text = ngettext(
        "%(k)s of %(n)s metric came out worse than promised.",
        "%(k)s of %(n)s metrics came out worse than promised.",
        len(known),
    )
    return text % {"k": sum(record.is_short for record in known), "n": len(known)}


def left_out(every: Calibration) -> str:
    if not every.left_out:
        return ""
    text = _(
        "Left out: %(late)s planned too late, %(estimated)s estimated, %(vague)s with a "
        "range that says nothing."
    )
    return text % {
        "late": every.late,
        "estimated": every.estimated,
        "vague": every.vague,
    }


def calibration_row(record: Record):
    found = record.calibration
    return (
        record.name,
        k_of_n(found.inside, found.counted),
        DASH if found.bias is None else change(found.bias),
        str(found.left_out),
    )


def change(share_of: float) -> str:
    """As in "−12 %", with a true minus."""
    return f"{share_of * 100:+.0f} %".replace("-", "\N{MINUS SIGN}")


def few(every: Calibration) -> str:
    if every.is_enough:
        return ""
    return _("%(n)s more periods with a number, to reach %(of)s.") % {
        "n": ENOUGH - every.counted,
        "of": ENOUGH,
    }


# --- numbers that did not come ---------------------------------------------------
def overdue(records: list[Record]) -> Signal:
    ended = sum(record.ended for record in records)
    missing = sum(record.missing for record in records)
    title = _("Numbers that did not come")
    if not ended:
        sentence = _("No period with a forecast is over yet.")
        return Signal("overdue_numbers", title, sentence)
    verdict = Verdict.SUPPORTS if not missing else Verdict.CANNOT_SAY
    if missing > ended * HALF:
        verdict = Verdict.CONTRADICTS
    text = ngettext(
        "%(k)s of %(n)s period that is over has no number.",
        "%(k)s of %(n)s periods that are over have no number.",
        ended,
    )
    return Signal(
        key="overdue_numbers",
        title=title,
        verdict=verdict,
        sentence=text % {"k": missing, "n": ended},
        header=(_("Number"), _("Missing")),
        rows=tuple(
            (record.name, k_of_n(record.missing, record.ended))
            for record in records
            if record.missing
        ),
    )


# --- revisions -------------------------------------------------------------------
def revised(records: list[Record]) -> Signal:
    """A plan that is made a quarter easier was not achieved."""
    easier = sum(is_easier(record) for record in records)
    return Signal(
        key="revisions",
        title=_("Plans that were revised"),
        verdict=Verdict.CONTRADICTS if easier else Verdict.CANNOT_SAY,
        sentence=revised_sentence(records, easier),
        header=(_("Number"), _("Revisions"), _("Latest against first promise")),
        rows=tuple(
            (
                record.name,
                str(record.revisions),
                DASH if record.kept is None else change(record.kept - 1),
            )
            for record in records
            if record.revisions or record.kept is not None
        ),
    )


def revised_sentence(records: list[Record], easier: int) -> str:
    revisions = sum(record.revisions for record in records)
    if not revisions and not easier:
        return _("No plan was revised.")
    text = ngettext(
        "Plans were revised %(n)s time; %(easier)s of %(of)s metrics keep three quarters "
        "of the first promise or less.",
        "Plans were revised %(n)s times; %(easier)s of %(of)s metrics keep three quarters "
        "of the first promise or less.",
        revisions,
    )
    return text % {"n": revisions, "easier": easier, "of": len(records)}


def is_easier(record: Record) -> bool:
    return record.kept is not None and record.kept <= LOWERED_TO
