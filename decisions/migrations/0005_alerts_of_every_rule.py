"""Alerts of every rule: about a metric, a question, a hypothesis, a day, or all of it."""

import django.db.models.deletion
from django.db import migrations, models


def name_subjects(apps, schema_editor):
    """Every alert so far is about its metric."""
    alerts = apps.get_model("decisions", "Alert").objects
    for pk, metric in alerts.values_list("pk", "metric_id"):
        alerts.filter(pk=pk).update(subject_key=f"metric:{metric}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_tables"),
        ("decisions", "0004_while_an_alert_waits"),
        ("discovery", "0001_tables"),
        ("forecasts", "0001_tables"),
        ("milestones", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulePulse",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rule_pulse",
                        serialize=False,
                        to="core.workspace",
                    ),
                ),
                ("judged_on", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="alert_one_open_episode",
        ),
        migrations.AddField(
            model_name="alert",
            name="checkpoint",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="milestones.checkpoint",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="clear_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="hypothesis",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="discovery.hypothesis",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="question",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="milestones.question",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="scheduled_stop",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="milestones.scheduledstop",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="subject_key",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="alert",
            name="subject_kind",
            field=models.CharField(
                choices=[
                    ("metric", "metric"),
                    ("question", "question"),
                    ("hypothesis", "hypothesis"),
                    ("scheduled_stop", "planned stop"),
                    ("checkpoint", "checkpoint"),
                    ("venture", "the whole venture"),
                ],
                default="metric",
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="family",
            field=models.CharField(
                choices=[
                    ("shortfall", "actuals have left the forecast"),
                    ("plan", "the plan keeps moving"),
                    ("blind", "numbers are missing"),
                    ("upside", "better than forecast"),
                    ("stop_rule", "a kill criterion is met"),
                    ("learning", "we do not learn"),
                    ("scheduled", "planned beforehand"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="forecast",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="forecasts.forecast",
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="metric",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="forecasts.metric",
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="period_end",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="alert",
            name="period_start",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="alert",
            name="rule",
            field=models.CharField(
                choices=[
                    ("collapse", "collapse: far off in a single period"),
                    ("drift", "drift: the record does not fit the plan"),
                    ("required_rate", "required rate: too much is left to catch up"),
                    ("slip", "slip: the plan was made easier again"),
                    ("blind", "blind: a number is overdue"),
                    ("upside", "upside: better than the plan allows for"),
                    ("stop_rule", "kill criterion: not met by its day"),
                    ("learning_gap", "claim ahead: evidence does not support it"),
                    (
                        "signal_contradicts",
                        "signal against: customers contradict the claim",
                    ),
                    ("hypothesis_late", "hypothesis late: nobody has settled it"),
                    ("silence", "silence: nobody talked to customers"),
                    ("scheduled", "planned stop: its day has come"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="severity",
            field=models.CharField(
                choices=[
                    ("review", "to be looked at"),
                    ("watch", "watch"),
                    ("stop", "stop and evaluate"),
                ],
                default="stop",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="alertobservation",
            name="period_end",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("workspace", "family", "subject_key"),
                name="alert_one_open_episode",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_kind", "metric"), _negated=True),
                    ("metric__isnull", False),
                    _connector="OR",
                ),
                name="alert_on_metric_has_one",
            ),
        ),
    ]
