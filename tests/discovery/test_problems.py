"""Problems, needs in a tree, features."""

import pytest
from django.core.exceptions import ValidationError

from core.revisions import OutdatedError
from discovery.actions import (
    add_feature,
    add_need,
    add_problem,
    edit_feature,
    edit_need,
    edit_problem,
)
from discovery.forms.problems import FeatureForm, NeedForm
from discovery.models import Need
from discovery.need_tree import tree_of
from tests.factories import (
    NOW,
    make_feature,
    make_need,
    make_problem,
    make_segment,
    make_workspace,
)


@pytest.fixture
def segment(workspace):
    return make_segment(workspace)


def need(segment, founder, outcome="Fewer calls", **fields):
    return add_need(
        segment.workspace,
        by=founder,
        now=NOW,
        segment=segment,
        outcome=outcome,
        **fields,
    )


def test_a_problem_is_written_down_and_changed(segment, founder):
    problem = add_problem(
        segment.workspace, by=founder, now=NOW, segment=segment, statement="It breaks"
    )

    edit_problem(problem, by=founder, now=NOW, rev=1, frequency="every Friday")

    problem.refresh_from_db()
    assert (problem.frequency, problem.rev) == ("every Friday", 2)
    with pytest.raises(OutdatedError):
        edit_problem(problem, by=founder, now=NOW, rev=1, frequency="never")


def test_a_problem_with_needs_stays_in_its_segment(segment, founder):
    problem = make_problem(segment)
    make_need(segment).problems.add(problem)

    with pytest.raises(ValidationError, match="Needs hang on"):
        edit_problem(
            problem, by=founder, now=NOW, segment=make_segment(segment.workspace)
        )


# --- the tree --------------------------------------------------------------------
def test_three_levels_and_no_fourth(segment, founder):
    top = need(segment, founder)
    middle = need(segment, founder, "Fewer on Friday", parent=top)
    low = need(segment, founder, "None after six", parent=middle)

    assert [row.level for row in (top, middle, low)] == [1, 2, 3]
    with pytest.raises(ValidationError, match="Three levels"):
        need(segment, founder, "None at seven", parent=low)


def test_a_parent_of_another_segment_is_refused(segment, founder):
    other = make_need(make_segment(segment.workspace))

    with pytest.raises(ValidationError, match="another segment"):
        need(segment, founder, parent=other)


def test_a_need_with_parts_keeps_its_level(segment, founder):
    top, other = need(segment, founder), need(segment, founder, "Calm evenings")
    need(segment, founder, "Fewer on Friday", parent=top)

    with pytest.raises(ValidationError, match="Move those first"):
        edit_need(top, by=founder, now=NOW, parent=other)
    with pytest.raises(ValidationError, match="part of itself"):
        edit_need(other, by=founder, now=NOW, parent=other)
    moved = edit_need(other, by=founder, now=NOW, parent=top)
    assert (moved.level, moved.parent) == (2, top)


def test_the_form_offers_its_own_segment_alone(segment):
    own, foreign = make_problem(segment), make_problem(make_segment(make_workspace()))
    elsewhere = make_problem(make_segment(segment.workspace))
    top = make_need(segment, level=1)
    make_need(elsewhere.segment)

    form = NeedForm(segment=segment)

    assert list(form.fields["problems"].queryset) == [own]
    assert list(form.fields["parent"].queryset) == [top]
    assert not NeedForm(
        {"outcome": "x", "dimension": "social", "problems": [foreign.pk]},
        segment=segment,
    ).is_valid()


def test_the_tree_hangs_needs_below_each_other(segment, founder, workspace):
    top = need(segment, founder)
    need(segment, founder, "A dashboard of calls", parent=top)
    gone = need(segment, founder, "Gone")
    below = need(segment, founder, "Below what is gone", parent=gone)
    Need.objects.filter(pk=gone.pk).update(trashed_at=NOW)

    tree = tree_of(Need.objects.filter(segment=segment).current())

    assert [
        (node.need.outcome, [(c.need.outcome, c.signs) for c in node.children])
        for node in tree
    ] == [
        ("Fewer calls", [("A dashboard of calls", ("dashboard", "A"))]),
        (below.outcome, []),
    ]


# --- links to problems -----------------------------------------------------------
def test_links_are_part_of_the_revision(segment, founder):
    one, other = make_problem(segment), make_problem(segment)
    feature = add_feature(
        segment.workspace, by=founder, now=NOW, name="Swap board", problems=[one]
    )

    edit_feature(feature, by=founder, now=NOW, rev=1, problems=[other])

    feature.refresh_from_db()
    assert (list(feature.problems.all()), feature.rev) == ([other], 2)
    edit_feature(feature, by=founder, now=NOW, rev=2, problems=[other])
    feature.refresh_from_db()
    assert feature.rev == 2
    with pytest.raises(OutdatedError):
        edit_feature(feature, by=founder, now=NOW, rev=1, problems=[])


def test_a_name_in_the_trash_may_be_taken_again(workspace):
    make_feature(workspace, "Swap board", trashed_at=NOW)
    make_feature(workspace, "Shift map")
    make_feature(make_workspace(), "Elsewhere")

    names = {"Swap board": True, "Shift map": False, "Elsewhere": True}
    assert {
        name: FeatureForm(
            {"name": name, "stage": "idea"}, workspace=workspace
        ).is_valid()
        for name in names
    } == names
