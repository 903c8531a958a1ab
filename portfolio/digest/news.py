"""The line a mailbox shows: the worst news first, and never just "digest"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.digest.reading import alert_name

if TYPE_CHECKING:
    from portfolio.digest.reading import Reading
    from portfolio.reports.changes import Changes, SharedQuestion
    from portfolio.reports.chores import Chores

COMPARED = re.compile(r"(\S+) against (\S+) forecast")
QUIET = {"day": "quiet day", "week": "quiet week", "month": "quiet month"}


def headline(seen: Changes, chores: Chores, reading: Reading) -> str:
    worst = next(events(seen, chores, reading), None) or quiet(seen, reading)
    return f"{seen.venture}: {worst}"


def preheader(seen: Changes, chores: Chores, reading: Reading) -> str:
    """What else there is, three things at most, beside the subject."""
    first = next(events(seen, chores, reading), "")
    said = [one for one in facts(seen, chores, reading) if one != first][:3]
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def events(seen: Changes, chores: Chores, reading: Reading) -> Iterator[str]:
    """From the worst to the best."""
    yield from stops(seen, reading)
    falls = sorted(seen.moved, key=lambda pair: pair[1].change)
    yield from (fell(one) for _segment, one in falls if one.change < 0)
    for one in seen.against:
        yield _("more evidence speaks against question %d") % one.number
    count = len(seen.new_overrides)
    if count:
        yield ngettext("%d gate was overridden", "%d gates were overridden", count) % (
            count
        )
    if chores.failed:
        words = ngettext(
            "%d hypothesis is wrong", "%d hypotheses are wrong", chores.failed
        )
        yield words % chores.failed
    yield from good_news(seen, chores)


def stops(seen: Changes, reading: Reading) -> Iterator[str]:
    """The new ones before those that wait."""
    for alert in sorted(seen.stops, key=lambda one: not one.is_new):
        found = COMPARED.search(alert.reason)
        figures = _(" (%s of %s)") % found.groups() if found else ""
        yield _("stop and evaluate %s") % alert_name(alert, reading) + figures


def good_news(seen: Changes, chores: Chores) -> Iterator[str]:
    for alert in seen.decided:
        if alert.decided:
            yield _("decided: %s") % alert.decided.kind
    for _segment, one in seen.moved:
        if one.change > 0:
            yield _("question %d rose to %d") % (one.number, one.now.counts)
    if chores.held:
        yield ngettext("%d hypothesis held", "%d hypotheses held", chores.held) % (
            chores.held
        )
    if seen.talks.qualifying:
        yield interviews(seen.talks.qualifying)


def fell(question: SharedQuestion) -> str:
    return _("question %d fell to %d") % (question.number, question.now.counts)


def interviews(count: int) -> str:
    return ngettext("%d interview", "%d interviews", count) % count


def quiet(seen: Changes, reading: Reading) -> str:
    span, days = _(QUIET[reading.span]), seen.talks.silent_days
    if days is None:
        return _("%s: no interview yet") % span
    if days == 0:
        return _("%s: nothing moved") % span
    words = ngettext(
        "%s: no interviews for %d day", "%s: no interviews for %d days", days
    )
    return words % (span, days)


def facts(seen: Changes, chores: Chores, reading: Reading) -> Iterator[str]:
    if seen.talks.qualifying:
        yield interviews(seen.talks.qualifying)
    yield from events(seen, chores, reading)
    count = len(seen.waiting_gates)
    if count:
        yield ngettext("%d gate waits", "%d gates wait", count) % count
    count = len(chores.overdue)
    if count:
        yield ngettext("%d number is due", "%d numbers are due", count) % count
    if seen.open_challenges:
        count = seen.open_challenges
        yield ngettext(
            "%d question about a score is open",
            "%d questions about scores are open",
            count,
        ) % (count)
