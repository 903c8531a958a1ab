"""Rows whose later word supersedes the earlier one, which stays."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from core.querysets import AppendOnlyQuerySet


class CorrectableQuerySet(AppendOnlyQuerySet):
    def latest_words(self):
        """Rows that no later row supersedes."""
        return self.filter(superseded_by__isnull=True)

    def current(self):
        """What counts."""
        return self.latest_words()


class Correctable(AppendOnlyModel):
    """A row that says what it corrects, and why; null and empty on a first word."""

    supersedes = models.OneToOneField(
        "self", models.RESTRICT, null=True, related_name="superseded_by"
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )

    objects = CorrectableQuerySet.as_manager()

    class Meta:
        abstract = True


def corrected_with_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(supersedes__isnull=True) | ~Q(reason=""), name=name
    )
