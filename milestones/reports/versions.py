"""Versions of the business model: what each changed, and what the next would ask again."""

from dataclasses import dataclass
from datetime import date, datetime

from discovery.models import ModelVersion, Segment
from milestones.course import affected
from milestones.eleven import Template, template

CHANGES = dict(ModelVersion.Change.choices)


@dataclass(frozen=True)
class AskedAgain:
    """A question and why; `segments`: for whom, empty for the whole model."""

    question: Template
    why: str
    segments: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """`codes` are the values of what it changed, `changes` their words. `segments`:
    those of its time, the dropped ones too when it has
    ended."""

    key: object
    number: int
    started_on: date
    started_at: datetime | None
    by: str
    codes: tuple[str, ...]
    changes: tuple[str, ...]
    what_changed: str
    numbers: tuple[int, ...]
    is_current: bool
    segments: tuple[Segment, ...]


def versions_of(workspace) -> tuple[Version, ...]:
    """Newest first."""
    rows = ModelVersion.objects.in_workspace(workspace).select_related("started_by")
    rows = list(rows.order_by("-number"))
    segments = Segment.objects.in_workspace(workspace).select_related("model_version")
    segments = list(segments.order_by("created_at", "pk"))
    return tuple(
        Version(
            key=row.pk,
            number=row.number,
            started_on=row.started_on,
            started_at=row.started_at,
            by=str(row.started_by or ""),
            codes=tuple(row.changes),
            changes=tuple(CHANGES[one] for one in row.changes),
            what_changed=row.what_changed,
            numbers=tuple(affected(row.changes)),
            is_current=row == rows[0],
            segments=segments_in(row, segments, is_current=row == rows[0]),
        )
        for row in rows
    )


def segments_in(version, segments, *, is_current):
    return tuple(
        segment
        for segment in segments
        if segment.model_version.number <= version.number
        and not (is_current and segment.status == Segment.Status.DROPPED)
    )


def asked_again(changes, segments) -> tuple[AskedAgain, ...]:
    """What a version with these changes would ask again of the segments that go on."""
    names = tuple(segment.name for segment in segments)
    found = (
        AskedAgain(template(n), why, names if template(n).per_segment else ())
        for n, why in affected(changes).items()
    )
    return tuple(one for one in found if one.segments or not one.question.per_segment)


def stays(changes) -> tuple[int, ...]:
    """The numbers that live on as they are."""
    return tuple(sorted(set(range(1, 12)) - set(affected(changes))))
