"""One talk, to be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from discovery.models import Person
from interviews.models import Interview, Quote
from interviews.qualifying import BY_CODE, Reason
from interviews.reading import Paragraph, Span, paragraphs


@dataclass(frozen=True)
class Reading:
    """`missing`: what keeps the talk from counting; empty when it counts. Each of
    `quotes` says in `linked_to` what it is linked to.
    """

    interview: Interview
    people: list[Person]
    paragraphs: tuple[Paragraph, ...]
    quotes: list[Quote]
    withdrawn: list[Quote]
    missing: tuple[Reason, ...]

    @property
    def title(self) -> str:
        return "; ".join(str(person) for person in self.people)

    @property
    def refusing(self) -> list[Person]:
        """Those who did not agree that notes are kept."""
        return [person for person in self.people if person.refuses]


def reading(interview: Interview) -> Reading:
    quotes = list(quotes_of(interview))
    standing = [quote for quote in quotes if quote.withdrawn_at is None]
    say_links(standing)
    spans = [
        Span(str(quote.pk), quote.start, quote.end)
        for quote in standing
        if quote.start is not None
    ]
    return Reading(
        interview=interview,
        people=list(interview.people.select_related("organisation")),
        paragraphs=paragraphs(interview.notes, spans),
        quotes=sorted(standing, key=lambda q: (q.start is None, q.start or 0)),
        withdrawn=[quote for quote in quotes if quote.withdrawn_at is not None],
        missing=reasons_against(interview),
    )


def quotes_of(interview: Interview):
    quotes = interview.quotes.select_related("person__organisation")
    return quotes.prefetch_related("tags__tag")


def say_links(quotes: list[Quote]) -> None:
    words = import_string(settings.WORDS_OF_LINKS)(quotes)
    for quote in quotes:
        quote.linked_to = words.get(quote.pk, ())


def reasons_against(interview: Interview) -> tuple[Reason, ...]:
    return tuple(BY_CODE[code] for code in interview.reasons_against)
