"""Lists as CSV files: the rows of the page, all of them, with its filter."""

from collections.abc import Iterable

from django.utils import timezone

from core.spreadsheets import write_csv
from discovery.exporter import ORGANISATIONS, organisation_row
from discovery.models import Organisation, Person
from interviews.models import Interview
from interviews.qualifying import BY_CODE
from interviews.reports.organisations import segments_of

CUSTOMERS = (
    "name",
    "organisation",
    "segment",
    "role",
    "email",
    "telephone",
    "source",
    "related_party",
    "consent",
    "consent_how",
    "consent_on",
    "pseudonym",
    "last_talk",
    "quotes",
    "next_step",
    "next_step_on",
    "recognition",
    "roles",
    "rungs",
)
TALKS = (
    "held_at",
    "people",
    "segment",
    "kind",
    "pitched",
    "state",
    "counts",
    "why_not",
    "quotes",
    "next_step",
    "notes",
    "by",
    "recorded_at",
)


def organisations_csv(rows: Iterable[Organisation]) -> str:
    """As the list shows them; what an import reads comes first."""
    heads = (*ORGANISATIONS, "segments", "talks", "quotes", "last_talk")
    return write_csv(heads, (counted_row(row) for row in rows))


def counted_row(row):
    return (
        *organisation_row(row),
        "; ".join(segments_of(row)),
        row.talk_count,
        row.quote_count,
        local(row.last_talk),
    )


def customers_csv(people: Iterable[Person]) -> str:
    return write_csv(CUSTOMERS, (customer_row(person) for person in people))


def customer_row(person):
    return (
        person.name,
        person.organisation.name if person.organisation else "",
        person.segment.name if person.segment else "",
        person.role_title,
        person.email,
        person.phone,
        person.source,
        yes(person.is_related_party),
        person.consent,
        person.consent_how,
        person.consent_on,
        person.pseudonym,
        local(person.last_talk),
        person.quote_count,
        person.next_step or person.step_agreed,
        person.next_step_on,
        person.recognition,
        " ".join(one.role for one in person.buying_roles.all()),
        person.rung_count,
    )


def talks_csv(talks: Iterable[Interview]) -> str:
    return write_csv(TALKS, (talk_row(talk) for talk in talks))


def talk_row(talk):
    people = list(talk.people.all())
    # consent withdrawn hides what was noted, here as on the pages
    is_hidden = any(person.refuses for person in people)
    return (
        local(talk.held_at),
        "; ".join(str(person) for person in people),
        talk.segment.name if talk.segment else "",
        talk.kind,
        talk.pitched,
        talk.state,
        yes(talk.qualifies),
        " ".join(BY_CODE[code].sentence for code in talk.reasons_against),
        talk.quote_count,
        "" if is_hidden else talk.next_step,
        "" if is_hidden else talk.notes,
        str(talk.created_by),
        local(talk.recorded_at),
    )


def yes(value: bool) -> str:  # noqa: FBT001 (one value, made into a word)
    return "yes" if value else "no"


def local(moment, zone=None):
    """ISO with its offset, in the venture's zone: the current one, unless it is given."""
    if not moment:
        return ""
    return timezone.localtime(moment, zone).isoformat(timespec="minutes")
