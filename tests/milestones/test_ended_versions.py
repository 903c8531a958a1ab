"""A version of the model that has ended is read, and nothing of it is written any more."""

from datetime import timedelta

import pytest

from core.models import ActivityEntry, Role
from milestones.actions import open_challenge, plan_checkpoint, start_version
from milestones.models import Challenge, EvidenceLink
from tests.api_client import Asking
from tests.factories import NOW, TODAY
from tests.helpers import soup, text_of
from tests.milestones.rows import (
    ANSWER,
    REASON,
    open_market,
    question,
    score,
    talks,
    url,
)

WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
ASKED = "Which of the clinics has shown you the invoice?"
ENDED = "Version 1 of the model has ended"

pytestmark = pytest.mark.usefixtures("clock")

SENT = {
    "answer_edit": {"statement": ANSWER},
    "score_add": {"value": 1, "reason": REASON},
    "review_add": {"value": 1, "reason": REASON},
    "criterion_set": {"state_1": "yes", "note_1": REASON},
    "source_add": {"document": "The invoice of May", "grade": 2, "stance": "supports"},
    "challenge_add": {"text": ASKED},
    "evidence_carry": {"links": "Not an id"},
}
SENT_ABOUT = {
    "challenge_answer": {"answer": REASON},
    "challenge_withdraw": {},
    "evidence_reconfirm": {"on": TODAY.isoformat(), "how": REASON},
    "evidence_answer": {"answer": REASON},
    "evidence_withdraw": {"reason": REASON},
    "evidence_relink": {
        "number": 3,
        "stance": "supports",
        "grade": 3,
        "reason": REASON,
    },
    "checkpoint_move": {
        "to_on": "2027-01-01",
        "follows_on": TODAY.isoformat(),
        "reason": REASON,
    },
    "checkpoint_reach": {"reached_on": TODAY.isoformat(), "finding": REASON},
}


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


@pytest.fixture
def rows(workspace, founder, market):
    """One of each of question 2 and of version 1, before the price changes; by name of
    its page without what is done to it."""
    row = question(workspace, 2)
    (linked,) = talks(row, 1, by=founder)
    score(row, 1, by=founder)
    asked = open_challenge(row, by=founder, text=ASKED, now=NOW)
    plan = {"kind": "solution_verified", "planned_on": TODAY}
    checkpoint = plan_checkpoint(workspace, by=founder, now=NOW, **plan)
    pivot(workspace, founder)
    return {"challenge": asked, "evidence": linked, "checkpoint": checkpoint}


def test_the_quotes_of_a_talk_lead_to_it_and_take_nothing_from_it(
    client, workspace, founder, rows
):
    """What the actions refuse, the page of the talk does not offer."""
    quote = rows["evidence"].quote
    client.force_login(founder)

    page = client.get(url("evidence_add", workspace, quote.pk))

    linked = soup(page).select_one(".row")
    assert "version 1 of the model, which has ended" in linked.get_text(" ", strip=True)
    (way,) = linked.select("a")
    assert "&version=1#e-" in way["href"]
    shown = client.get(way["href"])
    assert soup(shown).find(id=f"e-{rows['evidence'].pk}") is not None


def pivot(workspace, by):
    start_version(workspace, by=by, changes=["price"], what_changed=WHY, now=NOW)


def typed_in(data):
    return [text for text in data.values() if " " in str(text)]


@pytest.mark.parametrize("name", SENT)
def test_a_form_of_it_is_drawn_for_nobody(
    client, workspace, founder, advisor, rows, name
):
    client.force_login(advisor if name == "review_add" else founder)
    address, before = url(name, workspace, 2, version=1), ActivityEntry.objects.count()

    drawn, sent = client.get(address), client.post(address, SENT[name])

    assert (drawn.status_code, sent.status_code) == (200, 409)
    assert soup(drawn).main.find("form") is None
    assert ENDED in text_of(drawn)
    assert ENDED in text_of(sent)
    assert all(text in text_of(sent) for text in typed_in(SENT[name]))
    assert ActivityEntry.objects.count() == before
    segment = question(workspace, 1).segment_id
    today = soup(sent).find("a", string="Open the question as it is asked today")
    assert today["href"] == url("question_detail", workspace, 2, segment=segment)


def test_nothing_is_planned_in_it(client, workspace, founder, rows):
    client.force_login(founder)
    plan = {"kind": "beta", "planned_on": TODAY.isoformat()}

    answered = client.post(url("checkpoint_add", workspace, version=1), plan)

    assert answered.status_code == 409
    assert ENDED in text_of(answered)
    assert soup(answered).find("a", string="Open today’s checkpoints")["href"] == url(
        "checkpoint_list", workspace
    )


@pytest.mark.parametrize("name", SENT_ABOUT)
def test_what_belongs_to_it_is_kept_as_it_was(client, workspace, founder, rows, name):
    client.force_login(founder)
    row, before = rows[name.split("_")[0]], ActivityEntry.objects.count()
    address, data = url(name, workspace, row.pk), SENT_ABOUT[name]

    drawn, sent = client.get(address), client.post(address, data)

    assert (drawn.status_code, sent.status_code) == (200, 409)
    assert soup(drawn).main.find("form") is None
    assert ENDED in text_of(sent)
    assert all(text in text_of(sent) for text in typed_in(data))
    assert ActivityEntry.objects.count() == before
    kept = type(row).objects.get(pk=row.pk)
    assert all(
        getattr(kept, field.attname) == getattr(row, field.attname)
        for field in row._meta.concrete_fields
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/challenges/{challenge}/answer", {"answer": REASON}),
        ("/challenges/{challenge}/withdraw", None),
        ("/evidence/{evidence}/reconfirm", {"on": "2026-11-02", "how": REASON}),
        ("/evidence/{evidence}/withdraw", {"reason": REASON}),
        (
            "/evidence/{evidence}/relink",
            {"number": 3, "stance": "supports", "grade": 3, "reason": REASON},
        ),
        (
            "/checkpoints/{checkpoint}/move",
            {"to_on": "2027-01-01", "follows_on": "2026-11-02", "reason": REASON},
        ),
        (
            "/checkpoints/{checkpoint}/reach",
            {"reached_on": "2026-11-02", "finding": REASON},
        ),
    ],
)
def test_the_api_says_so_too(client, workspace, founder, rows, path, body):
    asking = Asking(client, workspace, Role.FOUNDER)
    # asked before the round in which this founder owes a score: they may know of it
    opened_at = NOW - timedelta(days=1)
    Challenge.objects.update(by=asking.by, opened_at=opened_at)
    before = ActivityEntry.objects.count()
    where = path.format(**{name: row.pk for name, row in rows.items()})

    answered = asking.post(where, body or {})

    assert answered.status_code == 409
    assert answered.json() == {
        "detail": "That version of the model has ended. Nothing is added to it."
    }
    assert ActivityEntry.objects.count() == before


def test_what_it_left_open_waits_for_nobody(client, workspace, founder, rows):
    client.force_login(founder)

    every = text_of(client.get(url("challenge_list", workspace)))
    waiting = text_of(client.get(url("challenge_list", workspace, state="open")))
    then = text_of(client.get(url("discussion", workspace, 2, version=1)))

    assert ASKED in every
    assert "left open when the model changed" in every
    assert ASKED in then
    assert not any("Answer it" in page or "Take it" in page for page in (every, then))
    assert "No challenge like that." in waiting


def test_a_question_it_does_not_ask_again_goes_on(client, workspace, founder, market):
    row = question(workspace, 3)
    (linked,) = talks(row, 1, by=founder)
    score(row, 1, by=founder)
    asked = open_challenge(row, by=founder, text=ASKED, now=NOW)
    pivot(workspace, founder)
    client.force_login(founder)

    answered = client.post(
        url("challenge_answer", workspace, asked.pk), SENT_ABOUT["challenge_answer"]
    )
    confirmed = client.post(
        url("evidence_reconfirm", workspace, linked.pk),
        SENT_ABOUT["evidence_reconfirm"],
    )

    assert (answered.status_code, confirmed.status_code) == (303, 303)
    asked.refresh_from_db()
    assert asked.answer == REASON
    assert linked.reconfirmations.get().how == REASON


# --- evidence taken over from two tabs -------------------------------------------
def test_a_second_tab_is_told_that_it_was_taken_over(
    client, workspace, founder, market
):
    talks(question(workspace, 2), 2, by=founder)
    pivot(workspace, founder)
    client.force_login(founder)
    address = url("evidence_carry", workspace, 2)
    keys = [box["value"] for box in soup(client.get(address)).select("[name=links]")]

    first = client.post(address, {"links": keys[:1]}, follow=True)
    same = client.post(address, {"links": keys[:1]}, follow=True)
    more = client.post(address, {"links": keys}, follow=True)

    assert first.redirect_chain == same.redirect_chain == more.redirect_chain
    assert "It was taken over already." in text_of(same)
    assert "1 taken over." in text_of(more)
    assert EvidenceLink.objects.standing().count() == 4
