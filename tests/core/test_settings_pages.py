"""Settings of a venture: changed by those who may, read by all, refused in place."""

import pytest
from django.urls import reverse

from core.models import ActivityEntry
from tests.factories import fresh_key
from tests.helpers import text_of

FIELDS = {
    "name": "Acme Clinics",
    "stage": "development",
    "market_type": "new",
    "sells_to_businesses": "on",
    "first_shipped_on": "2026-06-02",
    "timezone": "Europe/Berlin",
    "week_start": "1",
    "currency": "EUR",
    "alarm_rate": "0.5",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(workspace):
    return reverse("core:settings_general", args=[workspace.slug])


def test_a_founder_changes_them_and_the_log_says_so(client, workspace, founder, url):
    client.force_login(founder)

    response = client.post(url, FIELDS | {"form_key": fresh_key()})

    workspace.refresh_from_db()
    assert response.status_code == 303
    assert (workspace.name, workspace.currency) == ("Acme Clinics", "EUR")
    assert str(workspace.alarm_rate) == "0.50"
    entry = ActivityEntry.objects.get(verb="venture.changed")
    assert (entry.by, entry.workspace) == (founder, workspace)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("alarm_rate", "7"),
        ("alarm_rate", "0"),
        ("currency", "euro"),
        ("timezone", "Mars/Olympus"),
        ("name", ""),
        ("week_start", "3"),
        ("cash_in_hand", "1.234"),
        ("cash_in_hand", "-5"),
        ("cash_in_hand", "1.234,567"),
        # an amount without its day, and the other way round
        ("cash_in_hand", "5"),
        ("cash_as_of", "2026-10-31"),
    ],
)
def test_a_wrong_value_is_refused_and_kept(
    client, workspace, founder, url, field, value
):
    client.force_login(founder)

    response = client.post(url, FIELDS | {field: value, "stage": "harvest"})

    workspace.refresh_from_db()
    assert response.status_code == 422
    assert workspace.stage == "seed"
    assert "There is a problem" in text_of(response)


def test_an_advisor_reads_but_has_no_form(client, advisor, url):
    client.force_login(advisor)

    page = client.get(url)

    assert page.status_code == 200
    assert b'name="alarm_rate"' not in page.content
    assert client.post(url, FIELDS).status_code == 403


@pytest.mark.parametrize("field", ["slug", "is_sample", "id", "created_at"])
def test_other_fields_cannot_be_slipped_in(client, workspace, founder, url, field):
    before = getattr(workspace, field)
    client.force_login(founder)

    client.post(url, FIELDS | {field: "1"})

    workspace.refresh_from_db()
    assert getattr(workspace, field) == before


def test_activity_shows_words_and_is_closed_to_advisors(client, founder, advisor, url):
    client.force_login(founder)
    client.post(url, FIELDS)
    log = reverse("core:activity", args=["acme"])

    assert "changed the settings" in text_of(client.get(log))
    client.force_login(advisor)
    assert client.get(log).status_code == 403


@pytest.mark.parametrize(
    ("currency", "typed", "minor", "shown"),
    [
        ("USD", "410,000,000", 41_000_000_000, "410,000,000"),
        ("EUR", "1.250,50", 125_050, "1,250.50"),
        ("JPY", "2,100", 2_100, "2,100"),
    ],
)
def test_cash_is_kept_in_the_smallest_coins_with_its_day(
    client, workspace, founder, url, currency, typed, minor, shown
):
    client.force_login(founder)
    cash = {"currency": currency, "cash_in_hand": typed, "cash_as_of": "2026-10-31"}

    client.post(url, FIELDS | cash | {"form_key": fresh_key()})

    workspace.refresh_from_db()
    assert workspace.cash_in_hand_minor == minor
    assert workspace.cash_as_of.isoformat() == "2026-10-31"
    assert f'value="{shown}"' in client.get(url).content.decode()
