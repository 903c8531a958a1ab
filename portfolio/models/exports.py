"""Files that hold everything of a venture, for its owners to take along."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import WorkspaceModel


class VentureExport(WorkspaceModel):
    """Everything of a venture as one file, asked for by an owner. A worker makes it; the
    file lies in DATA_DIR/exports under this row's id, for a day."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # how far the job is
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # the job holds the row by lease: a dead worker's is taken up by another
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    size = models.BigIntegerField(default=0)
    # of a ready one: until when it can be fetched
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]

    def __str__(self):
        return f"{self.workspace_id}, {self.asked_at:%Y-%m-%d}"

    @property
    def is_under_way(self):
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def percent(self):
        return 100 * self.done // self.total if self.total else 0
