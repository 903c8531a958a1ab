"""Why somebody's words stay back, in words."""

import pytest
from django.utils import timezone

from discovery.models import Person
from interviews.said import why_withheld

CONSENT = Person.Consent


def person(consent, *, is_erased=False):
    return Person(consent=consent, erased_at=timezone.now() if is_erased else None)


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([], "nobody is named who could agree to being quoted."),
        ([person(CONSENT.NOTES)], "they agreed to notes, not to being quoted."),
        (
            [person(CONSENT.QUOTE), person(CONSENT.NONE)],
            "there is no consent, or it was taken back.",
        ),
        (
            [person(CONSENT.NONE, is_erased=True)],
            "who may have said it has been erased.",
        ),
    ],
)
def test_it_is_said_why_words_stay_back(people, why):
    assert why_withheld(people) == f"Words withheld: {why}"
