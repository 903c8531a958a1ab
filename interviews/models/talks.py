"""Talks with customers, as they were noted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Trashable, WorkspaceModel
from core.querysets import TrashableQuerySet
from discovery.models import Person, Segment
from interviews.models.guides import Guide


class InterviewQuerySet(TrashableQuerySet):
    def finished(self):
        return self.kept().filter(state=Interview.State.FINISHED)

    def qualifying(self):
        return self.finished().filter(qualifies=True)


class Interview(Trashable, WorkspaceModel):
    """One conversation. The page gives its id, so that saving twice makes one row."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        FINISHED = "finished", _("finished")

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("problem")
        DAY_IN_LIFE = "day_in_life", _("day in the life")
        SWITCH = "switch", _("switch")
        SOLUTION = "solution", _("solution")
        PRICE = "price", _("price")
        BETA_FEEDBACK = "beta_feedback", _("beta feedback")
        WIN_LOSS = "win_loss", _("win or loss")
        SUPPORT = "support", _("support")
        SALES = "sales", _("sales")

    class Pitched(models.TextChoices):
        NEVER = "never", _("no")
        AFTER_PROBLEM = "after_problem", _("after the problem")
        BEFORE_PROBLEM = "before_problem", _("before the problem")

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIDEO = "video", _("video call")
        PHONE = "phone", _("telephone")
        MESSAGE = "message", _("in writing")

    # who and when
    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="interviews"
    )
    people = models.ManyToManyField(Person, related_name="interviews", blank=True)
    interviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True
    )
    # people as they are typed in a draft, before they are written down
    who_typed = models.JSONField(default=list)
    held_at = models.DateTimeField(_("when"))
    channel = models.CharField(
        _("how"), max_length=9, choices=Channel, default=Channel.IN_PERSON
    )
    guide = models.ForeignKey(
        Guide,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name=_("guide"),
    )
    # what kind of talk
    kind = models.CharField(
        _("kind"), max_length=13, choices=Kind, default=Kind.PROBLEM
    )
    pitched = models.CharField(
        _("did we pitch?"), max_length=14, choices=Pitched, default=Pitched.NEVER
    )
    is_price_negotiated = models.BooleanField(_("we negotiated a price"), default=False)
    is_transcribed_elsewhere = models.BooleanField(
        _("another service wrote the transcript; they were told"), default=False
    )
    # what was said
    notes = models.TextField(_("notes"), max_length=200_000)
    is_next_step_asked = models.BooleanField(
        _("we asked for a next step"), default=False
    )
    next_step = models.CharField(
        _("next step they agreed to"), max_length=300, blank=True
    )
    # how it is kept
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    rev = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    # does it count: computed by interviews/qualifying.py whenever its inputs change
    qualifies = models.BooleanField(default=False)
    reasons_against = models.JSONField(default=list)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "pk"]
        indexes = [
            # the list of talks, newest first
            models.Index(fields=["workspace", "-held_at"], name="interview_newest"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.held_at:%Y-%m-%d}"

    @property
    def hides_notes(self):
        """Somebody who took part agreed to nothing being kept, or no longer does."""
        is_finished = self.state == self.State.FINISHED
        return is_finished and any(person.refuses for person in self.people.all())
