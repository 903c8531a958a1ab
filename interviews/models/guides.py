"""What we ask, and what each question tests."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Trashable, WorkspaceModel
from core.querysets import TrashableQuerySet
from discovery.models import Segment


class GuideQuerySet(TrashableQuerySet):
    def newest(self):
        """Those no later version has followed."""
        return self.filter(successor=None)

    def to_choose(self, workspace, *, but_keep=None):
        """For a talk: newest versions, and the one it has already."""
        is_offered = models.Q(
            successor=None, archived_at__isnull=True, trashed_at__isnull=True
        )
        chosen = self.in_workspace(workspace).filter(is_offered | models.Q(pk=but_keep))
        return chosen.select_related("segment")


class Guide(Revisable, Trashable, WorkspaceModel):
    """Questions for one segment. Once a talk used it, a change makes the next version."""

    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="guides"
    )
    name = models.CharField(_("name"), max_length=120)
    # one of Interview.Kind
    kind = models.CharField(_("kind of talk"), max_length=13, default="problem")
    aim = models.CharField(_("what we want to learn"), max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    predecessor = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="successor"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["name", "version", "pk"]

    def __str__(self):
        return f"{self.name} v{self.version}" if self.version > 1 else self.name


class GuideQuestion(WorkspaceModel):
    """One question. `tests` holds numbers of the eleven questions."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)
    tests = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "position"], name="guide_question_once"
            ),
        ]

    def __str__(self):
        return self.text
