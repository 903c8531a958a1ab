"""What was told to investors: kept, and taken back only by a further row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import EndedError
from forecasts.models import InvestorExpectation


@transaction.atomic
def tell_investors(revision, *, by, now, told_to, told_on, note=""):
    """`revision` of a forecast was told to somebody on a day that has come."""
    workspace = revision.workspace
    if told_on > workspace.today(now):
        words = _("This day has not come yet.")
        raise ValidationError({"told_on": words})
    row = InvestorExpectation(
        workspace=workspace,
        revision=revision,
        told_to=told_to,
        told_on=told_on,
        note=note,
        recorded_at=now,
        by=by,
    )
    row.save()
    log(workspace, by=by, verb="investors.told", subject=row, now=now)
    return row


@transaction.atomic
def withdraw_expectation(telling, *, by, now, reason):
    """It was written down wrongly: it counts nowhere any more, and stays on record.

    Raises EndedError if it was taken back already."""
    rows = InvestorExpectation.objects.tellings().select_for_update()
    telling = rows.get(pk=telling.pk)
    if InvestorExpectation.objects.filter(supersedes=telling).exists():
        raise EndedError(_("This was taken back already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken back.")})
    row = InvestorExpectation(
        workspace=telling.workspace,
        revision=telling.revision,
        told_to=telling.told_to,
        told_on=telling.told_on,
        note=telling.note,
        supersedes=telling,
        reason=reason,
        recorded_at=now,
        by=by,
    )
    row.save()
    told = {"by": by, "now": now, "subject": telling}
    log(telling.workspace, verb="investors.telling_withdrawn", **told)
    return row
