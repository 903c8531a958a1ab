"""Puts one name into every text of a venture that may hold somebody's."""

from contextlib import suppress
from datetime import timedelta

from django.apps import apps
from django.db import IntegrityError, models, transaction

from core.erasure import erasing
from core.field_classes import names_people
from decisions.models import (
    Alert,
    AlertObservation,
    Decision,
    DecisionReview,
    Evaluation,
    EvaluationCoSignature,
    SideExit,
    Snooze,
)
from discovery.models import Hypothesis, HypothesisStatus, ModelVersion
from milestones.models import Checkpoint, ScheduledStop, Slip
from tests.factories import NOW, TODAY
from tests.world import follow_metric

NAME = "Quirina Zephyrson"
PARTS = ("quirina", "zephyrson")
# Who the team and the venture are, which every member may read; what stands in the
# place of a name; and who the person is: that is set by the test.
STAY = {
    "core.User",
    "core.Workspace",
    "core.Invitation",
    "core.ApiToken",
    "core.Delivery",
    "core.FormKey",
    "discovery.Person",
    "discovery.Organisation",
    "account.EmailAddress",
}


def fill_with_the_name(workspace):
    """The models that have no row to fill."""
    empty = set()
    with erasing():
        for model in apps.get_models():
            fields = names_people(model)
            if not fields or model._meta.label in STAY:
                continue
            rows = rows_in(model, workspace)
            if not rows:
                empty.add(model._meta.label)
            for number, row in enumerate(rows):
                for field in fields:
                    fill(row, field, named(field, row, number))
    return empty


def fill(row, field, text):
    """Unless the row may not say anything there, as an open question no answer."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    with suppress(IntegrityError), transaction.atomic():
        rows.update(**{field.name: text})


def rows_in(model, workspace):
    return list(model._base_manager.filter(**{path_to_venture(model): workspace}))


def path_to_venture(model, seen=()):
    """`workspace`, or the way there over keys that must be filled."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    if "workspace" in fields:
        return "workspace"
    for name, field in fields.items():
        if field.is_relation and not field.null and field.related_model not in seen:
            rest = path_to_venture(field.related_model, (*seen, model))
            if rest:
                return f"{name}__{rest}"
    return ""


def named(field, row, number):
    """What the field says, and the name."""
    value = field.value_from_object(row)
    if isinstance(field, models.JSONField):
        return said_within(value)
    if isinstance(field, models.URLField):
        return "https://x.example/quirina-zephyrson"
    if field.unique or (field.max_length and field.max_length < 60):
        return f"{number} {NAME}"[: field.max_length]
    return f"{NAME}, {number}: {value}"[: field.max_length]


def said_within(value):
    """Sentences get the name; codes and dates stay what they are."""
    if isinstance(value, str):
        return f"{value} {NAME}" if " " in value else value
    if isinstance(value, list):
        return [said_within(item) for item in value]
    if isinstance(value, dict):
        return {key: said_within(item) for key, item in value.items()}
    return value


def add_what_the_world_lacks(world):
    """A row of each kind that only some ventures have: a decision on a closed alert, a
    moved checkpoint with a stop after it, a tested hypothesis."""
    workspace, by = world.workspace, world.by
    follow_metric(workspace, by, 7)
    alerts = Alert.objects.in_workspace(workspace).filter(metric__isnull=False)
    alert = alerts.order_by("metric__name").last()
    AlertObservation(
        alert=alert,
        workspace=workspace,
        evidence_rev=3,
        state="stop",
        period_end=TODAY,
        observed_at=NOW,
    ).save()
    decision = Decision(
        workspace=workspace,
        alert=alert,
        kind=Decision.Kind.PIVOT,
        reasons="They want another thing.",
        review_on=TODAY,
        by=by,
        decided_at=NOW,
    )
    decision.save()
    add_what_followed(decision, by)
    alert.state, alert.closed_at = Alert.State.CLOSED, NOW
    alert.save(update_fields=["state", "closed_at"])
    add_a_course(workspace, by)
    HypothesisStatus(
        workspace=workspace,
        hypothesis=Hypothesis.objects.in_workspace(workspace).first(),
        status=HypothesisStatus.Status.REGISTERED,
        by=by,
        at=NOW,
    ).save()


def add_what_followed(decision, by):
    told = {"workspace": decision.workspace, "by": by}
    evaluation = Evaluation.objects.in_workspace(decision.workspace).first()
    EvaluationCoSignature(
        evaluation=evaluation, evaluation_rev=1, words="Go on.", signed_at=NOW, **told
    ).save()
    Snooze(
        alert=decision.alert, until=TODAY, reason="A storm.", snoozed_at=NOW, **told
    ).save()
    others = Alert.objects.in_workspace(decision.workspace).exclude(
        pk=decision.alert_id
    )
    SideExit(
        alert=decision.alert,
        kind=SideExit.Kind.DUPLICATE,
        doubles=others.first(),
        reason="One cause.",
        ended_at=NOW,
        **told,
    ).save()
    DecisionReview(
        decision=decision, verdict="held", words="So it was.", reviewed_at=NOW, **told
    ).save()


def add_a_course(workspace, by):
    checkpoint, _made = Checkpoint.objects.get_or_create(
        workspace=workspace,
        model_version=ModelVersion.objects.in_workspace(workspace).get(),
        kind=Checkpoint.Kind.FIRST_CUSTOMER_SHIP,
        defaults={
            "planned_on": TODAY,
            "reached_on": TODAY,
            "by": by,
            "created_at": NOW,
        },
    )
    Slip(
        workspace=workspace,
        checkpoint=checkpoint,
        from_on=TODAY - timedelta(days=7),
        to_on=TODAY,
        by=by,
        recorded_at=NOW,
    ).save()
    ScheduledStop.objects.get_or_create(
        workspace=workspace,
        checkpoint=checkpoint,
        days=30,
        defaults={"due_on": TODAY, "created_at": NOW},
    )
