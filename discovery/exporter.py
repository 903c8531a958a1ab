"""Organisations and segments as CSV files, with headings that an import knows again."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from core.models import Workspace
from core.spreadsheets import write_csv
from discovery.models import Organisation, Segment

ORGANISATIONS = ("name", "size", "source", "related_party", "pseudonym", "people")
SEGMENTS = ("name", "who", "where", "status", "people")
THERE = Q(
    people__trashed_at__isnull=True,
    people__archived_at__isnull=True,
    people__merged_into__isnull=True,
)


def organisations_of(
    workspace: Workspace, *, is_archived: bool = False
) -> QuerySet[Organisation]:
    rows = Organisation.objects.in_workspace(workspace).kept()
    rows = rows.filter(merged_into=None, archived_at__isnull=not is_archived)
    return rows.annotate(people_count=Count("people", filter=THERE)).order_by(
        "name", "pk"
    )


def segments_of(workspace: Workspace) -> QuerySet[Segment]:
    rows = Segment.objects.in_workspace(workspace)
    rows = rows.annotate(people_count=Count("people", filter=THERE))
    return rows.order_by("created_at", "pk")


def organisations_csv(rows: Iterable[Organisation]) -> str:
    return write_csv(ORGANISATIONS, (organisation_row(row) for row in rows))


def organisation_row(row: Organisation) -> tuple:
    return (
        row.name,
        row.size,
        row.source,
        "yes" if row.is_related_party else "no",
        row.pseudonym,
        row.people_count,
    )


def segments_csv(rows: Iterable[Segment]) -> str:
    return write_csv(
        SEGMENTS,
        ((row.name, row.who, row.where, row.status, row.people_count) for row in rows),
    )
