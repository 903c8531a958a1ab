"""What customers said and did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from discovery.models import Person, Segment


class InterviewQuerySet(InWorkspaceQuerySet):
    def finished(self):
        return self.filter(state=Interview.State.FINISHED)

    def qualifying(self):
        return self.finished().filter(qualifies=True)


class Interview(WorkspaceModel):
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

    # who and when
    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="interviews"
    )
    people = models.ManyToManyField(Person, related_name="interviews", blank=True)
    interviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True
    )
    held_at = models.DateTimeField(_("when"))
    # what kind of talk
    kind = models.CharField(
        _("kind"), max_length=13, choices=Kind, default=Kind.PROBLEM
    )
    pitched = models.CharField(
        _("did we pitch?"), max_length=14, choices=Pitched, default=Pitched.NEVER
    )
    # what was said
    notes = models.TextField(_("notes"), max_length=200_000)
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


class QuoteQuerySet(InWorkspaceQuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class Quote(WorkspaceModel):
    """Exact words from the notes, with enough around them to be found again.

    `start` and `end` count characters of the notes as they were when it was taken;
    `prefix` and `suffix` are up to 40 characters beside it.
    """

    interview = models.ForeignKey(Interview, models.RESTRICT, related_name="quotes")
    person = models.ForeignKey(
        Person, models.RESTRICT, null=True, blank=True, related_name="quotes"
    )
    text = models.TextField(_("exact words"), max_length=4000)
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    is_prompted = models.BooleanField(_("prompted: we named it first"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__lt=models.F("end")),
                name="quote_range_in_order",
            ),
        ]

    def __str__(self):
        return self.text[:60]
