"""What a venture sets of the thresholds of its rules."""

from dataclasses import fields

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Workspace
from decisions.rules.thresholds import DEFAULTS, Thresholds


def within(low, high):
    return [MinValueValidator(low), MaxValueValidator(high)]


def share(name, label, low, high):
    return models.FloatField(
        label, default=getattr(DEFAULTS, name), validators=within(low, high)
    )


def count(name, label, low, high):
    return models.PositiveSmallIntegerField(
        label, default=getattr(DEFAULTS, name), validators=within(low, high)
    )


class AlertSettings(Revisable, models.Model):
    """One row a venture, made with its first change; each field is one of Thresholds."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="alert_settings"
    )
    required_ratio = share("required_ratio", _("required rate, times"), 1.1, 10)
    horizon_share = share("horizon_share", _("part of the plan over"), 0.05, 0.45)
    required_deviations = share(
        "required_deviations", _("required rate, deviations"), 0.5, 6
    )
    slip_count = count("slip_count", _("moves of a plan or date"), 1, 10)
    revision_floor = share(
        "revision_floor", _("least part of the plan kept"), 0.1, 0.95
    )
    upside_share = share("upside_share", _("upside, times the plan"), 1.05, 10)
    upside_deviations = share("upside_deviations", _("upside, deviations"), 0.5, 6)
    overdue_days = count("overdue_days", _("number overdue, days"), 1, 60)
    overdue_share = share("overdue_share", _("number overdue, part"), 0.05, 1)
    gap = count("gap", _("claim ahead, points"), 1, 5)
    gap_days = count("gap_days", _("claim ahead, days"), 1, 120)
    claimed_from = count("claimed_from", _("claim a signal may contradict"), 1, 5)
    silence_days = count("silence_days", _("silence, days"), 3, 120)
    review_days = count("review_days", _("look at the whole, days"), 14, 366)

    class Meta:
        verbose_name_plural = "alert settings"

    def __str__(self):
        return f"thresholds of {self.workspace_id}"

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(
            **{one.name: getattr(self, one.name) for one in fields(Thresholds)}
        )
