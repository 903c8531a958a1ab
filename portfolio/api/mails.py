"""Which mails the token's member gets, and how often the digest, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import create_model

from core import clock
from core.actions.mail_choices import choose_mails
from core.api import FormBody, PolicyRouter, bound, cleaned, form_body, sent, token_may
from core.models import MailChoice, Permission
from portfolio.actions.digest_readers import change_digest_settings, set_rhythm
from portfolio.actions.digests import member_row
from portfolio.digest.gathered import preview
from portfolio.digest.shape import to_json
from portfolio.forms.digests import RhythmForm, WordsForm
from portfolio.forms.mails import MailsForm
from portfolio.mail_topics import WITHOUT, MailRules, mail_rules
from portfolio.models import DigestSubscription
from portfolio.reports.digests import is_wordless

router = PolicyRouter(tags=["mails"])
Topic = MailChoice.Topic
Rhythms = DigestSubscription.Rhythms


class DigestOut(Schema):
    """`next_due` is null while none comes. `is_wordless`: mails of this venture carry
    no words of ours or of customers."""

    rhythm: Rhythms
    next_due: datetime | None
    is_wordless: bool


class DigestItemOut(Schema):
    """`level` 0 to 5, of a question. `path` within the venture's pages."""

    text: str
    detail: str
    path: str
    level: int | None


class DigestSectionOut(Schema):
    key: str
    title: str
    items: list[DigestItemOut]


class DigestContentOut(Schema):
    """What the mail would say, word by word. `stops` stand above everything."""

    subject: str
    preheader: str
    title: str
    stops: list[DigestItemOut]
    sections: list[DigestSectionOut]
    closing: str
    attribution: str


class MailTopicOut(Schema):
    """`without`: what it means to go without."""

    topic: Topic
    name: str
    is_wanted: bool
    without: str


class MailsOut(Schema):
    """Topics that are offered to this member. `is_unheard`: nobody who decides gets
    mails about stops."""

    topics: list[MailTopicOut]
    is_unheard: bool


RhythmIn: Any = form_body(RhythmForm)
WordsIn: Any = form_body(WordsForm, name="DigestWordsIn")
MailsIn: Any = create_model(
    "MailsIn",
    __base__=FormBody,
    **dict.fromkeys(Topic.values, (bool | None, None)),  # type: ignore[arg-type]
)


# --- the digest ------------------------------------------------------------------
@router.get("/digest", response=DigestOut, auth=token_may(Permission.VIEW))
def digest_get(request: HttpRequest):
    """How often this token's member gets it, and when the next one is due."""
    return digest_of(request)


@router.get(
    "/digest/preview", response=DigestContentOut, auth=token_may(Permission.VIEW)
)
def digest_preview(request: HttpRequest):
    """What this token's member would be told now. Nothing is sent or kept."""
    now = clock.now()
    row = member_row(request.membership, now=now)
    return to_json(preview(request.workspace, row, now))


@router.put("/digest", response=DigestOut, auth=token_may(Permission.VIEW))
def digest_put(request: HttpRequest, body: RhythmIn):
    """Another rhythm than `off` takes back that they unsubscribed by a mail."""
    now = clock.now()
    shown = {"rhythm": member_row(request.membership, now=now).shown_rhythm}
    rhythm = cleaned(bound(RhythmForm, sent(body), initial=shown))["rhythm"]
    set_rhythm(request.workspace, by=request.user, now=now, rhythm=rhythm)
    return digest_of(request)


@router.put("/digest/words", response=DigestOut, auth=token_may(Permission.MANAGE))
def digest_words(request: HttpRequest, body: WordsIn):
    """Whether digests of the venture carry words of ours and of customers."""
    workspace = request.workspace
    shown = {"is_wordless": is_wordless(workspace)}
    said = cleaned(bound(WordsForm, sent(body), initial=shown))
    change_digest_settings(workspace, by=request.user, now=clock.now(), **said)
    return digest_of(request)


def digest_of(request: HttpRequest) -> dict[str, Any]:
    row = member_row(request.membership, now=clock.now())
    return {
        "rhythm": row.shown_rhythm,
        "next_due": row.next_due,
        "is_wordless": is_wordless(request.workspace),
    }


# --- mails of other kinds --------------------------------------------------------
@router.get("/mails", response=MailsOut, auth=token_may(Permission.VIEW))
def mail_topics(request: HttpRequest):
    """Which kinds of mail this token's member may get, and wants."""
    return offered(mail_rules(request.workspace, request.membership))


@router.put("/mails", response=MailsOut, auth=token_may(Permission.VIEW))
def mail_choices(request: HttpRequest, body: MailsIn):
    """A topic that is left out stays as it is. One that is not offered is refused."""
    workspace, membership = request.workspace, request.membership
    rules = mail_rules(workspace, membership)
    form = bound(MailsForm, sent(body), rules=rules)
    cleaned(form)
    told = {"by": request.user, "now": clock.now()}
    choose_mails(workspace, wanted=form.wanted, offered=rules.offered, **told)
    return offered(mail_rules(workspace, membership))


def offered(rules: MailRules) -> dict[str, Any]:
    topics = [
        {
            "topic": topic,
            "name": str(Topic(topic).label),
            "is_wanted": topic not in rules.off,
            "without": str(WITHOUT[Topic(topic)]),
        }
        for topic in rules.offered
    ]
    return {"topics": topics, "is_unheard": rules.unheard}
