"""Mails about comments: to those who are named and those who take part, once each."""

from datetime import timedelta
from email import message_from_bytes

import pytest

from core.actions import change_role, remove_member
from core.actions.mail_choices import choose_mails
from core.deliveries import deliver_due
from core.models import Delivery, Membership, Role
from core.sealing import unseal
from portfolio import mention_mails, reply_mails
from portfolio.actions.commenting import BUNDLED, correct_comment, reply
from portfolio.models import Thread
from tests.factories import NOW, make_member, make_metric, make_person, make_user
from tests.portfolio.commenting import comment_on

pytestmark = pytest.mark.django_db
LATER = NOW + BUNDLED


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders & <returns>")


@pytest.fixture
def ana(workspace):
    user = make_user(name="Ana Ruiz", email="ana@acme.example")
    return make_member(workspace, Role.FOUNDER, user=user).user


@pytest.fixture
def kim(workspace):
    user = make_user(name="Kim Ode", email="kim@board.example")
    return make_member(workspace, Role.ADVISOR, user=user).user


def planned(kind):
    return Delivery.objects.filter(kind=f"comment_{kind}")


# --- who is told -------------------------------------------------------------------
def test_who_is_named_gets_one_mail(metric, ana, kim):
    comment = comment_on(metric, "@Ana Ruiz, @ana and @Kim: look.", by=kim)
    correct_comment(comment, by=kim, now=NOW, revision=1, text="@Ana, please look.")

    [delivery] = planned("mention")
    assert (delivery.recipient, delivery.subject_id) == (ana, comment.pk)
    assert not planned("reply")


def test_a_name_that_comes_with_a_correction_is_told(metric, ana, kim):
    comment = comment_on(metric, "Look.", by=kim)
    correct_comment(comment, by=kim, now=NOW, revision=1, text="@Ana, look.")

    assert [one.recipient for one in planned("mention")] == [ana]


def test_an_advisor_is_not_named_in_a_thread_for_founders(metric, ana, kim):
    comment_on(metric, "@Kim is wrong.", by=ana, is_founders_only=True)

    assert not Delivery.objects.exists()


def test_a_burst_of_answers_is_one_mail(metric, ana, kim):
    thread = comment_on(metric, "Why?", by=kim).thread
    for number in range(4):
        at = NOW + timedelta(seconds=number)
        reply(thread, by=ana, now=at, text=f"Because {number}.")

    [delivery] = planned("reply")
    assert (delivery.recipient, delivery.period) == (kim, "from-2")
    assert delivery.not_before == NOW + BUNDLED
    Delivery.objects.update(state="sent")
    reply(thread, by=ana, now=LATER, text="And one more.")
    assert planned("reply").count() == 2


def test_answers_after_the_mail_may_leave_get_one_of_their_own(metric, ana, kim):
    """It may be on its way, told of what was there then."""
    thread = comment_on(metric, "Why?", by=kim).thread
    reply(thread, by=ana, now=NOW, text="Because.")

    reply(thread, by=ana, now=LATER, text="And.")

    assert sorted(one.period for one in planned("reply")) == ["from-2", "from-3"]


def test_who_is_named_in_an_answer_gets_no_second_mail(metric, ana, kim):
    thread = comment_on(metric, "Why?", by=kim).thread
    reply(thread, by=ana, now=NOW, text="@Kim Because.")

    assert [one.kind for one in Delivery.objects.all()] == ["comment_mention"]


def test_who_wants_none_gets_none(metric, ana, kim):
    thread = comment_on(metric, "Why?", by=kim).thread
    choose_mails(thread.workspace, by=kim, now=NOW, wanted=[], offered=["comments"])

    reply(thread, by=ana, now=NOW, text="@Kim Because.")
    deliver_due(LATER)

    [delivery] = Delivery.objects.all()
    assert (delivery.state, delivery.reason) == ("skipped", "unsubscribed")


# --- asked again before it leaves --------------------------------------------------
@pytest.fixture
def mails(metric, ana, kim):
    thread = comment_on(metric, "Why? @Ana", by=kim).thread
    reply(thread, by=ana, now=NOW, text="Because.")
    return {
        mention_mails: planned("mention").get(),
        reply_mails: planned("reply").get(),
    }


def test_they_go(mails):
    for kind, delivery in mails.items():
        assert kind.recheck(delivery, LATER) is None


@pytest.mark.parametrize("kind", [mention_mails, reply_mails])
def test_not_to_who_left(mails, kind, workspace, owner):
    delivery = mails[kind]
    member = Membership.objects.get(user=delivery.recipient, workspace=workspace)
    remove_member(member, by=owner, now=NOW)
    assert kind.recheck(delivery, LATER) == "role"


def test_not_about_a_thread_for_founders_to_who_is_none_now(metric, owner, ana):
    comment = comment_on(metric, "@Ana: hush", by=owner, is_founders_only=True)
    member = Membership.objects.get(user=ana)

    change_role(member, by=owner, role=Role.ADVISOR, now=NOW)

    delivery = planned("mention").get(subject_id=comment.pk)
    assert mention_mails.recheck(delivery, NOW) == "role"


def test_not_to_who_has_answered_since(mails, kim):
    delivery = mails[reply_mails]

    reply(Thread.objects.get(), by=kim, now=NOW, text="I see.")

    assert reply_mails.recheck(delivery, LATER) == "answered"


# --- what they say -----------------------------------------------------------------
def test_they_lead_to_the_comment_and_repeat_no_word_of_it(mails, settings):
    for number, (kind, delivery) in enumerate(mails.items(), start=1):
        mail = kind.render(delivery)
        link = f"{settings.APP_ORIGIN}/w/acme/comments/{number}/"
        assert "Orders & <returns>" in mail.subject
        for part in (mail.text, mail.html):
            assert link in part
            assert (
                f"{settings.APP_ORIGIN}/mails/{unseal(delivery.payload)}/off/" in part
            )
            assert "Because" not in part
            assert "Why?" not in part
        assert "<returns>" not in mail.html


def test_advisors_get_pseudonyms(workspace, ana, kim):
    person = make_person(workspace, "Quirina Zephyrson")
    metric = make_metric(workspace, "Orders of Quirina Zephyrson")
    comment_on(metric, "@Kim @Ana Ruiz", by=make_member(workspace, Role.OWNER).user)

    said = {
        delivery.recipient: mention_mails.render(delivery)
        for delivery in planned("mention")
    }

    for part in (said[kim].subject, said[kim].text, said[kim].html):
        assert "Quirina" not in part
        assert person.pseudonym in part
    assert "Quirina Zephyrson" in said[ana].subject


@pytest.mark.django_db(transaction=True)
def test_the_ledger_sends_each_once(metric, ana, kim, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    kim.name = "Kim\r\nBcc: all@x.example"
    kim.save(update_fields=["name"])
    thread = comment_on(metric, "Why? @Ana", by=kim).thread
    reply(thread, by=ana, now=NOW, text="Because.")

    for at in (NOW, LATER, LATER):
        deliver_due(at)

    states = Delivery.objects.values_list("kind", "state")
    assert sorted(states) == [("comment_mention", "sent"), ("comment_reply", "sent")]
    sent = [file.read_bytes() for file in tmp_path.glob("outbox/*")]
    assert len(sent) == 2
    assert not [mail for mail in sent if "Bcc" in message_from_bytes(mail)]
