"""The log of decisions as a CSV file."""

from collections.abc import Iterable

from django.utils import timezone

from core.spreadsheets import write_csv
from decisions.reports.logbook import Entry

COLUMNS = (
    *("decided_at", "about", "decision", "recorded_by", "reasons", "dissent"),
    *("prediction", "predict_by", "what_changes", "next_stop"),
    *("known_from", "known_to", "known_forecast", "known_actual"),
    *("follow_ups", "follow_ups_open", "rose_again"),
    *("judged", "judged_by", "judged_at", "what_happened"),
)


def logbook_csv(entries: Iterable[Entry]) -> str:
    return write_csv(COLUMNS, (row_of(entry) for entry in entries))


def row_of(entry: Entry) -> tuple:
    decision, known = entry.decision, entry.known
    return (
        timezone.localtime(decision.decided_at),
        decision.alert.subject_name,
        decision.kind,
        str(decision.by),
        decision.reasons,
        decision.dissent,
        decision.prediction,
        decision.predict_by,
        decision.change,
        decision.review_on,
        *(numbers(known) if known else ("",) * 4),
        decision.tasks,
        decision.open_tasks,
        "yes" if decision.has_come_again else "no",
        *judged(entry.review),
    )


def numbers(known) -> tuple:
    return (known.first, known.last, known.forecast, known.actual)


def judged(review) -> tuple:
    if review is None:
        return ("",) * 4
    moment = timezone.localtime(review.reviewed_at)
    return (review.verdict, str(review.by), moment, review.words)
