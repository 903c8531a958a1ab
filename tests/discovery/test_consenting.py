"""Consent that changes: its day, and whether the person is to be erased."""

from datetime import date, timedelta

import pytest

from discovery.actions import add_person, edit_person
from discovery.actions.erasing import erase_due
from discovery.models import Person
from tests.factories import NOW
from tests.helpers import text_of

pytestmark = pytest.mark.usefixtures("second_of_november")
TODAY = date(2026, 11, 2)
GOES = TODAY + timedelta(days=30)


@pytest.fixture
def dana(workspace, founder):
    given = {"consent": "notes", "consent_on": date(2026, 10, 1)}
    return add_person(workspace, by=founder, now=NOW, name="Dana", **given)


def change(dana, founder, *, now=NOW, **fields):
    return edit_person(dana, by=founder, now=now, **fields)


def test_whoever_takes_it_back_is_erased_after_a_month(dana, founder):
    # as the form sends it, with the old day and none for erasing
    fields = {"consent": "none", "consent_on": dana.consent_on, "erase_on": None}
    dana = change(dana, founder, **fields)

    assert (dana.consent_on, dana.erase_on) == (TODAY, GOES)
    assert erase_due(NOW + timedelta(days=29)) == {"erased": 0}
    assert erase_due(NOW + timedelta(days=30)) == {"erased": 1}


def test_an_earlier_day_stays_and_a_chosen_one_too(dana, founder):
    early = TODAY + timedelta(days=3)
    dana = change(dana, founder, erase_on=early)
    assert change(dana, founder, consent="none").erase_on == early

    late = TODAY + timedelta(days=90)
    dana = change(dana, founder, consent="notes", erase_on=None)
    assert change(dana, founder, consent="none", erase_on=late).erase_on == late


def test_given_again_nobody_is_erased(dana, founder):
    dana = change(dana, founder, consent="none")
    later = NOW + timedelta(days=5)
    dana = change(dana, founder, now=later, consent="quote")

    assert dana.erase_on is None
    assert dana.consent_on == TODAY + timedelta(days=5)
    assert erase_due(NOW + timedelta(days=60)) == {"erased": 0}


def test_a_day_that_was_chosen_outlasts_both(dana, founder):
    chosen = TODAY + timedelta(days=7)
    dana = change(dana, founder, erase_on=chosen)
    dana = change(dana, founder, consent="none")

    assert change(dana, founder, consent="notes").erase_on == chosen


def test_more_or_less_allowed_has_its_own_day(dana, founder):
    said = date(2026, 10, 30)
    dana = change(dana, founder, consent="quote", consent_on=said)

    assert (dana.consent_on, dana.erase_on) == (said, None)


def test_the_page_says_when(client, dana, founder):
    change(dana, founder, consent="none")
    client.force_login(founder)

    text = text_of(client.get(f"/w/acme/customers/{dana.pk}/"))

    assert "They are erased on 2 Dec" in text
    assert Person.objects.get().erased_at is None
