"""Commitments are written down, changed before their signature, staged, and closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import OutdatedError, write
from decisions.actions.alerts import open_alert
from decisions.actions.hiring import note_hiring
from decisions.alerting import Concern, Rule, Severity
from decisions.models import Commitment
from decisions.models.commitments import Status, tranche_as_kept
from decisions.reports.gates import allowed_step
from decisions.written import refuse_short

# what is signed; the rest are words about it
TERMS = (
    *("counterparty", "kind", "currency", "amount_minor", "value_minor"),
    *("starts_on", "ends_on", "tranches", "cancel_minor", "notice_days"),
    *("reversible_share", "questions", "metric"),
    *("hires", "hire_kind", "sales_curve"),
)
WORDS = ("title", "notes")
# a code of reports/gates.py; the others name questions
OPEN_STOP = "open_stop"
SHORTEST_CLOSING = 20
LONGEST_TITLE = Commitment._meta.get_field("title").max_length


@transaction.atomic
def add_commitment(workspace, *, by, now, is_idea=False, **fields):
    commitment = Commitment(
        workspace=workspace,
        status=Status.IDEA if is_idea else Status.PROPOSED,
        created_by=by,
        created_at=now,
        **{name: fields[name] for name in (*TERMS, *WORDS) if name in fields},
    )
    commitment.save(force_insert=True)
    note_hiring(commitment, now=now)
    log(workspace, by=by, verb="commitment.added", subject=commitment, now=now)
    return commitment


@transaction.atomic
def edit_commitment(commitment, *, by, now, rev=None, is_idea=None, **fields):
    """Other terms are another commitment: what approved the old ones is void.

    Raises OutdatedError when somebody wrote in between.
    """
    current = locked(commitment, rev)
    refuse_unless(current.is_open, _("It is not open any more: what is signed stands."))
    names = [name for name in (*TERMS, *WORDS) if name in fields]
    has_new_terms = any(
        name in TERMS and getattr(current, name) != fields[name] for name in names
    )
    status = status_after(current, is_idea, has_new_terms=has_new_terms)
    after = {name: fields[name] for name in names} | {"status": status}
    if has_new_terms or (status == Status.IDEA != current.status):
        after["terms"] = current.terms + 1
    changed = write(current, after)
    if changed:
        note_hiring(current, now=now)
        log(
            current.workspace,
            by=by,
            verb="commitment.edited",
            subject=current,
            now=now,
            fields=changed,
        )
    return current


def status_after(current, is_idea, *, has_new_terms):
    if is_idea:
        return Status.IDEA
    if has_new_terms or (current.status == Status.IDEA and is_idea is not None):
        return Status.PROPOSED
    return current.status


@transaction.atomic
def propose_smaller_step(commitment, *, by, now, rev=None):
    """A commitment of its own for the part that may go ahead; the whole waits for what
    that teaches."""
    current = locked(commitment, rev)
    refuse_unless(current.is_open, _("It is not open any more."))
    step = allowed_step(current, now)
    refuse_unless(step is not None, _("No smaller step is allowed now."))
    smaller = Commitment(
        workspace=current.workspace,
        title=title_of_step(current),
        counterparty=current.counterparty,
        notes=current.notes,
        currency=current.currency,
        amount_minor=step.amount,
        value_minor=None if current.value_minor is None else step.terms.value,
        starts_on=current.starts_on,
        ends_on=current.ends_on,
        tranches=[tranche_as_kept(step.tranche)] if step.tranche else [],
        cancel_minor=step.terms.cancel_cost,
        notice_days=current.notice_days,
        reversible_share=current.reversible_share,
        questions=current.questions,
        metric=current.metric,
        step_of=current,
        created_by=by,
        created_at=now,
    )
    smaller.save(force_insert=True)
    told = {"by": by, "now": now}
    log(current.workspace, verb="commitment.added", subject=smaller, **told)
    write(current, {"status": Status.STAGED})
    log(current.workspace, verb="commitment.staged", subject=current, **told)
    return smaller


def title_of_step(commitment):
    tail = _(": smaller step")
    return commitment.title[: LONGEST_TITLE - len(tail)] + tail


@transaction.atomic
def close_commitment(commitment, *, by, now, closing, outcome="cancelled", rev=None):
    """`outcome`: ended, for what was signed and ran its course, or cancelled."""
    current = locked(commitment, rev)
    is_signed = current.status == Status.SIGNED
    refuse_unless(
        is_signed or current.is_open or current.status == Status.STAGED,
        _("It is closed already."),
    )
    refuse_unless(
        is_signed or outcome == Status.CANCELLED,
        _("Only what was signed can end; this can be cancelled."),
    )
    refuse_short("closing", closing, SHORTEST_CLOSING)
    write(
        current,
        {"status": outcome, "closing": closing, "closed_by": by, "closed_at": now},
    )
    subject = {"subject": current, "by": by, "now": now}
    if outcome == Status.ENDED:
        log(current.workspace, verb="commitment.ended", **subject)
    else:
        log(current.workspace, verb="commitment.cancelled", **subject)
    return current


def money_first(commitment, *, why, now):
    """Money goes ahead of what is known: signed, or its gate overridden, while a stop is
    open or while a question it rests on counts too little. `why`: codes of
    reports/gates.py. In the transaction of that signature or override. Raises a stop
    about the commitment, unless one is open."""
    concern = Concern(
        rule=Rule.MONEY_FIRST,
        severity=Severity.STOP,
        reason=money_first_words(commitment, why),
        since=commitment.workspace.today(now),
    )
    about = {"commitment": commitment}
    open_alert(commitment.workspace, about=about, concern=concern, now=now)
    log(
        commitment.workspace,
        by=None,
        verb="commitment.money_first",
        subject=commitment,
        now=now,
        why=list(why),
    )


def money_first_words(commitment, why) -> str:
    done = "Signed" if commitment.status == Status.SIGNED else "Its gate was overridden"
    early = [code.removeprefix("question_") for code in why if code != OPEN_STOP]
    grounds = ["while a stop is open"] if OPEN_STOP in why else []
    if len(early) == 1:
        grounds.append(f"while question {early[0]}, on which it rests, counts under 3")
    elif early:
        named = f"{', '.join(early[:-1])} and {early[-1]}"
        grounds.append(f"while questions {named}, on which it rests, count under 3")
    return f"{done} {' and '.join(grounds)}."


# --- shared ----------------------------------------------------------------------
def locked(commitment, rev=None):
    """The row as it stands, with what its gate reads, locked until the transaction
    ends. Raises OutdatedError when `rev` is not its revision."""
    rows = Commitment.objects.with_grounds()
    rows = rows.select_related("workspace__gate_settings", "metric")
    current = rows.select_for_update(of=("self",)).get(pk=commitment.pk)
    if rev is not None and current.rev != rev:
        raise OutdatedError(current)
    return current


def refuse_unless(is_fine, words):
    if not is_fine:
        raise ValidationError(words, code="not_now")
