"""Segments with their people and talks, by version of the business model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from discovery.models import ModelVersion, Segment

if TYPE_CHECKING:
    from core.models import Workspace


@dataclass(frozen=True)
class SegmentRow:
    """`talks` are finished and kept; `qualifying` those of them that count."""

    segment: Segment
    people: int
    talks: int
    qualifying: int


@dataclass(frozen=True)
class Version:
    version: ModelVersion
    rows: tuple[SegmentRow, ...]


def segments_by_version(workspace: Workspace) -> list[Version]:
    """The newest version first; its segments in the order they were thought of."""
    segments = Segment.objects.in_workspace(workspace).order_by("created_at", "pk")
    people, talks = people_in(workspace), talks_in(workspace)
    by_version: dict[ModelVersion, list[SegmentRow]] = {}
    for segment in segments.select_related("model_version"):
        row = SegmentRow(segment, people.get(segment.pk, 0), *talks[segment.pk])
        by_version.setdefault(segment.model_version, []).append(row)
    newest_first = sorted(by_version.items(), key=lambda item: -item[0].number)
    return [Version(version, tuple(rows)) for version, rows in newest_first]


def people_in(workspace):
    is_there = Q(people__trashed_at=None, people__archived_at=None)
    segments = Segment.objects.in_workspace(workspace).order_by()
    counted = segments.annotate(n=Count("people", filter=is_there))
    return dict(counted.values_list("pk", "n"))


def talks_in(workspace):
    """Counted apart from the people: one join would multiply the other."""
    is_held = Q(interviews__state="finished", interviews__trashed_at=None)
    counts = is_held & Q(interviews__qualifies=True)
    segments = (
        Segment.objects.in_workspace(workspace)
        .order_by()
        .annotate(
            talks=Count("interviews", filter=is_held),
            qualifying=Count("interviews", filter=counts),
        )
    )
    return {pk: rest for pk, *rest in segments.values_list("pk", "talks", "qualifying")}
