"""Quotes that speak to no question yet."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from interviews.models import Quote
from milestones.models import EvidenceLink
from milestones.reports.evidence import words_of


@dataclass(frozen=True)
class Waiting:
    quote: Quote
    who: str


def unlinked_quotes(workspace):
    """Newest first, oldest talk last."""
    linked = EvidenceLink.objects.standing().filter(quote=OuterRef("pk"))
    return (
        Quote.objects.in_workspace(workspace)
        .standing()
        .exclude(Exists(linked))
        .select_related("person__organisation", "interview__segment")
        .defer("interview__notes")
        .prefetch_related("interview__people__organisation")
        .order_by("-created_at", "pk")
    )


def waiting(quotes):
    """For readers who may see people: only they open the inbox."""
    return [Waiting(quote, words_of(quote, sees_people=True)[1]) for quote in quotes]


def links_of_quote(quote):
    """All links it ever had, the newest first."""
    links = EvidenceLink.objects.filter(quote=quote).select_related("question")
    return list(links.order_by("-linked_at", "pk"))
