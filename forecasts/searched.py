"""What search finds of forecasts."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forecasts.models import Metric
from interviews.search.lines import key_in, line_kind


def metrics():
    return Metric.objects.all()


def page_of(line, slug):
    return reverse("forecasts:metric_detail", args=[slug, key_in(line.line_place)])


KINDS = (
    line_kind(
        "metric",
        Metric,
        _("Forecasts"),
        metrics,
        ("name", "definition", "unit", "provenance"),
        at="created_at",
        place="pk",
        address=page_of,
    ),
)
