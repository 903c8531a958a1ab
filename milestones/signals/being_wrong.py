"""Question 11: what is written down for the case that the model is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Permission, Role
from discovery.hypothesis_states import DRAFT, INCONCLUSIVE, OPEN, REGISTERED
from discovery.models import Hypothesis, HypothesisStatus
from milestones.models import ScheduledStop
from milestones.signals.shape import Signal
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import date, datetime

    from milestones.scope import Scope

DAY = "j M Y"
ENOUGH_ALTERNATIVES = 2
UNTESTED = (DRAFT, REGISTERED)
UNSETTLED = (DRAFT, *OPEN, INCONCLUSIVE)


@dataclass(frozen=True)
class Believed:
    """The newest version of a hypothesis, and where it stood."""

    row: Hypothesis
    state: str

    def is_dated(self, today: date) -> bool:
        """Frozen, and its day is still to come: only that is a kill criterion."""
        return self.state in OPEN and self.row.decide_by >= today


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    believed = believed_in(scope.workspace, now)
    today = scope.workspace.today(now)
    return (
        kill_criteria(believed, today),
        alternatives(believed),
        deciders(scope.workspace, now, today),
    )


def believed_in(workspace, now) -> list[Believed]:
    rows = Hypothesis.objects.in_workspace(workspace).filter(created_at__lte=now)
    rows = list(rows.order_by("decide_by", "created_at", "pk"))
    replaced = {row.predecessor_id for row in rows}
    moves = HypothesisStatus.objects.in_workspace(workspace).filter(at__lte=now)
    states = dict(moves.order_by("at", "pk").values_list("hypothesis_id", "status"))
    return [
        Believed(row, states.get(row.pk, DRAFT))
        for row in rows
        if row.pk not in replaced
    ]


# --- kill criteria ---------------------------------------------------------------
def kill_criteria(believed: list[Believed], today) -> Signal:
    title = _("Kill criteria with a date")
    critical = [
        one for one in believed if one.row.is_critical and one.state in UNSETTLED
    ]
    if not critical:
        sentence = _("No open hypothesis is marked as critical.")
        lacks = _("Critical hypotheses, registered with a fail mark and a day.")
        return Signal("kill_criteria", title, sentence, lacks=lacks)
    dated = sum(one.is_dated(today) for one in critical)
    verdict = Verdict.CANNOT_SAY if dated else Verdict.CONTRADICTS
    if dated == len(critical):
        verdict = Verdict.SUPPORTS
    return Signal(
        key="kill_criteria",
        title=title,
        verdict=verdict,
        sentence=criteria_sentence(critical, dated, today),
        header=(_("We stop believing that"), _("If"), _("By"), _("State")),
        rows=tuple(criterion_row(one, today) for one in critical),
    )


def criteria_sentence(critical, dated: int, today) -> str:
    text = ngettext(
        "%(k)s of %(n)s critical hypothesis is registered with a day still to come.",
        "%(k)s of %(n)s critical hypotheses are registered with a day still to come.",
        len(critical),
    )
    said = text % {"k": dated, "n": len(critical)}
    late = sum(one.row.decide_by < today for one in critical)
    if not late:
        return said
    past = ngettext(
        "Of %(n)s the day has passed without a decision.",
        "Of %(n)s the day has passed without a decision.",
        late,
    )
    return f"{said} {past % {'n': late}}"


def criterion_row(one: Believed, today):
    return (
        one.row.statement,
        one.row.fail_mark,
        date_format(one.row.decide_by, DAY),
        state_words(one, today),
    )


def state_words(one: Believed, today) -> str:
    if one.state == DRAFT:
        return _("draft: not frozen yet")
    if one.row.decide_by < today:
        return _("past its day")
    return str(HypothesisStatus.Status(one.state).label)


# --- alternatives ----------------------------------------------------------------
def alternatives(believed: list[Believed]) -> Signal:
    """What else might be true, and how it would be found out."""
    found = [
        one for one in believed if not one.row.is_critical and one.state in UNTESTED
    ]
    is_enough = len(found) >= ENOUGH_ALTERNATIVES
    text = ngettext(
        "%(n)s other hypothesis is named and not tested yet; two or three are wanted.",
        "%(n)s other hypotheses are named and not tested yet; two or three are wanted.",
        len(found),
    )
    return Signal(
        key="alternatives",
        title=_("Alternatives, and how each is tested"),
        verdict=Verdict.SUPPORTS if is_enough else Verdict.CANNOT_SAY,
        sentence=text % {"n": len(found)},
        header=(_("What may be true instead"), _("Part of the model"), _("We measure")),
        rows=tuple(
            (one.row.statement, str(one.row.get_box_display()), one.row.measure)
            for one in found
        ),
        lacks="" if is_enough else _("Hypotheses about what else could be true."),
    )


# --- who decides -----------------------------------------------------------------
def deciders(workspace, now, today) -> Signal:
    roles = Counter(
        workspace.memberships.current()
        .with_permission(Permission.DECIDE)
        .filter(joined_at__lte=now)
        .values_list("role", flat=True)
    )
    stops = ScheduledStop.objects.in_workspace(workspace).filter(created_at__lte=now)
    ahead = list(stops.filter(held_on=None, due_on__gte=today).order_by("due_on")[:1])
    is_set = bool(roles and ahead)
    return Signal(
        key="who_decides",
        title=_("Who decides, and when"),
        verdict=Verdict.SUPPORTS if is_set else Verdict.CANNOT_SAY,
        sentence=deciders_sentence(sum(roles.values()), ahead),
        header=(_("Role"), _("May decide")),
        rows=tuple(
            (str(label), str(roles[role]))
            for role, label in Role.choices
            if roles[role]
        ),
        lacks="" if ahead else _("A stop that is scheduled for a day to come."),
    )


def deciders_sentence(n: int, ahead) -> str:
    text = ngettext(
        "%(n)s person may record a decision.", "%(n)s people may record a decision.", n
    )
    said = text % {"n": n}
    if not ahead:
        return said
    when = _("The next stop is on %(day)s.") % {
        "day": date_format(ahead[0].due_on, DAY)
    }
    return f"{said} {when}"
