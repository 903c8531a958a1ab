"""Rules for passwords beyond length and the list of common ones."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
PRODUCT_WORDS = ("fieldproof",)


class MaximumLengthValidator:
    def validate(self, password, user=None):
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is longer than 128 characters."), "too_long"
            )

    def get_help_text(self):
        return _("At least 12 characters. A short sentence is a good password.")


class ContextWordValidator:
    """Refuses the words everybody would try here: product, name, own address."""

    def validate(self, password, user=None):
        words = [*PRODUCT_WORDS]
        if user is not None:
            words += [user.email.split("@")[0], *user.name.split()]
        guess = password.lower()
        if any(len(word) > 3 and word.lower() in guess for word in words):
            raise ValidationError(
                _("This password contains your name, your address or the product's."),
                "context_word",
            )

    def get_help_text(self):
        return ""
