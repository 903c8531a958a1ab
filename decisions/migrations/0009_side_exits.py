"""Alerts that end as false data or as duplicates; when a stop grew."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cash_in_hand"),
        ("decisions", "0008_gate_settings"),
        ("discovery", "0001_tables"),
        ("forecasts", "0001_tables"),
        ("milestones", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SideExit",
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
                            ("false_data", "its numbers were false"),
                            ("duplicate", "it doubles another alert"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("ended_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-ended_at", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="alert_closed_has_date",
        ),
        migrations.AddField(
            model_name="alert",
            name="covered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="covers",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="grown_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="alert",
            name="state",
            field=models.CharField(
                choices=[
                    ("raised", "raised"),
                    ("acknowledged", "taken up"),
                    ("evaluating", "being evaluated"),
                    ("following_up", "decided, being followed up"),
                    ("closed", "closed by a decision"),
                    ("false_data", "ended: its numbers were false"),
                    ("duplicate", "ended: it doubles another alert"),
                ],
                default="raised",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        (
                            "state__in",
                            ("following_up", "closed", "false_data", "duplicate"),
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                ("following_up", "closed", "false_data", "duplicate"),
                            ),
                            _negated=True,
                        ),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="alert_closed_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("covered_by__isnull", True),
                    ("state", "duplicate"),
                    _connector="OR",
                ),
                name="alert_covered_is_duplicate",
            ),
        ),
        migrations.AddField(
            model_name="sideexit",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="exits",
                to="decisions.alert",
            ),
        ),
        migrations.AddField(
            model_name="sideexit",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sideexit",
            name="correction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="exits",
                to="forecasts.actual",
            ),
        ),
        migrations.AddField(
            model_name="sideexit",
            name="doubles",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="doubled_by",
                to="decisions.alert",
            ),
        ),
        migrations.AddField(
            model_name="sideexit",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="core.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="sideexit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("correction__isnull", False),
                        ("doubles__isnull", True),
                        ("kind", "false_data"),
                    ),
                    models.Q(
                        ("correction__isnull", True),
                        ("doubles__isnull", False),
                        ("kind", "duplicate"),
                    ),
                    _connector="OR",
                ),
                name="side_exit_names_its_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="sideexit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("doubles__isnull", True),
                    models.Q(("doubles", models.F("alert")), _negated=True),
                    _connector="OR",
                ),
                name="side_exit_doubles_another",
            ),
        ),
    ]
