"""Talks, quotes, tags, links, guides, surveys and the search index."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import interviews.search.fields
from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("interviews", "0001_first_tables"),
        ("interviews", "0002_guides_tags_links_surveys"),
        ("interviews", "0003_search_index"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("discovery", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Guide",
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
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("trashed_at", models.DateTimeField(blank=True, null=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                default="problem",
                                max_length=13,
                                verbose_name="kind of talk",
                            ),
                        ),
                        (
                            "aim",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="what we want to learn",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "predecessor",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="successor",
                                to="interviews.guide",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="guides",
                                to="discovery.segment",
                            ),
                        ),
                        (
                            "trashed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                        "ordering": ["name", "version", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
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
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("trashed_at", models.DateTimeField(blank=True, null=True)),
                        ("who_typed", models.JSONField(default=list)),
                        ("held_at", models.DateTimeField(verbose_name="when")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("in_person", "in person"),
                                    ("video", "video call"),
                                    ("phone", "telephone"),
                                    ("message", "in writing"),
                                ],
                                default="in_person",
                                max_length=9,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("problem", "problem"),
                                    ("day_in_life", "day in the life"),
                                    ("switch", "switch"),
                                    ("solution", "solution"),
                                    ("price", "price"),
                                    ("beta_feedback", "beta feedback"),
                                    ("win_loss", "win or loss"),
                                    ("support", "support"),
                                    ("sales", "sales"),
                                ],
                                default="problem",
                                max_length=13,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "pitched",
                            models.CharField(
                                choices=[
                                    ("never", "no"),
                                    ("after_problem", "after the problem"),
                                    ("before_problem", "before the problem"),
                                ],
                                default="never",
                                max_length=14,
                                verbose_name="did we pitch?",
                            ),
                        ),
                        (
                            "is_price_negotiated",
                            models.BooleanField(
                                default=False, verbose_name="we negotiated a price"
                            ),
                        ),
                        (
                            "is_transcribed_elsewhere",
                            models.BooleanField(
                                default=False,
                                verbose_name="another service wrote the transcript; they were told",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(max_length=200000, verbose_name="notes"),
                        ),
                        (
                            "is_next_step_asked",
                            models.BooleanField(
                                default=False, verbose_name="we asked for a next step"
                            ),
                        ),
                        (
                            "next_step",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="next step they agreed to",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("finished", "finished")],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        ("qualifies", models.BooleanField(default=False)),
                        ("reasons_against", models.JSONField(default=list)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guide",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="interviews",
                                to="interviews.guide",
                                verbose_name="guide",
                            ),
                        ),
                        (
                            "interviewers",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True,
                                related_name="interviews",
                                to="discovery.person",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="interviews",
                                to="discovery.segment",
                            ),
                        ),
                        (
                            "trashed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                        "ordering": ["-held_at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["workspace", "-held_at"],
                                name="interview_newest",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quote",
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
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "text",
                            models.TextField(
                                max_length=4000, verbose_name="exact words"
                            ),
                        ),
                        ("prefix", models.CharField(blank=True, max_length=40)),
                        ("suffix", models.CharField(blank=True, max_length=40)),
                        ("start", models.PositiveIntegerField(null=True)),
                        ("end", models.PositiveIntegerField(null=True)),
                        (
                            "is_paraphrase",
                            models.BooleanField(
                                default=False,
                                verbose_name="our words for what they said",
                            ),
                        ),
                        (
                            "is_prompted",
                            models.BooleanField(
                                default=False,
                                verbose_name="prompted: we named it first",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=300),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quotes",
                                to="interviews.interview",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quotes",
                                to="discovery.person",
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
                        "ordering": ["created_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end__isnull", True), ("start__isnull", True)
                                    ),
                                    ("start__lt", models.F("end")),
                                    _connector="OR",
                                ),
                                name="quote_range_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLink",
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
                            "rung",
                            models.PositiveSmallIntegerField(blank=True, null=True),
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
                        ("linked_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=300),
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
                            "feature",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quote_links",
                                to="discovery.feature",
                            ),
                        ),
                        (
                            "hypothesis",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quote_links",
                                to="discovery.hypothesis",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quote_links",
                                to="discovery.need",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quote_links",
                                to="discovery.problem",
                            ),
                        ),
                        (
                            "proof_file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="quote_links",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="links",
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
                        "ordering": ["-linked_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("problem__isnull", False),
                                        ("need__isnull", True),
                                        ("feature__isnull", True),
                                        ("hypothesis__isnull", True),
                                        ("rung__isnull", True),
                                    ),
                                    models.Q(
                                        ("problem__isnull", True),
                                        ("need__isnull", False),
                                        ("feature__isnull", True),
                                        ("hypothesis__isnull", True),
                                        ("rung__isnull", True),
                                    ),
                                    models.Q(
                                        ("problem__isnull", True),
                                        ("need__isnull", True),
                                        ("feature__isnull", False),
                                        ("hypothesis__isnull", True),
                                        ("rung__isnull", True),
                                    ),
                                    models.Q(
                                        ("problem__isnull", True),
                                        ("need__isnull", True),
                                        ("feature__isnull", True),
                                        ("hypothesis__isnull", False),
                                        ("rung__isnull", True),
                                    ),
                                    models.Q(
                                        ("problem__isnull", True),
                                        ("need__isnull", True),
                                        ("feature__isnull", True),
                                        ("hypothesis__isnull", True),
                                        ("rung__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="quote_link_has_one_target",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rung__isnull", True),
                                    models.Q(("rung__gte", 1), ("rung__lte", 5)),
                                    _connector="OR",
                                ),
                                name="quote_link_rung_1_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__lte", 7)),
                                name="quote_link_grade_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grade__lt", 4),
                                    models.Q(("proof_url", ""), _negated=True),
                                    ("had_proof_file", True),
                                    ("seen_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="quote_link_from_e4_has_proof",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("problem__isnull", False),
                                ),
                                fields=("quote", "problem"),
                                name="quote_link_problem_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("need__isnull", False),
                                ),
                                fields=("quote", "need"),
                                name="quote_link_need_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("feature__isnull", False),
                                ),
                                fields=("quote", "feature"),
                                name="quote_link_feature_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("hypothesis__isnull", False),
                                ),
                                fields=("quote", "hypothesis"),
                                name="quote_link_hypothesis_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("rung__isnull", False),
                                ),
                                fields=("quote", "rung"),
                                name="quote_link_rung_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchDocument",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("interview", "Interview"),
                                    ("quote", "Quote"),
                                    ("person", "Person"),
                                    ("organisation", "Organisation"),
                                    ("problem", "Problem"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("object_id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("is_long", models.BooleanField(default=False)),
                        ("passage", models.PositiveSmallIntegerField(default=0)),
                        ("start", models.PositiveIntegerField(default=0)),
                        ("end", models.PositiveIntegerField(default=0)),
                        ("words", interviews.search.fields.WordsField()),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "object_id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object_id", "kind", "passage"),
                                name="search_document_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
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
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("trashed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("must_have", "must-have (Ellis)"),
                                    ("price", "prices (Van Westendorp)"),
                                    ("needs", "needs: importance and satisfaction"),
                                ],
                                max_length=9,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "offer",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="what they judge, in the words they read",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                blank=True, max_length=3, verbose_name="currency"
                            ),
                        ),
                        (
                            "consent_text",
                            models.TextField(
                                max_length=2000,
                                verbose_name="what we ask them to agree to",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "needs",
                            models.ManyToManyField(
                                blank=True, related_name="surveys", to="discovery.need"
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="surveys",
                                to="discovery.segment",
                            ),
                        ),
                        (
                            "trashed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyLink",
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
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="survey_links",
                                to="discovery.person",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
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
                    ],
                    options={
                        "ordering": ["-created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyResponse",
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
                            "label",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="respondent"
                            ),
                        ),
                        (
                            "via",
                            models.CharField(
                                choices=[
                                    ("form", "entered by us"),
                                    ("import", "imported"),
                                    ("link", "answered by themselves"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("asked_on", models.DateField(verbose_name="asked on")),
                        ("consented_at", models.DateTimeField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=300),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="core.importrun",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="responses",
                                to="discovery.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="responses",
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
                    ],
                    options={
                        "ordering": ["asked_on", "recorded_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PriceAnswer",
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
                        ("too_cheap_minor", models.BigIntegerField()),
                        ("cheap_minor", models.BigIntegerField()),
                        ("expensive_minor", models.BigIntegerField()),
                        ("too_expensive_minor", models.BigIntegerField()),
                        (
                            "is_ordered",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Q(
                                    ("cheap_minor__lt", models.F("expensive_minor")),
                                    (
                                        "expensive_minor__lt",
                                        models.F("too_expensive_minor"),
                                    ),
                                    ("too_cheap_minor__lt", models.F("cheap_minor")),
                                ),
                                output_field=models.BooleanField(),
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
                            "response",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="price",
                                to="interviews.surveyresponse",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cheap_minor__gte", 0),
                                    ("expensive_minor__gte", 0),
                                    ("too_cheap_minor__gte", 0),
                                    ("too_expensive_minor__gte", 0),
                                ),
                                name="price_answer_not_negative",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedRating",
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
                            "importance",
                            models.PositiveSmallIntegerField(verbose_name="importance"),
                        ),
                        (
                            "satisfaction",
                            models.PositiveSmallIntegerField(
                                verbose_name="satisfaction"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="ratings",
                                to="discovery.need",
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
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="interviews.surveyresponse",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["need__level", "need__created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("response", "need"), name="need_rating_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("importance__gte", 1),
                                    ("importance__lte", 5),
                                    ("satisfaction__gte", 1),
                                    ("satisfaction__lte", 5),
                                ),
                                name="need_rating_1_to_5",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MustHaveAnswer",
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
                            "feeling",
                            models.CharField(
                                choices=[
                                    ("very", "very disappointed"),
                                    ("somewhat", "somewhat disappointed"),
                                    ("not", "not disappointed"),
                                    ("gone", "I no longer use it"),
                                ],
                                max_length=8,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "uses_last_14_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="uses in the last 14 days",
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="in their words",
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
                            "response",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="must_have",
                                to="interviews.surveyresponse",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "definition",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what it means"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged_rows",
                                to="interviews.tag",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="children",
                                to="interviews.tag",
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
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("merged_into__isnull", True)),
                                fields=("workspace", "name"),
                                name="tag_name_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteTag",
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
                        ("tagged_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tags",
                                to="interviews.quote",
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
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="uses",
                                to="interviews.tag",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["tagged_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("quote", "tag"), name="quote_tag_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuideQuestion",
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
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "text",
                            models.CharField(max_length=300, verbose_name="question"),
                        ),
                        ("tests", models.JSONField(default=list)),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="interviews.guide",
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
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("guide", "position"), name="guide_question_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
