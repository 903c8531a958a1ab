"""Accounts, ventures, the ledger, tokens, files and imports."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_accounts_ventures_ledger"),
        ("core", "0003_api_tokens_files_imports"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Erasing",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                    ],
                    options={
                        "db_table": "core_erasing",
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "name",
                            models.CharField(
                                max_length=20, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("pid", models.PositiveIntegerField()),
                        ("host", models.CharField(max_length=120)),
                    ],
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "password",
                            models.CharField(max_length=128, verbose_name="password"),
                        ),
                        (
                            "last_login",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last login"
                            ),
                        ),
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
                            "email",
                            models.EmailField(
                                max_length=254, unique=True, verbose_name="e-mail"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "timezone",
                            models.CharField(
                                default="UTC", max_length=64, verbose_name="time zone"
                            ),
                        ),
                        (
                            "appearance",
                            models.CharField(
                                choices=[
                                    ("auto", "as the device"),
                                    ("light", "light"),
                                    ("dark", "dark"),
                                ],
                                default="auto",
                                max_length=5,
                                verbose_name="appearance",
                            ),
                        ),
                        (
                            "shortcuts_enabled",
                            models.BooleanField(
                                default=True, verbose_name="single-key shortcuts"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_staff", models.BooleanField(default=False)),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_email_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormKey",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Installation",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                        ("database_id", models.UUIDField(default=uuid.uuid4)),
                        (
                            "outbound_hold",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "None"),
                                    ("restored", "Restored"),
                                    ("unseen_database", "Unseen"),
                                    ("clock_jump", "Clock"),
                                    ("manual", "Manual"),
                                ],
                                default="",
                                max_length=16,
                            ),
                        ),
                        ("held_at", models.DateTimeField(null=True)),
                        ("steady_ticks", models.PositiveSmallIntegerField(default=0)),
                        ("mail_paused_until", models.DateTimeField(null=True)),
                        (
                            "mail_pause_reason",
                            models.CharField(blank=True, max_length=300),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)),
                                name="installation_is_one_row",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                    ("owner", "Owner"),
                                    ("founder", "Founder"),
                                    ("member", "Member"),
                                    ("advisor", "Advisor"),
                                    ("observer", "Observer"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "is_leadership",
                            models.BooleanField(
                                default=False, verbose_name="leads the venture"
                            ),
                        ),
                        ("joined_at", models.DateTimeField()),
                        ("left_on", models.DateField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                            "name",
                            models.CharField(
                                max_length=80, verbose_name="what it is for"
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to="core.membership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Tick",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=20)),
                        ("bucket", models.DateTimeField()),
                        ("claimed_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name", "bucket"), name="tick_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Workspace",
                    fields=[
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "market_type",
                            models.CharField(
                                choices=[
                                    ("existing", "existing market"),
                                    ("resegmented", "resegmented market"),
                                    ("new", "new market"),
                                    ("clone", "clone of a model from elsewhere"),
                                ],
                                default="new",
                                max_length=12,
                                verbose_name="market type",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("seed", "seed"),
                                    ("development", "development"),
                                    ("go_to_market", "go to market"),
                                    ("market_expansion", "market expansion"),
                                    ("harvest", "harvest"),
                                ],
                                default="seed",
                                max_length=16,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "sells_to_businesses",
                            models.BooleanField(
                                default=True, verbose_name="customers are organisations"
                            ),
                        ),
                        (
                            "first_shipped_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="first shipped on"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                default="USD", max_length=3, verbose_name="currency"
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(
                                default="UTC", max_length=64, verbose_name="time zone"
                            ),
                        ),
                        (
                            "week_start",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Monday"), (7, "Sunday")],
                                default=1,
                                verbose_name="week starts on",
                            ),
                        ),
                        (
                            "alarm_rate",
                            models.DecimalField(
                                decimal_places=2,
                                default="1.00",
                                max_digits=4,
                                verbose_name="false alarms allowed",
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("alarm_rate__gte", "0.1"), ("alarm_rate__lte", "5")
                                ),
                                name="workspace_alarm_rate_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("week_start__in", [1, 7])),
                                name="workspace_week_start_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
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
                        ("name", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=100)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
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
                migrations.CreateModel(
                    name="Invitation",
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
                            "email",
                            models.EmailField(max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("owner", "Owner"),
                                    ("founder", "Founder"),
                                    ("member", "Member"),
                                    ("advisor", "Advisor"),
                                    ("observer", "Observer"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                models.F("workspace"),
                                condition=models.Q(
                                    ("accepted_at__isnull", True),
                                    ("revoked_at__isnull", True),
                                ),
                                name="invitation_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
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
                        ("kind", models.CharField(max_length=20)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("staged", "Staged"),
                                    ("checking", "Checking"),
                                    ("checked", "Checked"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("undoing", "Undoing"),
                                    ("undone", "Undone"),
                                ],
                                default="staged",
                                max_length=8,
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("header", models.JSONField(default=list)),
                        ("mapping", models.JSONField(default=dict)),
                        ("choices", models.JSONField(default=dict)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("result", models.JSONField(default=dict)),
                        ("failure", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
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
                        "ordering": ["-created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
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
                        ("line", models.PositiveIntegerField()),
                        ("cells", models.JSONField(default=list)),
                        ("problems", models.JSONField(default=list)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("problem", "Problem"),
                                    ("skipped", "Skipped"),
                                    ("created", "Created"),
                                    ("filled", "Filled"),
                                    ("same", "Same"),
                                    ("undone", "Undone"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("made", models.JSONField(default=list)),
                        ("before", models.JSONField(default=dict)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="core.importrun",
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
                        "ordering": ["line", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["run", "outcome"], name="import_row_by_outcome"
                            ),
                            models.Index(
                                condition=models.Q(("subject_id__isnull", False)),
                                fields=["subject_id"],
                                name="import_row_by_subject",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "line"), name="import_row_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                        ("key", models.CharField(max_length=300, unique=True)),
                        ("kind", models.CharField(max_length=40)),
                        ("address", models.EmailField(max_length=254)),
                        ("subject_id", models.UUIDField(null=True)),
                        ("period", models.CharField(blank=True, max_length=40)),
                        ("transition", models.CharField(blank=True, max_length=20)),
                        ("payload", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("sending", "Sending"),
                                    ("handed", "Handed"),
                                    ("sent", "Sent"),
                                    ("retry", "Retry"),
                                    ("bounced", "Bounced"),
                                    ("failed", "Failed"),
                                    ("skipped", "Skipped"),
                                    ("unknown", "Unknown"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("deferrals", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("lease_token", models.UUIDField(null=True)),
                        ("message_id", models.CharField(blank=True, max_length=300)),
                        ("is_ambiguous", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("planned_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "recipient",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["state", "not_before"], name="delivery_due"
                            ),
                            models.Index(
                                fields=["address", "state"], name="delivery_by_address"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityEntry",
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
                        ("verb", models.CharField(max_length=60)),
                        ("subject_type", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(null=True)),
                        ("data", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activity",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["workspace", "-at"], name="activity_newest"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OneTimeLink",
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
                                    ("setup", "first set-up"),
                                    ("login", "sign-in"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "setup"), ("user__isnull", True)),
                                    models.Q(
                                        ("kind", "login"), ("user__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="one_time_link_user_fits_kind",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="membership",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="core.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("workspace", "user"), name="membership_once"
            ),
        ),
    ]
