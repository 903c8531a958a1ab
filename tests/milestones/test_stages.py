"""The five stages: what each expects, what is seen of it, and who changed it when."""

from dataclasses import replace

import pytest
from django.urls import reverse

from core.actions import change_settings
from core.models import ActivityEntry, Role, Workspace
from forecasts.models import RepKind
from milestones.course import Counted
from milestones.reports.stage import counts_of, phase_seen
from milestones.scope import scope_of
from milestones.stages import STAGES, Facts, Stage, seen_of
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_interview,
    make_segment,
    make_user,
)
from tests.helpers import soup, text_of
from tests.selling import make_curve, make_deal, make_rep

ALL = {number: Counted(4) for number in range(1, 12)}
DONE = Facts(
    counted=ALL,
    talks=10,
    led=5,
    reached=frozenset({"beta"}),
    has_shipped=True,
    won=3,
    won_by_others=1,
    curves=1,
    ready=1,
    pursued=1,
    with_curve=1,
)


def open_lines(stage, facts):
    return [one.sentence for one in seen_of(stage, facts) if not one.is_met]


# --- pure ------------------------------------------------------------------------
def test_every_stage_of_a_venture_is_described():
    assert [one.stage.value for one in STAGES] == list(Workspace.Stage.values)
    assert all(one.about and one.expects and one.unseen for one in STAGES)


@pytest.mark.parametrize("stage", Stage)
def test_all_that_is_asked_can_be_met(stage):
    assert open_lines(stage, DONE) == []


@pytest.mark.parametrize(
    ("stage", "change", "said"),
    [
        ("seed", {"talks": 9, "led": 9}, "10 talks that count (there are 9)"),
        ("seed", {"led": 4}, "or more (4 of 10)"),
        ("seed", {"talks": 0, "led": 0}, "or more (0 of 0)"),
        ("seed", {"hired": 1}, "Nobody but founders sells (reps: 1)"),
        ("seed", {"counted": ALL | {4: Counted(2)}}, "Question 4 counts 2"),
        ("development", {"reached": frozenset()}, "The beta is done (not reached)"),
        ("development", {"hired": 1}, "Nobody but founders sells"),
        ("go_to_market", {"has_shipped": False}, "no day of first shipping"),
        ("go_to_market", {"ready": 0}, "ready for sale (0 of 1)"),
        ("go_to_market", {"won": 2, "won_by_others": 2}, "deals they won: 0"),
        ("go_to_market", {"hired": 3, "learners": 2}, "(2 of 3)"),
        ("go_to_market", {"counted": ALL | {1: Counted(3)}}, "(6 of 7 conditions"),
        ("market_expansion", {"won_by_others": 0}, "deals they won: 0"),
        ("market_expansion", {"open_stops": 1}, "(11 of 12 conditions hold)"),
        ("market_expansion", {"pursued": 2}, "of its own (1 of 2)"),
        ("market_expansion", {"pursued": 0, "with_curve": 0}, "(0 of 0)"),
        ("harvest", {"open_stops": 2}, "No open stop (2)"),
        ("harvest", {"counted": ALL | {10: Counted(3)}}, "Question 10 counts 3"),
    ],
)
def test_what_is_missing_is_open_and_says_how_much(stage, change, said):
    found = open_lines(Stage(stage), replace(DONE, **change))

    assert any(said in one for one in found), found


# --- rows ------------------------------------------------------------------------
@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "Clinics")


def test_what_is_counted_for_a_stage(workspace, segment, founder, member):
    for who, counts in ((founder, True), (member, True), (founder, False)):
        talk = make_interview(workspace, by=make_user(), qualifies=counts)
        talk.interviewers.set([who])
    curve = make_curve(workspace, segment=segment)
    make_curve(workspace, ready_on=None)
    make_curve(workspace, closed_at=NOW)
    own = make_rep(workspace, kind=RepKind.FOUNDER)
    first = make_rep(workspace)
    make_rep(workspace, kind=RepKind.COIN_OPERATED)
    make_rep(workspace, left_on=TODAY)
    for rep, outcome in ((own, "won"), (first, "won"), (None, "won"), (first, "lost")):
        make_deal(curve, rep=rep, outcome=outcome)
    make_deal(curve, rep=first, outcome="won", withdrawn_at=NOW)
    make_segment(workspace, "Dropped", status="dropped")
    make_segment(workspace, "Vets")

    row = counts_of(scope_of(workspace))

    assert (row.talks, row.led) == (2, 1)
    assert (row.hired, row.learners) == (2, 1)
    assert (row.won, row.won_by_others) == (3, 1)
    assert (row.curves, row.ready) == (2, 1)
    assert (row.pursued, row.with_curve) == (2, 1)


def test_a_new_stage_is_noted_with_the_one_before(workspace, founder):
    change_settings(workspace, by=founder, now=NOW, stage="development")
    change_settings(workspace, by=founder, now=NOW, stage="development", name="Acme 2")

    entry = ActivityEntry.objects.get(verb="venture.stage_changed")
    assert entry.data == {"old": "seed", "new": "development"}


# --- pages -----------------------------------------------------------------------
@pytest.fixture
def url(workspace):
    return reverse("milestones:stage", args=[workspace.slug])


def test_a_founder_moves_it_and_the_history_says_so(client, founder, url, segment):
    client.force_login(founder)

    answer = client.post(url, {"stage": "development", "form_key": fresh_key()})

    page = text_of(client.get(answer["Location"]))
    assert "At the stage of development." in page
    assert "From seed to development Frida Founder" in page
    assert "The beta is done (not reached)" in page


def test_another_stage_can_be_looked_at(client, founder, url, segment):
    client.force_login(founder)

    page = client.get(f"{url}?look=harvest")
    other = client.get(f"{url}?look=nonsense")

    assert "Question 9 counts 0" in text_of(page)
    assert soup(page).select("nav [aria-current]")[-1].text.startswith("Harvest")
    assert soup(other).select("nav [aria-current]")[-1].text.startswith("Seed")


def test_a_stage_there_is_not_is_refused(client, founder, workspace, url):
    client.force_login(founder)

    answer = client.post(url, {"stage": "unicorn", "form_key": fresh_key()})

    workspace.refresh_from_db()
    assert (answer.status_code, workspace.stage) == (422, "seed")
    assert "There is a problem" in text_of(answer)


def test_two_at_once_compare(client, founder, workspace, url):
    client.force_login(founder)
    rev = workspace.rev
    change_settings(workspace, by=founder, now=NOW, stage="harvest")

    answer = client.post(url, {"stage": "development", "rev": rev})

    workspace.refresh_from_db()
    assert (answer.status_code, workspace.stage) == (409, "harvest")
    assert "Somebody saved this while you were writing" in text_of(answer)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MEMBER])
def test_others_read_it_and_change_nothing(
    client, workspace, advisor, member, url, role
):
    client.force_login(advisor if role == Role.ADVISOR else member)

    page = client.get(url)

    assert page.status_code == 200
    assert not soup(page).find("select", attrs={"name": "stage"})
    assert client.post(url, {"stage": "harvest"}).status_code == 403


def test_the_phase_of_selling_stands_beside_it(client, founder, workspace, clock):
    address = reverse("milestones:stage_phase", args=[workspace.slug])
    client.force_login(founder)
    before = text_of(client.get(address))
    make_curve(workspace, "Rota")
    make_curve(workspace, "Payroll")

    after = text_of(client.get(address))

    assert "No sales curve yet: founders sell" in before
    assert "Learning (initiation)." in after
    assert "1 more curve is open" in after
    assert phase_seen(workspace, now=NOW).allowance.most == 4
