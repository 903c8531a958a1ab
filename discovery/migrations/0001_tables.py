"""Segments, people, problems, needs, features and hypotheses."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("discovery", "0001_first_tables"),
        ("discovery", "0002_problems_hypotheses_trash"),
        ("discovery", "0003_what_a_pivot_changes"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Hypothesis",
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
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("questions", models.JSONField(default=list)),
                        (
                            "box",
                            models.CharField(
                                choices=[
                                    ("customers", "customers"),
                                    ("problem", "problem"),
                                    ("value", "product and value"),
                                    ("channel", "channel"),
                                    ("relationship", "demand and relationship"),
                                    ("revenue", "price and revenue"),
                                    ("resources", "resources"),
                                    ("activities", "activities"),
                                    ("partners", "partners"),
                                    ("cost", "cost"),
                                    ("market", "market type and competition"),
                                ],
                                default="problem",
                                max_length=12,
                                verbose_name="part of the model",
                            ),
                        ),
                        (
                            "statement",
                            models.TextField(
                                max_length=1000, verbose_name="we believe that"
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(max_length=300, verbose_name="we measure"),
                        ),
                        (
                            "pass_mark",
                            models.CharField(
                                max_length=200, verbose_name="it holds if"
                            ),
                        ),
                        (
                            "fail_mark",
                            models.CharField(
                                max_length=200, verbose_name="it fails if"
                            ),
                        ),
                        ("decide_by", models.DateField(verbose_name="decide by")),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False,
                                verbose_name="critical: without it there is no business",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("registered_at", models.DateTimeField(blank=True, null=True)),
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
                                to="discovery.hypothesis",
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
                        "verbose_name_plural": "hypotheses",
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HypothesisStatus",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("testing", "being tested"),
                                    ("validated", "held"),
                                    ("invalidated", "learned: no"),
                                    ("inconclusive", "inconclusive"),
                                    ("abandoned", "abandoned"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=2000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "hypothesis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="statuses",
                                to="discovery.hypothesis",
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
                        "verbose_name_plural": "hypothesis statuses",
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                                    ("person", "Person"),
                                    ("organisation", "Organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("kept_id", models.UUIDField()),
                        ("gone_id", models.UUIDField()),
                        ("moved", models.JSONField(default=dict)),
                        ("before", models.JSONField(default=dict)),
                        ("merged_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
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
                        "ordering": ["-merged_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ModelVersion",
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
                            "what_changed",
                            models.TextField(
                                blank=True, verbose_name="what changes, and why"
                            ),
                        ),
                        ("changes", models.JSONField(blank=True, default=list)),
                        ("started_on", models.DateField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "started_by",
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
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "number"),
                                name="model_version_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "pseudonym",
                            models.CharField(max_length=80, verbose_name="pseudonym"),
                        ),
                        (
                            "size",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="size"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cold", "cold"),
                                    ("warm", "warm"),
                                    ("referral", "referral"),
                                    ("inbound", "inbound"),
                                    ("friend", "friend"),
                                ],
                                max_length=8,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "is_related_party",
                            models.BooleanField(
                                default=False,
                                verbose_name="related party: investor, adviser, friend's firm",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged_rows",
                                to="discovery.organisation",
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
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    ("trashed_at__isnull", True),
                                ),
                                fields=("workspace", "name"),
                                name="organisation_name_once",
                            ),
                            models.UniqueConstraint(
                                fields=("workspace", "pseudonym"),
                                name="organisation_pseudonym_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "pseudonym",
                            models.CharField(max_length=80, verbose_name="pseudonym"),
                        ),
                        (
                            "role_title",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="role"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="telephone"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("cold", "cold"),
                                    ("warm", "warm"),
                                    ("referral", "referral"),
                                    ("inbound", "inbound"),
                                    ("friend", "friend"),
                                ],
                                default="cold",
                                max_length=8,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "is_related_party",
                            models.BooleanField(
                                default=False,
                                verbose_name="related party: friend, investor, adviser",
                            ),
                        ),
                        (
                            "recognition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("latent", "has the problem, does not know it"),
                                    ("passive", "knows the problem, does not look"),
                                    ("active", "looks for a solution"),
                                    ("vision", "has an idea of the solution"),
                                ],
                                max_length=7,
                                verbose_name="how far they see the problem",
                            ),
                        ),
                        (
                            "next_step",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="next step"
                            ),
                        ),
                        (
                            "next_step_on",
                            models.DateField(blank=True, null=True, verbose_name="on"),
                        ),
                        (
                            "consent",
                            models.CharField(
                                choices=[
                                    ("none", "none"),
                                    ("notes", "notes"),
                                    ("quote", "notes and quotes"),
                                    ("recording", "notes, quotes and recording"),
                                ],
                                default="notes",
                                max_length=9,
                                verbose_name="consent",
                            ),
                        ),
                        (
                            "consent_how",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="how it was given",
                            ),
                        ),
                        (
                            "consent_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="given on"
                            ),
                        ),
                        (
                            "erase_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="erase on"
                            ),
                        ),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "consent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged_rows",
                                to="discovery.person",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="people",
                                to="discovery.organisation",
                            ),
                        ),
                        (
                            "referred_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="referrals",
                                to="discovery.person",
                                verbose_name="referred by",
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
                        "verbose_name_plural": "people",
                        "ordering": ["name", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["workspace", "name"], name="person_by_name"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "pseudonym"),
                                name="person_pseudonym_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BuyingRole",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("user", "user"),
                                    ("influencer", "influencer"),
                                    ("recommender", "recommender"),
                                    ("technical_buyer", "technical buyer"),
                                    ("economic_buyer", "economic buyer"),
                                    ("decision_maker", "decision maker"),
                                    ("saboteur", "saboteur"),
                                ],
                                max_length=15,
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="buying_roles",
                                to="discovery.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["role", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "role"), name="buying_role_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Problem",
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
                            "statement",
                            models.CharField(
                                max_length=300,
                                verbose_name="the problem, in their words",
                            ),
                        ),
                        (
                            "trigger",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="what triggers it",
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="how often"
                            ),
                        ),
                        (
                            "consequence",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="what it costs them",
                            ),
                        ),
                        (
                            "workaround",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="what they do about it today",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("suspected", "our guess"),
                                    ("heard", "heard from customers"),
                                    ("dropped", "dropped"),
                                ],
                                default="suspected",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
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
                    name="Feature",
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
                            "what",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what it does"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("building", "being built"),
                                    ("beta", "in beta"),
                                    ("live", "live"),
                                    ("dropped", "dropped"),
                                ],
                                default="idea",
                                max_length=8,
                                verbose_name="stage",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
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
                        (
                            "problems",
                            models.ManyToManyField(
                                blank=True,
                                related_name="features",
                                to="discovery.problem",
                                verbose_name="claims to solve",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("trashed_at__isnull", True)),
                                fields=("workspace", "name"),
                                name="feature_name_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "who",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="who they are"
                            ),
                        ),
                        (
                            "where",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="where to find them",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("hypothesised", "hypothesised"),
                                    ("active", "active"),
                                    ("dropped", "dropped"),
                                ],
                                default="hypothesised",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "model_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="segments",
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
                        "ordering": ["created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "name"), name="segment_name_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                        ("level", models.PositiveSmallIntegerField(default=1)),
                        (
                            "outcome",
                            models.CharField(
                                max_length=300, verbose_name="the outcome they want"
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("functional", "functional"),
                                    ("emotional", "emotional"),
                                    ("social", "social"),
                                ],
                                default="functional",
                                max_length=10,
                                verbose_name="dimension",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="children",
                                to="discovery.need",
                                verbose_name="part of",
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
                        (
                            "problems",
                            models.ManyToManyField(
                                blank=True, related_name="needs", to="discovery.problem"
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="needs",
                                to="discovery.segment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["level", "created_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__gte", 1), ("level__lte", 3)
                                ),
                                name="need_level_1_to_3",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", 1), ("parent__isnull", True)),
                                    models.Q(
                                        ("level__gt", 1), ("parent__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="need_below_another_from_level_2",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="problem",
            name="segment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="problems",
                to="discovery.segment",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="segment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="people",
                to="discovery.segment",
            ),
        ),
        migrations.AddField(
            model_name="hypothesis",
            name="segment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="hypotheses",
                to="discovery.segment",
            ),
        ),
    ]
