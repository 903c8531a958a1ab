"""Pages of checkpoints, versions and exits: what they say, and whom they let write."""

from datetime import timedelta

import pytest

from core.models import Role
from discovery.models import ModelVersion
from forecasts.actions import hold_forecast
from milestones.actions import plan_checkpoint, reach_checkpoint, start_version
from milestones.models import Checkpoint, EvidenceLink, ScheduledStop, Slip
from milestones.reports.course import exits_of
from milestones.scope import scope_of
from tests.factories import (
    NOW,
    TODAY,
    make_forecast,
    make_member,
    make_metric,
    make_segment,
    make_user,
    weeks,
)
from tests.helpers import soup, text_of
from tests.milestones.rows import open_market, question, said, score, talks, url

pytestmark = pytest.mark.usefixtures("clock")

LESSON = "Ten of twelve clinics raise the rota before anything else, unasked."
FINDING = f"{LESSON} Orders are half of what we said, so we talk to the six who left."
WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
SOON = TODAY + timedelta(days=14)


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


@pytest.fixture
def signed_in(client, market, founder):
    client.force_login(founder)
    return client


def plan(workspace, by, kind="beta", on=TODAY):
    return plan_checkpoint(workspace, by=by, kind=kind, planned_on=on, now=NOW)


def reach(row, by, finding=""):
    return reach_checkpoint(row, by=by, reached_on=TODAY, finding=finding, now=NOW)


def pivot(workspace, by, *changes):
    return start_version(workspace, by=by, changes=changes, what_changed=WHY, now=NOW)


def post(client, address, **data):
    return client.post(address, data, follow=True)


# --- the two tracks --------------------------------------------------------------
def test_an_empty_course_says_why_there_should_be_one(signed_in, workspace):
    page = text_of(signed_in.get(url("checkpoint_list", workspace)))

    assert "Nobody stops who has no day to stop on" in page


def test_a_product_ahead_of_what_was_learned_is_said(signed_in, workspace, founder):
    reach(plan(workspace, founder), founder)

    page = signed_in.get(url("checkpoint_list", workspace))

    assert (
        "Beta reached, Solution verified not: 3 of its conditions are open."
        in text_of(page)
    )
    assert soup(page).select("details[open] a[href$='questions/6/']")


def test_version_2_shows_what_version_1_has_not_taught(signed_in, workspace, founder):
    before = signed_in.get(url("checkpoint_list", workspace))
    plan(workspace, founder, "version_2")

    page = signed_in.get(url("checkpoint_list", workspace))

    assert soup(before).find(id="not-learned") is None
    links = soup(page).find(id="not-learned").select("a")
    assert len(links) == 11
    assert links[7]["href"] == url("question_detail", workspace, 8)


def test_a_plan_that_slips_shows_every_move(signed_in, workspace):
    post(signed_in, url("checkpoint_add", workspace), kind="beta", planned_on=TODAY)
    row = Checkpoint.objects.get(kind="beta")
    moved = post(
        signed_in,
        url("checkpoint_move", workspace, row.pk),
        to_on=SOON,
        reason="The API was late.",
        follows_on=TODAY,
    )

    page = text_of(moved)
    assert "Moved once: 14 days later in all." in page
    assert "The API was late." in page
    assert Checkpoint.objects.count() == 2


def test_an_overdue_checkpoint_and_an_overdue_stop_say_so(
    signed_in, workspace, founder
):
    plan(workspace, founder, "alpha", on=TODAY - timedelta(days=3))
    ship = plan(workspace, founder, "first_customer_ship")
    reach(ship, founder)
    ScheduledStop.objects.filter(days=30).update(due_on=TODAY - timedelta(days=1))

    page = signed_in.get(url("checkpoint_list", workspace))

    assert text_of(page).count("Overdue") == 3
    stops = soup(page).find(id="planned-stops").get_text(" ")
    assert "30 days after first customer ship" in stops


def test_a_move_after_another_one_shows_both_and_goes_on(signed_in, workspace, founder):
    row = plan(workspace, founder)
    address = url("checkpoint_move", workspace, row.pk)
    post(signed_in, address, to_on=SOON, reason="The API was late.", follows_on=TODAY)
    mine = {"to_on": SOON + timedelta(days=7), "reason": "Two people are ill."}

    conflict = signed_in.post(address, mine | {"follows_on": TODAY})
    follows = soup(conflict).find("input", {"name": "follows_on"})["value"]
    again = signed_in.post(address, mine | {"follows_on": follows})

    assert conflict.status_code == 409
    assert "The API was late." in text_of(conflict)
    assert "Two people are ill." in str(soup(conflict).main.form)
    assert again.status_code == 303
    assert Slip.objects.count() == 2


@pytest.mark.parametrize("name", ["checkpoint_reach", "checkpoint_move"])
def test_what_was_reached_meanwhile_stands(signed_in, workspace, founder, owner, name):
    row = plan(workspace, founder, "solution_verified")
    reach(row, owner, finding=LESSON)
    data = {"reached_on": TODAY, "finding": FINDING}
    data |= {"to_on": SOON, "reason": "The API was late.", "follows_on": TODAY}

    conflict = signed_in.post(url(name, workspace, row.pk), data)

    assert conflict.status_code == 409
    assert "meanwhile" in text_of(conflict) or LESSON in text_of(conflict)
    assert Checkpoint.objects.get(pk=row.pk).finding == LESSON


def test_a_review_is_reached_with_what_was_learned(signed_in, workspace, founder):
    row = plan(workspace, founder, "problem_verified")
    address = url("checkpoint_reach", workspace, row.pk)

    page = signed_in.get(address)
    short = signed_in.post(address, {"reached_on": TODAY, "finding": "Fine."})
    done = post(signed_in, address, reached_on=TODAY, finding=LESSON)

    assert "0 of 3 conditions hold" in text_of(page)
    assert short.status_code == 422
    assert "Fine." in text_of(short)
    assert LESSON in text_of(done)


def test_a_stop_is_held_on_its_page(signed_in, workspace, founder, owner):
    reach(plan(workspace, founder, "first_customer_ship"), founder)
    stop = ScheduledStop.objects.get(days=30)
    address = url("stop_hold", workspace, stop.pk)
    early = signed_in.post(address, {"held_on": TODAY, "finding": FINDING})
    ScheduledStop.objects.filter(pk=stop.pk).update(due_on=TODAY)

    done = post(signed_in, address, held_on=TODAY, finding=FINDING)
    again = signed_in.post(address, {"held_on": TODAY, "finding": FINDING})

    assert early.status_code == 422
    assert "from a week before its day" in text_of(early)
    assert FINDING in text_of(done)
    assert again.status_code == 409
    assert f"{founder} has written it down already" in text_of(again)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a checkpoint."),
        ({"kind": "moon", "planned_on": "2026-11-09"}, "Select a valid choice"),
        ({"kind": "beta", "planned_on": "9999-01-01"}, "between 1990 and 2199"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(signed_in, workspace, data, words):
    page = signed_in.post(url("checkpoint_add", workspace), data)

    assert page.status_code == 422
    assert words in text_of(page)


def test_only_what_is_not_planned_is_offered(signed_in, workspace, founder):
    plan(workspace, founder)

    page = signed_in.get(url("checkpoint_add", workspace) + "?kind=alpha")

    values = [option["value"] for option in soup(page).select("#id_kind option")]
    assert len(values) == 10
    assert not {"beta", "solution_verified"} & set(values)
    assert soup(page).select("option[selected]")[0]["value"] == "alpha"


# --- under another version -------------------------------------------------------
def test_an_earlier_version_keeps_its_course(signed_in, workspace, founder):
    ship = plan(workspace, founder, "first_customer_ship")
    reach(ship, founder)
    pivot(workspace, founder, "price")

    now = signed_in.get(url("checkpoint_list", workspace))
    then = signed_in.get(url("checkpoint_list", workspace, version=1))

    assert "Reached in version 1 of the model on 2 November 2026." in text_of(now)
    assert "Set in version 1 of the model." in text_of(now)
    assert "Version 1 of the model, as it stood when it ended" in text_of(then)
    assert "Move the date" not in text_of(then)
    assert "Set in version 1" not in text_of(then)


# --- exits -----------------------------------------------------------------------
def test_an_exit_says_of_each_condition_whether_it_holds(signed_in, workspace, founder):
    page = signed_in.get(url("exit", workspace))

    assert "Discovery: 0 of 7 conditions hold. Validation: 1 of 12." in text_of(page)
    assert "No stop is open." in text_of(page)
    assert "%" not in soup(page).main.get_text()
    links = [a["href"] for a in soup(page).select(".checklist a")]
    assert links[0] == url("question_detail", workspace, 1)
    assert len(links) == 18


def test_an_open_stop_keeps_the_exit_shut(signed_in, workspace, founder):
    metric = make_metric(workspace, owner=founder)
    points = [(*span, 8000) for span in weeks(TODAY, 4)]
    make_forecast(metric, points, by=founder)
    hold_forecast(metric, now=NOW)

    page = signed_in.get(url("exit", workspace))

    assert "One stop is open; none may be." in text_of(page)
    assert soup(page).select(".checklist a[href$='/alerts/']")


def test_an_exit_hides_what_a_founder_has_not_scored(workspace, market, founder, owner):
    talks(question(workspace), 3, by=owner)
    score(question(workspace), 3, by=owner)

    found = [
        exits_of(scope_of(workspace), viewer=str(user.pk), now=NOW)[0].conditions[0]
        for user in (founder, owner)
    ]

    assert found[0].sentence == "Question 1 is asked to count 4. Score it to see more."
    assert found[1].sentence == "Question 1 counts 0; asked is 4."


def test_a_segment_is_chosen(signed_in, workspace):
    other = make_segment(workspace, "Hospitals")

    page = signed_in.get(url("exit", workspace, segment=other.pk))

    assert "as they stand for Hospitals" in text_of(page)
    links = [a["href"] for a in soup(page).select(".checklist a")]
    assert links[0].endswith(f"?segment={other.pk}")


# --- versions --------------------------------------------------------------------
def asked(**fields):
    first = ModelVersion.objects.first()
    return {"changes": ["price"], "what_changed": WHY, "follows": first.pk} | fields


def test_a_version_is_read_once_more_before_it_begins(signed_in, workspace, market):
    address = url("version_add", workspace)

    form = signed_in.get(address)
    check = signed_in.post(address, asked(new_segment_name="Vets"))
    back = signed_in.post(address, asked(step="change"))

    assert "Asks questions 8, 9, 10 and 11 again." in text_of(form)
    assert check.status_code == 200
    assert "6 questions will ask to be scored again." in text_of(check)
    assert "Nobody has paid this price yet." in text_of(check)
    assert "As they are: 1, 3, 4, 5, 7." in text_of(check)
    assert "Vets: begins with nothing known." in text_of(check)
    assert back.status_code == 200
    assert WHY in text_of(back)
    assert ModelVersion.objects.count() == 1

    fields = soup(check).select("form input[type=hidden][name]")
    sent = {one["name"]: one.get("value", "") for one in fields}
    sent.pop("csrfmiddlewaretoken", None)
    done = signed_in.post(address, sent | {"step": "record"}, follow=True)

    assert done.redirect_chain == [(url("version_list", workspace), 303)]
    assert "Asked again: questions 2, 6, 8, 9, 10, 11." in text_of(done)
    assert WHY in text_of(done)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"changes": []}, "Choose what changes."),
        ({"what_changed": "Price."}, "at least 40 characters"),
    ],
)
def test_a_version_that_says_too_little_is_refused(
    signed_in, workspace, market, fields, words
):
    page = signed_in.post(url("version_add", workspace), asked(**fields))

    assert page.status_code == 422
    assert words in text_of(page)


def test_a_rule_that_only_the_action_knows_keeps_the_text(signed_in, workspace, market):
    data = asked(step="record", dropped_segments=[market.pk])

    page = signed_in.post(url("version_add", workspace), data)

    assert page.status_code == 422
    assert "One segment must go on, or a new one begin." in text_of(page)
    assert WHY in text_of(page)


def test_a_version_begun_meanwhile_stands_above_mine(signed_in, workspace, founder):
    mine = asked(step="record", changes=["channel"])
    pivot(workspace, founder, "price")

    conflict = signed_in.post(url("version_add", workspace), mine)
    follows = soup(conflict).find("input", {"name": "follows"})["value"]

    assert conflict.status_code == 409
    assert f"{founder} began version 2 meanwhile" in text_of(conflict)
    assert soup(conflict).select("input[value=channel][checked]")
    assert follows == str(ModelVersion.objects.get(number=2).pk)


# --- evidence --------------------------------------------------------------------
def test_evidence_is_taken_over_by_ticking_it(signed_in, workspace, market, founder):
    talks(question(workspace, 2), 1, by=founder, text="we pay 300 a month")
    said(workspace, market, text="never linked")
    pivot(workspace, founder, "price")
    address = url("evidence_carry", workspace, 2)

    page = signed_in.get(address)
    none = signed_in.post(address, {})
    box = soup(page).find("input", {"name": "links"})["value"]
    done = signed_in.post(address, {"links": [box]}, follow=True)
    left = signed_in.get(address)

    assert "we pay 300 a month" in text_of(page)
    assert "never linked" not in text_of(page)
    assert none.status_code == 422
    assert "Choose what still holds." in text_of(none)
    assert "1 taken over." in text_of(done)
    assert EvidenceLink.objects.count() == 2
    assert "Nothing of an earlier version is left" in text_of(left)


def test_before_any_pivot_there_is_nothing_to_take_over(signed_in, workspace):
    page = signed_in.get(url("evidence_carry", workspace, 2))

    assert "Nothing of an earlier version is left" in text_of(page)


# --- who may ---------------------------------------------------------------------
def test_who_sees_no_people_reads_no_names(client, workspace, market, founder, advisor):
    person = said(workspace, market).person
    row = plan(workspace, founder, "solution_verified")
    reach(row, founder, finding=f"{person.name} told us: {LESSON}")
    client.force_login(advisor)

    page = text_of(client.get(url("checkpoint_list", workspace)))

    assert LESSON in page
    assert person.name not in page
    assert person.pseudonym in page
    assert "Plan a checkpoint" not in page


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
def test_only_founders_plan_and_change_the_model(client, workspace, market, role):
    client.force_login(make_member(workspace, role, user=make_user()).user)

    plan_page = client.post(url("checkpoint_add", workspace), {"kind": "beta"})
    version_page = client.post(url("version_add", workspace), asked())

    assert (plan_page.status_code, version_page.status_code) == (403, 403)
    assert "Change the model" not in text_of(client.get(url("version_list", workspace)))
