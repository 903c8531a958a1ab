"""Between the plan of a digest and its sending: people leave, code breaks, backups come
back, a server is away. Real mails to a server on the loopback.
"""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.actions import change_role, remove_member
from core.deliveries import dispatch_due
from core.health import check
from core.installation import hold, recognise_database, release
from core.models import Delivery, Installation, Membership, Role, User
from milestones.actions import claim_score
from milestones.actions.noting import note_moment
from milestones.models import Question
from portfolio.actions.digest_readers import remove_subscriber, set_rhythm, unsubscribe
from portfolio.actions.digests import plan_due
from portfolio.actions.sharing import revoke_share_link
from portfolio.models import Digest, DigestSubscription, ShareLink
from tests.factories import NOW, make_member
from tests.helpers import text_of
from tests.portfolio.digests import make_reader
from tests.portfolio.test_shared import WHY, score
from tests.sharing import make_link
from tests.smtp_sink import sink
from tests.world import make_world

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
State = Delivery.State
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DUE = {"next_due": NOW, "next_period": "2026-W45"}


@pytest.fixture
def server(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    recognise_database(NOW)
    with sink() as server, time_machine.travel(NOW, tick=False):
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        yield server


@pytest.fixture
def kim(workspace, owner):
    """Reads by a link, without an account."""
    return make_reader(workspace, make_link(workspace, by=owner))


def plan_all(now=NOW):
    """Everybody's digest, due now."""
    plan_due(now)
    DigestSubscription.objects.update(**DUE | {"next_due": now})
    plan_due(now)


def digest_to(row):
    """The line in the ledger of one reader."""
    return Delivery.objects.get(key=Digest.objects.get(subscription=row).key)


# --- X6 -----------------------------------------------------------------------------
def switch_off(row, by):
    unsubscribe(row, now=NOW)


def choose_never(row, by):
    set_rhythm(row.workspace, by=row.user, now=NOW, rhythm="off")


def leave(row, by):
    member = Membership.objects.get(user=row.user)
    remove_member(member, by=by, now=NOW)


def close_account(row, by):
    User.objects.filter(pk=row.user_id).update(is_active=False)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (switch_off, "unsubscribed"),
        (choose_never, "off"),
        (leave, "not_member"),
        (close_account, "inactive"),
    ],
)
def test_what_a_member_changed_before_it_leaves_counts(
    server, owner, advisor, change, reason
):
    plan_all()
    row = DigestSubscription.objects.get(user=advisor)
    change(row, owner)

    dispatch_due(NOW)

    assert [mail.recipient for mail in server.received] == [owner.email]
    skipped = digest_to(row)
    assert (skipped.state, skipped.reason) == (State.SKIPPED, reason)
    assert skipped.payload == ""


def end_link(row, by):
    revoke_share_link(row.link, by=by, now=NOW)


def let_link_expire(row, by):
    ShareLink.objects.filter(pk=row.link_id).update(expires_at=NOW)


def take_off(row, by):
    remove_subscriber(row, by=by, now=NOW)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (switch_off, "unsubscribed"),
        (end_link, "link_ended"),
        (let_link_expire, "link_ended"),
        (take_off, "withdrawn"),
    ],
)
def test_what_became_of_a_reader_by_link_counts(server, owner, kim, change, reason):
    plan_all()
    ours = digest_to(kim)
    change(kim, owner)

    dispatch_due(NOW)

    assert kim.address not in [mail.recipient for mail in server.received]
    ours.refresh_from_db()
    assert (ours.state, ours.reason) == (State.SKIPPED, reason)


def test_who_may_less_now_is_told_what_they_may_read_now(server, workspace, owner):
    """An observer gets the digest too, so it goes: as an observer's."""
    world = make_world(workspace)
    lowered = make_member(workspace, Role.FOUNDER)
    plan_all()
    change_role(lowered, by=owner, now=NOW, role=Role.OBSERVER)

    dispatch_due(NOW)

    told = {
        mail.recipient: mail.message.get_body(["plain"]) for mail in server.received
    }
    texts = {address: part.get_content() for address, part in told.items()}
    tasks = reverse("portfolio:today", args=[workspace.slug])
    talks = reverse("interviews:interview_list", args=[workspace.slug])
    assert tasks in texts[world.by.email]
    for place in (talks, "Two introductions"):
        assert (place in texts[world.by.email]) is not (
            place in texts[lowered.user.email]
        )


# --- X7 -----------------------------------------------------------------------------
def test_a_restored_backup_sends_nothing_until_somebody_says_so(server, owner, kim):
    """What went out today is due again in it: the same mails, under the same ids."""
    plan_all()
    dispatch_due(NOW)
    first = {mail.key: mail.message_id for mail in server.received}
    assert len(first) == 2
    Digest.objects.all().delete()
    Delivery.objects.all().delete()
    DigestSubscription.objects.update(**DUE)
    hold(Installation.Hold.RESTORED, NOW)

    for minute in range(5):
        plan_due(NOW + minute * MINUTE)
        dispatch_due(NOW + minute * MINUTE)
    assert Delivery.objects.filter(state=State.PLANNED).count() == 2
    assert len(server.received) == 2
    release()
    dispatch_due(NOW + HOUR)

    copies = Counter((mail.key, mail.message_id) for mail in server.received)
    assert copies == dict.fromkeys(first.items(), 2)


# --- F16 ----------------------------------------------------------------------------
def test_one_that_cannot_be_written_costs_nobody_else_theirs(
    server, client, workspace, owner
):
    link = make_link(workspace, by=owner)
    rows = [
        make_reader(workspace, link, address=f"reader{number}@board.example")
        for number in range(20)
    ]
    plan_all()
    poisoned = Digest.objects.filter(subscription=rows[7])
    poisoned.update(content={"sections": "no list"}, since=NOW, until=NOW)

    now = NOW
    for _turn in range(12):
        dispatch_due(now)
        now += 2 * HOUR

    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states == {State.SENT: 20, State.FAILED: 1}
    failed = digest_to(rows[7])
    assert (failed.attempts, failed.deferrals) == (5, 0)
    assert rows[7].address not in [mail.recipient for mail in server.received]
    [said] = check(now, only="deliveries").checks
    assert "1 mails failed" in said.detail
    client.force_login(owner)
    page = text_of(client.get(f"/w/{workspace.slug}/settings/digest/"))
    assert "given up" in page


# --- X8 -----------------------------------------------------------------------------
def test_sent_late_it_says_what_the_dashboard_said(server, client, workspace):
    """Sent a day late because their server put it off: what it says is what the
    dashboard said when it was written, whatever happened since."""
    world = make_world(workspace)
    note_moment(workspace, NOW)
    moved = score(world, 4)
    plan_all(moved)
    server.says["RCPT"] = lambda address, count: "451 greylisted"
    late = moved + 30 * HOUR
    with time_machine.travel(late, tick=False):
        dispatch_due(late)
        client.force_login(world.by)
        digest = Digest.objects.get(subscription__user=world.by)
        since = digest.since.date()
        page = text_of(client.get(f"/w/{workspace.slug}/shared/?since={since}"))
    score_again(world, 1, late + HOUR)
    server.says.clear()
    with time_machine.travel(late + 24 * HOUR, tick=False):
        dispatch_due(late + 24 * HOUR)

    [mail] = [one for one in server.received if one.recipient == world.by.email]
    text = " ".join(mail.message.get_body(["plain"]).get_content().split())
    assert digest.until == late
    numbers = numbers_in(digest)
    assert len(numbers) > 2
    for words in numbers:
        assert words in page
        assert words in text


def score_again(world, value, now):
    question = Question.objects.in_workspace(world.workspace).get(number=1)
    own = question.scores.filter(by=world.by, kind="claimed").latest("recorded_at")
    claim_score(question, by=world.by, now=now, value=value, reason=WHY, follows=own.pk)


def numbers_in(digest):
    """What it says of talks, scores and stops, without what the dashboard words apart."""
    sections = {part["key"]: part["items"] for part in digest.content["sections"]}
    moved = [item["detail"] for item in sections["moved"] if item["level"] is not None]
    stops = [stop["detail"].partition(" Decide")[0] for stop in digest.content["stops"]]
    said = [words.partition(".")[0].partition(";")[0] for words in moved]
    return [*said, sections["talks"][0]["text"], *stops]
