"""Evidence as a reader may see it.

Without the right to see people a reader gets pseudonyms, and somebody's words only
where they agreed to be quoted. Documents and proofs may name people: they stay back.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    CharField,
    OuterRef,
    Prefetch,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import show
from core.weeks import Cadence, Period, label
from discovery.models import Organisation, Person
from interviews.reports.surveys import Answers, answers_beside, answers_of
from interviews.said import why_withheld
from milestones.models import EvidenceLink, Reconfirmation
from milestones.support_words import why_not


@dataclass(frozen=True)
class Card:
    """One link. `words` is None where they are withheld, for the reason in `withheld`;
    `interview` where hidden.

    `survey` is the id of the survey it is the result of. `confirmed_on`: the day it was
    last looked at again and found to hold, with who says so and how they know.
    """

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
    quote: object = None
    survey: object = None
    confirmed_on: date | None = None
    confirmed_by: str = ""
    confirmed_how: str = ""
    withheld: str = ""


def cards_of(links, number, *, sees_people):
    """Cards of these facts, in their order. One query, however many there are; another
    where quotes name nobody."""
    rows = list(
        EvidenceLink.objects.filter(pk__in=[link.piece.key for link in links])
        .select_related("quote__person__organisation", "actual__metric", "survey")
        .select_related("quote__interview")
        .defer("quote__interview__notes")
        .annotate(**last_confirmed(), **answers_beside())
    )
    known = {
        link.piece.talk: link.present for link in links if link.present is not None
    }
    talks = [
        row.quote.interview
        for row in rows
        if row.quote_id
        and not row.quote.person_id
        and row.quote.interview_id not in known
    ]
    people = Person.objects.select_related("organisation")
    prefetch_related_objects(talks, Prefetch("people", people))
    found = {row.pk: row for row in rows}
    return tuple(
        card_of(
            found[link.piece.key],
            link.piece,
            number,
            sees_people=sees_people,
            present=known.get(link.piece.talk),
        )
        for link in links
    )


def card_of(row, piece, number, *, sees_people, present=None):
    answers = Answers(row.answered or 0, row.counting or 0)
    words, who = source_of(
        row, sees_people=sees_people, answers=answers, present=present
    )
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
        quote=row.quote_id,
        survey=row.survey_id,
        confirmed_on=row.confirmed_on,
        confirmed_by=row.confirmed_by or "",
        confirmed_how=row.confirmed_how or "",
        withheld="" if words is not None else withheld_why(row, present),
    )


def withheld_why(row, present):
    if row.quote_id is None:
        return _("Words withheld: a document may name people.")
    return why_withheld(speakers_of(row.quote, present))


def last_confirmed():
    """Annotations: the reconfirmation that makes a link freshest, if there is one."""
    rows = Reconfirmation.objects.filter(link=OuterRef("pk")).order_by("-on", "-pk")
    name = Coalesce(
        NullIf("by__name", Value("")), "by__email", output_field=CharField()
    )
    return {
        "confirmed_on": Subquery(rows.values("on")[:1]),
        "confirmed_by": Subquery(rows.values(by_name=name)[:1]),
        "confirmed_how": Subquery(rows.values("how")[:1]),
    }


def source_of(row, *, sees_people, answers=None, present=None):
    """The words and whose they are. `answers`: of the survey, where they are counted."""
    if row.quote_id is not None:
        return words_of(row.quote, sees_people=sees_people, present=present)
    if row.survey_id is not None:
        counted = answers or answers_of([row.survey_id]).get(row.survey_id)
        return survey_in_words(row.survey, counted), _("survey")
    if row.actual_id is not None:
        return number_of(row.actual), _("number")
    return (row.document if sees_people else None), _("document")


def words_of(quote, *, sees_people, present=None):
    """A quote's words, or None where they stay back, and who said them."""
    people = speakers_of(quote, present)
    who = ", ".join(name_of(person, sees_people=sees_people) for person in people)
    is_open = bool(people) and all(person.may_be_quoted for person in people)
    return (
        quote.text if sees_people or is_open else None,
        who or _("somebody not named"),
    )


def speakers_of(quote, present=None):
    """Who said it, or may have: all who were there, where nobody is named."""
    if quote.person_id:
        return [quote.person]
    return list(quote.interview.people.all() if present is None else present)


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


def survey_in_words(survey, answers):
    """Its name, how many answered, and how many of those count."""
    n, counting = (answers.n, answers.counting) if answers else (0, 0)
    count = ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}
    if counting < n:
        count += _(", %(counting)s of them count") % {"counting": counting}
    return f"{survey.name}: {count}"


def segment_behind(link):
    """Whose questions 1 to 8 a link may move to: those of the segment it came from."""
    if link.quote_id is not None and link.quote.interview.segment_id:
        return link.quote.interview.segment_id
    if link.survey_id is not None:
        return link.survey.segment_id
    return link.question.segment_id
