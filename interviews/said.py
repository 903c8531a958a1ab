"""Whose words a quote holds, as a reader may see them.

Without the right to see people a reader gets pseudonyms, and the words only where
everybody who may have spoken them agreed to be quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from discovery.models import Person
from interviews.models import Quote


def speakers_of(quote: Quote) -> list[Person]:
    """Who said it; where nobody is named, everybody who was there."""
    return [quote.person] if quote.person else list(quote.interview.people.all())


def words_of(quote: Quote, *, sees_people: bool) -> str | None:
    """None where they stay back."""
    people = speakers_of(quote)
    is_open = bool(people) and all(person.may_be_quoted for person in people)
    return quote.text if sees_people or is_open else None


def why_withheld(people: Sequence[Person]) -> str:
    """Why the words of these stay back. In the order in which one would ask."""
    if not people:
        return _("Words withheld: nobody is named who could agree to being quoted.")
    if any(person.erased_at for person in people):
        return _("Words withheld: who may have said it has been erased.")
    if any(person.consent == Person.Consent.NONE for person in people):
        return _("Words withheld: there is no consent, or it was taken back.")
    return _("Words withheld: they agreed to notes, not to being quoted.")


def who_said(quote: Quote, *, sees_people: bool) -> str:
    names = [name_of(person, sees_people=sees_people) for person in speakers_of(quote)]
    return "; ".join(names) or _("somebody not named")


def name_of(person: Person, *, sees_people: bool) -> str:
    if sees_people:
        return str(person)
    if person.organisation is None:
        return person.pseudonym
    return f"{person.pseudonym}, {person.organisation.pseudonym}"
