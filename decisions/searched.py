"""What search finds of alerts, decisions and commitments."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.models import Alert, Commitment, Decision
from interviews.search.lines import key_in, line_kind


def alerts():
    return Alert.objects.all()


def decisions():
    return Decision.objects.all()


def commitments():
    return Commitment.objects.all()


def alert_of(line, slug):
    return reverse("decisions:alert_detail", args=[slug, key_in(line.line_place)])


def commitment_of(line, slug):
    return reverse("decisions:commitment_detail", args=[slug, key_in(line.line_place)])


def alert_heading(line):
    return str(dict(Alert.Rule.choices)[line.line_part])


def decision_heading(line):
    return _("Decided: %s") % dict(Decision.Kind.choices)[line.line_part]


KINDS = (
    line_kind(
        "alert",
        Alert,
        gettext_lazy("Alerts"),
        alerts,
        ("reason",),
        at="raised_at",
        place="pk",
        part="rule",
        address=alert_of,
        heading=alert_heading,
    ),
    line_kind(
        "decision",
        Decision,
        gettext_lazy("Decisions"),
        decisions,
        ("reasons", "dissent", "prediction", "change"),
        at="decided_at",
        place="alert",
        part="kind",
        address=alert_of,
        heading=decision_heading,
    ),
    line_kind(
        "commitment",
        Commitment,
        gettext_lazy("Commitments"),
        commitments,
        ("title", "counterparty", "notes", "closing"),
        at="created_at",
        place="pk",
        address=commitment_of,
    ),
)
