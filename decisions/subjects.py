"""What an alert may be about. A kind is a choice here and a key of its name on Alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from milestones.eleven import template

if TYPE_CHECKING:
    from decisions.models import Alert

# so much of a name is enough to know it by, once names of people are masked in it
SHOWN = 80


class SubjectKind(models.TextChoices):
    METRIC = "metric", gettext_lazy("metric")
    QUESTION = "question", gettext_lazy("question")
    HYPOTHESIS = "hypothesis", gettext_lazy("hypothesis")
    SCHEDULED_STOP = "scheduled_stop", gettext_lazy("planned stop")
    CHECKPOINT = "checkpoint", gettext_lazy("checkpoint")
    COMMITMENT = "commitment", gettext_lazy("commitment")
    VENTURE = "venture", gettext_lazy("the whole venture")


# Kinds with a key on Alert that bears their name; the venture needs none.
KEYED = tuple(kind.value for kind in SubjectKind if kind != SubjectKind.VENTURE)
# Everything that names and links need, so that a list asks for no row by itself.
RELATED = (
    *("metric", "question", "hypothesis"),
    *("scheduled_stop__checkpoint", "checkpoint", "commitment"),
)
# What `name_of` reads of them: the red block stands on every page, and must cost little.
NAMED = (
    *("metric__name", "question__number", "hypothesis__statement"),
    *("scheduled_stop__days", "scheduled_stop__checkpoint__kind"),
    *("checkpoint__kind", "commitment__title"),
)


def key_of(kind: str, pk: object) -> str:
    """What is unique among open episodes of a family: "metric:<uuid>"."""
    return f"{kind}:{pk}"


def kind_of(alert: Alert) -> str:
    """The first key that is set; none means the whole venture."""
    return next(
        (kind for kind in KEYED if getattr(alert, f"{kind}_id") is not None),
        SubjectKind.VENTURE.value,
    )


def subject_id(alert: Alert) -> object:
    if alert.subject_kind == SubjectKind.VENTURE:
        return alert.workspace_id
    return getattr(alert, f"{alert.subject_kind}_id")


def name_of(alert: Alert) -> str:
    """As pages show it. Whole: what is cut is cut after it was masked for its reader."""
    return str(NAMES[alert.subject_kind](alert))


def name_in_mails(alert: Alert) -> str:
    """Without what was written about customers: a mail leaves the house."""
    if alert.subject_kind == SubjectKind.HYPOTHESIS:
        return _("a critical hypothesis")
    return name_of(alert)


def url_of(alert: Alert, slug: str) -> str:
    """Where the subject can be read."""
    name, own, query = {
        SubjectKind.METRIC: ("forecasts:metric_detail", alert.metric_id, ""),
        SubjectKind.QUESTION: (
            "milestones:question_detail",
            alert.question and alert.question.number,
            segment_query(alert),
        ),
        SubjectKind.HYPOTHESIS: (
            "interviews:hypothesis_detail",
            alert.hypothesis_id,
            "",
        ),
        SubjectKind.SCHEDULED_STOP: ("milestones:checkpoint_list", None, ""),
        SubjectKind.CHECKPOINT: ("milestones:checkpoint_list", None, ""),
        SubjectKind.COMMITMENT: (
            "decisions:commitment_detail",
            alert.commitment_id,
            "",
        ),
        SubjectKind.VENTURE: ("interviews:interview_list", None, ""),
    }[SubjectKind(alert.subject_kind)]
    return reverse(name, args=[slug, own] if own else [slug]) + query


def segment_query(alert: Alert) -> str:
    segment = alert.question and alert.question.segment_id
    return f"?segment={segment}" if segment else ""


def of_question(alert: Alert) -> str:
    number = alert.question.number
    return f"{number} {template(number).wording}"


def of_stop(alert: Alert) -> str:
    stop = alert.scheduled_stop
    return _("%(days)s days after %(what)s") % {
        "days": stop.days,
        "what": stop.checkpoint.get_kind_display().lower(),
    }


def of_venture(alert: Alert) -> str:
    if alert.family == "learning":
        return _("Talks with customers")
    return _("The whole venture")


NAMES = {
    SubjectKind.METRIC: lambda alert: alert.metric.name,
    SubjectKind.QUESTION: of_question,
    SubjectKind.HYPOTHESIS: lambda alert: alert.hypothesis.statement,
    SubjectKind.SCHEDULED_STOP: of_stop,
    SubjectKind.CHECKPOINT: lambda alert: alert.checkpoint.get_kind_display(),
    SubjectKind.COMMITMENT: lambda alert: alert.commitment.title,
    SubjectKind.VENTURE: of_venture,
}
