"""Texts that are asked for hold signs that can be seen."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.written import is_written


def refuse_unseen(text: str) -> None:
    """A validator of fields: signs without an image are no words. Nothing at all is the
    field's own to refuse."""
    if not is_written(text):
        raise ValidationError(_("Write something that can be seen."), code="unseen")
