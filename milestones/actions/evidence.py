"""What speaks for or against an answer is linked to it, answered, or withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from interviews.actions.links import refuse_unproven, refuse_unusable
from interviews.models import Survey
from milestones.actions.questions import refuse_ended
from milestones.models import EvidenceLink, Question, Reconfirmation

SHORTEST_HOW = 10
# The strongest a survey can be. Whoever answers one was prompted (E2), and a price they
# name is no price they paid. Must-have is asked of people who use it, about that use.
SURVEY_UP_TO = {
    Survey.Kind.PRICE: 2,
    Survey.Kind.NEEDS: 2,
    Survey.Kind.MUST_HAVE: 3,
}


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
    survey=None,
    document="",
    proof_url="",
    proof_file=None,
    seen_by=None,
    occurred_on=None,
):
    """Links one source; ValidationError when a rule is broken. `occurred_on` is for
    documents alone; see `day_of`."""
    Question.objects.select_for_update().get(pk=question.pk)
    source = {"quote": quote, "actual": actual, "survey": survey}
    refuse_wrong_source(question, source, document, grade)
    refuse_unproven(grade, actual or survey or proof_url or proof_file or seen_by)
    link = EvidenceLink.objects.create(
        workspace=question.workspace,
        question=question,
        **source,
        document=document,
        stance=stance,
        grade=grade,
        proof_url=proof_url,
        proof_file=proof_file,
        had_proof_file=proof_file is not None,
        seen_by=seen_by,
        by=by,
        occurred_on=day_of(question.workspace, source, occurred_on, now),
        linked_at=now,
    )
    log_about(link, verb="evidence.linked", by=by, now=now, stance=stance, grade=grade)
    return link


def day_of(workspace, source, occurred_on, now):
    """A quote has the day of its talk, a number the end of its period, a survey the day
    of its last answer."""
    if source["quote"] is not None:
        return workspace.today(source["quote"].interview.held_at)
    if source["actual"] is not None:
        return source["actual"].period_end
    if source["survey"] is not None:
        return last_asked_on(source["survey"])
    return occurred_on or workspace.today(now)


def last_asked_on(survey):
    """The day of its last standing answer, or None."""
    days = survey.responses.standing().order_by("-asked_on")
    return days.values_list("asked_on", flat=True).first()


def refuse_wrong_source(question, source, document, grade):
    named = {name: row for name, row in source.items() if row is not None}
    if len(named) + bool(document) != 1:
        raise ValidationError(
            _("Link exactly one: a quote, a number, a survey or a document."),
            code="one_source",
        )
    if any(row.workspace_id != question.workspace_id for row in named.values()):
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    if source["quote"] is not None:
        refuse_quote(question, source["quote"], grade)
    if source["survey"] is not None:
        refuse_survey(question, source["survey"], grade)


def refuse_quote(question, quote, grade):
    if question.evidence.standing().filter(quote=quote).exists():
        raise ValidationError(
            _("This quote is linked to that question already."), code="linked_before"
        )
    refuse_unusable(quote, grade)


def refuse_survey(question, survey, grade):
    """One of this segment that was answered; never stronger than what it can prove."""
    if survey.trashed_at is not None:
        raise ValidationError(_("That survey is in the trash."), code="trashed")
    if question.segment_id not in (None, survey.segment_id):
        raise ValidationError(
            _("That survey was asked of another segment."), code="segment"
        )
    if question.evidence.standing().filter(survey=survey).exists():
        raise ValidationError(
            _("This survey is linked to that question already."), code="linked_before"
        )
    if last_asked_on(survey) is None:
        raise ValidationError(
            _("Nobody has answered that survey yet."), code="unanswered"
        )
    refuse_too_strong(survey, grade)


def refuse_too_strong(survey, grade):
    most = SURVEY_UP_TO[survey.kind]
    if grade > most:
        why = _("Whoever answers a survey was asked: this one counts as E%s at most.")
        error = ValidationError(why % most, code="too_strong")
        raise ValidationError({"grade": error})


def standing_link(link):
    """Locked. Nothing of a version of the model that has ended changes any more."""
    current = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    refuse_ended(current.question)
    if current.withdrawn_at is not None:
        raise ValidationError(_("It was withdrawn already."), code="withdrawn")
    return current


@transaction.atomic
def answer_evidence(link, *, by, answer, now):
    """What we say to something that speaks against us; it then no longer caps."""
    link = standing_link(link)
    link.answer, link.answered_at = answer, link.answered_at or now
    link.save(update_fields=["answer", "answered_at"])
    log_about(link, verb="evidence.answered", by=by, now=now)
    return link


@transaction.atomic
def withdraw_evidence(link, *, by, reason, now):
    """The row stays, with the reason; earlier boards still show it."""
    link = standing_link(link)
    link.withdrawn_at, link.withdrawn_reason = now, reason
    link.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log_about(link, verb="evidence.withdrawn", by=by, now=now)
    return link


@transaction.atomic
def reconfirm_evidence(link, *, by, on, how, now):
    """Old evidence looked at again: it counts as fresh from that day."""
    link = standing_link(link)
    if on > link.workspace.today(now):
        refuse("on", _("That day has not come yet."), "future")
    if on < link.occurred_on:
        refuse("on", _("That is before it happened."), "too_early")
    how = how.strip()
    if length_written(how) < SHORTEST_HOW:
        refuse("how", _("Say in at least 10 characters how you know."), "too_short")
    row = Reconfirmation(
        workspace=link.workspace, link=link, on=on, how=how, by=by, recorded_at=now
    )
    row.save()
    log_about(link, verb="evidence.reconfirmed", by=by, now=now)
    return row


@transaction.atomic
def relink_evidence(link, *, by, question, stance, grade, reason, now):
    """Withdraws it here and links the same source to another question, proof and all;
    also what was found when it was looked at again."""
    Question.objects.select_for_update().get(pk=question.pk)
    if question.pk == link.question_id:
        why = _("It is linked to this question. Choose another one.")
        refuse("number", why, "same_question")
    old = withdraw_evidence(link, by=by, reason=reason, now=now)
    moved = link_evidence(
        question,
        by=by,
        stance=stance,
        grade=grade,
        now=now,
        quote=old.quote,
        actual=old.actual,
        survey=old.survey,
        document=old.document,
        proof_url=old.proof_url,
        proof_file=old.proof_file,
        seen_by=old.seen_by,
        occurred_on=old.occurred_on,
    )
    keep_confirmed({old.pk: moved})
    return moved


def keep_confirmed(new_by_old):
    """What was looked at again is as fresh in its new place: `new_by_old` maps the id of
    each old link to the new one. Who looked, when, and what they found stays."""
    rows = Reconfirmation.objects.filter(link__in=new_by_old)
    Reconfirmation.objects.bulk_create(
        Reconfirmation(
            workspace_id=row.workspace_id,
            link=new_by_old[row.link_id],
            on=row.on,
            how=row.how,
            by_id=row.by_id,
            recorded_at=row.recorded_at,
        )
        for row in rows
    )


def refuse(field, why, code):
    raise ValidationError({field: ValidationError(why, code=code)})


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
