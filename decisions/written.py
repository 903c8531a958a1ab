"""A reason that is asked for is asked for in signs that can be seen."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.written import length_written


def refuse_short(name, text, shortest):
    """ValidationError about the field `name` for fewer than `shortest` characters."""
    written = length_written(text)
    if written < shortest:
        words = _("Write at least %(count)s characters; there are %(written)s.")
        words %= {"count": shortest, "written": written}
        raise ValidationError({name: ValidationError(words, code="too_short")})
