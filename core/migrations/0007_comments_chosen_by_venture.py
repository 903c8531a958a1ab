"""Who wanted no mails about comments wants none from any of their ventures."""

from django.db import migrations
from django.utils import timezone


def carry_over(apps, editor):
    membership = apps.get_model("core", "Membership")
    choice = apps.get_model("core", "MailChoice")
    rows = membership.objects.filter(user__comments_by_mail=False)
    now = timezone.now()
    choice.objects.bulk_create(
        [
            choice(
                workspace_id=row.workspace_id,
                user_id=row.user_id,
                topic="comments",
                off_at=now,
            )
            for row in rows
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def bring_back(apps, editor):
    choice = apps.get_model("core", "MailChoice")
    off = choice.objects.filter(topic="comments").values("user")
    apps.get_model("core", "User").objects.filter(pk__in=off).update(
        comments_by_mail=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_channels_and_mail_choices"),
    ]

    operations = [
        migrations.RunPython(carry_over, bring_back),
    ]
