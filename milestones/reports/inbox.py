"""Quotes that speak to nothing yet, and what a quote is linked to."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from interviews.models import Quote, QuoteLink
from interviews.reports.rungs import WORDS
from milestones.models import EvidenceLink
from milestones.reports.challenges import has_ended
from milestones.reports.evidence import words_of


@dataclass(frozen=True)
class Waiting:
    quote: Quote
    who: str


def unlinked_quotes(workspace):
    """Newest first, oldest talk last."""
    linked = EvidenceLink.objects.standing().filter(quote=OuterRef("pk"))
    elsewhere = QuoteLink.objects.standing().filter(quote=OuterRef("pk"))
    return (
        Quote.objects.in_workspace(workspace)
        .standing()
        .filter(interview__trashed_at=None)
        .exclude(Exists(linked))
        .exclude(Exists(elsewhere))
        .select_related("person__organisation", "interview__segment")
        .defer("interview__notes")
        .prefetch_related("interview__people__organisation")
        .order_by("-created_at", "pk")
    )


def waiting(quotes):
    """For readers who may see people: only they open the inbox."""
    return [Waiting(quote, words_of(quote, sees_people=True)[1]) for quote in quotes]


@dataclass(frozen=True)
class Linked:
    """One standing link in words. `number` of its question, or None. `ended`: the number
    of the version of the model that asked it, when a later one asks it again: nothing is
    withdrawn from it any more."""

    link: EvidenceLink | QuoteLink
    number: int | None
    about: str
    ended: int | None = None

    @property
    def words(self):
        about = _("Question %(n)s") % {"n": self.number} if self.number else self.about
        stance, grade = self.link.get_stance_display(), self.link.get_grade_display()
        return f"{about}: {stance} · {grade}"


@dataclass(frozen=True)
class LinksOfQuote:
    """`last`: the newest it ever had, withdrawn or not."""

    standing: tuple[Linked, ...]
    last: EvidenceLink | QuoteLink | None


def links_of_quote(quote):
    """Two queries. Questions first, then the rest, the newest first."""
    links = links_of([quote])
    standing = [linked(link) for link in links if link.withdrawn_at is None]
    last = max(links, key=lambda link: link.linked_at, default=None)
    return LinksOfQuote(tuple(standing), last)


def links_of(quotes):
    to_questions = EvidenceLink.objects.filter(quote__in=quotes)
    elsewhere = QuoteLink.objects.filter(quote__in=quotes)
    return [
        *to_questions.annotate(has_ended=has_ended()).select_related(
            "question__model_version", "proof_file"
        ),
        *elsewhere.select_related(
            "problem", "need", "feature", "hypothesis", "proof_file"
        ),
    ]


def words_of_links(quotes):
    """Quote id → what it is linked to, in words. For settings.WORDS_OF_LINKS."""
    words = defaultdict(list)
    for link in links_of(quotes):
        if link.withdrawn_at is None:
            words[link.quote_id].append(linked(link).words)
    return words


def linked(link):
    if isinstance(link, EvidenceLink):
        ended = link.question.model_version.number if link.has_ended else None
        return Linked(link, link.question.number, "", ended)
    row = link.problem or link.need or link.feature or link.hypothesis
    return Linked(link, None, str(row or WORDS[link.rung]))
