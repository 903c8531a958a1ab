"""Follow-ups, judgements and co-signatures of decisions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_cache_table"),
        ("decisions", "0001_tables"),
        ("forecasts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionReview",
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
                    "verdict",
                    models.CharField(
                        choices=[
                            ("held", "it came as we said"),
                            ("failed", "it came otherwise"),
                            ("unclear", "nobody can say"),
                        ],
                        max_length=7,
                        verbose_name="what became of it",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        max_length=4000,
                        verbose_name="what happened, in numbers or words",
                    ),
                ),
                ("reviewed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-reviewed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationCoSignature",
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
                ("evaluation_rev", models.PositiveIntegerField()),
                (
                    "words",
                    models.TextField(
                        max_length=2000, verbose_name="why it is right to go on"
                    ),
                ),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-signed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                    "what",
                    models.TextField(
                        max_length=1000, verbose_name="what is to be done"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by")),
                ("made_at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what came of it"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["due_on", "made_at", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="alert_closed_has_date",
        ),
        migrations.AddField(
            model_name="decision",
            name="new_share",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                verbose_name="the new forecast, in % of the first",
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="state",
            field=models.CharField(
                choices=[
                    ("raised", "raised"),
                    ("evaluating", "being evaluated"),
                    ("following_up", "decided, being followed up"),
                    ("closed", "closed by a decision"),
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
                        ("state__in", ("following_up", "closed")),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("following_up", "closed")), _negated=True
                        ),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="alert_closed_has_date",
            ),
        ),
        migrations.AddField(
            model_name="decisionreview",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decisionreview",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="review",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="decisionreview",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="core.workspace",
            ),
        ),
        migrations.AddField(
            model_name="evaluationcosignature",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evaluationcosignature",
            name="evaluation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="co_signatures",
                to="decisions.evaluation",
            ),
        ),
        migrations.AddField(
            model_name="evaluationcosignature",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="core.workspace",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="follow_ups",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="replaced_by",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="replaces",
                to="decisions.followup",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="core.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationcosignature",
            constraint=models.UniqueConstraint(
                fields=("evaluation", "evaluation_rev", "by"), name="cosigned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None), ("outcome", ""), ("replaced_by", None)
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="follow_up_ends_with_an_outcome",
            ),
        ),
    ]
