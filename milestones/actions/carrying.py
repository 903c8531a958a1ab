"""Evidence of an earlier version of the model, taken over into this one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log, written
from milestones.actions.questions import newest_version
from milestones.models import EvidenceLink, Question, Reconfirmation
from milestones.reports.carrying import links_left

CARRIED = (
    *("quote_id", "actual_id", "survey_id", "document", "stance", "grade"),
    *("proof_url", "proof_file_id", "had_proof_file", "seen_by_id", "occurred_on"),
)


@transaction.atomic
def carry_evidence(question, links, *, by, now):
    """New links to the same sources; the old ones stay where they are.

    An answer to what speaks against us is not carried: it was given for the model
    before. ValidationError when one of `links` cannot be carried, or can no longer.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.model_version != newest_version(question.workspace):
        why = _("That version of the model has ended. Nothing is added to it.")
        raise ValidationError(why, code="past_version")
    offered = {link.pk: link for link in links_left(question)}
    if not links or any(link.pk not in offered for link in links):
        why = _("Choose from what still stands. Something may have changed meanwhile.")
        raise ValidationError({"links": ValidationError(why, code="not_offered")})
    chosen = [offered[link.pk] for link in links]
    copies = [copy_of(link, question, by=by, now=now) for link in chosen]
    EvidenceLink.objects.bulk_create(copies)
    for link, copy in zip(chosen, copies, strict=True):
        reconfirm_too(link, copy)
    log(
        question.workspace,
        by=by,
        verb="evidence.carried",
        subject=question,
        now=now,
        question=question.number,
        count=len(copies),
    )
    written(EvidenceLink, [copy.pk for copy in copies])
    return copies


def copy_of(link, question, *, by, now):
    return EvidenceLink(
        workspace=question.workspace,
        question=question,
        by=by,
        linked_at=now,
        **{name: getattr(link, name) for name in CARRIED},
    )


def reconfirm_too(link, copy):
    """What was looked at again lately is as fresh under the new version."""
    rows = link.reconfirmations.all()
    latest = max(rows, key=lambda row: (row.on, row.recorded_at), default=None)
    if latest is not None:
        Reconfirmation(
            workspace=copy.workspace,
            link=copy,
            on=latest.on,
            how=latest.how,
            by=latest.by,
            recorded_at=copy.linked_at,
        ).save()
