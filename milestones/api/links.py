"""How a link looks, whatever it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from core.api import form_body
from interviews.models import QuoteLink
from milestones.forms.evidence import WithdrawForm
from milestones.models import EvidenceLink

TARGETS = ("problem", "need", "feature", "hypothesis", "rung")


class LinkOut(Schema):
    """`about`: question, problem, need, feature, hypothesis or rung; `target` its
    number or id."""

    id: UUID
    quote: UUID | None
    about: str
    target: str
    stance: str
    grade: int
    linked_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


WithdrawIn = form_body(WithdrawForm, name="LinkWithdrawIn")


def linked(link: EvidenceLink | QuoteLink) -> dict[str, Any]:
    names = ("id", "stance", "grade", "linked_at", "withdrawn_at", "withdrawn_reason")
    about, target = aim_of(link)
    return {name: getattr(link, name) for name in names} | {
        "quote": link.quote_id,
        "about": about,
        "target": str(target),
    }


def aim_of(link: EvidenceLink | QuoteLink) -> tuple[str, Any]:
    if isinstance(link, EvidenceLink):
        return "question", link.question.number
    if link.rung is not None:
        return "rung", link.rung
    ids = {name: getattr(link, f"{name}_id") for name in TARGETS if name != "rung"}
    return next((name, pk) for name, pk in ids.items() if pk is not None)
