"""When the rules that ask the calendar are due in a venture."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cash_in_hand"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="rules_due_at",
            field=models.DateTimeField(
                default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC),
                editable=False,
            ),
        ),
        migrations.AddIndex(
            model_name="workspace",
            index=models.Index(
                condition=models.Q(("is_sample", False)),
                fields=["rules_due_at"],
                name="workspace_rules_due",
            ),
        ),
    ]
