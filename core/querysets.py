"""Reads start from the venture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, Self

from django.db import models

if TYPE_CHECKING:
    from core.models import Workspace


class InWorkspaceQuerySet(models.QuerySet):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)


class TrashableQuerySet(InWorkspaceQuerySet):
    """`kept` leaves out the trash, `current` the archive too."""

    def kept(self) -> Self:
        return self.filter(trashed_at__isnull=True)

    def current(self) -> Self:
        return self.kept().filter(archived_at__isnull=True)

    def trashed(self) -> Self:
        return self.filter(trashed_at__isnull=False)


class AppendOnlyQuerySet(InWorkspaceQuerySet):
    """Rows are added, never changed: history is not rewritten."""

    def update(self, **kwargs: object) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only: add a row instead")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only: nothing is deleted")
