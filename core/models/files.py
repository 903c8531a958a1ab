"""Files that people attach as proof."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.bases import WorkspaceModel


class StoredFile(WorkspaceModel):
    """One attached file, kept in DATA_DIR/files under its own id, never served inline.

    `sha256` is the hex digest of its bytes, `size` their number.
    """

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self):
        return self.name


class ImportRun(WorkspaceModel):
    """A table on its way in: staged, mapped, checked, run by a job, undone for 30 days.

    `kind` is a key of settings.IMPORTERS. Cells live in its rows until it ran.
    """

    class State(models.TextChoices):
        STAGED = "staged"
        CHECKING = "checking"
        CHECKED = "checked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State, default=State.STAGED)
    file_name = models.CharField(max_length=200, blank=True)
    # the header as it came, and which field each column fills
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    # what is chosen for all rows: duplicates, segment, survey, day order
    choices = models.JSONField(default=dict)
    # how far the job is, and what came of it
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # the job holds the run by lease, like a mail: a dead worker's run goes on
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return f"{self.kind}, {self.created_at:%Y-%m-%d}"


class ImportRow(WorkspaceModel):
    """One line of the table, what is wrong with it, and what it became.

    `cells` are emptied when the run is over. `before` holds what an update replaced, for
    undo; both are cleared when the person is erased.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        PROBLEM = "problem"
        SKIPPED = "skipped"
        CREATED = "created"
        FILLED = "filled"
        SAME = "same"
        UNDONE = "undone"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # [{"column": name or "", "message": sentence}]
    problems = models.JSONField(default=list)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    subject_id = models.UUIDField(null=True, blank=True)
    made = models.JSONField(default=list)
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="import_row_once"),
        ]
        indexes = [
            # what is still to do, and what went wrong
            models.Index(fields=["run", "outcome"], name="import_row_by_outcome"),
            # whose cells they are, for erasure
            models.Index(
                fields=["subject_id"],
                name="import_row_by_subject",
                condition=Q(subject_id__isnull=False),
            ),
        ]

    def __str__(self):
        return f"line {self.line}"
