"""PURE. What follows when somebody allows more or less than before.

Whoever takes their consent back is hidden at once and erased after a while, unless they
change their mind; the day stands on their page and can be moved.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from discovery.models import Person

NONE: Final = "none"
ERASED_AFTER: Final = timedelta(days=30)


def with_what_follows(
    person: Person, fields: dict[str, Any], *, today: date
) -> dict[str, Any]:
    """`fields` of an edit, completed: the day of the new consent, where no other is
    given, and the day on which the person goes, or no longer does."""
    if fields.get("consent", person.consent) == person.consent:
        return fields
    done = dict(fields)
    if fields.get("consent_on", person.consent_on) == person.consent_on:
        done["consent_on"] = today
    if fields.get("erase_on", person.erase_on) != person.erase_on:
        return done  # whoever edits chose a day
    if done["consent"] == NONE:
        done["erase_on"] = min(person.erase_on or date.max, today + ERASED_AFTER)
    elif person.consent == NONE and person.erase_on == queued_for(person):
        done["erase_on"] = None
    return done


def queued_for(person: Person) -> date | None:
    return person.consent_on + ERASED_AFTER if person.consent_on else None
