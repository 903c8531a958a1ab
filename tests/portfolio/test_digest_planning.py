"""Rows that say when the digest is due, and what becomes of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions.accounts import change_account
from core.activity import log, written
from core.deliveries import deliver_due
from core.models import Delivery, Membership, Role
from portfolio.actions.digest_readers import set_rhythm, unsubscribe
from portfolio.actions.digests import IDLE, plan_due, plan_next
from portfolio.models import Digest, DigestSubscription
from tests.factories import make_member, make_user, make_workspace
from tests.portfolio.digests import make_reader
from tests.sharing import make_link

pytestmark = pytest.mark.django_db
State = Delivery.State
SUNDAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    return tmp_path


@pytest.fixture
def reader(workspace, owner):
    """The owner, known to the scheduler since Sunday."""
    log(workspace, by=owner, verb="venture.created", subject=workspace, now=SUNDAY)
    plan_due(SUNDAY)
    return DigestSubscription.objects.get(user=owner)


def joined(membership):
    """As the log tells it of who accepted an invitation."""
    written(Membership, [membership.pk])
    return membership


def planned():
    return list(Delivery.objects.filter(kind="digest").order_by("planned_at", "pk"))


def test_everybody_in_a_venture_gets_it_unless_they_say_otherwise(workspace):
    for role in Role:
        make_member(workspace, role)
    make_member(workspace, Role.MEMBER, left_on=SUNDAY.date())

    plan_due(SUNDAY)
    plan_due(SUNDAY)

    rows = DigestSubscription.objects.select_related("user")
    roles = dict(Membership.objects.values_list("user", "role"))
    assert {roles[row.user_id]: row.rhythm for row in rows} == {
        Role.OWNER: "weekly",
        Role.FOUNDER: "weekly",
        Role.MEMBER: "weekly",
        Role.ADVISOR: "weekly",
        Role.OBSERVER: "monthly",
    }
    assert rows.count() == 5
    assert planned() == []


def test_it_is_planned_when_it_is_due_and_once(reader):
    assert plan_due(reader.next_due - timedelta(minutes=1))["planned"] == 0

    assert plan_due(reader.next_due)["planned"] == 1
    assert plan_due(reader.next_due)["planned"] == 0
    assert plan_next(reader.pk, now=reader.next_due) == 0

    [delivery] = planned()
    assert (delivery.period, delivery.recipient) == ("2026-W45", reader.user)
    assert delivery.key == f"digest:{reader.workspace_id}:{reader.user_id}:2026-W45"
    assert Digest.objects.get().key == delivery.key
    reader.refresh_from_db()
    assert reader.next_period == "2026-W46"


def test_two_who_read_the_row_at_once_plan_one(reader):
    """The second has read the row before the first moved it on."""
    due = reader.next_due
    plan_next(reader.pk, now=due)
    DigestSubscription.objects.filter(pk=reader.pk).update(
        next_due=due, next_period="2026-W45"
    )

    assert plan_next(reader.pk, now=due) == 0
    assert len(planned()) == Digest.objects.count() == 1


def test_one_row_for_each_venture_of_a_person(reader, owner):
    joined(make_member(make_workspace("Other", slug="other"), user=owner))

    plan_due(SUNDAY)
    plan_due(MONDAY_NOON)

    assert len({delivery.key for delivery in planned()}) == 2


def test_who_moves_is_written_to_in_the_morning_of_the_new_place(reader, owner):
    change_account(owner, now=SUNDAY, timezone="Pacific/Apia")

    plan_due(SUNDAY)

    reader.refresh_from_db()
    assert reader.zone == "Pacific/Apia"
    local = reader.next_due.astimezone(ZoneInfo(reader.zone))
    assert (local.isoweekday(), 9 <= local.hour < 11) == (1, True)


@pytest.mark.parametrize(
    ("late", "state", "reason"),
    [
        (timedelta(minutes=6), State.SENT, "written to the outbox"),
        (timedelta(hours=30), State.SENT, "written to the outbox"),
        (timedelta(hours=73), State.SKIPPED, "late"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_after_an_outage_it_is_sent_once_or_said_to_be_late(
    house, reader, late, state, reason
):
    back = reader.next_due + late
    for minute in range(3):
        plan_due(back + timedelta(minutes=minute))
        deliver_due(back + timedelta(minutes=minute))

    [delivery] = planned()
    assert (delivery.state, delivery.reason) == (state, reason)


@pytest.mark.django_db(transaction=True)
def test_ten_days_away_give_one_mail_never_two_at_once(house, reader):
    back = reader.next_due + timedelta(days=8)
    for minute in range(4):
        plan_due(back + timedelta(minutes=minute))
        deliver_due(back + timedelta(minutes=minute))

    assert [(one.period, one.state, one.reason) for one in planned()] == [
        ("2026-W45", State.SKIPPED, "late"),
        ("2026-W46", State.SENT, "written to the outbox"),
    ]


@pytest.mark.django_db(transaction=True)
def test_who_is_removed_or_switches_off_before_it_leaves_gets_none(
    house, workspace, reader, owner, founder, advisor
):
    joined(Membership.objects.get(user=advisor))
    plan_due(SUNDAY)
    plan_due(MONDAY_NOON)
    Membership.objects.filter(user=founder).update(left_on=MONDAY_NOON.date())
    unsubscribe(DigestSubscription.objects.get(user=advisor), now=MONDAY_NOON)
    set_rhythm(workspace, by=owner, now=MONDAY_NOON, rhythm="off")

    deliver_due(MONDAY_NOON)

    states = {one.recipient_id: (one.state, one.reason) for one in planned()}
    assert states == {
        founder.pk: (State.SKIPPED, "not_member"),
        advisor.pk: (State.SKIPPED, "unsubscribed"),
        owner.pk: (State.SKIPPED, "off"),
    }


def test_a_removed_member_is_not_planned_for(reader):
    Membership.objects.filter(user=reader.user).update(left_on=SUNDAY.date())

    plan_due(MONDAY_NOON)

    assert planned() == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_without_an_account_needs_a_link_that_works(house, workspace, owner):
    log(workspace, by=owner, verb="venture.created", subject=workspace, now=SUNDAY)
    for number, fields in enumerate(({}, {"revoked_at": SUNDAY})):
        link = make_link(workspace, by=owner, token=f"{number}" * 43, **fields)
        make_reader(
            workspace,
            link,
            address=f"kim{number}@board.example",
            next_due=MONDAY_NOON,
            next_period="2026-W45",
        )
    plan_due(MONDAY_NOON)
    deliver_due(MONDAY_NOON)

    found = Delivery.objects.filter(address__startswith="kim").order_by("address")
    assert [(one.state, one.reason) for one in found] == [
        (State.SENT, "written to the outbox"),
        (State.SKIPPED, "link_ended"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_sample_sends_nothing(house, workspace, reader):
    workspace.is_sample = True
    workspace.save(update_fields=["is_sample"])

    plan_due(MONDAY_NOON)
    deliver_due(MONDAY_NOON)

    [delivery] = planned()
    assert (delivery.state, delivery.reason) == (State.SKIPPED, "sample")


@pytest.mark.django_db(transaction=True)
@time_machine.travel(SUNDAY + IDLE)
def test_six_idle_months_give_one_notice_then_silence_until_work_goes_on(
    house, workspace, reader, owner
):
    quiet = SUNDAY + IDLE
    DigestSubscription.objects.update(next_due=quiet, next_period="2027-W18")
    for week in range(4):
        plan_due(quiet + timedelta(days=1) + week * WEEK)
        deliver_due(quiet + timedelta(days=1) + week * WEEK)

    assert [one.kind for one in Digest.objects.all()] == [Digest.Kind.NOTICE]
    subject = Digest.objects.get().content["subject"]
    assert subject == "Acme: nobody has touched it for six months"

    later = quiet + 5 * WEEK
    log(workspace, by=owner, verb="venture.changed", subject=workspace, now=later)
    plan_due(later + WEEK)
    assert Digest.objects.filter(kind=Digest.Kind.NEWS).count() == 1


def test_a_reader_of_many_ventures_has_the_same_minute(reader):
    other = joined(make_member(make_workspace("Other"), user=reader.user))
    plan_due(SUNDAY)

    rows = DigestSubscription.objects.filter(user=reader.user)
    assert other.user == reader.user
    assert len({row.next_due for row in rows}) == 1
    assert rows.count() == 2


def test_members_are_looked_through_only_when_something_about_them_was_written(
    reader, workspace
):
    with CaptureQueriesContext(connection) as queries:
        plan_due(SUNDAY)

    asked = " ".join(query["sql"] for query in queries)
    assert "core_membership" not in asked
    assert "core_user" not in asked
    joined(make_member(workspace))
    plan_due(SUNDAY)
    assert DigestSubscription.objects.count() == 2


def test_who_came_in_past_the_log_is_found_ten_minutes_later(reader, workspace):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=10), tick=True):
        make_member(workspace)
        plan_due(SUNDAY)

    assert DigestSubscription.objects.count() == 2


def test_rows_of_strangers_are_none_of_ours(reader):
    make_user()
    plan_due(SUNDAY)

    assert DigestSubscription.objects.count() == 1
