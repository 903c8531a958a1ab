"""Hypotheses: drafted, registered, revised, and where they went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from core.activity import log
from core.revisions import OutdatedError, take_up, write
from discovery.hypotheses import state_of
from discovery.hypothesis_states import DRAFT, MARK_MET, REGISTERED, refusal
from discovery.models import Hypothesis, HypothesisStatus

if TYPE_CHECKING:
    from core.models import User, Workspace

# what a version says; a new one begins with the words of the old
CONTENT = (
    *("segment", "questions", "box", "statement", "measure"),
    *("pass_mark", "fail_mark", "decide_by", "is_critical"),
)
REFUSALS = {
    "no_way": later("From where it stands it cannot go there."),
    "no_reason": later("Say in a sentence why."),
    "no_quote": later("Link at least one quote first: whose words say so?"),
}
TICK = timedelta(microseconds=1)


@transaction.atomic
def add_hypothesis(
    workspace: Workspace, *, by: User, now: datetime, **fields: Any
) -> Hypothesis:
    """A draft. Raises ValidationError unless the two marks differ."""
    refuse_equal_marks(fields["pass_mark"], fields["fail_mark"])
    hypothesis = Hypothesis.objects.create(
        workspace=workspace, created_by=by, created_at=now, **fields
    )
    log(workspace, by=by, verb="hypothesis.added", subject=hypothesis, now=now)
    return hypothesis


@transaction.atomic
def edit_hypothesis(
    hypothesis: Hypothesis,
    *,
    by: User,
    now: datetime,
    rev: int | None = None,
    **fields: Any,
) -> Hypothesis:
    """Drafts only: ValidationError once it is registered. OutdatedError when somebody
    saved in between."""
    current = take_up(hypothesis, rev)
    if current.registered_at is not None:
        raise ValidationError(frozen(), code="frozen")
    refuse_equal_marks(
        fields.get("pass_mark", current.pass_mark),
        fields.get("fail_mark", current.fail_mark),
    )
    changed = write(current, fields)
    if changed:
        workspace = current.workspace
        log(
            workspace,
            by=by,
            verb="hypothesis.edited",
            subject=current,
            now=now,
            fields=changed,
        )
    return current


@transaction.atomic
def register_hypothesis(
    hypothesis: Hypothesis, *, by: User, now: datetime, rev: int | None = None
) -> Hypothesis:
    """From now on its marks stand. ValidationError if they do already, or if the day
    to decide has passed; OutdatedError when somebody saved in between."""
    current = take_up(hypothesis, rev)
    if current.registered_at is not None:
        raise ValidationError(frozen(), code="frozen")
    refuse_past(current.decide_by, current.workspace, now)
    write(current, {"registered_at": now})
    add_status(current, REGISTERED, by=by, now=now)
    return current


@transaction.atomic
def revise_hypothesis(
    hypothesis: Hypothesis,
    *,
    by: User,
    now: datetime,
    reason: str,
    rev: int | None = None,
    **fields: Any,
) -> Hypothesis:
    """The next version, registered at once, so that no day passes without a mark.

    The old one stays as it was, with its history. OutdatedError when it has been
    revised already; ValidationError for drafts, without a reason, or without a change.
    """
    current = take_up(hypothesis, rev)
    newer = Hypothesis.objects.filter(predecessor=current).first()
    if newer is not None:
        raise OutdatedError(newer)
    refuse_revision(current, reason, fields, now)
    kept = {name: getattr(current, name) for name in CONTENT}
    following = Hypothesis.objects.create(
        workspace=current.workspace,
        predecessor=current,
        version=current.version + 1,
        rev=current.rev + 1,
        created_by=by,
        created_at=now,
        registered_at=now,
        **kept | fields,
    )
    add_status(following, REGISTERED, by=by, now=now, reason=reason)
    return following


@transaction.atomic
def change_state(
    hypothesis: Hypothesis,
    to: str,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    quotes: int = 0,
) -> HypothesisStatus:
    """One step, as a row. `quotes` counts the standing quotes linked to it, which
    `interviews.actions.settle_hypothesis` knows; without them there is no verdict.

    Raises ValidationError when the step is refused.
    """
    current = take_up(hypothesis, None)
    if Hypothesis.objects.filter(predecessor=current).exists():
        raise ValidationError(_("A later version stands. Settle that one."))
    state = state_of(current)
    why = refusal(state, to, reason=reason, quotes=quotes)
    if state == DRAFT:
        raise ValidationError(_("Register it first."))
    if why:
        raise ValidationError(REFUSALS[why], code=why)
    return add_status(current, to, by=by, now=now, reason=reason)


def add_status(hypothesis, to, *, by, now, reason=""):
    """Never at the moment of the one before: the newest says where it stands."""
    latest = hypothesis.statuses.order_by("-at").first()
    at = max(now, latest.at + TICK) if latest else now
    status = HypothesisStatus(
        workspace=hypothesis.workspace,
        hypothesis=hypothesis,
        status=to,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    status.save()
    log(
        hypothesis.workspace,
        by=by,
        verb=f"hypothesis.{to}",
        subject=hypothesis,
        now=now,
        version=hypothesis.version,
        mark=MARK_MET.get(to, ""),
    )
    return status


# --- what is refused -------------------------------------------------------------
def refuse_revision(current, reason, fields, now):
    if current.registered_at is None:
        raise ValidationError(_("A draft is edited, not revised."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")})
    if all(getattr(current, name) == value for name, value in fields.items()):
        raise ValidationError(_("Nothing has changed."), code="same")
    refuse_equal_marks(
        fields.get("pass_mark", current.pass_mark),
        fields.get("fail_mark", current.fail_mark),
    )
    refuse_past(fields.get("decide_by", current.decide_by), current.workspace, now)


def refuse_equal_marks(pass_mark: str, fail_mark: str) -> None:
    one, other = (" ".join(mark.split()).casefold() for mark in (pass_mark, fail_mark))
    if one == other:
        why = _("It cannot hold and fail at the same mark.")
        raise ValidationError({"fail_mark": why})


def refuse_past(decide_by, workspace, now):
    if decide_by < workspace.today(now):
        why = _("That day has passed. Choose one that is still to come.")
        raise ValidationError({"decide_by": why})


def frozen() -> str:
    return _("It is registered, so its marks stand. A change makes a new version.")
