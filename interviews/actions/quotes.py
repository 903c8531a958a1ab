"""Exact words, kept: taken from the notes, trimmed, withdrawn with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from interviews.actions.counting import requalify
from interviews.anchoring import Anchor, find, find_in, flat
from interviews.models import Interview, Quote

if TYPE_CHECKING:
    from core.models import User
    from discovery.models import Person


@transaction.atomic
def take_quote(
    interview: Interview,
    *,
    by: User,
    now: datetime,
    text: str,
    person: Person | None = None,
    is_prompted: bool = False,
    near: int = 0,
) -> Quote:
    """`near`: about where in the notes, if the words stand there several times.

    Raises ValidationError when the words are not in the notes, or when the person
    agreed to nothing being kept. The same words of the same place again are the
    quote that stands.
    """
    anchor = anchor_in(interview, text, near=near)
    speaker = speaker_of(interview, person)
    same = interview.quotes.standing().filter(start=anchor.start, end=anchor.end)
    known = same.first()
    if known is not None:
        return known
    quote = Quote.objects.create(
        workspace=interview.workspace,
        interview=interview,
        person=speaker,
        is_prompted=is_prompted,
        created_by=by,
        created_at=now,
        **place(anchor),
    )
    requalify(interview)
    log(interview.workspace, by=by, verb="quote.taken", subject=quote, now=now)
    return quote


@transaction.atomic
def edit_quote(
    quote: Quote,
    *,
    by: User,
    now: datetime,
    text: str,
    person: Person | None = None,
    is_prompted: bool = False,
) -> Quote:
    """Words that did not change are left alone, also if the notes have lost them."""
    if text != quote.text:
        anchor = anchor_in(quote.interview, text, near=quote.start or 0)
        put(quote, anchor)
    quote.person = speaker_of(quote.interview, person)
    quote.is_prompted = is_prompted
    quote.save(update_fields=[*PLACE, "person", "is_prompted"])
    log(quote.workspace, by=by, verb="quote.edited", subject=quote, now=now)
    return quote


@transaction.atomic
def withdraw_quote(quote: Quote, *, by: User, now: datetime, reason: str) -> Quote:
    """It stays on record, and counts no longer."""
    if quote.withdrawn_at is not None:
        return quote
    quote.withdrawn_at, quote.withdrawn_reason = now, reason
    quote.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    requalify(quote.interview)
    log(quote.workspace, by=by, verb="quote.withdrawn", subject=quote, now=now)
    return quote


# --- where the words stand -------------------------------------------------------
PLACE = ("text", "prefix", "suffix", "start", "end")


def place(anchor: Anchor) -> dict[str, str | int]:
    return {name: getattr(anchor, name) for name in PLACE}


def put(quote: Quote, anchor: Anchor) -> None:
    for name, value in place(anchor).items():
        setattr(quote, name, value)


def anchor_in(interview: Interview, text: str, *, near: int) -> Anchor:
    anchor = find(interview.notes, text, near=near)
    if anchor is None:
        raise ValidationError(
            {"text": _("These are not words of the notes. Copy them exactly.")},
            code="not_in_notes",
        )
    return anchor


def speaker_of(interview: Interview, person: Person | None) -> Person | None:
    """With one participant it is them. No quote of somebody who allowed none."""
    people = list(interview.people.all())
    speaker = person or (people[0] if len(people) == 1 else None)
    if speaker is not None and speaker.consent == speaker.Consent.NONE:
        raise ValidationError(
            _("%(name)s did not agree that anything is kept, so no quote can be.")
            % {"name": speaker.name},
            code="no_consent",
        )
    return speaker


def find_quotes_again(interview: Interview) -> None:
    """After the notes changed. Words that are gone keep everything but their place."""
    view = flat(interview.notes)
    for quote in interview.quotes.standing():
        anchor = find_in(
            view,
            quote.text,
            prefix=quote.prefix,
            suffix=quote.suffix,
            near=quote.start or 0,
        )
        if anchor is not None:
            put(quote, anchor)
        else:
            quote.start = quote.end = None
        quote.save(update_fields=PLACE)
