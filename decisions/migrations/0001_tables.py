"""Alerts, evaluations and decisions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("decisions", "0001_first_tables")]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("forecasts", "0001_tables"),
        ("milestones", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Alert",
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
                            "family",
                            models.CharField(
                                choices=[
                                    ("shortfall", "actuals have left the forecast")
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    (
                                        "collapse",
                                        "collapse: far off in a single period",
                                    ),
                                    (
                                        "drift",
                                        "drift: the record does not fit the plan",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("watch", "watch"),
                                    ("stop", "stop and evaluate"),
                                ],
                                default="stop",
                                max_length=5,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("raised", "raised"),
                                    ("evaluating", "being evaluated"),
                                    ("closed", "closed by a decision"),
                                ],
                                default="raised",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("p", models.FloatField(null=True)),
                        ("odds", models.PositiveIntegerField(null=True)),
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField()),
                        ("raised_at", models.DateTimeField()),
                        ("evaluate_by", models.DateField()),
                        ("recovered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="followed_by",
                                to="decisions.alert",
                            ),
                        ),
                        (
                            "forecast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="alerts",
                                to="forecasts.forecast",
                            ),
                        ),
                        (
                            "metric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="alerts",
                                to="forecasts.metric",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
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
                        "ordering": ["-raised_at", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=["workspace", "raised_at"],
                                name="alert_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("metric", "family"),
                                name="alert_one_open_episode",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="alert_closed_has_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertObservation",
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
                        ("evidence_rev", models.PositiveIntegerField()),
                        ("state", models.CharField(max_length=8)),
                        ("period_end", models.DateField()),
                        ("why", models.TextField(blank=True)),
                        ("odds", models.PositiveIntegerField(null=True)),
                        ("observed_at", models.DateTimeField()),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="observations",
                                to="decisions.alert",
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
                        "ordering": ["observed_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("alert", "evidence_rev"),
                                name="observation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                                    (
                                        "persevere",
                                        "keep going, with a prediction and a date",
                                    ),
                                    ("adjust_forecast", "change the forecast"),
                                    ("pivot", "change the model"),
                                    ("fix_execution", "fix the execution"),
                                    ("stop", "stop this line"),
                                ],
                                max_length=15,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "reasons",
                            models.TextField(max_length=8000, verbose_name="why"),
                        ),
                        (
                            "dissent",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="dissent"
                            ),
                        ),
                        (
                            "prediction",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="we predict"
                            ),
                        ),
                        (
                            "predict_by",
                            models.DateField(blank=True, null=True, verbose_name="by"),
                        ),
                        (
                            "change",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="what changes"
                            ),
                        ),
                        ("review_on", models.DateField(verbose_name="next stop")),
                        ("snapshot", models.JSONField(default=dict)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "alert",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="decision",
                                to="decisions.alert",
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
                            "revision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="decisions",
                                to="forecasts.revision",
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
                        "ordering": ["-decided_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "persevere"), _negated=True),
                                    models.Q(
                                        models.Q(("prediction", ""), _negated=True),
                                        ("predict_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_to_go_on_predicts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
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
                            "belief",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what we believed",
                            ),
                        ),
                        (
                            "happened",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what happened",
                            ),
                        ),
                        (
                            "is_actual_right",
                            models.BooleanField(
                                null=True, verbose_name="the actual is right"
                            ),
                        ),
                        (
                            "customers_say",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what customers told us",
                            ),
                        ),
                        (
                            "no_talk_reason",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="why there was no talk since the alert",
                            ),
                        ),
                        ("explanations", models.JSONField(blank=True, default=dict)),
                        (
                            "depends",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what depends on it, and what can be undone at what cost",
                            ),
                        ),
                        ("draft", models.JSONField(blank=True, default=dict)),
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("started_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "alert",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="evaluation",
                                to="decisions.alert",
                            ),
                        ),
                        (
                            "questions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="evaluations",
                                to="milestones.question",
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
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
    ]
