"""Guides: what their actions keep, and what the pages show."""

import pytest
from django.urls import reverse

from core.models import ActivityEntry
from core.revisions import OutdatedError
from discovery.models import Feature
from interviews.actions import add_guide, copy_ready_guide, edit_guide
from interviews.guide_lint import lint
from interviews.models import Guide
from interviews.ready_guides import BY_KEY, READY
from tests.factories import (
    NOW,
    fresh_key,
    make_guide,
    make_interview,
    make_segment,
    make_workspace,
)
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "First customers")


@pytest.fixture
def signed_in(client, founder, segment):
    client.force_login(founder)
    return client


def url(name, pk=None):
    return reverse(f"interviews:{name}", args=["acme"] if pk is None else ["acme", pk])


def typed(*rows, **changes):
    """What the page sends; a row is (text, numbers as typed)."""
    return {
        "name": "Rota talk",
        "segment": "",
        "kind": "problem",
        "aim": "",
        "question_text": [text for text, _ in rows],
        "question_tests": [tests for _, tests in rows],
        "form_key": fresh_key(),
    } | changes


def asked(guide):
    return [(question.text, question.tests) for question in guide.questions.all()]


FIRST = ("Tell me about the last time.", "1, 4")


# --- actions ---------------------------------------------------------------------
def test_an_unused_guide_is_edited_in_place(workspace, founder):
    guide = add_guide(
        workspace, by=founder, now=NOW, name="One", questions=[("What?", [1])]
    )
    edited = edit_guide(
        guide, by=founder, now=NOW, rev=1, name="Two", questions=[("Why?", [2])]
    )

    assert (edited.pk, edited.name, edited.rev, asked(edited)) == (
        guide.pk,
        "Two",
        2,
        [("Why?", [2])],
    )


def test_other_questions_alone_are_a_new_revision(workspace, founder):
    guide = make_guide(workspace, by=founder)
    edited = edit_guide(guide, by=founder, now=NOW, rev=1, questions=[("Why?", [])])

    assert (edited.rev, asked(edited)) == (2, [("Why?", [])])


def test_nothing_changed_is_no_revision(workspace, founder):
    guide = make_guide(workspace, by=founder, questions=[("Why?", [2])])
    same = edit_guide(
        guide, by=founder, now=NOW, rev=1, name=guide.name, questions=[("Why?", [2])]
    )

    assert (same.rev, ActivityEntry.objects.count()) == (1, 0)


def test_a_used_guide_gets_a_next_version_and_the_talk_keeps_its_own(
    workspace, founder, segment
):
    guide = make_guide(workspace, by=founder, segment=segment, aim="Costs")
    talk = make_interview(workspace, by=founder, guide=guide)

    second = edit_guide(
        guide, by=founder, now=NOW, rev=1, name="Other", questions=[("Why?", [2])]
    )

    talk.refresh_from_db()
    assert (second.version, second.predecessor, second.aim, second.segment) == (
        2,
        guide,
        "Costs",
        segment,
    )
    assert asked(talk.guide) == [("Tell me about the last time.", [1, 4])]
    assert asked(second) == [("Why?", [2])]
    assert list(Guide.objects.to_choose(workspace)) == [second]
    chosen = Guide.objects.to_choose(workspace, but_keep=guide.pk)
    assert set(chosen) == {guide, second}


def test_a_page_drawn_from_the_version_before_is_outdated(workspace, founder):
    guide = make_guide(workspace, by=founder)
    make_interview(workspace, by=founder, guide=guide)
    second = edit_guide(guide, by=founder, now=NOW, rev=1, questions=[("Why?", [])])

    with pytest.raises(OutdatedError):
        edit_guide(second, by=founder, now=NOW, rev=1, questions=[("Who?", [])])


@pytest.mark.parametrize("ready", READY, ids=lambda ready: ready.key)
def test_our_own_guides_are_copied_and_keep_their_own_rules(
    workspace, founder, segment, ready
):
    guide = copy_ready_guide(workspace, ready, by=founder, now=NOW, segment=segment)

    assert (guide.name, guide.kind, guide.segment) == (ready.name, ready.kind, segment)
    is_later = ready.kind == "solution"
    bad = [text for text, _ in asked(guide) if lint(text, knows_it=is_later)]
    assert bad == []
    assert [tests for _, tests in asked(guide) if not tests] == []


# --- pages -----------------------------------------------------------------------
def test_a_guides_page_says_what_it_is_for(signed_in, workspace, segment):
    guide = make_guide(workspace, kind="beta_feedback", segment=segment)

    page = text_of(signed_in.get(url("guide_detail", guide.pk)))

    assert "beta feedback · First customers · used in 0 talks" in page


def test_one_press_copies_a_ready_made_guide(signed_in):
    page = soup(signed_in.get(url("guide_list")))
    assert [button["value"] for button in page.select("button[name=key]")] == [
        "problem",
        "solution",
    ]

    response = signed_in.post(
        url("guide_ready"), {"key": "problem", "form_key": fresh_key()}, follow=True
    )

    assert "Copied." in text_of(response)
    assert Guide.objects.get().name == BY_KEY["problem"].name
    page = soup(signed_in.get(url("guide_list")))
    assert [b["value"] for b in page.select("button[name=key]")] == ["solution"]


def test_an_unknown_ready_guide_leads_back_to_the_list(signed_in):
    response = signed_in.post(url("guide_ready"), {"key": "x", "form_key": "k"})

    assert response.status_code == 303


def test_a_guide_is_written_down(signed_in, segment):
    data = typed(FIRST, ("", ""), ("  What   did it cost? ", "2"), segment=segment.pk)

    response = signed_in.post(url("guide_add"), data, follow=True)

    guide = Guide.objects.get()
    assert response.redirect_chain == [(url("guide_detail", guide.pk), 303)]
    assert asked(guide) == [
        ("Tell me about the last time.", [1, 4]),
        ("What did it cost?", [2]),
    ]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([("", "")], "Write down at least one question."),
        ([("Why?", "12")], "Question 1: “12” are not numbers from 1 to 11."),
        ([("Why?", "1, x")], "Question 1: “1, x” are not numbers from 1 to 11."),
        ([("Why?", "0")], "not numbers from 1 to 11"),
        ([("Why?", "9" * 5000)], "not numbers from 1 to 11"),
        ([FIRST, ("a" * 301, "1")], "Question 2 is too long"),
        ([("Why?", "")] * 41, "At most 40 questions"),
    ],
)
def test_what_a_guide_cannot_be(signed_in, rows, error):
    response = signed_in.post(url("guide_add"), typed(*rows))

    assert response.status_code == 422
    assert error in text_of(response)
    shown = [field["value"] for field in soup(response).select("[name=question_text]")]
    assert shown == [text for text, _ in rows]
    assert Guide.objects.count() == 0


@pytest.mark.parametrize(
    ("command", "order"),
    [
        ("add", ["a", "b", "c", ""]),
        ("up-1", ["b", "a", "c"]),
        ("up-0", ["a", "b", "c"]),
        ("down-1", ["a", "c", "b"]),
        ("down-2", ["a", "b", "c"]),
        ("remove-1", ["a", "c"]),
        ("remove-99", ["a", "b", "c"]),
        ("up-²", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
    ],
)
def test_rows_move_by_buttons_and_nothing_is_saved(signed_in, command, order):
    data = typed(("a", "1"), ("b", "2"), ("c", "3"), name="Kept", do=command)

    response = signed_in.post(url("guide_add"), data)

    page = soup(response)
    shown = [field["value"] for field in page.select("[name=question_text]")]
    assert (response.status_code, shown) == (200, order)
    assert page.select_one("[name=name]")["value"] == "Kept"
    assert len(page.select("[name=question_text][autofocus]")) == 1
    assert Guide.objects.count() == 0


def test_enter_saves_and_moves_nothing(signed_in, workspace):
    """The first button of a form is the one that Enter presses."""
    guide = make_guide(workspace)
    page = soup(signed_in.get(url("guide_edit", guide.pk)))

    first = page.select_one("main form button")
    assert (first.text, first.get("name")) == ("Save", None)


def test_bad_questions_are_pointed_out_beside_them(signed_in, workspace):
    Feature.objects.create(workspace=workspace, name="RotaSwap", created_at=NOW)
    guide = make_guide(
        workspace,
        questions=[("Would you buy it?", [2]), ("What of RotaSwap?", []), FIRST_GOOD],
    )

    page = soup(signed_in.get(url("guide_detail", guide.pk)))

    rows = [" ".join(row.text.split()) for row in page.select("main ol.rows > li")]
    assert "“Would you”. It asks about a future nobody knows." in rows[0]
    assert "“RotaSwap”. It speaks of what you make." in rows[1]
    assert "It tests none of the eleven questions." in rows[1]
    assert "Ask instead" not in rows[2]


FIRST_GOOD = ("Tell me about the last time.", [1])


def test_the_question_being_typed_is_judged_alone(signed_in):
    def judged(**query):
        return text_of(hx(signed_in, url("guide_lint"), data=query))

    assert "“Would you”" in judged(question_text="Would you buy it?", kind="problem")
    assert "our app" in judged(question_text="What of our app?", kind="problem")
    assert judged(question_text="What of our app?", kind="solution") == ""
    assert judged(question_text="What happened?") == ""


def test_saving_a_used_guide_makes_the_next_version(signed_in, workspace, founder):
    guide = make_guide(workspace, "Rota", by=founder)
    make_interview(workspace, by=founder, guide=guide)
    page = text_of(signed_in.get(url("guide_edit", guide.pk)))
    assert "Save as the next version" in page

    data = typed(("Why?", "1"), rev="1")
    response = signed_in.post(url("guide_edit", guide.pk), data, follow=True)

    second = Guide.objects.get(version=2)
    assert response.redirect_chain == [(url("guide_detail", second.pk), 303)]
    old = text_of(signed_in.get(url("guide_detail", guide.pk)))
    assert "This version is kept for the talks that used it." in old
    moved_on = signed_in.get(url("guide_edit", guide.pk))
    assert moved_on.url == url("guide_edit", second.pk)


def test_two_who_edit_at_once_see_both_texts(signed_in, workspace, founder):
    guide = make_guide(workspace, "Rota", by=founder)
    make_interview(workspace, by=founder, guide=guide)
    edit_guide(guide, by=founder, now=NOW, rev=1, questions=[("Theirs?", [3])])

    response = signed_in.post(
        url("guide_edit", guide.pk), typed(("Mine?", "1"), name="Rota", rev="1")
    )

    page = soup(response)
    assert response.status_code == 409
    assert "1. Theirs? [3]" in page.select_one("#conflict").text
    assert page.select_one("[name=question_text]")["value"] == "Mine?"
    again = typed(
        ("Mine?", "1"), name="Rota", rev=page.select_one("[name=rev]")["value"]
    )
    assert signed_in.post(url("guide_edit", guide.pk), again).status_code == 303
    assert asked(Guide.objects.get(version=2)) == [("Mine?", [1])]


def test_a_talk_begins_with_the_guide_it_is_given(signed_in, workspace, segment):
    other = make_segment(workspace, "Hospitals")
    guide = make_guide(
        workspace, "Rota", segment=other, kind="switch", questions=[("Why?", [1, 4])]
    )

    page = soup(signed_in.get(url("interview_new"), {"guide": guide.pk}))

    chosen = [option.text for option in page.select("option[selected]")]
    assert chosen[:3] == ["switch", "Hospitals", "Rota"]
    panel = page.select_one("#guide")
    assert panel.has_attr("open")
    assert "Why? tests questions 1, 4" in " ".join(panel.text.split())


@pytest.mark.parametrize("query", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_guide_is_no_trouble(signed_in, query):
    response = signed_in.get(url("interview_new"), {"guide": query, "customer": query})

    assert response.status_code == 200


def test_guides_of_another_venture_are_not_offered(signed_in):
    guide = make_guide(make_workspace(), "Foreign")

    page = soup(signed_in.get(url("interview_new"), {"guide": guide.pk}))

    assert [o.text for o in page.select("#id_guide option")] == ["None"]
    assert signed_in.get(url("guide_detail", guide.pk)).status_code == 404


def test_a_guide_in_the_trash_is_offered_nowhere_and_fetched_back(
    signed_in, workspace, founder
):
    guide = make_guide(workspace, "Rota", by=founder)
    away = reverse("core:row_trash", args=["acme", "guide", guide.pk])

    signed_in.post(away, {"form_key": fresh_key()})

    page = soup(signed_in.get(url("guide_list")))
    assert [a.text for a in page.select("main .row-main > a")] == []
    assert [
        o.text
        for o in soup(signed_in.get(url("interview_new"))).select("#id_guide option")
    ] == ["None"]
    assert signed_in.get(url("guide_detail", guide.pk)).status_code == 200
    back = reverse("core:row_restore", args=["acme", "guide", guide.pk])
    signed_in.post(back, {"form_key": fresh_key()})
    assert "Rota" in text_of(signed_in.get(url("guide_list")))


def test_talks_in_the_trash_are_not_counted(signed_in, workspace, founder):
    guide = make_guide(workspace, "First talk", by=founder)
    make_interview(workspace, by=founder, guide=guide)
    make_interview(workspace, by=founder, guide=guide, trashed_at=NOW)

    text = text_of(signed_in.get("/w/acme/guides/"))

    assert "1 question · 1 talk" in text
