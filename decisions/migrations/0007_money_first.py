"""Alerts about commitments: money that went first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0006_alert_settings"),
    ]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="commitment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alerts",
                to="decisions.commitment",
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
                    ("money_first", "money goes ahead of what is known"),
                ],
                max_length=12,
            ),
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
                    (
                        "money_first",
                        "money first: committed before it was known enough",
                    ),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="subject_kind",
            field=models.CharField(
                choices=[
                    ("metric", "metric"),
                    ("question", "question"),
                    ("hypothesis", "hypothesis"),
                    ("scheduled_stop", "planned stop"),
                    ("checkpoint", "checkpoint"),
                    ("commitment", "commitment"),
                    ("venture", "the whole venture"),
                ],
                default="metric",
                max_length=14,
            ),
        ),
    ]
