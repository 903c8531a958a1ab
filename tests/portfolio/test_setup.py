"""First run: one link, one form, one owner."""

import pytest

from core.actions import issue_link
from core.models import Membership, OneTimeLink, Role, User, Workspace
from discovery.models import ModelVersion, Segment
from milestones.models import Question
from tests.factories import NOW, fresh_key, make_member, make_user, make_workspace

FIELDS = {
    "email": "Ana@Example.com",
    "password": "a quiet long sentence",
    "venture": "Acme Clinics",
    "timezone": "Europe/Berlin",
    "currency": "EUR",
    "week_start": "1",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def key():
    return issue_link(OneTimeLink.Kind.SETUP, now=NOW)


def test_it_makes_owner_venture_segment_and_eleven_questions(client, key):
    response = client.post("/setup/", FIELDS | {"key": key, "form_key": fresh_key()})

    workspace = Workspace.objects.get()
    assert response.url == f"/w/{workspace.slug}/"
    assert (workspace.name, workspace.timezone) == ("Acme Clinics", "Europe/Berlin")
    membership = Membership.objects.get()
    assert (membership.user.email, membership.role) == ("ana@example.com", Role.OWNER)
    assert client.session["_auth_user_id"] == str(membership.user.pk)
    assert Segment.objects.get().name == "First customers"
    assert ModelVersion.objects.get().number == 1
    numbers = Question.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 12))


def test_looking_does_not_use_the_key_up(client, key):
    for _ in range(5):
        assert client.get(f"/setup/?key={key}").status_code == 200

    assert client.post("/setup/", FIELDS | {"key": key}).status_code == 302


def test_language_suggests_place_and_money(client, key):
    page = client.get(
        f"/setup/?key={key}", headers={"Accept-Language": "de-DE,de;q=0.9"}
    )

    assert b'<option value="Europe/Berlin" selected>' in page.content
    assert b'value="EUR"' in page.content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("password", "short"),
        ("venture", ""),
        ("timezone", "Mars/One"),
        ("currency", "€"),
    ],
)
def test_a_mistake_is_refused_and_the_rest_kept(client, key, field, value):
    response = client.post("/setup/", FIELDS | {"key": key, field: value})

    assert response.status_code == 422
    assert not User.objects.exists()
    kept = "a quiet long sentence" if field == "venture" else "Acme Clinics"
    assert kept in response.content.decode()


@pytest.mark.parametrize("key", ["", "guess", "x" * 500])
def test_without_the_key_nothing_is_made(client, key):
    assert client.get(f"/setup/?key={key}").status_code == 404
    assert client.post("/setup/", FIELDS | {"key": key}).status_code == 404
    assert not User.objects.exists()


def test_it_is_closed_once_a_real_venture_has_an_owner(client, key):
    make_member(make_workspace(), Role.OWNER)

    assert client.get(f"/setup/?key={key}").status_code == 404


def test_a_sample_does_not_close_it_and_becomes_theirs(client, key):
    sample = make_workspace("Webvan", slug="webvan", is_sample=True)
    make_member(sample, Role.OWNER)

    client.post("/setup/", FIELDS | {"key": key})

    joined = sample.memberships.get(user__email="ana@example.com")
    assert joined.role == Role.OWNER


def test_a_further_venture_is_begun_by_anybody_with_an_account(client):
    user = make_user()
    client.force_login(user)
    fields = {"name": "Second", "timezone": "UTC", "currency": "USD", "week_start": "7"}

    refused = client.post("/ventures/new/", fields | {"name": ""})
    made = client.post("/ventures/new/", fields | {"form_key": fresh_key()})

    assert refused.status_code == 422
    assert made.url == "/w/second/"
    assert Question.objects.in_workspace(Workspace.objects.get()).count() == 11


def test_two_ventures_of_one_name_get_two_addresses(client):
    client.force_login(make_user())
    fields = {"name": "Acme", "timezone": "UTC", "currency": "USD", "week_start": "1"}

    urls = [client.post("/ventures/new/", fields).url for _ in range(3)]

    assert urls == ["/w/acme/", "/w/acme-2/", "/w/acme-3/"]
