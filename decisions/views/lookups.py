"""Alerts and commitments from ids, walking down from the venture."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from decisions.models import Alert
from decisions.reports.exits import with_doubles
from decisions.reports.gates import commitment_rows


def alert_or_404(workspace, pk):
    """With all that its pages show about it."""
    alerts = Alert.objects.in_workspace(workspace).with_subjects()
    alerts = alerts.select_related(
        *(
            "owner",
            "decision__by",
            "decision__stop_rule__metric",
            "covered_by__by",
            "snooze__by",
        ),
        *("follows__decision", "follows__covered_by"),
    )
    alerts = alerts.defer(
        *("follows__decision__snapshot", "follows__covered_by__snapshot"),
        "covered_by__snapshot",
    )
    alert = get_object_or_404(with_doubles(alerts), pk=pk)
    alert.workspace = workspace
    if alert.metric is not None:
        alert.metric.workspace = workspace
    return alert


def alert_url(alert):
    return reverse("decisions:alert_detail", args=[alert.workspace.slug, alert.pk])


def step_url(alert, number):
    slug = alert.workspace.slug
    return reverse("decisions:evaluation_step", args=[slug, alert.pk, number])


def summary_url(alert):
    return reverse("decisions:decision_add", args=[alert.workspace.slug, alert.pk])


def commitment_or_404(workspace, pk):
    return get_object_or_404(commitment_rows(workspace).with_marks(), pk=pk)


def commitment_url(commitment):
    slug = commitment.workspace.slug
    return reverse("decisions:commitment_detail", args=[slug, commitment.pk])
