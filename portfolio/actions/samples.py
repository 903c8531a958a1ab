"""Taking a sample venture away again, with everything in it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.erasure import erasing


@transaction.atomic
def remove_sample(workspace, *, by, now):
    """Samples only: their history is nobody's. The log keeps that it was removed."""
    if not workspace.is_sample:
        raise ValidationError(_("Only sample ventures can be removed this way."))
    slug = workspace.slug
    with erasing():
        workspace.delete()
    log(None, by=by, verb="sample.removed", now=now, slug=slug)
