"""Demonstration ventures: the same by seed, marked everywhere, as the actions write."""

import json
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.db.models import F
from django.urls import reverse

from core.models import Delivery, User, Workspace
from core.tokens import hashed
from decisions.actions import judge_due
from decisions.models import Alert, Commitment, CoSignature, GateCheck
from decisions.reports.together import pool_of, rating_of
from forecasts.models import Actual, Metric
from interviews.actions import requalify
from interviews.anchoring import find
from interviews.models import Interview, NeedRating, PriceAnswer, Quote, Survey
from milestones.actions.noting import note_due
from milestones.models import (
    Challenge,
    Checkpoint,
    EvidenceLink,
    Question,
    QuestionState,
    ScheduledStop,
    Score,
    Slip,
)
from milestones.reports.board import board
from milestones.scope import scope_of
from portfolio.actions.digests import plan_due
from portfolio.models import Comment, DigestSubscription, Thread
from portfolio.seeding.dice import Canaries, Dice, prose
from portfolio.seeding.sizes import Size, size_of
from portfolio.seeding.ventures import seed_venture
from tests.factories import NOW

SMALL = Size(
    organisations=3,
    people=6,
    interviews=12,
    rounds=2,
    metrics=2,
    drifting=1,
    weeks=30,
    responses=4,
)
# eight of each of three segments, three of the whole model
QUESTIONS = 8 * 3 + 3
OURS = (
    *("core", "discovery", "interviews", "forecasts", "milestones", "decisions"),
    "portfolio",
)
# text that is not typed by anybody
MADE = {
    *("slug", "timezone", "currency", "password", "pseudonym", "token_hash", "key"),
    *("prefix", "suffix", "verb", "subject_type", "subject_kind", "language"),
    *("zone", "next_period"),
}
# kept empty, as most people leave it, or one of another model's choices
UNUSED = {
    "guide": {"kind"},
    "evidencelink": {"document", "answer", "withdrawn_reason", "proof_url"},
    # open ones have none yet
    "challenge": {"answer"},
    "quote": {"withdrawn_reason"},
    "quotelink": {"withdrawn_reason", "proof_url"},
    "surveyresponse": {"withdrawn_reason"},
    "actual": {"reason"},
    "repquarter": {"reason"},
    "costline": {"reason"},
    "dealstep": {"reason"},
    "learningentry": {"reason"},
    "investorexpectation": {"reason"},
    # only what is closed has a last word
    "commitment": {"closing"},
    "sharelink": {"passphrase"},
    # a code: what it is a draft for
    "commentdraft": {"place"},
}

pytestmark = pytest.mark.django_db


def seeded(slug="demo-01", seed=1):
    chance = Random(f"{seed}:{slug}")  # noqa: S311  test data
    return seed_venture(slug, SMALL, Dice(chance), now=NOW, password=None)


def test_the_same_chance_gives_the_same_words():
    texts = [prose(Dice(Random(7)), 200) for _time in range(2)]  # noqa: S311

    assert texts[0] == texts[1]
    assert 200 <= len(texts[0]) <= 300


def test_no_mark_is_given_twice():
    canaries = Canaries("demo-01")

    marks = [canaries.mark("person", name) for name in ("name", "name", "phone")]

    assert marks == [
        "CANARY-demo-01-person-name-1",
        "CANARY-demo-01-person-name-2",
        "CANARY-demo-01-person-phone-1",
    ]


@pytest.mark.parametrize(
    ("number", "scale", "interviews", "people"),
    [(0, 1, 5000, 3000), (1, 1, 200, 120), (1, 3, 600, 360)],
)
def test_sizes(number, scale, interviews, people):
    size = size_of(number, scale)

    assert (size.interviews, size.people, size.segments) == (interviews, people, 3)


def test_the_same_seed_gives_the_same_rows(django_db_blocker):
    first = seeded()
    notes = list(Interview.objects.order_by("pk").values_list("notes", flat=True))
    for model in (Score, Actual):
        assert model.objects.exists()

    second = seeded("demo-02")

    assert first.ids != second.ids
    chance = Random("1:demo-01")  # noqa: S311  test data
    assert str(Dice(chance).id()) == str(Workspace.objects.get(slug="demo-01").pk)
    assert len(set(notes)) == SMALL.interviews


def texts_of(model):
    for field in model._meta.get_fields():
        is_text = isinstance(field, models.CharField | models.TextField)
        if is_text and not field.choices and field.name not in MADE:
            yield field.name


def marked_models():
    return [
        model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if any(f.name == "workspace" for f in model._meta.get_fields())
    ]


def test_every_text_holds_a_mark_of_its_own():
    seeded()
    unmarked = []
    for model in marked_models():
        name = model._meta.model_name
        if name in ("activityentry", "delivery", "searchdocument"):
            continue
        for field in texts_of(model):
            if field in UNUSED.get(name, ()):
                continue
            values = list(model.objects.values_list(field, flat=True))
            wrong = [v for v in values if f"demo-01-{name}-{field}" not in v.lower()]
            if wrong:
                unmarked.append((name, field, wrong[0][:40]))

    assert unmarked == []


def test_its_share_token_opens_the_dashboard(client):
    venture = seeded()
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/s/{venture.share_token}/", follow=True)

    assert page.status_code == 200
    assert "CANARY-demo-01-ask-text-1" in page.content.decode()
    assert len(venture.share_token) == 43


def test_everybody_gets_its_digest_and_one_without_an_account():
    venture = seeded()

    plan_due(NOW)

    rows = DigestSubscription.objects.select_related("link", "user")
    readers = [row.user.email if row.user else "" for row in rows]
    assert sorted(readers) == ["", *sorted(user["email"] for user in venture.users)]
    [alone] = [row for row in rows if row.user is None]
    assert alone.address == "canary-demo-01-digestsubscription-address-1@board.example"
    assert alone.link.token_hash == hashed(venture.share_token)
    assert alone.next_period == "2026-W46"
    assert all(row.is_on and row.next_due > NOW for row in rows)


def test_quotes_stand_in_their_notes():
    seeded()

    for quote in Quote.objects.select_related("interview"):
        anchor = find(quote.interview.notes, quote.text, near=quote.start)
        assert (anchor.start, anchor.end, anchor.prefix, anchor.suffix) == (
            quote.start,
            quote.end,
            quote.prefix,
            quote.suffix,
        )
    assert Quote.objects.count() == SMALL.interviews * SMALL.quotes
    said = EvidenceLink.objects.exclude(quote=None)
    assert said.count() == SMALL.interviews * SMALL.linked


def test_there_is_a_survey_of_each_kind():
    seeded()

    for survey in Survey.objects.all():
        assert survey.responses.standing().exists()
    assert set(Survey.objects.values_list("kind", flat=True)) == set(Survey.Kind.values)
    is_ordered = PriceAnswer.objects.values_list("is_ordered", flat=True)
    assert set(is_ordered) == {True, False}
    of_others = NeedRating.objects.exclude(need__segment=F("response__survey__segment"))
    assert not of_others.exists()


def test_talks_count_as_the_action_would_say():
    seeded()
    talks = Interview.objects.order_by("pk")
    before = [(talk.qualifies, talk.reasons_against) for talk in talks]

    for talk in talks:
        requalify(talk)

    after = [(talk.qualifies, talk.reasons_against) for talk in talks.all()]
    assert after == before
    assert {counts for counts, _reasons in before} == {True, False}


def test_what_drifts_is_stopped_and_no_mail_leaves():
    seeded()

    judge_due(NOW)

    (alert,) = Alert.objects.select_related("metric")
    assert (
        alert.metric
        == Metric.objects.order_by("created_at", "pk").filter(alerts=alert).get()
    )
    assert not Delivery.objects.filter(state=Delivery.State.SENT).exists()


def test_scores_follow_one_another():
    seeded()

    scores = Score.objects.filter(kind=Score.Kind.CLAIMED)
    assert scores.count() == QUESTIONS * SMALL.rounds * 2
    assert scores.filter(supersedes=None).count() == QUESTIONS * 2


def test_every_segment_has_its_questions_scored_reviewed_and_noted():
    seeded()

    assert Question.objects.count() == QUESTIONS
    reviews = Score.objects.filter(kind=Score.Kind.REVIEWED)
    assert reviews.count() == QUESTIONS
    assert QuestionState.objects.count() == QUESTIONS * SMALL.rounds
    closed = Challenge.objects.values_list("closed_at", flat=True)
    assert {moment is None for moment in closed} == {True, False}
    surveyed = EvidenceLink.objects.exclude(survey=None)
    assert sorted(surveyed.values_list("question__number", flat=True)) == [2, 5, 7]


def test_what_was_noted_is_read_again_and_goes_on():
    workspace = Workspace.objects.get(slug=seeded().slug)
    day = (NOW - timedelta(weeks=4)).date()

    then = board(scope_of(workspace), viewer="", now=NOW, as_of=day)

    assert then.is_noted
    note_due(NOW)
    assert workspace.board_pulse.noted_at == NOW


def test_first_customer_ship_set_two_stops_and_one_was_held():
    seeded()

    held = ScheduledStop.objects.order_by("days").values_list("days", "held_on")
    assert [(days, day is not None) for days, day in held] == [(30, True), (90, False)]
    assert Checkpoint.objects.count() == Slip.objects.count() == 10


def test_commitments_stand_in_every_state_and_are_what_the_gate_says():
    seeded()

    rows = Commitment.objects.select_related("workspace")
    states = sorted(rows.values_list("status", flat=True))
    asked = ["approved", "cancelled", "held", "idea", "overridden", "signed"]
    assert states == asked
    for check in GateCheck.objects.select_related("commitment__workspace"):
        row = check.commitment
        pool = pool_of(row.workspace, check.evaluated_at)
        assert rating_of(row, pool).gate_class == check.gate_class
    assert CoSignature.objects.get().override.commitment.status == "overridden"
    (closed,) = [row.closing for row in rows if row.closing]
    assert closed.startswith("CANARY-demo-01-commitment-closing-")
    assert all("CANARY-demo-01" in str(row.tranches) for row in rows)


def test_pages_open_for_its_owner(client):
    venture = seeded()
    client.force_login(User.objects.get(email=venture.users[0]["email"]))

    for name in (
        "milestones:board",
        "interviews:customer_list",
        "forecasts:metric_list",
        "decisions:commitment_list",
    ):
        answer = client.get(reverse(name, args=[venture.slug]))
        assert answer.status_code == 200


def test_the_command_refuses_what_is_there():
    Workspace.objects.create(slug="demo-01", name="Ours", created_at=NOW)

    with pytest.raises(CommandError, match="demo-01"):
        call_command("seed_demo", tenants=1, seed=1)


@pytest.mark.parametrize(("tenants", "scale"), [(0, 1), (1, 0)])
def test_the_command_wants_something_to_do(tenants, scale):
    with pytest.raises(CommandError) as refusal:
        call_command("seed_demo", tenants=tenants, seed=1, scale=scale)
    assert refusal.value.returncode == 2


def test_the_command_prints_what_scripts_need(monkeypatch):
    monkeypatch.setattr("portfolio.seeding.ventures.size_of", lambda *_: SMALL)
    out = StringIO()

    call_command("seed_demo", tenants=2, seed=3, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert told["seed"] == 3
    assert [venture["slug"] for venture in told["ventures"]] == ["demo-01", "demo-02"]
    assert {user["role"] for user in told["ventures"][0]["users"]} == {
        *("owner", "founder", "member", "advisor", "observer"),
    }
    assert len(told["ventures"][0]["ids"]["interview"]) == 10


def test_comments_stand_in_threads_of_three():
    seeded()

    said = Comment.objects.order_by("number")
    assert [one.number for one in said] == list(range(1, 31))
    assert {one.text[:28] for one in said} == {"CANARY-demo-01-comment-text-"}
    kinds = {thread.about for thread in Thread.objects.all()}
    assert kinds == {"metric", "quote", "question"}
    assert all(thread.comments.count() == 3 for thread in Thread.objects.all())
    assert Thread.objects.filter(is_founders_only=True).count() == 2
