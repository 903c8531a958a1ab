"""Needs, features and hypotheses as CSV files. None of them names a person."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils import timezone

from core.models import Workspace
from core.spreadsheets import write_csv
from discovery.models import Feature, Hypothesis, Need, Problem, Segment

NEEDS = ("segment", "level", "part_of", "outcome", "dimension", "problems")
FEATURES = ("name", "what", "stage", "claims_to_solve")
HYPOTHESES = (
    *("statement", "version", "state", "segment", "measure"),
    *("pass_mark", "fail_mark", "decide_by", "critical", "box"),
    *("questions", "registered_at"),
)


def needs_csv(workspace: Workspace, segment: Segment | None = None) -> str:
    needs = Need.objects.in_workspace(workspace).current()
    if segment is not None:
        needs = needs.filter(segment=segment)
    known = Prefetch("problems", Problem.objects.current())
    rows = needs.select_related("segment", "parent").prefetch_related(known)
    return write_csv(NEEDS, (need_row(need) for need in rows))


def need_row(need):
    return (
        need.segment.name,
        need.level,
        need.parent.outcome if need.parent else "",
        need.outcome,
        need.dimension,
        joined(need.problems.all()),
    )


def features_csv(features: Iterable[Feature]) -> str:
    return write_csv(FEATURES, (feature_row(feature) for feature in features))


def feature_row(feature):
    claims = joined(feature.problems.all())
    return (feature.name, feature.what, feature.stage, claims)


def hypotheses_csv(hypotheses: Iterable[Hypothesis]) -> str:
    """Of rows with `state`."""
    return write_csv(HYPOTHESES, (hypothesis_row(row) for row in hypotheses))


def hypothesis_row(row):
    registered = row.registered_at and timezone.localtime(row.registered_at)
    return (
        row.statement,
        row.version,
        row.state,
        row.segment.name if row.segment else "",
        row.measure,
        row.pass_mark,
        row.fail_mark,
        row.decide_by,
        "yes" if row.is_critical else "no",
        row.box,
        ", ".join(str(number) for number in row.questions),
        registered.isoformat(timespec="minutes") if registered else "",
    )


def joined(problems):
    return "; ".join(problem.statement for problem in problems)
