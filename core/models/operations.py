"""How the installation itself is doing, and forms that were sent before."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class Heartbeat(models.Model):
    """When a part of the process tree was last seen alive."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    pid = models.PositiveIntegerField()
    host = models.CharField(max_length=120)

    def __str__(self):
        return self.name


class Tick(models.Model):
    """A minute of the scheduler that one process took for itself."""

    name = models.CharField(max_length=20)
    bucket = models.DateTimeField()
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "bucket"], name="tick_once"),
        ]

    def __str__(self):
        return f"{self.name} {self.bucket:%Y-%m-%d %H:%M}"


class Installation(models.Model):
    """The one row about this database."""

    class Hold(models.TextChoices):
        NONE = ""
        RESTORED = "restored"
        UNSEEN = "unseen_database"
        CLOCK = "clock_jump"
        MANUAL = "manual"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    database_id = models.UUIDField(default=uuid4)
    outbound_hold = models.CharField(
        max_length=16, choices=Hold, default=Hold.NONE, blank=True
    )
    held_at = models.DateTimeField(null=True)
    steady_ticks = models.PositiveSmallIntegerField(default=0)
    # circuit breaker of the mail server
    mail_paused_until = models.DateTimeField(null=True)
    mail_pause_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="installation_is_one_row"
            ),
        ]

    def __str__(self):
        return str(self.database_id)


class FormKey(models.Model):
    """A rendered form that was accepted: sending it again finds the first outcome."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    key = models.CharField(max_length=120, unique=True)
    outcome = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    def __str__(self):
        return self.key


class Erasing(models.Model):
    """Holds a row only inside an erasing transaction: SQLite's triggers look here."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        db_table = "core_erasing"

    def __str__(self):
        return "erasing"
