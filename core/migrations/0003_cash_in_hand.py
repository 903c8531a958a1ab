"""What commitments are measured by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_cache_table"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="cash_as_of",
            field=models.DateField(
                blank=True, null=True, verbose_name="cash counted on"
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="cash_in_hand_minor",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="cash in hand"
            ),
        ),
        migrations.AddConstraint(
            model_name="workspace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cash_as_of__isnull", True),
                        ("cash_in_hand_minor__isnull", True),
                    ),
                    models.Q(
                        ("cash_as_of__isnull", False), ("cash_in_hand_minor__gte", 0)
                    ),
                    _connector="OR",
                ),
                name="workspace_cash_has_its_day",
            ),
        ),
    ]
