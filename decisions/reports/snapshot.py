"""What was known when a decision was taken, as values that no later change touches."""

from decisions.evaluating import Draft
from decisions.models import Commitment
from decisions.models.commitments import Status
from decisions.reports.commitments import resting_on
from forecasts.models import Revision
from forecasts.reports import metric_history
from forecasts.table import table_of
from milestones.reports.loading import load_board
from milestones.scope import scope_of


def snapshot_of(alert, evaluation, *, now) -> dict:
    """JSON: metric, alert, series, revisions, verdicts, scores, commitments, cash, and
    the evaluation.

    Without a metric there is none of it, and no series.
    """
    metric, workspace = alert.metric, alert.workspace
    today = workspace.today(now)
    return {
        "version": 1,
        "taken_at": now.isoformat(),
        "metric": metric_as_kept(metric),
        "alert": alert_as_kept(alert),
        "series": [row_as_kept(row) for row in series_rows(alert, today)],
        "revisions": [revision_as_kept(one) for one in revisions_of(metric)],
        "observations": [seen_as_kept(one) for one in alert.observations.all()],
        "scores": scores_as_kept(scope_of(workspace, alert.segment_id), now, today),
        "commitments": commitments_as_kept(alert),
        "cash": cash_as_kept(workspace),
        "evaluation": evaluation_as_kept(evaluation),
    }


def metric_as_kept(metric) -> dict | None:
    return metric and {
        "id": str(metric.pk),
        "name": metric.name,
        "definition": metric.definition,
        "unit": metric.unit,
        "kind": metric.kind,
        "direction": metric.direction,
        "cadence": metric.cadence,
        "tolerance": str(metric.tolerance),
    }


def alert_as_kept(alert) -> dict:
    days = (alert.period_start, alert.period_end)
    return {
        "id": str(alert.pk),
        "subject": {"kind": alert.subject_kind, "name": alert.subject_name},
        "rule": alert.rule,
        "severity": alert.severity,
        "reason": alert.reason,
        "odds": alert.odds,
        "raised_at": alert.raised_at.isoformat(),
        "period": [day.isoformat() for day in days if day],
        "recovered_at": iso(alert.recovered_at),
    }


def series_rows(alert, today):
    if alert.metric is None:
        return ()
    alert.metric.workspace = alert.workspace
    return table_of(metric_history(alert.metric), today).rows


def revisions_of(metric):
    """Every set of numbers that was registered for the metric, oldest first."""
    revisions = Revision.objects.filter(forecast__metric=metric)
    revisions = revisions.select_related("forecast", "by")
    return revisions.order_by("forecast__number", "number")


def row_as_kept(row) -> dict:
    return {
        "from": row.period.start.isoformat(),
        "to": row.period.end.isoformat(),
        "forecast": text(row.expected),
        "low": text(row.low),
        "high": text(row.high),
        "first_forecast": text(row.promised),
        "actual": text(row.actual),
        "reported": [
            {
                "value": text(one.value),
                "on": one.recorded_on.isoformat(),
                "reason": one.reason,
            }
            for one in row.reports
        ],
    }


def revision_as_kept(revision) -> dict:
    return {
        "plan": revision.forecast.number,
        "number": revision.number,
        "registered_at": revision.registered_at.isoformat(),
        "by": str(revision.by or ""),
        "reason": revision.reason or revision.forecast.rationale,
    }


def seen_as_kept(observation) -> dict:
    return {
        "at": observation.observed_at.isoformat(),
        "state": observation.state,
        "why": observation.why,
        "odds": observation.odds,
    }


def scores_as_kept(scope, now, today) -> list[dict]:
    """Claims of a round that is still open are nobody's to read before their own."""
    found = []
    for number, known in load_board(scope, now).items():
        facts = known.settled(now)
        support = facts.support(now, today)
        standing = facts.standing(now, today, support)
        answer = facts.answer(now)
        found.append(
            {
                "question": number,
                "segment": scope.segment.name if scope.segment else None,
                "answer": answer.statement if answer else None,
                "claimed": standing.claimed,
                "supported": standing.supported,
                "effective": standing.effective,
                "claims": [[claim.author, claim.value] for claim in standing.claims],
            }
        )
    return found


def evaluation_as_kept(evaluation) -> dict:
    return {
        "rev": evaluation.rev,
        "belief": evaluation.belief,
        "happened": evaluation.happened,
        "is_actual_right": evaluation.is_actual_right,
        "questions": [question.number for question in evaluation.questions.all()],
        "customers_say": evaluation.customers_say,
        "no_talk_reason": evaluation.no_talk_reason,
        "explanations": evaluation.explanations,
        "depends": evaluation.depends,
        "runway": evaluation.runway,
        "rescored": [question.number for question in evaluation.rescored.all()],
        "keeps_scores": evaluation.keeps_scores,
        "decision": Draft.of(evaluation.draft).as_kept(),
    }


def commitments_as_kept(alert) -> list[dict]:
    """Everything that is neither ended nor cancelled, with its terms."""
    rows = Commitment.objects.in_workspace(alert.workspace)
    rows = rows.exclude(status__in=(Status.ENDED, Status.CANCELLED))
    rests = {row.pk for row in resting_on(alert)}
    return [
        {
            "id": str(row.pk),
            "title": row.title,
            "counterparty": row.counterparty,
            "kind": row.kind,
            "status": row.status,
            "terms": row.terms,
            "currency": row.currency,
            "amount_minor": row.amount_minor,
            "value_minor": row.value_minor,
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat(),
            "cancel_minor": row.cancel_minor,
            "notice_days": row.notice_days,
            "reversible_share": row.reversible_share,
            "tranches": row.tranches,
            "questions": row.questions,
            "metric": row.metric_id and str(row.metric_id),
            "rests": row.pk in rests,
        }
        for row in rows.order_by("created_at", "pk")
    ]


def cash_as_kept(workspace) -> dict:
    return {
        "minor": workspace.cash_in_hand_minor,
        "currency": workspace.currency,
        "as_of": workspace.cash_as_of and workspace.cash_as_of.isoformat(),
    }


def iso(moment):
    return moment.isoformat() if moment else None


def text(value):
    return None if value is None else str(value)
