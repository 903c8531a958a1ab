"""Wishes of this app: samples that somebody asked for."""

from django.conf import settings
from django.db import models


class SampleOrder(models.Model):
    """A sample somebody asked for. A worker loads it, for that takes some seconds; then
    the order is gone. One that failed waits until somebody asks again."""

    # as in portfolio.samples.SAMPLES
    name = models.CharField(max_length=20, primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "name"]

    def __str__(self):
        return self.name
