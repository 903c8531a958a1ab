"""Drafts change, registered marks stand, and history is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from core.revisions import OutdatedError
from discovery.actions import (
    add_hypothesis,
    change_state,
    edit_hypothesis,
    register_hypothesis,
    revise_hypothesis,
)
from discovery.forms.hypotheses import HypothesisForm, RevisionForm
from discovery.hypotheses import grouped, newest_versions, state_of, versions_of
from discovery.models import Hypothesis, HypothesisStatus
from tests.factories import NOW, TODAY, make_hypothesis

LATER = NOW + timedelta(days=1)
MARKS = ("measure", "pass_mark", "fail_mark", "decide_by", "statement")


@pytest.fixture
def draft(workspace, founder):
    return make_hypothesis(workspace, "Clinics lose three hours", by=founder)


@pytest.fixture
def registered(draft, founder):
    return register_hypothesis(draft, by=founder, now=NOW)


def typed(**changes):
    return {
        "statement": "Clinics lose three hours",
        "measure": "who raises it",
        "pass_mark": "7 of 12",
        "fail_mark": "3 of 12",
        "decide_by": "2026-12-24",
        "box": "problem",
        "questions": ["1", "4"],
    } | changes


def marks(hypothesis):
    row = Hypothesis.objects.get(pk=hypothesis.pk)
    return [getattr(row, name) for name in MARKS]


# --- drafts ----------------------------------------------------------------------
def test_a_draft_is_written_and_changed(workspace, founder):
    form = HypothesisForm(typed(), workspace=workspace)
    assert form.is_valid(), form.errors
    row = add_hypothesis(workspace, by=founder, now=NOW, **form.cleaned_data)

    edit_hypothesis(row, by=founder, now=NOW, rev=1, pass_mark="8 of 12")

    row.refresh_from_db()
    assert (row.questions, row.pass_mark, row.rev) == ([1, 4], "8 of 12", 2)
    assert state_of(row) == "draft"
    assert list(row.statuses.all()) == []


@pytest.mark.parametrize("fail", ["7 of 12", " 7  OF 12 "])
def test_marks_must_differ(workspace, founder, fail):
    form = HypothesisForm(typed(fail_mark=fail), workspace=workspace)

    assert list(form.errors) == ["fail_mark"]
    with pytest.raises(ValidationError):
        make_through_action(workspace, founder, fail)


def make_through_action(workspace, by, fail):
    add_hypothesis(
        workspace,
        by=by,
        now=NOW,
        statement="x",
        measure="y",
        pass_mark="7 of 12",
        fail_mark=fail,
        decide_by=TODAY,
    )


def test_a_save_on_an_old_page_is_refused(draft, founder):
    edit_hypothesis(draft, by=founder, now=NOW, rev=1, measure="who pays")

    with pytest.raises(OutdatedError):
        edit_hypothesis(draft, by=founder, now=NOW, rev=1, measure="who smiles")


# --- registered ------------------------------------------------------------------
def test_registering_freezes_and_is_a_row(registered, founder):
    status = registered.statuses.get()

    assert (status.status, status.by, status.at) == ("registered", founder, NOW)
    assert registered.registered_at == NOW
    verbs = ActivityEntry.objects.values_list("verb", flat=True)
    assert list(verbs) == ["hypothesis.registered"]


def test_no_door_changes_the_marks(registered, workspace, founder):
    before = marks(registered)
    form = HypothesisForm(
        typed(pass_mark="1 of 12", rev=registered.rev),
        workspace=workspace,
        instance=Hypothesis.objects.get(pk=registered.pk),
    )

    assert form.non_field_errors().as_data()[0].code == "frozen"
    with pytest.raises(ValidationError, match="its marks stand"):
        edit_hypothesis(registered, by=founder, now=LATER, pass_mark="1 of 12")
    with pytest.raises(ValidationError, match="its marks stand"):
        register_hypothesis(registered, by=founder, now=LATER)
    for to in ("testing", "inconclusive", "testing", "abandoned"):
        change_state(registered, to, by=founder, now=LATER, reason="so")
    revise_hypothesis(
        registered, by=founder, now=LATER, reason="Too easy.", pass_mark="9 of 12"
    )
    assert marks(registered) == before


def test_a_day_that_has_passed_is_not_registered(workspace, founder):
    draft = make_hypothesis(workspace, decide_by=TODAY - timedelta(days=1))

    with pytest.raises(ValidationError, match="has passed"):
        register_hypothesis(draft, by=founder, now=NOW)


def test_somebody_changed_it_before_it_was_registered(draft, founder):
    edit_hypothesis(draft, by=founder, now=NOW, pass_mark="8 of 12")

    with pytest.raises(OutdatedError):
        register_hypothesis(draft, by=founder, now=NOW, rev=1)


# --- versions --------------------------------------------------------------------
def test_a_revision_is_the_next_version(registered, founder):
    second = revise_hypothesis(
        registered, by=founder, now=LATER, reason="Too easy.", pass_mark="9 of 12"
    )

    assert (second.version, second.predecessor, second.pass_mark) == (
        2,
        registered,
        "9 of 12",
    )
    assert second.statement == registered.statement
    assert [(s.status, s.reason) for s in second.statuses.all()] == [
        ("registered", "Too easy.")
    ]
    assert [row.pk for row in versions_of(registered)] == [second.pk, registered.pk]
    assert [row.pk for row in versions_of(second)] == [second.pk, registered.pk]
    assert [row.pk for row in newest_versions(second.workspace)] == [second.pk]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"reason": " ", "pass_mark": "9 of 12"}, "Say in a sentence"),
        ({"reason": "Because.", "pass_mark": "7 of 12 raise it"}, "Nothing has"),
        ({"reason": "Because.", "pass_mark": "fewer than 4 of 12 do"}, "cannot hold"),
        (
            {"reason": "Because.", "decide_by": TODAY - timedelta(days=1)},
            "has passed",
        ),
    ],
)
def test_a_revision_without_need_is_refused(registered, founder, fields, why):
    with pytest.raises(ValidationError, match=why):
        revise_hypothesis(registered, by=founder, now=LATER, **fields)


def test_a_draft_is_not_revised(draft, founder):
    with pytest.raises(ValidationError, match="edited, not revised"):
        revise_hypothesis(draft, by=founder, now=NOW, reason="So.", pass_mark="1")


def test_two_revisions_of_one_version_meet(registered, founder, workspace):
    first = revise_hypothesis(
        registered, by=founder, now=LATER, reason="Too easy.", pass_mark="9 of 12"
    )
    with pytest.raises(OutdatedError) as error:
        revise_hypothesis(
            registered, by=founder, now=LATER, reason="Hm.", pass_mark="8 of 12"
        )

    assert error.value.current == first
    form = RevisionForm(typed(reason="Hm."), workspace=workspace, instance=registered)
    form.meet(error.value.current)
    assert form.data["rev"] == first.rev


def test_a_replaced_version_moves_no_more(registered, founder):
    revise_hypothesis(
        registered, by=founder, now=LATER, reason="Too easy.", pass_mark="9 of 12"
    )

    with pytest.raises(ValidationError, match="A later version"):
        change_state(registered, "testing", by=founder, now=LATER)


# --- states ----------------------------------------------------------------------
def test_states_are_rows_that_stay(registered, founder):
    change_state(registered, "testing", by=founder, now=NOW)
    change_state(registered, "inconclusive", by=founder, now=NOW, reason="5 of 12")

    rows = HypothesisStatus.objects.filter(hypothesis=registered)
    assert [row.status for row in rows] == ["registered", "testing", "inconclusive"]
    assert state_of(registered) == "inconclusive"
    with pytest.raises(TypeError, match="append-only"):
        rows.update(status="validated")
    with pytest.raises(TypeError, match="append-only"):
        rows[0].delete()


@pytest.mark.parametrize(
    ("to", "reason", "why"),
    [
        ("validated", "7 of 12 did", "Link at least one quote"),
        ("invalidated", "2 of 12 did", "Link at least one quote"),
        ("abandoned", "", "Say in a sentence"),
        ("registered", "", "cannot go there"),
    ],
)
def test_steps_are_refused_by_the_table(registered, founder, to, reason, why):
    with pytest.raises(ValidationError, match=why):
        change_state(registered, to, by=founder, now=LATER, reason=reason)
    assert state_of(registered) == "registered"


def test_a_draft_is_registered_before_anything_else(draft, founder):
    with pytest.raises(ValidationError, match="Register it first"):
        change_state(draft, "abandoned", by=founder, now=NOW, reason="No.")


# --- the list --------------------------------------------------------------------
def test_overdue_ones_come_first_and_critical_ones_lead(workspace, founder):
    soon = make_hypothesis(workspace, "soon", decide_by=TODAY)
    critical = make_hypothesis(workspace, "critical", is_critical=True)
    for row in (soon, critical):
        register_hypothesis(row, by=founder, now=NOW)
    make_hypothesis(workspace, "draft", decide_by=TODAY)
    rows = list(newest_versions(workspace))

    assert shown(rows, TODAY) == {
        "registered": ["critical", "soon"],
        "draft": ["draft"],
    }
    assert shown(rows, TODAY + timedelta(days=1)) == {
        "overdue": ["soon"],
        "registered": ["critical"],
        "draft": ["draft"],
    }


def shown(rows, today):
    return {
        group.state: [one.row.statement for one in group.rows]
        for group in grouped(rows, today)
    }
