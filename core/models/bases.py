"""What every row of a venture shares."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from core.querysets import AppendOnlyQuerySet, InWorkspaceQuerySet


class WorkspaceModel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    workspace = models.ForeignKey(
        "core.Workspace", models.CASCADE, related_name="%(class)ss"
    )

    objects = InWorkspaceQuerySet.as_manager()

    class Meta:
        abstract = True


class Revisable(models.Model):
    """A row that forms edit. `rev` counts its versions, so that no save is lost.

    A form sends the `rev` it was drawn from; see core/revisions.py.
    """

    rev = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Trashable(models.Model):
    """A row that can be put away (archived) or thrown away and fetched back for 30 days."""

    archived_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_put_away(self) -> bool:
        return self.archived_at is not None or self.trashed_at is not None


class AppendOnlyModel(models.Model):
    """A row that is written once. The database refuses the rest by trigger.

    See core/append_only.py; core/erasure.py is the one way out.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    workspace = models.ForeignKey(
        "core.Workspace", models.CASCADE, related_name="%(class)ss"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only: add a row instead")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} is append-only: nothing is deleted")
