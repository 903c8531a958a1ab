"""The same form again, when the first one left nothing to do: still one success."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.actions import accept_invitation, invite_member, issue_link
from core.models import (
    Delivery,
    FormKey,
    Invitation,
    Membership,
    OneTimeLink,
    Role,
    User,
    Workspace,
)
from discovery.models import Segment
from forecasts.models import Forecast, Metric
from portfolio.models import Comment
from tests.decisions.cases import follow
from tests.factories import (
    NOW,
    fresh_key,
    make_member,
    make_metric,
    make_model_version,
    make_user,
    make_workspace,
)
from tests.portfolio.guests import KIM, SENT, by_link
from tests.sharing import make_link

AT_ONCE = 8
PASSWORD = "a quiet long sentence"
SETUP = {
    "email": "ana@example.com",
    "password": PASSWORD,
    "venture": "Acme Clinics",
    "timezone": "Europe/Berlin",
    "currency": "EUR",
    "week_start": "1",
}

pytestmark = pytest.mark.usefixtures("second_of_november")


def at_once(send):
    """`send(client)` by so many clients at the same moment; (status, where to) of each."""
    answers, gate = [], threading.Barrier(AT_ONCE)

    def run():
        try:
            gate.wait()
            response = send(Client())
            answers.append((response.status_code, response.headers.get("Location")))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def invited(workspace, owner):
    return invite_member(
        workspace, by=owner, email="new@example.com", role=Role.MEMBER, now=NOW
    )


def twice(client, path, data):
    """Where the first and the second of two like forms lead."""
    data = data | {"form_key": fresh_key()}
    answers = [client.post(path, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    return [answer.headers["Location"] for answer in answers]


@pytest.mark.django_db
class TestNothingLeftToDo:
    def test_a_metric_whose_name_is_taken_now(self, signed_in, workspace):
        path = reverse("forecasts:metric_add", args=["acme"])
        fields = {
            "name": "Orders",
            "definition": "Paid orders.",
            "unit": "orders",
            "kind": "flow",
            "direction": "higher",
            "cadence": "weekly",
            "tolerance": "10",
        }

        first, second = twice(signed_in, path, fields)

        assert first == second
        assert Metric.objects.count() == 1

    def test_a_forecast_where_a_plan_stands_now(self, signed_in, workspace):
        metric = follow(workspace, periods=2, ended=2)
        path = reverse("forecasts:forecast_add", args=["acme", metric.pk])

        fields = {"p0-period": "2026-11-09", "p0-expected": "100"}
        first, second = twice(signed_in, path, fields)

        assert first == second
        assert Forecast.objects.count() == 2

    def test_a_metric_that_is_closed_now(self, signed_in, workspace):
        metric = follow(workspace)
        path = reverse("forecasts:metric_close", args=["acme", metric.pk])

        first, second = twice(signed_in, path, {})

        assert first == second

    def test_a_member_who_is_gone_now(self, signed_in, workspace, member):
        pk = workspace.memberships.get(user=member).pk
        path = reverse("core:member_remove", args=["acme", pk])

        first, second = twice(signed_in, path, {})

        assert first == second
        assert workspace.activity.filter(verb="member.removed").count() == 1

    def test_a_sample_that_is_gone_now(self, client):
        sample = make_workspace("Sample", slug="sample", is_sample=True)
        client.force_login(make_member(sample, Role.OWNER).user)

        first, second = twice(client, "/w/sample/settings/data/remove-sample/", {})

        assert first == second == "/"
        assert not Workspace.objects.exists()


@pytest.mark.django_db
class TestNoTwin:
    def test_what_was_changed_after_going_back_is_not_lost(self, signed_in, workspace):
        make_model_version(workspace)
        key = {"form_key": fresh_key()}
        path = reverse("discovery:segment_add", args=["acme"])

        signed_in.post(path, key | {"name": "Clinics", "status": "active"})
        signed_in.post(path, key | {"name": "Hospitals", "status": "active"})

        names = set(Segment.objects.values_list("name", flat=True))
        assert names == {"Clinics", "Hospitals"}

    def test_a_refusal_stays_a_refusal(self, signed_in, workspace):
        path = reverse("forecasts:metric_add", args=["acme"])

        for _ in range(2):
            assert signed_in.post(path, {"form_key": fresh_key()}).status_code == 422

    def test_somebody_elses_form_opens_nothing(self, signed_in, workspace, member):
        pk = workspace.memberships.get(user=member).pk
        path = reverse("core:member_remove", args=["acme", pk])
        data = {"form_key": fresh_key()}
        signed_in.post(path, data)
        stranger = Client()
        stranger.force_login(make_user())

        assert stranger.post(path, data).status_code == 404


@pytest.mark.django_db
class TestWayIn:
    def test_setup_again_is_the_same_success(self, client):
        key = issue_link(OneTimeLink.Kind.SETUP, now=NOW)
        data = SETUP | {"key": key, "form_key": fresh_key()}

        first = client.post("/setup/", data)
        second = Client().post("/setup/", data)

        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert "sessionid" in second.cookies
        assert User.objects.count() == 1

    def test_an_old_form_signs_nobody_in_after_the_password_changed(self, client):
        key = issue_link(OneTimeLink.Kind.SETUP, now=NOW)
        data = SETUP | {"key": key, "form_key": fresh_key()}
        client.post("/setup/", data)
        user = User.objects.get()
        user.set_password("another long sentence")
        user.save()

        assert "sessionid" not in Client().post("/setup/", data).cookies

    def test_joining_again_is_the_same_success(self, client, invited):
        path = reverse("core:invitation", args=[invited[1]])
        data = {"name": "Nina", "password": PASSWORD, "form_key": fresh_key()}

        first = client.post(path, data)
        second = Client().post(path, data)

        assert (first.status_code, first.url) == (303, "/w/acme/")
        assert (second.status_code, second.url) == (303, "/w/acme/")
        assert "sessionid" in second.cookies
        assert Membership.objects.filter(user__email="new@example.com").count() == 1

    def test_no_token_and_no_password_is_kept_with_the_form(self, client, invited):
        path = reverse("core:invitation", args=[invited[1]])
        client.post(path, {"name": "N", "password": PASSWORD, "form_key": fresh_key()})

        kept = str(FormKey.objects.values().get())
        assert invited[1] not in kept
        assert PASSWORD not in kept


@pytest.mark.django_db
def test_an_owner_is_not_demoted_by_an_invitation(client, workspace, owner):
    """Written to their second address, which they made their first one since."""
    invitation, token = invite_member(
        workspace, by=owner, email="second@example.com", role=Role.OBSERVER, now=NOW
    )
    owner.email = "second@example.com"
    owner.save(update_fields=["email"])
    client.force_login(owner)

    answer = client.post(reverse("core:invitation", args=[token]), follow=True)

    assert b"You are in this team already" in answer.content
    assert workspace.memberships.get(user=owner).role == Role.OWNER
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_setup(self):
        key = issue_link(OneTimeLink.Kind.SETUP, now=NOW)
        data = SETUP | {"key": key, "form_key": fresh_key()}

        answers = at_once(lambda client: client.post("/setup/", data))

        assert set(answers) == {(302, "/w/acme-clinics/")}
        assert len(answers) == AT_ONCE
        assert User.objects.count() == 1

    def test_one_account_from_many_pages_of_one_invitation(self, invited):
        path = reverse("core:invitation", args=[invited[1]])

        def join(client):
            data = {"name": "Nina", "password": PASSWORD, "form_key": fresh_key()}
            return client.post(path, data)

        answers = at_once(join)

        assert {status for status, _ in answers} <= {200, 302, 303, 404}
        assert len(answers) == AT_ONCE
        assert [url for _, url in answers].count("/w/acme/") == 1
        assert User.objects.filter(email="new@example.com").count() == 1

    def test_one_metric(self, workspace, owner):
        path = reverse("forecasts:metric_add", args=["acme"])
        data = {
            "name": "Orders",
            "definition": "Paid.",
            "unit": "orders",
            "kind": "flow",
            "direction": "higher",
            "cadence": "weekly",
            "tolerance": "10",
            "form_key": fresh_key(),
        }

        def add(client):
            client.force_login(owner)
            return client.post(path, data)

        answers = at_once(add)

        assert len(set(answers)) == 1
        assert answers[0][0] == 303
        assert Metric.objects.count() == 1

    def test_one_code_and_one_comment_of_a_guest(self, client, workspace, monkeypatch):
        cache.clear()
        monkeypatch.setattr("portfolio.actions.guests.randbelow", lambda _most: 123456)
        link, metric = make_link(workspace), make_metric(workspace, "Orders")
        start = by_link(client, "share_comments", "metric", metric.pk)
        who = client.post(start, SENT).url

        def send(url, data):
            def posted(other):
                other.cookies.update(client.cookies)
                return other.post(url, data | {"form_key": "one"})

            return set(at_once(posted))

        code = by_link(client, "share_code")
        assert send(who, KIM) == {(303, code)}
        assert Delivery.objects.filter(kind="guest_code").count() == 1
        home = f"{by_link(client, 'share_dashboard')}?said=1#comments"
        assert send(code, {"code": "123456"}) == {(303, home)}
        assert Comment.objects.filter(guest__link=link).count() == 1


@pytest.mark.django_db
def test_an_invitation_used_meanwhile_is_said_in_words(client, invited):
    """Between the page and its form: no error, the page that is true now."""
    invitation, token = invited
    user = make_user("new@example.com")
    client.force_login(user)
    accept_invitation(invitation, user=user, now=NOW)

    answer = client.post(reverse("core:invitation", args=[token]))

    assert answer.status_code == 404
