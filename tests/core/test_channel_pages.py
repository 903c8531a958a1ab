"""The pages about channels: for owners and founders."""

import pytest
from django.urls import reverse

from core.actions.channels import MOST, add_channel
from core.models import ActivityEntry, Channel, Delivery
from core.sealing import unseal
from tests.channels import make_channel
from tests.factories import NOW, make_workspace
from tests.helpers import text_of

pytestmark = pytest.mark.django_db
LIST = "/w/acme/settings/channels/"
ADDRESS = "https://hooks.example/services/T0/B0/secret-part"


@pytest.fixture
def page(client, founder):
    client.force_login(founder)
    return client


def asked(**fields):
    return {
        "name": "Team chat",
        "kind": "chat",
        "url": ADDRESS,
        "wants_alerts": "on",
        **fields,
    }


def test_there_is_none_until_somebody_adds_one(page):
    assert "None yet: nothing leaves this server but mails." in text_of(page.get(LIST))


def test_a_chat_is_added_without_a_secret(page):
    response = page.post(LIST, asked())

    assert response.status_code == 303
    [channel] = Channel.objects.all()
    assert unseal(channel.url) == ADDRESS
    assert (channel.host, channel.secret) == ("hooks.example", "")
    assert (channel.wants_alerts, channel.wants_digest) == (True, False)
    assert "secret-part" not in channel.url
    assert ActivityEntry.objects.get(verb="channel.added").data == {"kind": "chat"}


def test_the_secret_of_a_program_is_shown_once(page):
    response = page.post(LIST, asked(kind="signed"))

    [channel] = Channel.objects.all()
    secret = unseal(channel.secret)
    assert secret.startswith("whsec_")
    assert response.status_code == 200
    assert secret in text_of(response)
    detail = f"{LIST}{channel.pk}/"
    for url in (LIST, detail):
        shown = page.get(url).content.decode()
        assert secret not in shown
        assert "secret-part" not in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://127.0.0.1/"),
        ("url", "https://localhost/"),
        ("url", "https://user:password@hooks.example/"),
        ("url", "https://hooks.example:8443/"),
        ("url", "file:///etc/passwd"),
        ("url", ""),
        ("name", ""),
        ("kind", "fax"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(page, field, value):
    response = page.post(LIST, asked(**{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    kept = "Team chat" if field != "name" else ADDRESS
    assert kept in response.content.decode()
    assert not Channel.objects.exists()


def test_there_is_an_end_to_them(page, workspace, founder):
    for number in range(MOST):
        make_channel(workspace, by=founder, name=f"Number {number}")

    response = page.post(LIST, asked())

    assert response.status_code == 422
    assert "Ten channels are as many as a venture may have." in text_of(response)


def test_a_form_sent_twice_adds_one(page):
    form = page.get(LIST).content.decode()
    key = form.split('name="form_key" value="')[1].split('"')[0]
    for _again in range(2):
        page.post(LIST, asked(form_key=key))

    assert Channel.objects.count() == 1


@pytest.fixture
def channel(workspace, founder):
    return make_channel(workspace, by=founder)


def test_changed_without_its_address_it_keeps_it(page, channel):
    known = channel.url
    page.post(f"{LIST}{channel.pk}/", {"name": "Another", "wants_digest": "on"})

    channel.refresh_from_db()
    assert (channel.name, channel.url) == ("Another", known)
    assert (channel.wants_alerts, channel.wants_digest) == (False, True)


def test_a_new_address_takes_the_place_of_the_old(page, channel):
    url = "https://other.example/x"
    page.post(f"{LIST}{channel.pk}/", {"name": "Another", "url": url})

    channel.refresh_from_db()
    assert (channel.host, unseal(channel.url)) == ("other.example", url)


def test_a_wrong_new_address_is_said_and_changes_nothing(page, channel):
    typed = {"name": "Another", "url": "https://10.0.0.1/"}
    response = page.post(f"{LIST}{channel.pk}/", typed)

    assert response.status_code == 422
    assert "This address is never called: not a public address." in text_of(response)
    assert "Another" in response.content.decode()
    channel.refresh_from_db()
    assert channel.name == "Our program"


def test_a_test_is_planned_and_shown(page, channel):
    url = f"{LIST}{channel.pk}/"
    page.post(f"{url}test/")

    [row] = Delivery.objects.all()
    assert (row.kind, row.channel, row.subject_id) == (
        "channel_test",
        channel,
        channel.pk,
    )
    assert "Test planned" in text_of(page.get(url))


def test_a_new_secret_is_shown_once(page, channel):
    before = unseal(channel.secret)
    response = page.post(f"{LIST}{channel.pk}/secret/")

    channel.refresh_from_db()
    after = unseal(channel.secret)
    assert after != before
    assert after in text_of(response)
    assert before not in text_of(response)


def test_a_chat_has_no_secret_to_renew(page, channel):
    Channel.objects.update(kind="chat", secret="")

    assert page.post(f"{LIST}{channel.pk}/secret/").status_code == 404


def test_taken_off_it_is_forgotten_but_for_its_history(page, channel):
    page.post(f"{LIST}{channel.pk}/test/")
    page.post(f"{LIST}{channel.pk}/remove/")

    channel.refresh_from_db()
    assert channel.revoked_at is not None
    assert (channel.url, channel.secret) == ("", "")
    assert Delivery.objects.filter(channel=channel).exists()
    assert page.get(f"{LIST}{channel.pk}/").status_code == 404
    assert "Our program" not in text_of(page.get(LIST))


@pytest.mark.parametrize("action", ["", "test/", "secret/", "remove/"])
def test_not_those_of_another_venture(page, action):
    theirs = make_channel(make_workspace("Other", slug="other"))

    assert page.post(f"{LIST}{theirs.pk}/{action}").status_code == 404


@pytest.mark.parametrize("who", ["member", "advisor", "observer"])
def test_not_for_who_does_not_manage(client, request, who, channel):
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{channel.pk}/remove/").status_code == 403
    settings = client.get(reverse("core:settings_general", args=["acme"]))
    assert LIST not in settings.content.decode()


def test_no_secret_stands_in_the_log(page, caplog):
    page.post(LIST, asked(kind="signed"))

    secret = unseal(Channel.objects.get().secret)
    assert secret not in caplog.text
    assert "secret-part" not in caplog.text


def test_no_two_secrets_are_the_same(workspace, founder):
    terms = {"kind": "signed", "url": ADDRESS, "wants_alerts": True}
    terms |= {"wants_digest": False, "by": founder, "now": NOW}
    _row, first = add_channel(workspace, name="One", **terms)
    _row, second = add_channel(workspace, name="Two", **terms)

    assert first != second
