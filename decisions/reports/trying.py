"""What other thresholds would have raised in the last twelve weeks."""

from dataclasses import dataclass
from datetime import timedelta

from decisions.models import Alert
from decisions.reports.learning import questions_asked
from decisions.rules.replay import Past, Told, count_raised
from decisions.rules.thresholds import Thresholds
from forecasts.models import Metric
from forecasts.reports import histories
from interviews.models import Interview

WEEKS = 12


@dataclass(frozen=True)
class Trial:
    """`lines`: the words of a rule and how often it would have raised."""

    total: int
    lines: tuple[tuple[str, int], ...]
    weeks: int = WEEKS


def trial_of(workspace, limits: Thresholds, *, now) -> Trial:
    """Replays the rules over the record as it was known on each day. Saves nothing.

    Rules that have no threshold of their own, such as drift, are not among them.
    """
    last = workspace.today(now)
    first = last - timedelta(weeks=WEEKS) + timedelta(days=1)
    found = count_raised(past_of(workspace, now), limits, first, last)
    words = dict(Alert.Rule.choices)
    lines = sorted((str(words[code]), count) for code, count in found.items())
    return Trial(sum(found.values()), tuple(lines))


def past_of(workspace, now) -> Past:
    metrics = list(
        Metric.objects.in_workspace(workspace).open().select_related("workspace")
    )
    records = histories(metrics)
    talks = Interview.objects.in_workspace(workspace).qualifying()
    held = talks.filter(held_at__lte=now).values_list("held_at", flat=True)
    return Past(
        metrics=[Told(records[one.pk], one.kind, one.is_vanity) for one in metrics],
        questions=[asked for _, asked in questions_asked(workspace, now)],
        talks=sorted({workspace.today(moment) for moment in held}),
        began=workspace.today(workspace.created_at),
    )
