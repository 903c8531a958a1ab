"""For whom a digest is written, and which names it may say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.subjects import SubjectKind

if TYPE_CHECKING:
    from portfolio.reports.changes import SharedAlert, SharedGate, SharedPhase

# what an alert is about, where mails carry no words of ours
THINGS: Final = {
    SubjectKind.METRIC: gettext_lazy("a metric"),
    SubjectKind.COMMITMENT: gettext_lazy("a commitment"),
}
# whose reasons are made of numbers
COUNTED: Final = (SubjectKind.METRIC, SubjectKind.QUESTION)
# where the dashboard says what the page of that name says to members
ANCHORS: Final = {
    "decisions:alert_detail": "#since",
    "decisions:alert_list": "#since",
    "decisions:commitment_detail": "#commitments",
    "decisions:sales_curve": "#selling",
    "forecasts:metric_list": "#forecasts",
    "milestones:question_detail": "#question-{}",
    "portfolio:shared": "#asked",
}


@dataclass(frozen=True)
class Reading:
    """For whom it is written. `slug` is empty for who has no account; `founds` may
    decide, `plans` may enter numbers. `is_wordless`: see DigestSettings. `span` is the
    word for the time between two digests."""

    slug: str = ""
    founds: bool = False
    plans: bool = False
    is_wordless: bool = False
    span: str = "week"
    ask: str = ""

    def path(self, name: str, *args: object, query: str = "") -> str:
        """A place on the dashboard for who has no account."""
        if not self.slug:
            return ANCHORS.get(name, "").format(*args)
        return reverse(name, args=[self.slug, *args]) + query


def alert_name(alert: SharedAlert, reading: Reading) -> str:
    """Never the words of a hypothesis; none at all where mails carry no words."""
    if alert.about == SubjectKind.HYPOTHESIS:
        return _("a critical hypothesis")
    own = THINGS.get(SubjectKind(alert.about)) if alert.about else None
    return str(own) if own and reading.is_wordless else alert.name


def alert_reason(alert: SharedAlert, reading: Reading) -> str:
    is_counted = alert.about in COUNTED
    return alert.reason if is_counted or not reading.is_wordless else ""


def gate_name(gate: SharedGate, reading: Reading) -> str:
    return _("A commitment") if reading.is_wordless else gate.title


def curve_name(phase: SharedPhase, reading: Reading) -> str:
    if reading.is_wordless:
        return _("A sales curve")
    return _("Sales curve %s") % phase.name
