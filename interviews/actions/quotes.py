"""Exact words, kept: taken from the notes, trimmed, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import take_up, write
from interviews.actions.counting import requalify
from interviews.actions.tags import set_tags, tag_quote
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
    is_paraphrase: bool = False,
    tags: Iterable[str] = (),
    near: int = 0,
) -> Quote:
    """`near`: about where in the notes, if the words stand there several times.

    Raises ValidationError when the words are not in the notes, or when the person
    agreed to nothing being kept. A paraphrase is ours and need not stand in the
    notes. The same words of the same place again are the quote that stands.
    """
    spot = placed(interview, text, near=near, is_paraphrase=is_paraphrase)
    speaker = speaker_of(interview, person)
    known = standing_twin(interview, spot)
    if known is not None:
        tag_quote(known, tags, by=by, now=now)
        return known
    quote = Quote.objects.create(
        workspace=interview.workspace,
        interview=interview,
        person=speaker,
        is_prompted=is_prompted,
        is_paraphrase=is_paraphrase,
        created_by=by,
        created_at=now,
        **spot,
    )
    tag_quote(quote, tags, by=by, now=now)
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
    tags: Iterable[str] | None = None,
    rev: int | None = None,
) -> Quote:
    """Words that did not change are left alone, also if the notes have lost them.
    Whether they are theirs or ours was settled when the quote was taken.

    `tags`: exactly those it shall bear; None leaves them. Raises OutdatedError when
    somebody saved in between.
    """
    current = take_up(quote, rev)
    refuse_withdrawn(current)
    talk = current.interview
    fields = {"person": speaker_of(talk, person), "is_prompted": is_prompted}
    if text != current.text:
        is_ours, near = current.is_paraphrase, current.start or 0
        fields |= placed(talk, text, near=near, is_paraphrase=is_ours)
    changed = write(current, fields)
    if tags is not None:
        set_tags(current, tags, by=by, now=now)
    if changed:
        about = {"verb": "quote.edited", "subject": current, "fields": changed}
        log(current.workspace, by=by, now=now, **about)
    return current


def refuse_withdrawn(quote: Quote) -> None:
    if quote.withdrawn_at is not None:
        why = _("This quote was withdrawn meanwhile. What you typed stays here.")
        raise ValidationError(why, code="withdrawn")


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


def placed(
    interview: Interview, text: str, *, near: int, is_paraphrase: bool
) -> dict[str, str | int | None]:
    """The words and where they stand; a paraphrase stands nowhere."""
    if is_paraphrase:
        nowhere = {"prefix": "", "suffix": "", "start": None, "end": None}
        return {"text": text, **nowhere}
    return place(anchor_in(interview, text, near=near))


def standing_twin(interview: Interview, spot: dict) -> Quote | None:
    same = {name: spot[name] for name in ("start", "end")}
    if spot["start"] is None:
        same = {"text": spot["text"], "is_paraphrase": True}
    return interview.quotes.standing().filter(**same).first()


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
    for quote in interview.quotes.filter(withdrawn_at=None):
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
