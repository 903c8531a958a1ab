"""What speaks for or against an answer is linked to it, answered, or withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from interviews.actions.links import refuse_unproven, refuse_unusable
from milestones.models import EvidenceLink, Question


@transaction.atomic
def link_evidence(
    question,
    *,
    by,
    stance,
    grade,
    now,
    quote=None,
    actual=None,
    document="",
    proof_url="",
    proof_file=None,
    seen_by=None,
    occurred_on=None,
):
    """Links one source; ValidationError when a rule is broken. `occurred_on` is for
    documents alone: a quote has the day of its talk, a number the end of its period.
    """
    Question.objects.select_for_update().get(pk=question.pk)
    refuse_wrong_source(question, quote, actual, document, grade)
    refuse_unproven(grade, actual or proof_url or proof_file or seen_by)
    link = EvidenceLink.objects.create(
        workspace=question.workspace,
        question=question,
        quote=quote,
        actual=actual,
        document=document,
        stance=stance,
        grade=grade,
        proof_url=proof_url,
        proof_file=proof_file,
        had_proof_file=proof_file is not None,
        seen_by=seen_by,
        by=by,
        occurred_on=day_of(question.workspace, quote, actual, occurred_on, now),
        linked_at=now,
    )
    log_about(link, verb="evidence.linked", by=by, now=now, stance=stance, grade=grade)
    return link


def day_of(workspace, quote, actual, occurred_on, now):
    if quote is not None:
        return workspace.today(quote.interview.held_at)
    if actual is not None:
        return actual.period_end
    return occurred_on or workspace.today(now)


def refuse_wrong_source(question, quote, actual, document, grade):
    if sum([quote is not None, actual is not None, bool(document)]) != 1:
        raise ValidationError(
            _("Link exactly one: a quote, a number or a document."), code="one_source"
        )
    source = quote or actual
    if source is not None and source.workspace_id != question.workspace_id:
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    known = question.evidence.standing()
    if quote is not None and known.filter(quote=quote).exists():
        raise ValidationError(
            _("This quote is linked to that question already."), code="linked_before"
        )
    if quote is not None:
        refuse_unusable(quote, grade)


@transaction.atomic
def answer_evidence(link, *, by, answer, now):
    """What we say to something that speaks against us; it then no longer caps."""
    link = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    if link.withdrawn_at is not None:
        raise ValidationError(_("It was withdrawn already."), code="withdrawn")
    link.answer, link.answered_at = answer, link.answered_at or now
    link.save(update_fields=["answer", "answered_at"])
    log_about(link, verb="evidence.answered", by=by, now=now)
    return link


@transaction.atomic
def withdraw_evidence(link, *, by, reason, now):
    """The row stays, with the reason; earlier boards still show it."""
    link = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    if link.withdrawn_at is not None:
        raise ValidationError(_("It was withdrawn already."), code="withdrawn")
    link.withdrawn_at, link.withdrawn_reason = now, reason
    link.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log_about(link, verb="evidence.withdrawn", by=by, now=now)
    return link


def log_about(link, *, verb, by, now, **data):
    log(
        link.workspace,
        by=by,
        verb=verb,
        subject=link,
        now=now,
        question=link.question.number,
        **data,
    )
