"""The report for the board, and the dashboard of those who advise, over the API."""

from datetime import timedelta

import pytest
import time_machine

from core.models import Role, Workspace
from decisions.actions.phases import note_phases
from discovery.models import Person
from milestones.actions.noting import note_moment
from milestones.models import Question
from portfolio.models import Ask, DashboardRead
from tests.api_client import Asking
from tests.factories import NOW, make_segment, make_workspace
from tests.helpers import asked, soup, text_of
from tests.portfolio.test_shared import score
from tests.world import make_world

pytestmark = pytest.mark.django_db
EVERY = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR, Role.OBSERVER]
MOST = 15


@pytest.fixture
def world():
    """Opened in September, with all of its rows of Monday of week 45, 12:00."""
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        since = NOW - timedelta(days=60)
        Workspace.objects.filter(pk=world.workspace.pk).update(created_at=since)
        world.workspace.created_at = since
        note_moment(world.workspace, NOW)
        yield world


@pytest.fixture
def asking(client, world):
    return lambda role: Asking(client, world.workspace, role)


# --- the report ------------------------------------------------------------------
@pytest.mark.parametrize("week", ["", "2026-W44", "2026-W45"])
def test_the_text_is_that_of_the_page(client, world, asking, week):
    call = asking(Role.ADVISOR)
    client.force_login(call.by)

    page = soup(client.get(f"/w/acme/report/?week={week}"))
    answer = call.get(f"/report?week={week}" if week else "/report")

    assert answer.status_code == 200
    text = answer.json()["text"]
    assert text == page.select_one("#report-text").get_text()
    assert text.startswith("Acme, week 4")


def test_a_week_is_told_with_its_days_and_the_weeks_beside_it(asking):
    told = asking(Role.OBSERVER).get("/report?week=2026-W44").json()

    assert (told["week"], told["starts_on"], told["ends_on"]) == (
        "2026-W44",
        "2026-10-26",
        "2026-11-01",
    )
    assert (told["earlier"], told["later"]) == ("2026-W43", "2026-W45")
    assert told["is_over"]
    assert told["as_of"].startswith("2026-11-01T23:59:59")


@pytest.mark.parametrize(
    ("week", "status", "said"),
    [
        ("2026-W50", 404, "7–13 Dec 2026. This week has not begun."),
        ("1999-W01", 404, "That was before this venture was opened here."),
        ("9998-W01", 404, "This week has not begun."),
        ("0001-W01", 404, "That was before this venture was opened here."),
        ("44", 422, "“44” names no week. One is named like 2026-W44."),
        ("<b>", 422, "“<b>” names no week."),
    ],
)
def test_a_week_that_cannot_be_told_of_says_why(asking, week, status, said):
    answer = asking(Role.OWNER).get(f"/report?week={week}")

    assert answer.status_code == status
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/report", "/shared"])
def test_a_segment_is_one_of_the_venture(world, asking, path):
    call = asking(Role.MEMBER)
    vets = make_segment(world.workspace, "Vets")
    Question.objects.create(
        workspace=world.workspace,
        number=1,
        model_version=vets.model_version,
        segment=vets,
        created_at=NOW,
    )
    theirs = make_segment(make_workspace("Other", slug="other"))

    told = call.get(f"{path}?segment={vets.pk}").json()

    assert (told["segment"]["id"], told["segment"]["name"]) == (str(vets.pk), "Vets")
    assert len(told["segment"]["questions"]) == 11
    assert {one["name"] for one in told["segments"]} == {"First customers", "Vets"}
    assert call.get(f"{path}?segment={theirs.pk}").status_code == 404
    assert call.get(f"{path}?segment=vets").status_code == 422


@pytest.mark.parametrize("role", EVERY)
@pytest.mark.parametrize("path", ["/report", "/report?week=2026-W44", "/shared"])
def test_every_role_reads_it_and_it_bears_no_name(asking, role, path):
    answer = asking(role).get(path)

    assert answer.status_code == 200
    for secret in ("-person", "-organisation", "-notes", "rota", "@example.com"):
        assert secret not in answer.content.decode()


def test_a_name_in_a_title_is_a_pseudonym_for_founders_too(world, asking):
    person = Person.objects.in_workspace(world.workspace).first()
    call = asking(Role.OWNER)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        call.put("/ask", {"text": f"Meet {person.name}."})

        told = call.get("/report").json()

    assert told["ask"]["text"].startswith("Meet ")
    assert person.name not in told["ask"]["text"]
    assert told["ask"]["text"] in told["text"]


def test_what_moved_is_told_in_the_words_of_the_page(client, world, asking):
    call = asking(Role.ADVISOR)
    client.force_login(call.by)
    with time_machine.travel(score(world, 4), tick=False):
        page = text_of(client.get("/w/acme/report/"))
        told = call.get("/report").json()

    moved = {one["number"]: one["moved"] for one in told["moved"]}
    assert "counts as 1, was 0" in moved.values()
    for words in moved.values():
        assert words in page
    assert told["counts"]["up"] == sum(
        one["now"]["effective"] > one["was"]["effective"] for one in told["moved"]
    )


def test_the_phase_of_selling_is_told_in_the_words_of_the_page(world, asking):
    note_phases(world.workspace, now=NOW)

    told = asking(Role.ADVISOR).get("/report").json()

    assert told["selling"]
    for one in told["selling"]:
        assert f"* {one['name']}: {one['phase']}" in told["text"]
        assert one["figure"] in told["text"]


def test_a_founder_who_owes_a_score_does_not_read_it_here(client, world):
    call = Asking(client, world.workspace, Role.FOUNDER, is_leadership=True)

    told = call.get("/report").json()
    first = told["segment"]["questions"][0]

    assert first["owes_score"]
    assert first["now"]["claimed"] is None
    assert "Score it to see your co-founder’s" in told["text"]


# --- the dashboard ---------------------------------------------------------------
def test_it_tells_since_this_member_marked_it(world, asking):
    call = asking(Role.ADVISOR)
    first = call.get("/shared").json()

    marked = call.post("/shared/read", {"until": NOW.isoformat()})
    with time_machine.travel(score(world, 4), tick=False):
        then = call.get("/shared").json()

    assert (first["is_first"], first["read"], first["moved"]) == (True, None, [])
    assert marked.status_code == 201
    assert DashboardRead.objects.filter(by=call.by).get().seen_until == NOW
    assert then["since"] == then["read"]["seen_until"] == marked.json()["seen_until"]
    assert 1 in [one["number"] for one in then["moved"]]
    assert not then["is_first"]


def test_another_day_can_be_compared_with(world, asking):
    call = asking(Role.OBSERVER)

    told = call.get("/shared?since=2026-10-01").json()

    assert told["since"] == "2026-10-01T00:00:00Z"
    assert told["counts"]["new_stops"] == len(told["stops"]) > 0


@pytest.mark.parametrize("since", ["2026-11-03", "0001-01-01", "9999-12-31", "soon"])
def test_a_day_that_cannot_be_compared_with_is_refused(world, asking, since):
    Workspace.objects.filter(pk=world.workspace.pk).update(timezone="Asia/Tokyo")

    answer = asking(Role.ADVISOR).get(f"/shared?since={since}")

    assert answer.status_code == 422


def test_those_who_see_people_read_who_has_read_it(asking):
    for_founders = asking(Role.FOUNDER).get("/shared").json()
    for_advisors = asking(Role.ADVISOR).get("/shared").json()

    assert "Kim, board" in [one["who"] for one in for_founders["read_by"]]
    assert for_advisors["read_by"] == []
    assert for_founders["since"] == (NOW - timedelta(days=7)).isoformat()[:19] + "Z"


@pytest.mark.parametrize(
    "until", ["", "soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_moment_that_makes_no_sense_is_refused(asking, until):
    answer = asking(Role.ADVISOR).post("/shared/read", {"until": until})

    assert answer.status_code == 422
    assert "until" in answer.json()["errors"]


def test_a_mark_goes_forward_and_never_beyond_now(asking):
    call = asking(Role.ADVISOR)
    call.post("/shared/read", {"until": (NOW + timedelta(days=9)).isoformat()})
    call.post("/shared/read", {"until": (NOW - timedelta(days=9)).isoformat()})

    marks = DashboardRead.objects.filter(by=call.by).values_list("seen_until")
    assert list(marks) == [(NOW,), (NOW,)]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OWNER, 200), (Role.FOUNDER, 200), (Role.MEMBER, 403), (Role.ADVISOR, 403)],
)
def test_those_who_decide_say_what_they_ask_for(world, asking, role, status):
    call = asking(role)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        answer = call.put("/ask", {"text": "Two clinics."})

    stands = Ask.objects.in_workspace(world.workspace).first().text
    assert answer.status_code == status
    assert (stands == "Two clinics.") == (status == 200)


def test_asking_for_nothing_is_said_with_an_empty_text(asking):
    call = asking(Role.FOUNDER)

    kept = call.put("/ask", {})
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        told = call.put("/ask", {"text": ""})
        after = call.get("/shared").json()["ask"]

    assert kept.json()["text"] == "Two introductions."
    assert told.json()["text"] == ""
    assert after is None
    assert call.put("/ask", {"text": "x" * 501}).status_code == 422


# --- what it costs ---------------------------------------------------------------
@pytest.mark.parametrize("path", ["/report", "/report?week=2026-W44", "/shared"])
def test_it_asks_the_database_no_more_than_other_operations(asking, path):
    call = asking(Role.ADVISOR)
    call.get(path)

    with asked() as queries:
        call.get(path)

    assert len([sql for sql in queries if "core_cache" not in sql]) <= MOST
