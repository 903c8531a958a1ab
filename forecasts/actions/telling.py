"""What was told to investors: kept, and never taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
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
