"""Evidence as a reader may see it.

Without the right to see people a reader gets pseudonyms, and somebody's words only
where they agreed to be quoted. Documents and proofs may name people: they stay back.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from core.numbers import show
from core.weeks import Cadence, Period, label
from discovery.models import Organisation, Person
from interviews.aliases import aliases
from interviews.masking import mask
from milestones.models import EvidenceLink
from milestones.support_words import why_not


@dataclass(frozen=True)
class Card:
    """One link. `words` is None where they are withheld; `interview` where hidden."""

    key: object
    stance: str
    grade: int
    grade_name: str
    words: str | None
    is_quote: bool
    who: str
    on: date
    remark: str
    is_unanswered: bool
    answer: str
    interview: object
    proof_url: str


def cards_of(links, number, *, sees_people):
    """Cards of these facts, in their order. Two queries, however many there
    are; two more for readers without names."""
    rows = (
        EvidenceLink.objects.filter(pk__in=[link.piece.key for link in links])
        .select_related("quote__person__organisation", "actual__metric")
        .select_related("quote__interview")
        .defer("quote__interview__notes")
        .prefetch_related("quote__interview__people__organisation")
    )
    found = {row.pk: row for row in rows}
    cards = [
        card_of(found[link.piece.key], link.piece, number, sees_people=sees_people)
        for link in links
    ]
    if sees_people or not found:
        return tuple(cards)
    names = aliases(next(iter(found.values())).workspace_id)
    return tuple(masked(card, names) for card in cards)


def masked(card, names):
    """What was said, and what we answered, may name others."""
    words = card.words and mask(card.words, names)
    return replace(card, words=words, answer=mask(card.answer, names))


def card_of(row, piece, number, *, sees_people):
    words, who = source_of(row, sees_people=sees_people)
    may_cap = piece.strength >= 3 and row.stance == "contradicts"
    return Card(
        key=piece.key,
        stance=row.stance,
        grade=row.grade,
        grade_name=row.get_grade_display(),
        words=words,
        is_quote=row.quote_id is not None,
        who=who,
        on=row.occurred_on,
        remark=why_not(piece, number),
        is_unanswered=may_cap and row.answered_at is None,
        answer=row.answer,
        interview=row.quote.interview if row.quote_id and sees_people else None,
        proof_url=row.proof_url if sees_people else "",
    )


def source_of(row, *, sees_people):
    """The words and whose they are."""
    if row.quote_id is not None:
        return words_of(row.quote, sees_people=sees_people)
    if row.actual_id is not None:
        return number_of(row.actual), _("number")
    return (row.document if sees_people else None), _("document")


def words_of(quote, *, sees_people):
    """A quote's words, or None where they stay back, and who said them."""
    people = [quote.person] if quote.person_id else list(quote.interview.people.all())
    who = ", ".join(name_of(person, sees_people=sees_people) for person in people)
    is_open = bool(people) and all(person.may_be_quoted for person in people)
    return (
        quote.text if sees_people or is_open else None,
        who or _("somebody not named"),
    )


def name_of(person: Person, *, sees_people):
    if sees_people:
        return str(person)
    organisation: Organisation | None = person.organisation
    if organisation is None:
        return person.pseudonym
    return f"{person.pseudonym}, {organisation.pseudonym}"


def number_of(actual):
    metric = actual.metric
    period = Period(Cadence(metric.cadence), actual.period_start, actual.period_end)
    return f"{metric.name}, {label(period)}: {show(actual.value, metric.unit)}"
