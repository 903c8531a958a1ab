"""The sample venture: true to its sources, stopped by the judge and not by the loader."""

import re
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import ActivityEntry, Delivery, User, Workspace
from decisions.models import Alert
from decisions.tasks import judge_due
from discovery.hypotheses import state_of
from discovery.models import (
    Feature,
    Hypothesis,
    ModelVersion,
    Need,
    Person,
    Problem,
)
from forecasts.models import Actual, Metric, Point, Standing
from interviews.guide_lint import lint
from interviews.models import (
    GuideQuestion,
    Interview,
    PriceAnswer,
    QuoteLink,
    Survey,
)
from interviews.reports.customers import count_quiet
from interviews.reports.debt import debt_of
from interviews.reports.rungs import with_rungs
from milestones.models import (
    Answer,
    Challenge,
    Checkpoint,
    CriterionAnswer,
    EvidenceLink,
    Score,
    Slip,
)
from milestones.reports.board import board
from milestones.reports.inbox import unlinked_quotes
from milestones.scope import scope_of
from portfolio.actions import remove_sample
from portfolio.models import Ask
from portfolio.samples import webvan
from portfolio.samples.webvan import TALKS
from tests.factories import NOW, fresh_key
from tests.helpers import text_of

MARKED = {
    Answer: ["statement"],
    Challenge: ["text", "answer"],
    Checkpoint: ["finding"],
    CriterionAnswer: ["note"],
    EvidenceLink: ["document"],
    Score: ["reason"],
    Slip: ["reason"],
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


def told(sample):
    return Metric.objects.in_workspace(sample).get(name="Orders per day")


def test_blanks_pair_stands_as_he_tells_it(sample):
    actual = Actual.objects.get(metric=told(sample))
    point = Point.objects.get(
        revision__forecast__metric=told(sample), period_start="1999-06-02"
    )

    assert (point.expected, point.value_kind) == (8000, "narrative")
    assert (actual.value, actual.value_kind) == (2000, "narrative")
    assert "Blank" in told(sample).provenance


def test_kinds_are_never_mixed_silently(sample):
    kinds = set(
        Actual.objects.in_workspace(sample).values_list("value_kind", flat=True)
    )
    planned = set(
        Point.objects.in_workspace(sample).values_list("value_kind", flat=True)
    )

    assert kinds == {"narrative", "derived", "estimated", "reported"}
    assert planned == {"narrative", "illustrative", "modelled", "reported"}
    unsourced = Actual.objects.in_workspace(sample).filter(source="")
    assert not unsourced.exists()


def test_talks_say_that_they_are_illustrative(sample):
    talks = Interview.objects.in_workspace(sample)

    assert talks.count() == 16
    assert all(
        talk.notes.startswith("Illustrative talk, not historical.") for talk in talks
    )
    assert talks.qualifying().count() == 12
    outside = talks.filter(qualifies=False).order_by("held_at")
    assert [talk.reasons_against for talk in outside] == [
        ["related_party"],
        ["pitched_first"],
        ["no_quote"],
        ["sales", "pitched_first"],
    ]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.who.name)
def test_talks_are_of_a_length_people_write(talk):
    assert 80 <= len(talk.notes.split()) <= 200


def test_quotes_speak_for_and_against(sample):
    links = EvidenceLink.objects.in_workspace(sample)
    for stance in ("supports", "contradicts"):
        found = links.filter(stance=stance).values_list("question__number", flat=True)
        assert set(found) >= {1, 2, 3, 4, 5, 6, 7, 10}
    grades = links.exclude(quote=None).values_list("grade", flat=True)
    assert set(grades) == {1, 2, 3, 4, 6, 7}


def test_the_board_shows_claims_ahead_and_contradicted(client, sample):
    client.force_login(User.objects.get(email="owner@webvan.example"))

    page = text_of(client.get(reverse("milestones:board", args=["webvan"])))

    assert "11 of 11 scored · 12 qualifying interviews" in page
    assert "5 claims contradicted by evidence" in page
    assert page.count("Claim ahead of evidence") == 5


def test_the_evidence_supports_little_of_what_is_claimed(sample):
    found = board(scope_of(sample), viewer="", now=NOW)

    assert [(row.standing.claimed, row.standing.supported) for row in found.rows] == [
        *((3, 2), (2, 2), (3, 1), (2, 1), (2, 1), (2, 1)),
        *((2, 1), (2, 1), (3, 1), (3, 1), (1, 1)),
    ]
    reviewed = {row.question.number: row.reviews[0].value for row in reviewed_of(found)}
    assert reviewed == {1: 2, 3: 1, 6: 1, 7: 1, 9: 1, 10: 1, 11: 0}


def reviewed_of(found):
    return [row for row in found.rows if row.reviews]


def test_the_board_of_the_past_is_drawn_from_what_was_noted(sample):
    days = {
        day: board(scope_of(sample), viewer="", now=NOW, as_of=date(2026, *day))
        for day in ((10, 13), (10, 18), (10, 27))
    }

    assert all(found.is_noted for found in days.values())
    claimed = [
        [found.rows[n].standing.claimed for n in (0, 6)] for found in days.values()
    ]
    assert claimed == [[None, None], [4, 1], [3, 2]]
    assert [found.interviews for found in days.values()] == [4, 5, 10]


def test_founders_far_apart_talked_about_one_of_two(sample):
    challenges = Challenge.objects.in_workspace(sample).order_by("question__number")

    kinds = challenges.values_list("question__number", "kind", "outcome")
    assert list(kinds) == [
        (1, "evidence", "answered"),
        (6, "spread", ""),
        (7, "spread", "answered"),
        (10, "evidence", ""),
    ]


def test_the_product_shipped_and_no_stop_was_held(sample):
    shipped, version_2 = (
        Checkpoint.objects.get(workspace=sample, kind=kind)
        for kind in ("first_customer_ship", "version_2")
    )

    assert shipped.reached_on == date(1999, 6, 2)
    stops = shipped.stops.values_list("days", "due_on", "held_on")
    assert list(stops) == [
        (30, date(1999, 7, 2), None),
        (90, date(1999, 8, 31), None),
    ]
    assert [slip.to_on for slip in version_2.slips.all()] == [date(2002, 12, 31)]
    assert ModelVersion.objects.in_workspace(sample).count() == 1


KINDS = re.compile(
    r"\((?:as told|reported|reconstructed|estimated|modelled|illustrative)\b"
)


def test_what_we_wrote_says_what_kind_it_is(sample):
    texts = [
        text
        for model, names in MARKED.items()
        for row in model.objects.in_workspace(sample).values_list(*names)
        for text in row
        if text
    ]

    assert len(texts) > 60
    assert [text for text in texts if not KINDS.search(text)] == []


def test_something_is_left_to_do(sample):
    assert unlinked_quotes(sample).count() == 3
    assert count_quiet(sample, NOW) == 1
    assert debt_of(sample, NOW).count == 1


def test_the_ladder_is_climbed_by_proof_alone(sample):
    people = with_rungs(Person.objects.in_workspace(sample))

    assert people.get(name="Tom Halvorsen").rung_count == 4
    # she says what she paid; nobody saw it
    assert people.get(name="Marta Quill").rung_count == 2
    assert max(person.rung_count for person in people) == 4


def test_beliefs_were_registered_before_they_were_tested(sample):
    beliefs = Hypothesis.objects.in_workspace(sample)

    assert sorted(state_of(belief) for belief in beliefs) == [
        "invalidated",
        "registered",
        "registered",
        "testing",
    ]
    for link in QuoteLink.objects.in_workspace(sample).exclude(hypothesis=None):
        assert link.hypothesis.registered_at < link.quote.interview.held_at


def test_one_feature_answers_to_nobodys_problem(sample):
    orphan = Feature.objects.in_workspace(sample).get(problems=None)

    assert orphan.name == "Temperature-controlled totes"
    assert Need.objects.in_workspace(sample).count() == 6
    assert Problem.objects.in_workspace(sample).count() == 5


def test_what_we_ask_passes_our_own_lint(sample):
    for question in GuideQuestion.objects.in_workspace(sample):
        assert lint(question.text) == ()
        assert question.tests


def test_its_advisor_read_it_a_week_ago_and_is_asked_something(client, sample):
    client.force_login(User.objects.get(email="advisor@webvan.example"))

    page = client.get(f"/w/{sample.slug}/shared/").content.decode()

    assert "What changed since" in page
    assert "counts as 2, was 1" in page
    assert "stopped a building contract" in page
    assert Ask.objects.in_workspace(sample).count() == 2


def test_three_surveys_with_answers(sample):
    surveys = Survey.objects.in_workspace(sample)

    answered = {survey.kind: survey.responses.standing().count() for survey in surveys}
    assert answered == {"must_have": 12, "price": 12, "needs": 5}
    prices = PriceAnswer.objects.in_workspace(sample)
    assert prices.filter(is_ordered=True).count() == 12


def test_the_loader_raises_nothing_and_the_judge_one_stop(sample):
    assert not Alert.objects.exists()
    assert not Standing.objects.exists()

    for _ in range(3):
        judge_due(NOW)

    alert = Alert.objects.get()
    assert (alert.metric, alert.rule) == (told(sample), "collapse")
    assert "2,000 against 8,000" in alert.reason


def test_the_red_block_shows_and_a_sample_sends_no_mail(client, sample):
    judge_due(NOW)
    client.force_login(User.objects.get(email="owner@webvan.example"))

    page = client.get(reverse("milestones:board", args=["webvan"]))

    assert "Stop and evaluate: Orders per day" in text_of(page)
    assert not Delivery.objects.filter(state="sent").exists()


def test_loading_it_again_gives_the_same():
    first, second = StringIO(), StringIO()
    words = ("load_sample", "webvan", "--slug", "webvan-twice", "--json")
    call_command(*words, stdout=first)
    rows = counts()

    call_command(*words, stdout=second)

    assert '"loaded": true' in first.getvalue()
    assert '"loaded": false' in second.getvalue()
    assert counts() == rows


def counts():
    found = {
        model._meta.label: model._base_manager.exclude(workspace=None).count()
        for model in apps.get_models()
        if hasattr(model, "workspace_id")
    }
    return found | {"core.Workspace": Workspace.objects.count()}


def test_removing_it_takes_everything_and_it_can_come_back(client, sample):
    judge_due(NOW)
    before = Actual.objects.count()
    client.force_login(User.objects.get(email="owner@webvan.example"))

    response = client.post(
        reverse("portfolio:sample_remove", args=["webvan"]), {"form_key": fresh_key()}
    )

    assert response.status_code == 303
    assert not any(counts().values()), counts()
    assert ActivityEntry.objects.get(verb="sample.removed").data == {"slug": "webvan"}
    webvan.load(now=NOW)
    assert Actual.objects.count() == before


def test_a_real_venture_cannot_be_removed_so(workspace, owner, client):
    with pytest.raises(ValidationError, match="Only sample"):
        remove_sample(workspace, by=owner, now=NOW)
    client.force_login(owner)

    url = reverse("portfolio:sample_remove", args=[workspace.slug])

    assert client.post(url).status_code == 404
    assert Workspace.objects.filter(pk=workspace.pk).exists()


def test_two_samples_stand_beside_each_other(sample):
    other = webvan.load(now=NOW, slug="webvan-again")

    assert EvidenceLink.objects.in_workspace(other).exists()
    assert Score.objects.in_workspace(other).count() == 33


def test_unknown_sample_and_taken_address_are_said_in_words(workspace):
    with pytest.raises(CommandError, match="No sample") as unknown:
        call_command("load_sample", "enron")
    assert unknown.value.returncode == 2
    with pytest.raises(CommandError, match="real venture"):
        call_command("load_sample", "webvan", "--slug", workspace.slug)
