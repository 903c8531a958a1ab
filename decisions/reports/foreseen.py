"""What was written beforehand for the case that the model is wrong, beside an alert.

A trigger is a critical hypothesis, registered before the alert was raised. It matches
when its measure or its fail mark names the metric, or when the alert is about itself;
otherwise it is shown as another one.
What to do instead are the hypotheses that nobody has tested yet, and the answer to
question 11 as it stood when the alert was raised.
"""

from dataclasses import dataclass

from discovery.models import Hypothesis
from milestones.models import Answer
from milestones.signals.being_wrong import UNTESTED, Believed, believed_in

WRONG_MODEL = 11


@dataclass(frozen=True)
class Foreseen:
    """Empty when nothing was written down before the alert."""

    answer: str
    triggers: tuple[Hypothesis, ...]
    others: tuple[Hypothesis, ...]
    alternatives: tuple[Hypothesis, ...]

    def __bool__(self) -> bool:
        return bool(self.answer or self.triggers or self.others or self.alternatives)


def foreseen(alert) -> Foreseen:
    before = alert.raised_at
    believed = [
        one
        for one in believed_in(alert.workspace, before)
        if one.row.segment_id in (None, segment_of(alert))
    ]
    critical = [one.row for one in believed if is_trigger(one, before)]
    named = [row for row in critical if is_about(row, alert)]
    return Foreseen(
        answer=answer_before(alert.workspace, before),
        triggers=tuple(named),
        others=tuple(row for row in critical if row not in named),
        alternatives=tuple(
            one.row
            for one in believed
            if one.state in UNTESTED and not one.row.is_critical
        ),
    )


def is_trigger(one: Believed, before) -> bool:
    registered = one.row.registered_at
    return one.row.is_critical and registered is not None and registered <= before


def segment_of(alert):
    of = alert.metric or alert.question or alert.hypothesis
    return of and of.segment_id


def is_about(row: Hypothesis, alert) -> bool:
    if alert.metric is None:
        return row.pk == alert.hypothesis_id
    return names(row, alert.metric.name)


def names(row: Hypothesis, metric: str) -> bool:
    """Does its measure or its fail mark hold the metric's name, in any case of letters?"""
    wanted = " ".join(metric.casefold().split())
    said = (" ".join(text.casefold().split()) for text in (row.measure, row.fail_mark))
    return any(wanted in text for text in said)


def answer_before(workspace, moment) -> str:
    answers = Answer.objects.in_workspace(workspace).filter(
        question__number=WRONG_MODEL, recorded_at__lte=moment
    )
    latest = answers.order_by("-recorded_at", "-pk").values_list("statement", flat=True)
    return latest.first() or ""
