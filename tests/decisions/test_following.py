"""What follows from a decision ends once, and a decision is judged once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from decisions.actions import end_follow_up, replace_follow_up, review_decision
from decisions.errors import IncompleteError, SettledError
from decisions.models import Alert, DecisionReview, FollowUp
from decisions.reports.following import afterwards
from tests.decisions.cases import LATER, decide, follow_up, stop_on
from tests.factories import NOW, TODAY, fresh_key, make_user
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def decision(workspace, owner, second_of_november):
    return decide(stop_on(workspace, owner=owner), by=owner)


@pytest.fixture
def task(decision):
    return decision.follow_ups.get()


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def state_of(decision):
    return Alert.objects.values_list("state", flat=True).get(pk=decision.alert_id)


def test_the_last_thing_done_closes_the_file(decision, task, owner):
    replace_follow_up(
        task, by=owner, outcome="Nobody came.", task=follow_up(owner), now=NOW
    )
    assert state_of(decision) == "following_up"

    (left,) = FollowUp.objects.open()
    end_follow_up(left, by=owner, outcome="They know.", now=TOMORROW)

    task.refresh_from_db()
    assert state_of(decision) == "closed"
    assert (task.replaced_by, task.outcome) == (left, "Nobody came.")


def test_it_ends_once(task, owner, founder):
    end_follow_up(task, by=owner, outcome="They know.", now=NOW)

    with pytest.raises(SettledError) as late:
        end_follow_up(task, by=founder, outcome="I told them.", now=TOMORROW)

    assert (late.value.row.ended_by, late.value.row.outcome) == (owner, "They know.")


def test_nobody_from_outside_is_named(workspace, owner, stranger, second_of_november):
    alert = stop_on(workspace, owner=owner)

    with pytest.raises(IncompleteError):
        decide(alert, by=owner, follow_ups=(follow_up(stranger),))

    assert Alert.objects.get(pk=alert.pk).closed_at is None
    assert not FollowUp.objects.exists()


def test_a_decision_is_judged_once(decision, owner, founder):
    review_decision(
        decision, by=owner, verdict="failed", words="It fell to 1,000 a day.", now=NOW
    )

    with pytest.raises(SettledError) as late:
        review_decision(
            decision,
            by=founder,
            verdict="held",
            words="It did not come to that.",
            now=NOW,
        )

    assert late.value.row.verdict == "failed"
    with pytest.raises(DatabaseError), transaction.atomic():
        DecisionReview.objects.all()._raw_delete("default")


def test_what_is_open_and_what_is_due(workspace, decision, task, owner):
    now, then = (afterwards(workspace, day) for day in (TODAY, decision.review_on))

    assert (now.follow_ups, now.to_judge) == ((task,), ())
    assert then.to_judge == (decision,)
    review_decision(
        decision, by=owner, verdict="held", words="It held, at 8,000 a day.", now=NOW
    )
    assert afterwards(workspace, decision.review_on).to_judge == ()


def test_the_page_ends_it_or_names_another(signed_in, task, owner):
    address = reverse("decisions:follow_up_end", args=["acme", task.pk])
    data = {"outcome": "Half of them know.", "form_key": fresh_key()}

    refused = signed_in.post(address, data | {"what": "Tell the others."})
    new = {"what": "Tell the others.", "owner": str(owner.pk), "due_on": LATER}
    done = signed_in.post(address, data | new)

    assert refused.status_code == 422
    assert "Say who does it." in text_of(refused)
    assert soup(refused).select_one("[name=outcome]").text.strip() == data["outcome"]
    assert done.status_code == 303
    assert FollowUp.objects.open().get().what == "Tell the others."


def test_too_late_gives_back_what_was_typed(signed_in, task, founder):
    address = reverse("decisions:follow_up_end", args=["acme", task.pk])
    end_follow_up(task, by=founder, outcome="They know.", now=NOW)

    late = signed_in.post(address, {"outcome": "I did it.", "form_key": fresh_key()})

    assert late.status_code == 409
    assert "They know." in text_of(late)
    assert "I did it." in str(soup(late).select("textarea[readonly]"))


def test_judging_over_the_page(signed_in, decision, founder):
    address = reverse("decisions:decision_review", args=["acme", decision.pk])
    data = {"verdict": "held", "form_key": fresh_key()}
    words = "Orders fell to nothing, as we said they would."

    short = signed_in.post(address, data | {"words": "Yes."})
    done = signed_in.post(address, data | {"words": words})
    again = signed_in.post(
        address, {"verdict": "failed", "words": words, "form_key": fresh_key()}
    )

    assert (short.status_code, done.status_code, again.status_code) == (422, 303, 409)
    assert DecisionReview.objects.get().words == words


def test_a_judgement_before_its_day_is_warned_of(signed_in, decision, owner):
    address = reverse("decisions:decision_review", args=["acme", decision.pk])
    early = "Its day has not come yet."

    assert early in text_of(signed_in.get(address))
    with time_machine.travel(NOW + (decision.review_on - TODAY), tick=False):
        signed_in.force_login(owner)
        assert early not in text_of(signed_in.get(address))


def test_advisors_read_and_end_nothing(client, advisor, decision, task):
    client.force_login(advisor)
    page = client.get(
        reverse("decisions:alert_detail", args=["acme", decision.alert_id])
    )

    assert "Tell the staff." in text_of(page)
    for name, pk in (("follow_up_end", task.pk), ("decision_review", decision.pk)):
        assert (
            client.post(reverse(f"decisions:{name}", args=["acme", pk])).status_code
            == 403
        )


def test_another_ventures_is_not_found(client, decision, task, stranger):
    client.force_login(stranger)
    for name, pk in (("follow_up_end", task.pk), ("decision_review", decision.pk)):
        found = client.get(reverse(f"decisions:{name}", args=["other", pk]))
        assert found.status_code == 404


def test_everybody_on_the_team_can_be_named(signed_in, workspace, owner):
    alert = stop_on(workspace, owner=owner)
    make_user(name="Nobody Here")

    page = soup(
        signed_in.get(reverse("decisions:evaluation_step", args=["acme", alert.pk, 5]))
    )

    names = [one.text for one in page.select("[name=owner_1] option")]
    assert names == ["—", str(owner)]


@pytest.mark.parametrize("words", ["", "No.", "\u2060" * 80])
def test_a_judgement_says_what_happened(decision, owner, words):
    with pytest.raises(ValidationError):
        review_decision(decision, by=owner, verdict="held", words=words, now=NOW)
