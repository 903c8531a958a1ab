"""Who gets the digest, what was written to them, and what mails may say."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cash_in_hand"),
        ("portfolio", "0004_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestSubscription",
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
                ("address", models.EmailField(blank=True, max_length=254)),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="whom it is for"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("weekly", "every Monday"),
                            ("daily", "every day"),
                            ("monthly", "the first Monday of the month"),
                            ("off", "never"),
                        ],
                        default="weekly",
                        max_length=7,
                        verbose_name="how often",
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        default="UTC", max_length=64, verbose_name="time zone"
                    ),
                ),
                ("next_period", models.CharField(blank=True, max_length=40)),
                ("next_due", models.DateTimeField(null=True)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("invited_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("unsubscribed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="portfolio.sharelink",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
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
            name="Digest",
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
                            ("news", "digest"),
                            ("notice", "the notice before silence"),
                            ("test", "test"),
                        ],
                        default="news",
                        max_length=6,
                    ),
                ),
                ("period", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=300, unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("due_at", models.DateTimeField()),
                ("readable_until", models.DateTimeField()),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("content", models.JSONField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="core.workspace",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="portfolio.digestsubscription",
                    ),
                ),
            ],
            options={
                "ordering": ["-due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DigestSettings",
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
                    "is_wordless",
                    models.BooleanField(
                        default=False,
                        verbose_name="no words of ours or of customers in mails",
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
                "verbose_name_plural": "digest settings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace",), name="digest_settings_of_one_venture"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="digestsubscription",
            index=models.Index(fields=["next_due"], name="digest_due"),
        ),
        migrations.AddConstraint(
            model_name="digestsubscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("address", ""), ("link__isnull", True), ("user__isnull", False)
                    ),
                    models.Q(
                        ("link__isnull", False),
                        ("user__isnull", True),
                        models.Q(("address", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="digest_for_member_or_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestsubscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("workspace", "user"),
                name="digest_once_for_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestsubscription",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                django.db.models.functions.text.Lower("address"),
                condition=models.Q(("user__isnull", True)),
                name="digest_once_for_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestsubscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="digest_offered_by_one_token",
            ),
        ),
    ]
