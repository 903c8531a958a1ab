"""What each step of an evaluation shows, and the words it begins with."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import show_money
from core.numbers import show
from decisions.models import Commitment
from decisions.outlook import Outlook, outlook
from decisions.reports.commitments import resting_on
from decisions.reports.papers import talks_since
from decisions.reports.snapshot import revisions_of
from forecasts.models import Metric, Revision
from forecasts.reports import MetricRow, headline_of, metric_history, metric_rows
from forecasts.table import Row, Table, table_of, window_of
from interviews.models import Interview
from milestones.eleven import ATTRIBUTION

TALKS_SHOWN = 20
METRICS_SHOWN = 50
SUMMED = (Metric.Kind.FLOW, Metric.Kind.MONEY)


@dataclass(frozen=True)
class Facts:
    """`rows` are the periods around the alert; `begin` is the field's first draft.

    `table` is None, and nothing in rows, where the alert is about no metric.
    """

    table: Table | None
    rows: tuple[Row, ...]
    begin: str


@dataclass(frozen=True)
class Happened(Facts):
    """`sentence` is the one that stands beside the chip on the metric's own page."""

    sentence: str


@dataclass(frozen=True)
class Said(Facts):
    revisions: tuple[Revision, ...]


@dataclass(frozen=True)
class Customers:
    """Qualifying talks since the alert, the newest; `count` is all of them."""

    talks: tuple[Interview, ...]
    count: int
    attribution: str = ATTRIBUTION


@dataclass(frozen=True)
class Depending:
    """Commitments that rest on the metric, and other metrics still followed."""

    commitments: tuple[Commitment, ...]
    metrics: tuple[MetricRow, ...]
    outlook: Outlook | None
    begin: str
    cash: str


def said(alert, today) -> Said:
    if alert.metric is None:
        return Said(None, (), said_before(alert), ())
    table, rows = rows_of(alert, today)
    revisions = tuple(revisions_of(alert.metric))
    begin = belief_words(revisions, table)
    return Said(table, rows, begin, revisions)


def happened(alert, today) -> Happened:
    """Begins with what was said last: the alert, or a number that came in since."""
    latest = alert.observations.order_by("evidence_rev").last()
    begin = (latest.why if latest else "") or alert.reason
    if alert.metric is None:
        return Happened(None, (), begin, begin)
    table, rows = rows_of(alert, today)
    corrected = [row for row in table.rows if row.replaced]
    if corrected:
        labels = ", ".join(row.label for row in corrected)
        begin += " " + _("Corrected since first reported: %(labels)s.") % {
            "labels": labels
        }
    sentence = headline_of(alert.metric, table).sentence
    return Happened(table, rows, begin, sentence)


def customers(alert) -> Customers:
    talks = talks_since(alert)
    newest = talks.prefetch_related("people").annotate(
        taken=Count("quotes", distinct=True)
    )
    shown = tuple(newest.order_by("-held_at", "pk")[:TALKS_SHOWN])
    count = len(shown) if len(shown) < TALKS_SHOWN else talks.count()
    return Customers(shown, count)


def depending(alert, today) -> Depending:
    others = Metric.objects.in_workspace(alert.workspace).open()
    others = others.exclude(pk=alert.metric_id).select_related("standing", "workspace")
    metrics = tuple(metric_rows(others[:METRICS_SHOWN], today))
    commitments = tuple(resting_on(alert))
    cash = cash_in_hand(alert.workspace)
    if alert.metric is None:
        return Depending(commitments, metrics, None, "", cash)
    table, _rows = rows_of(alert, today)
    found = outlook(table.rows, adds_up=adds_up(alert.metric))
    begin = found.sentence(alert.metric.unit) if found else ""
    return Depending(commitments, metrics, found, begin, cash)


def cash_in_hand(workspace) -> str:
    """As it was last counted; empty while nobody has said it."""
    if workspace.cash_in_hand_minor is None:
        return ""
    return _("On %(day)s there were %(money)s in hand.") % {
        "day": date_format(workspace.cash_as_of, "j F Y"),
        "money": show_money(workspace.cash_in_hand_minor, workspace.currency),
    }


def adds_up(metric) -> bool:
    """Orders can be summed over weeks; orders a day, a stock or a mean cannot."""
    is_rate = "/" in metric.unit or " per " in metric.unit
    return metric.kind in SUMMED and not is_rate


def rows_of(alert, today):
    table = table_of(metric_history(alert.metric), today)
    return table, window_of(table.rows, today).rows


def said_before(alert) -> str:
    """What was written beforehand about a subject that has no numbers."""
    if alert.hypothesis is not None:
        one = alert.hypothesis
        return _("%(statement)s It holds if: %(holds)s. It fails if: %(fails)s.") % {
            "statement": one.statement,
            "holds": one.pass_mark,
            "fails": one.fail_mark,
        }
    if alert.question is not None:
        answers = alert.question.answers.filter(superseded_by__isnull=True)
        return str(answers.values_list("statement", flat=True).first() or "")
    return ""


def belief_words(revisions, table) -> str:
    """Who said what, when, and why; in the author's words where there are any."""
    if not revisions:
        return ""
    first = revisions[0]
    planned = [row for row in table.rows if row.expected is not None]
    told = [
        _("On %(day)s %(who)s forecast %(numbers)s.")
        % {
            "day": date_format(first.registered_at, "j F Y"),
            "who": first.by or _("the team"),
            "numbers": numbers_words(planned, table.unit),
        }
    ]
    if len(revisions) > 1:
        told.append(_("Revised since: %(times)s.") % {"times": len(revisions) - 1})
    why = first.forecast.rationale.strip()
    told.append(why or _("No reason was written down at the time."))
    return " ".join(told)


def numbers_words(planned, unit) -> str:
    """The first and the last number promised, with their periods."""
    if not planned:
        return "–"
    first, last = planned[0], planned[-1]
    begins, ends = (show(one.promised or one.expected, unit) for one in (first, last))
    if first is last:
        return f"{begins} ({first.label})"
    if begins == ends:
        return f"{begins} ({first.label} – {last.label})"
    return f"{begins} ({first.label}) … {ends} ({last.label})"
