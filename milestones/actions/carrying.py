"""Evidence of an earlier version of the model, taken over into this one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log, written
from milestones.actions.evidence import keep_confirmed
from milestones.actions.questions import refuse_ended
from milestones.models import EvidenceLink, Question
from milestones.reports.carrying import earlier_links

CARRIED = (
    *("quote_id", "actual_id", "survey_id", "document", "stance", "grade"),
    *("proof_url", "proof_file_id", "had_proof_file", "seen_by_id", "occurred_on"),
)


@transaction.atomic
def carry_evidence(question, links, *, by, now):
    """New links to the same sources; the old ones stay where they are. What was carried
    before, from another tab, is left as it is: only new links are returned.

    An answer to what speaks against us is not carried: it was given for the model
    before. ValidationError when one of `links` cannot be carried, or can no longer.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    refuse_ended(question)
    left, carried = earlier_links(question)
    known = {link.pk for link in (*left, *carried)}
    if not links or any(link.pk not in known for link in links):
        why = _("Choose from what still stands. Something may have changed meanwhile.")
        raise ValidationError({"links": ValidationError(why, code="not_offered")})
    wanted = {link.pk for link in links}
    chosen = [link for link in left if link.pk in wanted]
    if not chosen:
        return []
    copies = [copy_of(link, question, by=by, now=now) for link in chosen]
    EvidenceLink.objects.bulk_create(copies)
    keep_confirmed(dict(zip((link.pk for link in chosen), copies, strict=True)))
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
