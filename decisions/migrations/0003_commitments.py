"""Commitments, and the gate before their signature."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cash_in_hand"),
        ("decisions", "0002_what_follows_a_decision"),
        ("forecasts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Commitment",
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
                            "title",
                            models.CharField(max_length=120, verbose_name="title"),
                        ),
                        (
                            "counterparty",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="with whom"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ordinary", "none of these"),
                                    ("first_reps", "first sales reps"),
                                    ("pilot_tools", "paid tools for a pilot"),
                                    (
                                        "more_reps",
                                        "scaling: more sales reps than the cap",
                                    ),
                                    ("launch", "scaling: a launch campaign"),
                                    ("new_site", "scaling: a new site"),
                                ],
                                default="ordinary",
                                max_length=11,
                                verbose_name="is it one of these?",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="notes"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(max_length=3, verbose_name="currency"),
                        ),
                        ("amount_minor", models.BigIntegerField(verbose_name="amount")),
                        (
                            "value_minor",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="value"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends on")),
                        ("tranches", models.JSONField(blank=True, default=list)),
                        (
                            "cancel_minor",
                            models.BigIntegerField(
                                default=0, verbose_name="cost of cancelling"
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days of notice"
                            ),
                        ),
                        (
                            "reversible_share",
                            models.PositiveSmallIntegerField(
                                default=0,
                                verbose_name="share that comes back, in percent",
                            ),
                        ),
                        ("questions", models.JSONField(blank=True, default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("idea", "an idea"),
                                    ("proposed", "proposed"),
                                    ("held", "held"),
                                    ("approved", "approved"),
                                    ("overridden", "gate overridden"),
                                    ("signed", "signed"),
                                    ("staged", "staged: a smaller step goes first"),
                                    ("ended", "ended"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("terms", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closing",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                verbose_name="what came of it",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                            "metric",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="commitments",
                                to="forecasts.metric",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "step_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="steps",
                                to="decisions.commitment",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0),
                                    ("cancel_minor__gte", 0),
                                    models.Q(
                                        ("value_minor__isnull", True),
                                        ("value_minor__gt", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="commitment_amounts_are_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__lte", models.F("ends_on"))
                                ),
                                name="commitment_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reversible_share__lte", 100)),
                                name="commitment_share_is_a_percentage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "signed"), _negated=True),
                                    ("signed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="commitment_signed_has_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GateCheck",
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
                        ("terms", models.PositiveIntegerField()),
                        (
                            "gate_class",
                            models.CharField(
                                choices=[
                                    ("A", "A"),
                                    ("B", "B"),
                                    ("C", "C"),
                                    ("D", "D"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("passed", "passed"),
                                    ("warned", "passed with a warning"),
                                    ("held", "held"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("met", models.PositiveSmallIntegerField()),
                        ("asked", models.PositiveSmallIntegerField()),
                        ("conditions", models.JSONField()),
                        ("why", models.TextField()),
                        ("open_alerts", models.JSONField()),
                        ("at_signing", models.BooleanField(default=False)),
                        ("evaluated_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="gate_checks",
                                to="decisions.commitment",
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
                        "ordering": ["-evaluated_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Override",
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
                        ("terms", models.PositiveIntegerField()),
                        (
                            "reasons",
                            models.TextField(max_length=8000, verbose_name="why"),
                        ),
                        (
                            "wrong_if",
                            models.TextField(
                                max_length=4000,
                                verbose_name="what would prove us wrong",
                            ),
                        ),
                        (
                            "by_when",
                            models.DateField(verbose_name="by when we shall know"),
                        ),
                        ("needs_cosign", models.BooleanField()),
                        ("overridden_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="overrides",
                                to="decisions.commitment",
                            ),
                        ),
                        (
                            "gate_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="overrides",
                                to="decisions.gatecheck",
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
                        "ordering": ["-overridden_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "terms"),
                                name="override_once_for_its_terms",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoSignature",
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
                        ("terms", models.PositiveIntegerField()),
                        (
                            "reasons",
                            models.TextField(
                                max_length=4000, verbose_name="why you stand for it"
                            ),
                        ),
                        ("cosigned_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="cosignatures",
                                to="decisions.commitment",
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
                            "override",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="cosignature",
                                to="decisions.override",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-cosigned_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("override__isnull", True)),
                                fields=("commitment", "terms"),
                                name="cosignature_once_for_its_terms",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
