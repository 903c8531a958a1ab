from dataclasses import replace
from datetime import timedelta

import pytest

from interviews.qualifying import BY_CODE, REASONS, Participant, Talk, qualify
from tests.factories import NOW

CUSTOMER = Participant(is_related=False, consent="notes")
FRIEND = Participant(is_related=True, consent="quote")
SILENT = Participant(is_related=False, consent="none")
GOOD = Talk(
    participants=(CUSTOMER,),
    kind="problem",
    pitched="never",
    has_segment=True,
    held_at=NOW - timedelta(hours=72),
    recorded_at=NOW,
    quotes=1,
)


def test_a_good_talk_counts():
    answer = qualify(GOOD)

    assert (answer.counts, answer.reasons) == (True, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"participants": ()}, "nobody"),
        ({"participants": (FRIEND,)}, "related_party"),
        ({"participants": (CUSTOMER, FRIEND)}, "related_party"),
        ({"participants": (CUSTOMER, SILENT)}, "no_consent"),
        ({"kind": "sales"}, "sales"),
        ({"pitched": "before_problem"}, "pitched_first"),
        ({"has_segment": False}, "no_segment"),
        ({"recorded_at": NOW + timedelta(seconds=1)}, "late_notes"),
        ({"quotes": 0}, "no_quote"),
        ({"is_price_negotiated": True}, "price_negotiated"),
        ({"is_trashed": True}, "trashed"),
    ],
)
def test_each_condition_alone_spoils_it(change, code):
    answer = qualify(replace(GOOD, **change))

    assert answer.counts is False
    assert answer.reasons == (BY_CODE[code],)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "solution"},
        {"pitched": "after_problem"},
        {"participants": (CUSTOMER, CUSTOMER)},
        {"participants": (Participant(is_related=False, consent="recording"),)},
        {"held_at": NOW + timedelta(hours=1)},
        {"quotes": 12},
    ],
)
def test_what_does_not_spoil_it(change):
    assert qualify(replace(GOOD, **change)).counts is True


def test_all_reasons_are_given_in_one_order():
    bad = Talk(
        participants=(FRIEND, SILENT),
        kind="sales",
        pitched="before_problem",
        has_segment=False,
        held_at=NOW - timedelta(days=30),
        recorded_at=NOW,
        quotes=0,
        is_price_negotiated=True,
        is_trashed=True,
    )

    answer = qualify(bad)

    assert answer.reasons == tuple(r for r in REASONS if r.code != "nobody")


def test_each_reason_says_what_mends_it_or_that_nothing_does():
    assert [r.code for r in REASONS if not r.sentence] == []
    assert [r.code for r in REASONS if bool(r.mend) == bool(r.stays)] == []
    assert {r.code: r.field for r in REASONS if r.field} == {
        "nobody": "who",
        "no_segment": "segment",
    }
