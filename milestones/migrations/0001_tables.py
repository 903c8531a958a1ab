"""Questions, evidence, scores, challenges, checkpoints and states."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("milestones", "0001_first_tables"),
        ("milestones", "0002_proof_files"),
        ("milestones", "0003_challenges_checkpoints_states"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("discovery", "0001_tables"),
        ("forecasts", "0001_tables"),
        ("interviews", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="BoardPulse",
                    fields=[
                        (
                            "workspace",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="board_pulse",
                                serialize=False,
                                to="core.workspace",
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("noted_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("concept", "Concept"),
                                    ("alpha", "Alpha"),
                                    ("beta", "Beta"),
                                    ("first_customer_ship", "First customer ship"),
                                    ("version_2", "Version 2"),
                                    ("hypotheses_stated", "Hypotheses stated"),
                                    ("problem_verified", "Problem verified"),
                                    ("solution_verified", "Solution verified"),
                                    ("model_verified", "Model verified"),
                                    ("road_map", "Sales road map drawn"),
                                    ("repeatable", "Sales repeatable"),
                                ],
                                max_length=20,
                                verbose_name="checkpoint",
                            ),
                        ),
                        ("planned_on", models.DateField(verbose_name="planned for")),
                        (
                            "reached_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="reached on"
                            ),
                        ),
                        (
                            "finding",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what we found",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "model_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="checkpoints",
                                to="discovery.modelversion",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["planned_on", "created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("model_version", "kind"),
                                name="checkpoint_kind_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "needs_rescore_since",
                            models.DateTimeField(blank=True, null=True),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "model_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="questions",
                                to="discovery.modelversion",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="questions",
                                to="discovery.segment",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("number__gte", 1),
                                        ("number__lte", 8),
                                        ("segment__isnull", False),
                                    ),
                                    models.Q(
                                        ("number__gte", 9),
                                        ("number__lte", 11),
                                        ("segment__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_belongs_to_segment_or_model",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("segment__isnull", False)),
                                fields=(
                                    "workspace",
                                    "number",
                                    "model_version",
                                    "segment",
                                ),
                                name="question_once_in_segment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("segment__isnull", True)),
                                fields=("workspace", "number", "model_version"),
                                name="question_once_in_model",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceLink",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="document"
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "supports"),
                                    ("contradicts", "contradicts"),
                                    ("neutral", "neither"),
                                ],
                                max_length=11,
                                verbose_name="stance",
                            ),
                        ),
                        (
                            "grade",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "E0 inside opinion"),
                                    (1, "E1 compliment, hypothetical, promise"),
                                    (2, "E2 prompted statement"),
                                    (3, "E3 specific past anecdote, unprompted"),
                                    (4, "E4 verified behaviour"),
                                    (5, "E5 commitment of time or reputation"),
                                    (6, "E6 money"),
                                    (7, "E7 repeat money"),
                                ],
                                verbose_name="grade",
                            ),
                        ),
                        (
                            "proof_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="proof: link"
                            ),
                        ),
                        ("had_proof_file", models.BooleanField(default=False)),
                        ("occurred_on", models.DateField()),
                        ("linked_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True, max_length=2000)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=300),
                        ),
                        (
                            "actual",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="evidence",
                                to="forecasts.actual",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proof_file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="evidence",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="evidence",
                                to="interviews.quote",
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proof: seen by",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="evidence",
                                to="interviews.survey",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="evidence",
                                to="milestones.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-linked_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("actual__isnull", True),
                                        ("quote__isnull", False),
                                        ("survey__isnull", True),
                                        ("document", ""),
                                    ),
                                    models.Q(
                                        ("actual__isnull", False),
                                        ("quote__isnull", True),
                                        ("survey__isnull", True),
                                        ("document", ""),
                                    ),
                                    models.Q(
                                        ("actual__isnull", True),
                                        ("quote__isnull", True),
                                        ("survey__isnull", False),
                                        ("document", ""),
                                    ),
                                    models.Q(
                                        ("actual__isnull", True),
                                        ("quote__isnull", True),
                                        ("survey__isnull", True),
                                        models.Q(("document", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_has_one_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__lte", 7)),
                                name="evidence_grade_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grade__lt", 4),
                                    models.Q(("proof_url", ""), _negated=True),
                                    ("had_proof_file", True),
                                    ("seen_by__isnull", False),
                                    ("actual__isnull", False),
                                    ("survey__isnull", False),
                                    _connector="OR",
                                ),
                                name="evidence_from_e4_has_proof",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("quote__isnull", False),
                                    ("withdrawn_at__isnull", True),
                                ),
                                fields=("question", "quote"),
                                name="evidence_quote_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("survey__isnull", False),
                                    ("withdrawn_at__isnull", True),
                                ),
                                fields=("question", "survey"),
                                name="evidence_survey_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionAnswer",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("criterion", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unknown", "do not know"),
                                    ("no", "no"),
                                    ("partly", "partly"),
                                    ("yes", "yes"),
                                ],
                                max_length=7,
                                verbose_name="is it so?",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="how we know"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="milestones.criterionanswer",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="criteria",
                                to="milestones.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("criterion__gte", 1)),
                                name="criterion_counted_from_1",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("question", "criterion"),
                                name="criterion_one_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("evidence", "asks for evidence"),
                                    ("spread", "founders disagree"),
                                ],
                                default="evidence",
                                max_length=8,
                            ),
                        ),
                        (
                            "claimed",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="what we want to see",
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="our answer"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("answered", "answered"),
                                    ("lowered", "the score was lowered"),
                                    ("agreed", "the founders came closer"),
                                    ("withdrawn", "taken back"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="challenges",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="challenges",
                                to="milestones.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["opened_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True), ("outcome", "")
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="challenge_closed_with_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by__isnull", True), ("kind", "spread")),
                                    models.Q(
                                        ("by__isnull", False), ("kind", "evidence")
                                    ),
                                    _connector="OR",
                                ),
                                name="challenge_evidence_is_asked_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True), ("kind", "spread")
                                ),
                                fields=("question",),
                                name="challenge_one_open_spread",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "statement",
                            models.TextField(
                                max_length=4000, verbose_name="our answer"
                            ),
                        ),
                        (
                            "looked_against",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="where we looked for evidence against it",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="milestones.answer",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="answers",
                                to="milestones.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("question",),
                                name="answer_one_first",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionState",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("supported", models.PositiveSmallIntegerField()),
                        ("state", models.JSONField()),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="states",
                                to="milestones.question",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["question", "at"], name="state_of_question_at"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reconfirmation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("on", models.DateField(verbose_name="on")),
                        (
                            "how",
                            models.CharField(
                                max_length=500,
                                verbose_name="how we know that it still holds",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="reconfirmations",
                                to="milestones.evidencelink",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduledStop",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField()),
                        ("due_on", models.DateField()),
                        (
                            "finding",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what we found",
                            ),
                        ),
                        ("held_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "checkpoint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="stops",
                                to="milestones.checkpoint",
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("checkpoint", "days"),
                                name="scheduled_stop_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("held_by__isnull", True),
                                        ("held_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("held_by__isnull", False),
                                        ("held_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="scheduled_stop_held_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("claimed", "claimed by a founder"),
                                    ("reviewed", "reviewed by an advisor"),
                                ],
                                default="claimed",
                                max_length=8,
                            ),
                        ),
                        (
                            "value",
                            models.PositiveSmallIntegerField(verbose_name="score"),
                        ),
                        (
                            "reason",
                            models.TextField(
                                max_length=4000, verbose_name="why this score?"
                            ),
                        ),
                        ("round", models.PositiveIntegerField()),
                        ("supported", models.PositiveSmallIntegerField()),
                        ("signals", models.JSONField(default=dict)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="scores",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                blank=True,
                                related_name="scores",
                                to="milestones.evidencelink",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="scores",
                                to="milestones.question",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="milestones.score",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supported__lte", 5), ("value__lte", 5)
                                ),
                                name="score_from_0_to_5",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("question", "by", "kind"),
                                name="score_one_first_by_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Slip",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("to_on", models.DateField()),
                        (
                            "reason",
                            models.CharField(
                                max_length=500, verbose_name="why it moves"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "checkpoint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="slips",
                                to="milestones.checkpoint",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_on", models.F("to_on")), _negated=True
                                ),
                                name="slip_moves_the_date",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
