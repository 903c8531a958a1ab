"""Stop rules on numbers; cash and scores in an evaluation."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cash_in_hand"),
        ("decisions", "0009_side_exits"),
        ("forecasts", "0001_tables"),
        ("milestones", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluation",
            name="keeps_scores",
            field=models.BooleanField(default=False, verbose_name="no score changes"),
        ),
        migrations.AddField(
            model_name="evaluation",
            name="rescored",
            field=models.ManyToManyField(
                blank=True, related_name="rescored_by", to="milestones.question"
            ),
        ),
        migrations.AddField(
            model_name="evaluation",
            name="runway",
            field=models.TextField(
                blank=True,
                max_length=2000,
                verbose_name="cash in hand, and how long it lasts",
            ),
        ),
        migrations.CreateModel(
            name="StopRule",
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
                    "comparison",
                    models.CharField(
                        choices=[("at_least", "at least"), ("at_most", "at most")],
                        default="at_least",
                        max_length=8,
                        verbose_name="it must be",
                    ),
                ),
                (
                    "mark",
                    models.DecimalField(
                        decimal_places=6, max_digits=24, verbose_name="mark"
                    ),
                ),
                ("by_on", models.DateField(verbose_name="by")),
                ("registered_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="stop_rule",
                        to="decisions.decision",
                    ),
                ),
                (
                    "metric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="stop_rules",
                        to="forecasts.metric",
                    ),
                ),
                (
                    "registered_by",
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
                "ordering": ["by_on", "registered_at", "pk"],
                "indexes": [
                    models.Index(fields=["workspace", "by_on"], name="stop_rule_by_day")
                ],
            },
        ),
    ]
