"""Writing down a talk: drafts as often as you like, finished once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core.activity import log, written
from discovery.actions import edit_person
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
    interviewers: Iterable[User] | None = None,
    **fields: Any,
) -> Interview:
    """One row for one `pk`, however often it is sent. A finished talk stays finished.

    `base_rev` is the revision the writer started from, 0 for none. Raises
    OutdatedError when another text stands now; the same text again is no conflict.
    `who_typed` keeps names that are nobody yet; drafts make no people.
    """
    sets = {"people": people, "interviewers": interviewers}
    named = {name: list(rows) for name, rows in sets.items() if rows is not None}
    for is_last_try in (False, True):
        try:
            with transaction.atomic():
                return saved(workspace, pk, by, now, base_rev, named, fields)
        except IntegrityError:  # a twin made the row a moment ago
            if is_last_try:
                raise
    raise AssertionError("either saved or raised")


def saved(workspace, pk, by, now, base_rev, named, fields):
    rows = Interview.objects.in_workspace(workspace).select_for_update()
    interview = rows.filter(pk=pk).first()
    if interview is None:
        return begin(workspace, pk, by, now, named, fields)
    changed = [name for name in fields if getattr(interview, name) != fields[name]]
    others = {
        name: rows
        for name, rows in named.items()
        if set(rows) != set(getattr(interview, name).all())
    }
    if not changed and not others:
        return interview
    if interview.rev != base_rev:
        raise OutdatedError(interview)
    for name in changed:
        setattr(interview, name, fields[name])
    interview.rev += 1
    interview.saved_by, interview.saved_at = by, now
    interview.save(update_fields=[*changed, "rev", "saved_by", "saved_at"])
    name_all(interview, others)
    if "notes" in changed:
        find_quotes_again(interview)
    requalify(interview)
    written(Interview, [interview.pk])
    return interview


def begin(workspace, pk, by, now, named, fields):
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
    name_all(interview, named)
    requalify(interview)
    written(Interview, [interview.pk])
    return interview


def name_all(interview, named):
    for name, rows in named.items():
        getattr(interview, name).set(rows)


@transaction.atomic
def finish_interview(
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
    """The talk as it stands on the page; people nobody knew are written down.

    Also saves changes to a finished talk. Raises OutdatedError like `save_draft`.
    """
    people = people_for(
        workspace, who, by=by, now=now, consent=consent, segment=fields.get("segment")
    )
    fields |= {"people": people, "who_typed": []}
    carried = Interview.objects.finished().filter(pk=pk, workspace=workspace)
    known_step = carried.values_list("next_step", flat=True).first() or ""
    interview = save_draft(workspace, pk, by=by, now=now, base_rev=base_rev, **fields)
    verb = "interview.edited"
    if interview.state == Interview.State.DRAFT:
        verb = "interview.finished"
        interview.state = Interview.State.FINISHED
        interview.save(update_fields=["state"])
    if not interview.interviewers.exists():
        interview.interviewers.add(by)
    if interview.next_step not in ("", known_step):
        carry_next_step(interview, people, by=by, now=now)
    requalify(interview)
    log(workspace, by=by, verb=verb, subject=interview, now=now, rev=interview.rev)
    return interview


def carry_next_step(interview, people, *, by, now):
    """What they agreed to becomes the next step with them, unless theirs is newer:
    set by hand, or agreed in a later talk.
    """
    for person in people:
        earlier = person.interviews.kept().filter(held_at__lt=interview.held_at)
        is_from_earlier = earlier.filter(next_step=person.next_step).exists()
        later = person.interviews.kept().filter(held_at__gt=interview.held_at)
        is_overtaken = later.exclude(next_step="").exists()
        if (not person.next_step or is_from_earlier) and not is_overtaken:
            step = {"next_step": interview.next_step, "next_step_on": None}
            edit_person(person, by=by, now=now, **step)
