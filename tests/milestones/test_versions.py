"""A pivot asks again what it affects; history and evidence stay where they are."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from discovery.models import ModelVersion, Person, Segment
from milestones.actions import carry_evidence, start_version
from milestones.conflicts import OutdatedError
from milestones.models import EvidenceLink, Question, Reconfirmation
from milestones.reports.carrying import Earlier, links_left, offered
from milestones.reports.question import question_page
from milestones.reports.versions import versions_of
from milestones.scope import scope_of
from tests.factories import NOW, TODAY, make_segment, make_workspace
from tests.milestones.rows import (
    answer,
    link,
    open_market,
    question,
    said,
    score,
    talks,
)

WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
LATER = NOW + timedelta(days=1)


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def pivot(workspace, by, *changes, now=NOW, **fields):
    fields = {"what_changed": WHY} | fields
    return start_version(workspace, by=by, changes=changes, now=now, **fields)


def rows_of(version):
    rows = Question.objects.filter(model_version=version)
    return sorted((row.number, row.segment and row.segment.name) for row in rows)


def refusal(error):
    return {
        name: [one.code for one in errors]
        for name, errors in error.value.error_dict.items()
    }


# --- starting one ----------------------------------------------------------------
def test_a_change_of_price_asks_its_questions_again(market, founder):
    second = make_segment(market.workspace, "Hospitals")

    version = pivot(market.workspace, founder, "price")

    names = [market.name, second.name]
    assert rows_of(version) == [
        *((number, name) for number in (2, 6, 8) for name in names),
        *((number, None) for number in (9, 10, 11)),
    ]
    asked = Question.objects.filter(model_version=version)
    assert {row.needs_rescore_since for row in asked} == {NOW}
    assert (version.number, version.started_on, version.started_at) == (2, TODAY, NOW)
    assert (version.started_by, version.changes) == (founder, ["price"])
    entry = ActivityEntry.objects.get(verb="version.started")
    assert entry.data["questions"] == [2, 6, 8, 9, 10, 11]


def test_old_rows_keep_scores_and_evidence_and_others_live_on(market, founder):
    talks(question(market.workspace, 2), 1, by=founder)
    score(question(market.workspace, 2), 3, by=founder)
    old = question(market.workspace, 2)
    kept = question(market.workspace, 1)

    pivot(market.workspace, founder, "price")

    scope = scope_of(market.workspace)
    assert scope.question(1) == kept
    assert scope.question(2) != old
    assert scope.question(2).scores.count() == 0
    assert (old.scores.count(), old.evidence.count()) == (1, 1)
    assert scope_of(market.workspace, version=1).question(2) == old


def test_segments_end_and_begin_with_a_version(market, founder):
    gone = make_segment(market.workspace, "Hospitals")

    version = pivot(
        market.workspace,
        founder,
        "channel",
        dropped_segments=[gone],
        new_segment_name=" Vets ",
    )

    vets = Segment.objects.get(name="Vets")
    assert Segment.objects.get(pk=gone.pk).status == Segment.Status.DROPPED
    assert vets.model_version == version
    assert rows_of(version) == [
        *((number, "Vets") for number in range(1, 8)),
        (8, market.name),
        (8, "Vets"),
        *((number, None) for number in (9, 10, 11)),
    ]
    fresh = Question.objects.filter(segment=vets)
    assert {row.needs_rescore_since for row in fresh} == {None}


def test_all_may_end_when_another_begins(market, founder):
    pivot(
        market.workspace,
        founder,
        "segment",
        dropped_segments=[market],
        new_segment_name="Vets",
    )

    assert [s.name for s in scope_of(market.workspace).segments] == ["Vets"]


@pytest.mark.parametrize(
    ("changes", "fields", "codes"),
    [
        ([], {}, {"changes": ["required"]}),
        (["moon"], {}, {"changes": ["required"]}),
        (["price"], {"what_changed": "Price."}, {"what_changed": ["too_short"]}),
        (
            ["price"],
            {"new_segment_name": "first CUSTOMERS"},
            {"new_segment_name": ["unique"]},
        ),
    ],
)
def test_a_version_says_what_changes_and_why(market, founder, changes, fields, codes):
    with pytest.raises(ValidationError) as error:
        pivot(market.workspace, founder, *changes, **fields)

    assert refusal(error) == codes
    assert ModelVersion.objects.count() == 1


def test_somebody_must_remain_to_sell_to(market, founder):
    with pytest.raises(ValidationError) as error:
        pivot(market.workspace, founder, "segment", dropped_segments=[market])

    assert refusal(error) == {"dropped_segments": ["no_segment"]}


def test_segments_of_others_are_no_business_of_ours(market, founder):
    foreign = make_segment(make_workspace())

    with pytest.raises(ValidationError) as error:
        pivot(market.workspace, founder, "price", dropped_segments=[foreign])

    assert error.value.code == "foreign"


def test_of_two_who_start_one_at_once_the_second_is_told(market, founder):
    first = ModelVersion.objects.get()
    pivot(market.workspace, founder, "price", follows=first.pk)

    with pytest.raises(OutdatedError) as conflict:
        pivot(market.workspace, founder, "channel", follows=first.pk)

    assert conflict.value.latest.number == 2
    assert ModelVersion.objects.count() == 2


def test_without_a_model_there_is_none_to_change(founder):
    with pytest.raises(OutdatedError):
        pivot(make_workspace(), founder, "price")


# --- what was scored before ------------------------------------------------------
def earlier(workspace, viewer, number=2, now=LATER, **asked):
    scope, key = scope_of(workspace, **asked), str(viewer.pk)
    page = question_page(scope, number, viewer=key, sees_people=True, now=now)
    return page.earlier


def test_earlier_says_what_was_claimed_before(market, founder):
    for number, value in {2: 1, 9: 0, 1: 1}.items():
        score(question(market.workspace, number), value, by=founder)
    pivot(market.workspace, founder, "price")

    found = [earlier(market.workspace, founder, number) for number in (2, 9, 1)]

    assert found == [Earlier(1, 1, TODAY), Earlier(1, 0, TODAY), None]
    assert found[0].sentence == (
        "Scored 1 in version 1; the model changed on 2 Nov 2026: score it again."
    )


def test_earlier_is_silent_once_scored_again_and_before_any_pivot(market, founder):
    score(question(market.workspace, 2), 1, by=founder)
    assert earlier(market.workspace, founder) is None
    pivot(market.workspace, founder, "price")
    score(scope_of(market.workspace).question(2), 0, by=founder, now=LATER)

    assert earlier(market.workspace, founder) is None


def test_earlier_looks_past_a_version_that_was_never_scored(market, founder):
    score(question(market.workspace, 2), 1, by=founder)
    pivot(market.workspace, founder, "price")
    pivot(market.workspace, founder, "price", now=LATER)

    assert earlier(market.workspace, founder) == Earlier(1, 1, date(2026, 11, 3))
    assert earlier(market.workspace, founder, version=2) == Earlier(1, 1, TODAY)


def test_earlier_keeps_the_round_blind(market, founder, owner):
    score(question(market.workspace, 2), 1, by=owner)
    pivot(market.workspace, founder, "price")

    assert earlier(market.workspace, founder) is None
    assert earlier(market.workspace, owner) == Earlier(1, 1, TODAY)
    after = NOW + timedelta(days=8)
    assert earlier(market.workspace, founder, now=after) == Earlier(1, 1, TODAY)


# --- evidence --------------------------------------------------------------------
@pytest.fixture
def asked(market, founder):
    """Question 2 asked again, with two links left in version 1."""
    old = question(market.workspace, 2)
    link(old, said(market.workspace, market), by=founder, grade=5)
    against = link(
        old, said(market.workspace, market), by=founder, stance="contradicts"
    )
    EvidenceLink.objects.filter(pk=against.pk).update(
        answer="An exception.", answered_at=NOW
    )
    pivot(market.workspace, founder, "price")
    return scope_of(market.workspace).question(2)


def carry(asked, links, by, now=LATER):
    return carry_evidence(asked, links, by=by, now=now)


def test_evidence_is_linked_again_as_it_was(asked, founder):
    strong, against = links_left(asked)
    Reconfirmation(
        workspace=asked.workspace,
        link=strong,
        on=TODAY,
        how="Asked again by phone.",
        by=founder,
        recorded_at=NOW,
    ).save()

    copies = carry(asked, [strong, against], founder)

    new = {copy.quote_id: copy for copy in asked.evidence.all()}
    assert len(copies) == len(new) == 2
    copy = new[strong.quote_id]
    same = ("stance", "grade", "seen_by", "occurred_on", "proof_url")
    assert [getattr(copy, n) for n in same] == [getattr(strong, n) for n in same]
    assert copy.linked_at == LATER
    assert copy.reconfirmations.get().on == TODAY
    assert new[against.quote_id].answered_at is None
    assert EvidenceLink.objects.standing().count() == 4
    assert links_left(asked) == []
    entry = ActivityEntry.objects.get(verb="evidence.carried")
    assert entry.data == {"question": 2, "count": 2}


def test_what_was_carried_is_neither_offered_nor_linked_a_second_time(asked, founder):
    strong, against = links_left(asked)
    carry(asked, [strong], founder)
    assert links_left(asked) == [against]

    again, both = (
        carry(asked, links, founder) for links in ([strong], [strong, against])
    )

    assert (again, [copy.quote_id for copy in both]) == ([], [against.quote_id])
    assert asked.evidence.count() == 2
    verb = "evidence.carried"
    assert [
        entry.data["count"] for entry in ActivityEntry.objects.filter(verb=verb)
    ] == [
        1,
        1,
    ]


def test_only_what_was_left_is_carried(asked, founder):
    elsewhere = link(
        question(asked.workspace, 3), said(asked.workspace, asked.segment), by=founder
    )

    for links in ([], [elsewhere]):
        with pytest.raises(ValidationError) as error:
            carry(asked, links, founder)
        assert refusal(error) == {"links": ["not_offered"]}


def test_what_no_longer_stands_is_not_offered(asked, founder):
    withdrawn, refused = links_left(asked)
    EvidenceLink.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW)
    Person.objects.filter(quotes=refused.quote_id).update(consent="none")

    assert links_left(asked) == []


@pytest.mark.parametrize("gone", ["quote", "talk"])
def test_words_taken_back_are_not_offered(asked, gone):
    strong, against = links_left(asked)
    if gone == "quote":
        type(strong.quote).objects.filter(pk=strong.quote_id).update(withdrawn_at=NOW)
    else:
        talk = strong.quote.interview
        type(talk).objects.filter(pk=talk.pk).update(trashed_at=NOW)

    assert links_left(asked) == [against]


def test_nothing_is_carried_into_a_version_that_ended(asked, founder):
    links = links_left(asked)
    pivot(asked.workspace, founder, "price", now=LATER)

    with pytest.raises(ValidationError) as error:
        carry(asked, links, founder)

    assert error.value.code == "past_version"
    left = links_left(scope_of(asked.workspace).question(2))
    assert left == links


def test_the_strongest_is_offered_first_under_its_version(asked):
    found = offered(asked, links_left(asked), sees_people=True)

    assert [(one.card.grade, one.version) for one in found] == [(5, 1), (3, 1)]


# --- the list --------------------------------------------------------------------
def test_versions_newest_first_with_the_segments_of_their_time(market, founder):
    answer(question(market.workspace), by=founder)
    gone = make_segment(market.workspace, "Hospitals")
    pivot(market.workspace, founder, "price", "channel", dropped_segments=[gone])

    second, first = versions_of(market.workspace)

    assert (second.number, second.is_current, second.by) == (2, True, str(founder))
    assert second.changes == (
        "the price, or what is paid for",
        "the channel, or how it is sold",
    )
    assert second.numbers == (2, 6, 8, 9, 10, 11)
    assert second.segments == (market,)
    assert set(first.segments) == {market, gone}
    assert (first.numbers, first.by, first.what_changed) == ((), "", "")
