"""Evidence looked at again, moved to another question, and the results of surveys."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q

from milestones.actions import (
    link_evidence,
    reconfirm_evidence,
    relink_evidence,
    withdraw_evidence,
)
from milestones.models import EvidenceLink, Reconfirmation
from milestones.reports.pieces import links_of
from tests.factories import NOW, TODAY, make_segment, make_workspace
from tests.helpers import soup, text_of
from tests.interviews.survey_cases import Kind, make_response, make_survey
from tests.milestones.rows import link, open_market, question, said, url

pytestmark = pytest.mark.usefixtures("clock")
HOW = "Rang them up: it broke again last week."
KEY = "k" * 36


@pytest.fixture
def segment(workspace, founder):
    return open_market(workspace, founder)


@pytest.fixture
def linked(workspace, founder, segment):
    return link(question(workspace), said(workspace, segment), by=founder)


def answered(workspace, segment, kind=Kind.PRICE, *, count=1):
    survey = make_survey(workspace, kind, segment=segment)
    for n in range(count):
        on = TODAY - timedelta(days=n)
        make_response(survey, label=f"R{n}", asked_on=on)
    return survey


def code_of(action, *args, **fields):
    with pytest.raises(ValidationError) as caught:
        action(*args, **fields)
    error = caught.value
    if hasattr(error, "error_dict"):
        return [one.code for them in error.error_dict.values() for one in them]
    return [error.code]


# --- looked at again ---------------------------------------------------------------
def test_evidence_reconfirm_shows_on_the_card(client, linked, member):
    client.force_login(member)
    address = url("evidence_reconfirm", linked.workspace, linked.pk)
    data = {"on": TODAY, "how": HOW, "form_key": KEY}

    first, second = client.post(address, data), client.post(address, data)
    page = client.get(url("question_detail", linked.workspace, 1))

    assert (first.status_code, second.status_code) == (303, 303)
    assert Reconfirmation.objects.get().link == linked
    assert f"Still holds: {HOW} (Malik Member, 2 Nov" in text_of(page)


@pytest.mark.parametrize(
    ("days", "how", "code"),
    [(1, HOW, "future"), (-2, HOW, "too_early"), (0, "  Yes.   ", "too_short")],
)
def test_what_is_no_reconfirmation(linked, member, days, how, code):
    day = TODAY + timedelta(days=days)

    found = code_of(reconfirm_evidence, linked, by=member, on=day, how=how, now=NOW)

    assert found == [code]


def test_withdrawn_evidence_is_not_reconfirmed(client, linked, member):
    withdraw_evidence(linked, by=member, reason="Misheard.", now=NOW)
    client.force_login(member)
    address = url("evidence_reconfirm", linked.workspace, linked.pk)

    page = client.post(address, {"on": TODAY, "how": HOW})

    assert page.status_code == 422
    assert "withdrawn already" in text_of(page)
    assert HOW in text_of(page)


# --- to another question -----------------------------------------------------------
def test_evidence_relink_moves_it_and_leads_to_its_card(client, linked, member):
    client.force_login(member)
    address = url("evidence_relink", linked.workspace, linked.pk)
    data = {
        "number": 4,
        "stance": "contradicts",
        "grade": 2,
        "reason": "It is about their business.",
        "form_key": KEY,
    }

    asked = client.get(address)
    first, second = client.post(address, data), client.post(address, data)

    old, new = EvidenceLink.objects.order_by("withdrawn_at").reverse()
    old, new = (old, new) if old.withdrawn_at else (new, old)
    options = {one["value"] for one in soup(asked).select("#id_number option")}
    assert ("1" in options, "4" in options) == (False, True)
    assert (old.pk, old.withdrawn_reason) == (linked.pk, data["reason"])
    assert (new.question.number, new.quote, new.stance, new.grade) == (
        4,
        linked.quote,
        "contradicts",
        2,
    )
    card = f"{url('question_detail', linked.workspace, 4)}#e-{new.pk}"
    assert first.url == second.url == card


def test_what_was_found_when_looked_at_again_moves_along(linked, member, founder):
    looked = {"on": TODAY - timedelta(days=1), "how": HOW}
    before = NOW - timedelta(hours=3)
    EvidenceLink.objects.update(occurred_on=TODAY - timedelta(days=200))
    linked.refresh_from_db()
    reconfirm_evidence(linked, by=member, now=before, **looked)

    moved = relink_evidence(
        linked,
        by=founder,
        question=question(linked.workspace, 3),
        stance="supports",
        grade=3,
        reason="It is about the price.",
        now=NOW,
    )

    row = moved.reconfirmations.get()
    assert (row.on, row.how, row.by) == (looked["on"], HOW, member)
    assert row.recorded_at == before
    facts = links_of(Q(pk=moved.pk))
    assert [one.piece_at(NOW).on for one in facts] == [looked["on"]]
    assert Reconfirmation.objects.filter(link=linked).count() == 1


def test_proof_moves_along_and_without_it_nothing_gets_stronger(
    client, workspace, segment, linked, founder
):
    strong = link(question(workspace, 2), said(workspace, segment), by=founder, grade=5)
    fields = {"stance": "supports", "reason": "Wrong one.", "by": founder, "now": NOW}
    client.force_login(founder)

    moved = relink_evidence(strong, question=question(workspace, 6), grade=5, **fields)
    data = {"number": 4, "stance": "supports", "grade": 5, "reason": "Wrong one."}
    bare = client.post(url("evidence_relink", workspace, linked.pk), data)
    same = code_of(relink_evidence, linked, question=linked.question, grade=3, **fields)

    assert (moved.seen_by, moved.grade) == (founder, 5)
    assert (bare.status_code, same) == (422, ["same_question"])
    assert "this has none" in text_of(bare)


# --- deep links --------------------------------------------------------------------
def test_card_and_quote_lead_to_each_other(client, linked, member):
    client.force_login(member)
    talk = linked.quote.interview
    card = client.get(url("question_detail", linked.workspace, 1))
    quote = client.get(url("evidence_add", linked.workspace, linked.quote.pk))
    read = client.get(f"/w/{linked.workspace.slug}/interviews/{talk.pk}/")

    to_quote = soup(card).select_one(f"#e-{linked.pk} a[href*='#q-']")["href"]
    to_card = soup(quote).select_one(f"a[href*='#e-{linked.pk}']")["href"]
    assert (
        to_quote
        == f"/w/{linked.workspace.slug}/interviews/{talk.pk}/#q-{linked.quote.pk}"
    )
    assert soup(read).find(id=f"q-{linked.quote.pk}")
    assert soup(client.get(to_card)).find(id=f"e-{linked.pk}")


# --- surveys -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "most"), [(Kind.PRICE, 2), (Kind.NEEDS, 2), (Kind.MUST_HAVE, 3)]
)
def test_a_survey_proves_no_more_than_its_kind_can(
    workspace, segment, founder, kind, most
):
    survey = answered(workspace, segment, kind)
    row = question(workspace, 2)
    fields = {"by": founder, "survey": survey, "stance": "supports", "now": NOW}

    too_much = code_of(link_evidence, row, grade=most + 1, **fields)
    made = link_evidence(row, grade=most, **fields)
    twice = code_of(link_evidence, row, grade=most, **fields)

    assert (too_much, twice) == (["too_strong"], ["linked_before"])
    assert (made.occurred_on, made.grade) == (TODAY, most)


def test_which_surveys_are_refused(workspace, segment, founder):
    other = make_segment(workspace)
    surveys = [
        make_survey(workspace, Kind.PRICE, segment=segment),
        answered(workspace, other),
        answered(make_workspace(), None),
        answered(workspace, segment),
    ]
    surveys[3].trashed_at = NOW
    fields = {"by": founder, "stance": "supports", "grade": 2, "now": NOW}
    row = question(workspace, 2)

    codes = [code_of(link_evidence, row, survey=one, **fields) for one in surveys]

    assert codes == [["unanswered"], ["segment"], ["foreign"], ["trashed"]]
    model = question(workspace, 9)
    assert link_evidence(model, survey=surveys[1], **fields).survey == surveys[1]


def test_source_add_links_a_survey_and_the_card_names_it(
    client, workspace, segment, member
):
    survey = answered(workspace, segment, Kind.MUST_HAVE, count=2)
    gone = {"feeling": "gone", "uses_last_14_days": None, "why": ""}
    make_response(survey, label="R9", answers=gone)
    make_survey(workspace, Kind.PRICE, segment=segment, name="Unanswered")
    client.force_login(member)
    address = url("source_add", workspace, 7)

    asked = client.get(address)
    data = {"survey": str(survey.pk), "stance": "supports"}
    done = client.post(address, data, follow=True)

    made = EvidenceLink.objects.get()
    words = f"{survey.name}: 3 answers, 2 of them count"
    assert words in text_of(asked)
    assert "Unanswered" not in text_of(asked)
    assert made.grade == 3
    card = soup(done).find(id=f"e-{made.pk}")
    assert words in " ".join(card.get_text(" ").split())
    assert card.find(href=f"/w/{workspace.slug}/surveys/{survey.pk}/")
    withdraw = client.get(url("evidence_withdraw", workspace, made.pk))
    assert words in text_of(withdraw)
    moved = url("evidence_relink", workspace, made.pk)
    data = {"number": 6, "stance": "supports", "grade": 3, "reason": "Wrong one."}
    assert client.post(moved, data).status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"grade": 6}, "counts as E2 at most"),
        ({"document": "And a letter"}, "Choose a number or a survey"),
        ({"survey": "", "document": "A letter"}, "Choose how strong it is."),
        ({"survey": "no-such"}, "Select a valid choice"),
    ],
)
def test_source_add_refuses_a_survey(client, workspace, segment, member, fields, words):
    survey = answered(workspace, segment)
    client.force_login(member)

    data = {"survey": str(survey.pk), "stance": "supports"} | fields
    page = client.post(url("source_add", workspace, 2), data)

    assert page.status_code == 422
    assert words in text_of(page)
