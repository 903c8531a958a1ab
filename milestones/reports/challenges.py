"""What was asked about scores, and what became of it, as a reader may know it.

Whoever owes a score of the open round sees it as it stood when that round opened; see
milestones/challenging.py.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext as _

from milestones.challenging import caps_from, known_end
from milestones.eleven import template
from milestones.models import Challenge, Question
from milestones.reports.owing import owed_since


@dataclass(frozen=True)
class Asked:
    """One of them. `claimed` is None for a talk between founders, and for whoever still
    owes a score. `caps_on`: the day from which it holds the support down, None for what
    never does, or was closed. `days` since it was asked. `has_ended`: a later version
    of the model asks its question again, so nobody answers it any more."""

    key: Hashable
    number: int
    wording: str
    question_id: Hashable
    segment_id: Hashable | None
    segment: str
    kind: str
    text: str
    by_name: str
    is_own: bool
    claimed: int | None
    opened_at: datetime
    days: int
    caps_on: date | None
    is_capping: bool
    answer: str
    outcome: str
    closed_by: str
    closed_at: datetime | None
    has_ended: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_waiting(self) -> bool:
        return self.is_open and not self.has_ended

    @property
    def is_spread(self) -> bool:
        return self.kind == Challenge.Kind.SPREAD

    @property
    def ending(self) -> str:
        """How it ended, in words; empty while it is open."""
        return str(Challenge.Outcome(self.outcome).label) if self.outcome else ""


@dataclass(frozen=True)
class Asking:
    """Those of one question: open ones first, then what was closed, newest first."""

    open: tuple[Asked, ...]
    closed: tuple[Asked, ...]

    @property
    def own(self) -> Asked | None:
        """The one this reader has open."""
        return next((one for one in self.open if one.is_own), None)

    @property
    def spread(self) -> Asked | None:
        return next((one for one in self.open if one.is_spread), None)

    @property
    def is_capping(self) -> bool:
        return any(one.is_capping for one in self.open)


# --- of one page -----------------------------------------------------------------
def challenges_of(workspace, question_ids, *, viewer, now, owed=None):
    """`{id of the question: Asking}` for all of those ids, as this reader may know it.

    One query, and two for what the reader owes unless it is given. `viewer` is the key
    of their account.
    """
    if owed is None:
        owed = owed_since(workspace, viewer, now, question_ids)
    rows = rows_of(workspace).filter(question__in=question_ids)
    found = shown(rows.filter(known(owed)), workspace, owed, viewer, now)
    return {pk: sorted_out(pk, found) for pk in question_ids}


def sorted_out(question_id, found):
    here = [one for one in found if one.question_id == question_id]
    closed = [one for one in here if not one.is_open]
    closed.sort(key=lambda one: one.closed_at, reverse=True)
    return Asking(tuple(one for one in here if one.is_open), tuple(closed))


# --- of the whole venture --------------------------------------------------------
STATES = ("open", *Challenge.Outcome.values)


def challenge_rows(workspace, *, viewer, now, number=None, state=""):
    """Rows for a paginator: open ones first, the oldest of them on top; then the closed,
    the newest of them on top; then what its version of the model left open. With what
    the reader owes, for `shown`."""
    owed = owed_since(workspace, viewer, now)
    rows = rows_of(workspace).filter(known(owed)).annotate(is_open=still_open(owed))
    if number is not None:
        rows = rows.filter(question__number=number)
    if state == "open":
        rows = rows.filter(is_open=True)
    elif state:
        rows = rows.filter(is_open=False, outcome=state)
    waiting = Case(When(is_open=True, then=F("opened_at")))
    newest = F("closed_at").desc(nulls_last=True)
    return rows.order_by("-is_open", waiting.asc(), newest, "pk"), owed


def rows_of(workspace):
    rows = Challenge.objects.in_workspace(workspace).annotate(has_ended=has_ended())
    return rows.select_related("question__segment", "by", "closed_by")


def has_ended():
    """Whether a later version of the model asks the question of a row again."""
    again = Question.objects.filter(
        Q(segment=OuterRef("question__segment")) | Q(segment=None),
        workspace=OuterRef("workspace"),
        number=OuterRef("question__number"),
        model_version__number__gt=OuterRef("question__model_version__number"),
    )
    return Exists(again)


def known(owed):
    """Condition on rows: nothing asked since the round opened in which one owes, and no
    talk between founders, whose being there says how they score."""
    hidden = Q(pk__in=[])
    for question, since in owed.items():
        is_telling = Q(opened_at__gte=since) | Q(kind=Challenge.Kind.SPREAD)
        hidden |= Q(question=question) & is_telling
    return ~hidden


def still_open(owed):
    """Whether a row is open, as far as the reader may know."""
    is_open = Q(closed_at__isnull=True, has_ended=False)
    for question, since in owed.items():
        is_open |= Q(question=question, closed_at__gte=since)
    open_when = When(is_open, then=Value(value=True))
    return Case(open_when, default=Value(value=False), output_field=BooleanField())


# --- one by one ------------------------------------------------------------------
def challenge_as_known(workspace, pk, *, viewer, now):
    """One of them, or None when there is none this reader may know of."""
    found = rows_of(workspace).filter(pk=pk)
    owed = owed_since(workspace, viewer, now, found.values("question"))
    row = found.filter(known(owed)).first()
    return row and (row, asked(row, workspace, owed, viewer, now))


def shown(rows, workspace, owed, viewer, now):
    return [asked(row, workspace, owed, viewer, now) for row in rows]


def asked(row, workspace, owed, viewer, now):
    closed_at = known_end(row.closed_at, owed.get(row.question_id))
    is_open = closed_at is None
    is_spread = row.kind == Challenge.Kind.SPREAD
    today, opened_on = workspace.today(now), workspace.today(row.opened_at)
    caps = is_open and not is_spread and not row.has_ended
    caps_on = caps_from(opened_on) if caps else None
    return Asked(
        key=row.pk,
        number=row.question.number,
        wording=template(row.question.number).wording,
        question_id=row.question_id,
        segment_id=row.question.segment_id,
        segment=row.question.segment.name if row.question.segment else "",
        kind=row.kind,
        text=row.text,
        by_name=str(row.by) if row.by else _("Fieldproof"),
        is_own=str(row.by_id) == viewer,
        claimed=None if row.question_id in owed else row.claimed,
        opened_at=row.opened_at,
        days=(today - opened_on).days,
        caps_on=caps_on,
        is_capping=caps_on is not None and today >= caps_on,
        answer="" if is_open else row.answer,
        outcome="" if is_open else row.outcome,
        closed_by="" if is_open or row.closed_by is None else str(row.closed_by),
        closed_at=closed_at,
        has_ended=row.has_ended,
    )
