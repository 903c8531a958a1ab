"""Writing down a talk: drafts as often as you like, finished once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core.activity import log
from interviews.actions.counting import requalify
from interviews.actions.quotes import find_quotes_again
from interviews.conflicts import OutdatedError
from interviews.models import Interview
from interviews.participants import people_for

if TYPE_CHECKING:
    from core.models import User, Workspace
    from discovery.models import Person


def save_draft(
    workspace: Workspace,
    pk: UUID,
    *,
    by: User,
    now: datetime,
    base_rev: int,
    people: Iterable[Person] | None = None,
    **fields: Any,
) -> Interview:
    """One row for one `pk`, however often it is sent. A finished talk stays finished.

    `base_rev` is the revision the writer started from, 0 for none. Raises
    OutdatedError when another text stands now; the same text again is no conflict.
    """
    for is_last_try in (False, True):
        try:
            with transaction.atomic():
                return saved(workspace, pk, by, now, base_rev, people, fields)
        except IntegrityError:  # a twin made the row a moment ago
            if is_last_try:
                raise
    raise AssertionError("either saved or raised")


def saved(workspace, pk, by, now, base_rev, people, fields):
    rows = Interview.objects.in_workspace(workspace).select_for_update()
    interview = rows.filter(pk=pk).first()
    if interview is None:
        return begin(workspace, pk, by, now, people, fields)
    changed = [name for name in fields if getattr(interview, name) != fields[name]]
    is_other_people = people is not None and set(people) != set(interview.people.all())
    if not changed and not is_other_people:
        return interview
    if interview.rev != base_rev:
        raise OutdatedError(interview)
    for name in changed:
        setattr(interview, name, fields[name])
    interview.rev += 1
    interview.saved_by, interview.saved_at = by, now
    interview.save(update_fields=[*changed, "rev", "saved_by", "saved_at"])
    if people is not None:
        interview.people.set(people)
    if "notes" in changed:
        find_quotes_again(interview)
    requalify(interview)
    return interview


def begin(workspace, pk, by, now, people, fields):
    interview = Interview(
        id=pk,
        workspace=workspace,
        created_by=by,
        saved_by=by,
        recorded_at=now,
        saved_at=now,
        **{"held_at": now} | fields,
    )
    interview.save(force_insert=True)
    interview.people.set(people or [])
    requalify(interview)
    return interview


@transaction.atomic
def keep_draft(
    workspace: Workspace,
    pk: UUID,
    *,
    by: User,
    now: datetime,
    base_rev: int,
    who: list[str],
    consent: str,
    **fields: Any,
) -> Interview:
    """A draft that somebody sent by hand: people nobody knew are written down too."""
    people = people_for(
        workspace, who, by=by, now=now, consent=consent, segment=fields.get("segment")
    )
    return save_draft(
        workspace, pk, by=by, now=now, base_rev=base_rev, people=people, **fields
    )


@transaction.atomic
def finish_interview(
    workspace: Workspace, pk: UUID, *, by: User, now: datetime, **facts: Any
) -> Interview:
    """The talk as it stands on the page. `facts` are those of `keep_draft`.

    Also saves changes to a finished talk. Raises OutdatedError like `save_draft`.
    """
    interview = keep_draft(workspace, pk, by=by, now=now, **facts)
    verb = "interview.edited"
    if interview.state == Interview.State.DRAFT:
        verb = "interview.finished"
        interview.state = Interview.State.FINISHED
        interview.save(update_fields=["state"])
        interview.interviewers.add(by)
    requalify(interview)
    log(workspace, by=by, verb=verb, subject=interview, now=now, rev=interview.rev)
    return interview
