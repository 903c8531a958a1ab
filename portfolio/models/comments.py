"""What people say to each other about a score, a quote, a number, an alert, a decision
or a commitment."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, Permission, WorkspaceModel
from core.querysets import AppendOnlyQuerySet, InWorkspaceQuerySet
from decisions.models import Alert, Commitment, Decision
from forecasts.models import Metric
from interviews.models import Quote
from milestones.models import Question
from portfolio.models.guests import Guest


class About(models.TextChoices):
    """Kinds with a key on Thread that bears their name."""

    QUESTION = "question", _("a question and its score")
    QUOTE = "quote", _("a quote")
    METRIC = "metric", _("a forecast")
    ALERT = "alert", _("an alert")
    DECISION = "decision", _("a decision")
    COMMITMENT = "commitment", _("a commitment")


class ThreadQuerySet(InWorkspaceQuerySet):
    def seen_with(self, may):
        """Those a reader with these permissions knows of. What was said of a quote goes
        with it: withdrawn, thrown away, or without consent."""
        here = Quote.objects.standing().filter(interview__trashed_at=None)
        hidden = ~Q(quote=None) & ~Q(quote__in=here.values("pk"))
        rows = self.exclude(hidden)
        is_founder = Permission.DECIDE in may
        return rows if is_founder else rows.filter(is_founders_only=False)

    def shown_by(self, link):
        """What the dashboard behind that link shows something of: so no quotes."""
        rows = self.in_workspace(link.workspace_id).seen_with(frozenset())
        rows = rows.filter(quote=None)
        is_whole = link.scope == link.Scope.WHOLE
        return rows if is_whole else rows.filter(question__isnull=False)

    def open(self):
        return self.filter(resolved_at=None)

    def about(self, pk):
        """Whatever kind of thing that id is of."""
        ids = [Q(**{f"{kind}_id": pk}) for kind in About.values]
        return self.filter(Q(*ids, _connector=Q.OR))


class Thread(WorkspaceModel):
    """It is about exactly one thing, and stays open until somebody resolves it."""

    # what it is about
    question = models.ForeignKey(
        Question, models.RESTRICT, null=True, related_name="threads"
    )
    quote = models.ForeignKey(Quote, models.RESTRICT, null=True, related_name="threads")
    metric = models.ForeignKey(
        Metric, models.RESTRICT, null=True, related_name="threads"
    )
    alert = models.ForeignKey(Alert, models.RESTRICT, null=True, related_name="threads")
    decision = models.ForeignKey(
        Decision, models.RESTRICT, null=True, related_name="threads"
    )
    commitment = models.ForeignKey(
        Commitment, models.RESTRICT, null=True, related_name="threads"
    )
    # who may know of it: chosen when it is opened, and never changed
    is_founders_only = models.BooleanField(default=False)
    # where it stands
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    opened_by_guest = models.ForeignKey(
        Guest, models.RESTRICT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "pk"]
        indexes = [
            # what is still open in a venture
            models.Index(fields=["workspace", "resolved_at"], name="thread_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{kind}__isnull": kind != one for kind in About.values})
                        for one in About.values
                    ),
                    _connector=Q.OR,
                ),
                name="thread_about_one",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_resolved_by_somebody",
            ),
            # whoever has a link cannot speak to founders alone, nor seem to
            models.CheckConstraint(
                condition=Q(opened_by__isnull=False)
                | Q(opened_by_guest__isnull=False, is_founders_only=False),
                name="thread_opened_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.about}, {self.opened_at:%Y-%m-%d}"

    @property
    def about(self) -> str:
        return next(kind for kind in About.values if getattr(self, f"{kind}_id"))

    @property
    def subject_id(self):
        return getattr(self, f"{self.about}_id")


class CommentQuerySet(AppendOnlyQuerySet):
    def standing(self):
        """Each comment as it was last corrected."""
        later = Comment.objects.filter(
            workspace=OuterRef("workspace"),
            number=OuterRef("number"),
            revision__gt=OuterRef("revision"),
        )
        return self.filter(~Exists(later))


class Comment(AppendOnlyModel):
    """`number` counts the comments of a venture: addresses end in `#c-12`. A correction
    is a row of the same number, with the next `revision`; what was said stays.

    `guest`: it came by a link. A member who introduced themselves there stands in `by`,
    too."""

    thread = models.ForeignKey(Thread, models.RESTRICT, related_name="comments")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    guest = models.ForeignKey(
        Guest, models.RESTRICT, null=True, related_name="comments"
    )
    written_at = models.DateTimeField()
    # whoever wrote it reads pseudonyms only, so that they guess names if they write any
    without_names = models.BooleanField(default=False)
    # of this revision
    saved_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["number", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "number", "revision"], name="comment_in_order"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(guest__isnull=False),
                name="comment_by_somebody",
            ),
        ]

    def __str__(self):
        return f"c-{self.number}"


class Mention(AppendOnlyModel):
    """Somebody of the team was named in a comment, in whichever revision first."""

    comment = models.ForeignKey(Comment, models.RESTRICT, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]

    def __str__(self):
        return f"{self.comment_id}, {self.user_id}"


class CommentDraft(WorkspaceModel):
    """What somebody began to write, one text for each place: "thread:<uuid>", or what a
    new thread would be about, as "metric:<uuid>"."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "by", "place"], name="comment_draft_once"
            ),
        ]

    def __str__(self):
        return self.place
