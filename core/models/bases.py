"""What every row of a venture shares."""

from uuid import uuid4

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
