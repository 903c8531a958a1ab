"""An alert about a metric, a question, a hypothesis, a day, or the whole venture."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import Delivery, Role
from decisions import mails
from decisions.actions import record_decision
from decisions.actions.alerts import open_alert
from decisions.alerting import Concern, Rule, Severity
from decisions.models import Alert, Decision
from decisions.subjects import KEYED, SHOWN, SubjectKind, url_of
from milestones.models import Checkpoint, Question, ScheduledStop
from tests.decisions.cases import LATER, REASONS, evaluate, follow, follow_up
from tests.decisions.commitments import make_commitment
from tests.factories import (
    NOW,
    TODAY,
    make_hypothesis,
    make_member,
    make_model_version,
    make_person,
    make_segment,
)
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
RULES = {
    "metric": Rule.SLIP,
    "question": Rule.LEARNING_GAP,
    "hypothesis": Rule.STOP_RULE,
    "scheduled_stop": Rule.SCHEDULED,
    "checkpoint": Rule.SLIP,
    "commitment": Rule.MONEY_FIRST,
    "venture": Rule.SILENCE,
}


def subject(workspace, kind, by):
    if kind == "metric":
        return follow(workspace)
    if kind == "question":
        return Question.objects.create(
            workspace=workspace,
            number=1,
            segment=make_segment(workspace),
            model_version=make_model_version(workspace),
            created_at=NOW,
        )
    if kind == "hypothesis":
        return make_hypothesis(workspace, "Rota owners lose hours", is_critical=True)
    if kind == "commitment":
        return make_commitment(workspace, by=by)
    ship = Checkpoint.objects.create(
        workspace=workspace,
        model_version=make_model_version(workspace),
        kind="first_customer_ship",
        planned_on=TODAY,
        by=by,
        created_at=NOW,
    )
    if kind == "checkpoint":
        return ship
    return ScheduledStop.objects.create(
        workspace=workspace, checkpoint=ship, days=30, due_on=TODAY, created_at=NOW
    )


def alert_on(workspace, kind, by, severity=Severity.STOP):
    about = {} if kind == "venture" else {kind: subject(workspace, kind, by)}
    concern = Concern(RULES[kind], severity, "What 12 said. And more.", TODAY)
    return open_alert(workspace, about=about, concern=concern, now=NOW)


@pytest.fixture(params=SubjectKind.values)
def alert(request, workspace, owner):
    return alert_on(workspace, request.param, owner)


def page_of(client, name, *args):
    return client.get(reverse(f"decisions:{name}", args=args))


def test_each_has_a_key_a_name_and_a_page(alert, client, owner):
    client.force_login(owner)
    alert = Alert.objects.with_subjects().get()
    assert alert.subject_key == f"{alert.subject_kind}:{alert.subject_id}"
    assert alert.subject_name
    assert client.get(url_of(alert, alert.workspace.slug)).status_code == 200


def test_one_open_episode_of_a_subject_and_family(alert, workspace):
    twin = Alert.objects.get()
    twin.pk = None
    twin._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_its_pages_work(alert, client, owner):
    client.force_login(owner)
    slug = alert.workspace.slug
    for name, args in [
        ("alert_list", [slug]),
        ("alert_detail", [slug, alert.pk]),
        ("decision_add", [slug, alert.pk]),
        *(("evaluation_step", [slug, alert.pk, step]) for step in range(1, 6)),
    ]:
        page = page_of(client, name, *args)
        assert page.status_code == 200
        assert alert.subject_name in text_of(page)
        assert soup(page).select_one(".stopbar")


def test_mail_command_and_api_say_what_it_is_about(alert, client, owner):
    mail = mails.render(Delivery.objects.get(recipient=owner))
    assert alert.name_in_mails in mail.subject
    out = io.StringIO()
    call_command("episodes", "--json", stdout=out)
    (told,) = json.loads(out.getvalue())["episodes"]
    assert (told["subject"], told["subject_kind"]) == (
        alert.subject_name,
        alert.subject_kind,
    )
    assert (told["metric"] is None) == (alert.subject_kind != "metric")


def test_a_hypothesis_stays_out_of_mails(workspace, owner):
    alert_on(workspace, "hypothesis", owner)
    mail = mails.render(Delivery.objects.get(recipient=owner))
    assert "Rota" not in mail.subject + mail.text + mail.html


def test_a_decision_closes_it_with_what_is_known(alert, owner):
    evaluate(alert, by=owner)
    record_decision(
        alert,
        by=owner,
        now=NOW,
        kind="stop",
        reasons=REASONS,
        review_on=LATER,
        follow_ups=(follow_up(owner),),
    )
    kept = Decision.objects.get().snapshot
    assert kept["alert"]["subject"]["name"] == alert.subject_name
    assert bool(kept["metric"]) == bool(kept["series"]) == (alert.metric is not None)
    assert Alert.objects.get().closed_at == NOW


def test_the_decision_of_no_metric_changes_no_forecast(workspace, owner, client):
    client.force_login(owner)
    alert = alert_on(workspace, "question", owner)
    page = page_of(client, "evaluation_step", workspace.slug, alert.pk, 5)
    values = {one["value"] for one in soup(page).select("input[name=kind]")}
    assert values == {"persevere", "pivot", "fix_execution", "stop"}


@pytest.mark.parametrize("severity", [Severity.WATCH, Severity.REVIEW])
def test_quiet_ones_stay_in_their_list(workspace, owner, client, severity):
    client.force_login(owner)
    alert = alert_on(workspace, "question", owner, severity)
    page = soup(page_of(client, "alert_list", workspace.slug))
    assert not page.select(".stopbar")
    assert alert.subject_name in page.select_one("#quiet").text
    assert not Delivery.objects.exists()
    detail = text_of(page_of(client, "alert_detail", workspace.slug, alert.pk))
    assert "Two steps are asked for" in detail


def test_keys_and_columns_agree():
    columns = {one.name for one in Alert._meta.get_fields()}
    assert set(KEYED) < columns


@pytest.mark.parametrize("path", ["", "alerts/", "shared/", "report/"])
def test_no_half_of_a_name_is_left_where_the_name_of_an_alert_is_cut(
    client, workspace, path
):
    """The statement of a hypothesis names somebody just where rows cut it."""
    make_person(workspace, "Wilhelmina Quastenflosser")
    statement = "x" * (SHOWN - 18) + " Wilhelmina Quastenflosser pays."
    about = {"hypothesis": make_hypothesis(workspace, statement, is_critical=True)}
    concern = Concern(Rule.STOP_RULE, Severity.STOP, "It failed.", TODAY)
    open_alert(workspace, about=about, concern=concern, now=NOW)
    client.force_login(make_member(workspace, Role.ADVISOR).user)

    page = text_of(client.get(f"/w/{workspace.slug}/{path}"))

    assert "xxxxx" in page
    assert "Quast" not in page
