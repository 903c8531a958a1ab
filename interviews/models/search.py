"""What full-text search finds."""

from django.db import models

from core.models import Workspace
from core.querysets import InWorkspaceQuerySet
from interviews.search.fields import WordsField


class SearchDocument(models.Model):
    """The words of one row, or of one passage of a long one.

    A shadow of what it points at: written by interviews/search/upkeep.py and made anew
    by `manage.py reindex_search`. A whole row has no passages; `passage` 0 of a long
    row is its beginning.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    # a name that settings.SEARCHED knows
    kind = models.CharField(max_length=12)
    object_id = models.UUIDField()
    # newest first
    at = models.DateTimeField()
    # of a long row: which part, from which character to which
    is_long = models.BooleanField(default=False)
    passage = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    words = WordsField()

    objects = InWorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "object_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "kind", "passage"], name="search_document_once"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
