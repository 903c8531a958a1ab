"""Addresses and forms of the evaluation."""

from django.urls import reverse

from core.models import User
from forecasts.models import Metric
from tests.decisions.cases import LATER, REASONS
from tests.factories import fresh_key


def url(name, alert, *args):
    return reverse(f"decisions:{name}", args=[alert.workspace.slug, alert.pk, *args])


def somebody():
    """Id of the first account there is; a founder of the venture in these tests."""
    return str(User.objects.order_by("joined_at", "pk").values_list("pk")[0][0])


def rule_data():
    """A stop rule on the first metric there is, if there is one."""
    metric = Metric.objects.order_by("created_at", "pk").first()
    if metric is None:
        return {}
    return {
        "rule_metric": str(metric.pk),
        "rule_comparison": "at_least",
        "rule_mark": "4,000",
        "rule_by": LATER.isoformat(),
    }


def step_data(number, rev, **changes):
    values = {
        1: {"belief": "We believed 8,000 orders a day."},
        2: {"happened": "2,000 came.", "is_actual_right": "True"},
        3: {
            "questions": ["6", "10"],
            "no_talk_reason": "The alert is of this morning.",
            "for_demand": "Few order twice.",
            "against_demand": "The first week was full.",
        },
        4: {
            "depends": "The second centre.",
            "runway": "A million, until May.",
            "keeps_scores": "on",
        },
        5: {
            "kind": "stop",
            "reasons": REASONS,
            "review_on": LATER.isoformat(),
            "what_1": "Tell the staff.",
            "owner_1": somebody(),
            "due_1": LATER.isoformat(),
        },
    }[number]
    if changes.get("kind", "stop") != "stop":
        values |= rule_data()
    return {"rev": rev, "form_key": fresh_key()} | values | changes
