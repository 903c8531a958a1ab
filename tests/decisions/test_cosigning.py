"""To keep going a second time for the same cause takes an advisor's name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from decisions.actions import cosign_evaluation, record_decision, save_step
from decisions.errors import DecidedError, IncompleteError
from decisions.models import Alert, Evaluation, EvaluationCoSignature
from milestones.conflicts import OutdatedError
from tests.decisions.cases import (
    DEPENDS,
    LATER,
    REASONS,
    decide,
    evaluate,
    follow_up,
    next_rule,
    stop_on,
)
from tests.decisions.pages import url
from tests.factories import NOW, fresh_key
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

GOING_ON = {
    "kind": "persevere",
    "prediction": "6,000 orders a day",
    "predict_by": LATER,
    "review_on": LATER,
    "reasons": REASONS,
}
WORDS = "They named the day on which they stop, and I shall be there on it."
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def alert(workspace, owner, second_of_november):
    """The second episode of one cause; the first was answered with "keep going"."""
    first = stop_on(workspace, owner=owner)
    decide(first, by=owner, **GOING_ON)
    again = Alert.objects.get(pk=first.pk)
    again.pk, again.follows_id = None, first.pk
    again.state, again.closed_at = Alert.State.RAISED, None
    again.save(force_insert=True)
    kept = {"kind": "persevere", "prediction": "6,000", "predict_by": LATER.isoformat()}
    evaluate(again, by=owner, **kept)
    return again


def record(alert, by):
    fields = GOING_ON | next_rule(alert)
    return record_decision(
        alert, by=by, now=SOON, follow_ups=(follow_up(by),), **fields
    )


def rev_of(alert):
    return Evaluation.objects.values_list("rev", flat=True).get(alert=alert)


def test_without_a_signature_it_is_not_recorded(alert, owner, advisor):
    with pytest.raises(IncompleteError) as refusal:
        record(alert, owner)
    assert "an advisor has to sign" in refusal.value.missing[0].words

    cosign_evaluation(alert, by=advisor, rev=rev_of(alert), words=WORDS, now=NOW)

    assert record(alert, owner).kind == "persevere"


def test_any_other_answer_needs_none(alert, owner):
    fields = {"kind": "stop", "reasons": REASONS, "review_on": LATER}

    record_decision(alert, by=owner, now=SOON, follow_ups=(follow_up(owner),), **fields)

    assert Alert.objects.get(pk=alert.pk).closed_at == SOON


def test_a_later_save_voids_it(alert, owner, advisor):
    cosign_evaluation(alert, by=advisor, rev=rev_of(alert), words=WORDS, now=NOW)
    values = DEPENDS | {"depends": "The third centre as well."}
    save_step(alert, by=owner, step=4, values=values, rev=rev_of(alert), now=NOW)

    with pytest.raises(IncompleteError):
        record(alert, owner)


def test_nobody_signs_what_they_have_not_read(alert, owner, advisor):
    read = rev_of(alert)
    values = DEPENDS | {"depends": "The third centre as well."}
    save_step(alert, by=owner, step=4, values=values, rev=read, now=NOW)

    with pytest.raises(OutdatedError):
        cosign_evaluation(alert, by=advisor, rev=read, words=WORDS, now=NOW)


@pytest.mark.parametrize("who", ["owner", "founder", "member", "observer", "stranger"])
def test_only_advisors_sign(request, alert, who):
    with pytest.raises(PermissionDenied):
        cosign_evaluation(
            alert,
            by=request.getfixturevalue(who),
            rev=rev_of(alert),
            words=WORDS,
            now=NOW,
        )


def test_not_after_the_decision(alert, owner, advisor):
    cosign_evaluation(alert, by=advisor, rev=rev_of(alert), words=WORDS, now=NOW)
    record(alert, owner)

    with pytest.raises(DecidedError):
        cosign_evaluation(alert, by=advisor, rev=rev_of(alert), words=WORDS, now=SOON)


def test_the_advisor_signs_on_a_page(client, alert, advisor):
    client.force_login(advisor)
    link = soup(client.get(url("alert_detail", alert))).select_one(
        "#evaluation a.button"
    )
    rev = soup(client.get(link["href"])).select_one("main [name=rev]")["value"]
    data = {"rev": rev, "words": WORDS, "form_key": fresh_key()}

    short = client.post(link["href"], data | {"words": "Fine."})
    for _twice in range(2):
        done = client.post(link["href"], data)

    assert (short.status_code, done.status_code) == (422, 303)
    assert EvaluationCoSignature.objects.get().words == WORDS
    assert "Signed by Ada Advisor" in text_of(client.get(url("alert_detail", alert)))


def test_two_tabs_give_back_the_words(client, alert, owner, advisor):
    client.force_login(advisor)
    data = {"rev": rev_of(alert), "words": WORDS, "form_key": fresh_key()}
    values = DEPENDS | {"depends": "The third centre as well."}
    save_step(alert, by=owner, step=4, values=values, rev=rev_of(alert), now=NOW)

    late = client.post(url("cosignature_add", alert), data)

    assert late.status_code == 409
    assert WORDS in text_of(late)
    assert soup(late).select_one("main [name=rev]")["value"] == str(rev_of(alert))
    assert not EvaluationCoSignature.objects.exists()


def test_a_founder_cannot_sign_over_the_page(client, alert, owner):
    client.force_login(owner)
    data = {"rev": rev_of(alert), "words": WORDS, "form_key": fresh_key()}

    assert client.post(url("cosignature_add", alert), data).status_code == 403
    assert not EvaluationCoSignature.objects.exists()
