"""Metrics, forecasts and actuals."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("forecasts", "0001_first_tables"), ("forecasts", "0002_metric_rev")]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("discovery", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Metric",
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
                            "definition",
                            models.TextField(
                                max_length=2000, verbose_name="what exactly is counted"
                            ),
                        ),
                        ("unit", models.CharField(max_length=40, verbose_name="unit")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("flow", "flow: so many in a period"),
                                    ("stock", "stock: so many on a day"),
                                    ("ratio", "ratio or mean"),
                                    ("money", "money in a period"),
                                ],
                                default="flow",
                                max_length=5,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("higher", "more is better"),
                                    ("lower", "less is better"),
                                ],
                                default="higher",
                                max_length=6,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "cadence",
                            models.CharField(
                                choices=[
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("monthly", "monthly"),
                                    ("quarterly", "quarterly"),
                                    ("yearly", "yearly"),
                                ],
                                default="weekly",
                                max_length=9,
                                verbose_name="how often",
                            ),
                        ),
                        (
                            "is_vanity",
                            models.BooleanField(
                                default=False,
                                verbose_name="vanity: shown, but raises and clears nothing",
                            ),
                        ),
                        (
                            "tolerance",
                            models.DecimalField(
                                decimal_places=3,
                                default="0.100",
                                max_digits=4,
                                verbose_name="tolerance",
                            ),
                        ),
                        ("provenance", models.CharField(blank=True, max_length=200)),
                        ("evidence_rev", models.PositiveIntegerField(default=0)),
                        ("process_from", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "segment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="metrics",
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
                        "ordering": ["created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("workspace", "name"),
                                name="metric_name_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tolerance__gte", "0.01"),
                                    ("tolerance__lte", "0.6"),
                                ),
                                name="metric_tolerance_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        (
                            "metric",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="standing",
                                serialize=False,
                                to="forecasts.metric",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unjudged", "Not judged yet"),
                                    ("on_track", "On track"),
                                    ("watch", "Watch"),
                                    ("stop", "Stop and evaluate"),
                                    ("better", "Better than forecast"),
                                ],
                                default="unjudged",
                                max_length=8,
                            ),
                        ),
                        ("p", models.FloatField(null=True)),
                        ("odds", models.PositiveIntegerField(null=True)),
                        ("why", models.TextField(blank=True)),
                        ("judged_rev", models.PositiveIntegerField(default=0)),
                        ("judged_through", models.DateField(null=True)),
                        ("judged_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Forecast",
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
                            "rationale",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="why we believe it",
                            ),
                        ),
                        ("held_since", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "metric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="forecasts",
                                to="forecasts.metric",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "number"), name="forecast_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("metric",),
                                name="forecast_one_current",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Actual",
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
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField()),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, verbose_name="value"
                            ),
                        ),
                        (
                            "value_kind",
                            models.CharField(
                                choices=[
                                    ("measured", "measured"),
                                    ("reported", "reported"),
                                    ("derived", "derived"),
                                    ("estimated", "estimated"),
                                    ("narrative", "as told"),
                                    ("modelled", "modelled"),
                                    ("illustrative", "illustrative"),
                                ],
                                default="measured",
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="source"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
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
                                to="forecasts.actual",
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
                            "metric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="actuals",
                                to="forecasts.metric",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period_start", "recorded_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("metric", "period_start", "period_end"),
                                name="actual_one_first_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="actual_correction_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_start__lte", models.F("period_end"))
                                ),
                                name="actual_period_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
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
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("registered_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "forecast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="revisions",
                                to="forecasts.forecast",
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
                                fields=("forecast", "number"),
                                name="revision_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 0),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="revision_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Point",
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
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField()),
                        (
                            "expected",
                            models.DecimalField(decimal_places=6, max_digits=24),
                        ),
                        (
                            "low",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        (
                            "value_kind",
                            models.CharField(
                                choices=[
                                    ("measured", "measured"),
                                    ("reported", "reported"),
                                    ("derived", "derived"),
                                    ("estimated", "estimated"),
                                    ("narrative", "as told"),
                                    ("modelled", "modelled"),
                                    ("illustrative", "illustrative"),
                                ],
                                default="measured",
                                max_length=12,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("is_late", models.BooleanField(default=False)),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="points",
                                to="forecasts.revision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period_start"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("revision", "period_start"),
                                name="point_once_in_revision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_start__lte", models.F("period_end"))
                                ),
                                name="point_period_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("low__isnull", True),
                                        ("low__lte", models.F("expected")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("high__isnull", True),
                                        ("high__gte", models.F("expected")),
                                        _connector="OR",
                                    ),
                                ),
                                name="point_range_holds_expected",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
