"""The log of decisions as a CSV file."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from core.spreadsheets import csv_parts
from decisions.reports.logbook import Entry

COLUMNS = (
    *("decided_at", "about", "decision", "recorded_by", "reasons", "dissent"),
    *("prediction", "predict_by", "what_changes", "next_stop"),
    *("known_from", "known_to", "known_forecast", "known_actual"),
    *("follow_ups", "follow_ups_open", "rose_again"),
    *("judged", "judged_by", "judged_at", "what_happened"),
)


def logbook_csv(entries: Iterable[Entry], zone: tzinfo) -> Iterator[str]:
    """In parts: they are read after the page's time zone has gone."""
    return csv_parts(COLUMNS, (row_of(entry, zone) for entry in entries))


def row_of(entry: Entry, zone: tzinfo) -> tuple:
    decision, known = entry.decision, entry.known
    return (
        decision.decided_at.astimezone(zone),
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
        *judged(entry.review, zone),
    )


def numbers(known) -> tuple:
    return (known.first, known.last, known.forecast, known.actual)


def judged(review, zone: tzinfo) -> tuple:
    if review is None:
        return ("",) * 4
    moment = review.reviewed_at.astimezone(zone)
    return (review.verdict, str(review.by), moment, review.words)
